"""What is given to the model: an answer, or one line that says what to do."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline import CrsError, FrontLine, GeolineError, RequestError, front_line

POINTS = gpd.GeoSeries.from_xy([36, 36.2, 36.1], [35, 35, 35.2], crs=4326)
HOLDERS = ["red", "blue", "blue"]
WORLD = shapely.box(-180, -90, 180, 90)
METRES = shapely.box(3_900_000, 4_100_000, 4_200_000, 4_400_000)


def areas(*shapes: Any, holders: Any = None, crs: Any = 4326) -> gpd.GeoDataFrame:  # noqa: ANN401
    """Make last known areas."""
    names = holders or ["red", "blue", "green"][: len(shapes)]
    return gpd.GeoDataFrame({"holder": names}, geometry=list(shapes), crs=crs)


@pytest.mark.parametrize("nobody", [np.nan, pd.NA, None, "", float("nan")])
def test_a_holder_that_is_not_known_is_none_whatever_it_is_written_as(nobody: object) -> None:
    """A table's empty cell would be a party called nan."""
    line = front_line(POINTS, ["red", "blue", nobody])  # type: ignore[list-item]
    assert list(line.areas.holder) == ["blue", "red"]


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"holders": [1, "a", "b"]}, RequestError, "holder of point 0 is 1"),
        ({"holders": ["a", "half \ud800", "b"]}, RequestError, "holder of point 1 is"),
        (
            {"points": gpd.GeoSeries.from_xy([4e6, 4.1e6, 4e6], [4e6, 4e6, 4.1e6], crs=4326)},
            CrsError,
            "no place on earth",
        ),
        (
            {"points": gpd.GeoSeries.from_xy([-100, 10, 100], [0, 0, 0], crs=4326)},
            RequestError,
            "degrees apart",
        ),
        ({"frame": METRES}, CrsError, "not in degrees"),
        ({"frame": shapely.box(0, 0, 1, 1)}, RequestError, "none of the land around the places"),
        ({"frame": shapely.Polygon()}, RequestError, "frame is empty"),
        ({"frame": shapely.LineString([(0, 0), (1, 1)])}, RequestError, "no polygon"),
        ({"baseline": areas(METRES)}, CrsError, "not in degrees"),
        ({"baseline": areas(None)}, RequestError, "row 0 of the baseline has no geometry"),
        ({"baseline": areas(shapely.Point(36, 35))}, RequestError, "a Point"),
        ({"baseline": areas(METRES, holders=[np.nan])}, RequestError, "no holder"),
        ({"baseline": gpd.GeoDataFrame(geometry=[METRES], crs=3857)}, RequestError, "column"),
        ({"baseline": areas(METRES, crs=None)}, CrsError, "no CRS"),
        ({"reach_km": float("nan")}, RequestError, "reach_km"),
        ({"reach_km": -1}, RequestError, "reach_km"),
    ],
)
def test_what_cannot_be_drawn_gets_one_line(
    options: dict[str, Any], error: type[Exception], said: str
) -> None:
    """Metres taken for degrees, or a shape without a holder, would end in a traceback."""
    given_ = {"points": POINTS, "holders": HOLDERS, **options}
    with pytest.raises(error, match=said) as told:
        front_line(**given_)
    assert "\n" not in str(told.value)


def test_a_frame_of_the_whole_world_ends() -> None:
    """Who gives no theatre's land, but the world, would wait for ever."""
    line = front_line(POINTS, HOLDERS, frame=WORLD)
    plain = front_line(POINTS, HOLDERS)
    assert np.allclose(line.areas.km2, plain.areas.km2, rtol=1e-3)


def test_last_known_areas_of_half_the_world_end() -> None:
    """A baseline that covers more than the theatre would not end."""
    wide = areas(shapely.box(-60, -60, 36.05, 70), shapely.box(36.05, -60, 120, 70))
    line = front_line(POINTS, HOLDERS, wide)
    assert set(line.areas.holder) == {"red", "blue"}


coordinates = st.floats(34, 37) | st.floats(-1e7, 1e7)
anything = coordinates | st.just(np.nan) | st.just(np.inf)
shapes = st.one_of(
    st.none(),
    st.builds(shapely.Point, anything, anything),
    st.builds(lambda a, b, c, d: shapely.LineString([(a, b), (c, d)]), *[coordinates] * 4),
    st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=6).map(shapely.Polygon),
    st.builds(shapely.box, *[st.floats(34, 37)] * 4),
    st.just(shapely.GeometryCollection([shapely.Point(1, 1), shapely.box(35, 34, 37, 36)])),
)
holders = st.sampled_from(["red", "blue", "contested", None, "", np.nan, 3, "a b"])


@given(
    st.lists(st.tuples(shapes, holders), min_size=1, max_size=6),
    st.lists(st.tuples(shapes, holders), max_size=3),
    shapes,
    st.sampled_from([4326, 3857, 32637, None]),
)
@settings(max_examples=60, derandomize=True)
def test_whatever_is_given_there_is_an_answer_or_one_line(
    places: list[tuple[Any, Any]], old: list[tuple[Any, Any]], frame: object, crs: int | None
) -> None:
    """Rare shapes would end in a traceback of the geometry engine."""
    where = gpd.GeoSeries([shape for shape, _ in places], crs=4326)
    known = gpd.GeoDataFrame(
        {"holder": [name for _, name in old]}, geometry=[shape for shape, _ in old], crs=crs
    )
    try:
        line = front_line(where, [name for _, name in places], known, frame=frame)
    except GeolineError as error:
        assert "\n" not in str(error)  # noqa: PT017  (either outcome is right)
    else:
        assert isinstance(line, FrontLine)
        assert line.areas.geometry.is_valid.all()
        assert (line.areas.geom_type.isin(["Polygon", "MultiPolygon"])).all()


def test_rare_days_of_many_places_are_drawn() -> None:
    """Once in some hundred days an overlay of lines and areas would stop the map."""
    draw = np.random.default_rng(11)
    for count in (60, 300):
        xy = np.column_stack((36 + draw.random(count) / 2, 35 + draw.random(count) / 2))
        where = gpd.GeoSeries.from_xy(*xy.T, crs=4326)
        for _ in range(8):
            names = draw.choice(["red", "blue", "green", "contested"], count)
            line = front_line(where, list(names), frame=shapely.box(36, 35, 36.5, 35.5))
            assert line.areas.geom_type.isin(["Polygon", "MultiPolygon"]).all()
