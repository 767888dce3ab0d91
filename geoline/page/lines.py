"""Lines and polygons as flat lists of small whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely import Polygon

__all__ = ["decode_line", "encode_line", "encode_polygon"]

# Steps of the encoded coordinates in one degree: 1e-4 degree is about 11 m north to south.
STEPS_PER_DEGREE = 10_000


def encode_line(coords: NDArray[np.float64]) -> list[int]:
    """Write a line as a flat list of differences.

    Parameters
    ----------
    coords
        Array of shape (n, 2): longitude and latitude in degrees, WGS 84, as shapely gives them.

    Returns
    -------
    list
        Latitude and longitude of the first point, then the step to each later one, in units of
        1e-4 degree. Points that fall on the one before them are left out. Empty if there are none.

    Examples
    --------
    >>> encode_line(np.array([[36.68, 35.64], [36.81, 35.86]]))
    [356400, 366800, 2200, 1300]
    """
    if len(coords) == 0:
        return []
    steps = np.rint(np.asarray(coords, dtype=np.float64)[:, 1::-1] * STEPS_PER_DEGREE)
    units = steps.astype(np.int64)
    moves = np.diff(units, axis=0)
    moves = moves[moves.any(axis=1)]
    flat: list[int] = np.concatenate([units[:1], moves]).ravel().tolist()
    return flat


def decode_line(flat: Sequence[int]) -> NDArray[np.float64]:
    """Read a line that `encode_line` wrote.

    Returns
    -------
    numpy.ndarray
        Array of shape (n, 2): longitude and latitude in degrees, WGS 84.

    Examples
    --------
    >>> decode_line([356400, 366800, 2200, 1300]).tolist()
    [[36.68, 35.64], [36.81, 35.86]]
    """
    pairs = np.asarray(flat, dtype=np.int64).reshape(-1, 2)
    degrees: NDArray[np.float64] = np.cumsum(pairs, axis=0)[:, ::-1] / STEPS_PER_DEGREE
    return degrees


def encode_polygon(polygon: Polygon) -> list[list[int]]:
    """Write a polygon as its rings, the outer one first, each as `encode_line` writes it.

    Parameters
    ----------
    polygon
        In longitude and latitude, degrees, WGS 84.

    Returns
    -------
    list
        Rings that keep at least three corners at this precision; empty if the outer one does not.
    """
    least = 8  # numbers in a closed ring of three corners
    outer = encode_line(np.asarray(polygon.exterior.coords)[:, :2]) if not polygon.is_empty else []
    if len(outer) < least:
        return []
    inner = [encode_line(np.asarray(ring.coords)[:, :2]) for ring in polygon.interiors]
    return [outer, *(ring for ring in inner if len(ring) >= least)]
