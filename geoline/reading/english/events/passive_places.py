"""Verbs that are said of what was done: "X was captured by A", "X, captured by A", "A: taken"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.reading.english.places.antecedents import before_relative
from geoline.reading.english.places.place_list import PlaceList
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import (
    clause_places,
    controlled_places,
    named_behind,
)
from geoline.reading.english.sentence.clauses import Clauses, Subject, VerbGroup, is_verb
from geoline.reading.english.words.word_classes import ADVERBS, DIRECTIONS, FINITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.item import Item, VerbForm

__all__ = ["PARTICIPLES", "PassiveReader"]

PARTICIPLES = frozenset({"ed", "pp", "any", "base/pp"})
_SEEING = frozenset({"see", "sees", "saw", "seen", "seeing", "watched"})
_WITHIN = DIRECTIONS | {"in", "the", "northern", "southern", "eastern", "western", "rural"}


@dataclass(slots=True)
class PassiveReader:
    """Finds the places of passive verbs and of participles.

    Parameters
    ----------
    text
        The sentence.
    clauses
        Its verbs and their subjects.
    days_owned
        For each verb the numbers of the items that say its days.
    """

    text: str
    clauses: Clauses
    days_owned: dict[int, list[int]]

    @property
    def items(self) -> Sequence[Item]:
        """The items of the sentence."""
        return self.clauses.items

    def _is_passive(self, group: VerbGroup, verb: VerbForm, behind: PlaceList) -> bool:
        if verb.form not in PARTICIPLES:
            return False
        if group.passive:
            return True
        if group.words and set(group.words) - ADVERBS:
            return False
        by = next((n for n in range(group.at + 1, min(len(self.items), group.at + 4))
                   if self.clauses.low(n) == "by"), 0)  # fmt: skip
        if by and self.clauses.agent(group.at).kind:
            return True
        if verb.event == "lost" and self.clauses.kind(group.first - 1) in {"name", "side"}:
            return False  # "the team lost"
        reduced = self.clauses.low(group.first - 1) in {",", "and", ""} or verb.form == "pp"
        reduced = reduced or self.clauses.kind(group.first - 1) == "name"
        reduced = reduced or self._among_those(group)
        reduced = reduced or self.clauses.low(group.first - 1) in {"them", ":", "both", "all"}
        object_said = behind.names or behind.means or behind.counted or behind.elsewhere
        them = self.clauses.low(group.first - 1) == "them"
        return bool(reduced and not object_said and (them or self._after_place(group)))

    def _place_before(self, group: VerbGroup) -> int:
        """Give the number of the place before a participle: "A and B in eastern C, both taken"."""
        at = group.first - 1
        while at > 0 and self.clauses.low(at) in {"both", "all", ",", ":"}:
            at -= 1
        back = at
        while back > 0 and (
            self.clauses.kind(back) == "region" or self.clauses.low(back) in _WITHIN
        ):
            back -= 1
        return back if self.clauses.kind(at) == "region" else at

    def _among_those(self, group: VerbGroup) -> bool:
        """Whether it stands behind "among those": "A and B were among those captured"."""
        at = group.first - 1
        return self.clauses.low(at) in {"those", "these"} and self.clauses.low(at - 1) == "among"

    def _after_place(self, group: VerbGroup) -> bool:
        if self._among_those(group):
            return True
        return self.clauses.kind(self._place_before(group)) in {"name", "type"}

    def _passive_places(self, group: VerbGroup, behind: PlaceList) -> PlaceList:
        if self.clauses.low(group.first - 1) == "following":
            return PlaceList(counted=True)  # "the following were taken:"
        subject = self.clauses.subject(group)
        if subject.relative:
            many = not {"was", "has", "is"} & set(group.words)
            return before_relative(self.clauses, subject.at, many=many)
        if not group.passive and self._opens(group):
            return self._places_behind_comma(group) or behind
        if not group.passive and self._after_place(group):
            if self._is_headline(group) and self.clauses.kind(group.first - 1) == "name":
                return clause_places(self.clauses, group.first)
            seen = self.clauses.low(self._verb_before(group.first)) in _SEEING
            found = before_relative(self.clauses, self._place_before(group), many=seen)
            return found or named_behind(self.items, group.at + 1)
        return self._subjects(group, subject)

    def _places_behind_comma(self, group: VerbGroup) -> PlaceList:
        """Read "Seized by rebels in 2012, X is held by the army"."""
        behind = range(group.at, len(self.items))
        comma = next((n for n in behind if self.clauses.low(n) == ","), None)
        if comma is None:
            return PlaceList()
        later = range(comma + 1, len(self.items))
        ends = (n for n in later if is_verb(self.items[n]) or self.clauses.low(n) in FINITE)
        return places_in(self.items, comma + 1, next(ends, None))

    def _subjects(self, group: VerbGroup, subject: Subject) -> PlaceList:
        """Find the places that a passive verb is said of."""
        places = controlled_places(self.clauses, group.first)
        places = places or clause_places(self.clauses, group.first)
        if places.post:
            return places
        if not places and self.clauses.low(group.first - 1) in {"both", "all"}:
            places.means = "many"
        if not places and not places.counted and subject.kind in {"pronoun", ""}:
            start = self._shared_start(group)
            places = (
                places_in(self.items, start, self._verb_before(group.first)) if start else places
            )
        if not places and not places.counted and subject.kind == "place":
            places = before_relative(self.clauses, subject.at, many=True)
        if not places and subject.kind == "pronoun":
            low = self.clauses.low(subject.at)
            places.means, places.means_at = "one" if low == "it" else "many", subject.at
        return places

    def _is_headline(self, group: VerbGroup) -> bool:
        """Whether no other verb tells of the places: "A, B and C captured by the army"."""
        return self.clauses.low(group.first - 1) != "," and not any(
            is_verb(item) and number != group.at and not self.clauses.modifies(number)
            for number, item in enumerate(self.items)
        )

    def _opens(self, group: VerbGroup) -> bool:
        return all(
            item.low in {'"', "“", "-", "•"} or item.kind == "days"
            for item in self.items[: group.first]
        )

    def _verb_before(self, first: int) -> int:
        at = next((n for n in range(first - 1, -1, -1) if is_verb(self.items[n])), 0)
        return self.clauses.group(at).first if at else first

    def _shared_start(self, group: VerbGroup) -> int:
        """Where the clause begins whose places "X was shelled and captured" shares."""
        at = self._verb_before(group.first)
        return self.clauses.start(at) if 0 < at < group.first else 0
