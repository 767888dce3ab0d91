"""What a language gives to `reading.report`: one value of `Grammar` each.

`report` asks for the grammar of a sentence and knows neither language; who knows both is
`geoline.reading.extractor`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence
    from datetime import date

    from geoline.reading.shared.item import DaysSaid, Item, Speech
    from geoline.reading.shared.report_memory import ReportMemory
    from geoline.reading.shared.rule import Rule
    from geoline.reading.shared.side_words import SideWords
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["Grammar", "GrammarWords", "SentenceAsked", "SentenceRead", "TheatreWords"]


class TheatreWords(NamedTuple):
    """What a reader is told of a theatre: who is who, names of regions, sides that hold ground.

    Empty `holders`: all may.
    """

    sides: SideWords
    regions: frozenset[str] = frozenset()
    holders: frozenset[str] = frozenset()

    def holds(self, side: str) -> bool:
        """Whether a side may hold ground."""
        return not self.holders or side in self.holders


class SentenceAsked(NamedTuple):
    """A sentence that is to be read.

    Parameters
    ----------
    said
        Its text.
    names
        Start and end of what the gazetteer's scanner takes for a place's name.
    theatre
        Who is who.
    now
        The day that "yesterday" is relative to.
    told
        Whether it may tell an event; if not, it only says whom and what the next ones mean.
    number, paragraph
        Where it stands in its report.
    lines
        Numbers of the lines of a list that it opens.
    """

    said: str
    names: Sequence[tuple[int, int]]
    theatre: TheatreWords
    now: date
    told: bool = True
    number: int = 0
    paragraph: int = 0
    lines: range = range(0)


class SentenceRead(NamedTuple):
    """What a grammar reads of a sentence: its items, the events it tells, whose word it gives."""

    items: Sequence[Item]
    events: list[ToldEvent]
    speakers: list[Speech]


@dataclass(frozen=True, kw_only=True, slots=True)
class GrammarWords:
    """Words that decide in `report` what is meant; empty where a language decides that itself.

    Parameters
    ----------
    be, determiners, prepositions, directions, of
        The verb to be, articles and the like, prepositions, "north", and "of".
    governing, near
        Prepositions that keep a side from being the subject ("by the army"), and those behind which
        a name only says where another is ("near X").
    against
        Prepositions before whom one fights.
    yielding
        Verbs of sides that do nothing to others: "fled", "resisted".
    denials, by
        "denied", and "by", behind which stands who did.
    both
        "Both villages" are the two named last, whichever were told of.
    regulars, irregulars
        "Troops", who are a state's; "gunmen", who are none's.
    hours, units
        "Dawn", and "hours", "minutes".
    after, within
        "After", and "within".
    pronouns
        "They", "it", behind "after".
    """

    be: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    governing: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    yielding: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    regulars: frozenset[str] = frozenset()
    irregulars: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Grammar:
    """A language as `report` sees it.

    Parameters
    ----------
    language
        Its code, with which names of its rules begin: "en".
    read
        Gives items, told events and speakers of a sentence, and brings the memory up to date with
        the days, sides and places that the language remembers itself.
    days
        Gives the days said in a text that was published on a day: those of a heading.
    telling, telling_phrase
        Words, in small letters and plain, of which a sentence that tells an event has one; and what
        tells without any of them.
    words
        Words by which `report` decides what is meant.
    rules
        The rules by which events are read.
    """

    language: str
    read: Callable[[SentenceAsked, ReportMemory], SentenceRead]
    days: Callable[[str, date], list[DaysSaid]]
    telling: frozenset[str]
    telling_phrase: re.Pattern[str] | None = None
    words: GrammarWords = GrammarWords()
    rules: tuple[Rule[Any], ...] = ()
