"""The parts of a text that may be about a theatre, told before any name is graded.

`report_places.TextAround.about_theatre` decides on each sentence; what cannot come before it is
left unread. Near a word of the theatre (its regions and parties) every name counts, however it is
spelt. Elsewhere two places must stand close together, or one of a long name; what merely sounds
like a town is somebody else's unless a listed name stands beside it, not as a part of a longer one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from geoline.names import is_arabic
from geoline.reading.arabic.verbs import ARABIC_TRIGGERS
from geoline.reading.english.words.event_verbs import EVENT_NOUNS, EVENT_VERBS
from geoline.reading.english.words.word_classes import CLASHES, STRIKES, word_set
from geoline.reading.report.sentences import LONGEST, REACH, sentences
from geoline.reading.shared.tokens import plain_arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoline.gazetteer.scan import Listed, ListedNames

__all__ = ["CLOSE", "parts_on", "places_of", "tells"]

# Where no word of the theatre stands nearby, two places within so many sentences are needed.
CLOSE = 4
# Code points over which a word of the theatre may count, and two places may be close.
FAR = 6000


def parts_on(text: str, context: Iterable[str], names: ListedNames) -> list[tuple[int, int]]:
    """Give the parts of a text that may be about a theatre.

    Parameters
    ----------
    text
        Any text.
    context
        Words of the theatre; without them a text is one part.
    names
        The theatre's places.

    Returns
    -------
    list of (int, int)
        Code points from and to, in order, cut at ends of sentences.
    """
    words = places_of(context, text)
    if not context or not text:
        return [(0, len(text))]
    near = _joined(text, ((at - FAR, at + FAR) for at in words))
    edges = [0, *(edge for part in near for edge in part), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if start < end:
            found = names.find(text, max(0, start - REACH), min(len(text), end + REACH))
            near += _named(text, found)
    return _joined(text, sorted(near))


def _named(text: str, found: list[Listed]) -> Iterator[tuple[int, int]]:
    """Give what lies around names of places, where events are told."""
    near = {number for number, name in enumerate(found) if name.alone}
    for number, (one, other) in enumerate(pairwise(found)):
        if one.letters != other.letters and _close(text, one.end, other.start):
            near |= {number, number + 1}
    for number in sorted(near):
        start, end = found[number].start - REACH, found[number].end + REACH
        if tells(text[max(0, start) : end]):
            yield start, end


def _close(text: str, start: int, end: int) -> bool:
    """Whether two places may stand near the same sentence."""
    if end - start > FAR // 2 or text.count("\n\n", start, end) > 2 * CLOSE:
        return False
    return len(sentences(f".{text[start:end]}.")) <= 2 * CLOSE + 1


def _joined(text: str, parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join parts that touch, and cut them at ends of sentences."""
    joined: list[tuple[int, int]] = []
    for first, last in parts:
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    found: list[tuple[int, int]] = []
    for first, last in joined:
        low = max(0, first)
        edge = max(0, low - LONGEST)
        start = max(text.rfind("\n", edge, low), text.rfind(". ", edge, low), edge - 1) + 1
        edge = min(len(text), last + LONGEST)
        ends = [at + 1 for mark in ("\n", ". ") if (at := text.find(mark, last, edge)) >= 0]
        end = min([*ends, edge])
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def places_of(words: Iterable[str], text: str) -> list[int]:
    """Give where words stand in a text, whole, in order.

    Words in a script that the text does not have are not sought.
    """
    sought = frozenset(word for word in words if word[0].isascii() or word[0] in text)
    return [
        match.start()
        for match in (_any_of(sought).finditer(text) if sought else ())
        if not text[match.start() - 1 : match.start()].isalnum()
    ]


@lru_cache(maxsize=64)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Give one expression for all words: it is faster than to seek one after the other."""
    longest = sorted(map(re.escape, words), reverse=True)
    return re.compile(rf"(?:{'|'.join(longest)})(?![^\W_])")


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
