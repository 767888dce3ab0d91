"""Whether a sentence may tell an event at all: a look into a set of words, before anything else."""

from __future__ import annotations

import re

from geoline.names.folding import is_arabic
from geoline.reading.arabic.verbs import ARABIC_TRIGGERS
from geoline.reading.arabic.words import plain_arabic
from geoline.reading.english.words.event_verbs import EVENT_NOUNS, EVENT_VERBS
from geoline.reading.english.words.word_classes import CLASHES, STRIKES, word_set

__all__ = ["tells"]

_WORD = re.compile(r"[a-z][a-z-]*|[\u0621-\u064a]+")
# Verbs that are in every second sentence tell something only with "control" or "flag" behind them.
_EVERYDAY = word_set(
    "make makes made making go goes gone "
    "have has had having get gets got getting put puts putting come comes came coming keep keeps "
    "kept keeping held holding"
)
_SO = re.compile(
    r"\bso (?:have|has|did|were|was)\b|\btheirs\b|"
    r"\b(?:is|are) (?:now |again |once more )*the [\w-]+(?:['’]s|s['’])(?=[.,;]| (?:and|again)\b|$)"
)
_TELLING = (
    (frozenset(EVENT_VERBS) - _EVERYDAY)
    | frozenset(EVENT_NOUNS)
    | CLASHES
    | STRIKES
    | ARABIC_TRIGGERS
    | word_set("hands grip possession followed follows fate suit masters gone")
)


def tells(sentence: str) -> bool:
    """Whether a sentence has a word that may tell an event.

    Examples
    --------
    >>> tells("Troops took the hill."), tells("It rained.")
    (True, False)
    """
    low = sentence.lower()
    low = plain_arabic(low) if is_arabic(low) else low
    return not _TELLING.isdisjoint(_WORD.findall(low)) or bool(_SO.search(low))
