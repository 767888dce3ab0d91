"""The roads, posts and pockets of a theatre on any day, and what was said of them.

Made once for what is known by some day (`RoadsAndPosts`); asked with the map of a day. What users
see of it are the tables of `highway_table` and `post_table`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geoline.claims import claims_in_force
from geoline.control import Weigher
from geoline.errors import DataError, RequestError
from geoline.highways import side_of
from geoline.holder import UNKNOWN
from geoline.situation.day_map import DayMap, WaysOut, ways_out
from geoline.situation.highway_status import HighwayStatus, highway_status
from geoline.situation.post_statements import (
    PostReport,
    PostStatement,
    contradicts,
    decided,
    post_report,
    post_statements,
)
from geoline.situation.post_status import PostStatus, post_status
from geoline.situation.road_holders import SampledRoad
from geoline.situation.road_statements import road_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import numpy.typing as npt
    from pyproj import CRS

    from geoline.control import Spell
    from geoline.gazetteer import Place
    from geoline.theatre_folder import TheatreData

__all__ = ["RoadsAndPosts", "land"]

# Nothing is drawn nearer to the antimeridian and the poles than 100 m: least west, south, east,
# north in degrees, and most.
EDGES_DEG = (-179.999, -89.999, -179.999, -89.999), (179.999, 89.999, 179.999, 89.999)
# How much of the regions is looked at beside the frame (degrees).
BESIDE_DEG = 0.5


@dataclass(slots=True)
class RoadsAndPosts:
    """Roads and posts of a theatre as known by a day.

    Parameters
    ----------
    theatre
        The theatre.
    known
        Only what was public by this day counts; None for all that is known now.
    crs
        The metric CRS of the map.
    land
        The land that areas are drawn on, EPSG:4326.
    shaping
        The places that shape the map.

    Raises
    ------
    RequestError
        If there are no such places.
    """

    theatre: TheatreData
    known: date | None
    crs: CRS
    land: shapely.Geometry
    shaping: Sequence[Place]
    _roads: list[SampledRoad] = field(init=False, repr=False)
    _said: dict[str, tuple[PostStatement, ...]] = field(init=False, repr=False)
    _weigher: Weigher = field(init=False, repr=False)
    _out: WaysOut = field(init=False, repr=False)
    _places_xy: npt.NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        theatre = self.theatre
        if not self.shaping:
            by = f" by {self.known}" if self.known else ""
            message = (
                f"nothing is known{by} of any place within the frame of {theatre.name}; look at "
                "the frame in theatre.toml, at baseline.csv and at the place_id of the claims"
            )
            raise RequestError(message)
        claims = claims_in_force(theatre.claims, self.known)
        self._weigher = Weigher(theatre.sources, theatre.sides)
        # Roads and posts are told by the theatre's own places; the rest of the country is far off.
        own = theatre.gazetteer.alone
        said = road_statements(claims, theatre.highways, own, theatre.governorates)
        self._said = post_statements(claims, theatre.posts, own)
        self._places_xy = self._metric([(p.lon, p.lat) for p in self.shaping])
        self._roads = [
            SampledRoad(
                road,
                self._metric(road.samples),
                self._metric([(w.lon, w.lat) for w in road.waypoints]),
                self._places_xy,
                said[road.id],
                self._weigher,
                theatre.allied,
            )
            for road in theatre.highways
        ]
        shapes = [self.land, *(r.geometry for r in theatre.land), *theatre.homelands.values()]
        land, *others = gpd.GeoSeries(shapes, crs=4326).to_crs(self.crs)
        countries, homes = others[: len(theatre.land)], others[len(theatre.land) :]
        self._out = ways_out(land, countries, dict(zip(theatre.homelands, homes, strict=True)))

    def day_map(
        self,
        areas: gpd.GeoDataFrame,
        front: gpd.GeoDataFrame,
        draw_band: Callable[[], gpd.GeoDataFrame],
    ) -> DayMap:
        """Make the map of a day ready to be asked; its band is drawn when it is needed."""
        return DayMap(
            areas.to_crs(self.crs),
            front.to_crs(self.crs),
            lambda: draw_band().to_crs(self.crs),
            self._out,
        )

    def roads(self, day: date, day_map: DayMap, spells: Mapping[str, Spell]) -> list[HighwayStatus]:
        """Find the status of each highway, in the order of the theatre."""
        shaping = [spells[place.id] for place in self.shaping]
        parties = self.theatre.parties
        return [
            highway_status(r, day, day_map, spells, shaping, parties=parties) for r in self._roads
        ]

    def posts(self, day: date, day_map: DayMap, *, ranges: bool = True) -> list[PostStatus]:
        """Find the status of each post, in the order of the theatre.

        As `post_status` finds it; where the map is in doubt, by what was reported of that day.
        """
        answers = post_status(self.theatre.posts, day, day_map, crs=self.crs, ranges=ranges)
        said = self._said
        if not ranges and any(contradicts(a, said.get(a.post.id, ()), day) for a in answers):
            answers = post_status(self.theatre.posts, day, day_map, crs=self.crs)
        return [decided(a, said.get(a.post.id, ()), day, self._weigher) for a in answers]

    def reports(
        self, day: date, answers: Sequence[PostStatus], since: Mapping[str, date]
    ) -> dict[str, PostReport]:
        """Find what was last said of each post, by its id."""
        reports = {}
        for answer in answers:
            post = answer.post.id
            said = self._said.get(post, ())
            reports[post] = post_report(answer, said, day, since[post], self._weigher)
        return reports

    def cut_off(self, day_map: DayMap, spells: Mapping[str, Spell]) -> frozenset[str]:
        """Find the places from which every way out crosses ground that is not their side's."""
        drawn = day_map.holders(self._places_xy) != UNKNOWN  # a port may lie off the land
        found: set[str] = set()
        for side in self._sides():
            held = np.array([spells[place.id].holder in side for place in self.shaping], dtype=bool)
            rows = np.flatnonzero(held & drawn)
            shut = rows[day_map.enclosed(self._places_xy[rows], side)]
            found |= {self.shaping[n].id for n in shut}
        return frozenset(found)

    def pockets(self, day_map: DayMap) -> list[tuple[frozenset[str], shapely.Geometry]]:
        """Find the polygons, in the metric CRS, from which no way leads out, and whose they are."""
        return [(side, part) for side in self._sides() for part in day_map.pockets(side)]

    def _sides(self) -> list[frozenset[str]]:
        sides = [frozenset(side_of(p, self.theatre.allied)) for p in self.theatre.parties]
        return sorted(set(sides), key=sorted)

    def _metric(self, lonlat: Sequence[tuple[float, float]] | npt.NDArray[np.float64]) -> Any:  # noqa: ANN401
        points = gpd.GeoSeries(shapely.points(lonlat) if len(lonlat) else [], crs=4326)
        return shapely.get_coordinates(points.to_crs(self.crs).to_numpy())


def land(theatre: TheatreData, crs: CRS) -> shapely.Geometry:
    """Union of the governorates within the frame, gaps between them closed; EPSG:4326.

    Without any governorate the whole frame is land.

    Parameters
    ----------
    theatre
        The theatre.
    crs
        In metres; what is worked out in it.

    Raises
    ------
    DataError
        If the frame and the governorates do not meet.
    """
    # A point on the antimeridian or at a pole comes back from a metric CRS as another one.
    frame = shapely.box(*np.clip(theatre.frame, *EDGES_DEG))
    if not theatre.governorates:
        return frame
    # A country that goes on behind the antimeridian would be turned inside out in metres.
    west, south, east, north = frame.bounds
    around = np.clip(
        (west - BESIDE_DEG, south - BESIDE_DEG, east + BESIDE_DEG, north + BESIDE_DEG), *EDGES_DEG
    )
    shapes = [shapely.intersection(r.geometry, shapely.box(*around)) for r in theatre.governorates]
    regions = gpd.GeoSeries(shapes, crs=4326).to_crs(crs)
    closed = shapely.union_all(shapely.buffer(regions.values, 400.0, quad_segs=2))
    closed = shapely.buffer(closed, -400.0, quad_segs=2)
    back = gpd.GeoSeries([closed], crs=crs).to_crs(4326).iloc[0]
    found = shapely.intersection(back, frame)
    if shapely.is_empty(found):
        reason = "does not meet the regions of areas/governorates.geojson; correct one of them"
        raise DataError("theatre.toml", reason, key="frame")
    return found
