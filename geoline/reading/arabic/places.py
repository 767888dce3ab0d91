"""The places of an Arabic verb: the list behind it, or what "it" and "the two villages" mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.arabic.items import is_region, may_name
from geoline.reading.arabic.place_list import ENDS, ArabicPlaces, joined_before, list_of
from geoline.reading.arabic.words.word_classes import (
    ALL,
    AMONG_THEM,
    BREAKS,
    COMMAS,
    FULLY,
    INCLUDING,
    KNOWN,
    NAMELY,
    NOT_PLACES,
    OUT,
    OUT_OF_IT,
    OVER,
    OVER_IT,
    PARTS,
    PLACE_MEANT,
    PREPOSITIONS,
    REGIONS,
    RELATIVE,
    VILLAGES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.arabic.items import ArabicItem

__all__ = ["VILLAGES", "antecedent", "named_later", "places_of"]

# Words between a verb and its places at most.
REACH = 22
# Words behind what is no settlement among which "namely" stands.
NAMELY_REACH = 7
_STOPPING = ENDS | BREAKS | RELATIVE
_MEANING_PLACES = PARTS | ALL | PLACE_MEANT.keys()
_GOVERNING = PREPOSITIONS | REGIONS | NOT_PLACES | OUT
_MANY = frozenset({"هما", "هم"})


def places_of(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Find the places of the verb or noun at an item.

    Parameters
    ----------
    items
        A sentence.
    at
        Number of an item with a verb.
    """
    verb = items[at].verb
    if verb is None:
        return ArabicPlaces()
    if verb.slot in _READERS:
        return _READERS[verb.slot](items, at)
    found = _object(items, at, near=verb.slot == "near")
    pronoun = items[at].pronoun
    if not found and pronoun:
        return ArabicPlaces(means="many" if pronoun in _MANY else "one", start=at, end=at + 1)
    return found


def _over(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Read what stands behind "over"."""
    # "The villages that they took rose to four, namely A …"
    said_of = _low(items, at - 1) in RELATIVE and _low(items, at - 2) in VILLAGES
    for number in range(at + 1, min(len(items), at + REACH)):
        item = items[number]
        if item.low in ENDS or _other_verb(item) or (said_of and item.low in OVER_IT):
            break
        if item.low in OVER_IT:
            means = "many" if OVER_IT[item.low] in _MANY else "one"
            return ArabicPlaces(means=means, start=number, end=number + 1)
        if (item.low in OVER and not item.prefix) or item.low in INCLUDING:
            found = list_of(items, number + 1 + (_low(items, number + 1) in OVER))
            one = number + 1 < len(items) and items[number + 1].kind == "type"
            found.counted = found.counted or (one and not found)  # "over a village in A"
            if found or not any(i.low in OVER for i in items[number + 1 : number + REACH]):
                return found  # "in its campaign on the countryside of A took control of B"
    return ArabicPlaces(counted=said_of, start=at, end=at + 1)


def _low(items: Sequence[ArabicItem], at: int) -> str:
    return items[at].low if 0 <= at < len(items) else ""


def _other_verb(item: ArabicItem) -> bool:
    return item.kind == "event" and (item.verb is None or item.verb.form != "noun")


def _out(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Read what stands behind the "from" of "drove them from"."""
    for number in range(at + 1, min(len(items), at + REACH)):
        item = items[number]
        if item.low in ENDS or _other_verb(item):
            break
        if item.low in OUT_OF_IT:
            return ArabicPlaces(means="one", start=number, end=number + 1)
        if item.low in OUT and (found := list_of(items, number + 1)):
            return found
    return ArabicPlaces()


def _object(items: Sequence[ArabicItem], at: int, *, near: bool = False) -> ArabicPlaces:
    """Read the object of a verb: the first place behind it that nothing governs."""
    plain = _object_from(items, at, near=near, unknown=False)
    joined = bool(plain.names) and bool(items[plain.start].conjunction)
    if plain and not joined:
        return plain
    verb = items[at].verb
    if near and (verb is None or verb.event != "entered"):
        return plain
    return _object_from(items, at, near=near, unknown=True) or plain


def _object_from(
    items: Sequence[ArabicItem], at: int, *, near: bool, unknown: bool
) -> ArabicPlaces:
    for number in range(at + 1, min(len(items), at + REACH)):
        item = items[number]
        if item.low in _STOPPING or (item.kind == "event" and not _governed(items, number)):
            break
        first = number == at + 1 or items[number - 1].kind in {"side", "days"}
        if _begins_list(item) or (unknown and first and may_name(item)):
            governed = _governed(items, number, near=near) and not _of_owner(items, at, number)
            found = ArabicPlaces() if governed else list_of(items, number)
            if found:
                return found
        elif item.low in NOT_PLACES and not _governed(items, number):
            return _named_behind(items, number)
    return ArabicPlaces()


def _of_owner(items: Sequence[ArabicItem], at: int, number: int) -> bool:
    """Whether a place stands behind "to" since its taker stands behind the noun."""
    taken = items[at].form == "noun" and items[number].prefix == "ل"
    return taken and items[number - 1].kind == "side"


def _begins_list(item: ArabicItem) -> bool:
    return item.kind in {"name", "type"} or item.low in _MEANING_PLACES


def _named_behind(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Read the names of "two towns, namely A and B"."""
    near = range(at, min(len(items), at + NAMELY_REACH))
    named = next((n for n in near if items[n].low in NAMELY), None)
    return list_of(items, named + 1) if named is not None else ArabicPlaces()


def _governed(items: Sequence[ArabicItem], at: int, *, near: bool = False) -> bool:
    """Whether a preposition or a noun stands over a name."""
    item, before = items[at], items[at - 1]
    while at > 1 and (before.kind == "type" or before.low in ALL | PARTS):
        at -= 1
        item, before = items[at], items[at - 1]
    if near and before.low in {"الي", "من"}:
        return False
    return bool(item.prefix) or before.low in _GOVERNING


def _fallen(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Read the subject of "fell" or "came into somebody's hands": behind it, else before it."""
    number = at + 1
    while number < len(items) and _passed_over(items[number]):
        number += 1
    if number == len(items) or items[number].prefix:
        return _before(items, at)
    item = items[number]
    if (_begins_list(item) or may_name(item)) and (found := list_of(items, number)):
        return found
    return ArabicPlaces() if _is_of_another(items[at], item) else _before(items, at)


def _is_of_another(fell: ArabicItem, behind: ArabicItem) -> bool:
    """Whether it is something else that fell: what stands behind the verb, and is no place."""
    if fell.form == "noun":
        return not fell.pronoun
    return behind.kind == "word" and behind.low not in KNOWN


def _passed_over(item: ArabicItem) -> bool:
    return item.kind == "days" or item.low in FULLY | COMMAS


def _before(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Read the names, or "the town", that stand before a verb as its subject."""
    for number in range(at - 1, -1, -1):
        item = items[number]
        if item.low in ENDS:
            break
        free = not item.prefix and not (number and items[number - 1].low in PREPOSITIONS)
        if item.low in PLACE_MEANT and free:
            return ArabicPlaces(means=PLACE_MEANT[item.low], start=number, end=number + 1)
        if item.kind == "name" and not (is_region(item) or _governed(items, number)):
            names = joined_before(items, number)
            if not _governed(items, names[0]):
                return ArabicPlaces(names, start=names[0], end=number + 1)
    return ArabicPlaces(means="one", start=at, end=at + 1)


_READERS = {
    "on": _over, "out": _out, "subject": _fallen, "hand": _fallen,
}  # fmt: skip


def antecedent(items: Sequence[ArabicItem], at: int, means: str) -> list[int]:
    """Give the names in a sentence that a pronoun or "the town" before an item means."""
    for number in range(at - 1, -1, -1):
        item = items[number]
        typed = number > 0 and items[number - 1].kind == "type" and items[number - 1].conjunction
        sure = item.known or item.possessive or bool(typed)
        if item.kind != "name" or not sure or items[number - 1 if number else 0].low in REGIONS:
            continue
        names = joined_before(items, number)
        if means == "one":
            return names[-1:]
        if len(names) > 1:
            return names
    return []


def named_later(items: Sequence[ArabicItem], at: int) -> list[int]:
    """Give the names of counted places behind "namely", "among them": "four villages, namely A"."""
    for number in range(at, len(items)):
        if items[number].low in ENDS:
            break
        if items[number].low in NAMELY | AMONG_THEM and (found := list_of(items, number + 1)):
            return found.names
    return []
