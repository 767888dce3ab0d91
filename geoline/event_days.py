"""Which of the days said in a sentence belongs to which verb, and to which name of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.clauses import is_verb
from geoline.word_classes import SIGNS, SUBORDINATORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.clauses import Clauses
    from geoline.report_days import DaysSaid
    from geoline.sentence_item import Item

__all__ = ["owners", "verb_days"]

_OPENS = SUBORDINATORS - {"since", "following", "amid", "as", "until", "till", "before", "after"}


def owners(clauses: Clauses) -> dict[int, list[int]]:
    """Give for each verb the numbers of the items that say its days.

    A day belongs to the verb before it, unless a sign or a conjunction stands between or nothing
    but the subject follows: "On Tuesday the army took A" and "the army on Tuesday took A" date the
    verb behind it.
    """
    items = clauses.items
    verbs = clauses.predicates()
    found: dict[int, list[int]] = {verb: [] for verb in verbs}
    for number, item in enumerate(items):
        if item.kind != "days":
            continue
        before = max((verb for verb in verbs if verb < number), default=None)
        behind = min((verb for verb in verbs if verb > number), default=None)
        inside = behind is not None and clauses.group(behind).first <= number
        leads = before is None or inside or _leads(items, before, number, behind)
        owner = behind if leads else before
        if owner is None:
            owner = before
        if owner is not None:
            found[owner].append(number)
    return found


def _leads(items: Sequence[Item], before: int, number: int, behind: int | None) -> bool:
    """Whether a day belongs to the verb behind it."""
    if behind is None:
        return False
    for at in range(number - 1, before, -1):
        low = items[at].low
        if items[at].kind == "word" and (low in SIGNS | {":", '"', "“"} or low in _OPENS):
            return True
        if low == "that":
            return True
        if low in {"and", ",", "but", "while"} and at == number - 1:
            # ", and on Tuesday the army …": a day opens what follows if a subject comes next.
            later = items[number + 1 : behind]
            if "that" in [item.low for item in later[:2]]:
                return False
            acts = any(item.kind in {"side", "force", "pronoun"} for item in later)
            return acts and not any(item.low in {"and", "but"} for item in later)
    # "… and the army on Tuesday took B": the subject stands between the verb and the day.
    last = items[number - 1]
    acts = last.kind in {"side", "force"} and is_verb(items[number + 1])
    return (acts and items[before].kind != "speech") or (
        acts and items[before].kind == "speech" and items[number + 1].kind == "event"
    )


def _days_by_name(
    items: Sequence[Item], own: Sequence[int], names: Sequence[int], verb: int
) -> list[DaysSaid | None]:
    """Give each name of a list its days: "A on Tuesday and B on Wednesday"."""
    said = [number for number in own if items[number].days is not None]
    if not said:
        return [None] * len(names)
    behind = [number for number in said if number > verb]
    if len(behind) == 1 or not behind or len(names) == 1 or behind[0] < names[0]:
        one = _nearest(said, verb, names)
        return [items[one].days] * len(names)
    return [items[next((n for n in behind if n > name), behind[-1])].days for name in names]


def _nearest(said: Sequence[int], verb: int, names: Sequence[int]) -> int:
    """Prefer the day nearest behind the verb and its names, else the one before."""
    last = max([verb, *names])
    behind = [number for number in said if number > verb]
    return min(behind, key=lambda n: abs(n - last)) if behind else said[-1]


def _leading_verb(items: Sequence[Item], at: int) -> int | None:
    """Give the verb on whose days a form in -ing follows: "advanced on Sunday, taking A"."""
    verb = items[at].verb
    before = [n for n in range(at) if is_verb(items[n])]
    if verb is None or not before or verb.form not in {"ing", "base", "base/pp"}:
        return None
    last = items[before[-1]]
    if verb.form == "ing" and items[at - 1].low in {",", "and"} and last.kind == "event":
        return before[-1]
    between = {item.low for item in items[before[-1] + 1 : at]}
    managed = last.kind == "verb" and bool(between & {"to", "in"}) and not between & {",", "and"}
    return before[-1] if managed else None


def _bound(days: DaysSaid) -> DaysSaid:
    """Make days an upper bound: they are those of somebody's word."""
    return days._replace(first=None, precision="by")


def verb_days(
    items: Sequence[Item], owned: Mapping[int, Sequence[int]], at: int, names: Sequence[int]
) -> list[DaysSaid | None]:
    """Give the days of what a verb or noun tells, for each of its places (at least one value).

    They are its own, else those that open the sentence, else, as an upper bound, those of
    somebody's word on it.
    """
    own = owned.get(at, ())
    each = list(names) or [at]
    if own:
        return _days_by_name(items, own, each, at)
    led = _leading_verb(items, at)
    if led is not None and owned.get(led):
        return _days_by_name(items, owned[led], each, led)
    opening = next((n for n, item in enumerate(items[:4]) if item.kind == "days"), None)
    if opening is not None and not any(is_verb(item) for item in items[:opening]):
        speech = next((i for i in items if is_verb(i)), None)
        if speech is not None and speech.kind != "speech":
            return [items[opening].days] * len(each)
    words = [n for verb, said in owned.items() if items[verb].kind == "speech" for n in said]
    if words:
        days = items[min(words, key=lambda n: abs(n - at))].days
        return [_bound(days) if days is not None else None] * len(each)
    return [None] * len(each)
