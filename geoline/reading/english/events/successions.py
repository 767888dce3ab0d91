"""Places told to have gone like those before: "B followed", "then C".

Their side is whoever took those (`ToldEvent.side_means` "follows").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.events.event_days import verb_days
from geoline.reading.english.events.parts import event_of
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import clause_places
from geoline.reading.english.sentence.clauses import VerbGroup, is_verb
from geoline.reading.english.words.word_classes import HOURS, PREPOSITIONS, SIGNS
from geoline.reading.english.words.word_sets import word_sets
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.reading.english.events.parts import SentenceParts
    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import DaysSaid

__all__ = [
    "SUCCESSION_WORDS", "read_followed", "read_followed_by", "read_gap",
    "read_so_did",
]  # fmt: skip

_WORDS = word_sets("events", "successions")

_LIKEWISE = _WORDS["likewise"]
_AIMED = _WORDS["aimed"]
_SOON = _WORDS["soon"]
_JOINTS = frozenset({",", ";", "and", "then"})
_CLOSED = SIGNS | {",", "", "and", "as"}
_CLOSES = SIGNS | {",", "and", ")"} | (PREPOSITIONS - {"by"})
NEAR = 5

# Words at which the rules of successions are tried, besides names.
SUCCESSION_WORDS = _LIKEWISE | {"followed", "follows"}


def read_followed_by(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "A fell, followed on Sunday by B"; not "the next target is A, followed by B"."""
    by = _by(parts.clauses, at) if parts.clauses.low(at) == "followed" else None
    return [] if by is None else _followed(parts, at, places_in(parts.items, by + 1))


def read_followed(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "B followed a day later"."""
    if not _is_followed(parts.clauses, at):
        return []
    return _followed(parts, at, _before(parts.clauses, at))


def read_so_did(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "A fell, and so did B", "as was B"."""
    clauses = parts.clauses
    if clauses.low(at) not in _LIKEWISE:
        return []
    before = clauses.low(at - 1)
    so = before in {"so", "as"} or (before == "," and "so" in clauses.lows(max(0, at - 5), at))
    return _followed(parts, at, places_in(parts.items, at + 1)) if so else []


def _followed(parts: SentenceParts, at: int, places: PlaceList) -> list[ToldEvent]:
    """Give what went like the places before."""
    clauses = parts.clauses
    aimed = clauses.low(at) == "followed" and _AIMED.intersection(clauses.lows(0, at))
    if not places.names or aimed:
        return []
    event = event_of(parts, _group(clauses, at), "captured")
    event.side_means = "follows"
    event.places = [clauses.items[n] for n in places.names]
    event.days = verb_days(clauses.items, _owned(clauses, parts.owned, at), at, places.names)
    return [event]


def read_gap(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read a place told with its day alone: "A fell on Sunday, B an hour later"."""
    item = parts.items[at]
    if item.kind != "name" or item.container:
        return []
    before = [event for event in parts.told if event.at < at and _took(event)]
    told = any(place is item for event in parts.told for place in event.places)
    days = _alone(parts.clauses, at) if before and not told else None
    if days is None:
        return []
    last = before[-1]
    again = ToldEvent(last.event, at, last.mood, [item], [days[0]] if days else [None])
    again.side, again.side_means, again.other = last.side, last.side_means, last.other
    again.tense = last.tense
    return [again]


def _took(event: ToldEvent) -> bool:
    return event.event in TAKEN and bool(event.places or event.means)


def _alone(clauses: Clauses, at: int) -> list[DaysSaid] | None:
    """Give the days of a name that nothing but them is said of; None if more is said."""
    before = at - 1 - (clauses.low(at - 1) == "the")
    if clauses.low(before) not in _JOINTS or clauses.kind(before) != "word":
        return None
    at += clauses.kind(at + 1) == "type"
    said = clauses.items[at + 1].days if at + 1 < len(clauses.items) else None
    end = at + 2 if said is not None else _end_of_time(clauses, at)
    closed = end and (clauses.low(end) in _CLOSED or clauses.kind(end) == "")
    return ([said] if said is not None else []) if closed else None


def _end_of_time(clauses: Clauses, at: int) -> int:
    """Give the number behind "too", "an hour later" or "by dawn" behind a name; 0 if none is."""
    lows = clauses.lows(at + 1, at + 5)
    if lows[0] in {"too", "likewise"}:
        return at + 2
    if "later" in lows[1:3] and not {"hour", "hours", "minutes"}.isdisjoint(lows):
        return at + 2 + lows.index("later")
    return at + 3 if lows[0] in {"by", "at", "before"} and lows[1] in HOURS else 0


def _is_followed(clauses: Clauses, at: int) -> bool:
    """Whether places before "followed" went next, and nothing followed them."""
    low = clauses.low(at)
    if low not in {"followed", "follows"} or (low == "followed" and _by(clauses, at) is not None):
        return False
    return _ends(clauses, at)


def _before(clauses: Clauses, at: int) -> PlaceList:
    """Find the places before a verb, which nothing else is said of."""
    first = clauses.group(at).first
    return clause_places(clauses, first)


def _by(clauses: Clauses, at: int) -> int | None:
    """Give the number of "by" behind "followed", over days."""
    for number in range(at + 1, at + NEAR):
        if clauses.low(number) == "by":
            return number
        if clauses.kind(number) not in {"days", "word"} or clauses.low(number) in SIGNS:
            return None
    return None


def _ends(clauses: Clauses, at: int) -> bool:
    """Whether nothing that could be an object stands behind a verb."""
    low, kind = clauses.low(at + 1), clauses.kind(at + 1)
    if kind in {"", "days"} or low in _CLOSES:
        return True
    later = clauses.lows(at + 1, at + 5)
    return kind == "word" and (low in _SOON or "later" in later or "after" in later)


def _group(clauses: Clauses, at: int) -> VerbGroup:
    if is_verb(clauses.items[at]):
        return clauses.group(at)
    return VerbGroup(at, at, (), passive=False, infinitive=False)


def _owned(
    clauses: Clauses, owned: Mapping[int, Sequence[int]], at: int
) -> Mapping[int, Sequence[int]]:
    """Give the verb its days, also where the verb is none of the lists'."""
    if at in owned:
        return owned
    stop = next((n for n in range(at + 1, len(clauses.items)) if is_verb(clauses.items[n])
                 or clauses.low(n) in SIGNS), len(clauses.items))  # fmt: skip
    days = [n for n in range(at + 1, stop) if clauses.kind(n) == "days"]
    return {**owned, at: days} if days else owned
