"""A sentence with what stands around it in its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.reading.shared.item import DaysSaid
from geoline.reading.shared.told_event import TAKEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.report.sentences import Sentence
    from geoline.reading.shared.grammar import GrammarWords
    from geoline.reading.shared.item import Item
    from geoline.reading.shared.report_memory import ReportMemory, Scene
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["SentenceContext"]

# Sentences over which a day goes on to be that of what is told without one; the same where an hour
# of that day is said.
REACH, FAR = 2, 6
# Items before an event among which "an hour after" stands.
NEAR = 8


@dataclass(slots=True)
class SentenceContext:
    """Where in the report a sentence stands, the days it stands under, and what was read of it.

    Parameters
    ----------
    number, sentence
        Which of the report's it is.
    over
        The days of the heading above it.
    words
        Words of its language.
    supposed
        Whether its paragraph is headed as a scenario.
    listed
        Whether its paragraph is an entry of a list.
    items
        What was read of it.
    """

    number: int
    sentence: Sentence
    over: DaysSaid | None
    words: GrammarWords
    supposed: bool = False
    listed: bool = False
    items: Sequence[Item] = ()

    def span(self, verb: Item, item: Item) -> tuple[int, int]:
        """Give the code points of the text from a verb to a name, whichever comes first."""
        first = min(verb.start, item.start if item.start >= 0 else verb.start)
        return self.sentence.start + first, self.sentence.start + max(verb.end, item.end)

    def now(self, published: date) -> date:
        """Give the day that "yesterday" is relative to."""
        return self.over.last if self.over is not None else published

    def days_when_none_said(
        self, told: ToldEvent, memory: ReportMemory, published: date
    ) -> DaysSaid | None:
        """Give the days of what is told without any.

        They are those of the heading, or of what was just told; where only an hour is said ("at
        dawn"), it is one of the day of publication.
        """
        hour = any(item.kind == "word" and item.low in self.words.hours for item in self.items)
        if told.tense == "before" and not (hour or self._within_hours(told.at)):
            return None
        if self.over is not None:
            return self.over
        scene, after = self._scene(told, memory)
        if after or self._of_any_day(told, scene):
            return None
        if scene is not None and self._goes_on(scene, FAR if hour else REACH):
            if told.event in TAKEN:
                memory.scene = scene._replace(sentence=self.number)
            return scene.days
        return DaysSaid(0, 0, published, published, "day") if hour else None

    def _scene(self, told: ToldEvent, memory: ReportMemory) -> tuple[Scene | None, bool]:
        """Give the days of what was done last, and whether an event was done before them."""
        scene = memory.scene
        if scene is None or scene.sentence != self.number:
            return scene, False
        after = self._is_after(scene.at, told.at)
        before = after or scene.at > told.at
        return memory.scene_before if before else scene, after and memory.scene_before is not None

    def _goes_on(self, scene: Scene, reach: int) -> bool:
        """Whether the days of what was done last hold in this sentence."""
        near = self.number - scene.sentence <= reach and not self.listed
        return near or scene.paragraph == self.sentence.paragraph

    def _of_any_day(self, told: ToldEvent, scene: Scene | None) -> bool:
        """Whether an event is told of any day before: "has captured", "the capture of X"."""
        apart = scene is None or scene.sentence != self.number
        named = told.tense == "named" and apart
        return named or told.tense == "perfect" or self._quoted(told.at)

    def _quoted(self, at: int) -> bool:
        """Whether it is told within quotation marks, by somebody who may speak of any day."""
        opened = False
        for item in self.items[:at]:
            if item.low in {'"', "“", "”"}:
                opened = item.low == "“" or (item.low == '"' and not opened)
        return opened

    def _within_hours(self, at: int) -> bool:
        """Whether it was done "within hours", or "hours after" something."""
        words, lows = self.words, {item.low for item in self.items}
        near = [item.low for item in self.items[max(0, at - NEAR) : at]]
        after = any(low in words.after and near[n - 1] in words.units for n, low in enumerate(near))
        return after or bool(words.within & lows and words.units & lows)

    def _is_after(self, first: int, last: int) -> bool:
        """Whether "after" stands between two items: what is behind it was done before.

        But not in "expanded its hold on Sunday after taking X", "after they had taken X", nor in
        "hours after".
        """
        words, lows = self.words, [item.low for item in self.items[first:last]]
        return any(
            low in words.after
            and lows[n - 1] not in words.units
            and n + 1 < len(lows)
            and lows[n + 1] not in words.pronouns
            for n, low in enumerate(lows)
        )
