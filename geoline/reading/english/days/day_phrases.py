"""Where a text names days: the phrases, found word by word.

What they mean is told in `report_days`.
"""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NUMBER_WORDS", "WEEKDAYS", "phrases"]

_WORDS = word_sets("days", "day_phrases")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|few|several|an?|"
    r"a couple of)"
)
_TIME = r"(?:morning|afternoon|evening|night|noon|midday|midnight|lunchtime)"
# Verbs by which "a day after the army took it" tells of the day before, unlike "after its fall".
_DONE = r"took|taken|fell|fallen|lost|left|won|retook|recaptured|captured|seized|\w{2,}ed"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|and|to|until|till)\s*"
# Bare month names and years need a word before them: "may" and "march" are verbs.
_PHRASE = re.compile(
    rf"""\b(?P<lead>(?:ever\s+)?since|from|until|till|by|before|as\s+of|after|between)?\s*
    (?:late\s+on|early\s+on|on|late|early|earlier\s+on)?\s*\b(?:
      (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<slashed>\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d\d|(?<=on[ ])\d{{1,2}}/\d{{1,2}})\b
    | (?P<feast>christmas\s+(?:eve|day)|boxing\s+day|new\s+year's\s+(?:eve|day))\b
    | (?P<part>first|second|third|fourth|last)\s+(?P<partunit>day|week|half)\s+of\s+
        (?P<partmonth>{_MONTH})
    | (?:the\s+)?(?:(?P<d0>{_ORDINAL}){_TO})?(?P<d1>{_ORDINAL})(?:\s+of)?\s+(?P<m1>{_MONTH})
        (?:,?\s+(?P<y1>\d{{4}}))?
    | (?P<m2>{_MONTH})\s+(?P<d2>{_ORDINAL})\b(?:{_TO}(?P<d3>{_ORDINAL})\b(?!\s*(?:{_MONTH}|:\d)))?
        (?:,?\s+(?P<y2>\d{{4}})\b)?
    | the\s+(?P<nth>\d{{1,2}})(?:st|nd|rd|th)(?:\s+of\s+(?:the|this)\s+month)?
        (?=\s*(?:[,.;:)]|$|and\b))
    | (?P<night>(?:overnight|the\s+night)\s+(?:(?P<into>in)?to\s+|of\s+|on\s+|from\s+)?)
        (?P<nightday>{_WEEKDAY})\b
    | (?:(?P<week>last|next|this|past)\s+)?(?P<wd>{_WEEKDAY})\b(?:\s+{_TIME}|\s+at\s+dawn)?
    | (?P<word>(?:the\s+)?day\s+before\s+yesterday|yesterday|today|tonight|overnight|tomorrow
        |last\s+night|(?:during|in)\s+the\s+night|this\s+{_TIME}|since\s+midnight
        |(?:earlier\s+in|later\s+in|during)\s+the\s+day|(?:on\s+)?(?:the|that|this)\s+(?:very\s+)?same\s+(?:day|morning|afternoon|evening|night)
        |(?:on\s+)?that\s+(?:very\s+)?(?:day|morning|afternoon|evening|night)|earlier\s+today
        |(?:the|a)\s+(?:previous\s+day|day\s+(?:earlier|before))
        |(?:the|a)\s+day\s+after(?=\s*(?:[,.;:)]|and\b|$))|the\s+(?:very\s+)?(?:next|following)\s+(?:day|morning)|the\s+following\s+year
        |(?:over|at|on|during)\s+(?:the|this)\s+weekend|(?:last|this)\s+weekend|(?:last|next|this|the\s+same|earlier\s+this)\s+(?:week|month|year)
        |(?:(?:earlier|later)\s+)?(?:in\s+)?that\s+month
        |(?:earlier\s+in|the\s+(?:start|beginning)\s+of)\s+(?:the|this)\s+(?:week|month|year)
        |(?:in\s+)?recent\s+(?:days|hours|weeks)|recently)\b
    | (?:only\s+|just\s+|some\s+)?(?<!less[ ]than[ ])(?P<ago>{_COUNT})\s+
        (?P<agounit>days?|weeks?|months?|years?)\s+
        (?:ago|(?P<since>earlier|before(?=\s*(?:[,.;:)]|and\b|$))
        |(?P<thing>after(?!\s+\w+ing\b|(?:\s+[\w'-]+){{1,3}}?\s+(?:{_DONE})\b)(?=(?:\s+[^\W\d][\w'-]*){{1,4}}\s*(?:[.,;]|$)))|after(?=\s+[^\W\d])|later(?!\s+than)))\b
    | (?:over|in|during|within|for)\s+(?:the\s+)?(?:past|last|previous|less\s+than)\s+
        (?:(?P<past>{_COUNT})\s+)?(?P<pastunit>hours?|days?|weeks?|months?|years?)\b
    )
    |\b(?:(?P<mlead>in|since(?:\s+last)?|last|during|from|until|by|of|this|back\s+in)\s+)
      (?:(?P<mpart>early|mid|late)[-\s]+)?(?P<m3>{_MONTH})(?:,?\s+(?P<y3>\d{{4}})
        |\s+(?P<sameyear>of\s+(?:the\s+same|that)\s+year))?(?!\s+\d)
    |\b(?P<m4>{_MONTH})\s+(?P<y5>(?:19|20)\d\d)\b
    |\b(?:(?P<ylead>in|since|during|from|until|by|back\s+in)\s+)
      (?:(?:early|mid|late)[-\s]+)?(?P<y4>(?:19|20)\d\d)\b(?!\s*(?:km|towns|villages))
    """,
    re.VERBOSE,
)
_WORD, _DIGIT = re.compile(r"\w+"), re.compile(r"\d")
# Words with which a phrase may begin, and those of which it has one, so many words on at most (or
# a number): the search for phrases is slow.
_FIRST = _WORDS["first"] | {*WEEKDAYS, *NUMBER_WORDS}
_MONTH_WORDS = frozenset(
    {name.lower() for name in (*calendar.month_name, *calendar.month_abbr) if name} | {"sept"}
)
_TELLING = frozenset(
    {
        unit + ending
        for unit in ("day", "week", "month", "year", "hour", "night")
        for ending in ("", "s")
    }
    | {*WEEKDAYS, *_MONTH_WORDS}
    | _WORDS["telling"]
)
_BEGINNING = _FIRST | _MONTH_WORDS
MOST_WORDS = 10


def phrases(text: str) -> Iterator[re.Match[str]]:
    """Find what may be days, in order, not overlapping."""
    low = text.lower()
    if len(low) != len(text):  # a letter that has two for its small form
        low = text
    if _TELLING.isdisjoint(_WORD.findall(low)) and not _DIGIT.search(low):
        return
    done = 0
    for start in _starts(low):
        match = _PHRASE.match(low, start) if start >= done else None
        if match is not None:
            done = match.end()
            yield match


def _starts(low: str) -> Iterator[int]:
    """Give where words stand with which a phrase may begin, a telling word near behind them."""
    words = [(match[0], match.start()) for match in _WORD.finditer(low)]
    telling = iter(n for n, (word, _) in enumerate(words) if _is_day(word, _TELLING))
    next_ = next(telling, None)
    for number, (word, start) in enumerate(words):
        while next_ is not None and next_ < number:
            next_ = next(telling, None)
        if next_ is None:
            return
        if next_ < number + MOST_WORDS and _is_day(word, _BEGINNING):
            yield start


def _is_day(word: str, words: frozenset[str]) -> bool:
    return word in words or word[0].isdecimal()
