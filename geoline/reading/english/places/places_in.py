"""The places that a verb takes, out of a row of items: lists, appositions, examples, parentheses.

"captured A, a village near B, the towns of C and D in southern E, and F": A, C, D and F are
captured. A name counts if it stands at an element of the list, and not behind a preposition; behind
a region ("in southern E"), or an aside that a comma closes, the list goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.places.list_cursor import begins_clause
from geoline.reading.english.places.list_walk import ListWalk
from geoline.reading.english.places.list_words import (
    is_partial,
    over_examples,
    over_relative,
    step_at_word,
)
from geoline.reading.english.words.word_classes import RELATIVES
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.shared.item import Item

__all__ = ["places_in"]

_WORDS = word_sets("places", "places_in")

_DEFINITE = _WORDS["definite"]
_CLOSES = _WORDS["closes"] | {""}
_ELEMENT_ENDS = frozenset({",", "and", ".", ";"})
_OF_PLACES = frozenset({"type", "name", "post", "held"})


def places_in(items: Sequence[Item], start: int, stop: int | None = None) -> PlaceList:
    """Find the places that stand as object or subject among the items from `start` on.

    Parameters
    ----------
    items
        A sentence.
    start, stop
        First item to look at, and the one not to (default: the end of the clause).
    """
    walk = ListWalk.along(items, start, len(items) if stop is None else stop)
    cursor, found = walk.cursor, walk.found
    while cursor.at < cursor.stop:
        item = items[cursor.at]
        step = _STEPS.get(item.kind)
        if step is not None and not step(walk, item):
            break
        cursor.at += 1
    found.stop = cursor.at
    if walk.noun == "districts" and len(found.names) > 1:
        found.partly = False  # "the districts of A, B and C" are not parts of them
    if not found.names:
        found.end = cursor.at
        _of_noun(walk)
    return found


def _of_noun(walk: ListWalk) -> None:
    """Note what "the town" or "nine villages" means, where no place is named."""
    found = walk.found
    if found.means or not walk.noun or found.post:
        return
    if walk.definite and found.road < 0 and not (found.elsewhere or found.counted):
        found.means, found.means_at = "many" if walk.plural else "one", walk.noun_at
    found.counted = found.counted or walk.plural or not walk.definite


def _stop(_walk: ListWalk, _item: Item) -> bool:
    return False


def _name(walk: ListWalk, item: Item) -> bool:
    cursor, found = walk.cursor, walk.found
    if item.text.endswith(("'s", "’s")):
        if walk.fresh and cursor.kind_behind() == "name":
            return True  # "Syria's Saraqib"
        # "Saraqib's outskirts" are not the town.
        found.elsewhere = found.elsewhere or not found.names
        walk.slot = "aside"
    elif _goes_on_name(walk):
        before = cursor.items[cursor.at - 1]
        before.text, before.end = f"{before.text} {item.text}", item.end
        found.end = cursor.at + 1
    elif walk.direct and not _is_beside_the_list(walk):
        following = cursor.following
        if found.names and following is not None and begins_clause(following):
            return False
        found.names.append(cursor.at)
        found.end = cursor.at + 1
    elif walk.slot == "beside":
        walk.beside = item
    walk.fresh = walk.fresh and cursor.qualifies()
    return True


def _goes_on_name(walk: ListWalk) -> bool:
    """Whether a name of a list has two parts, of which a list of names has only one."""
    cursor, names = walk.cursor, walk.found.names
    if len(names) == 0 or names[-1] != cursor.at - 1 or cursor.word(1) not in _ELEMENT_ENDS:
        return False
    before, item = cursor.items[cursor.at - 1], cursor.items[cursor.at]
    plain = not (before.container or item.container or (before.known and item.known))
    return plain and item.start == before.end + 1


def _is_beside_the_list(walk: ListWalk) -> bool:
    """Whether a name only qualifies: "the Idlib town of X", "out of X, Idlib, on Thursday"."""
    return walk.cursor.qualifies() or walk.cursor.modifies() or walk.locates()


def _region(walk: ListWalk, item: Item) -> bool:
    if walk.direct and not walk.found.names:
        walk.found.elsewhere = True
    walk.slot, walk.beside, walk.fresh = "beside", item, False
    return True


def _type(walk: ListWalk, item: Item) -> bool:
    """Note a kind of place: "the town", "nine villages", "the outskirts of"."""
    cursor = walk.cursor
    if not walk.direct:
        return True
    walk.noun, walk.noun_at = item.low, cursor.at
    near = cursor.items[max(cursor.start, cursor.at - 3) : cursor.at]
    named = any(before.kind == "side" and not before.text.islower() for before in near)
    other = any(before.low == "other" for before in near)
    if not (named or other) and any(before.low in _DEFINITE for before in near):
        walk.definite = True
    part = is_partial(item.low) and cursor.word(1) in {"of", "in", "near", "around"}
    walk.found.partly = walk.found.partly or part or cursor.word(1) in {"centre", "center"}
    return True


def _side(walk: ListWalk, item: Item) -> bool:
    if item.possessive or walk.cursor.prepared():
        return True
    following = walk.cursor.following
    return following is not None and (following.kind in _OF_PLACES or not item.acts)


def _force(walk: ListWalk, _item: Item) -> bool:
    if walk.cursor.prepared():
        return True
    if walk.found.names or walk.slot != "direct":
        return False
    walk.found.elsewhere, walk.slot = True, "beside"
    return True


def _pronoun(walk: ListWalk, item: Item) -> bool:
    cursor, found = walk.cursor, walk.found
    if item.low == "that" and cursor.at == cursor.start and cursor.word(1) in _CLOSES:
        found.means = "one"  # "and they took that as well"
        return False
    if item.low in RELATIVES:
        return (over_examples if cursor.opens_list(cursor.at) else over_relative)(walk, item)
    if item.low not in {"it", "them"}:
        return False
    if not found.names and walk.slot == "direct":
        found.means, found.means_at = "one" if item.low == "it" else "many", cursor.at
        cursor.at += 1
    return walk.slot == "beside"


def _verb(walk: ListWalk, item: Item) -> bool:
    cursor = walk.cursor
    if cursor.opens_list(cursor.at):
        return over_examples(walk, item)
    before = cursor.before
    if before is None or before.kind in {"side", "days"} or walk.nothing_named:
        return False
    reduced = item.low.endswith(("ed", "held", "en", "un"))
    return reduced and over_relative(walk, item)


def _road(walk: ListWalk, _item: Item) -> bool:
    if walk.direct and not walk.found.names:
        walk.found.road = walk.cursor.at
        walk.found.end = walk.cursor.at + 1
    walk.fresh = False
    return True


def _post(walk: ListWalk, _item: Item) -> bool:
    if walk.slot == "direct" and not walk.found.names:
        walk.found.post = True
    walk.slot, walk.fresh = "beside", True
    return True


# By the kind of an item: read it, and tell whether the walk goes on.
_STEPS: Mapping[str, Callable[[ListWalk, Item], bool]] = {
    "name": _name, "region": _region, "type": _type, "word": step_at_word, "side": _side,
    "force": _force, "pronoun": _pronoun, "event": _verb, "speech": _stop,
    "verb": _verb, "road": _road, "post": _post,
}  # fmt: skip
