"""The course of a road of which only way-points are known: a curve through them.

A road bends gently where straight lines from way-point to way-point turn sharply. The curve is a
centripetal Catmull-Rom spline (Barry and Goldman 1988; Yuksel, Schaefer and Keyser 2011: no loops
and no cusps within a leg). It passes every way-point, and says of every vertex how far the
carriageway may be from there.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from geoline.highways.highway import BULGE, Course
from geoline.libraries import GEOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geoline.highways.highway import WayPoint

    Points = npt.NDArray[np.float64]

__all__ = ["curved_course"]

# Vertices within a leg.
WITHIN = 8


def curved_course(waypoints: Sequence[WayPoint]) -> Course:
    """Draw a curve through the way-points of a road.

    Parameters
    ----------
    waypoints
        In order, at least two, not all in one spot. Where two roads are one (`shared_with`), both
        get the same curve: what lies before and behind does not bend it.

    Returns
    -------
    Course
        With the stated error at a way-point, and half-way along a leg `BULGE` of its length more.
    """
    xy = np.array([(w.lon, w.lat) for w in waypoints], dtype=np.float64)
    stated = np.array([w.error_m for w in waypoints], dtype=np.float64)
    moved = np.concatenate(([True], (np.diff(xy, axis=0) != 0).any(axis=1)))
    xy, stated = xy[moved], stated[moved]
    kept = [w for w, keep in zip(waypoints, moved, strict=True) if keep]
    shared = [a.shared_with if a.shared_with == b.shared_with else "" for a, b in pairwise(kept)]
    lines: list[Points] = []
    start = 0
    for _, group in groupby(shared):
        end = start + len(list(group))
        lines.append(_spline(xy[start : end + 1]))
        start = end
    lonlat = np.concatenate([line if n == 0 else line[1:] for n, line in enumerate(lines)])
    part = np.tile(np.arange(WITHIN + 1) / (WITHIN + 1), len(xy) - 1)
    legs = np.repeat(np.arange(len(xy) - 1), WITHIN + 1)
    _, _, metres = GEOD.inv(xy[:-1, 0], xy[:-1, 1], xy[1:, 0], xy[1:, 1])
    error = stated[legs] * (1 - part) + stated[legs + 1] * part
    error += 4 * part * (1 - part) * BULGE * np.asarray(metres)[legs]
    return Course(lonlat, np.append(error, stated[-1]), surveyed=False)


def _spline(xy: Points) -> Points:
    """Give the way-points (n, 2) with `WITHIN` points of a curve between each two."""
    # Degrees of longitude are shorter: the curve is drawn in a plane of equal scale.
    scale = np.array([np.cos(np.radians(xy[:, 1].mean())), 1.0])
    points = xy * scale
    before, after = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    points = np.concatenate(([before], points, [after]))
    knots = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T) ** 0.5)))
    part = np.arange(WITHIN + 1) / (WITHIN + 1)
    p = [points[n : len(points) - 3 + n, None, :] for n in range(4)]
    t = [knots[n : len(knots) - 3 + n, None, None] for n in range(4)]
    at = t[1] + (t[2] - t[1]) * part[None, :, None]

    def between(low: int, high: int, a: Points, b: Points) -> Points:
        along: Points = (at - t[low]) / (t[high] - t[low])
        return np.asarray((1 - along) * a + along * b, dtype=np.float64)

    first, second, third = (between(n, n + 1, p[n], p[n + 1]) for n in range(3))
    curve = between(1, 2, between(0, 2, first, second), between(1, 3, second, third))
    line: Points = np.concatenate((curve.reshape(-1, 2), points[-2:-1])) / scale
    return line
