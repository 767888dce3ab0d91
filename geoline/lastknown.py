"""The last known areas, as seen from points: whose each is, and how hard it is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geoline.field import UNPROVOKED_KM, warped

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.intp]

__all__ = ["LastKnown"]


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
    held_km
        (areas, points), prior mean of the field of each area's holder while no hold is loosened.
    """

    label: Numbers
    apart_km: Array
    mine: npt.NDArray[np.bool_]
    held_km: Array

    @classmethod
    def seen(cls, areas: Sequence[shapely.Geometry], xy: Array, step: float) -> LastKnown:
        """See areas (metric) from points (n, 2), their outlines to half a step (metres)."""
        apart = np.empty((len(areas), len(xy)))
        for number, area in enumerate(areas):
            rim = shapely.get_coordinates(shapely.segmentize(shapely.boundary(area), step / 2))
            apart[number] = cKDTree(rim).query(xy)[0] / 1000
            shapely.prepare(area)
            apart[number, shapely.intersects_xy(area, xy)] = 0.0
        label = apart.argmin(axis=0)
        mine = np.arange(len(apart))[:, None] == label
        # Distance to the old line between each area and the rest.
        nearest = np.where(mine, np.inf, apart).min(axis=0, initial=1e3)
        held = warped(np.where(mine, nearest, apart)) + UNPROVOKED_KM
        return cls(label, apart, mine, np.where(mine, held, -held))

    def prior_km(self, loose: Array) -> Array:
        """Give prior means (areas, points), for how loose each point's hold is."""
        return self.held_km + np.where(self.mine, -UNPROVOKED_KM, UNPROVOKED_KM) * loose
