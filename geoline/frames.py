"""Who did what to which place in a sentence: verb frames, active and passive, lists, appositions.

Works on the items of a sentence alone. What a pronoun or "the town" means is left to the report
(`geoline.extract`), as is what names mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.frame_words import AUXILIARIES, CLASHES, NOMINALS, STRIKES
from geoline.mood import Mood, VerbGroup, mood_of, verb_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.report_days import DaysSaid
    from geoline.sentence_items import Item

__all__ = ["Frame", "frames"]

_DETERMINERS = frozenset("the a an this that its their his both all".split())
_PARTIAL = frozenset(
    "parts part most half some much outskirts outskirt edge edges suburbs quarters neighborhoods "
    "neighbourhoods districts portion portions section sections third quarter percent % large "
    "buildings streets".split()
)
# Words that may stand between a verb and its place.
_ADJECTIVES = frozenset(
    "strategic strategically important key main major nearby neighboring neighbouring last entire "
    "whole small large big biggest largest second third first another other besieged embattled "
    "deserted empty symbolic rebel northern southern eastern western central northwestern "
    "southeastern northeastern southwestern crucial vital former ancient historic next new "
    "additional more several many few two three four five six seven eight nine ten eleven twelve "
    "dozen dozens about some around over adj least at nearly than including namely called named "
    "and well as following , : ( ) of villages surrounding adjacent nearest highly flashpoint "
    "desolate war-torn war-ravaged bombed-out long-contested contested once in full today also "
    "industrial mountainous hilltop frontline front-line same tiny urban rural up "
    "populated heavily densely mostly largely opposition rebels-held then".split()
)
# Prepositions: a side or a name behind one of these is not who does it, or what is taken.
_PREPOSITIONS = frozenset(
    "from by against with to of for between near on in than at into around outside towards toward "
    "over under behind among amid inside through beyond via overlooking linking connecting despite "
    "alongside along after before since until across beside including".split()
)
_WHERE = frozenset("in near around at on outside inside across between against of over".split())
_GOAL = frozenset("towards toward on to closer into in upon".split())
_SENTENCE_SIGNS = frozenset({";", "—", "?", "!"})
_OTHERS = frozenset(
    "police firefighters authorities customs court prosecutors company companies protesters "
    "demonstrators officers residents civilians families people workers rescuers aid".split()
)
_ONGOING = frozenset("now back again firmly currently".split())


@dataclass(slots=True)
class Frame:
    """One event as a sentence tells it.

    Parameters
    ----------
    event
        "captured", "entered", "road cut" ….
    at
        Number of the item that says it.
    places
        Names of the places; empty where `means` says what is meant.
    means
        "one" or "many" for "it", "the town", "both villages".
    side, side_means
        Party or actor; else "they" (whoever was named last) or "" (nobody is said).
    other
        The side it was taken from, or that is fought.
    mood
        How the sentence stands to it.
    days
        The days said of it.
    partly
        Whether only a part of the place is meant.
    """

    event: str
    at: int
    mood: Mood
    places: list[Item] = field(default_factory=list)
    means: str = ""
    side: str = ""
    side_means: str = ""
    other: str = ""
    days: DaysSaid | None = None
    partly: bool = False
    road: Item | None = None
    post: bool = False


def frames(text: str, items: Sequence[Item]) -> list[Frame]:
    """Find the events that a sentence tells.

    Parameters
    ----------
    text, items
        The sentence and its items.
    """
    found = []
    for at, item in enumerate(items):
        frame = None
        if item.kind == "V" and item.verb is not None:
            frame = _nominal(text, items, at) or _verbal(text, items, at)
        elif item.kind == "w" and item.low in NOMINALS:
            frame = _nominal(text, items, at)
        elif item.kind == "w" and item.low in CLASHES | STRIKES:
            frame = _located(text, items, at)
        if frame is not None:
            frame.days = frame.days or _days(items, frame.at)
            found.append(frame)
    return found


def _verbal(text: str, items: Sequence[Item], at: int) -> Frame | None:  # noqa: C901, PLR0911
    verb = items[at].verb
    assert verb is not None  # noqa: S101
    group = verb_group(items, at)
    mood = mood_of(text, items, at, group)
    frame = Frame(verb.event, at, mood)
    if verb.slot == "subject":
        return _fell(items, at, group, frame)
    if verb.slot in {"source", "goal"}:
        if verb.event == "clash":
            return _placed(items, at, frame, _WHERE)
        words = frozenset({"from", "of"}) if verb.slot == "source" else _GOAL
        if verb.event == "advanced" and verb.form in {"base", "ing"} and items[at].low == "approaching":
            words |= {""}
        _subject(items, group, frame)
        return _placed(items, at, frame, words)
    behind = _object(items, at + 1, frame)
    agent = _agent(items, at + 1)
    participle = verb.form in {"ed", "pp", "any", "base/pp"}
    if group.passive or (participle and not frame.places and not frame.means and agent):
        frame.places, frame.means, frame.partly, frame.road, frame.post = [], "", False, None, False
        _passive_subject(items, group, frame)
        frame.side, frame.side_means = agent
        if not agent[0] and not agent[1]:
            frame.side_means = "agent"
    else:
        if verb.form == "pp" and not group.words:
            return None
        _subject(items, group, frame)
        if not (frame.places or frame.means or frame.road):
            _relative(items, group, frame)
        if frame.side == frame.side_means == "" and verb.form == "ing" and group.first == 0:
            _later_subject(items, behind, frame)
    if frame.event == "cleared":
        if not _cleared(items, behind):
            return None
        frame.event = "captured"
    if frame.event == "captured" and _of_what(items, at, behind):
        return None
    return _finished(items, frame, behind, group)


def _finished(
    items: Sequence[Item], frame: Frame, behind: int, group: VerbGroup
) -> Frame | None:
    if frame.event in {"cut", "opened"}:
        if frame.road is None:
            return None
        frame.event = "road cut" if frame.event == "cut" else "road opened"
        return frame
    if frame.road is not None and not frame.places:
        if frame.event not in {"captured", "recaptured"}:
            return None
        frame.event = "road held"
        return None if frame.partly else frame
    if frame.post:
        if frame.event != "besieged":
            return None
        frame.event = "post encircled"
        _near_post(items, group, frame, behind)
        return frame if frame.places else None
    if not (frame.places or frame.means):
        return None
    if frame.partly and frame.event in {"captured", "recaptured"}:
        frame.event = "entered"
    return frame


def _object(items: Sequence[Item], at: int, frame: Frame) -> int:  # noqa: C901, PLR0912
    """Collect the places behind a verb; give the number of the item behind them."""
    noun, of, definite = "", False, False
    end = at
    while at < len(items):
        item = items[at]
        low = item.low
        if item.kind == "N":
            if _is_prepared(items, at, frame, noun=noun):
                break
            frame.places.append(item)
            noun, of, definite = "", False, False
            end = at + 1
        elif item.kind == "R":
            if not frame.places:
                frame.road = item
                end = at + 1
            break
        elif item.kind == "O":
            frame.post = True
            end = at + 1
            break
        elif item.kind == "T":
            noun = noun or low
            end = end if frame.places else at + 1
        elif item.kind == "H":
            frame.other = frame.other or item.value
        elif item.kind == "P" and low == "it" and not frame.places:
            frame.means, end = "one", at + 1
            break
        elif item.kind == "P" and low == "them" and not frame.places:
            frame.means, end = "many", at + 1
            break
        elif item.kind == "A" and item.low == "possessive" and not frame.places:
            pass
        elif item.kind == "A" and _next_kind(items, at) == "O":
            pass
        elif item.kind == "D":
            if frame.places or noun:
                break
        elif item.kind == "w" and low in _DETERMINERS:
            definite = definite or low in {"the", "both", "this", "that", "these", "those", "all"}
        elif item.kind == "w" and low in _PARTIAL:
            frame.partly = True
        elif item.kind == "w" and (low in _ADJECTIVES or low.isdigit()):
            of = of or low == "of"
            if low == "," and noun and not _list_goes_on(items, at):
                if frame.places or not _apposed(items, at):
                    break
        elif not (item.kind == "w" and noun == "" and _leads_to_place(items, at)):
            if item.kind == "w" and frame.places and _apposition(items, at):
                at = _apposition(items, at)
                continue
            break
        at += 1
    if not frame.places and noun and definite and not of and frame.road is None and not frame.post:
        frame.means = "many" if noun.endswith("s") else "one"
    return end


def _is_prepared(items: Sequence[Item], at: int, frame: Frame, *, noun: str) -> bool:
    """Whether a name is more than the object's: the subject of what follows "and", or "of" a side."""
    if not frame.places or noun:
        return False
    following = items[at + 1] if at + 1 < len(items) else None
    # "captured A, and B was shelled": B begins another clause.
    return (
        following is not None
        and following.kind in {"w", "V"}
        and (following.low in AUXILIARIES - {"to"} or following.kind == "V")
        and items[at - 1].low in {"and", ",", "while", "but"}
        and following.verb is None
    )


def _leads_to_place(items: Sequence[Item], at: int) -> bool:
    """Whether a few plain words end in a noun for a place: "a long-deserted farming town"."""
    for item in items[at + 1 : at + 4]:
        if item.kind == "T":
            return True
        if item.kind != "w" or item.low in _PREPOSITIONS or not item.low.isalpha():
            return False
    return False


def _list_goes_on(items: Sequence[Item], at: int) -> bool:
    return at + 1 < len(items) and items[at + 1].kind in {"N", "T"}


def _apposed(items: Sequence[Item], at: int) -> bool:
    """Whether a noun is followed by its names: "three villages, A and B", "… , including A"."""
    return any(item.kind == "N" for item in items[at + 1 : at + 3])


def _apposition(items: Sequence[Item], at: int) -> int:  # noqa: ARG001
    return 0


def _next_kind(items: Sequence[Item], at: int) -> str:
    return items[at + 1].kind if at + 1 < len(items) else ""


def _agent(items: Sequence[Item], at: int) -> tuple[str, str]:
    """Who did it, behind "by": the side, or "they"."""
    for number in range(at, min(len(items), at + 14)):
        item = items[number]
        if item.kind == "V" or (item.kind == "w" and item.low in _SENTENCE_SIGNS):
            break
        if item.kind == "w" and item.low == "by":
            for later in items[number + 1 : number + 8]:
                if later.kind == "A":
                    return later.value, ""
                if later.kind == "F":
                    return "", "they"
                if later.kind in {"D", "V"} or (later.kind == "w" and later.low in {",", ";"}):
                    break
    return "", ""


def _subject(items: Sequence[Item], group: VerbGroup, frame: Frame) -> None:
    """Find who does it, to the left of the verb."""
    number, first = group.first - 1, group.first
    if first and items[first - 1].kind == "w" and items[first - 1].low in _OTHERS:
        frame.side_means = "other"
        return
    seen_pronoun = False
    while number >= 0:
        item = items[number]
        if item.kind == "w" and item.low in {";", "—"}:
            break
        if item.kind == "A" and not _behind_preposition(items, number):
            frame.side = _first_of_pair(items, number)
            return
        if item.kind == "P" and item.low in {"it", "they", "he", "we", "she"}:
            frame.side_means, seen_pronoun = "they", True
        elif item.kind == "F" and not _behind_preposition(items, number) and not seen_pronoun:
            frame.side_means = "they"
        number -= 1
    if not frame.side_means and first:
        before = items[first - 1]
        if before.kind == "w" and before.low not in {",", "and", "that", "then", ":", '"', "“", "by", "after"}:
            frame.side_means = "other"
        elif before.kind in {"N", "G"} and not _behind_preposition(items, first - 1):
            frame.side_means = "other"


def _first_of_pair(items: Sequence[Item], at: int) -> str:
    """Of "the army and its Russian allies" the army."""
    if at > 1 and items[at - 1].low == "and" and items[at - 2].kind == "A":
        return items[at - 2].value
    return items[at].value


def _behind_preposition(items: Sequence[Item], at: int) -> bool:
    number = at - 1
    while number >= 0:
        item = items[number]
        if item.kind == "w" and item.low in _PREPOSITIONS:
            return not (item.low in {"after", "before", "since", "until", "including"})
        if item.kind == "w" and (item.low in _DETERMINERS or item.low in _ADJECTIVES - {",", "and"}):
            number -= 1
            continue
        if item.kind == "w" and item.low in {"and", "or"} and number and items[number - 1].kind in {"A", "F"}:
            number -= 2
            continue
        if item.kind == "w" and item.text[:1].islower() and number and item.low.isalpha() and (
            items[number - 1].kind == "w" and items[number - 1].low in _PREPOSITIONS
            and items[number - 1].low not in {"after", "before"}
        ):
            return True
        return False
    return False


def _later_subject(items: Sequence[Item], at: int, frame: Frame) -> None:
    for item in items[at : at + 8]:
        if item.kind == "A":
            frame.side = item.value
            return
        if item.kind == "V":
            return


def _passive_subject(items: Sequence[Item], group: VerbGroup, frame: Frame) -> None:  # noqa: C901, PLR0912
    """Collect the places to the left of a passive verb."""
    number = group.first - 1
    if number >= 0 and items[number].low == "," and items[number].kind == "w":
        number -= 1
    if number >= 0 and items[number].kind == "P":
        low = items[number].low
        if low in {"which", "that"}:
            number -= 1
            while number >= 0 and items[number].kind == "w" and items[number].low in {",", "of"}:
                number -= 1
        elif low in {"it", "they"}:
            frame.means = "one" if low == "it" else "many"
            return
    depth = 0
    while number >= 0 and depth < 40:  # noqa: PLR2004
        item = items[number]
        depth += 1
        if item.kind == "N":
            if items[number - 1].kind == "w" and items[number - 1].low in _PREPOSITIONS - {"of"} and number:
                if frame.places:
                    break
                number = _over_phrase(items, number)
                continue
            frame.places.insert(0, item)
        elif item.kind == "T":
            if not frame.places:
                definite = any(i.low in {"the", "both", "that", "this"} for i in items[max(0, number - 3) : number])
                if definite:
                    frame.means = "many" if item.low.endswith("s") else "one"
                    if number + 1 < len(items) and items[number + 1].low == "of":
                        frame.means = ""
                if not _apposed_before(items, number):
                    break
                frame.means = ""
        elif item.kind == "R" and not frame.places:
            frame.road = item
            return
        elif item.kind == "O" and not frame.places:
            frame.post = True
            return
        elif item.kind == "O":
            frame.post = True
            return
        elif item.kind in {"D", "H"}:
            frame.other = frame.other or item.value
        elif item.kind == "w" and item.low in _PARTIAL:
            frame.partly = True
            if not frame.places:
                break
        elif item.kind == "w" and (item.low in _ADJECTIVES or item.low in _DETERMINERS):
            if item.low == "," and frame.places and number and items[number - 1].kind not in {"N", "T"}:
                break
        elif item.kind == "G" and not frame.places and _behind_preposition(items, number):
            number = _over_phrase(items, number)
            continue
        elif item.kind == "w" and item.low in {"in", "near", "of"} and not frame.places:
            pass
        else:
            break
        number -= 1
    if frame.places:
        frame.means = ""


def _over_phrase(items: Sequence[Item], at: int) -> int:
    """Step over "in southern Idlib", "near X" to what stands before it."""
    number = at - 1
    while number >= 0 and not (items[number].kind == "w" and items[number].low in _PREPOSITIONS):
        number -= 1
    return number - 1


def _apposed_before(items: Sequence[Item], at: int) -> bool:
    """Whether a noun stands in apposition to a name before it: "X, a town in the south, was …"."""
    for number in range(at - 1, max(-1, at - 6), -1):
        if items[number].low == "," and items[number].kind == "w":
            return number > 0 and items[number - 1].kind == "N"
        if items[number].kind != "w":
            return False
    return False


def _relative(items: Sequence[Item], group: VerbGroup, frame: Frame) -> None:
    """Find the place that a clause is about: "X, which the army lost in 2012", "the town rebels took"."""
    number = group.first - 1
    steps = 0
    while number >= 0 and steps < 7:  # noqa: PLR2004
        item = items[number]
        if item.kind == "P" and item.low in {"which", "that"} or (
            item.kind in {"A", "P"} and number and items[number - 1].kind in {"T", "N"}
        ):
            _antecedent(items, number - 1, frame)
            return
        if item.kind in {"V", "N"}:
            return
        number -= 1
        steps += 1


def _antecedent(items: Sequence[Item], at: int, frame: Frame) -> None:
    for number in range(at, max(-1, at - 10), -1):
        item = items[number]
        if item.kind == "N":
            frame.places = [item]
            frame.means = ""
            return
        if item.kind == "T" and not _apposed_before(items, number):
            frame.means = "many" if item.low.endswith("s") else "one"
            return
        if item.kind == "V":
            return


def _fell(items: Sequence[Item], at: int, group: VerbGroup, frame: Frame) -> Frame | None:
    """X fell to A, came under the control of A, passed into A's hands."""
    low = items[at].low
    window = items[at + 1 : at + 12]
    words = [item.low for item in window]
    hands = any(word in {"control", "hands"} for word in words)
    falls = low.startswith(("fall", "fell"))
    if not ((falls and "to" in words[:3]) or (hands and {"under", "to", "into", "in"} & set(words[:4]))):
        return None
    side = next((i for i in window if i.kind == "A"), None)
    if side is None:
        side = next((i for i in window if i.kind == "F"), None)
    if side is None:
        return None
    frame.event = "recaptured" if low.startswith("return") else "captured"
    frame.side, frame.side_means = (side.value, "") if side.kind == "A" else ("", "they")
    _passive_subject(items, group, frame)
    return frame if frame.places or frame.means else None


def _placed(
    items: Sequence[Item], at: int, frame: Frame, words: frozenset[str]
) -> Frame | None:
    """Find the places behind a preposition."""
    low = items[at].low
    if low.startswith("approach"):
        _object(items, at + 1, frame)
        return frame if frame.places or frame.means else None
    for number in range(at + 1, min(len(items), at + 9)):
        item = items[number]
        if item.kind == "V" or (item.kind == "w" and item.low in _SENTENCE_SIGNS | {","}):
            break
        if item.kind == "w" and item.low in words:
            _object(items, number + 1, frame)
            frame.partly = False
            if frame.post:
                return None
            if frame.places or frame.means:
                return frame
    if items[at].text.lower().endswith((" out", " back")) or not words & {"from"}:
        return None
    return None


def _located(text: str, items: Sequence[Item], at: int) -> Frame | None:
    """Clashes and strikes as nouns: "clashes near X", "airstrikes on X"."""
    event = "clash" if items[at].low in CLASHES else "strike"
    group = VerbGroup(at, (), passive=False, infinitive=False)
    frame = Frame(event, at, mood_of(text, items, at, group))
    for number in range(at + 1, min(len(items), at + 14)):
        item = items[number]
        if item.kind == "A" and not frame.side:
            frame.side = item.value
        elif item.kind == "A" and not frame.other:
            frame.other = item.value
        if item.kind == "V" and item.verb and item.verb.event == "strike" and event == "strike":
            _object(items, number + 1, frame)
            break
        if item.kind == "w" and item.low in {";", ",", "and", "but"} and item.low != "and":
            break
        if item.kind == "w" and item.low in _WHERE and number + 1 < len(items):
            _object(items, number + 1, frame)
            if frame.places:
                break
            frame.means = ""
    if not frame.side and at and items[at - 1].kind == "A":
        frame.side = items[at - 1].value
    frame.partly = frame.post = False
    return frame if frame.places else None


def _nominal(text: str, items: Sequence[Item], at: int) -> Frame | None:
    """The capture of X, its loss, the fall of X."""
    low = items[at].low
    following = items[at + 1] if at + 1 < len(items) else None
    if low not in NOMINALS or following is None or following.low != "of":
        return None
    event = NOMINALS[low]
    group = VerbGroup(at, (), passive=False, infinitive=False)
    mood = mood_of(text, items, at, group)
    frame = Frame("captured" if event == "fell" else event, at, mood)
    behind = _object(items, at + 2, frame)
    if not (frame.places or frame.means) or frame.road:
        return None
    before = [item.low for item in items[max(0, at - 6) : at]]
    later = [item.low for item in items[behind : behind + 4]]
    if mood == "asserted":
        if {"would", "will", "could", "may", "might"} & set(later):
            frame.mood = "foreseen"
        elif {"before", "at", "until", "pending", "toward", "towards", "for", "threatens"} & set(before):
            frame.mood = "foreseen"
    agent = _agent(items, behind) if event != "fell" else ("", "")
    if event == "fell":
        agent = next(((i.value, "") for i in items[behind : behind + 4] if i.kind == "A"), agent)
    frame.side, frame.side_means = agent
    if not (frame.side or frame.side_means):
        _subject(items, VerbGroup(at, (), passive=False, infinitive=False), frame)
        if frame.side_means in {"", "other"}:
            frame.side_means = "agent"
    if event == "fell" and not agent[0]:
        frame.side, frame.side_means = "", "agent"
    return frame


def _cleared(items: Sequence[Item], at: int) -> bool:
    """Whether "cleared X" goes on with "of" or "from" a side."""
    words = items[at : at + 8]
    for number, item in enumerate(words):
        if item.kind == "w" and item.low in {"of", "from"}:
            return any(i.kind in {"A", "F"} for i in words[number + 1 :])
        if item.kind == "V":
            return False
    return False


def _of_what(items: Sequence[Item], at: int, behind: int) -> bool:
    """Whether "took X" is about X in a figure of speech: "took X by surprise", "took X to court"."""
    if items[at].low not in {"take", "takes", "took", "taken", "taking"}:
        return False
    words = [item.low for item in items[behind : behind + 2]]
    return words[:2] == ["by", "surprise"] or words[:1] in (["to"], ["out"], ["off"], ["on"], ["up"], ["with"])


def _near_post(items: Sequence[Item], group: VerbGroup, frame: Frame, behind: int) -> None:
    if frame.places:
        return
    side = list(items[behind : behind + 7])
    left = list(items[max(0, group.first - 8) : group.first])
    for row in (side, left):
        for number, item in enumerate(row):
            if item.kind == "N" and number and row[number - 1].low in {"in", "near", "at", "of", "and", ","}:
                frame.places.append(item)
            elif item.kind == "V":
                break
        if frame.places:
            return


def _days(items: Sequence[Item], at: int) -> DaysSaid | None:
    """Find the days of a verb: behind it in its clause, before it, or of what follows "and"."""
    said: DaysSaid | None = None
    joined = True
    for number in range(at + 1, len(items)):
        item = items[number]
        if item.kind == "D" and item.days is not None:
            if _of_saying(items, number):
                said = said or _bound(item.days)
                continue
            if joined:
                return item.days
            break
        if item.kind == "P" and item.low in {"which", "who"}:
            break
        if item.kind == "w" and item.low in _SENTENCE_SIGNS | {"but", "while", "although", "after"}:
            break
        if item.kind == "V" and not _coordinated(items, number):
            joined = False
    for number in range(at - 1, -1, -1):
        item = items[number]
        if item.kind == "D" and item.days is not None:
            return _bound(item.days) if _of_saying(items, number) else item.days
        if item.kind == "P" and item.low == "which":
            break
        if item.kind == "w" and item.low in {";", "but", "while", "although"}:
            break
    return said


def _of_saying(items: Sequence[Item], number: int) -> bool:
    """Whether a day is that of somebody's word: "said on Wednesday", "on Wednesday announced"."""
    if number and items[number - 1].low in _SAYING:
        return True
    return number + 1 < len(items) and items[number + 1].low in _SAYING


def _coordinated(items: Sequence[Item], number: int) -> bool:
    return number > 0 and items[number - 1].low in {"and", ","}


def _bound(days: DaysSaid) -> DaysSaid:
    """Turn the day of the word into a bound of what it tells."""
    return days._replace(first=None, precision="by")


_SAYING = frozenset(
    "said says reported announced claimed told confirmed stated announces reports added".split()
)
