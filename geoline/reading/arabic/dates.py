"""Dates in Arabic words and numbers: "28 January", "the fifth of this month", "28/1/2020"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from geoline.reading.arabic.day_words import (
    CURRENT,
    EARLY,
    LATE,
    MIDDLE,
    MONTH_LEADS,
    MONTHS,
    ORDINALS,
    PAST,
    SAME,
    TENS,
    THIS,
)

__all__ = ["DAY", "ArabicDates", "Meant", "a_day", "a_span"]

DAY = timedelta(days=1)
FIRST_YEAR, MOST_DAYS = 1900, 31


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


class ArabicDates:
    """Reads dates; every method gives what is meant from a word on, or None.

    Parameters
    ----------
    lows
        The words.
    lead
        The word before them.
    published, before
        Day of publication, and the one named last.
    """

    def __init__(self, lows: list[str], lead: str, published: date, before: date) -> None:
        self.lows, self.lead, self.published, self.before = lows, lead, published, before

    def low(self, at: int) -> str:
        """Give a word, empty behind the end."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def previous(self, at: int) -> str:
        """Give the word before one."""
        return self.low(at - 1) if at else self.lead

    def dated(self, at: int) -> Meant | None:
        """Read a number and a month, or a date in numbers."""
        if not self.low(at).isdigit():
            return None
        number = int(self.low(at))
        if self.low(at + 1) in {"/", "-", "."} and self.low(at + 2).isdigit():
            return self._numeric(at, number)
        if self.low(at + 1) == "منه":
            return a_day(self.before.replace(day=number), 2)
        skip = 1 + (self.low(at + 1) == "من")
        if self.low(at + skip) == "الشهر" and skip > 1:
            return self._of_month(at + skip, number, skip)
        found = self.month_at(at + skip)
        if found is None or not 1 <= number <= MOST_DAYS:
            return None
        month, size, year = found
        return a_day(self._dated(number, month, year), skip + size)

    def _numeric(self, at: int, number: int) -> Meant | None:
        second = int(self.low(at + 2))
        third = self.low(at + 4) if self.low(at + 3) == self.low(at + 1) else ""
        if number > FIRST_YEAR and third.isdigit():
            return a_day(date(number, second, int(third)), 5)
        if second not in range(1, 13) or (self.low(at + 1) == "." and not third):
            return None
        year = int(third) if third.isdigit() else 0
        year += 2000 * (year in range(1, 100))
        day = self._dated(number, second, year)
        return a_day(day, 5 if year else 3) if year or self.low(at + 1) == "/" else None

    def _dated(self, number: int, month: int, year: int) -> date:
        day = date(year or self.published.year, month, number)
        late = not year and day > self.published + 60 * DAY
        return day.replace(year=day.year - 1) if late else day

    def ordinal(self, at: int) -> Meant | None:
        """Read "the fifth of this month", "the twenty-fifth of January"."""
        if self.low(at) == "الاسبوع":
            return self._week_of_month(at)
        return self._ordinal(at) if self.low(at) in {*ORDINALS, *TENS} else None

    def _ordinal(self, at: int) -> Meant | None:
        size = 1
        number = ORDINALS.get(self.low(at), 0) or TENS[self.low(at)]
        if self.low(at) in ORDINALS and self.low(at + 1) in TENS:
            number += TENS[self.low(at + 1)]
            size = 2
        if self.low(at + size) == "منه":
            return a_day(self.before.replace(day=number), size + 1)
        if self.low(at + size) != "من":
            return None
        size += 1 + (self.low(at + size + 1) in THIS | {"شهر"})
        if self.low(at + size) == "الشهر":
            return self._of_month(at + size, number, size)
        found = self.month_at(at + size)
        if found is None:
            return None
        return a_day(self._dated(number, found[0], found[2]), size + found[1])

    def _week_of_month(self, at: int) -> Meant | None:
        """Read "the first week of this month", "of February"."""
        number = ORDINALS.get(self.low(at + 1), 0)
        if not number or self.low(at + 2) != "من":
            return None
        found = self.month_at(at + 3)
        year = self.published.year
        month, size = (self.published.month, 1 + (self.low(at + 4) in CURRENT))
        if found is not None:
            month, size, said = found
            year = said or year - (month > self.published.month)
        elif self.low(at + 3) != "الشهر":
            return None
        first = date(year, month, 7 * number - 6)
        return a_span(first, min(first + 6 * DAY, self.published), 3 + size)

    def _of_month(self, at: int, number: int, size: int) -> Meant:
        """Read "this month", "last month" and "the same month" behind a number."""
        following = self.low(at + 1)
        month = (self.before if following in SAME else self.published).replace(day=1)
        if following in PAST:
            month = (month - DAY).replace(day=1)
        qualified = following in PAST | CURRENT | SAME
        return a_day(month.replace(day=number), size + 1 + qualified)

    def month_at(self, at: int) -> tuple[int, int, int] | None:
        """Give a month, the number of its words and its year (0 if not said)."""
        for size in (2, 1):
            month = MONTHS.get("_".join(self.low(at + n) for n in range(size)))
            if month:
                break
        else:
            return None
        if self.low(at + size) in {"/", "(", "-"}:
            other = self.month_at(at + size + 1)
            if other is not None and other[0] == month:
                closed = self.low(at + size + 1 + other[1]) == ")"
                year, size = other[2], size + 1 + other[1] + closed
                if year:
                    return month, size, year
        if self.low(at + size) in PAST | CURRENT:
            return month, size + 1, 0
        if [self.low(at + size + n) for n in range(3)] == ["من", "العام", "نفسه"]:
            return month, size + 3, self.before.year
        words = size
        while self.low(at + words) in {"من", "عام", "العام", "سنه", "،"} and words < size + 2:
            words += 1
        said = self.low(at + words)
        if said.isdigit() and int(said) > FIRST_YEAR:
            return month, words + 1, int(said)
        return month, size, 0

    def month(self, at: int) -> Meant | None:
        """Read "in February", "late in August 2019"."""
        low = self.low(at)
        part = low if low in EARLY | MIDDLE | LATE else ""
        start = at + bool(part) + (self.low(at + bool(part)) == "شهر")
        found = self.month_at(start)
        if found is None:
            return None
        month, size, year = found
        plain = size == 1 and not year and not part and start == at
        if plain and self.previous(at).removeprefix("و").removeprefix("ف") not in MONTH_LEADS:
            return None
        year = year or self.published.year - (month > self.published.month)
        length = calendar.monthrange(year, month)[1]
        early, middle = part in EARLY, part in MIDDLE
        low_day = 1 if early or not part else 11 if middle else 21
        high_day = 10 if early else 20 if middle else length
        first, last = date(year, month, low_day), date(year, month, high_day)
        if first <= self.published < last:
            last = self.published
        return Meant(first, last, "between" if part else "month", start - at + size)

    def year(self, at: int) -> Meant | None:
        """Read "in 2012"."""
        low = self.low(at)
        named = low in {"عام", "العام", "سنه"}
        said = self.low(at + 1) if named else low
        if said.isdigit() and FIRST_YEAR < int(said) <= self.published.year:
            if not named and self.previous(at) not in {"في", "منذ", "حتي", "من", "خلال"}:
                return None
            first = date(int(said), 1, 1)
            return a_span(first, min(first.replace(month=12, day=31), self.published), 1 + named)
        return None
