"""What "it", "the town" and "the villages that they took" mean in an Arabic sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.arabic.place_list import ENDS, joined_before, list_of
from geoline.reading.arabic.words import CONNECTORS, REGIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.arabic.items import ArabicItem

__all__ = ["VILLAGES", "antecedent", "counted_list"]

VILLAGES = frozenset({"القري", "البلدات", "المناطق", "المدن", "المواقع", "قري", "بلدات", "مناطق"})


def antecedent(items: Sequence[ArabicItem], at: int, means: str) -> list[int]:
    """Give the names in a sentence that a pronoun or "the town" before an item means."""
    for number in range(at - 1, -1, -1):
        item = items[number]
        sure = item.known or item.possessive
        if item.kind != "name" or not sure or items[number - 1 if number else 0].low in REGIONS:
            continue
        names = joined_before(items, number)
        if means == "one":
            return names[-1:]
        if len(names) > 1:
            return names
    return []


def counted_list(items: Sequence[ArabicItem], at: int) -> list[int]:
    """Give the names of "the villages that they took are: A, B and C" behind the verb."""
    head = any(items[n].low in VILLAGES for n in range(max(0, at - 4), at))
    for number in range(at + 1, len(items) if head else 0):
        if items[number].low in ENDS:
            break
        if items[number].low in CONNECTORS:
            names = list_of(items, number + 1).names
            if names:
                return names
    return []
