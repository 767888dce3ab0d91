"""Areas that somebody drew stand as they were drawn, where nothing changed."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geoline.front.drawing import HeldAreas
from geoline.front.ground import Ground
from geoline.front.line import draw
from geoline.front.projection import equal_area_crs

CRS = equal_area_crs((10.0, 45.0, 12.0, 46.0))
# A line with bends far below the step of the grid, every 3 km a tooth of 800 m.
TEETH = [(x, 800.0 * (n % 2)) for n, x in enumerate(np.arange(-60_000.0, 60_001.0, 1_500.0))]


@pytest.fixture(scope="module")
def drawn() -> gpd.GeoDataFrame:
    """Give two areas that meet in a line of teeth."""
    north = shapely.Polygon([*TEETH, (60_000, 40_000), (-60_000, 40_000)])
    south = shapely.Polygon([*TEETH, (60_000, -40_000), (-60_000, -40_000)])
    return gpd.GeoDataFrame({"holder": ["north", "south"]}, geometry=[north, south], crs=CRS)


def held(drawn: gpd.GeoDataFrame) -> HeldAreas:
    """Give the areas as the line takes them."""
    return HeldAreas(tuple(drawn["holder"]), drawn.to_crs(4326).geometry.to_numpy())


@pytest.fixture(scope="module")
def ground(drawn: gpd.GeoDataFrame) -> Ground:
    """Give places 8 km from each other on both sides of the line."""
    x, y = np.meshgrid(np.arange(-52_000, 53_000, 8_000), np.arange(-28_000, 29_000, 8_000))
    points = gpd.GeoSeries.from_xy(x.ravel(), y.ravel(), crs=CRS).to_crs(4326)
    land = gpd.GeoSeries([shapely.box(-60_000, -40_000, 60_000, 40_000)], crs=CRS).to_crs(4326)
    lonlat = shapely.get_coordinates(points.to_numpy())
    return Ground(lonlat, land.iloc[0], baseline=held(drawn), step_m=2_000.0)


def off_km2(areas: gpd.GeoDataFrame, truth: gpd.GeoDataFrame, holder: str) -> float:
    """Measure by how much a holder's area differs."""
    mine = areas.to_crs(CRS).set_index("holder").geometry[holder]
    true = truth.set_index("holder").geometry[holder]
    return float(shapely.symmetric_difference(mine, true).area / 1e6)


def test_unmoved_line_keeps_its_detail(ground: Ground, drawn: gpd.GeoDataFrame) -> None:
    """A line known to 100 m would be rounded to the step of a grid, off by hundreds of km²."""
    holders = ["north" if y > 0 else "south" for y in ground.xy[:, 1]]
    rough = draw(ground, holders).area_table()
    drawing = draw(ground, holders, drawn=held(drawn))
    exact, front = drawing.area_table(), drawing.front_table()
    assert off_km2(rough, drawn, "north") > 20
    assert off_km2(exact, drawn, "north") < 2
    assert len(front) == 1
    assert exact["km2"].sum() == pytest.approx(rough["km2"].sum(), rel=1e-3)


def test_ground_that_changed_hands_is_the_days(ground: Ground, drawn: gpd.GeoDataFrame) -> None:
    """The line would stay for ever where it was drawn once, whatever is claimed since."""
    holders = ["north" if y > 0 else "south" for y in ground.xy[:, 1]]
    near = int(np.hypot(ground.xy[:, 0] - 4_000, ground.xy[:, 1] + 4_000).argmin())
    holders[near] = "north"
    areas = draw(ground, holders, drawn=held(drawn)).area_table()
    north = areas.to_crs(CRS).set_index("holder").geometry["north"]
    assert north.buffer(1.0).contains(shapely.Point(ground.xy[near]))
    west = shapely.box(-60_000, -40_000, -30_000, 40_000)
    true = drawn.set_index("holder").geometry["north"]
    far = shapely.intersection(shapely.symmetric_difference(north, true), west)
    assert far.area / 1e6 < 1, "away from the change the drawn line stands"
    overlap = shapely.intersection(*areas.to_crs(CRS).geometry)
    assert overlap.area < 1e4
