"""What an Arabic sentence leaves in the memory of its report."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.reading.arabic.place_list import list_of
from geoline.reading.arabic.words.word_classes import (
    BEFORE_SCENE,
    PREPOSITIONS,
    RELATIVE,
    SAYING,
    THAT,
)
from geoline.reading.shared.told_event import ToldEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.shared.item import DaysSaid
    from geoline.reading.shared.report_memory import ReportMemory

__all__ = ["GONE", "TAKING", "listed_events", "remember"]


TAKING = frozenset({"captured", "recaptured", "fell", "lost"})
GONE = frozenset({"withdrew", "lost"})
# Days that hold for what is told next are no more than so many.
LONGEST_SCENE = timedelta(days=3)
# Sentences for which they hold; those of a heading hold until the next.
SENTENCES, FOR_LONG = 2, 40


def listed_events(items: Sequence[ArabicItem], memory: ReportMemory) -> list[ToldEvent]:
    """Say of the places that a line names what was told of their number: "… villages: - A - B"."""
    counted = memory.listing
    first = next((n for n, item in enumerate(items) if item.low[:1].isalpha()), None)
    if counted is None or first is None:
        return []
    places = list_of(items, first)
    if not places.names or any(item.low[:1].isalpha() for item in items[places.end :]):
        memory.listing = None
        return []
    return [_again(counted, places.names, items)]


def _again(counted: ToldEvent, names: Sequence[int], items: Sequence[ArabicItem]) -> ToldEvent:
    told = ToldEvent(counted.event, names[0], counted.mood, [items[n] for n in names])
    told.days = counted.days[:1] * len(names)
    told.side, told.side_means, told.other = counted.side, counted.side_means, counted.other
    told.rule = counted.rule
    return told


def remember(
    items: Sequence[ArabicItem], found: Sequence[ToldEvent], memory: ReportMemory, now: date
) -> None:
    """Bring up to date what was told before; a line with the day `now` alone says nothing."""
    told = [event for event in found if event.mood == "asserted" and event.places]
    _remember_sides(items, told, memory)
    if told:
        memory.told_names = list(told[-1].places)
    else:
        first = next((i for i in items if i.kind == "name" and i.known), None)
        memory.told_names = [first] if first is not None else memory.told_names
    _remember_days(items, memory, now)


def _remember_sides(
    items: Sequence[ArabicItem], told: Sequence[ToldEvent], memory: ReportMemory
) -> None:
    led = [event for event in told if event.side]
    acting = [event.side for event in led if event.event in TAKING]
    gone = {event.side for event in told if event.event in GONE}
    leader = _leader(items)
    leading = acting[-1] if acting else "" if leader in gone else leader
    stayed = [event.side for event in led if event.event not in GONE]
    memory.leader = leading or (stayed[-1] if stayed else memory.leader)
    sides = [item.value for item in items if item.kind == "side"]
    beside = (side for side in (*sides, memory.last_named) if side != memory.leader)
    memory.beside = next(beside, "")
    memory.last_named = next(reversed(sides), memory.last_named)


def _remember_days(items: Sequence[ArabicItem], memory: ReportMemory, now: date) -> None:
    scene = next((days for n in range(len(items)) if (days := _scene(items, n))), None)
    heading = not any(item.verb or item.kind == "side" for item in items)
    dateline = heading and items[0].kind == "days" and items[-1].low != ":"
    if scene is not None and not (dateline and scene.last == now):
        memory.days, memory.days_left = scene, FOR_LONG if heading else SENTENCES
        memory.under_heading = heading
    elif memory.days_left:
        memory.days_left -= 1
    else:
        memory.days, memory.under_heading = None, False


def _leader(items: Sequence[ArabicItem]) -> str:
    """Give the side that a sentence is about: the first that nothing governs, before any aside."""
    for number, item in enumerate(items):
        if item.low in RELATIVE:
            break
        before = {items[n].low for n in range(max(0, number - 2), number)}
        if item.kind == "side" and not item.prefix and not before & PREPOSITIONS:
            return item.value
    return ""


def _scene(items: Sequence[ArabicItem], at: int) -> DaysSaid | None:
    """Give the days at an item, if what is told next is of them."""
    days = items[at].days
    if days is None or days.first is None or days.last - days.first > LONGEST_SCENE:
        return None
    if any(items[n].low in RELATIVE for n in range(max(0, at - 4), at)):
        return None  # "as part of the operation that began on Sunday"
    before = {items[n].low for n in range(max(0, at - 12), at)}
    behind = {items[n].low for n in range(at + 1, min(len(items), at + 3))}
    spoken = bool(before & SAYING and behind & THAT)
    return None if before & BEFORE_SCENE or spoken else days
