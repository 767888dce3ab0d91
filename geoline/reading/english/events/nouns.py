"""Events told by nouns, and states: "the capture of X", "X is in A's hands", "clashes near X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.events.event_days import verb_days
from geoline.reading.english.events.states import (
    SentenceParts,
    bare_group,
    noun_days,
    owns,
    possession_events,
    state_events,
)
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.sentence.clauses import Subject, is_verb
from geoline.reading.english.sentence.mood import mood_of
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.words.event_verbs import EVENT_NOUNS
from geoline.reading.english.words.word_classes import (
    CLASHES,
    COORDINATORS,
    POSSESSIVES,
    SIGNS,
    STRIKES,
    word_set,
)
from geoline.reading.shared.told_event import TAKEN, ToldEvent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.reading.english.sentence.clauses import Clauses

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
_IMMINENT = frozenset({"matter", "question", "imminent", "inevitable"})
_LEADS = word_set("to in with after following since completed resulted led")
_LED = word_set("led leads leading resulted resulting culminated ended enabled")
_WHERE = word_set("in near around outside at inside on between")


_FIGHTING = CLASHES | STRIKES
_ENDS = SIGNS | {",", "but"}


def noun_frames(text: str, clauses: Clauses, owned: Mapping[int, Sequence[int]]) -> list[ToldEvent]:
    """Find the events that a sentence tells by nouns, and the states that amount to one."""
    said = SentenceParts(text, clauses, owned)
    found: list[ToldEvent] = []
    for at, item in enumerate(clauses.items):
        if (item.kind == "held" and item.value) or (item.kind == "side" and owns(clauses, at)):
            found += possession_events(said, at)
        elif item.kind == "word" or item.low in _FIGHTING | {"that"}:
            found += _of_word(said, at)
    return found


def _of_word(said: SentenceParts, at: int) -> list[ToldEvent]:
    """Give what a noun, or "under" and "in", tell."""
    clauses = said.clauses
    low = clauses.low(at)
    if low == "expulsion" and clauses.low(at + 1) == "from":
        return _expelled(said, at)
    noun, of = _noun_of(clauses, at)
    if noun in EVENT_NOUNS and clauses.low(of) in {"of", "over", "into"}:
        return _of_noun(said, at, of, noun)
    if low in EVENT_NOUNS and (clauses.low(at - 1) in POSSESSIVES or _of_place(clauses, at)):
        return _its_noun(said, at)
    if low in _FIGHTING and clauses.kind(at) == "word":
        return _located(said, at)
    return state_events(said, at) if low in {"under", "in"} else []


def _expelled(said: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "the rebels' expulsion from X", "the expulsion of A from X"."""
    text, clauses, owned = said
    places = places_in(clauses.items, at + 2)
    owner = _owner(clauses, at)
    if owner is None or not owner[0] or not places.names:
        return []
    frame = ToldEvent(
        "captured", at, mood_of(text, clauses.items, bare_group(at)), side_means="rival"
    )
    frame.other = owner[0]
    frame.places = [clauses.items[n] for n in places.names]
    frame.days = noun_days(clauses, owned, at, places.names)
    return [frame]


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


def _of_noun(said: SentenceParts, at: int, of: int, noun: str) -> list[ToldEvent]:
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
    frame = ToldEvent(event, at, mood_of(text, clauses.items, bare_group(at)), tense="named")
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
    if frame.partly and frame.event in TAKEN:
        frame.event = "entered"
    days = noun_days(clauses, owned, at, places.names)
    dated = next((n for n in (at - 1, at - 2) if clauses.kind(n) == "days"), None)
    if dated is not None:
        days = [clauses.items[dated].days] * max(1, len(places.names))
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


def _its_noun(said: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "its capture by the army", "after their fall to A", "X's fall"."""
    text, clauses, owned = said
    agent = clauses.agent(at, 4)
    noun = clauses.low(at)
    to = noun in {"fall", "loss"} and clauses.low(at + 1) == "to"
    named = [at - 1] if _of_place(clauses, at) else []
    if not (agent.kind or to or named) or noun == "control":
        return []
    event = "captured" if noun == "loss" else EVENT_NOUNS[noun]
    frame = ToldEvent(event, at, mood_of(text, clauses.items, bare_group(at)))
    if frame.mood == "asserted" and _AIMS & {clauses.low(n) for n in range(max(0, at - 6), at)}:
        frame.mood = "foreseen"
    frame.side, frame.side_means = _doer(clauses, at, "fall" if to else noun, announced=False)
    frame.places = [clauses.items[n] for n in named]
    frame.means = "" if named else "one" if clauses.low(at - 1) == "its" else "many"
    frame.days = noun_days(clauses, owned, at, named)
    later = {clauses.low(n) for n in range(at + 1, at + 4)}
    if frame.mood == "asserted" and _MODALS & later:
        frame.mood = "foreseen"
    if frame.event == "lost" or (noun == "loss" and not frame.side):
        frame.event, frame.side, frame.side_means = "captured", "", "agent"
    return [frame]


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


def _located(said: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "clashes near X", "airstrikes on X"."""
    text, clauses, owned = said
    event = "clash" if clauses.low(at) in CLASHES else "strike"
    frame = ToldEvent(event, at, mood_of(text, clauses.items, bare_group(at)))
    sides: list[str] = []
    places, verb = None, at
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
            if item.kind != "verb" or number > at + 1:
                break
            verb = number  # "clashes broke out near X"
    if places is None or not places.names:
        return []
    if at and clauses.kind(at - 1) == "side":
        sides.insert(0, clauses.items[at - 1].value)
    frame.places = [clauses.items[n] for n in places.names]
    frame.side, frame.other = (sides[0] if sides else ""), (sides[1] if len(sides) > 1 else "")
    frame.days = verb_days(clauses.items, owned, verb, places.names)
    return [frame]
