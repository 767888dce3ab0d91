"""Fold a ledger of millions of claims, in memory that grows with the places and not the claims.

The same rule as in `geoline.control.holders`, place by place. DuckDB parts the claims by place on
disk; each part is folded by a process of its own, and its spells are written out as they are found.
"""

from __future__ import annotations

import gc
import shutil
import tempfile
import zlib
from bisect import bisect_right
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from heapq import merge
from io import StringIO
from itertools import groupby
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from geoline.claims import CLAIM_COLUMNS, EVENTS, MORE_COLUMNS, retracted_ids
from geoline.control.afterwards import Frozen, with_what_came_after
from geoline.control.evidence import Alliances, Weigher, certainty
from geoline.control.rule import states
from geoline.control.spells import Baseline, PlaceClaim, State
from geoline.holder import UNKNOWN
from geoline.processes import cores, over_cluster, unwatched
from geoline.tables import FETCHED, connected, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from geoline.claims import Source
    from geoline.control.evidence import Heard
    from geoline.processes import Watch

__all__ = ["COLUMNS", "Folding", "fold_ledger"]

COLUMNS = (
    "place_id", "start", "holder", "since", "contested", "besieged", "confidence", "dated",
    "claims", "against",
)  # fmt: skip
# Of the tables of claims, what makes one part; a process holds one at a time.
PART_BYTES = 8 << 20

# Events that say nothing of who holds a place.
IDLE = ", ".join(f"'{name}'" for name, kind in EVENTS.items() if kind.effect == "none")
# Cells may be text or days, and empty where a table leaves out what it does not need to say
# (`geoline.claims.ledger`).
_CELL = "nullif(trim({0}::VARCHAR), '')"
_DAY = f"{_CELL}::DATE - DATE '0001-01-01' + 1"
_KNOWN = f"coalesce({_DAY.format('published')}, {_DAY.format('date_end')} + 1)"
_OF_KIND = "event, actor, precision, speakers, credibility"
# What `fold` needs of a claim about a placed place; days as ordinals.
_NEEDED = f"""
    SELECT place_id, claim_id, event, actor, {_DAY.format("date_end")} AS day,
        coalesce({_DAY.format("date_start")}, 0) AS start,
        coalesce({_CELL.format("date_precision")}, CASE {_CELL.format("date_start")}
            WHEN {_CELL.format("date_end")} THEN 'day' ELSE
            CASE WHEN {_CELL.format("date_start")} IS NULL THEN 'by' ELSE 'between' END
        END) AS precision,
        {_KNOWN} AS known, coalesce({_CELL.format("origin")}, source) AS speakers,
        coalesce({_CELL.format("credibility")}::INTEGER, 6) AS credibility
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
    frozen
        When the line froze, and until when; None if it did not.
    """

    baseline: Mapping[str, Baseline]
    sources: Mapping[str, Source]
    sides: Alliances
    known: date | None = None
    frozen: Frozen | None = None


def fold_ledger(  # noqa: PLR0913  (what is folded, and where)
    tables: Sequence[Path],
    folding: Folding,
    target: Path,
    *,
    processes: int | None = None,
    cluster: str = "",
    parted: bool = False,
    watch: Watch = unwatched,
) -> int:
    """Fold tables of claims into the spells of every place.

    Parameters
    ----------
    tables
        Tables of the ledger (.csv, .parquet), checked when they were taken in.
    folding
        What they are judged by.
    target
        File to write, CSV or, if it ends in `.parquet`, Parquet, with `COLUMNS`; the places in the
        order of their ids, the spells of each in theirs. The same bytes on any number of processes
        and over any cluster.
    processes
        How many to use; None for one a core.
    cluster
        Address of a Dask scheduler, or a number of its processes here; empty: none. What a worker
        needs goes to it, so that no folder has to be shared; what it fails at is done here.
    parted
        Whether `target` is a folder to make, with a Parquet table of places that follow each other
        a file.
    watch
        Shows how far it is.

    Returns
    -------
    int
        Number of spells.

    Raises
    ------
    RequestError
        If DuckDB is not installed, or there is no such cluster.
    """
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".fold-") as scratch:
        parts = _parts(tables, folding, Path(scratch))
        if cluster:
            _fold_over_cluster(parts, folding, cluster, watch)
        left = [part for part in parts if not part.table.exists()]
        _fold_parts(left, folding, processes, watch)
        if parted:
            whole = Path(scratch) / "tables"
            whole.mkdir()
            for part in parts:
                _to_parquet([part.table], whole / f"part-{part.number:05}.parquet")
        else:
            whole = Path(scratch) / "whole"
            _join([part.table for part in parts], whole, as_parquet=target.suffix == ".parquet")
        whole.replace(target)
        return sum(int(part.tally.read_text()) for part in parts)


class _Part(NamedTuple):
    """Places that follow each other: the folder of their claims, and those that none tells of."""

    number: int
    folder: Path
    untold: tuple[str, ...]

    @property
    def table(self) -> Path:
        """Where its spells are written; there once all of them are."""
        return self.folder.with_suffix(".csv")

    @property
    def tally(self) -> Path:
        """Where their number is written."""
        return self.folder.with_suffix(".count")

    def done(self, spells: bytes, number: int) -> None:
        """Keep the spells and their number."""
        self.tally.write_text(str(number))
        fresh = self.table.with_suffix(".part")
        fresh.write_bytes(spells)
        fresh.replace(self.table)


def _fold_parts(
    parts: Sequence[_Part], folding: Folding, processes: int | None, watch: Watch
) -> None:
    """Fold parts, several at a time if there are several."""
    processes = min(processes or cores(), len(parts))
    if processes <= 1:
        for part in watch(parts, len(parts)):
            _fold_part(part, folding)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        folded = pool.map(_fold_part, parts, [folding] * len(parts))
        for _ in watch(folded, len(parts)):
            pass


def _fold_over_cluster(
    parts: Sequence[_Part], folding: Folding, cluster: str, watch: Watch
) -> None:
    """Fold parts over a cluster; what its workers fail at is left."""
    sent = [
        (part.number, part.untold, [t.read_bytes() for t in sorted(part.folder.glob("*.parquet"))])
        for part in parts
    ]
    folded = over_cluster(cluster, folding, _fold_sent, sent)
    answers = (one for _, answer in folded for one in answer or ())
    for number, count, packed in watch(answers, len(parts)):
        parts[number].done(zlib.decompress(packed), count)


def _fold_sent(
    folding: Folding, sent: list[tuple[int, tuple[str, ...], list[bytes]]]
) -> list[tuple[int, int, bytes]]:
    """Fold parts that were sent with their claims; give the number of each, its spells, packed."""
    answers = []
    for number, untold, tables in sent:
        with tempfile.TemporaryDirectory(prefix="geoline-fold-") as scratch:
            part = _Part(number, Path(scratch) / "part", untold)
            part.folder.mkdir()
            for name, table in enumerate(tables):
                (part.folder / f"{name}.parquet").write_bytes(table)
            _fold_part(part, folding)
            packed = zlib.compress(part.table.read_bytes(), 1)
            answers.append((number, int(part.tally.read_text()), packed))
    return answers


def _join(tables: Sequence[Path], target: Path, *, as_parquet: bool) -> None:
    """Put tables without headers behind each other, under `COLUMNS`."""
    if as_parquet:
        _to_parquet(tables, target)
        return
    with target.open("wb") as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for table in tables:
            with table.open("rb") as rows:
                shutil.copyfileobj(rows, file)


def _to_parquet(tables: Sequence[Path], target: Path) -> None:
    """Write spells, CSV without a header, as one Parquet table, days as dates, in their order."""
    kinds = {"start": "DATE", "since": "DATE", "contested": "BOOLEAN", "besieged": "BOOLEAN",
             "confidence": "DOUBLE", "dated": "BOOLEAN"}  # fmt: skip
    columns = ", ".join(f"'{name}': '{kinds.get(name, 'VARCHAR')}'" for name in COLUMNS)
    names = ", ".join("'" + str(table).replace("'", "''") + "'" for table in tables)
    written = str(target).replace("'", "''")
    with connected(threads=1) as connection:
        connection.execute("SET preserve_insertion_order = true")
        connection.execute(
            f"COPY (SELECT * FROM read_csv([{names}], header=false, delim=',', quote='\"', "
            f"columns={{{columns}}}, parallel=false, auto_detect=false)) "
            f"TO '{written}' (FORMAT parquet)"
        )


def _parts(tables: Sequence[Path], folding: Folding, scratch: Path) -> list[_Part]:
    """Part the claims by place, into files that a process can hold one at a time.

    How many there are goes by the claims alone, so that the same come out on any machine.
    """
    claims = source_of(tables, ordered=False)
    known = folding.known.toordinal() if folding.known else None
    number = sum(path.stat().st_size for path in tables) // PART_BYTES + 1
    with connected(spill=scratch) as connection:
        claims = _with_all_columns(connection, claims)
        gone = _gone(connection, claims, known)
        connection.execute("CREATE TABLE gone (claim_id VARCHAR)")
        if gone:
            connection.executemany("INSERT INTO gone VALUES (?)", [[name] for name in gone])
        public = "true" if known is None else f"{_KNOWN} <= {known}"
        connection.execute(
            f"CREATE TABLE needed AS {_NEEDED} FROM {claims} "
            f"WHERE coalesce({_CELL.format('about')}, 'place') = 'place' "
            f"AND place_id <> '' AND event NOT IN ({IDLE}) "
            f"AND claim_id NOT IN (FROM gone) AND {public}"
        )
        connection.execute(
            "CREATE TABLE places AS SELECT place_id, CAST((sum(told) OVER (ORDER BY place_id) - "
            f"told) * {number} // (SELECT count(*) FROM needed) AS INTEGER) AS part "
            "FROM (SELECT place_id, count(*) AS told FROM needed GROUP BY place_id)"
        )
        connection.execute(
            "COPY (SELECT needed.*, part FROM needed JOIN places USING (place_id)) "
            f"TO '{scratch}/parts' (FORMAT parquet, PARTITION_BY (part))"
        )
        told = connection.execute("SELECT place_id, part FROM places ORDER BY place_id").fetchall()
    return _with_untold(told, folding, scratch / "parts", number)


def _with_untold(
    told: Sequence[tuple[str, int]], folding: Folding, folder: Path, number: int
) -> list[_Part]:
    """Give the parts, and to each the places of the baseline that belong between its own."""
    of_claims = {place for place, _ in told}
    first: dict[int, str] = {}
    for place, part in told:
        first.setdefault(part, place)
    starts = sorted((place, part) for part, place in first.items()) or [("", 0)]
    untold: dict[int, list[str]] = {}
    for place in sorted(folding.baseline.keys() - of_claims):
        at = max(bisect_right(starts, place, key=itemgetter(0)) - 1, 0)
        untold.setdefault(starts[at][1], []).append(place)
    parts = [n for n in range(number) if n in first or n in untold] or [0]
    return [_Part(at, folder / f"part={n}", tuple(untold.get(n, ()))) for at, n in enumerate(parts)]


def _with_all_columns(connection: DuckDBPyConnection, claims: str) -> str:
    """Give claims with an empty column for each that their tables leave out."""
    there = {column[0] for column in connection.execute(f"DESCRIBE {claims}").fetchall()}
    empty = [f"NULL AS {name}" for name in (*CLAIM_COLUMNS, *MORE_COLUMNS) if name not in there]
    return f"(SELECT {', '.join(['*', *empty])} FROM {claims})"


def _gone(connection: DuckDBPyConnection, claims: str, known: int | None) -> set[str]:
    """Find the ids of the claims that were taken back by a day (None: by now)."""
    rows = connection.execute(
        f"SELECT claim_id, {_KNOWN}, corrects FROM {claims} WHERE corrects <> ''"
    ).fetchall()
    return retracted_ids(
        (day, name, tuple(part.strip() for part in corrects.split(";")))
        for name, day, corrects in rows
        if known is None or day <= known
    )


def _fold_part(part: _Part, folding: Folding) -> None:
    """Fold the places of one part, and write their spells and how many they are."""
    weigher = Weigher(folding.sources, folding.sides)
    count, rows, iso = 0, StringIO(newline=""), dict[int, str]()
    untold: Iterable[tuple[str, list[PlaceClaim]]] = ((place, []) for place in part.untold)
    # What is made here is dropped place by place; there are no cycles to look for.
    gc.disable()
    try:
        for place, told in merge(_places(part.folder, weigher), untold, key=itemgetter(0)):
            said = told if folding.frozen is None else with_what_came_after(told, folding.frozen)
            eve = folding.baseline.get(place)
            found = states(said, baseline=eve, sides=folding.sides)
            _write(rows, place, found, iso)
            count += len(found)
    finally:
        gc.enable()
    part.folder.parent.mkdir(exist_ok=True)
    part.done(rows.getvalue().encode(), count)


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
