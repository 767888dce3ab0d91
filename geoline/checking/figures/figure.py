"""Published figures that a map can be checked against: what was counted or measured, where, when.

A row says in words what it is about ("distance front to town", "area taken", "posts encircled");
this module reads what is meant, without the map. A row that cannot be read is kept as an error with
file, row, key and reason, beside the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.checking.figures.kinds import EVENTS, UNITS, Kind, kind_of
from geoline.checking.figures.values import Value, read_days, read_value
from geoline.errors import DataError
from geoline.tables import Row, csv_rows, first_bytes, opened, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

__all__ = ["Figure", "read_figures"]

NEEDED = ("id", "date_from", "quantity", "value", "unit")
# Other names that people give to the columns.
ALIASES = {
    "date_from": ("date", "day", "from", "date_start", "start"),
    "date_to": ("to", "until", "date_end", "end"),
    "quantity": ("what", "measure"),
    "value": ("figure", "number", "published"),
    "where": ("place_or_road", "place", "location", "road"),
    "words": ("statement_in_own_words", "statement", "note", "notes"),
    "source": ("url", "publisher"),
}
SHARES = frozenset({"share", "road share"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One published figure, as far as its row says.

    Parameters
    ----------
    id
        As in the row.
    kind
        What is counted or measured; "other" where no map of control can say.
    reason
        For "other", why not.
    first, last
        The days it is about; a change is from the end of the day before the first.
    value
        The number; 0 for events and for "other".
    written, unit
        Value and unit as written.
    where
        Place, road or region, as written.
    quantity, words, source
        As written.
    row
        Line of the file.
    """

    id: str
    kind: Kind
    reason: str
    first: date
    last: date
    value: Value
    written: str
    unit: str
    where: str
    quantity: str
    words: str
    source: str
    row: int


def read_figures(path: Path) -> tuple[list[Figure], list[tuple[str, DataError]]]:
    """Read a table of figures.

    Parameters
    ----------
    path
        CSV, parted by commas, semicolons or tabs, with the columns id, date_from, date_to,
        quantity, value, unit, place_or_road, statement_in_own_words, source; date_to and those
        after unit may be missing, others are passed over.

    Returns
    -------
    figures, errors
        The figures, and the rows that are none: id (as far as there is one) and why.

    Raises
    ------
    DataError
        If the file is no such table.
    """
    if not path.is_file():
        raise DataError(path.name, "is no file; look at the path")
    first_bytes(path)
    figures: list[Figure] = []
    errors: list[tuple[str, DataError]] = []
    seen: dict[str, int] = {}
    for row in _rows(path, errors):
        try:
            figure = _figure(row)
            if figure.id in seen:
                raise row.fail("id", f"'{figure.id}' is already in row {seen[figure.id]}")
            seen[figure.id] = row.line
            figures.append(figure)
        except DataError as error:
            errors.append((row.optional("id"), error))
    return figures, errors


def _rows(path: Path, errors: list[tuple[str, DataError]]) -> Iterator[Row]:
    def aside(error: DataError) -> None:
        errors.append(("", error))

    with opened(path) as file:
        lines = text_lines(file, path.name, aside)
        head = next(lines, None)
        if head is None:
            raise DataError(path.name, f"is empty; it needs the header {','.join(NEEDED)}")
        mark = max(",;\t|", key=head[1].count)
        rows = csv_rows(_chain(head, lines), path.name, aside, delimiter=mark)
        columns = _columns(next(rows, (1, []))[1])
        for column in NEEDED:
            if column not in columns:
                reason = f"this column is missing; a table of figures has {', '.join(NEEDED)}"
                raise DataError(path.name, reason, row=1, key=column)
        for line, cells in rows:
            yield Row(path.name, line, dict(zip(columns, cells, strict=True)))


def _chain(head: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield head
    yield from rest


def _columns(header: list[str]) -> list[str]:
    """Call the columns as they are called here."""
    given = [re.sub(r"[\s-]+", "_", name.strip().lower()) for name in header]
    for column, others in ALIASES.items():
        other = next((name for name in others if name in given), None)
        if column not in given and other:
            given[given.index(other)] = column
    return given


def _days(row: Row) -> tuple[date, date]:
    """First and last day; a month or a part of one has two."""
    days = []
    for key in ("date_from", "date_to"):
        if key == "date_from" or row.optional(key):
            try:
                # "Date of capture: 6 February 2020" needs no other date.
                days.append(read_days(row.optional(key) or row.text("value")))
            except ValueError as error:
                said = str(error) if row.optional(key) else "is empty; it is needed"
                raise row.fail(key, said) from None
    first, last = days[0][0], days[-1][1]
    if last < first:
        raise row.fail("date_to", f"{last} is before {first}")
    return first, last


def _unit(written: str) -> str:
    """Give the unit of a value without one of its own.

    "10 km" has its unit with it; a bare number is a count, a day or "yes" an event.
    """
    unit = re.sub(r"^.*\d\s*", "", written)
    count = re.search(r"^\D*\d{1,3}\D*$", written) and written != "1"
    return unit or ("count" if count else "event")


def _figure(row: Row) -> Figure:
    first, last = _days(row)
    quantity, written = row.text("quantity"), row.text("value")
    unit = row.optional("unit") or _unit(written)
    kind, reason = kind_of(quantity, unit, row.optional("where"), spans_days=last > first)
    value = Value(number=0, high=0)
    if kind in EVENTS:
        try:
            first, last = read_days(written)
        except ValueError as error:
            if written.lower() in {"0", "no", "false"}:
                reason = f"'{written}' says that it did not happen; give the day on which it did"
                raise row.fail("value", reason) from None
            if re.search(r"\d{4}|[a-z]{3}day", written):
                raise row.fail("value", str(error)) from None
    elif kind not in {"other", "bearing"}:
        try:
            value = read_value(written, unit, share=kind in SHARES, of=UNITS[kind])
        except ValueError as error:
            raise row.fail("value", str(error)) from None
    return Figure(
        id=row.text("id"),
        kind=kind,
        reason=reason,
        first=first,
        last=last,
        value=value,
        written=written,
        unit=unit,
        where=row.optional("where"),
        quantity=quantity,
        words=row.optional("words"),
        source=row.optional("source"),
        row=row.line,
    )
