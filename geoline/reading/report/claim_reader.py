"""From the sentences of a report to claims without places: events with whom and what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.report.day_headings import days_over
from geoline.reading.report.meant_side import had_it, meant_side
from geoline.reading.report.memory import GONE, certainty_of, denier_of, meant, refocus
from geoline.reading.report.sentence_context import SentenceContext
from geoline.reading.report.sentences import list_behind
from geoline.reading.report.unplaced_claim import UnplacedClaim, as_told_beside, by_the_taker
from geoline.reading.shared.grammar import SentenceAsked
from geoline.reading.shared.report_memory import ReportMemory
from geoline.reading.shared.told_event import HAPPENED, TAKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from geoline.reading.report.sentences import Sentence
    from geoline.reading.shared.grammar import Grammar, SentenceRead, TheatreWords
    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["NEARBY", "ClaimReader"]

# Sentences over which "they" and "the town" are remembered, and a text stays about a theatre.
NEARBY = 15
# What was taken so long ago does not tell who takes places now.
LONG_AGO = timedelta(days=90)
_LISTED = re.compile(r"[-•*–#>=]|\d+[.)/]\s")
_SUPPOSED = re.compile(
    r"\W*(?:scenario|option|outlook|forecast|hypothesis|assessment)\b", re.IGNORECASE
)
_TAKING = TAKEN | {"entered", "held"}
_DENIABLE = frozenset({"captured", "recaptured", "entered", "lost", "withdrew"})


@dataclass(slots=True)
class ClaimReader:
    """Reads sentences one after the other; remembers whom and what they spoke of.

    Parameters
    ----------
    grammar_of
        Gives the grammar that a sentence is read by.
    theatre
        Who is who.
    published
        Day of publication.
    """

    grammar_of: Callable[[str], Grammar]
    theatre: TheatreWords
    published: date

    def unplaced(
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
        over = days_over(text, cut, self.published, self.grammar_of)
        memory = ReportMemory()
        last = -2
        for number in sorted(named):
            memory = memory.anew() if number > last + NEARBY else memory
            last = number
            sentence = cut[number]
            said = text[sentence.start : sentence.end]
            grammar = self.grammar_of(said)
            context = self._context(text, cut, number, over[number], grammar)
            asked = SentenceAsked(
                said=said,
                names=named[number],
                theatre=self.theatre,
                now=context.now(self.published),
                told=number in told,
                number=number,
                paragraph=sentence.paragraph,
                lines=list_behind(text, cut, number),
            )
            read = grammar.read(asked, memory)
            context.items = read.items
            for order, event in enumerate(read.events):
                found += self._claims_of(context, read, event, memory, read.events[:order])
            refocus(read, memory, sentence.paragraph, grammar.words)
        return as_told_beside(by_the_taker(found, memory.acting or memory.aside))

    @staticmethod
    def _context(
        text: str, cut: Sequence[Sentence], number: int, over: DaysSaid | None, grammar: Grammar
    ) -> SentenceContext:
        start = _paragraph_start(cut, number)
        return SentenceContext(
            number=number,
            sentence=cut[number],
            over=over,
            words=grammar.words,
            supposed=bool(_SUPPOSED.match(text, start)),
            listed=bool(_LISTED.match(text, start)),
        )

    def _claims_of(
        self,
        context: SentenceContext,
        read: SentenceRead,
        told: ToldEvent,
        memory: ReportMemory,
        earlier: Sequence[ToldEvent],
    ) -> list[UnplacedClaim]:
        """Give what an event says of each of its places, none if it is told of none."""
        items = read.items
        # Nobody retakes what they took in the same sentence.
        named = "" if told.side == had_it(told, earlier) else told.side
        side = named or meant_side(told, earlier, context, memory, self.theatre)
        if side == told.other and not told.side:
            side = ""  # who lost a place did not take it
        if _nothing_told(told, memory, earlier) or (told.side_means == "follows" and not side):
            counts = told.counted and told.side and told.mood in HAPPENED
            memory.taker = told.side if counts and told.event in TAKEN else memory.taker
            return []
        certainty, speaker = certainty_of(told, read.speakers, items[told.at])
        certainty = "foreseen" if context.supposed and certainty != "unclear" else certainty
        said = _Said(told.event, side, certainty)
        if told.mood == "denied":
            said = _denied(said, denier_of(items, told, context.words))
        if not self._is_told(said):
            return []
        if self._taken_lately(told, said):
            memory.taker = said.side or memory.taker
        places = _places(items, told, memory, context, earlier)
        days = self._days(context, told, memory, len(places), said.certainty)
        guessed = not told.side and told.side_means in {"agent", "rival"} and bool(said.side)
        return [
            UnplacedClaim(
                item=item,
                told=told,
                event=said.event,
                side=said.side,
                other=told.other if told.other != said.side else "",
                certainty=said.certainty,
                speaker=speaker,
                sentence=context.number,
                span=context.span(items[told.at], item),
                days=of_place,
                guessed=guessed,
            )
            for item, of_place in zip(places, days, strict=True)
        ]

    def _is_told(self, said: _Said) -> bool:
        """Whether a side may do what is said of it: only some hold ground, nobody denies alone."""
        if said.event == "denied":
            return bool(said.side)
        return said.event not in _TAKING or not said.side or self.theatre.holds(said.side)

    def _taken_lately(self, told: ToldEvent, said: _Said) -> bool:
        """Whether an event tells who takes places now."""
        days = next((days for days in told.days if days is not None), None)
        lately = days is None or self.published - days.last < LONG_AGO
        return said.event in TAKEN and said.certainty in HAPPENED and lately

    def _days(
        self,
        context: SentenceContext,
        told: ToldEvent,
        memory: ReportMemory,
        count: int,
        certainty: str,
    ) -> list[DaysSaid | None]:
        """Give the days of each of an event's places; where none are said, those of what was told.

        What is to come is not of the day of what was just done.
        """
        days = told.days if len(told.days) == count else told.days[:1] * count
        to_come = certainty == "foreseen"
        unsaid = None if to_come else context.days_when_none_said(told, memory, self.published)
        return [unsaid if said is None else said for said in days or [None] * count]


class _Said(NamedTuple):
    """What is claimed of places, by or of which side, and how surely."""

    event: str
    side: str
    certainty: str


def _denied(said: _Said, denier: str) -> _Said:
    """Turn what is denied into a claim that it is not so, of who denies it."""
    side = denier or (said.side if said.event in GONE else "")
    return _Said("denied", side if said.event in _DENIABLE else "", "reported")


def _places(
    items: Sequence[Item],
    told: ToldEvent,
    memory: ReportMemory,
    context: SentenceContext,
    earlier: Sequence[ToldEvent],
) -> list[Item]:
    """Give the places that an event is told of, or the road; the next events may mean them."""
    if told.road is not None and not told.places:
        return [told.road]
    told.places = told.places or meant(items, told, memory, context.words, earlier)
    return told.places


def _nothing_told(told: ToldEvent, memory: ReportMemory, earlier: Sequence[ToldEvent]) -> bool:
    """Whether an event tells nothing of a place: it is negated, of somebody else, or of nowhere."""
    before = told.event == "held" and told.tense != "still"
    of_nobody = told.mood == "negated" or told.side_means == "other" or before
    nowhere = not (told.places or told.means or told.road)
    return of_nobody or nowhere or _depends(told, memory, earlier)


def _depends(told: ToldEvent, memory: ReportMemory, earlier: Sequence[ToldEvent]) -> bool:
    """Whether what was told before makes nothing of an event.

    Who "moved in" took a place only where another side had left; and who "took part of A but lost
    it" did not lose it.
    """
    if told.entering and not (memory.left or any(event.event in GONE for event in earlier)):
        return True
    return bool(told.means) and not told.places and bool(earlier) and earlier[-1].partly


def _paragraph_start(cut: Sequence[Sentence], number: int) -> int:
    paragraph = cut[number].paragraph
    while number and cut[number - 1].paragraph == paragraph:
        number -= 1
    return cut[number].start
