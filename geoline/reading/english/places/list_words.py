"""What the plain words of a list of places mean to a walk along it, class by class.

Each step tells whether the walk goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.places.place_list import LEADS, LONG, is_plain, joint_size
from geoline.reading.english.words.word_classes import (
    AUXILIARIES,
    COORDINATORS,
    DIRECTIONS,
    PARTIAL,
    PREPOSITIONS,
    QUANTITIES,
    RELATIVES,
    SIGNS,
    SUBORDINATORS,
    TYPES,
)
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geoline.reading.english.places.list_walk import ListWalk
    from geoline.reading.shared.item import Item

__all__ = ["is_partial", "over_examples", "over_relative", "step_at_word"]

_WORDS = word_sets("places", "list_words")

MOST_ADJECTIVES = 4

_BEHIND_BOTH = SIGNS | _WORDS["behind_both"] | {""}
_ONE_QUARTER = frozenset({"neighbourhood", "neighborhood"})  # "the neighborhood of X" is X
_QUARTERS = _WORDS["quarters"]
_LISTED = TYPES | {":"}
_ROUGHLY = _WORDS["roughly"]
_LEAST = QUANTITIES | {"least", "most"}
_COUNTS = QUANTITIES | PARTIAL | COORDINATORS
_PARTS = PARTIAL - _ONE_QUARTER


def is_partial(low: str) -> bool:
    """Whether a word means a part of a place: "the outskirts of X"."""
    return low in _PARTS


def step_at_word(walk: ListWalk, item: Item) -> bool:
    """Read a plain word."""
    cursor = walk.cursor
    if joint_size(cursor.items, cursor.at):
        return _joined(walk, item)
    if cursor.opens_list(cursor.at):
        return over_examples(walk, item)
    return _STEPS.get(item.low, _plain)(walk, item)


def _sign(walk: ListWalk, item: Item) -> bool:
    """Stop at a sign, but for a dash before the names of what was counted."""
    behind = walk.cursor.at + 1
    names = walk.cursor.opens_list(behind) or walk.follows(behind) is not None
    goes_on = item.low in {"–", "—"} and walk.plural and not walk.found.names and names
    if goes_on:
        walk.open_element()
    return goes_on


def _quote(walk: ListWalk, _item: Item) -> bool:
    """Pass over quotation marks around names; behind a comma one closes what somebody said."""
    return walk.cursor.before is None or walk.cursor.before.low != ","


def _bracket(walk: ListWalk, _item: Item) -> bool:
    """Pass over what stands in brackets, unless they hold the list: "four villages (A, B …)"."""
    close = walk.cursor.find(")", walk.cursor.at)
    if close is None or (walk.noun.endswith("s") and not walk.found.names):
        walk.fresh, walk.slot = True, "direct"
    else:
        walk.cursor.at = close
    return True


def over_examples(walk: ListWalk, item: Item) -> bool:
    """Go to the names behind "including", "such as", "among other places"."""
    cursor = walk.cursor
    cursor.at += item.low in {"such", "among"} or item.low in RELATIVES
    if cursor.low == "other":  # "among other places, A and B"
        cursor.at += 1 + (cursor.word(2) == ",")
    walk.found.partly = walk.found.partly and not walk.nothing_named  # "most of A, including B"
    walk.open_element()
    return True


def _coordinate(walk: ListWalk, item: Item) -> bool:
    """Read "and" or a comma, behind which the list may go on."""
    cursor = walk.cursor
    if item.low == "," and (goes_on := _comma(walk)) is not None:
        return goes_on
    if walk.between and cursor.low == "and":
        walk.between = False  # "the road between A and B"
        return True
    follows = walk.follows(cursor.at + 1)
    if follows is None:
        _close_element(walk)
        return True
    if _opens_again(walk, follows):
        walk.slot = "direct"
    walk.fresh, walk.adjectives = True, 0
    return True


def _close_element(walk: ListWalk) -> None:
    if walk.slot != "beside" or walk.cursor.low != "and":
        walk.slot = walk.slot if walk.nothing_named else "aside"
    walk.fresh = walk.slot == "direct"


def _opens_again(walk: ListWalk, follows: int) -> bool:
    """Whether the name that follows is of the list, and not of what stood beside it."""
    cursor, beside = walk.cursor, walk.beside
    region = beside is not None and (beside.kind == "region" or beside.container)
    if region:
        return not cursor.items[follows].container
    if beside is None or walk.slot == "aside":
        return True
    if cursor.low == "," and walk.slot == "beside" and walk.after_comma:
        return True
    return any(cursor.items[n].kind == "type" for n in range(cursor.at + 1, follows))


def _comma(walk: ListWalk) -> bool | None:
    """Tell at a comma whether the walk goes on; None if the list may."""
    cursor = walk.cursor
    if cursor.opens_list(cursor.at + 1):
        return True
    if cursor.at == cursor.start:
        behind = cursor.kind_behind()
        close = cursor.close_of_aside()
        cursor.at = close or cursor.at
        return bool(close) or behind == "days"
    dated = cursor.items[cursor.at - 1].kind == "days" and cursor.word_at(cursor.start) != ","
    if dated and cursor.at == cursor.start + 1 and _object_follows(walk):
        return True  # "took control of this morning, Friday, the village of X"
    return False if dated and walk.nothing_named and walk.slot == "direct" else None


def _object_follows(walk: ListWalk) -> bool:
    """Whether "the village of" stands behind a comma."""
    at = walk.cursor.at + 1 + (walk.cursor.word(1) == "the")
    items = walk.cursor.items[at : min(at + 2, walk.cursor.stop)]
    return len(items) > 1 and items[0].kind == "type" and items[1].low == "of"


def over_relative(walk: ListWalk, _item: Item) -> bool:
    """Pass over a relative clause, to a comma behind which the list goes on."""
    cursor = walk.cursor
    for number in range(cursor.at + 1, cursor.stop):
        low = cursor.word_at(number)
        if low in SIGNS or low in {"before", "after", "while"}:
            return False
        size = joint_size(cursor.items, number)
        if size:
            cursor.at, walk.slot = number - 1, "aside"
            return walk.follows(number + size) is not None
        if low == "," and walk.follows(number + 1 + (cursor.word_at(number + 1) == "and")):
            cursor.at, walk.slot = number - 1, "aside"
            return True
    return False


def _joined(walk: ListWalk, _item: Item) -> bool:
    """Go over "as well as", behind which the list goes on."""
    cursor = walk.cursor
    cursor.at += joint_size(cursor.items, cursor.at) - 1
    walk.fresh = True
    if walk.slot != "direct" and walk.follows(cursor.at + 1):
        walk.slot, walk.adjectives = "direct", 0
    return True


def _known_as(walk: ListWalk, _item: Item) -> bool:
    return walk.cursor.word(-1) == "known"


def _of(walk: ListWalk, _item: Item) -> bool:
    """Read "of": behind a kind of place, a count or a part the list goes on."""
    before, following, found = walk.cursor.before, walk.cursor.following, walk.found
    if before is None:
        return True
    if before.low in _QUARTERS and following is not None and following.container:
        # "two suburbs of Aleppo, A and B"
        found.partly, walk.slot, walk.beside = False, "beside", following
    elif before.kind == "type" and (walk.names_villages() or walk.cursor.word(-2) == "capital"):
        walk.slot, walk.beside, walk.fresh = "beside", None, False  # "A and B villages of C"
    elif before.kind == "type" or before.low in _COUNTS:
        _part(walk, part=walk.slot == "direct" and before.low in _PARTS)
    elif before.kind != "name":
        _of_no_place(walk, before)
    return True


def _part(walk: ListWalk, *, part: bool) -> None:
    """Note "parts of" a place; behind others ("A and most of B") they alone are told of."""
    if part and walk.found.names:
        walk.slot, walk.beside, walk.fresh = "beside", None, False
    walk.found.partly = walk.found.partly or (part and not walk.found.names)


def _of_no_place(walk: ListWalk, before: Item) -> None:
    """Note that what is taken is no place: "captured hundreds of", "south of"."""
    if walk.slot == "direct" and not walk.found.names and before.low not in DIRECTIONS:
        walk.found.elsewhere = True
    walk.slot, walk.fresh = "beside", True


def _subordinate(walk: ListWalk, item: Item) -> bool:
    """Read "after", "but" and the like, which end a list but for a few."""
    cursor, low = walk.cursor, item.low
    listed = low == "following" and cursor.word(-1) == "the" and cursor.word(1) in _LISTED
    if listed:
        walk.found.counted = True  # "took the following:", "the following villages"
        return True
    if low in {"following", "since"} and walk.slot == "direct":
        return cursor.kind_behind() == "days"
    if low != "but" or not walk.found.names:
        return False
    if cursor.word(1) == "also":
        cursor.at += 1 + (cursor.word(2) == "of")
        walk.open_element()
        return True
    return over_relative(walk, item)


def _then(walk: ListWalk, item: Item) -> bool:
    """Read "then", which ends a list, but for "and then Y"."""
    joined = walk.cursor.word(-1) in COORDINATORS
    return _plain(walk, item) if joined else _subordinate(walk, item)


def _preposition(walk: ListWalk, item: Item) -> bool:
    """Read a preposition or a direction: what follows is beside the list."""
    cursor, low = walk.cursor, item.low
    if _leads_on(walk, low):
        return True
    if low == "from":
        _from(walk)
        if (behind := _behind_whom(walk)) is not None:
            cursor.at = behind
            return True
    if walk.direct and walk.nothing_named and walk.adjectives > 0:
        walk.found.elsewhere = True
    if low in {"of", "within"} and walk.slot == "beside":
        return True
    walk.between = low == "between"
    walk.after_comma = cursor.before is not None and cursor.before.low == ","
    if low == "in" and (walk.names_villages() or len(walk.found.names) >= LONG):
        walk.after_comma = True  # "A and B villages in C, D villages in E"
    walk.slot, walk.beside, walk.fresh = "beside", None, True
    return True


def _leads_on(walk: ListWalk, low: str) -> bool:
    """Whether a preposition stands before an element of the list, or its number."""
    following = walk.cursor.word(1)
    if low == "over" and walk.cursor.word(-1) == "and":
        return True  # "control over A, and over B"
    if low in _ROUGHLY and (following in _LEAST or following.isdigit()):
        return True  # "at least eight", "around 20"
    return low in DIRECTIONS and following != "of"  # "southeast Idlib"; its region follows


def _from(walk: ListWalk) -> None:
    """Note the side of "took X from B"."""
    cursor = walk.cursor
    behind = cursor.items[cursor.at + 1 : min(cursor.stop, cursor.at + 6)]
    whom = next((item for item in behind if item.kind == "side" or item.low == ","), None)
    side = whom.value if whom is not None else ""  # "20 km from B, the army said"
    walk.found.other = walk.found.other or side


def _behind_whom(walk: ListWalk) -> int | None:
    """Give the last word of "from B" where the object follows: "liberated from terrorism X"."""
    cursor = walk.cursor
    if cursor.at != cursor.start:
        return None
    for number in range(cursor.at + 1, min(cursor.stop - 1, cursor.at + 1 + MOST_ADJECTIVES)):
        item, following = cursor.items[number], cursor.items[number + 1]
        if item.kind not in {"side", "force"} and not is_plain(item) and item.low not in LEADS:
            return None
        if item.kind != "word" or item.low not in LEADS:
            the = following.low == "the" and number + 2 < cursor.stop
            object_ = cursor.items[number + 2] if the else following
            if object_.kind == "type" if the else object_.kind == "name":
                return number
    return None


def _auxiliary(walk: ListWalk, _item: Item) -> bool:
    return walk.cursor.start == walk.cursor.at or walk.nothing_named


def _plain(walk: ListWalk, item: Item) -> bool:
    """Read a word of no class: "both", "not only", a part, or an adjective."""
    cursor, found = walk.cursor, walk.found
    if item.low == "both" and cursor.at == cursor.start and _stands_alone(walk):
        found.means, found.means_at = "many", cursor.at
    elif item.low == "not" and cursor.word(1) == "only":
        cursor.at += 1 + (cursor.word(2) == "of")  # "control not only of A but also of B"
    elif item.low in PARTIAL and walk.slot == "direct" and cursor.word(1) == "of":
        _part(walk, part=walk.fresh)
    elif item.low not in LEADS and walk.direct:
        _adjective(walk, item)
    return True


def _adjective(walk: ListWalk, item: Item) -> None:
    """Count a word before a name; behind too many no name of the list comes."""
    walk.adjectives += not item.low.isdigit()
    if walk.adjectives > MOST_ADJECTIVES:
        walk.slot = "aside"


def _stands_alone(walk: ListWalk) -> bool:
    """Whether no names follow "both": "took both on Sunday"."""
    following = walk.cursor.following
    behind = following is None or following.kind == "days"
    return behind or walk.cursor.word(1) in _BEHIND_BOTH


# By a word; where it is of several classes the later one here counts.
_STEPS: Mapping[str, Callable[[ListWalk, Item], bool]] = {
    **dict.fromkeys(AUXILIARIES - {"to"}, _auxiliary),
    **dict.fromkeys(PREPOSITIONS | DIRECTIONS, _preposition),
    "then": _then,
    **dict.fromkeys(SUBORDINATORS | {"but"}, _subordinate),
    "of": _of,
    "as": _known_as,
    **dict.fromkeys(RELATIVES, over_relative),
    **dict.fromkeys(COORDINATORS, _coordinate),
    "(": _bracket,
    **dict.fromkeys(SIGNS, _sign),
    '"': _quote,
}
