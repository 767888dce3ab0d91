"""The ledger: the sources and claims of a theatre, in files that people review.

`claims/` holds any number of tables; `read_claims` reads them all, `add_claims` adds one in a step
that happens whole or not at all. Each row is one statement by one source.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from geoline.claims.claim import EVENTS, Claim, Source, claim_record
from geoline.claims.corrections import check_corrections
from geoline.claims.days import day_fault
from geoline.claims.deaths import Deaths, parse_deaths
from geoline.dates import PRECISIONS, DayInterval
from geoline.errors import DataError
from geoline.tables import (
    LONGEST_CELL,
    Row,
    csv_table,
    csv_to_parquet,
    read_table,
    replace_file,
    table_rows,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

__all__ = [
    "CLAIM_COLUMNS",
    "DATASETS",
    "MORE_COLUMNS",
    "SOURCE_COLUMNS",
    "add_claims",
    "claim_row",
    "parse_claim",
    "read_claims",
    "read_sources",
    "reads_back",
]

SOURCE_COLUMNS = ["id", "name", "reliability", "lean", "kind", "country", "domain", "note"]
CLAIM_COLUMNS = [
    "claim_id", "place", "about", "place_id", "road", "event", "actor", "date_start", "date_end",
    "date_precision", "published", "source", "origin", "credibility", "url", "note",
]  # fmt: skip
MORE_COLUMNS = ["corrects", "deaths"]
# What a table needs; the other columns may be left out.
SOURCE_NEEDED = ["id", "name", "reliability", "lean"]
CLAIM_NEEDED = ["claim_id", "place", "place_id", "event", "actor", "date_end", "source"]
# Datasets that claims may come from, whether or not a theatre lists them.
DATASETS = {
    name: Source(id=name, name=title, reliability="B", lean="independent", kind="dataset")
    for name, title in (
        ("acled", "ACLED"),
        ("ucdp-ged", "UCDP GED"),
        ("viina", "VIINA"),
        ("viina-wikipedia", "Wikipedia, as VIINA reads it"),
        ("viina-events", "VIINA, from its events"),
        ("viina-deepstatemap", "DeepStateMap, as VIINA reads it"),
        ("viina-isw", "ISW, as VIINA reads it"),
    )
}
# More claims than this at once are no table that people review.
LARGE = 100_000
ABOUT = frozenset({"place", "post", "road", "area"})


def read_sources(path: Path, leans: Collection[str]) -> dict[str, Source]:
    """Read the sources of a theatre by id.

    Raises
    ------
    DataError
        If the table cannot be used; the text names file, row and key.
    """

    def parse(row: Row) -> Source:
        return Source(
            id=row.text("id"),
            name=row.text("name"),
            reliability=row.choice("reliability", "ABCDEF"),
            lean=row.choice("lean", leans),
            kind=row.optional("kind"),
            country=row.optional("country"),
            domain=row.optional("domain"),
            note=row.optional("note"),
        )

    optional = [column for column in SOURCE_COLUMNS if column not in SOURCE_NEEDED]
    listed = read_table(path, SOURCE_NEEDED, parse, optional=optional, unique="id")
    return DATASETS | {source.id: source for source in listed}


def read_claims(  # noqa: PLR0913  (what claims may refer to)
    folder: Path,
    *,
    sources: Mapping[str, Source],
    actors: Collection[str],
    places: Container[str],
    areas: Container[str] = frozenset(),
    span: tuple[date, date] | None = None,
) -> list[Claim]:
    """Read every table of claims in a folder, in the order of the file names.

    Parameters
    ----------
    folder
        Holds any number of `*.csv`, and `*.parquet` of large ingests.
    sources, actors, places
        What claims may refer to: sources by id, parties, places of the gazetteer.
    areas
        Those of the places that are areas, which a claim about a place may not mean.
    span
        First and last day of the theatre; a day that lies decades from them is refused.

    Raises
    ------
    DataError
        If a table cannot be used; the text names file, row and key.
    """
    claims: dict[str, Claim] = {}
    where: dict[str, tuple[str, int]] = {}

    def parse(row: Row) -> Claim:
        claim = parse_claim(row, sources=sources, actors=actors, places=places, areas=areas)
        if claim.claim_id in claims:
            reason = f"'{claim.claim_id}' is already in {where[claim.claim_id][0]}"
            raise row.fail("claim_id", reason)
        key, fault = day_fault(claim, span) if span else ("", "")
        if fault:
            raise row.fail(key, fault)
        claims[claim.claim_id] = claim
        where[claim.claim_id] = (row.file, row.line)
        return claim

    optional = [c for c in (*CLAIM_COLUMNS, *MORE_COLUMNS) if c not in CLAIM_NEEDED]
    for path in sorted([*folder.glob("*.csv"), *folder.glob("*.parquet")]):
        name = f"{folder.name}/{path.name}"
        if path.suffix == ".parquet":
            for number, cells in enumerate(table_rows(path), start=1):
                parse(Row(name, number, cells))
        else:
            read_table(path, CLAIM_NEEDED, parse, optional=optional, unique="claim_id", name=name)
    check_corrections(claims, where, sources)
    return list(claims.values())


def parse_claim(
    row: Row,
    *,
    sources: Container[str],
    actors: Container[str],
    places: Container[str],
    areas: Container[str] = frozenset(),
) -> Claim:
    """Read the claim of a row.

    Parameters
    ----------
    row
        With the columns of `CLAIM_COLUMNS`; of those not needed any may be empty. Then it is about
        a place, its credibility is not judged, and its days say how exact they are.
    sources, actors, places, areas
        What it may refer to; `areas` are those of the places that are no places on a map.

    Raises
    ------
    DataError
        If it cannot be used; the text names file, row and key.
    """
    place_id, source = row.optional("place_id"), row.text("source")
    _check_known(row, "place_id", (place_id,) if place_id else (), places, "the gazetteer")
    _check_known(row, "source", (source,), sources, "sources.csv")
    _check_known(row, "origin", row.many("origin"), sources, "sources.csv")
    actor = row.many("actor") or (row.text("actor"),)
    _check_known(row, "actor", actor, actors, "theatre.toml")
    url = row.optional("url")
    if url and not url.startswith(("https://", "http://")):
        raise row.fail("url", "is not a web address; it starts with https:// or http://")
    when = _interval(row)
    about = row.choice("about", ABOUT) if row.optional("about") else "place"
    if about == "place" and place_id in areas:
        reason = f"'{place_id}' is an area, no place on the map; write 'area' under about"
        raise row.fail("place_id", reason)
    return Claim(
        claim_id=row.text("claim_id"),
        place=row.text("place"),
        about=about,
        place_id=place_id,
        road=row.optional("road"),
        event=row.choice("event", EVENTS),
        actor=actor,
        when=when,
        precision=(
            row.choice("date_precision", PRECISIONS)
            if row.optional("date_precision")
            else "by"
            if when.start is None
            else "day"
            if when.start == when.end
            else "between"
        ),
        published=row.optional_day("published"),
        source=source,
        origins=row.many("origin"),
        credibility=int(row.number("credibility", 1, 6)) if row.optional("credibility") else 6,
        url=url,
        note=row.optional("note"),
        corrects=row.many("corrects"),
        deaths=_deaths(row),
    )


def claim_row(claim: Claim) -> dict[str, str]:
    """Give the cells of a claim, as `parse_claim` reads them."""
    return {
        key: "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        for key, value in claim_record(claim).items()
    }


def reads_back(claim: Claim, row: Row, **known: Container[str]) -> str:
    """Say why a claim would not be read from the ledger as it is; empty if it would.

    Parameters
    ----------
    claim
        About to be added.
    row
        Where it comes from.
    known
        `sources`, `actors`, `places` and `areas`, as for `parse_claim`.
    """
    cells = {key: cell.strip() for key, cell in claim_row(claim).items()}
    long = next((key for key, cell in cells.items() if len(cell) > LONGEST_CELL), "")
    if long:
        return f"'{long}' is longer than {LONGEST_CELL:,} letters; shorten it"
    try:
        again = parse_claim(Row(row.file, row.line, cells), **known)
    except DataError as error:
        return f"as a claim, '{error.key}' {error.reason}"
    kept = claim_record(again)
    lost = [key for key, value in claim_record(claim).items() if kept[key] != value]
    if lost:
        return (
            f"'{lost[0]}' cannot be kept ('{cells[lost[0]][:40]}'); a semicolon parts names and ids"
        )
    return ""


def add_claims(folder: Path, name: str, claims: Sequence[Claim]) -> Path:
    """Add claims to a table of the ledger, which is written whole or not at all.

    Parameters
    ----------
    folder
        The theatre's `claims`.
    name
        Name of the table without its ending; it is made, or its rows stay and these follow, in the
        order of their ids.
    claims
        From `LARGE` on they make a Parquet table of their own, named by its number.

    Raises
    ------
    OSError
        If it cannot be written; the ledger is as it was before.
    RequestError
        If there are so many that DuckDB is needed, and it is not installed.
    """
    if len(claims) >= LARGE:
        return _add_large(folder, name, claims)
    path = folder / f"{name}.csv"
    rows: list[dict[str, str]] = []
    if path.exists():
        optional = [c for c in (*CLAIM_COLUMNS, *MORE_COLUMNS) if c not in CLAIM_NEEDED]
        rows = read_table(path, CLAIM_NEEDED, lambda row: dict(row.cells), optional=optional)
    rows += map(claim_row, claims)
    replace_file(path, _table(sorted(rows, key=itemgetter("claim_id"))))
    return path


def _add_large(folder: Path, name: str, claims: Sequence[Claim]) -> Path:
    """Add claims as a Parquet table of their own, under a number that no table ever had."""
    taken = [p.stem.rpartition("-")[2] for p in folder.glob(f"{name}-*.parquet")]
    number = 1 + max((int(n) for n in taken if n.isdecimal()), default=0)
    path = folder / f"{name}-{number:04}.parquet"
    rough, fresh = folder / f".{path.name}.csv.part", folder / f".{path.name}.part"
    rough.write_bytes(_table(map(claim_row, claims)))
    csv_to_parquet(rough, fresh)
    fresh.replace(path)
    rough.unlink()
    return path


def _table(rows: Iterable[dict[str, str]]) -> bytes:
    return csv_table([*CLAIM_COLUMNS, *MORE_COLUMNS], rows)


def _check_known(
    row: Row, key: str, values: Collection[str], known: Container[str], where: str
) -> None:
    for value in values:
        if value not in known:
            raise row.fail(key, f"{where} has no '{value}'; add it first")


def _deaths(row: Row) -> Deaths | None:
    text = row.optional("deaths")
    try:
        return parse_deaths(text) if text else None
    except ValueError as error:
        raise row.fail("deaths", str(error)) from None


def _interval(row: Row) -> DayInterval:
    start, end = row.optional_day("date_start"), row.day("date_end")
    if row.optional("date_precision") == "day" and start != end:
        raise row.fail("date_start", "differs from date_end; for one day they are the same")
    try:
        return DayInterval(end, start)
    except ValueError as error:
        raise row.fail("date_start", str(error)) from None
