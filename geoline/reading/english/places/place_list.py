"""The places of a list as they are found, and whether a list goes on behind a comma."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.reading.english.sentence.clauses import is_verb
from geoline.reading.english.words.event_verbs import EVENT_VERBS
from geoline.reading.english.words.word_classes import (
    ADVERBS,
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    QUANTITIES,
    RELATIVES,
    SUBORDINATORS,
)
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.item import Item

__all__ = ["LEADS", "LONG", "PlaceList", "is_plain", "joint_size", "list_follows"]

_WORDS = word_sets("places", "place_list")

# Words before a list's name beside determiners, adjectives and "the village of".
LEADS = DETERMINERS | QUANTITIES | ADVERBS | _WORDS["leads"]
# A list of so many names goes on over what is no name.
LONG = 3
QUOTES = frozenset('"“”')
_GRAMMAR = PREPOSITIONS | SUBORDINATORS | RELATIVES | COORDINATORS | AUXILIARIES


@dataclass(slots=True)
class PlaceList:
    """Places found: their item numbers, or what "it", "the town", "both" mean.

    `means_at` is the number of the item that means it, -1 if none does.

    `counted` is true for places that are counted and not named ("nine villages"), `elsewhere` if
    what is taken is no place ("captured two soldiers"); `other` is the side of "from A"; `end` is
    behind the last name, `stop` where the search ended.
    """

    names: list[int] = field(default_factory=list)
    means: str = ""
    means_at: int = -1
    partly: bool = False
    counted: bool = False
    elsewhere: bool = False
    road: int = -1
    post: bool = False
    other: str = ""
    end: int = 0
    stop: int = 0

    def __bool__(self) -> bool:
        return bool(self.names or self.means)


def list_follows(items: Sequence[Item], at: int, *, long: bool = False) -> int | None:
    """Give the number of the name at which a list goes on behind "and", None if it does not.

    A long list goes on over an element that is no name ("A, B, C, western monastery, D").
    """
    for number in range(at, min(len(items), at + 9)):
        item = items[number]
        if item.low in QUOTES:
            continue
        if item.kind == "name":
            return None if _is_subject(items, number) else number
        if item.low == "(":
            bracket = next((n for n in range(number, len(items)) if items[n].low == ")"), None)
            return list_follows(items, bracket + 1) if bracket is not None else None
        if long and item.low == "," and number - at in range(1, 3):
            return list_follows(items, number + 1)
        if not (_is_aside(items, number) or _leads(items, number)):
            return None
    return None


def _is_subject(items: Sequence[Item], at: int) -> bool:
    """Whether a verb is said of a name: "and X was taken"."""
    later = at + 1
    while later < len(items) and items[later].kind in {"type", "days"}:
        later += 1
    if later == len(items):
        return False
    behind = items[later]
    if is_verb(behind):
        return not behind.low.endswith(("ing", "held"))
    return behind.kind == "word" and behind.low in FINITE


def _is_aside(items: Sequence[Item], at: int) -> bool:
    """Whether a list goes on over an item: "took A and this afternoon B", "over A and over B"."""
    if items[at].kind == "days" and at + 1 < len(items):
        return items[at + 1].kind == "name"
    return items[at].low == "over" and items[at - 1].low == "and"


def _leads(items: Sequence[Item], at: int) -> bool:
    """Whether an item may stand before a name of a list: "the", "two", "village of"."""
    item = items[at]
    if item.low in AUXILIARIES or item.low in EVENT_VERBS:
        return False
    if item.kind == "type" or (item.low == "as" and items[at - 1].low == "known"):
        return True
    return item.kind == "word" and (item.low in LEADS or item.low.isdigit() or is_plain(item))


# What joins names besides "and" and commas.
_JOINTS = (("as", "well", "as"), ("along", "with"), ("together", "with"), ("in", "addition", "to"),
           ("plus",))  # fmt: skip


def joint_size(items: Sequence[Item], at: int) -> int:
    """Give the number of words of "as well as", "along with" and the like at a number; else 0."""
    if items[at].low not in {"as", "along", "together", "in", "plus"}:
        return 0
    lows = tuple(item.low for item in items[at : at + 3])
    return next((len(words) for words in _JOINTS if lows[: len(words)] == words), 0)


def is_plain(item: Item) -> bool:
    """Whether an item is a word in small letters that belongs to no class of grammar."""
    return item.text.islower() and item.low not in (_GRAMMAR)
