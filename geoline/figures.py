"""Published figures that a map can be checked against: what was counted or measured, where, when.

A row says in words what it is about ("distance front to town", "area taken", "posts encircled");
this module reads what is meant, without the map. A row that cannot be read is kept as an error with
file, row, key and reason, beside the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geoline.errors import DataError
from geoline.listing_files import csv_rows, first_bytes, opened, text_lines
from geoline.records import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

__all__ = ["Figure", "Kind", "Value", "read_figures", "read_value"]

Kind = Literal[
    "area", "places", "front distance", "distance", "share", "posts", "road length", "road cut",
    "road held", "place changed", "other",
]  # fmt: skip
Operator = Literal["about", "at least", "at most", "more than", "less than"]

NEEDED = ("id", "date_from", "quantity", "value", "unit")
PLACE_KEYS = ("place_or_road", "place", "where")
WORDS_KEYS = ("statement_in_own_words", "statement", "words", "note")
KM_A_MILE, KM2_A_SQUARE_MILE = 1.609344, 2.589988

_TAKEN = r"(?:re)?(?:taken|captured|seized|gained|lost|won|controlled)|changed"
_ROAD = r"\b(?:highway|road|motorway|m\d+)\b"
_SETTLEMENT = r"villages?|towns?|places?|areas?|localit\w+|settlements?|hamlets?|sites?|points?"
# What a quantity in words means; the first that fits. Written against "quantity | unit".
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"\bdistance\b.*\bfront|\bfront\b.*\bdistance", "front distance"),
    (r"\bdistance\b|\bfrom\b.*\bto\b.*\| *(?:km|mi)", "distance"),
    (r"\b(?:share|proportion|percentage)\b|\| *(?:%|per ?cent|percent)", "share"),
    (r"\bposts?\b.*\b(?:encircled|surrounded|besieged|behind|cut off|stranded|isolated)", "posts"),
    (rf"{_ROAD}.*\b(?:cut|severed|blocked)\b", "road cut"),
    (rf"{_ROAD}.*\b(?:fully|wholly|entirely|all)\b", "road held"),
    (rf"{_ROAD}.*\b(?:secured|opened|under control)\b.*\| *event", "road held"),
    (rf"{_ROAD}.*\b(?:length|held|outside|controlled|km)\b", "road length"),
    (r"\blength\b.*\b(?:held|outside|controlled)", "road length"),
    (rf"\b(?:area|territory|ground)\b.*(?:{_TAKEN}).*\| *(?:km|sq|square|hect|mi)", "area"),
    (rf"\b(?:{_SETTLEMENT}|city)\b.*(?:{_TAKEN}).*\| *(?:event|day|date)", "place changed"),
    (rf"\b(?:{_SETTLEMENT})\b.*(?:{_TAKEN})", "places"),
)
# What no map of control can say, though its words may look like one of the above.
_NOT_ON_THE_MAP = (
    (
        r"\bcorridor\b|\bhalf-width\b|\bbuffer\b",
        "a corridor agreed on is not control",
    ),
    (r"\bceasefire\b|\btruce\b|\blocal time\b", "an agreement's hour is not on a map of days"),
    (r"\bclear(?:ed|ing|ance)\b|\bobstacle|\bmines?\b", "works on a road are not on the map"),
    (r"\bkilled\b|\bcasualt|\bdead\b|\bwounded\b|\bdisplaced\b", "people are not on the map"),
)
_BEFORE: tuple[tuple[str, Operator], ...] = (
    (r">=|≥|at least|no less than|not less than|minimum of", "at least"),
    (r"<=|≤|at most|no more than|up to|within|maximum of", "at most"),
    (r">|more than|over|above|exceeding|some more than", "more than"),
    (r"<|less than|fewer than|under|below|almost|nearly|just under", "less than"),
)
_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = {"a dozen": 12, "half": 50, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5} | {
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A published number.

    Parameters
    ----------
    number
        In kilometres, square kilometres, per cent, or a count.
    high
        The upper end where a range is given.
    operator
        How the words bound it.
    names
        What is named with it, in brackets ("3 (Surman, Tall Tuqan)").
    """

    number: float
    high: float
    operator: Operator = "about"
    names: tuple[str, ...] = ()

    def allows(self, computed: float, tolerance: float) -> bool:
        """Whether a computed number agrees, give or take a tolerance in the same unit."""
        low, high = self.number - tolerance, self.high + tolerance
        if self.operator in {"at least", "more than"}:
            return computed >= low
        if self.operator in {"at most", "less than"}:
            return computed <= high
        return low <= computed <= high


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
    value, unit
        The number, and its unit as written.
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
        CSV with the columns id, date_from, date_to, quantity, value, unit, place_or_road,
        statement_in_own_words, source; date_to and those after unit may be missing.

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
        rows = csv_rows(text_lines(file, path.name, aside), path.name, aside)
        first = next(rows, None)
        if first is None:
            raise DataError(path.name, f"is empty; it needs the header {','.join(NEEDED)}")
        for column in NEEDED:
            if column not in first[1]:
                reason = f"this column is missing; a table of figures has {', '.join(NEEDED)}"
                raise DataError(path.name, reason, row=1, key=column)
        for line, cells in rows:
            yield Row(path.name, line, dict(zip(first[1], cells, strict=True)))


def _figure(row: Row) -> Figure:
    first = row.day("date_from")
    last = row.day("date_to") if row.optional("date_to") else first
    if last < first:
        raise row.fail("date_to", f"{last} is before {first}")
    quantity, unit = row.text("quantity"), row.text("unit")
    where = next((row.optional(key) for key in PLACE_KEYS if row.optional(key)), "")
    words = next((row.optional(key) for key in WORDS_KEYS if row.optional(key)), "")
    kind, reason = _kind(quantity, unit)
    value = Value(number=0, high=0)
    if kind != "other":
        try:
            value = read_value(row.text("value"), unit)
        except ValueError as error:
            raise row.fail("value", str(error)) from None
    return Figure(
        id=row.text("id"),
        kind=kind,
        reason=reason,
        first=first,
        last=last,
        value=value,
        unit=unit,
        where=where,
        quantity=quantity,
        words=words,
        source=row.optional("source"),
        row=row.line,
    )


def _kind(quantity: str, unit: str) -> tuple[Kind, str]:
    text = f"{quantity} | {unit}".lower()
    for pattern, reason in _NOT_ON_THE_MAP:
        if re.search(pattern, text):
            return "other", reason
    for pattern, kind in _KINDS:
        if re.search(pattern, text):
            return kind, ""
    return "other", f"'{quantity}' is no quantity that the map gives"


def read_value(text: str, unit: str = "") -> Value:
    """Read a number with its operator and range.

    Parameters
    ----------
    text
        Such as "320", ">20", "about 1,200", "30-40", "3 (Surman, Tall Tuqan)".
    unit
        Miles and hectares become kilometres and square kilometres.

    Raises
    ------
    ValueError
        If there is no number, or a negative one.

    Examples
    --------
    >>> read_value(">20").operator, read_value("about 1,200").number, read_value("30 to 40").high
    ('more than', 1200.0, 40.0)
    """
    bare, _, bracket = text.partition("(")
    names = tuple(part.strip() for part in bracket.rstrip(") ").split(",") if part.strip())
    bare = bare.lower().strip()
    for word, number in _WORDS.items():
        bare = re.sub(rf"\b{word}\b", str(number), bare)
    numbers = [float(re.sub("[, ]", "", n)) for n in re.findall(_NUMBER, bare)]
    if not numbers:
        message = f"'{text}' holds no number"
        raise ValueError(message)
    if re.match(r"^[-−–]\s*\d", bare):
        message = f"'{text}' is negative; no quantity here is"
        raise ValueError(message)
    operator: Operator = "about"
    for pattern, found in _BEFORE:
        if re.search(rf"(?:^|\s|\b)(?:{pattern})\s*(?:some |about )?\d", bare):
            operator = found
            break
    if bare.rstrip().endswith("+"):
        operator = "at least"
    factor = _factor(unit)
    ranged = re.search(rf"({_NUMBER})\s*(?:-|–|to|and)\s*({_NUMBER})", bare)
    high = numbers[1] if ranged and numbers[1] >= numbers[0] else numbers[0]
    return Value(number=numbers[0] * factor, high=high * factor, operator=operator, names=names)


def _factor(unit: str) -> float:
    text = unit.lower()
    if re.search(r"\b(?:square miles?|sq\.? ?mi\w*|mi2|mi²)", text):
        return KM2_A_SQUARE_MILE
    if re.search(r"\bmiles?\b|\bmi\b", text):
        return KM_A_MILE
    if re.search(r"\bhectares?\b|\bha\b", text):
        return 0.01
    if re.search(r"\bmet(?:re|er)s?\b|^m$", text):
        return 0.001
    return 1.0
