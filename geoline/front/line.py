"""From places whose holder is known to areas, the front line between them and its band.

The model stands in `geoline.front.field`, what it is asked on in `geoline.front.ground`. All work
is done in an equal-area projection (Lambert azimuthal) centred on the places; what comes in must
carry a CRS, what goes out is EPSG:4326 (x longitude, y latitude, degrees).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geoline.errors import CrsError, RequestError
from geoline.front.coverage import borders
from geoline.front.ground import REACH_KM, WGS84, Ground
from geoline.front.unmoved import with_unmoved
from geoline.holder import CONTESTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["FrontLine", "draw", "draw_band", "front_line", "nothing_drawn"]


# The share of the true line's length that the band is meant to hold.
COVERAGE = 0.9
# Pieces of front shorter than this are not drawn (metres).
SHORTEST_M = 500.0


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontLine:
    """Areas, line and band; GeoDataFrames in EPSG:4326.

    Parameters
    ----------
    areas
        One row a holder: `holder`, `km2`, geometry (MultiPolygon). They do not overlap.
    front
        One row a pair of holders that meet: `holder_a`, `holder_b`, `length_km` with bends below
        `smoothing_m` (metres) taken out, geometry (MultiLineString). The frame (border, coast) is
        not front.
    band
        One row: the points that the line may run through, given who holds the places; `coverage`
        is the share of the true line's length that it is meant to hold (docs/method.md). Contested
        places widen it.
    """

    areas: gpd.GeoDataFrame
    front: gpd.GeoDataFrame
    band: gpd.GeoDataFrame


def draw(
    ground: Ground,
    holders: Sequence[str | None],
    allied: Collection[frozenset[str]] = (),
    drawn: gpd.GeoDataFrame | None = None,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Draw areas and front, as in `FrontLine`, for holders of the places of a ground.

    Parameters
    ----------
    ground
        The places and the land, made once.
    holders
        One a place, in its order; None if unknown, `CONTESTED` if contested.
    allied
        Sets of holders between whom there is no front.
    drawn
        Areas that somebody drew, with a column `holder`, any CRS; where nothing changed they stand
        in all their detail.

    Returns
    -------
    areas, front
        GeoDataFrames, EPSG:4326.
    """
    areas = ground.paint(holders)
    if drawn is not None:
        old = drawn.to_crs(ground.crs)
        areas = with_unmoved(areas, old, (ground.xy, holders), ground.grid.step)
    area = gpd.GeoDataFrame(
        {"holder": list(areas), "km2": [g.area / 1e6 for g in areas.values()]},
        geometry=list(areas.values()),
        crs=ground.crs,
    )
    lines = _fronts(areas, allied)
    front = gpd.GeoDataFrame(
        {
            "holder_a": [a for a, _, _ in lines],
            "holder_b": [b for _, b, _ in lines],
            "length_km": [g.length / 1000 for _, _, g in lines],
            # The length of a line depends on what it is measured with: bends below this are out.
            "smoothing_m": [ground.smoothing_m] * len(lines),
        },
        geometry=[g for _, _, g in lines],
        crs=ground.crs,
    )
    return area.to_crs(WGS84), front.to_crs(WGS84)


def nothing_drawn() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Give areas and front of a day on which nothing is known, as `draw` would: no rows."""
    areas = gpd.GeoDataFrame({"holder": [], "km2": []}, geometry=[], crs=WGS84)
    columns: dict[str, list[object]] = {
        "holder_a": [], "holder_b": [], "length_km": [], "smoothing_m": [],
    }  # fmt: skip
    return areas, gpd.GeoDataFrame(columns, geometry=[], crs=WGS84)


def draw_band(
    ground: Ground, holders: Sequence[str | None], front: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Draw the band, as in `FrontLine`, around the front that `draw` gave for the same holders.

    Parameters
    ----------
    ground, holders
        As for `draw`.
    front
        What `draw` gave, any CRS.

    Returns
    -------
    geopandas.GeoDataFrame
        One row, EPSG:4326.
    """
    line = shapely.union_all(front.to_crs(ground.crs).geometry.values)
    sure = [None if holder == CONTESTED else holder for holder in holders]
    band = shapely.Polygon() if line.is_empty else ground.band(sure, line)
    return gpd.GeoDataFrame({"coverage": [COVERAGE]}, geometry=[band], crs=ground.crs).to_crs(WGS84)


def front_line(  # noqa: PLR0913  (what the model knows, each named)
    points: gpd.GeoSeries,
    holders: Iterable[str | None],
    baseline: gpd.GeoDataFrame | None = None,
    *,
    frame: shapely.Geometry | None = None,
    reach_km: float = REACH_KM,
    allied: Collection[frozenset[str]] = (),
) -> FrontLine:
    """Draw areas, front line and band from places.

    Parameters
    ----------
    points
        Places (Points) with a CRS.
    holders
        Who holds each place, one a point; `contested` where two sides are inside, None where it is
        not known.
    baseline
        The last known areas, polygons with a column `holder` and a CRS. They stand where no place
        is within reach.
    frame
        Land of the theatre in EPSG:4326. Its edge is border or coast and never front.
    reach_km
        How far a place speaks for its surroundings, in kilometres.
    allied
        Sets of parties between whom there is no front.

    Returns
    -------
    FrontLine

    Raises
    ------
    CrsError
        If points or baseline carry no CRS.
    RequestError
        If there are no points, a point is empty or not finite, the counts differ, or no holder is
        known.

    Examples
    --------
    >>> import geopandas as gpd
    >>> points = gpd.GeoSeries.from_xy([36.6, 36.8, 36.7], [35.6, 35.6, 35.9], crs=4326)
    >>> line = front_line(points, ["a", "b", "b"])
    >>> list(line.areas.holder), len(line.front)
    (['a', 'b'], 1)
    """
    holders = list(holders)
    _check(points, holders, baseline)
    spots: dict[tuple[float, float], set[str]] = {}
    xy = shapely.get_coordinates(points.to_crs(WGS84).values).round(5)
    for (x, y), holder in zip(xy.tolist(), holders, strict=True):
        spots.setdefault((x, y), set()).update({holder} if holder else set())
    merged = [next(iter(s)) if len(s) == 1 else CONTESTED if s else None for s in spots.values()]
    series = gpd.GeoSeries.from_xy(*np.array(list(spots)).T, crs=WGS84)
    ground = Ground(series, frame, reach_km, baseline)
    areas, front = draw(ground, merged, allied)
    return FrontLine(areas=areas, front=front, band=draw_band(ground, merged, front))


def _check(
    points: gpd.GeoSeries, holders: list[str | None], baseline: gpd.GeoDataFrame | None
) -> None:
    if points.crs is None:
        message = "the points have no CRS; set it, for instance points.set_crs(4326), and try again"
        raise CrsError(message)
    if len(points) == 0:
        message = "there are no points; give at least one place"
        raise RequestError(message)
    if len(points) != len(holders):
        message = f"{len(points)} points but {len(holders)} holders; give one holder a point"
        raise RequestError(message)
    finite = np.array([g is not None and not g.is_empty and g.geom_type == "Point" for g in points])
    finite[finite] &= np.isfinite(shapely.get_coordinates(points[finite].values)).all(axis=1)
    if not finite.all():
        message = f"point {int(np.argmin(finite))} is empty, not finite or no Point; leave it out"
        raise RequestError(message)
    if baseline is not None and baseline.crs is None:
        message = "the baseline has no CRS; set it, for instance baseline.set_crs(4326)"
        raise CrsError(message)
    if baseline is not None and "holder" not in baseline.columns:
        message = "the baseline has no column 'holder'; add one that says who held each area"
        raise RequestError(message)


def _fronts(
    areas: dict[str, shapely.Geometry], allied: Collection[frozenset[str]]
) -> list[tuple[str, str, shapely.Geometry]]:
    lines = []
    for a, b in combinations(sorted(areas), 2):
        if any({a, b} <= group for group in allied):
            continue
        parts = borders([areas[a], areas[b]])
        parts = parts[shapely.length(parts) >= SHORTEST_M] if len(parts) else parts
        if len(parts):
            lines.append((a, b, shapely.multilinestrings(parts)))
    return lines
