"""Who held what at the end of a day, and what changed between two days.

A `Situations` knows the theatre as it was known by some day and computes any day of it: the status
of each place, the areas and the line, the highways and the posts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from geoline.changes import Change, Changes, area_gains
from geoline.control import UNKNOWN, Spell, hold_all, spell_on
from geoline.errors import RequestError
from geoline.front import CONTESTED, draw, draw_band
from geoline.ground import WGS84, Ground, equal_area_crs
from geoline.highways import HighwayStatus, along, side_of
from geoline.posts import PostStatus, post_status

if TYPE_CHECKING:
    import numpy.typing as npt
    from pyproj import CRS

    from geoline.gazetteer import Place
    from geoline.seeds import Seeds

__all__ = ["Situation", "Situations"]

# A place is cut off if at most one of the nearest places around it is on its side (kilometres) …
NEIGHBOURS, AROUND_KM, FEWEST_AROUND = 5, 8.0, 4
# … and then stands only on more than this confidence and with a report not older than that.
POCKET_CONFIDENCE, POCKET_DAYS = 0.5, timedelta(days=7)


@dataclass(slots=True)
class Situations:
    """The theatre as it was known by a day (None: as it is known now)."""

    seeds: Seeds
    known: date | None = None
    spells: dict[str, tuple[Spell, ...]] = field(init=False, repr=False)
    land: shapely.Geometry = field(init=False, repr=False)
    crs: CRS = field(init=False, repr=False)
    _shaping: list[Place] = field(init=False, repr=False)
    _around: npt.NDArray[np.intp] = field(init=False, repr=False)
    _reported: dict[str, list[date]] = field(init=False, repr=False)
    _ground: Ground = field(init=False, repr=False)
    _alone_on_eve: set[int] = field(init=False, repr=False)
    _days: dict[date, Situation] = field(init=False, repr=False)
    _painted: dict[tuple[str | None, ...], tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]] = field(
        init=False, repr=False
    )

    def __post_init__(self) -> None:
        seeds = self.seeds
        self.spells = hold_all(
            seeds.claims,
            baseline=seeds.baseline,
            sources=seeds.sources,
            sides=seeds.sides,
            known=self.known,
        )
        self.crs = equal_area_crs(seeds.frame)
        self.land = _land(seeds, self.crs)
        frame = shapely.box(*seeds.frame)
        self._shaping = [
            place
            for place in map(seeds.gazetteer.__getitem__, self.spells)
            if not place.is_vague and frame.intersects(shapely.Point(place.lon, place.lat))
        ]
        points = gpd.GeoSeries.from_xy(
            [p.lon for p in self._shaping], [p.lat for p in self._shaping], crs=WGS84
        )
        xy = shapely.get_coordinates(points.to_crs(self.crs).values)
        reach = min(NEIGHBOURS + 1, len(xy))
        far, near = (np.asarray(a) for a in cKDTree(xy).query(xy, k=range(1, reach + 1)))
        self._around = np.where(far[:, 1:] <= AROUND_KM * 1000, near[:, 1:], -1)
        self._reported = defaultdict(list)
        for claim in seeds.claims:
            if claim.place_id and (self.known is None or claim.known <= self.known):
                self._reported[claim.place_id].append(claim.when.end)
        eve = [spell_on(self.spells[p.id], seeds.first_day).holder for p in self._shaping]
        self._alone_on_eve = set(np.flatnonzero(self._alone(np.array(eve, dtype=object))).tolist())
        self._ground = self._since_eve(points)
        self._days, self._painted = {}, {}

    def _since_eve(self, points: gpd.GeoSeries) -> Ground:
        """Ground whose last known areas are those of the eve, drawn from its places alone.

        Nobody has published them; what the line of later days is measured against is this drawing.
        """
        eve = [spell_on(self.spells[p.id], self.seeds.first_day) for p in self._shaping]
        holders = [None if s.contested or s.holder == UNKNOWN else s.holder for s in eve]
        first = Ground(points, self.land)
        areas, _ = draw(first, holders)
        return Ground(points, self.land, baseline=areas)

    def on(self, day: date) -> Situation:
        """Give the situation at the end of a day.

        Raises
        ------
        RequestError
            If the day is outside the theatre.
        """
        seeds = self.seeds
        if not seeds.first_day <= day <= seeds.last_day:
            message = (
                f"{day} is outside the theatre {seeds.name}; "
                f"choose a day from {seeds.first_day} to {seeds.last_day}"
            )
            raise RequestError(message)
        if day not in self._days:
            self._days[day] = Situation(self, day)
        return self._days[day]

    def spells_on(self, day: date) -> dict[str, Spell]:
        """Answer for each place at the end of a day.

        A place alone among the other side's is a pocket only on good evidence: if its holder rests
        on the baseline, on a weak claim, or on nothing newer than a week, it is unknown; unless its
        loss is dated later, which says that it was held until then, or it stood alone on the eve.
        """
        answers = {place: spell_on(spells, day) for place, spells in self.spells.items()}
        ids = [place.id for place in self._shaping]
        holders = np.array([answers[i].holder for i in ids], dtype=object)
        for number in np.flatnonzero(self._alone(holders)):
            place = ids[number]
            spell = answers[place]
            eve = number in self._alone_on_eve and spell.start <= self.seeds.first_day
            if eve or self._lost_later(place, day):
                continue
            fresh = any(day - POCKET_DAYS <= told <= day for told in self._reported[place])
            if not (fresh and spell.claims and spell.confidence >= POCKET_CONFIDENCE):
                answers[place] = replace(spell, holder=UNKNOWN, contested=False, confidence=0.0)
        return answers

    def paint(self, holders: list[str | None]) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        """Draw areas and front for holders of the shaping places; once for any one colouring."""
        key = tuple(holders)
        if key not in self._painted:
            self._painted[key] = draw(self._ground, holders, self.seeds.allied)
        return self._painted[key]

    def _alone(self, holders: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
        """Which places have at most one of their own side around them, and enough others."""
        around = np.append(holders, UNKNOWN)[self._around]
        known = around != UNKNOWN
        friendly = np.zeros_like(known)
        for party in set(holders):
            mine = holders == party
            friendly[mine] = np.isin(around[mine], list(side_of(party, self.seeds.allied)))
        few = (friendly & known).sum(axis=1) <= 1
        enough = known.sum(axis=1) >= FEWEST_AROUND
        alone: npt.NDArray[np.bool_] = (holders != UNKNOWN) & few & enough
        return alone

    def _lost_later(self, place: str, day: date) -> bool:
        spells = self.spells[place]
        now = spell_on(spells, day).holder
        later = next((s for s in spells if s.start > day and s.holder != now), None)
        return later is not None and later.dated

    def changes(self, first: date, last: date) -> Changes:
        """Find what changed from the end of the first day to the end of the last.

        Raises
        ------
        RequestError
            If a day is outside the theatre or the last is before the first.
        """
        if last < first:
            message = f"{last} is before {first}; give the earlier day first"
            raise RequestError(message)
        before, after = self.on(first), self.on(last)
        places = []
        for place_id, new in after.spells.items():
            old = before.spells[place_id]
            if old.holder != new.holder:
                places.append(
                    Change(
                        place=self.seeds.gazetteer[place_id],
                        from_holder=old.holder,
                        to_holder=new.holder,
                        date=new.since,
                        claims=new.claims,
                    )
                )
        places.sort(key=lambda c: (c.date, c.place.name))
        return Changes(places=tuple(places), km2=area_gains(before.areas, after.areas, self.crs))


@dataclass
class Situation:
    """Who held what at the end of one day; GeoDataFrames in EPSG:4326, made when asked for."""

    whole: Situations
    day: date

    @cached_property
    def spells(self) -> dict[str, Spell]:
        """The answer for each place, by place id."""
        return self.whole.spells_on(self.day)

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """Status of each place.

        Columns `place`, `place_id`, `holder`, `contested`, `besieged`, `confidence`, `since`,
        `claims`, `against`, `uncertainty_m`, geometry (Point).
        """
        gazetteer = self.whole.seeds.gazetteer
        spells, where = self.spells, [gazetteer[place] for place in self.spells]
        return gpd.GeoDataFrame(
            {
                "place": [p.name for p in where],
                "place_id": [p.id for p in where],
                "holder": [s.holder for s in spells.values()],
                "contested": [s.contested for s in spells.values()],
                "besieged": [s.besieged for s in spells.values()],
                "confidence": [s.confidence for s in spells.values()],
                "since": [s.since for s in spells.values()],
                "claims": [list(s.claims) for s in spells.values()],
                "against": [list(s.against) for s in spells.values()],
                "uncertainty_m": [p.uncertainty_m for p in where],
            },
            geometry=gpd.points_from_xy([p.lon for p in where], [p.lat for p in where]),
            crs=WGS84,
        )

    @cached_property
    def _holders(self) -> list[str | None]:
        spells = [self.spells[place.id] for place in self.whole._shaping]  # noqa: SLF001
        holders = [CONTESTED if s.contested else s.holder for s in spells]
        return [None if holder == UNKNOWN else holder for holder in holders]

    @cached_property
    def _drawn(self) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        return self.whole.paint(self._holders)

    @property
    def areas(self) -> gpd.GeoDataFrame:
        """Areas by holder: `holder`, `km2`, geometry (MultiPolygon)."""
        return self._drawn[0]

    @property
    def front(self) -> gpd.GeoDataFrame:
        """The front: `holder_a`, `holder_b`, `length_km`, geometry (MultiLineString)."""
        return self._drawn[1]

    @cached_property
    def band(self) -> gpd.GeoDataFrame:
        """Where the line may run (see `geoline.front`); one row."""
        return draw_band(self.whole._ground, self._holders, self.front)  # noqa: SLF001

    @cached_property
    def highway_statuses(self) -> list[HighwayStatus]:
        """Each highway: kilometres by holder, stretches, cuts."""
        holders = {place: spell.holder for place, spell in self.spells.items()}
        seeds = self.whole.seeds
        return [along(road, self.areas, holders, seeds.allied) for road in seeds.highways]

    @cached_property
    def highways(self) -> gpd.GeoDataFrame:
        """Stretches: `road`, `holder`, `from_km`, `to_km`, `from_place`, `to_place`, geometry."""
        rows, lines = [], []
        for road, status in zip(self.whole.seeds.highways, self.highway_statuses, strict=True):
            for stretch in status.stretches:
                rows.append({"road": road.id} | _fields(stretch))
                lines.append(_cut(road.line, road.waypoint_km, stretch.from_km, stretch.to_km))
        columns = ["road", "from_km", "to_km", "holder", "from_place", "to_place"]
        return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry=lines, crs=WGS84)

    @cached_property
    def post_statuses(self) -> list[PostStatus]:
        """Each placed observation post."""
        return post_status(
            self.whole.seeds.posts, self.day, self.areas, self.front, crs=self.whole.crs
        )

    @cached_property
    def posts(self) -> gpd.GeoDataFrame:
        """Posts: `post`, `status`, `territory`, `distance_to_front_km`, `agreement`, geometry."""
        answers = self.post_statuses
        return gpd.GeoDataFrame(
            {
                "post": [a.post.name for a in answers],
                "agreement": [a.post.agreement for a in answers],
                "established": [a.post.established for a in answers],
                "status": [a.status for a in answers],
                "territory": [a.territory for a in answers],
                "distance_to_front_km": [a.distance_to_front_km for a in answers],
            },
            geometry=gpd.points_from_xy(
                [a.post.lon for a in answers], [a.post.lat for a in answers]
            ),
            crs=WGS84,
        )


def _fields(stretch: object) -> dict[str, object]:
    names = ("from_km", "to_km", "holder", "from_place", "to_place")
    return {name: getattr(stretch, name) for name in names}


def _cut(
    line: shapely.LineString, at_km: npt.NDArray[np.float64], start: float, end: float
) -> shapely.LineString:
    """Cut a stretch out of a line whose vertices lie at the given kilometres."""
    xy = shapely.get_coordinates(line)
    inner = (at_km > start) & (at_km < end)
    km = np.concatenate(([start], at_km[inner], [end]))
    return shapely.linestrings(
        np.column_stack([np.interp(km, at_km, xy[:, axis]) for axis in (0, 1)])
    )


def _land(seeds: Seeds, crs: CRS) -> shapely.Geometry:
    """Union of the governorates within the frame, gaps between them closed; EPSG:4326."""
    regions = gpd.GeoSeries([r.geometry for r in seeds.governorates], crs=WGS84).to_crs(crs)
    closed = shapely.union_all(shapely.buffer(regions.values, 400.0, quad_segs=2))
    closed = shapely.buffer(closed, -400.0, quad_segs=2)
    back = gpd.GeoSeries([closed], crs=crs).to_crs(WGS84).iloc[0]
    return shapely.intersection(back, shapely.box(*seeds.frame))
