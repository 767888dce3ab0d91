"""A highway on a day: its stretches by holder, where it is cut, for whom it is open.

`geoline.situation.road_holders` says who holds each quarter of a kilometre; here that becomes
kilometres and stretches. Kilometres by holder are given with the least and the most that the
doubtful parts allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from geoline.highways import side_of
from geoline.holder import UNKNOWN
from geoline.situation.road_statements import RECENT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

    from geoline.control import Spell
    from geoline.situation.day_map import DayMap
    from geoline.situation.road_holders import Decided, SampledRoad
    from geoline.situation.road_statements import RoadStatement

__all__ = [
    "Cut",
    "HighwayStatus",
    "PlaceOnRoad",
    "Stretch",
    "agrees",
    "highway_status",
    "reported_about",
]

NEAR_M = 250.0  # the length of a sample: the front crosses the road


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A stretch of one holder; kilometres from the first way-point.

    Parameters
    ----------
    from_place, to_place
        The way-points nearest to its ends.
    places
        Names of the way-points on it.
    error_m
        How far the carriageway may be from the line on this stretch, at most, metres.
    doubtful
        From and to kilometre of each doubtful part, and what decided it.
    """

    from_km: float
    to_km: float
    holder: str
    from_place: str
    to_place: str
    places: tuple[str, ...]
    error_m: float
    doubtful: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """Where the holder changes to one that is no ally.

    Parameters
    ----------
    km, near
        Kilometre, and the way-point nearest to it.
    low_km, high_km
        Between which kilometres it may lie.
    """

    km: float
    near: str
    from_holder: str
    to_holder: str
    low_km: float
    high_km: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceOnRoad:
    """A way-point of a road on a day; distances in km, None where no front is drawn."""

    place: str
    place_id: str
    kind: str
    km: float
    beside: bool
    holder: str
    distance_to_front_km: float | None
    distance_low_km: float | None
    distance_high_km: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HighwayStatus:
    """A highway on one day.

    Parameters
    ----------
    error_m
        How far the carriageway may be from the line: median and most along the part of the road
        that lies in the areas drawn (along all of it if none does), metres.
    drawn_km
        From and to kilometre of the part that lies in the areas drawn; None if none does.
    km, km_low, km_high
        Kilometres by holder; the least and the most that the doubtful stretches allow.
    stretches
        In order of kilometres.
    open_to
        The parties for whom (allies counted) the road within the areas drawn is open from end to
        end.
    open_surely
        By party, whether that answer stands whatever the doubtful stretches are.
    cuts
        In order of kilometres.
    front_km
        How near the front comes to the road, the least and the most that band and road allow, and
        at which kilometre; None where no front is drawn.
    reported
        Statements about the road within a week of the day (`reported_about`).
    """

    road: str
    length_km: float
    error_m: tuple[float, float]
    drawn_km: tuple[float, float] | None
    km: dict[str, float]
    km_low: dict[str, float]
    km_high: dict[str, float]
    stretches: tuple[Stretch, ...]
    open_to: tuple[str, ...]
    open_surely: dict[str, bool]
    cuts: tuple[Cut, ...]
    front_km: tuple[float, float, float, float] | None
    places: tuple[PlaceOnRoad, ...]
    reported: tuple[RoadStatement, ...]


def highway_status(  # noqa: PLR0913  (the day and what it is asked of, each named)
    measured: SampledRoad,
    day: date,
    day_map: DayMap,
    spells: Mapping[str, Spell],
    shaping: Sequence[Spell],
    *,
    parties: Collection[str] = (),
) -> HighwayStatus:
    """Find who holds which stretch of a highway at the end of a day.

    Parameters
    ----------
    measured
        The highway.
    day_map
        The map of the day.
    spells
        Who holds each place, by place id.
    shaping
        The same for each of the places that shape the map, in their order.
    parties
        For whom to say whether the road is open, besides those who hold ground.
    """
    return _Summary(measured, measured.decide(day, day_map, spells, shaping)).status(
        day_map, spells, parties
    )


def reported_about(day: date, statements: Sequence[RoadStatement]) -> tuple[RoadStatement, ...]:
    """Give the statements within a week of a day."""
    return tuple(s for s in statements if abs(s.claim.when.end - day) <= RECENT)


@dataclass(frozen=True, slots=True)
class _Summary:
    measured: SampledRoad
    found: Decided

    def status(
        self, day_map: DayMap, spells: Mapping[str, Spell], parties: Collection[str]
    ) -> HighwayStatus:
        stretches = self._stretches()
        low, high = self._limits()
        km: dict[str, float] = {}
        for stretch in stretches:
            km[stretch.holder] = km.get(stretch.holder, 0.0) + stretch.to_km - stretch.from_km
        asked = sorted({*parties, *day_map.owners} - {UNKNOWN})
        passing = {party: self._passing(party) for party in asked}
        errors = self.measured.road.sample_error_m
        errors = errors[self.found.drawn] if self.found.drawn.any() else errors
        return HighwayStatus(
            road=self.measured.road.id,
            length_km=round(self.measured.road.length_km, 2),
            error_m=(round(float(np.median(errors))), round(float(errors.max()))),
            drawn_km=self._drawn_km(),
            km={party: round(value, 2) for party, value in km.items()},
            km_low=low,
            km_high=high,
            stretches=stretches,
            open_to=tuple(party for party in asked if passing[party][0]),
            open_surely={party: passing[party][1] for party in asked},
            cuts=self._cuts(stretches),
            front_km=self._nearest_front(),
            places=self._places(day_map, spells),
            reported=(),
        )

    def _drawn_km(self) -> tuple[float, float] | None:
        """From and to kilometre of what lies in the areas drawn."""
        km, half = self.measured.road.sample_km[self.found.drawn], self._piece / 2
        if not len(km):
            return None
        return round(float(km[0]) - half, 2), round(float(km[-1]) + half, 2)

    @property
    def _piece(self) -> float:
        return self.measured.road.length_km / len(self.measured.xy)

    def _stretches(self) -> tuple[Stretch, ...]:
        edges = self._edges(self.found.holder)
        stretches = []
        road = self.measured.road
        for first, end in pairwise(edges):
            start, stop = first * self._piece, end * self._piece
            here = slice(first, end)
            marks = np.where(self.found.doubt[here], self.found.by[here], "")
            parts = [
                (round((first + a) * self._piece, 2), round((first + b) * self._piece, 2), marks[a])
                for a, b in pairwise(self._edges(marks))
                if marks[a]
            ]
            # The way-points on it; the last stretch has the one at its end.
            last: Literal["left", "right"] = "right" if end == len(self.found.holder) else "left"
            low = int(np.searchsorted(road.waypoint_km, start, "left"))
            on_it = road.waypoints[low : int(np.searchsorted(road.waypoint_km, stop, last))]
            stretches.append(
                Stretch(
                    from_km=round(start, 2),
                    to_km=round(stop, 2),
                    holder=str(self.found.holder[first]),
                    from_place=self.measured.road.place_at(start),
                    to_place=self.measured.road.place_at(stop),
                    places=tuple(w.name for w in on_it),
                    error_m=round(float(self.measured.road.sample_error_m[here].max())),
                    doubtful=tuple((a, b, str(by)) for a, b, by in parts),
                )
            )
        return tuple(stretches)

    @staticmethod
    def _edges(values: npt.NDArray[np.object_]) -> list[int]:
        changes = np.flatnonzero(values[1:] != values[:-1]) + 1
        return [0, *changes.tolist(), len(values)]

    def _limits(self) -> tuple[dict[str, float], dict[str, float]]:
        low, high = {}, {}
        may = {*self.found.holder, *self.found.others[self.found.doubt].ravel()} - {UNKNOWN}
        for party in sorted(may):
            sure = (self.found.holder == party) & ~self.found.doubt
            maybe = self.found.doubt & (
                (self.found.holder == party) | (self.found.others == party).any(axis=1)
            )
            low[party] = round(float(sure.sum()) * self._piece, 2)
            high[party] = round(float((sure | maybe).sum()) * self._piece, 2)
        return low, high

    def _passing(self, party: str) -> tuple[bool, bool]:
        """Whether the road in the map is open to a party, and whether that is beyond doubt."""
        side = list(side_of(party, self.measured.allied))
        own = np.isin(self.found.holder, side)
        shut = self.found.drawn & ~own
        if not self.found.drawn.any():
            return False, False
        if shut.any():
            return False, bool((shut & ~self.found.doubt).any())
        return True, not bool((self.found.drawn & self.found.doubt).any())

    def _cuts(self, stretches: Sequence[Stretch]) -> tuple[Cut, ...]:
        cuts = []
        edges = self._edges(self.found.holder)
        for number, (a, b) in enumerate(pairwise(stretches)):
            if b.holder in side_of(a.holder, self.measured.allied) or UNKNOWN in {
                a.holder,
                b.holder,
            }:
                continue
            at = edges[number + 1]
            low = at - int(np.argmin(np.append(self.found.doubt[:at][::-1], False)))
            high = at + int(np.argmin(np.append(self.found.doubt[at:], False)))
            cuts.append(
                Cut(
                    km=a.to_km,
                    near=a.to_place,
                    from_holder=a.holder,
                    to_holder=b.holder,
                    low_km=round(low * self._piece, 2),
                    high_km=round(high * self._piece, 2),
                )
            )
        return tuple(cuts)

    def _nearest_front(self) -> tuple[float, float, float, float] | None:
        near = np.where(self.found.drawn, self.found.front_m, np.inf)
        at = int(np.argmin(near))
        if not np.isfinite(near[at]):
            return None
        half = (
            max(float(near[at] - self.found.rim_m[at]), 0.0)
            if np.isfinite(self.found.rim_m[at])
            else 0.0
        )
        about = float(np.hypot(half, self.measured.road.sample_error_m[at]))
        crossed = bool(
            (self._edges(self.found.holder[self.found.drawn])[1:-1]) or near[at] < NEAR_M
        )
        metres = 0.0 if crossed else float(near[at])
        return (
            round(metres / 1000, 2),
            round(max(float(near[at]) - about, 0.0) / 1000, 2),
            round((float(near[at]) + about) / 1000, 2),
            round(float(self.measured.road.sample_km[at]), 2),
        )

    def _places(self, day_map: DayMap, spells: Mapping[str, Spell]) -> tuple[PlaceOnRoad, ...]:
        inside = day_map.holders(self.measured.waypoint_xy) != UNKNOWN
        distances = np.column_stack(day_map.distance_range(self.measured.waypoint_xy)) / 1000
        answers = []
        for waypoint, km, drawn, row in zip(
            self.measured.road.waypoints,
            self.measured.road.waypoint_km,
            inside,
            distances,
            strict=True,
        ):
            known = [round(float(value), 2) for value in row]
            far = known if drawn and np.isfinite(row[0]) else [None, None, None]
            spell = spells.get(waypoint.place_id)
            answers.append(
                PlaceOnRoad(
                    place=waypoint.name,
                    place_id=waypoint.place_id,
                    kind=waypoint.kind,
                    km=round(float(km), 2),
                    beside=waypoint.beside,
                    holder=spell.holder if spell else UNKNOWN,
                    distance_to_front_km=far[0],
                    distance_low_km=far[1],
                    distance_high_km=far[2],
                )
            )
        return tuple(answers)


def agrees(
    statement: RoadStatement, status: HighwayStatus, allied: Collection[frozenset[str]] = ()
) -> bool | None:
    """Tell whether what is computed for a day agrees with a statement about it.

    "Held" and "opened" want every metre of the part meant on the side that they name, "contested"
    wants one that is not, "cut" one that the other side holds, give or take the error of the road.

    Returns
    -------
    bool or None
        None where it is not clear which part is meant, or none of it lies in the areas drawn.
    """
    if statement.from_km is None or statement.to_km is None or status.drawn_km is None:
        return None
    event, side = statement.claim.event, side_of(statement.claim.actor[0], allied)
    margin = status.error_m[0] / 1000 if event == "road cut" else 0.0
    low = max(statement.from_km - margin, status.drawn_km[0])
    high = min(statement.to_km + margin, status.drawn_km[1])
    meant = [
        s.holder in side
        for s in status.stretches
        if min(s.to_km, high) - max(s.from_km, low) > NEAR_M / 1000
    ]
    if not meant:
        return None
    if event in {"road held", "road opened"}:
        return all(meant)
    return any(meant) if event == "road cut" else not all(meant)
