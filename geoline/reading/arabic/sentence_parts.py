"""An Arabic sentence as rules read it: its items, sides and days, and what it told so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.reading.arabic.event_days import ArabicEventDays
from geoline.reading.arabic.place_list import ENDS, ArabicPlaces
from geoline.reading.arabic.places import VILLAGES, antecedent, named_later
from geoline.reading.arabic.sides import ArabicSides
from geoline.reading.arabic.words.word_classes import (
    BECOMING,
    ENTERING,
    HANDS,
    IN_FAVOUR,
    IN_HAND,
    LASTING,
    MANAGED,
    OF_CONTROL,
    OVER,
    RELATIVE,
)
from geoline.reading.shared.item import Item
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.shared.report_memory import ReportMemory

__all__ = ["REACH", "ArabicParts"]

# Words between a verb and what belongs to it.
REACH, NEAR = 14, 6
_SINCE = "منذ"
# "After their control of": what was done, and no hand that a place came into.
_AFTER = frozenset({"بعد", "عقب", "اثر", "قبل"})
_LASTING = LASTING | RELATIVE


@dataclass(slots=True)
class ArabicParts:
    """A sentence, what was told before it, and what it told so far.

    Parameters
    ----------
    items
        The sentence.
    memory
        What was told before it.
    holders
        Sides that may hold ground, which are preferred where two acted together; empty: all.
    now
        The day that the sentence is of.
    """

    items: Sequence[ArabicItem]
    memory: ReportMemory
    holders: frozenset[str]
    now: date | None
    found: list[ToldEvent] = field(default_factory=list)
    sides: ArabicSides = field(init=False)
    days: ArabicEventDays = field(init=False)

    def __post_init__(self) -> None:
        self.sides = ArabicSides(self.items, self.memory, self.holders, self.found)
        self.days = ArabicEventDays(self.items, self.memory, self.now, self.found)

    def add(self, told: Iterable[ToldEvent]) -> None:
        """Keep what was read; what is told of places that the next lines name is remembered."""
        for event in told:
            if event.counted and self.items[-1].low == ":":
                self.memory.listing, self.memory.listed = event, range(0)
            else:
                self.found.append(event)

    def low(self, at: int) -> str:
        """Give a word, empty outside the sentence."""
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def placed(self, told: ToldEvent, places: ArabicPlaces) -> list[ToldEvent]:
        """Say an event of its places, with its days; none if it is not known which are meant."""
        items, at = self.items, told.at
        if not places.names and (places.counted or places.means == "many"):
            places.names = named_later(items, places.end)
        if places.names:
            told.places = [items[n] for n in places.names]
        elif told.mood == "asserted" and self._counts(at, places) and items[-1].low == ":":
            told.days, told.counted = [self.days.of(at, places)], True
            return [told]
        elif places.counted:
            told.places = []
        else:
            told.places = self._meant(places)
        if not told.places:
            many = places.counted or places.means == "many"
            told.days, told.counted = [self.days.of(at, places)], many
            return [told] if many and told.event in TAKEN else []
        if places.partly and told.event in TAKEN:
            told.event = "entered"
        told.days = [self.days.of(at, places)] * len(told.places)
        told.tense = "before" if self.days.perfect(at) else "past"
        return [told]

    def _counts(self, at: int, places: ArabicPlaces) -> bool:
        """Whether villages are only counted: "many", or "which they took" is said of villages."""
        near = range(max(0, at - 4), at)
        return (
            places.means == "many" or places.counted or any(self.low(n) in VILLAGES for n in near)
        )

    def _meant(self, places: ArabicPlaces) -> list[Item]:
        """Give the names that "it" or "the two villages" mean, here or in the sentences before."""
        here = antecedent(self.items, places.start, places.means)
        if here:
            return [self.items[n] for n in here]
        told = [event.places for event in self.found if event.places]
        names = told[-1] if told else self.memory.told_names
        if places.means == "many":
            return _elsewhere(names) if len(names) > 1 else []
        return _elsewhere(names[-1:])

    def governs_control(self, at: int) -> bool:
        """Whether "control" is a verb's object, and tells the place: "استعادت السيطرة على أ"."""
        for number in range(at + 1, min(len(self.items), at + REACH)):
            item = self.items[number]
            if item.kind in {"name", "type"} or item.low in ENDS | OVER:
                return False
            if item.verb is not None and item.kind == "event":
                return item.verb.slot == "on" and item.verb.form == "noun" and item.prefix != "ل"
        return False

    def names_control(self, at: int) -> bool:
        """Whether "control" is a region's or a line's ("areas of control")."""
        return self.low(at - 1) in OF_CONTROL

    def hand(self, at: int) -> int | None:
        """Give where "in the hands of" stands behind a verb."""
        for number in range(at + 1, min(len(self.items), at + REACH)):
            item = self.items[number]
            if item.low in HANDS and self._is_led(number):
                return number
            if item.low in ENDS or item.kind == "event":
                return None
        return None

    def _is_led(self, at: int) -> bool:
        """Whether "control" is what a place comes into, and not somebody's act."""
        return self.items[at].prefix != "" or self.low(at - 1) not in _AFTER | MANAGED

    def is_in_hand(self, at: int) -> bool:
        """Whether a place "is now in A's hands", without a verb that says so."""
        low = self.low(at)
        led = low.startswith("ب") or self.low(at - 1) in {"تحت", "في"}
        if low not in IN_HAND or not led:
            return False
        first = max(self.days.clause(at), at - NEAR)
        clause = {self.low(n) for n in range(first, at)}
        if clause & _LASTING or any(self.low(at + n) == _SINCE for n in range(NEAR)):
            return False
        verbs = [i.low for i in self.items[max(0, at - NEAR) : at] if i.kind == "event"]
        if verbs:
            return len(verbs) == 1 and verbs[0] in ENTERING
        return bool(clause & BECOMING) or self._in_headline(at)

    def _in_headline(self, at: int) -> bool:
        marked = self.items[0].kind == "days" or not self.low(0)[:1].isalpha()
        return at <= NEAR and (marked or self.low(len(self.items) - 1) not in ENDS)

    def control_governor(self, at: int) -> str:
        """Give what is done with control, where it is a noun: it is regained, or lost."""
        for number in range(at - 1, max(-1, at - REACH), -1):
            item = self.items[number]
            if item.low in ENDS or item.kind == "name":
                return ""
            if item.verb is not None:
                return item.verb.event if item.verb.slot == "object" else ""
        return ""

    def beyond(self, at: int) -> int | None:
        """Give where "in favour of" or "in the hands of" stands behind what was lost."""
        last = min(len(self.items), at + 2 * REACH)
        return next((n for n in range(at + 1, last) if self.low(n) in IN_FAVOUR), None)


def _elsewhere(names: Sequence[Item]) -> list[Item]:
    return [Item("name", -1, -1, i.low, i.text, known=i.known) for i in names]
