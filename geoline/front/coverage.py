"""Areas that tile the ground: cut along lines made smooth, and the lines that they share.

Areas are shapely polygons in a metric CRS whose vertices lie on one grid of `GRID_M`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geoline.libraries import spatial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


__all__ = ["GRID_M", "Seats", "borders", "partition", "polygonal"]

# Coordinates are kept on a grid of this many metres, so that neighbours share their vertices.
GRID_M = 1.0
# A place that lies on the wrong side of the line gets ground up to the middle between it and those
# of others, at most so many of their nearest; finer than the nodes, it is cut out afterwards.
CUT_BY = 12
# Places of two sides are shown by the nodes between them if they are so many steps apart.
NODES_SHOW = 3.0
CORNERS_CUT = 2
COLLECTION = 7  # GEOS' number of the geometry type GeometryCollection


def polygonal(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Drop the points and lines that an overlay may leave beside the polygons."""
    kept = geometries.copy()
    for number in np.flatnonzero(shapely.get_type_id(geometries) == COLLECTION):
        parts = shapely.get_parts(shapely.get_parts(geometries[number]))
        kept[number] = shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])  # noqa: PLR2004
    return kept


def _polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    return polygonal(np.array([geometry], dtype=object))[0]


@dataclass(frozen=True, slots=True, eq=False)
class Seats:
    """Places whose holder is known, as they are to lie in the areas.

    Parameters
    ----------
    xy, holders
        (n, 2), metres, and the holder of each.
    alone
        Numbers of those that are cut off from their side.
    """

    xy: npt.NDArray[np.float64]
    holders: npt.NDArray[np.object_]
    alone: npt.NDArray[np.intp]


def partition(
    ground: shapely.Geometry,
    arcs: npt.NDArray[np.object_],
    owner: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.object_]],
    seats: Seats,
    step_m: float,
) -> dict[str, shapely.Geometry]:
    """Cut the ground along arcs made smooth, leaving every place on its holder's side.

    Parameters
    ----------
    ground
        Polygon or MultiPolygon, metric, on the grid.
    arcs
        Lines on the grid that meet only in their ends.
    owner
        Whose each point of an array (n, 2) is, between the arcs.
    seats
        The places.
    step_m
        Spacing of the nodes that the arcs come from; bends below half of it are taken out.

    Returns
    -------
    dict
        By holder, areas that tile the ground. An arc whose rounding would cut a place off stays as
        it was; a place that is astray even so, or alone and nearer to others than the nodes show,
        gets its cell among them.
    """
    rounded = np.array(
        [_round(a) for a in shapely.simplify(arcs, step_m / 2, preserve_topology=True)],
        dtype=object,
    )
    on_land = shapely.intersects_xy(ground, seats.xy)  # a port may lie off the digitised coast
    places, holders = seats.xy[on_land], seats.holders[on_land]
    alone = np.isin(np.arange(len(seats.xy)), seats.alone)[on_land]
    while True:
        areas = _faces(ground, rounded, owner)
        wrong = places[_astray(areas, places, holders)]
        if len(wrong) == 0 or len(arcs) == 0:
            break
        back = np.unique(shapely.STRtree(rounded).nearest(shapely.points(wrong)))
        back = back[~shapely.equals_exact(rounded[back], arcs[back])]
        if len(back) == 0:
            break
        rounded[back] = arcs[back]
    astray = _astray(areas, places, holders)
    return _patched(ground, areas, Seats(places, holders, np.flatnonzero(astray | alone)), step_m)


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


def _patched(
    ground: shapely.Geometry, areas: dict[str, shapely.Geometry], seats: Seats, step_m: float
) -> dict[str, shapely.Geometry]:
    """Give places that are alone their cells among those of others, if the nodes are too far apart.

    Patches of two holders do not meet: each keeps to its side of the middle between two places.
    """
    patches: dict[str, list[shapely.Geometry]] = {}
    astray = _astray(areas, seats.xy, seats.holders)
    # No cell is cut by a place further off than three times its reach.
    around = (
        spatial.cKDTree(seats.xy).query_ball_point(
            seats.xy[seats.alone], (1.5 * NODES_SHOW + 0.01) * step_m, return_sorted=True
        )
        if len(seats.alone)
        else []
    )
    for number, near in zip(seats.alone, around, strict=True):
        mine = seats.holders[number]
        others = seats.xy[near][seats.holders[near] != mine]
        apart = np.linalg.norm(others - seats.xy[number], axis=1).min(initial=np.inf)
        if astray[number] or apart < NODES_SHOW * step_m:
            reach = step_m * (1.0 if apart >= NODES_SHOW * step_m else NODES_SHOW / 2)
            patches.setdefault(mine, []).append(_cell(seats.xy[number], others, reach))
    for mine, some in patches.items():
        patch = _polygons(shapely.intersection(shapely.union_all(some), ground, grid_size=GRID_M))
        crumbs = []
        for holder, area in list(areas.items()):
            if holder != mine:
                rest = _polygons(shapely.difference(area, patch, grid_size=GRID_M))
                parts = shapely.get_parts(rest)
                crumb = _crumbs(parts, patch, seats.xy[seats.holders == holder], step_m)
                crumbs += list(parts[crumb])
                areas[holder] = shapely.multipolygons(parts[~crumb]) if crumb.any() else rest
        if crumbs:
            patch = _polygons(shapely.union_all([patch, *crumbs], grid_size=GRID_M))
        own = areas.get(mine, shapely.Polygon())
        areas[mine] = _polygons(shapely.union(own, patch, grid_size=GRID_M))
    return {holder: area for holder, area in areas.items() if not shapely.is_empty(area)}


def _crumbs(
    parts: npt.NDArray[np.object_],
    patch: shapely.Geometry,
    places: npt.NDArray[np.float64],
    step_m: float,
) -> npt.NDArray[np.bool_]:
    """Which parts of an area a patch has cut off, too small for the nodes and without a place."""
    found: npt.NDArray[np.bool_] = shapely.area(parts) < step_m**2
    found &= shapely.intersects(parts, patch)
    for number in np.flatnonzero(found):
        found[number] = not shapely.intersects_xy(parts[number], places).any()
    return found


def _cell(
    place: npt.NDArray[np.float64], others: npt.NDArray[np.float64], reach_m: float
) -> shapely.Geometry:
    """Ground nearer to a place than to any of the others, a little short of the middle."""
    cell = shapely.box(*(place - reach_m), *(place + reach_m))
    off = others - place
    apart = np.linalg.norm(off, axis=1)
    for number in np.argsort(apart, kind="stable")[:CUT_BY]:
        if apart[number] >= 3 * reach_m:
            break
        along = off[number] / apart[number]
        across = np.array([-along[1], along[0]]) * 4 * reach_m
        near = place + along * 0.49 * apart[number]
        far = near - along * 8 * reach_m
        side = shapely.Polygon([near + across, near - across, far - across, far + across])
        cell = shapely.intersection(cell, side)
    return shapely.Polygon(shapely.get_coordinates(_round(shapely.boundary(cell), 1)))


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


def _round(arc: shapely.Geometry, cuts: int = CORNERS_CUT) -> shapely.Geometry:
    """Cut the corners of a line (Chaikin 1974), its ends kept."""
    xy = shapely.get_coordinates(arc)
    closed = bool((xy[0] == xy[-1]).all())
    for _ in range(cuts):
        a, b = xy[:-1], xy[1:]
        cut = np.stack((0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b), axis=1).reshape(-1, 2)
        xy = np.vstack((cut, cut[:1])) if closed else np.vstack((xy[:1], cut[1:-1], xy[-1:]))
    return shapely.linestrings(xy)


def _faces(
    ground: shapely.Geometry,
    arcs: npt.NDArray[np.object_],
    owner: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.object_]],
) -> dict[str, shapely.Geometry]:
    """Cut the ground along the arcs and ask whose each face is, at a point inside it."""
    edge = shapely.boundary(ground)
    noded = shapely.union_all([edge, *arcs], grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    middle = shapely.get_coordinates(shapely.point_on_surface(faces))
    inside = shapely.intersects_xy(ground, middle)  # a hole of the ground is a face too
    faces, names = faces[inside], owner(middle[inside])
    return {name: shapely.coverage_union_all(faces[names == name]) for name in sorted(set(names))}
