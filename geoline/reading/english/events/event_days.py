"""Which of the days said in a sentence belongs to which verb, and to which name of a list."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.reading.english.sentence.clauses import is_verb
from geoline.reading.english.words.word_classes import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    RELATIVES,
    SIGNS,
    SUBORDINATORS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import DaysSaid, Item

__all__ = ["acting_days", "begun", "owners", "verb_days"]

# What is told without days may be of those told just before, if these are no more than so long.
LONGEST_SCENE = timedelta(days=10)
_GROUP = AUXILIARIES | ADVERBS
_WHICH = frozenset({"which", "where", "who", "whose"})
_STATES = frozenset({"is", "are", "was", "were", "has", "have", "had"})
_BACKGROUND = RELATIVES | frozenset({"after", "before", "since", "that"})
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
        if before is not None and _in_relative(items, before, number):
            continue
        if before is not None and items[number - 1].low == ",":
            before = _over_relative(items, verbs, before)
        later = [verb for verb in verbs if verb > number]
        while later and _interjected(items, number, later[0]):
            later = later[1:]
        behind = min(later, default=None)
        inside = behind is not None and clauses.group(behind).first <= number
        leads = before is None or inside or _leads(items, before, number, behind)
        owner = behind if leads else before
        if owner is None:
            owner = before
        if owner is not None and owner == before and _parted(items, before, number):
            continue
        if owner is not None:
            found[owner].append(number)
    return found


def acting_days(
    clauses: Clauses, owned: Mapping[int, Sequence[int]]
) -> tuple[int, DaysSaid] | None:
    """Give the first verb of a sentence that tells what was done on some days, and the days.

    Verbs of saying, what had been done before, asides and what lasted long are passed over.
    """
    for verb, numbers in owned.items():
        group = clauses.group(verb)
        before = clauses.low(group.first - 1)
        aside = before in _BACKGROUND or (not group.words and clauses.modifies(verb))
        told = any(item.kind == "speech" for item in clauses.items[:verb])
        if clauses.kind(verb) == "speech" or ("had" in group.words and not told) or aside:
            continue
        for number in numbers:
            days = clauses.items[number].days
            if days is not None and _is_scene(days):
                return verb, days
    said = [item.days for item in clauses.items if _is_scene(item.days)]
    stated = len(said) == 1 and not any(is_verb(item) for item in clauses.items)
    return (0, said[0]) if stated and said[0] is not None else None


def _is_scene(days: DaysSaid | None) -> bool:
    return days is not None and days.first is not None and days.last - days.first <= LONGEST_SCENE


def _interjected(items: Sequence[Item], number: int, verb: int) -> bool:
    """Whether a verb is that of ", he said," behind a day that opens a sentence."""
    closed = verb + 1 < len(items) and items[verb + 1].low == ","
    return items[verb].kind == "speech" and closed and items[number + 1].low == ","


def _over_relative(items: Sequence[Item], verbs: Sequence[int], before: int) -> int:
    """Give the verb that a day belongs to behind a relative clause that a comma closed."""
    earlier = max((verb for verb in verbs if verb < before), default=None)
    if earlier is None:
        return before
    which = any(items[n].low in _WHICH and items[n - 1].low == "," for n in range(earlier, before))
    return earlier if which else before


def _parted(items: Sequence[Item], before: int, number: int) -> bool:
    return any(item.low == ";" for item in items[before:number])


def _in_relative(items: Sequence[Item], before: int, number: int) -> bool:
    """Whether a day stands in a clause like "where a plant has been idle since 2015"."""
    opens = next((n for n in range(number - 1, before, -1) if items[n].low in _WHICH), None)
    if opens is None:
        return False
    state = next((n for n in range(opens, number) if items[n].low in _STATES), None)
    return state is not None and all(item.low != "," for item in items[state:number])


def _leads(items: Sequence[Item], before: int, number: int, behind: int | None) -> bool:
    """Whether a day belongs to the verb behind it."""
    if behind is None or _opens_clause(items, number):
        return behind is not None
    for at in range(number - 1, before, -1):
        low = items[at].low
        signed = low in SIGNS | {":", '"', "“"} or low in _OPENS
        if low == "that" or (signed and items[at].kind == "word"):
            return True
        if low in {"and", ",", "but", "while"} and at == number - 1:
            return _leads_behind(items, before, number, behind)
    # "… and the army on Tuesday took B": the subject stands between the verb and the day.
    last = items[number - 1]
    acts = last.kind in {"side", "force"} and is_verb(items[number + 1])
    return (acts and items[before].kind != "speech") or (
        acts and items[before].kind == "speech" and items[number + 1].kind == "event"
    )


def _leads_behind(items: Sequence[Item], before: int, number: int, behind: int) -> bool:
    """Whether a day right behind a comma or "and" belongs to what follows."""
    low = items[number - 1].low
    if low == "," and items[number + 1].low == ",":
        # "took A and, on Sunday, entered B"; but "took A, on Sunday, an officer said".
        return items[number - 2].low in {"and", "but"}
    later = items[number + 1 : behind]
    if not later and low in {",", "and"} and items[before].kind == "event":
        return True  # "who had taken A, on Tuesday entered B"
    # ", and on Tuesday the army …": a day opens what follows if a subject comes next.
    acts = any(item.kind in {"side", "force", "pronoun"} for item in later)
    joined = any(item.low in {"and", "but"} for item in later)
    return acts and not joined and "that" not in [item.low for item in later[:2]]


def _opens_clause(items: Sequence[Item], number: int) -> bool:
    """Whether a day is that of what follows: "a day after the army took B"."""
    following = items[number + 1]
    acts = following.kind in {"side", "force", "pronoun", "name", "event"}
    opens = acts or following.low in DETERMINERS
    return opens and items[number].text.lower().endswith(" after")


def _days_by_name(
    items: Sequence[Item], own: Sequence[int], names: Sequence[int], verb: int
) -> list[DaysSaid | None]:
    """Give each name of a list its days: "A on Tuesday and B on Wednesday"."""
    said = [number for number in own if items[number].days is not None]
    if not said:
        return [None] * len(names)
    if one_by_one := _respectively(items, said, names):
        return one_by_one
    behind = [number for number in said if number > verb]
    inside = [n for n in said if names[0] < n < names[-1] and n + 1 in names]
    first = [n for n in said if n < names[0]]
    if first and behind and behind[0] > names[-1] and items[behind[0] - 1].low in {"and", ","}:
        return [items[first[-1]].days] * len(names)  # "on Friday the army took A, and on Sunday …"
    if inside and first:
        # "yesterday the army took A and this afternoon B"
        return [items[max(n for n in [first[-1], *inside] if n < name)].days for name in names]
    if len(behind) == 1 or not behind or len(names) == 1 or behind[0] < names[0]:
        one = _nearest(said, verb, names)
        return [items[one].days] * len(names)
    return [items[next((n for n in behind if n > name), behind[-1])].days for name in names]


def _respectively(
    items: Sequence[Item], said: Sequence[int], names: Sequence[int]
) -> list[DaysSaid | None]:
    """Read "A and B on Sunday and on Monday", "A and B on 9 and 10 February respectively"."""
    both = items[said[0]].days
    pair = (len(said), len(names)) == (1, 2) and any(i.low == "respectively" for i in items)
    if pair and both is not None and both.first is not None:
        days = (both.first, both.last)
        return [both._replace(first=day, last=day, precision="day") for day in days]
    listed = len(said) == len(names) > 1 and said[0] > names[-1]
    return [items[number].days for number in said] if listed else []


def _nearest(said: Sequence[int], verb: int, names: Sequence[int]) -> int:
    """Prefer the day nearest behind the verb and its names, else the one before."""
    last = max([verb, *names])
    behind = [number for number in said if number > verb]
    return min(behind, key=lambda n: abs(n - last)) if behind else said[-1]


def _leading_verb(items: Sequence[Item], at: int) -> int | None:
    """Give the verb on whose days a form in -ing follows: "advanced on Sunday, taking A"."""
    verb = items[at].verb
    before = [n for n in range(at) if is_verb(items[n])]
    if verb is None or not before:
        return None
    last = items[before[-1]]
    reduced = items[at - 1].low == "," and at > 1 and items[at - 2].kind == "name"
    if reduced and verb.form in {"ed", "pp"} and last.kind == "verb":
        return before[-1]  # "It began in August with A, seized after a siege"
    if verb.form == "ing" and items[at - 1].low in {"after", "by", "upon"}:
        return before[-1] if last.kind != "speech" else None
    if verb.form not in {"ing", "base", "base/pp"}:
        return None
    if verb.form == "ing" and items[at - 1].low in {",", "and"} and last.kind == "event":
        return before[-1]
    between = {item.low for item in items[before[-1] + 1 : at]}
    managed = last.kind == "verb" and bool(between & {"to", "in"}) and not between & {",", "and"}
    return before[-1] if managed else None


def _shared_day(
    items: Sequence[Item], owned: Mapping[int, Sequence[int]], at: int
) -> DaysSaid | None:
    """Give the day behind the last of some verbs: "took A, entered B and hit C on Sunday"."""
    verb = items[at].verb
    if verb is None or verb.form in {"ing", "base"}:
        return None
    last = at
    for number in range(at + 1, len(items)):
        item = items[number]
        ends = item.low in SIGNS | {"that", "while", "but", "after", "before", "when", "as"}
        if (ends and item.kind in {"word", "pronoun"}) or item.kind in {"side", "speech"}:
            break
        if is_verb(item):
            if items[number - 1].low not in {",", "and", "also", "then"}:
                break
            last = number
    days = [items[n].days for n in owned.get(last, ()) if n > last] if last > at else []
    return days[0] if days else None


def _joined_day(
    items: Sequence[Item], owned: Mapping[int, Sequence[int]], at: int
) -> DaysSaid | None:
    """Give the day of the verb that "and" joins a verb to: "entered A on Monday and took it"."""
    first = at
    while first and items[first - 1].kind == "word" and items[first - 1].low in _GROUP:
        first -= 1
    if not first or items[first - 1].low not in {"and", "then"}:
        return None
    before = next((n for n in range(first - 1, -1, -1) if is_verb(items[n])), None)
    if before is None or items[before].kind == "speech":
        return None
    return next((items[n].days for n in owned.get(before, ())), None)


def _when(items: Sequence[Item], at: int) -> DaysSaid | None:
    """Give the days of "on Tuesday, when the army took A", "since August, when A fell"."""
    for number in range(at - 1, 0, -1):
        if items[number].low in SIGNS or (is_verb(items[number]) and not _aside(items, number)):
            return None
        if items[number].low == "when":
            before = items[number - 1 - (items[number - 1].low == ",")]
            days = before.days
            if days is None or days.first is None:
                return None
            return begun(days, before.text)
    return None


def begun(days: DaysSaid, text: str) -> DaysSaid:
    """Give the day, month or year that "since" a day, a month or a year began with."""
    first = days.first
    if first is None or not text.lower().startswith(("since", "after", "from")):
        return days
    if text.rstrip()[-4:].isdigit() and (first.month, first.day) == (1, 1):
        last = first.replace(month=12, day=31)
    elif first.day == 1 and not any(letter.isdigit() for letter in text):
        last = first.replace(day=monthrange(first.year, first.month)[1])
    else:
        return days._replace(last=first, precision="day")
    return days._replace(last=min(days.last, last))


def _aside(items: Sequence[Item], at: int) -> bool:
    """Whether a verb only tells of the name before it: "A, bombed two years earlier, was taken"."""
    return items[at - 1].low == "," and items[at].low.endswith(("ed", "ing", "en"))


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
    one = _when(items, at)
    if one is None and own:
        return _days_by_name(items, own, each, at)
    one = one or _shared_day(items, owned, at)
    led = _leading_verb(items, at) if one is None else None
    if led is not None and owned.get(led):
        return _days_by_name(items, owned[led], each, led)
    one = one or _opening_day(items) or _joined_day(items, owned, at)
    return [one or _day_of_word(items, owned, at)] * len(each)


def _opening_day(items: Sequence[Item]) -> DaysSaid | None:
    """Give the day that opens a sentence, unless it is that of somebody's word."""
    opening = next((n for n, item in enumerate(items[:4]) if item.kind == "days"), None)
    if opening is None or any(is_verb(item) for item in items[:opening]):
        return None
    verbs = (n for n, item in enumerate(items) if is_verb(item))
    first = next((n for n in verbs if not _interjected(items, opening, n)), None)
    told = first is not None and items[first].kind != "speech"
    return items[opening].days if told else None


def _day_of_word(
    items: Sequence[Item], owned: Mapping[int, Sequence[int]], at: int
) -> DaysSaid | None:
    """Give the day of somebody's word, as an upper bound."""
    words = [n for verb, said in owned.items() if items[verb].kind == "speech" for n in said]
    days = items[min(words, key=lambda n: abs(n - at))].days if words else None
    return _bound(days) if days is not None else None
