"""Whose the days said in an Arabic sentence are: behind a verb, before it, or said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.reading.arabic.place_list import ENDS
from geoline.reading.arabic.sides import other_event
from geoline.reading.arabic.words.word_classes import (
    BREAKS,
    BY_NOW,
    CLOCK,
    COMMAS,
    FULLY,
    OVER,
    PREPOSITIONS,
    REGIONS,
    RELATIVE,
    SAYING,
    THAT,
)
from geoline.reading.shared.item import DaysSaid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.arabic.place_list import ArabicPlaces
    from geoline.reading.shared.report_memory import ReportMemory
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["ArabicEventDays"]

NEAR = 4
_SINCE = "منذ"
_OTHER_CLAUSE = BREAKS - {"كما"}


@dataclass(slots=True)
class ArabicEventDays:
    """Finds the days of events in a sentence.

    Parameters
    ----------
    items, memory, found
        As of `ArabicSides`.
    now
        The day that "this morning" is of.
    """

    items: Sequence[ArabicItem]
    memory: ReportMemory
    now: date | None
    found: list[ToldEvent]

    def _low(self, at: int) -> str:
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def of(self, at: int, places: ArabicPlaces) -> DaysSaid | None:
        """Give the days of an event: said behind it, before it in its clause, or told before."""
        said = self._fronted(at) or self.behind(at, places) or self._before(at)
        if said is not None or self.perfect(at):
            return said
        if self.found and self.found[-1].days:
            return self.found[-1].days[0]
        return self._first() or self._told(at, places)

    def _fronted(self, at: int) -> DaysSaid | None:
        """Give the days right before a verb that begin its clause: "and a day before fell …"."""
        item, before = self.items[at], self.items[at - 1] if at else None
        if before is None or before.kind != "days" or item.conjunction:
            return None
        begins = before.text.startswith("و") or self._low(at - 2) in COMMAS | ENDS or at == 1
        return before.days if begins else None

    def _before(self, at: int) -> DaysSaid | None:
        """Give the days nearest before an event, unless another that was told stands between."""
        clause = self.clause(at)
        told = {event.at for event in self.found}
        for number in range(at - 1, -1, -1):
            item = self.items[number]
            if item.low in ENDS:
                return self._heading(number)
            if item.kind == "days":
                return self._said(number, at)
            another = number < clause and number in told and item.form == "past"
            if another or (item.low in BREAKS and self._by_now(at)):
                break
        return None

    def _told(self, at: int, places: ArabicPlaces) -> DaysSaid | None:
        """Give the days told before the sentence; else "this morning" is of the day it is of."""
        now, last = self.now, min(len(self.items), places.end + NEAR)
        hour = any(self._low(n) in CLOCK for n in range(self.clause(at), last))
        if self.memory.days is None and hour and now is not None:
            return DaysSaid(0, 0, now, now, "day")
        if self._spoken(at) and not self.memory.under_heading:
            counted = self.memory.counted  # "took a village on Sunday. A source said they took A"
            return counted.days[0] if counted is not None and counted.days else None
        listed = not self.memory.under_heading and not self.items[0].low[:1].isalpha()
        return None if listed else self.memory.days

    def _heading(self, at: int) -> DaysSaid | None:
        """Give the days of a line before an item that is nothing but days."""
        line = [item for item in self.items[max(0, at - NEAR) : at] if item.low not in ENDS]
        said = [item for item in line if item.kind == "days"]
        return said[0].days if said and len(line) <= len(said) + 1 and at <= NEAR else None

    def _first(self) -> DaysSaid | None:
        """Give the days with which an entry begins: "16 February: …"."""
        for number, item in enumerate(self.items[:3]):
            if item.kind == "days":
                return item.days if self._low(number + 1) in {":", "-", "–", "—"} else None
        return None

    def behind(self, at: int, places: ArabicPlaces) -> DaysSaid | None:
        """Give the days said behind an event, before another begins."""
        for number in range(at + 1, len(self.items)):
            item, past = self.items[number], number >= places.end
            if past and item.low in RELATIVE:
                break  # "as part of the operation that began on Sunday"
            if item.kind == "days":
                fronted = item.text.startswith("و") and self._low(number - 1) in COMMAS
                return None if fronted and past else self._since(number)
            if item.low in ENDS or other_event(self.items, number, places):
                break
            if past and (self._begins(number) or self._parts_clauses(number, at)):
                break
        return None

    def _since(self, at: int) -> DaysSaid | None:
        """Give the days at an item: "since the operation began on Thursday" they last until now."""
        days, now = self.items[at].days, self.now
        since = any(self._low(n) == _SINCE for n in range(max(0, at - NEAR), at))
        if days is None or now is None or not since or days.precision != "day":
            return days
        return days._replace(last=max(now, days.last), precision="between")

    def _parts_clauses(self, number: int, at: int) -> bool:
        return number > at + 1 and self._low(number) in _OTHER_CLAUSE

    def _begins(self, at: int) -> bool:
        """Whether something else begins: "and over …", "and that …", a comma and another verb."""
        item = self.items[at]
        if (item.low in OVER and item.conjunction) or item.low in {"وان", "وانه", "وانها"}:
            return True
        joined = (
            item.kind == "word" and item.text.startswith("و") and item.low not in {"ذلك", "وذلك"}
        )
        plain = item.low not in REGIONS | PREPOSITIONS | FULLY
        return joined and plain and self._low(at - 1) in COMMAS

    def _spoken(self, at: int) -> bool:
        """Whether an event is what somebody says in the sentence: "said that …"."""
        lows = [self._low(n) for n in range(at)]
        said = max((n for n, low in enumerate(lows) if low in SAYING), default=-1)
        return said >= 0 and bool(THAT & set(lows[said:]))

    def _by_now(self, at: int) -> bool:
        before = {self._low(at - 1), self._low(at - 2)}
        return self.items[at].low in BY_NOW or bool(before & (BY_NOW | {"الان"}))

    def perfect(self, at: int) -> bool:
        """Whether it had been so by then ("وكانت … قد سيطرت"), or has come to be so by now."""
        if self._by_now(at):
            return True
        lows = {self._low(n) for n in range(max(0, at - 8), at)}
        return self.items[at].form in {"", "past"} and bool(lows & {"كانت", "كان", "وكانت", "وكان"})

    def _said(self, number: int, at: int) -> DaysSaid | None:
        """Give days before an event; those of somebody's word are a bound."""
        days = self.items[number].days
        if days is None or days.first is None or not self._spoken_on(number, at):
            return days
        if any(self._low(n) in CLOCK for n in range(number + 1, min(len(self.items), at + 8))):
            return days
        return days._replace(first=None, precision="by")

    def _spoken_on(self, number: int, at: int) -> bool:
        """Whether days are those on which somebody said that an event had been."""
        that = self.items[at].form == "noun" or any(
            self._low(n) in THAT for n in range(number + 1, at)
        )
        return that and any(self._low(n) in SAYING for n in range(max(0, number - 7), number))

    def clause(self, at: int) -> int:
        """Where the clause of an item begins: behind a comma or a sign."""
        while at > 0 and self.items[at - 1].low not in ENDS | COMMAS:
            at -= 1
        return at
