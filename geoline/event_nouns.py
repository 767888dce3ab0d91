"""Events told by nouns, and states: "the capture of X", "X is in A's hands", "clashes near X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    "regard regards regarded considers consider imminent next goal despite facilitate likely until "
    "threatened threatens ahead ease"
)
_ANNOUNCED = word_set("announced announces announcing declared declares confirmed confirms said "
                      "reported hailed celebrated completed claimed")  # fmt: skip
_LEADS = word_set("to in with after following since completed resulted led")
_LED = word_set("led leads leading resulted resulting culminated ended enabled")
_WHERE = word_set("in near around outside at inside on between")
_GRIPS = frozenset({"control", "hands", "grip", "possession"})
_LASTING = word_set("still remain remains remained since had been stays stay held was were firmly "
                    "for not until once before")  # fmt: skip


_ITS = frozenset({"its", "their", "whose"})
_FIGHTING = CLASHES | STRIKES
_ENDS = SIGNS | {",", "but"}
_COMMAS = SIGNS | {","}


def noun_frames(text: str, clauses: Clauses, owned: Mapping[int, Sequence[int]]) -> list[Frame]:
    """Find the events that a sentence tells by nouns, and the states that amount to one."""
    found: list[Frame] = []
    for at, item in enumerate(clauses.items):
        if item.kind != "word" and item.low not in _FIGHTING:
            continue
        if item.low in EVENT_NOUNS and clauses.low(at + 1) in {"of", "over", "into"}:
            found += _of_noun(text, clauses, owned, at)
        elif item.low in EVENT_NOUNS and clauses.low(at - 1) in _ITS:
            found += _its_noun(text, clauses, owned, at)
        elif item.low in _FIGHTING and item.kind == "word":
            found += _located(text, clauses, owned, at)
        elif item.low in {"under", "in"} and item.kind == "word":
            found += _held(text, clauses, owned, at)
    return found


def _group(at: int) -> VerbGroup:
    return VerbGroup(at, at, (), passive=False, infinitive=False)


def _of_noun(
    text: str, clauses: Clauses, owned: Mapping[int, Sequence[int]], at: int
) -> list[Frame]:
    """Read "the capture of X by A", "A's seizure of X", "led to their control of X"."""
    noun = clauses.low(at)
    places = places_in(clauses.items, at + 2)
    before = [clauses.low(n) for n in range(max(0, at - 6), at)]
    owner = _owner(clauses, at)
    if noun == "control" and not (owner and _LEADS & set(before)):
        return []
    if not (places.names or places.means) or places.road >= 0:
        return []
    frame = Frame(EVENT_NOUNS[noun], at, mood_of(text, clauses.items, _group(at)))
    later = {clauses.low(n) for n in range(places.end, places.end + 4)}
    if frame.mood == "asserted" and (_MODALS & later or _AIMS & set(before)):
        frame.mood = "foreseen"
    announced = bool(_ANNOUNCED & set(before))
    if not owner or not owner[0]:
        owner = (
            _doer(clauses, at, noun, announced=announced) if owner is None else _main(clauses, at)
        )
    frame.side, frame.side_means = owner
    frame.places = [clauses.items[n] for n in places.names]
    frame.means, frame.partly = places.means, places.partly
    if frame.partly and frame.event in {"captured", "recaptured"}:
        frame.event = "entered"
    days = _days(clauses, owned, at, places.names)
    if announced:
        days = [d and d._replace(first=None, precision="by") for d in days]
    frame.days = days
    if frame.event == "lost" and not frame.side:
        if not announced and frame.mood == "asserted":
            frame.event, frame.side_means = "captured", "agent"  # "hastened by the loss of X"
            return [frame]
        return []
    return [frame]


def _its_noun(
    text: str, clauses: Clauses, owned: Mapping[int, Sequence[int]], at: int
) -> list[Frame]:
    """Read "its capture by the army", "after their fall to A"."""
    agent = clauses.agent(at, 4)
    noun = clauses.low(at)
    to = noun in {"fall", "loss"} and clauses.low(at + 1) == "to"
    if not agent.kind and not to:
        return []
    event = "captured" if noun == "loss" else EVENT_NOUNS[noun]
    frame = Frame(event, at, mood_of(text, clauses.items, _group(at)))
    if frame.mood == "asserted" and _AIMS & {clauses.low(n) for n in range(max(0, at - 6), at)}:
        frame.mood = "foreseen"
    frame.side, frame.side_means = _doer(clauses, at, "fall" if to else noun, announced=False)
    frame.means = "one" if clauses.low(at - 1) == "its" else "many"
    frame.days = _days(clauses, owned, at, [])
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
        for number in range(at, min(len(clauses.items), at + 10)):
            if clauses.low(number) == "to":
                for later in range(number + 1, min(len(clauses.items), number + 5)):
                    if clauses.kind(later) == "side":
                        return clauses.items[later].value, ""
        return "", "agent"
    verb = next((n for n in range(at - 1, max(-1, at - 7), -1) if is_verb(clauses.items[n])), None)
    if verb is not None and (announced or noun == "loss" or clauses.low(verb) in _LED):
        subject = clauses.subject(clauses.group(verb))
        side = side_said(clauses, subject)
        own = _commander(clauses, subject.at) if announced and not side[0] else ""
        return (own, "") if own else side if side[0] else ("", "agent")
    if noun == "loss":
        return "", "other"
    return _main(clauses, at)


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


def _held(text: str, clauses: Clauses, owned: Mapping[int, Sequence[int]], at: int) -> list[Frame]:
    """Read "X is now under A's control", "X is back in A's hands", "A is in full control of X"."""
    window = [clauses.low(n) for n in range(at + 1, min(len(clauses.items), at + 8))]
    grip = next((n for n, low in enumerate(window) if low in _GRIPS), None)
    if grip is None or any(is_verb(i) for i in clauses.items[at + 1 : at + 1 + grip]):
        return []
    first = at
    while (
        first > 0
        and clauses.kind(first - 1) == "word"
        and (clauses.low(first - 1) in AUXILIARIES | _NOWS | ADVERBS)
    ):
        first -= 1
    words = {clauses.low(n) for n in range(first, at)}
    if not words & {"is", "are", "'s"} or _LASTING & words:
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
    frame.days = verb_days(clauses.items, owned, at, places.names)
    return [frame] if frame.places or frame.means else []


_NOWS = word_set("wholly safely now back again completely fully entirely today once meanwhile")


def _located(
    text: str, clauses: Clauses, owned: Mapping[int, Sequence[int]], at: int
) -> list[Frame]:
    """Read "clashes near X", "airstrikes on X"."""
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
