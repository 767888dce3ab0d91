"""The rows of a dataset's file, whatever it comes as: CSV, JSON, packed, or VIINA's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from geoline.errors import DataError
from geoline.ingest.viina_files import viina_rows
from geoline.tables import (
    Row,
    as_said,
    csv_rows,
    first_bytes,
    load_json,
    opened,
    table_rows,
    text_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["EmptyFileError", "file_rows"]


class EmptyFileError(DataError):
    """A file has not even a header."""


# Where an API says why it sent no records.
SAYS = ("message", "error", "detail", "messages")
# What a file whose first row is no header of the dataset may be parted by.
MARKS = ",;\t"


def file_rows(
    path: Path, form: str, aside: Callable[[DataError], None]
) -> Iterator[tuple[list[str], Row]]:
    """Give the rows of a file, each with the header that it stands under.

    Parameters
    ----------
    path
        CSV in UTF-8, parted by commas, semicolons or tabs, plain, .gz or .zip; for ACLED also the
        JSON of its API; for VIINA a folder of its files, or one of them; but for VIINA also Parquet
        and GeoParquet.
    form
        One of `geoline.ingest.FORMATS`.
    aside
        Takes what cannot be read.

    Raises
    ------
    DataError
        If the file is missing, empty, or cannot be read as a whole.
    """
    if form == "viina":
        yield from viina_rows(path, aside)
        return
    if not path.is_file():
        raise DataError(path.name, "is no file; look at the path")
    said = as_said if form == "claims" else str
    if path.suffix.lower() == ".parquet":
        for number, record in enumerate(table_rows(path), start=1):
            told = {key: said(cell.strip()) for key, cell in record.items()}
            yield list(record), Row(path.name, number, told)
        return
    start = first_bytes(path)
    if start.lstrip()[:1] in {b"{", b"["}:
        yield from _json_rows(path, aside)
        return
    line = start.split(b"\n", 1)[0]
    mark = max(MARKS, key=lambda m: line.count(m.encode()))
    with opened(path) as file:
        lines = text_lines(file, path.name, aside, whole=True)
        rows = csv_rows(lines, path.name, aside, delimiter=mark)
        first = next(rows, None)
        if first is None:
            raise EmptyFileError(path.name, "is empty; it needs a header and rows")
        header = first[1]
        none = True
        for number, cells in rows:
            none = False
            yield header, Row(path.name, number, dict(zip(header, map(said, cells), strict=True)))
        if none:  # its header is looked at all the same
            yield header, Row(path.name, 1, {})


def _json_rows(path: Path, aside: Callable[[DataError], None]) -> Iterator[tuple[list[str], Row]]:
    """Give the records of a list, or of the list under `data`, as ACLED's API answers."""
    document = load_json(path)
    records = document.get("data") if isinstance(document, dict) else document
    if not isinstance(records, list):
        said = [document.get(k) for k in SAYS] if isinstance(document, dict) else []
        told = next((f" (it says: {' '.join(s.split())[:120]})" for s in said if _is_text(s)), "")
        reason = f"is JSON without a list of records, or under 'data'{told}; export it again"
        raise DataError(path.name, reason)
    header = list(records[0]) if records and isinstance(records[0], dict) else []
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict):
            yield header, Row(path.name, number, {k: _cell(v) for k, v in record.items()})
        else:
            aside(DataError(path.name, "is no record with keys", row=number))


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _cell(value: Any) -> str:  # noqa: ANN401  (whatever JSON holds)
    return "" if value is None else str(value).strip()
