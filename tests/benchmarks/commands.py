"""How long commands take on the bundled theatre: the first time, again, and with one claim more.

``python tests/benchmarks/commands.py`` prints processor time (user and system, with all processes
begun), the least of some runs, beside what it takes to load numpy and shapely, and geopandas, in
the same run.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
MORE = (
    "more-1,Saraqib,place,saraqib,,captured,opposition,2020-03-04,2020-03-04,day,2020-03-04,"
    "anadolu,,6,,\n"
)


def seconds(command: list[str], cache: Path, work: Path) -> float:
    """Run a command; give its processor time."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *command], cwd=work, env=environment, check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print a line a command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    # As it is installed: where Python may not write bytecode, each run would compile the source.
    compileall.compile_dir(ROOT / "geoline", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        work, cache = Path(folder), Path(folder) / "cache"
        for name in ("seeds", "gazetteer"):
            shutil.copytree(ROOT / name, work / name)
        theatre = ["--theatre", str(work / "seeds" / "nw-syria")]
        draw = ["-m", "geoline", "map", "-o", "map.html", *theatre]
        status = ["-m", "geoline", "status", "--on", "2020-02-06", *theatre]

        def told(name: str, *commands: list[str]) -> None:
            took = min(seconds(command, cache, work) for command in commands)
            print(f"{name:44} {took:6.2f} s")

        told("loading numpy and shapely", *[["-c", "import numpy, shapely"]] * runs)
        told("loading geopandas", *[["-c", "import geopandas"]] * runs)
        told("geoline --help", *[["-m", "geoline", "--help"]] * runs)
        told("geoline status, nothing kept", *[[*status, "--no-cache"]] * runs)
        told("geoline map, nothing kept", draw)
        told("geoline map, again", *[draw] * runs)
        told("geoline status, the map kept", *[status] * runs)
        with (work / "seeds" / "nw-syria" / "claims" / "2020-03.csv").open("a") as file:
            file.write(MORE)
        told("geoline map, one claim more", draw)


if __name__ == "__main__":
    main()
