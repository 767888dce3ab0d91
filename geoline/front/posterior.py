"""Fields conditioned on a day's places: which places say where the line runs, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geoline.front.field import (
    FELL_KM,
    KERNEL_FROM_LAST_LINE,
    KERNEL_WITHOUT_LINE,
    POSITION_KM,
    ROUGHNESS,
    Kernel,
    Seen,
    expected,
    expected_of_many,
    mode,
    prior_mean_km,
    time_factor,
)
from geoline.front.pool import MANY, Pool
from geoline.holder import CONTESTED
from geoline.libraries import spatial

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geoline.front.last_known import LastKnown
    from geoline.front.timing import Timing

    Array = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.intp]
    Names = npt.NDArray[np.object_]
    Single = npt.NDArray[np.float32]

__all__ = ["Posterior", "by_party", "conditioned"]

# Places further from the last known line than this say nothing of it, unless they changed hands …
NEAR_KM = 45.0
# … nor do those so far from every place that did.
MOVED_WITHIN_KM = 120.0
# Of places of one holder deeper than this behind the old line, one in each square is enough.
DENSE_KM, SQUARE_KM = 10.0, 5.0
# Without a last known line: a place is in question if one of so many nearest is another's (all are
# if they are few); of the others one in each square is enough, of those further than so far from
# every place in question one in each square of twice the side.
AROUND, FEW, WIDE_SQUARE_KM, QUIET_KM = 8, 120, 8.0, 20.0
# Observations whose say stays below this are left out where the field is asked (km).
LEAST_SAY_KM = 0.01
# So far from every observation the field is the prior's (km).
FAR_KM = 60.0
# The spread of the field at a point is worked out from so many nearest observations, of those
# whose precision is at least this share of the prior's.
NEAREST, LEAST_TOLD = 24, 0.05
AT_ONCE = 2_000
# A place's doubt is this share of the distance to its neighbour, and at least so much (km).
DOUBT_SHARE, LEAST_DOUBT_KM = 0.4, 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Fields of one day.

    Parameters
    ----------
    parties
        All that hold a place or an area.
    kernel
        Of the fields.
    xy
        (observations, 2), metres.
    at
        (observations,), times of the observations; None where time does not enter.
    age
        Time of the day asked.
    weights
        By party, (observations,); empty if there is nothing to condition on.
    precision
        (observations,), what each observation counts as, the most of all parties' fields; none
        without a last known line, where no deviation is asked for.
    passes
        Pairs (of old, now) of numbers of parties between whom places passed; None without a last
        known line.
    places
        (observations,), numbers of the places observed; None without a last known line.
    """

    parties: list[str]
    kernel: Kernel
    xy: Array
    at: Array | None
    age: float
    weights: dict[str, Array]
    precision: Array
    passes: frozenset[tuple[int, int]] | None
    places: Numbers | None = None

    def shift_at_nodes(self, pool: Pool) -> Array:
        """How much the fields differ from their prior means at the nodes of a pool, km."""
        found = np.zeros((len(self.parties), len(pool.nodes)))
        if self.weights and self.places is not None:
            say = np.stack(list(self.weights.values())) * self._to_day()
            rows = [self.parties.index(name) for name in self.weights]
            # A place that was seen on two days is in it twice.
            says = say.any(axis=0)
            once, number = np.unique(self.places[says], return_inverse=True)
            say = say[:, says]
            summed = np.stack([np.bincount(number, one, len(once)).astype(float) for one in say])
            found[rows] = pool.at_nodes(once, summed)
            found[:, ~self._near(pool.nodes, self.xy)] = 0.0
        return found

    @staticmethod
    def _near(xy: Array, where: Array) -> Flags:
        """Which points lie so near to an observation that the field is not the prior's."""
        far = spatial.cKDTree(where).query(xy, distance_upper_bound=FAR_KM * 1000)[0]
        near: Flags = np.isfinite(np.asarray(far))
        return near

    def shift(self, xy: Array) -> Array:
        """How much the fields differ from their prior means at points (n, 2): (parties, n), km."""
        found = np.zeros((len(self.parties), len(xy)))
        if not self.weights:
            return found
        to_day = self._to_day()
        names = list(self.weights)
        say = np.stack([self.weights[name] for name in names]) * to_day
        counts = np.abs(say).max(axis=0) * self.kernel.deviation_km**2 > LEAST_SAY_KM
        if not counts.any():
            return found
        say, where = say[:, counts], self.xy[counts]
        near = np.flatnonzero(self._near(xy, where))
        rows = np.array([self.parties.index(name) for name in names])
        for start in range(0, len(near), AT_ONCE):
            some = near[start : start + AT_ONCE]
            found[rows[:, None], some] = say @ self.kernel(xy[some], where).T
        return found

    @property
    def prior_km(self) -> float:
        """Prior standard deviation of a field on the day asked."""
        grown = 1.0 if self.at is None else float(self.age**ROUGHNESS)
        return float(self.kernel.deviation_km * grown)

    def deviation(self, xy: Array) -> Array:
        """Posterior standard deviation of a field at points (n, 2), km."""
        variance = np.full(len(xy), self.prior_km**2)
        telling = self.precision * self.prior_km**2 > LEAST_TOLD
        where, precision = self.xy[telling], self.precision[telling]
        if len(where) and len(xy):
            to_day, seen_at = self._to_day()[telling], None if self.at is None else self.at[telling]
            count = min(NEAREST, len(where))
            tree, diagonal = spatial.cKDTree(where), np.arange(count)
            # Points share what all pairs say of each other, where these are fewer than theirs.
            few = len(where) ** 2 <= len(xy) * count**2
            between = self.kernel(where, where) if few else None
            for start in range(0, len(xy), AT_ONCE):
                some = slice(start, start + AT_ONCE)
                near = np.asarray(tree.query(xy[some], k=range(1, count + 1))[1])
                x, y = where[near].transpose(2, 0, 1)
                if between is None:
                    covariance = self.kernel.at(
                        np.hypot(x[:, :, None] - x[:, None], y[:, :, None] - y[:, None])
                    )
                else:
                    covariance = between[near[:, :, None], near[:, None]]
                across = self.kernel.at(np.hypot(x - xy[some, :1], y - xy[some, 1:]))
                if seen_at is not None:
                    covariance *= time_factor(seen_at[near], seen_at[near])
                    across *= to_day[near]
                covariance[:, diagonal, diagonal] += 1 / precision[near]
                solved = np.linalg.solve(covariance, across[..., None])[..., 0]
                variance[some] -= (across * solved).sum(axis=1)
        deviation: Array = np.sqrt(np.maximum(variance, 1e-6))
        return deviation

    def _to_day(self) -> Array:
        if self.at is None:
            return np.ones(len(self.xy))
        factor: Array = time_factor(np.array([self.age]), self.at)[0]
        return factor


def conditioned(  # noqa: PLR0913  (the places, and what is known of them)
    xy: Array,
    names: Names,
    areas: Sequence[str],
    old: LastKnown | None,
    timing: Timing | None,
    *,
    pool: Pool | None = None,
    positions: tuple[Array, LastKnown] | None = None,
) -> Posterior:
    """Condition one field a party on the places that say where its line runs.

    Parameters
    ----------
    xy, names
        Places (n, 2), metres, and the holder of each, "" if unknown.
    areas, old
        Holders of the last known areas, and those as seen from the places; None without any.
    timing
        When places fell; None where nothing is known of it.
    pool
        Covariances of the places, worked out before; None where they are few.
    positions
        Where the line was seen at the times of `timing.seen`, (n, 2), metres, and the last known
        areas as seen from there.
    """
    known = names != ""
    parties = sorted({*names[known], *areas})
    if old is None:
        return _without_line(xy, names, parties)
    was = np.array([parties.index(name) for name in areas])[old.label]
    now = np.array([parties.index(name) if name else -1 for name in names])
    flipped = known & (was != now)
    passes = frozenset(zip(was[flipped].tolist(), now[flipped].tolist(), strict=True))
    spotted, sides = _positions(positions, areas, parties)
    passes |= {(a, b) for pair in sides.tolist() for a, b in (pair, pair[::-1])}
    shaping = _shaping(xy, now, flipped, known, old.depth_km, spotted)
    age = timing.age if timing is not None else 1.0
    through, times = _falls(shaping, names, timing)
    of = np.concatenate((shaping, through))
    where = np.concatenate((xy[of], spotted))
    seen_at = timing.seen if timing is not None and len(spotted) else times[:0]
    at = np.concatenate((np.full(len(shaping), age), times, seen_at))
    between = np.concatenate((np.column_stack((now[of], was[of])), sides))
    on_line = np.arange(len(where)) >= len(shaping)
    held = sorted(set(between.ravel().tolist()))
    weights: dict[str, Array] = {}
    precision = np.full(len(where), 1e-9)
    if len(held) > 1:
        kernel = KERNEL_FROM_LAST_LINE
        covariance = _Covariances(kernel, of, where, at, None if len(spotted) else pool)
        held_km = old.held_km[:, of]
        if len(spotted) and positions is not None:
            held_km = np.concatenate((held_km, positions[1].held_km), axis=1)
        means = by_party(held_km, list(areas), parties, -float(prior_mean_km(np.array(1e3))))
        noise = _noise(xy[known], where, kernel.noise_km)
        noise[on_line] = FELL_KM
        noise[len(of) :] = POSITION_KM
        for number in held[: 1 if len(held) == 2 else None]:  # noqa: PLR2004
            # Where a place fell, the line ran between those two that it passed between.
            mine = ~on_line | (between == number).any(axis=1)
            sign = np.where(on_line, 0.0, np.where(between[:, 0] == number, 1.0, -1.0))[mine]
            seen = Seen(means[number, mine], sign, noise[mine])
            found, sure = covariance.expected(np.flatnonzero(mine), seen)
            precision[mine] = np.maximum(precision[mine], sure)
            weights[parties[number]] = np.zeros(len(where))
            weights[parties[number]][mine] = found
        if len(held) == 2:  # noqa: PLR2004  (the other's field is the negative)
            weights[parties[held[1]]] = -weights[parties[held[0]]]
    return Posterior(
        parties,
        KERNEL_FROM_LAST_LINE,
        where,
        at,
        age,
        weights,
        precision,
        passes,
        None if len(spotted) else of,
    )


def _positions(
    positions: tuple[Array, LastKnown] | None, areas: Sequence[str], parties: list[str]
) -> tuple[Array, Numbers]:
    """Give the positions, and the two sides whose last known areas are nearest to each."""
    if positions is None or len(areas) < 2:  # noqa: PLR2004  (no line without a second side)
        return np.zeros((0, 2)), np.zeros((0, 2), dtype=np.intp)
    xy, old = positions
    nearest = np.argsort(old.apart_km, axis=0, kind="stable")[:2].T
    return xy, np.array([parties.index(name) for name in areas], dtype=np.intp)[nearest]


@dataclass(frozen=True, slots=True, eq=False)
class _Covariances:
    """Covariances of a day's observations.

    Parameters
    ----------
    kernel
        Of the fields.
    of, where, at
        Number of each observation's place, metres (n, 2), and time.
    pool
        What is known of the places; None where each day is worked out by itself.
    """

    kernel: Kernel
    of: Numbers
    where: Array
    at: Array
    pool: Pool | None

    def expected(self, some: Numbers, seen: Seen) -> tuple[Array, Array]:
        """Find the posterior mean from some of the observations; see `expected`."""
        if self.pool is None and len(self.where) < MANY:
            where, at = self.where[some], self.at[some]
            return expected(self.kernel(where, where) * time_factor(at, at), seen)

        def between(rows: Numbers, columns: Numbers) -> Single:
            return self._between(some[rows], some[columns])

        grown = self.at[some] ** (2 * ROUGHNESS)
        return expected_of_many(between, self.kernel.deviation_km**2 * grown, seen)

    def _between(self, rows: Numbers, columns: Numbers) -> Single:
        if self.pool is None:
            found: Single = self.kernel(self.where[rows], self.where[columns]).astype(np.float32)
        else:
            found = self.pool.between(self.of[rows], self.of[columns])
        at = self.at
        if (at != 1.0).any():
            found *= time_factor(at[rows], at[columns]).astype(np.float32)
        return found


def _noise(xy: Array, where: Array, most_km: float) -> Array:
    """Doubt that a place leaves at its side: the less, the nearer its neighbour, which says more.

    Among villages two kilometres apart the line runs between them; among towns ten apart it keeps
    off each.
    """
    if len(xy) < 2:  # noqa: PLR2004  (no neighbour)
        return np.full(len(where), most_km)
    apart = np.asarray(spatial.cKDTree(xy).query(where, k=2)[0])[:, 1] / 1000
    return np.clip(DOUBT_SHARE * apart, LEAST_DOUBT_KM, most_km)


def _without_line(xy: Array, names: Names, parties: list[str]) -> Posterior:
    known = np.flatnonzero(names != "")
    where = known if len(known) <= FEW else _in_question(xy, names, known)
    kernel = KERNEL_WITHOUT_LINE
    weights: dict[str, Array] = {}
    if len(parties) > 1:
        covariance = kernel(xy[where], xy[where])
        if len(where) >= MANY:
            covariance = covariance.astype(np.float32)
        for party in parties[: 1 if len(parties) == 2 else None]:  # noqa: PLR2004
            sign = np.where(names[where] == party, 1.0, -1.0)
            seen = Seen(np.zeros(len(where)), sign, np.full(len(where), kernel.noise_km))
            weights[party] = mode(covariance, seen)
        if len(parties) == 2:  # noqa: PLR2004
            weights[parties[1]] = -weights[parties[0]]
    return Posterior(parties, kernel, xy[where], None, 1.0, weights, np.zeros(len(where)), None)


def _in_question(xy: Array, names: Names, known: Numbers) -> Numbers:
    """Known places near another party's, and of the others one in each square."""
    around = np.asarray(spatial.cKDTree(xy[known]).query(xy[known], k=range(1, AROUND + 1))[1])
    mixed = (names[known][around] != names[known][:, None]).any(axis=1)
    _, number = np.unique(names[known].astype(str), return_inverse=True)
    found = mixed | _one_a_square(xy[known], number, 2 * WIDE_SQUARE_KM)
    if mixed.any():
        apart = np.asarray(spatial.cKDTree(xy[known[mixed]]).query(xy[known])[0])
        near = np.flatnonzero(apart <= QUIET_KM * 1000)
        found[near] |= _one_a_square(xy[known[near]], number[near], WIDE_SQUARE_KM)
    chosen: Numbers = known[found]
    return chosen


def _shaping(  # noqa: PLR0913, PLR0917  (of each place)
    xy: Array, now: Numbers, flipped: Flags, known: Flags, depth_km: Array, spotted: Array
) -> Numbers:
    """Known places that say how far the line moved; none if nothing tells that it did."""
    if not flipped.any() and not len(spotted):
        return np.flatnonzero(flipped)
    moved = np.concatenate((xy[flipped], spotted))
    to_moved = spatial.cKDTree(moved).query(xy)[0] / 1000
    near = known & (to_moved <= MOVED_WITHIN_KM)
    near &= flipped | (depth_km <= NEAR_KM) | (to_moved <= NEAR_KM)
    deep = depth_km > DENSE_KM
    if near.sum() > FEW:
        rest = np.flatnonzero(near & deep)
        near[rest[~_one_a_square(xy[rest], now[rest] * 2 + flipped[rest], SQUARE_KM)]] = False
    return np.flatnonzero(near)


def _one_a_square(xy: Array, kind: Numbers, side_km: float) -> Flags:
    """Of the points of one kind in each square of a grid the one nearest to its middle."""
    square = np.floor(xy / (side_km * 1000))
    off = np.linalg.norm(xy / (side_km * 1000) - square - 0.5, axis=1)
    order = np.lexsort((xy[:, 0], xy[:, 1], off, kind, square[:, 0], square[:, 1]))
    key = np.column_stack((square, kind))[order]
    first = np.ones(len(xy), dtype=bool)
    first[1:] = (key[1:] != key[:-1]).any(axis=1)
    chosen = np.zeros(len(xy), dtype=bool)
    chosen[order[first]] = True
    return chosen


def _falls(shaping: Numbers, names: Names, timing: Timing | None) -> tuple[Numbers, Array]:
    """Places that the line ran through on a day that is known, and when."""
    if timing is None:
        return shaping[:0], np.zeros(0)
    where, times = [], []
    sure = names[shaping] != CONTESTED
    for days in (timing.fell, timing.falls):
        some = shaping[sure & np.isfinite(days[shaping])]
        where.append(some)
        times.append(days[some])
    return np.concatenate(where), np.concatenate(times)


def by_party(values: Array, areas: list[str], parties: list[str], missing: float) -> Array:
    """Reorder (areas, points) from the last known areas to parties, some of which may be new."""
    found = np.full((len(parties), values.shape[1]), missing)
    for number, name in enumerate(areas):
        found[parties.index(name)] = values[number]
    return found
