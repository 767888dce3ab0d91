"""The ground between places: whose it is, given who holds the places and who held what before.

Fields (`geoline.front.field`) are worked out on a grid of nodes, the areas cut along their
contours. What depends on the places and the last known areas alone is made once; a day adds the
holders.
"""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  (dataclasses resolve it)
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS
from scipy import ndimage
from scipy.spatial import cKDTree

from geoline.errors import RequestError
from geoline.front.contours import Grid, contours
from geoline.front.coverage import GRID_M, partition, polygonal
from geoline.front.field import (
    AFRESH,
    MOVED,
    Field,
    loosened,
    single_threaded,
    standing,
)
from geoline.front.last_known import LastKnown

__all__ = ["REACH_KM", "WGS84", "Ground", "equal_area_crs"]

WGS84 = CRS.from_epsg(4326)
REACH_KM = 40.0
# Spacing of the nodes (metres), unless there were more of them than this.
STEP_M, MOST_NODES = 500.0, 250_000
# The fields without their jump at the old line are smooth: every so many nodes are enough.
COARSE = 4
# A place is in question if one of this many nearest places is another's; all are if they are few.
AROUND, FEW = 8, 120
# … and of those that are not, one every so many metres is enough.
APART_M = 8_000.0
# Ground without a place of its holder, cut off by what changed, is nobody's pocket below this size.
CUT_OFF_KM2 = 100.0

# The band: so many times the distance from the line to the nearest known place, at least so much on
# either side (metres); drawn around pieces of the line no longer than this.
BAND_WIDTH, NARROWEST_M, BAND_STEP_M = 1.3, 1_000.0, 4_000.0

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Names = npt.NDArray[np.object_]


def equal_area_crs(bounds: Sequence[float]) -> CRS:
    """Lambert azimuthal equal-area CRS (metres) centred on bounds (west, south, east, north)."""
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return CRS.from_proj4(f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84 +units=m")


@dataclass(frozen=True, slots=True)
class _Posterior:
    """Fields of one day: the places that shape them, and one field a party."""

    parties: list[str]
    shaping: Numbers
    flipped: npt.NDArray[np.bool_]
    fields: dict[str, tuple[Field, int]]  # and whether it is the field or its negative


@dataclass(slots=True)
class Ground:
    """Places and the ground around them, made once and drawn as often as the holders change.

    Parameters
    ----------
    points
        The places (Points, any CRS); no two of them in one spot.
    frame
        What is land of the theatre (Polygon or MultiPolygon, EPSG:4326); None for as far as
        `reach_km` goes.
    reach_km
        How far a place speaks for its surroundings; ground beyond that, and outside the last known
        areas, is nobody's.
    baseline
        The last known areas, valid polygons with a column `holder`, any CRS.
    step_m
        Spacing of the nodes in metres; more where there would be too many.
    """

    points: gpd.GeoSeries
    frame: shapely.Geometry | None = None
    reach_km: float = REACH_KM
    baseline: gpd.GeoDataFrame | None = None
    step_m: float = STEP_M
    crs: CRS = field(init=False)
    xy: Array = field(init=False, repr=False)
    land: shapely.Geometry = field(init=False, repr=False)
    grid: Grid = field(init=False, repr=False)
    _coarse: Grid = field(init=False, repr=False)
    _names: list[str] = field(init=False, repr=False)
    _at_places: LastKnown | None = field(init=False, repr=False)
    _at_nodes: LastKnown | None = field(init=False, repr=False)
    _at_coarse: LastKnown | None = field(init=False, repr=False)
    _inside: npt.NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lonlat = self.points.to_crs(WGS84)
        self.crs = equal_area_crs(lonlat.total_bounds)
        points = lonlat.to_crs(self.crs)
        self.xy = shapely.get_coordinates(points.values)
        reach = self.reach_km * 1000
        # Grown and shrunk again, so that the outer edge shows no scallops between two places.
        near = shapely.union_all(shapely.buffer(points.values, 1.5 * reach, quad_segs=8))
        near = shapely.buffer(near, -0.5 * reach)
        self._names, areas = self._old_areas()
        if areas:
            near = shapely.union_all([near, *areas])
        if self.frame is not None:
            frame = gpd.GeoSeries([self.frame], crs=WGS84).to_crs(self.crs).iloc[0]
            near = shapely.intersection(frame, near)
        self.land = polygonal(np.array([shapely.set_precision(near, GRID_M)], dtype=object))[0]
        shapely.prepare(self.land)
        self._lay(areas)

    def _old_areas(self) -> tuple[list[str], list[shapely.Geometry]]:
        if self.baseline is None or self.baseline.empty:
            return [], []
        old = self.baseline.to_crs(self.crs)
        old = old.set_geometry(polygonal(shapely.make_valid(old.geometry.values)), crs=self.crs)
        names = sorted(set(old["holder"]))
        areas = [
            shapely.union_all(old.geometry[old["holder"] == name].values, grid_size=GRID_M)
            for name in names
        ]
        return names, areas

    def _lay(self, areas: list[shapely.Geometry]) -> None:
        """Lay the grid over where lines may run, and look at the last known areas from it."""
        bounds = np.array(self.land.bounds)
        step = max(self.step_m, float(np.sqrt(np.prod(bounds[2:] - bounds[:2]) / MOST_NODES)))
        self.grid = Grid.over(bounds, step)
        coarse = COARSE * step
        rows, columns = (-(-n // COARSE) + 1 for n in (self.grid.rows, self.grid.columns))
        self._coarse = Grid(self.grid.west, self.grid.south, coarse, rows, columns)
        nodes = self.grid.xy
        self._inside = shapely.intersects_xy(self.land, nodes)
        self._at_places = self._at_nodes = self._at_coarse = None
        if areas:
            self._at_places = LastKnown.seen(areas, self.xy, step)
            self._at_nodes = LastKnown.on_grid(areas, self.grid)
            self._at_coarse = LastKnown.on_grid(areas, self._coarse)

    @property
    def smoothing_m(self) -> float:
        """Bends below this are taken out of lines, in metres."""
        return self.grid.step / 2

    @single_threaded()
    def paint(self, holders: Sequence[str | None]) -> dict[str, shapely.Geometry]:
        """Draw the areas by holder; they tile the ground (metric, in `crs`, on a 1 m grid).

        Parameters
        ----------
        holders
            One a place, in their order; None where the holder is not known.

        Raises
        ------
        RequestError
            If no holder is known.
        """
        names = np.array([h or "" for h in holders], dtype=object)
        known = names != ""
        if not known.any():
            message = "no place has a holder, so that there is nothing to draw; give at least one"
            raise RequestError(message)
        posterior = self._posterior(names)
        parties = np.array(posterior.parties, dtype=object)
        values = self._values(posterior, self._at_nodes)
        label = self._without_cut_off(values, posterior, names)
        unmoved = None
        if self._at_nodes is not None:
            apart = self._by_party(self._at_nodes.apart_km, posterior.parties, 1e3)
            old = np.searchsorted(parties, np.array(self._names, dtype=object))
            shape = (self.grid.rows, self.grid.columns)
            unmoved = old[self._at_nodes.label].reshape(shape), apart.reshape(len(parties), *shape)
        arcs = contours(self.grid, label, values, unmoved)

        def owner(xy: Array) -> Names:
            taken: Names = parties[self.grid.sample(values, xy).argmax(axis=0)]
            return taken

        return partition(self.land, arcs, owner, self.xy[known], names[known], self.smoothing_m)

    def band(self, holders: Sequence[str | None], front: shapely.Geometry) -> shapely.Geometry:
        """Draw where the line may run (metric, in `crs`).

        What the line is off by grows with how far it runs from the nearest place whose holder is
        known: `BAND_WIDTH` times that, and never less than `NARROWEST_M`.

        Parameters
        ----------
        holders
            As `paint` was given them, None also where a place is contested.
        front
            The line that came of it, metric, in `crs`.
        """
        known = np.array([holder is not None for holder in holders])
        parts = shapely.get_parts(shapely.simplify(front, NARROWEST_M / 5))
        xy, part = shapely.get_coordinates(
            shapely.segmentize(parts, BAND_STEP_M), return_index=True
        )
        if not known.any() or len(xy) == 0:
            return shapely.Polygon()
        apart, _ = cKDTree(self.xy[known]).query(xy)
        width = np.maximum(BAND_WIDTH * apart, NARROWEST_M)
        follows = part[1:] == part[:-1]
        pieces = shapely.linestrings(np.stack((xy[:-1], xy[1:]), axis=1)[follows])
        wide = (width[:-1] + width[1:])[follows] / 2
        band = shapely.union_all(shapely.buffer(pieces, wide, quad_segs=3))
        # The line ends on the edge of the land; a little more, so that it lies in its band.
        return shapely.intersection(band, shapely.buffer(self.land, 5.0))

    def _posterior(self, names: Names) -> _Posterior:
        """Condition one field a party on the places that say where its line runs."""
        known = names != ""
        parties = sorted({*names[known], *self._names})
        flipped = np.zeros(len(names), dtype=bool)
        mean = np.zeros((len(parties), len(names)))
        if self._at_places is None:
            shaping, kernel = self._in_question(np.flatnonzero(known), names), AFRESH
        else:
            old = self._at_places
            flipped = known & (np.array(self._names, dtype=object)[old.label] != names)
            loose = self._loose(old.label, flipped, self.xy)
            near = np.flatnonzero(known & ((loose > 0) | flipped))
            shaping, kernel = self._moving(near, names), MOVED
            mean = self._prior(old, loose, parties)
        fields: dict[str, tuple[Field, int]] = {}
        held = sorted({*names[shaping], *(self._names if len(shaping) else ())})
        if len(held) > 1:
            covariance = kernel(self.xy[shaping], self.xy[shaping])
            for party in held[: 1 if len(held) == 2 else None]:  # noqa: PLR2004
                sign = np.where(names[shaping] == party, 1.0, -1.0)
                centre = mean[parties.index(party), shaping]
                fields[party] = Field.of(covariance, centre, sign), 1
            if len(held) == 2:  # noqa: PLR2004  (the other's field is the negative)
                fields[held[1]] = fields[held[0]][0], -1
        return _Posterior(parties, shaping, flipped, fields)

    def _in_question(self, known: Numbers, names: Names) -> Numbers:
        """Which known places lie near another party's; all of them if they are few."""
        return known if len(known) <= FEW else self._moving(known, names)

    def _moving(self, near: Numbers, names: Names) -> Numbers:
        """Of the places near what changed, those in question, and of the others one every 8 km."""
        if len(near) <= AROUND:
            return near
        tree = cKDTree(self.xy[near])
        _, around = tree.query(self.xy[near], k=AROUND)
        kept = (names[near][around] != names[near][:, None]).any(axis=1)
        for number in np.lexsort(self.xy[near].T):
            close = tree.query_ball_point(self.xy[near[number]], APART_M)
            same = names[near[close]] == names[near[number]]
            kept[number] |= not kept[close][same].any()
        chosen: Numbers = near[kept]
        return chosen

    def _loose(self, old: Numbers, flipped: npt.NDArray[np.bool_], xy: Array) -> Array:
        """How loose each point's hold is, by the places that its holder of old lost."""
        apart = np.full(len(xy), np.inf)
        lost_by = self._at_places.label[flipped] if self._at_places is not None else old[:0]
        for number in np.unique(lost_by):
            mine = old == number
            lost = self.xy[flipped][lost_by == number]
            apart[mine] = cKDTree(lost).query(xy[mine])[0] / 1000
        return loosened(apart)

    def _prior(self, old: LastKnown, loose: Array, parties: list[str]) -> Array:
        """Prior means (parties, points)."""
        far = -float(standing(np.array(1e3), np.array(0.0)))
        return self._by_party(old.prior_km(loose), parties, far)

    def _by_party(self, values: Array, parties: list[str], missing: float) -> Array:
        """Reorder from the last known areas to parties, some of which may be new."""
        found = np.full((len(parties), values.shape[1]), missing)
        for number, name in enumerate(self._names):
            found[parties.index(name)] = values[number]
        return found

    def _values(self, posterior: _Posterior, old: LastKnown | None) -> Array:
        """Posterior means of all fields at the nodes, (parties, rows, columns)."""
        coarse, nodes = self._coarse, self.grid
        shape = (coarse.rows, coarse.columns)
        parties = posterior.parties
        if old is None:
            values = np.zeros((len(parties), nodes.rows, nodes.columns))
        else:
            assert self._at_coarse is not None  # noqa: S101  (laid together)
            loose = np.stack(
                [
                    self._loose(np.full(shape, n).ravel(), posterior.flipped, coarse.xy)
                    for n in range(len(self._names))
                ]
            )
            fine = self._refined(loose.reshape(-1, *shape)).reshape(len(loose), -1)
            taken = np.take_along_axis(fine, old.label[None], axis=0)[0]
            values = self._prior(old, taken, parties).reshape(-1, nodes.rows, nodes.columns)
        if posterior.fields:
            kernel = AFRESH if old is None else MOVED
            across = kernel(coarse.xy, self.xy[posterior.shaping])
            for party, (one, sign) in posterior.fields.items():
                shift = (across @ one.weights).reshape(shape)
                values[parties.index(party)] += sign * self._refined(shift)
        if old is None and posterior.fields:
            for party in set(parties) - set(posterior.fields):
                values[parties.index(party)] = -AFRESH.deviation_km
        return values

    def _refined(self, values: Array) -> Array:
        """Interpolate (…, coarse rows, coarse columns) to all nodes."""
        row, column = (
            _between(n, m)
            for n, m in (
                (self.grid.rows, self._coarse.rows),
                (self.grid.columns, self._coarse.columns),
            )
        )
        fine: Array = row @ values @ column.T
        return fine

    def _without_cut_off(self, values: Array, posterior: _Posterior, names: Names) -> Numbers:
        """Label the nodes; what changed leaves no ground that no place supports.

        Such ground is given to the next likeliest party, in `values` too.
        """
        grid, parties = self.grid, posterior.parties
        inside = self._inside.reshape(grid.rows, grid.columns)
        label: Numbers = values.argmax(axis=0)
        column = np.rint((self.xy[:, 0] - grid.west) / grid.step).astype(int)
        row = np.rint((self.xy[:, 1] - grid.south) / grid.step).astype(int)
        changed = np.ones_like(inside)
        if self._at_nodes is not None:
            old = np.searchsorted(parties, self._names)[self._at_nodes.label]
            changed = ndimage.binary_dilation(label != old.reshape(label.shape))
        for number, party in enumerate(parties):
            pieces, count = ndimage.label((label == number) & inside)
            size = np.bincount(pieces.ravel(), minlength=count + 1) * grid.step**2 / 1e6
            touched = np.bincount(pieces[changed], minlength=count + 1) > 0
            drop = touched & (size < CUT_OFF_KM2)
            mine = names == party
            drop[pieces[row[mine], column[mine]]] = False
            drop[0] = False
            gone = drop[pieces]
            if gone.any() and len(parties) > 1:
                rest = np.delete(values[:, gone], number, axis=0)
                values[number, gone] = rest.max(axis=0) - 1
        again: Numbers = values.argmax(axis=0)
        return again


def _between(fine: int, coarse: int) -> Array:
    """Weights (fine, coarse) of linear interpolation."""
    at = np.arange(fine) / COARSE
    low = np.minimum(at.astype(int), coarse - 2)
    weights = np.zeros((fine, coarse))
    weights[np.arange(fine), low] = 1 - (at - low)
    weights[np.arange(fine), low + 1] = at - low
    return weights
