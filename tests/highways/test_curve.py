"""The curve through the way-points of a road of which nothing more is known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline.highways.curve import curved_course
from geoline.highways.highway import Highway, WayPoint


def waypoint(number: int, lon: float, lat: float, shared: str = "") -> WayPoint:
    """Make a way-point."""
    name = f"p{number}"
    return WayPoint(place_id=name, name=name, lat=lat, lon=lon, error_m=500, shared_with=shared)


BEND = [(36.0, 35.0), (36.2, 35.0), (36.2, 35.2), (36.4, 35.2)]


def test_it_passes_every_way_point_and_turns_less_sharply() -> None:
    """A road leaves the towns that reports put on it, or turns at a right angle in them."""
    points = [waypoint(n, *at) for n, at in enumerate(BEND)]
    road = Highway("R", points, curved_course(points))
    assert max(road.locate(w.lat, w.lon)[1] for w in points) < 1e-3
    steps = np.diff(shapely.get_coordinates(road.line), axis=0)
    turns = np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0])))
    assert np.degrees(np.abs(turns)).max() < 45
    assert road.errors_at([0.0])[0] == 500
    assert road.sample_error_m.max() > 1500, "half-way along a leg the road may be off by more"


def test_two_roads_that_are_one_share_the_curve() -> None:
    """The M4 and the M5 run side by side where they are the same road."""
    one = [(35.9, 35.1), *BEND, (36.6, 35.0)]
    other = [(36.1, 34.8), *BEND, (36.5, 35.6)]

    def road(points: list[tuple[float, float]]) -> shapely.LineString:
        ways = [
            waypoint(n, *at, shared="X" if 0 < n < len(points) - 1 else "")
            for n, at in enumerate(points)
        ]
        return shapely.linestrings(curved_course(ways).lonlat)

    first, second = road(one), road(other)
    together = shapely.intersection(first, second)
    assert together.length > 0.6


def test_a_straight_road_stays_straight() -> None:
    """Two way-points, or one named twice, bend the road or stop the map."""
    points = [waypoint(0, 36.0, 35.0), waypoint(1, 36.0, 35.0), waypoint(2, 36.3, 35.1)]
    xy = curved_course(points).lonlat
    (x, y), (dx, dy) = (xy - xy[0]).T, xy[-1] - xy[0]
    across = x * dy - y * dx
    assert np.abs(across).max() < 1e-9


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.floats(30, 31), st.floats(50, 51)), min_size=2, max_size=8, unique=True
    ).filter(lambda at: all(np.hypot(a[0] - b[0], a[1] - b[1]) > 1e-3 for a, b in pairwise(at)))
)
def test_any_way_points_give_a_road(at: list[tuple[float, float]]) -> None:
    """A road whose way-points turn back makes the map fail."""
    points = [waypoint(n, *one) for n, one in enumerate(at)]
    course = curved_course(points)
    assert np.isfinite(course.lonlat).all()
    assert len(course.lonlat) == len(course.error_m)
    road = Highway("R", points, course)
    assert (np.diff(road.waypoint_km) >= 0).all()
