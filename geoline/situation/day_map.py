"""The map of a day, asked about points: whose ground, how far to the front, is there a way out.

All coordinates are metres in the metric CRS of the map. A side is a party with its allies. A way
out leads over the side's own ground (contested ground counted, for it is passed under fire) to its
main area, to where the map ends and the land goes on, or to a country that is the side's own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence  # noqa: TC003  (dataclasses resolve them)
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geoline.front import WGS84, reprojected
from geoline.holder import CONTESTED, UNKNOWN
from geoline.libraries import spatial

if TYPE_CHECKING:
    from geoline.front import Drawing

__all__ = ["DayMap", "WaysOut", "ways_out"]

Shapes = npt.NDArray[np.object_]

# Borders are digitised to about a kilometre; a settlement is a kilometre wide (metres).
BORDER_M = 2000.0
# How far inside a country the edge of the map lies where the land goes on (metres).
INLAND_M = 5000.0
# The rim of a band is no sharper than this (metres).
RIM_M = 50.0
# Lines are cut into pieces of this length, so many of which are measured for each point (metres).
PIECE_M, PIECES_MEASURED = 300.0, 6


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Where ways lead out of the map: `edge`, where the land goes on; `home`, a party's country."""

    edge: shapely.Geometry = field(default_factory=shapely.LineString)
    home: Mapping[str, shapely.Geometry] = field(default_factory=dict)


def ways_out(
    land: shapely.Geometry,
    countries: Collection[shapely.Geometry],
    home: Mapping[str, shapely.Geometry],
) -> WaysOut:
    """Find where ways lead out of a map.

    Parameters
    ----------
    land
        The land that areas are drawn on, metric.
    countries
        Countries, also beyond that land, in the same CRS.
    home
        Country by party, where it has one.
    """
    inland = shapely.union_all(shapely.buffer(list(countries), -INLAND_M, quad_segs=2))
    edge = shapely.intersection(shapely.boundary(land), inland)
    return WaysOut(edge, {p: shapely.buffer(c, BORDER_M, quad_segs=2) for p, c in home.items()})


@dataclass(slots=True)
class DayMap:
    """Areas, front and band of a day.

    Parameters
    ----------
    owners, areas
        Who holds each area, and the areas, in one metric CRS.
    pairs, lines
        Who meets at each part of the front, and these parts, in that CRS.
    draw_band
        Gives the band, an array of geometries in that CRS; called when it is first asked for.
    out
        Where ways lead out of the map.
    """

    owners: Sequence[str]
    areas: Shapes
    pairs: Sequence[tuple[str, str]]
    lines: Shapes
    draw_band: Callable[[], Shapes]
    out: WaysOut = field(default_factory=WaysOut)
    _lines: _Lines = field(init=False, repr=False)
    _pairs: Shapes = field(init=False, repr=False)
    _holders: Shapes = field(init=False, repr=False)
    _band: tuple[shapely.Geometry, _Lines] | None = field(init=False, repr=False)
    _free: dict[frozenset[str], tuple[shapely.Geometry, npt.NDArray[np.object_]]] = field(
        init=False, repr=False
    )

    def __post_init__(self) -> None:
        self._lines = _Lines(self.lines)
        self._pairs = np.array(self.pairs, dtype=object).reshape(-1, 2)
        self._holders = np.array(self.owners, dtype=object)
        shapely.prepare(self.areas)
        self._band = None
        self._free = {}

    @classmethod
    def of(
        cls, drawing: Drawing, crs: str, draw_band: Callable[[], Shapes], out: WaysOut
    ) -> DayMap:
        """Make the map of what is drawn of a day (`draw_band` too in EPSG:4326) in a metric CRS."""
        areas, lines = drawing.in_metres(crs)
        return cls(
            drawing.holders,
            areas,
            drawing.pairs,
            lines,
            lambda: reprojected(draw_band(), WGS84, crs),
            out,
        )

    def holders(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.object_]:
        """Holder of the ground at each point (n, 2); `unknown` where no area is drawn."""
        found = np.full(len(xy), UNKNOWN, dtype=object)
        for holder, area in zip(self._holders, self.areas, strict=True):
            found[shapely.intersects_xy(area, xy) & (found == UNKNOWN)] = holder
        return found

    def to_front(
        self, xy: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.object_]]:
        """Metres from each point to the front, and the two holders (n, 2) that meet there.

        Without a front the distance is infinite and both holders are `unknown`.
        """
        metres, row = self._lines.nearest(xy)
        sides = np.full((len(xy), 2), UNKNOWN, dtype=object)
        near = row >= 0
        sides[near] = self._pairs[row[near]]
        return metres, sides

    def to_band(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Metres from each point to the rim of the band, negative inside it; inf without one."""
        if self._band is None:
            band = shapely.union_all(self.draw_band())
            edge = shapely.LineString() if band.is_empty else shapely.boundary(band)
            rim = shapely.simplify(edge, RIM_M)
            shapely.prepare(band)
            self._band = band, _Lines(np.array([rim]))
        band, rims = self._band
        metres, _ = rims.nearest(xy)
        return np.where(shapely.intersects_xy(band, xy), -metres, metres)

    def distance_range(
        self, xy: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Metres from points (n, 2) to the front, and the least and most that the band allows."""
        metres, _ = self.to_front(xy)
        rim = self.to_band(xy)
        drawn = np.isfinite(metres) & np.isfinite(rim)
        half = np.zeros(len(metres))
        half[drawn] = np.maximum(metres[drawn] - rim[drawn], 0.0)
        return metres, np.where(drawn, np.maximum(rim, 0.0), metres), metres + half

    def enclosed(self, xy: npt.NDArray[np.float64], side: Collection[str]) -> npt.NDArray[np.bool_]:
        """Whether no way out leads from each point (n, 2) for a side."""
        free = self._split(side)[0]
        shapely.prepare(free)
        return ~np.asarray(shapely.intersects_xy(free, xy))

    def pockets(self, side: Collection[str]) -> npt.NDArray[np.object_]:
        """Polygons (metric CRS) of the side's own ground without a way out, the largest first."""
        return self._split(side)[1]

    def _split(self, side: Collection[str]) -> tuple[shapely.Geometry, npt.NDArray[np.object_]]:
        """Ground that a way out leads from, and the parts of the side's own that none does."""
        members = frozenset(side)
        if members not in self._free:
            home = [country for party, country in self.out.home.items() if party in members]
            own = self.areas[np.isin(self._holders, list(members))]
            fought = self.areas[self._holders == CONTESTED]
            parts = shapely.get_parts(shapely.union_all([*own, *fought]))
            held = shapely.intersection(parts, shapely.union_all(own))
            size = shapely.area(held)
            free = (size > 0) & (size == size.max(initial=0.0))
            ways = shapely.union_all([*home, self.out.edge])
            free |= (size > 0) & shapely.intersects(parts, ways)
            shut = held[~free & (size > 0)]
            self._free[members] = (
                shapely.union_all([*parts[free], *home]),
                shut[np.argsort(-shapely.area(shut))],
            )
        return self._free[members]


class _Lines:
    """Lines cut into short straight pieces, asked which of them is nearest.

    The pieces whose middles are nearest are measured exactly; further ones cannot be nearer by
    more than a few metres, and only where the point lies far off.
    """

    def __init__(self, lines: npt.NDArray[np.object_]) -> None:
        parts, line = shapely.get_parts(lines, return_index=True)
        xy, part = shapely.get_coordinates(shapely.segmentize(parts, PIECE_M), return_index=True)
        follows = part[1:] == part[:-1]
        self._start, self._step = xy[:-1][follows], np.diff(xy, axis=0)[follows]
        self._line = line[part[:-1][follows]]
        self._middles = spatial.cKDTree(self._start + self._step / 2) if len(self._start) else None

    def nearest(
        self, xy: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
        """Metres from each point to the nearest line and its number; inf and -1 without lines."""
        if self._middles is None or len(xy) == 0:
            return np.full(len(xy), np.inf), np.full(len(xy), -1)
        count = min(PIECES_MEASURED, len(self._start))
        near = np.asarray(self._middles.query(xy, k=range(1, count + 1))[1])
        start, step = self._start[near], self._step[near]
        back = xy[:, None, :] - start
        part = (back * step).sum(axis=2) / np.maximum((step**2).sum(axis=2), 1e-9)
        off = back - np.clip(part, 0, 1)[:, :, None] * step
        metres = np.hypot(off[:, :, 0], off[:, :, 1])
        best = metres.argmin(axis=1)
        rows = np.arange(len(xy))
        return metres[rows, best], self._line[near[rows, best]]
