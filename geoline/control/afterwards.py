"""What was told after a line had frozen, read as evidence of who held a place on its last day.

Reports of the years after say in whose hands a place lies: who is shelled there and by whom, whose
garrison it has, from whom it was taken in the end. Where nothing says that the place moved in
between, they speak of the last day too; of no earlier day, and as known on no day before they were
public (`geoline.claims.claims_in_force` sees to that).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geoline.control.spells import PlaceClaim

__all__ = ["Frozen", "with_what_came_after"]

MOVES = frozenset({"takes", "leaves"})


class Frozen(NamedTuple):
    """The last day of a line, and the last of the days for which it stood where it was."""

    since: date
    until: date


def with_what_came_after(
    told: Iterable[PlaceClaim], frozen: Frozen | None = None
) -> list[PlaceClaim]:
    """Add to what is told of one place what later days say of the last one.

    Parameters
    ----------
    told
        In any order.
    frozen
        When the line froze, and until when; None if it did not.

    Returns
    -------
    list of PlaceClaim
        Until the first dated move afterwards: who is told to hold the place held it on the last
        day. The move itself speaks of the day before it: who left held it, who captured did not.
        What is told of later days stays told of them.
    """
    if frozen is None:
        return list(told)
    since, until = frozen.since.toordinal(), frozen.until.toordinal()
    kept: list[PlaceClaim] = []
    afterwards: list[PlaceClaim] = []
    for claim in told:
        (afterwards if since < claim.day <= until else kept).append(claim)
    moves = [c for c in afterwards if c.effect in MOVES and (not c.bound or c.start > since)]
    moved = min((move.day for move in moves), default=until + 1)
    for claim in afterwards:
        if claim.effect == "holds" and claim.day < moved:
            kept.append(claim._replace(day=since))
        else:
            kept.append(claim)
    for move in moves:
        if move.day == moved:
            said = "lacks" if move.effect == "takes" else "holds"
            kept.append(move._replace(day=since, effect=said))
    return kept
