"""The places that a verb is said of, before it: subjects, and names behind "are" or "include"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.places.place_list import PlaceList, joint_size
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.words.word_classes import (
    BE,
    COORDINATORS,
    DIRECTIONS,
    PREPOSITIONS,
    SIGNS,
)
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import Item

__all__ = ["clause_places", "controlled_places", "named_along", "named_behind", "named_later"]

_WORDS = word_sets("places", "subject_places")

_OPENS_NAMES = _WORDS["opens_names"]
_GOVERNS = PREPOSITIONS | COORDINATORS | DIRECTIONS | {"adj", '"'}
_NAMING = frozenset({"including", "include", "namely", "notably"})
_SUPERLATIVES = _WORDS["superlatives"]
_MEANT = frozenset({"them", "which", "these", "those"})


def named_behind(items: Sequence[Item], at: int, most: int = 14) -> PlaceList:
    """Find the names of counted places behind "are", "include" or "were identified as"."""
    stop = min(len(items), at + most)
    among = bool(items) and items[0].low == "among"  # "Among the areas taken was X"
    for number in range(at, stop):
        low = items[number].low
        if low == "(" and number + 1 < stop and items[number + 1].kind == "name":
            return places_in(items, number + 1)
        if low in _OPENS_NAMES or (among and low in BE):
            named = next(
                (n for n in range(number, min(stop, number + 4)) if items[n].low == "as"), number
            )
            return places_in(items, named + 1)
        if low in SIGNS:
            break
    return PlaceList()


def named_later(items: Sequence[Item], at: int, most: int = 30) -> PlaceList:
    """Find the names of counted places: "took six villages, A said, among them B"."""
    for number in range(at, min(len(items) - 1, at + most)):
        item = items[number]
        if item.kind in {"event", "verb"} or (item.low in SIGNS and item.kind == "word"):
            break
        among = item.low == "among" and items[number + 1].low in _MEANT
        if among or _opens_names(items, number):
            return places_in(items, number + 1 + among)
    return PlaceList()


def _opens_names(items: Sequence[Item], at: int) -> bool:
    """Whether names are listed behind a word: "including", ":", "the largest were"."""
    low = items[at].low
    if low in _NAMING or (low in {":", "("} and items[at + 1].kind == "name"):
        return True
    # "The largest were A and B", "the villages that they took since May are A and B".
    return low in {"were", "are"} and (
        items[at - 1].low in _SUPERLATIVES or (low == "are" and items[at + 1].kind == "name")
    )


def named_along(items: Sequence[Item], at: int, most: int = 14) -> list[int]:
    """Give the names behind "along with" or "as well as" that share a verb before them."""
    for number in range(at, min(len(items) - 1, at + most)):
        if items[number].kind in {"event", "verb", "speech"} or items[number].low in SIGNS:
            break
        size = joint_size(items, number)
        if size and items[number].low != "in":
            return places_in(items, number + size).names
    return []


def controlled_places(clauses: Clauses, first: int) -> PlaceList | None:
    """Find the places of "control over X passed to A", "control of X was restored"."""
    for number in range(clauses.start(first), first):
        over = clauses.low(number + 1) in {"of", "over"}
        if clauses.low(number) == "control" and over:
            return places_in(clauses.items, number + 2, first)
    return None


def clause_places(clauses: Clauses, first: int) -> PlaceList:
    """Find the places that stand as subject before a verb group, over a parenthesis before it."""
    over = clauses.over_aside(first - 1) if clauses.low(first - 1) == "," else None
    if over is not None and joint_size(clauses.items, over + 2):
        over, first = None, first - 1  # "A and B, as well as C, were taken"
    end = first if over is None else over + 1
    starts = _starts(clauses, end)
    end = _before_copula(clauses, starts[0], end)
    found = _first_places(clauses, starts, end)
    if not found and over is not None and found.counted:
        aside = places_in(clauses.items, over + 2, first - 1)
        found = aside if aside.names else found
    return found or _last_name(clauses, end) or found


def _before_copula(clauses: Clauses, start: int, end: int) -> int:
    """Give where a subject ends: "A, B and C are the latest villages to be taken"."""
    copula = clauses.find_back(BE, end - 1, start)
    return end if copula is None or _named(clauses, copula, end) else copula


def _starts(clauses: Clauses, end: int) -> list[int]:
    """Give where a subject may begin that ends at a number: the clause, or behind a comma."""
    start = clauses.start(end)
    joints = [n + 1 for n in range(start, end) if clauses.low(n) == ","]
    if not start or clauses.kind(start - 1) not in {"event", "verb"}:
        return [start, *joints]
    # What stands behind a verb is its own; the subject comes behind the last "and" or comma.
    if places_in(clauses.items, start, end).names:
        joints = joints or [n + 1 for n in range(start, end) if clauses.low(n) == "and"]
        joints = joints[-1:]
    return [end, *joints]


def _named(clauses: Clauses, first: int, last: int) -> bool:
    return any(clauses.kind(n) == "name" for n in range(first, last))


def _first_places(clauses: Clauses, starts: Sequence[int], end: int) -> PlaceList:
    """Give the places behind the first of some starts that has any."""
    found = PlaceList()
    for begin in starts:
        found = places_in(clauses.items, begin, end)
        if found.names and clauses.low(found.stop) in BE and _named(clauses, found.stop, end):
            continue  # "X was next, and Y was taken"
        if found.names or found.means or found.counted:
            break
    return found


def _last_name(clauses: Clauses, end: int) -> PlaceList | None:
    """Read "In the small hours X fell": the name right before the verb, which nothing governs."""
    before = clauses.items[end - 2] if end > 1 else None
    named = clauses.kind(end - 1) == "name" and clauses.items[end - 1].known
    if named and before is not None and before.kind == "word" and before.low not in _GOVERNS:
        return PlaceList(names=[end - 1])
    return None
