"""Arabic sentences: who took which place, told, headed or denied, with its days.

The order is verb, side, place ("سيطرت قوات النظام على أ وب"), or side, verb, place; nouns tell as
verbs do ("تمكنت من السيطرة على أ", "انتهى باحتلالها أ"). A word that governs a noun says whether it
was done, tried, feared or denied. What does not read like that gives nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.arabic.rules import ARABIC_RULES
from geoline.reading.arabic.sentence_parts import ArabicParts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.shared.report_memory import ReportMemory
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["told_events"]

_OF_VERBS = tuple(rule for rule in ARABIC_RULES if rule.kind in {"verb", "noun"})
_OF_OTHERS = tuple(rule for rule in ARABIC_RULES if rule not in _OF_VERBS)


def told_events(
    items: Sequence[ArabicItem],
    memory: ReportMemory,
    holders: frozenset[str] = frozenset(),
    *,
    now: date | None = None,
) -> list[ToldEvent]:
    """Find the events that an Arabic sentence tells.

    Parameters
    ----------
    items
        The sentence.
    memory
        What was told before; what is told of places that the next lines name is left there.
    holders
        Sides that may hold ground, which are preferred where two acted together; empty: all.
    now
        The day that the sentence is of.
    """
    parts = ArabicParts(items, memory, holders, now)
    for at, item in enumerate(items):
        for rule in _OF_OTHERS if item.verb is None else _OF_VERBS:
            found = rule.read(parts, at)
            if found:
                for told in found:
                    told.rule = rule.name
                parts.add(found)
                break
    return parts.found
