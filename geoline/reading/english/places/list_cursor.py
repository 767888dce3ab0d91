"""Where a walk along a list of places is, and what the words around it say of a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.reading.english.places.place_list import LEADS, is_plain
from geoline.reading.english.words.word_classes import (
    ADVERBS,
    FINITE,
    LIST_OPENERS,
    PREPOSITIONS,
    RELATIVES,
)
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.item import Item

__all__ = ["ListCursor", "begins_clause"]

_WORDS = word_sets("places", "list_cursor")

_NOT_NOUNS = _WORDS["not_nouns"]
_AMONG_WHAT = _WORDS["among_what"]
_LISTING = frozenset({"are", "were", "include", "included"})
# Words of an aside between a verb and its list at most.
SHORT_ASIDE = 8


@dataclass(slots=True)
class ListCursor:
    """A place in a row of items, and what stands around it.

    Parameters
    ----------
    items
        A sentence.
    start, stop
        First item to look at, and the one not to.
    at
        The item that the cursor is at.
    """

    items: Sequence[Item]
    start: int
    stop: int
    at: int = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.start

    @property
    def low(self) -> str:
        """The word that the cursor is at."""
        return self.word(0)

    @property
    def before(self) -> Item | None:
        """The item before, if it has been walked over."""
        return self.items[self.at - 1] if self.at > self.start else None

    @property
    def following(self) -> Item | None:
        """The item behind, if it is still to be walked over."""
        return self.items[self.at + 1] if self.at + 1 < self.stop else None

    def word(self, behind: int) -> str:
        """Give the word so many items behind the cursor, empty outside the sentence."""
        return self.word_at(self.at + behind)

    def word_at(self, at: int) -> str:
        """Give the word at a number, empty outside the sentence and behind the last item."""
        return self.items[at].low if 0 <= at < self.stop else ""

    def kind_behind(self) -> str:
        """Give the kind of the item behind, empty at the end."""
        following = self.following
        return "" if following is None else following.kind

    def qualifies(self) -> bool:
        """Whether a name tells which noun is meant: "the Idlib town of X", "A and B villages"."""
        if self._of_regions():
            return True
        following = self.following
        if following is None or following.kind != "type":
            return False
        last = self.word(-1) in {",", "and"} and following.low.endswith("s")
        if self.word(2) == "of":
            return not last  # "A, B and C villages of D" are three
        one = self.word(-1) in {"a", "an"} or (self.at > 1 and self.word(-2) in {"a", "an"})
        return one or self._of_region(following)  # "an important Aleppo district"

    def _of_region(self, noun: Item) -> bool:
        """Whether a name only says where villages are: "20 Idlib villages", "the Idlib town"."""
        one = self.word(-1) == "the" and noun.low in {"town", "village", "hamlet"}
        return self.items[self.at].container and (noun.low.endswith("s") or one)

    def _of_regions(self) -> bool:
        """Whether names only say where villages are: "these A and B villages"."""
        if self.word(1) != "and" or self.word(3) not in {"villages", "towns"}:
            return False
        names = self.items[self.at], self.items[min(self.at + 2, self.stop - 1)]
        return all(name.kind == "name" and name.container for name in names)

    def modifies(self) -> bool:
        """Whether a region's name only tells of the noun behind it: "Idlib activists"."""
        following = self.following
        if following is None or not self.items[self.at].container:
            return False
        noun = following.kind in {"word", "force", "side"} and is_plain(following)
        return noun and following.low not in ADVERBS | _NOT_NOUNS and following.low[-2:] != "ly"

    def opens_list(self, at: int) -> bool:
        """Whether names are listed behind a word: "including", "such as", "among them"."""
        low, following = self.word_at(at), self.word_at(at + 1)
        if low in LIST_OPENERS or (low == "such" and following == "as"):
            return True
        among = low == "among" and following in _AMONG_WHAT
        return among or (low in RELATIVES and following in _LISTING)

    def close_of_aside(self) -> int:
        """Give the comma that closes an aside at the start: "took, in this order, A and B"."""
        for number in range(self.at + 1, min(self.stop, self.at + 1 + SHORT_ASIDE)):
            if self.word_at(number) == ",":
                return number if number > self.at + 1 else 0
            if self.items[number].kind not in {"word", "type", "days"}:
                break
        return 0

    def prepared(self) -> bool:
        """Whether a preposition stands before armed men, with determiners and the like between."""
        at = self.at - 1
        while at >= self.start and _leads(self.items[at]):
            at -= 1
        return at >= self.start and self.word_at(at) in PREPOSITIONS

    def find(self, word: str, start: int) -> int | None:
        """Give the number of a word from a number on."""
        return next((n for n in range(start, self.stop) if self.word_at(n) == word), None)


def _leads(item: Item) -> bool:
    if item.kind != "word":
        return False
    return item.low in LEADS or is_plain(item) or item.text[0].isupper()


def begins_clause(item: Item) -> bool:
    """Whether a verb begins at an item: "are", "would"."""
    return item.kind == "word" and item.low in FINITE
