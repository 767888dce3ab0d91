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
from geoline.reading.report.sentences import LONGEST, REACH, sentences
from geoline.reading.shared.tokens import plain_arabic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoline.gazetteer.scan import Listed, ListedNames
    from geoline.reading.shared.grammar import Grammar

__all__ = ["CLOSE", "Telling", "parts_on", "places_of"]

# Where no word of the theatre stands nearby, two places within so many sentences are needed.
CLOSE = 4
# Code points over which a word of the theatre may count, and two places may be close.
FAR = 6000


def parts_on(
    text: str, context: Iterable[str], names: ListedNames, telling: Telling
) -> list[tuple[int, int]]:
    """Give the parts of a text that may be about a theatre.

    Parameters
    ----------
    text
        Any text.
    context
        Words of the theatre; without them a text is one part.
    names
        The theatre's places.
    telling
        Words of which a sentence that tells an event has one.

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
            near += _named(text, found, telling)
    return _joined(text, sorted(near))


def _named(text: str, found: list[Listed], telling: Telling) -> Iterator[tuple[int, int]]:
    """Give what lies around names of places, where events are told."""
    near = {number for number, name in enumerate(found) if name.alone}
    for number, (one, other) in enumerate(pairwise(found)):
        if one.letters != other.letters and _close(text, one.end, other.start):
            near |= {number, number + 1}
    for number in sorted(near):
        start, end = found[number].start - REACH, found[number].end + REACH
        if telling.in_(text[max(0, start) : end]):
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


class Telling:
    """The words of some languages of which a sentence that may tell an event has one."""

    def __init__(self, grammars: Iterable[Grammar]) -> None:
        grammars = list(grammars)
        self._words = frozenset[str]().union(*(grammar.telling for grammar in grammars))
        phrases = (grammar.telling_phrase for grammar in grammars)
        self._phrases = [phrase for phrase in phrases if phrase is not None]

    def in_(self, sentence: str) -> bool:
        """Whether a sentence has one of them."""
        low = sentence.lower()
        low = plain_arabic(low) if is_arabic(low) else low
        if not self._words.isdisjoint(_WORD.findall(low)):
            return True
        return any(phrase.search(low) for phrase in self._phrases)
