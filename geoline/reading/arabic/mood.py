"""Whether an Arabic verb or noun tells what happened, was planned, doubted or denied."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geoline.reading.arabic.place_list import ENDS
from geoline.reading.arabic.words import (
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

    from geoline.reading.arabic.items import ArabicItem
    from geoline.reading.shared.told_event import Mood

__all__ = ["arabic_mood"]

# How far before a noun the word stands that governs it.
REACH = 16
_HEADLINE = 9
# "The capture of A came after …".
_CAME = frozenset({"تمت", "تم", "جرت", "حصلت", "جاءت", "جاء", "تاتي", "ياتي"})
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
    if ("لا", "صحه") in set(pairwise(before)):
        return "negated"
    if _conditional(before, lows[at - 1 : at]):
        return "foreseen"
    verb = items[at].verb
    if in_hand or verb is None or verb.form == "past":
        return _of_past(before[clause:])
    if verb.form == "present":
        return _of_present(items, at, before)
    return _of_noun(items, at, before[clause:])


def _conditional(before: Sequence[str], last: Sequence[str]) -> bool:
    pairs = set(pairwise(before))
    if pairs & {("في", "حال"), ("ما", "لم")} or set(before) & CONDITIONS:
        return True
    return list(last) == ["حال"]


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
    item, led, near = items[at], set(before[-1:]), set(before[-2:])
    if near & {"لم", "لن", "لا"} and item.prefix != "س":
        return "negated"
    if item.prefix == "س" or near & {"سوف", "قد"}:
        return "foreseen"
    if item.prefix == "ل":
        done = any(i.verb is not None and i.verb.form == "past" for i in items[:at])
        done = done or any(i.kind == "days" for i in items[at : at + REACH])
        return "asserted" if done and not set(before) & AIMS else "foreseen"
    if led & {"ان", "كي", "لكي"}:
        earlier = _last(before[-6:], frozenset({"قبل", "بعد"}) | AIMS | NEGATED)
        return "asserted" if earlier in {"قبل", "بعد"} else "foreseen"
    if "حتي" in led or _last(before[-4:], AIMS):
        return "foreseen"
    state = item.verb is not None and item.verb.slot == "on"
    return _of_state(items, at, before) if state else "asserted"


def _of_state(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> Mood | None:
    """Tell a headline's "the army controls A" from a lasting state."""
    lasting = "منذ" in [item.low for item in items[at:]] or set(before[-4:]) & RELATIVE
    if lasting or items[at].pronoun:
        return None
    first = at <= _HEADLINE and not set(before) & RELATIVE
    headline = first and items[-1].low not in ENDS
    digest = at > 0 and items[at - 1].kind == "side" and at <= _HEADLINE // 2
    return "asserted" if headline or digest or set(before[-3:]) & BECOMING else None


def _of_noun(items: Sequence[ArabicItem], at: int, before: Sequence[str]) -> Mood | None:
    item, near = items[at], before[-REACH:]
    governor = _last(near, AIMS | (NEGATED - _NOT) | DENIED | MANAGED | DOUBTS)
    if set(near[-2:]) & _NOT or (governor in NEGATED | DENIED and item.prefix != "ل"):
        return "negated"
    if governor in AIMS or (item.prefix == "ل" and not item.conjunction):
        return "foreseen"
    if governor in DOUBTS:
        return "unclear"
    if governor:
        return _managed(near, governor)
    if any(i.low in _CAME for i in items[at + 1 : at + REACH]):
        return "asserted"
    first = not before or before[-1] in {"،", ":", "-", "–", ","}
    acted = at + 1 < len(items) and items[at + 1].kind == "side"
    told = item.prefix == "ب" or bool(item.conjunction or item.pronoun)
    governed = at > 0 and items[at - 1].verb is not None
    return "asserted" if first or acted or told or governed else None


def _managed(near: Sequence[str], governor: str) -> Mood:
    """Tell whether what was managed was: not so behind "not" and "so that"."""
    place = len(near) - 1 - list(reversed(near)).index(governor)
    earlier = set(near[max(0, place - 2) : place])
    if earlier & {"لم", "لن", "دون", "لا"}:
        return "negated"
    aimed = governor in _ABLE and _last(near[max(0, place - 4) : place], AIMS)
    return "foreseen" if aimed or earlier & {"كي", "لكي", "حتي"} else "asserted"


def _last(lows: Sequence[str], words: frozenset[str]) -> str:
    return next((low for low in reversed(lows) if low in words), "")
