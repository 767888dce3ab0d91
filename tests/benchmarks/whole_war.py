"""How long a whole war takes through the commands, from claims to page, and after one day more.

``python tests/benchmarks/whole_war.py --places 30000 --days 1000`` makes up a war as `large_war.py`
does, and runs `geoline status` and `geoline map` on it as users do, with a cache of their own:
nothing kept, again, and with the claims of one day more. Each line has the time by the clock and of
the processor (all processes), and the most memory that all processes had at once (Linux). Beside
the map stand Voronoi cells of the same places, dissolved by holder, on some of the same days.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).parents[2]))
from geoline import load_theatre
from geoline.front.field import single_threaded
from geoline.situation import TheatreAsKnown
from tests.benchmarks.large_war import FIRST, make

ROOT = Path(__file__).parents[2]
MB = 1 << 20
# Voronoi cells are dissolved on so many days, and the whole is told by them.
VORONOI_DAYS = 10


def processor_s() -> float:
    """Give the processor time of the processes that this one began and that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory_mb(process: int) -> float:
    """Give the memory of a process and of all that it began, MB; 0 where /proc does not tell."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):  # it has ended meanwhile
            state = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(state[1])
            pages[int(folder.name)] = int((folder / "statm").read_text().split()[1])
    family = {process}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(pages.get(one, 0) for one in family) * resource.getpagesize() / MB


def run(what: str, command: list[str], cache: Path) -> float:
    """Run a command of geoline and print its line; give its processor time."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
    clock, processor, most = time.perf_counter(), processor_s(), 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "geoline", *command], env=environment, stdout=subprocess.DEVNULL
    ) as running:
        while running.poll() is None:
            most = max(most, memory_mb(running.pid))
            time.sleep(0.2)
    if running.returncode:
        sys.exit(f"{what}: exit status {running.returncode}")
    took = processor_s() - processor
    print(
        f"{what:28} {time.perf_counter() - clock:8.1f} s {took:8.1f} s CPU {most:7,.0f} MB"
        f"  load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return took


def voronoi_s(folder: Path, days: int) -> float:
    """Give the processor time of Voronoi cells, dissolved by holder, of all days."""
    as_known = TheatreAsKnown(load_theatre(folder, cache=False).data)
    at = shapely.multipoints([(place.lon, place.lat) for place in as_known.line_places])
    asked = np.unique(np.linspace(0, days - 1, min(days, VORONOI_DAYS)).astype(int))
    held = [as_known.shown_on(FIRST + timedelta(days=int(day))).numbers for day in asked]
    started = time.process_time()
    with single_threaded():
        for numbers in held:
            cells = shapely.get_parts(shapely.voronoi_polygons(at, ordered=True))
            for holder in np.unique(numbers):
                shapely.union_all(cells[numbers == holder])
    return (time.process_time() - started) / len(asked) * days


def main() -> None:
    """Print a line a command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--places", type=int, default=4000)
    parser.add_argument("--days", type=int, default=80)
    parser.add_argument("--processes", default="2", help="how many draw the map, at most")
    options = parser.parse_args()
    places, days = options.places, options.days
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        war, longer = (make(work / name, places, days + n) for n, name in enumerate(("war", "on")))
        page = work / "war.html"
        status = ["status", "--theatre", str(war), "--on", str(FIRST + timedelta(days=days - 1))]
        print(f"{places:,} places × {days:,} days, {os.cpu_count()} cores")
        run("status, nothing kept", status, work / "asked")
        run("status again", status, work / "asked")
        draw = ["map", "-o", str(page), "--processes", options.processes, "--theatre"]
        drawn = run("map", [*draw, str(war)], work / "drawn")
        print(f"the page: {page.stat().st_size / 1e6:.2f} MB")
        run("one day more", [*draw, str(longer)], work / "drawn")
        plain = voronoi_s(war, days)
        print(f"map to Voronoi cells dissolved ({plain:.1f} s CPU): {drawn / plain:.2f}")


if __name__ == "__main__":
    main()
