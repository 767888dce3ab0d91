"""Events told by nouns: "the capture of X", "its capture by A", "clashes near X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.events.event_days import verb_days
from geoline.reading.english.events.parts import bare_group, event_of, noun_days
from geoline.reading.english.places.place_list import is_plain
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.sentence.clauses import Subject, is_verb
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.words.event_verbs import EVENT_NOUNS
from geoline.reading.english.words.word_classes import (
    ADVERBS,
    CLASHES,
    COORDINATORS,
    LED,
    POSSESSIVES,
    SIGNS,
    STRIKES,
)
from geoline.reading.english.words.word_sets import word_sets
from geoline.reading.shared.told_event import TAKEN

if TYPE_CHECKING:
    from geoline.reading.english.events.parts import SentenceParts
    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.english.sentence.clauses import Clauses
    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["TELLING_NOUNS", "read_fighting", "read_its_noun", "read_noun_of"]

_WORDS = word_sets("events", "nouns")

_MODALS = _WORDS["modals"]
# Before "the capture of X" these make it an aim.
_AIMS = _WORDS["aims"]
_ANNOUNCED = _WORDS["announced"]
_IMMINENT = frozenset({"matter", "question", "imminent", "inevitable"})
_LEADS = _WORDS["leads"]
_WHERE = _WORDS["where"]
_OF = frozenset({"of", "over", "into"})
_OWN = frozenset({"its", "their", "his"})
_FIGHTING = CLASHES | STRIKES
_ENDS = SIGNS | {",", "but"}
_OWNERLESS = COORDINATORS | {"the", "of", "to"}
# Items behind "clashes" in which the place stands; items before a noun in which its verb does.
REACH, NEAR = 14, 7

# Words at which the rules of nouns are tried; "that" is that of "and that of X".
TELLING_NOUNS = frozenset(EVENT_NOUNS) | _FIGHTING | {"that"}


def read_noun_of(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "the capture of X by A", "A's seizure of X", "led to their control of X"."""
    clauses = parts.clauses
    noun, of = _noun_of(clauses, at)
    if noun not in EVENT_NOUNS or clauses.low(of) not in _OF or _is_ended(clauses, at):
        return []
    places = places_in(clauses.items, of + 1)
    owner = _owner(clauses, at)
    if not places or places.road >= 0 or (noun == "control" and not _led_to(clauses, at, owner)):
        return []
    to = noun == "loss" and clauses.low(places.end) == "to"
    event = event_of(parts, bare_group(at), "captured" if to else EVENT_NOUNS[noun], "named")
    if event.mood == "asserted" and _planned(clauses, at, places.end):
        event.mood = "foreseen"
    announced = _is_announced(clauses, at)
    side = None if to else _taker(clauses, at, noun, owner, announced=announced)
    event.side, event.side_means = side or _fallen_to(clauses, at)
    event.places = [clauses.items[n] for n in places.names]
    event.means, event.partly = places.means, places.partly
    if event.partly and event.event in TAKEN:
        event.event = "entered"
    event.days = _days_of_noun(parts, at, places, announced=announced)
    return [event] if event.event != "lost" or event.side else _lost_to(event, announced=announced)


def _is_ended(clauses: Clauses, at: int) -> bool:
    """Whether places are freed of what a noun tells: "liberation from A's occupation of X"."""
    near = clauses.find_back({"from"}, at - 1, max(-1, at - 4))
    return near is not None and clauses.low(near - 1) in EVENT_NOUNS


def _lost_to(event: ToldEvent, *, announced: bool) -> list[ToldEvent]:
    """Make a loss that nobody is said to suffer a capture: "hastened by the loss of X"."""
    event.event, event.side_means = "captured", "agent"
    return [] if announced or event.mood != "asserted" else [event]


def _led_to(clauses: Clauses, at: int, owner: tuple[str, str] | None) -> bool:
    """Whether something led to a side's control: "led to their control of X"."""
    return owner is not None and not _LEADS.isdisjoint(clauses.lows(max(0, at - 6), at))


def _noun_of(clauses: Clauses, at: int) -> tuple[str, int]:
    """Give the noun that a word means, and the number of its "of": over a day, or "by A"."""
    low = clauses.low(at)
    of = at + 1 + (clauses.kind(at + 1) == "days")
    if low in EVENT_NOUNS and clauses.low(of) in {"by", "from"}:
        behind = clauses.find({"of"}, of + 1, of + 8)
        of = of if behind is None else behind  # "capture by A of X", "liberation from B of X"
    if low == "that" and clauses.low(at + 1) == "of":
        noun = clauses.find_back(EVENT_NOUNS, at - 1, -1)
        low = "" if noun is None else clauses.low(noun)
    return low, of


def _is_announced(clauses: Clauses, at: int) -> bool:
    """Whether somebody announced what a noun tells: "hailed the capture of X"."""
    verb = clauses.verb_back(at - 1, max(-1, at - NEAR))
    said = clauses.low(at if verb is None else verb)
    return said in _ANNOUNCED or not _ANNOUNCED.isdisjoint(clauses.lows(max(0, at - 2), at))


def _taker(
    clauses: Clauses, at: int, noun: str, owner: tuple[str, str] | None, *, announced: bool
) -> tuple[str, str]:
    """Give whose capture it was: the owner's, else of who did it, else of who acts."""
    if owner is None:
        return _doer(clauses, at, noun, announced=announced)
    return owner if owner[0] else _main(clauses, at)


def _days_of_noun(
    parts: SentenceParts, at: int, places: PlaceList, *, announced: bool
) -> list[DaysSaid | None]:
    """Give the days before a noun, else those behind it; those of its announcement are a bound."""
    dated = next((n for n in (at - 1, at - 2) if parts.clauses.kind(n) == "days"), None)
    if dated is not None:
        return [parts.items[dated].days] * max(1, len(places.names))
    days = noun_days(parts, at, places.names)
    return [d and d._replace(first=None, precision="by") for d in days] if announced else days


def _planned(clauses: Clauses, at: int, end: int) -> bool:
    """Whether the words around a noun and its places say that it has not happened."""
    before, behind = clauses.lows(max(0, at - 6), at), clauses.lows(end, end + 7)
    if not _MODALS.isdisjoint([*before, *behind[:4]]):
        return True
    return not (_AIMS.isdisjoint(before) and _IMMINENT.isdisjoint(behind))


def _of_place(clauses: Clauses, at: int) -> bool:
    """Whether the name of a place with an s stands before a noun: "Saraqib's fall"."""
    if not at or clauses.kind(at - 1) != "name":
        return False
    return clauses.items[at - 1].text.endswith(("'s", "’s"))


def read_its_noun(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "its capture by the army", "after their fall to A", "X's fall"."""
    clauses, noun = parts.clauses, parts.clauses.low(at)
    named = _named_before(clauses, at)
    if named is None or noun == "control" or _has_of(clauses, at):
        return []
    to = noun in {"fall", "loss"} and clauses.low(at + 1) == "to"
    if not (named or to or clauses.agent(at, 4).kind):
        return []
    event = event_of(parts, bare_group(at), "captured" if noun == "loss" else EVENT_NOUNS[noun])
    event.side, event.side_means = _doer(clauses, at, "fall" if to else noun, announced=False)
    event.places = [clauses.items[n] for n in named]
    event.means = "" if named else "one" if clauses.low(at - 1) == "its" else "many"
    event.days = noun_days(parts, at, named)
    if event.mood == "asserted" and _aimed(clauses, at):
        event.mood = "foreseen"
    if event.event == "lost" or (noun == "loss" and not event.side):
        event.event, event.side, event.side_means = "captured", "", "agent"
    return [event]


def _named_before(clauses: Clauses, at: int) -> list[int] | None:
    """Give the name before a noun ("X's fall"), none of "its fall"; None if nothing owns it."""
    if clauses.low(at) not in EVENT_NOUNS:
        return None
    if _of_place(clauses, at):
        return [at - 1]
    return [] if clauses.low(at - 1) in POSSESSIVES else None


def _has_of(clauses: Clauses, at: int) -> bool:
    """Whether "of" names what a noun is of, so that `read_noun_of` reads it."""
    return clauses.low(_noun_of(clauses, at)[1]) in _OF


def _aimed(clauses: Clauses, at: int) -> bool:
    """Whether the words around a noun make it an aim, or something to come."""
    aims = _AIMS.intersection(clauses.lows(max(0, at - 6), at))
    return bool(aims or _MODALS.intersection(clauses.lows(at + 1, at + 4)))


def _owner(clauses: Clauses, at: int) -> tuple[str, str] | None:
    """Give the side of "the army's capture", "its capture"; None if there is none."""
    for number in range(at - 1, max(-1, at - 4), -1):
        item = clauses.items[number]
        if item.kind == "side":
            return item.value, ""
        if item.low in _OWN:
            return side_said(clauses, Subject("pronoun", number))
        if item.kind != "word" or item.low in _OWNERLESS:
            return None
    return None


def _doer(clauses: Clauses, at: int, noun: str, *, announced: bool) -> tuple[str, str]:
    """Give the side behind "by" ("to" after "the fall of X"), else who announced it."""
    if noun == "fall":
        return _fallen_to(clauses, at)
    agent = clauses.agent(at)
    if agent.kind:
        return side_said(clauses, agent)
    verb = clauses.verb_back(at - 1, max(-1, at - NEAR))
    if verb is not None and (announced or noun == "loss" or clauses.low(verb) in LED):
        return _of_verb(clauses, verb, announced=announced)
    if noun == "loss":
        return "", "other"
    main = _main(clauses, at)
    if main[0] or verb is None:
        return main
    # "The infantry followed up Saturday's capture of X".
    side = side_said(clauses, clauses.subject(clauses.group(verb)))
    return side if side[0] else main


def _of_verb(clauses: Clauses, verb: int, *, announced: bool) -> tuple[str, str]:
    """Give the side that is the subject of the verb before a noun, or that speaks for its own."""
    subject = clauses.subject(clauses.group(verb))
    side = side_said(clauses, subject)
    if side[0]:
        return side
    own = _commander(clauses, subject.at) if announced else ""
    return (own, "") if own else ("", "agent")


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
            return item.value, "agent"
    return "", "agent"


def read_fighting(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "clashes near X", "airstrikes on X"."""
    clauses = parts.clauses
    if clauses.low(at) not in _FIGHTING or clauses.kind(at) != "word":
        return []
    if clauses.low(at) == "fighting" and _is_fought(clauses, at + 1):
        return []
    kind = "clash" if clauses.low(at) in CLASHES else "strike"
    places, verb, end = _fought_over(clauses, at, kind)
    if places is None or not places.names:
        return []
    event = event_of(parts, bare_group(at), kind)
    first = at - (clauses.kind(at - 1) == "side")
    sides = [i.value for i in clauses.items[first:end] if i.kind == "side"]
    event.side, event.other = [*sides, "", ""][:2]
    event.places = [clauses.items[n] for n in places.names]
    event.days = verb_days(clauses.items, parts.owned, verb, places.names)
    return [event]


def _is_fought(clauses: Clauses, at: int) -> bool:
    """Whether something else is fought: "Fighting poverty in X"."""
    item = clauses.items[at] if at < len(clauses.items) else None
    if item is None or item.kind != "word" or not is_plain(item):
        return False
    return item.low not in ADVERBS and clauses.low(at + 1) in _WHERE


def _fought_over(clauses: Clauses, at: int, kind: str) -> tuple[PlaceList | None, int, int]:
    """Find where was fought, the verb that says so, and where the search ended."""
    places, verb = None, at
    for number in range(at + 1, min(len(clauses.items), at + REACH)):
        item = clauses.items[number]
        if item.low in _ENDS:
            break
        if _leads_to_place(item, kind):
            places = places_in(clauses.items, number + 1)
            if places.names:
                return places, verb, number + 1
        elif is_verb(item):
            if item.kind != "verb" or number > at + 1:
                break
            verb = number  # "clashes broke out near X"
    return places, verb, at


def _leads_to_place(item: Item, kind: str) -> bool:
    strikes = kind == "strike" and item.verb is not None and item.verb.event == "strike"
    return strikes or (item.kind == "word" and item.low in _WHERE)
