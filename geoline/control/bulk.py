"""Fold a ledger of millions of claims, in memory that grows with the places and not the claims.

The same rule as in `geoline.control.holders`, place by place. DuckDB parts the claims by place on
disk; each part is folded by a process of its own, and its spells are written out as they are found.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from geoline.claims import EVENTS, retracted_ids
from geoline.control.evidence import Alliances, Weigher, certainty
from geoline.control.rule import states
from geoline.control.spells import Baseline, PlaceClaim, State
from geoline.holder import UNKNOWN
from geoline.tables import FETCHED, connected, source_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from geoline.claims import Source
    from geoline.control.evidence import Heard

__all__ = ["COLUMNS", "Folding", "fold_ledger"]

COLUMNS = (
    "place_id", "start", "holder", "since", "contested", "besieged", "confidence", "dated",
    "claims", "against",
)  # fmt: skip
# Claims that a process holds at most at a time, about.
PART = 250_000

# Events that say nothing of who holds a place.
IDLE = ", ".join(f"'{name}'" for name, kind in EVENTS.items() if kind.effect == "none")
_DAY = "{0}::DATE - DATE '0001-01-01' + 1"
_KNOWN = f"coalesce({_DAY.format('published')}, {_DAY.format('date_end')} + 1)"
_OF_KIND = "event, actor, precision, speakers, credibility"
# What `fold` needs of a claim about a placed place; days as ordinals.
_NEEDED = f"""
    SELECT place_id, claim_id, event, actor, {_DAY.format("date_end")} AS day,
        coalesce({_DAY.format("date_start")}, 0) AS start, date_precision AS precision,
        {_KNOWN} AS known, coalesce(nullif(origin, ''), source) AS speakers,
        credibility::INTEGER AS credibility
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Folding:
    """What the claims are judged by.

    Parameters
    ----------
    baseline
        Who held places on the eve, by place id.
    sources, sides
        Who speaks, and for whom.
    known
        Only what was public by this day, and not taken back by then, counts; None for all.
    """

    baseline: Mapping[str, Baseline]
    sources: Mapping[str, Source]
    sides: Alliances
    known: date | None = None


def fold_ledger(
    tables: Sequence[Path], folding: Folding, target: Path, *, processes: int | None = None
) -> int:
    """Fold tables of claims into the spells of every place.

    Parameters
    ----------
    tables
        Tables of the ledger (.csv, .parquet), checked when they were taken in.
    folding
        What they are judged by.
    target
        CSV file to write, with `COLUMNS`; the places in no order, the spells of each in theirs.
    processes
        How many to use; None for one a core.

    Returns
    -------
    int
        Number of spells.

    Raises
    ------
    RequestError
        If DuckDB is not installed.
    """
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".fold-") as scratch:
        parts = _part(tables, folding, Path(scratch), processes or os.cpu_count() or 1)
        jobs = [(part, folding, part.with_suffix(".csv")) for part in parts]
        done = _fold_parts(jobs, processes)
        told = {place for _, places in done for place in places}
        rest, whole = Path(scratch) / "rest.csv", Path(scratch) / "whole"
        untold = _write_untold(folding, told, rest)
        _join([*(table for _, _, table in jobs), rest], whole)
        whole.replace(target)
    return sum(count for count, _ in done) + untold


def _fold_parts(
    jobs: Sequence[tuple[Path, Folding, Path]], processes: int | None
) -> list[tuple[int, list[str]]]:
    """Do `_fold_part` of each job, several at a time if there are several."""
    if len(jobs) == 1 or processes == 1:
        return [_fold_part(*job) for job in jobs]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_fold_part, *zip(*jobs, strict=True)))


def _write_untold(folding: Folding, told: Container[str], target: Path) -> int:
    """Write a spell for each place of the baseline that no claim tells of; give their number."""
    untold = {place: eve for place, eve in folding.baseline.items() if place not in told}
    with target.open("w", encoding="utf-8", newline="") as file:
        for place, eve in untold.items():
            _write(file, place, states((), baseline=eve, sides=folding.sides), {})
    return len(untold)


def _join(tables: Iterable[Path], target: Path) -> None:
    """Put tables without headers behind each other, under `COLUMNS`."""
    with target.open("wb") as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for table in tables:
            with table.open("rb") as rows:
                shutil.copyfileobj(rows, file)


def _part(tables: Sequence[Path], folding: Folding, scratch: Path, least: int) -> list[Path]:
    """Part the claims by place, into files that a process can hold one at a time."""
    claims = source_of(tables, ordered=False)
    known = folding.known.toordinal() if folding.known else None
    with connected(spill=scratch) as connection:
        gone = _gone(connection, claims, known)
        connection.execute("CREATE TABLE gone (claim_id VARCHAR)")
        if gone:
            connection.executemany("INSERT INTO gone VALUES (?)", [[name] for name in gone])
        size = sum(path.stat().st_size for path in tables)
        number = max(least, size // (PART * 100) + 1)
        public = "true" if known is None else f"{_KNOWN} <= {known}"
        connection.execute(
            f"COPY ({_NEEDED}, hash(place_id) % {number} AS part FROM {claims} "
            f"WHERE about = 'place' AND place_id <> '' AND event NOT IN ({IDLE}) "
            f"AND claim_id NOT IN (FROM gone) AND {public}) "
            f"TO '{scratch}/parts' (FORMAT parquet, PARTITION_BY (part))"
        )
    return [scratch / "parts" / f"part={n}" for n in range(number)]


def _gone(connection: DuckDBPyConnection, claims: str, known: int | None) -> set[str]:
    """Find the ids of the claims that were taken back by a day (None: by now)."""
    columns = {c[0] for c in connection.execute(f"DESCRIBE {claims}").fetchall()}
    if "corrects" not in columns:
        return set()
    rows = connection.execute(
        f"SELECT claim_id, {_KNOWN}, corrects FROM {claims} WHERE corrects <> ''"
    ).fetchall()
    return retracted_ids(
        (day, name, tuple(part.strip() for part in corrects.split(";")))
        for name, day, corrects in rows
        if known is None or day <= known
    )


def _fold_part(part: Path, folding: Folding, target: Path) -> tuple[int, list[str]]:
    """Fold the places of one part; give the number of spells, and its places of the baseline."""
    weigher = Weigher(folding.sources, folding.sides)
    count, met = 0, []
    iso: dict[int, str] = {}
    # What is made here is dropped place by place; there are no cycles to look for.
    gc.disable()
    try:
        with target.open("w", encoding="utf-8", newline="") as file:
            for place, told in _places(part, weigher):
                eve = folding.baseline.get(place)
                found = states(told, baseline=eve, sides=folding.sides)
                _write(file, place, found, iso)
                count += len(found)
                if eve:
                    met.append(place)
    finally:
        gc.enable()
    return count, met


def _write(file: TextIO, place: str, found: Iterable[State], iso: dict[int, str]) -> None:
    """Write the states of a place; `iso` keeps the days that were met, as text."""
    rows = []
    for day, holder, since, contested, besieged, support, denied, claims, against, dated in found:
        for one in (day, since):
            if one not in iso:
                iso[one] = date.fromordinal(one).isoformat()
        known = holder != UNKNOWN
        sure = certainty(support, denied) if known else 0.0
        rows.append(
            f"{place},{iso[day]},{holder},{iso[since]},{contested:d},{besieged:d},"
            f"{sure},{dated and known:d},{';'.join(claims)},{';'.join(against)}\n"
        )
    file.write("".join(rows))


class _Kind(NamedTuple):
    """What claims of one event, side, precision, speakers and credibility have in common."""

    effect: str
    party: str
    voices: tuple[Heard, ...]
    bound: bool
    again: bool
    exact: bool


def _places(part: Path, weigher: Weigher) -> Iterator[tuple[str, list[PlaceClaim]]]:
    if not part.is_dir():
        return
    with connected(threads=1, spill=part) as connection:
        claims = f"read_parquet('{part}/*.parquet')"
        # Few claims differ in all of it: each kind is weighed once, and a claim refers to it.
        connection.execute(
            f"CREATE TABLE kinds AS SELECT row_number() OVER () - 1 AS kind, * FROM "
            f"(SELECT DISTINCT {_OF_KIND} FROM {claims})"
        )
        found = connection.execute(f"SELECT {_OF_KIND} FROM kinds ORDER BY kind").fetchall()
        kinds = [_kind(row, weigher) for row in found]
        same = " AND ".join(f"c.{key} IS NOT DISTINCT FROM k.{key}" for key in _OF_KIND.split(", "))
        answer = connection.execute(
            f"SELECT place_id, day, claim_id, kind, start, known FROM {claims} AS c "
            f"JOIN kinds AS k ON {same} ORDER BY place_id, day, claim_id"
        )
        rows = (row for some in iter(lambda: answer.fetchmany(FETCHED), []) for row in some)
        make = partial(tuple.__new__, PlaceClaim)
        for place, told in groupby(rows, key=itemgetter(0)):
            yield (
                place,
                [
                    make((day, name, k[0], k[1], k[2], start, k[3], k[4], k[5], known))
                    for _, day, name, number, start, known in told
                    for k in (kinds[number],)
                ],
            )


def _kind(row: tuple[str, str, str, str, int], weigher: Weigher) -> _Kind:
    event, actor, precision, said_by, credibility = row
    effect, party = EVENTS[event].effect, actor.partition(";")[0].strip()
    voices = weigher.hear(
        tuple(part.strip() for part in said_by.split(";")),
        party,
        leaves=effect == "leaves",
        credibility=credibility,
    )
    bound = precision == "by" or event == "announced"
    return _Kind(effect, party, voices, bound, event == "recaptured", precision == "day")
