"""Where names go on a printed map, so that none lies on another.

Names are placed in order of their rank, each at the best of eight positions round its point, or of
eight farther off; one that finds no free position is left out. All lengths are points (1/72 inch)
on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

__all__ = ["AWAY", "FAR_AWAY", "Box", "Placed", "Room"]

# West, south, east, north.
Box = tuple[float, float, float, float]

# Positions round a point, best first: where the box's centre lies, in halves of its size.
# Right of the point before left of it, above before below (Imhof's order).
POSITIONS = ((1, 0.6), (1, -0.6), (1, 0), (-1, 0.6), (-1, -0.6), (-1, 0), (0, 1), (0, -1))
# How much farther off a name may stand where its place is crowded, and one that has to be found.
AWAY = (0.0, 4.5)
FAR_AWAY = (*AWAY, 11.0, 18.0, 26.0)
# What a point of line covered and a position further back cost.
COVER_COST, STEP_COST = 2.0, 1.5
# Free space round a name.
MARGIN = 1.2


@dataclass(frozen=True, slots=True)
class Placed:
    """The centre of a name on the paper and the box that it fills."""

    x: float
    y: float
    box: Box


class Room:
    """What is taken on the paper.

    Parameters
    ----------
    frame
        Names stay inside.
    lines
        Front and roads: names cover as little of them as they can.
    """

    def __init__(self, frame: Box, lines: shapely.Geometry) -> None:
        self.frame = frame
        self._lines = lines
        self._taken: list[Box] = []

    def take(self, boxes: Iterable[Box]) -> None:
        """Keep names off boxes."""
        self._taken += boxes

    def is_free(self, box: Box) -> bool:
        """Whether a box lies inside the frame and on nothing that is taken."""
        west, south, east, north = box
        if not (
            west >= self.frame[0]
            and south >= self.frame[1]
            and east <= self.frame[2]
            and north <= self.frame[3]
        ):
            return False
        taken: npt.NDArray[np.float64] = np.array(self._taken, dtype=float).reshape(-1, 4)
        beside = (taken[:, 2] <= west) | (taken[:, 0] >= east)
        apart = beside | (taken[:, 3] <= south) | (taken[:, 1] >= north)
        return bool(apart.all())

    def place(
        self,
        x: float,
        y: float,
        size: tuple[float, float],
        clear: float,
        away: Iterable[float] = AWAY,
    ) -> Placed | None:
        """Find room for a name at a point, and take it.

        Parameters
        ----------
        x, y
            The point.
        size
            Width and height of the name.
        clear
            Distance to keep from the point: the radius of its sign.
        away
            How much farther off it may stand, nearest first.
        """
        half_width, half_height = size[0] / 2 + MARGIN, size[1] / 2 + MARGIN
        best: tuple[float, Placed] | None = None
        for number, (off, (right, up)) in enumerate(product(away, POSITIONS)):
            at_x = x + right * (half_width + clear + off)
            at_y = y + up * (half_height + (0.0 if right else clear + off))
            box = (
                at_x - half_width,
                at_y - half_height,
                at_x + half_width,
                at_y + half_height,
            )
            if not self.is_free(box):
                continue
            covered = shapely.clip_by_rect(self._lines, *box).length
            cost = COVER_COST * covered + STEP_COST * number
            if best is None or cost < best[0]:
                best = cost, Placed(at_x, at_y, box)
        if best is None:
            return None
        self.take([best[1].box])
        return best[1]
