"""Whether an Arabic verb or noun tells what happened, was planned, doubted or denied."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geoline.reading.arabic.place_list import ENDS
from geoline.reading.arabic.words.word_classes import (
    ABLE,
    AGENCIES,
    AIMS,
    BECOMING,
    BREAKS,
    CAME,
    CONDITIONS,
    DENIED,
    DOUBTS,
    MANAGED,
    NEGATED,
    NOT,
    RELATIVE,
    SAYING,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.shared.told_event import Mood

__all__ = ["arabic_mood"]

# How far before a noun the word stands that governs it.
REACH = 16
_HEADLINE = 9
_OTHER_CLAUSE = BREAKS - frozenset(
    {"كان", "كانت", "وكان", "وكانت", "بحسب", "وفق", "وفقا", "حسب", "لما", "الا"}
)
_UNDONE = NEGATED | DENIED
_GOVERNORS = AIMS | (NEGATED - NOT) | DENIED | MANAGED | DOUBTS
# Before "that": what was done "before" or "after" it was done; what is aimed at is not.
_THAT, _TIMES = frozenset({"ان", "كي", "لكي"}), frozenset({"قبل", "بعد"})
_BEFORE_THAT = _TIMES | AIMS | NEGATED
_SPOKEN = DENIED | DOUBTS | SAYING


def arabic_mood(items: Sequence[ArabicItem], at: int) -> Mood | None:
    """Tell how a sentence stands to what an item tells; None if it tells a lasting state.

    Parameters
    ----------
    items
        The sentence.
    at
        Number of an item with a verb.
    """
    lows = [item.low for item in items]
    for number, low in enumerate(lows[1:], 1):
        if low in DOUBTS and lows[number - 1] in AGENCIES:
            lows[number] = ""  # "the agency of news" spreads no rumours
    before = lows[_behind(lows[:at], ENDS) : at]
    if "؟" in lows[at:]:
        return "unclear"
    if ("لا", "صحه") in set(pairwise(before)):
        return "negated"
    if _conditional(before, lows[at - 1 : at]):
        return "foreseen"
    form = items[at].form
    if form == "present":
        return _of_present(items, at, before)
    clause = before[_behind(before, _OTHER_CLAUSE) :]
    return _of_noun(items, at, clause) if form == "noun" else _of_past(clause)


def _behind(lows: Sequence[str], words: frozenset[str]) -> int:
    """Give where the last of some words is past, 0 if none is there."""
    return max((n + 1 for n, low in enumerate(lows) if low in words), default=0)


def _conditional(before: Sequence[str], last: Sequence[str]) -> bool:
    pairs = set(pairwise(before))
    if pairs & {("في", "حال"), ("ما", "لم")} or set(before) & CONDITIONS:
        return True
    return list(last) == ["حال"]


def _of_past(before: Sequence[str]) -> Mood:
    if set(before[-2:]) & {"لم", "لن", "لا", "ما", "ليس"}:
        return "negated"
    governor = _last(before[-REACH:], _SPOKEN)
    if governor in DENIED:
        return "negated"
    if governor in DOUBTS:
        return "unclear"
    return "unclear" if "غير" in before[-4:] else "asserted"


def _of_present(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> Mood | None:
    item, near = items[at], set(before[-2:])
    if item.prefix != "س" and near & {"لم", "لن", "لا"}:
        return "negated"
    if item.prefix == "س" or near & {"سوف", "قد"}:
        return "foreseen"
    if item.prefix == "ل":
        return "foreseen" if set(before) & AIMS or not _done(items, at) else "asserted"
    last = before[-1] if before else ""
    if last in _THAT:
        return "asserted" if _last(before[-6:], _BEFORE_THAT) in _TIMES else "foreseen"
    if last == "حتي" or _last(before[-4:], AIMS):
        return "foreseen"
    state = item.verb is not None and item.verb.slot == "on"
    return _of_state(items, at, before) if state else "asserted"


def _done(items: Sequence[ArabicItem], at: int) -> bool:
    """Whether what was done "to" some end was: a verb in the past before it, or days behind it."""
    past = any(item.form == "past" for item in items[:at])
    return past or any(item.kind == "days" for item in items[at : at + REACH])


def _of_state(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> Mood | None:
    """Tell a headline's "the army controls A" from a lasting state."""
    since = any(item.low == "منذ" for item in items[at:])
    if since or set(before[-4:]) & RELATIVE or items[at].pronoun:
        return None
    new = bool(set(before[-3:]) & BECOMING)
    return "asserted" if new or _in_headline(items, at, before) else None


def _in_headline(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> bool:
    """Whether a verb stands in a headline, or right behind the side of a digest's entry."""
    if at > _HEADLINE:
        return False
    headline = items[-1].low not in ENDS and not set(before) & RELATIVE
    return headline or (0 < at <= _HEADLINE // 2 and items[at - 1].kind == "side")


def _of_noun(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> Mood | None:
    item, near = items[at], before[-REACH:]
    governor = _last(near, _GOVERNORS)
    governor = _last(near[-4:], DOUBTS) or governor
    if set(near[-2:]) & NOT or (governor in _UNDONE and item.prefix != "ل"):
        return "negated"
    if governor in AIMS or (item.prefix == "ل" and not item.conjunction):
        return "foreseen"
    if governor:
        return "unclear" if governor in DOUBTS else _managed(near, governor)
    came = any(i.low in CAME for i in items[at + 1 : at + REACH])
    return "asserted" if came or _tells_alone(items, at, before) else None


def _tells_alone(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> bool:
    """Whether a noun that nothing governs tells what was done: a heading, "with its capture of"."""
    item, behind = items[at], items[at + 1 : at + 2]
    first = not before or before[-1] in {"،", ":", "-", "–", ","}
    told = item.prefix == "ب" or bool(item.conjunction or item.pronoun)
    acted = bool(behind) and behind[0].kind == "side"
    owned = at > 1 and items[at - 1].kind == "side"  # "A's regaining of control"
    return first or told or acted or (at > 0 and items[at - 1 - owned].verb is not None)


def _managed(near: Sequence[str], governor: str) -> Mood:
    """Tell whether what was managed was: not so behind "not" and "so that"."""
    place = len(near) - 1 - list(reversed(near)).index(governor)
    earlier = set(near[max(0, place - 2) : place])
    if earlier & {"لم", "لن", "دون", "لا"}:
        return "negated"
    aimed = governor in ABLE and _last(near[max(0, place - 4) : place], AIMS)
    return "foreseen" if aimed or earlier & {"كي", "لكي", "حتي"} else "asserted"


def _last(lows: Sequence[str], words: frozenset[str]) -> str:
    return next((low for low in reversed(lows) if low in words), "")
