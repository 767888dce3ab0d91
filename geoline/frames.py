"""Who did what to which place in a sentence: verb frames, active and passive, and nouns for them.

Works on the items of a sentence alone. What a pronoun or "the town" means is left to the report
(`geoline.extract`), as is what names mean.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoline.frame_parts import SENTENCE_SIGNS, Frame, bound, collect_object, days_of
from geoline.frame_subjects import (
    agent_of,
    collect_subject_places,
    find_antecedent,
    find_later_subject,
    find_subject,
)
from geoline.frame_words import BE, CLASHES, NOMINALS, STRIKES, word_set
from geoline.mood import VerbGroup, mood_of, verb_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.sentence_items import Item

__all__ = ["frames"]

_WHERE = word_set("in near around at on outside inside across between against of over")
_GOAL = word_set("towards toward on to closer into in upon")
_MODALS = frozenset({"would", "could", "will", "may", "might"})
# Before "the capture of X" these say that it is still to come.
_BEFORE_IT = word_set("before at until pending toward towards for threatens")
_BETWEEN = frozenset({"and", ",", "the", "of", "then"})
_ONGOING = frozenset({"now", "back", "again", "firmly", "currently"})
_ANNOUNCED = word_set("announced announces announce declared declares confirmed confirms")


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
        elif item.kind == "w" and item.low in BE and _is_now(items, at):
            group = verb_group(items, at)
            frame = _fell(items, at, group, Frame("captured", at, mood_of(text, items, at, group)))
        elif item.kind == "w" and item.low in CLASHES | STRIKES:
            frame = _located(text, items, at)
        if frame is not None:
            frame.days = frame.days or days_of(items, frame.at)
            found.append(frame)
            found += _further_days(items, frame)
    return found


def _further_days(items: Sequence[Item], frame: Frame) -> list[Frame]:
    """Frames of the same verb on other days: "captured A on Monday and B on Tuesday"."""
    found: list[Frame] = []
    number = items.index(frame.places[-1]) + 1 if frame.places else len(items)
    while number + 2 < len(items) and items[number].kind == "D":
        ahead = items[number + 1 : number + 6]
        name = next((n for n, item in enumerate(ahead) if item.kind == "N"), None)
        if (
            name is None
            or name + 1 >= len(ahead)
            or ahead[name + 1].kind != "D"
            or any(item.low not in _BETWEEN and item.kind != "T" for item in ahead[:name])
        ):
            break
        found.append(replace(frame, places=[ahead[name]], days=ahead[name + 1].days))
        number += name + 2
    return found


def _verbal(text: str, items: Sequence[Item], at: int) -> Frame | None:  # noqa: C901, PLR0911, PLR0912
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
        if (
            verb.event == "advanced"
            and verb.form in {"base", "ing"}
            and items[at].low == "approaching"
        ):
            words |= {""}
        find_subject(items, group, frame)
        return _placed(items, at, frame, words)
    behind = collect_object(items, at + 1, frame)
    agent = agent_of(items, at + 1)
    participle = verb.form in {"ed", "pp", "any", "base/pp"}
    if group.passive or (participle and not frame.places and not frame.means and any(agent)):
        frame.places, frame.means, frame.partly, frame.road, frame.post = [], "", False, None, False
        collect_subject_places(items, group, frame)
        frame.side, frame.side_means = agent
        if not agent[0] and not agent[1]:
            frame.side_means = "agent"
    else:
        if verb.form == "pp" and not group.words:
            return None
        find_subject(items, group, frame)
        if not (frame.places or frame.means or frame.road):
            find_antecedent(items, group, frame)
        if (
            frame.side == frame.side_means == ""
            and verb.form == "ing"
            and _opens(items, group.first)
        ):
            find_later_subject(items, behind, frame)
    later = {item.low for item in items[behind : behind + 3] if item.kind == "w"}
    if verb.form in {"ing", "base"} and mood == "asserted" and later & _MODALS:
        frame.mood = "foreseen"
    if frame.event == "cleared":
        if not _cleared(items, behind):
            return None
        frame.event = "captured"
    if frame.event == "captured" and _of_what(items, at, behind):
        return None
    return _finished(items, frame, behind, group)


def _opens(items: Sequence[Item], first: int) -> bool:
    """Whether a form in -ing opens the sentence or clause: "After capturing X, the army …"."""
    return all(
        item.low in {"after", "since", "upon", "by", '"', "and", "on"} for item in items[:first]
    )


def _finished(items: Sequence[Item], frame: Frame, behind: int, group: VerbGroup) -> Frame | None:  # noqa: PLR0911
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
    if frame.event == "withdrew" and not (frame.side or frame.side_means == "they"):
        return None
    if frame.partly and frame.event in {"captured", "recaptured"}:
        frame.event = "entered"
    return frame


def _fell(items: Sequence[Item], at: int, group: VerbGroup, frame: Frame) -> Frame | None:
    """X fell to A, came under the control of A, passed into A's hands."""
    low = items[at].low
    window = items[at + 1 : at + 12]
    words = [item.low for item in window]
    hands = any(word in {"control", "hands"} for word in words)
    falls = low.startswith(("fall", "fell"))
    if not (
        (falls and "to" in words[:3]) or (hands and {"under", "to", "into", "in"} & set(words[:4]))
    ):
        return None
    side = next((i for i in window if i.kind == "A"), None)
    if side is None:
        side = next((i for i in window if i.kind == "F"), None)
    if side is None:
        return None
    frame.event = "recaptured" if low.startswith("return") else "captured"
    frame.side, frame.side_means = (side.value, "") if side.kind == "A" else ("", "they")
    collect_subject_places(items, group, frame)
    return frame if frame.places or frame.means else None


def _is_now(items: Sequence[Item], at: int) -> bool:
    return at + 1 < len(items) and items[at + 1].low in _ONGOING


def _placed(items: Sequence[Item], at: int, frame: Frame, words: frozenset[str]) -> Frame | None:
    """Find the places behind a preposition."""
    low = items[at].low
    if low.startswith("approach"):
        collect_object(items, at + 1, frame)
        return frame if frame.places or frame.means else None
    for number in range(at + 1, min(len(items), at + 9)):
        item = items[number]
        if item.kind == "V" or (item.kind == "w" and item.low in SENTENCE_SIGNS | {","}):
            break
        if item.kind == "w" and item.low in words:
            collect_object(items, number + 1, frame)
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
            collect_object(items, number + 1, frame)
            break
        if item.kind == "w" and item.low in {";", ",", "and", "but"} and item.low != "and":
            break
        if item.kind == "w" and item.low in _WHERE and number + 1 < len(items):
            collect_object(items, number + 1, frame)
            if frame.places:
                break
            frame.means = ""
    if not frame.side and at and items[at - 1].kind == "A":
        frame.side = items[at - 1].value
    frame.partly = frame.post = False
    return frame if frame.places else None


def _nominal(text: str, items: Sequence[Item], at: int) -> Frame | None:
    """Read "the capture of X", "the loss of X", "the fall of X"."""
    low = items[at].low
    following = items[at + 1] if at + 1 < len(items) else None
    if low not in NOMINALS or following is None or following.low != "of":
        return None
    event = NOMINALS[low]
    announced = not _ANNOUNCED.isdisjoint(item.low for item in items[max(0, at - 5) : at])
    group = VerbGroup(at, (), passive=False, infinitive=False)
    mood = mood_of(text, items, at, group)
    frame = Frame("captured" if event == "fell" else event, at, mood)
    behind = collect_object(items, at + 2, frame)
    if not (frame.places or frame.means) or frame.road:
        return None
    before = [item.low for item in items[max(0, at - 6) : at]]
    later = [item.low for item in items[behind : behind + 4]]
    if mood == "asserted" and (_MODALS & set(later) or _BEFORE_IT & set(before)):
        frame.mood = "foreseen"
    agent = agent_of(items, behind) if event != "fell" else ("", "")
    if event == "fell":
        agent = next(((i.value, "") for i in items[behind : behind + 4] if i.kind == "A"), agent)
    frame.side, frame.side_means = agent
    if not (frame.side or frame.side_means):
        find_subject(items, VerbGroup(at, (), passive=False, infinitive=False), frame)
        if frame.side_means in {"", "other"}:
            frame.side_means = "agent"
    if event == "fell" and not agent[0]:
        frame.side, frame.side_means = "", "agent"
    days = days_of(items, at)
    frame.days = bound(days) if announced and days is not None else days
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
    """Whether it is a figure of speech: "took X by surprise", "took X to court"."""
    if items[at].low not in {"take", "takes", "took", "taken", "taking"}:
        return False
    words = [item.low for item in items[behind : behind + 2]]
    return words in (["by", "surprise"], ["to", "court"], ["by", "storm"])


def _near_post(items: Sequence[Item], group: VerbGroup, frame: Frame, behind: int) -> None:
    if frame.places:
        return
    side = list(items[behind : behind + 7])
    left = list(items[max(0, group.first - 8) : group.first])
    for row in (side, left):
        for number, item in enumerate(row):
            if (
                item.kind == "N"
                and number
                and row[number - 1].low in {"in", "near", "at", "of", "and", ","}
            ):
                frame.places.append(item)
            elif item.kind == "V":
                break
        if frame.places:
            return
