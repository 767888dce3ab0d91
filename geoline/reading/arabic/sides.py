"""Whose an Arabic verb is: the side behind it, before it, or the one that acted before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.reading.arabic.items import may_name
from geoline.reading.arabic.memory import GONE, TAKING
from geoline.reading.arabic.place_list import ENDS
from geoline.reading.arabic.words.verbs import CONTROL_NOUNS
from geoline.reading.arabic.words.word_classes import (
    AIMS,
    BREAKS,
    COMMAS,
    HANDS,
    MANAGED,
    MEN,
    NOT_PLACES,
    OVER_IT,
    PREPOSITIONS,
    SAYING,
    THAT,
    TROOPS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.arabic.place_list import ArabicPlaces
    from geoline.reading.shared.report_memory import ReportMemory
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["ArabicSides", "other_event"]

# Words between a verb and its side, behind it and before it.
REACH, BACK = 14, 40
# A noun so near the start may stand before whose it is.
FIRST = 4
# Words of a group's name between "and" and what governs it.
NEAR_GROUP = 5
AGAINST = frozenset({"حساب", "ضد", "بوجه"})
# "By" behind a passive.
_BY = {("من", "قبل"), ("علي", "يد"), ("علي", "ايدي"), ("من", "جانب")}


def other_event(items: Sequence[ArabicItem], at: int, places: ArabicPlaces) -> bool:
    """Whether an item behind the places of a verb tells another event."""
    item = items[at]
    if item.kind != "event" or item.verb is None or at < places.end or item.low in HANDS:
        return False
    return item.verb.form == "past" or item.verb.slot != "near"


@dataclass(slots=True)
class ArabicSides:
    """Finds sides in a sentence.

    Parameters
    ----------
    items, memory
        The sentence, and what was told before it.
    holders
        Sides that may hold ground, which are preferred where two acted together; empty: all.
    found
        What the sentence told so far.
    """

    items: Sequence[ArabicItem]
    memory: ReportMemory
    holders: frozenset[str]
    found: list[ToldEvent]

    def _low(self, at: int) -> str:
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def opponent(self, loser: str) -> str:
        """Give who takes what a side loses: the other side of the sentence, or of those before."""
        others = [i.value for i in self.items if i.kind == "side" and i.value in self.holders]
        others += [self.memory.leader, self.memory.last_named, self.memory.beside]
        return next((side for side in others if side and side != loser), "")

    def side_behind(self, at: int, places: ArabicPlaces) -> str:
        """Give the side between a verb and its places."""
        last = places.start if places.start > at else at + REACH
        for number in range(at + 1, min(len(self.items), max(last, at + 2))):
            if self.items[number].kind == "side" and self.free(number):
                return self.joint(number)
            if self._low(number) in ENDS or self.items[number].kind == "event":
                break
        return ""

    def owner(self, at: int) -> str:
        """Give the side behind "in the hands of"; "his hands" are of the side named before."""
        for number in range(at + 1, min(len(self.items), at + 5)):
            item = self.items[number]
            if item.kind == "side":
                return self.joint(number)
            if item.low in ENDS | COMMAS or item.kind == "event":
                break
        before = self.nearest(at, free=True)
        return before or self.acting()

    def joint(self, at: int) -> str:
        """Give the side at an item, or one that may hold ground and acts together with it."""
        side = self.items[at].value
        if not self.holders or side in self.holders:
            return side
        for number in range(at + 1, min(len(self.items), at + 5)):
            item = self.items[number]
            if item.kind == "side" and item.conjunction and item.value in self.holders:
                return item.value
            if item.kind not in {"word", "side"} or item.low in PREPOSITIONS | ENDS:
                break
        return side

    def free(self, at: int) -> bool:
        """Whether nothing governs a side."""
        item, before = self.items[at], self._low(at - 1)
        if item.conjunction and (joined := self._joined_to(at)) is not None:
            return self.free(joined)
        if item.prefix in {"ب", "ك"} or before in AGAINST:
            return False  # "at the expense of B", "against B"
        if before == "من" and self._low(at - 2) in MEN:
            return True
        if before == "في" and not MEN.isdisjoint(self._low(n) for n in range(at - 4, at - 1)):
            return True  # "units of the army"
        return before not in PREPOSITIONS - {"قبل"}

    def _joined_to(self, at: int) -> int | None:
        """Give the side, or the group that no list has, that "and" joins a side to."""
        first = at - 1
        while first > max(0, at - NEAR_GROUP) and may_name(self.items[first]):
            first -= 1
        if first >= 0 and self.items[first].kind == "side":
            return first
        governed = first < at - 1 and self._low(first) in NOT_PLACES | MEN
        return first if governed and self._low(first - 1) in PREPOSITIONS else None

    def nearest(self, at: int, *, free: bool) -> str:
        """Give the nearest side before an item; rather one that a verb may have as its subject."""
        weak = ""
        for number in range(at - 1, max(-1, at - BACK), -1):
            item = self.items[number]
            if item.low in ENDS:
                break
            if item.kind == "side" and self._counts(number, free=free):
                if not free or self._leads(number):
                    return self.joint(number)
                weak = weak or self.joint(number)
            if free and self._are_troops(number):
                return weak or self._troops(number)
        return weak

    def _counts(self, at: int, *, free: bool) -> bool:
        """Whether a side may be meant: it is free, or holds ground and need not be."""
        held = not free and (not self.holders or self.items[at].value in self.holders)
        return held or self.free(at)

    def _are_troops(self, at: int) -> bool:
        return self._low(at) in TROOPS and self._low(at - 1) not in PREPOSITIONS

    def _leads(self, at: int) -> bool:
        """Whether a side stands where a subject does, and not as a noun's owner."""
        item = self.items[at]
        before = self.items[at - 1] if at else None
        if before is None or item.conjunction or before.kind == "days":
            return True
        if before.verb is not None:
            return before.verb.form != "noun" or before.verb.slot not in {"out", "near"}
        verbal = before.low.endswith("ت") and not before.low.endswith("ات")
        verbal = verbal or before.low[:1] in "يت"
        return verbal or before.low in COMMAS | ENDS | THAT | BREAKS | MANAGED | AIMS | SAYING

    def acting(self) -> str:
        """Give the side that took something last."""
        acted = [frame.side for frame in self.found if frame.side and frame.event in TAKING]
        return acted[-1] if acted else self.memory.leader

    def subject(self, at: int, places: ArabicPlaces) -> str:
        """Give the side behind the verb, else the one before it, else who acted before."""
        of_noun = bool(self.items[at].pronoun) and self.items[at].form == "noun"
        found = self._near_verb(at, places, of_noun=of_noun)
        found = found or self._by(at, places) or self.nearest(at, free=True)
        left = [event for event in self.found if event.event in GONE and event.side == found]
        if left and (of_noun or places.means == "one"):
            return self.opponent(found)  # "B left A; so the areas under its control rose to five"
        if not found and (of_noun or not self.acting()):
            found = self.later(at, places)
        return found or self.acting()

    def _near_verb(self, at: int, places: ArabicPlaces, *, of_noun: bool) -> str:
        """Give the side right behind a verb, or behind "over it"."""
        last = places.start if places.start > at else at + REACH
        found = self._behind(at + 1, max(last, at + 2))
        if not found and self.items[at].pronoun and not of_noun:
            found = self._next(at + 1)  # "استردتها الفصائل"
        if not found and places.start and self._low(places.start) in OVER_IT:
            found = self._next(places.start + 1)
        return found

    def later(self, at: int, places: ArabicPlaces) -> str:
        """Give the side of "After its capture of A the army …", "With the fall of A the army …"."""
        if at > FIRST or self.items[at].form != "noun":
            return ""
        free = (n for n in range(places.end, len(self.items)) if self._is_free(n))
        return next((self.joint(n) for n in free), "")

    def _is_free(self, at: int) -> bool:
        return self.items[at].kind == "side" and self.free(at)

    def _behind(self, first: int, last: int) -> str:
        for number in range(first, min(len(self.items), last)):
            item = self.items[number]
            if self._is_free(number):
                return self.joint(number)
            if item.low in ENDS or (item.kind == "event" and item.low not in CONTROL_NOUNS):
                break
            if item.low in TROOPS and not item.prefix:
                return self._troops(number)
        return ""

    def _next(self, first: int) -> str:
        """Give the side that stands next, but for days."""
        for number in range(first, min(len(self.items), first + 3)):
            if self._is_free(number):
                return self.joint(number)
            if self._low(number) in TROOPS:
                return self._troops(number)
            if self.items[number].kind != "days":
                break
        return ""

    def _by(self, at: int, places: ArabicPlaces) -> str:
        """Give the side behind the "by" of a passive."""
        end = max(at, places.end)
        for number in range(max(at, places.end - 1), min(len(self.items) - 1, end + REACH)):
            if self._low(number) in ENDS or other_event(self.items, number, places):
                break
            by = (self._low(number - 1), self._low(number)) in _BY
            if by and self.items[number + 1].kind == "side":
                return self.joint(number + 1)
        return ""

    def _troops(self, at: int) -> str:
        """Give whose "these troops" are: of the side named last, else of the one that acted."""
        before = self.nearest(at, free=False) if self.items[at].low[-1] in "هام" else ""
        if self._low(at - 1) in {"هذه", "تلك"}:
            return before or self.memory.last_named or self.acting()
        return before or self.acting()

    def driver(self, at: int) -> tuple[str, str]:
        """Give who drove out, and whom."""
        item = self.items[at]
        noun = item.form == "noun"
        sides, troops = self._driven(at)
        if len(set(sides)) > 1:
            return sides[0], sides[1]
        whom = next(iter(sides), "")
        if item.pronoun and whom and not noun:
            return whom, ""
        driven = whom or (self.memory.leader if item.pronoun else "")
        candidates = (troops, self._driver_before(at), self.acting(), self.memory.last_named)
        driver = next((side for side in candidates if side not in {"", driven}), "")
        return (driver, whom) if driver or noun else (whom, "")

    def _driven(self, at: int) -> tuple[list[str], str]:
        """Give the sides behind "drove out" up to "from", and whose troops stand before them."""
        sides: list[str] = []
        troops = ""
        for number in range(at + 1, min(len(self.items), at + REACH)):
            item = self.items[number]
            if self._is_free(number):
                sides.append(self.joint(number))
            if item.low in ENDS | {"من", "عن"} or item.kind == "event":
                break
            if item.low in TROOPS and not troops and not sides:
                troops = self._troops(number)
        return sides, troops

    def _driver_before(self, at: int) -> str:
        for number in range(at - 1, max(-1, at - BACK), -1):
            item = self.items[number]
            if item.low in ENDS:
                break
            if self._is_free(number):
                return self.joint(number)
            if self._are_troops(number):
                return self._troops(number)
        return ""

    def other(self, at: int, places: ArabicPlaces) -> str:
        """Give from whom places were taken."""
        for number in range(at + 1, min(len(self.items), places.end + 6)):
            item = self.items[number]
            if item.low in ENDS:
                break
            if item.kind == "side" and self._low(number - 1) in {"من", "عن"}:
                return item.value
        return ""
