"""Arabic as `reading.report` sees it: sentence after sentence to items, events and speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.arabic.items import arabic_items, arabic_speeches
from geoline.reading.arabic.memory import listed_events, remember
from geoline.reading.arabic.rules import ARABIC_RULES
from geoline.reading.arabic.told_events import told_events
from geoline.reading.arabic.words.verbs import ARABIC_TRIGGERS
from geoline.reading.shared.grammar import Grammar, SentenceRead

if TYPE_CHECKING:
    from datetime import date

    from geoline.reading.shared.grammar import SentenceAsked
    from geoline.reading.shared.item import DaysSaid
    from geoline.reading.shared.report_memory import ReportMemory

__all__ = ["ARABIC"]


def _read(asked: SentenceAsked, memory: ReportMemory) -> SentenceRead:
    theatre = asked.theatre
    items = arabic_items(asked.said, theatre.sides, asked.names, asked.now, memory.day)
    speakers = arabic_speeches(items)
    days = [item.days for item in items if item.days is not None]
    memory.day = days[-1].last if days else memory.day
    found = listed_events(items, memory)
    if asked.told and not found:
        found = told_events(items, memory, theatre.holders, now=asked.now)
    remember(items, found, memory, asked.now)
    return SentenceRead(items, found, speakers)


def _no_days(_said: str, _published: date) -> list[DaysSaid]:
    """Give none: the days of a heading are remembered as those of any sentence are."""
    return []


# Whom and what a sentence means is decided by its rules, so no words are left to decide it later.
ARABIC = Grammar(
    language="ar", read=_read, days=_no_days, telling=ARABIC_TRIGGERS, rules=ARABIC_RULES
)
