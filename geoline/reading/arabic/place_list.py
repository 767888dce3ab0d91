"""A list of places in an Arabic sentence: "the towns of A and B in the countryside of C, and D"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.reading.arabic.items import is_region, may_name
from geoline.reading.arabic.words.word_classes import (
    ALL,
    BREAKS,
    COMMAS,
    COMPOUNDS,
    CONNECTORS,
    COUNTS,
    FULLY,
    HANDS,
    KNOWN,
    NOT_PLACES,
    PARTS,
    PLACE_MEANT,
    PREPOSITIONS,
    REGIONS,
    RELATIVE,
    VILLAGES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.arabic.items import ArabicItem

__all__ = ["ENDS", "ArabicPlaces", "joined_before", "list_of"]

ENDS = frozenset(".!؟?؛")
_PARTING = COMMAS | frozenset("-–—")
_SIGNS = COMMAS | frozenset("-–—:/()")
# Behind "in addition" and "apart"; before "of" in "many of", "parts of".
_LEADS = frozenset({"الي", "عن", "من"})
_COUNTED = ALL | PARTS | COUNTS | frozenset({"اجزاء", "العديد", "مساحات"})
_STOPPING = ENDS | BREAKS | RELATIVE
_HOW = COUNTS | FULLY
# Words behind which no further name of a list stands, and prepositions that end none.
_ENDING = KNOWN - FULLY - REGIONS - COMMAS
_WHERE = frozenset({"من", "في", "الي", "عن"})
_INSIDE = frozenset({"في", "من", "الي"})
_REGION_BEGINS = REGIONS | {"في"}
_TWO_REGIONS = frozenset({"ريفي", "بريفي", "محافظتي", "منطقتي"})
_STOP = -1
# A list of so many names goes on behind what is no name, within so many words.
LONG, NEAR = 3, 24


@dataclass(slots=True)
class ArabicPlaces:
    """Places of a verb.

    Parameters
    ----------
    names, means
        Item numbers of names; else what is meant, "one" or "many".
    partly
        Whether only parts of them.
    counted
        Whether they are only counted ("four villages").
    start, end
        Where the words begin, and the item behind them.
    """

    names: list[int] = field(default_factory=list)
    means: str = ""
    partly: bool = False
    counted: bool = False
    start: int = 0
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.names or self.means or self.counted)


def list_of(items: Sequence[ArabicItem], start: int) -> ArabicPlaces:
    """Read a list of places from its first word on.

    Parameters
    ----------
    items
        A sentence; words that may be names and stand where one does are made names.
    start
        Number of the first word.
    """
    return _List(items, ArabicPlaces(start=start, end=start)).read()


def joined_before(items: Sequence[ArabicItem], last: int) -> list[int]:
    """Give the numbers of the names that "and" joins to a name from before it, and its own."""
    names = [last]
    while names[0] and items[names[0]].conjunction:
        earlier = names[0] - 1
        while earlier > 0 and items[earlier].kind == "type":
            earlier -= 1
        if items[earlier].kind != "name":
            break
        names.insert(0, earlier)
    return names


@dataclass(slots=True)
class _List:
    """Reads a list; each of its readers gives the item to go on at, `_STOP`, or None: not its."""

    items: Sequence[ArabicItem]
    found: ArabicPlaces
    expecting: bool = True
    whole: bool = False
    villages: bool = False

    def read(self) -> ArabicPlaces:
        number, found = self.found.start, self.found
        while number < len(self.items):
            item = self.items[number]
            if item.low in _STOPPING or _ends_list(item):
                break
            readers = (self._place, self._part, self._word, self._region, self._thing, self._name)
            to = next(to for reader in readers if (to := reader(number)) is not None)
            if to == _STOP:
                to = self._resumed(number)
            if to == _STOP:
                break
            number = to
        found.end = number
        found.means = "" if found.names else found.means
        found.counted = self.villages and not found.names and not found.means
        return found

    def _resumed(self, at: int) -> int:
        """Give where a long list goes on behind what is no name; `_STOP` if it does not."""
        if len(self.found.names) < LONG:
            return _STOP
        for number in range(at, min(len(self.items), at + NEAR)):
            item, before = self.items[number], self.items[number - 1]
            if item.low in _STOPPING | REGIONS or _ends_list(item):
                break
            joined = bool(item.conjunction) or before.low in _SIGNS
            if item.kind == "name" and joined and not item.prefix:
                self.expecting = True
                return number
        return _STOP

    def _open(self, item: ArabicItem) -> bool:
        return self.expecting or bool(item.conjunction)

    def _place(self, at: int) -> int | None:
        item = self.items[at]
        if item.kind not in {"name", "type"}:
            return None
        if is_region(item):
            self.expecting = False
            return at + 1 if _goes_on(self.items, at + 1) else _STOP
        if item.kind == "type":
            self.villages = item.low in VILLAGES
        elif not self._open(item) and self.found.names and item.text.startswith("و"):
            item.conjunction, item.text, item.start = "و", item.text[1:], item.start + 1
        # "The strategic town A" names it.
        apposed = item.kind == "name" and self.found.means == "one" and not item.prefix
        if not self._open(item) and not apposed:
            return _STOP
        self.expecting = item.kind == "type"
        if item.kind == "name":
            self.found.names.append(at)
        return at + 1

    def _part(self, at: int) -> int | None:
        """Read "the towns", "all quarters of", "parts of"."""
        item, found = self.items[at], self.found
        opened = self._open(item)
        if opened and item.low in PLACE_MEANT and not found.names:
            if self._described(at):
                self.villages = True  # "the villages that lie on the road": none told of before
            else:
                found.means = PLACE_MEANT[item.low]
            self.expecting = False
        elif opened and item.low in ALL:
            self.whole = self.expecting = True
        elif opened and item.low in PARTS:
            return self._part_of(at)
        elif item.low == "الاحياء" and self.whole and not found.names:
            found.means = "one"
        else:
            return None
        return at + 1

    def _described(self, at: int) -> bool:
        """Whether an adjective says which villages are meant, and not that they were told of."""
        if at + 1 == len(self.items) or PLACE_MEANT[self.items[at].low] != "many":
            return False
        behind = self.items[at + 1]
        plain = behind.kind == "word" and behind.low not in _HOW and "مذكور" not in behind.low
        return plain and behind.low.startswith("ال")

    def _part_of(self, at: int) -> int:
        """Read "parts of", but "all quarters of" are the whole."""
        if self.found.names:
            return _STOP
        if not self.whole:
            self.found.partly = True
        elif self.items[at].low == "احياء":
            self.found.means = "one"
        return at + 1

    def _word(self, at: int) -> int | None:
        """Read numbers, adverbs, "among them", and signs."""
        item, before = self.items[at], self.items[at - 1].low
        if _passed_over(item, before):
            return at + 1
        if item.low in CONNECTORS or (item.low in _LEADS and before in CONNECTORS):
            self.expecting = True
            return at + 1
        return self._sign(at) if item.low in _SIGNS else None

    def _sign(self, at: int) -> int:
        if not self.expecting and not _goes_on(self.items, at + 1):
            return _STOP
        if at + 1 < len(self.items):
            following = self.items[at + 1]
            named = following.kind in {"name", "type"} or may_name(following)
            self.expecting = self.expecting or named
        return at + 1

    def _region(self, at: int) -> int | None:
        if self.items[at].low not in _REGION_BEGINS:
            return None
        if not (self.found.names or at > self.found.start):
            return None
        end = _past_region(self.items, at)
        return end if _goes_on(self.items, end) else _STOP

    def _thing(self, at: int) -> int | None:
        """Read what is no settlement, but "the town and hill of A"."""
        item = self.items[at]
        if item.low not in NOT_PLACES or not self._open(item):
            return None
        if item.conjunction and self.items[at - 1].kind == "type":
            self.expecting = True
            return at + 1
        return _STOP

    def _name(self, at: int) -> int:
        """Take a word for a name that the scanner missed, or pass over an adjective."""
        item, found = self.items[at], self.found
        if item.kind != "word" or item.low in KNOWN:
            return _STOP
        behind = self.items[at + 1] if at + 1 < len(self.items) else None
        if item.low in COMPOUNDS and behind is not None and behind.kind == "type":
            return at + 1  # "the camp and town of A"
        passed = item.low.startswith("ال") and bool(found)
        if not (passed and self.items[at - 1].known) and self._goes_on_name(at):
            before = self.items[at - 1]
            before.text, before.end = f"{before.text} {item.text}", item.end
            return at + 1
        apart = bool(item.conjunction) and bool(found.names) and item.low[:1].isalpha()
        if apart or (self.expecting and may_name(item)):
            item.kind, item.possessive = "name", True
            found.names.append(at)
        elif found.names and item.text.startswith("و") and len(item.text) > len("وح"):
            if self._behind_known(at):
                return _STOP
            item.kind, item.conjunction, item.possessive = "name", "و", True
            item.start, item.text = item.start + 1, item.text[1:]
            found.names.append(at)
        elif not passed:
            return _STOP
        self.expecting = False
        return at + 1

    def _goes_on_name(self, at: int) -> bool:
        """Whether a word is a name's second, between others: "A, B C and D"."""
        item, before = self.items[at], self.items[at - 1]
        behind = self.items[at + 1] if at + 1 < len(self.items) else None
        joined = behind is not None and (bool(behind.conjunction) or _is_joined(behind))
        named = before.kind == "name" and at - 1 in self.found.names
        plain = may_name(item) and not item.text.startswith("و")
        return named and joined and plain and len(self.found.names) > 1

    def _behind_known(self, at: int) -> bool:
        """Whether the word before is one of ours that no list goes on behind."""
        before = self.items[at - 1]
        return before.kind == "word" and before.low in _ENDING


def _is_joined(item: ArabicItem) -> bool:
    """Whether "and" is written in front of a word that is none of ours."""
    return item.low in COMMAS or (item.kind == "word" and item.text.startswith("و"))


def _passed_over(item: ArabicItem, before: str) -> bool:
    """Whether a word says only how many, how fully or when."""
    of = item.low == "من" and before in _COUNTED
    return of or item.kind == "days" or item.low.isdigit() or item.low in _HOW


def _ends_list(item: ArabicItem) -> bool:
    if item.kind in {"event", "side"}:
        return True
    return item.low in HANDS or (item.low in PREPOSITIONS and item.low not in _WHERE)


def _past_region(items: Sequence[ArabicItem], at: int) -> int:
    """Give where a region ends: "in the southern countryside of Idlib"."""
    two = items[at].low in _TWO_REGIONS
    while at < len(items) and _of_region(items, at):
        at += 1
    # "In the countrysides of A and B".
    return at + (two and at < len(items) and items[at].kind == "name")


def _of_region(items: Sequence[ArabicItem], at: int) -> bool:
    item = items[at]
    if item.low in REGIONS:
        return True
    if item.conjunction or item.low in CONNECTORS:
        return False
    if item.low in _INSIDE or (item.kind == "word" and item.low.startswith("ال")):
        return True
    return item.kind in {"name", "word"} and items[at - 1].low in REGIONS


def _goes_on(items: Sequence[ArabicItem], at: int) -> bool:
    """Whether a list goes on at an item."""
    if at >= len(items):
        return False
    item = items[at]
    if item.low in COMMAS:
        return _joins(items, at + 1) and _goes_on(items, at + 1)
    if item.kind == "word" and item.low in _REGION_BEGINS and not item.conjunction:
        end = _past_region(items, at)
        behind = items[end] if at < end < len(items) else None
        joined = behind is not None and (behind.conjunction or behind.low in COMMAS)
        return bool(joined) and _goes_on(items, end)
    if item.kind in {"name", "type"} or item.low in CONNECTORS:
        return not item.prefix
    return item.kind == "word" and item.low not in KNOWN and at > 0 and _may_be_last(items, at)


def _joins(items: Sequence[ArabicItem], at: int) -> bool:
    """Whether "and" stands behind a comma."""
    return at < len(items) and (bool(items[at].conjunction) or items[at].low in CONNECTORS)


def _may_be_last(items: Sequence[ArabicItem], at: int) -> bool:
    """Whether an unknown word is a list's last name: "and" or a comma before it, an end behind."""
    item, after = items[at], at + 1
    if after < len(items) and items[after].low.startswith("ال") and may_name(items[after]):
        after += 1  # "and Fan al-Wastani"
    behind = items[after] if after < len(items) else None
    closed = behind is None or behind.conjunction != "" or behind.low in ENDS | _PARTING
    listed = items[at - 1].low in _PARTING and may_name(item)
    return closed and (item.text.startswith("و") or bool(item.conjunction) or listed)
