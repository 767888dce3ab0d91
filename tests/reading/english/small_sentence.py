"""A sentence as items, with a few names and sides that every reader knows."""

from __future__ import annotations

import re
from datetime import date

from geoline.reading import SideWords
from geoline.reading.english.days.days import days_said
from geoline.reading.english.sentence.clauses import Clauses
from geoline.reading.english.sentence.items import items_of

__all__ = ["PUBLISHED", "clauses_of", "number_of", "words_at"]

PUBLISHED = date(2020, 1, 29)  # a Wednesday
_NAMES = re.compile(r"\b(?:Saraqib|Ariha|Hass|Binnish|Aleppo|Idlib)\b")
_SIDES = SideWords({"A": ["army", "troops"], "B": ["rebels", "rebel"]})


def clauses_of(text: str) -> Clauses:
    """Cut a sentence; Idlib and Aleppo are regions too."""
    places = [match.span() for match in _NAMES.finditer(text)]
    days = days_said(text, PUBLISHED)
    return Clauses(items_of(text, _SIDES, places, days, frozenset({"Idlib", "Aleppo"})))


def number_of(clauses: Clauses, word: str) -> int:
    """Give the number of the first item that is a word."""
    return next(n for n, item in enumerate(clauses.items) if item.low == word.lower())


def words_at(clauses: Clauses, numbers: list[int]) -> list[str]:
    """Give the items of some numbers as written."""
    return [clauses.items[number].text for number in numbers]
