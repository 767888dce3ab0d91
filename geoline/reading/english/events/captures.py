"""Who took which place: "A captured X", "X was captured by A", "X, taken by A", "A lost X to B"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.english.events.parts import (
    event_of,
    finished,
    put_places,
    side_behind,
    with_loss,
)
from geoline.reading.english.events.voices import (
    LASTING,
    is_attributive,
    is_newly,
    is_reduced,
    may_be_reduced,
    passive_places,
)
from geoline.reading.english.places.antecedents import antecedent
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.places.subject_places import named_along, named_behind, named_later
from geoline.reading.english.sentence.clauses import NOBODY, Subject, is_verb
from geoline.reading.english.sentence.sides import side_said
from geoline.reading.english.words.word_classes import (
    DIRECTIONS,
    LED,
    SIGNS,
    STRIKES,
)
from geoline.reading.english.words.word_sets import word_sets
from geoline.reading.shared.told_event import TAKEN

if TYPE_CHECKING:
    from geoline.reading.english.events.parts import SentenceParts
    from geoline.reading.english.places.place_list import PlaceList
    from geoline.reading.english.sentence.clauses import Clauses, VerbGroup
    from geoline.reading.shared.item import VerbForm
    from geoline.reading.shared.told_event import ToldEvent

__all__ = [
    "read_active", "read_attributive", "read_lost", "read_passive", "read_reduced",
]  # fmt: skip

_WORDS = word_sets("events", "captures")

# Slots of verbs that have their place as object.
_SLOTS = frozenset({"object", "gains", "control", "under"})
_OPEN = _WORDS["open"]
# What strikes a place where nobody is said to; an earthquake does not.
_ARMS = STRIKES | _WORDS["arms"]
_TAKE = _WORDS["take"]
_AFTER = _WORDS["after"]
_STILL = frozenset({"still", "continue", "continues", "continued"})
_OPENERS = SIGNS | {":", "•"}
_OTHERWISE = (["by", "surprise"], ["to", "court"], ["by", "storm"])
# Items behind a place in which "of" tells of whom, or of what, it was cleared.
CLEARED = 14


class _Taking(NamedTuple):
    """A verb that has its place as object, with its auxiliaries, and the places behind it."""

    group: VerbGroup
    verb: VerbForm
    behind: PlaceList


def read_attributive(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "the captured villages include A", "in recaptured A"."""
    verb, group = parts.items[at].verb, parts.clauses.group(at)
    if verb is None or verb.slot not in _SLOTS or not is_attributive(parts, group, verb):
        return []
    named = parts.clauses.kind(at + 1) == "name"
    if named and parts.clauses.low(at) in LASTING and not is_newly(parts.clauses, group):
        return []  # "struck a depot in occupied X"
    of = parts.clauses.low(at + 2) == "of"  # "through the captured villages of A and B"
    places = (places_in if named or of else named_behind)(parts.items, at + 1)
    if not places.names:
        return []
    event = event_of(parts, group, verb.event)
    agent = NOBODY if named else parts.clauses.agent(at)
    event.side, event.side_means = side_said(parts.clauses, agent) if agent.kind else ("", "agent")
    event.other = places_in(parts.items, at + 1).other  # "towns retaken from B include A"
    put_places(parts, event, places)
    if of:  # "through the captured villages of A and B on Monday": they may have been so before
        event.days = [days and days._replace(first=None, precision="by") for days in event.days]
    return [event]


def read_passive(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "X was captured by A"."""
    if not parts.clauses.group(at).passive or _loses(parts, at):
        return []
    taking = _taking(parts, at)
    return [] if taking is None else _told(parts, taking, *_suffered(parts, taking))


def read_reduced(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "X, captured by A"."""
    if not may_be_reduced(parts, at) or _loses(parts, at):
        return []
    taking = _taking(parts, at)
    if taking is None or not is_reduced(parts, *taking):
        return []
    return _told(parts, taking, *_suffered(parts, taking))


def read_active(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "A captured X"."""
    if parts.clauses.group(at).passive or _loses(parts, at):
        return []
    taking = _taking(parts, at)
    if taking is None or is_reduced(parts, *taking):
        return []
    return _told(parts, taking, *_done(parts, taking))


def read_lost(parts: SentenceParts, at: int) -> list[ToldEvent]:
    """Read "A lost X to B", "X was lost to B"."""
    taking = _taking(parts, at) if _loses(parts, at) else None
    if taking is None:
        return []
    passive = taking.group.passive or is_reduced(parts, *taking)
    return _told(parts, taking, *(_suffered if passive else _done)(parts, taking))


def _loses(parts: SentenceParts, at: int) -> bool:
    verb = parts.items[at].verb
    return verb is not None and verb.event == "lost"


def _taking(parts: SentenceParts, at: int) -> _Taking | None:
    """Give a verb that has its place as object, unless it stands before its noun."""
    verb, group = parts.items[at].verb, parts.clauses.group(at)
    if verb is None or verb.slot not in _SLOTS or is_attributive(parts, group, verb):
        return None
    return _Taking(group, verb, _objects(parts, group, verb))


def _objects(parts: SentenceParts, group: VerbGroup, verb: VerbForm) -> PlaceList:
    """Find what a verb takes, also behind "under their control" and, if counted, further on."""
    start = group.at + 1
    if verb.slot == "control":
        start = _over_days(parts, start)
    behind = places_in(parts.items, start)
    if verb.slot == "under" and not behind:
        grip = parts.clauses.find({"control"}, group.at + 1, group.at + 6)
        return behind if grip is None else places_in(parts.items, grip + 1)
    if behind.counted and not behind.names:
        later = named_later(parts.items, behind.stop)
        return later if later.names else behind
    return behind


def _over_days(parts: SentenceParts, start: int) -> int:
    """Go over days behind "control" to what its "of" names: "took control on Friday of X"."""
    clauses = parts.clauses
    if clauses.kind(start) not in {"days", "word"}:
        return start
    of = clauses.find({"of", "over"}, start, start + 5)
    days = of is not None and any(clauses.kind(n) == "days" for n in range(start, of))
    return start if of is None or not days else of + 1


def _told(
    parts: SentenceParts, taking: _Taking, places: PlaceList, side: tuple[str, str]
) -> list[ToldEvent]:
    """Give what a verb tells of its places, once they and the side are found."""
    if not _fits(parts, taking, places):
        return []
    clauses, group, verb = parts.clauses, taking.group, taking.verb
    event = event_of(parts, group, verb.event)
    event.side, event.side_means = side
    if verb.event == "held" and _is_new(parts, group, places):
        event.event, event.tense = "captured", "perfect"  # "is now held by A"
    elif verb.event == "held" and _STILL & {clauses.low(group.first - 1), *group.words}:
        event.tense = "still"
        event.mood = "asserted" if event.mood == "foreseen" else event.mood  # "continue to hold"
    _qualify(parts, event, taking)
    put_places(parts, event, places)
    along = named_along(parts.items, group.at + 1) if event.means else []
    if along and event.event in TAKEN:
        more = replace(event, places=[parts.items[n] for n in along], means="")
        more.days = event.days[:1] * len(along)
        return [*finished(parts, event), *finished(parts, more)]
    if event.event == "lost" or (event.event == "withdrew" and _ceded(parts, places)):
        return with_loss(parts, event, places)
    return finished(parts, event)


def _ceded(parts: SentenceParts, places: PlaceList) -> bool:
    """Whether a side got what was left: "abandoned X to B"."""
    end = places.end + (parts.clauses.kind(places.end) == "type")
    return parts.clauses.low(end) == "to" and bool(side_behind(parts, end))


def _is_new(parts: SentenceParts, group: VerbGroup, places: PlaceList) -> bool:
    """Whether who holds a place has just taken it: "is now held by", "held by noon"."""
    before = {item.verb.event for item in parts.items[: group.at] if item.verb is not None}
    if not before.isdisjoint({"withdrew", "lost"}):
        return False
    stormed = places.means == "one" and "entered" in before
    own = (parts.items[n].days for n in parts.owned.get(group.at, ()))
    until = any(days is not None and days.precision == "by" for days in own)
    return stormed or until or "now" in group.words


def _qualify(parts: SentenceParts, event: ToldEvent, taking: _Taking) -> None:
    """Change the mood by what stands behind the verb."""
    clauses, at = parts.clauses, event.at
    end = taking.behind.end
    behind = [item.low for item in parts.items[end : end + 3]]
    behind = behind[: behind.index("and")] if "and" in behind else behind
    opened = taking.verb.form == "ing" and not _OPEN.isdisjoint(behind)
    if opened and event.mood == "asserted":
        event.mood = "foreseen"  # "Capturing X would …"
    if clauses.low(at + 1) == "and" and clauses.low(at + 2) == "lost":
        event.mood = "unclear"  # "taken and lost again"
    if clauses.low(at + 1) == "neither" and event.mood == "asserted":
        event.mood = "negated"


def _suffered(parts: SentenceParts, taking: _Taking) -> tuple[PlaceList, tuple[str, str]]:
    """Give the places, and the side, of "X was captured by A"."""
    clauses, at = parts.clauses, taking.group.at
    places = passive_places(parts, taking.group, taking.behind)
    places.other = places.other or taking.behind.other
    if places.counted and not places.names:
        later = named_later(parts.items, at + 1)
        places = later if later.names else places
    places.names += named_along(parts.items, at + 1) if places.names else []
    agent = clauses.agent(at)
    side = side_said(clauses, agent) if agent.kind else ("", "agent")
    if taking.verb.slot == "under" and not side[0]:
        side = _gripping(parts, at) or side
    return places, side


def _gripping(parts: SentenceParts, at: int) -> tuple[str, str] | None:
    """Find under whose control a place was brought."""
    for number in range(at + 1, min(len(parts.items), at + 10)):
        if parts.clauses.kind(number) == "side":
            return side_said(parts.clauses, Subject("side", number), possessive=True)
        if is_verb(parts.items[number]):
            break
    return None


def _done(parts: SentenceParts, taking: _Taking) -> tuple[PlaceList, tuple[str, str]]:
    """Give the places, and the side, of "A captured X"."""
    clauses, group = parts.clauses, taking.group
    subject = clauses.subject(group)
    if taking.verb.form == "ing" and _interrupts(parts, group):
        # "the opposition, after taking X, had come close to Y"
        return taking.behind, side_said(clauses, Subject("side", group.first - 3))
    side = side_said(clauses, subject)
    if taking.verb.event == "strike" and side == ("", "other"):
        side = _striking(parts, subject)
    if taking.verb.form == "ing":
        side = _doing(parts, group) or _announcing(clauses, group) or side
    if subject == NOBODY and not side[0]:
        side = _later_side(parts, taking)
    return _or_before(parts, taking, subject), side


def _or_before(parts: SentenceParts, taking: _Taking, subject: Subject) -> PlaceList:
    """Give the places behind a verb; if it has no object there, those before it."""
    behind = taking.behind
    if behind or behind.counted or behind.elsewhere or behind.road >= 0 or behind.post:
        return behind
    return antecedent(parts.clauses, taking.group, subject)


def _interrupts(parts: SentenceParts, group: VerbGroup) -> bool:
    """Whether ", after" stands between a side and a form in -ing."""
    clauses = parts.clauses
    after = clauses.low(group.first - 1) == "after" and clauses.low(group.first - 2) == ","
    return after and clauses.kind(group.first - 3) == "side"


def _striking(parts: SentenceParts, subject: Subject) -> tuple[str, str]:
    """Give the side of "A's artillery", "A warplanes"; nobody's arms are of whoever acts."""
    near = parts.items[max(0, subject.at - 2) : subject.at + 1]
    whose = next((item.value for item in near if item.kind == "side"), "")
    arms = parts.items[subject.at].low in _ARMS
    return (whose, "") if whose or arms else ("", "other")


def _announcing(clauses: Clauses, group: VerbGroup) -> tuple[str, str] | None:
    """Give who announced what they did: "the army announced entering and recapturing X"."""
    at = group.first - 1
    while clauses.low(at) in {"and", ","} or clauses.low(at).endswith("ing"):
        at -= 1
    if clauses.kind(at) != "speech":
        return None
    side = side_said(clauses, clauses.subject(clauses.group(at)))
    return side if side[0] else None


def _doing(parts: SentenceParts, group: VerbGroup) -> tuple[str, str] | None:
    """Give who did what "by taking X" tells of: the subject of the verb before it."""
    clauses, before = parts.clauses, group.first - 1
    if clauses.low(group.first) == "to" and clauses.low(before) in LED:
        return "", "agent"  # "which led to recapturing X"
    if clauses.low(before) not in {"by", "after", "upon"}:
        return None
    main = clauses.verb_back(before - 1, -1)
    if not main:
        return None
    doing = side_said(clauses, clauses.subject(clauses.group(main)))
    return doing if doing[0] else None


def _later_side(parts: SentenceParts, taking: _Taking) -> tuple[str, str]:
    """Find who acts where a form in -ing opens: "After capturing X, the army …"."""
    clauses, group, end = parts.clauses, taking.group, taking.behind.end
    if taking.verb.form != "ing" and "having" not in group.words:
        opens = group.first == 0 or clauses.low(group.first - 1) in _OPENERS
        return ("", "agent") if opens else ("", "other")
    subject = _before_its_verb(parts, end) or _behind_comma(parts, end)
    if subject is not None:
        return side_said(clauses, subject)
    if group.first and clauses.low(group.first - 1) in _AFTER:
        before = side_said(clauses, Subject("noun", group.first - 2))
        return ("", "agent") if before == ("", "other") else before
    return "", "agent"


def _before_its_verb(parts: SentenceParts, end: int) -> Subject | None:
    """Find the side right before a verb: "By taking X A pushed …"."""
    for number in range(end, min(len(parts.items) - 1, end + 6)):
        if parts.clauses.kind(number) == "side" and is_verb(parts.items[number + 1]):
            return Subject("side", number)
        if is_verb(parts.items[number]):
            break
    return None


def _behind_comma(parts: SentenceParts, end: int) -> Subject | None:
    """Find who is named behind the comma that closes a clause."""
    comma = parts.clauses.find({","}, end - 1, len(parts.items))
    if comma is None:
        return None
    for number in range(comma + 1, min(len(parts.items), comma + 10)):
        kind = parts.clauses.kind(number)
        if kind in {"side", "force", "pronoun"}:
            return Subject(kind, number)
        if is_verb(parts.items[number]):
            break
    return None


def _fits(parts: SentenceParts, taking: _Taking, places: PlaceList) -> bool:
    """Whether the words are meant as in the field, and not "took X by surprise"."""
    group, verb = taking.group, taking.verb
    low = parts.items[group.at].low
    words = [item.low for item in parts.items[places.end : places.end + 2]]
    if low in _TAKE and words in _OTHERWISE:
        return False
    number = parts.clauses.find_back({"number", "among"}, group.first - 1, max(-1, group.first - 8))
    if low.startswith("control") and number is None and _holds(parts, group):
        return False  # but "the number of villages controlled since Monday"
    if verb.slot == "control" and low in {"had", "having"}:
        return False
    if verb.event == "cleared":
        return _is_cleared(parts, group.at + 1 if group.passive else places.end)
    return True


def _holds(parts: SentenceParts, group: VerbGroup) -> bool:
    """Whether "control" tells of what lasts: "is controlled by", "had controlled X since"."""
    if group.passive or parts.clauses.low(group.at + 1) == "by" or "still" in group.words:
        return True
    had = not {"had", "have", "has"}.isdisjoint(group.words)
    first_words = (item.text.lower().split()[0] for item in parts.items[group.at :])
    return had and not {"since", "for"}.isdisjoint(first_words)


def _is_cleared(parts: SentenceParts, at: int) -> bool:
    """Whether a place was cleared of a side, and not of mines."""
    for number in range(at, min(len(parts.items), at + CLEARED)):
        item = parts.items[number]
        of = item.low in {"of", "from"} and item.kind == "word"
        if of and parts.clauses.low(number - 1) not in DIRECTIONS:
            later = parts.items[number + 1 : number + 6]
            return any(i.kind in {"side", "force"} or "terror" in i.low for i in later)
        if is_verb(item):
            break
    return True
