"""A sentence with what stands around it in its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.reading.english.words.word_classes import word_set
from geoline.reading.shared.item import DaysSaid, Speech
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.report.memory import (
        ReportMemory,
    )
    from geoline.reading.report.sentences import Sentence
    from geoline.reading.shared.item import Item

__all__ = []

# Sentences over which a day goes on to be that of what is told without one.
REACH = 2


# The same where an hour of that day is said.
FAR = 6


_HOURS = word_set("evening afternoon morning dawn daybreak sunrise noon midday nightfall sunset "
                  "dusk midnight")  # fmt: skip


@dataclass(slots=True)
class SentenceContext:
    """Where in the report a sentence stands, the days it stands under, and what was read of it."""

    number: int
    sentence: Sentence
    over: DaysSaid | None
    items: Sequence[Item] = ()
    words: Sequence[Speech] = ()
    supposed: bool = False
    listed: bool = False
    lines: range = range(0)

    def span(self, verb: Item, item: Item) -> tuple[int, int]:
        first = min(verb.start, item.start if item.start >= 0 else verb.start)
        return self.sentence.start + first, self.sentence.start + max(verb.end, item.end)

    def _quoted(self, frame: ToldEvent) -> bool:
        """Whether it is told within quotation marks, by somebody who may speak of any day."""
        opened = False
        for item in self.items[: frame.at]:
            if item.low in {'"', "“", "”"}:
                opened = item.low == "“" or (item.low == '"' and not opened)
        return opened

    def now(self, published: date) -> date:
        """Give the day that "yesterday" is relative to."""
        return self.over.last if self.over is not None else published

    def days_when_none_said(
        self, frame: ToldEvent, focus: ReportMemory, published: date
    ) -> DaysSaid | None:
        """Give the days of what is told without any.

        They are those of the heading, or of what was just told; where only an hour is said ("at
        dawn"), it is one of the day of publication.
        """
        lows = {item.low for item in self.items}
        near = [item.low for item in self.items[max(0, frame.at - 8) : frame.at]]
        within = "within" in lows and bool({"hours", "hour", "minutes"} & lows)
        within = within or any(
            low == "after" and near[n - 1] in {"hours", "hour", "minutes"}
            for n, low in enumerate(near)
        )
        hour = any(item.kind == "word" and item.low in _HOURS for item in self.items)
        if frame.tense == "before" and not (within or hour):
            return None
        if self.over is not None:
            return self.over
        scene = focus.scene
        if scene is not None and scene.sentence == self.number:
            between = self.items[scene.at : frame.at]
            after = any(
                item.low == "after"
                and between[n - 1].low not in {"hours", "minutes", "hour"}
                # but "expanded its hold on Sunday after taking X", "after they had taken X"
                and n + 1 < len(between)
                and between[n + 1].low not in {"they", "it"}
                for n, item in enumerate(between)
            )
            scene = focus.scene_before if after or scene.at > frame.at else scene
            if after and scene is not None and scene.sentence < self.number:
                return None
        apart = scene is None or scene.sentence != self.number
        if frame.tense == "perfect" or self._quoted(frame) or (frame.tense == "named" and apart):
            return None
        reach = FAR if hour else REACH
        if scene is not None and (
            scene.paragraph == self.sentence.paragraph
            or (self.number - scene.sentence <= reach and not self.listed)
        ):
            if frame.event in TAKEN:
                focus.scene = scene._replace(sentence=self.number)
            return scene.days
        return DaysSaid(0, 0, published, published, "day") if hour else None
