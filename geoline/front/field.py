"""The model of the line: a Gaussian process over signed distance, seen through who holds places.

One field a party, in kilometres: positive where the ground is likelier the party's than anybody
else's. Its prior mean follows the last known areas (`standing`); where there are none it is zero.
A place is an observation of the sign alone (probit), so that the posterior is found by expectation
propagation (Rasmussen and Williams 2006, section 3.6; here all sites at once, damped).

Lengths are kilometres, coordinates metres. The settings were chosen on the calibration days of
`tests/benchmarks/front.py`, not on those that it reports.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import cho_solve, solve_triangular
from scipy.spatial.distance import cdist
from scipy.special import log_ndtr
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

__all__ = [
    "AFRESH",
    "MOVED",
    "UNPROVOKED_KM",
    "Field",
    "Kernel",
    "infer",
    "loosened",
    "single_threaded",
    "standing",
    "warped",
]

# Doubt of a holder: positions and outlines are off by some hundred metres.
NOISE_KM = 0.5
# What it takes to move ground at all: a line that did not move is exactly where it was.
INERTIA_KM = 1.3
# … the more so where its holder lost no place within reach: ground passes to who takes places.
UNPROVOKED_KM = 3.2
PROVOKED_WITHIN_KM = 46.0
# Distance from the old line counts in full at first, ever less beyond this.
WARP_KM, WARP_POWER = 11.6, -0.1
# Expectation propagation: rounds, damping, and the change of the sites at which it is done.
ROUNDS, DAMPING, SETTLED = 40, 0.7, 1e-2
TINY = 1e-9
HALF_LOG_TWO_PI = 0.5 * float(np.log(2 * np.pi))


@dataclass(frozen=True, kw_only=True, slots=True)
class Kernel:
    """Covariance of the field between two points, by their distance (a Matérn kernel).

    Parameters
    ----------
    deviation_km
        Standard deviation of the field.
    length_km
        How far what happened at one point speaks for another.
    rough
        Matérn of smoothness 1/2 (exponential), else 3/2.
    """

    deviation_km: float
    length_km: float
    rough: bool = False

    def __call__(self, a: Array, b: Array) -> Array:
        """Covariance of points a (n, 2) and b (m, 2), metres; array (n, m) of km²."""
        apart = cdist(a, b)
        if self.rough:
            apart *= -1 / (self.length_km * 1000)
            return self.deviation_km**2 * np.exp(apart, out=apart)
        apart *= np.sqrt(3) / (self.length_km * 1000)
        return self.deviation_km**2 * (1 + apart) * np.exp(-apart)


@contextmanager
def single_threaded() -> Iterator[None]:
    """Keep linear algebra on one thread: for some hundred places, more of them cost time."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


# How far the line has moved since it was last known, and where it is if it never was.
MOVED = Kernel(deviation_km=4.0, length_km=19.0)
AFRESH = Kernel(deviation_km=4.0, length_km=25.0, rough=True)


def loosened(apart_km: Array) -> Array:
    """Share of the unprovoked hold that is gone this far from a place that the holder lost."""
    near = np.clip(1 - (apart_km / PROVOKED_WITHIN_KM) ** 2, 0, 1)
    return near * near


def standing(apart_km: Array, loose: Array) -> Array:
    """Prior mean of a holder's field on his own ground (others: the negative).

    Parameters
    ----------
    apart_km
        Distance from the old line.
    loose
        As `loosened` gives it.
    """
    return warped(apart_km) + UNPROVOKED_KM * (1 - loose)


def warped(apart_km: Array) -> Array:
    """Give what `standing` takes of the distance from the old line, whatever else holds."""
    far = (1 + apart_km / WARP_KM) ** WARP_POWER
    return INERTIA_KM + WARP_KM * (far - 1) / WARP_POWER


def infer(
    covariance: Array, mean: Array, sign: Array, noise: Array | float = NOISE_KM
) -> tuple[Array, Array]:
    """Fit one Gaussian site a place (expectation propagation).

    Parameters
    ----------
    covariance, mean
        Of the field at the places, (n, n) and (n,).
    sign
        +1 where the place is the party's, else -1.
    noise
        Standard deviation of the probit observation, one or one a place.

    Returns
    -------
    precision, shift
        Natural parameters of the sites, (n,).
    """
    prior = np.diagonal(covariance)
    precision = np.full(len(mean), 1e-6)
    shift = precision * mean
    spread = np.square(noise)
    for _ in range(ROUNDS):
        root, lower = _factor(covariance, precision)
        reduced = solve_triangular(lower, root[:, None] * covariance, lower=True)
        variance = prior - np.einsum("ij,ij->j", reduced, reduced)
        centre = mean + covariance @ _weights(covariance, mean, precision, shift, root, lower)
        cavity = 1 / np.maximum(1 / variance - precision, TINY)
        without = cavity * (centre / variance - shift)
        scale = np.sqrt(cavity + spread)
        z = sign * without / scale
        hazard = np.exp(-0.5 * z * z - HALF_LOG_TWO_PI - log_ndtr(z))
        tilted = without + sign * cavity * hazard / scale
        narrowed = np.maximum(cavity - (cavity / scale) ** 2 * hazard * (z + hazard), 1e-6 * cavity)
        new = np.maximum(1 / narrowed - 1 / cavity, TINY)
        step = DAMPING * (new - precision)
        shift += DAMPING * (tilted / narrowed - without / cavity - shift)
        precision = precision + step
        if np.abs(step).max() <= SETTLED * max(float(new.max()), TINY):
            break
    return precision, shift


def _factor(covariance: Array, precision: Array) -> tuple[Array, Array]:
    root: Array = np.sqrt(precision)
    inner = root[:, None] * covariance * root
    inner[np.diag_indices_from(inner)] += 1
    lower: Array = np.linalg.cholesky(inner).astype(float)
    return root, lower


def _weights(  # noqa: PLR0913, PLR0917  (the parts of one formula)
    covariance: Array, mean: Array, precision: Array, shift: Array, root: Array, lower: Array
) -> Array:
    pull = shift - precision * mean
    solved: Array = cho_solve((lower, True), root * (covariance @ pull))
    return pull - root * solved


@dataclass(frozen=True, slots=True)
class Field:
    """The posterior mean of one party's field.

    Parameters
    ----------
    weights
        One a place: the mean elsewhere is the prior's plus covariance times these.
    """

    weights: Array

    @classmethod
    def of(cls, covariance: Array, mean: Array, sign: Array) -> Field:
        """Condition on who holds the places (see `infer`)."""
        precision, shift = infer(covariance, mean, sign)
        root, lower = _factor(covariance, precision)
        return cls(_weights(covariance, mean, precision, shift, root, lower))
