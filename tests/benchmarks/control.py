"""How fast claims fold into who held what, beside what a database takes to read and sort them.

Run ``python tests/benchmarks/control.py`` (``--claims N``, ``--places N``, ``--processes N``).

* Claims are drawn with a fixed seed: captures by two sides, a tenth of them bounds, enterings,
  departures, denials, sieges and clashes, by 160 sources of all grades and leans, two fifths of
  them repeating another, over 120 days, evenly over the places.
* DuckDB: reads the same CSV file, groups it by place and orders each group by day, all columns kept
  (one row a place), with as many threads as there are cores; the goal is that time. For
  comparison, it only sorts the rows by place and day. Wall time, and processor time of all
  processes, which says more where others use the machine.
* Memory: the highest resident set of any process of the fold, for all claims and for a quarter of
  them over the same places. A process begins with the highest mark of the one that started it
  (Linux), so the claims are drawn and DuckDB runs in processes of their own.
* One claim more: the time to fold its place again, and whether the result is that of a full run,
  byte for byte.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import duckdb

from geoline.claims.claim import Source
from geoline.claims.ledger import CLAIM_COLUMNS, parse_claim
from geoline.control.bulk import COLUMNS, Folding, fold_ledger
from geoline.control.evidence import Alliances
from geoline.control.holders import spells_of_place
from geoline.tables.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SEED = 20200128
FIRST = date(2020, 1, 1)
DAYS, SOURCES = 120, 160
EVENTS = {
    "captured": 45, "recaptured": 12, "entered": 8, "withdrew": 5, "denied": 5, "besieged": 2,
    "clash": 23,
}  # fmt: skip
FOLDING = Folding(
    baseline={},
    sources={
        f"source-{n}": Source(
            id=f"source-{n}",
            name=f"Source {n}",
            reliability="ABCD"[n % 4],
            lean=("independent", "red", "blue")[n % 3],
            kind="outlet",
        )
        for n in range(SOURCES)
    },
    sides=Alliances(favours={"red": frozenset({"red"}), "blue": frozenset({"blue"})}),
)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=30_000)
    parser.add_argument("--processes", type=int, default=None)
    parser.add_argument("--fold", nargs=2, metavar=("CSV", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fold:
        _fold_alone(options.fold[0], options.fold[1], options.processes)
        return
    with tempfile.TemporaryDirectory() as folder:
        table, quarter = Path(folder) / "claims.csv", Path(folder) / "quarter.csv"
        apart(draw, table, options.claims, options.places)
        apart(draw, quarter, options.claims // 4, options.places)
        size = table.stat().st_size / 1e6
        print(f"{options.claims:,} claims over {options.places:,} places, {size:.0f} MB of CSV")
        (ordered, _), (lists, used) = apart(database, table)
        print(
            f"DuckDB reads, groups and orders   {lists:7.2f} s  ({used:.2f} s)   "
            f"only sorts: {ordered:.2f} s"
        )
        out = Path(folder) / "spells.csv"
        took, worked, memory = alone(table, out, options.processes)
        print(
            f"geoline folds into spells         {took:7.2f} s  ({worked:.2f} s)   "
            f"{took / lists:.2f} times, in processor time {worked / used:.2f} (goal 1), "
            f"{took / ordered:.2f} times the sort"
        )
        _, _, less = alone(quarter, Path(folder) / "less.csv", options.processes)
        print(f"highest memory of a process       {memory:7.0f} MB  a quarter of it: {less:.0f} MB")
        print(one_more(table, out))


def apart(task: Callable[..., T], *arguments: object) -> T:
    """Do something in a process of its own, so that its memory is not taken for the fold's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(task, *arguments).result()


def draw(path: Path, claims: int, places: int) -> None:
    """Write a table of claims."""
    chance = random.Random(SEED)
    days = [(FIRST + timedelta(days=n)).isoformat() for n in range(DAYS + 4)]
    events, weights = list(EVENTS), list(EVENTS.values())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(CLAIM_COLUMNS)
        kinds = chance.choices(events, weights, k=claims)
        for number, event in enumerate(kinds):
            place, day = chance.randrange(places), chance.randrange(DAYS)
            bound = event == "captured" and chance.random() < 0.1
            writer.writerow(
                [
                    f"c{number}", f"Place {place}", "place", f"place-{place}", "", event,
                    chance.choice(("red", "blue")), "" if bound else days[day], days[day],
                    "by" if bound else "day", days[day + chance.randrange(4)],
                    f"source-{chance.randrange(SOURCES)}",
                    f"source-{chance.randrange(SOURCES)}" if chance.random() < 0.4 else "", 6,
                    f"https://example.org/{number}", "",
                ]
            )  # fmt: skip


def database(table: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds that DuckDB takes to read and order the table, as rows and as lists: wall, used."""
    ordered = f"SELECT * FROM '{table}' ORDER BY place_id, date_end, claim_id"
    lists = f"list(c ORDER BY date_end, claim_id) FROM '{table}' AS c GROUP BY place_id"
    queries = (ordered, f"SELECT place_id, {lists} ORDER BY place_id")
    took = []
    for query in queries:
        with duckdb.connect() as connection:
            connection.execute("SET enable_progress_bar = false")
            started, used = time.perf_counter(), time.process_time()
            connection.execute(f"CREATE TABLE answer AS {query}")
            took.append((time.perf_counter() - started, time.process_time() - used))
    return took[0], took[1]


def alone(table: Path, out: Path, processes: int | None) -> tuple[float, float, float]:
    """Seconds, processor seconds and megabytes of a fold in a process of its own."""
    command = [sys.executable, __file__, "--fold", str(table), str(out)]
    if processes:
        command += ["--processes", str(processes)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, used, memory = map(float, ran.stdout.split())
    return seconds, used, memory


def _fold_alone(table: str, out: str, processes: int | None) -> None:
    started, before = time.perf_counter(), _used()
    fold_ledger([Path(table)], FOLDING, Path(out), processes=processes)
    took = time.perf_counter() - started
    highest = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(took, _used() - before, highest / 1024)


def _used() -> float:
    """Seconds of processor time of this process and of those it started."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def one_more(table: Path, out: Path) -> str:
    """Fold one place again, and compare with its rows of the full run."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["place_id"] == "place-7"]
    claims = [
        parse_claim(
            Row(table.name, 0, row),
            sources=FOLDING.sources,
            actors={"red", "blue"},
            places={"place-7"},
        )
        for row in rows
    ]
    started = time.perf_counter()
    spells = spells_of_place(claims, baseline=None, sources=FOLDING.sources, sides=FOLDING.sides)
    took = (time.perf_counter() - started) * 1000
    again = [
        [
            "place-7", str(s.start), s.holder, str(s.since), str(int(s.contested)),
            str(int(s.besieged)), str(s.confidence), str(int(s.dated)), ";".join(s.claims),
            ";".join(s.against),
        ]
        for s in spells
    ]  # fmt: skip
    with out.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        assert tuple(next(reader)) == COLUMNS
        alone = [row for row in reader if row[0] == "place-7"]
    same = "the same as" if alone == again else "OTHER THAN"
    return f"one claim more: its place in        {took:5.2f} ms, {same} the full run"


if __name__ == "__main__":
    main()
