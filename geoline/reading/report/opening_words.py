"""Names that begin with a word of many: "Ain Halbane", "Kherbet al-Luaibdeh", "Ma'ar shourin".

A scanner that knows the second word alone, or neither, finds less than the name. Which words begin
names is learned from the gazetteer, by their consonants, so that "Kherbet" is its "Khirbat".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from geoline.gazetteer.scan import FUNCTION_WORDS
from geoline.names import is_arabic, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["OpeningWords"]

# Names of several words that a word must begin, and the letters of one alone at least.
FEWEST = 5
_VOWELS = re.compile("[aeiou]+")
_FIRST = re.compile(r"(?<![\w'’ʻ`-])[A-Z][\w'’ʻ`]{1,9}(?= [\w'’ʻ`-]{3})")
_SECOND = re.compile(r" (?:(?:[Aa]l|[Ee]l|[Aa][dnstrz])[- ])?[\w'’ʻ`]{3,}")


class OpeningWords:
    """The words with which many names of a gazetteer begin.

    Parameters
    ----------
    names
        The names; those in Arabic script are passed over.
    known
        Tells whether a name may be a place of the gazetteer.
    """

    def __init__(self, names: Iterable[str], known: Callable[[str], bool]) -> None:
        first = {name for name in names if " " in name and not is_arabic(name)}
        counts = Counter(_key(name.split(" ", 1)[0]) for name in first)
        self._keys = frozenset(key for key, count in counts.items() if key and count >= FEWEST)
        self._opens: dict[str, bool] = {}
        self._known = known

    def widened(self, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give the spans of names in a text, with the words that open them.

        Parameters
        ----------
        text
            Any text.
        spans
            Code points from and to of the names found in it, in order.
        """
        starts = [start for start, _ in spans]
        taken: set[int] = set()
        more: list[tuple[int, int]] = []
        for match in _FIRST.finditer(text):
            start, end = match.span()
            later = bisect_right(starts, start)
            if not self._begins(match[0]) or _within(spans, later - 1, match.span()):
                continue
            last = self._end(text, match, spans[later] if later < len(spans) else None)
            if last > end:
                same = later > 0 and spans[later - 1] == (start, end)
                taken |= {later - 1} if same else set()
                taken |= {n for n in (later,) if n < len(spans) and starts[n] < last}
                more.append((start, last))
        return sorted([*(one for n, one in enumerate(spans) if n not in taken), *more])

    def _end(self, text: str, first: re.Match[str], after: tuple[int, int] | None) -> int:
        """Give where a name ends that begins with a word; where the word does if it is alone."""
        end = first.end()
        if after is not None and after[0] == end + 1:
            return after[1]
        second = _SECOND.match(text, end)
        apart = after is None or second is None or second.end() <= after[0]
        if second is None or not apart or not self._goes_on(text, first.start(), second):
            return end
        return second.end()

    def _begins(self, word: str) -> bool:
        if word not in self._opens:
            plain = word.lower() in FUNCTION_WORDS or word.isupper()
            self._opens[word] = not plain and _key(word) in self._keys
        return self._opens[word]

    def _goes_on(self, text: str, start: int, second: re.Match[str]) -> bool:
        """Whether a word behind goes on the name: it has a capital, or is known with it."""
        capital = any(letter.isupper() for letter in second[0])
        plain = second[0].strip() in FUNCTION_WORDS  # "the town of Lyman after weeks"
        return capital or (not plain and self._known(text[start : second.end()]))


def _within(spans: Sequence[tuple[int, int]], at: int, word: tuple[int, int]) -> bool:
    """Whether a word is a part of a longer name found before."""
    return at >= 0 and spans[at] != word and spans[at][1] > word[0]


def _key(word: str) -> str:
    """Give a word's reading, one of several consonants whichever vowels stand between them."""
    read = reading(word)
    return _VOWELS.sub("a", read) if len(_VOWELS.sub("", read)) > 1 else read
