"""The days that a report names, relative to the day it was published.

"On Tuesday" is the last Tuesday up to the day of publication, that day included, as agencies write;
"since Friday" lasts from then until publication; "in August" is the last August that has begun.
What is less than a day ("late Tuesday", "at dawn") stays that day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geoline.reading.english.days.day_phrases import NUMBER_WORDS, WEEKDAYS, phrases
from geoline.reading.shared.item import RECENT, DaysSaid

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NUMBER_WORDS", "days_said"]

DAY = timedelta(days=1)
_MONTHS = {
    name[:3].lower(): number for number, name in enumerate(calendar.month_name) if number
}  # fmt: skip
_COUNTS = {word: n for n, word in enumerate(("zero", *NUMBER_WORDS[:12]))} | {
    "a": 1, "an": 1, "the": 1, "past": 1, "last": 1, "few": 5, "several": 8, "couple of": 3,
}  # fmt: skip

_FROM_ANOTHER = re.compile(r"later\b|after\s+\w+ing\b", re.IGNORECASE)
_TO_NOW = {"since", "from", "ever since", "after"}
_BOUND = {"by", "until", "till", "before", "as of"}


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
    named, before = before is not None, before or published
    for match in phrases(text):
        days = _days(match, published, before)
        # "Two days later", "a day after taking A" count from a day that must have been named.
        later = match["since"] and _FROM_ANOTHER.match(text, match.start("since"))
        if days is None or (later and not (named or found)):
            continue
        said = _said(match, days, published)
        opened = found[-1] if found else None
        if opened is not None and _joins(text, opened, said):
            found[-1] = opened._replace(end=said.end, last=said.last, precision="between")
            continue
        before = said.last
        if opened is not None and not match["since"] and _renames(text, opened, said):
            since = opened.first == said.first and opened.last > said.last
            found[-1] = (opened if since else said)._replace(start=opened.start, end=said.end)
        elif _lead(match) in _BOUND:
            found.append(said._replace(first=None, precision="by"))
        else:
            found.append(said)
    return found


def _lead(match: re.Match[str]) -> str:
    """Give the word that a phrase begins with: "since", "by", "as of"."""
    lead = (match["lead"] or match["mlead"] or match["ylead"] or "").lower()
    return " ".join(lead.removesuffix("last").split()) or lead


def _said(match: re.Match[str], days: tuple[date, date, str], published: date) -> DaysSaid:
    """Give the days of a phrase with where it stands; "since Friday" lasts until publication."""
    first, last, precision = days
    if first <= published and _lead(match) in _TO_NOW:
        last, precision = published, "between"
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return DaysSaid(start, match.end(), first, last, precision)


def _renames(text: str, last: DaysSaid, said: DaysSaid) -> bool:
    """Whether a phrase names the day said before it: "today, Tuesday", "a month earlier, on …"."""
    between = text[last.end : said.start].strip(" ,")
    if said.precision != "day" or between not in {"", "that is"}:
        return False
    now = text[last.start : last.end].strip().lower().startswith(("this", "today", "tonight"))
    return last.precision != "day" or last.last - said.last in {0 * DAY, now * DAY}


def _joins(text: str, last: DaysSaid, said: DaysSaid) -> bool:
    """Whether a phrase is the second end of "between Friday and Monday", "from … to …"."""
    if not last.first or last.first > said.last:
        return False
    between = text[last.end : said.start].strip().lower()
    opened = text[last.start : last.end].lower().lstrip()
    if between in {"and", "or", "into", "to"} and "respectively" not in text:
        return _is_second_day(last, said, between, opened)
    if opened.startswith("from"):
        return between in {"to", "until", "till"}
    return opened.startswith("between") and between == "and"


def _is_second_day(last: DaysSaid, said: DaysSaid, between: str, opened: str) -> bool:
    """Whether a day follows another: "Friday and Saturday", "the night of Friday to Saturday"."""
    night = "night" in opened
    if said.precision != "day" or said.last - last.last > 7 * DAY:
        return False
    return (night or between in {"and", "or"}) and (night or last.precision == "day")


def _days(match: re.Match[str], published: date, before: date) -> tuple[date, date, str] | None:
    # "Four days ago" counts from publication, "four days earlier" and "four days after B had
    # taken it" from the day named last.
    since = published if not match["since"] else before
    later = (match["since"] or "").lower() == "later" or bool(match["thing"])
    year = f"{before.year}" if match["sameyear"] else match["y3"]
    readers: tuple[tuple[str, Callable[[], tuple[date, date, str]]], ...] = (
        ("iso", lambda: _iso(match["iso"])),
        ("slashed", lambda: _slashed(match["slashed"], published)),
        ("feast", lambda: _feast(match["feast"], published)),
        ("part", lambda: _part(match["part"], match["partunit"], match["partmonth"], published)),
        ("m1", lambda: _dated(match, "1", match["d0"], match["d1"], published)),
        ("m2", lambda: _dated(match, "2", match["d2"], match["d3"] or match["d2"], published)),
        ("nth", lambda: _nth(int(match["nth"]), published)),
        ("nightday", lambda: _night(match["nightday"], match["into"], published)),
        ("wd", lambda: _weekday(match["wd"].lower(), (match["week"] or "").lower(), published)),
        ("word", lambda: _word(" ".join(match["word"].lower().split()), published, before)),
        ("ago", lambda: _ago(match["ago"].lower(), match["agounit"].lower(), since, later=later)),
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


def _slashed(text: str, published: date) -> tuple[date, date, str]:
    """Read 28/12/2019, 28.12.19 or 28/12: the day first."""
    numbers = [int(part) for part in re.split(r"[/.]", text)]
    year = numbers[2] % 100 + 2000 if len(numbers) > 2 else published.year  # noqa: PLR2004
    day = date(year, numbers[1], numbers[0])
    if len(numbers) == 2 and day > published:  # noqa: PLR2004
        day = day.replace(year=year - 1)
    return day, day, "day"


_FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26),
           "new year's eve": (12, 31), "new year's day": (1, 1)}  # fmt: skip


def _feast(text: str, published: date) -> tuple[date, date, str]:
    month, number = _FEASTS[" ".join(text.lower().split())]
    day = date(published.year, month, number)
    day = day.replace(year=day.year - 1) if day > published else day
    return day, day, "day"


def _part(which: str, unit: str, name: str, published: date) -> tuple[date, date, str]:
    """Read "the first week of March", "the last day of February"."""
    month = _MONTHS[name[:3].lower()]
    year = published.year - (month > published.month)
    length = calendar.monthrange(year, month)[1]
    size = {"day": 1, "week": 7, "half": 15}[unit.lower()]
    number = ("first", "second", "third", "fourth").index(which.lower()) if which != "last" else -1
    first = 1 + number * size if number >= 0 else length - size + 1
    last = length if unit == "half" and number else first + size - 1
    return date(year, month, first), date(year, month, last), "day" if size == 1 else "between"


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
    day = published - (published.weekday() - WEEKDAYS.index(weekday.lower())) % 7 * DAY
    first, last = (day - DAY, day) if into else (day, min(day + DAY, published))
    return first, last, "between"


def _past(count: str | None, unit: str, published: date) -> tuple[date, date, str]:
    few = "few" if unit.endswith("s") and not unit.startswith("h") else "1"
    return published - _length(count or few, unit), published, "between"


def _year(year: int, published: date) -> tuple[date, date, str]:
    first = date(year, 1, 1)
    return first, min(date(year, 12, 31), max(published, first)), "between"


def _weekday(name: str, which: str, published: date) -> tuple[date, date, str]:
    back = (published.weekday() - WEEKDAYS.index(name)) % 7
    if which == "next":
        day = published + (7 - back) * DAY
    else:
        day = published - (7 if which == "last" and back == 0 else back) * DAY
    return day, day, "day"


_NEXT_DAY = ("day after", "day later", "next day", "following day", "next morning",
             "following morning")  # fmt: skip
_SAME_DAY = (
    "same day", "same morning", "same afternoon", "same evening", "same night", "that day",
    "that morning", "that afternoon", "that evening", "that night", "very day",
    "earlier in the day", "later in the day", "during the day",
)  # fmt: skip
_DAY_BEFORE = ("previous day", "day earlier", "day before")


def _day_of_word(word: str, published: date, before: date) -> date | None:
    """Give the one day that a word means: "yesterday", "the same evening"."""
    by_day = {
        ("before yesterday",): published - 2 * DAY,
        _NEXT_DAY: min(before + DAY, max(before, published)),  # "last night", then "the next day"
        _SAME_DAY: before,
        _DAY_BEFORE: before - DAY,
        ("yesterday",): published - DAY,
        ("tomorrow",): published + DAY,
    }
    return next((day for ends, day in by_day.items() if word.endswith(ends)), None)


def _word(word: str, published: date, before: date) -> tuple[date, date, str]:
    day = _day_of_word(word, published, before)
    if day is not None:
        return day, day, "day"
    if word in {"overnight", "last night", "during the night", "in the night"}:
        return published - DAY, published, "between"
    if word.endswith("weekend"):
        saturday = published - (published.weekday() - WEEKDAYS.index("saturday")) % 7 * DAY
        return saturday, min(saturday + DAY, published), "between"
    if "recent" in word:
        return published - (31 if "weeks" in word else RECENT) * DAY, published, "between"
    unit = word.rsplit(" ", 1)[-1]
    if unit in {"week", "month", "year"}:
        if word.endswith("that month"):
            length = calendar.monthrange(before.year, before.month)[1]
            published = min(before.replace(day=length), published)
        if word.endswith("following year"):
            published = date(before.year + 1, 12, 31)
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


def _ago(count: str, unit: str, published: date, *, later: bool) -> tuple[date, date, str]:
    day = published + (1 if later else -1) * _length(count, unit)
    if unit.startswith("day") and (count.isdigit() or count in _COUNTS):
        return day, day, "day"
    if unit.startswith("year"):
        year = published.year + (1 if later else -1) * _count(count)
        last = day if later else date(day.year, 12, 31)
        return date(year, 1, 1), last, "between"
    slack = {"d": 3, "w": 4, "m": 20}[unit[0]] * DAY
    return day - slack, day + slack if later else min(day + slack, published), "between"


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
