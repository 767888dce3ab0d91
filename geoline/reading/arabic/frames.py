"""Arabic sentences: who took which place, told, headed or denied, with its days.

The order is verb, side, place ("سيطرت قوات النظام على أ وب"), or side, verb, place; nouns tell as
verbs do ("تمكنت من السيطرة على أ", "انتهى باحتلالها أ"). A word that governs a noun says whether it
was done, tried, feared or denied. What does not read like that gives nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.reading.arabic.event_days import ArabicEventDays
from geoline.reading.arabic.memory import TAKING, ArabicMemory, listed_frames, remember
from geoline.reading.arabic.mood import arabic_mood
from geoline.reading.arabic.place_list import ENDS, ArabicPlaces, list_of
from geoline.reading.arabic.places import VILLAGES, antecedent, counted_list, places_of
from geoline.reading.arabic.sides import ArabicSides
from geoline.reading.arabic.verbs import CONTROL_NOUNS
from geoline.reading.arabic.words import (
    BECOMING,
    HANDS,
    LASTING,
    OVER,
    RELATIVE,
)
from geoline.reading.shared.item import Item
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.shared.item import VerbForm


__all__ = ["arabic_frames"]

# Words between a verb and what belongs to it.
REACH, NEAR = 14, 6
_FOLLOWED = frozenset(
    {"تلتها", "تلته", "تبعتها", "تبعته", "لحقتها", "تلاها", "اعقبتها", "تبعها", "وتلتها", "وتبعتها",
     "وتلاها", "واعقبتها", "وتبعها", "ولحقتها"}
)  # fmt: skip
# Before "control" where none is taken: areas and lines of control.
_OF_CONTROL = frozenset(
    {"مناطق", "منطقه", "خطوط", "خارطه", "خريطه", "نقاط", "مواقع", "تحت", "خارج"}
)
_IN_HAND = frozenset(
    {"سيطره", "نفوذ", "سلطه", "قبضه", "سيطرتها", "سيطرته", "سيطرتهم", "قبضتها", "قبضته", "بيد",
     "بيدها", "بيده", "بايدي", "يد"}
)  # fmt: skip


def arabic_frames(
    items: Sequence[ArabicItem],
    memory: ArabicMemory | None = None,
    holders: frozenset[str] = frozenset(),
    *,
    told: bool = True,
    now: date | None = None,
) -> list[ToldEvent]:
    """Find the events that an Arabic sentence tells.

    Parameters
    ----------
    items
        The sentence.
    memory
        What was told before; it is brought up to date.
    holders
        Sides that may hold ground, which are preferred where two acted together; empty: all.
    told
        Whether the sentence may tell an event; if not, it is only remembered.
    now
        The day that the sentence is of.
    """
    memory = memory if memory is not None else ArabicMemory()
    memory.now = now or memory.now
    found = listed_frames(items, memory)
    if told and not found:
        found = _Sentence(items, memory, holders).frames()
    remember(items, found, memory)
    return found


@dataclass(slots=True)
class _Sentence:
    items: Sequence[ArabicItem]
    memory: ArabicMemory
    holders: frozenset[str]
    found: list[ToldEvent] = field(default_factory=list)
    sides: ArabicSides = field(init=False)
    days: ArabicEventDays = field(init=False)

    def __post_init__(self) -> None:
        self.sides = ArabicSides(self.items, self.memory, self.holders, self.found)
        self.days = ArabicEventDays(self.items, self.memory, self.found)

    def frames(self) -> list[ToldEvent]:
        """Give what the sentence tells, in its order."""
        for at, item in enumerate(self.items):
            if item.verb is None:
                if self._is_in_hand(at):
                    self._add(at, "fell")
                elif item.low in _FOLLOWED or self._parallel(at):
                    self._follow(at)
            elif event := self._event(at, item.verb):
                self._add(at, event)
        return self.found

    def _event(self, at: int, verb: VerbForm) -> str:
        """Give what a verb tells, empty if it tells nothing of a place."""
        item = self.items[at]
        if verb.slot == "hand" and item.low not in CONTROL_NOUNS:
            became = verb.form != "present" or item.prefix == "ل"
            return "fell" if became and self._hand(at) is not None else ""
        if verb.form == "noun" and self._is_in_hand(at):
            return "fell"
        tells = {
            "gone": self._left_control(at) is not None,
            "back": self._hand(at) is not None,
            "laid": self._laid(at),
            "object": not self._governs_control(at),
            "on": verb.form != "noun" or not self._only_names_control(at),
        }.get("gone" if verb.event == "gone" else verb.slot, True)
        return verb.event if tells else ""

    def _low(self, at: int) -> str:
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def _governs_control(self, at: int) -> bool:
        """Whether "control" is a verb's object, and tells the place: "استعادت السيطرة على أ"."""
        for number in range(at + 1, min(len(self.items), at + REACH)):
            item = self.items[number]
            if item.kind in {"name", "type"} or item.low in ENDS | OVER:
                return False
            if item.kind == "event":
                verb = item.verb
                control = verb is not None and verb.slot == "on" and verb.form == "noun"
                return control and item.prefix != "ل"
        return False

    def _only_names_control(self, at: int) -> bool:
        """Whether "control" is a region's or a line's ("areas of control"), or is in some hand."""
        return self._low(at - 1) in _OF_CONTROL

    def _left_control(self, at: int) -> int | None:
        """Give where "of A's control" stands behind "went out"."""
        for number in range(at + 1, min(len(self.items), at + REACH)):
            if self._low(number) in ENDS | {"منذ"}:
                break
            if self._low(number) in HANDS and self._low(number - 1) in {"من", "عن"}:
                lasting = "منذ" in {self._low(number + n) for n in range(1, 5)}
                return None if lasting else number
        return None

    def _laid(self, at: int) -> bool:
        return any(self._low(n).startswith(("يد", "اليد")) for n in range(at + 1, at + 6))

    def _hand(self, at: int) -> int | None:
        """Give where "in the hands of" stands behind a verb."""
        for number in range(at + 1, min(len(self.items), at + REACH)):
            item = self.items[number]
            if item.low in ENDS or (item.kind == "event" and item.low not in HANDS):
                return None
            if item.low in HANDS:
                return number
        return None

    def _is_in_hand(self, at: int) -> bool:
        """Whether a place "is now in A's hands", without a verb that says so."""
        low = self._low(at)
        led = self._low(at - 1) in {"تحت", "في"} or low.startswith("ب")
        if low not in _IN_HAND or not led:
            return False
        first = max(self.days.clause(at), at - NEAR)
        clause = {self._low(n) for n in range(first, at)}
        if clause & (LASTING | RELATIVE) or "منذ" in {self._low(at + n) for n in range(NEAR)}:
            return False
        verbs = [i.low for i in self.items[max(0, at - NEAR) : at] if i.kind == "event"]
        if verbs:
            return len(verbs) == 1 and verbs[0] in {"دخل", "دخلت", "تدخل"}
        marked = self.items[0].kind == "days" or not self.items[0].low[:1].isalpha()
        headline = (self._low(len(self.items) - 1) not in ENDS or marked) and at <= NEAR
        return bool(clause & BECOMING) or headline

    def _add(self, at: int, event: str) -> None:
        items = self.items
        verb = items[at].verb
        places = places_of(items, at) if verb is not None else ArabicPlaces()
        in_hand = verb is None or (event == "fell" and verb.slot not in {"subject", "hand"})
        if in_hand:
            places = self._held_place(at)
        if not places:
            return
        mood = arabic_mood(items, at, in_hand=in_hand)
        if mood is None:
            return
        frame = ToldEvent(event, at, mood)
        self._whose(frame, places, in_hand=in_hand)
        if places.names:
            frame.places = [items[n] for n in places.names]
        else:
            counts = places.means == "many" or self._of_villages(at)
            if counts and items[-1].low == ":" and mood == "asserted":
                frame.days = [self.days.of(at, places)]
                self.memory.counted = frame
                return
            frame.places = self._meant(places)
            if not frame.places:
                return
        if places.partly and frame.event in TAKEN:
            frame.event = "entered"
        frame.days = [self.days.of(at, places)] * len(frame.places)
        frame.tense = "before" if self.days.perfect(at) else "past"
        self.found.append(frame)
        self._go_on(frame, places)

    def _parallel(self, at: int) -> bool:
        """Whether days and a place stand for a clause: "on Saturday A, and on Sunday B"."""
        item = self.items[at]
        following = self.items[at + 1].kind if at + 1 < len(self.items) else ""
        joined = item.kind == "days" and item.text.startswith("و")
        return joined and following in {"name", "type"}

    def _follow(self, at: int) -> None:
        """Say of places what was said of those before: "A fell, and B followed"."""
        places = list_of(self.items, at + 1)
        if not self.found or not places.names or self.found[-1].event not in TAKING:
            return
        last = self.found[-1]
        more = ToldEvent(last.event, at, last.mood, [self.items[n] for n in places.names])
        days = self.items[at].days or self.days.behind(at, places)
        more.days = [days or last.days[0]] * len(places.names)
        more.side, more.side_means, more.other = last.side, last.side_means, last.other
        self.found.append(more)

    def _go_on(self, frame: ToldEvent, before: ArabicPlaces) -> None:
        """Read "and over B on Monday" behind "took control over A on Sunday"."""
        items = self.items
        verb = items[frame.at].verb
        if verb is None or verb.slot != "on":
            return
        for number in range(before.end, len(items)):
            item = items[number]
            if item.kind in {"event", "side"} or item.low in ENDS:
                return
            if item.low in OVER and item.conjunction:
                places = list_of(items, number + 1)
                if places.names:
                    days = self.days.behind(number, places) or frame.days[0]
                    event = "entered" if places.partly else frame.event
                    more = ToldEvent(event, frame.at, frame.mood, [items[n] for n in places.names])
                    more.days = [days] * len(places.names)
                    more.side, more.side_means, more.other = (
                        frame.side,
                        frame.side_means,
                        frame.other,
                    )
                    self.found.append(more)
                return

    def _of_villages(self, at: int) -> bool:
        """Whether "which they took" is said of villages."""
        return any(self._low(n) in VILLAGES for n in range(max(0, at - 4), at))

    def _held_place(self, at: int) -> ArabicPlaces:
        for number in range(at - 1, -1, -1):
            if self.items[number].low in ENDS:
                break
            if self.items[number].kind == "name":
                return ArabicPlaces([number], start=number, end=number + 1)
        return ArabicPlaces(means="one", start=at, end=at + 1)

    def _meant(self, places: ArabicPlaces) -> list[Item]:
        """Give the names that "it" or "the two villages" mean, here or in the sentences before."""
        here = counted_list(self.items, places.start)
        here = here or antecedent(self.items, places.start, places.means)
        if here:
            return [self.items[n] for n in here]
        told = [frame.places for frame in self.found if frame.places] or [self.memory.places]
        names = told[-1]
        if places.means == "many":
            return _elsewhere(names) if len(names) > 1 else []
        return _elsewhere(names[-1:]) if len(names) > 0 else []

    def _whose(self, frame: ToldEvent, places: ArabicPlaces, *, in_hand: bool) -> None:
        """Set who took the places, and from whom."""
        items, at = self.items, frame.at
        verb = items[at].verb
        if frame.event == "gone":
            frame.event = "captured"
            left = self._left_control(at)
            lost = self.sides.owner(left) if left is not None else ""
            self._set(frame, self.sides.opponent(lost), lost)
            return
        if frame.event == "fell" or in_hand:
            frame.event = "captured"
            hand = at if in_hand else self._hand(at)
            side = self.sides.owner(hand) if hand is not None else ""
            self._set(frame, side or self.sides.acting() or self.sides.later(at, places), "")
            return
        governor = self._control_governor(at)
        if governor in {"recaptured", "lost"} and frame.event == "captured":
            frame.event = governor
        if frame.event == "lost":
            loser = self.sides.side_behind(at, places) or self.sides.nearest(at, free=False)
            hand = next(
                (n for n in range(at + 1, min(len(items), at + 2 * REACH))
                 if items[n].low in {"لصالح", "لمصلحه", "امام", "بيد"}), None
            )  # fmt: skip
            taker = self.sides.owner(hand) if hand is not None else ""
            frame.event = "captured"
            taker = taker or self.sides.opponent(loser)
            self._set(frame, taker, loser)
            return
        other = self.sides.other(at, places)
        if verb is not None and verb.slot == "out":
            side, other = self.sides.driver(at)
        else:
            side = self.sides.subject(at, places)
        self._set(frame, side, other)

    def _set(self, frame: ToldEvent, side: str, other: str) -> None:
        frame.side, frame.side_means = (side, "") if side else ("", "they")
        frame.other = other if other != side else ""

    def _control_governor(self, at: int) -> str:
        """Give what is done with control: it is regained, or lost."""
        verb = self.items[at].verb
        if verb is None or verb.form != "noun":
            return ""
        for number in range(at - 1, max(-1, at - REACH), -1):
            item = self.items[number]
            if item.low in ENDS or item.kind == "name":
                return ""
            if item.verb is not None:
                return item.verb.event if item.verb.slot == "object" else ""
        return ""


def _elsewhere(names: Sequence[Item]) -> list[Item]:
    return [Item("name", -1, -1, i.low, i.text, known=i.known) for i in names]
