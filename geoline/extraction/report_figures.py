"""Counts and distances that a report gives, as rows for `geoline check`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geoline.reading import NUMBER_WORDS, DaysSaid, days_said, sentences

if TYPE_CHECKING:
    from datetime import date

__all__ = ["FIGURE_COLUMNS", "ReportFigure", "report_figures"]

FIGURE_COLUMNS = (
    "id", "date_from", "date_to", "quantity", "value", "unit", "place_or_road", "statement",
    "source",
)  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join(NUMBER_WORDS)}|a\s+dozen)"
_BOUND = (
    r"(?P<bound>at\s+least|more\s+than|over|about|around|some|nearly|almost|up\s+to|less\s+than|"
    r"fewer\s+than|within|just)?\s*"
)
_TAKEN = re.compile(
    r"\b(?:re)?(?:captur|seiz|taken|took|retak|retook|gained|regain|control|liberat|fell|lost|overr)",
    re.IGNORECASE,
)
_PLACES = re.compile(
    rf"\b{_BOUND}{_NUMBER}\s+(?:\w+\s+){{0,2}}?(?P<what>(?:towns|villages|settlements|localities|"
    rf"communities)(?:\s+and\s+(?:towns|villages|hamlets))?)\b",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    rf"\b{_BOUND}{_NUMBER}[\s-]*(?P<unit>kilomet(?:er|re)s?|km|miles?)(?:\s*\([^()]*\))?\s+"
    r"(?:away\s+)?(?:(?P<side>(?:north|south|east|west)[\w-]*)\s+)?(?:of|from)\s+"
    r"(?:the\s+)?(?:[a-z]+\s+){0,5}(?P<place>(?:[a-z]{2,3}-)?[A-Z][\w'’-]*(?:\s+(?:[a-z]{2}-)?[A-Z][\w'’-]*)*)",
)
_AREA = re.compile(
    rf"\b{_BOUND}{_NUMBER}\s+(?P<unit>square\s+(?:kilomet(?:er|re)s|miles)|sq\.?\s*km|km2|km²)",
    re.IGNORECASE,
)
_POSTS = re.compile(
    rf"\b{_BOUND}{_NUMBER}\s+(?:\w+\s+){{0,2}}?(?P<what>(?:observation\s+)?posts)\b", re.IGNORECASE
)
_SURROUNDED = re.compile(
    r"\b(?:surrounded|encircled|besieged|stranded|cut\s+off|isolated)\b", re.IGNORECASE
)
_FRONT = re.compile(r"\b(?:front[\s-]?lines?|forces|troops|army|fighters)\b", re.IGNORECASE)
_DOUBT = re.compile(r"\b(?:if|would|could|may|might|plans?|aims?)\b|\?\s*$", re.IGNORECASE)


class ReportFigure(NamedTuple):
    """A number in a report: what it counts or measures, of which days, and the words."""

    first: date
    last: date
    quantity: str
    value: str
    unit: str
    place: str
    words: str
    span: tuple[int, int]


def report_figures(text: str, published: date) -> list[ReportFigure]:
    """Find counts of places taken, posts encircled, areas taken and distances to the front.

    Parameters
    ----------
    text
        The report.
    published
        Its day.

    Examples
    --------
    >>> from datetime import date
    >>> said = "The front line is within 10 kilometres of Saraqeb."
    >>> [(f.quantity, f.value, f.unit, f.place) for f in report_figures(said, date(2020, 1, 29))]
    [('distance front to place', 'within 10', 'km', 'Saraqeb')]
    """
    found: list[ReportFigure] = []
    for sentence in sentences(text):
        said = text[sentence.start : sentence.end]
        if not any(letter.isdigit() for letter in said) and not re.search(
            rf"\b(?:{'|'.join(NUMBER_WORDS)}|dozen)\b", said, re.IGNORECASE
        ):
            continue
        if _DOUBT.search(said):
            continue
        days = days_said(said, published)
        found += [
            figure._replace(
                words=" ".join(said.split()),
                span=(sentence.start + figure.span[0], sentence.start + figure.span[1]),
            )
            for figure in _of_sentence(said, days, published)
        ]
    return found


def _of_sentence(said: str, days: list[DaysSaid], published: date) -> list[ReportFigure]:
    first, last = published, published
    if days:
        first, last = days[0].first or days[0].last, min(days[0].last, published)
        first = min(first, last)
    found = [_distance(said, match, published) for match in _DISTANCE.finditer(said)]
    if not _TAKEN.search(said) and not _SURROUNDED.search(said):
        return found
    found += [
        _figure(match, (first, last), "places taken", match["what"].lower(), "")
        for match in _PLACES.finditer(said)
    ]
    found += [
        _figure(match, (first, last), "area taken", match["unit"].lower(), "")
        for match in _AREA.finditer(said)
    ]
    if _SURROUNDED.search(said):
        found += [
            _figure(match, (first, last), "posts encircled", "posts", "")
            for match in _POSTS.finditer(said)
        ]
    return found


def _distance(said: str, match: re.Match[str], published: date) -> ReportFigure:
    front = _FRONT.search(said, 0, match.start())
    quantity = "distance front to place" if front else f"distance {match['side'] or ''}".strip()
    unit = "miles" if match["unit"].lower().startswith("mi") else "km"
    return _figure(match, (published, published), quantity, unit, match["place"])


def _figure(
    match: re.Match[str], days: tuple[date, date], quantity: str, unit: str, place: str
) -> ReportFigure:
    number = match["number"].lower()
    if number in NUMBER_WORDS:
        number = str(NUMBER_WORDS.index(number) + 1)
    elif "dozen" in number:
        number = "12"
    bound = " ".join((match["bound"] or "").lower().split())
    value = f"{bound} {number}".strip()
    return ReportFigure(*days, quantity, value, unit, place, "", match.span())
