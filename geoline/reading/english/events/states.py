"""States that amount to an event: "X is now under A's control", "X is back in A's hands"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.english.events.event_days import begun, verb_days
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import clause_places
from geoline.reading.english.sentence.clauses import Subject, VerbGroup, is_verb
from geoline.reading.english.sentence.mood import mood_of
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.words.word_classes import ADVERBS, AUXILIARIES, HOURS, SIGNS, word_set
from geoline.reading.shared.told_event import ToldEvent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import DaysSaid

__all__ = ["SentenceParts", "bare_group", "noun_days", "owns", "possession_events", "state_events"]

_GRIPS = frozenset({"control", "hands", "grip", "possession"})
_LASTING = word_set("still remain remains remained since had been stays stay held firmly "
                    "for not until once before")  # fmt: skip
_COMMAS = SIGNS | {","}


class SentenceParts(NamedTuple):
    """A sentence, its clauses, and for each verb the items that say its days."""

    text: str
    clauses: Clauses
    owned: Mapping[int, Sequence[int]]


def bare_group(at: int) -> VerbGroup:
    """Give a noun, or "under", as a verb that nothing stands before."""
    return VerbGroup(at, at, (), passive=False, infinitive=False)


def noun_days(
    clauses: Clauses, owned: Mapping[int, Sequence[int]], at: int, names: Sequence[int]
) -> list[DaysSaid | None]:
    """Give the days said right behind a noun and its places, else those of the verb before it."""
    for number in range(at, len(clauses.items)):
        item = clauses.items[number]
        if item.kind == "days":
            return [item.days] * max(1, len(names))
        if is_verb(item) or (item.low in _COMMAS and item.kind == "word"):
            break
    verb = next((n for n in range(at - 1, max(-1, at - 7), -1) if is_verb(clauses.items[n])), at)
    return verb_days(clauses.items, owned, verb, names)


def state_events(said: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "X is now under A's control", "X is back in A's hands", "A is in full control of X"."""
    text, clauses, owned = said
    window = [clauses.low(n) for n in range(at + 1, min(len(clauses.items), at + 8))]
    grip = next((n for n, low in enumerate(window) if low in _GRIPS), None)
    if grip is None or any(is_verb(i) for i in clauses.items[at + 1 : at + 1 + grip]):
        return []
    first = at
    while (
        first > 0
        and clauses.kind(first - 1) == "word"
        and (clauses.low(first - 1) in AUXILIARIES | _NOWS | ADVERBS | {"all", "both"})
    ):
        first -= 1
    words = {clauses.low(n) for n in range(first, at)}
    since = _since(clauses, at) if words & {"has", "have"} and "been" in words else None
    changed = _begins(clauses, at, first, grip) and not _LASTING & words
    if "fire" in window[:grip] or (since is None and not changed):
        return []  # "under fire control" is within range
    end = at + 1 + grip
    group = VerbGroup(first, at, tuple(sorted(words)), passive=False, infinitive=False)
    frame = ToldEvent("captured", at, mood_of(text, clauses.items, group), tense="perfect")
    if clauses.low(at) == "in" and window[grip] == "control":
        full = {"full", "complete", "total", "sole"} & set(window[:grip]) or _NOWS & words
        places = places_in(clauses.items, end + 2)
        side = side_said(clauses, clauses.subject(group))
        if not full or clauses.low(end + 1) not in {"of", "over"}:
            return []
    else:
        places = clause_places(clauses, first)
        if not places:
            subject = clauses.subject(group)
            if subject.kind == "pronoun" and clauses.low(subject.at) == "it":
                places.means, places.means_at = "one", subject.at
        side = next(
            (
                side_said(clauses, Subject(_kind(clauses, n), n), possessive=True)
                for n in range(at + 1, min(len(clauses.items), end + 8))
                if clauses.kind(n) == "side" or clauses.low(n) in {"its", "their"}
            ),
            ("", ""),
        )
        if not side[0] or places.partly:
            return []
    frame.side, frame.side_means = side
    frame.places = [clauses.items[n] for n in places.names]
    frame.means = "" if frame.places else places.means
    frame.means_at = places.means_at
    frame.days = noun_days(clauses, owned, at, places.names)
    if since is not None:
        frame.days = [since] * max(1, len(places.names))
    return [frame] if frame.places or frame.means else []


def owns(clauses: Clauses, at: int) -> bool:
    """Whether a side's name is a predicate: "X is now the army's"."""
    item = clauses.items[at]
    ends = clauses.low(at + 1) in _COMMAS | {"", "and", "once", "again"}
    return item.kind == "side" and item.possessive and ends


def _begins(clauses: Clauses, at: int, first: int, grip: int) -> bool:
    """Whether words before "under A's control" say that it is so now, or again."""
    words = {clauses.low(n) for n in range(first, at)}
    if words & {"is", "are", "'s"}:
        return True
    if words & _AGAIN and clauses.low(first - 1) != "with" and _with(clauses, first):
        return True
    if {*words, clauses.low(at + 2 + grip)} & _AGAIN and not any(map(is_verb, clauses.items)):
        return True
    until = any(
        (item.days is not None and item.days.precision == "by")
        or (item.low in {"by", "before"} and clauses.low(n + 1) in HOURS)
        for n, item in enumerate(clauses.items)
    )
    return bool(words & {"was", "were"} and (words & {"back", "again"} or until))


def _since(clauses: Clauses, at: int) -> DaysSaid | None:
    """Give when a state began: "has been under A's control since 28 January"."""
    for item in clauses.items[at:]:
        if item.days is not None and item.text.lower().startswith("since"):
            return begun(item.days, item.text)
        if is_verb(item):
            break
    return None


def possession_events(said: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "X is now rebel-held", "X is the army's"."""
    text, clauses, owned = said
    first = at
    while first and clauses.low(first - 1) in _NOWS | {"the", "already", "more"}:
        first -= 1
    now = {clauses.low(n) for n in range(first, at)} & _NOWS
    if clauses.low(first - 1) not in {"is", "are"} or not (now or owns(clauses, at)):
        return []
    places = clause_places(clauses, first - 1)
    group = VerbGroup(first - 1, at, ("is",), passive=False, infinitive=False)
    frame = ToldEvent("captured", at, mood_of(text, clauses.items, group), tense="perfect")
    frame.side = clauses.items[at].value
    frame.places = [clauses.items[n] for n in places.names]
    frame.means, frame.means_at = "" if frame.places else places.means, places.means_at
    frame.days = verb_days(clauses.items, owned, at, places.names)
    return [frame] if frame.places or frame.means else []


def _kind(clauses: Clauses, at: int) -> str:
    return "side" if clauses.kind(at) == "side" else "pronoun"


_AGAIN = frozenset({"now", "again", "back"})


def _with(clauses: Clauses, at: int) -> bool:
    """Whether "with" opens a clause without a verb: "with X and Y again under its control"."""
    for number in range(at - 1, max(-1, at - 14), -1):
        if is_verb(clauses.items[number]):
            return False
        if clauses.low(number) == "with":
            return True
    return False


_NOWS = word_set("wholly safely now back again completely fully entirely today once meanwhile")
