"""Who went where: "A withdrew from X", "A drove B out of X", "A and B clashed near X", flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.events.event_days import verb_days
from geoline.reading.english.events.parts import event_of, finished, put_places, with_loss
from geoline.reading.english.events.voices import opens
from geoline.reading.english.places.antecedents import before_relative
from geoline.reading.english.places.place_list import PlaceList
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import named_behind
from geoline.reading.english.sentence.clauses import is_verb
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.sentence.verb_slots import ATTACK, ATTACKS
from geoline.reading.english.words.word_classes import COORDINATORS, SIGNS
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from geoline.reading.english.events.parts import SentenceParts
    from geoline.reading.english.sentence.clauses import Clauses, VerbGroup
    from geoline.reading.shared.item import VerbForm
    from geoline.reading.shared.told_event import ToldEvent

__all__ = [
    "read_advanced", "read_driven_out", "read_drove_out",
    "read_flag", "read_moved_in", "read_repelled", "read_withdrew",
]  # fmt: skip

_WORDS = word_sets("events", "movements")

_FROM = frozenset({"from", "of"})
_GOALS = _WORDS["goals"]
_OVER = _WORDS["over"]
_ON = _WORDS["on"]
_BESIDE = frozenset({"near", "towards", "toward", "around", "outside", "from"})
_BREAKS = SIGNS | COORDINATORS
_COMMAS = SIGNS | {","}
_PARTICIPLES = frozenset({"pp", "ed", "any"})
# Items behind a verb in which its "from", "towards" or "out of" stands.
NEAR = 9


def _slot(parts: SentenceParts, at: int) -> str:
    verb = parts.items[at].verb
    return verb.slot if verb is not None else ""


def _subject_side(parts: SentenceParts, group: VerbGroup) -> tuple[str, str]:
    return side_said(parts.clauses, parts.clauses.subject(group))


def read_withdrew(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "A withdrew from X"."""
    if _slot(parts, at) != "source":
        return []
    return _moved(parts, at, "withdrew", _FROM)


def read_advanced(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "A advanced towards X", "A pushed into X"."""
    item = parts.items[at]
    pushed = _slot(parts, at) == "out" and item.low.startswith("push")
    advances = _slot(parts, at) == "goal" and item.verb is not None and item.verb.event != "clash"
    if not (pushed or advances) or item.low.startswith("approach"):
        return []
    return _moved(parts, at, "advanced", _GOALS)


def _moved(parts: SentenceParts, at: int, event: str, words: AbstractSet[str]) -> list[ToldEvent]:
    """Give a movement with the places behind the first of some words that has any."""
    told = None
    for number in range(at + 1, min(len(parts.items), at + NEAR)):
        item = parts.items[number]
        if is_verb(item) or item.low in _BREAKS:
            break
        if item.kind != "word" or item.low not in words:
            continue
        places = places_in(parts.items, number + 1)
        if places.elsewhere or (places.post and event != "withdrew"):
            return []
        places.partly = False
        if told is None:
            told = event_of(parts, parts.clauses.group(at), event)
            told.side, told.side_means = _subject_side(parts, parts.clauses.group(at))
        put_places(parts, told, places)
        if places:
            return finished(parts, told)
    return []


def read_moved_in(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "B withdrew from X and A moved in"; what was left is told before it."""
    verb, group = parts.items[at].verb, parts.clauses.group(at)
    if verb is None or verb.slot != "in":
        return []
    side = _subject_side(parts, group)
    if not side[0] and side[1] != "they":
        return []
    event = event_of(parts, group, verb.event)
    event.side, event.side_means = side
    event.means, event.means_at, event.entering = "many", at, True
    event.days = verb_days(parts.items, parts.owned, at, [])
    return [event]


def read_repelled(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "A repelled an attack on X", "the assault on X was thwarted by A": A holds X."""
    clauses, group = parts.clauses, parts.clauses.group(at)
    if _slot(parts, at) != "attack":
        return []
    first, stop = at + 1, min(len(parts.items), at + 2 * ATTACK)
    if group.passive:
        first, stop = clauses.start(group.first), group.first
    attack = clauses.find(ATTACKS, first, stop)
    ons = () if attack is None else range(attack + 1, min(stop, attack + ATTACK))
    on = next((n for n in ons if clauses.low(n) in _ON | _BESIDE), stop)
    places = places_in(parts.items, on + 1, max(on + 1, stop))
    if not places.names or clauses.low(on) in _BESIDE:
        return []
    event = event_of(parts, group, "held", "still")
    agent = clauses.agent(at) if group.passive else clauses.subject(group)
    event.side, event.side_means = side_said(clauses, agent) if agent.kind else ("", "other")
    put_places(parts, event, places)
    return finished(parts, event)


def read_flag(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "the army raised the flag over X", "they hoisted the government's flag in X"."""
    verb, group = parts.items[at].verb, parts.clauses.group(at)
    if verb is None or verb.slot != "flag":
        return []
    event = event_of(parts, group, verb.event)
    over = parts.clauses.find(_OVER, at + 1, min(len(parts.items), at + 12))
    event.side, event.side_means = _flying(parts, group, over)
    places = _flag_places(parts, group, over)
    if not places and any(item.low == "there" for item in parts.items[at + 1 : at + 5]):
        places.means, places.means_at = "many", at
    if places.counted and over is not None and parts.clauses.low(over + 1) in {"its", "the"}:
        places.means, places.means_at = "one", over  # "the flag over its town hall"
    put_places(parts, event, places)
    return finished(parts, event)


def _flying(parts: SentenceParts, group: VerbGroup, over: int | None) -> tuple[str, str]:
    """Give who raised a flag; if no side is said to have, whose flag it is."""
    last = min(len(parts.items), group.at + 12) if over is None else over
    flags = (item.value for item in parts.items[group.at + 1 : last] if item.kind == "side")
    side = _subject_side(parts, group)
    flag = "" if side[0] else next(flags, "")
    return (flag, "") if flag else side


def _flag_places(parts: SentenceParts, group: VerbGroup, over: int | None) -> PlaceList:
    """Find where a flag was raised: over a place, or "X, where the army planted its flag"."""
    if over is not None:
        return places_in(parts.items, over + 1)
    clauses = parts.clauses
    where = clauses.find_back({"where"}, group.first - 1, max(-1, group.first - 8))
    if where is None:
        return PlaceList()
    return before_relative(clauses, where - 1 - (clauses.low(where - 1) == ","), many=False)


def read_drove_out(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "A drove B out of X"."""
    verb, group = parts.items[at].verb, parts.clauses.group(at)
    if verb is None or verb.slot != "out" or _is_driven(parts, group, verb):
        return []
    out = _out_of(parts, at)
    driven = [i for i in parts.items[at + 1 : out] if i.kind in {"side", "force"}] if out else []
    if not driven or out is None:
        return []
    places = _places_out_of(parts, out)
    if places.elsewhere and not places.names:
        return []
    event = event_of(parts, group, verb.event)
    event.side, event.side_means = _subject_side(parts, group)
    event.other = driven[0].value
    put_places(parts, event, places)
    return finished(parts, event) if _is_known(event) else []


def read_driven_out(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "B were driven from X", "X, from which B were driven"."""
    verb, group = parts.items[at].verb, parts.clauses.group(at)
    if verb is None or verb.slot != "out" or not _is_driven(parts, group, verb):
        return []
    places = _from_which(parts, group)
    if places is None:
        out = _out_of(parts, at)
        if out is None:
            return []
        places = _places_out_of(parts, out)
    if places.elsewhere and not places.names:
        return []
    event = event_of(parts, group, verb.event)
    event.other = _subject_side(parts, group)[0]
    _driven_by(event, side_said(parts.clauses, parts.clauses.agent(at)))
    put_places(parts, event, places)
    if event.event == "lost":
        return with_loss(parts, event, places)
    return finished(parts, event) if _is_known(event) else []


def _is_known(event: ToldEvent) -> bool:
    return bool(event.side) or event.side_means in {"they", "rival"}


def _is_driven(parts: SentenceParts, group: VerbGroup, verb: VerbForm) -> bool:
    """Whether somebody was driven out: "were driven from X", "Driven from X, B …"."""
    opening = verb.form in _PARTICIPLES and _is_out(parts.clauses, group.at + 1)
    return group.passive or (opening and opens(parts.clauses, group))


def _out_of(parts: SentenceParts, at: int) -> int | None:
    """Give the number of the "from", or of the "out" of "out of", behind a verb."""
    for number in range(at + 1, min(len(parts.items), at + NEAR + 1)):
        if _is_out(parts.clauses, number):
            return number
        if is_verb(parts.items[number]) or parts.clauses.low(number) in _COMMAS:
            break
    return None


def _is_out(clauses: Clauses, at: int) -> bool:
    low = clauses.low(at)
    if low == "of":
        return clauses.kind(at - 1) in {"side", "force"}
    return low == "from" or (low == "out" and clauses.low(at + 1) in {"of", "from"})


def _places_out_of(parts: SentenceParts, out: int) -> PlaceList:
    """Find the places behind "out of", also a second: "out of X and, later, out of Y"."""
    clauses = parts.clauses
    places = places_in(parts.items, out + 1 + (clauses.low(out + 1) == "of"))
    again = range(places.end, min(len(parts.items) - 1, places.end + 10)) if places.names else ()
    for number in again:
        if is_verb(parts.items[number]) or clauses.low(number) in SIGNS:
            break
        if clauses.low(number) == "out" and clauses.low(number + 1) == "of":
            places.names += places_in(parts.items, number + 2).names
            break
    return places


def _driven_by(event: ToldEvent, agent: tuple[str, str]) -> None:
    """Say who drove somebody out; where nobody is said to have, somebody lost a place."""
    event.side, event.side_means = agent
    if event.side and event.side == event.other:
        event.side, event.side_means = "", "rival"  # "rebels were driven from X by troops"
    elif not event.side:
        event.event, event.side, event.side_means = "lost", event.other, "they"


def _from_which(parts: SentenceParts, group: VerbGroup) -> PlaceList | None:
    """Find the places of "X, from which B were driven"."""
    clauses = parts.clauses
    which = clauses.find_back({"which", "where"}, group.first - 1, max(0, group.first - 8))
    if which is None or clauses.low(which - 1) not in {"from", ","}:
        return None
    start = clauses.start(which - 1)
    found = places_in(parts.items, start, which - 1)
    if found.counted and not found.names:
        found.names = [n for n in range(start, which) if clauses.names_settlement(n)]
    return found if found.names else named_behind(parts.items, group.at + 1, most=24)
