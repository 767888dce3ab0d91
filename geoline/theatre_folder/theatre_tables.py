"""The tables of a theatre's folder: who held what on the eve, highways, posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from geoline.claims import far_off
from geoline.control import Baseline
from geoline.errors import RequestError
from geoline.highways import Highway, WayPoint, curved_course, read_courses
from geoline.libraries import GEOD
from geoline.tables import Row, read_table
from geoline.theatre_folder.post import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geoline.gazetteer import Gazetteer, Place
    from geoline.highways import Course
    from geoline.theatre_folder.theatre_toml import Party


__all__ = ["BASELINE_COLUMNS", "POST_COLUMNS"]

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


# Of these the tables need only some; the other columns may be left out.
HIGHWAY_NEEDED = ["highway", "seq", "place_id", "error_m", "source"]


SHOWN = 5


POST_NEEDED = ["post_id", "name", "place_id", "operator", "established", "source"]


def read_baseline(
    path: Path,
    parties: Mapping[str, Party],
    gazetteer: Gazetteer,
    confidences: Mapping[str, float],
    *,
    span: tuple[date, date],
) -> dict[str, Baseline]:
    def parse(row: Row) -> tuple[str, Baseline]:
        place = _place(row, gazetteer)
        if place.is_area:
            reason = f"'{place.id}' is an area, no place on the map; name the places in it"
            raise row.fail("place_id", reason)
        if fault := far_off(row.day("as_of"), span):
            raise row.fail("as_of", fault)
        return place.id, Baseline(
            holder=row.choice("holder", parties),
            as_of=row.day("as_of"),
            confidence=confidences[row.choice("basis", confidences)],
            source=row.text("source"),
            note=row.optional("note"),
        )

    needed = [column for column in BASELINE_COLUMNS if column != "note"]
    return dict(_read(path, needed, BASELINE_COLUMNS, parse, unique="place_id"))


def late_baseline(baseline: Mapping[str, Baseline], span: tuple[date, date]) -> list[str]:
    """Say of which places nothing that is claimed before counts, as their eve is a later day."""
    late = [place for place, eve in baseline.items() if eve.as_of > span[0]]
    if not late:
        return []
    names = ", ".join(late[:SHOWN]) + (" …" if len(late) > SHOWN else "")
    told = f"{len(late)} places are given as of a day after the first, {span[0]} ({names})"
    return [f"baseline.csv: {told}; what is claimed of earlier days counts for nothing there"]


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


def read_highways(path: Path, gazetteer: Gazetteer) -> tuple[Highway, ...]:
    where: dict[str, Row] = {}
    passed: dict[tuple[str, str], int] = {}

    def parse(row: Row) -> tuple[str, float, WayPoint]:
        place = _place(row, gazetteer)
        before = passed.setdefault((row.text("highway"), place.id), row.line)
        if before != row.line:
            reason = (
                f"{row.text('highway')} passes '{place.id}' in row {before} already; a place marks "
                "one spot of a road: correct the row, or make two roads of it"
            )
            raise row.fail("place_id", reason)
        lat, lon, offset = place.lat, place.lon, 0.0
        if row.optional("offset_m"):
            bearing, offset = row.number("offset_bearing", 0, 360), row.number("offset_m", 0, 1e5)
            lon, lat, _ = GEOD.fwd(lon, lat, bearing, offset)
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
            highways.append(_highway(road, waypoints, courses.get(road)))
        except RequestError as error:
            raise where[road].fail("highway", str(error)) from None
    return tuple(highways)


def _highway(road: str, waypoints: Sequence[WayPoint], course: Course | None) -> Highway:
    """Make a road: with its own course, else with a curve through its way-points."""
    plain = Highway(road, waypoints, course)
    return plain if course else Highway(road, waypoints, curved_course(waypoints))


def read_posts(
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
