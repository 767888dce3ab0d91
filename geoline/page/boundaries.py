"""Boundaries of many days, each stretch stored once with the days on which it stands.

From one day to the next most of a front stays where it was. So the polygons and lines of all days
are cut into arcs: chains of segments that belong to the same shapes on the same days.
`geoline/page/scripts/shapes.js` puts the shapes of a day together again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

__all__ = ["pack_boundaries"]

# Coordinates lie in this range in any unit that the page uses, so two of them fit into one integer.
_SHIFT = 32


def pack_boundaries(
    days: Sequence[Mapping[int, Sequence[Sequence[int]]]], tolerance: float = 0.0
) -> dict[str, Any]:
    """Cut the shapes of many days into arcs.

    Parameters
    ----------
    days
        For each day the rings and lines of each shape, by the shape's number (0 to 61): flat lists
        of differences as `geoline.page.html_page.encode_line` writes them. Rings are closed.
    tolerance
        Points of an arc nearer than this to the line without them are left out (Douglas and
        Peucker), in the unit of the lists. Neighbours keep one boundary, since it is one arc.

    Returns
    -------
    dict
        `points`, the arcs one after another, each point relative to the one before it, latitude
        first; `sizes`, the number of points of each arc; `use`, for each arc its row of `uses`.
        Such a row lists day and mask in turn, from each day on that changes the mask; bit n of a
        mask is set where the arc is a boundary of shape n. A segment that a shape has twice on one
        day bounds nothing and is left out.

    Examples
    --------
    >>> square = [0, 0, 0, 9, 9, 0, 0, -9, -9, 0]
    >>> packed = pack_boundaries([{0: [square]}, {0: [square]}, {}])
    >>> packed["points"], packed["uses"]
    ([0, 0, 0, 9, 9, 0, 0, -9, -9, 0], [[0, 1, 2, 0]])
    """
    starts, ends, day, shape = _segments(days)
    if len(starts) == 0:
        return {"points": [], "sizes": [], "use": [], "uses": []}
    # Whole numbers sort faster than rows: points are numbered, and a pair of them is one number.
    points, ends_of = np.unique(np.concatenate((starts, ends)), return_inverse=True)
    pairs = np.sort(ends_of.reshape(2, -1), axis=0)
    keys, which = np.unique(pairs[0] * len(points) + pairs[1], return_inverse=True)
    segments = np.column_stack((points[keys // len(points)], points[keys % len(points)]))
    masks = np.zeros((len(segments), len(days)), dtype=np.min_scalar_type(1 << int(shape.max())))
    np.bitwise_xor.at(masks, (which, day), (1 << shape).astype(masks.dtype))
    kept = masks.any(axis=1)
    segments, masks = segments[kept], masks[kept]
    known: dict[bytes, int] = {}
    use = np.array([known.setdefault(row.tobytes(), len(known)) for row in masks], dtype=np.int64)
    rows = np.frombuffer(b"".join(known), dtype=masks.dtype).reshape(len(known), -1)
    arcs = _chains(segments, use)
    arcs.sort(key=lambda arc: arc[0])
    sizes = np.array([len(arc) for _, arc in arcs], dtype=np.int64)
    corners = _unpacked(np.array([point for _, arc in arcs for point in arc], dtype=np.int64))
    if tolerance:
        corners, sizes = _simplified(corners, sizes, tolerance)
    return {
        "points": np.diff(corners, axis=0, prepend=0).ravel().tolist(),
        "sizes": sizes.tolist(),
        "use": [number for number, _ in arcs],
        "uses": [_runs(row) for row in rows],
    }


def _segments(
    days: Sequence[Mapping[int, Sequence[Sequence[int]]]],
) -> tuple[Integers, Integers, Integers, Integers]:
    """Start, end, day and shape of every segment of every line; points packed into integers."""
    lines: list[Sequence[int]] = []
    day: list[int] = []
    shape: list[int] = []
    for number, shapes in enumerate(days):
        for name, parts in shapes.items():
            lines.extend(parts)
            day.extend([number] * len(parts))
            shape.extend([name] * len(parts))
    sizes = np.array([len(line) // 2 for line in lines], dtype=np.int64)
    if sizes.sum() == 0:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty, empty
    flat = np.fromiter((value for line in lines for value in line), np.int64, 2 * int(sizes.sum()))
    points = np.cumsum(flat.reshape(-1, 2), axis=0)
    # Each line begins with an absolute pair: what was summed up before it is taken off again.
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    before = np.vstack((np.zeros((1, 2), dtype=np.int64), points))[first]
    points -= np.repeat(before, sizes, axis=0)
    packed = (points[:, 0] << _SHIFT) + points[:, 1]
    line = np.repeat(np.arange(len(lines)), sizes)
    joined = (line[1:] == line[:-1]) & (packed[1:] != packed[:-1])
    of = line[:-1][joined]
    return (
        packed[:-1][joined],
        packed[1:][joined],
        np.array(day, dtype=np.int64)[of],
        np.array(shape, dtype=np.int64)[of],
    )


def _unpacked(points: Integers) -> Integers:
    low = ((points + (1 << (_SHIFT - 1))) % (1 << _SHIFT)) - (1 << (_SHIFT - 1))
    return np.column_stack(((points - low) >> _SHIFT, low))


def _simplified(points: Integers, sizes: Integers, tolerance: float) -> tuple[Integers, Integers]:
    lines = shapely.linestrings(points, indices=np.repeat(np.arange(len(sizes)), sizes))
    lines = shapely.simplify(lines, tolerance, preserve_topology=False)
    kept = np.rint(shapely.get_coordinates(lines)).astype(np.int64)
    return kept, shapely.get_num_coordinates(lines).astype(np.int64)


def _chains(segments: Integers, use: Integers) -> list[tuple[int, list[int]]]:
    """Join segments of the same use end to end, as far as exactly two meet in a point."""
    at: dict[tuple[int, int], list[int]] = defaultdict(list)
    ends, uses = segments.tolist(), use.tolist()
    for number, (a, b) in enumerate(ends):
        at[uses[number], a].append(number)
        at[uses[number], b].append(number)
    left = [True] * len(ends)

    def walk(number: int, point: int) -> list[int]:
        """Go from one end of a segment to its other end and on while the way is plain."""
        chain = [point]
        while left[number]:
            left[number] = False
            a, b = ends[number]
            point = b if point == a else a
            chain.append(point)
            here = at[uses[number], point]
            if len(here) != 2:  # noqa: PLR2004  (a pair)
                break
            number = here[0] if here[1] == number else here[1]
        return chain

    open_ended = [
        (number, point)
        for (_, point), here in at.items()
        if len(here) != 2  # noqa: PLR2004
        for number in here
    ]
    chains = [(uses[n], walk(n, point)) for n, point in open_ended if left[n]]
    # What is left are rings without an end.
    chains.extend((uses[n], walk(n, a)) for n, (a, _) in enumerate(ends) if left[n])
    return chains


def _runs(row: npt.NDArray[Any]) -> list[int]:
    turns = np.flatnonzero(np.diff(row, prepend=0) != 0)
    return [int(value) for day in turns for value in (day, row[day])]
