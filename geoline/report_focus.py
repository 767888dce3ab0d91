"""What a report speaks of: whose word it gives, whom "they" means, and which is "the town".

"The town", "it" and "they" mean what was told last; who denies, from whom a place was taken and how
sure a claim is follow from the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.frame_parts import PREPOSITIONS, Frame
from geoline.sentence_items import Item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.speakers import Speech

__all__ = ["CONTROL", "Focus", "certainty_of", "denier_of", "from_whom", "meant", "refocus"]

# Events that say something of control.
CONTROL = frozenset({"captured", "recaptured", "entered", "besieged", "withdrew", "lost", "denied"})


@dataclass(slots=True)
class Focus:
    """Whom and what the report spoke of last."""

    side: str = ""
    places: list[Item] = field(default_factory=list)
    speaker: str = ""
    day: date | None = None


def certainty_of(frame: Frame, words: Sequence[Speech], verb: Item) -> tuple[str, str]:
    """Tell how sure a frame is, and whose word it is."""
    speech = None
    for word in words:
        if word.end <= verb.start or speech is None:
            speech = word
    named = [word for word in words if word.speaker]
    speaker = speech.speaker if speech and speech.speaker else named[0].speaker if named else ""
    if frame.mood in {"unclear", "foreseen"}:
        return frame.mood, speaker
    return ("reported" if words or frame.mood == "reported" else "asserted"), speaker


def denier_of(items: Sequence[Item], frame: Frame) -> str:
    """Who denies: the side before "denied", else the one behind "was denied by"."""
    for number, item in enumerate(items):
        if item.kind == "w" and item.low in {
            "denied",
            "denies",
            "deny",
            "denying",
            "rejected",
            "dismissed",
            "disputed",
        }:
            left = [i.value for i in items[:number] if i.kind == "A"]
            right = [i.value for i in items[number : number + 6] if i.kind == "A"]
            if number > frame.at:
                return (
                    right[0]
                    if right and items[number + 1].low == "by"
                    else (left[-1] if left else "")
                )
            return left[-1] if left else ""
    return ""


def from_whom(items: Sequence[Item], frame: Frame) -> str:
    """From which side a place was taken, empty if not said."""
    for number in range(frame.at + 1, min(len(items), frame.at + 25)):
        item = items[number]
        if item.kind == "V":
            break
        if item.low == "from":
            for later in items[number + 1 : number + 5]:
                if later.kind == "A":
                    return later.value
    return ""


def meant(items: Sequence[Item], frame: Frame, focus: Focus) -> list[Item]:
    """Names that "it", "the town", "both villages" mean."""
    if not frame.means:
        return []
    here = [item for item in items[: frame.at] if item.kind == "N" and item.known]
    if frame.means == "many":
        before = [_elsewhere(item) for item in focus.places]
        return here if len(here) > 1 else before if len(before) > 1 else []
    if here:
        return here[-1:]
    return [_elsewhere(item) for item in focus.places[-1:]]


def _elsewhere(item: Item) -> Item:
    """Give a name of an earlier sentence; its position is none of this one."""
    return Item("N", -1, -1, item.low, item.text, known=item.known)


def refocus(
    items: Sequence[Item], found: Sequence[Frame], words: Sequence[Speech], focus: Focus
) -> None:
    """Move on to what a sentence told last: its side, its places, its speaker."""
    acting = [frame for frame in found if frame.side and frame.mood != "denied"]
    subjects = [item for n, item in enumerate(items) if item.kind == "A" and _leads(items, n)]
    if acting:
        focus.side = acting[0].side
    elif subjects:
        focus.side = subjects[0].value
    told = [
        frame.places
        for frame in found
        if frame.places and frame.event in CONTROL and frame.mood in {"asserted", "reported"}
    ]
    named = [
        item
        for n, item in enumerate(items)
        if item.kind == "N" and item.known and _is_topic(items, n)
    ]
    if told:
        focus.places = list(told[0])
    elif named:
        focus.places = named[:1]
    speakers = [word.speaker for word in words if word.speaker]
    if speakers:
        focus.speaker = speakers[-1]


def _is_topic(items: Sequence[Item], at: int) -> bool:
    """Whether a name is what the sentence is about: its subject, or "the town of" it."""
    before = items[at - 1] if at else None
    if before is None or (before.kind == "w" and before.low == "of"):
        return at == 0 or items[at - 2].kind == "T"
    return before.kind == "V" or (at < 3 and before.kind == "w" and before.low not in PREPOSITIONS)  # noqa: PLR2004


def _leads(items: Sequence[Item], at: int) -> bool:
    return at == 0 or items[at - 1].low not in {"by", "from", "against", "with", "of", "to", "for"}
