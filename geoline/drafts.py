"""From the sentences of a report to drafts of claims: frames with whom and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.arabic_frames import arabic_frames
from geoline.arabic_items import arabic_items
from geoline.frame import Frame
from geoline.frames import frames
from geoline.report_days import days_said
from geoline.report_focus import Focus, certainty_of, continued, denier_of, meant, refocus
from geoline.sentence_items import items_of
from geoline.speakers import Speech, speeches
from geoline.toponym import is_arabic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geoline.report_days import DaysSaid
    from geoline.sentence_item import Item
    from geoline.sentences import Sentence
    from geoline.side_words import SideWords

__all__ = ["NEARBY", "Draft", "DraftReader"]

# Sentences over which "they" and "the town" are remembered, and a text stays about a theatre.
NEARBY = 15
_TAKING = frozenset({"captured", "recaptured", "entered"})
_DENIABLE = frozenset({"captured", "recaptured", "entered", "lost", "withdrew"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its name is looked up.

    Parameters
    ----------
    item, frame
        The name, and what is said of it.
    event
        Key of `geoline.claims.EVENTS`.
    side, other
        Who, and from whom; empty if not said.
    certainty, speaker
        How sure, and on whose word.
    sentence
        Number of the sentence.
    span
        Code points of the text that it rests on.
    days
        The days said of it.
    guessed
        Whether no agent is named, so that the side that acted before is taken.
    """

    item: Item
    frame: Frame
    event: str
    side: str
    other: str
    certainty: str
    speaker: str
    sentence: int
    span: tuple[int, int]
    days: DaysSaid | None
    guessed: bool


@dataclass(slots=True)
class DraftReader:
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
    ) -> list[Draft]:
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
        found: list[Draft] = []
        focus = Focus()
        last = -2
        for number in sorted(named):
            if number > last + NEARBY:
                focus = Focus()
            last = number
            sentence = cut[number]
            said = text[sentence.start : sentence.end]
            read = self._arabic if _mostly_arabic(said) else self._english
            items, told_here, words = read(said, named[number], focus, told=number in told)
            for order, frame in enumerate(told_here):
                place = _Place(number, sentence.start, items, words)
                found += self._of_frame(place, frame, focus, told_here[:order])
            refocus(items, told_here, words, focus)
        return found

    def _english(
        self, said: str, places: Sequence[tuple[int, int]], focus: Focus, *, told: bool
    ) -> tuple[list[Item], list[Frame], list[Speech]]:
        days = days_said(said, self.published, focus.day)
        focus.day = days[-1].last if days else focus.day
        items = items_of(said, self.sides, places, days, self.regions)
        found = frames(said, items) if told else []
        named_now = continued(items, focus)
        if named_now and focus.counted is not None:
            found.insert(0, _again(focus.counted, named_now, items))
        return items, found, speeches(said, focus.speaker) if found else []

    def _arabic(
        self, said: str, places: Sequence[tuple[int, int]], focus: Focus, *, told: bool
    ) -> tuple[list[Item], list[Frame], list[Speech]]:
        items, words = arabic_items(said, self.sides, places, self.published, focus.day)
        days = [item.days for item in items if item.days is not None]
        focus.day = days[-1].last if days else focus.day
        return items, arabic_frames(items, focus.arabic, self.holders, told=told), words

    def _of_frame(
        self, place: _Place, frame: Frame, focus: Focus, earlier: Sequence[Frame]
    ) -> list[Draft]:
        items = place.items
        nowhere = frame.event == "held" or not (frame.places or frame.means or frame.road)
        if frame.mood == "negated" or frame.side_means == "other" or nowhere:
            return []
        side = frame.side or self._meant_side(frame, focus, earlier)
        certainty, speaker = certainty_of(frame, place.words, items[frame.at])
        event = frame.event
        if frame.mood == "denied":
            side = denier_of(items, frame) or (side if event in {"lost", "withdrew"} else "")
            if event not in _DENIABLE or not side:
                return []
            event, certainty = "denied", "reported"
        elif event in _TAKING and side and self.holders and side not in self.holders:
            return []
        if frame.road is not None and not frame.places:
            places = [frame.road]
        else:
            places = frame.places or meant(items, frame, focus, earlier)
            frame.places = places
        days = frame.days if len(frame.days) == len(places) else frame.days[:1] * len(places)
        return [
            Draft(
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
                guessed=not frame.side and frame.side_means == "agent" and bool(side),
            )
            for item, said in zip(places, days or [None] * len(places), strict=True)
        ]

    def _meant_side(self, frame: Frame, focus: Focus, earlier: Sequence[Frame]) -> str:
        """Give the side meant where none is named: one that acted in the sentence, or before it."""
        if frame.side_means not in {"they", "agent"}:
            return ""
        acted = [f.side for f in earlier if f.side and f.event not in {"lost", "withdrew"}]
        held = [side for side in acted if not self.holders or side in self.holders]
        return held[-1] if held else focus.side


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the report a sentence stands."""

    number: int
    start: int
    items: Sequence[Item]
    words: Sequence[Speech]

    def span(self, verb: Item, item: Item) -> tuple[int, int]:
        first = min(verb.start, item.start if item.start >= 0 else verb.start)
        return self.start + first, self.start + max(verb.end, item.end)


def _mostly_arabic(said: str) -> bool:
    return is_arabic(said) and 2 * sum(letter.isascii() for letter in said) < len(said)


def _again(counted: Frame, places: list[Item], items: Sequence[Item]) -> Frame:
    """Say of places that are named later what was said of their number."""
    at = next(n for n, item in enumerate(items) if item is places[0])
    days = counted.days[:1] or [None]
    again = Frame(counted.event, at, counted.mood, places, days * len(places))
    again.side, again.side_means = counted.side, counted.side_means
    return again
