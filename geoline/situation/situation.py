"""Who held what at the end of a day, and what changed between two days.

A `TheatreAsKnown` knows the theatre as it was known by some day and computes any day of it: the
status of each place, the areas and the line, the highways and the posts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import InitVar, dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from scipy.spatial import cKDTree

from geoline.control import Spell, spell_on, spells_of_all
from geoline.errors import RequestError
from geoline.front import WGS84, Ground, Timing, draw, draw_band, equal_area_crs
from geoline.highways import side_of
from geoline.holder import CONTESTED, UNKNOWN
from geoline.situation.changes import AreaChange, Changes, area_changes, area_gains, place_changes
from geoline.situation.geo_tables import highway_table, pocket_table, post_table
from geoline.situation.highway_status import agrees
from geoline.situation.roads_and_posts import RoadsAndPosts, land
from geoline.situation.summary_html import situation_html

if TYPE_CHECKING:
    import numpy.typing as npt
    from pyproj import CRS

    from geoline.gazetteer import Place
    from geoline.situation.day_map import DayMap
    from geoline.situation.highway_status import HighwayStatus
    from geoline.situation.post_statements import PostReport
    from geoline.situation.post_status import PostStatus
    from geoline.situation.road_statements import RoadStatement
    from geoline.theatre_folder import TheatreData

__all__ = ["Situation", "TheatreAsKnown"]

# Spacing of the nodes that a day's fields are worked out on (metres).
STEP_M = 1_250.0

# A place is cut off if at most one of the nearest places around it is on its side (kilometres) …
NEIGHBOURS, AROUND_KM, FEWEST_AROUND = 5, 8.0, 4
# … and then stands only on more than this confidence and with a report not older than that.
POCKET_CONFIDENCE, POCKET_DAYS = 0.5, timedelta(days=7)


@dataclass(slots=True)
class TheatreAsKnown:
    """The theatre as it was known by a day (None: as it is known now).

    What is drawn is shared with another's drawings (`like`), where the same was known of the eve.
    """

    theatre: TheatreData = field(repr=False)
    known: date | None = None
    like: InitVar[TheatreAsKnown | None] = None
    spells: dict[str, tuple[Spell, ...]] = field(init=False, repr=False)
    land: shapely.Geometry = field(init=False, repr=False)
    crs: CRS = field(init=False, repr=False)
    line_places: list[Place] = field(init=False, repr=False)
    _around: npt.NDArray[np.intp] = field(init=False, repr=False)
    _reported: dict[str, list[date]] = field(init=False, repr=False)
    _eve: list[tuple[str, Spell]] = field(init=False, repr=False)
    _ground: Ground = field(init=False, repr=False)
    _alone_on_eve: set[int] = field(init=False, repr=False)
    roads_and_posts: RoadsAndPosts = field(init=False, repr=False)
    _days: dict[date, Situation] = field(init=False, repr=False)
    _pockets: dict[date, frozenset[str]] = field(init=False, repr=False)
    _painted: dict[object, tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]] = field(
        init=False, repr=False
    )
    _bands: dict[object, gpd.GeoDataFrame] = field(init=False, repr=False)

    def __post_init__(self, like: TheatreAsKnown | None) -> None:
        theatre = self.theatre
        self.spells = spells_of_all(
            theatre.claims,
            baseline=theatre.baseline,
            sources=theatre.sources,
            sides=theatre.sides,
            known=self.known,
        )
        self.crs = equal_area_crs(theatre.frame)
        self.land = land(theatre, self.crs)
        frame = shapely.box(*theatre.frame)
        self.line_places = [
            place
            for place in map(theatre.gazetteer.__getitem__, self.spells)
            if not place.is_vague and frame.intersects(shapely.Point(place.lon, place.lat))
        ]
        points = gpd.GeoSeries.from_xy(
            [p.lon for p in self.line_places], [p.lat for p in self.line_places], crs=WGS84
        )
        self.roads_and_posts = RoadsAndPosts(
            theatre, self.known, self.crs, self.land, self.line_places
        )
        xy = shapely.get_coordinates(points.to_crs(self.crs).values)
        reach = min(NEIGHBOURS + 1, len(xy))
        far, near = (np.asarray(a) for a in cKDTree(xy).query(xy, k=range(1, reach + 1)))
        self._around = np.where(far[:, 1:] <= AROUND_KM * 1000, near[:, 1:], -1)
        self._reported = defaultdict(list)
        for claim in theatre.claims:
            if claim.place_id and (self.known is None or claim.known <= self.known):
                self._reported[claim.place_id].append(claim.when.end)
        self._eve = [
            (p.id, spell_on(self.spells[p.id], theatre.first_day)) for p in self.line_places
        ]
        eve = np.array([spell.holder for _, spell in self._eve], dtype=object)
        self._alone_on_eve = set(np.flatnonzero(self._alone(eve)).tolist())
        self._days, self._pockets = {}, {}
        if like is not None and like._share(self):  # noqa: SLF001  (of this class)
            return
        self._ground, self._painted, self._bands = self._since_eve(points), {}, {}

    def _share(self, other: TheatreAsKnown) -> bool:
        """Give another the drawings made here, if it asks about the same places and eve."""
        eves = self._eve, other._eve
        asked = [[(p, s.holder, s.contested) for p, s in eve] for eve in eves]
        if asked[0] != asked[1]:
            return False
        other._ground, other._painted, other._bands = self._ground, self._painted, self._bands
        return True

    def _since_eve(self, points: gpd.GeoSeries) -> Ground:
        """Ground whose last known areas are those of the eve, drawn from its places alone.

        Nobody has published them; what the line of later days is measured against is this drawing.
        """
        holders = [None if s.contested or s.holder == UNKNOWN else s.holder for _, s in self._eve]
        first = Ground(points, self.land, step_m=STEP_M)
        areas, _ = draw(first, holders)
        return Ground(points, self.land, baseline=areas, step_m=STEP_M)

    def on(self, day: date) -> Situation:
        """Give the situation at the end of a day.

        Raises
        ------
        RequestError
            If the day is outside the theatre.
        """
        theatre = self.theatre
        if not theatre.first_day <= day <= theatre.last_day:
            message = (
                f"{day} is outside the theatre {theatre.name}; "
                f"choose a day from {theatre.first_day} to {theatre.last_day}"
            )
            raise RequestError(message)
        if day not in self._days:
            self._days[day] = Situation(self, day)
        return self._days[day]

    def spells_on(self, day: date) -> dict[str, Spell]:
        """Answer for each place at the end of a day.

        A place alone among the other side's is a pocket only on good evidence: if its holder rests
        on the baseline, on a weak claim, or on nothing newer than a week, it is unknown; unless it
        stood alone on the eve. It is unknown since the first day on which that was so.
        """
        answers = {place: spell_on(spells, day) for place, spells in self.spells.items()}
        for place in self._unlikely_pockets(day):
            since = day
            while since > self.theatre.first_day:
                before = since - timedelta(days=1)
                if place not in self._unlikely_pockets(before):
                    break
                since = before
            answers[place] = replace(
                answers[place], holder=UNKNOWN, contested=False, confidence=0.0, since=since
            )
        return answers

    def _unlikely_pockets(self, day: date) -> frozenset[str]:
        """Places alone among the other side's on a day, without good evidence for it."""
        if day in self._pockets:
            return self._pockets[day]
        ids = [place.id for place in self.line_places]
        spells = [spell_on(self.spells[place], day) for place in ids]
        holders = np.array([spell.holder for spell in spells], dtype=object)
        found = set()
        for number in np.flatnonzero(self._alone(holders)):
            spell, place = spells[number], ids[number]
            if number in self._alone_on_eve and spell.start <= self.theatre.first_day:
                continue
            fresh = any(day - POCKET_DAYS <= told <= day for told in self._reported[place])
            if not (fresh and spell.claims and spell.confidence >= POCKET_CONFIDENCE):
                found.add(place)
        self._pockets[day] = frozenset(found)
        return self._pockets[day]

    def paint(
        self, holders: list[str | None], timing: Timing
    ) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        """Draw areas and front (EPSG:4326) for holders of the shaping places, each set once."""
        key = tuple(holders), timing.key
        if key not in self._painted:
            self._painted[key] = draw(self._ground, holders, self.theatre.allied, timing)
        return self._painted[key]

    def band(self, holders: list[str | None], timing: Timing) -> gpd.GeoDataFrame:
        """Draw the band (EPSG:4326) for holders of the shaping places, each set once."""
        key = tuple(holders), timing.key
        if key not in self._bands:
            front = self.paint(holders, timing)[1]
            self._bands[key] = draw_band(self._ground, holders, front, timing)
        return self._bands[key]

    def timing(self, day: date, spells: list[Spell]) -> Timing:
        """Say since when the line places are held, as known on a day: nothing of later days.

        The pace of the war is not known; the days since the eve are its measure.
        """
        since = [spell.since if spell.dated and spell.since <= day else None for spell in spells]
        return Timing.of(
            day=day,
            as_of=self.theatre.first_day,
            count=len(spells),
            since=np.array(since, dtype="datetime64[D]"),
            pace_days=None,
        )

    def _alone(self, holders: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
        """Which places have at most one of their own side around them, and enough others."""
        around = np.append(holders, UNKNOWN)[self._around]
        known = around != UNKNOWN
        friendly = np.zeros_like(known)
        for party in set(holders):
            mine = holders == party
            friendly[mine] = np.isin(around[mine], list(side_of(party, self.theatre.allied)))
        few = (friendly & known).sum(axis=1) <= 1
        enough = known.sum(axis=1) >= FEWEST_AROUND
        alone: npt.NDArray[np.bool_] = (holders != UNKNOWN) & few & enough
        return alone

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
        return self.on(last).changes_since(self.on(first))

    def area_changes(self, first: date, last: date, changes: Changes) -> tuple[AreaChange, ...]:
        """Find the ground behind the `changes` between two days, with its causes; EPSG:4326."""
        before, after = self.on(first), self.on(last)
        return area_changes(before.areas, after.areas, changes.places, self.crs)


@dataclass
class Situation:
    """Who held what at the end of one day; GeoDataFrames in EPSG:4326, made when asked for."""

    as_known: TheatreAsKnown = field(repr=False)
    day: date

    def _repr_html_(self) -> str:
        return situation_html(self, self.as_known.theatre, self.as_known.known)

    @cached_property
    def spells(self) -> dict[str, Spell]:
        """The answer for each place, by place id."""
        return self.as_known.spells_on(self.day)

    def changes_since(self, before: Situation) -> Changes:
        """Find what is another's now than in a situation before, known then or then known."""
        days, places = (before.day, self.day), self.as_known.theatre.gazetteer
        moved = place_changes(before.spells, self.spells, days, places)
        km2 = area_gains(before.areas, self.areas, self.as_known.crs)
        return Changes(places=moved, km2=km2)

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """Status of each place; EPSG:4326.

        Columns `place`, `place_id`, `holder`, `contested`, `besieged`, `confidence`, `since`,
        `claims`, `against`, `uncertainty_m`, geometry (Point).
        """
        gazetteer = self.as_known.theatre.gazetteer
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
    def _asked(self) -> tuple[list[str | None], Timing]:
        """Holders of the places of the line, and since when they hold them."""
        spells = [self.spells[place.id] for place in self.as_known.line_places]
        holders = [CONTESTED if s.contested else s.holder for s in spells]
        known = [None if holder == UNKNOWN else holder for holder in holders]
        return known, self.as_known.timing(self.day, spells)

    @cached_property
    def _drawn(self) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        return self.as_known.paint(*self._asked)

    @property
    def areas(self) -> gpd.GeoDataFrame:
        """Areas by holder: `holder`, `km2` (equal-area), geometry (MultiPolygon, EPSG:4326)."""
        return self._drawn[0]

    @property
    def front(self) -> gpd.GeoDataFrame:
        """The front: `holder_a`, `holder_b`, `length_km`, geometry (MultiLineString, EPSG:4326)."""
        return self._drawn[1]

    @cached_property
    def band(self) -> gpd.GeoDataFrame:
        """Where the line may run (see `geoline.front.line`); one row, EPSG:4326."""
        return self.as_known.band(*self._asked)

    @cached_property
    def day_map(self) -> DayMap:
        """The map of the day, ready to be asked about points."""
        return self.as_known.roads_and_posts.day_map(self.areas, self.front, lambda: self.band)

    @cached_property
    def highway_statuses(self) -> list[HighwayStatus]:
        """Each highway: kilometres by holder, stretches, cuts."""
        return self.as_known.roads_and_posts.roads(self.day, self.day_map, self.spells)

    @cached_property
    def road_reports(self) -> dict[str, list[tuple[RoadStatement, bool | None]]]:
        """What was said of each road within a week, and whether its own day's map agrees."""
        theatre, found = self.as_known.theatre, {}
        for number, status in enumerate(self.highway_statuses):
            found[status.road] = [
                (
                    s,
                    agrees(
                        s, self._near(s.claim.when.end).highway_statuses[number], theatre.allied
                    ),
                )
                for s in status.reported
            ]
        return found

    def _near(self, day: date) -> Situation:
        theatre = self.as_known.theatre
        return self.as_known.on(min(max(day, theatre.first_day), theatre.last_day))

    @property
    def highways(self) -> gpd.GeoDataFrame:
        """Stretches of roads, one a row, EPSG:4326; columns as in `highway_table`."""
        return highway_table(self.as_known.theatre, self.highway_statuses)

    @cached_property
    def post_statuses(self) -> list[PostStatus]:
        """Each observation post, also those whose place is undecided."""
        return self.as_known.roads_and_posts.posts(self.day, self.day_map)

    @cached_property
    def _post_words(self) -> dict[str, str]:
        """Status of each post by its id, without asking the band."""
        answers = self.__dict__.get("post_statuses") or self.as_known.roads_and_posts.posts(
            self.day, self.day_map, ranges=False
        )
        return {answer.post.id: answer.status for answer in answers}

    @cached_property
    def post_since(self) -> dict[str, date]:
        """First day, from which on each post had its status; by id, never before the theatre's."""
        now = self._post_words
        if self.day == self.as_known.theatre.first_day:
            return dict.fromkeys(now, self.day)
        before = self.as_known.on(self.day - timedelta(days=1))
        then, since = before._post_words, before.post_since  # noqa: SLF001  (of this class)
        return {post: since[post] if then[post] == now[post] else self.day for post in now}

    @cached_property
    def post_reports(self) -> dict[str, PostReport]:
        """What was last said of each post, by id, and whether it differs from what is computed."""
        return self.as_known.roads_and_posts.reports(self.day, self.post_statuses, self.post_since)

    @property
    def posts(self) -> gpd.GeoDataFrame:
        """Observation posts, one a row, EPSG:4326; columns as in `post_table`."""
        return post_table(self.post_statuses, self.post_since, self.post_reports)

    @cached_property
    def cut_off(self) -> frozenset[str]:
        """Ids of the places from which every way out crosses ground that is not their side's."""
        return self.as_known.roads_and_posts.cut_off(self.day_map, self.spells)

    @property
    def pockets(self) -> gpd.GeoDataFrame:
        """Ground without a way out: `side`, `km2`, `places`, geometry (Polygon, EPSG:4326)."""
        found = self.as_known.roads_and_posts.pockets(self.day_map)
        return pocket_table(found, self.places, self.as_known.crs)
