"""The parts of a frame before its verb: who does it, to what, what "which" stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.frame_parts import (
    ADJECTIVES,
    DETERMINERS,
    DIRECTIONS,
    PARTIAL,
    PREPOSITIONS,
    SENTENCE_SIGNS,
)
from geoline.frame_words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.frame_parts import Frame
    from geoline.mood import VerbGroup
    from geoline.sentence_items import Item

__all__ = [
    "agent_of",
    "collect_subject_places",
    "find_antecedent",
    "find_later_subject",
    "find_subject",
]

_OTHERS = word_set(
    "police firefighters authorities customs court prosecutors company companies protesters "
    "demonstrators officers residents civilians families people workers rescuers aid"
)


def find_subject(items: Sequence[Item], group: VerbGroup, frame: Frame) -> None:
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
        if (
            before.kind == "w"
            and before.low not in {",", "and", "that", "then", ":", '"', "“", "by", "after"}
        ) or (before.kind in {"N", "G"} and not _behind_preposition(items, first - 1)):
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
        if item.kind == "w" and item.low in PREPOSITIONS:
            if item.low == "of" and number and items[number - 1].kind == "F":
                return False  # "units of the army"
            return item.low not in {"after", "before", "since", "until", "including"}
        if item.kind == "w" and (item.low in DETERMINERS or item.low in ADJECTIVES - {",", "and"}):
            number -= 1
            continue
        if (
            item.kind == "w"
            and item.low in {"and", "or"}
            and number
            and items[number - 1].kind in {"A", "F"}
        ):
            number -= 2
            continue
        return bool(
            item.kind == "w"
            and item.text[:1].islower()
            and item.low.isalpha()
            and number
            and items[number - 1].kind == "w"
            and items[number - 1].low in PREPOSITIONS - {"after", "before"}
        )
    return False


def find_later_subject(items: Sequence[Item], at: int, frame: Frame) -> None:
    """Find who does it behind the verb: "After capturing X, the army …"."""
    for item in items[at : at + 8]:
        if item.kind == "A":
            frame.side = item.value
            return
        if item.kind == "F" or (item.kind == "P" and item.low in {"they", "it"}):
            frame.side_means = "they"
            return
        if item.kind == "V":
            return


def collect_subject_places(items: Sequence[Item], group: VerbGroup, frame: Frame) -> None:  # noqa: C901, PLR0912, PLR0915
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
        lies = [i.low for i in items[max(0, number - 2) : number]]
        if item.kind == "N" and not frame.places and lies[1:] == ["of"] and lies[0] in DIRECTIONS:
            number -= 2  # "west of Aleppo"
        elif item.kind == "N":
            if (
                items[number - 1].kind == "w"
                and items[number - 1].low in PREPOSITIONS - {"of"}
                and number
            ):
                if frame.places:
                    break
                number = _over_phrase(items, number)
                continue
            frame.places.insert(0, item)
        elif item.kind == "T":
            if not frame.places:
                definite = any(
                    i.low in {"the", "both", "that", "this"}
                    for i in items[max(0, number - 3) : number]
                )
                if definite:
                    frame.means = "many" if item.low.endswith("s") else "one"
                    if number + 1 < len(items) and items[number + 1].low == "of":
                        frame.means = ""
                if not _apposed_before(items, number):
                    left = [i.low for i in items[max(0, number - 4) : number]]
                    frame.partly = frame.partly or not PARTIAL.isdisjoint(left)
                    break
                frame.means = ""
        elif item.kind == "R" and not frame.places:
            frame.road = item
            return
        elif (item.kind == "O" and not frame.places) or item.kind == "O":
            frame.post = True
            return
        elif item.kind in {"D", "H"}:
            frame.other = frame.other or item.value
        elif item.kind == "w" and item.low in PARTIAL:
            frame.partly = True
            if not frame.places:
                break
        elif item.kind == "w" and (item.low in ADJECTIVES or item.low in DETERMINERS):
            if (
                item.low == ","
                and frame.places
                and number
                and items[number - 1].kind not in {"N", "T"}
            ):
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
    while number >= 0 and not (items[number].kind == "w" and items[number].low in PREPOSITIONS):
        number -= 1
    return number - 1


def _apposed_before(items: Sequence[Item], at: int) -> bool:
    """Whether a noun stands in apposition to a name before it: "X, a town in the south, was …"."""
    for number in range(at - 1, max(-1, at - 6), -1):
        if items[number].low == "," and items[number].kind == "w":
            return number > 0 and items[number - 1].kind == "N"
        if items[number].kind not in {"w", "T"}:
            return False
    return False


def find_antecedent(items: Sequence[Item], group: VerbGroup, frame: Frame) -> None:
    """Find the place that a relative clause is about: "X, which the army lost"."""
    number = group.first - 1
    steps = 0
    while number >= 0 and steps < 7:  # noqa: PLR2004
        item = items[number]
        if (item.kind == "P" and item.low in {"which", "that"}) or (
            item.kind in {"A", "P"} and _follows_place(items, number)
        ):
            _antecedent(items, number - 1, frame)
            return
        if item.kind in {"V", "N"}:
            return
        number -= 1
        steps += 1


def _follows_place(items: Sequence[Item], at: int) -> bool:
    before = at - 1
    while before >= 0 and items[before].kind == "w" and items[before].low in DETERMINERS:
        before -= 1
    return before >= 0 and items[before].kind in {"T", "N"}


def _antecedent(items: Sequence[Item], at: int, frame: Frame) -> None:
    for number in range(at, max(-1, at - 10), -1):
        item = items[number]
        if item.kind == "N":
            frame.places = [item]
            frame.means = ""
            return
        if item.kind == "V" or (item.kind == "T" and not _apposed_before(items, number)):
            return


def agent_of(items: Sequence[Item], at: int) -> tuple[str, str]:
    """Who did it, behind "by": the side, or "they"."""
    for number in range(at, min(len(items), at + 14)):
        item = items[number]
        if item.kind == "V" or (item.kind == "w" and item.low in SENTENCE_SIGNS):
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
