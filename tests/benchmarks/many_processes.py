"""How much faster two workers of a Dask cluster are than one: reports, the fold, lines.

``python tests/benchmarks/many_processes.py`` reads reports (those beside the tests, again and
again), folds drawn claims (see `control.py`) and draws the last days of a made-up war (see
`large_war.py`), each anew, over clusters of one worker and of two; lines also by this process, and
with a helper. By the clock from when the cluster stands until all is done, with what its workers
take to load; and as processor time of all processes, the cluster's beginning counted. Beside each
the load of the machine: by the clock two are only twice as fast where two cores are free.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))
from geoline import load_theatre
from geoline.cache import Store
from geoline.control import fold_ledger
from geoline.extraction import Run, read_all
from geoline.page import write_day
from geoline.processes import local_cluster
from geoline.situation import TheatreAsKnown, draw_days
from geoline.theatre_folder import bundled
from tests.benchmarks.control import FOLDING, draw
from tests.benchmarks.large_war import FIRST, make
from tests.reading.report_scores import read_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    # Does all of it, in so many processes or over a cluster.
    Work = Callable[[int, str], object]

WORKERS = {"one worker of Dask": 1, "two workers of Dask": 2}
PROCESSES = {"one process": 1, "two processes": 2}


def processor_time() -> float:
    """Give the processor time of this process and of those that it began and that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def seconds(work: Work, count: int, *, over_cluster: bool) -> tuple[float, float]:
    """Do it in so many processes or workers; give seconds by the clock and of processor time."""
    processor = processor_time()
    with ExitStack() as stack:
        address = ""
        if over_cluster:
            address = stack.enter_context(local_cluster(count)).scheduler_address
        clock = time.perf_counter()
        work(count, address)
        took = time.perf_counter() - clock
    return took, processor_time() - processor


def reports(folder: Path, count: int) -> Work:
    """Write reports; give what reads them."""
    texts = islice(cycle(report.text for report in read_reports()), count)
    for number, text in enumerate(texts):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    run = Run(bundled(), date(2020, 1, 29), "afp", figures=False)
    files = sorted(folder.iterdir())
    return lambda _, cluster: list(read_all(run, files, cluster=cluster))


def fold(folder: Path, count: int) -> Work:
    """Draw claims; give what folds them."""
    draw(folder / "claims.csv", count, max(1, count // 33))
    return lambda processes, cluster: fold_ledger(
        [folder / "claims.csv"], FOLDING, folder / "out.csv", processes=processes, cluster=cluster
    )


def lines(folder: Path, places: int, shown: int) -> Work:
    """Make a war; give what draws its last days."""
    data = load_theatre(make(folder / "war", places, shown + 60), cache=False).data
    days = [FIRST + timedelta(days=60 + n) for n in range(shown)]

    def drawn(processes: int, cluster: str) -> None:
        with tempfile.TemporaryDirectory() as kept:
            as_known = TheatreAsKnown(data, store=Store(Path(kept)))
            for _ in draw_days(as_known, days, write_day, processes=processes, cluster=cluster):
                pass

    return drawn


def main() -> None:
    """Print a line a way."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=5000)
    parser.add_argument("--claims", type=int, default=500_000)
    parser.add_argument("--places", type=int, default=4000, help="of the war whose lines are drawn")
    parser.add_argument("--shown", type=int, default=120, help="days drawn")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores")
    for what, prepare in (
        (f"{options.reports:,} reports", partial(reports, count=options.reports)),
        (f"{options.claims:,} claims", partial(fold, count=options.claims)),
        (
            f"{options.shown} days of {options.places:,} places",
            partial(lines, places=options.places, shown=options.shown),
        ),
    ):
        ways = {**(PROCESSES if "days" in what else {}), **WORKERS}
        with tempfile.TemporaryDirectory() as folder:
            work, before = prepare(Path(folder)), 0.0
            for name, count in ways.items():
                clock, processor = seconds(work, count, over_cluster=name in WORKERS)
                times = "" if count == 1 else f"{before / clock:.2f} times as fast"
                load = os.getloadavg()[0]
                told = f"{what}, {name}"
                print(f"{told:48} {clock:7.1f} s {processor:7.1f} s CPU  load {load:4.1f}  {times}")
                before = clock


if __name__ == "__main__":
    main()
