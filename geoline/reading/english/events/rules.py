"""The rules by which an English sentence tells events, and the walk along them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geoline.reading.english.events import (
    captures,
    falls,
    movements,
    nouns,
    states,
    successions,
)
from geoline.reading.english.events.event_days import acting_days, owners
from geoline.reading.english.events.parts import SentenceParts
from geoline.reading.english.events.tenses import tense_of
from geoline.reading.english.sentence.clauses import Clauses
from geoline.reading.shared.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["ENGLISH_RULES", "told_events"]

# In the order in which they are tried at an item of their kind; the first that reads events there
# is the last that is tried.
ENGLISH_RULES: Final[tuple[Rule[SentenceParts], ...]] = (
    Rule(
        name="en-attributive",
        kind="verb",
        reads='a participle before its noun: "the captured villages include X", "in recaptured X"',
        read=captures.read_attributive,
    ),
    Rule(
        name="en-passive",
        kind="verb",
        reads='what was done to a place: "X was captured by A"',
        read=captures.read_passive,
    ),
    Rule(
        name="en-reduced",
        kind="verb",
        reads='a participle behind its place: "X, captured by A", "A and B in C, both taken"',
        read=captures.read_reduced,
    ),
    Rule(
        name="en-lost",
        kind="verb",
        reads='who lost a place, and to whom: "A lost X to B"',
        read=captures.read_lost,
    ),
    Rule(
        name="en-active",
        kind="verb",
        reads='who took, held, hit or left a place: "A captured X", "After capturing X, A …"',
        read=captures.read_active,
    ),
    Rule(
        name="en-flag",
        kind="verb",
        reads='whose flag was raised over a place: "the army raised the flag over X"',
        read=movements.read_flag,
    ),
    Rule(
        name="en-drove-out",
        kind="verb",
        reads='who drove whom out of a place: "A drove B out of X"',
        read=movements.read_drove_out,
    ),
    Rule(
        name="en-driven-out",
        kind="verb",
        reads='who was driven out of a place: "B were driven from X by A"',
        read=movements.read_driven_out,
    ),
    Rule(
        name="en-fell-to",
        kind="verb",
        reads='to whom a place went: "X fell to A", "X came under the control of A"',
        read=falls.read_fell_to,
    ),
    Rule(
        name="en-fell",
        kind="verb",
        reads='a place that fell, to nobody named: "X has fallen", "X fell on Sunday, then Y"',
        read=falls.read_fell,
    ),
    Rule(
        name="en-moved-in",
        kind="verb",
        reads='who came where others had left: "B withdrew from X and A moved in"',
        read=movements.read_moved_in,
    ),
    Rule(
        name="en-withdrew",
        kind="verb",
        reads='who left a place: "A withdrew from X"',
        read=movements.read_withdrew,
    ),
    Rule(
        name="en-repelled",
        kind="verb",
        reads='who holds a place that was attacked in vain: "A repelled an attack on X"',
        read=movements.read_repelled,
    ),
    Rule(
        name="en-advanced",
        kind="verb",
        reads='who moved towards a place: "A advanced towards X", "A pushed into X"',
        read=movements.read_advanced,
    ),
    Rule(
        name="en-noun-of",
        kind="noun",
        reads='a noun with its place behind "of": "the capture of X by A", "A\'s seizure of X"',
        read=nouns.read_noun_of,
    ),
    Rule(
        name="en-its-noun",
        kind="noun",
        reads='a noun with its place before it: "its capture by A", "X\'s fall to A"',
        read=nouns.read_its_noun,
    ),
    Rule(
        name="en-fighting",
        kind="noun",
        reads='where was fought: "clashes near X", "airstrikes on X"',
        read=nouns.read_fighting,
    ),
    Rule(
        name="en-under-control",
        kind="state",
        reads='under whose control a place has come: "X is now under A\'s control"',
        read=states.read_under_control,
    ),
    Rule(
        name="en-followed-by",
        kind="succession",
        reads='what went next: "X fell, followed on Sunday by Y"',
        read=successions.read_followed_by,
    ),
    Rule(
        name="en-followed",
        kind="succession",
        reads='what went next: "Y followed a day later"',
        read=successions.read_followed,
    ),
    Rule(
        name="en-so-did",
        kind="succession",
        reads='what did likewise: "X fell, and so did Y"',
        read=successions.read_so_did,
    ),
    Rule(
        name="en-gap",
        kind="succession",
        reads='a place with its day alone: "X fell on Sunday, Y an hour later"',
        read=successions.read_gap,
    ),
)


def _of_kind(kind: str) -> tuple[Rule[SentenceParts], ...]:
    return tuple(rule for rule in ENGLISH_RULES if rule.kind == kind)


_OF_VERBS, _OF_NOUNS, _OF_STATES = _of_kind("verb"), _of_kind("noun"), _of_kind("state")
_OF_SUCCESSIONS = _of_kind("succession")
_STATE_WORDS = frozenset({"under", "in"})


def told_events(
    text: str, items: Sequence[Item], *, told: bool = True
) -> tuple[list[ToldEvent], tuple[int, DaysSaid] | None]:
    """Find the events that a sentence tells.

    Parameters
    ----------
    text
        The sentence.
    items
        Its items.
    told
        Whether it may tell an event; else only its days are looked for.

    Returns
    -------
    events
        In the order of what tells them; also what is planned, doubted, denied or negated.
    acting
        The verb, and the days, on which something was done; None if nothing is said to have been.
    """
    if not told and all(item.kind != "days" for item in items):
        return [], None
    clauses = Clauses(items)
    owned = owners(clauses)
    acting = acting_days(clauses, owned)
    if not told:
        return [], acting
    parts = SentenceParts(text, clauses, owned)
    for tried in (_at_telling, _at_following, _at_name):
        found = [
            event
            for at, item in enumerate(items)
            if (rules := tried(item))
            for event in _read(parts, at, rules)
        ]
        parts = parts._replace(told=sorted([*parts.told, *found], key=lambda event: event.at))
    for event in parts.told:
        event.tense = event.tense or tense_of(clauses, event.at)
    return list(parts.told), acting


def _at_telling(item: Item) -> tuple[Rule[SentenceParts], ...]:
    """Give the rules that are tried at a verb, a noun or a state."""
    if item.verb is not None:
        return _OF_VERBS
    if item.kind in {"held", "side"}:
        return _OF_STATES
    if item.kind == "word" and item.low in _STATE_WORDS:
        return _OF_STATES
    telling = item.low in nouns.TELLING_NOUNS and (item.kind == "word" or item.low == "that")
    return _OF_NOUNS if telling else ()


def _at_following(item: Item) -> tuple[Rule[SentenceParts], ...]:
    """Give the rules that are tried at what may say that places went like those before."""
    follows = item.low in successions.SUCCESSION_WORDS and item.kind != "name"
    return _OF_SUCCESSIONS if follows else ()


def _at_name(item: Item) -> tuple[Rule[SentenceParts], ...]:
    """Give the rules that are tried at a name, once all other events are known."""
    return _OF_SUCCESSIONS if item.kind == "name" else ()


def _read(parts: SentenceParts, at: int, rules: tuple[Rule[SentenceParts], ...]) -> list[ToldEvent]:
    """Give the events of the first rule that reads any at an item."""
    for rule in rules:
        events = rule.read(parts, at)
        if events:
            for event in events:
                event.rule = rule.name
            return events
    return []
