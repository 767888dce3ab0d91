"""The verbs of a sentence, and who is the subject of each.

A row of items is gone through from a verb to the left: what a preposition or another verb governs is
passed over, and so is what stands between two commas; the first side, pronoun or noun that is left
is the subject. A verb that has none behind "and" or a comma takes that of the verb before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geoline.word_classes import (
    ADVERBS,
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    RELATIVES,
    SIGNS,
    SUBORDINATORS,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.sentence_items import Item

__all__ = ["NOBODY", "Clauses", "Subject", "VerbGroup", "is_verb"]

_VERBS = frozenset({"event", "speech", "verb"})
_ACTORS = frozenset({"side", "force", "pronoun"})
_PASSIVE_FORMS = frozenset({"ed", "pp", "any", "base/pp"})
# What a parenthesis between commas begins with.
_ASIDE = DETERMINERS | RELATIVES | PREPOSITIONS | ADVERBS | frozenset({"including", "known", "adj"})
# Adjectives and unknown nouns that may stand between a preposition and the name it governs.
LONGEST_PHRASE = 5
LONGEST_ASIDE = 24
# Participles that tell of the noun before them without a "by".
_MODIFIERS = word_set(
    "backed supported led armed allied aligned based known located called named trained funded "
    "stationed affiliated linked considered regarded loyal held situated captured_in"
)
_WANTED = word_set(
    "plan plans hope hopes aim aims attempt attempts bid set due likely ready poised need close "
    "effort efforts determined"
)
_MANAGED = word_set("managed succeeded proceeded began continued able")


_GROUP = AUXILIARIES | ADVERBS | NEGATIONS
_FINITE = AUXILIARIES - {"to"}
_CONJUNCTIONS = SUBORDINATORS - {"following", "as", "for"}
_NO_HEADS = ADVERBS | DETERMINERS | AUXILIARIES | NEGATIONS | PREPOSITIONS | {"adj", '"'}
_GOVERNING = PREPOSITIONS - {"within"}
_BOUNDS = RELATIVES | SIGNS | SUBORDINATORS | {":"}
_ASIDES = _ASIDE - {"after", "before", "as", "while"}
_JOINTS = COORDINATORS | {"but", "then"}
_CLAUSE_ENDS = (SIGNS | {"where", "that", ":", '"', "“"}) | (
    SUBORDINATORS - {"since", "following", "amid", "despite", "for", "as"}
)
_STOPS = SIGNS | {":"}


class VerbGroup(NamedTuple):
    """A verb with what stands before it: its items from `first` on, and the words among them."""

    first: int
    at: int
    words: tuple[str, ...]
    passive: bool
    infinitive: bool


class Subject(NamedTuple):
    """Who or what a verb is said of.

    `kind` is "side", "force", "pronoun", "place", "noun" or "" (nobody is said), `at` the number of
    its item; `relative` is true if "which" or "that" stands between.
    """

    kind: str
    at: int
    relative: bool = False


NOBODY = Subject("", -1)


def is_verb(item: Item) -> bool:
    """Whether an item is a verb, of the field or any other."""
    return item.kind in _VERBS


@dataclass(slots=True)
class Clauses:
    """The clauses of a sentence, asked verb by verb."""

    items: Sequence[Item]

    def low(self, at: int) -> str:
        """Give the word at a number, empty outside."""
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def kind(self, at: int) -> str:
        """Give the kind of the item at a number, empty outside."""
        return self.items[at].kind if 0 <= at < len(self.items) else ""

    def group(self, at: int) -> VerbGroup:
        """Collect auxiliaries, adverbs and negations before a verb."""
        first, words = at, list[str]()
        while first > 0:
            if self.low(first - 1) == "," and words in ([], ["to"]):
                over = self.over_aside(first - 1)
                if over is None or not (self._is_auxiliary(over) or self.low(over) in _MANAGED):
                    break
                first = over + 1
                words = [self.low(over), *words] if self.low(over) in _MANAGED else words
                first -= self.low(over) in _MANAGED
                continue
            if not self._in_group(first - 1):
                break
            first -= 1
            if self.items[first].kind != "days":
                words.insert(0, self.items[first].low)
        verb = self.items[at].verb
        form = verb.form if verb else ""
        passive = form in _PASSIVE_FORMS and not BE.isdisjoint(words)
        if "able" in words or (form == "any" and "to" in words and "be" not in words):
            passive = False
        return VerbGroup(first, at, tuple(words), passive, "to" in words)

    def _in_group(self, at: int) -> bool:
        item = self.items[at]
        if item.kind == "days":
            return self._is_auxiliary(at - 1)
        return item.kind == "word" and item.low in _GROUP

    def _is_auxiliary(self, at: int) -> bool:
        return self.kind(at) == "word" and self.low(at) in _FINITE

    def start(self, at: int) -> int:
        """Where the clause begins whose words stand before a number: behind a sign, a verb, …."""
        while at > 0 and not self._ends_clause(at - 1):
            at -= 1
        return at

    def _ends_clause(self, at: int) -> bool:
        item = self.items[at]
        if item.kind in {"event", "verb"}:
            return not self.modifies(at)
        return item.kind == "speech" or item.low in _CLAUSE_ENDS

    def modifies(self, at: int) -> bool:
        """Whether a verb only tells of a noun before it: "fighters backed by A", "X, held by B"."""
        low = self.low(at)
        if self.group(at).words or not self._follows_noun(at):
            return False
        comma = self.low(at - 1) == ","
        return low in _MODIFIERS or (
            low.endswith(("ed", "ing", "wn", "en", "held", "run"))
            and (comma or self.low(at + 1) == "by" or low.endswith("ing"))
        )

    def _follows_noun(self, at: int) -> bool:
        before = at - 1 - (self.low(at - 1) == ",")
        behind = self.low(at + 1)
        return self.kind(before) in {"side", "force", "name", "type", "word"} and (
            behind in PREPOSITIONS or self.low(at - 1) == ","
        )

    def subject(self, group: VerbGroup) -> Subject:
        """Find the subject of a verb."""
        at, relative = group.first - 1, False
        while at >= 0:
            item = self.items[at]
            if item.low == "," and (over := self.over_aside(at)) is not None:
                at = over
                continue
            if item.kind == "speech":
                if at != group.first - 1:
                    return NOBODY
                if group.infinitive:  # "the army claimed to have taken X"
                    return self.subject(self.group(at))
                # "X, which they said had been taken"
                which = [n for n in range(at - 1, max(-1, at - 6), -1) if self.low(n) == "which"]
                if not which:
                    return NOBODY
                at = which[0]
                continue
            if at == group.first - 1 and group.infinitive and item.low in _WANTED:
                at -= 1  # "they plan to take X"
                continue
            if at == group.first - 1 and self._is_object(at, group):
                return Subject(item.kind, at)
            if item.low in _STOPS and item.kind == "word":
                return NOBODY
            if item.low in _JOINTS:
                return self._shared(at, group)
            if item.kind == "word" and item.low in _CONJUNCTIONS:
                return self._shared(at, group) if self._is_ing(group.at) else NOBODY
            if item.low in RELATIVES:
                relative = True
                at -= 1 + (self.low(at - 1) == ",")
                if item.low == "where":
                    return NOBODY
                continue
            if is_verb(item):
                if self.modifies(at):
                    at -= 1 + (self.low(at - 1) == ",")
                    continue
                return self._shared(at, group)
            governor = self.governor(at)
            if item.low == "from" and self._is_ing(group.at) and self.kind(at - 1) == "side":
                return Subject("side", at - 1)
            if governor is not None:
                if is_verb(self.items[governor]):
                    if relative:
                        return self._named(at, relative=True)
                    at = governor
                    continue
                if relative and item.kind in {"side", "force", "name"}:
                    return self._named(at, relative=True)
                at = governor - 1
                continue
            if item.low.endswith("ing") and self.kind(at - 1) in {"side", "force"}:
                at -= 1  # "militias fighting alongside the army"
                continue
            if self._heads(item):
                return self._named(at, relative=relative)
            at -= 1
        return NOBODY

    def _is_object(self, at: int, group: VerbGroup) -> bool:
        """Whether a side is made to act: "allowing rebels to take X", "kept the army from taking X"."""
        governor = self.governor(at) if self.kind(at) in {"side", "force"} else None
        return group.infinitive and governor is not None and self.kind(governor) == "verb"

    @staticmethod
    def _heads(item: Item) -> bool:
        if item.kind in {"days", "held", "region"}:
            return False
        if item.kind == "word":
            skipped = _NO_HEADS
            return item.low not in skipped and item.text[:1].isalpha()
        return True

    def _named(self, at: int, *, relative: bool) -> Subject:
        if self.items[at].kind == "side" and not relative:
            at = self._first_named(at)
        item = self.items[at]
        kind: str = item.kind
        if kind in {"name", "type", "region", "road", "post"}:
            kind = "place"
        if kind == "word":
            kind = "noun"
            # "rebel attack", "government positions": the noun is what is said of.
        if kind == "side" and not item.acts:
            kind = "noun"
        return Subject(kind, at, relative)

    def _first_named(self, at: int) -> int:
        """Number of the first side of "A and B"."""
        low = at - 1
        while low > 0 and self.low(low) in DETERMINERS | {"adj", "allied", "adjacent", "other"}:
            low -= 1
        joined = self.low(low) == "and" and self.kind(low - 1) == "side"
        return low - 1 if joined and self.items[low - 1].acts else at

    def _is_ing(self, at: int) -> bool:
        verb = self.items[at].verb
        return verb is not None and verb.form == "ing"

    def _shared(self, at: int, group: VerbGroup) -> Subject:
        """Give the subject of the verb before one that has none of its own."""
        while at >= 0:
            item = self.items[at]
            if item.kind == "speech" and not self._is_ing(group.at):
                # "said it took X and captured Y": what was said goes on; "A said and took" is rare.
                return self.subject(self.group(at)) if item.low != "said" else NOBODY
            if is_verb(item) and not self.modifies(at):
                return self.subject(self.group(at))
            if item.low in SIGNS and item.kind == "word":
                return NOBODY
            at -= 1
        return NOBODY

    def over_aside(self, close: int) -> int | None:
        """Number of the item before the comma that opens the parenthesis closed by a comma."""
        for at in range(close - 1, max(-1, close - LONGEST_ASIDE), -1):
            item = self.items[at]
            if item.low in SIGNS and item.kind == "word":
                return None
            if item.low == "," and at + 1 < close:
                first = self.items[at + 1]
                inside = [n for n in range(at + 2, close) if is_verb(self.items[n])]
                told = first.low in {"after", "before", "as", "while", "following"} and not inside
                aside = first.low in _ASIDES or (
                    is_verb(first) and first.low.endswith(("ed", "ing", "held", "en"))
                )
                if not (aside or told or first.kind in {"days", "speech"}):
                    return None
                return at - 1 if at and self.kind(at - 1) != "event" else None
        return None

    def governor(self, at: int) -> int | None:
        """Number of the preposition or verb that governs a noun, None if it is free."""
        if self.low(at) in {"they", "he", "she", "we", "who"}:
            return None
        low = at - 1
        if self.kind(at) == "word" and self.kind(low) in {"name", "region"}:
            low -= 1  # "the Aleppo front"
        for _ in range(LONGEST_PHRASE):
            if low < 0:
                return None
            item = self.items[low]
            if item.kind == "word" and item.low in _GOVERNING:
                return None if item.low == "to" and self.kind(low - 1) == "" else low
            if item.kind in {"event", "verb"}:
                return low
            if item.kind == "speech" or item.low in _BOUNDS:
                return None
            if item.low == "," or item.kind in {"type", "name", "region", "force", "days"}:
                return None
            if item.low in COORDINATORS:
                conjunct = self._conjunct(low, acts=self.kind(at) in _ACTORS)
                return self.governor(conjunct) if conjunct is not None else None
            if item.kind == "word" and item.low in _FINITE:
                return None
            low -= 1
        return None

    def _conjunct(self, at: int, *, acts: bool) -> int | None:
        """Number of the noun that "and" joins another of its kind to."""
        before = at - 1 - (self.low(at - 1) == "," and self.low(at) in {"and", "or"})
        kinds = _ACTORS if acts else {"name", "type", "region"}
        return before if self.kind(before) in kinds else None

    def agent(self, at: int, most: int = 40) -> Subject:
        """Find who "by" names behind a verb, before another verb that is not a parenthesis."""
        for number in range(at + 1, min(len(self.items), at + most)):
            item = self.items[number]
            if item.low in SIGNS and item.kind == "word":
                break
            if is_verb(item) and not self.modifies(number):
                break
            if item.low == "by" and item.kind == "word":
                for later in range(number + 1, min(len(self.items), number + 6)):
                    if self.items[later].kind in {"side", "force"}:
                        return Subject(self.items[later].kind, later)
        return NOBODY

    def predicates(self) -> list[int]:
        """Numbers of the verbs, in order."""
        return [n for n, item in enumerate(self.items) if is_verb(item)]
