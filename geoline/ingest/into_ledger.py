"""Take the rows of a dataset into the ledger of a theatre.

ACLED exports, UCDP GED, VIINA's events and the project's own form. A row that cannot be used is set
aside with file, row, key and reason; what the ledger has already is a duplicate; a row of a dataset
that was changed since becomes a correction with its own day. The ledger is written once, at the
end, whole or not at all.
"""

from __future__ import annotations

import csv
import io
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.claims import CLAIM_COLUMNS, MORE_COLUMNS, add_claims
from geoline.errors import DataError, RequestError
from geoline.ingest.claim_intake import DATASETS, FORMATS, OWN, ClaimIntake
from geoline.ingest.dataset_file import file_rows
from geoline.tables import replace_file
from geoline.theatre_folder import read_theatre_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoline.tables import Row

__all__ = ["Ingested", "ingest", "write_report"]

# The project's own form: what a row must say, and what else an extraction adds to it.
OWN_NEEDED = ("place", "event", "actor", "date_end", "source")
EXTRACTED = (
    "lat", "lon", "certainty", "span", "from_actor", "attributed_to", "evidence", "flag", "file",
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
    table
        The table that they were added to; None if none was.
    """

    read: int
    accepted: int
    duplicates: int
    corrections: int
    set_aside: tuple[DataError, ...]
    table: Path | None


def ingest(
    folder: Path,
    path: Path,
    form: str,
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
        If there is no such form, or another ingest is at work on the theatre.
    """
    if form not in FORMATS:
        message = f"no form '{form}'; there are {', '.join(FORMATS)}"
        raise RequestError(message)
    if not (folder / "claims").is_dir():
        raise DataError(str(folder), "has no folder 'claims'; give the folder of a theatre")
    with _alone(folder):
        _sweep(folder / "claims")
        intake = ClaimIntake(read_theatre_folder(folder), form, located or {})
        for row in _rows(path, form, intake):
            try:
                intake.take(row)
            except DataError as error:
                intake.set_aside.append(error)
        table = add_claims(folder / "claims", form, intake.new) if intake.new else None
    return Ingested(
        read=intake.read,
        accepted=len(intake.new),
        duplicates=intake.duplicates,
        corrections=sum(bool(c.corrects) for c in intake.new) if form != OWN else 0,
        set_aside=tuple(sorted(intake.set_aside, key=lambda e: e.row or 0)),
        table=table,
    )


def write_report(done: Ingested, path: Path) -> None:
    """Write why each row was set aside: CSV with the columns file, row, key, reason.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["file", "row", "key", "reason"])
    writer.writerows([e.file, e.row or "", e.key or "", e.reason] for e in done.set_aside)
    replace_file(path, text.getvalue().encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second run off the ledger; the lock goes with the process, however it ends."""
    try:
        import fcntl  # noqa: PLC0415  (POSIX only)
    except ImportError:
        yield
        return
    handle = os.open(folder / "claims", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        message = "another ingest is at work on this theatre; try again when it is done"
        raise RequestError(message) from None
    finally:
        os.close(handle)


def _sweep(claims: Path) -> None:
    """Remove what a run that was killed while it wrote left beside the tables."""
    for rest in claims.glob(".*.part"):
        rest.unlink()


def _rows(path: Path, form: str, intake: ClaimIntake) -> Iterator[Row]:
    """Rows as cells by column; what cannot be read is set aside by the intake."""

    def aside(error: DataError) -> None:
        intake.read += 1
        intake.set_aside.append(error)

    checked: list[str] | None = None
    for header, row in file_rows(path, form, aside):
        if header is not checked:
            if checked is None or set(header) != set(checked):
                check_header(path.name, header, form)
            checked = header
        if row.cells:
            intake.read += 1
            yield row


def check_header(name: str, header: list[str], form: str) -> None:
    """Refuse a file that lacks a column that its form needs.

    Raises
    ------
    DataError
        With the column.
    """
    if "voice" in header:  # a status of VIINA, told by its own columns
        return
    needed = DATASETS[form].needed if form in DATASETS else OWN_NEEDED
    for column in needed:
        if column not in header:
            reason = f"this column is missing; it is no {form} file, or was cut"
            raise DataError(name, reason, row=1, key=column)
    if form == OWN:
        known = {*CLAIM_COLUMNS, *MORE_COLUMNS, *EXTRACTED}
        for column in header:
            if column not in known:
                reason = f"no such column; known are {', '.join(sorted(known))}"
                raise DataError(name, reason, row=1, key=column)
