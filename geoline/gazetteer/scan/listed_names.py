"""Find the names in running text that are surely a gazetteer's: a first look.

They are listed letter for letter (accents, apostrophes and hyphens aside), or are long and of two
words, and nearly listed. Most text has none and is left alone after this look; in the rest `scan`
grades what is spelt otherwise too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline.gazetteer.scan.name_words import (
    MOST_WORDS,
    WORD,
    WordMemory,
    follows,
    pieces,
    variants,
    with_article,
    without_s,
)
from geoline.gazetteer.scan.word_filter import FUNCTION_WORDS, words
from geoline.names import is_arabic, plain, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from geoline.gazetteer.scan.word_filter import Words

__all__ = ["LONG", "Listed", "ListedNames"]

# A word is of no listed name; it is of some; it is one alone.
NO, PART, ALONE = range(3)
# A name of two words and so many letters is no other place's by chance, however spelt.
LONG = 10
# Words remembered.
MOST_REMEMBERED = 500_000
_WORDS = re.compile(r"[^\W_]+")


class Listed(NamedTuple):
    """A name in a text: code points `start` to `end`, and its letters.

    `alone` is false beside another word with a capital letter that goes on (San Fernando).
    """

    start: int
    end: int
    letters: str
    alone: bool


class ListedNames:
    """Names to be found as they are listed.

    Parameters
    ----------
    names
        The names, in Latin letters or Arabic script.
    graded
        Tells of each of some phrases whether it is a name in another spelling (`Scanner.names`).
    no_places
        Words that are never taken for a place's name (`Scanner.no_places`).
    """

    def __init__(
        self,
        names: Iterable[str],
        graded: Callable[[Sequence[str]], list[bool]],
        no_places: frozenset[str],
    ) -> None:
        self._graded = graded
        self._no_places = no_places
        self._no_names = FUNCTION_WORDS | no_places
        latin: list[str] = []
        arabic: list[str] = []
        for name in filter(None, names):
            (arabic if is_arabic(name) else latin).append(name)
        self._latin = {plain(name) for name in latin} - no_places - {""}
        self._arabic = {reading(name) for name in arabic if name not in no_places}
        cut = [[plain(word) for word in WORD.findall(name)] for name in latin]
        self._words = {word for row in cut for word in row} - {""}
        # An article in small letters may stand before the only word of a name: al-Bab.
        self._alone = {row[0] for row in cut if len(row) == 1} | self._latin
        self._arabic_words = {word for read in self._arabic for word in read.split()}
        self._met, self._pairs = WordMemory(), WordMemory()

    def find(self, text: str, start: int, end: int) -> list[Listed]:
        """Find names between two code points of a text, in order, not overlapping."""
        names: list[Listed] = []
        for first, last in pieces(text, start, end):
            piece = text[first:last]
            found = words(piece)
            here = [
                name
                for at in self._candidates(piece, found).tolist()
                for name in self._names_at(piece, found, at)
            ]
            here += self._long(piece, found)
            at = 0
            for name in sorted(here, key=lambda name: (name.start, -name.end)):
                if name.start >= at:
                    at = name.end
                    names.append(name._replace(start=first + name.start, end=first + at))
        if max(len(self._met), len(self._pairs)) > MOST_REMEMBERED:
            self._met.forget()
            self._pairs.forget()
        return names

    def _long(self, text: str, found: Words) -> list[Listed]:
        """Find names of two words that are near to listed ones."""
        both = found.close[1:-1] & ~found.arabic[1:]
        both &= found.ends[1:] - found.starts[:-1] >= LONG
        pairs = np.flatnonzero(both)
        numbers = found.numbers[pairs] * np.uint64(3) ^ found.numbers[pairs + 1]
        starts, ends = found.starts[pairs], found.ends[pairs + 1]

        def judge(new: NDArray[np.intp]) -> NDArray[np.uint8]:
            spelt = zip(starts[new].tolist(), ends[new].tolist(), strict=True)
            return self._judged_long([text[start:end] for start, end in spelt])

        near = self._pairs.look(numbers, judge) != 0
        return [
            Listed(start, end, plain(text[start:end]), alone=True)
            for start, end in zip(starts[near].tolist(), ends[near].tolist(), strict=True)
        ]

    def _judged_long(self, phrases: Sequence[str]) -> NDArray[np.uint8]:
        asked = [
            number
            for number, phrase in enumerate(phrases)
            if self._no_names.isdisjoint(_WORDS.findall(phrase.lower()))
        ]
        known = np.zeros(len(phrases), dtype=np.uint8)
        known[asked] = self._graded([without_s(phrases[number]) for number in asked])
        return known

    def _candidates(self, text: str, found: Words) -> NDArray[np.intp]:
        """Give the words with which a listed name may begin."""

        def judge(new: NDArray[np.intp]) -> NDArray[np.uint8]:
            spelt = zip(found.starts[new].tolist(), found.ends[new].tolist(), strict=True)
            return np.array([self._judged(text[start:end]) for start, end in spelt], np.uint8)

        known = self._met.look(found.numbers, judge)
        goes_on = np.zeros(len(known), dtype=bool)
        goes_on[:-1] = (known[1:] != NO) & found.close[1:-1]
        return np.flatnonzero((known == ALONE) | ((known == PART) & goes_on))

    def _judged(self, word: str) -> int:
        if is_arabic(word):
            reads = [reading(variant) for variant in variants(word)]
            parts = {part for read in reads for part in read.split()}
            if not self._arabic.isdisjoint(reads):
                return ALONE
            return NO if self._arabic_words.isdisjoint(parts) else PART
        bare = without_s(word)
        if bare.lower() in FUNCTION_WORDS:
            return NO
        letters = plain(bare)
        return ALONE if letters in self._alone else PART if letters in self._words else NO

    def _names_at(self, text: str, found: Words, at: int) -> list[Listed]:
        arabic = bool(found.arabic[at])
        begin = int(found.starts[at])
        starts = list(dict.fromkeys((with_article(text, begin), begin)))
        names: list[Listed] = []
        last = at
        while last < at + MOST_WORDS:
            end = int(found.ends[last])
            for start in starts:
                letters = self._listed(text[start:end], arabic=arabic)
                if letters:
                    alone = arabic or not (
                        self._goes_on(text, found, at - 1) or self._goes_on(text, found, last)
                    )
                    names.append(Listed(start, end, letters, alone))
                    break
            last += 1
            if last == len(found.starts) or not _joined(text, found, last):
                break
        return names[::-1]

    def _goes_on(self, text: str, found: Words, number: int) -> bool:
        """Whether a word and the one behind it may both be of a longer name."""
        if not (0 <= number < len(found.starts) - 1 and _joined(text, found, number + 1)):
            return False
        said = [text[found.starts[n] : found.ends[n]].lower() for n in (number, number + 1)]
        return self._no_names.isdisjoint(said)

    def _listed(self, phrase: str, *, arabic: bool) -> str:
        if not arabic:
            letters = plain(without_s(phrase))
            return letters if letters in self._latin else ""
        reads = (reading(name) for name in variants(phrase) if name not in self._no_places)
        return next((read for read in reads if read in self._arabic), "")


def _joined(text: str, found: Words, number: int) -> bool:
    """Whether a word may be of one name with the word before."""
    if not found.close[number]:
        return False
    end, start = int(found.ends[number - 1]), int(found.starts[number])
    return follows(text, end, start, arabic=bool(found.arabic[number]))
