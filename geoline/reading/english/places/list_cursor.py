"""A walk along a list of places: where it is, and what the words around it say of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.places.place_list import LEADS, PlaceList, is_plain
from geoline.reading.english.words.word_classes import (
    ADVERBS,
    FINITE,
    LIST_OPENERS,
    PREPOSITIONS,
    RELATIVES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.item import Item

__all__ = ["PlaceWalk"]

_NOT_NOUNS = frozenset({"itself", "too", "alone", "proper", "last", "next", "within"})
# Words of an aside between a verb and its list at most.
SHORT_ASIDE = 8


class PlaceWalk:
    """Where a walk is, and what it has found; `_slot` tells whether a name would be of the list.

    Parameters
    ----------
    items
        A sentence.
    start, stop
        First item to look at, and the one not to.
    """

    _after = _pair = False

    def __init__(self, items: Sequence[Item], start: int, stop: int) -> None:
        self.items, self.stop = items, stop
        self.at = self.start = start
        self.found = PlaceList(end=start)
        self._slot = "direct"
        self._fresh = True
        self._adjectives = 0
        self._noun = self._definite = ""
        self._noun_at = -1
        self._beside: Item | None = None

    @property
    def _following(self) -> Item | None:
        """The item behind the one that the walk is at, if it is still to be walked over."""
        return self.items[self.at + 1] if self.at + 1 < self.stop else None

    def _low(self, at: int) -> str:
        return self.items[at].low if 0 <= at < self.stop else ""

    def _qualifies(self) -> bool:
        following = self._following
        return self._of_regions() or (
            following is not None
            and following.kind == "type"
            and (self._low(self.at + 2) == "of" or self._of_region(following))
        )

    def _locates(self) -> bool:
        """Whether a region's name behind a comma says where the place before it is."""
        before = self.items[self.found.names[-1]] if self.found.names else None
        return (
            before is not None
            and self.items[self.at].container
            and not before.container
            and self.found.names[-1] == self.at - 2
            and self._low(self.at - 1) == ","
        )

    def _modifies(self) -> bool:
        """Whether a region's name only tells of the noun behind it: "Idlib activists"."""
        following = self._following
        return (
            following is not None
            and self.items[self.at].container
            and following.kind in {"word", "force", "side"}
            and is_plain(following)
            and following.low not in ADVERBS | _NOT_NOUNS
            and not following.low.endswith("ly")
        )

    def _of_region(self, noun: Item) -> bool:
        """Whether a name only says where villages are: "20 Idlib villages", "the Idlib town"."""
        one = self._low(self.at - 1) == "the" and noun.low in {"town", "village", "hamlet"}
        return self.items[self.at].container and (noun.low.endswith("s") or one)

    def _of_regions(self) -> bool:
        """Whether names only say where villages are: "these A and B villages"."""
        names = self.items[self.at], self.items[min(self.at + 2, self.stop - 1)]
        return (
            all(name.kind == "name" and name.container for name in names)
            and self._low(self.at + 1) == "and"
            and self._low(self.at + 3) in {"villages", "towns"}
        )

    @staticmethod
    def _begins(item: Item) -> bool:
        return item.kind == "word" and item.low in FINITE

    def _opens_list(self) -> bool:
        low, following = self._low(self.at), self._low(self.at + 1)
        return (
            low in LIST_OPENERS
            or (low == "such" and following == "as")
            or (low == "among" and following in {"them", "which", "these", "others", "other"})
            or (low in RELATIVES and following in {"are", "were", "include", "included"})
        )

    def _opens_list_at(self, at: int) -> bool:
        here, self.at = self.at, at
        opens = self._opens_list()
        self.at = here
        return opens

    def _over_aside(self) -> int:
        """Give the comma that closes an aside at the start: "took, in this order, A and B"."""
        for number in range(self.at + 1, min(self.stop, self.at + 1 + SHORT_ASIDE)):
            if self._low(number) == ",":
                return number if number > self.at + 1 else 0
            if self.items[number].kind not in {"word", "type", "days"}:
                break
        return 0

    def _prepared(self) -> bool:
        """Whether a preposition stands before armed men, with determiners and the like between."""
        at = self.at - 1
        while (
            at >= self.start
            and self.items[at].kind == "word"
            and (
                self._low(at) in LEADS
                or is_plain(self.items[at])
                or self.items[at].text[0].isupper()
            )
        ):
            at -= 1
        return at >= self.start and self._low(at) in PREPOSITIONS

    @property
    def _opened_by_comma(self) -> bool:
        return self._slot == "beside" and self._after
