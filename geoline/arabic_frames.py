"""Arabic sentences: who took which place, told, headed or denied, with its days.

The order is verb, side, place ("سيطرت قوات النظام على أ وب"), or side, verb, place; nouns tell as
verbs do ("تمكنت من السيطرة على أ", "انتهى باحتلالها أ"). A word that governs a noun says whether it
was done, tried, feared or denied. What does not read like that gives nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.arabic_mood import arabic_mood
from geoline.arabic_places import ENDS, ArabicPlaces, antecedent, counted_list, list_of, places_of
from geoline.arabic_verbs import CONTROL_NOUNS
from geoline.arabic_words import (
    AIMS,
    BECOMING,
    BREAKS,
    CLOCK,
    FULLY,
    HANDS,
    LASTING,
    MANAGED,
    OVER,
    OVER_IT,
    PREPOSITIONS,
    REGIONS,
    RELATIVE,
    SAYING,
    THAT,
    TROOPS,
)
from geoline.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.arabic_items import ArabicItem
    from geoline.report_days import DaysSaid
    from geoline.sentence_item import Item

__all__ = ["ArabicMemory", "arabic_frames"]

# Words between a verb and its side, behind it and before it.
REACH, BACK = 14, 40
# A noun so near the start may stand before whose it is.
FIRST = 4
# Days that hold for what is told next are no more than so many.
# Sentences for which they hold; those of a heading hold until the next.
SENTENCES, FOR_LONG = 2, 40
LONGEST_SCENE = timedelta(days=3)
_TAKING = frozenset({"captured", "recaptured", "fell", "lost"})
_COMMAS = frozenset("،,")
# "By" behind a passive.
_BY = {("من", "قبل"), ("علي", "يد"), ("علي", "ايدي"), ("من", "جانب")}
_MEN = frozenset({"مقاتلون", "مقاتلين", "عناصر", "مجموعات", "مجموعه", "مسلحون", "قوات", "ارتال", "وحدات"})
# "Is now", "has become": so by the day of the report.
_BY_NOW = frozenset({"بات", "باتت", "اصبح", "اصبحت", "صار", "صارت"})


@dataclass(slots=True)
class ArabicMemory:
    """What was told before a sentence: the side that acted, the one named last, places, days."""

    side: str = ""
    named: str = ""
    places: list[Item] = field(default_factory=list)
    days: DaysSaid | None = None
    other: str = ""
    left: int = 0


def arabic_frames(
    items: Sequence[ArabicItem],
    memory: ArabicMemory | None = None,
    holders: frozenset[str] = frozenset(),
    *,
    told: bool = True,
) -> list[Frame]:
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
    """
    memory = memory if memory is not None else ArabicMemory()
    reader = _Sentence(items, memory, holders)
    found = reader.frames() if told else []
    _remember(items, found, memory)
    return found


@dataclass(slots=True)
class _Sentence:
    items: Sequence[ArabicItem]
    memory: ArabicMemory
    holders: frozenset[str]
    found: list[Frame] = field(default_factory=list)

    def frames(self) -> list[Frame]:
        for at, item in enumerate(self.items):
            verb = item.verb
            if verb is None:
                if item.low in HANDS and self._is_in_hand(at):
                    self._add(at, "fell")
            elif verb.slot == "hand" and item.low not in CONTROL_NOUNS:
                became = verb.form != "present" or item.prefix == "ل"
                if became and self._hand(at) is not None:
                    self._add(at, "fell")
            elif verb.event == "gone":
                if self._left_control(at) is not None:
                    self._add(at, "gone")
            elif verb.slot == "back" and self._hand(at) is None:
                continue
            elif verb.slot == "laid" and not self._laid(at):
                continue
            elif verb.slot == "object" and self._governs_control(at):
                continue
            elif verb.form == "noun" and self._is_in_hand(at):
                self._add(at, "fell")
            elif not (verb.form == "noun" and self._only_names_control(at)):
                self._add(at, verb.event)
        return self.found

    def _low(self, at: int) -> str:
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def _governs_control(self, at: int) -> bool:
        """Whether "control" is a verb's object, and tells the place: "استعادت السيطرة على أ"."""
        for number in range(at + 1, min(len(self.items), at + REACH)):
            item = self.items[number]
            if item.kind in {"name", "type"} or item.low in ENDS | OVER:
                return False
            if item.kind == "event":
                control = item.verb is not None and item.verb.slot == "on"
                return control and item.verb.form == "noun" and item.prefix != "ل"
        return False

    def _only_names_control(self, at: int) -> bool:
        """Whether "control" is a region's or a line's ("areas of control"), or is in some hand."""
        before = self._low(at - 1)
        return (
            before
            in {"مناطق", "منطقه", "خطوط", "خارطه", "خريطه", "نقاط", "مواقع", "تحت", "عن", "خارج"}
            and (self.items[at].low in CONTROL_NOUNS or bool(self.items[at].pronoun))
            and before != "عن"
        )

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
            if item.low in HANDS and self._low(number - 1) not in {"و"}:
                return number
        return None

    def _is_in_hand(self, at: int) -> bool:
        """Whether a place "is now in A's hands", without a verb."""
        low = self._low(at)
        led = self._low(at - 1) in {"تحت", "في"} or low.startswith("ب")
        if low not in HANDS or not led or low in {"بين"}:
            return False
        if low not in CONTROL_NOUNS | {
            "سيطرتها",
            "سيطرته",
            "سيطرتهم",
            "قبضتها",
            "قبضته",
            "قبضه",
            "بيد",
            "بيدها",
            "بيده",
            "بايدي",
            "يد",
        }:
            return False
        clause = [self._low(n) for n in range(max(self._clause(at), at - 6), at)]
        if set(clause) & LASTING:
            return False
        verbs = [self.items[n] for n in range(max(0, at - 6), at) if self.items[n].kind == "event"]
        if verbs and not (len(verbs) == 1 and verbs[0].low in {"دخل", "دخلت", "تدخل"}):
            return False
        if verbs:
            return True
        headline = self._low(len(self.items) - 1) not in ENDS and at <= 6
        return bool(set(clause) & BECOMING) or headline

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
        frame = Frame(event, at, mood)
        self._whose(frame, places, in_hand=in_hand)
        if places.names:
            frame.places = [items[n] for n in places.names]
        else:
            frame.places = self._meant(places)
            if not frame.places:
                return
        if places.partly and frame.event in {"captured", "recaptured"}:
            frame.event = "entered"
        frame.days = [self._days(at, places)] * len(frame.places)
        self.found.append(frame)
        self._go_on(frame, places)

    def _go_on(self, frame: Frame, before: ArabicPlaces) -> None:
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
                    days = self._days_behind(number, places) or frame.days[0]
                    event = "entered" if places.partly else frame.event
                    more = Frame(event, frame.at, frame.mood, [items[n] for n in places.names])
                    more.days = [days] * len(places.names)
                    more.side, more.side_means, more.other = (
                        frame.side,
                        frame.side_means,
                        frame.other,
                    )
                    self.found.append(more)
                return

    def _held_place(self, at: int) -> ArabicPlaces:
        for number in range(at - 1, -1, -1):
            if self.items[number].low in ENDS:
                break
            if self.items[number].kind == "name":
                return ArabicPlaces([number], start=number, end=number + 1)
        return ArabicPlaces(means="one", start=at, end=at + 1)

    def _meant(self, places: ArabicPlaces) -> list[Item]:
        """Give the names that "it" or "the two villages" mean, here or in the sentences before."""
        here = antecedent(self.items, places.start, places.means)
        here = here or counted_list(self.items, places.start)
        if here:
            return [self.items[n] for n in here]
        told = [frame.places for frame in self.found if frame.places] or [self.memory.places]
        names = told[-1]
        if places.means == "many":
            return _elsewhere(names) if len(names) > 1 else []
        return _elsewhere(names[-1:]) if len(names) > 0 else []

    def _whose(self, frame: Frame, places: ArabicPlaces, *, in_hand: bool) -> None:
        """Set who took the places, and from whom."""
        items, at = self.items, frame.at
        verb = items[at].verb
        if frame.event == "gone":
            frame.event = "captured"
            left = self._left_control(at)
            lost = self._owner(left) if left is not None else ""
            self._set(frame, self._opponent(lost), lost)
            return
        if frame.event == "fell" or in_hand:
            frame.event = "captured"
            hand = at if in_hand else self._hand(at)
            side = self._owner(hand) if hand is not None else ""
            self._set(frame, side or self._acting(), "")
            return
        governor = self._control_governor(at)
        if governor in {"recaptured", "lost"} and frame.event == "captured":
            frame.event = governor
        if frame.event == "lost":
            loser = self._side_behind(at, places) or self._nearest(at, free=False)
            hand = next(
                (n for n in range(at + 1, min(len(items), at + 2 * REACH))
                 if items[n].low in {"لصالح", "لمصلحه", "امام", "بيد"}), None
            )  # fmt: skip
            taker = self._owner(hand) if hand is not None else ""
            frame.event = "captured"
            taker = taker or self._opponent(loser)
            self._set(frame, taker, loser)
            return
        other = self._other(at, places)
        if verb is not None and verb.slot == "out":
            side, other = self._driver(at)
        else:
            side = self._subject(at, places)
        self._set(frame, side, other)

    def _opponent(self, loser: str) -> str:
        """Give who takes what a side loses: the other side of the sentence, or of those before."""
        others = [i.value for i in self.items if i.kind == "side" and i.value in self.holders]
        others += [self.memory.side, self.memory.named, self.memory.other]
        return next((side for side in others if side and side != loser), "")

    def _side_behind(self, at: int, places: ArabicPlaces) -> str:
        last = places.start if places.start > at else at + REACH
        for number in range(at + 1, min(len(self.items), max(last, at + 2))):
            if self.items[number].kind == "side" and self._free(number):
                return self._joint(number)
            if self._low(number) in ENDS or self.items[number].kind == "event":
                break
        return ""

    def _set(self, frame: Frame, side: str, other: str) -> None:
        frame.side, frame.side_means = (side, "") if side else ("", "they")
        frame.other = other if other != side else ""

    def _control_governor(self, at: int) -> str:
        """Give what is done with control: it is regained, or lost."""
        if self.items[at].verb is None or self.items[at].verb.form != "noun":
            return ""
        for number in range(at - 1, max(-1, at - REACH), -1):
            item = self.items[number]
            if item.low in ENDS or item.kind in {"name"}:
                return ""
            if item.verb is not None:
                return item.verb.event if item.verb.slot == "object" else ""
        return ""

    def _clause(self, at: int) -> int:
        """Where the clause of an item begins: behind a comma or a sign."""
        while at > 0 and self.items[at - 1].low not in ENDS | _COMMAS:
            at -= 1
        return at

    def _owner(self, at: int) -> str:
        """Give the side behind "in the hands of"; "his hands" are of the side named before."""
        for number in range(at + 1, min(len(self.items), at + 5)):
            item = self.items[number]
            if item.kind == "side":
                return self._joint(number)
            if item.low in ENDS | _COMMAS or item.kind == "event":
                break
        before = self._nearest(at, free=True)
        return before or self._acting()

    def _joint(self, at: int) -> str:
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

    def _free(self, at: int) -> bool:
        """Whether nothing governs a side."""
        item, before = self.items[at], self._low(at - 1)
        if item.prefix in {"ب", "ك"}:
            return False
        if before == "من" and self._low(at - 2) in _MEN:
            return True
        return before not in PREPOSITIONS - {"قبل"}

    def _nearest(self, at: int, *, free: bool) -> str:
        """Give the nearest side before an item; rather one that a verb may have as its subject."""
        weak = ""
        for number in range(at - 1, max(-1, at - BACK), -1):
            item = self.items[number]
            if item.low in ENDS:
                break
            holds = not self.holders or item.value in self.holders
            if item.kind == "side" and (self._free(number) or (holds and not free)):
                if not free or self._leads(number):
                    return self._joint(number)
                weak = weak or self._joint(number)
            if free and item.low in TROOPS and self._low(number - 1) not in PREPOSITIONS:
                return weak or self._troops(number)
        return weak

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
        return verbal or before.low in _COMMAS | ENDS | THAT | BREAKS | MANAGED | AIMS | SAYING

    def _acting(self) -> str:
        acted = [frame.side for frame in self.found if frame.side and frame.event in _TAKING]
        return acted[-1] if acted else self.memory.side

    def _subject(self, at: int, places: ArabicPlaces) -> str:
        """Give the side behind the verb, else the one before it, else who acted before."""
        items = self.items
        last = places.start if places.start > at else at + REACH
        pronoun = bool(items[at].pronoun) and items[at].verb is not None and (
            items[at].verb.form == "noun"
        )  # fmt: skip
        for number in range(at + 1, min(len(items), max(last, at + 2))):
            item = items[number]
            if item.kind == "side" and self._free(number):
                return self._joint(number)
            if item.low in ENDS or (item.kind == "event" and item.low not in CONTROL_NOUNS):
                break
            if item.low in TROOPS and not item.prefix:
                return self._troops(number)
        if items[at].pronoun and not pronoun:
            # "استردتها الفصائل": the side stands behind the pronoun.
            for number in range(at + 1, min(len(items), at + 4)):
                item = items[number]
                if item.kind == "side" and self._free(number):
                    return self._joint(number)
                if item.low in TROOPS:
                    return self._troops(number)
                if item.kind != "days":
                    break
        if places.start and items[places.start].low in OVER_IT:
            for number in range(places.start + 1, min(len(items), places.start + 4)):
                if items[number].kind == "side" and self._free(number):
                    return self._joint(number)
                if items[number].kind != "days":
                    break
        for number in range(max(at, places.end - 1), min(len(items), max(at, places.end) + REACH)):
            if items[number].low in ENDS or self._other_event(number, places):
                break
            by = (self._low(number - 1), self._low(number)) in _BY
            if by and number + 1 < len(items) and items[number + 1].kind == "side":
                return self._joint(number + 1)
        before = self._nearest(at, free=True)
        if not before and pronoun and at < FIRST:
            # "After its capture of A the army …"
            before = next(
                (self._joint(n) for n in range(places.end, len(items))
                 if items[n].kind == "side" and self._free(n)), ""
            )  # fmt: skip
        return before or self._acting()

    def _troops(self, at: int) -> str:
        """Give whose "these troops" are: of the side named last, else of the one that acted."""
        before = self._nearest(at, free=False) if self.items[at].low[-1] in "هام" else ""
        if self._low(at - 1) in {"هذه", "تلك"}:
            return before or self.memory.named or self._acting()
        return before or self._acting()

    def _driver(self, at: int) -> tuple[str, str]:
        """Give who drove out, and whom."""
        item = self.items[at]
        behind: list[int] = []
        troops = -1
        for number in range(at + 1, min(len(self.items), at + REACH)):
            other = self.items[number]
            if other.kind == "side" and self._free(number):
                behind.append(number)
            if other.low in ENDS | {"من", "عن"} or (other.kind == "event"):
                break
            if other.low in TROOPS and troops < 0 and not behind:
                troops = number
        noun = item.verb is not None and item.verb.form == "noun"
        sides = [self._joint(n) for n in behind]
        before = ""
        for number in range(at - 1, max(-1, at - BACK), -1):
            earlier = self.items[number]
            if earlier.low in ENDS:
                break
            if earlier.kind == "side" and self._free(number):
                before = self._joint(number)
            elif earlier.low in TROOPS and self._low(number - 1) not in PREPOSITIONS:
                before = self._troops(number)
            if before:
                break
        if len(set(sides)) > 1 and not noun:
            return sides[0], sides[1]
        if len(set(sides)) > 1:
            return sides[0], sides[1]
        whom = sides[0] if sides else ""
        if item.pronoun and sides and not noun:
            return sides[0], ""
        candidates = [before, self._acting(), self.memory.named]
        if troops >= 0:
            candidates.insert(0, self._troops(troops))
        driven = whom or (self.memory.side if item.pronoun else "")
        driver = next((side for side in candidates if side and side != driven), "")
        if not driver and whom and not noun:
            return whom, ""
        return driver, whom

    def _other(self, at: int, places: ArabicPlaces) -> str:
        for number in range(at + 1, min(len(self.items), places.end + 6)):
            item = self.items[number]
            if item.low in ENDS:
                break
            if item.kind == "side" and self._low(number - 1) in {"من", "عن"}:
                return item.value
        return ""

    def _days(self, at: int, places: ArabicPlaces) -> DaysSaid | None:
        """Give the days of an event: said behind it, before it in its clause, or told before."""
        items = self.items
        behind = self._days_behind(at, places)
        if behind is not None:
            return behind
        clause = self._clause(at)
        for number in range(at - 1, -1, -1):
            item = items[number]
            if item.low in ENDS:
                break
            if item.kind == "days":
                return self._said(number, at)
            if number < clause and item.kind == "event" and item.verb is not None:
                if item.verb.form == "past" and any(f.at == number for f in self.found):
                    break
        if self.found and self.found[-1].days and not self._perfect(at):
            return self.found[-1].days[0]
        return None if self._perfect(at) else self.memory.days

    def _days_behind(self, at: int, places: ArabicPlaces) -> DaysSaid | None:
        for number in range(at + 1, len(self.items)):
            item = self.items[number]
            if item.kind == "days":
                return item.days
            if item.low in ENDS or self._other_event(number, places):
                break
            if number > at + 1 and item.low in BREAKS - {"كما"} and number >= places.end:
                break
            if number >= places.end and self._begins(number):
                break
        return None

    def _begins(self, at: int) -> bool:
        """Whether something else begins: "and over …", "and that …", a comma and another verb."""
        item = self.items[at]
        if (item.low in OVER and item.conjunction) or item.low in {"وان", "وانه", "وانها"}:
            return True
        joined = (
            item.kind == "word" and item.text.startswith("و") and item.low not in {"ذلك", "وذلك"}
        )
        plain = item.low not in REGIONS | PREPOSITIONS | FULLY
        return joined and plain and self._low(at - 1) in _COMMAS

    def _perfect(self, at: int) -> bool:
        """Whether it had been so by then ("وكانت … قد سيطرت"), or has come to be so by now."""
        if self.items[at].low in _BY_NOW or "الان" in {self._low(at - 1), self._low(at - 2)}:
            return True
        lows = {self._low(n) for n in range(max(0, at - 8), at)}
        verb = self.items[at].verb
        past = verb is None or verb.form == "past"
        return past and bool(lows & {"كانت", "كان", "وكانت", "وكان"})

    def _other_event(self, at: int, places: ArabicPlaces) -> bool:
        item = self.items[at]
        if item.kind != "event" or item.verb is None or at < places.end or item.low in HANDS:
            return False
        return item.verb.form == "past" or item.verb.slot != "near"

    def _said(self, number: int, at: int) -> DaysSaid | None:
        """Give days before an event; those of somebody's word are a bound."""
        days = self.items[number].days
        lows = [self._low(n) for n in range(max(0, number - 7), number)]
        verb = self.items[at].verb
        noun = verb is not None and verb.form == "noun"
        that = noun or any(self._low(n) in THAT for n in range(number + 1, at))
        spoken = bool(set(lows) & SAYING) and that
        if days is None or not spoken or days.first is None:
            return days
        if any(self._low(n) in CLOCK for n in range(number + 1, min(len(self.items), at + 8))):
            return days
        return days._replace(first=None, precision="by")


def _elsewhere(names: Sequence[Item]) -> list[Item]:
    from geoline.sentence_item import Item as Plain

    return [Plain("name", -1, -1, i.low, i.text, known=i.known) for i in names]


def _remember(items: Sequence[ArabicItem], found: Sequence[Frame], memory: ArabicMemory) -> None:
    told = [frame for frame in found if frame.mood == "asserted" and frame.places]
    acting = [frame.side for frame in told if frame.side]
    sides = [item.value for item in items if item.kind == "side"]
    memory.side = acting[-1] if acting else _leader(items) or memory.side
    memory.other = next((side for side in (*sides, memory.named) if side != memory.side), "")
    memory.named = sides[-1] if sides else memory.named
    if told:
        memory.places = list(told[-1].places)
    else:
        names = [item for item in items if item.kind == "name" and item.known]
        memory.places = names[:1] or memory.places
    scene = next((item.days for n, item in enumerate(items) if _sets_scene(items, n)), None)
    heading = bool(scene) and not any(item.verb or item.kind == "side" for item in items)
    if scene is not None:
        memory.days, memory.left = scene, FOR_LONG if heading else SENTENCES
    elif memory.left:
        memory.left -= 1
    else:
        memory.days = None


def _leader(items: Sequence[ArabicItem]) -> str:
    """Give the side that a sentence is about: the first that nothing governs, before any aside."""
    for number, item in enumerate(items):
        if item.low in RELATIVE:
            break
        before = items[number - 1].low if number else ""
        if item.kind == "side" and not item.prefix and before not in PREPOSITIONS:
            return item.value
    return ""


def _sets_scene(items: Sequence[ArabicItem], at: int) -> bool:
    days = items[at].days
    if days is None or days.first is None or days.last - days.first > LONGEST_SCENE:
        return False
    before = {items[n].low for n in range(max(0, at - 12), at)}
    behind = {items[n].low for n in range(at + 1, min(len(items), at + 3))}
    return not (before & {"كانت", "كان", "منذ", "بعد"}) and not (before & SAYING and behind & THAT)
