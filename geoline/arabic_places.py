"""The places of an Arabic verb: the list behind it, or what "it" and "the two villages" mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.arabic_items import may_name
from geoline.arabic_words import (
    ALL,
    BREAKS,
    CONNECTORS,
    COUNTS,
    FULLY,
    HANDS,
    INCLUDING,
    KNOWN,
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
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.arabic_items import ArabicItem

__all__ = ["ENDS", "ArabicPlaces", "antecedent", "counted_list", "list_of", "places_of"]

ENDS = frozenset(".!؟?؛")
_COMMAS = frozenset("،,")
_SKIPPED = frozenset("-–—:/")
# Words between a verb and its places at most.
REACH = 22
_NAMELY = frozenset({"هي", "وهي", "هو", "وهو"})
_MANY = frozenset({"هما", "هم"})


@dataclass(slots=True)
class ArabicPlaces:
    """Item numbers of names, or what is meant ("one", "many"); whether only parts; where it ends."""

    names: list[int] = field(default_factory=list)
    means: str = ""
    partly: bool = False
    start: int = 0
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.names or self.means)


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
    if verb.slot in {"on", "laid"}:
        return _over(items, at)
    if verb.slot == "out":
        return _out(items, at)
    if verb.slot in {"subject", "hand"}:
        return _fallen(items, at)
    found = _object(items, at, near=verb.slot == "near")
    pronoun = items[at].pronoun
    if not found and pronoun:
        return ArabicPlaces(means="many" if pronoun in _MANY else "one", start=at, end=at + 1)
    return found


def _over(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Read what stands behind "over"."""
    for number in range(at + 1, min(len(items), at + REACH)):
        item = items[number]
        if item.low in ENDS or _other_verb(item):
            break
        if item.low in OVER_IT:
            means = "many" if OVER_IT[item.low] in _MANY else "one"
            return ArabicPlaces(means=means, start=number, end=number + 1)
        if (item.low in OVER and not item.prefix) or item.low in INCLUDING:
            return list_of(items, number + 1)
    return ArabicPlaces()


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
    return _object_from(items, at, near=near, unknown=True) or plain


def _object_from(
    items: Sequence[ArabicItem], at: int, *, near: bool, unknown: bool
) -> ArabicPlaces:
    number = at + 1
    while number < min(len(items), at + REACH):
        item = items[number]
        if item.low in ENDS or item.kind == "event" or item.low in BREAKS | RELATIVE:
            break
        places = item.kind in {"name", "type"} or item.low in PARTS | ALL or item.low in PLACE_MEANT
        first = number == at + 1 or items[number - 1].kind in {"side", "days"}
        candidate = unknown and first and may_name(item)
        if (places or candidate) and not _governed(items, number, near=near):
            found = list_of(items, number)
            if found:
                return found
        elif item.low in NOT_PLACES and not _governed(items, number):
            named = next((n for n in range(number, len(items)) if items[n].low in _NAMELY), 0)
            return list_of(items, named + 1) if 0 < named < number + 7 else ArabicPlaces()
        number += 1
    return ArabicPlaces()


def _governed(items: Sequence[ArabicItem], at: int, *, near: bool = False) -> bool:
    """Whether a preposition or a noun stands over a name."""
    item, before = items[at], items[at - 1]
    while at > 1 and (before.kind == "type" or before.low in ALL | PARTS):
        at -= 1
        item, before = items[at], items[at - 1]
    if near and before.low in {"الي", "من"}:
        return False
    return bool(item.prefix) or before.low in PREPOSITIONS | REGIONS | NOT_PLACES | OUT


def _fallen(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Read the subject of "fell" or "came into somebody's hands": behind it, else before it."""
    number = at + 1
    while number < len(items) and (
        items[number].kind == "days" or items[number].low in FULLY | _COMMAS
    ):
        number += 1
    if number < len(items) and not items[number].prefix:
        item = items[number]
        listed = item.kind in {"name", "type"} or item.low in PLACE_MEANT or item.low in ALL | PARTS
        if listed and (found := list_of(items, number)):
            return found
        verb = items[at].verb
        noun = verb is not None and verb.form == "noun"
        if noun or (item.kind == "word" and item.low not in KNOWN):
            if not noun or not items[at].pronoun:
                return ArabicPlaces()
    return _before(items, at)


def _before(items: Sequence[ArabicItem], at: int) -> ArabicPlaces:
    """Read the names, or "the town", that stand before a verb as its subject."""
    for number in range(at - 1, -1, -1):
        item = items[number]
        if item.low in ENDS:
            break
        if item.low in PLACE_MEANT and not item.prefix:
            if not (number and items[number - 1].low in PREPOSITIONS):
                means = PLACE_MEANT[item.low]
                return ArabicPlaces(means=means, start=number, end=number + 1)
        if item.kind == "name" and not _governed(items, number):
            names = [number]
            while names[0] and items[names[0]].conjunction:
                earlier = names[0] - 1
                while earlier > 0 and items[earlier].kind == "type":
                    earlier -= 1
                if items[earlier].kind != "name":
                    break
                names.insert(0, earlier)
            if not _governed(items, names[0]):
                return ArabicPlaces(names, start=names[0], end=number + 1)
    return ArabicPlaces(means="one", start=at, end=at + 1)


def antecedent(items: Sequence[ArabicItem], at: int, means: str) -> list[int]:
    """Give the names in a sentence that a pronoun or "the town" before an item means."""
    for number in range(at - 1, -1, -1):
        item = items[number]
        sure = item.known or item.possessive
        if item.kind != "name" or not sure or items[number - 1 if number else 0].low in REGIONS:
            continue
        names = [number]
        while items[names[0]].conjunction and names[0]:
            earlier = names[0] - 1
            while earlier > 0 and items[earlier].kind == "type":
                earlier -= 1
            if items[earlier].kind != "name":
                break
            names.insert(0, earlier)
        if means == "one":
            return names[-1:]
        if len(names) > 1:
            return names
    return []


def counted_list(items: Sequence[ArabicItem], at: int) -> list[int]:
    """Give the names of "the villages that they took are: A, B and C" behind the verb."""
    head = any(items[n].low in _VILLAGES for n in range(max(0, at - 4), at))
    for number in range(at + 1, len(items) if head else 0):
        if items[number].low in ENDS:
            break
        if items[number].low in CONNECTORS:
            names = list_of(items, number + 1).names
            if names:
                return names
    return []


_VILLAGES = frozenset({"القري", "البلدات", "المناطق", "المدن", "المواقع", "قري", "بلدات", "مناطق"})


def list_of(items: Sequence[ArabicItem], start: int) -> ArabicPlaces:
    """Read a list of places from its first word on."""
    found = ArabicPlaces(start=start, end=start)
    number, expecting, whole = start, True, False
    while number < len(items):
        item = items[number]
        if item.low in ENDS or item.low in BREAKS | RELATIVE or _endslist_of(item):
            break
        if item.kind == "name":
            if not (expecting or item.conjunction):
                break
            found.names.append(number)
            expecting = False
        elif item.kind == "type":
            if not (expecting or item.conjunction):
                break
            expecting = True
        elif item.low in PLACE_MEANT and not found.names and (expecting or item.conjunction):
            found.means, expecting = PLACE_MEANT[item.low], False
        elif item.low in ALL and (expecting or item.conjunction):
            whole = expecting = True
        elif item.low in PARTS and (expecting or item.conjunction):
            if whole and item.low.startswith("احياء"):
                found.means = "one"
            found.partly = found.partly or not (whole or found.names)
            if found.names:
                break
        elif item.low == "الاحياء" and whole and not found.names:
            found.means = "one"
        elif item.low == "من" and items[number - 1].low in ALL | PARTS | COUNTS | _counted:
            pass
        elif item.low in COUNTS | FULLY or item.low.isdigit() or item.kind == "days":
            pass
        elif item.low in CONNECTORS:
            expecting = True
        elif item.low in _lead_in and items[number - 1].low in CONNECTORS:
            expecting = True
        elif item.low in _COMMAS | _SKIPPED | frozenset("()"):
            if not expecting and not _goes_on(items, number + 1):
                break
            expecting = expecting or items[number + 1].kind in {"name", "type"}
        elif item.low in REGIONS | {"في"} and (found.names or number > start):
            number = _past_region(items, number)
            if not _goes_on(items, number):
                break
            continue
        elif item.low in NOT_PLACES and (expecting or item.conjunction):
            if found.names or not _goes_on_later(items, number):
                break
            number = _goes_on_later(items, number)
            continue
        elif not _takes(items, number, found, expecting=expecting):
            break
        else:
            expecting = False
        number += 1
    found.end = number
    if found.names:
        found.means = ""
    return found


_lead_in = frozenset({"الي", "عن", "من"})
_counted = frozenset({"اجزاء", "العديد", "مساحات"})


def _takes(items: Sequence[ArabicItem], at: int, found: ArabicPlaces, *, expecting: bool) -> bool:
    """Take a word for a name that the scanner missed, or pass over an adjective."""
    item = items[at]
    if item.kind != "word" or item.low in KNOWN:
        return False
    if expecting and may_name(item):
        item.kind, item.possessive = "name", True
        found.names.append(at)
        return True
    letters = item.text[1:]
    joined = item.text.startswith("و") and len(letters) > 1 and found.names
    if joined and items[at - 1].kind in {"name", "type", "days"} | {"word"}:
        if items[at - 1].kind == "word" and items[at - 1].low in KNOWN - FULLY - REGIONS - _COMMAS:
            return False
        item.kind, item.start, item.text, item.conjunction = "name", item.start + 1, letters, "و"
        item.possessive = True
        found.names.append(at)
        return True
    return item.low.startswith("ال") and (bool(found.names) or bool(found.means))


def _endslist_of(item: ArabicItem) -> bool:
    if item.kind in {"event", "side"}:
        return True
    return item.low in HANDS or (
        item.low in PREPOSITIONS and item.low not in {"من", "في", "الي", "عن"}
    )


def _past_region(items: Sequence[ArabicItem], at: int) -> int:
    """Give where a region ends: "in the southern countryside of Idlib"."""
    while at < len(items):
        item = items[at]
        region = item.low in REGIONS or item.low in {"في", "من", "الي"}
        named = item.kind in {"name", "word"} and not item.conjunction and (
            items[at - 1].low in REGIONS or (item.kind == "word" and item.low.startswith("ال"))
        )  # fmt: skip
        if not (region or named) or (item.conjunction and item.low not in REGIONS):
            break
        at += 1
    return at


def _goes_on(items: Sequence[ArabicItem], at: int) -> bool:
    """Whether a list goes on at an item."""
    if at >= len(items):
        return False
    item = items[at]
    if item.low in _COMMAS:
        joined = at + 1 < len(items) and (
            bool(items[at + 1].conjunction) or items[at + 1].low in CONNECTORS
        )
        return joined and _goes_on(items, at + 1)
    if item.kind == "word" and item.low in REGIONS | {"في"} and not item.conjunction:
        end = _past_region(items, at)
        return (
            end > at
            and end < len(items)
            and bool(items[end].conjunction or items[end].low in _COMMAS)
            and _goes_on(items, end)
        )
    if item.kind in {"name", "type"} or item.low in CONNECTORS:
        return not item.prefix
    unknown = item.kind == "word" and item.low not in KNOWN
    return (
        unknown
        and item.text.startswith("و")
        and at > 0
        and (at + 1 >= len(items) or items[at + 1].low in ENDS or items[at + 1].conjunction != "")
    )


def _goes_on_later(items: Sequence[ArabicItem], at: int) -> int:
    """Give where, behind what is no settlement, one is told: "the hill of A and the town of B"."""
    for number in range(at + 1, min(len(items), at + 8)):
        item = items[number]
        if item.low in ENDS or item.kind in {"event", "side"} or item.low in BREAKS:
            break
        if item.kind == "type" and item.conjunction and not item.prefix:
            return number
    return 0
