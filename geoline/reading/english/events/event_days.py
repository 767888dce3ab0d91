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
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import DaysSaid, Item

__all__ = ["acting_days", "begun", "owners", "verb_days"]

_WORDS = word_sets("events", "event_days")

# What is told without days may be of those told just before, if these are no more than so long.
LONGEST_SCENE = timedelta(days=10)
_GROUP = AUXILIARIES | ADVERBS
_WHICH = frozenset({"which", "where", "who", "whose"})
_STATES = _WORDS["states"]
_BACKGROUND = RELATIVES | frozenset({"after", "before", "since", "that"})
_OPENS = SUBORDINATORS - _WORDS["not_opens"]
_OPENING = SIGNS | {":", '"', "“"} | _OPENS
_ROW_ENDS = SIGNS | _WORDS["row_ends"]


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
        owner = _owner(clauses, verbs, number) if item.kind == "days" else None
        if owner is not None:
            found[owner].append(number)
    return found


def _owner(clauses: Clauses, verbs: Sequence[int], number: int) -> int | None:
    """Give the verb that a day belongs to, None if none."""
    items = clauses.items
    before = max((verb for verb in verbs if verb < number), default=None)
    if before is not None and _in_relative(items, before, number):
        return None
    if before is not None and items[number - 1].low == ",":
        before = _over_relative(items, verbs, before)
    behind = _verb_behind(items, verbs, number)
    if behind is not None and _belongs_behind(clauses, before, number, behind):
        return behind
    return None if before is None or _parted(items, before, number) else before


def _verb_behind(items: Sequence[Item], verbs: Sequence[int], number: int) -> int | None:
    """Give the first verb behind a day that is not that of ", he said,"."""
    later = (verb for verb in verbs if verb > number)
    return next((verb for verb in later if not _interjected(items, number, verb)), None)


def _belongs_behind(clauses: Clauses, before: int | None, number: int, behind: int) -> bool:
    if before is None:
        return True
    since = clauses.items[number].text.lower().startswith("since")
    if since and clauses.low(number - 1) != "," and clauses.kind(before) == "event":
        return False  # "the villages taken since Monday rose to five"
    if clauses.group(behind).first <= number:
        return True
    return _leads(clauses.items, before, number, behind)


def acting_days(
    clauses: Clauses, owned: Mapping[int, Sequence[int]]
) -> tuple[int, DaysSaid] | None:
    """Give the first verb of a sentence that tells what was done on some days, and the days.

    Verbs of saying, what had been done before, asides and what lasted long are passed over.
    """
    for verb, numbers in owned.items():
        if not _acts(clauses, verb):
            continue
        for number in numbers:
            days = clauses.items[number].days
            if days is not None and _is_scene(days):
                return verb, days
    said = [item.days for item in clauses.items if _is_scene(item.days)]
    stated = len(said) == 1 and not any(is_verb(item) for item in clauses.items)
    return (0, said[0]) if stated and said[0] is not None else None


def _acts(clauses: Clauses, verb: int) -> bool:
    """Whether a verb tells what was done, and not before, in an aside, or by a word given."""
    group = clauses.group(verb)
    if clauses.kind(verb) == "speech" or clauses.low(group.first - 1) in _BACKGROUND:
        return False
    if "had" in group.words and all(item.kind != "speech" for item in clauses.items[:verb]):
        return False
    return bool(group.words) or not clauses.modifies(verb)


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


def _leads(items: Sequence[Item], before: int, number: int, behind: int) -> bool:
    """Whether a day belongs to the verb behind it."""
    if _opens_clause(items, number):
        return True
    for at in range(number - 1, before, -1):
        low = items[at].low
        if low == "that" or (low in _OPENING and items[at].kind == "word"):
            return True
        if low in {"and", ",", "but", "while"} and at == number - 1:
            return _leads_behind(items, before, number, behind)
    # "… and the army on Tuesday took B": the subject stands between the verb and the day.
    acts = items[number - 1].kind in {"side", "force"} and is_verb(items[number + 1])
    return acts and (items[before].kind != "speech" or items[number + 1].kind == "event")


def _leads_behind(items: Sequence[Item], before: int, number: int, behind: int) -> bool:
    """Whether a day right behind a comma or "and" belongs to what follows."""
    low = items[number - 1].low
    if low == "," and items[number + 1].low == ",":
        # "took A and, on Sunday, entered B"; but "took A, on Sunday, an officer said".
        return items[number - 2].low in {"and", "but"}
    later = items[number + 1 : behind]
    if not later and low in {",", "and"} and items[before].kind == "event":
        return True  # "who had taken A, on Tuesday entered B"
    return _has_subject(later)


def _has_subject(later: Sequence[Item]) -> bool:
    """Whether a subject stands among items, as in ", and on Tuesday the army …"."""
    if "that" in [item.low for item in later[:2]] or any(
        item.low in {"and", "but"} for item in later
    ):
        return False
    return any(item.kind in {"side", "force", "pronoun"} for item in later)


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
    number_of = _days_of_list(items, said, names, verb)
    return [items[number].days for number in number_of]


def _days_of_list(
    items: Sequence[Item], said: Sequence[int], names: Sequence[int], verb: int
) -> list[int]:
    """Give for each name of a list the number of the days that are its own."""
    behind = [number for number in said if number > verb]
    first = max((number for number in said if number < names[0]), default=None)
    if first is not None and _dates_another(items, behind, names):
        return [first] * len(names)  # "on Friday the army took A, and on Sunday …"
    inside = [n for n in said if names[0] < n < names[-1] and n + 1 in names]
    if inside and first is not None:
        # "yesterday the army took A and this afternoon B"
        return [max(n for n in [first, *inside] if n < name) for name in names]
    if len(behind) > 1 and len(names) > 1 and behind[0] > names[0]:
        return [next((n for n in behind if n > name), behind[-1]) for name in names]
    return [_nearest(said, verb, names)] * len(names)


def _dates_another(items: Sequence[Item], behind: Sequence[int], names: Sequence[int]) -> bool:
    """Whether the first day behind a list is that of what "and" joins to it."""
    if not behind or behind[0] < names[-1]:
        return False
    return items[behind[0] - 1].low in {"and", ","}


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
    before = next((n for n in range(at - 1, -1, -1) if is_verb(items[n])), None)
    if verb is None or before is None:
        return None
    if _begins_with(items, at, before):
        return before
    leads = {"ing": _leads_gerund, "base": _manages, "base/pp": _manages}.get(verb.form)
    return before if leads is not None and leads(items, at, before) else None


def _begins_with(items: Sequence[Item], at: int, before: int) -> bool:
    """Whether a participle tells of a name: "It began in August with A, seized after a siege"."""
    verb = items[at].verb
    if verb is None or verb.form not in {"ed", "pp"} or items[before].kind != "verb":
        return False
    return at > 1 and items[at - 1].low == "," and items[at - 2].kind == "name"


def _leads_gerund(items: Sequence[Item], at: int, before: int) -> bool:
    """Whether a verb leads a form in -ing: "took A after entering B", "took A, entering B"."""
    low = items[at - 1].low
    if low in {"after", "by", "upon"}:
        return items[before].kind != "speech"
    if low in {",", "and"} and items[before].kind == "event":
        return True
    return _manages(items, at, before)


def _manages(items: Sequence[Item], at: int, before: int) -> bool:
    """Whether a verb leads an infinitive: "managed on Sunday to take A"."""
    between = {item.low for item in items[before + 1 : at]}
    if items[before].kind != "verb" or between.isdisjoint({"to", "in"}):
        return False
    return between.isdisjoint({",", "and"})


def _shared_day(
    items: Sequence[Item], owned: Mapping[int, Sequence[int]], at: int
) -> DaysSaid | None:
    """Give the day behind the last of some verbs: "took A, entered B and hit C on Sunday"."""
    verb = items[at].verb
    if verb is None or verb.form in {"ing", "base"}:
        return None
    last = at
    for number in range(at + 1, len(items)):
        if _ends_row(items[number]):
            break
        if is_verb(items[number]):
            if items[number - 1].low not in {",", "and", "also", "then"}:
                break
            last = number
    if last == at:
        return None
    return next((items[n].days for n in owned.get(last, ()) if n > last), None)


def _ends_row(item: Item) -> bool:
    """Whether an item ends a row of verbs of one subject."""
    if item.kind in {"side", "speech"}:
        return True
    return item.low in _ROW_ENDS and item.kind in {"word", "pronoun"}


def _joined_day(
    items: Sequence[Item], owned: Mapping[int, Sequence[int]], at: int
) -> DaysSaid | None:
    """Give the day of the verb that "and" joins a verb to: "entered A on Monday and took it"."""
    first = at
    while first and items[first - 1].kind == "word" and items[first - 1].low in _GROUP:
        first -= 1
    joined = first > 0 and items[first - 1].low in {"and", "then"}
    back = range(first - 1, -1, -1) if joined else ()
    before = next((n for n in back if is_verb(items[n])), None)
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
    return [one or _day_besides(items, owned, at)] * len(each)


def _day_besides(
    items: Sequence[Item], owned: Mapping[int, Sequence[int]], at: int
) -> DaysSaid | None:
    """Give the day of the sentence, of the verb before, or of somebody's word."""
    one = _opening_day(items) or _joined_day(items, owned, at)
    return one or _day_of_word(items, owned, at)


def _opening_day(items: Sequence[Item]) -> DaysSaid | None:
    """Give the day that opens a sentence, unless it is that of somebody's word."""
    opening = next((n for n, item in enumerate(items[:4]) if item.kind == "days"), None)
    verbs = [n for n, item in enumerate(items) if is_verb(item)]
    if opening is None or not verbs or verbs[0] < opening:
        return None
    first = _verb_behind(items, verbs, opening)
    told = first is not None and (items[first].kind != "speech" or _announces(items, first))
    return items[opening].days if told else None


def _announces(items: Sequence[Item], at: int) -> bool:
    """Whether a word on what was done tells it: "announced entering X"."""
    verb = items[at + 1].verb if at + 1 < len(items) else None
    return verb is not None and verb.form == "ing"


def _day_of_word(
    items: Sequence[Item], owned: Mapping[int, Sequence[int]], at: int
) -> DaysSaid | None:
    """Give the day of somebody's word, as an upper bound."""
    words = [n for verb, said in owned.items() if items[verb].kind == "speech" for n in said]
    days = items[min(words, key=lambda n: abs(n - at))].days if words else None
    return _bound(days) if days is not None else None
