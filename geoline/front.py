"""From places whose holder is known to areas, the front line between them and its band.

The model of this version is the nearest place: every point belongs to the holder of the nearest
place whose holder is known (Voronoi cells). The line is smoothed, but never across a place. Ground
out of reach of every place (`reach_km`) is given no holder.

All work is done in an equal-area projection (Lambert azimuthal) centred on the places; what comes
in must carry a CRS, what goes out is EPSG:4326 (x longitude, y latitude, degrees).
"""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  (dataclasses resolve it)
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS
from scipy.spatial import cKDTree

from geoline.coverage import GRID_M, borders, polygonal, smooth
from geoline.errors import CrsError, RequestError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import numpy.typing as npt

__all__ = ["CONTESTED", "UNKNOWN", "Cells", "FrontLine", "equal_area_crs", "front_line"]

CONTESTED, UNKNOWN = "contested", "unknown"

WGS84 = CRS.from_epsg(4326)
REACH_KM = 40.0
# Pieces of front shorter than this are not drawn (metres).
SHORTEST_M = 500.0
BAND_STEP_M = 500.0


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontLine:
    """Areas, line and band; GeoDataFrames in EPSG:4326.

    Parameters
    ----------
    areas
        One row a holder: `holder`, `km2`, geometry (MultiPolygon). They do not overlap.
    front
        One row a pair of holders that meet: `holder_a`, `holder_b`, `length_km`, geometry
        (MultiLineString). The frame (border, coast) is not front.
    band
        One row: the points that the line may run through, given only that it runs between the
        places: as far as the nearest place on either side. Not calibrated: no share is stated.
    """

    areas: gpd.GeoDataFrame
    front: gpd.GeoDataFrame
    band: gpd.GeoDataFrame


def equal_area_crs(bounds: Sequence[float]) -> CRS:
    """Lambert azimuthal equal-area CRS (metres) centred on bounds (west, south, east, north)."""
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return CRS.from_proj4(f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84 +units=m")


@dataclass(slots=True)
class Cells:
    """Voronoi cells of places, made once and coloured as often as the holders change.

    Parameters
    ----------
    points
        The places (Points, any CRS); no two of them in one spot.
    frame
        What is land of the theatre (Polygon or MultiPolygon, EPSG:4326); None for as far as
        `reach_km` goes.
    reach_km
        How far a place speaks for its surroundings; ground beyond that is nobody's.
    """

    points: gpd.GeoSeries
    frame: shapely.Geometry | None = None
    reach_km: float = REACH_KM
    crs: CRS = field(init=False)
    _xy: npt.NDArray[np.float64] = field(init=False, repr=False)
    _cells: npt.NDArray[np.object_] = field(init=False, repr=False)
    _edge: shapely.Geometry = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lonlat = self.points.to_crs(WGS84)
        self.crs = equal_area_crs(lonlat.total_bounds)
        points = lonlat.to_crs(self.crs)
        self._xy = shapely.get_coordinates(points.values)
        reach = self.reach_km * 1000
        # Grown and shrunk again, so that the outer edge shows no scallops between two places.
        near = shapely.union_all(shapely.buffer(points.values, 1.5 * reach, quad_segs=8))
        near = shapely.buffer(near, -0.5 * reach)
        if self.frame is not None:
            frame = gpd.GeoSeries([self.frame], crs=WGS84).to_crs(self.crs).iloc[0]
            near = shapely.intersection(frame, near)
        near = shapely.set_precision(near, GRID_M)
        self._edge = shapely.boundary(near)
        if len(self._xy) == 1:
            self._cells = np.array([near], dtype=object)
            return
        hull = shapely.box(*near.bounds).buffer(1000)
        cells = shapely.get_parts(
            shapely.voronoi_polygons(
                shapely.multipoints(points.values), extend_to=hull, ordered=True
            )
        )
        self._cells = polygonal(shapely.intersection(cells, near, grid_size=GRID_M))

    def paint(
        self, holders: Sequence[str | None], allied: Collection[frozenset[str]] = ()
    ) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        """Colour the cells.

        Parameters
        ----------
        holders
            One a point, in their order; None where the holder is not known (such a cell goes to
            the nearest place whose holder is known).
        allied
            Between whom there is no front.

        Returns
        -------
        areas, front
            As in `FrontLine`.

        Raises
        ------
        RequestError
            If no holder is known.
        """
        known = np.array([h is not None for h in holders])
        if not known.any():
            message = "no place has a holder, so that there is nothing to draw; give at least one"
            raise RequestError(message)
        names = np.array([h or "" for h in holders], dtype=object)
        if not known.all():
            _, nearest = cKDTree(self._xy[known]).query(self._xy[~known])
            names[~known] = names[known][nearest]
        parties = sorted(set(names))
        areas = {p: shapely.coverage_union_all(self._cells[names == p]) for p in parties}
        areas = smooth(areas, self._edge, self._xy[known], names[known])
        kept = {p: g for p, g in areas.items() if not shapely.is_empty(g)}
        area = gpd.GeoDataFrame(
            {"holder": list(kept), "km2": [g.area / 1e6 for g in kept.values()]},
            geometry=list(kept.values()),
            crs=self.crs,
        )
        lines = _fronts(kept, allied)
        front = gpd.GeoDataFrame(
            {
                "holder_a": [a for a, _, _ in lines],
                "holder_b": [b for _, b, _ in lines],
                "length_km": [g.length / 1000 for _, _, g in lines],
            },
            geometry=[g for _, _, g in lines],
            crs=self.crs,
        )
        return area.to_crs(WGS84), front.to_crs(WGS84)

    def band(self, front: gpd.GeoDataFrame, holders: Sequence[str | None]) -> gpd.GeoDataFrame:
        """Draw where the line may run: from each of its points as far as the nearest known place.

        Parameters
        ----------
        front
            The line that `paint` gave.
        holders
            The holders that it was given.
        """
        known = np.array([h is not None for h in holders])
        lines = front.to_crs(self.crs).geometry.values
        if len(lines) == 0:
            return gpd.GeoDataFrame(geometry=[shapely.Polygon()], crs=WGS84)
        dense = shapely.get_coordinates(shapely.segmentize(lines, BAND_STEP_M))
        width, _ = cKDTree(self._xy[known]).query(dense)
        circles = shapely.buffer(shapely.points(dense), width, quad_segs=4)
        band = gpd.GeoDataFrame(geometry=[shapely.union_all(circles)], crs=self.crs)
        return band.to_crs(WGS84)


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
    cells = Cells(series, frame, reach_km)
    areas, front = cells.paint(merged, allied)
    if baseline is not None and not baseline.empty:
        areas = _fill(areas, baseline, frame)
    return FrontLine(areas=areas, front=front, band=cells.band(front, merged))


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


def _fill(
    areas: gpd.GeoDataFrame, baseline: gpd.GeoDataFrame, frame: shapely.Geometry | None
) -> gpd.GeoDataFrame:
    """Let the last known areas stand where no place is within reach."""
    crs = equal_area_crs(areas.total_bounds)
    new = areas.to_crs(crs)
    old = baseline.to_crs(crs)
    old = old.set_geometry(shapely.make_valid(old.geometry.values), crs=crs)
    old = old.dissolve("holder", as_index=False)
    rest = shapely.difference(old.geometry.values, shapely.union_all(new.geometry.values))
    if frame is not None:
        land = gpd.GeoSeries([frame], crs=WGS84).to_crs(crs).iloc[0]
        rest = shapely.intersection(rest, land)
    both = gpd.GeoDataFrame(
        {"holder": [*new.holder, *old.holder]}, geometry=[*new.geometry, *rest], crs=crs
    ).dissolve("holder", as_index=False)
    both["km2"] = both.area / 1e6
    return both.loc[~both.is_empty, ["holder", "km2", "geometry"]].to_crs(WGS84)


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
