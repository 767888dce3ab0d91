"""Where nothing changed, areas that somebody drew stand as they were drawn.

The fields of a day are worked out on a grid, and a line cut from them keeps no bend below its step.
A line that was drawn in more detail keeps that detail, but for the ground where the day's own line
runs elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.front.coverage import GRID_M, polygonal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from geoline.front.drawing import HeldAreas

__all__ = ["with_unmoved"]

# Bends of a drawn line below this are taken out (metres; triangles of this side).
DETAIL_M = 100.0
# How far from a place that changed hands the line may have moved with it (metres).
REACH_M = 40_000.0
# Ground that changed hands is wider than so many steps; less is the roundness of the grid.
WIDTH, AROUND = 0.75, 2.0


def with_unmoved(
    areas: Mapping[str, shapely.Geometry],
    drawn: HeldAreas,
    places: tuple[npt.NDArray[np.float64], Sequence[str | None]],
    step_m: float,
) -> dict[str, shapely.Geometry]:
    """Put drawn areas in the place of those of a day, where the two differ by no more than a step.

    Parameters
    ----------
    areas
        The day's areas by holder, metric; they tile the land.
    drawn
        What somebody drew before, metric, in the same CRS.
    places
        Metres (n, 2), and the holder of each on the day.
    step_m
        The step of the grid that `areas` were cut on (metres).

    Returns
    -------
    dict
        Areas by holder that tile the same land.
    """
    land = shapely.union_all(list(areas.values()))
    old = _old(drawn, land)
    holders = sorted({*areas, *old})
    changed = _changed(areas, old, places, step_m)
    covered = shapely.union_all(list(old.values()), grid_size=GRID_M)
    bare = shapely.difference(land, covered, grid_size=GRID_M)
    fresh = _both(changed, bare)
    nothing = shapely.Polygon()
    found = {}
    for holder in holders:
        whole = _both(
            shapely.intersection(areas.get(holder, nothing), fresh, grid_size=GRID_M),
            shapely.difference(old.get(holder, nothing), fresh, grid_size=GRID_M),
        )
        if not whole.is_empty:
            found[holder] = whole
    return found


def _both(one: shapely.Geometry, other: shapely.Geometry) -> shapely.Geometry:
    """Unite what is ground of two shapes; of many slivers nine times faster than `union_all`."""
    whole: shapely.Geometry = _areal([shapely.union(*_areal([one, other]), grid_size=GRID_M)])[0]
    return whole


def _areal(shapes: Sequence[shapely.Geometry]) -> npt.NDArray[np.object_]:
    return polygonal(np.array([*shapes, None], dtype=object)[:-1])


def _old(drawn: HeldAreas, land: shapely.Geometry) -> dict[str, shapely.Geometry]:
    """Give what was drawn, on the land, without its smallest bends; neighbours keep one border."""
    names = sorted(set(drawn.holders))
    holders = np.array(drawn.holders, dtype=object)
    shapes = [shapely.union_all(drawn.shapes[holders == name]) for name in names]
    simple = shapely.coverage_simplify(np.array(shapes, dtype=object), DETAIL_M)
    on_land = [
        shapely.intersection(shape, land, grid_size=GRID_M) for shape in shapely.make_valid(simple)
    ]
    return {n: shape for n, shape in zip(names, _areal(on_land), strict=True) if not shape.is_empty}


def _changed(
    areas: Mapping[str, shapely.Geometry],
    old: Mapping[str, shapely.Geometry],
    places: tuple[npt.NDArray[np.float64], Sequence[str | None]],
    step_m: float,
) -> shapely.Geometry:
    """Find the ground around what changed hands: where a place did, and what went with it."""
    xy, holders = places
    held = np.array([holder or "" for holder in holders], dtype=object)
    was = np.full(len(xy), "", dtype=object)
    for holder, area in old.items():
        shapely.prepare(area)
        was[shapely.intersects_xy(area, xy)] = holder
    turned = shapely.points(xy[(held != "") & (was != "") & (held != was)])
    if not len(turned):
        return shapely.Polygon()
    width = WIDTH * step_m
    moved = [
        shapely.buffer(shapely.difference(area, old[holder]), -width, quad_segs=2)
        for holder, area in areas.items()
        if holder in old
    ]
    moved += [area for holder, area in areas.items() if holder not in old]
    parts = shapely.get_parts(np.array(moved, dtype=object))
    # What no place near it caused is the grid's, not the day's.
    causes = shapely.multipoints(turned)
    parts = parts[shapely.distance(parts, causes) <= REACH_M]
    return shapely.buffer(
        shapely.union_all([*parts, *turned]), width + AROUND * step_m, quad_segs=4
    )
