"""The parts of a frame behind its verb: places in lists and appositions, and days.

Lists, appositions and relative clauses are gone through item by item; what is not understood ends
the search, so that a name too few is found and not one too many.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.frame_words import AUXILIARIES, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.mood import Mood
    from geoline.report_days import DaysSaid
    from geoline.sentence_items import Item

__all__ = [
    "ADJECTIVES",
    "DETERMINERS",
    "DIRECTIONS",
    "PARTIAL",
    "PREPOSITIONS",
    "SENTENCE_SIGNS",
    "Frame",
    "bound",
    "collect_object",
    "days_of",
]

DETERMINERS = word_set("the a an this that its their his both all")
PARTIAL = word_set(
    "parts part most half some much outskirts outskirt edge edges suburbs quarters neighborhoods "
    "neighbourhoods districts portion portions section sections third quarter percent % large "
    "buildings streets"
)
# Words that may stand between a verb and its place.
ADJECTIVES = word_set(
    "strategic strategically important key main major nearby neighboring neighbouring last entire "
    "whole small large big biggest largest second third first another other besieged embattled "
    "deserted empty symbolic rebel northern southern eastern western central northwestern "
    "southeastern northeastern southwestern crucial vital former ancient historic next new "
    "additional more several many few two three four five six seven eight nine ten eleven twelve "
    "dozen dozens about some around over adj least at nearly than including namely called named "
    "number series string and well as following , : ( ) of villages surrounding adjacent nearest "
    "highly flashpoint "
    "desolate war-torn war-ravaged bombed-out long-contested contested once in full today also "
    "industrial mountainous hilltop frontline front-line same tiny urban rural up "
    "populated heavily densely mostly largely opposition rebels-held then"
)
# Prepositions: a side or a name behind one of these is not who does it, or what is taken.
PREPOSITIONS = word_set(
    "from by against with to of for between near on in than at into around outside towards toward "
    "over under behind among amid inside through beyond via overlooking linking connecting despite "
    "alongside along after before since until across beside including"
)
SENTENCE_SIGNS = frozenset({";", "—", "?", "!"})


_DESCRIBING = word_set("a an the which where its")
# "west of Aleppo" says where a place lies.
DIRECTIONS = word_set(
    "north south east west north-west north-east south-west south-east northwest northeast "
    "southwest southeast near in"
)


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


def collect_object(items: Sequence[Item], at: int, frame: Frame) -> int:  # noqa: C901, PLR0912, PLR0915
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
        elif (item.kind == "A" and item.low == "possessive" and not frame.places) or (
            item.kind == "A" and _next_kind(items, at) == "O"
        ):
            pass
        elif item.kind == "D":
            if frame.places or noun:
                break
        elif item.kind == "w" and low in DETERMINERS:
            definite = definite or low in {"the", "both", "this", "that", "these", "those", "all"}
        elif item.kind == "w" and low in PARTIAL:
            frame.partly = True
        elif low == "," and frame.places and (over := _over_apposition(items, at)):
            at, noun = over, ""
            continue
        elif item.kind == "w" and (low in ADJECTIVES or low.isdigit()):
            of = of or low == "of"
            ends = low == "," and noun and not _list_goes_on(items, at)
            if ends and (frame.places or not _apposed(items, at)):
                break
        elif not (item.kind == "w" and noun == "" and _leads_to_place(items, at)):
            break
        at += 1
    if noun.endswith("s"):
        end = _included(items, at, frame) or end
    if not frame.places and noun and definite and not of and frame.road is None and not frame.post:
        frame.means = "many" if noun.endswith("s") else "one"
    return end


def _included(items: Sequence[Item], at: int, frame: Frame) -> int:
    """Find the names of places that were only counted: "12 villages since Friday, including A"."""
    for number in range(at, min(len(items), at + 22)):
        item = items[number]
        if item.kind == "V" or item.low in {";", ".", "but", "while"}:
            return 0
        opens = item.low in {"including", "namely", "notably", "mainly", ":", "—"}
        among = item.low == "among" and number + 1 < len(items) and items[number + 1].low == "them"
        such = item.low == "such" and number + 1 < len(items) and items[number + 1].low == "as"
        if opens or among or such:
            return collect_object(items, number + (1 if opens else 2), frame)
    return 0


def _is_prepared(items: Sequence[Item], at: int, frame: Frame, *, noun: str) -> bool:
    """Whether a name behind "and" is the subject of what follows."""
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
        if item.kind != "w" or item.low in PREPOSITIONS or not item.low.isalpha():
            return False
    return False


def _list_goes_on(items: Sequence[Item], at: int) -> bool:
    return at + 1 < len(items) and items[at + 1].kind in {"N", "T"}


def _apposed(items: Sequence[Item], at: int) -> bool:
    """Whether a noun is followed by its names: "three villages, A and B", "… , including A"."""
    return any(item.kind == "N" for item in items[at + 1 : at + 3])


def _over_apposition(items: Sequence[Item], at: int) -> int:
    """Step from the comma before "a village on the highway, and …" to the one behind it; else 0."""
    described = False
    for number in range(at + 1, min(len(items), at + 16)):
        item = items[number]
        if number == at + 1 and item.low not in _DESCRIBING | DIRECTIONS:
            return 0
        described = described or item.kind in {"T", "P"} or item.low in DIRECTIONS
        if item.kind == "V" or item.low in SENTENCE_SIGNS:
            return 0
        if item.low == ",":
            goes_on = [i.kind for i in items[number + 1 : number + 3]]
            return number if described and "N" in goes_on else 0
        if item.kind == "N" and not described:
            return 0
    return 0


def _next_kind(items: Sequence[Item], at: int) -> str:
    return items[at + 1].kind if at + 1 < len(items) else ""


def days_of(items: Sequence[Item], at: int) -> DaysSaid | None:  # noqa: C901
    """Find the days of a verb: behind it in its clause, before it, or of what follows "and"."""
    said: DaysSaid | None = None
    joined = True
    for number in range(at + 1, len(items)):
        item = items[number]
        if item.kind == "D" and item.days is not None:
            if _of_saying(items, number):
                said = said or bound(item.days)
                continue
            if joined:
                return item.days
            break
        if item.kind == "P" and item.low in {"which", "who"}:
            break
        if item.kind == "w" and item.low in SENTENCE_SIGNS | {"but", "while", "although", "after"}:
            break
        if item.kind == "V" and not _coordinated(items, number):
            joined = False
    for number in range(at - 1, -1, -1):
        item = items[number]
        if item.kind == "D" and item.days is not None:
            if _of_another(items, number, at):
                break
            return bound(item.days) if _of_saying(items, number) else item.days
        if item.kind == "P" and item.low == "which":
            break
        if item.kind == "w" and item.low in {";", "but", "while", "although"}:
            break
    return said


def _of_another(items: Sequence[Item], number: int, at: int) -> bool:
    """Whether a day to the left is that of a verb before it, and a new subject follows."""
    opened = max((n for n in range(number) if items[n].low == ";"), default=0)
    if not any(item.kind == "V" for item in items[opened:number]):
        return False
    return any(
        item.kind in {"A", "F", "N", "P"} and item.low not in {"that", "which"}
        for item in items[number + 1 : at]
    )


def _of_saying(items: Sequence[Item], number: int) -> bool:
    """Whether a day is that of somebody's word: "said on Wednesday", "on Wednesday announced"."""
    if number and items[number - 1].low in _SAYING:
        return True
    before = items[max(0, number - 3) : number]
    if any(item.kind == "D" for item in before) and before[0].low in _SAYING:
        return True  # "announced today, Thursday, that"
    return number + 1 < len(items) and items[number + 1].low in _SAYING


def _coordinated(items: Sequence[Item], number: int) -> bool:
    return number > 0 and items[number - 1].low in {"and", ","}


def bound(days: DaysSaid) -> DaysSaid:
    """Turn the day of the word into a bound of what it tells."""
    return days._replace(first=None, precision="by")


_SAYING = word_set(
    "said says reported announced claimed told confirmed stated announces reports added"
)
