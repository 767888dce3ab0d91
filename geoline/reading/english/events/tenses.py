"""The tense in which a verb tells what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.sentence.clauses import is_verb
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from geoline.reading.english.sentence.clauses import Clauses, VerbGroup

__all__ = ["tense_of"]

_WORDS = word_sets("events", "tenses")

_SPANS = _WORDS["spans"]
# Items before a verb among which "days after" stands.
NEAR = 8
_PERFECT = frozenset({"has", "have", "having", "'ve"})
_PRESENT = frozenset({"is", "are", "'s", "now"})


def tense_of(clauses: Clauses, at: int) -> str:
    """Give the tense of what is told at an item: see `ToldEvent`."""
    group = clauses.group(at)
    if "had" in group.words or _is_earlier(clauses, group.first):
        return "before"
    verb = is_verb(clauses.items[at])
    if not _PERFECT.isdisjoint(group.words) or not (verb or _PRESENT.isdisjoint(group.words)):
        return "perfect"
    shared = _sharing(clauses, group) if verb else None
    return "past" if shared is None else tense_of(clauses, shared)


def _is_earlier(clauses: Clauses, first: int) -> bool:
    """Whether it had been before: "since A took X", "weeks in which the army took X"."""
    before = clauses.low(first - 1)
    if before == "since" or clauses.lows(0, 2) == ["earlier", ","]:
        return True
    after = clauses.find_back({"after"}, first - 1, max(0, first - NEAR))  # "days after A took X"
    if after and clauses.low(after - 1) in _SPANS and clauses.verb_back(first - 1, after) is None:
        return True
    which = clauses.find_back({"which"}, first - 1, max(0, first - 5))
    return which is not None and clauses.low(which - 1) in {"in", "during"}


def _sharing(clauses: Clauses, group: VerbGroup) -> int | None:
    """Give the verb whose auxiliaries one behind "and" shares: "has taken X and left"."""
    if group.words or clauses.low(group.first - 1) not in {"and", ","}:
        return None
    before = clauses.verb_back(group.first - 1, -1)
    return before if before is not None and clauses.kind(before) != "speech" else None
