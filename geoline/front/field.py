"""The model of the line: a Gaussian process over signed distance, seen through who holds places.

One field a party, in kilometres: positive where the ground is likelier the party's than anybody
else's. Its prior mean follows the last known areas (`prior_mean_km`); where there are none it is
zero. A place is an observation of the sign alone (probit); a place of which it is known when it
fell lay on the line on that day. What is drawn is the posterior mean by expectation propagation
(Minka 2001; Rasmussen and Williams 2006, section 3.6). It starts from the posterior mode, found by
Newton's steps, each solved by conjugate gradients: the negative log posterior is convex, so that
there is one mode. The mode itself lies too near to where the line was last known: beyond a place
that fell it goes as little further as it can, and the sum of gains drawn of it falls short.

Lengths are kilometres, coordinates metres. The settings were chosen on the tuning half of
`tests/benchmarks/front.py`, not on the half that it reports.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import ThreadpoolController

from geoline.libraries import blas, lapack, spatial, special

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Single = npt.NDArray[np.float32]
    Numbers = npt.NDArray[np.intp]

__all__ = [
    "FELL_KM",
    "KERNEL_FROM_LAST_LINE",
    "KERNEL_WITHOUT_LINE",
    "POSITION_KM",
    "ROUGHNESS",
    "Kernel",
    "Seen",
    "expected",
    "expected_of_many",
    "mode",
    "prior_mean_km",
    "single_threaded",
    "time_factor",
]

# What it takes to move ground at all: a line that did not move is exactly where it was.
INERTIA_KM = 2.0
# Distance from the old line counts in full at first, ever less beyond this.
WARP_KM, WARP_POWER = 4.0, -0.1
# How far from a place the line may have run on the day that the place fell, and from a position
# that somebody saw it at.
FELL_KM, POSITION_KM = 1.3, 1.5
# The spread of the line's way over time: its deviation grows with the days to this power.
ROUGHNESS = 0.2
# Newton's steps at most, the longest of them, and the change at which they are done (km).
STEPS, LONGEST_KM, SETTLED_KM = 30, 6.0, 0.05
# Conjugate gradients: steps at most, and what is left of the residual when they are done. Where
# they are preconditioned, more may be left in the first of Newton's steps (Dembo, Eisenstat and
# Steihaug 1982).
INNER_STEPS, INNER_LEFT, FIRST_LEFT = 200, 1e-3, (0.1, 0.03, 0.01)
# Expectation propagation: passes at most, and the change (km) at which they are done; observations
# whose precision is below this share of the prior's say what the mode has them say.
PASSES, AGREED_KM, LEAST_SHARE = 12, 0.1, 1e-2
# Of many observations those that pull the field where they are by no more than this say nothing.
LEAST_PULL_KM = 1e-3
# Up to so many observations no preconditioning is worth what it takes.
FEW_TELL = 600
# Where more than this many say something, the doubt at each is worked out from so many of those
# that say most about it.
MOST_AT_ONCE, SAYING = 1_000, 24
# Preconditioning: columns of the factor at most, and the least variance left that is worth one.
COLUMNS, LEAST_PIVOT = 200, 1e-3
# The change (km) at which the start is done that comes of such a factor alone.
NEARLY_SETTLED_KM = 0.3
# Numbers worked on at a time: what is made of them fits into a core's own cache.
IN_CACHE = 16_384
HALF_LOG_TWO_PI = 0.5 * float(np.log(2 * np.pi))
LEAST_PRECISION = 1e-8


@dataclass(frozen=True, kw_only=True, slots=True)
class Kernel:
    """Covariance of the field between two points, by their distance.

    Parameters
    ----------
    parts
        Standard deviation (km) and length (km) of each part of a sum: how much the field varies,
        and how far what happened at one point speaks for another.
    noise_km
        Standard deviation of the probit, at most: how doubtful one place leaves the ground at its
        side.
    rough
        Matérn of smoothness 1/2 (exponential), else 3/2.
    """

    parts: tuple[tuple[float, float], ...]
    noise_km: float
    rough: bool = False

    @property
    def deviation_km(self) -> float:
        """Standard deviation of the field."""
        return float(np.sqrt(sum(deviation**2 for deviation, _ in self.parts)))

    @property
    def length_km(self) -> float:
        """How far what happened at one point speaks for another, in its first part."""
        return self.parts[0][1]

    def __call__(self, a: Array, b: Array) -> Array:
        """Covariance of points a (n, 2) and b (m, 2), metres; array (n, m) of km²."""
        return self.at(spatial.distance.cdist(a, b))

    def at(self, apart_m: Array) -> Array:
        """Covariance of points so many metres apart, km²."""
        if apart_m.size <= 4 * IN_CACHE:
            return self._at(apart_m)
        # A large array is worked through piece by piece, so that what is between stays near.
        flat = apart_m.reshape(-1)
        first = self._at(flat[:IN_CACHE])
        found = np.empty(flat.shape, dtype=first.dtype)
        found[:IN_CACHE] = first
        for start in range(IN_CACHE, len(flat), IN_CACHE):
            found[start : start + IN_CACHE] = self._at(flat[start : start + IN_CACHE])
        return found.reshape(apart_m.shape)

    def _at(self, apart_m: Array) -> Array:
        found: Array | None = None
        for deviation, length in self.parts:
            if self.rough:
                grown = apart_m * (-1 / (length * 1000))
                np.exp(grown, out=grown)
            else:
                scaled = apart_m * (np.sqrt(3) / (length * 1000))
                grown = 1 + scaled
                np.negative(scaled, out=scaled)
                grown *= np.exp(scaled, out=scaled)
            grown *= deviation**2
            found = grown if found is None else np.add(found, grown, out=found)
        return np.zeros_like(apart_m) if found is None else found


# How far the line has moved since it was last known, and where it is if it never was.
KERNEL_FROM_LAST_LINE = Kernel(parts=((3.5, 15.0), (3.4, 55.0)), noise_km=2.5)
KERNEL_WITHOUT_LINE = Kernel(parts=((4.0, 25.0),), noise_km=0.5, rough=True)


@contextmanager
def single_threaded() -> Iterator[None]:
    """Keep linear algebra on one thread: for some hundred places, more of them cost time."""
    with _controller("scipy.linalg" in sys.modules).limit(limits=1, user_api="blas"):
        yield


@cache
def _controller(_with_scipy: bool) -> ThreadpoolController:  # noqa: FBT001  (its key alone)
    """Look which libraries have threads; scipy brings its own, when it is loaded."""
    return ThreadpoolController()


def prior_mean_km(apart_km: Array) -> Array:
    """Prior mean of a holder's field on the ground that was his (others: the negative).

    Parameters
    ----------
    apart_km
        Distance from the old line.
    """
    far = (1 + apart_km / WARP_KM) ** WARP_POWER
    return INERTIA_KM + WARP_KM * (far - 1) / WARP_POWER


def time_factor(a: Array, b: Array) -> Array:
    """Covariance of fractional Brownian motion between times a (…, n) and b (…, m): (…, n, m).

    Time is counted from the day of the last known line, in units of the model's pace (Mandelbrot
    and Van Ness 1968): where the line ran on one day says the more of another the nearer the two,
    and stretching all times alike is the same as stretching the deviation.
    """
    power = 2 * ROUGHNESS
    if a.size and b.size and (a == a.flat[0]).all() and (b == a.flat[0]).all():
        # All are seen on one day, as where nobody says when places fell.
        return np.full((*a.shape, b.shape[-1]), a.flat[0] ** power)
    one, two = a[..., :, None] ** power, b[..., None, :] ** power
    between = np.abs(a[..., :, None] - b[..., None, :])
    # Most places are seen on the day asked alone, so that few powers are to be taken.
    apart = between > 0
    between[apart] **= power
    factor: Array = 0.5 * (one + two - between)
    return factor


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a field, one entry an observation.

    Parameters
    ----------
    mean
        Prior mean of the field there (km).
    sign
        +1 where the place is the party's, -1 where it is another's, 0 where the line ran through
        it.
    noise_km
        Standard deviation: of the probit for signs, of the field where the line ran.
    """

    mean: Array
    sign: Array
    noise_km: Array

    def at(self, some: Numbers) -> Seen:
        """Give some of the observations."""
        return Seen(self.mean[some], self.sign[some], self.noise_km[some])

    def pull(self, field: Array) -> tuple[Array, Array]:
        """Slope of the log likelihood at a field, and its curvature (negative, positive sign)."""
        z = self.sign * field / self.noise_km
        hazard = np.exp(-0.5 * z * z - HALF_LOG_TWO_PI - special.log_ndtr(z))
        on_line = self.sign == 0
        slope = np.where(on_line, -field / self.noise_km**2, self.sign * hazard / self.noise_km)
        curvature = np.where(on_line, 1.0, hazard * (z + hazard)) / self.noise_km**2
        return slope, np.maximum(curvature, LEAST_PRECISION)

    def matched(
        self, shift: Array, variance: Array, pull: Array, precision: Array
    ) -> tuple[Array, Array]:
        """Pull and precision of Gaussians that have the moments of what was seen.

        Parameters
        ----------
        shift, variance
            Of the field's difference from its prior mean, each with all that was seen.
        pull, precision
            What each Gaussian is now; it is taken away before what was seen takes its place.
        """
        rest = np.maximum(1 / variance - precision, LEAST_PRECISION)
        at, spread = (shift / variance - pull) / rest, 1 / rest
        wide = np.sqrt(self.noise_km**2 + spread)
        z = self.sign * (self.mean + at) / wide
        hazard = np.exp(-0.5 * z * z - HALF_LOG_TWO_PI - special.log_ndtr(z))
        moved = at + self.sign * spread * hazard / wide
        narrow = spread - (spread / wide) ** 2 * hazard * (z + hazard)
        found = np.maximum(1 / narrow - rest, LEAST_PRECISION)
        on_line = self.sign == 0
        exact = 1 / self.noise_km**2
        return (
            np.where(on_line, -self.mean * exact, moved / narrow - at * rest),
            np.where(on_line, exact, found),
        )


def mode(covariance: Array | Single, seen: Seen, start: Array | None = None) -> Array:
    """Find the posterior mode.

    Parameters
    ----------
    covariance
        Of the field at the observations, (n, n), km². In single precision where they are many:
        then the conjugate gradients are preconditioned besides.
    seen
        What was observed.
    start
        Weights to start from; None for none.

    Returns
    -------
    weights
        (n,): the mode elsewhere is the prior mean plus covariance times these.
    """
    nearly = None
    field, weights = seen.mean.copy(), np.zeros(len(seen.mean))
    if covariance.dtype == np.float32:
        nearly = _Nearly.to(covariance)
    if start is not None:
        field, weights = field + _times(covariance, start), start
    elif nearly is not None:
        field, weights = nearly.start(seen)
    for number in range(STEPS):
        slope, curvature = seen.pull(field)
        # Newton: (K + 1/W) w = (f - m) + slope / W, made symmetric by the root of W.
        root = np.sqrt(curvature)
        wanted = root * (field - seen.mean) + slope / root
        inverse, most_left = None, INNER_LEFT
        if nearly is not None:
            inverse = nearly.inverse(root)
            most_left = FIRST_LEFT[number] if number < len(FIRST_LEFT) else INNER_LEFT
        weights = root * _solved(covariance, root, wanted, weights / root, inverse, most_left)
        step = seen.mean + _times(covariance, weights) - field
        longest = float(np.abs(step).max())
        if longest <= SETTLED_KM and most_left <= INNER_LEFT:
            break
        field += step * (LONGEST_KM / max(longest, LONGEST_KM))
    return weights


def _times(covariance: Array | Single, vector: Array) -> Array:
    """Multiply in the precision of the covariance; of many, half of which is read."""
    if covariance.dtype == np.float64:
        found: Array = covariance @ vector
        return found
    single: Single = blas.ssymv(1.0, covariance.T, vector.astype(np.float32))
    return single.astype(np.float64)


def _solved(  # noqa: PLR0913, PLR0917  (the system, and when it is solved)
    covariance: Array | Single,
    root: Array,
    wanted: Array,
    start: Array,
    inverse: Callable[[Array], Array] | None,
    most_left: float,
) -> Array:
    """Solve (1 + root × covariance × root) x = wanted by conjugate gradients.

    Preconditioned with what is nearly the inverse, if that is given; done when this share of the
    residual is left.
    """

    def times(x: Array) -> Array:
        product: Array = x + root * _times(covariance, root * x)
        return product

    x = start.copy()
    left = wanted - times(x)
    better = left if inverse is None else inverse(left)
    towards, size, slope = better.copy(), float(left @ left), float(left @ better)
    goal = most_left**2 * max(float(wanted @ wanted), 1e-12)
    for _ in range(INNER_STEPS):
        if size <= goal:
            break
        turned = times(towards)
        share = slope / float(towards @ turned)
        x += share * towards
        left -= share * turned
        better = left if inverse is None else inverse(left)
        before, size, slope = slope, float(left @ left), float(left @ better)
        towards = better + slope / before * towards
    return x


@dataclass(frozen=True, slots=True)
class _Nearly:
    """A covariance as a few columns times their transpose, and what is left of its diagonal."""

    factor: Array
    left: Array

    @classmethod
    def to(cls, covariance: Array | Single) -> _Nearly:
        """Come near to a covariance."""
        factor = _factor(covariance)
        return cls(factor, np.maximum(np.diagonal(covariance) - (factor**2).sum(axis=1), 0.0))

    def inverse(self, root: Array) -> Callable[[Array], Array]:
        """Give what solves (1 + root × this × root) x = b, by Woodbury's identity."""
        share = 1 / (1 + self.left * root**2)
        scaled = root[:, None] * self.factor
        halves = (np.sqrt(share)[:, None] * scaled).astype(np.float32)
        product = (halves.T @ halves).astype(np.float64)
        small = np.linalg.inv(np.eye(scaled.shape[1]) + product)

        def solve(b: Array) -> Array:
            part = share * b
            solved: Array = part - share * (scaled @ (small @ (scaled.T @ part)))
            return solved

        return solve

    def start(self, seen: Seen) -> tuple[Array, Array]:
        """Find the mode for this in the place of the covariance: field and weights."""
        field, weights = seen.mean.copy(), np.zeros(len(seen.mean))
        for _ in range(STEPS):
            slope, curvature = seen.pull(field)
            root = np.sqrt(curvature)
            weights = root * self.inverse(root)(root * (field - seen.mean) + slope / root)
            found = seen.mean + self.left * weights + self.factor @ (self.factor.T @ weights)
            longest = float(np.abs(found - field).max())
            if longest <= NEARLY_SETTLED_KM:
                break
            field += (found - field) * min(1.0, LONGEST_KM / longest)
        return field, weights


def _factor(covariance: Array | Single) -> Array:
    """Give the first columns of a Cholesky factor, pivoted (Harbrecht, Peters, Schneider 2012)."""
    left = np.diagonal(covariance).astype(np.float64)
    columns = min(COLUMNS, len(left))
    factor = np.zeros((len(left), columns))
    for column in range(columns):
        pivot = int(left.argmax())
        if left[pivot] <= LEAST_PIVOT:
            return factor[:, :column]
        rest = covariance[pivot].astype(np.float64) - factor @ factor[pivot]
        factor[:, column] = rest / np.sqrt(left[pivot])
        left -= factor[:, column] ** 2
        left[pivot] = 0.0
    return factor


def expected(covariance: Array | Single, seen: Seen) -> tuple[Array, Array]:
    """Find the posterior mean, and what precision each observation counts as.

    Parameters
    ----------
    covariance, seen
        As for `mode`.

    Returns
    -------
    weights, precision
        (n,): the mean elsewhere is the prior mean plus covariance times the weights; precisions
        of the Gaussians that stand for the observations, 1/km².
    """
    return _from_mode(covariance, seen, mode(covariance, seen))


def _from_mode(covariance: Array | Single, seen: Seen, weights: Array) -> tuple[Array, Array]:
    """Find the posterior mean from the weights of the mode."""
    weights, shift = weights.copy(), _times(covariance, weights)
    precision = seen.pull(seen.mean + shift)[1]
    some = np.flatnonzero(precision * np.diagonal(covariance) > LEAST_SHARE)
    if not len(some):
        return weights, precision
    # The others pull as they do at the mode, as if that were all known of the field here.
    among = covariance[np.ix_(some, some)]
    shift = shift[some] - _times(among, weights[some])
    told = seen.at(some)
    part = Seen(told.mean + shift, told.sign, told.noise_km)
    weights[some], precision[some] = _propagated(among, part, weights[some], precision[some])
    return weights, precision


def expected_of_many(
    between: Callable[[Numbers, Numbers], Single], variance: Array, seen: Seen
) -> tuple[Array, Array]:
    """Find the posterior mean from many observations, most of which say nothing.

    A place deep behind the line is where everybody takes it to be. What pulls the field at the mode
    by no more than `LEAST_PULL_KM` is left out, and looked at again when the mode is found.

    Parameters
    ----------
    between
        Gives the covariance of observations and others by their numbers, km².
    variance
        Of the field at each observation, km².
    seen
        What was observed.

    Returns
    -------
    weights, precision
        As of `expected`, 0 for what is left out.
    """
    weights, precision, shift = (np.zeros(len(variance)) for _ in range(3))
    tells = _pulls(seen, shift, variance)
    some, near = np.flatnonzero(tells), False
    while len(some):
        among = _fitting(between(some, some))
        part, rest = seen.at(some), np.flatnonzero(~tells)
        found = mode(among, part, weights[some]) if near else _roughly(among, part)
        weights[some], shift[some] = found, _times(among, found)
        shift[rest] = between(rest, some) @ found.astype(np.float32)
        pulls = _pulls(seen, shift, variance)
        if near and not pulls[rest].any():
            break
        # What was taken in for where the line was before may have nothing to say where it is.
        tells = (tells & near) | pulls
        weights[~tells] = 0.0
        some, near = np.flatnonzero(tells), True
    if len(some):
        weights[some], precision[some] = _from_mode(among, seen.at(some), weights[some])
    return weights, precision


def _fitting(covariance: Single) -> Array | Single:
    """Give a covariance in the precision that it is soonest solved in."""
    return covariance.astype(np.float64) if len(covariance) <= FEW_TELL else covariance


def _roughly(covariance: Array | Single, seen: Seen) -> Array:
    """Give weights near to those of the mode: of many from a few columns of the covariance."""
    many = covariance.dtype == np.float32
    return _Nearly.to(covariance).start(seen)[1] if many else mode(covariance, seen)


def _pulls(seen: Seen, shift: Array, variance: Array) -> npt.NDArray[np.bool_]:
    """Which observations pull, each by itself, a field that has shifted so much where they are."""
    pulls: npt.NDArray[np.bool_] = (
        np.abs(seen.pull(seen.mean + shift)[0]) * variance > LEAST_PULL_KM
    )
    return pulls


def _propagated(
    covariance: Array | Single, seen: Seen, weights: Array, precision: Array
) -> tuple[Array, Array]:
    """Propagate expectations, all observations at once, from weights and precisions of the mode."""
    given = (_AllPairs if len(weights) <= MOST_AT_ONCE else _NearPairs).of(covariance)
    found = np.full(len(weights), np.inf)
    pull = weights + precision * _times(covariance, weights)
    for number in range(PASSES):
        weights, variance = given.weights_and_variance(pull, precision, weights)
        before, found = found, _times(covariance, weights)
        if np.abs(found - before).max() <= AGREED_KM:
            break
        matched = seen.matched(found, variance, pull, precision)
        share = 1.0 if number < PASSES // 2 else 0.5
        pull = pull + share * (matched[0] - pull)
        precision = precision + share * (matched[1] - precision)
    return weights, precision


@dataclass(frozen=True, slots=True)
class _AllPairs:
    """Weights, and variances at observations, from one factor of all of them."""

    covariance: Array | Single

    @classmethod
    def of(cls, covariance: Array | Single) -> _AllPairs:
        return cls(covariance)

    def weights_and_variance(
        self, pull: Array, precision: Array, start: Array
    ) -> tuple[Array, Array]:
        """Solve for Gaussian observations of a pull and a precision each."""
        del start  # solved outright
        kind = "s" if self.covariance.dtype == np.float32 else "d"
        factorise, invert, solve = (
            getattr(lapack, kind + name) for name in ("potrf", "trtri", "potrs")
        )
        root = np.sqrt(precision)
        scale: Any = root.astype(self.covariance.dtype)
        between = scale[:, None] * self.covariance * scale
        between[np.diag_indices(len(root))] += 1
        factor = factorise(between.T, lower=1, overwrite_a=1)[0]
        solved = solve(factor, root * _times(self.covariance, pull), lower=1)[0]
        inverse = invert(factor, lower=1, overwrite_c=1)[0]
        # The diagonal of the inverse of what was factored.
        left = np.einsum("ij,ij->j", inverse, inverse)
        return pull - root * solved, np.maximum(1 - left, 1e-12) / precision


@dataclass(frozen=True, slots=True)
class _NearPairs:
    """Weights by conjugate gradients, and the variance at each from those that say most of it."""

    covariance: Array | Single
    nearly: _Nearly
    near: Numbers
    among: Array
    across: Array

    @classmethod
    def of(cls, covariance: Array | Single) -> _NearPairs:
        near = np.argpartition(covariance, -SAYING, axis=1)[:, -SAYING:]
        among = covariance[near[:, :, None], near[:, None]].astype(np.float64)
        across = np.take_along_axis(covariance, near, axis=1).astype(np.float64)
        return cls(covariance, _Nearly.to(covariance), near, among, across)

    def weights_and_variance(
        self, pull: Array, precision: Array, start: Array
    ) -> tuple[Array, Array]:
        """Solve for Gaussian observations of a pull and a precision each."""
        root = np.sqrt(precision)
        wanted = pull / root
        inverse = self.nearly.inverse(root)
        solved = _solved(self.covariance, root, wanted, start / root, inverse, INNER_LEFT)
        between = self.among.copy()
        diagonal = np.arange(SAYING)
        between[:, diagonal, diagonal] += 1 / precision[self.near]
        told = np.linalg.solve(between, self.across[..., None])[..., 0]
        variance = np.diagonal(self.covariance) - (self.across * told).sum(axis=1)
        return root * solved, np.maximum(variance, 1e-6)
