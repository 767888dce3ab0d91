"""The ground that a new theatre is drawn on: land, frame, neighbours, lakes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoline.errors import DataError, RequestError
from geoline.new_theatre.world import world
from geoline.theatre_folder import FARTHEST_NORTH, WIDEST_FRAME, areal, read_polygons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from geoline.new_theatre.lines import Drawn
    from geoline.new_theatre.world import Country

__all__ = ["DECIMALS", "Ground", "Whereabouts", "features", "ground_of", "rim"]

Box = tuple[float, float, float, float]

# A country belongs to a theatre if it has this share of the places told of, or of the area drawn.
SHARE = 0.05
# How far land and water are kept around the frame (degrees), and the margin around places.
AROUND_DEG, MARGIN_DEG, MARGIN = 3.0, 0.3, 0.08
PORT_DEG = 0.2
# A port may lie so far off the coarse coast, and gets so much land around it (degrees).
OFF_COAST_DEG, QUAY_DEG = 0.05, 0.01
# Parts of a country farther than this from its largest part do not widen the frame (degrees).
OFF_DEG = 3.0
# How many regions a refusal names.
MOST_NAMED = 3
# What a frame is wider than its land by (degrees).
EDGE_DEG = 0.05
# Lakes from this size on are nobody's ground; reservoirs, which come and go, are only shown.
LAKE_DEG2 = 0.004
DECIMALS = 4
# Half the width of a strip between a drawn area and the coast that is taken for one line (degrees).
RIM_DEG = 0.015
# Regions are drawn to this (degrees, some 100 m), neighbours keeping one border.
REGIONS_DEG = 0.001
# Columns that hold the name of a region: OCHA, geoBoundaries, GADM, and what others use.
NAMES = (
    "name_en", "shapename", "adm2_en", "adm1_en", "adm3_en", "adm2_name", "adm1_name", "name_2",
    "name_1", "admin2name_en", "admin1name_en", "name", "adm2_fr", "adm1_fr", "name_0", "adm0_en",
)  # fmt: skip
ARABIC = ("name_ar", "adm2_ar", "adm1_ar", "adm3_ar")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What says where a theatre is, beside the countries asked for; EPSG:4326.

    Parameters
    ----------
    sites
        Longitude and latitude of what is told of, (n, 2), one row a report.
    drawn
        The last known areas, if there are any.
    named
        How many rows of the data name which country.
    towns
        Gives longitude and latitude of the towns of countries, by their codes; (n, 2).
    """

    sites: npt.NDArray[np.float64] = field(repr=False)
    drawn: Drawn | None
    named: Mapping[str, int]
    towns: Callable[[Sequence[str]], npt.NDArray[np.float64]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a theatre is drawn on; EPSG:4326.

    Parameters
    ----------
    countries
        Those that it is about.
    regions
        Name, Arabic name and land of each region that areas are drawn on.
    frame
        West, south, east, north.
    neighbours
        Countries in and around the frame, those of the theatre among them.
    said
        What came from where.
    """

    countries: tuple[Country, ...]
    regions: tuple[tuple[str, str, shapely.Geometry], ...]
    frame: Box
    neighbours: tuple[Country, ...]
    said: tuple[str, ...]

    @property
    def land(self) -> shapely.Geometry:
        """The union of the regions."""
        return areal(shapely.union_all([shape for _, _, shape in self.regions]))

    @property
    def around(self) -> Box:
        """The frame and what lies around it."""
        west, south, east, north = self.frame
        return (
            max(west - AROUND_DEG, -180.0),
            max(south - AROUND_DEG, -90.0),
            min(east + AROUND_DEG, 180.0),
            min(north + AROUND_DEG, 90.0),
        )

    def water(self) -> list[dict[str, Any]]:
        """Give the lakes and reservoirs of the map as features."""
        box = shapely.box(*self.around)
        return features(
            (
                {
                    "name": lake.name,
                    "name_ar": lake.name_ar,
                    "kind": "reservoir" if lake.reservoir else "lake",
                },
                shapely.intersection(lake.geometry, box),
            )
            for lake in world().lakes_in(self.around)
        )


def ground_of(countries: Sequence[str], regions: Path | None, where: Whereabouts) -> Ground:
    """Find the ground of a theatre.

    Parameters
    ----------
    countries
        Codes or names; found from the data or the areas if none is given.
    regions
        A file of polygons to draw on; the countries' land if None.
    where
        What else says where the theatre is.

    Raises
    ------
    RequestError
        If a country does not exist, or nothing says where the theatre is.
    DataError
        If the file of regions cannot be used, or the last known areas lie elsewhere.
    """
    said = []
    found = [world().country(text) for text in countries]
    drawn, sites = where.drawn, where.sites
    if not found:
        found, why = _countries_of(where)
        if found:
            names = ", ".join(country.name for country in found)
            said.append(f"country: {names}, by {why} (--country says it otherwise)")
    own = read_regions(regions) if regions is not None else ()
    if not found and not own:
        message = (
            "nothing says where the theatre is: give --country CODE, --regions FILE or --data FILE"
        )
        raise RequestError(message)
    if own and regions is not None:
        land = list(own)
        said.append(f"land: {len(own)} regions of {regions.name}")
    else:
        land = [(c.name, c.names.get("ar", ""), _without_lakes(c.geometry)) for c in found]
        said.append("land, borders, lakes: Natural Earth 1:10m, good to some 300 m")
    if drawn is not None:
        _check_on_land(drawn, land)
    if drawn is not None and not own:
        land += _beyond(drawn, land)
        land = _ending_with(drawn, land)
    if not own:
        land = _with_ports(land, sites)
    frame = _frame(land, sites if not countries and not own else sites[:0], drawn)
    if frame[2] - frame[0] > WIDEST_FRAME:
        frame, most = _narrowed(frame, land, where, [c.code for c in found if c.code])
        said.append(
            f"frame: the land is wider than {WIDEST_FRAME:.0f} degrees; of it {frame[0]} to "
            f"{frame[2]} east, where {most}; theatre.toml may say another"
        )
    around = (
        frame[0] - AROUND_DEG,
        frame[1] - AROUND_DEG,
        frame[2] + AROUND_DEG,
        frame[3] + AROUND_DEG,
    )
    near = tuple(world().countries_in(around))
    return Ground(tuple(found), tuple(land), frame, near, tuple(said))


def _check_on_land(drawn: Drawn, land: Sequence[tuple[str, str, shapely.Geometry]]) -> None:
    """Refuse areas that lie elsewhere altogether.

    Raises
    ------
    DataError
        With the file.
    """
    whole = shapely.union_all(list(drawn.areas.values()))
    if not any(shapely.intersects(shape, whole) for _, _, shape in land):
        names = ", ".join(name for name, _, _ in land[:MOST_NAMED])
        west, south, east, north = whole.bounds
        reason = (
            f"none of its polygons lies in {names}, but at {south:.1f} to {north:.1f} north, "
            f"{west:.1f} to {east:.1f} east; look at --country, and whether longitude comes first"
        )
        raise DataError(drawn.source, reason, key="geometry")


def _narrowed(
    frame: Box,
    land: Sequence[tuple[str, str, shapely.Geometry]],
    where: Whereabouts,
    codes: Sequence[str],
) -> tuple[Box, str]:
    """Give the widest part of a frame that can be drawn, and most of what lies in it."""
    points, most = where.sites, "most of the data lie"
    if not len(points) and where.drawn is not None:
        points = shapely.get_coordinates(list(where.drawn.areas.values()))
        most = "the last known areas lie"
    if not len(points):
        points, most = where.towns(codes), "most of its towns lie"
    if not len(points):
        points = shapely.get_coordinates([shape for _, _, shape in land])
        most = "most of its borders run"
    wide = WIDEST_FRAME - 2 * EDGE_DEG
    inside = (points[:, 0] >= frame[0]) & (points[:, 0] <= frame[2])
    lon = np.sort(points[inside, 0])
    count = np.searchsorted(lon, lon + wide, side="right") - np.arange(len(lon))
    first = int(count.argmax())
    # In the middle of what it holds, as far as the land goes.
    middle = (lon[first] + lon[first + count[first] - 1]) / 2
    west = float(np.clip(middle - wide / 2, frame[0], frame[2] - wide))
    return (round(west, 2), frame[1], round(west + wide, 2), frame[3]), most


def read_regions(path: Path) -> tuple[tuple[str, str, shapely.Geometry], ...]:
    """Read regions, whatever the column with their names is called.

    Raises
    ------
    DataError
        If there is none.
    """
    polygons = read_polygons(path)
    simple = shapely.coverage_simplify(polygons.geometry.to_numpy(), REGIONS_DEG)
    polygons = polygons.set_geometry(shapely.make_valid(simple), crs=4326)
    columns = {c.lower(): c for c in polygons.columns if c not in {"geometry", "layer"}}
    names = [columns[name] for name in NAMES if name in columns]
    # The finest unit has a name for nearly every polygon.
    best = max(names, key=lambda c: polygons[c].nunique(), default=None)
    if best is None:
        found = ", ".join(columns.values()) or "none"
        reason = f"has no column with names; there are {found}: rename one to name"
        raise DataError(path.name, reason)
    arabic = next((columns[name] for name in ARABIC if name in columns), None)
    regions = []
    for number, row in polygons.iterrows():
        name = str(row[best]).strip() if row[best] is not None else ""
        said = str(row[arabic]).strip() if arabic is not None and row[arabic] is not None else ""
        regions.append((name or f"region {number}", said, row.geometry))
    return tuple(regions)


def _countries_of(where: Whereabouts) -> tuple[list[Country], str]:
    """Find the countries that the data or the areas are about, and what says so."""
    named = {name: world().find(name) for name in where.named}
    codes = {name: c.code for name, c in named.items() if c is not None and c.code}
    if codes and len(codes) == len(named):  # near a border they know it better than a coarse line
        least = SHARE * sum(where.named.values())
        kept = [codes[name] for name, count in where.named.items() if count >= least]
        return [world().country(code) for code in dict.fromkeys(kept)], "what the data say"
    counts = world().countries_of(where.sites)
    least = SHARE * sum(counts.values())
    found = [code for code, count in counts.items() if count >= least]
    if not found and where.drawn is not None:
        whole = shapely.union_all(list(where.drawn.areas.values()))
        shares = {
            country.code: shapely.area(shapely.intersection(country.geometry, whole))
            for country in world().countries_in(whole.bounds)
            if country.code
        }
        found = [code for code, area in shares.items() if area >= SHARE * whole.area]
    return [world().country(code) for code in found], "where the data lie"


def _without_lakes(land: shapely.Geometry) -> shapely.Geometry:
    lakes = [
        lake.geometry
        for lake in world().lakes_in(land.bounds)
        if not lake.reservoir and lake.geometry.area >= LAKE_DEG2
    ]
    return areal(shapely.difference(land, shapely.union_all(lakes))) if lakes else land


def _beyond(
    drawn: Drawn, land: Sequence[tuple[str, str, shapely.Geometry]]
) -> list[tuple[str, str, shapely.Geometry]]:
    """Give land of other countries that the last known areas reach over, by country."""
    whole = shapely.union_all(list(drawn.areas.values()))
    mine = shapely.union_all([shape for _, _, shape in land])
    rest = shapely.difference(whole, shapely.buffer(mine, 0.02, quad_segs=2))
    found = []
    for country in world().countries_in(whole.bounds) if not rest.is_empty else ():
        shape = shapely.intersection(_without_lakes(country.geometry), rest)
        if shape.area > LAKE_DEG2:
            found.append((country.name, country.names.get("ar", ""), shape))
    return found


def _with_ports(
    land: Sequence[tuple[str, str, shapely.Geometry]], sites: npt.NDArray[np.float64]
) -> list[tuple[str, str, shapely.Geometry]]:
    """Let the land reach to what is told of just off its coast, which is good to some 300 m."""
    points = shapely.points(np.unique(sites, axis=0)) if len(sites) else np.array([], dtype=object)
    found = []
    for name, arabic, shape in land:
        shapely.prepare(shape)
        apart = shapely.distance(points, shape)
        ports = points[(apart > 0) & (apart <= OFF_COAST_DEG)]
        ways = shapely.buffer(shapely.shortest_line(ports, shape), QUAY_DEG, quad_segs=4)
        found.append((name, arabic, areal(shapely.union_all([shape, *ways]))))
        points = points[(apart == 0) | (apart > OFF_COAST_DEG)]
    return found


def _ending_with(
    drawn: Drawn, land: Sequence[tuple[str, str, shapely.Geometry]]
) -> list[tuple[str, str, shapely.Geometry]]:
    """Let the land end where the drawn areas do, if they end near its coast or border.

    No two maps have one coast; what lies between them would be a front along it, or taken from
    whoever holds it. Lakes stay lakes.
    """
    held = areal(shapely.union_all(list(drawn.areas.values())))
    whole = areal(shapely.union_all([shape for _, _, shape in land]))
    strips = rim(shapely.difference(whole, held), held, whole)
    lakes = [lake.geometry for lake in world().lakes_in(held.bounds) if not lake.reservoir]
    off_land = areal(shapely.difference(held, shapely.union_all([whole, *lakes])))
    # Areas drawn far out over the sea fill no fjord.
    outline = shapely.buffer(shapely.boundary(held), RIM_DEG, quad_segs=2)
    beyond = shapely.intersection(rim(off_land, whole, whole), outline)
    found = []
    for name, arabic, shape in land:
        mine = areal(shapely.difference(shape, strips))
        parts = shapely.get_parts(areal(beyond))
        near = parts[shapely.distance(parts, shape) <= 10.0**-DECIMALS]
        found.append((name, arabic, areal(shapely.union_all([mine, *near]))))
    return found


def rim(rest: shapely.Geometry, held: shapely.Geometry, land: shapely.Geometry) -> shapely.Geometry:
    """Find strips of the rest of a land between ground that is held and a coast or border."""
    wide = shapely.buffer(shapely.buffer(rest, -RIM_DEG, quad_segs=2), 1.05 * RIM_DEG, quad_segs=2)
    narrow = shapely.difference(rest, wide)
    edge = shapely.buffer(shapely.boundary(land), 2 * RIM_DEG, quad_segs=2)
    strips = shapely.get_parts(areal(shapely.intersection(narrow, edge)))
    beside = shapely.distance(strips, held) <= 10.0**-DECIMALS
    return shapely.union_all(strips[beside])


def _frame(
    land: Sequence[tuple[str, str, shapely.Geometry]],
    sites: npt.NDArray[np.float64],
    drawn: Drawn | None,
) -> Box:
    """Give the box of the land, or of what is told of where no country was asked for."""
    whole = shapely.union_all([_main_part(shape) for _, _, shape in land])
    west, south, east, north = whole.bounds
    if len(sites):
        near = shapely.buffer(whole, PORT_DEG, quad_segs=2)  # ports lie off the coarse coast
        shapely.prepare(near)
        inside = sites[shapely.intersects_xy(near, sites)]
        inside = inside if len(inside) else sites
        points = [inside.min(axis=0), inside.max(axis=0)]
        if drawn is not None:
            box = np.array(shapely.union_all(list(drawn.areas.values())).bounds).reshape(2, 2)
            points = [np.minimum(points[0], box[0]), np.maximum(points[1], box[1])]
        margin = np.maximum((points[1] - points[0]) * MARGIN, MARGIN_DEG)
        low, high = points[0] - margin, points[1] + margin
        west, south = max(west - PORT_DEG, low[0]), max(south - PORT_DEG, low[1])
        east, north = min(east + PORT_DEG, high[0]), min(north + PORT_DEG, high[1])
    return (
        round(max(float(west) - EDGE_DEG, -180.0), 2),
        round(max(float(south) - EDGE_DEG, -FARTHEST_NORTH), 2),
        round(min(float(east) + EDGE_DEG, 180.0), 2),
        round(min(float(north) + EDGE_DEG, FARTHEST_NORTH), 2),
    )


def _main_part(shape: shapely.Geometry) -> shapely.Geometry:
    """Give the largest part of a country with those near it: France without Guiana."""
    parts = shapely.get_parts(shape)
    largest = parts[shapely.area(parts).argmax()]
    near = shapely.distance(parts, largest) <= OFF_DEG
    return shapely.multipolygons([p for p in parts[near] if p.geom_type == "Polygon"])


def features(
    shapes: Any,  # noqa: ANN401  (pairs of properties and a geometry)
) -> list[dict[str, Any]]:
    """Give GeoJSON features, rounded to `DECIMALS`; without those of which nothing is left."""
    made = []
    for properties, shape in shapes:
        kept = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
        if kept:
            whole = shapely.set_precision(shapely.multipolygons(kept), 10.0**-DECIMALS)
            if not whole.is_empty:
                geometry = json.loads(shapely.to_geojson(whole))
                made.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return made
