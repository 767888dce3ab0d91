"""The days that Arabic words mean: days of the week, dates, "two days ago", "in the last hours".

Months go by their Syriac and their Western names, alone or both ("يناير/كانون الثاني"). What a
phrase means is the same as in English.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.arabic.dates import (
    DAY,
    DayWords,
    Meant,
    a_day,
    a_span,
    number_and_month,
    of_month,
    of_year,
    ordinal,
)
from geoline.reading.arabic.words.day_words import (
    ABOUT,
    COUNTS,
    CURRENT,
    EARLY,
    FOLLOWING,
    LATE,
    LENGTHS,
    NEXT,
    NIGHTS,
    PARTS_OF_DAY,
    PAST,
    PREVIOUS,
    RECENTLY,
    SAME,
    SOME,
    THIS,
    UNITS,
    WEEKDAYS,
    YESTERDAY,
)
from geoline.reading.shared.item import RECENT, DaysSaid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.tokens import Token

__all__ = ["arabic_days"]

_LONGEST_PHRASE = 12
_UNTIL = frozenset({"حتي", "بحلول", "لغايه"})
_ABOUT = ABOUT | {"من", "ال"}
_LEADING = THIS | EARLY | LATE
_TO = frozenset({"الي", "حتي"})


class _Count(NamedTuple):
    """A unit, how many of it, the number of the words, and whether no number is said."""

    unit: str
    number: int
    size: int
    some: bool


def arabic_days(
    tokens: Sequence[Token], at: int, published: date, before: date | None = None
) -> tuple[DaysSaid, int] | None:
    """Give the days said from a word on, and the number of its words.

    Parameters
    ----------
    tokens
        A sentence as `plain_arabic` words.
    at
        Number of the word.
    published
        Day of publication.
    before
        The day named last, for "the same day" and "two days later".
    """
    lows = [token.low for token in tokens[at : at + _LONGEST_PHRASE]]
    lead = tokens[at - 1].low if at else ""
    try:
        found = _phrase(DayWords(lows, lead, published, before or published))
    except (ValueError, OverflowError):  # no such day, as 31 February
        return None
    if found is None:
        return None
    start, end = tokens[at].start, tokens[at + found.size - 1].end
    return DaysSaid(start, end, found.first, found.last, found.precision), found.size


def _phrase(words: DayWords) -> Meant | None:
    """Give what the words mean with the one before them: "between", "since", "until"."""
    found = _meant(words, 0)
    if found is None:
        return None
    lead = words.lead.removeprefix("و")
    if lead == "منذ" and found.first is not None and found.first <= words.published:
        return found._replace(last=words.published, precision="between")
    if lead in _UNTIL and found.precision == "day":
        return found._replace(first=None, precision="by")
    return _to_another(words, lead, found)


def _meant(words: DayWords, at: int) -> Meant | None:
    """Give what is meant from a word on; the first may have "and", "in" or "for" before it."""
    found = _plainly_meant(words, at)
    low = words.low(at)
    if found is None and at == 0 and low[:1] in "وفبل" and len(low) > len("وفي"):
        words.lows[at] = low[1:]
        return _plainly_meant(words, at)
    return found


def _to_another(words: DayWords, lead: str, found: Meant) -> Meant:
    """Read the second of "between Monday and Tuesday", "from Monday to Tuesday"."""
    size = found.size
    following = words.low(size)
    joined = lead == "بين" and following[:1] == "و" and len(following) > 1
    if not joined and not (lead == "من" and following in _TO):
        return found
    if joined:
        words.lows[size] = following[1:]
    else:
        size += 1
    behind = _meant(words, size)
    if behind is None or found.first is None or behind.last < found.first:
        return found
    return Meant(found.first, behind.last, "between", size + behind.size)


def _plainly_meant(words: DayWords, at: int) -> Meant | None:
    for reader in _READERS:
        if (found := reader(words, at)) is not None:
            return found
    if words.low(at) in PARTS_OF_DAY and (found := _plainly_meant(words, at + 1)) is not None:
        return found._replace(size=found.size + 1)
    return None


def _night(words: DayWords, at: int) -> Meant | None:
    low, following = words.low(at), words.low(at + 1)
    if low == "الليله" and following in SAME:
        return a_day(words.before, 2)
    last = (low == "الليله" and following in PAST) or (low in NIGHTS and following == "امس")
    if last:
        return a_span(words.published - DAY, words.published, 2)
    found = _weekday(words, at + 1) if low in NIGHTS else None
    if found is None:
        return None
    size = 1 + found.size
    skip = size + (words.low(at + size) in {"-", "/", "–"})
    size = skip + 1 if words.low(at + skip) in WEEKDAYS else size
    return a_span(found.last, min(found.last + DAY, words.published), size)


def _near(words: DayWords, at: int) -> Meant | None:
    """Read today, yesterday, the same day, and a date or day of the week behind."""
    low, following = words.low(at), words.low(at + 1)
    steps = {"اليوم": ((SAME, 0), (PREVIOUS, -1), (FOLLOWING, 1))}.get(low, ())
    for qualifiers, step in steps:
        if following in qualifiers:
            return a_day(words.before + step * DAY, 2)
    found = _today(words, at)
    if found is None:
        return None
    size, day = found
    sign = words.low(at + size) in {"،", "("}
    named = _weekday(words, at + size + sign)
    if named is not None and named.last <= day:
        return named._replace(size=size + sign + named.size)
    dated = number_and_month(words, at + size)
    return dated._replace(size=size + dated.size) if dated else a_day(day, size)


def _today(words: DayWords, at: int) -> tuple[int, date] | None:
    """Give the number of words, and the day, of today, yesterday or the day before."""
    low, following = words.low(at), words.low(at + 1)
    if low == "اليوم":
        return 1, words.published
    if low in YESTERDAY:
        back = following == "الاول"
        return 1 + back, words.published - DAY - back * DAY
    if low == "اول" and "امس" in {following, words.low(at + 2)}:
        return 2 + (following == "من"), words.published - 2 * DAY
    return None


def _weekday(words: DayWords, at: int) -> Meant | None:
    low = words.low(at)
    if low == "يوم" and words.low(at + 1) in WEEKDAYS:
        found = _weekday(words, at + 1)
        return found._replace(size=found.size + 1) if found else None
    if low not in WEEKDAYS:
        return None
    back = (words.published.weekday() - WEEKDAYS[low]) % 7
    if words.low(at + 1) in NEXT:
        return a_day(words.published + (7 - back) * DAY, 2)
    size = 1 + (words.low(at + 1) in PAST)
    back = back or 7 * (size > 1)
    signs = words.low(at + size) in {"،", "(", "-"}
    dated = number_and_month(words, at + size + signs)
    if dated is not None:
        return dated._replace(size=size + signs + dated.size)
    return a_day(words.published - back * DAY, size)


def _period(words: DayWords, at: int) -> Meant | None:
    """Read this week and month, the last ones, and the beginning of them."""
    low = words.low(at)
    early, start = low in EARLY, at + (low in _LEADING)
    start += early and words.low(start) in THIS
    past, current = words.low(start + 1) in PAST, words.low(start + 1) in CURRENT
    size = start - at + 1 + (past or current)
    unit = words.low(start) if size > 1 else ""
    if unit == "الاسبوع":
        return _week(words, size, past=past, ends=low in LATE)
    if unit == "العام":
        first = date(words.published.year - past, 1, 1)
        return a_span(first, first.replace(month=12, day=31) if past else words.published, size)
    return _this_month(words, size, past=past, early=early) if unit == "الشهر" else None


def _this_month(words: DayWords, size: int, *, past: bool, early: bool) -> Meant:
    first = words.published.replace(day=1)
    if past:
        return Meant((first - DAY).replace(day=1), first - DAY, "month", size)
    last = min(first + 9 * DAY, words.published) if early else words.published
    return a_span(first, last, size)


def _week(words: DayWords, size: int, *, past: bool, ends: bool) -> Meant:
    monday = words.published - words.published.weekday() * DAY
    if ends:
        weekend = words.published.weekday() >= WEEKDAYS["السبت"]
        saturday = monday + (5 if weekend else -2) * DAY
        return a_span(saturday, min(saturday + DAY, words.published), size)
    first = monday - 7 * past * DAY
    return a_span(first, first + 6 * DAY if past else words.published, size)


def _count(words: DayWords, at: int) -> _Count | None:
    """Read a length of time: "three days", "some two weeks", "hours"."""
    size = 0
    while size <= 1 and words.low(at + size) in _ABOUT:
        size += 1
    low, following = words.low(at + size), words.low(at + size + 1)
    number = int(low) if low.isdigit() else COUNTS.get(low, 0)
    if number and following in UNITS:
        return _Count(UNITS[following][0], number, size + 2, some=False)
    if low not in UNITS:
        return None
    unit, count = UNITS[low]
    behind = COUNTS.get(following, 0)
    if behind and low in SOME:
        return _Count(unit, behind, size + 2, some=False)
    size += following in {"واحد", "واحده", "فقط"}
    return _Count(unit, count, size + 1, some=low in SOME)


def _past(words: DayWords, at: int) -> Meant | None:
    """Read "in the last two days", "the last hours"."""
    lead = words.low(at) in {"خلال", "في", "غضون"}
    found = _count(words, at + lead)
    if found is None:
        return None
    unit, number, size, some = found
    end = at + lead + size
    while words.low(end) in RECENTLY:
        end += 1
    within = words.low(at) == "خلال" and not some and unit in "hd" and number > 1
    if end == at + lead + size and not within:
        return None
    days = round(number * LENGTHS[unit])
    if some:
        days = {"h": 1, "d": RECENT}.get(unit, 31)
    return a_span(words.published - max(1, days) * DAY, words.published, end - at)


def _ago(words: DayWords, at: int) -> Meant | None:
    """Read "two days ago"."""
    low = words.low(at)
    found = _count(words, at + 1) if low in {"قبل", "منذ"} else None
    if found is None:
        return None
    unit, number, size, some = found
    if words.low(at + 1 + size) == "من" or (low == "منذ" and unit in "my"):
        return None
    size += 1 + (words.low(at + 1 + size) == "قليله")
    if unit == "d" and not some:
        return a_day(words.published - number * DAY, size)
    if unit in "hd":
        first = words.published - (RECENT if unit == "d" else 1) * DAY
        return a_span(first, words.published, size)
    return _long_ago(words, unit, number, size)


def _long_ago(words: DayWords, unit: str, number: int, size: int) -> Meant:
    """Give the days of weeks, months or years ago, more or less."""
    if unit == "y":
        first = date(words.published.year - number, 1, 1)
        return a_span(first, first.replace(month=12, day=31), size)
    slack = {"w": 4, "m": 20}[unit] * DAY
    day = words.published - round(number * LENGTHS[unit]) * DAY
    return a_span(day - slack, min(day + slack, words.published), size)


def _relative(words: DayWords, at: int) -> Meant | None:
    """Read "two days later", "a day before that"."""
    low = words.low(at)
    if low not in {"بعد", "بعدها", "بعده", "قبلها", "قبله", "قبل"}:
        return None
    start = at + 1 + (words.low(at + 1) == "ذلك")
    that = start > at + 1 or low not in {"بعد", "قبل"}
    length = _by(words, start) if that else _later(words, start) if low == "بعد" else None
    if length is None or length[0] not in "dw":
        return None
    unit, number, size = length
    days = round(number * LENGTHS[unit]) * (1 if low.startswith("بعد") else -1)
    return a_day(words.before + days * DAY, start - at + size)


def _by(words: DayWords, at: int) -> tuple[str, int, int] | None:
    """Read the "by two days" of "before that by two days"."""
    said = words.low(at)[1:] if words.low(at)[:1] == "ب" else ""
    if said in UNITS and said not in SOME:
        return (*UNITS[said], 1)
    if said in COUNTS and words.low(at + 1) in UNITS:
        return UNITS[words.low(at + 1)][0], COUNTS[said], 2
    return None


def _later(words: DayWords, at: int) -> tuple[str, int, int] | None:
    found = _count(words, at)
    if found is None or found.some or words.low(at + found.size) in {"من", "علي"}:
        return None
    return found.unit, found.number, found.size


_READERS = (
    _night, _past, _ago, _relative, _near, _weekday, number_and_month, ordinal, _period, of_month,
    of_year,
)  # fmt: skip
