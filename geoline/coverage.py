"""Areas that tile the ground: the lines that they share, and those lines made smooth.

Areas are shapely polygons in a metric CRS whose vertices lie on one grid of `GRID_M`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["GRID_M", "borders", "polygonal", "smooth"]

# Coordinates are kept on a grid of this many metres, so that neighbours share their vertices.
GRID_M = 1.0
# Bends below this are noise of the cells, not knowledge (metres).
SMOOTHING_M = 600.0
CORNERS_CUT = 2
COLLECTION = 7  # GEOS' number of the geometry type GeometryCollection


def polygonal(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Drop the points and lines that an overlay may leave beside the polygons."""
    kept = geometries.copy()
    for number in np.flatnonzero(shapely.get_type_id(geometries) == COLLECTION):
        parts = shapely.get_parts(shapely.get_parts(geometries[number]))
        kept[number] = shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])  # noqa: PLR2004
    return kept


def smooth(
    areas: dict[str, shapely.Geometry],
    edge: shapely.Geometry,
    places: npt.NDArray[np.float64],
    holders: npt.NDArray[np.object_],
) -> dict[str, shapely.Geometry]:
    """Round the lines between areas, leaving every place on its holder's side.

    Parameters
    ----------
    areas
        Polygons by holder that tile the ground, metric, on the grid.
    edge
        Boundary of the ground.
    places, holders
        Array (n, 2) of metres, and the holder of each.

    Returns
    -------
    dict
        Areas that tile the same ground. Where rounding would cut a place off, the line is left as
        it was.
    """
    arcs = borders(list(areas.values()))
    if len(arcs) == 0:
        return areas
    rounded = np.array(
        [_round(a) for a in shapely.simplify(arcs, SMOOTHING_M, preserve_topology=True)]
    )
    astray = _astray(areas, places, holders)  # off the frame, as a port may be
    for _ in range(len(arcs)):
        smoothed = _faces(areas, edge, rounded)
        wrong = shapely.points(places[_astray(smoothed, places, holders) & ~astray])
        if len(wrong) == 0:
            return smoothed
        back = shapely.STRtree(rounded).nearest(wrong)
        if all(rounded[n].equals(arcs[n]) for n in back):
            break
        rounded[back] = arcs[back]
    return areas


def _astray(
    areas: dict[str, shapely.Geometry],
    places: npt.NDArray[np.float64],
    holders: npt.NDArray[np.object_],
) -> npt.NDArray[np.bool_]:
    """Which places do not lie in their holder's area."""
    astray = np.ones(len(places), dtype=bool)
    for holder, area in areas.items():
        mine = holders == holder
        astray[mine] = ~shapely.intersects_xy(area, places[mine])
    return astray


def borders(areas: Sequence[shapely.Geometry]) -> npt.NDArray[np.object_]:
    """Find the lines that two of the areas share, merged; cut where three areas meet.

    The areas come from one coverage on one grid, so that a shared segment has the same two ends in
    both; this looks for segments that occur twice instead of intersecting polygons.
    """
    ends = []
    for area in areas:
        for ring in shapely.get_rings(shapely.get_parts(area)):
            xy = np.rint(shapely.get_coordinates(ring) / GRID_M).astype(np.int64)
            ends.append(np.hstack((xy[:-1], xy[1:])))
    if not ends:
        return np.array([], dtype=object)
    segments = np.vstack(ends)
    turned = (segments[:, 0] > segments[:, 2]) | (
        (segments[:, 0] == segments[:, 2]) & (segments[:, 1] > segments[:, 3])
    )
    segments[turned] = segments[turned][:, [2, 3, 0, 1]]
    unique, count = np.unique(segments, axis=0, return_counts=True)
    shared = unique[count > 1].reshape(-1, 2, 2) * GRID_M
    if len(shared) == 0:
        return np.array([], dtype=object)
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(shared)))
    return np.asarray(shapely.get_parts(merged), dtype=object)


def _round(arc: shapely.Geometry) -> shapely.Geometry:
    """Cut the corners of a line (Chaikin 1974), its ends kept."""
    xy = shapely.get_coordinates(arc)
    closed = bool((xy[0] == xy[-1]).all())
    for _ in range(CORNERS_CUT):
        a, b = xy[:-1], xy[1:]
        cut = np.stack((0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b), axis=1).reshape(-1, 2)
        xy = np.vstack((cut, cut[:1])) if closed else np.vstack((xy[:1], cut[1:-1], xy[-1:]))
    return shapely.linestrings(xy)


def _faces(
    areas: dict[str, shapely.Geometry], edge: shapely.Geometry, arcs: npt.NDArray[np.object_]
) -> dict[str, shapely.Geometry]:
    """Cut the frame along the arcs and give each face to whoever held its middle."""
    noded = shapely.union_all([edge, *arcs], grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    middle = shapely.point_on_surface(faces)
    tree = shapely.STRtree(list(areas.values()))
    # A hole of the frame is a face too, but nobody's.
    face, owner = tree.query(middle, predicate="intersects")
    return {
        name: shapely.coverage_union_all(faces[face[owner == number]])
        for number, name in enumerate(areas)
    }
