"""Read the folder of a theatre: parties, sources, claims, baseline, highways, posts, areas.

What each file holds is described in `seeds/README.md`. Whatever does not fit is a `DataError` with
file, row and key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import shapely
from pyproj import Geod

from geoline.claims.ledger import read_claims, read_sources
from geoline.control.evidence import Sides
from geoline.control.spells import Baseline
from geoline.dates import days_between
from geoline.errors import DataError, RequestError
from geoline.gazetteer.gazetteer import Gazetteer, Place, read_places
from geoline.highways.course import read_courses
from geoline.highways.highway import Highway, WayPoint
from geoline.situation.post_status import Post
from geoline.tables.rows import Row, read_table
from geoline.theatre_folder.theatre_toml import (
    CONTESTED,
    UNKNOWN,
    Party,
    Region,
    TheatreFile,
    Water,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geoline.claims.actor_names import ActorNames
    from geoline.claims.claim import Claim, Source

__all__ = ["Seeds", "read_seeds"]

T = TypeVar("T")

BASELINE_COLUMNS = ["place_id", "holder", "as_of", "basis", "source", "note"]
HIGHWAY_COLUMNS = [
    "highway", "seq", "place_id", "offset_m", "offset_bearing", "error_m", "kind", "shared_with",
    "source", "note",
]  # fmt: skip
POST_COLUMNS = [
    "post_id", "name", "place_id", "operator", "agreement", "number", "established",
    "established_precision", "withdrawn", "source", "note",
]  # fmt: skip
WATER_KINDS = {
    "river": {"LineString", "MultiLineString"},
    "lake": {"Polygon", "MultiPolygon"},
    "reservoir": {"Polygon", "MultiPolygon"},
}
# The frame of a theatre that gives none: margin as a share of the extent, and at least (degrees);
# and how far its places may lie apart.
MARGIN, LEAST_MARGIN_DEG, WIDEST_DEG = 0.2, 0.12, 12.0
# Of these the tables need only some; the other columns may be left out.
HIGHWAY_NEEDED = ["highway", "seq", "place_id", "error_m", "source"]
POST_NEEDED = ["post_id", "name", "place_id", "operator", "established", "source"]
UNDECIDED_COLUMNS = ["name", "mentions", "candidates", "reason"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seeds:
    """Everything that a theatre's folder says, checked.

    Parameters
    ----------
    frame, view
        West, south, east, north in degrees: what is computed, what the map shows first.
    actor_words
        The words that reports use for each of them.
    allied
        Sets of party ids between whom there is no front.
    actors, actor_names
        Whom claims may be about, parties among them, and what datasets call them.
    undecided
        Names that stay without a place, with the reason.
    governorates, land
        Regions of the basemap; the union of the governorates within the frame is the land on which
        areas are drawn. Without any of both the frame is land, and so is what lies around it.
    water
        Rivers and lakes of the basemap.
    homelands
        Country by party: the regions of `land` that are its own or an ally's.
    """

    id: str
    name: str
    name_ar: str
    subtitle: str
    first_day: date
    last_day: date
    opening_day: date
    frame: tuple[float, float, float, float]
    view: tuple[float, float, float, float]
    note: str
    note_ar: str
    credits: tuple[str, ...]
    labels: tuple[dict[str, Any], ...]
    parties: dict[str, Party]
    allied: tuple[frozenset[str], ...]
    actors: frozenset[str]
    actor_names: ActorNames
    actor_words: dict[str, tuple[str, ...]]
    sides: Sides
    sources: dict[str, Source]
    gazetteer: Gazetteer
    undecided: dict[str, str]
    claims: tuple[Claim, ...]
    baseline: dict[str, Baseline]
    highways: tuple[Highway, ...]
    posts: tuple[Post, ...]
    governorates: tuple[Region, ...]
    land: tuple[Region, ...]
    water: tuple[Water, ...]
    homelands: dict[str, shapely.Geometry]

    @property
    def holders(self) -> tuple[Party, ...]:
        """The parties, then contested and unknown ground: all that an area may be drawn as."""
        return (*self.parties.values(), CONTESTED, UNKNOWN)

    @property
    def days(self) -> list[date]:
        """Every day of the theatre."""
        return days_between(self.first_day, self.last_day)


def read_seeds(folder: Path) -> Seeds:
    """Read and check a theatre's folder.

    Raises
    ------
    DataError
        If anything in it cannot be used; the text names file, row and key.
    """
    head = TheatreFile(folder)
    gazetteer_folder = (folder / head.get("gazetteer", str, ".")).resolve()
    gazetteer = Gazetteer(read_places(gazetteer_folder / "places.csv"))
    parties = head.parties()
    actors = {*parties, *head.tables("actors")}
    leans = head.leans(parties)
    sources = read_sources(folder / "sources.csv", leans)
    places = {place.id for place in gazetteer.places}
    frame = head.box("frame") if "frame" in head.data else _around(gazetteer.places)
    governorates = _read_regions(folder / "areas" / "governorates.geojson")
    land = _read_regions(folder / "areas" / "land.geojson")
    if not governorates and not land:  # nothing is said of a coast: there is none
        west, south, east, north = frame
        around = shapely.box(west - 1, south - 1, east + 1, north + 1)
        land = (Region(name="", name_ar="", geometry=around),)
    friends = head.friends(parties)
    undecided = (
        read_table(gazetteer_folder / "undecided.csv", UNDECIDED_COLUMNS, _undecided)
        if (gazetteer_folder / "undecided.csv").exists()
        else []
    )
    return Seeds(
        id=head.id(),
        name=head.get("name", str),
        name_ar=head.get("name_ar", str, ""),
        subtitle=head.get("subtitle", str, ""),
        first_day=head.day("first_day"),
        last_day=head.day("last_day"),
        opening_day=head.day("opening_day" if "opening_day" in head.data else "last_day"),
        frame=frame,
        view=head.box("view") if "view" in head.data else frame,
        note=head.get("note", str, "").strip(),
        note_ar=head.get("note_ar", str, "").strip(),
        credits=tuple(head.texts(head.data, "credits", "credits")),
        labels=tuple(head.labels()),
        parties=parties,
        allied=tuple(head.alliances(parties)),
        actors=frozenset(actors),
        actor_names=head.actor_names(actors),
        actor_words=head.words(),
        sides=Sides(favours=leans, friends=friends),
        sources=sources,
        gazetteer=gazetteer,
        undecided=dict(undecided),
        claims=tuple(read_claims(folder / "claims", sources=sources, actors=actors, places=places)),
        baseline=_read_baseline(folder / "baseline.csv", parties, places, head.confidences()),
        highways=_read_highways(folder / "highways.csv", gazetteer),
        posts=_read_posts(folder / "posts.csv", gazetteer, friends),
        governorates=governorates,
        land=land,
        water=_read_water(folder / "areas" / "water.geojson"),
        homelands=head.homelands(parties, land),
    )


def _around(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """Frame of a theatre that gives none: its places and a margin around them."""
    if not places:
        reason = "has no rows; add the places that the claims are about"
        raise DataError("places.csv", reason)
    at = np.array([(place.lon, place.lat) for place in places])
    middle, low, high = np.median(at, axis=0), at.min(axis=0), at.max(axis=0)
    if (high - low).max() > WIDEST_DEG:
        far = places[int(np.abs(at - middle).max(axis=1).argmax())]
        reason = (
            f"'{far.id}' at {far.lat}, {far.lon} lies far from the others; are lat and lon the"
            " wrong way round? If not, say in theatre.toml what to compute, frame = [west, …]"
        )
        raise DataError("places.csv", reason, key="lat")
    margin = np.maximum((high - low) * MARGIN, LEAST_MARGIN_DEG)
    west, south = np.maximum(low - margin, (-180, -90)).round(3).tolist()
    east, north = np.minimum(high + margin, (180, 90)).round(3).tolist()
    return west, south, east, north


def _undecided(row: Row) -> tuple[str, str]:
    return row.text("name"), row.text("reason")


def _read_baseline(
    path: Path,
    parties: Mapping[str, Party],
    places: set[str],
    confidences: Mapping[str, float],
) -> dict[str, Baseline]:
    def parse(row: Row) -> tuple[str, Baseline]:
        place = row.text("place_id")
        if place not in places:
            raise row.fail("place_id", f"the gazetteer has no '{place}'; add it first")
        return place, Baseline(
            holder=row.choice("holder", parties),
            as_of=row.day("as_of"),
            confidence=confidences[row.choice("basis", confidences)],
            source=row.text("source"),
            note=row.optional("note"),
        )

    needed = [column for column in BASELINE_COLUMNS if column != "note"]
    return dict(_read(path, needed, BASELINE_COLUMNS, parse, unique="place_id"))


def _read(
    path: Path,
    needed: Sequence[str],
    columns: Sequence[str],
    parse: Callable[[Row], T],
    unique: str | None = None,
) -> list[T]:
    optional = [column for column in columns if column not in needed]
    return read_table(path, needed, parse, optional=optional, unique=unique)


def _place(row: Row, gazetteer: Gazetteer) -> Place:
    place = row.text("place_id")
    if place not in gazetteer:
        raise row.fail("place_id", f"the gazetteer has no '{place}'; add it first")
    return gazetteer[place]


def _read_highways(path: Path, gazetteer: Gazetteer) -> tuple[Highway, ...]:
    geod = Geod(ellps="WGS84")
    where: dict[str, Row] = {}

    def parse(row: Row) -> tuple[str, float, WayPoint]:
        place = _place(row, gazetteer)
        lat, lon, offset = place.lat, place.lon, 0.0
        if row.optional("offset_m"):
            bearing, offset = row.number("offset_bearing", 0, 360), row.number("offset_m", 0, 1e5)
            lon, lat, _ = geod.fwd(lon, lat, bearing, offset)
        waypoint = WayPoint(
            place_id=place.id,
            name=place.name,
            lat=lat,
            lon=lon,
            error_m=row.number("error_m", 0, 1e5),
            shared_with=row.optional("shared_with"),
            beside=offset > place.uncertainty_m,
            kind=place.kind,
        )
        where.setdefault(row.text("highway"), row)
        return row.text("highway"), row.number("seq", 0, 1e6), waypoint

    roads: dict[str, list[tuple[float, WayPoint]]] = {}
    for road, number, waypoint in _read(path, HIGHWAY_NEEDED, HIGHWAY_COLUMNS, parse):
        roads.setdefault(road, []).append((number, waypoint))
    ordered = {r: [w for _, w in sorted(ws, key=lambda i: i[0])] for r, ws in roads.items()}
    own = path.with_suffix(".geojson")
    courses = read_courses(own, ordered) if own.exists() else {}
    highways = []
    for road, waypoints in ordered.items():
        try:
            highways.append(Highway(road, waypoints, courses.get(road)))
        except RequestError as error:
            raise where[road].fail("highway", str(error)) from None
    return tuple(highways)


def _read_posts(
    path: Path, gazetteer: Gazetteer, friends: Mapping[str, frozenset[str]]
) -> tuple[Post, ...]:
    def parse(row: Row) -> Post:
        place = _place(row, gazetteer) if row.optional("place_id") else None
        return Post(
            id=row.text("post_id"),
            name=row.text("name"),
            place_id=place.id if place else "",
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            place=place.name if place else "",
            uncertainty_m=place.uncertainty_m if place else 0.0,
            friends=friends[row.choice("operator", friends)],
            agreement=row.optional("agreement"),
            number=int(row.number("number", 0, 1e4)) if row.optional("number") else None,
            established=row.day("established"),
            established_precision=(
                row.choice("established_precision", ("day", "by"))
                if row.optional("established_precision")
                else "day"
            ),
            withdrawn=row.optional_day("withdrawn"),
            source=row.text("source"),
            note=row.optional("note"),
        )

    return tuple(_read(path, POST_NEEDED, POST_COLUMNS, parse, unique="post_id"))


def _read_regions(path: Path) -> tuple[Region, ...]:
    name = f"{path.parent.name}/{path.name}"
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return tuple(
            Region(
                name=str(f["properties"]["name"]),
                name_ar=str(f["properties"].get("name_ar", "")),
                geometry=shapely.make_valid(shapely.geometry.shape(f["geometry"])),
            )
            for f in features
        )
    except FileNotFoundError:
        raise DataError(name, "not found; a theatre needs it") from None
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(name, f"is not GeoJSON with names: {error}") from None


def _read_water(path: Path) -> tuple[Water, ...]:
    """Read rivers and lakes; a theatre may have none."""
    name = f"{path.parent.name}/{path.name}"
    if not path.exists():
        return ()
    try:
        features = list(json.loads(path.read_text(encoding="utf-8"))["features"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(name, f"is not GeoJSON: {error}") from None
    return tuple(_water(feature, f"{name}, feature {n}") for n, feature in enumerate(features, 1))


def _water(feature: Any, where: str) -> Water:  # noqa: ANN401  (whatever JSON holds)
    try:
        said, geometry = feature["properties"], shapely.geometry.shape(feature["geometry"])
        called = str(said["name"]).strip()
    except (AttributeError, KeyError, TypeError, ValueError, shapely.GEOSException):
        reason = "is no GeoJSON feature with a geometry and a property 'name'"
        raise DataError(where, reason) from None
    kind, form = said.get("kind"), geometry.geom_type
    if not called:
        raise DataError(where, "is empty; name it or leave the feature out", key="name")
    if kind not in WATER_KINDS:
        reason = f"{kind!r} is none of {', '.join(WATER_KINDS)}"
        raise DataError(where, reason, key="kind")
    if form not in WATER_KINDS[kind]:
        reason = f"a {kind} is drawn as {' or '.join(sorted(WATER_KINDS[kind]))}, not {form}"
        raise DataError(where, reason, key="geometry")
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004
        reason = "is not in longitude and latitude, degrees (EPSG:4326); convert it"
        raise DataError(where, reason, key="geometry")
    valid = geometry if kind == "river" else shapely.make_valid(geometry)
    return Water(name=called, name_ar=str(said.get("name_ar") or ""), kind=kind, geometry=valid)
