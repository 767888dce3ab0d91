"""The last known areas, as seen from points: whose each is, and how deep in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.front.field import prior_mean_km
from geoline.libraries import ndimage, spatial

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geoline.front.contours import Grid

    Array = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.intp]

__all__ = ["LastKnown"]

# Within so many steps of an area its distance is exact.
NEAR_STEPS = 6


@dataclass(frozen=True, slots=True)
class LastKnown:
    """The last known areas, seen from a set of points.

    Parameters
    ----------
    label
        Number of the area that each point lies in, or next to.
    apart_km
        (areas, points), distance to each area, 0 inside.
    mine
        (areas, points), whether the point is the area's.
    depth_km
        (points,), distance to the old line: to the nearest area that is not the point's.
    held_km
        (areas, points), prior mean of the field of each area's holder.
    """

    label: Numbers
    apart_km: Array
    mine: npt.NDArray[np.bool_]
    depth_km: Array
    held_km: Array

    @classmethod
    def seen(cls, areas: Sequence[shapely.Geometry], xy: Array, step: float) -> LastKnown:
        """See areas (metric) from points (n, 2), their outlines to half a step (metres)."""
        apart = np.empty((len(areas), len(xy)))
        for number, area in enumerate(areas):
            rim = shapely.get_coordinates(shapely.segmentize(shapely.boundary(area), step / 2))
            apart[number] = spatial.cKDTree(rim).query(xy)[0] / 1000
            shapely.prepare(area)
            apart[number, shapely.intersects_xy(area, xy)] = 0.0
        return cls._told_apart(apart)

    @classmethod
    def on_grid(cls, areas: Sequence[shapely.Geometry], grid: Grid) -> LastKnown:
        """See areas (metric) from the nodes of a grid, to the step where the areas are far."""
        xy, shape = grid.xy, (grid.rows, grid.columns)
        apart = np.empty((len(areas), len(xy)))
        for number, area in enumerate(areas):
            shapely.prepare(area)
            inside = shapely.intersects_xy(area, xy)
            if not inside.any():
                apart[number] = cls.seen([area], xy, grid.step).apart_km[0]
                continue
            rough = ndimage.distance_transform_edt(~inside.reshape(shape)).ravel() * grid.step
            near = ~inside & (rough < NEAR_STEPS * grid.step)
            # Half a step, on average, lies between the outermost node inside and the outline.
            apart[number] = np.maximum(rough - grid.step / 2, 0.0) / 1000
            rim = shapely.get_coordinates(shapely.segmentize(shapely.boundary(area), grid.step / 2))
            apart[number, near] = spatial.cKDTree(rim).query(xy[near])[0] / 1000
            apart[number, inside] = 0.0
        return cls._told_apart(apart)

    @classmethod
    def _told_apart(cls, apart: Array) -> LastKnown:
        label = apart.argmin(axis=0)
        mine = np.arange(len(apart))[:, None] == label
        # Distance to the old line between each area and the rest.
        nearest = np.where(mine, np.inf, apart).min(axis=0, initial=1e3)
        held = prior_mean_km(np.where(mine, nearest, apart))
        return cls(label, apart, mine, nearest, np.where(mine, held, -held))
