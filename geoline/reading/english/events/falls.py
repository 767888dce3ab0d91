"""Places that went to somebody: "X fell to A", "X came under the control of A", "X has fallen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.events.parts import event_of, finished, put_places
from geoline.reading.english.places.antecedents import before_relative
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import (
    clause_places,
    controlled_places,
    named_later,
)
from geoline.reading.english.sentence.clauses import Subject, is_verb
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.words.word_classes import SIGNS
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.english.events.parts import SentenceParts
    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.english.sentence.clauses import VerbGroup
    from geoline.reading.shared.item import Item
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["read_fell", "read_fell_to"]

_WORDS = word_sets("events", "falls")

_GRIPS = _WORDS["grips"]
_INTO_GRIP = _WORDS["into_grip"]
_BEHIND_FELL = SIGNS | _WORDS["behind_fell"]
_COPULAS = frozenset({"was", "were", "is", "are"})
_FALLS = ("fall", "fell", "succumb", "capitulat", "belong")
_PASSES = ("pass", "return", "revert", "slip", "shift", "go", "went")


def read_fell_to(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "X fell to A", "X came under the control of A", "X passed to A"."""
    side = _receiver(parts, at) if _falls(parts, at) else None
    if side is None:
        return []
    again = parts.items[at].low.startswith("return")
    told = event_of(parts, parts.clauses.group(at), "recaptured" if again else "captured")
    told.side, told.side_means = side
    put_places(parts, told, _fallen(parts, at))
    return finished(parts, told)


def read_fell(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "X has fallen", "X fell on Sunday, then Y"."""
    falls = _falls(parts, at) and parts.items[at].low.startswith(_FALLS)
    if not falls or not _just_fell(parts, at) or _receiver(parts, at) is not None:
        return []
    places = _fallen(parts, at)
    if not places:
        return []
    places.names += _then(parts, at)
    told = event_of(parts, parts.clauses.group(at), "captured")
    told.side_means = "agent"
    put_places(parts, told, places)
    return finished(parts, told)


def _falls(parts: SentenceParts, at: int) -> bool:
    """Whether an item is a verb whose subject is a place that went to somebody."""
    verb = parts.items[at].verb
    return verb is not None and verb.slot == "subject"


def _fallen(parts: SentenceParts, at: int) -> PlaceList:
    """Find the places that fell, before the verb; if they are only counted, behind it."""
    clauses, group = parts.clauses, parts.clauses.group(at)
    places = clause_places(clauses, group.first)
    copula = clauses.find(_COPULAS, group.at + 1, group.at + 4)
    if not places.names and copula is not None:
        places = places_in(parts.items, copula + 1)  # "the last to fall was X"
    if not places.names:
        places = controlled_places(clauses, group.first) or places
    if not places:
        places = _meant(parts, group, places)
    if places.counted and not places.names:
        later = named_later(parts.items, group.at + 1)
        places = later if later.names else places
    return places


def _meant(parts: SentenceParts, group: VerbGroup, places: PlaceList) -> PlaceList:
    """Find what "which", "it" and "they" mean that fell."""
    clauses = parts.clauses
    subject = clauses.subject(group)
    if subject.relative:
        return before_relative(clauses, subject.at, many=True)
    if subject.kind == "pronoun" and clauses.low(subject.at) in {"it", "they"}:
        places.means = "one" if clauses.low(subject.at) == "it" else "many"
        places.means_at = subject.at
    return places


def _then(parts: SentenceParts, at: int) -> list[int]:
    """Find the places of "X fell on Sunday, then Y and Z"."""
    for number in range(at + 1, min(len(parts.items) - 1, at + 6)):
        if is_verb(parts.items[number]) or parts.clauses.low(number) in SIGNS:
            break
        if parts.clauses.low(number) == "then":
            return places_in(parts.items, number + 1).names
    return []


def _just_fell(parts: SentenceParts, at: int) -> bool:
    """Whether nothing that could have fallen on something else stands behind "fell"."""
    following = parts.clauses.low(at + 1)
    closed = parts.clauses.kind(at + 1) in {"days", ""}
    return closed or following in _BEHIND_FELL or following in _COPULAS


def _receiver(parts: SentenceParts, at: int) -> tuple[str, str] | None:
    """Give to whom a place fell, and who is meant if no side is named; None if nobody is said."""
    verb = parts.items[at].low
    window = parts.items[at + 1 : at + 12]
    lows = [item.low for item in window]
    if verb.startswith(_PASSES) and lows[:1] == ["from"] and "to" in lows:
        to = lows.index("to")  # "passed from B to A"
        window, lows = window[to:], lows[to:]
        at += to
    if not _goes_to(verb, window, lows):
        return None
    for number, item in enumerate(window):
        if item.kind == "side":
            return side_said(parts.clauses, Subject("side", at + 1 + number), possessive=True)
        if is_verb(item):
            break
    theirs = not {"them", "its", "their"}.isdisjoint(lows[:4])
    return ("", "they") if theirs or any(i.kind == "force" for i in window[:6]) else None


def _goes_to(low: str, window: Sequence[Item], lows: Sequence[str]) -> bool:
    """Whether a verb and the words behind it say that something went into hands."""
    if low.startswith(_FALLS) and "to" in lows[:3]:
        return True
    sided = any(item.kind == "side" for item in window[1:5])
    if low.startswith(_PASSES) and lows[:1] == ["to"] and sided:
        return True
    return not _GRIPS.isdisjoint(lows) and not _INTO_GRIP.isdisjoint(lows[:5])
