"""The days that Arabic words mean: days of the week, dates, "two days ago", "in the last hours".

Months go by their Syriac and their Western names, alone or both ("يناير/كانون الثاني"). What a
phrase means is the same as in English (`geoline.reading.english.days.days`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geoline.reading.arabic.dates import DAY, ArabicDates, Meant, a_day, a_span
from geoline.reading.arabic.day_words import (
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
)
from geoline.reading.shared.item import RECENT, DaysSaid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.tokens import Token

__all__ = ["arabic_days"]

_LONGEST_PHRASE = 12


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
    reader = _Phrase(lows, lead, published, before or published)
    try:
        meant = reader.meant(0)
        if meant is None and lows[0][:1] in "وفبل" and len(lows[0]) > len("وفي"):
            lows[0] = lows[0][1:]
            meant = reader.meant(0)
    except (ValueError, OverflowError):  # no such day, as 31 February
        return None
    if meant is None:
        return None
    first, last, precision, size = meant
    lead = lead.removeprefix("و")
    joins = lows[size][1:] if size < len(lows) and lows[size][:1] == "و" else ""
    if (lead == "بين" and joins) or (lead == "من" and lows[size : size + 1] in (["الي"], ["حتي"])):
        lows[size] = joins or lows[size]
        behind = reader.meant(size + (not joins))
        if behind is not None and first is not None and behind.last >= first:
            size += behind.size + (not joins)
            last, precision = behind.last, "between"
    elif lead == "منذ" and first is not None and first <= published:
        last, precision = published, "between"
    elif lead in {"حتي", "بحلول", "لغايه"} and precision == "day":
        first, precision = None, "by"
    start, end = tokens[at].start, tokens[at + size - 1].end
    return DaysSaid(start, end, first, last, precision), size


class _Phrase(ArabicDates):
    """Reads a phrase: every method gives what is meant from a word on, or None."""

    def meant(self, at: int) -> Meant | None:
        readers = (
            self.night, self.past, self.ago, self.relative, self.near, self.weekday, self.dated,
            self.ordinal, self.period, self.month, self.year,
        )  # fmt: skip
        for reader in readers:
            if (found := reader(at)) is not None:
                return found
        if self.low(at) in PARTS_OF_DAY and (found := self.meant(at + 1)) is not None:
            return found._replace(size=found.size + 1)
        return None

    def night(self, at: int) -> Meant | None:
        following = self.low(at + 1)
        if self.low(at) == "الليله" and following in PAST:
            return a_span(self.published - DAY, self.published, 2)
        if self.low(at) == "الليله" and following in SAME:
            return a_day(self.before, 2)
        if self.low(at) in NIGHTS and following == "امس":
            return a_span(self.published - DAY, self.published, 2)
        if self.low(at) in NIGHTS and (found := self.weekday(at + 1)) is not None:
            size = 1 + found.size
            skip = size + (self.low(at + size) in {"-", "/", "–"})
            size = skip + 1 if self.low(at + skip) in WEEKDAYS else size
            return a_span(found.last, min(found.last + DAY, self.published), size)
        return None

    def near(self, at: int) -> Meant | None:
        """Today, yesterday, the same day, and a date or day of the week behind."""
        low, following = self.low(at), self.low(at + 1)
        if low == "اليوم" and following in SAME:
            return a_day(self.before, 2)
        if low == "اليوم" and following in PREVIOUS:
            return a_day(self.before - DAY, 2)
        if low == "اليوم" and following in FOLLOWING:
            return a_day(self.before + DAY, 2)
        size, day = 1, self.published
        if low in {"امس", "البارحه"}:
            back = following == "الاول"
            size, day = 1 + back, self.published - DAY - back * DAY
        elif low == "اول" and "امس" in {following, self.low(at + 2)}:
            size, day = 2 + (following == "من"), self.published - 2 * DAY
        elif low != "اليوم":
            return None
        named = self.weekday(at + size + (self.low(at + size) in {"،", "("}))
        if named is not None and named.last <= day:
            sign = self.low(at + size) in {"،", "("}
            return named._replace(size=size + sign + named.size)
        dated = self.dated(at + size)
        return dated._replace(size=size + dated.size) if dated else a_day(day, size)

    def weekday(self, at: int) -> Meant | None:
        if self.low(at) == "يوم" and self.low(at + 1) in WEEKDAYS:
            found = self.weekday(at + 1)
            return found._replace(size=found.size + 1) if found else None
        if self.low(at) not in WEEKDAYS:
            return None
        back = (self.published.weekday() - WEEKDAYS[self.low(at)]) % 7
        if self.low(at + 1) in NEXT:
            return a_day(self.published + (7 - back) * DAY, 2)
        size = 1 + (self.low(at + 1) in PAST)
        back = back or 7 * (size > 1)
        signs = self.low(at + size) in {"،", "(", "-"}
        dated = self.dated(at + size + signs)
        if dated is not None:
            return dated._replace(size=size + signs + dated.size)
        return a_day(self.published - back * DAY, size)

    def period(self, at: int) -> Meant | None:
        """Read this week and month, the last ones, and the beginning of them."""
        this, early = self.low(at) in THIS, self.low(at) in EARLY
        ends = self.low(at) in LATE
        start = at + (this or early or ends)
        start += early and self.low(start) in THIS
        unit, qualifier = self.low(start), self.low(start + 1)
        past = qualifier in PAST
        size = start - at + 1 + (past or qualifier in CURRENT)
        if not (size > 1 or this):
            return None
        if unit == "الاسبوع":
            return self._week(size, past=past, ends=ends)
        if unit == "العام":
            first = date(self.published.year - past, 1, 1)
            return a_span(first, first.replace(month=12, day=31) if past else self.published, size)
        if unit != "الشهر":
            return None
        first = self.published.replace(day=1)
        if past:
            return Meant((first - DAY).replace(day=1), first - DAY, "month", size)
        last = min(first + 9 * DAY, self.published) if early else self.published
        return a_span(first, last, size)

    def _week(self, size: int, *, past: bool, ends: bool) -> Meant:
        monday = self.published - self.published.weekday() * DAY
        if ends:
            weekend = self.published.weekday() >= WEEKDAYS["السبت"]
            saturday = monday + (5 if weekend else -2) * DAY
            return a_span(saturday, min(saturday + DAY, self.published), size)
        first = monday - 7 * past * DAY
        return a_span(first, first + 6 * DAY if past else self.published, size)

    def _count(self, at: int) -> tuple[str, int, int, bool] | None:
        """Give a unit, how many of it, the number of the words, and whether no number is said."""
        size = 0
        while size <= 1 and self.low(at + size) in ABOUT | {"من", "ال"}:
            size += 1
        low = self.low(at + size)
        number = int(low) if low.isdigit() else COUNTS.get(low, 0)
        if number and self.low(at + size + 1) in UNITS:
            unit, _ = UNITS[self.low(at + size + 1)]
            return unit, number, size + 2, False
        if low in UNITS:
            unit, count = UNITS[low]
            behind = COUNTS.get(self.low(at + size + 1), 0)
            if behind and low in SOME:
                return unit, behind, size + 2, False
            size += self.low(at + size + 1) in {"واحد", "واحده", "فقط"}
            return unit, count, size + 1, low in SOME
        return None

    def past(self, at: int) -> Meant | None:
        """Read "in the last two days", "the last hours"."""
        lead = self.low(at) in {"خلال", "في", "غضون"}
        found = self._count(at + lead)
        if found is None:
            return None
        unit, number, size, some = found
        qualifiers = 0
        while self.low(at + lead + size + qualifiers) in RECENTLY:
            qualifiers += 1
        within = self.low(at) == "خلال" and not some and unit in "hd" and number > 1
        if not qualifiers and not within:
            return None
        days = round(number * LENGTHS[unit])
        if some:
            days = {"h": 1, "d": RECENT}.get(unit, 31)
        return a_span(self.published - max(1, days) * DAY, self.published, lead + size + qualifiers)

    def ago(self, at: int) -> Meant | None:
        """Read "two days ago"."""
        found = self._count(at + 1) if self.low(at) in {"قبل", "منذ"} else None
        if found is None:
            return None
        unit, number, size, some = found
        if self.low(at + 1 + size) == "من" or (self.low(at) == "منذ" and unit in "my"):
            return None
        size += 1 + (self.low(at + 1 + size) == "قليله")
        if unit == "d" and not some:
            return a_day(self.published - number * DAY, size)
        if unit in "hd":
            return a_span(
                self.published - (RECENT if unit == "d" else 1) * DAY, self.published, size
            )
        if unit == "y":
            first = date(self.published.year - number, 1, 1)
            return a_span(first, first.replace(month=12, day=31), size)
        slack = {"w": 4, "m": 20}[unit] * DAY
        day = self.published - round(number * LENGTHS[unit]) * DAY
        return a_span(day - slack, min(day + slack, self.published), size)

    def relative(self, at: int) -> Meant | None:
        """Read "two days later", "a day before that"."""
        low = self.low(at)
        start = at + 1 + (self.low(at + 1) == "ذلك")
        that = start > at + 1 or low in {"بعدها", "بعده", "قبلها", "قبله"}
        if low not in {"بعد", "بعدها", "بعده", "قبلها", "قبله", "قبل"}:
            return None
        length = self._by(start) if that else self._later(start) if low == "بعد" else None
        if length is None or length[0] not in "dw":
            return None
        unit, number, size = length
        days = round(number * LENGTHS[unit]) * (1 if low.startswith("بعد") else -1)
        return a_day(self.before + days * DAY, start - at + size)

    def _by(self, at: int) -> tuple[str, int, int] | None:
        """Read the "by two days" of "before that by two days"."""
        said = self.low(at)[1:] if self.low(at)[:1] == "ب" else ""
        if said in UNITS and said not in SOME:
            return (*UNITS[said], 1)
        if said in COUNTS and self.low(at + 1) in UNITS:
            return UNITS[self.low(at + 1)][0], COUNTS[said], 2
        return None

    def _later(self, at: int) -> tuple[str, int, int] | None:
        found = self._count(at)
        if found is None or found[3] or self.low(at + found[2]) in {"من", "علي"}:
            return None
        return found[:3]
