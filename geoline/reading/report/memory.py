"""What a report speaks of: whose word it gives, whom "they" means, and which is "the town".

"The town", "it" and "they" mean what was told last; who denies, from whom a place was taken and how
sure a claim is follow from the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.shared.acting import leads
from geoline.reading.shared.item import Item
from geoline.reading.shared.told_event import HAPPENED, TAKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.reading.shared.grammar import GrammarWords, SentenceRead
    from geoline.reading.shared.item import Speech
    from geoline.reading.shared.report_memory import ReportMemory
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["CONTROL", "certainty_of", "denier_of", "meant", "refocus"]

# Events that say something of control, and those that say that a side is gone.
CONTROL = frozenset(
    {"captured", "recaptured", "entered", "besieged", "withdrew", "lost", "denied", "held"}
)
GONE = frozenset({"withdrew", "lost"})
# A name among the first items of a sentence is its topic.
NEAR_START = 3
# Names remembered; items behind "denied" among which "by" and who did may stand.
MOST_RECENT, REACH = 6, 6
# Sentences behind one that only counts places in which they may be named.
COUNTED = 3


def certainty_of(told: ToldEvent, speakers: Sequence[Speech], verb: Item) -> tuple[str, str]:
    """Tell how sure an event is, and whose word it is."""
    speaker = _speaker(speakers, verb)
    if told.mood in {"unclear", "foreseen"}:
        return told.mood, speaker
    return ("reported" if speakers or told.mood == "reported" else "asserted"), speaker


def _speaker(speakers: Sequence[Speech], verb: Item) -> str:
    """Give whose word stands nearest before a verb; else who is named first."""
    before = [word for word in speakers if word.end <= verb.start] or speakers[:1]
    return next((word.speaker for word in (*before[-1:], *speakers) if word.speaker), "")


def denier_of(items: Sequence[Item], told: ToldEvent, words: GrammarWords) -> str:
    """Who denies: the side before "denied", else the one behind "was denied by"."""
    at = next((n for n, item in enumerate(items) if item.low in words.denials), None)
    if at is None:
        return ""
    behind = items[at + 1 : at + REACH]
    right = _sides(behind)
    if at > told.at and right and behind[0].low in words.by:
        return right[0]
    return next(reversed(_sides(items[:at])), "")


def _sides(items: Sequence[Item]) -> list[str]:
    return [item.value for item in items if item.kind == "side"]


def meant(
    items: Sequence[Item],
    told: ToldEvent,
    memory: ReportMemory,
    words: GrammarWords,
    earlier: Sequence[ToldEvent] = (),
) -> list[Item]:
    """Names that "it", "the town", "both villages" mean: of this sentence, or of those before."""
    if not told.means:
        return []
    many = told.means == "many"
    before = _told_before(earlier, many=many)
    if before:
        return before if many else before[-1:]
    here = _named_here(items[: told.at if told.means_at < 0 else told.means_at], words)
    return _many_meant(items, told, memory, words, here) if many else _one_meant(memory, here)


def _told_before(earlier: Sequence[ToldEvent], *, many: bool) -> list[Item]:
    """Give the places of the last event before, rather of one that has as many as are meant."""
    told = [list(event.places) for event in earlier if event.places and event.event != "strike"]
    fitting = [places for places in told if (len(places) > 1) == many]
    return next(iter([*fitting[-1:], *told[-1:]]), [])


def _named_here(items: Sequence[Item], words: GrammarWords) -> list[Item]:
    """Give the settlements named before an item; rather those that do not only say where one is.

    "In X, east of Y, after its capture": Y only says where X is.
    """
    named = [n for n, item in enumerate(items) if item.settlement]
    chief = [n for n in named if not _only_says_where(items, n, words)]
    return [items[n] for n in chief or named]


def _one_meant(memory: ReportMemory, here: Sequence[Item]) -> list[Item]:
    return list(here[-1:]) or [_elsewhere(item) for item in memory.places[-1:]]


def _many_meant(
    items: Sequence[Item],
    told: ToldEvent,
    memory: ReportMemory,
    words: GrammarWords,
    here: list[Item],
) -> list[Item]:
    if len(here) > 1:
        return here
    before = memory.bare if len(memory.bare) > 1 else memory.places
    if len(before) <= 1 and _both(items, told.means_at, words):
        before = memory.recent[-2:]
    kept = len(before) > 1 or told.entering
    return [_elsewhere(item) for item in before] if kept else []


def _both(items: Sequence[Item], at: int, words: GrammarWords) -> bool:
    """Whether two places are meant, whichever were named last: "they captured both towns"."""
    return at >= 0 and any(item.low in words.both for item in items[max(0, at - 1) : at + 1])


def _only_says_where(items: Sequence[Item], at: int, words: GrammarWords) -> bool:
    before = items[at - 1].low if at else ""
    beside = before in words.of and at > 1 and items[at - 2].low in words.directions
    capital = "capital" in {item.low for item in items[max(0, at - 3) : at]}
    return beside or capital or before in words.near


def _elsewhere(item: Item) -> Item:
    """Give a name of an earlier sentence; its position is none of this one."""
    return Item("name", -1, -1, item.low, item.text, known=item.known)


def refocus(read: SentenceRead, memory: ReportMemory, paragraph: int, words: GrammarWords) -> None:
    """Move on to what a sentence told last: its side, its places, its speaker."""
    _refocus_side(read, memory, words)
    _refocus_places(read, memory, paragraph, words)
    speakers = [word.speaker for word in read.speakers if word.speaker]
    memory.speaker = speakers[-1] if speakers else memory.speaker
    happened = [told for told in read.events if told.mood in HAPPENED]
    memory.left = any(told.event in GONE for told in happened)
    counts = [told for told in happened if _only_counts(told)]
    if counts or not memory.counted_left:
        memory.counted, memory.counted_left = counts[-1] if counts else None, COUNTED
    memory.counted_left -= 1


def _only_counts(told: ToldEvent) -> bool:
    """Whether places are told of that are not named: "nine villages", "them"."""
    only = not told.places and (told.counted or told.means == "many")
    return only and told.event in TAKEN and told.side_means != "other"


def _refocus_side(read: SentenceRead, memory: ReportMemory, words: GrammarWords) -> None:
    sides = [(n, item.value) for n, item in enumerate(read.items) if item.kind == "side"]
    memory.named.update(side for _, side in sides)
    acting = [told.side for told in read.events if told.side and told.mood != "denied"]
    subjects = [side for n, side in sides if leads(read.items, n, words)]
    memory.side = next(iter([*acting, *subjects]), memory.side)


def _refocus_places(
    read: SentenceRead, memory: ReportMemory, paragraph: int, words: GrammarWords
) -> None:
    """Move on to the places that a sentence told last, or to its topic."""
    items = read.items
    alone = all(i.kind in {"name", "region", "type"} or not i.low[0].isalpha() for i in items)
    memory.bare = [*memory.bare, *(i for i in items if i.kind == "name")] if alone else []
    local = [(n, item) for n, item in enumerate(items) if item.settlement]
    for _, item in local:
        others = [other for other in memory.recent if other.text != item.text]
        memory.recent = [*others, item][-MOST_RECENT:]
    told = [event.places for event in read.events if _tells_of_control(event)]
    topics = [item for n, item in local if _is_topic(items, n, words)]
    if told or topics:
        memory.places = list(told[0]) if told else topics[:1]
    elif len({item.low for _, item in local}) == 1 and _open_to_any(memory, paragraph):
        # "Why is everyone fighting over X?"; the only name of a new paragraph.
        memory.places = [local[0][1]]
    if memory.places:
        memory.paragraph = paragraph


def _open_to_any(memory: ReportMemory, paragraph: int) -> bool:
    return not memory.places or paragraph != memory.paragraph


def _tells_of_control(told: ToldEvent) -> bool:
    return bool(told.places) and told.event in CONTROL and told.mood in HAPPENED


def _is_topic(items: Sequence[Item], at: int, words: GrammarWords) -> bool:
    """Whether a name is what the sentence is about: its subject, or "the town of" it."""
    before = items[at - 1] if at else None
    if before is None:
        return True
    if before.kind == "word" and before.low in words.of:
        return items[at - 2].kind == "type"
    near = at < NEAR_START and before.kind == "word" and before.low not in words.prepositions
    return before.kind == "event" or near
