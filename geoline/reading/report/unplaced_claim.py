"""A claim before its name is looked up, and whose captures are that nobody is said to have made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geoline.reading.shared.told_event import HAPPENED, TAKEN

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from geoline.reading.shared.item import DaysSaid, Item
    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["UnplacedClaim", "by_the_taker"]


@dataclass(frozen=True, slots=True)
class UnplacedClaim:
    """A claim before its name is looked up.

    Parameters
    ----------
    item, frame
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
    frame: ToldEvent
    event: str
    side: str
    other: str
    certainty: str
    speaker: str
    sentence: int
    span: tuple[int, int]
    days: DaysSaid | None
    guessed: bool


def by_the_taker(drafts: Sequence[UnplacedClaim], acting: Counter[str]) -> list[UnplacedClaim]:
    """Give captures of which nobody is said to the one side that takes places in the report.

    If none is said to, it is the side that does most in it, if no other does as much.
    """
    takers = {
        draft.side
        for draft in drafts
        if draft.side and draft.event in TAKEN and draft.certainty in HAPPENED
    }
    most = acting.most_common(2)
    if not takers and most and (len(most) == 1 or most[0][1] > most[1][1]):
        takers = {most[0][0]}
    if len(takers) != 1:
        return list(drafts)
    (taker,) = takers
    return [
        replace(draft, side=taker, guessed=True)
        if not draft.side
        and draft.event in TAKEN
        and draft.frame.side_means in {"agent", "rival"}
        and draft.frame.other != taker
        else draft
        for draft in drafts
    ]
