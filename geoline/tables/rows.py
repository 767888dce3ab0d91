"""Read the tables of a theatre, row by row, so that an error names file, row and key.

A table is a UTF-8 CSV file with a header. `read_table` hands each row to a function that asks it
for what it needs (`row.text`, `row.day`, `row.number` …); whatever does not fit becomes one
`DataError` that says where it stands and what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, TypeVar

from geoline.dates import parse_day
from geoline.errors import DataError
from geoline.tables.opened import csv_rows, opened, text_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["Row", "read_table"]

T = TypeVar("T")

# What spreadsheets may put between cells in place of commas.
_MARKS = {";": "semicolons", "\t": "tabs"}
# 02-May-20, 5/2/20: what a spreadsheet makes of a day.
_SHORTENED = re.compile(r"\d{1,2}[-/. ]([^\W\d]+|\d{1,2})[-/., ]+\d{2}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table and where it stands.

    Parameters
    ----------
    file
        Name of the file for messages.
    line
        Line number, the header being line 1.
    cells
        Text by column, without surrounding blanks.
    """

    file: str
    line: int
    cells: dict[str, str]

    def fail(self, key: str, reason: str) -> DataError:
        """Make the error that this row deserves; the caller raises it."""
        return DataError(self.file, reason, row=self.line, key=key)

    def text(self, key: str) -> str:
        """Text of a cell that must not be empty.

        Raises
        ------
        DataError
            If the cell is empty.
        """
        value = self.cells.get(key, "")
        if not value:
            raise self.fail(key, "is empty; it is needed")
        return value

    def optional(self, key: str) -> str:
        """Text of a cell, empty if nothing is written there."""
        return self.cells.get(key, "")

    def many(self, key: str) -> tuple[str, ...]:
        """Parts of a cell that lists several things, parted by semicolons."""
        return tuple(part for part in map(str.strip, self.optional(key).split(";")) if part)

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """Text of a cell that must be one of a few words.

        Raises
        ------
        DataError
            If it is none of them.
        """
        value = self.text(key)
        if value not in allowed:
            raise self.fail(key, f"'{value}' is not known; use one of {', '.join(sorted(allowed))}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """Read a number of a cell, which must lie between two bounds (both included).

        Raises
        ------
        DataError
            If it is no number or lies outside.
        """
        value = self.text(key)
        try:
            number = float(value)
        except ValueError:
            hint = "; write a point for the decimal comma" if "," in value else ""
            raise self.fail(key, f"'{value}' is not a number{hint}") from None
        if not low <= number <= high:
            raise self.fail(key, f"{value} is outside {low:g} to {high:g}")
        return number

    def day(self, key: str) -> date:
        """Read an ISO day.

        Raises
        ------
        DataError
            If the cell is empty or no day.
        """
        value = self.text(key)
        if _SHORTENED.fullmatch(value):
            reason = (
                f"'{value}' has a year of two digits, as a spreadsheet writes it; write all four, "
                "or take the file as it was before the spreadsheet"
            )
            raise self.fail(key, reason)
        try:
            return parse_day(value)
        except ValueError as error:
            raise self.fail(key, str(error)) from None

    def optional_day(self, key: str) -> date | None:
        """Read an ISO day, None if the cell is empty."""
        return self.day(key) if self.optional(key) else None


def read_table(  # noqa: PLR0913  (what a table is like, each named)
    path: Path,
    columns: Sequence[str],
    parse: Callable[[Row], T],
    *,
    optional: Sequence[str] = (),
    unique: str | None = None,
    name: str | None = None,
) -> list[T]:
    """Read a CSV table.

    Parameters
    ----------
    path
        The file, UTF-8, comma-separated, with a header.
    columns
        The columns that the header must have; their order is free.
    parse
        Makes a record of a row; raises `DataError` (through the row) where it cannot.
    optional
        Columns that it may have besides; any other is an error.
    unique
        Column whose cells must differ from row to row.
    name
        How messages call the file, by default its name.

    Returns
    -------
    list
        What `parse` made, in the order of the file.

    Raises
    ------
    DataError
        If the file is missing, is not UTF-8 or not CSV, has other columns, a row of another
        length, or a row that `parse` refuses.
    """
    label = name or path.name
    rows = _rows(path, label, columns, optional)
    seen: dict[str, int] = {}
    records = []
    for row in rows:
        if unique is not None:
            key = row.text(unique)
            if key in seen:
                raise row.fail(unique, f"'{key}' is already in row {seen[key]}; make one of them")
            seen[key] = row.line
        records.append(parse(row))
    return records


def _rows(path: Path, label: str, columns: Sequence[str], optional: Sequence[str]) -> Iterator[Row]:
    if not path.exists():
        raise DataError(label, f"not found in {path.parent.name}; a theatre needs it")
    header: list[str] | None = None
    with opened(path) as file:
        lines = text_lines(file, label, _refuse, whole=True)
        for line, cells in csv_rows(lines, label, _refuse, most_lines=None):
            if header is None:
                header = cells
                _check_header(label, header, columns, optional)
            else:
                yield Row(label, line, dict(zip(header, cells, strict=True)))
    if header is None:
        raise DataError(label, f"is empty; it needs the header {','.join(columns)}")


def _refuse(error: DataError) -> NoReturn:
    raise error


def _check_header(
    label: str, header: list[str], columns: Sequence[str], optional: Sequence[str]
) -> None:
    other = next((name for mark, name in _MARKS.items() if mark in "".join(header)), None)
    if len(header) == 1 < len(columns) and other:
        reason = f"its cells are parted by {other}; save it as CSV with commas"
        raise DataError(label, reason, row=1)
    for column in columns:
        if column not in header:
            raise DataError(label, "this column is missing from the header", row=1, key=column)
    known = [*columns, *optional]
    for column in header:
        if column not in known:
            reason = f"no such column; known are {', '.join(known)}"
            raise DataError(label, reason, row=1, key=column)
        if header.count(column) > 1:
            raise DataError(label, "stands twice in the header", row=1, key=column)
