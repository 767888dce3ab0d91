"""Points in an order in which neighbours are near each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["along_hilbert"]

LEVEL = 16


def along_hilbert(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Order points (n, 2) along a Hilbert curve through their box (Hilbert 1891).

    Returns
    -------
    array
        Numbers of the points; those in one cell of the curve stay in the order given.

    Examples
    --------
    >>> along_hilbert(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])).tolist()
    [0, 2, 3, 1]
    """
    most = 2**LEVEL - 1
    low, width = xy.min(axis=0), np.ptp(xy, axis=0)
    steps = np.divide(most, width, out=np.zeros(2), where=width > 0)
    x, y = np.clip((xy - low) * steps, 0, most).astype(np.int64).T
    along = np.zeros(len(xy), dtype=np.int64)
    for level in reversed(range(LEVEL)):
        right, up = (x >> level) & 1, (y >> level) & 1
        along = along * 4 + ((3 * right) ^ up)
        # Each quarter is walked through turned or mirrored, so that the ends meet.
        mirrored = (up == 0) & (right == 1)
        x, y = np.where(mirrored, most - x, x), np.where(mirrored, most - y, y)
        x, y = np.where(up == 0, y, x), np.where(up == 0, x, y)
    return np.argsort(along, kind="stable")
