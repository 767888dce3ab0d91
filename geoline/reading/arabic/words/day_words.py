"""The Arabic words for days, months, numbers and lengths of time, as `plain_arabic` gives them.

The words stand in `days.toml`.
"""

from __future__ import annotations

from geoline.reading.shared.tokens import plain_arabic
from geoline.reading.shared.word_lists import word_lists

__all__ = [
    "ABOUT",
    "COUNTS",
    "CURRENT",
    "EARLY",
    "FOLLOWING",
    "LATE",
    "LENGTHS",
    "MIDDLE",
    "MONTHS",
    "MONTH_LEADS",
    "NEXT",
    "NIGHTS",
    "ORDINALS",
    "PARTS_OF_DAY",
    "PARTS_OF_MONTH",
    "PAST",
    "PREVIOUS",
    "RECENTLY",
    "SAME",
    "SOME",
    "TENS",
    "THIS",
    "UNITS",
    "WEEKDAYS",
    "YEARS",
    "YEAR_LEADS",
    "YESTERDAY",
]


_LISTS = word_lists(__file__, "days.toml")


def _words(name: str) -> frozenset[str]:
    return frozenset(map(plain_arabic, _LISTS["words"][name].split()))


def _numbered(name: str, start: int = 1) -> dict[str, int]:
    rows = enumerate(_LISTS["numbered"][name], start)
    return {plain_arabic(word): number for number, row in rows for word in row.split()}


WEEKDAYS = _numbered("weekdays", start=0)
MONTHS = _numbered("months")
ORDINALS = _numbered("ordinals")
COUNTS = _numbered("counts")
TENS = {
    plain_arabic(word): int(ten) for ten, words in _LISTS["tens"].items() for word in words.split()
}
# Units: hours, days, weeks, months, years; "two" of them.
UNITS = {
    plain_arabic(word): (unit, count)
    for unit, rows in _LISTS["units"].items()
    for count, words in enumerate(rows, start=1)
    for word in words.split()
}
LENGTHS = {"h": 1 / 24, "d": 1, "w": 7, "m": 31, "y": 366}
SOME = _words("some")
PAST = _words("past")
CURRENT = _words("current")
NEXT = _words("next")
SAME = _words("same")
PARTS_OF_DAY = _words("parts_of_day")
NIGHTS = _words("nights")
EARLY = _words("early")
MIDDLE = _words("middle")
LATE = _words("late")
ABOUT = _words("about")
MONTH_LEADS = _words("month_leads")
THIS = _words("this")
PREVIOUS = _words("previous")
FOLLOWING = _words("following")
YESTERDAY = _words("yesterday")
YEARS = _words("years")
YEAR_LEADS = _words("year_leads")
RECENTLY = PAST | _words("recently_only")
# Which part of a month is said.
PARTS_OF_MONTH = EARLY | MIDDLE | LATE
