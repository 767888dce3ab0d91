"""The places that a verb takes, out of a row of items: lists, appositions, examples, parentheses.

"captured A, a village near B, the towns of C and D in southern E, and F": A, C, D and F are
captured. A name counts if it stands at an element of the list, and not behind a preposition; behind
a region ("in southern E"), or an aside that a comma closes, the list goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from geoline.reading.english.places.list_cursor import PlaceWalk
from geoline.reading.english.places.place_list import LEADS, PlaceList, joint_size, list_follows
from geoline.reading.english.words.word_classes import (
    AUXILIARIES,
    COORDINATORS,
    DIRECTIONS,
    PARTIAL,
    PREPOSITIONS,
    QUANTITIES,
    RELATIVES,
    SIGNS,
    SUBORDINATORS,
    TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.item import Item

__all__ = ["PlaceList", "list_follows", "places_in"]

MOST_ADJECTIVES = 4


_BEHIND_BOTH = SIGNS | {"are", "were", "have", "had", ",", "and", "", "at", "in", "by"}
_ONE_QUARTER = frozenset({"neighbourhood", "neighborhood"})  # "the neighborhood of X" is X
_QUARTERS = frozenset({"suburbs", "districts", "quarters", "neighbourhoods", "neighborhoods"})
_LISTED = TYPES | {":"}
_ROUGHLY = frozenset({"at", "than", "over", "around", "about", "up", "near"})
_LEAST = QUANTITIES | {"least", "most"}
_CLOSES = frozenset({"as", "too", ",", ".", "also", "and", ""})
_COUNTS = QUANTITIES | PARTIAL | COORDINATORS
_SUBORDINATE = SUBORDINATORS | {"but"}


def places_in(items: Sequence[Item], start: int, stop: int | None = None) -> PlaceList:
    """Find the places that stand as object or subject among the items from `start` on.

    Parameters
    ----------
    items
        A sentence.
    start, stop
        First item to look at, and the one not to (default: the end of the clause).
    """
    walk = _Walk(items, start, len(items) if stop is None else stop)
    walk.run()
    return walk.found


class _Walk(PlaceWalk):
    """Goes along a list of places; `_slot` tells whether a name would be one of them."""

    _steps: ClassVar = {
        "name": "_name", "region": "_region", "type": "_type", "word": "_word", "side": "_side",
        "force": "_force", "pronoun": "_pronoun", "event": "_verb", "speech": "_stop",
        "verb": "_verb", "road": "_road", "post": "_post",
    }  # fmt: skip

    def run(self) -> None:
        """Go along until the list ends."""
        while self.at < self.stop:
            item = self.items[self.at]
            step = self._steps.get(item.kind)
            if step is not None and not getattr(self, step)(item):
                break
            self.at += 1
        found = self.found
        found.stop = self.at
        if not found.names:
            found.end = self.at
        plural = self._noun.endswith("s") or self._noun == "communities"
        if not found.names and not found.means and self._noun and not found.post:
            if self._definite and found.road < 0 and not found.elsewhere:
                found.means, found.means_at = "many" if plural else "one", self._noun_at
            found.counted = plural or not self._definite

    def _stop(self, _item: Item) -> bool:
        return False

    def _name(self, item: Item) -> bool:
        following = self._following
        if item.text.endswith(("'s", "’s")):
            if self._fresh and following is not None and following.kind == "name":
                return True  # "Syria's Saraqib"
            # "Saraqib's outskirts" are not the town.
            self.found.elsewhere = self.found.elsewhere or not self.found.names
            self._slot = "aside"
        elif self._slot == "direct" and self._fresh and (self._qualifies() or self._modifies()):
            pass  # "the Idlib town of X"
        elif self._slot == "direct" and self._fresh and self._locates():
            pass  # "out of X, Idlib, on Thursday"
        elif self._slot == "direct" and self._fresh:
            if self.found.names and following is not None and self._begins(following):
                return False
            self.found.names.append(self.at)
            self.found.end = self.at + 1
        elif self._slot == "beside":
            self._beside = item
        self._fresh = self._fresh and self._qualifies()
        return True

    def _region(self, item: Item) -> bool:
        if self._slot == "direct" and self._fresh and not self.found.names:
            self.found.elsewhere = True
        self._slot, self._beside, self._fresh = "beside", item, False
        return True

    def _type(self, item: Item) -> bool:
        if self._slot == "direct" and self._fresh:
            self._noun, self._noun_at = item.low, self.at
            near = range(max(self.start, self.at - 3), self.at)
            before = {self._low(n) for n in near}
            named = any(self.items[n].kind == "side" and not self.items[n].text.islower()
                        for n in near)  # fmt: skip
            if not named and before & {"the", "this", "that", "both", "these", "those", "all"}:
                self._definite = "yes"
            partial = item.low in PARTIAL - _ONE_QUARTER
            if partial and self._low(self.at + 1) in {"of", "in", "near", "around"}:
                self.found.partly = True
        return True

    def _word(self, item: Item) -> bool:
        low = item.low
        if low in SIGNS or low == '"':
            return low == '"'
        if low == "(":
            return self._bracket()
        steps = (
            (joint_size(self.items, self.at) > 0, self._joined),
            (low in COORDINATORS, self._coordinate),
            (self._opens_list(), self._examples),
            (low in RELATIVES, self._relative),
            (low == "as", lambda: self._low(self.at - 1) == "known"),
            (low == "of", self._of),
            (low in _SUBORDINATE, self._subordinate),
            (low == "then" and self._low(self.at - 1) not in COORDINATORS, self._subordinate),
            (low in PREPOSITIONS or low in DIRECTIONS, self._preposition),
            (low in AUXILIARIES and low != "to", self._auxiliary),
        )
        step = next((step for fits, step in steps if fits), self._plain_word)
        return step()

    def _bracket(self) -> bool:
        close = next((n for n in range(self.at, self.stop) if self._low(n) == ")"), None)
        if close is None or (self._noun.endswith("s") and not self.found.names):
            self._fresh, self._slot = True, "direct"
        else:
            self.at = close
        return True

    def _examples(self) -> bool:
        self.at += self._low(self.at) in {"such", "among"} or self._low(self.at) in RELATIVES
        if self._low(self.at) == "other":  # "among other places, A and B"
            self.at += 1 + (self._low(self.at + 2) == ",")
        self._slot, self._fresh, self._adjectives = "direct", True, 0
        return True

    def _coordinate(self) -> bool:
        if self._low(self.at) == "," and (goes_on := self._comma()) is not None:
            return goes_on
        if self._pair and self._low(self.at) == "and":
            self._pair = False  # "the road between A and B"
            return True
        follows = list_follows(self.items[: self.stop], self.at + 1)
        if follows is None:
            if self._slot != "beside" or self._low(self.at) != "and":
                self._slot = "aside" if self.found.names or self._noun else self._slot
            self._fresh = self._slot == "direct"
            return True
        new_noun = any(self.items[n].kind == "type" for n in range(self.at + 1, follows))
        closes = self._slot == "aside" or (self._low(self.at) == "," and self._opened_by_comma)
        region = self._beside is not None and (
            self._beside.kind == "region" or self._beside.container
        )
        name = self.items[follows]
        open_again = closes or region or new_noun or self._beside is None
        if open_again and not (region and name.container):
            self._slot = "direct"
        self._fresh, self._adjectives = True, 0
        return True

    def _comma(self) -> bool | None:
        """Tell at a comma whether the walk goes on; None if the list may."""
        if self._opens_list_at(self.at + 1):
            return True
        if self.at == self.start:
            over = self._over_aside()
            following = self._following
            self.at = over or self.at
            return bool(over) or (following is not None and following.kind == "days")
        nothing = not (self.found.names or self._noun) and self._slot == "direct"
        dated = self.items[self.at - 1].kind == "days" and self._low(self.start) != ","
        return False if nothing and dated else None

    def _relative(self) -> bool:
        """Pass over a relative clause, to a comma behind which the list goes on."""
        for number in range(self.at + 1, self.stop):
            if self._low(number) in SIGNS or self._low(number) in {"before", "after", "while"}:
                return False
            if size := joint_size(self.items, number):
                follows = list_follows(self.items[: self.stop], number + size)
                self.at = number - 1
                self._slot = "aside"
                return follows is not None
            joined = number + 1 + (self._low(number + 1) == "and")
            if self._low(number) == "," and list_follows(self.items[: self.stop], joined):
                self.at = number - 1
                self._slot = "aside"
                return True
        return False

    def _joined(self) -> bool:
        """Go over "as well as", behind which the list goes on."""
        self.at += joint_size(self.items, self.at) - 1
        self._fresh = True
        if self._slot != "direct" and list_follows(self.items[: self.stop], self.at + 1):
            self._slot, self._adjectives = "direct", 0
        return True

    def _of(self) -> bool:
        before = self.items[self.at - 1] if self.at > self.start else None
        following = self._following
        parts = before is not None and before.low in _QUARTERS
        if parts and following is not None and following.container:
            # "two suburbs of Aleppo, A and B"
            self.found.partly, self._slot, self._beside = False, "beside", following
            return True
        if before is None or before.kind == "type" or before.low in _COUNTS:
            partial = before is not None and before.low in PARTIAL - _ONE_QUARTER
            if partial and self._slot == "direct":
                self.found.partly = True
            return True
        if before.kind != "name":
            if self._slot == "direct" and not self.found.names and before.low not in DIRECTIONS:
                self.found.elsewhere = True
            self._slot, self._fresh = "beside", True
        return True

    def _subordinate(self) -> bool:
        listed = self._low(self.at) == "following" and self._low(self.at - 1) == "the"
        if listed and self.at + 1 < self.stop and self._low(self.at + 1) in _LISTED:
            self.found.counted = True  # "took the following:", "the following villages"
            return True
        if self._low(self.at) in {"following", "since"} and self._slot == "direct":
            return self.at + 1 < self.stop and self.items[self.at + 1].kind == "days"
        if self._low(self.at) == "but" and self._low(self.at + 1) == "also" and self.found.names:
            self.at += 1 + (self._low(self.at + 2) == "of")
            self._slot, self._fresh, self._adjectives = "direct", True, 0
            return True
        return self._relative() if self.found.names and self._low(self.at) == "but" else False

    def _preposition(self) -> bool:
        low = self._low(self.at)
        before = self.items[self.at - 1] if self.at > self.start else None
        following = self._low(self.at + 1)
        if low == "over" and self._low(self.at - 1) == "and":
            return True  # "control over A, and over B"
        if low in _ROUGHLY and (following in _LEAST or following.isdigit()):
            return True  # "at least eight", "around 20"
        if low in DIRECTIONS and self._low(self.at + 1) != "of":
            return True  # "southeast Idlib"; its region follows
        if low == "from":
            self._from()
        if self._slot == "direct" and self._fresh and not self.found.names and not self._noun:
            self.found.elsewhere = self.found.elsewhere or self._adjectives > 0
        if low in {"of", "within"} and self._slot == "beside":
            return True
        self._pair = low == "between"
        self._after = before is not None and before.low == ","
        self._slot, self._beside, self._fresh = "beside", None, True
        return True

    def _from(self) -> None:
        for number in range(self.at + 1, min(self.stop, self.at + 6)):
            if self.items[number].kind == "side":
                self.found.other = self.found.other or self.items[number].value
                return

    def _auxiliary(self) -> bool:
        return self.start == self.at or not (self.found.names or self._noun)

    def _plain_word(self) -> bool:
        item = self.items[self.at]
        following = self._following.kind if self._following is not None else "days"
        begins = self._low(self.at + 1)
        if item.low == "both" and self.at == self.start and begins in _BEHIND_BOTH:
            self.found.means, self.found.means_at = "many", self.at
        elif item.low == "not" and self._low(self.at + 1) == "only":
            self.at += 1 + (self._low(self.at + 2) == "of")  # "control not only of A but also of B"
        elif item.low == "both" and self.at == self.start and following == "days":
            self.found.means, self.found.means_at = "many", self.at
        elif item.low in PARTIAL and self._slot == "direct" and self._low(self.at + 1) == "of":
            self.found.partly = self.found.partly or self._fresh
        elif self._slot == "direct" and self._fresh and item.low not in LEADS:
            self._adjectives += not item.low.isdigit()
            if self._adjectives > MOST_ADJECTIVES:
                self._slot = "aside"
        return True

    def _side(self, item: Item) -> bool:
        if item.possessive or self._prepared():
            return True
        following = self._following
        kinds = {"type", "name", "post", "held"}
        return following is not None and (following.kind in kinds or not item.acts)

    def _force(self, _item: Item) -> bool:
        if self._prepared():
            return True
        if not self.found.names and self._slot == "direct":
            self.found.elsewhere = True
            self._slot = "beside"
            return True
        return False

    def _pronoun(self, item: Item) -> bool:
        alone = item.low == "that" and self.at == self.start
        if alone and self._low(self.at + 1) in _CLOSES:
            self.found.means = "one"  # "and they took that as well"
            return False
        if item.low in RELATIVES:
            return self._examples() if self._opens_list() else self._relative()
        if item.low in {"it", "them"} and not self.found.names and self._slot == "direct":
            self.found.means = "one" if item.low == "it" else "many"
            self.found.means_at = self.at
            self.at += 1
        return item.low in {"them", "it"} and self._slot == "beside"

    def _verb(self, item: Item) -> bool:
        if self._opens_list():
            return self._examples()
        if self.at == self.start:
            return False
        reduced = item.low.endswith(("ed", "held", "en", "un"))
        reduced = reduced and self.items[self.at - 1].kind not in {"side", "days"}
        if reduced and (self.found.names or self._noun):
            return self._relative()
        return False

    def _road(self, _item: Item) -> bool:
        if self._slot == "direct" and self._fresh and not self.found.names:
            self.found.road = self.at
            self.found.end = self.at + 1
        self._fresh = False
        return True

    def _post(self, _item: Item) -> bool:
        if self._slot == "direct" and not self.found.names:
            self.found.post = True
        self._slot, self._fresh = "beside", True
        return True
