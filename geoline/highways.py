"""Highways as measured lines: kilometres along the road, and who holds which stretch.

A highway is the line through its way-points, in order. Kilometres are geodesic (WGS 84) from
way-point to way-point, so that they fall short of the driven distance where the road winds between
two way-points. Each way-point carries its error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import geopandas as gpd
    import numpy.typing as npt

__all__ = ["Highway", "HighwayStatus", "Stretch", "WayPoint", "along"]

UNKNOWN = "unknown"
SAMPLE_KM = 0.25
GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, kw_only=True, slots=True)
class WayPoint:
    """A point that the road passes: degrees WGS 84, `error_m` metres to the carriageway."""

    place_id: str
    name: str
    lat: float
    lon: float
    error_m: float
    shared_with: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one holder; kilometres from the first way-point."""

    from_km: float
    to_km: float
    holder: str
    from_place: str
    to_place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HighwayStatus:
    """A highway on one day.

    Parameters
    ----------
    km
        Kilometres by holder.
    stretches
        In order of kilometres.
    open_to
        The parties for whom (allies counted) the road within the areas drawn is open from end to
        end.
    cuts
        Kilometre and nearest way-point where the holder changes to one that is no ally.
    """

    road: str
    length_km: float
    km: dict[str, float]
    stretches: tuple[Stretch, ...]
    open_to: tuple[str, ...]
    cuts: tuple[tuple[float, str], ...]


@dataclass(slots=True)
class Highway:
    """A measured road.

    Parameters
    ----------
    id
        Its name, for instance M5.
    waypoints
        In order, at least two.

    Raises
    ------
    ValueError
        If there are fewer than two way-points.
    """

    id: str
    waypoints: Sequence[WayPoint]
    line: shapely.LineString = field(init=False, repr=False)
    waypoint_km: npt.NDArray[np.float64] = field(init=False, repr=False)
    sample_km: npt.NDArray[np.float64] = field(init=False, repr=False)
    samples: npt.NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.waypoints = tuple(self.waypoints)
        if len(self.waypoints) < 2:  # noqa: PLR2004
            message = f"highway {self.id} has {len(self.waypoints)} way-point; a road has two ends"
            raise ValueError(message)
        lon = np.array([w.lon for w in self.waypoints])
        lat = np.array([w.lat for w in self.waypoints])
        self.line = shapely.linestrings(np.column_stack((lon, lat)))
        _, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
        self.waypoint_km = np.concatenate(([0.0], np.cumsum(metres) / 1000))
        count = max(1, round(self.length_km / SAMPLE_KM))
        # Middles of equal pieces, so that every sample stands for the same length.
        self.sample_km = (np.arange(count) + 0.5) * self.length_km / count
        self.samples = np.column_stack(
            (
                np.interp(self.sample_km, self.waypoint_km, lon),
                np.interp(self.sample_km, self.waypoint_km, lat),
            )
        )

    @property
    def length_km(self) -> float:
        """Length in kilometres through the way-points."""
        return float(self.waypoint_km[-1])

    def place_at(self, km: float) -> str:
        """Name of the way-point nearest to a kilometre."""
        return self.waypoints[int(np.argmin(np.abs(self.waypoint_km - km)))].name


def along(
    highway: Highway,
    areas: gpd.GeoDataFrame,
    holder_of: Mapping[str, str],
    allied: Collection[frozenset[str]] = (),
) -> HighwayStatus:
    """Find who holds which stretch of a highway.

    Parameters
    ----------
    highway
        The road.
    areas
        Areas by holder (column `holder`), EPSG:4326.
    holder_of
        Holder by place id; speaks for a leg outside the areas if both its ends have one holder.
    allied
        Sets of parties that let each other pass.
    """
    holders = np.full(len(highway.samples), UNKNOWN, dtype=object)
    _fill_outside(highway, holders, holder_of)
    drawn = np.zeros(len(holders), dtype=bool)
    for holder, area in zip(areas["holder"], areas.geometry, strict=True):
        shapely.prepare(area)
        inside = shapely.intersects_xy(area, highway.samples) & ~drawn
        holders[inside] = holder
        drawn |= inside
    piece = highway.length_km / len(holders)
    stretches = _stretches(highway, holders, piece)
    km: dict[str, float] = {}
    for stretch in stretches:
        length = stretch.to_km - stretch.from_km
        km[stretch.holder] = round(km.get(stretch.holder, 0.0) + length, 2)
    held = set(holders[drawn]) if drawn.any() else set()
    open_to = tuple(
        party for party in sorted(set(areas["holder"])) if held and held <= side_of(party, allied)
    )
    cuts = tuple(
        (a.to_km, highway.place_at(a.to_km))
        for a, b in pairwise(stretches)
        if b.holder not in side_of(a.holder, allied) and UNKNOWN not in {a.holder, b.holder}
    )
    return HighwayStatus(
        road=highway.id,
        length_km=round(highway.length_km, 2),
        km=km,
        stretches=stretches,
        open_to=open_to,
        cuts=cuts,
    )


def side_of(party: str, allied: Collection[frozenset[str]]) -> set[str]:
    """Name the party and all that are allied with it."""
    return {party}.union(*(group for group in allied if party in group))


def _fill_outside(
    highway: Highway, holders: npt.NDArray[np.object_], holder_of: Mapping[str, str]
) -> None:
    leg = np.searchsorted(highway.waypoint_km, highway.sample_km) - 1
    for number, (a, b) in enumerate(zip(highway.waypoints, highway.waypoints[1:], strict=False)):
        one = holder_of.get(a.place_id, UNKNOWN)
        if one == holder_of.get(b.place_id, UNKNOWN):
            holders[leg == number] = one


def _stretches(
    highway: Highway, holders: npt.NDArray[np.object_], piece: float
) -> tuple[Stretch, ...]:
    stretches, passed = [], 0
    for holder, group in groupby(holders):
        count = len(list(group))
        start, end = passed * piece, (passed + count) * piece
        stretches.append(
            Stretch(
                round(start, 2),
                round(end, 2),
                str(holder),
                highway.place_at(start),
                highway.place_at(end),
            )
        )
        passed += count
    return tuple(stretches)
