"""Places told to have gone like those before: "B followed", "then C", "D met the same fate"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.events.event_days import verb_days
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import clause_places
from geoline.reading.english.sentence.clauses import VerbGroup, is_verb
from geoline.reading.english.sentence.mood import mood_of
from geoline.reading.english.words.word_classes import HOURS, PREPOSITIONS, SIGNS, word_set
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import DaysSaid

__all__ = ["gapped_frames", "succession_frames"]

_FATES = word_set("fate fates end way path suit")
_MEETING = word_set("suffered suffers suffer met meets meet shared shares share went goes gone go "
                    "followed follows follow had")  # fmt: skip
_NEXT = word_set("next gone lost")
_LIKEWISE = word_set("did was were has have had")
_OPENING = _MEETING | _NEXT | _LIKEWISE | {"followed", "follows"}
_COMING = word_set("came comes was is are were has have")
NEAR = 5


def succession_frames(
    text: str, clauses: Clauses, owned: Mapping[int, Sequence[int]]
) -> list[ToldEvent]:
    """Find the places that a sentence says went like those told before it.

    Their side is whoever took those (`ToldEvent.side_means` "follows").
    """
    found: list[ToldEvent] = []
    for at, item in enumerate(clauses.items):
        if item.low not in _OPENING or item.kind == "name":
            continue
        places = _followers(clauses, at)
        if places is None or not places.names:
            continue
        group = _group(clauses, at)
        aimed = {"target", "targets", "next", "goal", "objective"} & {
            clauses.low(n) for n in range(at)
        }
        if aimed and clauses.low(at) == "followed":
            continue  # "the next target is A, followed by B"
        frame = ToldEvent("captured", at, mood_of(text, clauses.items, group), side_means="follows")
        frame.places = [clauses.items[n] for n in places.names]
        frame.days = verb_days(clauses.items, _owned(clauses, owned, at), at, places.names)
        found.append(frame)
    return found


def gapped_frames(clauses: Clauses, found: Sequence[ToldEvent]) -> list[ToldEvent]:
    """Find places told with their day alone: "A fell on Sunday, B an hour later"."""
    items = clauses.items
    told = [frame for frame in found if frame.event in TAKEN and (frame.places or frame.means)]
    named = {id(item) for frame in found for item in frame.places}
    gapped: list[ToldEvent] = []
    for at, item in enumerate(items):
        before = [frame for frame in told if frame.at < at]
        if item.kind != "name" or id(item) in named or not before or item.container:
            continue
        days = _alone(clauses, at)
        if days is None:
            continue
        last = before[-1]
        again = ToldEvent(last.event, at, last.mood, [item], [days[0]] if days else [None])
        again.side, again.side_means, again.other = last.side, last.side_means, last.other
        again.tense = last.tense
        gapped.append(again)
    return gapped


def _alone(clauses: Clauses, at: int) -> list[DaysSaid] | None:
    """Give the days of a name that nothing but them is said of; None if more is said."""
    before = at - 1 - (clauses.low(at - 1) == "the")
    if clauses.low(before) not in {",", ";", "and", "then"} or clauses.kind(before) != "word":
        return None
    at += clauses.kind(at + 1) == "type"
    said = clauses.items[at + 1].days if at + 1 < len(clauses.items) else None
    lows = [clauses.low(n) for n in range(at + 1, at + 5)]
    if said is not None or lows[:1] == ["too"] or lows[:1] == ["likewise"]:
        end = at + 2
    elif "later" in lows[1:3] and {"hour", "hours", "minutes"} & set(lows):
        end = at + 2 + lows.index("later")
    elif lows[0] in {"by", "at", "before"} and lows[1] in HOURS:
        end = at + 3
    else:
        return None
    closed = clauses.low(end) in SIGNS | {",", "", "and", "as", ";"} or clauses.kind(end) == ""
    return ([said] if said is not None else []) if closed else None


def _followers(clauses: Clauses, at: int) -> PlaceList | None:
    low = clauses.low(at)
    if low == "followed" and (by := _by(clauses, at)) is not None:
        return places_in(clauses.items, by + 1)
    if low in {"followed", "follows"} and _closes(clauses, at + 1):
        return _before(clauses, at)
    if low in _MEETING:
        window = [clauses.low(n) for n in range(at + 1, at + NEAR)]
        like = {"same", "similar", "that"} & set(window)
        if (like and _FATES & set(window)) or window[:1] == ["suit"]:
            return _before(clauses, at)
    if low in _NEXT and clauses.low(at - 1) in _COMING and _closes(clauses, at + 1):
        return _before(clauses, at - 1)
    if low in _LIKEWISE:
        so = [clauses.low(n) for n in range(max(0, at - 5), at)]
        if so[-1:] in (["so"], ["as"]) or (so[-1:] == [","] and "so" in so):
            return places_in(clauses.items, at + 1)
    return None


def _before(clauses: Clauses, at: int) -> PlaceList:
    """Find the places before a verb, which nothing else is said of."""
    first = clauses.group(at).first
    return clause_places(clauses, first)


def _by(clauses: Clauses, at: int) -> int | None:
    """Give the number of "by" behind "followed", over days."""
    for number in range(at + 1, at + NEAR):
        if clauses.low(number) == "by":
            return number
        if clauses.kind(number) not in {"days", "word"} or clauses.low(number) in SIGNS:
            return None
    return None


def _closes(clauses: Clauses, at: int) -> bool:
    """Whether nothing that could be an object stands at a number."""
    low, kind = clauses.low(at), clauses.kind(at)
    if kind in {"", "days"} or low in SIGNS | {",", "and", ")"} or low in PREPOSITIONS - {"by"}:
        return True
    later = [clauses.low(n) for n in range(at, at + 4)]
    return kind == "word" and (
        low in {"soon", "shortly", "quickly", "suit", "within", "hours", "minutes", "next"}
        or "later" in later
        or "after" in later
    )


def _group(clauses: Clauses, at: int) -> VerbGroup:
    if is_verb(clauses.items[at]):
        return clauses.group(at)
    first = at
    while first and clauses.low(first - 1) in _COMING | {"will", "would", "could", "may", "might",
                                                        "likely", "be", "not", "to"}:  # fmt: skip
        first -= 1
    words = tuple(clauses.low(n) for n in range(first, at))
    return VerbGroup(first, at, words, passive=False, infinitive="to" in words)


def _owned(
    clauses: Clauses, owned: Mapping[int, Sequence[int]], at: int
) -> Mapping[int, Sequence[int]]:
    """Give the verb its days, also where the verb is none of the lists'."""
    if at in owned:
        return owned
    stop = next((n for n in range(at + 1, len(clauses.items)) if is_verb(clauses.items[n])
                 or clauses.low(n) in SIGNS), len(clauses.items))  # fmt: skip
    days = [n for n in range(at + 1, stop) if clauses.kind(n) == "days"]
    return {**owned, at: days} if days else owned
