"""Take the rows of a dataset into the ledger of a theatre.

ACLED exports, UCDP GED, VIINA's events and the project's own form. A row that cannot be used is set
aside with file, row, key and reason; what the ledger has already is a duplicate; a row of a dataset
that was changed since becomes a correction with its own day; what a dataset has no more is told,
and taken back if asked to. The ledger is written once, at the end, whole or not at all.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.claims import CLAIM_COLUMNS, MORE_COLUMNS, add_claims
from geoline.errors import DataError, RequestError
from geoline.ingest.claim_intake import DATASETS, FORMATS, OWN, ClaimIntake
from geoline.ingest.dataset_file import EmptyFileError, file_rows
from geoline.tables import alone, csv_table, replace_file
from geoline.theatre_folder import read_theatre_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoline.tables import Row

__all__ = ["Ingested", "ingest", "write_report"]

# The project's own form: what a row must say, and what else an extraction adds to it.
OWN_NEEDED = ("place", "event", "actor", "date_end", "source")
EXTRACTED = (
    "lat", "lon", "certainty", "span", "from_actor", "attributed_to", "evidence", "flag", "rule",
    "file",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Ingested:
    """What became of a file.

    Parameters
    ----------
    read
        Rows, those that could not be read among them.
    accepted
        Claims that are new in the ledger.
    duplicates
        Rows that the ledger, or the file before them, has already.
    corrections
        How many of those accepted correct an earlier row of the dataset.
    set_aside
        Why each other row was not taken: file, row, key, reason.
    outside
        Ids of the claims accepted that are of days before the theatre's first or after its last.
    gone
        Why each event of the ledger is missed that the dataset has no more: file, key, reason.
    pruned
        How many of those were taken back.
    table
        The table that they were added to; None if none was.
    """

    read: int
    accepted: int
    duplicates: int
    corrections: int
    set_aside: tuple[DataError, ...]
    outside: tuple[str, ...] = ()
    gone: tuple[DataError, ...] = ()
    pruned: int = 0
    table: Path | None


def ingest(
    folder: Path,
    path: Path,
    form: str,
    *,
    prune: bool = False,
    located: dict[tuple[str, float, float], str] | None = None,
) -> Ingested:
    """Take the rows of a file into a theatre's ledger.

    Parameters
    ----------
    folder
        The theatre's.
    path
        CSV in UTF-8, plain, .gz or .zip; parted by commas, semicolons or tabs. ACLED also as the
        JSON of its API, VIINA as its folder.
    form
        One of `FORMATS`.
    prune
        Whether events of the ledger that lie between the first and the last day of a dataset's
        file, and are not in it, are taken back, as of the day on which the file was public.
    located
        Places that are known already, by what the dataset calls them and where it puts them
        (latitude, longitude); the gazetteer is not asked for these.

    Returns
    -------
    Ingested
        read = accepted + duplicates + set aside.

    Raises
    ------
    DataError
        If the file is of another kind as a whole, or the theatre cannot be read. The ledger stays.
    RequestError
        If there is no such form, another ingest is at work on the theatre, or own claims are to
        be pruned.
    """
    if form not in FORMATS:
        message = f"no form '{form}'; there are {', '.join(FORMATS)}"
        raise RequestError(message)
    if prune and form == OWN:
        message = (
            "--prune is for datasets, whose files are whole; take an own claim back by corrects"
        )
        raise RequestError(message)
    if not (folder / "claims").is_dir():
        raise DataError(str(folder), "has no folder 'claims'; give the folder of a theatre")
    with _alone(folder):
        _sweep(folder / "claims")
        theatre = read_theatre_folder(folder)
        intake = ClaimIntake(theatre, form, located or {})
        for row in _rows(path, form, intake):
            try:
                intake.take(row)
            except DataError as error:
                intake.set_aside.append(error)
        intake.finish(prune=prune)
        table = add_claims(folder / "claims", form, intake.new) if intake.new else None
    return _told(intake, path, table)


def _told(intake: ClaimIntake, path: Path, table: Path | None) -> Ingested:
    added = intake.new[: len(intake.new) - intake.pruned]
    outside = [claim.claim_id for claim in added if intake.theatre.is_outside(claim.when)]
    taken_back = "was taken back" if intake.pruned else "--prune takes it back"
    gone = [
        f"'{claim.claim_id}' of {claim.when.end} is in the ledger and not in this file, which has "
        f"events of days before and after; {taken_back}"
        for claim in intake.gone
    ]
    key = DATASETS[intake.form].id_key if intake.form in DATASETS else None
    return Ingested(
        read=intake.read,
        accepted=len(added),
        duplicates=intake.duplicates,
        corrections=sum(bool(c.corrects) for c in added) if intake.form != OWN else 0,
        set_aside=tuple(sorted(intake.set_aside, key=lambda e: e.row or 0)),
        outside=tuple(outside),
        gone=tuple(DataError(path.name, reason, key=key) for reason in gone),
        pruned=intake.pruned,
        table=table,
    )


def write_report(done: Ingested, path: Path) -> None:
    """Write why each row was set aside, and what is gone: CSV with file, row, key, reason.

    A spreadsheet takes no cell for a formula; see `geoline.tables.harmless`.

    Raises
    ------
    RequestError
        If no file can be there.
    OSError
        If it cannot be written.
    """
    rows = [
        {"file": e.file, "row": e.row, "key": e.key, "reason": e.reason}
        for e in (*done.set_aside, *done.gone)
    ]
    replace_file(path, csv_table(["file", "row", "key", "reason"], rows, spreadsheet=True))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second run off the ledger."""
    try:
        with alone(folder / "claims"):
            yield
    except BlockingIOError:
        message = "another ingest is at work on this theatre; try again when it is done"
        raise RequestError(message) from None


def _sweep(claims: Path) -> None:
    """Remove what a run that was killed while it wrote left beside the tables."""
    for rest in claims.glob(".*.part"):
        rest.unlink()


def _rows(path: Path, form: str, intake: ClaimIntake) -> Iterator[Row]:
    """Rows as cells by column; what cannot be read is set aside by the intake."""

    def aside(error: DataError) -> None:
        intake.read += 1
        intake.set_aside.append(error)

    checked: list[str] = []
    try:
        for header, row in file_rows(path, form, aside):
            if header != checked:
                check_header(path.name, header, form)
                checked = header
            if row.cells:
                intake.read += 1
                yield row
    except EmptyFileError as error:
        raise (intake.set_aside[0] if intake.set_aside else error) from None


def check_header(name: str, header: list[str], form: str) -> None:
    """Refuse a file that lacks a column that its form needs, or has one twice.

    Raises
    ------
    DataError
        With the column.
    """
    needed = DATASETS[form].needed if form in DATASETS else OWN_NEEDED
    for column in header:
        if column and header.count(column) > 1:
            raise DataError(name, "stands twice in the header", row=1, key=column)
    for column in needed:
        if column not in header:
            reason = f"this column is missing; it is no {form} file, or was cut"
            raise DataError(name, reason, row=1, key=column)
    if form == OWN:
        _check_known(name, header)


def _check_known(name: str, header: list[str]) -> None:
    """See that a table of one's own has no column that nothing reads."""
    known = {*CLAIM_COLUMNS, *MORE_COLUMNS, *EXTRACTED}
    for column in header:
        if column not in known:
            reason = f"no such column; known are {', '.join(sorted(known))}"
            raise DataError(name, reason, row=1, key=column)
