"""Degrees to metres and back, on arrays of geometries."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.libraries import pyproj

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Shapes = npt.NDArray[np.object_]

__all__ = ["WGS84", "equal_area", "equal_area_crs", "reprojected"]

WGS84 = "EPSG:4326"


def equal_area(bounds: Sequence[float]) -> str:
    """Lambert azimuthal equal-area CRS (metres) centred on bounds, in the words of PROJ.

    Parameters
    ----------
    bounds
        West, south, east, north, degrees.
    """
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84 +units=m"


def equal_area_crs(bounds: Sequence[float]) -> pyproj.CRS:
    """Give the CRS of `equal_area` as an object."""
    return _crs(equal_area(bounds))


@cache
def _crs(words: str) -> pyproj.CRS:
    return pyproj.CRS.from_user_input(words)


@cache
def _transformer(source: str, target: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(_crs(source), _crs(target), always_xy=True)


def reprojected(shapes: Sequence[shapely.Geometry] | Shapes, source: str, target: str) -> Shapes:
    """Give geometries in another CRS, their coordinates moved one by one.

    Parameters
    ----------
    shapes
        Geometries (n,) in the CRS `source`, longitude or x first.
    source, target
        CRS: `WGS84`, or what `equal_area` gives.
    """
    found = np.array([*shapes, None], dtype=object)[:-1]
    if source == target or not len(found):
        return found
    xy = shapely.get_coordinates(found)
    moved = np.column_stack(_transformer(source, target).transform(xy[:, 0], xy[:, 1]))
    return np.asarray(shapely.set_coordinates(shapely.force_2d(found), moved), dtype=object)
