"""Which sides of a sentence do something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.grammar import GrammarWords
    from geoline.reading.shared.item import Item

__all__ = ["leads", "sides_acting"]

_DOING = frozenset({"event", "verb", "speech"})
_YIELDING_EVENTS = frozenset({"lost", "withdrew"})
# Items behind a side among which its verb stands.
NEAR = 6


def sides_acting(items: Sequence[Item], words: GrammarWords, *, does: bool = True) -> list[str]:
    """Give the sides that do something in a sentence, and do not flee, lose or only speak.

    If `does` is false: those that are named in it and neither do that nor anything else.
    """
    found = []
    for number, item in enumerate(items):
        if item.kind != "side":
            continue
        leading = item.acts and leads(items, number, words)
        behind = items[number + 1 : number + 1 + NEAR]
        at = next((n for n, i in enumerate(behind) if i.kind in _DOING), None) if leading else None
        if at is not None:
            acts = does and not (_suffers(behind, at, words) or _yields(behind[at], words))
        else:
            acts = not does and leading and not _governed(items, number, words)
        found += [item.value] if acts else []
    return found


def leads(items: Sequence[Item], at: int, words: GrammarWords) -> bool:
    """Whether a side may be the subject: neither a preposition nor a verb stands before it."""
    before = at - 1
    while before > 0 and items[before].low in words.determiners:
        before -= 1
    governed = items[before].low in words.governing or items[before].kind in {"event", "verb"}
    return at == 0 or not governed


def _governed(items: Sequence[Item], at: int, words: GrammarWords) -> bool:
    return at > 0 and items[at - 1].low in words.governing


def _suffers(behind: Sequence[Item], at: int, words: GrammarWords) -> bool:
    """Whether what is done behind a side is done to it: "were driven", "A driven out"."""
    verb = behind[at]
    passive = any(item.low in words.be for item in behind[:at]) and verb.low.endswith(("ed", "en"))
    return passive or (at == 0 and verb.verb is not None and verb.verb.slot == "out")


def _yields(verb: Item, words: GrammarWords) -> bool:
    """Whether a verb does nothing to another side."""
    told = verb.verb is not None and verb.verb.event in _YIELDING_EVENTS
    return told or verb.kind == "speech" or verb.low in words.yielding
