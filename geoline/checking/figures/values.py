"""The numbers and days of published figures, as the press writes them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Literal

from geoline.reading import NUMBER_WORDS

__all__ = ["Operator", "Value", "read_days", "read_value"]

Operator = Literal["about", "at least", "at most", "more than", "less than"]

_BEFORE: tuple[tuple[str, Operator], ...] = (
    (
        r">=|≥|=>|(?:at|no|not) (?:the )?(?:least|less than|fewer than)|(?:a )?minimum of",
        "at least",
    ),
    (r"<=|≤|=<|at (?:the )?most|(?:no|not) more than|up to|within|maximum of", "at most"),
    (r">|more than|over|above|exceeding|upwards of|in excess of|beyond", "more than"),
    (r"<|less than|fewer than|under|below|short of", "less than"),
)
# "Just under 30" is 30 as far as a map can tell.
_ROUGH = re.compile(r"\b(?:just|slightly|a little) (?:over|under|above|below|short of)\b")
_AFTER: tuple[tuple[str, Operator], ...] = (
    (r"\+|\b(?:or|and) (?:more|above|over)\b|\bat least\b", "at least"),
    (r"\b(?:or|and) (?:less|fewer|under)\b|\bat most\b", "at most"),
)
_NUMBER = (
    r"\d{1,3}(?:[, \u00a0\u202f']\d{3})+(?:\.\d+)?(?!\d)|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?![\d.])"
    r"|\d+,\d{1,2}(?!\d)|\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+"
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# Words that stand for a number, the longer ones first, and for a bound besides.
_COUNTS: dict[str, str] = {
    "several hundred": "at least 300", "a few hundred": "at least 200",
    "several thousand": "at least 3000", "a few thousand": "at least 2000", "half a dozen": "6",
    "several dozen": "at least 36", "a few dozen": "at least 24",
    "dozens": "at least 24", "scores": "at least 40", "hundreds": "at least 200",
    "a couple": "2", "a pair": "2", "both": "2", "none": "0", "nil": "0", "no": "0",
} | {word: str(n) for n, word in enumerate(NUMBER_WORDS, start=1)}  # fmt: skip
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
# Words for a share of a whole, in per cent.
_SHARES: dict[str, str] = {
    "nearly all": "95", "almost all": "95", "all": "100", "whole": "100", "entire": "100",
    "entirety": "100", "the majority": "more than 50", "majority": "more than 50",
    "most": "more than 50", "half": "50",
}  # fmt: skip
_KM_IN = (
    (r"naut\w*\.? mi\w*|\bnm\b", 1.852),
    (r"\bmi(?:les?)?\b|\bmil\b|ميل|أميال", 1.609344),
    (r"\b(?:km|kms|kilomet\w*|kilom[eè]tres?|kilometre)\b|كم|كلم|كيلو", 1.0),
    (r"\b(?:m|met(?:re|er)s?|mètres?|metre)\b|متر", 0.001),
    (r"\b(?:yards?|yd)\b", 0.0009144),
)
_KM2_IN = (
    (r"sq(?:uare|\.)? ?mi\w*|\bmi(?:2|²|\^2)|\bmiles? (?:squared?)", 2.589988),
    (r"\bhectares?\b|\bha\b|هكتار", 0.01),
    (r"\bacres?\b", 0.00404686),
    (r"\bdun[uao]ms?\b|\bdönüm\b|دونم", 0.001),
    (
        r"sq(?:uare|\.)? ?(?:km|kilom\w*|kms)|\bkm ?(?:2|²|\^2|sq)|kilometre ?kare|كم ?[2²]|مربع",
        1.0,
    ),
    (r"sq(?:uare|\.)? ?m(?:et\w*)?\b|\bm(?:2|²)", 1e-6),
)

_MONTHS = {
    name[:3].lower(): number for number, name in enumerate(calendar.month_name) if number
}  # fmt: skip
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}[-/.](?P<number>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:[T ]\d\d:.*)?",
        r"(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})",
        rf"(?P<day>\d{{1,2}})(?P<mark>[-/.])(?P<number>\d{{1,2}})[-/.]{_YEAR}",
        rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"(?:(?P<part>early|mid|middle of|late|the (?:beginning|end) of)[- ]?)?{_MONTH},? {_YEAR}",
        rf"{_YEAR}-(?P<number>\d{{2}})",
    )
)
_SPAN = re.compile(
    r"(?P<first>\d{1,2})\s*(?:-|–|to|and)\s*(?P<last>\d{1,2})(?P<month>\s+[a-z]{3,9}\.?,?\s+\d{4})"
    r"|(?P<first2>\d{4}-\d\d-\d\d)\s*(?:/|–|to|and|\s-\s)\s*(?P<last2>\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_PART_OF_MONTH = {
    "early": (1, 10), "the beginning of": (1, 10), "mid": (11, 20), "middle of": (11, 20),
    "late": (21, 31), "the end of": (21, 31), "": (1, 31),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A published number.

    Parameters
    ----------
    number
        In kilometres, square kilometres, per cent, degrees, or a count.
    high
        The upper end where a range is given.
    operator
        How the words bound it.
    names
        What is named with it, in brackets ("3 (Surman, Tall Tuqan)").
    """

    number: float
    high: float
    operator: Operator = "about"
    names: tuple[str, ...] = ()

    def allows(self, computed: float, tolerance: float) -> bool:
        """Whether a computed number agrees, give or take a tolerance in the same unit."""
        low, high = self.number - tolerance, self.high + tolerance
        if self.operator in {"at least", "more than"}:
            return computed >= low
        if self.operator in {"at most", "less than"}:
            return computed <= high
        return low <= computed <= high

    def reaches(self, low: float, high: float) -> bool:
        """Whether some number from `low` to `high` agrees."""
        return any(self.allows(end, 0) for end in (low, high)) or low <= self.number <= high

    @property
    def words(self) -> str:
        """Its bound, number and range."""
        bound = "" if self.operator == "about" else f"{self.operator} "
        upper = f" to {self.high:.4g}" if self.high != self.number else ""
        return f"{bound}{self.number:.4g}{upper}"


def read_value(text: str, unit: str = "", *, share: bool = False, of: str = "") -> Value:
    """Read a number with its operator and range.

    Parameters
    ----------
    text
        Such as "320", ">20", "about 1,200", "30-40", "dozens", "3 (Surman, Tall Tuqan)".
    unit
        Miles and hectares become kilometres and square kilometres; a unit in the text goes before.
    share
        Whether it is a share of a whole, which may be written "half", "a third", "most" or 0.57.

    of
        "km" or "km²" if it must be a length or an area.

    Raises
    ------
    ValueError
        If there is no number, a negative one, or a unit that is not known.

    Examples
    --------
    >>> read_value(">20").operator, read_value("about 1,200").number, read_value("30 to 40").high
    ('more than', 1200.0, 40.0)
    >>> read_value("at least two thirds", share=True).words, read_value("dozens").words
    ('at least 66.67', 'at least 24')
    """
    bare, _, bracket = text.partition("(")
    names = tuple(part.strip() for part in re.split(r",|;|\band\b", bracket.rstrip(") ")))
    if also := re.fullmatch(r"\D*\b(?:headline|or|others?|elsewhere|also)\b\D*(\d+)\)?", bracket):
        bare, names = f"{bare} or {also[1]}", ()
    bare = _digits(" ".join(bare.lower().split()), share=share)
    found = list(re.finditer(_NUMBER, bare))
    if not found:
        message = f"'{text}' holds no number"
        raise ValueError(message)
    if re.match(r"(?:about |some |~ ?)?(?:[-−–]|minus) ?\.?\d", bare):
        message = f"'{text}' is negative; no quantity here is"
        raise ValueError(message)
    factor = _factor(bare[found[0].end() :]) or _factor(unit.lower())
    if factor is None and of in {"km", "km²"} and unit:
        message = f"'{unit}' is no unit of {'length' if of == 'km' else 'area'} that is known"
        raise ValueError(message)
    factor = factor or 1.0
    number = _number(found[0][0]) * factor
    high = number
    if len(found) > 1:
        between = bare[found[0].end() : found[1].start()]
        other = _number(found[1][0]) * factor
        if re.fullmatch(r"\s*(?:±|\+/-|\+-)\s*", between):
            number, high = max(0.0, number - other), number + other
        elif re.fullmatch(r"[\s\w²%]*?\s*(?:-|–|—|−|\bto\b|\bor\b|\band\b)\s*", between):
            number, high = sorted((number, other))
    if not isfinite(high):
        message = f"'{text[:20]}…' is too large"
        raise ValueError(message)
    if share and re.search(r"fraction|ratio|share|^$", unit.lower()) and 0 < high <= 1:
        number, high = 100 * number, 100 * high
    return Value(
        number=number,
        high=high,
        operator=_operator(bare, found),
        names=tuple(name for name in names if name),
    )


def _digits(text: str, *, share: bool) -> str:
    """Write the numbers of a text in digits."""
    if share:
        several = {word: n for n, word in enumerate(NUMBER_WORDS, start=1)} | {"a": 1, "": 1}
        text = re.sub(
            rf"\b(?:(a|{'|'.join(NUMBER_WORDS)}|\d+)[ -])?({'|'.join(_PARTS)})s?\b",
            lambda m: f"{100 * (several.get(m[1] or '') or int(m[1])) / _PARTS[m[2]]:.4f}",
            text,
        )
        text = re.sub(
            r"\b(\d)\s?/\s?([2-9]|10)\b", lambda m: f"{100 * int(m[1]) / int(m[2]):.4f}", text
        )
        for word, number in _SHARES.items():
            text = re.sub(rf"\b{word}\b", number, text)
    text = re.sub(
        rf"\b({'|'.join(_TENS)})(?:[ -]({'|'.join(NUMBER_WORDS[:9])}))?\b",
        lambda m: str(10 * (_TENS.index(m[1]) + 2) + (NUMBER_WORDS.index(m[2]) + 1 if m[2] else 0)),
        text,
    )
    for word, number in _COUNTS.items():
        pattern = rf"\b{word}\b(?! (?:less|more|fewer))" if word == "no" else rf"\b{word}\b"
        text = re.sub(pattern, number, text)
    text = re.sub(r"\b(?:a|an) (?=dozen|hundred|thousand)", "1 ", text)
    return re.sub(rf"(?:({_NUMBER}) ?)?\b({'|'.join(_TIMES)})\b", _multiplied, text)


def _multiplied(match: re.Match[str]) -> str:
    return f"{_TIMES[match[2]] * _number(match[1] or '1'):.10g}"


def _number(text: str) -> float:
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(re.sub("[, \u00a0\u202f']", "", text))


def _operator(text: str, found: list[re.Match[str]]) -> Operator:
    before, after = text[: found[0].start()], text[found[-1].end() :]
    if not _ROUGH.search(before):
        for pattern, operator in _BEFORE:
            if re.search(rf"(?:^|\s|\b)(?:{pattern})\s*(?:some |about |around |an? |~)?$", before):
                return operator
    for pattern, operator in _AFTER:
        if re.search(pattern, after):
            return operator
    return "about"


def _factor(unit: str) -> float | None:
    """Kilometres, or square kilometres, to the unit; None if it is none of length or area."""
    return next((f for words, f in (*_KM2_IN, *_KM_IN) if re.search(words, unit)), None)


def read_days(text: str) -> tuple[date, date]:
    """Read a day, or the days that a part of a month has.

    Parameters
    ----------
    text
        Such as "2020-01-28", "28 January 2020", "Jan 28, 2020", "28.01.2020", "early February
        2020".

    Raises
    ------
    ValueError
        If it is no day, lacks its year, or may be two.

    Examples
    --------
    >>> read_days("28 January 2020")[0].isoformat(), read_days("late February 2020")[1].isoformat()
    ('2020-01-28', '2020-02-29')
    """
    bare = re.sub(
        r"^(?:on|by|as of|until|since|from|in|between)\s+", "", text.strip(), flags=re.IGNORECASE
    )
    if span := _SPAN.fullmatch(bare):
        first, last, rest = span["first"], span["last"], span["month"]  # "5-6 February 2020"
        if not rest:
            first, last, rest = span["first2"], span["last2"], ""
        return read_days(first + rest)[0], read_days(last + rest)[1]
    for pattern in _DATES:
        match = pattern.fullmatch(bare)
        if match is None:
            continue
        said = match.groupdict()
        year, day = int(said["year"]), int(said.get("day") or 0)
        month = int(said.get("number") or 0) or _MONTHS.get(
            (said.get("month") or "")[:3].lower(), 0
        )
        if said.get("mark") and said["mark"] != "." and max(day, month) <= 12:  # noqa: PLR2004
            if day != month:
                message = f"'{text}' may be two days; write it as YYYY-MM-DD"
                raise ValueError(message)
        elif said.get("mark") and month > 12:  # noqa: PLR2004  (as in 01/28/2020)
            day, month = month, day
        try:
            if day:
                return (date(year, month, day),) * 2
            low, high = _PART_OF_MONTH[(said.get("part") or "").lower()]
            last = calendar.monthrange(year, month)[1]
            return date(year, month, low), date(year, month, min(high, last))
        except ValueError:  # calendar's own error is one too
            message = f"'{text}' is not in the calendar"
            raise ValueError(message) from None
    a_month = any(word[:3].lower() in _MONTHS for word in re.findall(r"[A-Za-z]{3,}", bare))
    why = "has no year" if a_month and not re.search(r"\d{4}", bare) else "is not a day"
    message = f"'{text}' {why}; write it as YYYY-MM-DD, for instance 2020-01-29"
    raise ValueError(message)
