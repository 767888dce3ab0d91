"""Whom and what a report spoke of before a sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["ReportMemory", "Scene"]


class Scene(NamedTuple):
    """The days on which something was done, and where that stands: item, sentence, paragraph."""

    days: DaysSaid
    at: int
    sentence: int
    paragraph: int


@dataclass(slots=True)
class ReportMemory:
    """Whom and what a report spoke of last: one for both languages, each keeps up what it reads.

    Parameters
    ----------
    side, taker
        The side of the event told last, else of the last sentence's subject; and the one that took
        a place last.
    named, acting, aside
        How often each side was named, how often it did something, and how often neither.
    places, recent
        Names of the places told last, and of the last few named at all.
    bare
        Names in the lines before that hold nothing else.
    paragraph
        Number of the paragraph of `places`.
    speaker
        Whose word was given last.
    day
        The day named last.
    counted, counted_left
        What was told of places that were only counted ("nine villages"), and in how many more
        sentences they may be named.
    left
        Whether the sentence before told that a side left a place, or lost it.
    listing, listed
        What was told of the places that a list names, and the numbers of its lines where they are
        known.
    scene, scene_before
        The days of what was done last, and those before the sentence.
    leader, last_named, beside
        The side that took something or led a sentence, the side named last, and one beside the
        first: of these is what a language says without a pronoun.
    told_names
        Names told last, or the first name of a sentence that told nothing.
    days, days_left, under_heading
        Days on which things were done, for how many sentences they hold, and whether a heading
        said them.
    """

    side: str = ""
    taker: str = ""
    named: Counter[str] = field(default_factory=Counter)
    acting: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    places: list[Item] = field(default_factory=list)
    bare: list[Item] = field(default_factory=list)
    recent: list[Item] = field(default_factory=list)
    paragraph: int = -1
    speaker: str = ""
    day: date | None = None
    counted: ToldEvent | None = None
    counted_left: int = 0
    left: bool = False
    listing: ToldEvent | None = None
    listed: range = range(0)
    scene: Scene | None = None
    scene_before: Scene | None = None
    leader: str = ""
    last_named: str = ""
    beside: str = ""
    told_names: list[Item] = field(default_factory=list)
    days: DaysSaid | None = None
    days_left: int = 0
    under_heading: bool = False

    def anew(self) -> ReportMemory:
        """Give the memory behind a long stretch that tells nothing: only who does what is kept."""
        return ReportMemory(acting=self.acting, aside=self.aside)
