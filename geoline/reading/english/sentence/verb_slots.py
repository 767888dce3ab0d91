"""A part of a sentence: a name, a side, a day, a verb, a word; and sides named in two parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.reading.english.words.event_verbs import EVENT_VERBS
from geoline.reading.english.words.word_classes import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    FORCES,
    PREPOSITIONS,
    SPEECH,
    VERBS,
)
from geoline.reading.english.words.word_sets import word_sets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from geoline.reading.shared.item import Item


__all__ = ["ATTACK", "ATTACKS", "asked_for", "merged"]

_WORDS = word_sets("sentence", "verb_slots")

# "Forces loyal to Damascus", "units of the army" are the side's.
_OF_SIDE = (("of",), ("from",), ("loyal", "to"), ("allied", "to"), ("allied", "with"),
            ("aligned", "with"), ("fighting", "for"), ("belonging", "to"),
            ("affiliated", "with"), ("affiliated", "to"))  # fmt: skip
_LAST_OF_SIDE = frozenset(words[-1] for words in _OF_SIDE)
_BEFORE_SIDE = DETERMINERS | {"adj"}
_GRIPS = _WORDS["grips"]
_GAINS = _WORDS["gains"]
_FOLDS = _GRIPS | {"fold", "embrace", "state", "sovereignty"}
_CLOSING = _WORDS["closing"] | {""}  # fmt: skip
_DAYS = _WORDS["days"]
# What is repelled, and among how many words around the verb it stands.
ATTACKS, ATTACK = _WORDS["attacks"], 12
_GIVEN = ("restor", "return", "brought", "bring")
# Words behind a verb in which what its slot asks for is looked for.
LATER = 32
_FLAGS = frozenset({"flag", "flags", "banner", "banners"})
_OF = frozenset({"of", "over", "on", "in"})
_ENDS_GRIP = (
    PREPOSITIONS | VERBS | SPEECH | AUXILIARIES | frozenset(EVENT_VERBS) | frozenset({",", "and"})
) - frozenset({"back", "forces"})


def merged(items: list[Item]) -> list[Item]:
    """Join what names one side: "Syrian government army", "units of the army", "army's troops"."""
    found: list[Item] = []
    for item in items:
        before = found[-1] if found and found[-1].kind == "side" else None
        if item.kind == "side":
            if _of_group(found) and not item.text.islower():
                del found[-1 - (found[-1].low == "the") :]  # "jihadists from the Islamic State"
                _join(found.pop(), item)
            elif before is not None and not before.possessive:
                _join(found.pop(), item)
            elif (first := _force_before(found)) is not None:
                head = found[first]
                item.start, item.text = head.start, f"{head.text} … {item.text}"
                item.acts, item.possessive = True, False
                del found[first:]
        elif item.kind == "force" and before is not None and before.possessive:
            before.acts, before.possessive = True, False
            continue
        elif item.low in FORCES and _of_owner(found):
            found.pop()  # "Azerbaijan's glorious Army"
            found[-1].acts, found[-1].possessive = True, False
            continue
        found.append(item)
    return found


def _of_group(found: Sequence[Item]) -> bool:
    """Whether a common word for a side and "from the" stand before a side that is named."""
    at = len(found) - 1 - bool(found and found[-1].low == "the")
    if at < 1 or found[at - 1].kind != "side" or found[at - 1].possessive:
        return False
    plural = found[at - 1].text[at == 1 :].islower() and found[at - 1].text.endswith("s")
    by = any(item.low == "by" for item in found[max(0, at - 3) : at - 1])  # "taken by A from B"
    return plural and not by and found[at].low in {"from", "of"}


def _of_owner(found: Sequence[Item]) -> bool:
    """Whether a side's name with an s and an adjective stand before armed men."""
    if len(found) < len(("side", "adjective")) or found[-2].kind != "side":
        return False
    return found[-2].possessive and found[-1].kind == "word" and found[-1].text.islower()


def _join(before: Item, item: Item) -> None:
    """Make two names of a side one: in "Turkish army" the name decides, else the later one."""
    if item.text.islower() and not before.text.islower():
        item.value = before.value
    item.start, item.text = before.start, f"{before.text} {item.text}"


def _force_before(found: Sequence[Item]) -> int | None:
    """Give the number of the armed men whose side is about to be named, None if none are."""
    at = len(found)
    while at and _leads_to_side(found[at - 1]):
        at -= 1
    if not at or found[at - 1].low not in _LAST_OF_SIDE:
        return None
    for words in _OF_SIDE:
        first = at - len(words) - 1
        if first < 0 or found[first].kind != "force":
            continue
        if tuple(item.low for item in found[first + 1 : at]) == words:
            return first
    return None


def _leads_to_side(item: Item) -> bool:
    return item.kind == "word" and (item.low in _BEFORE_SIDE or item.text[0].isupper())


def asked_for(lows: Sequence[str], at: int, slot: str) -> int:
    """Where a verb ends whose slot asks for more words; 0 if they are not there.

    Parameters
    ----------
    lows
        The words of the sentence in small letters; empty ones behind the last.
    at
        Number of the word behind the verb.
    slot
        As `frame_words.VerbForm` says.
    """
    if slot == "control":
        return _controlled(lows, at)
    later = lows[at : at + LATER]
    found = {
        "in": lambda: lows[at] in _CLOSING,
        "attack": lambda: (
            not ATTACKS.isdisjoint([*later[:ATTACK], *lows[max(0, at - ATTACK) : at]])
        ),
        "gains": lambda: _followed(later, {"to"}, _GAINS),
        "flag": lambda: not _FLAGS.isdisjoint(later[:6]),
        "under": lambda: (
            _followed(later, {"under"}, _GRIPS)
            or (lows[at - 1].startswith(_GIVEN) and _followed(later, {"to", "into"}, _FOLDS))
        ),
    }.get(slot)
    return at if found is None or found() else 0


def _controlled(lows: Sequence[str], at: int) -> int:
    """Where "control of" ends behind a verb; 0 if it is not there."""
    grip = next((n for n in range(at, at + 6) if lows[n] in _GRIPS), 0)
    if lows[at - 2] in BE and "control" in lows[max(0, at - 16) : at - 1]:
        return at  # "control over A was restored"
    if not grip or not _ENDS_GRIP.isdisjoint(lows[at:grip]):
        return 0
    behind = lows[grip + 1]
    if behind in _DAYS:
        return grip + 1  # "took control today, Wednesday, of A"
    if behind == "from":  # "took control from B of A"
        return next((n + 1 for n in range(grip + 2, grip + 8) if lows[n] in _OF), 0)
    extends = behind == "to" and lows[at - 1].startswith(("ext", "exp"))
    return grip + 2 if behind in _OF or extends else 0


def _followed(lows: Sequence[str], first: AbstractSet[str], then: AbstractSet[str]) -> bool:
    """Whether one of some words stands there, and close behind it one of others."""
    return any(low in first and then & set(lows[n : n + 5]) for n, low in enumerate(lows))
