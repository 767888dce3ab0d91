"""Which side a subject is: named, meant by a pronoun or "the troops", or somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.sentence.clauses import is_verb
from geoline.reading.english.words.word_classes import SIGNS
from geoline.reading.english.words.word_sets import word_sets
from geoline.reading.shared.side_words import STRANGER

if TYPE_CHECKING:
    from geoline.reading.english.sentence.clauses import Clauses, Subject
    from geoline.reading.shared.item import Item

__all__ = ["side_said"]

_WORDS = word_sets("sentence", "sides")

# Nouns that act for the side that qualifies them: "a rebel attack seized X".
_ACTIONS = _WORDS["actions"]
# Before a side these say that it is not the one who acts.
_AWAY = _WORDS["away"]
_OTHER = ("", "other")
_SOMEBODY = _WORDS["somebody"]
_BOUNDS = SIGNS | {":", "that"}
_RID = ("clear", "cleans", "purg", "purif", "rid", "strip", "sanit", "free")


def side_said(clauses: Clauses, subject: Subject, *, possessive: bool = False) -> tuple[str, str]:
    """Give the side of a subject, and what is meant where none is named (`ToldEvent.side_means`).

    Parameters
    ----------
    clauses
        The sentence.
    subject
        Whom or what the verb is said of.
    possessive
        Whether "the army's" counts ("in the army's hands").
    """
    if subject.kind in {"", "place"}:
        return "", "other" if subject.kind else ""
    item = clauses.items[subject.at]
    if subject.kind == "side" and (possessive or item.acts or not item.possessive):
        return _of_side(item)
    if subject.kind == "noun":
        said = _of_noun(clauses, subject.at)
        return _in_clause(clauses, subject.at) if said == _OTHER else said
    before = _before(clauses, subject.at)
    if before:
        return before, ""
    somebody = not _SOMEBODY.isdisjoint({item.low, clauses.low(subject.at - 1)})
    return _OTHER if somebody else ("", "they")


def _of_side(item: Item) -> tuple[str, str]:
    return _OTHER if item.value == STRANGER else (item.value, "")


def _of_noun(clauses: Clauses, at: int) -> tuple[str, str]:
    """Give the side of "rebel attack", "the offensive by the army"."""
    if clauses.low(at) not in _ACTIONS and clauses.kind(at) != "side":
        return _OTHER
    if clauses.kind(at) == "side":
        following = clauses.low(at + 1)
        return (clauses.items[at].value, "") if following in _ACTIONS else _OTHER
    around = [*range(at - 1, max(-1, at - 4), -1), *range(at + 1, at + 8)]
    for number in around:
        if clauses.kind(number) == "side":
            return clauses.items[number].value, ""
        if clauses.kind(number) in {"event", "verb", "speech"}:
            break
    return "", "they"


def _in_clause(clauses: Clauses, at: int) -> tuple[str, str]:
    """Give the side that acts in a clause whose subject seems to be another noun."""
    for number in range(at, -1, -1):
        item = clauses.items[number]
        if _opens_clause(clauses, number):
            break
        acts = item.kind == "force" or (item.kind == "side" and item.acts)
        if acts and clauses.governor(number) is None:
            return _of_side(item) if item.kind == "side" else ("", "they")
    return _OTHER


def _opens_clause(clauses: Clauses, at: int) -> bool:
    item = clauses.items[at]
    if item.low in _BOUNDS and item.kind in {"word", "pronoun"}:
        return True
    return is_verb(item) and not clauses.modifies(at)


def _before(clauses: Clauses, at: int) -> str:
    """Give the side named last in the sentence before a pronoun, as one who acts or speaks."""
    governed = ""
    for number in range(at - 1, -1, -1):
        item = clauses.items[number]
        if item.kind != "side" or item.value == STRANGER or _qualifies(clauses, number):
            continue
        governor = clauses.governor(number)
        if governor is None:
            return item.value
        if clauses.low(governor) == "of" and clauses.low(governor - 1).startswith(_RID):
            continue  # "cleared of rebels by the troops"
        words = clauses.lows(max(0, governor - 2), governor + 1)
        governed = governed or (item.value if _AWAY.isdisjoint(words) else "")
    return governed


def _qualifies(clauses: Clauses, at: int) -> bool:
    """Whether a side's name only tells of a place: "the rebel village"."""
    item = clauses.items[at]
    return not (item.acts or item.possessive) and clauses.kind(at + 1) == "type"
