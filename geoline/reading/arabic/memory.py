"""What an Arabic report told before a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.reading.arabic.place_list import list_of
from geoline.reading.arabic.words import PREPOSITIONS, RELATIVE, SAYING, THAT
from geoline.reading.shared.told_event import ToldEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.shared.item import DaysSaid, Item

__all__ = ["TAKING", "ArabicMemory", "listed_frames", "remember"]

TAKING = frozenset({"captured", "recaptured", "fell", "lost"})
# Days that hold for what is told next are no more than so many.
LONGEST_SCENE = timedelta(days=3)
# Sentences for which they hold; those of a heading hold until the next.
SENTENCES, FOR_LONG = 2, 40


@dataclass(slots=True)
class ArabicMemory:
    """What was told before a sentence.

    Parameters
    ----------
    side, named, other
        The side that acted, the one named last, and one beside the first.
    places
        Names told last.
    days, left, heading
        Days on which things were done, for how many sentences they hold, and whether a heading
        said them.
    now
        The day that "this morning" is of.
    counted
        What was told of places that the next lines name.
    """

    side: str = ""
    named: str = ""
    other: str = ""
    places: list[Item] = field(default_factory=list)
    days: DaysSaid | None = None
    left: int = 0
    heading: bool = False
    now: date | None = None
    counted: ToldEvent | None = None


def listed_frames(items: Sequence[ArabicItem], memory: ArabicMemory) -> list[ToldEvent]:
    """Say of the places that a line names what was told of their number: "… villages: - A - B"."""
    counted = memory.counted
    first = next((n for n, item in enumerate(items) if item.low[:1].isalpha()), None)
    if counted is None or first is None:
        return []
    places = list_of(items, first)
    if not places.names or any(item.low[:1].isalpha() for item in items[places.end :]):
        memory.counted = None
        return []
    frame = ToldEvent(
        counted.event, places.names[0], counted.mood, [items[n] for n in places.names]
    )
    frame.days = counted.days[:1] * len(places.names)
    frame.side, frame.side_means, frame.other = counted.side, counted.side_means, counted.other
    return [frame]


def remember(items: Sequence[ArabicItem], found: Sequence[ToldEvent], memory: ArabicMemory) -> None:
    """Bring up to date what was told before."""
    told = [frame for frame in found if frame.mood == "asserted" and frame.places]
    acting = [frame.side for frame in told if frame.side and frame.event in TAKING]
    led = [frame.side for frame in told if frame.side]
    sides = [item.value for item in items if item.kind == "side"]
    leading = acting[-1] if acting else _leader(items)
    memory.side = leading or (led[-1] if led else memory.side)
    memory.other = next((side for side in (*sides, memory.named) if side != memory.side), "")
    memory.named = sides[-1] if sides else memory.named
    if told:
        memory.places = list(told[-1].places)
    else:
        names: list[Item] = [item for item in items if item.kind == "name" and item.known]
        memory.places = names[:1] or memory.places
    scene = next((item.days for n, item in enumerate(items) if _sets_scene(items, n)), None)
    heading = bool(scene) and not any(item.verb or item.kind == "side" for item in items)
    if scene is not None:
        memory.days, memory.left = scene, FOR_LONG if heading else SENTENCES
        memory.heading = heading
    elif memory.left:
        memory.left -= 1
    else:
        memory.days, memory.heading = None, False


def _leader(items: Sequence[ArabicItem]) -> str:
    """Give the side that a sentence is about: the first that nothing governs, before any aside."""
    for number, item in enumerate(items):
        if item.low in RELATIVE:
            break
        before = items[number - 1].low if number else ""
        if item.kind == "side" and not item.prefix and before not in PREPOSITIONS:
            return item.value
    return ""


def _sets_scene(items: Sequence[ArabicItem], at: int) -> bool:
    days = items[at].days
    if days is None or days.first is None or days.last - days.first > LONGEST_SCENE:
        return False
    before = {items[n].low for n in range(max(0, at - 12), at)}
    behind = {items[n].low for n in range(at + 1, min(len(items), at + 3))}
    return not (before & {"كانت", "كان", "منذ", "بعد"}) and not (before & SAYING and behind & THAT)
