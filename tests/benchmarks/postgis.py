"""How long it takes to write who held which place on which day to PostGIS, and to read it back.

``python tests/benchmarks/postgis.py`` (``--places N``, ``--days N``, ``--full``) makes up a war as
`large_war.py` does, starts a PostgreSQL of its own on a socket (durable, as it is installed), and
measures in wall time and in processor time, geoline's and the server's (Linux):

* ``geoline export -o postgresql://… --layer places`` for all days: reading the folder, the fold,
  all places of each day, the rows with their keys;
* the same again, all days replaced;
* one day more;
* all rows read back, in order, and held against what the theatre says: the same, row by row.

``--full`` writes all layers, for which each day has to be drawn.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import psycopg

sys.path.insert(0, str(Path(__file__).parents[2]))
from geoline.postgis.address import Address
from geoline.postgis.write import write_postgis
from geoline.theatre import load_theatre
from tests.benchmarks.large_war import FIRST, make
from tests.postgis.server import NO_POSTGIS, USER, find_postgis, server

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoline.situation import TheatreAsKnown

T = TypeVar("T")


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--places", type=int, default=30_000)
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--full", action="store_true", help="all layers")
    options = parser.parse_args()
    programs = find_postgis()
    if programs is None:
        print(NO_POSTGIS)
        return
    with tempfile.TemporaryDirectory() as folder, server(programs) as socket:
        war = make(Path(folder) / "war", options.places, options.days)
        uri = f"postgresql://{USER}@/postgres?host={socket}"
        with psycopg.connect(uri) as connection:
            connection.execute("CREATE EXTENSION postgis")
        address, last = Address.of(f"{uri}&schema=war"), FIRST + timedelta(days=options.days - 1)
        only = "" if options.full else "places"
        print(
            f"{options.places:,} places x {options.days} days: wall (processor time, the server's)"
        )
        postmaster = int((socket / "data" / "postmaster.pid").read_text().split()[0])

        def write(first: date) -> None:
            theatre = load_theatre(war, cache=False)
            write_postgis(address, theatre.as_known(), war, first, last, only)

        _timed("written", postmaster, lambda: write(FIRST))
        rows = _timed("read back", postmaster, lambda: _read(uri))
        as_known = load_theatre(war, cache=False).as_known()
        print(f"{len(rows):,} rows, {'the same' if rows == _said(as_known) else 'OTHERS'}")
        _timed("all days again", postmaster, lambda: write(FIRST))
        print("the same" if _read(uri) == rows else "OTHERS")
        _timed("the last day again", postmaster, lambda: write(last))
        with psycopg.connect(uri) as connection:
            size = connection.execute(
                "SELECT pg_total_relation_size('war.place_days') / 1e6"
            ).fetchone()
        print(f"table and keys: {size[0] if size else 0:.0f} MB")


def _timed(what: str, server: int, task: Callable[[], T]) -> T:
    wall, cpu, served = time.perf_counter(), _cpu(), _server_cpu(server)
    found = task()
    wall, cpu, served = time.perf_counter() - wall, _cpu() - cpu, _server_cpu(server) - served
    print(f"{what:20s} {wall:6.1f} s  ({cpu:.1f} s, {served:.1f} s)", flush=True)
    return found


def _server_cpu(postmaster: int) -> float:
    """Seconds that a server and the processes it started have used; 0 where /proc is not there."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = stat.read_text().rpartition(")")
            fields = rest.split()
            if int(name.split()[0]) == postmaster:  # and of those that have ended
                ticks += sum(map(int, fields[11:15]))
            elif int(fields[1]) == postmaster:
                ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _read(uri: str) -> list[tuple[object, ...]]:
    query = (
        "COPY (SELECT day, place_id, holder, contested, besieged, confidence, since, claims, "
        "against FROM war.place_days ORDER BY day, place_id) TO STDOUT"
    )
    rows: list[tuple[object, ...]] = []
    with psycopg.connect(uri) as connection, connection.cursor().copy(query) as copy:
        copy.set_types(["date", "text", "text", "bool", "bool", "float8", "date", "text", "text"])
        rows.extend(copy.rows())
    return rows


def _said(as_known: TheatreAsKnown) -> list[tuple[object, ...]]:
    return [
        (day, place, s.holder, s.contested, s.besieged, s.confidence, s.since, "; ".join(s.claims),
         "; ".join(s.against))
        for day in as_known.theatre.days
        for place, s in sorted(as_known.on(day).spells.items())
    ]  # fmt: skip


if __name__ == "__main__":
    main()
