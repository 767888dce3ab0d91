"""Days and intervals of days.

A report says "on the 28th", "by the 24th" or "between the 4th and the 5th"; none of these is an
instant. A `DayInterval` holds the first and the last day that the words allow, both included, and
how exact they were. Days are UTC calendar days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["PRECISIONS", "DayInterval", "days_between", "long_day", "parse_day"]

# What a source may say of a day, and what it means (UCDP GED `date_prec` in brackets):
# day      on that day [1]
# between  on one of the days from start to end [2]
# by       not later than the end; the start is the earliest day that the source allows [3–5]
# month    some day of that month [4]
PRECISIONS = ("day", "between", "by", "month")

# fmt: off
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)
# fmt: on

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_day(text: str) -> date:
    """Read an ISO day.

    Raises
    ------
    ValueError
        If the text is not of the form YYYY-MM-DD or no such day exists.

    Examples
    --------
    >>> parse_day("2020-01-29")
    datetime.date(2020, 1, 29)
    """
    if not _ISO.fullmatch(text):
        message = f"'{text}' is not a day; write it as YYYY-MM-DD, for instance 2020-01-29"
        raise ValueError(message)
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"'{text}' is not in the calendar"
        raise ValueError(message) from None


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included; empty if the last is before the first.

    Examples
    --------
    >>> len(days_between(date(2019, 12, 18), date(2020, 3, 6)))
    80
    """
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def long_day(day: date) -> str:
    """Write a day as articles do.

    Examples
    --------
    >>> long_day(date(2020, 1, 29))
    '29 January 2020'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True, order=True)
class DayInterval:
    """The days that something may have happened on, both ends included.

    Parameters
    ----------
    start
        Earliest day; None if the source sets no lower bound ("by the 24th").
    end
        Latest day.

    Raises
    ------
    ValueError
        If the end is before the start.

    Examples
    --------
    >>> DayInterval(end=date(2019, 12, 24)).covers(date(2019, 11, 1))
    True
    """

    end: date
    start: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end < self.start:
            message = f"ends on {self.end}, before it starts on {self.start}"
            raise ValueError(message)

    def covers(self, day: date) -> bool:
        """Whether the day lies in the interval."""
        return day <= self.end and (self.start is None or self.start <= day)
