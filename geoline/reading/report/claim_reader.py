"""From the sentences of a report to drafts of claims: frames with whom and what they mean."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.names import is_arabic
from geoline.reading.arabic.frames import arabic_frames
from geoline.reading.arabic.items import arabic_items
from geoline.reading.english.days.days import days_said
from geoline.reading.english.events.rules import told_events
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.sentence.items import items_of
from geoline.reading.english.sentence.speakers import speeches
from geoline.reading.report.day_headings import days_over
from geoline.reading.report.memory import (
    ReportMemory,
    Scene,
    certainty_of,
    continued,
    denier_of,
    meant,
    refocus,
    sides_acting,
)
from geoline.reading.report.sentence_context import SentenceContext
from geoline.reading.report.sentences import list_behind
from geoline.reading.report.unplaced_claim import UnplacedClaim, by_the_taker
from geoline.reading.shared.told_event import HAPPENED, TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geoline.reading.report.sentences import Sentence
    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.side_words import SideWords

__all__ = ["NEARBY", "ClaimReader"]

# Sentences over which "they" and "the town" are remembered, and a text stays about a theatre.
NEARBY = 15
# What was taken so long ago does not tell who takes places now.
LONG_AGO = timedelta(days=90)
_PLACE_LINE = re.compile(r"[A-Z][\w .'-]{2,25}(?:,\s*[A-Z][\w .'-]{2,20})?[,.(]\s*")
_LINE_END = re.compile(r"\)?\s*(?:\([^)]{1,40}\)\s*)?[-–—:]")
_LISTED = re.compile(r"[-•*–#>=]|\d+[.)/]\s")
_SUPPOSED = re.compile(
    r"\W*(?:scenario|option|outlook|forecast|hypothesis|assessment)\b", re.IGNORECASE
)
_TAKING = TAKEN | {"entered"}
_IRREGULARS = frozenset({"fighters", "gunmen"})
_REGULARS = frozenset({"troops", "soldiers", "units"})
_DENIABLE = frozenset({"captured", "recaptured", "entered", "lost", "withdrew"})


@dataclass(slots=True)
class ClaimReader:
    """Reads sentences one after the other; remembers whom and what they spoke of.

    Parameters
    ----------
    sides
        Who is who.
    regions
        Names of regions.
    holders
        Sides that may hold ground; empty: all.
    published
        Day of publication.
    """

    sides: SideWords
    regions: frozenset[str]
    holders: frozenset[str]
    published: date

    def drafts(
        self,
        text: str,
        cut: Sequence[Sentence],
        told: set[int],
        named: Mapping[int, Sequence[tuple[int, int]]],
    ) -> list[UnplacedClaim]:
        """Read sentences.

        Parameters
        ----------
        text, cut
            The report and its sentences.
        told
            Numbers of the sentences that may tell an event.
        named
            For each sentence to read the names of places in it, counted from its start.
        """
        found: list[UnplacedClaim] = []
        over = days_over(text, cut, self.published)
        focus = ReportMemory()
        last = -2
        for number in sorted(named):
            if number > last + NEARBY:
                focus = ReportMemory(acting=focus.acting, aside=focus.aside)
            last = number
            sentence = cut[number]
            said = text[sentence.start : sentence.end]
            read = self._arabic if _mostly_arabic(said) else self._english
            place = SentenceContext(number, sentence, over[number])
            start = _paragraph_start(cut, number)
            place.supposed = bool(_SUPPOSED.match(text, start))
            place.listed = bool(_LISTED.match(text, start))
            place.lines = list_behind(text, cut, number)
            told_here = read(said, named[number], place, focus, told=number in told)
            items, words = place.items, place.words
            for order, frame in enumerate(told_here):
                found += self._of_frame(place, frame, focus, told_here[:order])
            refocus(items, told_here, words, focus, sentence.paragraph)
        return by_the_taker(found, focus.acting or focus.aside)

    def _english(
        self,
        said: str,
        places: Sequence[tuple[int, int]],
        place: SentenceContext,
        focus: ReportMemory,
        *,
        told: bool,
    ) -> list[ToldEvent]:
        days = days_said(said, place.now(self.published), focus.day)
        days = [found for found in days if not _is_dateline(said, found)]
        focus.day = days[-1].last if days else focus.day
        items = place.items = items_of(said, self.sides, places, days, self.regions)
        for does, counter in ((True, focus.acting), (False, focus.aside)):
            sides = sides_acting(items, does=does)
            counter.update(side for side in sides if side in self.holders)
        found, acting = told_events(said, items, told=told)
        focus.scene_before = focus.scene
        if acting is not None:
            focus.scene = Scene(acting[1], acting[0], place.number, place.sentence.paragraph)
        if focus.listing is not None and place.number in focus.listed:
            named_now = [items[n] for n in places_in(items, 0).names]
            return [_again(focus.listing, named_now, items)] if named_now else []
        own = {id(i) for frame in found if frame.event in TAKEN for i in frame.places}
        named_now = [item for item in continued(items, focus) if id(item) not in own]
        if named_now and focus.counted is not None:
            found.insert(0, _again(focus.counted, named_now, items))
        focus.listing = next((f for f in found if f.event in TAKEN and not f.places), None)
        focus.listed = place.lines if focus.listing else range(0)
        place.words = speeches(said, focus.speaker) if found else []
        return found

    def _arabic(
        self,
        said: str,
        places: Sequence[tuple[int, int]],
        place: SentenceContext,
        focus: ReportMemory,
        *,
        told: bool,
    ) -> list[ToldEvent]:
        now = place.now(self.published)
        items, place.words = arabic_items(said, self.sides, places, now, focus.day)
        place.items = items
        days = [item.days for item in items if item.days is not None]
        focus.day = days[-1].last if days else focus.day
        return arabic_frames(items, focus.arabic, self.holders, told=told, now=now)

    def _of_frame(
        self,
        place: SentenceContext,
        frame: ToldEvent,
        focus: ReportMemory,
        earlier: Sequence[ToldEvent],
    ) -> list[UnplacedClaim]:
        items = place.items
        side = frame.side or self._meant_side(frame, focus, earlier, items)
        if _nothing_told(frame, focus, earlier) or (frame.side_means == "follows" and not side):
            return []
        certainty, speaker = certainty_of(frame, place.words, items[frame.at])
        if place.supposed and certainty != "unclear":
            certainty = "foreseen"
        event = frame.event
        if frame.mood == "denied":
            side = denier_of(items, frame) or (side if event in {"lost", "withdrew"} else "")
            if event not in _DENIABLE or not side:
                return []
            event, certainty = "denied", "reported"
        elif event in _TAKING and side and self.holders and side not in self.holders:
            return []
        said = next((days for days in frame.days if days is not None), None)
        lately = said is None or self.published - said.last < LONG_AGO
        if event in TAKEN and certainty in HAPPENED and lately:
            focus.taker = side or focus.taker
        if frame.road is not None and not frame.places:
            places = [frame.road]
        else:
            places = frame.places or meant(items, frame, focus, earlier)
            frame.places = places
        days = frame.days if len(frame.days) == len(places) else frame.days[:1] * len(places)
        to_come = certainty == "foreseen"  # and not of the day of what was just done
        days_when_none_said = (
            None if to_come else place.days_when_none_said(frame, focus, self.published)
        )
        days = [_known(said, days_when_none_said) for said in days or [None] * len(places)]
        return [
            UnplacedClaim(
                item=item,
                frame=frame,
                event=event,
                side=side,
                other=frame.other if frame.other != side else "",
                certainty=certainty,
                speaker=speaker,
                sentence=place.number,
                span=place.span(items[frame.at], item),
                days=said,
                guessed=not frame.side and frame.side_means in {"agent", "rival"} and bool(side),
            )
            for item, said in zip(places, days, strict=True)
        ]

    def _meant_side(
        self,
        frame: ToldEvent,
        focus: ReportMemory,
        earlier: Sequence[ToldEvent],
        items: Sequence[Item],
    ) -> str:
        """Give the side meant where none is named.

        "They" are those who acted in the sentence, or before it; who took what "fell" is who took
        places before; who took what was lost is the loser's rival, of whom most was said.
        """
        if frame.side_means == "rival" or (frame.side_means == "agent" and frame.other):
            return self._rival(frame.other, focus, items)
        if frame.side_means not in {"they", "agent", "follows"}:
            return ""
        acted = [f.side for f in earlier if f.side and f.event not in {"lost", "withdrew"}]
        held = [side for side in acted if not self.holders or side in self.holders]
        if held:
            return held[-1]
        if frame.side_means == "follows":
            return focus.taker
        if frame.side_means == "agent":
            here = [s for s in sides_acting(items[: frame.at]) if s in self.holders]
            last = focus.side if focus.side in self.holders or not self.holders else ""
            return focus.taker or (here[-1] if here else last)
        side = focus.side
        forces = _forces(items, frame.at)
        regular = frame.side_means == "they" and bool(_REGULARS & set(forces[-1:]))
        if regular and (not side or self._speaks_of_state(focus, items)):
            focus.side = side = self.sides.state
        irregular = frame.side_means == "they" and bool(_IRREGULARS & set(forces[-1:]))
        if irregular and side and side == self.sides.state:
            side = self._rival(side, focus, items)
        if not side and frame.side_means == "they":
            # "In X, which they took on Monday, government troops …"
            later = (item.value for item in items[frame.at :] if item.kind == "side" and item.acts)
            side = next((value for value in later if value in self.holders), "")
        return side

    def _speaks_of_state(self, focus: ReportMemory, items: Sequence[Item]) -> bool:
        """Whether the state's side is named in this sentence or before it."""
        state = self.sides.state
        return state in focus.named or any(i.kind == "side" and i.value == state for i in items)

    def _rival(self, loser: str, focus: ReportMemory, items: Sequence[Item]) -> str:
        """Give the holder of whom most was said but for one, else the state."""
        named = focus.named + Counter(item.value for item in items if item.kind == "side")
        others = [
            (count, side)
            for side, count in named.items()
            if side != loser and side in self.holders and loser
        ]
        state = self.sides.state if loser and loser != self.sides.state else ""
        return max(others)[1] if others else state


def _forces(items: Sequence[Item], at: int) -> list[str]:
    """Give the words for armed men before a verb; behind "by" if there are none before it."""
    before = [item.low for item in items[:at] if item.kind == "force"]
    by = next((n for n in range(at, len(items)) if items[n].low == "by"), len(items))
    return before or [item.low for item in items[by : by + 4] if item.kind == "force"]


def _nothing_told(frame: ToldEvent, focus: ReportMemory, earlier: Sequence[ToldEvent]) -> bool:
    """Whether a frame tells nothing of a place: it is negated, of somebody else, or of nowhere."""
    nowhere = frame.event == "held" or not (frame.places or frame.means or frame.road)
    left = focus.left or any(f.event in {"withdrew", "lost"} for f in earlier)
    # "took part of A but lost it"
    partly = bool(frame.means and earlier and earlier[-1].partly and not frame.places)
    other = frame.mood == "negated" or frame.side_means == "other"
    return nowhere or other or partly or (frame.entering and not left)


def _known(said: DaysSaid | None, days_when_none_said: DaysSaid | None) -> DaysSaid | None:
    """Prefer the days said; those of a heading to an upper bound."""
    return days_when_none_said if said is None else said


def _is_dateline(said: str, days: DaysSaid) -> bool:
    """Whether days are those of a dateline: "BEIRUT, Jan 26 (Agency) - The army …"."""
    return bool(_PLACE_LINE.fullmatch(said[: days.start])) and bool(_LINE_END.match(said, days.end))


def _paragraph_start(cut: Sequence[Sentence], number: int) -> int:
    paragraph = cut[number].paragraph
    while number and cut[number - 1].paragraph == paragraph:
        number -= 1
    return cut[number].start


def _mostly_arabic(said: str) -> bool:
    return is_arabic(said) and 2 * sum(letter.isascii() for letter in said) < len(said)


def _again(counted: ToldEvent, places: list[Item], items: Sequence[Item]) -> ToldEvent:
    """Say of places that are named later what was said of their number."""
    at = next(n for n, item in enumerate(items) if item is places[0])
    days = counted.days[:1] or [None]
    again = ToldEvent(counted.event, at, counted.mood, places, days * len(places))
    again.side, again.side_means = counted.side, counted.side_means
    return again
