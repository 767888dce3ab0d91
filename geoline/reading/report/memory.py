"""What a report speaks of: whose word it gives, whom "they" means, and which is "the town".

"The town", "it" and "they" mean what was told last; who denies, from whom a place was taken and how
sure a claim is follow from the sentence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from geoline.reading.arabic.memory import ArabicMemory
from geoline.reading.english.places.places_in import places_in
from geoline.reading.english.words.word_classes import BE, DETERMINERS, DIRECTIONS, PREPOSITIONS
from geoline.reading.shared.item import Item
from geoline.reading.shared.told_event import HAPPENED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.reading.shared.item import DaysSaid, Speech
    from geoline.reading.shared.told_event import ToldEvent

__all__ = [
    "CONTROL",
    "ReportMemory",
    "Scene",
    "certainty_of",
    "continued",
    "denier_of",
    "meant",
    "refocus",
    "sides_acting",
]

# Events that say something of control.
CONTROL = frozenset({"captured", "recaptured", "entered", "besieged", "withdrew", "lost", "denied"})


_NEAR = frozenset({"from", "near", "between", "towards", "toward", "outside", "opposite"})
# A name among the first items of a sentence is its topic.
NEAR_START = 3


@dataclass(slots=True)
class ReportMemory:
    """Whom and what the report spoke of last."""

    side: str = ""
    taker: str = ""
    named: Counter[str] = field(default_factory=Counter)
    acting: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    places: list[Item] = field(default_factory=list)
    recent: list[Item] = field(default_factory=list)
    paragraph: int = -1
    speaker: str = ""
    day: date | None = None
    counted: ToldEvent | None = None
    left: bool = False
    listing: ToldEvent | None = None
    listed: range = range(0)
    arabic: ArabicMemory = field(default_factory=ArabicMemory)
    scene: Scene | None = None
    scene_before: Scene | None = None


class Scene(NamedTuple):
    """The days on which something was done, and where that stands: item, sentence, paragraph."""

    days: DaysSaid
    at: int
    sentence: int
    paragraph: int


def certainty_of(frame: ToldEvent, words: Sequence[Speech], verb: Item) -> tuple[str, str]:
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


_DENIALS = frozenset({"denied", "denies", "deny", "denying", "rejected", "dismissed", "disputed"})


def denier_of(items: Sequence[Item], frame: ToldEvent) -> str:
    """Who denies: the side before "denied", else the one behind "was denied by"."""
    at = next((n for n, item in enumerate(items) if item.low in _DENIALS), None)
    if at is None:
        return ""
    left = [item.value for item in items[:at] if item.kind == "side"]
    right = [item.value for item in items[at : at + 6] if item.kind == "side"]
    if at > frame.at and right and at + 1 < len(items) and items[at + 1].low == "by":
        return right[0]
    return left[-1] if left else ""


def meant(
    items: Sequence[Item], frame: ToldEvent, focus: ReportMemory, earlier: Sequence[ToldEvent] = ()
) -> list[Item]:
    """Names that "it", "the town", "both villages" mean: of this sentence, or of those before."""
    if not frame.means:
        return []
    told = [list(f.places) for f in earlier if f.places and f.event != "strike"]
    fitting = [p for p in told if (len(p) > 1) == (frame.means == "many")] or told
    if fitting:
        return fitting[-1] if frame.means == "many" else fitting[-1][-1:]
    before = items[: frame.at if frame.means_at < 0 else frame.means_at]
    named = [n for n, item in enumerate(before) if item.settlement]
    # "In X, east of Y, after its capture": Y only says where X is.
    chief = [n for n in named if not _only_says_where(items, n)]
    here = [items[n] for n in chief or named]
    if frame.means == "many":
        before = [_elsewhere(item) for item in focus.places]
        if len(here) < 2 and len(before) < 2 and _both(items, frame.means_at):  # noqa: PLR2004
            before = [_elsewhere(item) for item in focus.recent[-2:]]
        return here if len(here) > 1 else before if len(before) > 1 or frame.entering else []
    if here:
        return here[-1:]
    return [_elsewhere(item) for item in focus.places[-1:]]


def _both(items: Sequence[Item], at: int) -> bool:
    """Whether two places are meant, whichever were named last: "they captured both towns"."""
    return at >= 0 and bool({item.low for item in items[max(0, at - 1) : at + 1]} & {"both", "two"})


def _only_says_where(items: Sequence[Item], at: int) -> bool:
    before = items[at - 1].low if at else ""
    return before in _NEAR or (before == "of" and at > 1 and items[at - 2].low in DIRECTIONS)


def _elsewhere(item: Item) -> Item:
    """Give a name of an earlier sentence; its position is none of this one."""
    return Item("name", -1, -1, item.low, item.text, known=item.known)


def refocus(
    items: Sequence[Item],
    found: Sequence[ToldEvent],
    words: Sequence[Speech],
    focus: ReportMemory,
    paragraph: int,
) -> None:
    """Move on to what a sentence told last: its side, its places, its speaker."""
    acting = [frame for frame in found if frame.side and frame.mood != "denied"]
    subjects = [item for n, item in enumerate(items) if item.kind == "side" and _leads(items, n)]
    focus.named.update(item.value for item in items if item.kind == "side")
    if acting:
        focus.side = acting[0].side
    elif subjects:
        focus.side = subjects[0].value
    _refocus_places(items, found, focus, paragraph)
    speakers = [word.speaker for word in words if word.speaker]
    if speakers:
        focus.speaker = speakers[-1]
    focus.left = any(f.event in {"withdrew", "lost"} and f.mood in HAPPENED
                     for f in found)  # fmt: skip
    counts = [f for f in found if f.counted and not f.places and f.mood in HAPPENED]
    focus.counted = counts[-1] if counts else None


def _refocus_places(
    items: Sequence[Item], found: Sequence[ToldEvent], focus: ReportMemory, paragraph: int
) -> None:
    """Move on to the places that a sentence told last, or to its topic."""
    local = [i for i in items if i.settlement]
    for item in local:
        others = [i for i in focus.recent if i.text != item.text]
        focus.recent = [*others[-5:], item]
    told = [
        frame.places
        for frame in found
        if frame.places and frame.event in CONTROL and frame.mood in HAPPENED
    ]
    named = [item for n, item in enumerate(items) if item.settlement and _is_topic(items, n)]
    if told:
        focus.places = list(told[0])
    elif named:
        focus.places = named[:1]
    elif (not focus.places or paragraph != focus.paragraph) and len(
        {item.low for item in local}
    ) == 1:
        # "Why is everyone fighting over X?"; the only name of a new paragraph.
        focus.places = local[:1]
    if told or named or focus.places:
        focus.paragraph = paragraph


def sides_acting(items: Sequence[Item], *, does: bool = True) -> list[str]:
    """Give the sides that do something in a sentence, and do not flee, lose or only speak.

    If `does` is false: those that are named in it and neither do that nor anything else.
    """
    found = []
    for number, item in enumerate(items):
        if item.kind != "side":
            continue
        leads = item.acts and _leads(items, number)
        near = items[number + 1 : number + 7]
        verb = next((i for i in near if i.kind in _DOING), None) if leads else None
        if verb is None:
            before = items[number - 1].low if number else ""
            found += [] if does or before in _GOVERNING or not leads else [item.value]
            continue
        at = next(n for n, i in enumerate(near) if i is verb)
        suffers = bool({i.low for i in near[:at]} & BE) and verb.low.endswith(("ed", "en"))
        if suffers or (verb.verb is not None and verb.verb.slot == "out" and at == 0):
            continue
        yields = verb.kind == "speech" or verb.low in _YIELDING
        yields = yields or (verb.verb is not None and verb.verb.event in {"lost", "withdrew"})
        if does and not yields:
            found.append(item.value)
    return found


def _is_topic(items: Sequence[Item], at: int) -> bool:
    """Whether a name is what the sentence is about: its subject, or "the town of" it."""
    before = items[at - 1] if at else None
    if before is None or (before.kind == "word" and before.low == "of"):
        return at == 0 or items[at - 2].kind == "type"
    return before.kind == "event" or (
        at < NEAR_START and before.kind == "word" and before.low not in PREPOSITIONS
    )


def _leads(items: Sequence[Item], at: int) -> bool:
    before = at - 1
    while before > 0 and items[before].low in DETERMINERS:
        before -= 1
    return at == 0 or not (
        items[before].low in _GOVERNING or items[before].kind in {"event", "verb"}
    )


_DOING = frozenset({"event", "verb", "speech"})
_YIELDING = frozenset(
    {"fled", "flee", "fleeing", "retreating", "defended", "resisted", "died", "had"}
)
_GOVERNING = frozenset({"by", "from", "against", "with", "of", "to", "for", "on", "in"})
_OPENERS = frozenset({"include", "includes", "included", "are", "were", "as", ":", "namely"})
_MEANT = frozenset({"they", "these", "those", "them", "which", "the", "among"})


def continued(items: Sequence[Item], focus: ReportMemory) -> list[Item]:
    """Names of the places that the sentence before only counted: "They are A, B and C"."""
    if focus.counted is None:
        return []
    opener = next((n for n, item in enumerate(items[:14]) if item.low in _OPENERS), None)
    if opener is None or any(item.kind == "event" for item in items[:opener]):
        return []
    head = items[:opener]
    plural = any(i.kind == "type" and i.low.endswith(("s", "ies")) for i in head)
    if not plural and not any(i.low in {"they", "them", "these", "those"} for i in head):
        return []
    if not any(item.low in _MEANT for item in head):
        return []
    places = places_in(items, opener + 1)
    return [items[number] for number in places.names]
