"""Who holds each quarter of a kilometre of a road on a day, and how sure that is.

Each sample of the road is asked in turn (`SampledRoad.decide`):

1.  The map of the day gives it to the holder of its ground. Beyond the areas drawn, a leg goes to
    the holder of its two ends if they have one.
2.  It is doubtful if the front may run on the other side of it: if the front is no further than the
    half-width of the band and the error of the road together (root of the sum of squares).
3.  Statements about the road itself that are newer than what gave the ground its holder, and no
    older than the last report of a cut by another side, decide it if they outweigh what is said
    against them ("road held", "road opened" against "road contested").
4.  Else, where it is doubtful, the places that lie on the road decide, not those beside it: within
    the error of such a place its holder, between two of one holder that holder. Where they differ,
    the map stands.
5.  Where the map alone decides, a stretch that is doubtful all along, has no place on it and lies
    between two of one holder goes to that holder, the shortest such stretch first: a line that
    crosses the road twice within its own uncertainty does not say that the road is cut.

What is doubtful stays so, unless statements as sure as `SURE` decide it.
"""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  (dataclasses resolve it)
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geoline.control import MILLION, Weigher, certainty
from geoline.highways import Highway, side_of
from geoline.holder import UNKNOWN
from geoline.libraries import spatial
from geoline.situation.road_statements import RoadStatement, within

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from geoline.control import Spell
    from geoline.situation.day_map import DayMap

__all__ = ["Decided", "SampledRoad"]

# A decision by statements as sure as this leaves no doubt.
SURE = 0.9
# Evidence below this is none (as in `geoline.control.rule`).
LEAST = 0.15 * MILLION
NEAREST_PLACES = 12
MAP, STATEMENTS, PLACES = "map", "statements", "places on the road"


@dataclass(slots=True)
class Decided:
    """The answer for each of the n samples of a road.

    Parameters
    ----------
    holder
        Party, `contested` or `unknown`.
    drawn
        Whether it lies in the areas drawn.
    doubt
        Whether another may hold it.
    by
        What decided it.
    others
        Array (n, 3): who may hold it where it is doubtful.
    front_m, rim_m
        Metres to the front, and to the rim of the band (negative inside it).
    """

    holder: npt.NDArray[np.object_]
    drawn: npt.NDArray[np.bool_]
    doubt: npt.NDArray[np.bool_]
    by: npt.NDArray[np.object_]
    others: npt.NDArray[np.object_]
    front_m: npt.NDArray[np.float64]
    rim_m: npt.NDArray[np.float64]


@dataclass(slots=True)
class SampledRoad:
    """A highway in the metric CRS of the map, and what was said of it.

    Parameters
    ----------
    road
        The highway.
    xy, waypoint_xy
        Its samples (n, 2) and way-points (m, 2) in the metric CRS of the map.
    places_xy
        The places that shape the map (p, 2), in the same CRS.
    statements
        What was said of the road.
    weigher
        Weighs it.
    allied
        Sets of parties that let each other pass.
    """

    road: Highway
    xy: npt.NDArray[np.float64]
    waypoint_xy: npt.NDArray[np.float64]
    places_xy: npt.NDArray[np.float64]
    statements: Sequence[RoadStatement]
    weigher: Weigher
    allied: Sequence[frozenset[str]] = ()
    _near: npt.NDArray[np.intp] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        count = min(NEAREST_PLACES, len(self.places_xy))
        self._near = np.zeros((len(self.xy), 0), dtype=np.intp)
        if count:
            found = spatial.cKDTree(self.places_xy).query(self.xy, k=range(1, count + 1))
            self._near = np.asarray(found[1])

    def decide(
        self, day: date, day_map: DayMap, spells: Mapping[str, Spell], shaping: Sequence[Spell]
    ) -> Decided:
        """Find who holds each sample at the end of a day.

        Parameters
        ----------
        day_map
            The map of the day.
        spells
            Who holds each place, by place id.
        shaping
            The same for each of the places that shape the map, in their order.
        """
        found = self._by_map(day_map, spells)
        self._by_statements(found, day, shaping)
        self._by_places(found, spells)
        self._without_noise(found)
        return found

    def _by_map(self, day_map: DayMap, spells: Mapping[str, Spell]) -> Decided:
        holder = day_map.holders(self.xy)
        drawn = holder != UNKNOWN
        front, rim = np.full(len(self.xy), np.inf), np.full(len(self.xy), np.inf)
        others = np.full((len(self.xy), 2), UNKNOWN, dtype=object)
        front[drawn], others[drawn] = day_map.to_front(self.xy[drawn])
        rim[drawn] = day_map.to_band(self.xy[drawn])
        near = drawn & np.isfinite(front)
        half = np.zeros(len(front))
        banded = near & np.isfinite(rim)
        half[banded] = front[banded] - rim[banded]
        doubt = near & (front <= np.hypot(half, self.road.sample_error_m))
        doubt |= drawn & (rim <= 0)
        by = np.full(len(holder), MAP, dtype=object)
        leg = np.searchsorted(self.road.waypoint_km, self.road.sample_km) - 1
        ends = np.array([spells[w.place_id].holder if w.place_id in spells else UNKNOWN
                         for w in self.road.waypoints], dtype=object)  # fmt: skip
        agreed = np.append((ends[:-1] == ends[1:]) & (ends[:-1] != UNKNOWN), False)
        outside = ~drawn & (leg >= 0) & agreed[leg]
        holder[outside], by[outside] = ends[leg[outside]], PLACES
        others = np.column_stack((others, holder))
        return Decided(holder, drawn, doubt, by, others, front, rim)

    def _by_statements(self, found: Decided, day: date, shaping: Sequence[Spell]) -> None:
        said = [s for s in self.statements if s.claim.when.end <= day and s.from_km is not None]
        if not said:
            return
        since = self._since(found, shaping)
        means = np.array([within(s, self.road.sample_km, np.zeros(1)) for s in said])
        told = np.array([s.claim.when.end.toordinal() for s in said])
        counts = means & (told[:, None] > since)
        for number, statement in enumerate(said):
            if statement.claim.event == "road cut":
                side = side_of(statement.claim.actor[0], self.allied)
                for other, earlier in enumerate(said):
                    if earlier.claim.actor[0] not in side and told[other] <= told[number]:
                        counts[other] &= ~means[number]
        alike = (counts[:, 1:] == counts[:, :-1]).all(axis=0)
        edges = [0, *(np.flatnonzero(~alike) + 1).tolist(), counts.shape[1]]
        for first, end in pairwise(edges):
            used = counts[:, first]
            party, sure = self._weighed([s for s, u in zip(said, used, strict=True) if u])
            if not party:
                continue
            here = np.zeros(len(self.xy), dtype=bool)
            here[first:end] = True
            change = here & (found.holder != party)
            agreed = here & (found.holder == party)
            # A statement against the map leaves the stretch doubtful, one with it makes it sure.
            found.doubt[agreed] &= sure < SURE
            found.doubt[change] |= found.drawn[change]
            found.by[change | (agreed & found.doubt)] = STATEMENTS
            found.holder[change] = party

    def _since(self, found: Decided, shaping: Sequence[Spell]) -> npt.NDArray[np.int64]:
        """Day (ordinal) of what gave the ground at each sample its holder."""
        if not self._near.shape[1]:
            return np.zeros(len(self.xy), dtype=np.int64)
        holders = np.array([spell.holder for spell in shaping], dtype=object)
        since = np.array([spell.since.toordinal() for spell in shaping])
        same = holders[self._near] == found.holder[:, None]
        first = self._near[np.arange(len(self.xy)), same.argmax(axis=1)]
        return np.where(same.any(axis=1), since[first], 0)

    def _weighed(self, said: Sequence[RoadStatement]) -> tuple[str, float]:
        """Which side the statements give the stretch to, and how sure that is; "" if none."""
        claims = [s.claim for s in said]
        held = [c for c in claims if c.event in {"road held", "road opened"}]
        best = ("", 0.0)
        for party in sorted({c.actor[0] for c in held}):
            side = side_of(party, self.allied)
            support = self.weigher.evidence(c for c in held if c.actor[0] in side)
            against = self.weigher.evidence(
                [
                    *(c for c in claims if c.event == "road contested" and c.actor[0] in side),
                    *(c for c in held if c.actor[0] not in side),
                ]
            )
            if support > max(LEAST, against):
                best = max(best, (party, certainty(support, against)), key=lambda b: b[1])
        return best

    def _by_places(self, found: Decided, spells: Mapping[str, Spell]) -> None:
        """Let the places on the road decide what is doubtful and no statement decided."""
        open_ = found.doubt & (found.by == MAP)
        known = []
        for waypoint, km in zip(self.road.waypoints, self.road.waypoint_km, strict=True):
            spell = spells.get(waypoint.place_id)
            if waypoint.beside or spell is None or spell.contested or spell.holder == UNKNOWN:
                continue
            # Where newer statements decided against the place, they speak for it here too.
            sample = min(int(km / self.road.length_km * len(self.xy)), len(self.xy) - 1)
            told = found.by[sample] == STATEMENTS
            holder = str(found.holder[sample]) if told else spell.holder
            known.append((km, waypoint.error_m / 1000, holder))
        if not known or not open_.any():
            return
        at = np.array([km for km, _, _ in known])
        reach = np.array([error for _, error, _ in known])
        holders = np.array([party for _, _, party in known], dtype=object)
        after = np.searchsorted(at, self.road.sample_km)
        left, right = np.maximum(after - 1, 0), np.minimum(after, len(at) - 1)
        decided = np.where(holders[left] == holders[right], holders[left], UNKNOWN)
        for end in (left, right):
            close = np.abs(at[end] - self.road.sample_km) <= reach[end]
            decided = np.where(close, holders[end], decided)
        change = open_ & (decided != UNKNOWN)
        found.by[change] = PLACES
        found.holder[change] = decided[change]

    def _without_noise(self, found: Decided) -> None:
        """Join doubtful stretches without a place to two neighbours of one holder."""
        places = [
            km
            for waypoint, km in zip(self.road.waypoints, self.road.waypoint_km, strict=True)
            if not waypoint.beside
        ]
        on_it = np.histogram(places, np.linspace(0, self.road.length_km, len(self.xy) + 1))[0] > 0
        edges = (np.flatnonzero(found.holder[1:] != found.holder[:-1]) + 1).tolist()
        open_ = found.doubt & (found.by == MAP) & ~on_it
        noise = sorted(
            (end - first, number, first, end)
            for number, (first, end) in enumerate(pairwise(edges))
            if found.holder[first - 1] == found.holder[end] and open_[first:end].all()
        )
        # What was joined to a stretch is no noise any more, nor is that; all else stays as it was.
        joined: set[int] = set()
        for _, number, first, end in noise:
            if number not in joined:
                found.holder[first:end] = found.holder[end]
                found.by[first:end] = PLACES
                joined |= {number - 1, number + 1}
