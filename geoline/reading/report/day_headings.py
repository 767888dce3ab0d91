"""The days under which the sentences of a chronicle or a live blog stand.

A chronicle has days as headings ("Monday, 24 February"), a live blog times ("18:15 The army …").
What is told there without a day of its own is of that day, and "yesterday" is relative to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.reading.english.days.days import days_said
from geoline.reading.shared.item import DaysSaid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.report.sentences import Sentence

__all__ = ["days_over"]

# As far into a line a day may begin, and so many days or times make a chronicle or a live blog.
NEAR_START, LONGEST_HEADING, FEWEST = 24, 80, 2
_BEFORE = re.compile(r"[\W_]*(?:(?:day|part)\s+[\w-]+[\W_]*)?(?:on\s+|from\s+)?", re.IGNORECASE)
_NOTHING = re.compile(
    r"[\W_]*(?:(?:early|late)?[\W_]*(?:morning|noon|midday|afternoon|evening|night|\d{4})[\W_]*)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*(?:[:–—|/]|-\s|\.\s|\n)")
_CLOCK = re.compile(
    r"[^\w\n]*(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:\s*(?:[ap]\.?m\b\.?|local|gmt|utc|hrs?\b|h\b))?[\W_]",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[^\n.!?]*")


def days_over(text: str, cut: Sequence[Sentence], published: date) -> list[DaysSaid | None]:
    """Give for each sentence the days of the heading, or of the entry, that it stands under.

    Parameters
    ----------
    text, cut
        A report and its sentences.
    published
        Its day.

    Returns
    -------
    list of DaysSaid or None
        One for each sentence; None where a report has no such headings.
    """
    heads: dict[int, DaysSaid] = {}
    clocks: set[int] = set()
    paragraph = -1
    for number, sentence in enumerate(cut):
        if sentence.paragraph == paragraph:
            continue
        paragraph = sentence.paragraph
        if _CLOCK.match(text, sentence.start, sentence.end):
            clocks.add(paragraph)
        elif (days := _heading(text[sentence.start : sentence.end], published)) is not None:
            heads[number] = days
    chronicle = len({(days.first, days.last) for days in heads.values()}) >= FEWEST
    live = len(clocks) >= FEWEST
    if not (chronicle or live):
        return [None] * len(cut)
    over: list[DaysSaid | None] = []
    now = None if chronicle else _title_day(text, published)
    for number, sentence in enumerate(cut):
        now = heads.get(number, now) if chronicle else now
        over.append(now if chronicle or sentence.paragraph in clocks else None)
    return over


def _heading(line: str, published: date) -> DaysSaid | None:
    """Give the days of a line that is nothing else, or begins with them and a colon or dash."""
    before = _BEFORE.match(line)
    start = before.end() if before else 0
    said = days_said(line[start : start + LONGEST_HEADING], published)
    if not said or said[0].start > 0 or start > NEAR_START:
        return None
    behind = line[start + said[0].end :]
    if not (_NOTHING.fullmatch(behind) or _GOES_ON.match(behind)):
        return None
    days = said[0]
    return days if days.first is not None and days.last <= published else None


def _title_day(text: str, published: date) -> DaysSaid:
    """Give the day that the title of a live blog names, else that of publication."""
    title = _TITLE.match(text.lstrip())
    said = days_said(title[0], published) if title else []
    past = [days for days in said if days.first == days.last and days.last <= published]
    return past[0] if past else DaysSaid(0, 0, published, published, "day")
