"""The days that a report names, relative to the day it was published.

"On Tuesday" is the last Tuesday up to the day of publication, that day included, as agencies write;
"since Friday" lasts from then until publication; "in August" is the last August that has begun.
What is less than a day ("late Tuesday", "at dawn") stays that day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from geoline.dates import DayInterval

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NUMBER_WORDS", "DaysSaid", "days_said"]

DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = {
    name[:3].lower(): number for number, name in enumerate(calendar.month_name) if number
}  # fmt: skip
NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_COUNTS = {word: n for n, word in enumerate(("zero", *NUMBER_WORDS[:12]))} | {
    "a": 1, "an": 1, "the": 1, "past": 1, "last": 1, "few": 5, "several": 8, "couple of": 3,
}  # fmt: skip
# Days that "recently", "in recent days" and the like reach back.
RECENT = 10

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|few|several|an?|"
    r"a couple of)"
)
_TIME = r"(?:morning|afternoon|evening|night)"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|and|to|until|till)\s*"
# Bare month names and years need a word before them: "may" and "march" are verbs.
_PHRASE = re.compile(
    rf"""\b(?P<lead>(?:ever\s+)?since|from|until|till|by|before|as\s+of|after|between)?\s*
    (?:late\s+on|early\s+on|on|late|early|earlier\s+on)?\s*\b(?:
      (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?:(?P<d0>{_ORDINAL}){_TO})?(?P<d1>{_ORDINAL})(?:\s+of)?\s+(?P<m1>{_MONTH})
        (?:,?\s+(?P<y1>\d{{4}}))?
    | (?P<m2>{_MONTH})\s+(?P<d2>{_ORDINAL})\b(?:{_TO}(?P<d3>{_ORDINAL})\b(?!\s*(?:{_MONTH}|:)))?
        (?:,?\s+(?P<y2>\d{{4}})\b)?
    | the\s+(?P<nth>\d{{1,2}})(?:st|nd|rd|th)(?=\s*(?:[,.;:)]|$|and\b|of\s+the\s+month))
    | (?P<night>(?:overnight|the\s+night)\s+(?:(?P<into>in)?to\s+|of\s+|on\s+|from\s+)?)
        (?P<nightday>{_WEEKDAY})\b
    | (?:(?P<week>last|next|this|past)\s+)?(?P<wd>{_WEEKDAY})\b(?:\s+{_TIME}|\s+at\s+dawn)?
    | (?P<word>(?:the\s+)?day\s+before\s+yesterday|yesterday|today|tonight|overnight|tomorrow
        |last\s+night|this\s+{_TIME}|since\s+midnight
        |earlier\s+in\s+the\s+day|(?:on\s+)?(?:the|that|this)\s+(?:very\s+)?same\s+(?:day|morning|afternoon|evening|night)|earlier\s+today
        |(?:the|a)\s+(?:previous\s+day|day\s+(?:earlier|before))
        |(?:the|a)\s+day\s+(?:after|later)(?=\s*(?:[,.;:)]|and\b|$))|the\s+(?:next|following)\s+(?:day|morning)
        |(?:over|at|on|during)\s+(?:the|this)\s+weekend|(?:last|this)\s+weekend|(?:last|next|this|the\s+same|earlier\s+this)\s+(?:week|month|year)
        |(?:earlier\s+in|the\s+(?:start|beginning)\s+of)\s+(?:the|this)\s+(?:week|month|year)
        |(?:in\s+)?recent\s+(?:days|hours|weeks)|recently)\b
    | (?:only\s+|just\s+|some\s+)?(?P<ago>{_COUNT})\s+(?P<agounit>days?|weeks?|months?|years?)\s+
        (?:ago|(?P<since>earlier|before(?=\s*(?:[,.;:)]|and\b|$))
        |after(?=\s+[^\W\d])|later(?=\s*(?:[,.;:)]|and\b|$))))\b
    | (?:over|in|during|within|for)\s+(?:the\s+)?(?:past|last|previous)\s+
        (?:(?P<past>{_COUNT})\s+)?(?P<pastunit>hours?|days?|weeks?|months?|years?)\b
    )
    |\b(?:(?P<mlead>in|since|last|during|from|until|by|of|this|back\s+in)\s+)
      (?:(?P<mpart>early|mid|late)[-\s]+)?(?P<m3>{_MONTH})(?:,?\s+(?P<y3>\d{{4}})
        |\s+(?P<sameyear>of\s+(?:the\s+same|that)\s+year))?(?!\s+\d)
    |\b(?P<m4>{_MONTH})\s+(?P<y5>(?:19|20)\d\d)\b
    |\b(?:(?P<ylead>in|since|during|from|until|by|back\s+in)\s+)
      (?:(?:early|mid|late)[-\s]+)?(?P<y4>(?:19|20)\d\d)\b(?!\s*(?:km|towns|villages))
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What a sentence that names a day has somewhere; the search for phrases is slow.
_HINT = re.compile(
    r"\d|day|night|week|month|year|(?i:january|february|march|april|may\b|june|july|august|"
    r"september|october|november|december)|recent|morrow|morning|evening|afternoon|hours"
)
_TO_NOW = {"since", "from", "ever since", "after"}
_BOUND = {"by", "until", "till", "before", "as of"}


class DaysSaid(NamedTuple):
    """The days that a phrase means: code points `start` to `end`, first and last day, how exact.

    `first` is None and `precision` "by" where the words give no lower bound.
    """

    start: int
    end: int
    first: date | None
    last: date
    precision: str

    @property
    def interval(self) -> DayInterval:
        """First to last day."""
        return DayInterval(self.last, self.first)


def days_said(text: str, published: date, before: date | None = None) -> list[DaysSaid]:
    """Find the days that a text names.

    Parameters
    ----------
    text
        A sentence.
    published
        Day of publication; the days are relative to it and none that has passed lies after it.
    before
        The day named last before the sentence, for "a day earlier".

    Returns
    -------
    list of DaysSaid
        In the order of the text; precision is one of `geoline.dates.PRECISIONS`.

    Examples
    --------
    >>> said = days_said("taken late Tuesday, lost in 2012, hit since Friday", date(2020, 1, 29))
    >>> [(s.first.isoformat(), s.last.isoformat(), s.precision) for s in said]
    [('2020-01-28', '2020-01-28', 'day'), ('2012-01-01', '2012-12-31', 'between'),
     ('2020-01-24', '2020-01-29', 'between')]
    """
    found: list[DaysSaid] = []
    if not _HINT.search(text):
        return found
    before = before or published
    for match in _PHRASE.finditer(text):
        days = _days(match, published, before)
        if days is None:
            continue
        first, last, precision = days
        lead = " ".join((match["lead"] or match["mlead"] or match["ylead"] or "").lower().split())
        if lead in _TO_NOW and first <= published:
            last, precision = published, "between"
        opened = found[-1].first if found else None
        if opened and opened <= last and _joins(text, found[-1], match.start()):
            found[-1] = found[-1]._replace(end=match.end(), last=last, precision="between")
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if (
            found
            and precision == "day"
            and not match["since"]
            and text[found[-1].end : start].strip() in {"", ","}
        ):
            # "today, Tuesday", "a month earlier, on 20 January": the one that names the day.
            found[-1] = DaysSaid(found[-1].start, match.end(), first, last, precision)
            before = last
            continue
        if lead in _BOUND:
            found.append(DaysSaid(start, match.end(), None, last, "by"))
        else:
            found.append(DaysSaid(start, match.end(), first, last, precision))
        before = last
    return found


def _joins(text: str, last: DaysSaid, start: int) -> bool:
    """Whether a phrase is the second end of "between Friday and Monday", "from … to …"."""
    between = text[last.end : start].strip().lower()
    opened = text[last.start : last.end].lower().lstrip()
    return (opened.startswith("between") and between == "and") or (
        opened.startswith("from") and between in {"to", "until", "till"}
    )


def _days(match: re.Match[str], published: date, before: date) -> tuple[date, date, str] | None:
    # "Four days ago" counts from publication, "four days earlier" and "four days after B had
    # taken it" from the day named last.
    since = published if not match["since"] else before
    if (match["since"] or "").lower() == "later":
        since = min(published, before + 2 * _length(match["ago"].lower(), match["agounit"].lower()))
    year = f"{before.year}" if match["sameyear"] else match["y3"]
    readers: tuple[tuple[str, Callable[[], tuple[date, date, str]]], ...] = (
        ("iso", lambda: _iso(match["iso"])),
        ("m1", lambda: _dated(match, "1", match["d0"], match["d1"], published)),
        ("m2", lambda: _dated(match, "2", match["d2"], match["d3"] or match["d2"], published)),
        ("nth", lambda: _nth(int(match["nth"]), published)),
        ("nightday", lambda: _night(match["nightday"], match["into"], published)),
        ("wd", lambda: _weekday(match["wd"].lower(), (match["week"] or "").lower(), published)),
        ("word", lambda: _word(" ".join(match["word"].lower().split()), published, before)),
        ("ago", lambda: _ago(match["ago"].lower(), match["agounit"].lower(), since)),
        ("pastunit", lambda: _past(match["past"], match["pastunit"].lower(), published)),
        ("m3", lambda: _month(match["m3"], year, match["mpart"], published)),
        ("m4", lambda: _month(match["m4"], match["y5"], None, published)),
        ("y4", lambda: _year(int(match["y4"]), published)),
    )
    try:
        return next(read() for group, read in readers if match[group])
    except (ValueError, OverflowError):  # no such day, as 31 February
        return None


def _iso(text: str) -> tuple[date, date, str]:
    day = date.fromisoformat(text)
    return day, day, "day"


def _dated(
    match: re.Match[str], form: str, first: str | None, last: str, published: date
) -> tuple[date, date, str]:
    month = _MONTHS[match[f"m{form}"][:3].lower()]
    year = match[f"y{form}"]
    numbers = [int(re.sub(r"\D", "", text)) for text in (first or last, last)]
    days = [date(int(year or published.year), month, number) for number in numbers]
    if not year and days[1] > published + 60 * DAY:
        days = [day.replace(year=day.year - 1) for day in days]
    return min(days), max(days), "day" if days[0] == days[1] else "between"


def _nth(number: int, published: date) -> tuple[date, date, str]:
    """Give the last such day of a month up to the day of publication."""
    day = published
    for _ in range(62):
        if day.day == number:
            return day, day, "day"
        day -= DAY
    raise ValueError(number)


def _night(weekday: str, into: str | None, published: date) -> tuple[date, date, str]:
    day = published - (published.weekday() - _WEEKDAYS.index(weekday.lower())) % 7 * DAY
    first, last = (day - DAY, day) if into else (day, min(day + DAY, published))
    return first, last, "between"


def _past(count: str | None, unit: str, published: date) -> tuple[date, date, str]:
    few = "few" if unit.endswith("s") and not unit.startswith("h") else "1"
    return published - _length(count or few, unit), published, "between"


def _year(year: int, published: date) -> tuple[date, date, str]:
    first = date(year, 1, 1)
    return first, min(date(year, 12, 31), max(published, first)), "between"


def _weekday(name: str, which: str, published: date) -> tuple[date, date, str]:
    back = (published.weekday() - _WEEKDAYS.index(name)) % 7
    if which == "next":
        day = published + (7 - back) * DAY
    else:
        day = published - (7 if which == "last" and back == 0 else back) * DAY
    return day, day, "day"


def _word(word: str, published: date, before: date) -> tuple[date, date, str]:
    by_day = {
        ("before yesterday",): published - 2 * DAY,
        (
            "day after",
            "day later",
            "next day",
            "following day",
            "next morning",
            "following morning",
        ): before + DAY,
        ("same day", "same morning", "same afternoon", "same evening", "same night"): before,
        ("previous day", "day earlier", "day before"): before - DAY,
        ("yesterday",): published - DAY,
        ("tomorrow",): published + DAY,
    }
    day = next((day for ends, day in by_day.items() if word.endswith(ends)), None)
    if day is not None:
        return day, day, "day"
    if word in {"overnight", "last night"}:
        return published - DAY, published, "between"
    if word.endswith("weekend"):
        monday = published - published.weekday() * DAY
        saturday = (
            monday - 2 * DAY
            if published.weekday() < _WEEKDAYS.index("saturday")
            else monday + 5 * DAY
        )
        return saturday, min(saturday + DAY, published), "between"
    if "recent" in word:
        return published - (31 if "weeks" in word else RECENT) * DAY, published, "between"
    unit = word.rsplit(" ", 1)[-1]
    if unit in {"week", "month", "year"}:
        return _unit(unit, last="last" in word, following=word.startswith("next"), day=published)
    return published, published, "day"


def _unit(unit: str, *, last: bool, following: bool, day: date) -> tuple[date, date, str]:
    """Give this, the last or the next week, month or year."""
    if unit == "week":
        first = day - day.weekday() * DAY + 7 * (following - last) * DAY
        return first, first + 6 * DAY if last else max(day, first), "between"
    if unit == "month":
        first = day.replace(day=1)
        if last:
            return (first - DAY).replace(day=1), first - DAY, "month"
        return first, day, "between"
    year = day.year - last
    return date(year, 1, 1), min(date(year, 12, 31), day), "between"


def _count(text: str) -> int:
    text = text.lower()
    return int(text) if text.isdigit() else _COUNTS.get(text.removeprefix("a "), 1)


def _length(count: str, unit: str) -> timedelta:
    days = {"h": 1 / 24, "d": 1, "w": 7, "m": 31, "y": 366}[unit[0]] * _count(count)
    return timedelta(days=min(max(1, round(days)), 40_000))


def _ago(count: str, unit: str, published: date) -> tuple[date, date, str]:
    day = published - _length(count, unit)
    if unit.startswith("day") and (count.isdigit() or count in _COUNTS):
        return day, day, "day"
    if unit.startswith("year"):
        return date(published.year - _count(count), 1, 1), day.replace(month=12, day=31), "between"
    slack = {"d": 3, "w": 4, "m": 20}[unit[0]] * DAY
    return day - slack, min(day + slack, published), "between"


def _month(
    name: str, in_year: str | None, part: str | None, published: date
) -> tuple[date, date, str]:
    month = _MONTHS[name[:3].lower()]
    year = int(in_year or published.year - (month > published.month))
    length = calendar.monthrange(year, month)[1]
    low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, length)}.get(
        (part or "").lower(), (1, length)
    )
    first, last = date(year, month, low), date(year, month, high)
    if first <= published < last:
        last = published
    return first, last, "between" if part else "month"
