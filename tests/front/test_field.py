"""The posterior mean of the field: against closed forms, against integrals, and its symmetries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from geoline.front import field
from geoline.front.field import (
    KERNEL_FROM_LAST_LINE,
    Seen,
    expected,
    expected_of_many,
    prior_mean_km,
)

if TYPE_CHECKING:
    import pytest

distances = st.floats(-6, 6).map(lambda km: round(km, 2))


def seen(mean: list[float], sign: list[int], noise_km: float = 1.0) -> Seen:
    """What was seen at some points."""
    return Seen(np.array(mean), np.array(sign, dtype=float), np.full(len(mean), noise_km))


@given(st.floats(-6, 1), st.sampled_from([1, -1]), st.floats(2, 6), st.floats(0.5, 2.5))
@settings(max_examples=60)
def test_one_place_moves_the_field_as_far_as_it_ought_to(
    expected_km: float, sign: int, deviation: float, noise: float
) -> None:
    """Ground beyond a place that fell would be drawn short, and the sum of gains with it."""
    mean, covariance = sign * expected_km, np.array([[deviation**2]])
    weights, precision = expected(covariance, seen([mean], [sign], noise))
    wide = float(np.hypot(noise, deviation))
    z = sign * mean / wide
    # Rasmussen and Williams 2006, (3.85) and (3.87).
    hazard = float(np.exp(stats.norm.logpdf(z) - stats.norm.logcdf(z)))
    right = sign * deviation**2 * hazard / wide
    assert abs(float(covariance[0] @ weights) - right) < 0.1 + 0.02 * abs(right)
    variance = deviation**2 - deviation**4 / wide**2 * hazard * (z + hazard)
    assert np.isclose(1 / (1 / deviation**2 + precision[0]), variance, rtol=0.05)


def test_two_places_that_speak_for_each_other_come_to_the_integral() -> None:
    """Places near each other would be counted as if each were alone."""
    covariance = np.array([[9.0, 6.0], [6.0, 9.0]])
    mean = np.array([-3.0, -1.0])
    weights, _ = expected(covariance, seen([-3.0, -1.0], [1, -1]))
    at = np.linspace(-18, 14, 400)
    x, y = np.meshgrid(at, at)
    density = stats.multivariate_normal(mean, covariance).pdf(np.stack((x, y), axis=-1))
    density *= stats.norm.cdf(x) * stats.norm.cdf(-y)
    right = [float((one * density).sum() / density.sum()) for one in (x, y)]
    assert np.allclose(mean + covariance @ weights, right, atol=0.15)


@given(
    st.lists(st.tuples(distances, st.sampled_from([1, 0, -1])), min_size=2, max_size=12),
    st.floats(2, 40),
)
@settings(max_examples=40)
def test_sides_exchanged_give_the_same_line(places: list[tuple[float, int]], length: float) -> None:
    """The line would depend on which side is named first."""
    at = 3.0 * np.arange(len(places))
    covariance = 16 * np.exp(-np.abs(at[:, None] - at) / length)
    mean, sign = [m for m, _ in places], [s for _, s in places]
    one, sure = expected(covariance, seen(mean, sign))
    other, as_sure = expected(covariance, seen([-m for m in mean], [-s for s in sign]))
    assert np.allclose(one, -other, atol=1e-6)
    assert np.allclose(sure, as_sure, rtol=1e-6)
    assert np.isfinite(one).all()


def test_many_places_come_to_the_line_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A war of many places would be drawn by another model than one of few."""
    draw = np.random.default_rng(7)
    xy = draw.random((500, 2)) * 120e3
    covariance = KERNEL_FROM_LAST_LINE(xy, xy)
    east = xy[:, 0] / 1000 - 60
    mean = np.clip(-east, -8, 8)
    what = Seen(mean, np.where(east < 8 * np.sin(xy[:, 1] / 2e4) + 6, 1.0, -1.0), np.full(500, 1.5))
    few, sure = expected(covariance, what)
    monkeypatch.setattr(field, "MOST_AT_ONCE", 50)
    many, as_sure = expected(covariance, what)
    assert np.abs(covariance @ (few - many)).max() < field.AGREED_KM
    assert np.allclose(sure, as_sure, rtol=0.1)
    assert (few != many).any(), "they were worked out another way"


@given(st.integers(0, 2**32 - 1), st.floats(0, 20))
@settings(max_examples=10, deadline=None)
def test_places_deep_behind_the_line_may_be_left_out(seed: int, moved_km: float) -> None:
    """A country's line would run elsewhere because villages far from it are not asked."""
    draw = np.random.default_rng(seed)
    xy = draw.random((400, 2)) * np.array([200e3, 120e3])
    covariance = KERNEL_FROM_LAST_LINE(xy, xy)
    east = xy[:, 0] / 1000 - 100
    now = east < moved_km * np.sin(xy[:, 1] / 2e4)
    what = Seen(
        np.where(east < 0, 1, -1) * prior_mean_km(np.abs(east)),
        np.where(now, 1.0, -1.0),
        np.full(400, 0.8),
    )
    every, sure = expected(covariance, what)
    single = covariance.astype(np.float32)
    some, as_sure = expected_of_many(
        lambda a, b: single[np.ix_(a, b)], np.diagonal(covariance).copy(), what
    )
    assert np.abs(covariance @ (every - some)).max() < field.SETTLED_KM + field.AGREED_KM
    asked = some != 0
    assert not asked.all()
    told = sure * np.diagonal(covariance) > 0.05
    assert np.allclose(sure[told], as_sure[told], rtol=0.15)
