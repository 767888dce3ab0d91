"""The roads, posts and pockets of a theatre on any day, and what was said of them.

Made once for what is known by some day (`RoadsAndPosts`); asked with the map of a day. What users
see of it are the tables of `highway_table` and `post_table`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import shapely

from geoline.cache import NO_STORE, Store, digest
from geoline.control import Weigher
from geoline.errors import DataError, RequestError
from geoline.front import WGS84, reprojected
from geoline.highways import side_of
from geoline.holder import UNKNOWN
from geoline.situation.day_map import DayMap, WaysOut, ways_out
from geoline.situation.highway_status import HighwayStatus, highway_status, reported_about
from geoline.situation.post_statements import PostReport, contradicts, decided, post_report
from geoline.situation.post_status import PostStatus, post_status
from geoline.situation.road_holders import SampledRoad
from geoline.situation.told import Told, told_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

    from geoline.control import Spell
    from geoline.gazetteer import Place
    from geoline.theatre_folder import TheatreData

__all__ = ["RoadsAndPosts", "land"]


# Nothing is drawn nearer to the antimeridian and the poles than 100 m: least west, south, east,
# north in degrees, and most.
EDGES_DEG = (-179.999, -89.999, -179.999, -89.999), (179.999, 89.999, 179.999, 89.999)
# How much of the regions is looked at beside the frame (degrees).
BESIDE_DEG = 0.5


class AskedMap(Protocol):
    """The map of a day, and the digest of what it was drawn from, which is had without it."""

    @property
    def key(self) -> str: ...
    @property
    def map(self) -> DayMap: ...


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
        The metric CRS of the map (`geoline.front.equal_area`).
    land
        The land that areas are drawn on, EPSG:4326.
    shaping
        The places that shape the map.
    store
        Where answers are kept.

    Raises
    ------
    RequestError
        If there are no such places.
    """

    theatre: TheatreData
    known: date | None
    crs: str
    land: shapely.Geometry
    shaping: Sequence[Place]
    store: Store = NO_STORE
    _told: Told = field(init=False, repr=False)
    _weigher: Weigher = field(init=False, repr=False)
    _sampled: list[SampledRoad] | None = field(init=False, repr=False, default=None)
    _out: WaysOut | None = field(init=False, repr=False, default=None)
    _xy: npt.NDArray[np.float64] | None = field(init=False, repr=False, default=None)
    _content: str = field(init=False, repr=False)
    _of_posts: str = field(init=False, repr=False)
    _of_roads: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        theatre = self.theatre
        if not self.shaping:
            by = f" by {self.known}" if self.known else ""
            message = (
                f"nothing is known{by} of any place within the frame of {theatre.name}; look at "
                "the frame in theatre.toml, at baseline.csv and at the place_id of the claims"
            )
            raise RequestError(message)
        self._weigher = Weigher(theatre.sources, theatre.sides)
        self._told = told_of(theatre, self.known, self.store)
        where = [(p.lon, p.lat) for p in self.shaping]
        countries = [r.geometry for r in theatre.land]
        sides = [sorted(side) for side in self._sides()]
        self._content = digest(
            where, self.land, countries, theatre.homelands, self.crs, sides, list(theatre.allied)
        )
        self._of_posts = digest(self._content, list(theatre.posts))
        roads, parties = list(theatre.highways), list(theatre.parties)
        self._of_roads = digest(self._content, roads, parties)

    def _places_xy(self) -> npt.NDArray[np.float64]:
        if self._xy is None:
            self._xy = self._metric([(p.lon, p.lat) for p in self.shaping])
        return self._xy

    def _roads(self) -> list[SampledRoad]:
        if self._sampled is None:
            self._sampled = [
                SampledRoad(
                    road,
                    self._metric(road.samples),
                    self._metric([(w.lon, w.lat) for w in road.waypoints]),
                    self._places_xy(),
                    self._told.roads[road.id],
                    self._weigher,
                    self.theatre.allied,
                )
                for road in self.theatre.highways
            ]
        return self._sampled

    def ways_out(self) -> WaysOut:
        """Give where ways lead out of the map."""
        if self._out is None:
            theatre = self.theatre
            shapes = [self.land, *(r.geometry for r in theatre.land), *theatre.homelands.values()]
            land, *others = reprojected(shapes, WGS84, self.crs)
            countries, homes = others[: len(theatre.land)], others[len(theatre.land) :]
            by_party = dict(zip(theatre.homelands, homes, strict=True))
            self._out = ways_out(land, countries, by_party)
        return self._out

    def roads(self, day: date, asked: AskedMap, spells: Mapping[str, Spell]) -> list[HighwayStatus]:
        """Find the status of each highway, in the order of the theatre."""
        if not self.theatre.highways:
            return []
        shaping = [spells[place.id] for place in self.shaping]
        on_roads = {w.place_id for road in self.theatre.highways for w in road.waypoints}
        # Of the places the roads take who holds them since when, and whether that is contested.
        key = digest(
            self._of_roads,
            asked.key,
            self._told.of_roads(day),
            [(spell.holder, spell.since.toordinal()) for spell in shaping],
            {
                place: (spells[place].holder, spells[place].contested)
                for place in sorted(on_roads & spells.keys())
            },
        )
        found = self.store.kept("roads", key, lambda: self._on_roads(day, asked, spells, shaping))
        return [
            replace(status, reported=reported_about(day, self._told.roads[status.road]))
            for status in found
        ]

    def _on_roads(
        self, day: date, asked: AskedMap, spells: Mapping[str, Spell], shaping: Sequence[Spell]
    ) -> list[HighwayStatus]:
        parties = self.theatre.parties
        return [
            highway_status(r, day, asked.map, spells, shaping, parties=parties)
            for r in self._roads()
        ]

    def posts(self, day: date, asked: AskedMap, *, ranges: bool = True) -> list[PostStatus]:
        """Find the status of each post, in the order of the theatre.

        As `post_status` finds it; where the map is in doubt, by what was reported of that day.
        """
        if not self.theatre.posts:
            return []
        key = digest(self._of_posts, asked.key, day, ranges, self._told.of_posts(day))
        rows = self.store.kept(
            "posts", key, lambda: [_row(a) for a in self._at_posts(day, asked, ranges=ranges)]
        )
        return [
            PostStatus(post=post, **row) for post, row in zip(self.theatre.posts, rows, strict=True)
        ]

    def _at_posts(self, day: date, asked: AskedMap, *, ranges: bool) -> list[PostStatus]:
        theatre, said, crs = self.theatre, self._told.posts, self.crs
        answers = post_status(theatre.posts, day, asked.map, crs=crs, ranges=ranges)
        if not ranges and any(contradicts(a, said.get(a.post.id, ()), day) for a in answers):
            answers = post_status(theatre.posts, day, asked.map, crs=crs)
        return [decided(a, said.get(a.post.id, ()), day, self._weigher) for a in answers]

    def reports(
        self, day: date, answers: Sequence[PostStatus], since: Mapping[str, date]
    ) -> dict[str, PostReport]:
        """Find what was last said of each post, by its id."""
        reports = {}
        for answer in answers:
            post = answer.post.id
            said = self._told.posts.get(post, ())
            reports[post] = post_report(answer, said, day, since[post], self._weigher)
        return reports

    def cut_off(self, asked: AskedMap, spells: Mapping[str, Spell]) -> frozenset[str]:
        """Find the places from which every way out crosses ground that is not their side's."""
        holders = [spells[place.id].holder for place in self.shaping]
        key = digest(self._content, asked.key, holders)
        rows = self.store.kept("cut off", key, lambda: self._shut(asked.map, holders))
        return frozenset(self.shaping[n].id for n in rows)

    def _shut(self, day_map: DayMap, holders: Sequence[str]) -> list[int]:
        xy = self._places_xy()
        drawn = day_map.holders(xy) != UNKNOWN  # a port may lie off the land
        found: set[int] = set()
        for side in self._sides():
            held = np.array([holder in side for holder in holders], dtype=bool)
            rows = np.flatnonzero(held & drawn)
            found |= set(rows[day_map.enclosed(xy[rows], side)].tolist())
        return sorted(found)

    def pockets(self, day_map: DayMap) -> list[tuple[frozenset[str], shapely.Geometry]]:
        """Find the polygons, in the metric CRS, from which no way leads out, and whose they are."""
        return [(side, part) for side in self._sides() for part in day_map.pockets(side)]

    def _sides(self) -> list[frozenset[str]]:
        sides = [frozenset(side_of(p, self.theatre.allied)) for p in self.theatre.parties]
        return sorted(set(sides), key=sorted)

    def _metric(self, lonlat: Sequence[tuple[float, float]] | npt.NDArray[np.float64]) -> Any:  # noqa: ANN401
        points = shapely.points(np.asarray(lonlat, dtype=float).reshape(-1, 2))
        return shapely.get_coordinates(reprojected(points, WGS84, self.crs))


def _row(answer: PostStatus) -> dict[str, Any]:
    """Give what is said of a post, without the post."""
    return {one.name: getattr(answer, one.name) for one in fields(answer) if one.name != "post"}


def land(theatre: TheatreData, crs: str, store: Store = NO_STORE) -> shapely.Geometry:
    """Union of the governorates within the frame, gaps between them closed; EPSG:4326.

    Without any governorate the whole frame is land.

    Parameters
    ----------
    theatre
        The theatre.
    crs
        In metres (`geoline.front.equal_area`); what is worked out in it.
    store
        Where the answer is kept.

    Raises
    ------
    DataError
        If the frame and the governorates do not meet.
    """
    # A point on the antimeridian or at a pole comes back from a metric CRS as another one.
    frame = shapely.box(*np.clip(theatre.frame, *EDGES_DEG))
    if not theatre.governorates:
        return frame
    outlines = [region.geometry for region in theatre.governorates]
    key = digest(outlines, frame, crs)
    found = store.kept("land", key, lambda: _joined(outlines, frame, crs))
    if shapely.is_empty(found):
        reason = "does not meet the regions of areas/governorates.geojson; correct one of them"
        raise DataError("theatre.toml", reason, key="frame")
    return found


def _joined(
    outlines: Sequence[shapely.Geometry], frame: shapely.Geometry, crs: str
) -> shapely.Geometry:
    """Join regions, gaps between them closed, and cut them to the frame; all EPSG:4326."""
    # A country that goes on behind the antimeridian would be turned inside out in metres.
    west, south, east, north = frame.bounds
    around = west - BESIDE_DEG, south - BESIDE_DEG, east + BESIDE_DEG, north + BESIDE_DEG
    near = shapely.intersection(outlines, shapely.box(*np.clip(around, *EDGES_DEG)))
    regions = reprojected(near, WGS84, crs)
    closed = shapely.union_all(shapely.buffer(regions, 400.0, quad_segs=2))
    closed = shapely.buffer(closed, -400.0, quad_segs=2)
    (back,) = reprojected([closed], crs, WGS84)
    return shapely.intersection(back, frame)
