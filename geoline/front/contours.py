"""From fields on a grid of nodes to the lines between the areas where each is the greatest.

Nodes lie on a square grid, rows from south to north. Each square is cut into two triangles
(marching triangles), so that the lines of several parties meet in points and leave no gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.front.coverage import GRID_M

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.intp]

__all__ = ["Grid", "contours"]

# A line keeps this share of the step away from every node, so that no two of its points coincide.
OFF_NODE = 0.04


@dataclass(frozen=True, slots=True)
class Grid:
    """Nodes at (west + column × step, south + row × step), metres."""

    west: float
    south: float
    step: float
    rows: int
    columns: int

    @classmethod
    def over(cls, bounds: npt.ArrayLike, step: float) -> Grid:
        """Cover bounds (west, south, east, north) with two nodes to spare on each side."""
        west, south, east, north = np.asarray(bounds, dtype=float) / step
        first, lowest = np.floor(west) - 2, np.floor(south) - 2
        columns, rows = int(np.ceil(east) - first) + 3, int(np.ceil(north) - lowest) + 3
        return cls(float(first * step), float(lowest * step), step, rows, columns)

    @property
    def box(self) -> shapely.Geometry:
        """What the nodes span."""
        east = self.west + (self.columns - 1) * self.step
        north = self.south + (self.rows - 1) * self.step
        return shapely.box(self.west, self.south, east, north)

    @property
    def xy(self) -> Array:
        """Coordinates of all nodes, (rows × columns, 2), row by row."""
        return self.xy_of(np.arange(self.rows * self.columns))

    def xy_of(self, nodes: Numbers) -> Array:
        """Coordinates of some nodes by their numbers, which go row by row: (n, 2)."""
        row, column = np.divmod(nodes, self.columns)
        return np.column_stack((self.west + self.step * column, self.south + self.step * row))

    def nodes_at(self, xy: Array) -> tuple[Numbers, Numbers, npt.NDArray[np.bool_]]:
        """Row and column of the node nearest to each point (n, 2), and whether it lies within.

        Points off the grid are given the node of its rim.
        """
        column = np.rint((xy[:, 0] - self.west) / self.step)
        row = np.rint((xy[:, 1] - self.south) / self.step)
        within = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        rim = np.clip(row, 0, self.rows - 1), np.clip(column, 0, self.columns - 1)
        return rim[0].astype(np.intp), rim[1].astype(np.intp), within

    def sample(self, values: Array, xy: Array) -> Array:
        """Interpolate values (…, rows, columns) at points (n, 2) between the nodes: (…, n)."""
        column = np.clip((xy[:, 0] - self.west) / self.step, 0, self.columns - 1.001)
        row = np.clip((xy[:, 1] - self.south) / self.step, 0, self.rows - 1.001)
        j, i = column.astype(int), row.astype(int)
        right, up = column - j, row - i
        low = values[..., i, j] * (1 - right) + values[..., i, j + 1] * right
        high = values[..., i + 1, j] * (1 - right) + values[..., i + 1, j + 1] * right
        between: Array = low * (1 - up) + high * up
        return between


def contours(
    grid: Grid, label: Numbers, fields: Array, unmoved: tuple[Numbers, Array] | None = None
) -> npt.NDArray[np.object_]:
    """Draw the lines between differently labelled nodes.

    Parameters
    ----------
    grid
        Where the nodes are.
    label
        (rows, columns), the number of the field that is taken at each node.
    fields
        (fields, rows, columns); a line runs where the fields of its two sides are equal.
    unmoved
        Labels of earlier and, for each field, the distance to its area of then: beside a node that
        kept its label a line runs where it did.

    Returns
    -------
    array of LineString
        On the grid of `GRID_M`, cut where three areas meet.
    """
    flat = label.ravel()
    one, *others = label[:-1, :-1], label[:-1, 1:], label[1:, 1:], label[1:, :-1]
    row, column = np.nonzero((one != others[0]) | (one != others[1]) | (one != others[2]))
    corner = row * grid.columns + column
    up = corner + grid.columns
    mixed = np.stack((corner, corner + 1, up + 1, up), axis=-1)
    triangles = np.concatenate((mixed[:, [0, 1, 2]], mixed[:, [0, 2, 3]]))
    values = fields.reshape(len(fields), -1)
    old = None if unmoved is None else (unmoved[0].ravel(), unmoved[1].reshape(len(fields), -1))

    def crossing(a: Numbers, b: Numbers) -> Array:
        p, q = np.minimum(a, b), np.maximum(a, b)
        mine, other = flat[p], flat[q]
        here = values[mine, p] - values[other, p]
        there = values[other, q] - values[mine, q]
        if old is not None:
            was, was_other = old[0][p], old[0][q]
            kept = (was != was_other) & ((was == mine) | (was_other == other))
            here = np.where(kept, old[1][was_other, p], here)
            there = np.where(kept, old[1][was, q], there)
        share = np.clip(here / np.maximum(here + there, 1e-12), OFF_NODE, 1 - OFF_NODE)[:, None]
        return np.rint((grid.xy_of(p) * (1 - share) + grid.xy_of(q) * share) / GRID_M) * GRID_M

    label3 = flat[triangles]
    same = label3 == np.roll(label3, -1, axis=1)  # corner k and k + 1
    pieces = []
    for k in range(3):
        two = same[:, k] & ~same.all(axis=1)  # corner k + 2 stands alone
        alone, one, next_one = (triangles[two, (k + n) % 3] for n in (2, 0, 1))
        pieces.append(np.stack((crossing(alone, one), crossing(alone, next_one)), axis=1))
    three = triangles[~same.any(axis=1)]
    if len(three):
        points = [crossing(three[:, k], three[:, (k + 1) % 3]) for k in range(3)]
        middle = np.rint(np.mean(points, axis=0) / GRID_M) * GRID_M
        pieces += [np.stack((point, middle), axis=1) for point in points]
    segments = np.concatenate(pieces)
    segments = segments[(segments[:, 0] != segments[:, 1]).any(axis=1)]
    if len(segments) == 0:
        return np.array([], dtype=object)
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(segments)))
    return np.asarray(shapely.get_parts(merged), dtype=object)
