"""A map that starts again on the days of which somebody drew who held what.

The first drawn line is the eve's. Each later one is a new statement: from its day on every place in
its areas is held as drawn, whatever was claimed of earlier days, and the line of later days is
measured against it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from geoline.control import Spell, spells_of_all
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoline.situation.drawings import Drawings
    from geoline.theatre_folder import LastKnownAreas, TheatreData

__all__ = ["Restarts", "spells_with_restarts"]


def spells_with_restarts(theatre: TheatreData, known: date | None) -> dict[str, tuple[Spell, ...]]:
    """Find who held every place that is told of, each drawn line taken into account from its day.

    Parameters
    ----------
    theatre
        What its folder says.
    known
        Only what was public by this day counts; None for all.
    """
    ask = partial(
        spells_of_all,
        sources=theatre.sources,
        sides=theatre.sides,
        known=known,
        frozen=theatre.frozen,
    )
    spells = dict(ask(theatre.claims, baseline=theatre.baseline))
    if not (spells or theatre.claims or theatre.baseline or theatre.restarts):
        # Nobody has said anything yet: the places are there, and nobody's.
        nothing = (Spell(start=date.min, holder=UNKNOWN, since=date.min),)
        spells = {place.id: nothing for place in theatre.gazetteer.alone.places}
    for last, holders in theatre.restarts:
        if known is not None and last.as_of > known:
            continue
        told = [claim for claim in theatre.claims if claim.place_id in holders]
        fresh = ask(told, baseline=holders)
        for place in holders:
            before = [one for one in spells.get(place, ()) if one.start < last.as_of]
            spells[place] = (*before, *_joined(before[-1] if before else None, fresh[place]))
    return spells


def _joined(before: Spell | None, after: tuple[Spell, ...]) -> tuple[Spell, ...]:
    """Let who held the place already hold it since then."""
    first = after[0]
    if before is None or before.holder != first.holder:
        return after
    return replace(first, since=before.since), *after[1:]


@dataclass(slots=True)
class Restarts:
    """The drawings of a theatre, from each drawn line on other ones.

    Parameters
    ----------
    eve
        Those that begin on the first day.
    later
        The lines drawn later, in the order of their days.
    make
        Makes the drawings that start from such areas.
    """

    eve: Drawings
    later: tuple[LastKnownAreas, ...]
    make: Callable[[LastKnownAreas], Drawings]
    _made: dict[date, Drawings] = field(init=False, repr=False, default_factory=dict)

    def last_before(self, day: date) -> date | None:
        """Give the day of the line that a day is measured against; None for the eve's."""
        last = self._last(day)
        return None if last is None else last.as_of

    def _last(self, day: date) -> LastKnownAreas | None:
        number = bisect_right([last.as_of for last in self.later], day)
        return self.later[number - 1] if number else None

    def on(self, day: date) -> Drawings:
        """Give the drawings of a day."""
        last = self._last(day)
        if last is None:
            return self.eve
        if last.as_of not in self._made:
            self._made[last.as_of] = self.make(last)
        return self._made[last.as_of]
