"""The days under which the sentences of a chronicle or a live blog stand.

A chronicle has days as headings ("Monday, 24 February"), a live blog times ("18:15 The army …").
What is told there without a day of its own is of that day, and "yesterday" is relative to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.reading.shared.item import DaysSaid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from geoline.reading.report.sentences import Sentence
    from geoline.reading.shared.grammar import Grammar

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


def days_over(
    text: str, cut: Sequence[Sentence], published: date, grammar_of: Callable[[str], Grammar]
) -> list[DaysSaid | None]:
    """Give for each sentence the days of the heading, or of the entry, that it stands under.

    Parameters
    ----------
    text, cut
        A report and its sentences.
    published
        Its day.
    grammar_of
        Gives the grammar that a line is read by.

    Returns
    -------
    list of DaysSaid or None
        One for each sentence; None where a report has no such headings.
    """
    heads: dict[int, DaysSaid] = {}
    clocks: set[int] = set()
    for number, sentence in _first_of_paragraphs(cut):
        if _CLOCK.match(text, sentence.start, sentence.end):
            clocks.add(sentence.paragraph)
        elif (
            days := _heading(text[sentence.start : sentence.end], published, grammar_of)
        ) is not None:
            heads[number] = days
    if len({(days.first, days.last) for days in heads.values()}) >= FEWEST:
        return _chronicle(cut, heads)
    if len(clocks) >= FEWEST:
        title = _title_day(text, published, grammar_of)
        return [title if sentence.paragraph in clocks else None for sentence in cut]
    return [None] * len(cut)


def _first_of_paragraphs(cut: Sequence[Sentence]) -> Iterator[tuple[int, Sentence]]:
    paragraph = -1
    for number, sentence in enumerate(cut):
        if sentence.paragraph != paragraph:
            yield number, sentence
        paragraph = sentence.paragraph


def _chronicle(cut: Sequence[Sentence], heads: dict[int, DaysSaid]) -> list[DaysSaid | None]:
    over: list[DaysSaid | None] = []
    now = None
    for number in range(len(cut)):
        now = heads.get(number, now)
        over.append(now)
    return over


def _heading(line: str, published: date, grammar_of: Callable[[str], Grammar]) -> DaysSaid | None:
    """Give the days of a line that is nothing else, or begins with them and a colon or dash."""
    before = _BEFORE.match(line)
    start = before.end() if before else 0
    if start > NEAR_START:
        return None
    said = grammar_of(line).days(line[start : start + LONGEST_HEADING], published)
    if not said or said[0].start > 0:
        return None
    days, behind = said[0], line[start + said[0].end :]
    if not (_NOTHING.fullmatch(behind) or _GOES_ON.match(behind)):
        return None
    return days if days.first is not None and days.last <= published else None


def _title_day(text: str, published: date, grammar_of: Callable[[str], Grammar]) -> DaysSaid:
    """Give the day that the title of a live blog names, else that of publication."""
    title = _TITLE.match(text.lstrip())
    said = grammar_of(title[0]).days(title[0], published) if title else []
    past = [days for days in said if days.first == days.last and days.last <= published]
    return past[0] if past else DaysSaid(0, 0, published, published, "day")
