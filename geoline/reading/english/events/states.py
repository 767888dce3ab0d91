"""States that amount to an event: "X is now under A's control", "X is back in A's hands"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.english.events.event_days import begun
from geoline.reading.english.events.parts import event_of, noun_days
from geoline.reading.english.places.subject_places import clause_places
from geoline.reading.english.sentence.clauses import Subject, VerbGroup, is_verb
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.words.word_classes import ADVERBS, AUXILIARIES, HOURS, SIGNS
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from geoline.reading.english.events.parts import SentenceParts
    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["read_under_control"]

_WORDS = word_sets("events", "states")

_GRIPS = frozenset({"control", "hands", "grip", "possession"})
_LASTING = _WORDS["lasting"]
_COMMAS = SIGNS | {","}
_AGAIN = frozenset({"now", "again", "back"})
_NOWS = _WORDS["nows"]
_BEFORE_STATE = AUXILIARIES | _NOWS | ADVERBS | {"all", "both"}
# Words behind "under" and "in" in which "control" or "hands" stands.
GRIP = 7
# Words back to the "with" of a clause without a verb.
WITH = 13


class _State(NamedTuple):
    """Where "under A's control" stands in a sentence.

    `at` is the number of "under" or "in", `first` that of the first of the auxiliaries and adverbs
    before it (`words`), `grip` that of "control" or "hands", and `since` when it began, if said.
    """

    at: int
    first: int
    grip: int
    words: frozenset[str]
    since: DaysSaid | None

    @property
    def group(self) -> VerbGroup:
        words = tuple(sorted(self.words))
        return VerbGroup(self.first, self.at, words, passive=False, infinitive=False)


def read_under_control(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "X is now under A's control", "X is back in A's hands"."""
    tried = parts.clauses.low(at) in {"under", "in"}
    state = _changed(parts.clauses, at) if tried else None
    if state is None or _is_in_control(parts.clauses, state):
        return []
    places = clause_places(parts.clauses, state.first)
    if not places:
        subject = parts.clauses.subject(state.group)
        if subject.kind == "pronoun" and parts.clauses.low(subject.at) == "it":
            places.means, places.means_at = "one", subject.at
        elif state.first <= 1 and parts.clauses.low(0) == "all":
            places.means, places.means_at = "many", 0  # under names in lines of their own
    side = _holder(parts.clauses, state)
    return [] if not side[0] or places.partly else _told(parts, state, places, side)


def _told(
    parts: SentenceParts, state: _State, places: PlaceList, side: tuple[str, str]
) -> list[ToldEvent]:
    if not places:
        return []
    event = event_of(parts, state.group, "captured", "perfect")
    event.side, event.side_means = side
    event.places = [parts.items[n] for n in places.names]
    event.means = "" if event.places else places.means
    event.means_at = places.means_at
    event.days = noun_days(parts, state.at, places.names)
    if state.since is not None:
        event.days = [state.since] * max(1, len(places.names))
    return [event]


def _changed(clauses: Clauses, at: int) -> _State | None:
    """Give a state of being under control, or in hands, that has begun; None if it lasts."""
    last = min(len(clauses.items), at + 1 + GRIP)
    grip = clauses.find(_GRIPS, at + 1, last)
    if grip is None or clauses.verb_back(grip - 1, at) is not None:
        return None
    if clauses.find({"fire"}, at + 1, grip) is not None:
        return None  # "under fire control" is within range
    first = at
    while first > 0 and _qualifies(clauses.items[first - 1]):
        first -= 1
    words = frozenset(clauses.lows(first, at))
    since = _since(clauses, at) if "been" in words and words & {"has", "have"} else None
    state = _State(at, first, grip, words, since)
    begins = not _LASTING & words and _begins(clauses, state)
    return state if since is not None or begins else None


def _qualifies(item: Item) -> bool:
    return item.kind == "word" and item.low in _BEFORE_STATE


def _holder(clauses: Clauses, state: _State) -> tuple[str, str]:
    """Give the side in whose hands a place is."""
    for number in range(state.at + 1, min(len(clauses.items), state.grip + 8)):
        if clauses.kind(number) == "side" or clauses.low(number) in {"its", "their"}:
            kind = "side" if clauses.kind(number) == "side" else "pronoun"
            return side_said(clauses, Subject(kind, number), possessive=True)
    return "", ""


def _begins(clauses: Clauses, state: _State) -> bool:
    """Whether words before "under A's control" say that it is so now, or again."""
    words = state.words
    if words & {"is", "are", "'s"}:
        return True
    if words & _AGAIN and clauses.low(state.first - 1) != "with" and _with(clauses, state.first):
        return True
    again = {*words, clauses.low(state.grip + 1)} & _AGAIN
    if again and not any(map(is_verb, clauses.items)):
        return True
    was = words & {"was", "were"}
    return bool(was and (words & {"back", "again"} or _until(clauses)))


def _until(clauses: Clauses) -> bool:
    """Whether a sentence says by when: "by Sunday", "before dawn"."""
    return any(
        (item.days is not None and item.days.precision == "by")
        or (item.low in {"by", "before"} and clauses.low(n + 1) in HOURS)
        for n, item in enumerate(clauses.items)
    )


def _since(clauses: Clauses, at: int) -> DaysSaid | None:
    """Give when a state began: "has been under A's control since 28 January"."""
    for item in clauses.items[at:]:
        if item.days is not None and item.text.lower().startswith("since"):
            return begun(item.days, item.text)
        if is_verb(item):
            break
    return None


def _with(clauses: Clauses, at: int) -> bool:
    """Whether "with" opens a clause without a verb: "with X and Y again under its control"."""
    for number in range(at - 1, max(-1, at - 1 - WITH), -1):
        if is_verb(clauses.items[number]):
            return False
        if clauses.low(number) == "with":
            return True
    return False


def _is_in_control(clauses: Clauses, state: _State) -> bool:
    return clauses.low(state.at) == "in" and clauses.low(state.grip) == "control"
