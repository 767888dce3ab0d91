"""The rules by which an Arabic sentence tells events; each is a value of `ARABIC_RULES`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.reading.arabic.items import may_name
from geoline.reading.arabic.mood import arabic_mood
from geoline.reading.arabic.place_list import ENDS, ArabicPlaces, list_of
from geoline.reading.arabic.places import places_of
from geoline.reading.arabic.words.word_classes import (
    AIMS,
    ATTACKED,
    ATTACKS,
    COMMAS,
    CUTTING,
    NOT,
    OF_POSTS,
    OPENING,
    POSTS,
    REPELLING,
    ROADS,
)
from geoline.reading.shared.item import Item
from geoline.reading.shared.rule import Rule
from geoline.reading.shared.told_event import ToldEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.arabic.sentence_parts import ArabicParts
    from geoline.reading.shared.item import VerbForm

    Whose = Callable[[ArabicParts, int, ArabicPlaces], tuple[str, str]]

__all__ = ["ARABIC_RULES"]

# "The number of".
NUMBERS = frozenset({"عدد", "تعداد"})
# Words between "repelled" and the attack, or between a road and what was done to it.
REACH = 6
_NUMBER = re.compile(r"[A-Z]\d{1,2}")


def _told(
    parts: ArabicParts,
    at: int,
    event: str,
    whose: Whose,
    *,
    places: ArabicPlaces | None = None,
) -> list[ToldEvent]:
    """Give the event at an item, of its places, by and from whom `whose` says."""
    places = places_of(parts.items, at) if places is None else places
    mood = arabic_mood(parts.items, at) if places else None
    if mood is None or places is None:
        return []
    side, other = whose(parts, at, places)
    # Who lost a place did not take it, whoever is not named did.
    unsaid = "rival" if whose is _loser else "they"
    told = ToldEvent(event, at, mood, side=side, side_means="" if side else unsaid)
    told.other = other if other != side else ""
    return parts.placed(told, places)


def _doer(parts: ArabicParts, at: int, places: ArabicPlaces) -> tuple[str, str]:
    """Give the side that is a verb's subject, and from whom it took the places."""
    return parts.sides.subject(at, places), parts.sides.other(at, places)


def _driver(parts: ArabicParts, at: int, _places: ArabicPlaces) -> tuple[str, str]:
    """Give who drove out, and whom."""
    return parts.sides.driver(at)


def _receiver(parts: ArabicParts, at: int, places: ArabicPlaces) -> tuple[str, str]:
    """Give to whom a place fell: behind "in the hands of", else who took something last."""
    hand = parts.hand(at)
    side = parts.sides.owner(hand) if hand is not None else ""
    return side or parts.sides.acting() or parts.sides.later(at, places), ""


def _loser(parts: ArabicParts, at: int, places: ArabicPlaces) -> tuple[str, str]:
    """Give who took what was lost: who is named in whose favour it was, else the loser's rival."""
    loser = parts.sides.side_behind(at, places) or parts.sides.nearest(at, free=False)
    hand = parts.beyond(at)
    taker = parts.sides.owner(hand) if hand is not None else ""
    return taker or parts.sides.opponent(loser), loser


def _verb(parts: ArabicParts, at: int, slot: str, *, noun: bool | None = None) -> VerbForm | None:
    """Give the verb at an item, if its place stands in a slot, and it is a noun or is none."""
    verb = parts.items[at].verb
    if verb is None or verb.slot != slot:
        return None
    return verb if noun is None or noun == (verb.form == "noun") else None


def _took_control(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "on", noun=False)
    return _told(parts, at, verb.event, _doer) if verb is not None else []


def _control_over(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "on", noun=True)
    if verb is None or parts.is_in_hand(at):
        return []
    if parts.names_control(at):
        # "The areas under its control rose to 30, namely A …"
        counted = ArabicPlaces(counted=parts.low(at - 2) in NUMBERS, start=at, end=at + 1)
        return _told(parts, at, verb.event, _doer, places=counted) if counted else []
    return _governed(parts, at, verb.event)


def _took(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "object", noun=False)
    if verb is None or verb.event == "lost" or parts.governs_control(at):
        return []
    return _told(parts, at, verb.event, _doer)


def _taking_of(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "object", noun=True)
    if verb is None or verb.event == "lost" or parts.governs_control(at):
        return []
    return _governed(parts, at, verb.event)


def _governed(parts: ArabicParts, at: int, event: str) -> list[ToldEvent]:
    """Read a noun of capture; what governs it may say that the place was regained, or lost."""
    governor = parts.control_governor(at) if event == "captured" else ""
    if governor == "lost":
        return _told(parts, at, "captured", _loser)
    return _told(parts, at, governor if governor == "recaptured" else event, _doer)


def _lost(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "object")
    if verb is None or verb.event != "lost" or parts.governs_control(at):
        return []
    return _told(parts, at, "captured", _loser)


def _fell(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "subject")
    if verb is None or verb.event != "fell":
        return []
    return _told(parts, at, "captured", _receiver)


def _came_into_hands(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "hand")
    if verb is None or (verb.form == "present" and parts.items[at].prefix != "ل"):
        return []
    return _told(parts, at, "captured", _receiver) if parts.hand(at) is not None else []


def _brought_back(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "back")
    if verb is None or parts.hand(at) is None:
        return []
    if verb.form == "noun":
        return _governed(parts, at, verb.event)
    return _told(parts, at, verb.event, _doer)


def _drove_out(parts: ArabicParts, at: int) -> list[ToldEvent]:
    verb = _verb(parts, at, "out")
    return _told(parts, at, verb.event, _driver) if verb is not None else []


def _near(event: str) -> Callable[[ArabicParts, int], list[ToldEvent]]:
    """Make the reading of a verb that says what was done at a place, and not that it was taken."""

    def read(parts: ArabicParts, at: int) -> list[ToldEvent]:
        verb = _verb(parts, at, "near")
        if verb is None or verb.event != event:
            return []
        post = _post_at(parts, at) if event == "besieged" else None
        told = "post encircled" if post is not None else event
        return _told(parts, at, told, _doer, places=post)

    return read


def _post_at(parts: ArabicParts, at: int) -> ArabicPlaces | None:
    """Find the place of an observation post behind a verb: "the Turkish post in A"."""
    behind = range(at + 1, min(len(parts.items), at + 2 * REACH))
    post = next((n for n in behind if parts.low(n) in POSTS and parts.low(n + 1) in OF_POSTS), at)
    name = next((n for n in behind if n > post > at and parts.items[n].kind == "name"), None)
    return None if name is None else ArabicPlaces([name], start=name, end=name + 1)


def _repelled(parts: ArabicParts, at: int) -> list[ToldEvent]:
    items = parts.items
    if items[at].low not in REPELLING or _is_tried(items, at):
        return []
    attack = next((n for n in range(at + 1, at + REACH) if parts.low(n) in ATTACKS), None)
    stop = at if attack is None else min(len(items), attack + 2 * REACH)
    found = (list_of(items, n + 1) for n in range(attack or at, stop) if items[n].low in ATTACKED)
    places = next((places for places in found if places.names or places.means), None)
    if places is None or any(parts.low(n) in ENDS for n in range(at, places.start)):
        return []
    told = ToldEvent("held", at, "asserted", side=parts.sides.subject(at, places))
    told.side_means = "" if told.side else "they"
    events = parts.placed(told, places)
    for event in events:
        event.tense = "still"
    return events


def _is_tried(items: Sequence[ArabicItem], at: int) -> bool:
    """Whether something was not done, or is only meant to be."""
    before = {item.low for item in items[max(0, at - 3) : at]}
    return items[at].prefix == "ل" or bool(before & (AIMS | NOT))


def _on_road(parts: ArabicParts, at: int) -> list[ToldEvent]:
    items = parts.items
    road = _road(items, at) if items[at].low in ROADS else None
    done = next((n for n in range(at - 1, max(-1, at - REACH), -1) if _done_to(items[n])), None)
    if road is None or done is None or _is_tried(items, done):
        return []
    places = ArabicPlaces(start=at, end=at + 1)
    told = ToldEvent(_done_to(items[done]), done, "asserted", road=road)
    told.mood = arabic_mood(items, done) or "negated" if items[done].verb else "asserted"
    told.side, told.days = parts.sides.subject(done, places), [parts.days.of(done, places)]
    told.side_means = "" if told.side else "they"
    return [told]


def _done_to(item: ArabicItem) -> str:
    """Give what a word says was done to a road, empty if nothing."""
    if item.verb is not None:
        return "road held" if item.verb.slot == "on" else ""
    return "road cut" if item.low in CUTTING else "road opened" if item.low in OPENING else ""


def _road(items: Sequence[ArabicItem], at: int) -> Item | None:
    """Give a road by its number, else by its two ends: "the road A - B"."""
    near = items[at + 1 : at + 2 * REACH]
    stop = next((n for n, item in enumerate(near) if item.low in ENDS | COMMAS), len(near))
    near = near[:stop]
    number = next((item.text for item in near if _NUMBER.fullmatch(item.text)), "")
    names = [i for i in near if i.kind == "name" or (may_name(i) and not i.low.startswith("ال"))]
    ends = [item for item in names if not _NUMBER.fullmatch(item.text)][:2]
    if not number and len(ends) < len(("A", "B")):
        return None
    text = f"road ({ends[0].text} to {ends[1].text})" if ends[1:] else number
    return Item("road", items[at].start, near[-1].end, "road", text, number)


ARABIC_RULES: tuple[Rule[ArabicParts], ...] = (
    Rule(
        name="ar-took-control",
        kind="verb",
        reads='who took control over a place: "سيطرت قوات النظام على أ"',
        read=_took_control,
    ),
    Rule(
        name="ar-control-over",
        kind="noun",
        reads='control over a place, taken, regained or lost: "تمكنت من السيطرة على أ"',
        read=_control_over,
    ),
    Rule(
        name="ar-took",
        kind="verb",
        reads='who took a place that is the object: "حررت الفصائل أ"',
        read=_took,
    ),
    Rule(
        name="ar-taking-of",
        kind="noun",
        reads='the taking of a place: "تحرير أ", "انتهى باحتلالها أ"',
        read=_taking_of,
    ),
    Rule(
        name="ar-lost",
        kind="verb",
        reads='who lost a place, to whom: "خسرت الفصائل أ لصالح النظام"',
        read=_lost,
    ),
    Rule(
        name="ar-fell",
        kind="verb",
        reads='a place that fell, to whom: "سقطت أ بيد النظام"',
        read=_fell,
    ),
    Rule(
        name="ar-came-into-hands",
        kind="verb",
        reads='a place that came into a side\'s hands: "باتت أ تحت سيطرة النظام"',
        read=_came_into_hands,
    ),
    Rule(
        name="ar-brought-back",
        kind="verb",
        reads='who brought a place back under control: "أعاد الجيش أ إلى سيطرته"',
        read=_brought_back,
    ),
    Rule(
        name="ar-drove-out",
        kind="verb",
        reads='who drove whom out of a place: "طردت الفصائل قوات النظام من أ"',
        read=_drove_out,
    ),
    Rule(
        name="ar-entered",
        kind="verb",
        reads='who entered a place: "دخلت قوات النظام أ"',
        read=_near("entered"),
    ),
    Rule(
        name="ar-withdrew",
        kind="verb",
        reads='who withdrew from a place: "انسحبت الفصائل من أ"',
        read=_near("withdrew"),
    ),
    Rule(
        name="ar-besieged",
        kind="verb",
        reads='who encircled a place: "حاصرت قوات النظام أ"',
        read=_near("besieged"),
    ),
    Rule(
        name="ar-advanced",
        kind="verb",
        reads='who advanced to a place: "تقدمت قوات النظام إلى أ"',
        read=_near("advanced"),
    ),
    Rule(
        name="ar-struck",
        kind="verb",
        reads='who shelled a place: "قصفت قوات النظام أ"',
        read=_near("strike"),
    ),
    Rule(
        name="ar-repelled",
        kind="state",
        reads='who holds a place that was attacked in vain: "صدت الفصائل هجوما على أ"',
        read=_repelled,
    ),
    Rule(
        name="ar-road",
        kind="state",
        reads='what was done to a road, by its two ends: "قطعت الفصائل طريق أ - ب"',
        read=_on_road,
    ),
)
