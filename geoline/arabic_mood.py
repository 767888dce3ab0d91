"""Whether an Arabic verb or noun tells what happened, was planned, doubted or denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.arabic_places import ENDS
from geoline.arabic_words import (
    AIMS,
    BECOMING,
    BREAKS,
    CONDITIONS,
    DENIED,
    DOUBTS,
    MANAGED,
    NEGATED,
    RELATIVE,
    SAYING,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.arabic_items import ArabicItem
    from geoline.mood import Mood

__all__ = ["arabic_mood"]

# How far before a noun the word stands that governs it.
REACH = 16
_HEADLINE = 9
_OTHER_CLAUSE = BREAKS - frozenset(
    {"كان", "كانت", "وكان", "وكانت", "بحسب", "وفق", "وفقا", "حسب", "لما", "الا"}
)
_NOT = frozenset({"لم", "لن", "لا", "ليس", "ليست", "دون", "عدم"})
# To be able, which may itself be hoped for.
_ABLE = frozenset({"تتمكن", "يتمكن", "تنجح", "ينجح", "نجاح", "نجاحها", "تمكنها", "تمكنه"})


def arabic_mood(items: Sequence[ArabicItem], at: int, *, in_hand: bool = False) -> Mood | None:
    """Tell how a sentence stands to what an item tells; None if it tells a lasting state.

    Parameters
    ----------
    items
        The sentence.
    at
        Number of an item with a verb, or of "in the hands of".
    in_hand
        Whether it tells in whose hands a place is.
    """
    lows = [item.low for item in items]
    start = max((n + 1 for n in range(at) if lows[n] in ENDS), default=0)
    before = lows[start:at]
    clause = max((n + 1 for n, low in enumerate(before) if low in _OTHER_CLAUSE), default=0)
    if "؟" in lows[at:]:
        return "unclear"
    if _conditional(before, lows[at - 1 : at]):
        return "foreseen"
    verb = items[at].verb
    if in_hand or verb is None or verb.form == "past":
        return _of_past(before[clause:])
    if verb.form == "present":
        return _of_present(items, at, before)
    return _of_noun(items, at, before[clause:])


def _conditional(before: Sequence[str], last: Sequence[str]) -> bool:
    in_case = any(a == "في" and b == "حال" for a, b in zip(before, before[1:], strict=False))
    unless = any(a == "ما" and b == "لم" for a, b in zip(before, before[1:], strict=False))
    return in_case or unless or bool(set(before) & CONDITIONS) or list(last) == ["حال"]


def _of_past(before: Sequence[str]) -> Mood:
    if set(before[-2:]) & {"لم", "لن", "لا", "ما", "ليس"}:
        return "negated"
    governor = _last(before[-REACH:], DENIED | DOUBTS | SAYING)
    if governor in DENIED:
        return "negated"
    if governor in DOUBTS:
        return "unclear"
    return "unclear" if "غير" in before[-4:] else "asserted"


def _of_present(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> Mood | None:
    if items[at].prefix == "س" or set(before[-2:]) & {"سوف", "قد"}:
        return "foreseen"
    if set(before[-2:]) & {"لم", "لن", "لا"}:
        return "negated"
    led = set(before[-3:])
    past_main = any(i.verb is not None and i.verb.form == "past" for i in items[:at])
    if items[at].prefix == "ل":
        return "asserted" if past_main and not set(before) & AIMS else "foreseen"
    if led & {"ان", "كي", "لكي"}:
        earlier = _last(before[-6:], frozenset({"قبل", "بعد"}) | AIMS | NEGATED)
        return "asserted" if earlier in {"قبل", "بعد"} else "foreseen"
    if led & {"حتي"}:
        return "foreseen"
    if _last(before[-4:], AIMS):
        return "foreseen"
    state = items[at].verb is not None and items[at].verb.slot == "on"
    first = at <= _HEADLINE and not set(before) & RELATIVE
    headline = first and items[-1].low not in ENDS
    if not state:
        return "asserted"
    lasting = "منذ" in [item.low for item in items[at:]] or set(before[-4:]) & RELATIVE
    if lasting or items[at].pronoun:
        return None
    digest = at > 0 and items[at - 1].kind == "side" and at <= _HEADLINE // 2
    return "asserted" if headline or digest or set(before[-3:]) & BECOMING else None


def _of_noun(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> Mood | None:
    item = items[at]
    near = before[-REACH:]
    if set(near[-2:]) & _NOT:
        return "negated"
    governor = _last(near, AIMS | (NEGATED - _NOT) | DENIED | MANAGED | DOUBTS)
    if item.prefix == "ل" and not item.conjunction:
        return "foreseen"
    if governor in NEGATED | DENIED:
        return "negated"
    if governor in AIMS:
        return "foreseen"
    if governor in DOUBTS:
        return "unclear"
    if governor and governor in MANAGED:
        place = len(near) - 1 - near[::-1].index(governor)
        earlier = near[max(0, place - 2) : place]
        if set(earlier) & {"لم", "لن", "دون", "لا"}:
            return "negated"
        aimed = governor in _ABLE and _last(near[max(0, place - 4) : place], AIMS)
        if aimed or set(earlier) & {"كي", "لكي", "حتي"}:
            return "foreseen"
        return "asserted"
    first = not before or before[-1] in {"،", ":", "-", "–", ","}
    actor = at + 1 < len(items) and items[at + 1].kind == "side"
    if first or actor or item.prefix == "ب" or item.conjunction or item.pronoun:
        return "asserted"
    governed = items[at - 1].verb is not None
    return "asserted" if governed else None


def _last(lows: Sequence[str], words: frozenset[str]) -> str:
    return next((low for low in reversed(lows) if low in words), "")
