"""The days that Arabic words mean: days of the week, dates, "two days ago", "in the last hours".

Months go by their Syriac and their Western names, alone or both ("يناير/كانون الثاني"). What a
phrase means is the same as in English (`geoline.report_days`).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from geoline.arabic_words import plain_arabic
from geoline.report_days import RECENT, DaysSaid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.side_words import Token

__all__ = ["arabic_days"]

DAY = timedelta(days=1)
_LONGEST_PHRASE = 12


def _words(text: str) -> frozenset[str]:
    return frozenset(plain_arabic(word) for word in text.split())


def _numbered(*rows: str, start: int = 1) -> dict[str, int]:
    return {plain_arabic(w): n for n, row in enumerate(rows, start) for w in row.split()}


_WEEKDAYS = _numbered(
    "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد", start=0
)
_MONTHS = _numbered(
    "كانون_الثاني يناير", "شباط فبراير", "آذار مارس", "نيسان أبريل", "أيار مايو",
    "حزيران يونيو", "تموز يوليو", "آب أغسطس", "أيلول سبتمبر", "تشرين_الأول أكتوبر",
    "تشرين_الثاني نوفمبر", "كانون_الأول ديسمبر",
)  # fmt: skip
_ORDINALS = _numbered(
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر",
) | {plain_arabic("الحادي"): 1}  # fmt: skip
_TENS = {"عشر": 10, "والعشرين": 20, "العشرين": 20, "والثلاثين": 30, "الثلاثين": 30}
_COUNTS = _numbered(
    "واحد واحدة", "اثنين اثنتين", "ثلاثة ثلاث الثلاثة الثلاث", "أربعة أربع الأربعة الأربع",
    "خمسة خمس الخمسة الخمس", "ستة ست الستة الست", "سبعة سبع السبعة السبع",
    "ثمانية ثماني الثمانية الثماني", "تسعة تسع التسعة التسع", "عشرة عشر العشرة العشر",
)  # fmt: skip
# Units: hours, days, weeks, months, years; "two" of them.
_UNITS = {
    plain_arabic(word): (unit, count)
    for unit, count, words in (
        ("h", 1, "ساعة ساعات الساعات"), ("h", 2, "ساعتين الساعتين"),
        ("d", 1, "يوم أيام يوما الأيام"), ("d", 2, "يومين اليومين"),
        ("w", 1, "أسبوع أسابيع الأسابيع"), ("w", 2, "أسبوعين الأسبوعين"),
        ("m", 1, "شهر أشهر شهور الأشهر الشهور"), ("m", 2, "شهرين الشهرين"),
        ("y", 1, "عام أعوام سنة سنوات سنين"), ("y", 2, "عامين سنتين"),
    )
    for word in words.split()
}  # fmt: skip
_LENGTHS = {"h": 1 / 24, "d": 1, "w": 7, "m": 31, "y": 366}
# Plurals without a number: "days ago".
_SOME = _words("ساعات أيام أسابيع أشهر سنوات الساعات الأيام الأسابيع الأشهر")
_PAST = _words("الماضي الماضية الماضيين الفائت الفائتة الفائتين المنصرم المنصرمة المنصرمين")
_RECENT = _PAST | _words("الأخيرة الأخيرين الأخير القليلة القليلين")
_CURRENT = _words("الجاري الحالي الجارية الحالية")
_NEXT = _words("المقبل القادم المقبلة القادمة")
_SAME = _words("نفسه ذاته عينه ذاتها نفسها")
_PARTS_OF_DAY = _words(
    "مساء صباح فجر ظهر عصر نهار منتصف عشية ظهيرة ضحى مغرب ليل ليلة يوم منذ_صباح حلول وقت"
)
_NIGHTS = _words("ليل ليلة")
_EARLY, _MIDDLE = _words("مطلع بداية أوائل مستهل"), _words("منتصف أواسط")
_LATE = _words("نهاية أواخر آخر")
_ABOUT = _words("نحو حوالي قرابة أقل أكثر")
_MONTH_LEADS = _words(
    "في شهر منذ خلال حتى أواخر أوائل مطلع منتصف نهاية بداية بين إلى نهايات من وحتى"
)
_THIS = _words("هذا هذه")


class _Meant(NamedTuple):
    first: date | None
    last: date
    precision: str
    size: int


def _day(day: date, size: int) -> _Meant:
    return _Meant(day, day, "day", size)


def _span(first: date, last: date, size: int) -> _Meant:
    return _Meant(first, last, "between", size)


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


class _Phrase:
    """Reads a phrase: every method gives what is meant from a word on, or None."""

    def __init__(self, lows: list[str], lead: str, published: date, before: date) -> None:
        self.lows, self.lead, self.published, self.before = lows, lead, published, before

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def previous(self, at: int) -> str:
        return self.low(at - 1) if at else self.lead

    def meant(self, at: int) -> _Meant | None:
        readers = (
            self.night, self.past, self.ago, self.relative, self.near, self.weekday, self.dated,
            self.ordinal, self.period, self.month, self.year,
        )  # fmt: skip
        for reader in readers:
            if (found := reader(at)) is not None:
                return found
        if self.low(at) in _PARTS_OF_DAY and (found := self.meant(at + 1)) is not None:
            return found._replace(size=found.size + 1)
        return None

    def night(self, at: int) -> _Meant | None:
        following = self.low(at + 1)
        if self.low(at) == "الليله" and following in _PAST:
            return _span(self.published - DAY, self.published, 2)
        if self.low(at) in _NIGHTS and following == "امس":
            return _span(self.published - DAY, self.published, 2)
        if self.low(at) in _NIGHTS and (found := self.weekday(at + 1)) is not None:
            size = 1 + found.size
            skip = size + (self.low(at + size) in {"-", "/", "–"})
            size = skip + 1 if self.low(at + skip) in _WEEKDAYS else size
            return _span(found.last, min(found.last + DAY, self.published), size)
        return None

    def near(self, at: int) -> _Meant | None:
        """Today, yesterday, the same day, and a date or day of the week behind."""
        low, following = self.low(at), self.low(at + 1)
        if low == "اليوم" and following in _SAME:
            return _day(self.before, 2)
        if low == "اليوم" and following in _words("السابق"):
            return _day(self.before - DAY, 2)
        if low == "اليوم" and following in _words("التالي الموالي"):
            return _day(self.before + DAY, 2)
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
        return dated._replace(size=size + dated.size) if dated else _day(day, size)

    def weekday(self, at: int) -> _Meant | None:
        if self.low(at) == "يوم" and self.low(at + 1) in _WEEKDAYS:
            found = self.weekday(at + 1)
            return found._replace(size=found.size + 1) if found else None
        if self.low(at) not in _WEEKDAYS:
            return None
        back = (self.published.weekday() - _WEEKDAYS[self.low(at)]) % 7
        if self.low(at + 1) in _NEXT:
            return _day(self.published + (7 - back) * DAY, 2)
        size = 1 + (self.low(at + 1) in _PAST)
        back = back or 7 * (size > 1)
        signs = self.low(at + size) in {"،", "(", "-"}
        dated = self.dated(at + size + signs)
        if dated is not None:
            return dated._replace(size=size + signs + dated.size)
        return _day(self.published - back * DAY, size)

    def dated(self, at: int) -> _Meant | None:
        """Read a number and a month, or a date in numbers."""
        if not self.low(at).isdigit():
            return None
        number = int(self.low(at))
        if self.low(at + 1) in {"/", "-", "."} and self.low(at + 2).isdigit():
            return self._numeric(at, number)
        if self.low(at + 1) == "منه":
            return _day(self.before.replace(day=number), 2)
        skip = 1 + (self.low(at + 1) == "من")
        if self.low(at + skip) == "الشهر" and skip > 1:
            return self._of_month(at + skip, number, skip)
        found = self._month_at(at + skip)
        if found is None or not 1 <= number <= 31:
            return None
        month, size, year = found
        return _day(self._dated(number, month, year), skip + size)

    def _numeric(self, at: int, number: int) -> _Meant | None:
        second = int(self.low(at + 2))
        third = self.low(at + 4) if self.low(at + 3) == self.low(at + 1) else ""
        if number > 1900 and third.isdigit():
            return _day(date(number, second, int(third)), 5)
        if not 1 <= second <= 12 or self.low(at + 1) == "." and not third:
            return None
        year = int(third) if third.isdigit() else 0
        year += 2000 * (0 < year < 100)
        day = self._dated(number, second, year)
        return _day(day, 5 if year else 3) if year or self.low(at + 1) == "/" else None

    def _dated(self, number: int, month: int, year: int) -> date:
        day = date(year or self.published.year, month, number)
        late = not year and day > self.published + 60 * DAY
        return day.replace(year=day.year - 1) if late else day

    def ordinal(self, at: int) -> _Meant | None:
        """Read "the fifth of this month", "the twenty-fifth of January"."""
        if self.low(at) not in _ORDINALS and self.low(at) not in _TENS:
            return None
        size = 1
        number = _ORDINALS.get(self.low(at), 0) or _TENS[self.low(at)]
        if self.low(at) in _ORDINALS and self.low(at + 1) in _TENS:
            number += _TENS[self.low(at + 1)]
            size = 2
        if self.low(at + size) == "منه":
            return _day(self.before.replace(day=number), size + 1)
        if self.low(at + size) != "من":
            return None
        size += 1 + (self.low(at + size + 1) in _THIS | {"شهر"})
        if self.low(at + size) == "الشهر":
            return self._of_month(at + size, number, size)
        found = self._month_at(at + size)
        if found is None:
            return None
        return _day(self._dated(number, found[0], found[2]), size + found[1])

    def _of_month(self, at: int, number: int, size: int) -> _Meant:
        """Read "this month", "last month" and "the same month" behind a number."""
        following = self.low(at + 1)
        month = (self.before if following in _SAME else self.published).replace(day=1)
        if following in _PAST:
            month = (month - DAY).replace(day=1)
        qualified = following in _PAST | _CURRENT | _SAME
        return _day(month.replace(day=number), size + 1 + qualified)

    def _month_at(self, at: int) -> tuple[int, int, int] | None:
        """Give a month, the number of its words and its year (0 if not said)."""
        for size in (2, 1):
            month = _MONTHS.get("_".join(self.low(at + n) for n in range(size)))
            if month:
                break
        else:
            return None
        if self.low(at + size) in {"/", "(", "-"}:
            other = self._month_at(at + size + 1)
            if other is not None and other[0] == month:
                closed = self.low(at + size + 1 + other[1]) == ")"
                year, size = other[2], size + 1 + other[1] + closed
                if year:
                    return month, size, year
        if self.low(at + size) in _PAST | _CURRENT:
            return month, size + 1, 0
        if [self.low(at + size + n) for n in range(3)] == ["من", "العام", "نفسه"]:
            return month, size + 3, self.before.year
        words = size
        while self.low(at + words) in {"من", "عام", "العام", "سنه", "،"} and words < size + 2:
            words += 1
        said = self.low(at + words)
        if len(said) == 4 and said.isdigit() and said[0] in "12":
            return month, words + 1, int(said)
        return month, size, 0

    def month(self, at: int) -> _Meant | None:
        low = self.low(at)
        part = low if low in _EARLY | _MIDDLE | _LATE else ""
        start = at + bool(part) + (self.low(at + bool(part)) == "شهر")
        found = self._month_at(start)
        if found is None:
            return None
        month, size, year = found
        plain = size == 1 and not year and not part and start == at
        if plain and self.previous(at).removeprefix("و").removeprefix("ف") not in _MONTH_LEADS:
            return None
        year = year or self.published.year - (month > self.published.month)
        length = calendar.monthrange(year, month)[1]
        low_day, high_day = (1, length)
        if part:
            early, middle = part in _EARLY, part in _MIDDLE
            low_day, high_day = (1, 10) if early else (11, 20) if middle else (21, length)
        first, last = date(year, month, low_day), date(year, month, high_day)
        if first <= self.published < last:
            last = self.published
        return _Meant(first, last, "between" if part else "month", start - at + size)

    def year(self, at: int) -> _Meant | None:
        low = self.low(at)
        named = low in {"عام", "العام", "سنه"}
        said = self.low(at + 1) if named else low
        if len(said) == 4 and said.isdigit() and 1900 < int(said) <= self.published.year:
            if not named and self.previous(at) not in {"في", "منذ", "حتي", "من", "خلال"}:
                return None
            first = date(int(said), 1, 1)
            return _span(first, min(first.replace(month=12, day=31), self.published), 1 + named)
        return None

    def period(self, at: int) -> _Meant | None:
        """Read this week and month, the last ones, and the beginning of them."""
        this = self.low(at) in _THIS
        early = self.low(at) in _EARLY
        ends = self.low(at) in _LATE
        start = at + (this or early or ends)
        start += early and self.low(start) in _THIS
        unit, qualifier = self.low(start), self.low(start + 1)
        past = qualifier in _PAST
        size = start - at + 1 + (past or qualifier in _CURRENT)
        if unit not in {"الاسبوع", "الشهر", "العام"} or not (size > 1 or this):
            return None
        monday = self.published - self.published.weekday() * DAY
        if unit == "الاسبوع" and ends:
            saturday = monday + (5 if self.published.weekday() >= 5 else -2) * DAY
            return _span(saturday, min(saturday + DAY, self.published), size)
        if unit == "الاسبوع":
            first = monday - 7 * past * DAY
            return _span(first, first + 6 * DAY if past else self.published, size)
        first = self.published.replace(day=1)
        if unit == "العام":
            first = date(self.published.year - past, 1, 1)
            return _span(first, first.replace(month=12, day=31) if past else self.published, size)
        if early:
            return _span(first, min(first + 9 * DAY, self.published), size)
        if past:
            return _Meant((first - DAY).replace(day=1), first - DAY, "month", size)
        return _span(first, self.published, size)

    def _count(self, at: int) -> tuple[str, int, int, bool] | None:
        """Give a unit, how many of it, the number of the words, and whether no number is said."""
        size = 0
        while self.low(at + size) in _ABOUT | {"من", "ال"} and size < 2:
            size += 1
        low = self.low(at + size)
        number = int(low) if low.isdigit() else _COUNTS.get(low, 0)
        if number and self.low(at + size + 1) in _UNITS:
            unit, _ = _UNITS[self.low(at + size + 1)]
            return unit, number, size + 2, False
        if low in _UNITS:
            unit, count = _UNITS[low]
            behind = _COUNTS.get(self.low(at + size + 1), 0)
            if behind and low in _SOME:
                return unit, behind, size + 2, False
            size += self.low(at + size + 1) in {"واحد", "واحده", "فقط"}
            return unit, count, size + 1, low in _SOME
        return None

    def past(self, at: int) -> _Meant | None:
        """Read "in the last two days", "the last hours"."""
        lead = self.low(at) in {"خلال", "في", "غضون"}
        found = self._count(at + lead)
        if found is None:
            return None
        unit, number, size, some = found
        qualifiers = 0
        while self.low(at + lead + size + qualifiers) in _RECENT:
            qualifiers += 1
        within = self.low(at) == "خلال" and not some and unit in "hd" and number > 1
        if not qualifiers and not within:
            return None
        days = round(number * _LENGTHS[unit])
        if some:
            days = {"h": 1, "d": RECENT}.get(unit, 31)
        return _span(self.published - max(1, days) * DAY, self.published, lead + size + qualifiers)

    def ago(self, at: int) -> _Meant | None:
        """Read "two days ago"."""
        if self.low(at) not in {"قبل", "منذ"}:
            return None
        found = self._count(at + 1)
        if found is None:
            return None
        unit, number, size, some = found
        if self.low(at + 1 + size) == "من" or (self.low(at) == "منذ" and unit in "my"):
            return None
        size += 1 + (self.low(at + 1 + size) in _words("قليلة"))
        if some and unit in "hd":
            return _span(
                self.published - (1 if unit == "h" else RECENT) * DAY, self.published, size
            )
        if unit == "d":
            return _day(self.published - number * DAY, size)
        if unit == "h":
            return _span(self.published - DAY, self.published, size)
        if unit == "y":
            first = date(self.published.year - number, 1, 1)
            return _span(first, first.replace(month=12, day=31), size)
        slack = {"w": 4, "m": 20}[unit] * DAY
        day = self.published - round(number * _LENGTHS[unit]) * DAY
        return _span(day - slack, min(day + slack, self.published), size)

    def relative(self, at: int) -> _Meant | None:
        """Read "two days later", "a day before that"."""
        low = self.low(at)
        if low not in {"بعد", "بعدها", "بعده", "قبلها", "قبله", "قبل"}:
            return None
        start = at + 1 + (self.low(at + 1) == "ذلك")
        said = self.low(start)
        if (start > at + 1 or low not in {"بعد", "قبل"}) and said[:1] == "ب":
            unit = _UNITS.get(said[1:])
            if unit is None and said[1:] in _COUNTS and self.low(start + 1) in _UNITS:
                unit, start = (_UNITS[self.low(start + 1)][0], _COUNTS[said[1:]]), start + 1
        elif low == "بعد" and start == at + 1:
            found = self._count(start)
            if found is None or found[3] or self.low(start + found[2]) in {"من", "علي"}:
                return None
            unit, start = (found[0], found[1]), start + found[2] - 1
        else:
            return None
        if unit is None or unit[0] not in "dw" or said[1:] in _SOME:
            return None
        sign = 1 if low.startswith("بعد") else -1
        days = round(unit[1] * _LENGTHS[unit[0]]) * sign
        return _day(self.before + days * DAY, start - at + 1)
