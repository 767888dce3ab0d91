"""The ground between places: whose it is, given who holds the places and who held what before.

Fields (`geoline.front.field`) are worked out on a grid of nodes, the areas cut along their
contours. What depends on the places and the last known areas alone is made once; a day adds the
holders.
"""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  (dataclasses resolve it)
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geoline.errors import RequestError
from geoline.front.contours import Grid, contours
from geoline.front.coverage import GRID_M, Seats, partition, polygonal
from geoline.front.drawing import HeldAreas  # noqa: TC001  (dataclasses resolve it)
from geoline.front.enclaves import cut_off, pieces_of, with_due_ground
from geoline.front.field import KERNEL_FROM_LAST_LINE, prior_mean_km, single_threaded
from geoline.front.last_known import LastKnown
from geoline.front.pool import MANY, Pool
from geoline.front.posterior import Posterior, by_party, conditioned
from geoline.front.projection import WGS84, equal_area, reprojected
from geoline.front.timing import Timing  # noqa: TC001
from geoline.libraries import ndimage, spatial

__all__ = ["REACH_KM", "Ground"]

REACH_KM = 40.0
# Spacing of the nodes (metres), unless there were more of them than this.
STEP_M, MOST_NODES = 500.0, 250_000
# The fields without their jump at the old line are smooth: every so many nodes are enough.
COARSE = 4
# Ground without a place of its holder, cut off by what changed, is nobody's pocket below this size.
CUT_OFF_KM2 = 100.0

# Outlines in degrees are followed to so many metres.
WINDOW_M = 50_000.0
# A side that may not gain ground is kept so far below the one that holds it (km).
UNDER_KM = 0.5
# The band: where the field is within so many posterior deviations of changing its sign, ever more
# with the age of the last known line (to this power), and at least so much on either side of the
# line (metres) …
BAND_WIDTH, BAND_POWER, NARROWEST_M = 2.1, 0.06, 1_000.0
# … no further than so many times as far as the nearest known place is from the line, which grows
# with that age too. Where many places passed, the field stays low far behind them, though nobody
# would look for the line among villages that are held.
NEAREST_TIMES, NEAREST_POWER = 1.75, 0.28
# Without a last known line it is so many times as far alone. Both are drawn around pieces of the
# line no longer than this (metres).
AROUND_TIMES, BAND_STEP_M = 1.3, 4_000.0

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Names = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Ground:
    """Places and the ground around them, made once and drawn as often as the holders change.

    Parameters
    ----------
    lonlat
        The places (n, 2), degrees; no two of them in one spot.
    frame
        What is land of the theatre (Polygon or MultiPolygon, EPSG:4326); None for as far as
        `reach_km` goes.
    reach_km
        How far a place speaks for its surroundings; ground beyond that, and outside the last known
        areas, is nobody's.
    baseline
        The last known areas, valid polygons.
    step_m
        Spacing of the nodes in metres; more where there would be too many.
    many_days
        Whether many days will be drawn: what they share is then worked out once, which costs more
        than one day by itself does.
    """

    lonlat: Array
    frame: shapely.Geometry | None = None
    reach_km: float = REACH_KM
    baseline: HeldAreas | None = None
    step_m: float = STEP_M
    many_days: bool = False
    crs: str = field(init=False)
    xy: Array = field(init=False, repr=False)
    land: shapely.Geometry = field(init=False, repr=False)
    grid: Grid = field(init=False, repr=False)
    _coarse: Grid = field(init=False, repr=False)
    _names: list[str] = field(init=False, repr=False)
    _at_places: LastKnown | None = field(init=False, repr=False)
    _at_nodes: LastKnown | None = field(init=False, repr=False)
    _inside: npt.NDArray[np.bool_] = field(init=False, repr=False)
    _pool: Pool | None = field(init=False, repr=False)
    _last: tuple[object, Posterior, Array] | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        low, high = self.lonlat.min(axis=0), self.lonlat.max(axis=0)
        self.crs = equal_area((*low, *high))
        points = reprojected(shapely.points(self.lonlat), WGS84, self.crs)
        self.xy = shapely.get_coordinates(points)
        reach = self.reach_km * 1000
        # Grown and shrunk again, so that the outer edge shows no scallops between two places.
        near = shapely.buffer(_around_all(points, 1.5 * reach), -0.5 * reach)
        self._names, areas = self._old_areas()
        if areas:
            near = shapely.union_all([near, *areas])
        if self.frame is not None:
            near = shapely.intersection(self._framed(near), near)
        self.land = polygonal(np.array([shapely.set_precision(near, GRID_M)], dtype=object))[0]
        if shapely.is_empty(self.land):
            message = (
                "the frame holds none of the land around the places; give a frame around them, "
                "longitude first, or none"
            )
            raise RequestError(message)
        shapely.prepare(self.land)
        self._lay(areas)

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        """Go to another process without the covariances, which it works out as it needs them."""
        state = {name: getattr(self, name) for name in self.__slots__}
        pool = None if self._pool is None else self._pool.empty()
        return None, state | {"_pool": pool, "_last": None}

    def _framed(self, near: shapely.Geometry) -> shapely.Geometry:
        """Give the frame (metric) as far as it lies by what is near the places.

        A frame of the whole world has no outline on a flat map; what is cut of it first has.
        """
        window = shapely.segmentize(shapely.box(*near.bounds), WINDOW_M)
        bounds = shapely.total_bounds(reprojected([window], self.crs, WGS84))
        frame = self.frame
        if np.isfinite(bounds).all():
            frame = shapely.intersection(frame, shapely.buffer(shapely.box(*bounds), 1.0))
        (metric,) = reprojected([frame], WGS84, self.crs)
        return polygonal(np.array([shapely.make_valid(metric)], dtype=object))[0]

    def _old_areas(self) -> tuple[list[str], list[shapely.Geometry]]:
        if self.baseline is None or not self.baseline.holders:
            return [], []
        old = reprojected(self.baseline.shapes, WGS84, self.crs)
        if not np.isfinite(shapely.get_coordinates(old)).all():
            message = (
                "the last known areas reach to the other side of the earth from the places; "
                "cut them to the theatre"
            )
            raise RequestError(message)
        old = polygonal(shapely.make_valid(old))
        names = sorted(set(self.baseline.holders))
        holders = np.array(self.baseline.holders, dtype=object)
        areas = [shapely.union_all(old[holders == name], grid_size=GRID_M) for name in names]
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
        self._at_places = self._at_nodes = None
        self._pool = None
        if areas and self.many_days and len(self.xy) >= MANY:
            self._pool = Pool(KERNEL_FROM_LAST_LINE, self.xy, self._coarse.xy)
        if areas:
            self._at_places = LastKnown.seen(areas, self.xy, step)
            self._at_nodes = LastKnown.on_grid(areas, self.grid)

    @property
    def smoothing_m(self) -> float:
        """Bends below this are taken out of lines, in metres."""
        return self.grid.step / 2

    @single_threaded()
    def paint(
        self, holders: Sequence[str | None], timing: Timing | None = None
    ) -> dict[str, shapely.Geometry]:
        """Draw the areas by holder; they tile the ground (metric, in `crs`, on a 1 m grid).

        Parameters
        ----------
        holders
            One a place, in their order; None where the holder is not known.
        timing
            When places fell; None where nothing is known of it.

        Raises
        ------
        RequestError
            If no holder is known.
        """
        names = self._checked(holders)
        known = names != ""
        posterior, values = self._fields(names, timing)
        parties, values = np.array(posterior.parties, dtype=object), values.copy()
        label, alone = self._settled(values, posterior, names)
        unmoved = None
        if self._at_nodes is not None:
            apart = by_party(self._at_nodes.apart_km, self._names, posterior.parties, 1e3)
            shape = (self.grid.rows, self.grid.columns)
            unmoved = self._old_label(posterior), apart.reshape(len(parties), *shape)
        arcs = contours(self.grid, label, values, unmoved)

        def owner(xy: Array) -> Names:
            taken: Names = parties[self.grid.sample(values, xy).argmax(axis=0)]
            return taken

        seats = Seats(self.xy[known], names[known], alone)
        return partition(self.land, arcs, owner, seats, self.grid.step)

    @single_threaded()
    def band(
        self,
        holders: Sequence[str | None],
        front: shapely.Geometry,
        timing: Timing | None = None,
    ) -> shapely.Geometry:
        """Draw where the line may run (metric, in `crs`).

        From the last known line: the ground where the field is less than `BAND_WIDTH` posterior
        deviations from changing its sign, no further from the line than `NEAREST_TIMES` the
        distance to the nearest known place (both a year after the last line).
        Without one: `AROUND_TIMES` as far as the nearest known place is from the line. Never less
        than `NARROWEST_M` around the line.

        Parameters
        ----------
        holders
            As `paint` was given them, None also where a place is contested.
        front
            The line that came of it, metric, in `crs`.
        timing
            As `paint` was given it.
        """
        line = shapely.simplify(front, NARROWEST_M / 5)
        known = np.array([holder is not None for holder in holders])
        if shapely.is_empty(line) or not known.any():
            return shapely.Polygon()
        if self._at_places is None:
            band = self._around(line, known, AROUND_TIMES)
        else:
            names = self._checked(holders)
            posterior, values = self._fields(names, timing)
            times = NEAREST_TIMES * posterior.age**NEAREST_POWER
            doubtful = shapely.union_all(self._doubtful(posterior, values, line))
            band = shapely.union(
                shapely.buffer(line, NARROWEST_M, quad_segs=3),
                shapely.intersection(doubtful, self._around(line, known, times)),
            )
        # The line ends on the edge of the land; a little more, so that it lies in its band.
        cut = shapely.intersection(band, shapely.buffer(self.land, 5.0))
        return polygonal(np.array([cut], dtype=object))[0]

    def _around(self, line: shapely.Geometry, known: Flags, times: float) -> shapely.Geometry:
        """Ground around a line, so many times as far as the nearest known place is from it."""
        xy, part = shapely.get_coordinates(
            shapely.segmentize(shapely.get_parts(line), BAND_STEP_M), return_index=True
        )
        apart, _ = spatial.cKDTree(self.xy[known]).query(xy)
        width = np.maximum(times * apart, NARROWEST_M)
        follows = part[1:] == part[:-1]
        pieces = shapely.linestrings(np.stack((xy[:-1], xy[1:]), axis=1)[follows])
        wide = (width[:-1] + width[1:])[follows] / 2
        return shapely.union_all(shapely.buffer(pieces, wide, quad_segs=3))

    def _fields(self, names: Names, timing: Timing | None) -> tuple[Posterior, Array]:
        """Condition the fields on holders, and give them at the nodes; kept for the same again."""
        key = tuple(names), None if timing is None else timing.key
        if self._last is None or self._last[0] != key:
            posterior = conditioned(
                self.xy,
                names,
                self._names,
                self._at_places,
                timing,
                pool=self._pool,
                positions=self._positions(timing),
            )
            self._last = key, posterior, self._values(posterior)
        return self._last[1:]

    def _positions(self, timing: Timing | None) -> tuple[Array, LastKnown] | None:
        """Give where the line was seen, metres, and the last known areas as seen from there."""
        if timing is None or not len(timing.positions) or self._at_places is None:
            return None
        points = reprojected(shapely.points(timing.positions), WGS84, self.crs)
        xy = shapely.get_coordinates(points)
        return xy, LastKnown.seen(self._old_areas()[1], xy, self.grid.step)

    def _doubtful(
        self, posterior: Posterior, values: Array, line: shapely.Geometry
    ) -> list[shapely.Geometry]:
        """Ground whose holder is in doubt and that hangs together with the line."""
        first, second = values[0], np.full_like(values[0], -np.inf)
        for value in values[1:]:
            second = np.maximum(second, np.minimum(first, value))
            first = np.maximum(first, value)
        # Half the difference of two fields that are each other's negatives is the field.
        sure = (first - second) / 2
        grid = self.grid
        shape = (grid.rows, grid.columns)
        width = BAND_WIDTH * posterior.age**BAND_POWER
        most = width * posterior.prior_km
        asked = (sure < most) & self._inside.reshape(shape)
        coarse = self._coarse
        wanted = np.zeros((coarse.rows, coarse.columns), dtype=bool)
        row, column = np.nonzero(asked)
        for up in (0, 1):
            for right in (0, 1):
                wanted[row // COARSE + up, column // COARSE + right] = True
        spread = np.zeros(wanted.shape)
        spread[wanted] = posterior.deviation(coarse.xy[wanted.ravel()])
        excess = np.where(asked, width * self._refined(spread) - sure, -1.0)
        # Nodes off the land are no doubt; the contour is cut by the land afterwards.
        label = (excess > 0).astype(np.intp)
        arcs = contours(grid, label, np.stack((-excess, excess)))
        if len(arcs) == 0:
            return []
        rings = shapely.get_parts(shapely.polygonize(arcs))
        at = shapely.get_coordinates(shapely.point_on_surface(rings))
        inside = grid.sample(np.stack((-excess, excess)), at).argmax(axis=0) == 1
        faces = rings[inside]
        shapely.prepare(line)
        return [face for face in faces if shapely.intersects(line, face)]

    def _checked(self, holders: Sequence[str | None]) -> Names:
        names = np.array([h or "" for h in holders], dtype=object)
        if not (names != "").any():
            message = "no place has a holder, so that there is nothing to draw; give at least one"
            raise RequestError(message)
        return names

    def _old_label(self, posterior: Posterior) -> Numbers:
        """Whose each node was, by the last known areas: (rows, columns), numbers of parties."""
        assert self._at_nodes is not None  # noqa: S101  (asked only then)
        number = np.array([posterior.parties.index(name) for name in self._names], dtype=np.intp)
        label: Numbers = number[self._at_nodes.label].reshape(self.grid.rows, self.grid.columns)
        return label

    def _allowed(self, posterior: Posterior) -> Flags:
        """Which party may hold each node: (parties, rows, columns).

        Ground passes only between those between whom places passed; a third side gains nothing.
        """
        shape = (len(posterior.parties), self.grid.rows, self.grid.columns)
        if self._at_nodes is None or posterior.passes is None:
            return np.ones(shape, dtype=bool)
        old = self._old_label(posterior)
        may = np.eye(len(posterior.parties), dtype=bool)
        for was, now in posterior.passes:
            may[now, was] = True
        return may[:, old]

    def _values(self, posterior: Posterior) -> Array:
        """Posterior fields at the nodes, (parties, rows, columns)."""
        coarse, nodes, parties = self._coarse, self.grid, posterior.parties
        pool = self._pool
        if pool is None or posterior.places is None:
            shift = posterior.shift(coarse.xy)
        else:
            shift = posterior.shift_at_nodes(pool)
        values = self._refined(shift.reshape(len(parties), coarse.rows, coarse.columns))
        if self._at_nodes is not None:
            far = -float(prior_mean_km(np.array(1e3)))
            means = by_party(self._at_nodes.held_km, self._names, parties, far)
            values += means.reshape(-1, nodes.rows, nodes.columns)
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

    def _settled(
        self, values: Array, posterior: Posterior, names: Names
    ) -> tuple[Numbers, Numbers]:
        """Label the nodes, and change `values` to what the labels say; and say who is cut off.

        Nobody gains but who may, places cut off get their due ground, and what changed leaves no
        ground that no place supports.
        """
        known = names != ""
        xy, holders = self.xy[known], np.searchsorted(posterior.parties, names[known])
        allowed = self._allowed(posterior)
        if not allowed.all():
            best = np.where(allowed, values, -np.inf).max(axis=0)
            np.copyto(values, np.minimum(values, best - UNDER_KM), where=~allowed)
        inside = self._inside.reshape(self.grid.rows, self.grid.columns)
        label: Numbers = values.argmax(axis=0)
        passed = np.ones(len(xy), dtype=bool)
        if self._at_places is not None:
            was = np.array(self._names, dtype=object)[self._at_places.label[known]]
            passed = was != names[known]
        places = cut_off(self.grid, label, values, inside, (xy, holders, passed))
        if len(places):
            with_due_ground(self.grid, values, xy, holders, places, allowed)
            label = values.argmax(axis=0)
        return self._without_scraps(values, label, allowed, posterior, (xy, holders)), places

    def _without_scraps(
        self,
        values: Array,
        label: Numbers,
        allowed: Flags,
        posterior: Posterior,
        places: tuple[Array, Numbers],
    ) -> Numbers:
        """Give ground that is cut off, changed and holds no place of its side to the next."""
        grid, (xy, holders) = self.grid, places
        inside = self._inside.reshape(grid.rows, grid.columns)
        row, column, within = grid.nodes_at(xy)
        changed = np.ones_like(inside)
        if self._at_nodes is not None:
            changed = ndimage.binary_dilation(label != self._old_label(posterior))
        for number in range(len(values)):
            pieces, count = pieces_of(label, number, inside)
            size = np.bincount(pieces.ravel(), minlength=count + 1) * grid.step**2 / 1e6
            touched = np.bincount(pieces[changed], minlength=count + 1) > 0
            drop = touched & (size < CUT_OFF_KM2)
            mine = within & (holders == number)
            drop[pieces[row[mine], column[mine]]] = False
            drop[0] = False
            gone = drop[pieces]
            if gone.any():
                rest = np.where(allowed[:, gone], values[:, gone], -np.inf)
                rest[number] = -np.inf
                next_best = rest.max(axis=0)
                nobody = np.isneginf(next_best)
                values[number, gone] = np.where(nobody, values[number, gone], next_best - 1)
        settled: Numbers = values.argmax(axis=0)
        if self._at_nodes is None:
            return settled
        held = np.zeros_like(inside)
        held[row[within], column[within]] = True
        spikes = inside & changed & ~held & (_alike(settled) <= 1)
        _lower_doubtful(values, settled, spikes)
        again: Numbers = values.argmax(axis=0)
        return again


def _around_all(points: npt.NDArray[np.object_], radius_m: float) -> shapely.Geometry:
    """Give the ground within a radius of any of the points (metric).

    Where they are many, a few of them reach as far as nearly all do.
    """
    square = np.floor(shapely.get_coordinates(points) / (radius_m / 3))
    few = np.unique(square, axis=0, return_index=True)[1]
    found = shapely.union_all(shapely.buffer(points[few], radius_m, quad_segs=8))
    rim = shapely.boundary(found)
    shapely.prepare(rim)
    rest = points[shapely.dwithin(points, rim, radius_m)]
    return shapely.union_all([found, *shapely.buffer(rest, radius_m, quad_segs=8)])


def _alike(label: Numbers) -> Numbers:
    """How many of the four nodes about each have its label."""
    rim = np.pad(label, 1, constant_values=-1)
    about = rim[:-2, 1:-1], rim[2:, 1:-1], rim[1:-1, :-2], rim[1:-1, 2:]
    found: Numbers = np.sum([label == one for one in about], axis=0)
    return found


def _lower_doubtful(values: Array, label: Numbers, nodes: Flags) -> None:
    """Let nodes go to the next party, in place, where it is nearly as likely.

    So goes what sticks out by one node: the prior mean has a jump at the old line, and a field
    that barely passes it leaves a spike.
    """
    row, column = np.nonzero(nodes)
    here, mine = values[:, row, column], label[row, column]
    number = np.arange(len(mine))
    own = here[mine, number].copy()
    here[mine, number] = -np.inf
    best = here.max(axis=0)
    near = np.isfinite(best) & (own - best < UNDER_KM)
    values[mine[near], row[near], column[near]] = best[near] - UNDER_KM


def _between(fine: int, coarse: int) -> Array:
    """Weights (fine, coarse) of linear interpolation."""
    at = np.arange(fine) / COARSE
    low = np.minimum(at.astype(int), coarse - 2)
    weights = np.zeros((fine, coarse))
    weights[np.arange(fine), low] = 1 - (at - low)
    weights[np.arange(fine), low + 1] = at - low
    return weights
