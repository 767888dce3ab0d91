"""Names that begin with a word of many: "Ain Halbane", "Kherbet al-Luaibdeh", "Ma'ar shourin".

A scanner that knows the second word alone, or neither, finds less than the name. Which words begin
names is learned from the gazetteer, by their consonants, so that "Kherbet" is its "Khirbat".
"""

from __future__ import annotations

import re
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
        found = list(spans)
        for match in _FIRST.finditer(text):
            if not self._begins(match[0]):
                continue
            start, end = match.span()
            within = [n for n, (low, high) in enumerate(found) if low < end and high > start]
            if within and found[within[0]] != (start, end):
                continue  # a part of a longer name
            after = next((n for n, (low, _) in enumerate(found) if low == end + 1), None)
            second = _SECOND.match(text, end)
            if after is not None:
                end = found[after][1]
            elif second is not None and self._goes_on(text, start, second):
                end = second.end()
            else:
                continue
            found = [one for n, one in enumerate(found) if n != after and n not in within]
            found = sorted([*found, (start, end)])
        return found

    def _begins(self, word: str) -> bool:
        if word not in self._opens:
            plain = word.lower() in FUNCTION_WORDS or word.isupper()
            self._opens[word] = not plain and _key(word) in self._keys
        return self._opens[word]

    def _goes_on(self, text: str, start: int, second: re.Match[str]) -> bool:
        """Whether a word behind goes on the name: it has a capital, or is known with it."""
        capital = any(letter.isupper() for letter in second[0])
        return capital or self._known(text[start : second.end()])


def _key(word: str) -> str:
    """Give a word's reading, one of several consonants whichever vowels stand between them."""
    read = reading(word)
    return _VOWELS.sub("a", read) if len(_VOWELS.sub("", read)) > 1 else read
