"""Who held what at the end of a day, and what changed between two days.

A `TheatreAsKnown` knows the theatre as it was known by some day and computes any day of it: the
status of each place, the areas and the line, the highways and the posts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import InitVar, dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoline import front
from geoline.cache import NO_STORE, Store, digest
from geoline.claims import claims_in_force
from geoline.control import History, Spell, place_history, spell_on
from geoline.errors import RequestError
from geoline.front import WGS84, equal_area, reprojected
from geoline.holder import UNKNOWN
from geoline.situation.changes import (
    AreaChange,
    Change,
    Changes,
    area_changes,
    area_gains,
    place_changes,
)
from geoline.situation.day_map import DayMap
from geoline.situation.day_spells import DaySpells, ShownHolders, SpellTable
from geoline.situation.drawings import Drawings
from geoline.situation.events import event_table, events_by_day
from geoline.situation.geo_tables import highway_table, place_table, pocket_table, post_table
from geoline.situation.highway_status import agrees
from geoline.situation.restarts import Restarts, spells_with_restarts
from geoline.situation.roads_and_posts import RoadsAndPosts, land
from geoline.situation.summary_html import situation_html
from geoline.situation.unlikely_pockets import UnlikelyPockets, neighbours

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geoline.claims import Claim
    from geoline.gazetteer import Place
    from geoline.libraries import gpd, pyproj
    from geoline.situation.highway_status import HighwayStatus
    from geoline.situation.post_statements import PostReport
    from geoline.situation.post_status import PostStatus
    from geoline.situation.road_statements import RoadStatement
    from geoline.theatre_folder import LastKnownAreas, TheatreData

__all__ = ["Situation", "TheatreAsKnown"]


@dataclass(slots=True)
class TheatreAsKnown:
    """The theatre as it was known by a day (None: as it is known now).

    What is drawn is shared with another's drawings (`like`), where the same was known of the eve;
    what is computed is kept in the `store` of that other, or in that given. `pages` holds what the
    page shows of each map that was asked for.
    """

    theatre: TheatreData = field(repr=False)
    known: date | None = None
    like: InitVar[TheatreAsKnown | None] = None
    store: Store = field(default=NO_STORE, repr=False)
    spells: dict[str, tuple[Spell, ...]] = field(init=False, repr=False)
    land: shapely.Geometry = field(init=False, repr=False)
    metric: str = field(init=False, repr=False)
    line_places: list[Place] = field(init=False, repr=False)
    drawings: Drawings = field(init=False, repr=False)
    _restarts: Restarts = field(init=False, repr=False)
    roads_and_posts: RoadsAndPosts = field(init=False, repr=False)
    _pockets: UnlikelyPockets = field(init=False, repr=False)
    pages: dict[str, dict[str, Any]] = field(init=False, repr=False, default_factory=dict)
    _told: dict[str, list[Claim]] = field(init=False, repr=False)
    _days: dict[date, Situation] = field(init=False, repr=False)
    _posts_since: dict[date, dict[str, date]] = field(init=False, repr=False)
    _timings: dict[date, front.Timing] = field(init=False, repr=False, default_factory=dict)
    _events: dict[date, list[Claim]] | None = field(init=False, repr=False, default=None)
    _public: list[Claim] | None = field(init=False, repr=False, default=None)
    _table: tuple[SpellTable, npt.NDArray[np.intp]] | None = field(
        init=False, repr=False, default=None
    )

    def __post_init__(self, like: TheatreAsKnown | None) -> None:
        theatre = self.theatre
        self.spells = spells_with_restarts(theatre, self.known)
        self.store = self.store if like is None else like.store
        self.metric = equal_area(theatre.frame)
        self.land = land(theatre, self.metric, self.store)
        places = list(map(theatre.gazetteer.__getitem__, self.spells))
        frame = shapely.box(*theatre.frame)
        within = shapely.intersects_xy(frame, [p.lon for p in places], [p.lat for p in places])
        self.line_places = [
            place
            for place, inside in zip(places, within, strict=True)
            if inside and not place.is_vague
        ]
        self.roads_and_posts = RoadsAndPosts(
            theatre, self.known, self.metric, self.land, self.line_places, self.store
        )
        lonlat = np.array([(p.lon, p.lat) for p in self.line_places])
        self._pockets = self._unlikely_pockets(lonlat)
        self.drawings = self._drawings(lonlat, like)
        self._restarts = self._later_drawings(lonlat, like)
        self._told, self._days, self._posts_since = {}, {}, {}

    @property
    def crs(self) -> pyproj.CRS:
        """The equal-area CRS of the map, in metres."""
        return front.equal_area_crs(self.theatre.frame)

    @property
    def shown_by(self) -> date | None:
        """The day by which all that is shown was known; None for all that is known now."""
        if self.theatre.held_from is None:
            return self.known
        late = self.theatre.held_from - timedelta(days=1)
        return min(self.known or late, late)

    @property
    def public_claims(self) -> list[Claim]:
        """The claims that were public, also those corrected since, in the order of their days."""
        if self._public is None:
            known = self.known
            public = (c for c in self.theatre.claims if known is None or c.known <= known)
            self._public = sorted(public, key=lambda claim: (claim.when.end, claim.claim_id))
        return self._public

    def _unlikely_pockets(self, lonlat: npt.NDArray[np.float64]) -> UnlikelyPockets:
        reported: dict[str, list[int]] = defaultdict(list)
        for claim in self.theatre.claims:
            if claim.place_id and (self.known is None or claim.known <= self.known):
                told = claim.when.end
                if claim.effect == "holds":  # told afterwards, it speaks of the last day
                    told = min(told, self.theatre.last_day)
                reported[claim.place_id].append(told.toordinal())
        return UnlikelyPockets(
            around=self.store.kept(
                "neighbours",
                digest(lonlat, self.metric),
                lambda: neighbours(
                    shapely.get_coordinates(reprojected(shapely.points(lonlat), WGS84, self.metric))
                ),
            ),
            spells=[self.spells[place.id] for place in self.line_places],
            reported=[np.sort(np.array(reported[p.id], dtype=int)) for p in self.line_places],
            first_day=self.theatre.first_day,
            last_day=self.theatre.last_day,
            allied=self.theatre.allied,
        )

    def _drawings(self, lonlat: npt.NDArray[np.float64], like: TheatreAsKnown | None) -> Drawings:
        """Take the drawings of another if it asks about the same places and eve, or make some."""
        eve = [spell_on(self.spells[p.id], self.theatre.first_day) for p in self.line_places]
        holders = [None if s.contested or s.holder == UNKNOWN else s.holder for s in eve]
        if like is not None:
            same = like.line_places == self.line_places
            if same and like.drawings.eve == holders:
                return like.drawings
        drawn = self.theatre.eve
        last_known = None if drawn is None else drawn.held()
        allied = self.theatre.allied
        return Drawings(lonlat, self.land, holders, allied, last_known, self.store)

    def _later_drawings(
        self, lonlat: npt.NDArray[np.float64], like: TheatreAsKnown | None
    ) -> Restarts:
        """Prepare the drawings from each later line on; another's, if it shares its own."""
        lines = tuple(
            last
            for last, _ in self.theatre.restarts
            if self.known is None or last.as_of <= self.known
        )
        shared = like is not None and like.drawings is self.drawings
        if like is not None and shared and like._restarts.later == lines:  # noqa: SLF001
            return like._restarts  # noqa: SLF001  (of this class)

        return Restarts(
            self.drawings,
            lines,
            partial(_drawings_from, lonlat, self.land, self.theatre.allied, self.store),
        )

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        """Go to another process without the days that were asked for here."""
        state = {name: getattr(self, name) for name in self.__slots__}
        return None, state | {"pages": {}, "_days": {}, "_told": {}, "_events": None}

    def forget(self, day: date) -> None:
        """Let go of what is drawn of a day, where it is kept and can be had again."""
        situation = self._days.get(day)
        if situation is not None and self.store.keeps:
            situation.forget()
            self.drawings_on(day).forget(situation.map_key)

    @property
    def events(self) -> dict[date, list[Claim]]:
        """The events among the claims in force, by each day that they may have happened on."""
        if self._events is None:
            in_force = claims_in_force(self.theatre.claims, self.known)
            self._events = events_by_day(in_force, self.theatre.days)
        return self._events

    def drawings_on(self, day: date) -> Drawings:
        """Give the drawings of a day: from each line that somebody drew on other ones."""
        return self._restarts.on(day)

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
            if theatre.held_from is not None and day >= theatre.held_from:
                message += "; theatre.toml holds younger ones back (publish_after_days)"
            raise RequestError(message)
        if day not in self._days:
            self._days[day] = Situation(self, day)
        return self._days[day]

    def spells_on(self, day: date) -> DaySpells:
        """Answer for each place at the end of a day.

        A place that stands alone among the other side's without good evidence (see
        `geoline.situation.unlikely_pockets`) is unknown since the first day of which that is so.
        """
        table = self._spell_table()[0]
        instead = {}
        for number, since in self._pockets.since(day).items():
            place = self.line_places[number].id
            instead[place] = replace(
                spell_on(self.spells[place], day),
                holder=UNKNOWN,
                contested=False,
                confidence=0.0,
                since=since,
            )
        return table.on(day, instead)

    def _spell_table(self) -> tuple[SpellTable, npt.NDArray[np.intp]]:
        """Give all spells as a table, and the rows of the places of the line."""
        if self._table is None:
            table = SpellTable(self.spells)
            rows = np.array([table.rows[place.id] for place in self.line_places], dtype=np.intp)
            self._table = table, rows
        return self._table

    def shown_on(self, day: date) -> ShownHolders:
        """Give who is shown to hold each place of the line."""
        return self.on(day).spells.shown_at(self._spell_table()[1])

    def posts_since(self, day: date) -> dict[str, date]:
        """Give the first day from which on each post had its status of a day, by id.

        Never before the theatre's first. Each day between is asked once.
        """
        asked, at = [], day
        while at not in self._posts_since:
            asked.append(at)
            if at == self.theatre.first_day:
                break
            at -= timedelta(days=1)
        for on in reversed(asked):
            now, eve = self.on(on).post_words, on - timedelta(days=1)
            if eve not in self._posts_since:
                self._posts_since[on] = dict.fromkeys(now, on)
                continue
            then, since = self.on(eve).post_words, self._posts_since[eve]
            same = {post: since[post] for post in now if then[post] == now[post]}
            self._posts_since[on] = dict.fromkeys(now, on) | same
        return self._posts_since[day]

    def history(self, place_id: str) -> History | None:
        """Tell who came to hold a place when, with what was said; None if nothing is said of it."""
        spells = self.spells.get(place_id)
        if not spells:
            return None
        if not self._told:
            for claim in claims_in_force(self.theatre.claims, self.known):
                if claim.about == "place":
                    self._told.setdefault(claim.place_id, []).append(claim)
        told = self._told.get(place_id, [])
        return place_history(told, spells, sources=self.theatre.sources, sides=self.theatre.sides)

    def timing(self, day: date) -> front.Timing:
        """Count the days since the line that was last known.

        Since when each place is held is not told to the line: on the benchmark that gains .002 of
        the error of Voronoi cells, and days with the same holders would be drawn each anew, so
        that a page took half as long again. The pace of the war is not known, so that all days from
        one line have the same.
        """
        as_of = self._restarts.last_before(day) or self.theatre.first_day
        if as_of not in self._timings:
            self._timings[as_of] = front.Timing.of(
                day=day, as_of=as_of, count=len(self.line_places), pace_days=None
            )
        return self._timings[as_of]

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
        before, after = self.on(first).drawing, self.on(last).drawing
        return area_changes(before, after, changes.places, self.metric)


def _drawings_from(
    lonlat: npt.NDArray[np.float64],
    land: shapely.Geometry,
    allied: Sequence[frozenset[str]],
    store: Store,
    last: LastKnownAreas,
) -> Drawings:
    return Drawings(lonlat, land, (), allied, last.held(), store)


@dataclass
class Situation:
    """Who held what at the end of one day; GeoDataFrames in EPSG:4326, made when asked for."""

    as_known: TheatreAsKnown = field(repr=False)
    day: date

    def _repr_html_(self) -> str:
        return situation_html(self, self.as_known.theatre, self.as_known.known)

    def forget(self) -> None:
        """Let go of what is drawn; what is asked for again is had from what is kept."""
        for name in ("spells", "drawing", "band_drawn", "map"):
            self.__dict__.pop(name, None)

    @cached_property
    def spells(self) -> DaySpells:
        """The answer for each place, by place id."""
        return self.as_known.spells_on(self.day)

    def changes_of_places(self, before: Situation) -> tuple[Change, ...]:
        """Find the places that are another's now than in a situation before."""
        days, places = (before.day, self.day), self.as_known.theatre.gazetteer
        moved = self.spells.another_in(before.spells)
        then, now = ({place: day.spells[place] for place in moved} for day in (before, self))
        return place_changes(then, now, days, places)

    def changes_since(self, before: Situation) -> Changes:
        """Find what is another's now than in a situation before, known then or then known."""
        moved = self.changes_of_places(before)
        as_known = self.as_known
        key = digest(before.map_key, self.map_key, as_known.metric)
        km2 = as_known.store.kept("gains", key, lambda: self._gains_since(before))
        return Changes(places=moved, km2=km2)

    def _gains_since(self, before: Situation) -> dict[str, dict[str, float]]:
        def held(drawing: front.Drawing) -> front.HeldAreas:
            return front.HeldAreas(drawing.holders, drawing.in_metres(self.as_known.metric)[0])

        after = held(self.drawing)
        return area_gains(after if before.map_key == self.map_key else held(before.drawing), after)

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """Status of each place; EPSG:4326.

        Columns `place`, `place_id`, `holder`, `contested`, `besieged`, `confidence`, `since`,
        `claims`, `against`, `uncertainty_m`, geometry (Point).
        """
        gazetteer = self.as_known.theatre.gazetteer
        return place_table([gazetteer[place] for place in self.spells], list(self.spells.values()))

    @property
    def events(self) -> gpd.GeoDataFrame:
        """Clashes, strikes and attacks of the day, one statement a row; columns as `event_table`.

        What is told of several days is among those of each of them.
        """
        gazetteer = self.as_known.theatre.gazetteer
        return event_table(self.as_known.events.get(self.day, ()), gazetteer)

    def _asked(self) -> tuple[list[str | None], front.Timing]:
        """Holders of the places of the line, and the days since the line was last known."""
        as_known = self.as_known
        return as_known.shown_on(self.day).by_place(), as_known.timing(self.day)

    @cached_property
    def map_key(self) -> str:
        """Digest of all that the areas, the front and the band of the day come from."""
        as_known, day = self.as_known, self.day
        return as_known.drawings_on(day).key(as_known.shown_on(day), as_known.timing(day))

    @property
    def key(self) -> str:
        """The same, for those who ask about the map."""
        return self.map_key

    @property
    def is_kept(self) -> bool:
        """Whether areas, front and band need not be drawn."""
        return self.as_known.drawings_on(self.day).is_kept(self.map_key)

    @cached_property
    def drawing(self) -> front.Drawing:
        """Areas and front, as arrays."""
        return self.as_known.drawings_on(self.day).paint(self.map_key, self._asked)

    @cached_property
    def band_drawn(self) -> npt.NDArray[np.object_]:
        """The band, an array of one geometry, EPSG:4326."""
        return self.as_known.drawings_on(self.day).band(self.map_key, self._asked)

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        """Areas by holder: `holder`, `km2` (equal-area), geometry (MultiPolygon, EPSG:4326)."""
        return self.drawing.area_table()

    @cached_property
    def front(self) -> gpd.GeoDataFrame:
        """The front: `holder_a`, `holder_b`, `length_km`, geometry (MultiLineString, EPSG:4326)."""
        return self.drawing.front_table()

    @cached_property
    def band(self) -> gpd.GeoDataFrame:
        """Where the line may run (see `geoline.front.line`); one row, EPSG:4326."""
        return front.band_table(self.band_drawn)

    @cached_property
    def map(self) -> DayMap:
        """The map of the day, ready to be asked about points."""
        as_known = self.as_known
        out = as_known.roads_and_posts.ways_out()
        return DayMap.of(self.drawing, as_known.metric, lambda: self.band_drawn, out)

    @cached_property
    def highway_statuses(self) -> list[HighwayStatus]:
        """Each highway: kilometres by holder, stretches, cuts."""
        return self.as_known.roads_and_posts.roads(self.day, self, self.spells)

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
        return self.as_known.roads_and_posts.posts(self.day, self)

    @cached_property
    def post_words(self) -> dict[str, str]:
        """Status of each post by its id, without asking the band."""
        answers = self.__dict__.get("post_statuses") or self.as_known.roads_and_posts.posts(
            self.day, self, ranges=False
        )
        return {answer.post.id: answer.status for answer in answers}

    @property
    def post_since(self) -> dict[str, date]:
        """First day, from which on each post had its status; by id, never before the theatre's."""
        return self.as_known.posts_since(self.day)

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
        return self.as_known.roads_and_posts.cut_off(self, self.spells)

    @property
    def pockets(self) -> gpd.GeoDataFrame:
        """Ground without a way out: `side`, `km2`, `places`, geometry (Polygon, EPSG:4326)."""
        found = self.as_known.roads_and_posts.pockets(self.map)
        return pocket_table(found, self.places, self.as_known.crs)
