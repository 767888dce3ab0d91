"""What a sentence says happened: its verbs of the field with their sides, places, days and mood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.english.events.captures import TakingReader
from geoline.reading.english.events.event_days import acting_days, owners
from geoline.reading.english.events.nouns import noun_frames
from geoline.reading.english.events.successions import gapped_frames, succession_frames
from geoline.reading.english.places.antecedents import before_relative
from geoline.reading.english.places.place_list import PlaceList
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import (
    clause_places,
    controlled_places,
    named_behind,
    named_later,
)
from geoline.reading.english.sentence.clauses import Clauses, Subject, VerbGroup, is_verb
from geoline.reading.english.sentence.mood import mood_of
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.words.word_classes import COORDINATORS, SIGNS
from geoline.reading.shared.item import VerbForm
from geoline.reading.shared.told_event import ToldEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.item import DaysSaid, Item

__all__ = ["Told", "frames"]

_GRIPS = frozenset({"control", "hands", "grip", "hold", "possession", "rule", "sway"})
_GOALS = frozenset({"to", "on", "towards", "toward", "into"})
_WHERE = frozenset({"in", "near", "around", "outside", "at", "inside", "on"})
_OVER = frozenset({"over", "above", "in", "on", "at", "inside"})


_BEHIND_FELL = SIGNS | frozenset(
    {",", "without", "after", "in", "within", "and", "during", '"', "”", "as", "one", "later",
     "quickly", "too", "a", "again", "before", "by", "at", "on", "this", "soon", "shortly", "next",
     "hours", "almost", "even", "since", "amid", "following", "overnight", "late", "early"}
)  # fmt: skip
_BREAKS = SIGNS | COORDINATORS
_SPANS = frozenset({"hours", "days", "weeks", "months", "years", "minutes"})
_COPULAS = frozenset({"was", "were", "is", "are"})
_FALLS = ("fall", "fell", "succumb", "capitulat", "belong")
_PASSES = ("pass", "return", "revert", "slip", "shift", "go", "went")
_PUSHED = VerbForm("advanced", "goal", "past")
_PERFECT = frozenset({"has", "have", "having", "'ve"})
_PRESENT = frozenset({"is", "are", "'s", "now"})


class Told(NamedTuple):
    """The events that a sentence tells; the verb, and the days, on which something was done."""

    frames: list[ToldEvent]
    acting: tuple[int, DaysSaid] | None


def frames(text: str, items: Sequence[Item], *, told: bool = True) -> Told:
    """Find the events that a sentence tells.

    Parameters
    ----------
    text
        The sentence.
    items
        Its items.
    told
        Whether it may tell an event; else only its days are looked for.

    Returns
    -------
    Told
        Frames in the order of their verbs; also what is planned, doubted, denied or negated.
    """
    clauses = Clauses(items)
    owned = owners(clauses) if told or any(item.kind == "days" for item in items) else {}
    acting = acting_days(clauses, owned)
    if not told:
        return Told([], acting)
    reader = _Reader(text, clauses, owned)
    found = [
        frame
        for at, item in enumerate(items)
        if item.verb is not None
        for frame in reader.of_verb(at, item.verb)
    ]
    found += noun_frames(text, clauses, owned)
    found += succession_frames(text, clauses, owned)
    found += gapped_frames(clauses, sorted(found, key=lambda frame: frame.at))
    for frame in found:
        frame.tense = frame.tense or _tense(clauses, frame.at)
    return Told(sorted(found, key=lambda frame: frame.at), acting)


def _tense(clauses: Clauses, at: int) -> str:
    """Give the tense of what is told; see `ToldEvent`."""
    group = clauses.group(at)
    words = set(group.words)
    near = range(group.first - 1, max(0, group.first - 5), -1)
    relative = next((n for n in near if clauses.low(n) == "which"), 0)
    after = clauses.low(group.first - 1) == "after" and clauses.low(group.first - 2) in _SPANS
    after = after or clauses.low(group.first - 1) == "since"
    if after or "had" in words or (relative and clauses.low(relative - 1) in {"in", "during"}):
        return "before"  # "after weeks in which the army took X"
    if words & _PERFECT or (words & _PRESENT and not is_verb(clauses.items[at])):
        return "perfect"
    joined = clauses.low(group.first - 1) in {"and", ","}
    if not words and joined and is_verb(clauses.items[at]):
        before = next((n for n in range(group.first - 1, -1, -1) if is_verb(clauses.items[n])), at)
        shared = before < at and clauses.kind(before) != "speech"
        return _tense(clauses, before) if shared else "past"
    return "past"


@dataclass(slots=True)
class _Reader(TakingReader):
    """Reads every verb of the field."""

    def of_verb(self, at: int, verb: VerbForm) -> list[ToldEvent]:
        """Give what one verb says: a frame, two for "A lost X to B", or none."""
        group = self.clauses.group(at)
        frame = ToldEvent(verb.event, at, mood_of(self.text, self.items, group))
        by_slot = {
            "object": self._taken, "gains": self._taken, "control": self._taken,
            "under": self._taken, "flag": self._flagged, "out": self._driven,
            "subject": self._fell, "in": self._moved_in, "source": self._moved,
            "goal": self._moved,
        }  # fmt: skip
        found = by_slot[verb.slot](frame, group, verb)
        if not found and verb.slot == "out" and self.items[at].low.startswith("push"):
            return self._moved(replace(frame, event="advanced"), group, _PUSHED)
        return found

    def _flagged(self, frame: ToldEvent, group: VerbGroup, _verb: VerbForm) -> list[ToldEvent]:
        """Read "the army raised the flag over X", "they hoisted the government's flag in X"."""
        behind = range(group.at + 1, min(len(self.items), group.at + 12))
        over = next((n for n in behind if self.clauses.low(n) in _OVER), None)
        last = behind[-1] + 1 if over is None and behind else over or 0
        flag = next((i.value for i in self.items[group.at + 1 : last] if i.kind == "side"), "")
        subject = self.clauses.subject(group)
        frame.side, frame.side_means = side_said(self.clauses, subject)
        if flag and not frame.side:
            frame.side, frame.side_means = flag, ""
        places = self._flag_places(group, over)
        if not places and any(i.low == "there" for i in self.items[group.at + 1 : group.at + 5]):
            places.means, places.means_at = "many", group.at
        if places.counted and over is not None and self.clauses.low(over + 1) in {"its", "the"}:
            places.means, places.means_at = "one", over  # "the flag over its town hall"
        self._fill(frame, group, places)
        return self._finished(frame)

    def _moved_in(self, frame: ToldEvent, group: VerbGroup, _verb: VerbForm) -> list[ToldEvent]:
        """Read "B withdrew from X and A moved in"; what was left is told before it."""
        frame.side, frame.side_means = side_said(self.clauses, self.clauses.subject(group))
        frame.means, frame.means_at, frame.entering = "many", group.at, True
        frame.days = self.days_of(group.at, [])
        return [frame] if frame.side or frame.side_means == "they" else []

    def _flag_places(self, group: VerbGroup, over: int | None) -> PlaceList:
        """Find where a flag was raised: over a place, or "X, where the army planted its flag"."""
        if over is not None:
            return places_in(self.items, over + 1)
        back = range(group.first - 1, max(-1, group.first - 8), -1)
        where = next((n for n in back if self.clauses.low(n) == "where"), None)
        if where is None:
            return PlaceList()
        return before_relative(
            self.clauses, where - 1 - (self.clauses.low(where - 1) == ","), many=False
        )

    def _driven(self, frame: ToldEvent, group: VerbGroup, verb: VerbForm) -> list[ToldEvent]:
        """Read "A drove B out of X", "B were driven from X"."""
        end = group.at + 1
        opening = verb.form in {"pp", "ed", "any"} and self._out(group.at + 1, verb)
        passive = group.passive or (opening and self._opens(group))
        behind = self._from_which(group) if passive else None
        if behind is not None:
            places = behind
        else:
            while end < min(len(self.items), group.at + 9) and not self._out(end, verb):
                if is_verb(self.items[end]) or self.clauses.low(end) in SIGNS | {","}:
                    return []
                end += 1
            if end >= len(self.items) or not self._out(end, verb):
                return []
            places = places_in(self.items, end + 1 + (self.clauses.low(end + 1) == "of"))
            places.names += self._out_again(places.end) if places.names else []
        driven = [i for i in self.items[group.at + 1 : end] if i.kind in {"side", "force"}]
        if places.elsewhere and not places.names:
            return []
        if passive:
            subject = self.clauses.subject(group)
            frame.other, _ = side_said(self.clauses, subject)
            self._driven_by(frame, side_said(self.clauses, self.clauses.agent(group.at)))
        elif driven:
            subject = self.clauses.subject(group)
            frame.side, frame.side_means = side_said(self.clauses, subject)
            frame.other = driven[0].value
        else:
            return []
        self._fill(frame, group, places)
        if frame.event == "lost":
            return self._with_loss(frame, places)
        known = frame.side or frame.side_means in {"they", "rival"}
        return self._finished(frame) if known else []

    @staticmethod
    def _driven_by(frame: ToldEvent, agent: tuple[str, str]) -> None:
        """Say who drove somebody out; where nobody is said to have, somebody lost a place."""
        frame.side, frame.side_means = agent
        if frame.side and frame.side == frame.other:
            frame.side, frame.side_means = "", "rival"  # "rebels were driven from X by troops"
        elif not frame.side:
            frame.event, frame.side, frame.side_means = "lost", frame.other, "they"

    def _out_again(self, at: int) -> list[int]:
        """Find the places of a second "out of": "drove B out of X and, later, out of Y"."""
        for number in range(at, min(len(self.items) - 1, at + 10)):
            if is_verb(self.items[number]) or self.clauses.low(number) in SIGNS:
                break
            if self.clauses.low(number) == "out" and self.clauses.low(number + 1) == "of":
                return places_in(self.items, number + 2).names
        return []

    def _from_which(self, group: VerbGroup) -> PlaceList | None:
        """Find the places of "X, from which B were driven"."""
        back = range(group.first - 1, max(0, group.first - 8), -1)
        which = next((n for n in back if self.clauses.low(n) in {"which", "where"}), None)
        if which is None or self.clauses.low(which - 1) not in {"from", ","}:
            return None
        start = self.clauses.start(which - 1)
        found = places_in(self.items, start, which - 1)
        if found.counted and not found.names:
            before = range(start, which)
            found.names = [n for n in before if self.clauses.kind(n) == "name"
                           and not self.items[n].container]  # fmt: skip
        return found if found.names else named_behind(self.items, group.at + 1, most=24)

    def _out(self, at: int, verb: VerbForm) -> bool:
        low = self.clauses.low(at)
        if verb.slot == "out" and self.items[at - 1].kind in {"side", "force"} and low == "of":
            return True
        return low == "from" or (low == "out" and self.clauses.low(at + 1) in {"of", "from"})

    def _fell(self, frame: ToldEvent, group: VerbGroup, _verb: VerbForm) -> list[ToldEvent]:
        """Read "X fell to A", "X came under the control of A", "X has fallen"."""
        low = self.items[group.at].low
        side, found = self._receiver(group.at)
        places = clause_places(self.clauses, group.first)
        behind = range(group.at + 1, min(len(self.items), group.at + 4))
        copula = next((n for n in behind if self.clauses.low(n) in _COPULAS), None)
        if not places.names and copula is not None:
            places = places_in(self.items, copula + 1)  # "the last to fall was X"
        if not places.names:
            places = controlled_places(self.clauses, group.first) or places
        if not places.names and not places.means:
            subject = self.clauses.subject(group)
            if subject.relative:
                places = before_relative(self.clauses, subject.at, many=True)
            elif subject.kind == "pronoun" and self.clauses.low(subject.at) in {"it", "they"}:
                places.means = "one" if self.clauses.low(subject.at) == "it" else "many"
                places.means_at = subject.at
        if places.counted and not places.names:
            later = named_later(self.items, group.at + 1)
            places = later if later.names else places
        if found:
            frame.event = "recaptured" if low.startswith("return") else "captured"
        elif low.startswith("slip") and self._grasp(group.at):
            frame.event, frame.other, side = "captured", self._grasp(group.at), ("", "rival")
        elif low.startswith(_FALLS) and self._just_fell(group.at) and places:
            frame.event, side = "captured", ("", "agent")
            places.names += self._then(group.at)
        else:
            return []
        frame.side, frame.side_means = side
        self._fill(frame, group, places)
        return self._finished(frame)

    def _grasp(self, at: int) -> str:
        """Give whose grasp a place slipped from: "X slipped out of the rebels' hands"."""
        window = self.items[at + 1 : at + 7]
        if not any(item.low in {"from", "of"} for item in window[:2]):
            return ""
        if not any(item.low in _GRIPS | {"grasp"} for item in window):
            return ""
        return next((item.value for item in window if item.kind == "side"), "")

    def _then(self, at: int) -> list[int]:
        """Find the places of "X fell first, then Y and Z"."""
        for number in range(at + 1, min(len(self.items) - 1, at + 6)):
            if is_verb(self.items[number]) or self.clauses.low(number) in SIGNS:
                break
            if self.clauses.low(number) == "then":
                return places_in(self.items, number + 1).names
        return []

    def _just_fell(self, at: int) -> bool:
        following = self.clauses.low(at + 1)
        if self.clauses.kind(at + 1) in {"days", ""}:
            return True
        return following in _BEHIND_FELL or following in _COPULAS

    def _receiver(self, at: int) -> tuple[tuple[str, str], bool]:
        """Find to whom a place fell."""
        window = self.items[at + 1 : at + 12]
        lows = [item.low for item in window]
        falls = self.items[at].low.startswith(_FALLS)
        grip = next((n for n, low in enumerate(lows) if low in _GRIPS), None)
        passes = self.items[at].low.startswith(_PASSES)
        if passes and lows[:1] == ["from"] and "to" in lows:
            to = lows.index("to")
            window, lows = window[to:], lows[to:]
            at += to
        given = passes and lows[:1] == ["to"] and "side" in [i.kind for i in window[1:5]]
        if (
            (falls and "to" in lows[:3])
            or given
            or (grip is not None and {"under", "to", "into", "in", "back"} & set(lows[:5]))
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

    def _moved(self, frame: ToldEvent, group: VerbGroup, verb: VerbForm) -> list[ToldEvent]:
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
                if places.elsewhere or (places.post and frame.event != "withdrew"):
                    return []
                places.partly = False
                self._fill(frame, group, places)
                if frame.places or frame.means:
                    return self._finished(frame)
        return []
