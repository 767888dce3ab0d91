"""A measured road: places on it, legs, and roads that come by one place twice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geoline.errors import RequestError
from geoline.highways.highway import Course, Highway, WayPoint, side_of
from tests.growth import assert_grows_with_the_work

if TYPE_CHECKING:
    from collections.abc import Sequence


def waypoint(name: str, lon: float, lat: float = 35.0, shared_with: str = "") -> WayPoint:
    """Make a way-point; a capital is its name, the small letter its id."""
    return WayPoint(
        place_id=name.lower(), name=name, lat=lat, lon=lon, error_m=100, shared_with=shared_with
    )


def road(*points: Sequence[object], course: Course | None = None) -> Highway:
    """Make a road of names and longitudes."""
    return Highway("R", [waypoint(*point) for point in points], course)  # type: ignore[arg-type]


def test_a_road_that_comes_back_is_measured_on() -> None:
    """The second way through a town would cost the road its kilometres."""
    ring = road(("A", 36.0), ("B", 36.1), ("C", 36.1, 35.1), ("A", 36.0))
    assert (np.diff(ring.waypoint_km) > 0).all()
    assert ring.km_of("A") == 0
    assert ring.between("B", "C").length_km == pytest.approx(11.1, abs=0.1)
    assert ring.between("C", "A").places[-1].name == "A"


def test_a_course_past_one_place_twice() -> None:
    """A town beyond would stand at the kilometre of the town passed again."""
    there = np.linspace(36.0, 36.3, 31)
    lonlat = np.column_stack((np.append(there, there[-2:9:-1]), np.full(51, 35.0)))
    course = Course(lonlat, np.full(51, 20.0))
    found = road(("A", 36.0), ("B", 36.1), ("C", 36.3), ("B", 36.1), course=course)
    assert found.waypoint_km == pytest.approx([0, 9.1, 27.4, 45.6], abs=0.1)


def test_way_points_of_a_course_never_fall() -> None:
    """Two villages in the wrong order would turn the leg between them round."""
    lonlat = np.column_stack((np.linspace(36.0, 36.3, 31), np.full(31, 35.0)))
    course = Course(lonlat, np.full(31, 20.0))
    found = road(("A", 36.0), ("C", 36.21), ("B", 36.2), ("D", 36.3), course=course)
    assert (np.diff(found.waypoint_km) >= 0).all()
    assert found.waypoint_km[[0, 3]] == pytest.approx([0, 27.4], abs=0.1)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ([], "has no way-point"),
        ([("A", 36.0)], "has one way-point"),
        ([("A", 36.0), ("B", 36.0)], "has way-points in one spot"),
    ],
)
def test_what_is_no_road_is_refused(points: list[tuple[str, float]], said: str) -> None:
    """A road of no length divides by nought."""
    with pytest.raises(RequestError, match=said):
        road(*points)


def test_places_by_id_and_by_name() -> None:
    """`geoline highway --between` would not find what the road's own table names."""
    found = road(("A", 36.0), ("b", 36.1), ("B", 36.2))
    assert [found.km_of(name) for name in ("a", "A", "b", "B")] == pytest.approx(
        [0, 0, 9.1, 9.1], abs=0.1
    )
    with pytest.raises(RequestError, match="R has no way-point 'X'; there are A, b, B"):
        found.km_of("X")
    following = found.next_place(10.0)
    assert following is not None
    assert following.name == "B"
    assert found.next_place("A", -1) is None
    assert found.next_place(99.0) is None


def test_legs_that_are_another_road() -> None:
    """What is said of the one road would not count for the other."""
    found = road(
        ("A", 36.0), ("B", 36.1, 35.0, "M"), ("C", 36.2, 35.0, "M"), ("D", 36.3, 35.0, "N")
    )
    assert [
        (leg.shared_with, leg.places[0].name, leg.places[-1].name) for leg in found.shared()
    ] == [("M", "B", "C")]
    assert found.between("A", "D").shared_with == ""


def test_side_of_counts_allies() -> None:
    """An ally's stretch would cut the road."""
    allied = [frozenset({"red", "pink"})]
    assert side_of("red", allied) == {"red", "pink"}
    assert side_of("blue", allied) == {"blue"}


def test_legs_cost_no_more_in_a_long_road() -> None:
    """A road of ten thousand way-points would take minutes."""

    def seconds(count: int) -> float:
        names = [(f"P{n}", 36.0 + n / 1000, 35.0, "M" if n // 3 % 2 else "") for n in range(count)]
        start = time.process_time()
        road(*names).shared()
        return time.process_time() - start

    assert_grows_with_the_work(seconds, 3000, slack=0.05)
