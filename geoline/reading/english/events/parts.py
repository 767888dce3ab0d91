"""A sentence as the rules read it, and what every rule does with the places it has found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.english.events.event_days import verb_days
from geoline.reading.english.sentence.clauses import VerbGroup, is_verb
from geoline.reading.english.sentence.mood import mood_of
from geoline.reading.english.words.word_classes import SIGNS
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import DaysSaid, Item

__all__ = [
    "SentenceParts", "bare_group", "event_of", "finished", "noun_days", "put_places", "side_behind",
    "with_loss",
]  # fmt: skip

_OF_POSTS = {"besieged": "post encircled", "withdrew": "post evacuated"}
_OF_ROADS = {"cut": "road cut", "opened": "road opened"}
_COMMAS = SIGNS | {","}
# "The capture of X was completed on Monday".
_CAME = frozenset({"completed", "finished", "came", "happened", "occurred"})
_BESIDE_POST = frozenset({"in", "near", "at", "of"})
# Items behind a loss in which who gained is looked for.
LOSS = 14
# Items behind a road among which its two ends are named, and words that join them to it.
ENDS = 10
_JOINING = frozenset({"between", "from", "linking", "connecting", "joining"})


class SentenceParts(NamedTuple):
    """A sentence as the rules read it.

    Parameters
    ----------
    text
        The sentence.
    clauses
        Its verbs and their subjects.
    owned
        For each verb the numbers of the items that say its days.
    told
        The events that rules before have read in it, in the order of the sentence.
    """

    text: str
    clauses: Clauses
    owned: Mapping[int, Sequence[int]]
    told: Sequence[ToldEvent] = ()

    @property
    def items(self) -> Sequence[Item]:
        """The items of the sentence."""
        return self.clauses.items


def bare_group(at: int) -> VerbGroup:
    """Give a noun, or "under", as a verb that nothing stands before."""
    return VerbGroup(at, at, (), passive=False, infinitive=False)


def event_of(parts: SentenceParts, group: VerbGroup, event: str, tense: str = "") -> ToldEvent:
    """Give an event with the mood in which a verb or noun tells it."""
    return ToldEvent(event, group.at, mood_of(parts.text, parts.items, group), tense=tense)


def noun_days(parts: SentenceParts, at: int, names: Sequence[int]) -> list[DaysSaid | None]:
    """Give the days said right behind a noun and its places, else those of the verb before it."""
    clauses = parts.clauses
    for number in range(at, len(clauses.items)):
        item = clauses.items[number]
        if item.kind == "days":
            return [item.days] * max(1, len(names))
        if item.low in _CAME and parts.owned.get(number):
            return verb_days(clauses.items, parts.owned, number, names)
        if is_verb(item) or (item.low in _COMMAS and item.kind == "word"):
            break
    verb = clauses.verb_back(at - 1, max(-1, at - 7))
    return verb_days(clauses.items, parts.owned, at if verb is None else verb, names)


def put_places(parts: SentenceParts, event: ToldEvent, places: PlaceList) -> None:
    """Say of an event where it was, and when: its own days, those that open the sentence, …."""
    event.places = [parts.items[n] for n in places.names]
    event.means = "" if event.places else places.means
    event.means_at = places.means_at
    event.partly, event.counted, event.post = places.partly, places.counted, places.post
    event.road = parts.items[places.road] if places.road >= 0 else None
    event.other = event.other or places.other
    event.days = verb_days(parts.items, parts.owned, event.at, places.names)


def finished(parts: SentenceParts, event: ToldEvent) -> list[ToldEvent]:
    """Give the event that was done to a place, a road or a post; none if no such is meant."""
    if event.event == "cleared":
        event.event = "captured"
    if event.event in _OF_ROADS:
        event.event, event.road = _OF_ROADS[event.event], _by_its_ends(parts, event.road)
        named = event.road is not None and (event.road.value or not event.road.text.islower())
        return [event] if named else []  # "leaving open a road to the west"
    if event.road is not None and not event.places:
        return _on_road(event)
    if event.post:
        event.event = _OF_POSTS.get(event.event, "")
        return _near_post(parts, event) if event.event else []
    return _at_places(event)


def _by_its_ends(parts: SentenceParts, road: Item | None) -> Item | None:
    """Give a road that bears no name the names of its ends: "the road between A and B"."""
    at = next((n for n, item in enumerate(parts.items) if item is road), -1)
    if road is None or road.value or parts.clauses.low(at + 1) not in _JOINING:
        return road
    behind = range(at + 2, min(len(parts.items), at + ENDS))
    ends = [parts.items[n] for n in behind if parts.clauses.names_settlement(n)][:2]
    if len(ends) < len(("A", "B")):
        return road
    return replace(road, text=f"road ({ends[0].text} to {ends[1].text})", end=ends[1].end)


def _on_road(event: ToldEvent) -> list[ToldEvent]:
    taken = event.event in TAKEN and not event.partly
    event.event = "road held"
    return [event] if taken else []


def _at_places(event: ToldEvent) -> list[ToldEvent]:
    """Give an event at places; a capture of a part is an entry."""
    taken = event.event in TAKEN
    if event.partly and taken:
        event.event = "entered"
    counted = event.counted and taken
    return [event] if event.places or event.means or counted else []


def _near_post(parts: SentenceParts, event: ToldEvent) -> list[ToldEvent]:
    """Give an event at a post the place that the post is in, near or of."""
    if not event.places:
        ahead = range(event.at + 1, min(len(parts.items), event.at + 10))
        back = range(event.at - 1, max(0, event.at - 8), -1)
        found = next((n for n in (*ahead, *back) if _locates_post(parts.clauses, n)), None)
        event.places = [] if found is None else [parts.items[found]]
        event.days = event.days[:1]
    return [event] if event.places else []


def _locates_post(clauses: Clauses, at: int) -> bool:
    named = clauses.kind(at) == "name" and not clauses.items[at].container
    return named and clauses.low(at - 1) in _BESIDE_POST


def with_loss(parts: SentenceParts, loss: ToldEvent, places: PlaceList) -> list[ToldEvent]:
    """Read "A lost X to B": B took it; if no B is said, A's rival did."""
    taken = ToldEvent("captured", loss.at, loss.mood, list(loss.places))
    taken.days, taken.means, taken.partly = list(loss.days), loss.means, loss.partly
    taken.means_at = loss.means_at
    taken.other = loss.side
    taken.side = _gainer(parts, loss.at, max([loss.at, places.end - 1, *places.names]))
    if not taken.side and loss.side_means == "other":
        return []
    taken.side_means = "" if taken.side else "rival" if loss.side else "agent"
    losing = finished(parts, loss) if loss.side or loss.side_means == "they" else []
    return [*losing, *finished(parts, taken)]


def _gainer(parts: SentenceParts, at: int, end: int) -> str:
    """Give the side behind "to" of "lost X to B", empty if none is said."""
    for number in range(at + 1, min(len(parts.items), end + LOSS)):
        low = parts.clauses.low(number)
        if is_verb(parts.items[number]) or low in SIGNS:
            break
        side = side_behind(parts, number) if low == "to" else ""
        if side:
            return side
    return ""


def side_behind(parts: SentenceParts, at: int) -> str:
    """Give the side named behind a word, with nothing but plain words between; else empty."""
    for item in parts.items[at + 1 : at + 6]:
        if item.kind == "side":
            return item.value
        if item.kind != "word":
            break
    return ""
