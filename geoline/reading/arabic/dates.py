"""Dates in Arabic words and numbers: "28 January", "the fifth of this month", "28/1/2020"."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from geoline.reading.arabic.words.day_words import (
    CURRENT,
    EARLY,
    MIDDLE,
    MONTH_LEADS,
    MONTHS,
    ORDINALS,
    PARTS_OF_MONTH,
    PAST,
    SAME,
    TENS,
    THIS,
    YEAR_LEADS,
    YEARS,
)

__all__ = [
    "DAY",
    "DayWords",
    "Meant",
    "a_day",
    "a_span",
    "number_and_month",
    "of_month",
    "of_year",
    "ordinal",
]

DAY = timedelta(days=1)
FIRST_YEAR, MOST_DAYS = 1900, 31
# Days that a date without a year may lie ahead of the report; one further ahead is last year's.
AHEAD = 60 * DAY
_JOINTS = frozenset("/(-")
_OF_SAME_YEAR = ["من", "العام", "نفسه"]
_BEFORE_YEAR = frozenset({"من", "عام", "العام", "سنه", "،"})


class Meant(NamedTuple):
    """The days that words mean, how exact, and the number of the words."""

    first: date | None
    last: date
    precision: str
    size: int


def a_day(day: date, size: int) -> Meant:
    """Give one day."""
    return Meant(day, day, "day", size)


def a_span(first: date, last: date, size: int) -> Meant:
    """Give first to last day."""
    return Meant(first, last, "between", size)


@dataclass(slots=True)
class DayWords:
    """Words that may mean days.

    Parameters
    ----------
    lows
        The words.
    lead
        The word before them.
    published, before
        Day of publication, and the one named last.
    """

    lows: list[str]
    lead: str
    published: date
    before: date

    def low(self, at: int) -> str:
        """Give a word, empty behind the end."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def previous(self, at: int) -> str:
        """Give the word before one."""
        return self.low(at - 1) if at else self.lead


def number_and_month(words: DayWords, at: int) -> Meant | None:
    """Read a number and a month, or a date in numbers."""
    if not words.low(at).isdigit():
        return None
    number, following = int(words.low(at)), words.low(at + 1)
    if following in {"/", "-", "."} and words.low(at + 2).isdigit():
        return _numeric(words, at, number)
    if following == "منه":
        return a_day(words.before.replace(day=number), 2)
    skip = 1 + (following == "من")
    if words.low(at + skip) == "الشهر" and skip > 1:
        return _of_this_month(words, at + skip, number, skip)
    found = _month_at(words, at + skip)
    if found is None or not 1 <= number <= MOST_DAYS:
        return None
    month, size, year = found
    return a_day(_dated(words, number, month, year), skip + size)


def _numeric(words: DayWords, at: int, number: int) -> Meant | None:
    sign, second = words.low(at + 1), int(words.low(at + 2))
    third = words.low(at + 4) if words.low(at + 3) == sign else ""
    year = int(third) if third.isdigit() else 0
    if number > FIRST_YEAR and third.isdigit():
        return a_day(date(number, second, year), 5)
    if second not in range(1, 13) or (not third and sign == "."):
        return None
    year += 2000 * (year in range(1, 100))
    day = _dated(words, number, second, year)
    if year:
        return a_day(day, 5)
    return a_day(day, 3) if sign == "/" else None


def _dated(words: DayWords, number: int, month: int, year: int) -> date:
    day = date(year or words.published.year, month, number)
    late = not year and day > words.published + AHEAD
    return day.replace(year=day.year - 1) if late else day


def ordinal(words: DayWords, at: int) -> Meant | None:
    """Read "the fifth of this month", "the twenty-fifth of January"."""
    low = words.low(at)
    if low == "الاسبوع":
        return _week_of_month(words, at)
    if low not in ORDINALS and low not in TENS:
        return None
    size, number = 1, ORDINALS.get(low, 0) or TENS[low]
    if low in ORDINALS and words.low(at + 1) in TENS:
        size, number = 2, number + TENS[words.low(at + 1)]
    if words.low(at + size) == "منه":
        return a_day(words.before.replace(day=number), size + 1)
    return _of_some_month(words, at, number, size) if words.low(at + size) == "من" else None


def _of_some_month(words: DayWords, at: int, number: int, size: int) -> Meant | None:
    """Read "of this month", "of January" behind a number of so many words."""
    size += 1 + (words.low(at + size + 1) in THIS | {"شهر"})
    if words.low(at + size) == "الشهر":
        return _of_this_month(words, at + size, number, size)
    found = _month_at(words, at + size)
    if found is None:
        return None
    return a_day(_dated(words, number, found[0], found[2]), size + found[1])


def _week_of_month(words: DayWords, at: int) -> Meant | None:
    """Read "the first week of this month", "of February"."""
    number = ORDINALS.get(words.low(at + 1), 0)
    if not number or words.low(at + 2) != "من":
        return None
    found = _month_at(words, at + 3)
    year, month = words.published.year, words.published.month
    if found is not None:
        month, size, said = found
        year = said or year - (month > words.published.month)
    elif words.low(at + 3) == "الشهر":
        size = 1 + (words.low(at + 4) in CURRENT)
    else:
        return None
    first = date(year, month, 7 * number - 6)
    return a_span(first, min(first + 6 * DAY, words.published), 3 + size)


def _of_this_month(words: DayWords, at: int, number: int, size: int) -> Meant:
    """Read "this month", "last month" and "the same month" behind a number."""
    following = words.low(at + 1)
    month = (words.before if following in SAME else words.published).replace(day=1)
    if following in PAST:
        month = (month - DAY).replace(day=1)
    qualified = following in PAST | CURRENT | SAME
    return a_day(month.replace(day=number), size + 1 + qualified)


def _month_at(words: DayWords, at: int) -> tuple[int, int, int] | None:
    """Give a month, the number of its words and its year (0 if not said)."""
    for size in (2, 1):
        month = MONTHS.get("_".join(words.low(at + n) for n in range(size)))
        if month:
            break
    else:
        return None
    # "يناير/كانون الثاني"
    other = _month_at(words, at + size + 1) if words.low(at + size) in _JOINTS else None
    if other is not None and other[0] == month:
        size += 1 + other[1]
        size += words.low(at + size) == ")"
        if other[2]:
            return month, size, other[2]
    year, more = _year_behind(words, at + size)
    return month, size + more, year


def _year_behind(words: DayWords, at: int) -> tuple[int, int]:
    """Give the year said behind a month, 0 if none is, and the number of its words."""
    if words.low(at) in PAST | CURRENT:
        return 0, 1
    if [words.low(at + n) for n in range(3)] == _OF_SAME_YEAR:
        return words.before.year, 3
    size = 0
    while words.low(at + size) in _BEFORE_YEAR and size < 2:  # noqa: PLR2004  ("of the year")
        size += 1
    said = words.low(at + size)
    return (int(said), size + 1) if said.isdigit() and int(said) > FIRST_YEAR else (0, 0)


def of_month(words: DayWords, at: int) -> Meant | None:
    """Read "in February", "late in August 2019"."""
    part = words.low(at) if words.low(at) in PARTS_OF_MONTH else ""
    start = at + bool(part)
    start += words.low(start) == "شهر"
    found = _month_at(words, start)
    if found is None:
        return None
    month, size, year = found
    bare = size == 1 and not year and start == at
    lead = words.previous(at)
    if bare and MONTH_LEADS.isdisjoint({lead, lead.removeprefix("و").removeprefix("ف")}):
        return None
    year = year or words.published.year - (month > words.published.month)
    first, last = _part_of_month(date(year, month, 1), part)
    if first <= words.published < last:
        last = words.published
    return Meant(first, last, "between" if part else "month", start - at + size)


def _part_of_month(first: date, part: str) -> tuple[date, date]:
    """Give the first ten days of a month, the next ten, those after the 20th, or all."""
    if part in EARLY:
        return first, first.replace(day=10)
    if part in MIDDLE:
        return first.replace(day=11), first.replace(day=20)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first.replace(day=21) if part else first, last


def of_year(words: DayWords, at: int) -> Meant | None:
    """Read "in 2012"."""
    named = words.low(at) in YEARS
    said = words.low(at + named)
    if not said.isdigit() or not FIRST_YEAR < int(said) <= words.published.year:
        return None
    if not named and words.previous(at) not in YEAR_LEADS:
        return None
    first = date(int(said), 1, 1)
    return a_span(first, min(first.replace(month=12, day=31), words.published), 1 + named)
