"""How much faster lines are drawn by two processes, or two workers of Dask, than by one.

``python tests/benchmarks/many_processes.py`` makes up a war (see `large_war.py`) and draws its last
days anew each time: in this process, with a helper, and over clusters of one and two workers. Time
is told by the clock, with what the workers take to begin, and as processor time of all processes;
beside each the load of the machine, for by the clock two processes are only twice as fast where two
cores are free.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))
from geoline import load_theatre
from geoline.cache import Store
from geoline.page import write_day
from geoline.situation import TheatreAsKnown, draw_days
from tests.benchmarks.large_war import FIRST, make

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.theatre_folder import TheatreData

WAYS: dict[str, dict[str, Any]] = {
    "one process": {"processes": 1},
    "two processes": {"processes": 2},
    "one worker of Dask": {"cluster": "1"},
    "two workers of Dask": {"cluster": "2"},
}


def processor_time() -> float:
    """Give the processor time of this process and of those that it began and that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def seconds(data: TheatreData, days: Sequence[date], way: dict[str, Any]) -> tuple[float, float]:
    """Draw days; give seconds by the clock and of processor time."""
    with tempfile.TemporaryDirectory() as kept:
        as_known = TheatreAsKnown(data, store=Store(Path(kept)))
        clock, processor = time.perf_counter(), processor_time()
        for _ in draw_days(as_known, days, write_day, **way):
            pass
        return time.perf_counter() - clock, processor_time() - processor


def main() -> None:
    """Print a line a way."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--places", type=int, default=4000)
    parser.add_argument("--shown", type=int, default=60, help="days drawn")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        war = make(Path(folder) / "war", options.places, options.shown + 60)
        data = load_theatre(war, cache=False).data
        days = [FIRST + timedelta(days=60 + n) for n in range(options.shown)]
        print(f"{options.places:,} places, {options.shown} days, {os.cpu_count()} cores")
        before = 0.0
        for name, way in WAYS.items():
            clock, processor = seconds(data, days, way)
            times = f"{before / clock:.2f} times as fast" if name.startswith("two") else ""
            load = os.getloadavg()[0]
            print(f"{name:22} {clock:7.1f} s {processor:7.1f} s CPU  load {load:4.1f}  {times}")
            before = clock


if __name__ == "__main__":
    main()
