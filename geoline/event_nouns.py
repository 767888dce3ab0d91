"""Events told by nouns, and states: "the capture of X", "X is in A's hands", "clashes near X"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoline.clauses import Subject, VerbGroup, is_verb
from geoline.event_days import verb_days
from geoline.frame import Frame
from geoline.frame_words import EVENT_NOUNS
from geoline.mood import mood_of
from geoline.place_lists import places_in
from geoline.sides_said import side_said
from geoline.subject_places import clause_places
from geoline.word_classes import (
    ADVERBS,
    AUXILIARIES,
    CLASHES,
    COORDINATORS,
    SIGNS,
    STRIKES,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.clauses import Clauses
    from geoline.report_days import DaysSaid

__all__ = ["noun_frames"]

_MODALS = word_set("would will could may might should can")
# Before "the capture of X" these make it an aim.
_AIMS = word_set(
    "before aim aims aimed aiming attempt attempts plan plans bid seek seeks sought prevent "
    "prevented expected possible potential future for towards toward battle fight eventual failed "
    "considering considers discussing weighing contemplating regard regards regarded consider "
    "imminent next goal despite facilitate likely until "
    "threatened threatens ahead ease"
)
_ANNOUNCED = word_set("announced announces announcing declared declares confirmed confirms said "
                      "reported hailed celebrated completed claimed")  # fmt: skip
_HOURS = word_set("dusk dawn noon midday midnight nightfall sunset daybreak evening night")
_IMMINENT = frozenset({"matter", "question", "imminent", "inevitable", "near"})
_LEADS = word_set("to in with after following since completed resulted led")
_LED = word_set("led leads leading resulted resulting culminated ended enabled")
_WHERE = word_set("in near around outside at inside on between")
_GRIPS = frozenset({"control", "hands", "grip", "possession"})
_LASTING = word_set("still remain remains remained since had been stays stay held firmly "
                    "for not until once before")  # fmt: skip


_ITS = frozenset({"its", "their", "whose"})
_FIGHTING = CLASHES | STRIKES
_ENDS = SIGNS | {",", "but"}
_COMMAS = SIGNS | {","}


def noun_frames(text: str, clauses: Clauses, owned: Mapping[int, Sequence[int]]) -> list[Frame]:
    """Find the events that a sentence tells by nouns, and the states that amount to one."""
    said = _Said(text, clauses, owned)
    found: list[Frame] = []
    for at, item in enumerate(clauses.items):
        if (item.kind == "held" and item.value) or _owns(clauses, at):
            found += _now_held(said, at)
        elif item.kind == "word" or item.low in _FIGHTING | {"that"}:
            found += _of_word(said, at)
    return found


class _Said(NamedTuple):
    """A sentence, its clauses, and for each verb the items that say its days."""

    text: str
    clauses: Clauses
    owned: Mapping[int, Sequence[int]]


def _of_word(said: _Said, at: int) -> list[Frame]:
    """Give what a noun, or "under" and "in", tell."""
    clauses = said.clauses
    low = clauses.low(at)
    noun, of = _noun_of(clauses, at)
    if noun in EVENT_NOUNS and clauses.low(of) in {"of", "over", "into"}:
        return _of_noun(said, at, of, noun)
    if low in EVENT_NOUNS and (clauses.low(at - 1) in _ITS or _of_place(clauses, at)):
        return _its_noun(said, at)
    if low in _FIGHTING and clauses.kind(at) == "word":
        return _located(said, at)
    return _held(said, at) if low in {"under", "in"} else []


def _noun_of(clauses: Clauses, at: int) -> tuple[str, int]:
    """Give the noun that a word means, and the number of its "of": over a day, or "by A"."""
    low = clauses.low(at)
    of = at + 1 + (clauses.kind(at + 1) == "days")
    if low in EVENT_NOUNS and clauses.low(of) == "by":
        near = range(of + 1, min(len(clauses.items), of + 8))
        of = next((n for n in near if clauses.low(n) == "of"), of)  # "capture by A of X"
    if low == "that" and clauses.low(at + 1) == "of":
        back = (clauses.low(n) for n in range(at - 1, -1, -1))
        low = next((word for word in back if word in EVENT_NOUNS), "")
    return low, of


def _group(at: int) -> VerbGroup:
    return VerbGroup(at, at, (), passive=False, infinitive=False)


def _of_noun(said: _Said, at: int, of: int, noun: str) -> list[Frame]:
    """Read "the capture of X by A", "A's seizure of X", "led to their control of X"."""
    text, clauses, owned = said
    places = places_in(clauses.items, of + 1)
    before = [clauses.low(n) for n in range(max(0, at - 6), at)]
    owner = _owner(clauses, at)
    if noun == "control" and not (owner and _LEADS & set(before)):
        return []
    if not (places.names or places.means) or places.road >= 0:
        return []
    to = noun == "loss" and clauses.low(places.end) == "to"
    event = "captured" if to else EVENT_NOUNS[noun]
    frame = Frame(event, at, mood_of(text, clauses.items, _group(at)))
    if frame.mood == "asserted" and _planned(clauses, before, places.end):
        frame.mood = "foreseen"
    verb = next((n for n in range(at - 1, max(-1, at - 7), -1) if is_verb(clauses.items[n])), at)
    announced = bool(_ANNOUNCED & ({clauses.low(verb)} | set(before[-2:])))
    if to:
        owner = _doer(clauses, at, "fall", announced=False)
    elif not owner or not owner[0]:
        owner = (
            _doer(clauses, at, noun, announced=announced) if owner is None else _main(clauses, at)
        )
    frame.side, frame.side_means = owner
    frame.places = [clauses.items[n] for n in places.names]
    frame.means, frame.partly = places.means, places.partly
    if frame.partly and frame.event in {"captured", "recaptured"}:
        frame.event = "entered"
    days = _days(clauses, owned, at, places.names)
    if clauses.kind(at - 1) == "days":
        days = [clauses.items[at - 1].days] * max(1, len(places.names))
    elif announced:
        days = [d and d._replace(first=None, precision="by") for d in days]
    frame.days = days
    if frame.event == "lost" and not frame.side:
        frame.event, frame.side_means = "captured", "agent"  # "hastened by the loss of X"
        return [] if announced or frame.mood != "asserted" else [frame]
    return [frame]


def _planned(clauses: Clauses, before: Sequence[str], end: int) -> bool:
    """Whether the words around a noun and its places say that it has not happened."""
    behind = [clauses.low(n) for n in range(end, end + 7)]
    open_ = _MODALS & {*before, *behind[:4]} or _AIMS & set(before) or _IMMINENT & set(behind)
    return bool(open_)


def _of_place(clauses: Clauses, at: int) -> bool:
    """Whether the name of a place with an s stands before a noun: "Saraqib's fall"."""
    if not at or clauses.kind(at - 1) != "name":
        return False
    return clauses.items[at - 1].text.endswith(("'s", "’s"))


def _its_noun(said: _Said, at: int) -> list[Frame]:
    """Read "its capture by the army", "after their fall to A", "X's fall"."""
    text, clauses, owned = said
    agent = clauses.agent(at, 4)
    noun = clauses.low(at)
    to = noun in {"fall", "loss"} and clauses.low(at + 1) == "to"
    named = [at - 1] if _of_place(clauses, at) else []
    if not (agent.kind or to or named) or noun == "control":
        return []
    event = "captured" if noun == "loss" else EVENT_NOUNS[noun]
    frame = Frame(event, at, mood_of(text, clauses.items, _group(at)))
    if frame.mood == "asserted" and _AIMS & {clauses.low(n) for n in range(max(0, at - 6), at)}:
        frame.mood = "foreseen"
    frame.side, frame.side_means = _doer(clauses, at, "fall" if to else noun, announced=False)
    frame.places = [clauses.items[n] for n in named]
    frame.means = "" if named else "one" if clauses.low(at - 1) == "its" else "many"
    frame.days = _days(clauses, owned, at, named)
    later = {clauses.low(n) for n in range(at + 1, at + 4)}
    if frame.mood == "asserted" and _MODALS & later:
        frame.mood = "foreseen"
    if frame.event == "lost" or (noun == "loss" and not frame.side):
        frame.event, frame.side, frame.side_means = "captured", "", "agent"
    return [frame]


def _days(
    clauses: Clauses, owned: Mapping[int, Sequence[int]], at: int, names: Sequence[int]
) -> list[DaysSaid | None]:
    """Give the days said right behind a noun and its places, else those of the verb before it."""
    for number in range(at, len(clauses.items)):
        item = clauses.items[number]
        if item.kind == "days":
            return [item.days] * max(1, len(names))
        if is_verb(item) or (item.low in _COMMAS and item.kind == "word"):
            break
    verb = next((n for n in range(at - 1, max(-1, at - 7), -1) if is_verb(clauses.items[n])), at)
    return verb_days(clauses.items, owned, verb, names)


def _owner(clauses: Clauses, at: int) -> tuple[str, str] | None:
    """Give the side of "the army's capture", "its capture"; None if there is none."""
    for number in range(at - 1, max(-1, at - 4), -1):
        item = clauses.items[number]
        if item.kind == "side":
            return item.value, ""
        if item.low in {"its", "their", "his"}:
            return side_said(clauses, Subject("pronoun", number))
        if item.kind != "word" or item.low in COORDINATORS | {"the", "of", "to"}:
            return None
    return None


def _doer(clauses: Clauses, at: int, noun: str, *, announced: bool) -> tuple[str, str]:
    """Give the side behind "by" ("to" after "the fall of X"), else who announced it."""
    agent = clauses.agent(at)
    if agent.kind and noun != "fall":
        return side_said(clauses, agent)
    if noun == "fall":
        return _fallen_to(clauses, at)
    verb = next((n for n in range(at - 1, max(-1, at - 7), -1) if is_verb(clauses.items[n])), None)
    if verb is not None and (announced or noun == "loss" or clauses.low(verb) in _LED):
        subject = clauses.subject(clauses.group(verb))
        side = side_said(clauses, subject)
        own = _commander(clauses, subject.at) if announced and not side[0] else ""
        return (own, "") if own else side if side[0] else ("", "agent")
    main = ("", "other") if noun == "loss" else _main(clauses, at)
    if main[0] or verb is None or noun == "loss":
        return main
    # "The infantry followed up Saturday's capture of X".
    side = side_said(clauses, clauses.subject(clauses.group(verb)))
    return side if side[0] else main


def _fallen_to(clauses: Clauses, at: int) -> tuple[str, str]:
    for number in range(at, min(len(clauses.items), at + 10)):
        if clauses.low(number) == "to":
            for later in range(number + 1, min(len(clauses.items), number + 5)):
                if clauses.kind(later) == "side":
                    return clauses.items[later].value, ""
    return "", "agent"


def _commander(clauses: Clauses, at: int) -> str:
    """Give the side of "the army's general command", which announces what its own took."""
    if clauses.low(at) not in {"command", "leadership"}:
        return ""
    near = (clauses.items[n] for n in range(at - 1, max(-1, at - 4), -1))
    return next((item.value for item in near if item.kind == "side"), "")


def _main(clauses: Clauses, at: int) -> tuple[str, str]:
    """Give the side that acts in what follows: "With the capture of X, the army …"."""
    for number in range(at, len(clauses.items)):
        item = clauses.items[number]
        if item.kind == "side" and item.acts and clauses.governor(number) is None:
            return item.value, ""
    return "", "agent"


def _held(said: _Said, at: int) -> list[Frame]:
    """Read "X is now under A's control", "X is back in A's hands", "A is in full control of X"."""
    text, clauses, owned = said
    window = [clauses.low(n) for n in range(at + 1, min(len(clauses.items), at + 8))]
    grip = next((n for n, low in enumerate(window) if low in _GRIPS), None)
    if grip is None or any(is_verb(i) for i in clauses.items[at + 1 : at + 1 + grip]):
        return []
    first = at
    while (
        first > 0
        and clauses.kind(first - 1) == "word"
        and (clauses.low(first - 1) in AUXILIARIES | _NOWS | ADVERBS | {"all", "both"})
    ):
        first -= 1
    words = {clauses.low(n) for n in range(first, at)}
    back = clauses.low(first - 1) != "with" and words & _AGAIN and _with(clauses, first)
    headline = not any(is_verb(item) for item in clauses.items) and (
        {*words, clauses.low(at + 2 + grip)} & _AGAIN
    )
    until = any(
        (item.days is not None and item.days.precision == "by")
        or (item.low in {"by", "before"} and clauses.low(n + 1) in _HOURS)
        for n, item in enumerate(clauses.items)
    )
    again = words & {"was", "were"} and (words & {"back", "again"} or until)
    if not (words & {"is", "are", "'s"} or back or headline or again) or _LASTING & words:
        return []
    end = at + 1 + grip
    group = VerbGroup(first, at, tuple(sorted(words)), passive=False, infinitive=False)
    frame = Frame("captured", at, mood_of(text, clauses.items, group), tense="perfect")
    if clauses.low(at) == "in" and window[grip] == "control":
        full = {"full", "complete", "total", "sole"} & set(window[:grip]) or _NOWS & words
        places = places_in(clauses.items, end + 2)
        side = side_said(clauses, clauses.subject(group))
        if not full or clauses.low(end + 1) not in {"of", "over"}:
            return []
    else:
        places = clause_places(clauses, first)
        if not places:
            subject = clauses.subject(group)
            if subject.kind == "pronoun" and clauses.low(subject.at) == "it":
                places.means, places.means_at = "one", subject.at
        side = next(
            (
                side_said(clauses, Subject("side", n), possessive=True)
                for n in range(at + 1, min(len(clauses.items), end + 8))
                if clauses.kind(n) == "side"
            ),
            ("", ""),
        )
        if not side[0] or places.partly:
            return []
    frame.side, frame.side_means = side
    frame.places = [clauses.items[n] for n in places.names]
    frame.means = "" if frame.places else places.means
    frame.means_at = places.means_at
    frame.days = _days(clauses, owned, at, places.names)
    return [frame] if frame.places or frame.means else []


def _owns(clauses: Clauses, at: int) -> bool:
    """Whether a side's name is a predicate: "X is now the army's"."""
    item = clauses.items[at]
    ends = clauses.low(at + 1) in _COMMAS | {"", "and", "once", "again"}
    return item.kind == "side" and item.possessive and ends


def _now_held(said: _Said, at: int) -> list[Frame]:
    """Read "X is now rebel-held", "X is the army's"."""
    text, clauses, owned = said
    first = at
    while first and clauses.low(first - 1) in _NOWS | {"the", "already", "more"}:
        first -= 1
    now = {clauses.low(n) for n in range(first, at)} & _NOWS
    if clauses.low(first - 1) not in {"is", "are"} or not (now or _owns(clauses, at)):
        return []
    places = clause_places(clauses, first - 1)
    group = VerbGroup(first - 1, at, ("is",), passive=False, infinitive=False)
    frame = Frame("captured", at, mood_of(text, clauses.items, group), tense="perfect")
    frame.side = clauses.items[at].value
    frame.places = [clauses.items[n] for n in places.names]
    frame.days = verb_days(clauses.items, owned, at, places.names)
    return [frame] if frame.places else []


_AGAIN = frozenset({"now", "again", "back"})


def _with(clauses: Clauses, at: int) -> bool:
    """Whether "with" opens a clause without a verb: "with X and Y again under its control"."""
    for number in range(at - 1, max(-1, at - 14), -1):
        if is_verb(clauses.items[number]):
            return False
        if clauses.low(number) == "with":
            return True
    return False


_NOWS = word_set("wholly safely now back again completely fully entirely today once meanwhile")


def _located(said: _Said, at: int) -> list[Frame]:
    """Read "clashes near X", "airstrikes on X"."""
    text, clauses, owned = said
    event = "clash" if clauses.low(at) in CLASHES else "strike"
    frame = Frame(event, at, mood_of(text, clauses.items, _group(at)))
    sides: list[str] = []
    places = None
    for number in range(at + 1, min(len(clauses.items), at + 14)):
        item = clauses.items[number]
        if item.kind == "side":
            sides.append(item.value)
        if item.low in _ENDS:
            break
        strikes = item.verb is not None and item.verb.event == "strike" and event == "strike"
        if strikes or (item.kind == "word" and item.low in _WHERE):
            places = places_in(clauses.items, number + 1)
            if places.names:
                break
        elif is_verb(item):
            break
    if places is None or not places.names:
        return []
    if at and clauses.kind(at - 1) == "side":
        sides.insert(0, clauses.items[at - 1].value)
    frame.places = [clauses.items[n] for n in places.names]
    frame.side, frame.other = (sides[0] if sides else ""), (sides[1] if len(sides) > 1 else "")
    frame.days = verb_days(clauses.items, owned, at, places.names)
    return [frame]
