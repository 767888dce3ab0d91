"""The words of names in running text: how they look, follow each other, and are remembered.

`listed_names` finds what a gazetteer lists letter for letter, `scan` also what is spelt otherwise;
both look at each word of a text, and at rows of words that may be one name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from geoline.gazetteer.scan.word_filter import ARABIC, LETTER, MARK, UPPER
from geoline.names import is_arabic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

__all__ = [
    "MOST_WORDS",
    "WORD",
    "WordMemory",
    "follows",
    "pieces",
    "variants",
    "with_article",
    "without_s",
]

# Words of a name at most.
MOST_WORDS = 4
# Text is gone over in pieces of about this many code points, cut at ends of sentences.
PIECE = 1 << 19

_BLANK = r"(?:[ \t\u00a0]?\r?\n[ \t]*|[ \u00a0])"
_ARTICLE = "(?:[AaEeUu]h?(?:l|n|s|sh|d|dh|r|t|th|tt|z|ch|j|nn|ss|dd|rr)|il|wa|w)"
_SEPARATOR = f"(?:[{MARK}]?(?:[-‐‑]|{_BLANK})[{MARK}]?)"
# What may stand between two words of a name.
_JOINT = {
    False: re.compile(f"{_SEPARATOR}(?:{_ARTICLE}{_SEPARATOR})?"),
    True: re.compile(_BLANK),
}
WORD = re.compile(f"[{UPPER}][{LETTER}]*(?:[{MARK}][{LETTER}]+)*|[{ARABIC}]+")
_SENTENCE_END = re.compile(r"[.!?؟]\s")
# An article in small letters before the name belongs to it: al-Dana, el Bab.
_LEADING_ARTICLE = re.compile(rf"(?<!\w)(?:{_ARTICLE}[-‐‑][{MARK}]?|[ae]l )$")
_POSSESSIVE = re.compile("(?<=..)['’]s$")
# Arabic prefixes: and, in, for, so, like.
_PREFIX = re.compile(f"^[وفبلك](?=[{ARABIC}]{{3}})")
_FOR_THE = re.compile(f"^لل(?=[{ARABIC}]{{2}})")


class WordMemory:
    """What is known of words, by the numbers that stand for their letters (`wordfilter.words`)."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.numbers = np.zeros(0, dtype=np.uint64)
        self.values = np.zeros(0, dtype=np.uint8)

    def __len__(self) -> int:
        return len(self.numbers)

    def look(
        self,
        numbers: NDArray[np.uint64],
        judge: Callable[[NDArray[np.intp]], NDArray[np.uint8]],
    ) -> NDArray[np.uint8]:
        """Give what is known of words; `judge` tells it of new ones, by where they first stand."""
        at = np.searchsorted(self.numbers, numbers)
        if len(self.numbers):
            new = np.flatnonzero(self.numbers.take(at, mode="clip") != numbers)
        else:
            new = np.arange(len(numbers))
        if len(new):
            found, which = np.unique(numbers[new], return_index=True)
            # Both are in order: to insert is to copy, where to sort anew would grow with each text.
            here = np.searchsorted(self.numbers, found)
            self.values = np.insert(self.values, here, judge(new[which]))
            self.numbers = np.insert(self.numbers, here, found)
            at = np.searchsorted(self.numbers, numbers)
        return self.values[at]

    def change(self, numbers: NDArray[np.uint64], value: int) -> None:
        """Know something else of words; all must have been met."""
        self.values[np.searchsorted(self.numbers, numbers)] = value


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a part of a text at ends of sentences, so that arrays over it stay small."""
    while start < end:
        cut = _SENTENCE_END.search(text, start + PIECE, end)
        last = cut.end() if cut else end
        yield start, last
        start = last


def follows(text: str, end: int, start: int, *, arabic: bool) -> bool:
    """Whether what stands between two words may stand inside a name."""
    return _JOINT[arabic].fullmatch(text, end, start) is not None


def with_article(text: str, start: int) -> int:
    """Where a name begins whose first capital letter is at `start`: al-Dana, el Bab."""
    article = _LEADING_ARTICLE.search(text, max(0, start - 5), start)
    return article.start() if article else start


def without_s(text: str) -> str:
    """Give a name without a possessive s."""
    return _POSSESSIVE.sub("", text)


def variants(text: str) -> list[str]:
    """Give the names that a phrase may hold: without 's, or without an Arabic prefix."""
    if not is_arabic(text):
        return [without_s(text)]
    return list(dict.fromkeys([text, _PREFIX.sub("", text), _FOR_THE.sub("ال", text)]))
