"""Whether a verb says that something happened: plans, conditions, doubts and denials do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.reading.english.words.word_classes import BE, LED, NEGATIONS
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geoline.reading.english.sentence.clauses import VerbGroup
    from geoline.reading.shared.item import Item
    from geoline.reading.shared.told_event import Mood

__all__ = ["mood_of"]

_WORDS = word_sets("sentence", "mood")


_FUTURE = _WORDS["future"]
# Verbs after which "to capture" was done.
_DONE = _WORDS["done"]
# "The first to fall", "the latest town to be taken".
_ORDINALS = _WORDS["ordinals"]
_SAID_TO_HAVE = _WORDS["said_to_have"]
_FAILED, _KEPT = _WORDS["failed"], _WORDS["kept"]
_OPEN_NOUNS = _WORDS["open_nouns"]
_DENIALS = _WORDS["denials"]
_PLANS = _WORDS["plans"]
_DOUBT = re.compile(
    r"\b(?:unclear|not\s+(?:\w+\s+)?clear|unconfirmed|not\s+known|unknown|uncertain|rumou?rs?|"
    r"conflicting|contradictory|whether|no\s+(?:\w+\s+)?(?:evidence|confirmation|word)|"
    r"(?:could|can)\s*not\s+(?:\w+\s+)?(?:confirm|verify|say)|may\s+have|might\s+have|"
    r"appears?\s+to\s+have|appeared\s+to|seems?\s+to\s+have|doubts?|in\s+question|possibly|perhaps|"
    r"premature|(?:nor|neither)\b.{0,40}\bconfirmed|not\s+(?:\w+\s+)?confirmed|asked)\b",
)
_DOUBT_BEHIND = re.compile(
    r"\b(?:could|can)\s*not\s+(?:\w+\s+)?be\s+(?:\w+\s+)?(?:verified|confirmed)\b|"
    r"\b(?:remains?|remained|was|is|were)\s+(?:still\s+)?(?:unclear|unconfirmed|disputed)\b|"
    r"\bno\s+(?:\w+\s+){0,2}confirmation\b|\bnot\s+(?:\w+\s+)?(?:verified|confirmed?)\b",
)
_DENIED_BEHIND = re.compile(
    r"\b(?:is|are|was|were|as)\s+(?:\w+\s+)?(?:denied|false|untrue|incorrect|dismissed|rejected|refuted)"
    r"\b|,\s*(?:\w+\s+){1,4}(?:denied|disputed)\s+(?:it|this|that(?=\s*(?:[.,;]|$)))|\bfalse(?:ly)?\b",
)
_HYPOTHESIS = re.compile(
    r"\b(?:if|unless|in\s+case|in\s+the\s+event|as\s+soon\s+as|provided|assuming|should|lest|"
    r"suppose|were\s+the|had\s+(?:the\s+)?\w+\s+(?:kept|held|not))\b",
)
_NO_REPORT = re.compile(r"\b(?:no|without|any)\s+(?:\w+\s+)?(?:claim|sign|report|indication)s?\b")
_QUESTION = _WORDS["question"]
# Events that may last: "are besieging X" is told of what is so.
_LASTING = frozenset({"besieged", "strike", "advanced", "clash", "withdrew"})
_NOBODY, _COULD = _WORDS["nobody"], _WORDS["could"]
_MAYBE, _REPORTEDLY = _WORDS["maybe"], _WORDS["reportedly"]
_ALMOST = frozenset({"nearly", "almost", "barely", "hardly"})
# Before a form in -ing these join it to what the sentence tells besides.
_HINGES = _WORDS["hinges"]
# Where the scope of a doubt or a denial ends.
_SCOPE_ENDS = _WORDS["scope_ends"]


@dataclass(slots=True)
class _Saying:
    """A verb and what stands around it in the sentence."""

    text: str
    items: Sequence[Item]
    group: VerbGroup
    # Number of the item at which what governs the verb may begin, and the text from there, and
    # behind the verb, in small letters.
    scope: int
    before: str
    ahead: str
    words: frozenset[str]

    @property
    def at(self) -> int:
        return self.group.at

    @property
    def form(self) -> str:
        verb = self.items[self.at].verb
        return verb.form if verb else ""

    @property
    def back(self) -> list[str]:
        """Give the last words before the verb group, in the scope and behind the last comma."""
        low = max(self.scope, self.group.first - 6)
        words = [item.low for item in self.items[low : self.group.first]]
        return words[max((n + 1 for n, w in enumerate(words) if w == ","), default=0) :]

    @property
    def governor(self) -> str:
        return self.items[self.group.first - 1].low if self.group.first else ""


def _scope(items: Sequence[Item], first: int) -> int:
    """Give the number of the item at which what governs a verb group may begin."""
    for at in range(first - 1, -1, -1):
        low = items[at].low
        joins = low == "and" and at and items[at - 1].low == ","
        if low in _SCOPE_ENDS or joins:
            return at + 1
    return 0


def _denied(saying: _Saying) -> bool:
    scope = saying.items[saying.scope : saying.at]
    which = max((n for n, item in enumerate(scope) if item.low in {"which", "who"}), default=0)
    lows = {item.low for item in scope[which:]}
    return bool(lows & _DENIALS) or bool(_DENIED_BEHIND.search(saying.ahead))


def _negated(saying: _Saying) -> bool:
    words = saying.words
    if not words.isdisjoint(_ALMOST) or (words & NEGATIONS and "ago" not in words):
        return True
    return _failed(saying) or _nobody(saying)


def _failed(saying: _Saying) -> bool:
    """Whether it was tried in vain: "failed to take X", "did not succeed in taking X"."""
    near = saying.back[-6:] if saying.form == "ing" else saying.back[-3:]
    governed = saying.form in {"base", "ing", "base/pp", "any"} or saying.group.infinitive
    did = saying.governor in {"by", "after", "upon"}  # "blocked the advance by taking X"
    if governed and not did and sum(word in _FAILED for word in near) == 1:
        return True
    if saying.governor == "from" and not _KEPT.isdisjoint(near):
        return True  # "kept the army from taking X"
    return saying.governor == "in" and not NEGATIONS.isdisjoint(near)


def _nobody(saying: _Saying) -> bool:
    start = saying.items[saying.scope].low if saying.scope < saying.at else ""
    return start in _NOBODY


def _doubted(saying: _Saying) -> bool:
    return bool(_DOUBT.search(saying.before))


def _asked(saying: _Saying) -> bool:
    ends = saying.text.rstrip("\"”') ").endswith("?")
    return ends and (saying.items[0].low in _QUESTION or saying.items[-1].low == "?")


def _conditional(saying: _Saying) -> bool:
    """Whether an "if" opens the clause, or the sentence of which the verb is the consequence."""
    before = saying.before
    matches = list(_HYPOTHESIS.finditer(before))
    if not matches:
        return False
    match = matches[-1]
    # Behind a comma the clause is the consequence; that of an "if" at the start is as open as it.
    return "," not in before[match.end() :] or not before[: match.start()].strip(" \"“'")


def _to_come(saying: _Saying) -> bool:
    if (
        saying.governor in {"and", "or"}
        and saying.form == "base"
        and not _FUTURE.isdisjoint(saying.back)
    ):
        return True  # "would break the siege and flush militants out of X"
    return (bool(saying.words & _FUTURE) and "able" not in saying.words - _FUTURE) or bool(
        _COULD & saying.words
    )


def _infinitive(saying: _Saying) -> bool:
    """Whether "to capture" is what is wanted, and not what was managed."""
    led = saying.form == "ing" and saying.governor in LED  # "which led to taking X"
    if led or not saying.group.infinitive:
        return False
    words = list(saying.group.words)
    to = words.index("to")
    if "had" in words[:to]:
        return False  # "they had to give up X"
    governors = set(saying.back[-2:]) | set(words[:to]) | ({"exploited", "used"} & set(saying.back))
    ordinal = _ORDINALS & set(saying.back)
    if (governors & _DONE or ordinal) and not governors & NEGATIONS:
        return False
    if {"have", "having"} & set(words[to:]):
        return not governors & _SAID_TO_HAVE
    return True


def _open_form(saying: _Saying) -> bool:
    """Whether a form in -ing names an aim: "battle for taking X", "the keys to capturing X"."""
    if saying.form != "ing":
        return False
    governor = saying.governor
    if governor in _HINGES:
        return _hinges_open(saying, governor)
    if governor in _OPEN_NOUNS:
        return True
    kind = saying.items[saying.group.first - 1].kind if saying.group.first else ""
    return kind in {"word", "verb"} and governor in _PLANS


def _hinges_open(saying: _Saying, governor: str) -> bool:
    """Whether "before taking X", "by taking X" stands in a sentence on what is to come."""
    main = {item.low for item in saying.items}
    if not main.isdisjoint({"would", "could", "might"}):
        return True
    if governor in {"before", "by", "when"} and not main.isdisjoint(_FUTURE):
        return True
    return governor == "before" and not main.isdisjoint(_PLANS)


def _going_on(saying: _Saying) -> bool:
    """Whether it is still being done: "is taking", "were being seized"."""
    words = saying.words
    slot = saying.items[saying.at].verb
    lasting = slot is not None and slot.event in _LASTING
    return not lasting and (
        (saying.form == "ing" and bool(words & (BE - {"been", "being"}))) or "being" in words
    )


def _until(saying: _Saying) -> bool:
    """Whether "once", "until", "before" or a plan puts the verb into time to come."""
    present = saying.form in {"base", "s", "any", "base/pp"} or bool({"is", "are"} & saying.words)
    for low in reversed([item.low for item in saying.items[saying.scope : saying.group.first]]):
        if low in {",", "that"}:
            return False
        if low in {"until", "till", "unless"}:
            return present or not {"would", "will"}.isdisjoint(item.low for item in saying.items)
        if low in {"once", "when", "before"} and saying.form in {"base", "s", "base/pp"}:
            return True
    return False


def _planned(saying: _Saying) -> bool:
    return saying.form in {"base", "ing"} and bool(_PLANS & set(saying.back[-2:]))


_TESTS: tuple[tuple[Mood, Callable[[_Saying], bool]], ...] = (
    ("denied", _denied),
    ("negated", _negated),
    ("unclear", _asked),
    ("unclear", _doubted),
    ("foreseen", _conditional),
    ("foreseen", _to_come),
    ("negated", lambda saying: bool(_NO_REPORT.search(saying.before))),
    ("foreseen", _infinitive),
    ("foreseen", _open_form),
    ("foreseen", _going_on),
    ("foreseen", _until),
    ("foreseen", _planned),
    ("unclear", lambda saying: bool(_DOUBT_BEHIND.search(saying.ahead))),
    ("unclear", lambda saying: not _MAYBE.isdisjoint(saying.words)),
    ("reported", lambda saying: not _REPORTEDLY.isdisjoint(saying.words)),
)


def mood_of(text: str, items: Sequence[Item], group: VerbGroup) -> Mood:
    """Tell how a sentence stands to what its verb (or noun) says.

    Parameters
    ----------
    text
        The sentence.
    items
        Its items.
    group
        The verb with its auxiliaries.
    """
    scope, at = _scope(items, group.first), group.at
    before = text[items[scope].start : items[at].start].lower() if scope < at else ""
    ahead = text[items[at].end :].lower()
    saying = _Saying(text, items, group, scope, before, ahead, frozenset(group.words))
    for mood, test in _TESTS:
        if test(saying):
            return mood
    return "asserted"
