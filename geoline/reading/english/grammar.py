"""English as `reading.report` sees it: sentence after sentence to items, events and speakers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.reading.english.days.days import days_said
from geoline.reading.english.events.rules import ENGLISH_RULES, told_events
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.sentence.clauses import is_verb
from geoline.reading.english.sentence.items import items_of
from geoline.reading.english.sentence.speakers import speeches
from geoline.reading.english.words.event_verbs import EVENT_NOUNS, EVENT_VERBS
from geoline.reading.english.words.word_classes import (
    BE,
    CLASHES,
    DETERMINERS,
    DIRECTIONS,
    PREPOSITIONS,
    STRIKES,
    word_set,
)
from geoline.reading.shared.acting import sides_acting
from geoline.reading.shared.grammar import Grammar, GrammarWords, SentenceRead
from geoline.reading.shared.report_memory import Scene
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.grammar import SentenceAsked
    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.report_memory import ReportMemory

__all__ = ["ENGLISH"]

_PLACE_LINE = re.compile(r"[A-Z][\w .'-]{2,25}(?:,\s*[A-Z][\w .'-]{2,20})?[,.(]\s*")
_LINE_END = re.compile(r"\)?\s*(?:\([^)]{1,40}\)\s*)?[-–—:]")
# Verbs that are in every second sentence tell something only with "control" or "flag" behind them.
_EVERYDAY = word_set(
    "make makes made making go goes gone "
    "have has had having get gets got getting put puts putting come comes came coming keep keeps "
    "kept keeping held holding"
)
# Whose a picture is, behind what it shows.
_CREDIT = re.compile(
    r"[(\[][^()]*\b(?:AFP|AP|Reuters|Getty|EPA|File|Photo)\b[^()]*[)\]]\W*$",
    re.MULTILINE | re.IGNORECASE,
)
_SO = re.compile(
    r"\bso (?:have|has|did|were|was)\b|\btheirs\b|"
    r"\b(?:is|are) (?:now |again |once more )*the [\w-]+(?:['’]s|s['’])(?=[.,;]| (?:and|again)\b|$)"
)
_TELLING = (
    (frozenset(EVENT_VERBS) - _EVERYDAY)
    | frozenset(EVENT_NOUNS)
    | CLASHES
    | STRIKES
    | word_set("hands grip possession followed follows fate suit masters gone")
)
_WORDS = GrammarWords(
    be=BE,
    determiners=DETERMINERS | word_set("armed"),
    prepositions=PREPOSITIONS,
    directions=DIRECTIONS,
    of=word_set("of"),
    governing=word_set("by from against with of to for on in"),
    against=word_set("with against from"),
    near=word_set("from near between towards toward outside opposite"),
    yielding=word_set("fled flee fleeing retreating defended resisted died had"),
    denials=word_set("denied denies deny denying rejected dismissed disputed"),
    by=word_set("by"),
    both=word_set("both two"),
    regulars=word_set("troops soldiers units"),
    irregulars=word_set(
        "fighters gunmen rebels insurgents militants separatists guerrillas paramilitaries"
    ),
    hours=word_set(
        "evening afternoon morning dawn daybreak sunrise noon midday nightfall sunset dusk midnight"
    ),
    units=word_set("hours hour minutes"),
    after=word_set("after"),
    within=word_set("within"),
    pronouns=word_set("they it"),
)
# Before the names of places that were counted: "They are A, B and C".
_OPENERS = word_set("include includes included are were as : namely")
_MEANT = word_set("they these those them which the among")
_PRONOUNS = word_set("they them these those")
# The opener stands among so many items.
OPENING = 14


def _read(asked: SentenceAsked, memory: ReportMemory) -> SentenceRead:
    theatre = asked.theatre
    days = days_said(asked.said, asked.now, memory.day)
    days = [found for found in days if not _is_dateline(asked.said, found)]
    memory.day = days[-1].last if days else memory.day
    items = items_of(asked.said, theatre.sides, asked.names, days, theatre.regions)
    for does, counter in ((True, memory.acting), (False, memory.aside)):
        sides = sides_acting(items, _WORDS, does=does)
        counter.update(side for side in sides if side in theatre.holders)
    found, acting = told_events(asked.said, items, told=asked.told)
    memory.scene_before = memory.scene
    if acting is not None and not _dates_report(asked, items, acting[1]):
        memory.scene = Scene(acting[1], acting[0], asked.number, asked.paragraph)
    if memory.listing is not None and asked.number in memory.listed:
        told_of = any(is_verb(item) for item in items)
        named = [] if told_of else [items[n] for n in places_in(items, 0).names]
        return SentenceRead(items, [_again(memory.listing, named, items)] if named else [], [])
    for event in found:
        _name_counted(event, items)
    found = _with_counted(found, items, memory)
    memory.listing = next((f for f in found if f.event in TAKEN and not f.places), None)
    if _opens_lines(items):
        memory.listing = memory.listing or memory.counted
    memory.listed = asked.lines if memory.listing else range(0)
    return SentenceRead(items, found, speeches(asked.said, memory.speaker) if found else [])


def _name_counted(event: ToldEvent, items: Sequence[Item]) -> None:
    """Give an event the places that it counts and the sentence lists behind it.

    "Captured four villages, they are A, B …", "the villages captured are as follows: A, B".
    """
    if not event.counted or event.places or event.event not in TAKEN:
        return
    for number in range(event.at + 1, len(items) - 1):
        meant = items[number - 1].low in _MEANT or items[number].low == ":"
        if meant and items[number].low in _OPENERS and items[number + 1].kind in {"name", "word"}:
            event.places = [items[n] for n in places_in(items, number + 1).names]
            event.days = event.days[:1] * len(event.places)
            if event.places:
                return


def _with_counted(
    found: list[ToldEvent], items: Sequence[Item], memory: ReportMemory
) -> list[ToldEvent]:
    """Put before what a sentence tells what the one before told of places that it only counted."""
    counted = memory.counted
    if counted is None:
        return found
    for event in found:
        if event.rule == "en-attributive" and event.side_means == "agent" and not any(event.days):
            # "… had won back a score of towns. Among the liberated towns are A and B."
            event.days = (counted.days[:1] or [None]) * len(event.places)
            event.side = counted.side
    own = {id(i) for event in found if event.event in TAKEN for i in event.places}
    named = [item for item in _continued(items) if id(item) not in own]
    return [_again(counted, named, items), *found] if named else found


def _continued(items: Sequence[Item]) -> list[Item]:
    """Names of the places that the sentence before only counted: "They are A, B and C"."""
    opener = next((n for n, item in enumerate(items[:OPENING]) if item.low in _OPENERS), None)
    if opener is None:
        return []
    head = items[:opener]
    lows = {item.low for item in head}
    plural = any(i.kind == "type" and i.low.endswith(("s", "ies")) for i in head)
    if any(item.kind == "event" for item in head) or not (plural or lows & _PRONOUNS):
        return []
    return [items[n] for n in places_in(items, opener + 1).names] if lows & _MEANT else []


def _opens_lines(items: Sequence[Item]) -> bool:
    """Whether the next lines name what was counted before: "These villages are:"."""
    meant = any(item.low in _MEANT for item in items[:OPENING])
    return meant and items[-1].low == ":" and not any(item.kind == "event" for item in items)


def _again(counted: ToldEvent, places: list[Item], items: Sequence[Item]) -> ToldEvent:
    """Say of places that are named later what was said of their number."""
    at = next(n for n, item in enumerate(items) if item is places[0])
    days = counted.days[:1] or [None]
    again = ToldEvent(counted.event, at, counted.mood, places, days * len(places))
    again.side, again.side_means = counted.side, counted.side_means
    again.rule = counted.rule
    return again


def _dates_report(asked: SentenceAsked, items: Sequence[Item], days: DaysSaid) -> bool:
    """Whether days are of a picture, or of a line that only says when the report was published."""
    line = days.last == asked.now and not any(is_verb(item) for item in items)
    return line or bool(_CREDIT.search(asked.said))


def _is_dateline(said: str, days: DaysSaid) -> bool:
    """Whether days are those of a dateline: "BEIRUT, Jan 26 (Agency) - The army …"."""
    return bool(_PLACE_LINE.fullmatch(said[: days.start])) and bool(_LINE_END.match(said, days.end))


ENGLISH = Grammar(
    language="en",
    read=_read,
    days=days_said,
    telling=_TELLING,
    telling_phrase=_SO,
    words=_WORDS,
    rules=ENGLISH_RULES,
)
