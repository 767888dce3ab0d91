"""The verbs of a sentence, and who is the subject of each.

A row of items is gone through from a verb to the left: what a preposition or another verb governs
is passed over, and so is what stands between two commas; the first side, pronoun or noun that is
left is the subject. A verb that has none behind "and" or a comma takes that of the verb before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.reading.english.sentence.verb_group import NOBODY, Subject, VerbGroup, is_verb
from geoline.reading.english.words.word_classes import (
    ADVERBS,
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    FINITE,
    NEGATIONS,
    PREPOSITIONS,
    QUANTITIES,
    RELATIVES,
    SIGNS,
    SUBORDINATORS,
)
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from geoline.reading.shared.item import Item

__all__ = ["NOBODY", "Clauses", "Subject", "VerbGroup", "is_verb"]

_WORDS = word_sets("sentence", "clauses")

_SUBJECT_PRONOUNS = _WORDS["subject_pronouns"]
_ACTORS = frozenset({"side", "force", "pronoun"})
_PASSIVE_FORMS = frozenset({"ed", "pp", "any", "base/pp"})
# What a parenthesis between commas begins with.
_ASIDE = QUANTITIES | DETERMINERS | RELATIVES | PREPOSITIONS | ADVERBS | _WORDS["aside"]
# Adjectives and unknown nouns that may stand between a preposition and the name it governs.
LONGEST_PHRASE = 5
LONGEST_ASIDE = 24
SHORT_ASIDE = 5
# Participles that tell of the noun before them without a "by".
_MODIFIERS = _WORDS["modifiers"]
_WANTED = _WORDS["wanted"]
_MANAGED = _WORDS["managed"]


_GROUP = AUXILIARIES | ADVERBS | NEGATIONS
_CONJUNCTIONS = SUBORDINATORS - {"following", "as", "for"}
_NO_HEADS = (
    ADVERBS | DETERMINERS | AUXILIARIES | NEGATIONS | PREPOSITIONS
    | _WORDS["no_heads"]
)  # fmt: skip
_GOVERNING = (PREPOSITIONS - {"within"}) | {"opposing"}
_BOUNDS = RELATIVES | SIGNS | SUBORDINATORS | {":"}
# With one of these a parenthesis begins if no verb is in it.
_TIMES = _WORDS["times"]
_ASIDES = _ASIDE - _TIMES
_JOINTS = COORDINATORS | {"but", "then"}
_CLAUSE_ENDS = (SIGNS | _WORDS["clause_ends"]) | (SUBORDINATORS - _WORDS["not_clause_ends"])
_BETWEEN_SIDES = DETERMINERS | {"adj", "allied", "adjacent", "other"}
_STOPS = SIGNS | {":"}


@dataclass(slots=True)
class Clauses:
    """The clauses of a sentence, asked verb by verb."""

    items: Sequence[Item]
    _groups: dict[int, VerbGroup] = field(init=False, repr=False)
    _subjects: dict[VerbGroup, Subject] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._groups, self._subjects = {}, {}
        self._groups = {at: self._group_of(at) for at in self.predicates()}

    def low(self, at: int) -> str:
        """Give the word at a number, empty outside."""
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def kind(self, at: int) -> str:
        """Give the kind of the item at a number, empty outside."""
        return self.items[at].kind if 0 <= at < len(self.items) else ""

    def lows(self, start: int, stop: int) -> list[str]:
        """Give the words from a number up to another, empty ones outside."""
        return [self.low(at) for at in range(start, stop)]

    def find(self, words: Container[str], start: int, stop: int) -> int | None:
        """Give the number of the first of some words from a number up to another."""
        for at in range(start, min(stop, len(self.items))):
            if self.items[at].low in words:
                return at
        return None

    def find_back(self, words: Container[str], start: int, stop: int) -> int | None:
        """Give the number of the last of some words from a number back to the one behind `stop`."""
        for at in range(start, stop, -1):
            if self.items[at].low in words:
                return at
        return None

    def verb_back(self, start: int, stop: int) -> int | None:
        """Give the number of the last verb from a number back to the one behind `stop`."""
        for at in range(start, stop, -1):
            if is_verb(self.items[at]):
                return at
        return None

    def names_settlement(self, at: int) -> bool:
        """Whether a name stands at a number that is no region's."""
        return self.kind(at) == "name" and not self.items[at].container

    def group(self, at: int) -> VerbGroup:
        """Give a verb with the auxiliaries, adverbs and negations before it."""
        return self._groups.get(at) or self._group_of(at)

    def _group_of(self, at: int) -> VerbGroup:
        first, words = at, list[str]()
        while first > 0:
            if self.low(first - 1) == "," and words in ([], ["to"]):
                over = self._auxiliary_over_aside(first - 1)
                if over is None:
                    break
                managed = self.low(over) in _MANAGED
                words = [self.low(over), *words] if managed else words
                first = over if managed else over + 1
                continue
            if not self._in_group(first - 1):
                break
            first -= 1
            if self.items[first].kind != "days":
                words.insert(0, self.items[first].low)
        passive = self._is_passive(at, words)
        return VerbGroup(first, at, tuple(words), passive, "to" in words)

    def _is_passive(self, at: int, words: Sequence[str]) -> bool:
        """Whether a verb behind some words tells what was done: "were taken"."""
        verb = self.items[at].verb
        if verb is None or verb.form not in _PASSIVE_FORMS or BE.isdisjoint(words):
            return False
        active = verb.form == "any" and "to" in words and "be" not in words
        return not active and "able" not in words

    def _auxiliary_over_aside(self, comma: int) -> int | None:
        """Give the auxiliary before an aside: "has, the army said, taken X"; None if none is."""
        over = self.over_aside(comma)
        if over is not None and self.lows(over - 2, over + 1) == [",", "that", "is"]:
            over -= 3  # "managed since Friday, that is, on the 24th, to take X"
            over -= self.kind(over) == "days"
        if over is None and self.kind(comma - 1) == "days":
            over = comma - 2  # "managed since Friday, to take X"
        if over is None or not (self._is_auxiliary(over) or self.low(over) in _MANAGED):
            return None
        return over

    def _in_group(self, at: int) -> bool:
        item = self.items[at]
        if item.kind == "days":
            return self._is_auxiliary(at - 1)
        if item.low in {"both", "all", "each"}:
            return self._is_auxiliary(at - 1)  # "were both taken"
        return item.kind == "word" and item.low in _GROUP

    def _is_auxiliary(self, at: int) -> bool:
        return self.kind(at) == "word" and self.low(at) in FINITE

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
        if self.group(at).words or not self._follows_noun(at) or self._resumes(at):
            return False
        if low in _MODIFIERS or low.endswith("ing"):
            return True
        told_of = self.low(at - 1) == "," or self.low(at + 1) == "by"
        return told_of and low.endswith(("ed", "wn", "en", "held", "run"))

    def _resumes(self, at: int) -> bool:
        """Whether a verb behind a comma goes on over an aside: "A, helped by B, captured C"."""
        verb = self.items[at].verb
        if verb is None or verb.form == "ing" or self.kind(at) != "event":
            return False
        if self.low(at - 1) != "," or self.low(at + 1) == "by":
            return False
        return self.over_aside(at - 1) is not None

    def _follows_noun(self, at: int) -> bool:
        before = at - 1 - (self.low(at - 1) == ",")
        behind = self.low(at + 1)
        return self.kind(before) in {"side", "force", "name", "type", "word"} and (
            behind in PREPOSITIONS or self.low(at - 1) == ","
        )

    def subject(self, group: VerbGroup) -> Subject:
        """Find the subject of a verb."""
        asked: list[VerbGroup] = []
        found: Subject | VerbGroup = group
        while not isinstance(found, Subject):
            known = self._subjects.get(found)
            asked.append(found)
            found = known or _Search(self, found).run()
        self._subjects.update(dict.fromkeys(asked, found))
        return found

    def over_aside(self, close: int) -> int | None:
        """Give the number of the item before the comma that opens a parenthesis."""
        for at in range(close - 1, max(-1, close - LONGEST_ASIDE), -1):
            item = self.items[at]
            if item.low in SIGNS and item.kind == "word":
                return None
            if item.low == "," and at + 1 < close:
                before = at - 1 if at and self.kind(at - 1) != "event" else None
                return before if self._is_aside(at + 1, close) else None
        return None

    def _is_aside(self, at: int, close: int) -> bool:
        """Whether what stands from a number up to a comma is a parenthesis."""
        first = self.items[at]
        if first.low in _ASIDES or first.low.isdigit() or first.kind in {"days", "speech"}:
            return True
        if first.verb is not None and first.verb.form in {"any", "pp", "ed", "ing"}:
            return True
        if first.text.islower() and first.low.endswith(("ed", "ing", "held", "en")):
            return True
        if self.kind(close - 1) == "speech" and close - at < SHORT_ASIDE:
            return True
        return first.low in _TIMES and self.verb_back(close - 1, at) is None

    def governor(self, at: int) -> int | None:
        """Give the number of the preposition or verb that governs a noun, None if it is free."""
        asked: int | None = at
        while asked is not None:
            found, asked = self._governed(asked)
            if found is not None:
                return found
        return None

    def _governed(self, at: int) -> tuple[int | None, int | None]:
        """Give what governs a noun, or else the noun that it is joined to, which is then asked."""
        if self.low(at) in _SUBJECT_PRONOUNS:
            return None, None
        low = at - 1
        if self.kind(at) == "word" and self.kind(low) in {"name", "region"}:
            low -= 1  # "the Aleppo front"
        for number in range(low, max(-1, low - LONGEST_PHRASE), -1):
            item = self.items[number]
            if self._frees(number):
                return None, None
            if item.kind in {"event", "verb"} or item.low in _GOVERNING:
                return (None if item.low == "to" and number == 0 else number), None
            if item.low in COORDINATORS:
                return None, self._conjunct(number, acts=self.kind(at) in _ACTORS)
        return None, None

    def _frees(self, at: int) -> bool:
        """Whether nothing before an item governs what stands behind it."""
        item = self.items[at]
        ends = item.low in _BOUNDS or item.low == "," or item.low in FINITE
        return ends or item.kind in {"speech", "type", "name", "region", "force", "days"}

    def _conjunct(self, at: int, *, acts: bool) -> int | None:
        """Give the number of the noun that "and" joins another of its kind to."""
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


class _Search:
    """Goes from a verb to the left until its subject is found, or another verb that has the same.

    Each step looks at an item and gives that, the number to go on at, or None for "not mine".
    """

    def __init__(self, clauses: Clauses, group: VerbGroup) -> None:
        self.clauses, self.group = clauses, group
        self.items = clauses.items
        self.relative = False
        verb = self.items[group.at].verb
        self._ing = verb is not None and verb.form == "ing"

    def run(self) -> Subject | VerbGroup:
        """Find the subject, or the verb whose subject it is."""
        steps = (
            self._aside, self._speech, self._before_verb, self._sign, self._joint,
            self._relative, self._verb, self._governed, self._head,
        )  # fmt: skip
        at = self.group.first - 1
        while at >= 0:
            item = self.items[at]
            for step in steps:
                answer = step(at, item)
                if answer is not None:
                    break
            else:
                answer = at - 1
            if not isinstance(answer, int):
                return answer
            at = answer
        return NOBODY

    def _aside(self, at: int, item: Item) -> int | None:
        return self.clauses.over_aside(at) if item.low == "," else None

    def _speech(self, at: int, item: Item) -> Subject | VerbGroup | int | None:
        if item.kind != "speech":
            return None
        if at != self.group.first - 1:
            return NOBODY
        if self.group.infinitive:  # "the army claimed to have taken X"
            return self.clauses.group(at)
        # "X, which they said had been taken"
        near = range(at - 1, max(-1, at - 6), -1)
        return next((n for n in near if self.clauses.low(n) == "which"), NOBODY)

    def _before_verb(self, at: int, item: Item) -> Subject | int | None:
        if self._ing and item.low == "from" and self.clauses.kind(at - 1) == "side":
            return Subject("side", at - 1)  # "kept the army from taking X"
        if at != self.group.first - 1 or not self.group.infinitive:
            return None
        if item.low in _WANTED:
            return at - 1  # "they plan to take X"
        governor = self.clauses.governor(at) if item.kind in _ACTORS else None
        made = governor is not None and self.clauses.kind(governor) == "verb"
        return Subject(item.kind, at) if made else None  # "allowing rebels to take X"

    def _sign(self, _at: int, item: Item) -> Subject | None:
        return NOBODY if item.kind == "word" and item.low in _STOPS else None

    def _joint(self, at: int, item: Item) -> Subject | VerbGroup | int | None:
        if item.low == "," and self.clauses.kind(at - 1) == "days" and at > 1:
            named = self.clauses.kind(at - 2) in {"side", "force"}
            if named and self.clauses.governor(at - 2) is None:
                return at - 2  # "the army today, Tuesday, took X"
        if item.low in _JOINTS:
            return self._shared(at)
        if item.kind == "word" and item.low in _CONJUNCTIONS:
            return self._shared(at) if self._ing else NOBODY
        return None

    def _relative(self, at: int, item: Item) -> Subject | int | None:
        if item.low not in RELATIVES:
            return None
        self.relative = True
        return NOBODY if item.low == "where" else at - 1 - (self.clauses.low(at - 1) == ",")

    def _verb(self, at: int, item: Item) -> Subject | VerbGroup | int | None:
        if not is_verb(item):
            return None
        modifies = self.clauses.modifies(at)
        return at - 1 - (self.clauses.low(at - 1) == ",") if modifies else self._shared(at)

    def _governed(self, at: int, item: Item) -> Subject | int | None:
        governor = self.clauses.governor(at)
        if governor is None:
            return None
        by_verb = is_verb(self.items[governor])
        if self.relative and (by_verb or item.kind in {"side", "force", "name"}):
            return self._named(at)
        return governor if by_verb else governor - 1

    def _head(self, at: int, item: Item) -> Subject | int | None:
        if item.low.endswith("ing") and self.clauses.kind(at - 1) in {"side", "force"}:
            return at - 1  # "militias fighting alongside the army"
        if item.kind in {"days", "held", "region"}:
            return None
        plain = item.kind == "word" and (item.low in _NO_HEADS or not item.text[:1].isalpha())
        return None if plain else self._named(at)

    def _named(self, at: int) -> Subject:
        if self.items[at].kind == "side" and not self.relative:
            at = self._first_named(at)
        item = self.items[at]
        if item.kind in {"name", "type", "region", "road", "post"}:
            return Subject("place", at, self.relative)
        # "rebel attack", "government positions": the noun is what is said of.
        noun = item.kind == "word" or (item.kind == "side" and not item.acts)
        return Subject("noun" if noun else item.kind, at, self.relative)

    def _first_named(self, at: int) -> int:
        """Give the number of the first side of "A and B"."""
        low = at - 1
        while low > 0 and self.clauses.low(low) in _BETWEEN_SIDES:
            low -= 1
        joined = self.clauses.low(low) == "and" and self.clauses.kind(low - 1) == "side"
        return low - 1 if joined and self.items[low - 1].acts else at

    def _relative_before(self, at: int) -> int | None:
        """Give the "which" of a clause that a comma closed before this verb's "and"."""
        first = self.group.first
        if not (self.clauses.low(first - 1) == "and" and self.clauses.low(first - 2) == ","):
            return None
        for number in range(at - 1, max(-1, at - 8), -1):
            if self.clauses.low(number) in RELATIVES - {"that"}:
                return number
            if is_verb(self.items[number]):
                return None
        return None

    def _shared(self, at: int) -> Subject | VerbGroup:
        """Give the verb before one that has no subject of its own."""
        while at >= 0:
            item = self.items[at]
            over = self._over_speech(at)
            if over is not None:
                at = over
                continue
            if item.kind == "speech" and not self._ing and item.low == "said":
                return NOBODY  # what was said is over; "A said and took" is rare
            if is_verb(item) and not self.clauses.modifies(at):
                relative = self._relative_before(at)
                if relative is None:
                    return self.clauses.group(at)
                at = relative - 1  # "A took X, which B had left, and raised its flag"
                continue
            if item.low in SIGNS and item.kind == "word":
                return NOBODY
            at -= 1
        return NOBODY

    def _over_speech(self, at: int) -> int | None:
        """Go over what is said of whose word it is: "A took X, somebody said, and entered Y"."""
        told = self.items[at].low == "," and self.clauses.kind(at - 1) == "speech"
        return self.clauses.over_aside(at) if told else None
