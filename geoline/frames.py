"""What a sentence says happened: its verbs of the field with their sides, places, days and mood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.clauses import Clauses, Subject, VerbGroup, is_verb
from geoline.event_days import owners
from geoline.event_nouns import noun_frames
from geoline.frame import Frame
from geoline.mood import mood_of
from geoline.place_list import PlaceList
from geoline.place_lists import clause_places, places_in
from geoline.sides_said import side_said
from geoline.taking import TakingReader
from geoline.word_classes import COORDINATORS, SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.frame_words import VerbForm
    from geoline.sentence_item import Item

__all__ = ["frames"]

_GRIPS = frozenset({"control", "hands", "grip", "hold", "possession", "rule"})
_GOALS = frozenset({"to", "on", "towards", "toward", "into"})
_WHERE = frozenset({"in", "near", "around", "outside", "at", "inside", "on"})
_OVER = frozenset({"over", "above", "in", "on", "at", "inside"})


_BEHIND_FELL = SIGNS | frozenset(
    {",", "without", "after", "in", "within", "and", "during", '"', "”", "as", "one", "later",
     "quickly", "too", "a", "again"}
)  # fmt: skip
_BREAKS = SIGNS | COORDINATORS


def frames(text: str, items: Sequence[Item]) -> list[Frame]:
    """Find the events that a sentence tells.

    Parameters
    ----------
    text
        The sentence.
    items
        Its items.

    Returns
    -------
    list of Frame
        In the order of their verbs; also what is planned, doubted, denied or negated.
    """
    clauses = Clauses(items)
    reader = _Reader(text, clauses, owners(clauses))
    found = [
        frame
        for at, item in enumerate(items)
        if item.verb is not None
        for frame in reader.of_verb(at, item.verb)
    ]
    found += noun_frames(text, reader.clauses, reader.days_owned)
    return sorted(found, key=lambda frame: frame.at)


@dataclass(slots=True)
class _Reader(TakingReader):
    """Reads every verb of the field."""

    def of_verb(self, at: int, verb: VerbForm) -> list[Frame]:
        """Give what one verb says: a frame, two for "A lost X to B", or none."""
        group = self.clauses.group(at)
        frame = Frame(verb.event, at, mood_of(self.text, self.items, group))
        by_slot = {
            "object": self._taken, "control": self._taken, "under": self._taken,
            "flag": self._flagged, "out": self._driven, "subject": self._fell,
            "source": self._moved, "goal": self._moved,
        }  # fmt: skip
        return by_slot[verb.slot](frame, group, verb)

    def _flagged(self, frame: Frame, group: VerbGroup, _verb: VerbForm) -> list[Frame]:
        """Read "the army raised the flag over X", "they hoisted the government's flag in X"."""
        behind = range(group.at + 1, min(len(self.items), group.at + 12))
        over = next((n for n in behind if self.clauses.low(n) in _OVER), None)
        last = behind[-1] + 1 if over is None and behind else over or 0
        flag = next((i.value for i in self.items[group.at + 1 : last] if i.kind == "side"), "")
        subject = self.clauses.subject(group)
        frame.side, frame.side_means = side_said(self.clauses, subject)
        if flag and not frame.side:
            frame.side, frame.side_means = flag, ""
        self._fill(frame, group, self._flag_places(group, over))
        return self._finished(frame)

    def _flag_places(self, group: VerbGroup, over: int | None) -> PlaceList:
        """Find where a flag was raised: over a place, or "X, where the army planted its flag"."""
        if over is not None:
            return places_in(self.items, over + 1)
        back = range(group.first - 1, max(-1, group.first - 8), -1)
        where = next((n for n in back if self.clauses.low(n) == "where"), None)
        if where is None:
            return PlaceList()
        return self._before_relative(where - 1 - (self.clauses.low(where - 1) == ","), many=False)

    def _driven(self, frame: Frame, group: VerbGroup, _verb: VerbForm) -> list[Frame]:
        """Read "A drove B out of X", "B were driven from X"."""
        end = group.at + 1
        while end < min(len(self.items), group.at + 9) and not self._out(end):
            if is_verb(self.items[end]) or self.clauses.low(end) in SIGNS | {","}:
                return []
            end += 1
        driven = [i for i in self.items[group.at + 1 : end] if i.kind in {"side", "force"}]
        if end >= len(self.items) or not self._out(end):
            return []
        places = places_in(self.items, end + 1 + (self.clauses.low(end + 1) == "of"))
        if places.elsewhere and not places.names:
            return []
        if group.passive:
            subject = self.clauses.subject(group)
            agent = self.clauses.agent(group.at)
            frame.other, _ = side_said(self.clauses, subject)
            frame.side, frame.side_means = side_said(self.clauses, agent)
            if not frame.side:
                frame.event, frame.side, frame.side_means = "lost", frame.other, ""
        elif driven:
            subject = self.clauses.subject(group)
            frame.side, frame.side_means = side_said(self.clauses, subject)
            frame.other = driven[0].value
        else:
            return []
        self._fill(frame, group, places)
        return self._finished(frame) if frame.side or frame.side_means == "they" else []

    def _out(self, at: int) -> bool:
        low = self.clauses.low(at)
        return low == "from" or (low == "out" and self.clauses.low(at + 1) in {"of", "from"})

    def _fell(self, frame: Frame, group: VerbGroup, _verb: VerbForm) -> list[Frame]:
        """Read "X fell to A", "X came under the control of A", "X has fallen"."""
        low = self.items[group.at].low
        side, found = self._receiver(group.at)
        places = clause_places(self.clauses, group.first)
        if not places.names and not places.means:
            subject = self.clauses.subject(group)
            if subject.relative:
                places = self._before_relative(subject.at, many=True)
            elif subject.kind == "pronoun" and self.clauses.low(subject.at) in {"it", "they"}:
                places.means = "one" if self.clauses.low(subject.at) == "it" else "many"
        if found:
            frame.event = "recaptured" if low.startswith("return") else "captured"
        elif low.startswith(("fall", "fell")) and self._just_fell(group.at) and places.names:
            frame.event, side = "captured", ("", "agent")
        else:
            return []
        frame.side, frame.side_means = side
        self._fill(frame, group, places)
        return self._finished(frame)

    def _just_fell(self, at: int) -> bool:
        following = self.clauses.low(at + 1)
        if self.clauses.kind(at + 1) in {"days", ""}:
            return True
        return following in _BEHIND_FELL

    def _receiver(self, at: int) -> tuple[tuple[str, str], bool]:
        """Find to whom a place fell."""
        window = self.items[at + 1 : at + 12]
        lows = [item.low for item in window]
        falls = self.items[at].low.startswith(("fall", "fell"))
        grip = next((n for n, low in enumerate(lows) if low in _GRIPS), None)
        if (falls and "to" in lows[:3]) or (
            grip is not None and {"under", "to", "into", "in", "back"} & set(lows[:5])
        ):
            last = len(window)
        else:
            return ("", ""), False
        for number, item in enumerate(window[:last]):
            if item.kind == "side":
                return side_said(
                    self.clauses, Subject("side", at + 1 + number), possessive=True
                ), True
            if item.kind in {"event", "verb", "speech"}:
                break
        if any(i.kind == "force" for i in window[:6]) or {"them", "its", "their"} & set(lows[:4]):
            return ("", "they"), True
        return ("", ""), False

    def _moved(self, frame: Frame, group: VerbGroup, verb: VerbForm) -> list[Frame]:
        """Read "A withdrew from X", "A advanced towards X", "A and B clashed near X"."""
        words = {"source": frozenset({"from", "of"}), "goal": _GOALS}[verb.slot]
        if frame.event == "clash":
            words = _WHERE
        subject = self.clauses.subject(group)
        frame.side, frame.side_means = side_said(self.clauses, subject)
        if self.items[group.at].low.startswith("approach"):
            self._fill(frame, group, places_in(self.items, group.at + 1))
            return self._finished(frame) if frame.places else []
        for number in range(group.at + 1, min(len(self.items), group.at + 9)):
            item = self.items[number]
            if is_verb(item) or item.low in _BREAKS:
                break
            if item.kind == "word" and item.low in words:
                places = places_in(self.items, number + 1)
                if places.post or places.elsewhere:
                    return []
                places.partly = False
                self._fill(frame, group, places)
                if frame.places or frame.means:
                    return self._finished(frame)
        return []
