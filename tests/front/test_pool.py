"""Many places are solved another way than few: the line must not feel it."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline.front import ground as ground_module
from geoline.front import posterior as posterior_module
from geoline.front.drawing import HeldAreas
from geoline.front.field import (
    KERNEL_FROM_LAST_LINE,
    SETTLED_KM,
    Seen,
    mode,
    prior_mean_km,
    single_threaded,
)
from geoline.front.ground import Ground
from geoline.front.pool import Pool
from geoline.front.projection import WGS84, reprojected


@settings(max_examples=10)
@given(st.integers(0, 2**32 - 1), st.integers(3, 250))
def test_the_mode_of_many_is_that_of_few(seed: int, count: int) -> None:
    """A country's line would run elsewhere than the same line in a province."""
    draw = np.random.default_rng(seed)
    xy = np.column_stack((draw.random(count) * 90e3, draw.random(count) * 120e3))
    covariance = KERNEL_FROM_LAST_LINE(xy, xy)
    moved = xy[:, 0] - 45e3 + 15e3 * np.sin(xy[:, 1] / 3e4)
    side = np.where(xy[:, 0] > 45e3, 1, -1)
    mean = side * prior_mean_km(np.abs(xy[:, 0] - 45e3) / 1e3)
    seen = Seen(mean, np.where(moved > 0, 1.0, -1.0), np.full(count, 1.0))
    with single_threaded():
        plain = covariance @ mode(covariance, seen)
        shared = covariance @ mode(covariance.astype(np.float32), seen)
    assert np.abs(plain - shared).max() <= 3 * SETTLED_KM


def test_a_pool_gives_what_the_kernel_gives() -> None:
    """A place that enters on a later day would be weighed as another."""
    draw = np.random.default_rng(1)
    xy, nodes = draw.random((600, 2)) * 1e5, draw.random((40, 2)) * 1e5
    pool = Pool(KERNEL_FROM_LAST_LINE, xy, nodes)
    for some in (np.arange(0, 40), np.array([3, 599, 3, 41]), np.arange(600)[::-1]):
        exact = KERNEL_FROM_LAST_LINE(xy[some], xy[some])
        assert pool.between(some, some) == pytest.approx(exact, rel=1e-5)
    some, weights = np.array([5, 599, 7]), draw.normal(size=(2, 3))
    exact = weights @ KERNEL_FROM_LAST_LINE(xy[some], nodes)
    assert pool.at_nodes(some, weights) == pytest.approx(exact, abs=1e-3)


def test_a_ground_of_many_places_draws_the_same_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    """From one place more on, the whole map would jump."""
    draw = np.random.default_rng(2)
    lonlat = np.column_stack((36 + draw.random(300), 35 + draw.random(300)))
    before = ["red" if lon < 36.5 else "blue" for lon in lonlat[:, 0]]
    now = ["red" if lon < 36.5 + 0.1 * np.sin(9 * lat) else "blue" for lon, lat in lonlat]
    eve = Ground(lonlat, step_m=2_000.0).paint(before)
    drawn = []
    for many in (10**9, 10):
        monkeypatch.setattr(ground_module, "MANY", many)
        first = Ground(lonlat, step_m=2_000.0)
        shapes = np.array(list(eve.values()), dtype=object)
        held = HeldAreas(tuple(eve), reprojected(shapes, first.crs, WGS84))
        drawn.append(Ground(lonlat, baseline=held, step_m=2_000.0).paint(now))
    few, many_places = drawn
    assert few.keys() == many_places.keys()
    off = [few[holder].symmetric_difference(many_places[holder]).area / 1e6 for holder in few]
    assert max(off) < 1e-3 * sum(area.area for area in few.values()) / 1e6


def test_a_day_is_drawn_alike_whatever_was_drawn_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The map of a day would depend on which process drew it, and on what was kept."""
    monkeypatch.setattr(ground_module, "MANY", 10)
    monkeypatch.setattr(posterior_module, "MANY", 10)
    draw = np.random.default_rng(3)
    lonlat = np.column_stack((36 + 2 * draw.random(400), 35 + 2 * draw.random(400)))

    def held(wave: float) -> list[str | None]:
        return ["red" if x < 37 + 0.3 * np.sin(wave * y) else "blue" for x, y in lonlat]

    first = Ground(lonlat, step_m=2_000.0)
    eve = first.paint(held(0.0))
    shapes = reprojected(list(eve.values()), first.crs, WGS84)
    baseline = HeldAreas(tuple(eve), shapes)

    def ground() -> Ground:
        return Ground(lonlat, baseline=baseline, step_m=2_000.0, many_days=True)

    alone, after = ground(), ground()
    for wave in (5.0, 11.0, 2.0):
        after.paint(held(wave))
    sent = pickle.loads(pickle.dumps(after))  # noqa: S301  (to another process)
    assert alone.paint(held(7.0)) == after.paint(held(7.0)) == sent.paint(held(7.0))
