"""Highways as measured lines: kilometres along the road, what lies where, what lies next.

A highway is a line with places on it. Kilometres are geodesic (WGS 84) along the line and count
from its first way-point. Where no course of its own is given (`geoline.highways.course`), the line
runs straight from way-point to way-point, or as a curve through them (`geoline.highways.curve`), so
that its kilometres fall short of the driven distance.

The line knows how far it may be off: at a way-point by the error stated for it, at the vertex of a
course by the course's, and in the middle of a straight leg by a share of the leg besides
(`BULGE`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.errors import RequestError
from geoline.libraries import GEOD

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

__all__ = ["TOWNS", "Course", "Highway", "Leg", "WayPoint", "side_of"]

SAMPLE_KM = 0.25
# Share of a straight leg by which the road may leave it half-way. Measured on the bundled M4 and
# M5: each way-point lies off the straight line between its two neighbours by this share of that
# line's length (median 0.074 and 0.086).
BULGE = 0.08


@dataclass(frozen=True, kw_only=True, slots=True)
class WayPoint:
    """A point that the road passes.

    Parameters
    ----------
    place_id, name, kind
        The place that names the point.
    lat, lon
        Where the road passes, degrees WGS 84.
    error_m
        How far the carriageway may be from there, metres.
    shared_with
        The road that this one is from here to the next way-point that says the same.
    beside
        Whether the place is known to lie beside the road, beyond its own extent; who holds it
        then does not say who holds the road.
    """

    place_id: str
    name: str
    lat: float
    lon: float
    error_m: float
    shared_with: str = ""
    beside: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a road in more detail than its way-points give.

    Parameters
    ----------
    lonlat
        Array (n, 2) of degrees WGS 84, longitude first, from the first way-point to the last.
    error_m
        Array (n,): how far the carriageway may be from each vertex, metres.
    surveyed
        Whether a map was its source, not a curve through the way-points.
    """

    lonlat: npt.NDArray[np.float64]
    error_m: npt.NDArray[np.float64]
    surveyed: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """The road from one place to another; `from_km` is larger where it leads back.

    Parameters
    ----------
    places, place_km
        Way-points passed on the way, both ends included, and the kilometre of each.
    shared_with
        The road that all of it is shared with, empty if none.
    error_m
        How far the carriageway may be from the line, at most, metres.
    """

    road: str
    from_km: float
    to_km: float
    places: tuple[WayPoint, ...]
    place_km: tuple[float, ...]
    shared_with: str
    error_m: float

    @property
    def length_km(self) -> float:
        """Length in kilometres."""
        return abs(self.to_km - self.from_km)


@dataclass(slots=True)
class Highway:
    """A measured road.

    Parameters
    ----------
    id
        Its name, for instance M5.
    waypoints
        In order, at least two.
    course
        Its course, if more is known than the way-points.

    Raises
    ------
    RequestError
        If there are fewer than two way-points, or all lie in one spot.

    Examples
    --------
    >>> road = Highway(
    ...     "R",
    ...     [
    ...         WayPoint(place_id=n.lower(), name=n, lat=35.0, lon=lon, error_m=500)
    ...         for n, lon in (("A", 36.0), ("B", 36.1), ("C", 36.3))
    ...     ],
    ... )
    >>> round(road.km_of("B"), 1), road.next_place("B").name, road.next_place("B", -1).name
    (9.1, 'C', 'A')
    >>> leg = road.between("C", "A")
    >>> round(leg.length_km, 1), [place.name for place in leg.places]
    (27.4, ['C', 'B', 'A'])
    """

    id: str
    waypoints: Sequence[WayPoint]
    course: Course | None = None
    line: shapely.LineString = field(init=False, repr=False)
    vertex_km: npt.NDArray[np.float64] = field(init=False, repr=False)
    waypoint_km: npt.NDArray[np.float64] = field(init=False, repr=False)
    sample_km: npt.NDArray[np.float64] = field(init=False, repr=False)
    sample_error_m: npt.NDArray[np.float64] = field(init=False, repr=False)
    samples: npt.NDArray[np.float64] = field(init=False, repr=False)
    _waypoint_error_m: npt.NDArray[np.float64] = field(init=False, repr=False)
    _numbers: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.waypoints = tuple(self.waypoints)
        points = np.array([(w.lon, w.lat) for w in self.waypoints], dtype=np.float64)
        if len(points) < 2 or (points == points[0]).all():  # noqa: PLR2004
            has = {0: "no way-point", 1: "one way-point"}.get(len(points), "way-points in one spot")
            message = f"highway {self.id} has {has}; a road has two ends, give at least two"
            raise RequestError(message)
        lonlat = points if self.course is None else self.course.lonlat
        self.line = shapely.linestrings(lonlat)
        self._waypoint_error_m = np.array([w.error_m for w in self.waypoints], dtype=np.float64)
        self.vertex_km = _measured(lonlat)
        self.waypoint_km = (
            self.vertex_km if self.course is None else _passed(lonlat, self.vertex_km, points)
        )
        count = max(1, round(self.length_km / SAMPLE_KM))
        # Middles of equal pieces, so that every sample stands for the same length.
        self.sample_km = (np.arange(count) + 0.5) * self.length_km / count
        self.samples = self.points_at(self.sample_km)
        self.sample_error_m = self.errors_at(self.sample_km)
        # The first way-point of each id and name; from the last, so that the first stays.
        self._numbers = {}
        for number, waypoint in reversed(list(enumerate(self.waypoints))):
            self._numbers[f"name {waypoint.name.casefold()}"] = number
            self._numbers[f"id {waypoint.place_id}"] = number

    @property
    def is_surveyed(self) -> bool:
        """Whether its course comes from a map of the road."""
        return self.course is not None and self.course.surveyed

    @property
    def length_km(self) -> float:
        """Length of the line in kilometres."""
        return float(self.vertex_km[-1])

    def points_at(self, km: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Points at kilometres: array (n, 2), longitude first; beyond an end, that end."""
        xy = shapely.get_coordinates(self.line)
        at = np.atleast_1d(np.asarray(km, dtype=np.float64))
        return np.column_stack([np.interp(at, self.vertex_km, xy[:, axis]) for axis in (0, 1)])

    def errors_at(self, km: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Find how far the carriageway may be from the line at kilometres: array (n,), metres."""
        at = np.atleast_1d(np.asarray(km, dtype=np.float64))
        if self.course is not None:
            return np.interp(at, self.vertex_km, self.course.error_m)
        stated = np.interp(at, self.vertex_km, self._waypoint_error_m)
        leg = np.clip(np.searchsorted(self.vertex_km, at) - 1, 0, len(self.vertex_km) - 2)
        length = self.vertex_km[leg + 1] - self.vertex_km[leg]
        part = np.divide(at - self.vertex_km[leg], length, where=length > 0, out=np.zeros_like(at))
        return np.asarray(stated + 4 * part * (1 - part) * BULGE * length * 1000)

    def km_of(self, place: str) -> float:
        """Kilometre at which the road passes a place, given by its id or its name.

        Raises
        ------
        RequestError
            If no way-point is named so.
        """
        return float(self.waypoint_km[self._number(place)])

    def locate(self, lat: float, lon: float) -> tuple[float, float]:
        """Kilometre of the point of the line nearest to a point, and the distance there in km.

        Parameters
        ----------
        lat, lon
            Degrees WGS 84.
        """
        km, off = _nearest(
            shapely.get_coordinates(self.line), self.vertex_km, np.array([(lon, lat)])
        )
        return float(km[0]), float(off[0])

    def place_at(self, km: float) -> str:
        """Name of the way-point nearest to a kilometre."""
        after = min(int(np.searchsorted(self.waypoint_km, km)), len(self.waypoints) - 1)
        before = max(after - 1, 0)
        nearer = km - self.waypoint_km[before] <= self.waypoint_km[after] - km
        nearest = self.waypoint_km[before if nearer else after]
        return self.waypoints[int(np.searchsorted(self.waypoint_km, nearest))].name

    def next_place(self, place: str | float, way: int = 1) -> WayPoint | None:
        """Find the way-point that lies next along the road.

        Parameters
        ----------
        place
            From where: a place on the road, or a kilometre.
        way
            1 with the kilometres, -1 against them.

        Returns
        -------
        WayPoint or None
            None beyond the last.

        Raises
        ------
        RequestError
            If no way-point is named so.
        """
        if isinstance(place, str):
            number = self._number(place) + way
            return self.waypoints[number] if 0 <= number < len(self.waypoints) else None
        ahead = np.flatnonzero((self.waypoint_km - place) * way > 0)
        if len(ahead) == 0:
            return None
        return self.waypoints[int(ahead[0] if way > 0 else ahead[-1])]

    def between(self, start: str, end: str) -> Leg:
        """Take the road from one place to another.

        Raises
        ------
        RequestError
            If no way-point is named so.
        """
        first, last = self._number(start), self._number(end)
        low, high = min(first, last), max(first, last)
        inside = self.waypoints[low : high + 1]
        roads = {w.shared_with for w in inside}
        passed = self.waypoint_km[low : high + 1].tolist()
        from_km, to_km = float(self.waypoint_km[first]), float(self.waypoint_km[last])
        along = slice(
            np.searchsorted(self.sample_km, min(from_km, to_km), "left"),
            np.searchsorted(self.sample_km, max(from_km, to_km), "right"),
        )
        ends = self.errors_at([from_km, to_km])
        return Leg(
            road=self.id,
            from_km=from_km,
            to_km=to_km,
            places=tuple(inside if first <= last else inside[::-1]),
            place_km=tuple(passed if first <= last else passed[::-1]),
            shared_with=roads.pop() if len(roads) == 1 and low < high else "",
            error_m=float(np.concatenate((ends, self.sample_error_m[along])).max()),
        )

    def shared(self) -> tuple[Leg, ...]:
        """Find the legs that this road shares with others, in order of kilometres."""
        legs = []
        for road, group in groupby(self.waypoints, key=lambda w: w.shared_with):
            ends = list(group)
            if road and len(ends) > 1:
                legs.append(self.between(ends[0].place_id, ends[-1].place_id))
        return tuple(legs)

    def cut(self, from_km: float, to_km: float) -> shapely.LineString:
        """Cut a stretch out of the line, EPSG:4326."""
        inner = self.vertex_km[(self.vertex_km > from_km) & (self.vertex_km < to_km)]
        return shapely.linestrings(self.points_at([from_km, *inner, to_km]))

    def _number(self, place: str) -> int:
        found = [self._numbers.get(key) for key in (f"id {place}", f"name {place.casefold()}")]
        numbers = [number for number in found if number is not None]
        if numbers:
            return min(numbers)
        named = ", ".join(w.name for w in self.waypoints)
        message = f"{self.id} has no way-point '{place}'; there are {named}"
        raise RequestError(message)


def side_of(party: str, allied: Collection[frozenset[str]]) -> set[str]:
    """Name the party and all that are allied with it."""
    return {party}.union(*(group for group in allied if party in group))


def _measured(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Geodesic kilometres from the first vertex to each."""
    lon, lat = lonlat.T
    _, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    return np.concatenate(([0.0], np.cumsum(metres) / 1000))


def _nearest(
    lonlat: npt.NDArray[np.float64],
    vertex_km: npt.NDArray[np.float64],
    points: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Kilometre of the nearest point of a line and the distance there (km), for each point."""
    km, off = np.empty(len(points)), np.empty(len(points))
    for number, (lon, lat) in enumerate(points):
        foot, at = _feet(lonlat, vertex_km, lon, lat)
        best = int(np.argmin((foot**2).sum(axis=1)))
        km[number] = at[best]
        there = foot[best] / (np.cos(np.radians(lat)), 1.0) + (lon, lat)
        off[number] = GEOD.inv(lon, lat, *there)[2] / 1000
    return km, off


def _feet(
    lonlat: npt.NDArray[np.float64], vertex_km: npt.NDArray[np.float64], lon: float, lat: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Point of each segment nearest to a point, in a plane around that, and its kilometre."""
    # Exact at the point, where it matters.
    plane = (lonlat - (lon, lat)) * (np.cos(np.radians(lat)), 1.0)
    step = np.diff(plane, axis=0)
    square = (step**2).sum(axis=1)
    part = -(plane[:-1] * step).sum(axis=1)
    part = np.clip(np.divide(part, square, where=square > 0, out=np.zeros_like(part)), 0, 1)
    return plane[:-1] + part[:, None] * step, vertex_km[:-1] + part * np.diff(vertex_km)


def _passed(
    lonlat: npt.NDArray[np.float64],
    vertex_km: npt.NDArray[np.float64],
    points: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Kilometre at which a course passes each way-point, never falling.

    Of all ways to put the way-points to segments in their order, the one with the least sum of
    squared distances: a course that comes by a place twice is told by what lies between.
    """
    total = np.zeros(len(lonlat) - 1)
    chosen, kms = [], []
    for lon, lat in points:
        foot, at = _feet(lonlat, vertex_km, lon, lat)
        # The best segment so far for the way-point before, up to each segment.
        least = np.minimum.accumulate(total)
        first = np.append(True, least[1:] < least[:-1])
        best = np.maximum.accumulate(np.where(first, np.arange(len(total)), 0))
        chosen.append(best)
        kms.append(at)
        total = least + (foot**2).sum(axis=1)
    segment, passed = int(np.argmin(total)), []
    for best, at in zip(reversed(chosen), reversed(kms), strict=True):
        passed.append(at[segment])
        segment = int(best[segment])
    return np.maximum.accumulate(passed[::-1])


TOWNS = frozenset({"city", "town"})
