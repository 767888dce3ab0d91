"""Polygons in few bytes: on a grid, each point as its difference from the one before.

A file is deflated. It begins with the length of a JSON head (four bytes, little-endian) and the
head: `grid`, steps a degree; `countries` and `lakes`, records with their `polygons`, lists of the
numbers of points of each ring. Then come all rings, x and y in turn: differences on the grid,
zigzag and variable length (seven bits a byte, the lowest first). Rings are stored without their
last point, which is the first.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

__all__ = ["GRID", "pack", "polygons", "unpack"]

# Steps a degree: 110 m of latitude.
GRID = 1_000
_SEVEN, _MORE, _LEAST_POINTS = 7, 0x80, 3


def pack(layers: dict[str, list[dict[str, Any]]]) -> bytes:
    """Pack records by layer; the geometry of each stands under `geometry`, degrees."""
    numbers: list[Integers] = []
    head: dict[str, Any] = {"grid": GRID}
    for layer, records in layers.items():
        head[layer] = []
        for record in records:
            sizes = []
            for part in shapely.get_parts(record["geometry"]):
                rings = [_on_grid(ring) for ring in shapely.get_rings(part)]
                if len(rings[0]) < _LEAST_POINTS:
                    continue
                kept = [rings[0], *(r for r in rings[1:] if len(r) >= _LEAST_POINTS)]
                sizes.append([len(ring) for ring in kept])
                numbers += kept
            said = {key: value for key, value in record.items() if key != "geometry"}
            head[layer].append({**said, "polygons": sizes})
    # One chain over all rings: the first point of a ring is told from the last one before it.
    chain = np.concatenate([np.zeros((1, 2), dtype=np.int64), *numbers])
    deltas = (chain[1:] - chain[:-1]).ravel()
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    raw = (
        len(text).to_bytes(4, "little")
        + text
        + _bytes(np.where(deltas < 0, ~(deltas * 2), deltas * 2))
    )
    return zlib.compress(raw, 9)


def unpack(packed: bytes) -> tuple[dict[str, Any], Integers]:
    """Give the head and all points, (n, 2) on the grid."""
    raw = zlib.decompress(packed)
    end = 4 + int.from_bytes(raw[:4], "little")
    values = _numbers(np.frombuffer(raw, np.uint8, offset=end))
    deltas = np.where(values & 1, ~(values >> 1), values >> 1)
    return json.loads(raw[4:end]), np.cumsum(deltas.reshape(-1, 2), axis=0)


def polygons(points: Integers, sizes: Sequence[Sequence[int]]) -> shapely.Geometry:
    """Make a valid MultiPolygon (degrees) of the points of its rings."""
    at, made = 0, []
    for part in sizes:
        rings = []
        for size in part:
            rings.append(shapely.linearrings(points[at : at + size] / GRID))
            at += size
        made.append(shapely.polygons(rings[0], rings[1:] or None))
    return shapely.make_valid(shapely.multipolygons(made), method="structure")


def _on_grid(ring: shapely.Geometry) -> Integers:
    xy = np.rint(shapely.get_coordinates(ring)[:-1] * GRID).astype(np.int64)
    kept: Integers = xy[(xy != np.roll(xy, 1, axis=0)).any(axis=1)]
    return kept


def _bytes(values: Integers) -> bytes:
    """Write numbers of zero and more in as few bytes as they need."""
    out = bytearray()
    for value in values.tolist():
        rest = value
        while rest >= _MORE:
            out.append(rest & (_MORE - 1) | _MORE)
            rest >>= _SEVEN
        out.append(rest)
    return bytes(out)


def _numbers(stream: npt.NDArray[np.uint8]) -> Integers:
    """Read them again, all at once."""
    last = stream < _MORE
    number: Integers = np.cumsum(last) - last
    first = np.flatnonzero(np.concatenate(([True], last[:-1])))
    place = np.arange(len(stream)) - first[number]
    values = np.zeros(int(last.sum()), dtype=np.int64)
    np.add.at(values, number, (stream.astype(np.int64) & (_MORE - 1)) << (_SEVEN * place))
    return values
