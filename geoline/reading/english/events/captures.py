"""Who took which place: "A captured X", "X was captured by A", "X, taken by A", "A lost X to B"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geoline.reading.english.events.event_days import verb_days
from geoline.reading.english.events.passive_places import PARTICIPLES, PassiveReader
from geoline.reading.english.places.antecedents import antecedent
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import named_along, named_behind, named_later
from geoline.reading.english.sentence.clauses import NOBODY, Subject, VerbGroup, is_verb
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.words.word_classes import (
    DIRECTIONS,
    SIGNS,
    STRIKES,
    word_set,
)
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.shared.item import DaysSaid, VerbForm

__all__ = ["TakingReader"]

_OPEN = frozenset(
    {"is", "are", "remains", "would", "will", "could", "may", "might", "should", "can"}
)
# What strikes a place where nobody is said to; an earthquake does not.
_ARMS = STRIKES | word_set(
    "warplanes warplane jets jet aircraft planes helicopters helicopter drones artillery rockets "
    "rocket missiles missile mortars bombs"
)
_OF_POSTS = {"besieged": "post encircled", "withdrew": "post evacuated"}
_TAKE = frozenset({"take", "takes", "took", "taken", "taking"})
_AFTER = frozenset({"after", "by", "since", "upon", ","})
_NOW = frozenset({"now"})
_GAINED = frozenset({"for", "by", "of"})
_OPENERS = SIGNS | {":", "•"}


@dataclass(slots=True)
class TakingReader(PassiveReader):
    """Reads the verbs of a sentence that have their place as object."""

    def _taken(self, frame: ToldEvent, group: VerbGroup, verb: VerbForm) -> list[ToldEvent]:
        """Read "A captured X", "X was captured by A", "X, captured by A"."""
        behind = self._objects(group, verb)
        if self._attributive(group, verb):
            return self._catalogue(frame, group)
        if self._is_passive(group, verb, behind):
            places, side = self._suffered(group, verb, behind)
        else:
            places, side = self._done(group, verb, behind)
        frame.side, frame.side_means = side
        own = self.days_owned.get(group.at, ())
        until = any((d := self.items[n].days) and d.precision == "by" for n in own)
        left = any(
            item.verb is not None and item.verb.event in {"withdrew", "lost"}
            for item in self.items[: group.at]
        )
        stormed = places.means == "one" and any(
            item.verb is not None and item.verb.event == "entered"
            for item in self.items[: group.at]
        )
        now = _NOW & set(group.words) or until or stormed
        if frame.event == "held" and now and not left:
            frame.event, frame.tense = "captured", "perfect"  # "is now held by A"
        behind_it = [item.low for item in self.items[behind.end : behind.end + 3]]
        behind_it = behind_it[: behind_it.index("and")] if "and" in behind_it else behind_it
        if verb.form == "ing" and frame.mood == "asserted" and _OPEN & set(behind_it):
            frame.mood = "foreseen"  # "Capturing X would …"
        if self.clauses.low(group.at + 1) == "and" and self.clauses.low(group.at + 2) == "lost":
            frame.mood = "unclear"  # "taken and lost again"
        if self.clauses.low(group.at + 1) == "neither" and frame.mood == "asserted":
            frame.mood = "negated"
        if not self._fits(frame, group, verb, places):
            return []
        self._fill(frame, group, places)
        along = named_along(self.items, group.at + 1) if frame.means else []
        if along and frame.event in TAKEN:
            more = replace(frame, places=[self.items[n] for n in along], means="")
            more.days = frame.days[:1] * len(along)
            return [*self._finished(frame), *self._finished(more)]
        end = places.end + (self.clauses.kind(places.end) == "type")
        ceded = frame.event == "withdrew" and self.clauses.low(end) == "to"
        lost = frame.event == "lost" or (ceded and self._side_behind(end))
        return self._with_loss(frame, places) if lost else self._finished(frame)

    def _suffered(
        self, group: VerbGroup, verb: VerbForm, behind: PlaceList
    ) -> tuple[PlaceList, tuple[str, str]]:
        """Give the places, and the side, of "X was captured by A"."""
        places = self._passive_places(group, behind)
        places.other = places.other or behind.other
        if places.counted and not places.names:
            later = named_later(self.items, group.at + 1)
            places = later if later.names else places
        places.names += named_along(self.items, group.at + 1) if places.names else []
        agent = self.clauses.agent(group.at)
        side = side_said(self.clauses, agent) if agent.kind else ("", "agent")
        if verb.slot == "under" and not side[0]:
            side = self._gripping(group) or side
        return places, side

    def _done(
        self, group: VerbGroup, verb: VerbForm, places: PlaceList
    ) -> tuple[PlaceList, tuple[str, str]]:
        """Give the places, and the side, of "A captured X"."""
        subject = self.clauses.subject(group)
        side = self._gainer(group) or side_said(self.clauses, subject)
        if verb.event == "strike" and side == ("", "other"):
            whose = self._whose(subject)
            side = (whose, "") if whose or self.items[subject.at].low in _ARMS else side
        beside = group.first - 3
        aside = [self.clauses.low(n) for n in (group.first - 2, group.first - 1)]
        if verb.form == "ing" and aside == [",", "after"] and self.clauses.kind(beside) == "side":
            # "the opposition, after taking X, had come close to Y"
            return places, side_said(self.clauses, Subject("side", beside))
        if verb.form == "ing" and self.clauses.low(group.first - 1) in {"by", "after", "upon"}:
            main = self._verb_before(group.first - 1)
            if main < group.first - 1:
                governing = next(
                    n for n in range(group.first - 1, -1, -1) if is_verb(self.items[n])
                )
                doing = side_said(self.clauses, self.clauses.subject(self.clauses.group(governing)))
                side = doing if doing[0] else side
        if subject == NOBODY and not side[0]:
            side = self._later_side(group, verb, places.end)
        said = places or places.counted or places.road >= 0 or places.post
        if not (said or places.elsewhere):
            places = antecedent(self.clauses, group, subject)
        return places, side

    def _whose(self, subject: Subject) -> str:
        """Give the side of "A's artillery", "A warplanes"; empty if none is said."""
        near = self.items[max(0, subject.at - 2) : subject.at + 1]
        return next((item.value for item in near if item.kind == "side"), "")

    def _gainer(self, group: VerbGroup) -> tuple[str, str] | None:
        """Find who gained in "Sunday's gains for A: X and Y"; None for a verb."""
        if self.clauses.low(group.at) != "gains" or self.clauses.low(group.at + 1) not in _GAINED:
            return None
        side = self._side_behind(group.at + 1)
        return (side, "") if side else None

    def _objects(self, group: VerbGroup, verb: VerbForm) -> PlaceList:
        """Find what a verb takes, also behind "under their control" and, if counted, further on."""
        start = group.at + 1
        if verb.slot == "control" and self.clauses.kind(start) in {"days", "word"}:
            over = range(start, min(len(self.items), start + 5))
            of = next((n for n in over if self.clauses.low(n) in {"of", "over"}), None)
            days = any(self.clauses.kind(n) == "days" for n in range(start, of or start))
            start = of + 1 if of is not None and days else start
        behind = places_in(self.items, start)
        if verb.slot == "under" and not behind:
            window = range(group.at + 1, min(len(self.items), group.at + 6))
            grip = next((n for n in window if self.clauses.low(n) == "control"), None)
            return places_in(self.items, grip + 1) if grip is not None else behind
        if behind.counted and not behind.names:
            later = named_later(self.items, behind.stop)
            return later if later.names else behind
        return behind

    def _gripping(self, group: VerbGroup) -> tuple[str, str] | None:
        """Find under whose control a place was brought."""
        for number in range(group.at + 1, min(len(self.items), group.at + 10)):
            if self.clauses.kind(number) == "side":
                return side_said(self.clauses, Subject("side", number), possessive=True)
            if is_verb(self.items[number]):
                break
        return None

    def _attributive(self, group: VerbGroup, verb: VerbForm) -> bool:
        """Whether it stands before its noun: "the captured villages include A"."""
        before = self.clauses.low(group.first - 1)
        if verb.form in PARTICIPLES and self.clauses.kind(group.at + 1) == "name":
            new = {"newly", "recently", "freshly"} & {before, *group.words}
            return bool(new) or before in {"in", "around", "near", "inside", "outside"}
        if verb.form in PARTICIPLES and self.clauses.kind(group.first - 1) == "type":
            behind = {self.clauses.low(n) for n in range(group.at + 1, group.at + 4)}
            return bool(behind & {"include", "included", "includes"})
        return (
            verb.form in PARTICIPLES
            and self.clauses.kind(group.at + 1) == "type"
            and before in {"the", "these", "those", "newly", "recently", "all", "other", "among"}
        )

    def _catalogue(self, frame: ToldEvent, group: VerbGroup) -> list[ToldEvent]:
        if self.clauses.kind(group.at + 1) == "name":
            places = places_in(self.items, group.at + 1)  # "in recaptured X"
        else:
            places = named_behind(self.items, group.at + 1)
        if not places.names:
            return []
        frame.side_means = "agent"
        self._fill(frame, group, places)
        return [frame]

    def _later_side(self, group: VerbGroup, verb: VerbForm, end: int) -> tuple[str, str]:
        """Find who acts where a form in -ing opens: "After capturing X, the army …"."""
        if verb.form != "ing" and "having" not in group.words:
            opens = group.first == 0 or self.clauses.low(group.first - 1) in _OPENERS
            return ("", "agent") if opens else ("", "other")
        comma = next(
            (n for n in range(end - 1, len(self.items)) if self.clauses.low(n) == ","), None
        )
        for number in range(end, min(len(self.items) - 1, end + 6)):
            following = self.items[number + 1]
            if self.clauses.kind(number) == "side" and is_verb(following):
                return side_said(self.clauses, Subject("side", number))  # "By taking X A pushed …"
            if is_verb(self.items[number]):
                break
        if comma is not None:
            for number in range(comma + 1, min(len(self.items), comma + 10)):
                kind = self.clauses.kind(number)
                if kind in {"side", "force", "pronoun"}:
                    return side_said(self.clauses, Subject(kind, number))
                if is_verb(self.items[number]):
                    break
        if group.first and self.clauses.low(group.first - 1) in _AFTER:
            before = side_said(self.clauses, Subject("noun", group.first - 2))
            return ("", "agent") if before == ("", "other") else before
        return "", "agent"

    def _fits(self, frame: ToldEvent, group: VerbGroup, verb: VerbForm, places: PlaceList) -> bool:
        """Whether the words are meant as in the field, and not "took X by surprise"."""
        low = self.items[group.at].low
        words = [item.low for item in self.items[places.end : places.end + 2]]
        if low in _TAKE and words in (["by", "surprise"], ["to", "court"], ["by", "storm"]):
            return False
        if low.startswith("control"):
            had = bool({"had", "have", "has"} & set(group.words))
            lasting = {"since", "for"} & {i.text.lower().split()[0] for i in self.items[group.at :]}
            if group.passive or (had and lasting) or self._reduced(group):
                return False
        if low in {"had", "having"} and verb.slot == "control":
            return False
        if frame.event == "cleared":
            return self._cleared(places.end if not group.passive else group.at + 1)
        return True

    def _reduced(self, group: VerbGroup) -> bool:
        return self.clauses.low(group.at + 1) == "by"

    def _cleared(self, at: int) -> bool:
        """Whether a place was cleared of a side, and not of mines."""
        for number in range(at, min(len(self.items), at + 14)):
            item = self.items[number]
            where = self.clauses.low(number - 1) in DIRECTIONS
            if item.low in {"of", "from"} and item.kind == "word" and not where:
                later = self.items[number + 1 : number + 6]
                return any(i.kind in {"side", "force"} or "terror" in i.low for i in later)
            if is_verb(item):
                break
        return True

    def _fill(self, frame: ToldEvent, group: VerbGroup, places: PlaceList) -> None:
        frame.places = [self.items[n] for n in places.names]
        frame.means = "" if frame.places else places.means
        frame.means_at = places.means_at
        frame.partly, frame.counted, frame.post = places.partly, places.counted, places.post
        frame.road = self.items[places.road] if places.road >= 0 else None
        frame.other = frame.other or places.other
        frame.days = self.days_of(group.at, places.names)

    def days_of(self, at: int, names: Sequence[int]) -> list[DaysSaid | None]:
        """Give the days of a verb: its own, those that open the sentence, or of somebody's word."""
        return verb_days(self.items, self.days_owned, at, names)

    def _finished(self, frame: ToldEvent) -> list[ToldEvent]:
        event = frame.event
        if event == "cleared":
            frame.event = event = "captured"
        if event in {"cut", "opened"}:
            frame.event = f"road {event}"
            return [frame] if frame.road is not None else []
        if frame.road is not None and not frame.places:
            frame.event = "road held"
            return [frame] if event in TAKEN and not frame.partly else []
        if frame.post:
            frame.event = _OF_POSTS.get(event, "")
            return self._near_post(frame) if frame.event else []
        if not (frame.places or frame.means or (frame.counted and event in TAKEN)):
            return []
        if frame.partly and event in TAKEN:
            frame.event = "entered"
        return [frame]

    def _near_post(self, frame: ToldEvent) -> list[ToldEvent]:
        if not frame.places:
            ahead = range(frame.at + 1, min(len(self.items), frame.at + 10))
            back = range(frame.at - 1, max(0, frame.at - 8), -1)
            found = [
                n
                for n in (*ahead, *back)
                if self.clauses.kind(n) == "name"
                and not self.items[n].container
                and self.clauses.low(n - 1) in {"in", "near", "at", "of"}
            ]
            frame.places = [self.items[n] for n in found[:1]]
            frame.days = frame.days[:1]
        return [frame] if frame.places else []

    def _with_loss(self, frame: ToldEvent, places: PlaceList) -> list[ToldEvent]:
        """Read "A lost X to B": B took it; if no B is said, A's rival did."""
        taken = ToldEvent("captured", frame.at, frame.mood, list(frame.places))
        taken.days, taken.means, taken.partly = list(frame.days), frame.means, frame.partly
        taken.means_at = frame.means_at
        taken.other = frame.side
        end = max([frame.at, places.end - 1, *places.names])
        for number in range(frame.at + 1, min(len(self.items), end + 14)):
            low = self.clauses.low(number)
            if is_verb(self.items[number]) or low in SIGNS:
                break
            side = self._side_behind(number) if low == "to" else ""
            if side:
                taken.side = side
                break
        if not taken.side and frame.side_means == "other":
            return []
        taken.side_means = "" if taken.side else "rival" if frame.side else "agent"
        losing = self._finished(frame) if frame.side or frame.side_means == "they" else []
        return [*losing, *self._finished(taken)]

    def _side_behind(self, at: int) -> str:
        for item in self.items[at + 1 : at + 6]:
            if item.kind == "side":
                return item.value
            if item.kind != "word":
                break
        return ""
