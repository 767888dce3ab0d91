"""Many days drawn: in processes of this machine where that is worth it, or over a cluster.

The days of one map go together. What a process draws comes back as the values that it would have
kept, and is kept here, day by day, so that a run that is ended goes on where it was, and the answer
is byte for byte that of one process.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, cast

from geoline.processes import cores, over_cluster, with_helpers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geoline.cache import Gathered, Gathering
    from geoline.situation.situation import Situation, TheatreAsKnown

    # What is drawn of a day; the day before is given where it has just been drawn.
    Draw = Callable[[Situation, Situation | None], object]

__all__ = ["draw_days"]

# A helper takes so long to begin (seconds); it is worth it where it saves twice that.
BEGINNING_S = 1.5
# What one drawing takes at least, while none was measured (seconds).
ONE_S = 0.08


def draw_days(
    as_known: TheatreAsKnown,
    days: Sequence[date],
    draw: Draw,
    *,
    processes: int | None = None,
    cluster: str = "",
) -> Iterator[date]:
    """Draw days; give each when it is done, in no order.

    Parameters
    ----------
    as_known
        The theatre; what is drawn of it is in its store afterwards, and in no other place.
    days
        Days of it, in their order.
    draw
        Draws what is wanted of a day; the day before is given too where it was just drawn. A
        function of a module.
    processes
        How many at most, this one counted; None: one a core.
    cluster
        Address of a Dask scheduler, or a number of workers of this machine; empty: none.

    Raises
    ------
    RequestError
        If there is no such cluster, or Dask is not installed.
    """
    maps = [list(some) for _, some in groupby(days, key=lambda day: as_known.on(day).map_key)]
    kept = [days for days in maps if as_known.on(days[0]).is_kept]
    drawn = [days for days in maps if not as_known.on(days[0]).is_kept]
    for one in kept:
        _draw_map(as_known, one, draw)
        yield from one
    if cluster and drawn:
        yield from _over_cluster(as_known, drawn, draw, cluster)
        return
    pace = _Pace()

    before: list[Situation] = []

    def here(some: list[date]) -> None:
        start = time.perf_counter()
        before[:] = [_draw_map(as_known, some, draw, *before)]
        pace.took.append(time.perf_counter() - start)

    helpers = (cores() if processes is None else processes) - 1
    done = with_helpers(
        lambda: (as_known, draw), _drawn, drawn, here=here, helpers=helpers, worth=pace.is_worth
    )
    for some, made in done:
        if made is not None:
            as_known.store.take(made)
        for part in some:
            yield from part


@dataclass(slots=True)
class _Pace:
    """How long the drawings of this process took, seconds; the first lays the ground."""

    took: list[float] = field(default_factory=list)

    def is_worth(self, left: int) -> bool:
        """Whether half of what is left takes longer than to begin a helper, twice."""
        one = min(self.took[1:], default=ONE_S)
        return left * one / 2 > 2 * BEGINNING_S


def _draw_map(
    as_known: TheatreAsKnown, days: Sequence[date], draw: Draw, before: Situation | None = None
) -> Situation:
    """Draw the days of one map, and let go of the one before; give the last of them."""
    situation = as_known.on(days[0])
    for day in days:
        situation = as_known.on(day)
        follows = before is not None and before.day + timedelta(days=1) == day
        draw(situation, before if follows else None)
        if before is not None and before.map_key != situation.map_key:
            as_known.forget(before.day)
        before = situation
    return situation


def _over_cluster(
    as_known: TheatreAsKnown, maps: Sequence[list[date]], draw: Draw, cluster: str
) -> Iterator[date]:
    """Draw the first map here, so that all have the ground that it lays; the others over there."""
    _draw_map(as_known, maps[0], draw)
    yield from maps[0]
    for some, made in over_cluster(cluster, (as_known, draw), _drawn, maps[1:]):
        if made is not None:
            as_known.store.take(made)
        for days in some:
            if made is None:
                _draw_map(as_known, days, draw)
            yield from days


def _drawn(held: tuple[TheatreAsKnown, Draw], maps: Sequence[Sequence[date]]) -> Gathered:
    """Draw maps in another process; give what there is to keep."""
    as_known, draw = held
    store = cast("Gathering", as_known.store)
    before = None
    for days in maps:
        before = _draw_map(as_known, days, draw, before)
    if before is not None:
        as_known.forget(before.day)
    return store.hand_over()
