"""Positions that somebody saw the line at: what they move, and what they may not."""

from __future__ import annotations

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geoline import CrsError, FrontLine, RequestError, front_line

EVE, DAY = date(2024, 1, 1), date(2024, 6, 1)
# Two sides along a meridian, towns on a grid of nine kilometres; a third side in the far north.
TOWNS = np.array([(36 + 0.1 * x, 35 + 0.08 * y) for x in range(-4, 6) for y in range(8)])
POINTS = gpd.GeoSeries.from_xy(*TOWNS.T, crs=4326)
BASELINE = gpd.GeoDataFrame(
    {"holder": ["red", "blue", "green"]},
    geometry=[
        shapely.box(35, 34.5, 36.04, 35.5),
        shapely.box(36.04, 34.5, 37, 35.5),
        shapely.box(35, 35.5, 37, 36.2),
    ],
    crs=4326,
)
HOLDERS = ["green" if y > 35.5 else "red" if x < 36.04 else "blue" for x, y in TOWNS]
# Where the line has come to: six kilometres east of where it was, between the towns.
SEEN = gpd.GeoSeries.from_xy([36.075] * 5, 35 + 0.06 * np.arange(1, 6), crs=4326)


def drawn(positions: gpd.GeoSeries | None = None, days: object = None) -> FrontLine:
    """Draw the line with positions."""
    return front_line(
        POINTS, HOLDERS, BASELINE, day=DAY, as_of=EVE,
        positions=positions, position_days=days,  # type: ignore[arg-type]
    )  # fmt: skip


def km2(line: FrontLine, holder: str) -> float:
    """Square kilometres of a side."""
    return float(line.areas.set_index("holder").km2[holder])


def test_a_line_seen_beyond_the_old_one_is_drawn_there() -> None:
    """Footage of an advance between two towns would change nothing until a town falls."""
    before, after = drawn(), drawn(SEEN)
    assert 80 < km2(after, "red") - km2(before, "red") < 250
    reprojected = SEEN.to_crs(32637)
    assert km2(drawn(reprojected), "red") == pytest.approx(km2(after, "red"), abs=0.2)


def test_a_third_side_is_not_touched() -> None:
    """Two sides' footage would give ground to one that stands aside."""
    assert km2(drawn(SEEN), "green") == pytest.approx(km2(drawn(), "green"), abs=4)


def test_what_was_seen_before_the_last_known_line_says_nothing() -> None:
    """An old picture would move a line that somebody has drawn since."""
    old = np.full(len(SEEN), np.datetime64(EVE - timedelta(days=30)))
    same = drawn(SEEN, old)
    assert same.areas.geometry.geom_equals(drawn().areas.geometry).all()


@pytest.mark.parametrize(
    ("positions", "days", "error", "said"),
    [
        (SEEN.set_crs(None, allow_override=True), None, CrsError, "positions have no CRS"),
        (gpd.GeoSeries([shapely.Point()], crs=4326), None, RequestError, "a position is empty"),
        (SEEN, np.full(4, np.datetime64(DAY)), RequestError, "4 days for 5 points"),
        (SEEN, np.full(5, np.datetime64("2024-06-02")), RequestError, "after the day asked for"),
    ],
)
def test_positions_that_cannot_be_meant_get_one_line(
    positions: gpd.GeoSeries, days: object, error: type[Exception], said: str
) -> None:
    """Footage of tomorrow, or in nobody knows which degrees, would move today's line."""
    with pytest.raises(error, match=said):
        drawn(positions, days)


def test_positions_need_a_last_known_line() -> None:
    """Without one nothing says between whom the line was seen."""
    with pytest.raises(RequestError, match="positions given"):
        front_line(POINTS, HOLDERS, positions=SEEN)
