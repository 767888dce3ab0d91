"""The side that a sentence means where it names none: "they", nobody, or the loser's rival."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geoline.reading.report.memory import GONE
from geoline.reading.shared.acting import sides_acting
from geoline.reading.shared.told_event import TAKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.report.sentence_context import SentenceContext
    from geoline.reading.shared.grammar import GrammarWords, TheatreWords
    from geoline.reading.shared.item import Item
    from geoline.reading.shared.report_memory import ReportMemory
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["had_it", "meant_side"]

# Items behind "by" among which the men stand who did it.
REACH = 4


def meant_side(
    told: ToldEvent,
    earlier: Sequence[ToldEvent],
    context: SentenceContext,
    memory: ReportMemory,
    theatre: TheatreWords,
) -> str:
    """Give the side meant where none is named, empty if none is.

    "They" are those who acted in the sentence, or before it; who took what "fell" is who took
    places before; who took what was lost is the loser's rival, of whom most was said.

    Parameters
    ----------
    told, earlier
        The event, and those of its sentence before it.
    context
        The sentence.
    memory
        What was told before; "troops" make the state's the side spoken of.
    theatre
        Who is who.
    """
    had = had_it(told, earlier)
    again = bool(had) and had == told.side
    if again or told.side_means == "rival" or (told.other and told.side_means == "agent"):
        return _rival(had if again else told.other, context.items, memory, theatre)
    if told.side_means not in {"they", "agent", "follows"}:
        return ""
    acted = (event.side for event in reversed(earlier) if event.event not in GONE)
    held = next((side for side in acted if side and side != had and theatre.holds(side)), "")
    if held or told.side_means == "follows":
        return held or memory.taker
    said = _agent if told.side_means == "agent" else _they
    side = said(told.at, context, memory, theatre)
    return _rival(had, context.items, memory, theatre) if side == had else side


def had_it(told: ToldEvent, earlier: Sequence[ToldEvent]) -> str:
    """Give who took the same place before: "taken by rebels in 2012, it was retaken by troops"."""
    places = {item.text for item in told.places}
    before = (e for e in reversed(earlier) if e.event in TAKEN and told.event == "recaptured")
    return next((e.side for e in before if places & {item.text for item in e.places}), "")


def _agent(at: int, context: SentenceContext, memory: ReportMemory, theatre: TheatreWords) -> str:
    """Give who takes places; else who acted last, in the sentence or before it."""
    acting = sides_acting(context.items[:at], context.words)
    here = [side for side in acting if side in theatre.holders]
    last = memory.side if theatre.holds(memory.side) and _foremost(memory, theatre) else ""
    return memory.taker or (here[-1] if here else last)


def _foremost(memory: ReportMemory, theatre: TheatreWords) -> bool:
    """Whether no other holder was named more often than the side spoken of last."""
    most = memory.named[memory.side]
    return all(memory.named[side] <= most for side in theatre.holders)


def _they(at: int, context: SentenceContext, memory: ReportMemory, theatre: TheatreWords) -> str:
    side, state, items = memory.side, theatre.sides.state, context.items
    man = _man(items, at, context.words)
    if man in context.words.regulars and (not side or _speaks_of_state(items, memory, state)):
        memory.side = side = state
    if man in context.words.irregulars and side == state:
        side = _rival(side, items, memory, theatre)
    if side:
        return side
    # "In X, which they took on Monday, government troops …"
    later = (n for n in range(at, len(items)) if items[n].kind == "side" and items[n].acts)
    free = (items[n].value for n in later if not _fought(items, n, context.words))
    return next((value for value in free if value in theatre.holders), "")


def _fought(items: Sequence[Item], at: int, words: GrammarWords) -> bool:
    """Whether a side is fought, and not who fights: "after clashes with the army"."""
    while at and items[at - 1].low in words.determiners:
        at -= 1
    return at > 0 and items[at - 1].low in words.against


def _man(items: Sequence[Item], at: int, words: GrammarWords) -> str:
    """Give the word for armed men before a verb, the last one; behind "by" if there is none."""
    before = [item.low for item in items[:at] if item.kind == "force"]
    by = next((n for n in range(at, len(items)) if items[n].low in words.by), len(items))
    behind = [item.low for item in items[by : by + REACH] if item.kind == "force"]
    return next(iter([*before[-1:], *behind[-1:]]), "")


def _speaks_of_state(items: Sequence[Item], memory: ReportMemory, state: str) -> bool:
    """Whether the state's side is named in this sentence or before it."""
    here = any(item.kind == "side" and item.value == state for item in items)
    return here or state in memory.named


def _rival(loser: str, items: Sequence[Item], memory: ReportMemory, theatre: TheatreWords) -> str:
    """Give the holder of whom most was said but for one, else the state."""
    if not loser:
        return ""
    named = memory.named + Counter(item.value for item in items if item.kind == "side")
    others = [
        (count, side) for side, count in named.items() if side != loser and side in theatre.holders
    ]
    state = theatre.sides.state if loser != theatre.sides.state else ""
    return max(others)[1] if others else state
