"""Whether a verb says that something happened: plans, conditions, doubts and denials do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from geoline.frame_words import ADVERBS, AUXILIARIES, BE, NEGATIONS, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.sentence_items import Item

__all__ = ["Mood", "VerbGroup", "mood_of", "verb_group"]

Mood = Literal["asserted", "unclear", "foreseen", "denied", "negated", "reported"]

_FUTURE = word_set("will would could may might shall should must can 'll 'd")
# Verbs after which "to capture" was done.
_DONE = word_set("managed able succeeded proceeded went began begun started continued helped")
_SAID_TO_HAVE = word_set("claim claims claimed claiming said reported believed thought known")
_FAILED = word_set(
    "failed fails fail unable failing failure prevented prevent prevents repelled repel repels "
    "foiled thwarted refused blocked halted stopped repulsed beat prevents preventing"
)
# Before a form in -ing these say that it was done.
_DONE_BEFORE_ING = word_set(
    "after by since following in and while when , ; are is were was been upon"
)
_DENIALS = word_set(
    "denied denies deny denying rejected rejects rejecting dismissed dismisses refuted refutes "
    "disputed disputes disputing contradicted"
)
_PLANS = word_set(
    "plan plans planned planning hopes hope hoping hoped wants want wanted aims aim aimed aiming "
    "seeks seek sought seeking tries try tried trying attempt attempts attempted attempting "
    "intends intend expected expects expect expecting threatened threatens vowed vows pledged "
    "prepares preparing prepare poised ready bid fears fear feared likely ordered goal goals "
    "verge brink risk order possibility prospect close aiming predicted "
    "predicts promised warned warns warning intention intent target objective"
)
_DOUBT = re.compile(
    r"\b(?:unclear|not\s+(?:\w+\s+)?clear|unconfirmed|not\s+known|unknown|uncertain|rumou?rs?|"
    r"conflicting|contradictory|whether|no\s+(?:\w+\s+)?(?:evidence|confirmation|word)|"
    r"(?:could|can)\s*not\s+(?:\w+\s+)?(?:confirm|verify)|may\s+have|might\s+have|appears?\s+to\s+have|"
    r"appeared\s+to\s+have|seems?\s+to\s+have|doubts?|in\s+question|possibly|perhaps|premature)\b",
    re.IGNORECASE,
)
_DOUBT_BEHIND = re.compile(
    r"\b(?:could|can)\s*not\s+(?:\w+\s+)?be\s+(?:\w+\s+)?(?:verified|confirmed)\b|"
    r"\b(?:remains?|remained|was|is|were)\s+(?:still\s+)?(?:unclear|unconfirmed|disputed)\b|"
    r"\bno\s+(?:\w+\s+){0,2}confirmation\b",
    re.IGNORECASE,
)
_DENIED_BEHIND = re.compile(
    r"\b(?:is|are|was|were|as)\s+(?:\w+\s+)?(?:denied|false|untrue|incorrect|dismissed|rejected|refuted)"
    r"\b|,\s*(?:\w+\s+){1,4}(?:denied|disputed)\s+(?:it|that|this)\b|\bfalse(?:ly)?\b",
    re.IGNORECASE,
)
_HYPOTHESIS = re.compile(
    r"\b(?:if|unless|in\s+case|in\s+the\s+event|as\s+soon\s+as|provided|assuming|should|lest|"
    r"suppose|were\s+the)\b",
    re.IGNORECASE,
)
_NO_REPORT = re.compile(
    r"\b(?:no|without|any)\s+(?:\w+\s+)?(?:claim|sign|report|indication)s?\b", re.IGNORECASE
)


class VerbGroup(NamedTuple):
    """A verb with what stands before it: the items from `first` on, and the words among them."""

    first: int
    words: tuple[str, ...]
    passive: bool
    infinitive: bool


def verb_group(items: Sequence[Item], at: int) -> VerbGroup:
    """Collect auxiliaries, adverbs and negations before a verb."""
    first = at
    words: list[str] = []
    while first > 0:
        item = items[first - 1]
        if item.kind == "w" and (
            item.low in AUXILIARIES or item.low in ADVERBS or item.low in NEGATIONS
        ):
            words.insert(0, item.low)
        elif item.kind == "D" and first - 1 > 0 and _is_auxiliary(items[first - 2]):
            pass
        else:
            break
        first -= 1
    verb = items[at].verb
    form = verb.form if verb else ""
    was = [word for word in words if word in BE]
    passive = bool(was) and form in {"ed", "pp", "any", "base/pp"}
    return VerbGroup(first, tuple(words), passive, "to" in words)


def _is_auxiliary(item: Item) -> bool:
    return item.kind == "w" and item.low in AUXILIARIES and item.low != "to"


def mood_of(  # noqa: C901, PLR0911, PLR0912  (a row of tests, each with its reason)
    text: str, items: Sequence[Item], at: int, group: VerbGroup
) -> Mood:
    """Tell how a sentence stands to what its verb says.

    Parameters
    ----------
    text
        The sentence.
    items, at
        Its items, and which of them is the verb (or noun).
    group
        The verb with its auxiliaries.
    """
    clause = _clause_start(items, group.first)
    before = text[items[clause].start : items[at].start] if clause < at else ""
    ahead = text[items[at].end :]
    back = [item.low for item in items[max(clause, group.first - 4) : group.first]]
    words = set(group.words)
    if any(word in _DENIALS for word in (i.low for i in items[clause:at])):
        return "denied"
    if _DENIED_BEHIND.search(ahead):
        return "denied"
    if words & NEGATIONS or any(w.endswith("n't") for w in words) or _FAILED & set(back):
        return "unclear" if _DOUBT.search(before) else "negated"
    if text.rstrip("\"”') ").endswith("?") and _question(items):
        return "unclear"
    if _DOUBT.search(before):
        return "unclear"
    if _hypothesis(text, items, clause, group.first):
        return "foreseen"
    if words & _FUTURE:
        return "foreseen"
    if _NO_REPORT.search(before):
        return "negated"
    form = items[at].verb.form if items[at].verb else ""  # type: ignore[union-attr]
    if group.infinitive:
        return _of_infinitive(group, back)
    if form == "ing":
        ahead_of = items[group.first - 1].low if group.first else ","
        if group.first and ahead_of not in _DONE_BEFORE_ING and items[group.first - 1].kind == "w":
            if ahead_of in {"from", "without"} or _FAILED & set(back):
                return "negated"
            if ahead_of in {"at", "of", "for", "before", "towards", "toward", "about", "to", "on"}:
                return "foreseen"
    if _next_marker(items, clause, group.first, form):
        return "foreseen"
    if _DOUBT_BEHIND.search(ahead):
        return "unclear"
    if words & {"reportedly", "allegedly", "apparently", "purportedly", "presumably"}:
        return "reported"
    return "unclear" if words & {"probably", "likely", "possibly", "perhaps"} else "asserted"


def _question(items: Sequence[Item]) -> bool:
    return items[0].low in AUXILIARIES or items[0].low in {
        "who", "what", "when", "where", "why", "how", "is", "has", "have", "can", "will",
    } or items[-1].low == "?"  # fmt: skip


def _of_infinitive(group: VerbGroup, back: Sequence[str]) -> Mood:
    at = group.words.index("to")
    governors = set(back[-2:]) | set(group.words[:at])
    if governors & _DONE and not governors & NEGATIONS:
        return "asserted"
    if {"have", "having"} & set(group.words[at:]):
        if governors & _SAID_TO_HAVE:
            return "reported"
        return "foreseen" if governors & _PLANS else "unclear"
    return "foreseen"


def _clause_start(items: Sequence[Item], at: int) -> int:
    """Where the clause begins that a verb stands in: behind a semicolon, or "but", "although" …."""
    start = at
    while start > 0:
        item = items[start - 1]
        if item.kind == "w" and item.low in {
            ";",
            "—",
            "but",
            "although",
            "though",
            "while",
            "however",
        }:
            break
        if item.low == "and" and start - 2 >= 0 and items[start - 2].low == ",":
            break
        start -= 1
    return start


def _hypothesis(text: str, items: Sequence[Item], clause: int, first: int) -> bool:
    """Whether an "if" opens the clause, or the sentence of which the verb is the consequence."""
    if first <= clause:
        return False
    before = text[items[clause].start : items[first - 1].end]
    match = None
    for match in _HYPOTHESIS.finditer(before):  # noqa: B007  (the last one)
        pass
    if match is None:
        return False
    # Behind a comma the clause is the consequence; that of an "if" at the start is as open as it.
    return "," not in before[match.end() :] or match.start() < 3  # noqa: PLR2004


def _next_marker(items: Sequence[Item], clause: int, first: int, form: str) -> bool:
    """Whether "once", "until", "before", "when" put the verb into time to come."""
    for number in range(first - 1, clause - 1, -1):
        item = items[number]
        if item.low == ",":
            return False
        if item.kind == "w" and item.low in {"until", "till", "before", "unless"}:
            return form in {"base", "s", "any", "base/pp"} or item.low != "before"
        if item.kind == "w" and item.low in {"once", "when"} and form in {"base", "s", "base/pp"}:
            return True
        if (
            item.kind == "w"
            and item.low in _PLANS
            and number >= first - 2
            and form in {"base", "ing"}
        ):
            return True
    return False
