"""A claim before its name is looked up, and whose captures are that nobody is said to make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geoline.names import skeleton
from geoline.reading.shared.told_event import HAPPENED, TAKEN

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["UnplacedClaim", "as_told_beside", "by_the_taker"]

# Sentences around what is named in which it may be doubted.
BESIDE = 9


@dataclass(frozen=True, slots=True)
class UnplacedClaim:
    """A claim before its name is looked up.

    Parameters
    ----------
    item, told
        The name, and what is said of it.
    event
        Key of `geoline.claims.claim.EVENTS`.
    side, other
        Who, and from whom; empty if not said.
    certainty, speaker
        How sure, and on whose word.
    sentence
        Number of the sentence.
    span
        Code points of the text that it rests on.
    days
        The days said of it.
    guessed
        Whether no agent is named, so that the side that acted before is taken.
    """

    item: Item
    told: ToldEvent
    event: str
    side: str
    other: str
    certainty: str
    speaker: str
    sentence: int
    span: tuple[int, int]
    days: DaysSaid | None
    guessed: bool


def as_told_beside(claims: Sequence[UnplacedClaim]) -> list[UnplacedClaim]:
    """Give what is only named ("the seizure of X") the doubts of the sentences around.

    So it stays where nothing in the report tells outright that the place was taken; else it is of
    the side that took it, unless another is said to.
    """
    firm = {_name(c): c.side for c in claims if _is_taken(c) and not _only_named(c)}
    doubts = {
        (_name(claim), claim.sentence + step): _doubt(claim)
        for claim in claims
        for step in range(-BESIDE, BESIDE + 1)
        if _doubt(claim)
    }
    found = []
    for claim in claims:
        name, told = _name(claim), claim
        if _only_named(claim) and name not in firm:
            told = replace(claim, certainty=doubts.get((name, claim.sentence), claim.certainty))
        elif _only_named(claim) and claim.told.side_means == "agent":
            told = replace(claim, side=firm[name])
        found.append(told)
    return found


def _name(claim: UnplacedClaim) -> str:
    """Give a name as it sounds: a report spells it in more than one way."""
    return skeleton(claim.item.text)


def _only_named(claim: UnplacedClaim) -> bool:
    return claim.told.tense == "named" and claim.days is None and _is_taken(claim)


def _doubt(claim: UnplacedClaim) -> str:
    """Give how a capture is doubted: "unclear", "foreseen", or empty."""
    if claim.event == "denied":
        return "unclear"
    return claim.certainty if claim.event in TAKEN and claim.certainty not in HAPPENED else ""


def by_the_taker(claims: Sequence[UnplacedClaim], acting: Counter[str]) -> list[UnplacedClaim]:
    """Give captures of which nobody is said to the one side that takes places in the report.

    If none is said to, it is the side that does most in it, if no other does as much.
    """
    taker = _taker(claims, acting)
    if not taker:
        return list(claims)
    return [
        replace(claim, side=taker, guessed=True) if _open_to(claim, taker) else claim
        for claim in claims
    ]


def _taker(claims: Sequence[UnplacedClaim], acting: Counter[str]) -> str:
    """Give the one side that takes places, empty if there are several or none."""
    takers = {claim.side for claim in claims if claim.side and _is_taken(claim)}
    most = acting.most_common(2)
    if not takers and most and (len(most) == 1 or most[0][1] > most[1][1]):
        return most[0][0]
    return takers.pop() if len(takers) == 1 else ""


def _is_taken(claim: UnplacedClaim) -> bool:
    return claim.event in TAKEN and claim.certainty in HAPPENED


def _open_to(claim: UnplacedClaim, taker: str) -> bool:
    """Whether a capture of which nobody is said may be a side's."""
    told = claim.told
    unsaid = not claim.side and told.side_means in {"agent", "rival"}
    return unsaid and claim.event in TAKEN and told.other != taker
