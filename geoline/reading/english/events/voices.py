"""Whether a verb is said of what was done: "X was captured by A", "X, captured by A", "A: taken".

Also of which places it is then said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.places.antecedents import before_relative
from geoline.reading.english.places.place_list import PlaceList, is_plain
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import (
    clause_places,
    controlled_places,
    named_behind,
)
from geoline.reading.english.sentence.clauses import is_verb
from geoline.reading.english.words.word_classes import ADVERBS, DETERMINERS, DIRECTIONS, FINITE
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from geoline.reading.english.events.parts import SentenceParts
    from geoline.reading.english.sentence.clauses import Clauses, Subject, VerbGroup
    from geoline.reading.shared.item import VerbForm

__all__ = [
    "LASTING",
    "PARTICIPLES",
    "is_attributive",
    "is_newly",
    "is_reduced",
    "may_be_reduced",
    "opens",
    "passive_places",
    "verb_before",
]

_WORDS = word_sets("events", "voices")

PARTICIPLES = frozenset({"ed", "pp", "any", "base/pp"})
_SEEING = _WORDS["seeing"]
_WITHIN = DIRECTIONS | _WORDS["within"]
_BEFORE_REDUCED = _WORDS["before_reduced"] | {""}
# What a place is called as long as it is held: "occupied X".
LASTING = _WORDS["lasting"]
_NEWLY = frozenset({"newly", "recently", "freshly"})
_AROUND = _WORDS["around"] | DETERMINERS
_INCLUDES = frozenset({"include", "included", "includes"})
_THESE = _WORDS["these"]


def is_attributive(parts: SentenceParts, group: VerbGroup, verb: VerbForm) -> bool:
    """Whether a participle stands before its noun: "the captured villages include A"."""
    if verb.form not in PARTICIPLES:
        return False
    clauses = parts.clauses
    before, behind = clauses.low(group.first - 1), clauses.kind(group.at + 1)
    if behind == "name":
        told_of = before in _AROUND or clauses.kind(group.first - 1) in {"event", "verb"}
        return (told_of and not set(group.words) - ADVERBS) or is_newly(clauses, group)
    if clauses.kind(group.first - 1) == "type":
        return clauses.find(_INCLUDES, group.at + 1, group.at + 6) is not None
    if behind != "type":
        return False
    at = group.first - 1
    while at > 0 and is_plain(clauses.items[at]) and clauses.low(at) not in _THESE:
        at -= 1
    return clauses.low(at) in _THESE  # "the main captured towns"


def is_newly(clauses: Clauses, group: VerbGroup) -> bool:
    """Whether a participle before a name tells of what was done lately: "newly captured X"."""
    return not _NEWLY.isdisjoint({clauses.low(group.first - 1), *group.words})


def may_be_reduced(parts: SentenceParts, at: int) -> bool:
    """Whether a verb has the form of a participle without "was"; see `is_reduced`."""
    verb, group = parts.items[at].verb, parts.clauses.group(at)
    if verb is None or verb.form not in PARTICIPLES or group.passive:
        return False
    return not set(group.words) - ADVERBS


def is_reduced(parts: SentenceParts, group: VerbGroup, verb: VerbForm, behind: PlaceList) -> bool:
    """Whether a participle without "was" is said of what was done: "X, captured by A"."""
    if not may_be_reduced(parts, group.at):
        return False
    clauses = parts.clauses
    if clauses.find({"by"}, group.at + 1, group.at + 4) and clauses.agent(group.at).kind:
        return True
    if verb.event == "lost" and clauses.kind(group.first - 1) in {"name", "side"}:
        return False  # "the team lost"
    if clauses.lows(group.at + 1, group.at + 3) == [",", "including"]:
        return clauses.kind(group.first - 1) == "type"  # "he listed villages captured, including X"
    if not _stands_reduced(clauses, group, verb) or _takes(behind):
        return False
    return clauses.low(group.first - 1) == "them" or _after_place(clauses, group)


def _stands_reduced(clauses: Clauses, group: VerbGroup, verb: VerbForm) -> bool:
    before = clauses.low(group.first - 1)
    noun = clauses.kind(group.first - 1) == "name" or _among_those(clauses, group)
    return verb.form == "pp" or before in _BEFORE_REDUCED or noun


def _takes(behind: PlaceList) -> bool:
    """Whether a verb has an object behind it, be it a place or not."""
    return bool(behind or behind.counted or behind.elsewhere)


def _place_before(clauses: Clauses, group: VerbGroup) -> int:
    """Give the number of the place before a participle: "A and B in eastern C, both taken"."""
    at = group.first - 1
    while at > 0 and clauses.low(at) in {"both", "all", ",", ":"}:
        at -= 1
    if clauses.kind(at) != "region":
        return at
    while at > 0 and (clauses.kind(at) == "region" or clauses.low(at) in _WITHIN):
        at -= 1
    return at


def _among_those(clauses: Clauses, group: VerbGroup) -> bool:
    """Whether it stands behind "among those": "A and B were among those captured"."""
    at = group.first - 1
    return clauses.low(at) in {"those", "these"} and clauses.low(at - 1) == "among"


def _after_place(clauses: Clauses, group: VerbGroup) -> bool:
    if _among_those(clauses, group):
        return True
    return clauses.kind(_place_before(clauses, group)) in {"name", "type"}


def passive_places(parts: SentenceParts, group: VerbGroup, behind: PlaceList) -> PlaceList:
    """Find the places that a verb is said of, of which something was done.

    Parameters
    ----------
    parts, group
        The sentence, and the verb in it.
    behind
        The places behind the verb.
    """
    clauses = parts.clauses
    if clauses.low(group.first - 1) == "following":
        return PlaceList(counted=True)  # "the following were taken:"
    subject = clauses.subject(group)
    if subject.relative:
        many = {"was", "has", "is"}.isdisjoint(group.words)
        counted = "number" in clauses.lows(group.first - 4, group.first)
        # "The number of villages that were taken" names none.
        found = before_relative(clauses, subject.at, many=many)
        return PlaceList(counted=True) if counted else found
    if group.passive:
        return _subjects(clauses, group, subject)
    if opens(clauses, group):
        return _places_behind_comma(clauses, group) or behind
    if _after_place(clauses, group):
        return _reduced_places(clauses, group)
    return _subjects(clauses, group, subject)


def _reduced_places(clauses: Clauses, group: VerbGroup) -> PlaceList:
    """Find the places that a participle right behind them is said of."""
    if clauses.kind(group.first - 1) == "name" and _is_headline(clauses, group):
        return clause_places(clauses, group.first)
    seen = clauses.low(verb_before(clauses, group.first)) in _SEEING
    found = before_relative(clauses, _place_before(clauses, group), many=seen)
    named = named_behind(clauses.items, group.at + 1)
    return found if found or not named.names else named


def _places_behind_comma(clauses: Clauses, group: VerbGroup) -> PlaceList:
    """Read "Seized by rebels in 2012, X is held by the army"."""
    comma = clauses.find({","}, group.at, len(clauses.items))
    if comma is None:
        return PlaceList()
    later = range(comma + 1, len(clauses.items))
    ends = (n for n in later if is_verb(clauses.items[n]) or clauses.low(n) in FINITE)
    return places_in(clauses.items, comma + 1, next(ends, None))


def _subjects(clauses: Clauses, group: VerbGroup, subject: Subject) -> PlaceList:
    """Find the places that a passive verb is said of."""
    places = controlled_places(clauses, group.first) or clause_places(clauses, group.first)
    if places.post:
        return places
    if not places and clauses.low(group.first - 1) in {"both", "all"}:
        places.means = "many"
    if not places and not places.counted:
        shared = _shared_places(clauses, group, subject)
        places = places if shared is None else shared
    if not places and subject.kind == "pronoun":
        one = clauses.low(subject.at) == "it"
        places.means, places.means_at = "one" if one else "many", subject.at
    return places


def _shared_places(clauses: Clauses, group: VerbGroup, subject: Subject) -> PlaceList | None:
    """Find the places of another clause: "X was shelled and captured", "X, hit by A, was taken"."""
    if subject.kind == "place":
        return before_relative(clauses, subject.at, many=True)
    at = verb_before(clauses, group.first)
    start = clauses.start(at) if 0 < at < group.first else 0
    if subject.kind in {"pronoun", ""} and start:
        return places_in(clauses.items, start, at)
    return None


def _is_headline(clauses: Clauses, group: VerbGroup) -> bool:
    """Whether no other verb tells of the places: "A, B and C captured by the army"."""
    return not any(
        is_verb(item) and number != group.at and not clauses.modifies(number)
        for number, item in enumerate(clauses.items)
    )


def opens(clauses: Clauses, group: VerbGroup) -> bool:
    """Whether nothing but days and signs stands before a verb."""
    before = clauses.items[: group.first]
    return all(item.low in {'"', "“", "-", "•"} or item.kind == "days" for item in before)


def verb_before(clauses: Clauses, first: int) -> int:
    """Give where the verb before a number begins, with its auxiliaries; else the number."""
    at = clauses.verb_back(first - 1, -1)
    return clauses.group(at).first if at else first
