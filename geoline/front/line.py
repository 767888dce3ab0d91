"""From places whose holder is known to areas, the front line between them and its band.

The model stands in `geoline.front.field`, what it is asked on in `geoline.front.ground`. All work
is done in an equal-area projection (Lambert azimuthal) centred on the places; what comes in must
carry a CRS, what goes out is EPSG:4326 (x longitude, y latitude, degrees).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.errors import RequestError
from geoline.front.coverage import borders
from geoline.front.drawing import Drawing, HeldAreas, band_table
from geoline.front.given import (
    checked_baseline,
    checked_frame,
    checked_points,
    one_a_spot,
)
from geoline.front.ground import REACH_KM, Ground
from geoline.front.projection import WGS84, reprojected
from geoline.front.timing import PACE_DAYS, Timing, as_days
from geoline.front.unmoved import with_unmoved
from geoline.holder import CONTESTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    import numpy.typing as npt

    from geoline.libraries import gpd

    Days = npt.NDArray[np.datetime64]

__all__ = ["FrontLine", "draw", "draw_band", "front_line", "nothing_drawn"]


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
    timing: Timing | None = None,
    drawn: HeldAreas | None = None,
) -> Drawing:
    """Draw areas and front for holders of the places of a ground.

    Parameters
    ----------
    ground
        The places and the land, made once.
    holders
        One a place, in its order; None if unknown, `CONTESTED` if contested.
    allied
        Sets of holders between whom there is no front.
    timing
        When places fell, on what day; None where nothing is known of it.
    drawn
        Areas that somebody drew; where nothing changed they stand in all their detail.
    """
    areas = ground.paint(holders, timing)
    if drawn is not None:
        old = HeldAreas(drawn.holders, reprojected(drawn.shapes, WGS84, ground.crs))
        areas = with_unmoved(areas, old, (ground.xy, holders), ground.grid.step)
    lines = _fronts(areas, allied)
    return Drawing(
        holders=tuple(areas),
        km2=tuple(g.area / 1e6 for g in areas.values()),
        areas=reprojected(list(areas.values()), ground.crs, WGS84),
        pairs=tuple((a, b) for a, b, _ in lines),
        length_km=tuple(g.length / 1000 for _, _, g in lines),
        lines=reprojected([g for _, _, g in lines], ground.crs, WGS84),
        smoothing_m=ground.smoothing_m,
    )


def nothing_drawn() -> Drawing:
    """Give what is drawn of a day on which nothing is known: nothing."""
    none = np.array([], dtype=object)
    return Drawing(
        holders=(), km2=(), areas=none, pairs=(), length_km=(), lines=none, smoothing_m=0.0
    )


def draw_band(
    ground: Ground,
    holders: Sequence[str | None],
    drawing: Drawing,
    timing: Timing | None = None,
) -> npt.NDArray[np.object_]:
    """Draw the band around the front that `draw` gave for the same holders.

    Parameters
    ----------
    ground, holders, timing
        As for `draw`.
    drawing
        What `draw` gave.

    Returns
    -------
    array of Polygon or MultiPolygon
        (1,), EPSG:4326.
    """
    line = shapely.union_all(reprojected(drawing.lines, WGS84, ground.crs))
    sure = [None if holder == CONTESTED else holder for holder in holders]
    band = shapely.Polygon() if line.is_empty else ground.band(sure, line, timing)
    return reprojected([band], ground.crs, WGS84)


def front_line(  # noqa: PLR0913  (what the model knows, each named)
    points: gpd.GeoSeries,
    holders: Iterable[str | None],
    baseline: gpd.GeoDataFrame | None = None,
    *,
    day: date | None = None,
    as_of: date | None = None,
    since: Days | None = None,
    until: Days | None = None,
    pace_days: float | None = PACE_DAYS,
    positions: gpd.GeoSeries | None = None,
    position_days: Days | None = None,
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
        Who holds each place, one a point; `contested` where two sides are inside, None (or NaN)
        where it is not known.
    baseline
        The last known areas, polygons with a column `holder` and a CRS. They stand where no place
        is within reach.
    day, as_of
        The day that the holders are of, and that of the last known areas. The longer ago these
        are, the further the line may have moved. Without them, as if a year lay between.
    since, until
        datetime64[D], one a point: from which day on its holder holds it, and the day on which he
        will lose it (hindsight); NaT where not known. A place that fell yesterday lies near the
        line. They need `day`, `as_of` and a baseline.
    pace_days
        In so many days a line moves as far as lines of the war in Ukraine did in a year. None if
        nothing is known of the pace: then the days between `as_of` and `day`.
    positions
        Points where the line ran, with a CRS: geolocated footage, clashes with coordinates. Each
        counts between the two sides whose last known areas are nearest to it, good to a kilometre.
    position_days
        datetime64[D], one a position: the day that it is of; the day asked if left out or NaT.
        Positions need `day`, `as_of` and a baseline.
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
        If points or baseline carry no CRS, or coordinates that are not in it.
    RequestError
        If there are no points, a point is empty or not finite, the counts differ, no holder is
        known, an area has no holder or polygon, the frame is off the points, or days contradict
        each other.

    Examples
    --------
    >>> import geopandas as gpd
    >>> points = gpd.GeoSeries.from_xy([36.6, 36.8, 36.7], [35.6, 35.6, 35.9], crs=4326)
    >>> line = front_line(points, ["a", "b", "b"])
    >>> list(line.areas.holder), len(line.front)
    (['a', 'b'], 1)
    """
    lonlat, names = checked_points(points, holders)
    known, land = checked_baseline(baseline), checked_frame(frame)
    if not (np.isfinite(reach_km) and reach_km > 0):
        message = f"reach_km is {reach_km}; give a number of kilometres above 0"
        raise RequestError(message)
    given = {"day": day, "as_of": as_of, "since": since, "until": until, "positions": positions}
    asked = [name for name, value in given.items() if value is not None]
    if asked and (day is None or as_of is None or known is None):
        message = (
            f"{', '.join(asked)} given, but days tell something only with day, as_of and a "
            "baseline; give all of them, or none"
        )
        raise RequestError(message)
    days = (as_days("since", since, len(names)), as_days("until", until, len(names)))
    series, merged, kept = one_a_spot(lonlat, names, *days)
    timing = None
    if day is not None and as_of is not None:
        timing = Timing.of(
            day=day,
            as_of=as_of,
            count=len(merged),
            since=kept[0],
            until=kept[1],
            pace_days=pace_days,
        )
        if positions is not None:
            timing = timing.with_positions(
                positions, position_days, day=day, as_of=as_of, pace_days=pace_days
            )
    ground = Ground(shapely.get_coordinates(series.values), land, reach_km, known)
    drawing = draw(ground, merged, allied, timing)
    band = band_table(draw_band(ground, merged, drawing, timing))
    return FrontLine(areas=drawing.area_table(), front=drawing.front_table(), band=band)


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
