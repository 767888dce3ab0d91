"""The land around a theatre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from geoline import load_theatre
from geoline.page.surroundings import box_around, surroundings
from tests.theatres.small import small_theatre

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre import Theatre


def test_the_world_goes_on_where_the_theatres_own_land_ends(bundled_theatre: Theatre) -> None:
    """Zoomed out, the land would end in a straight coast that no sea ever washed."""
    data = bundled_theatre.data
    own = box_around(data)
    box, land = surroundings(data)
    assert box.contains(own)
    west, south, east, north = data.view
    assert box.bounds[2] - box.bounds[0] > 4 * max(east - west, north - south)
    world = shapely.union_all(land)
    assert shapely.intersection(world, own).area == pytest.approx(0, abs=1e-9)
    for lon, lat, is_land in ((37.0, 37.7, True), (39.4, 35.2, True), (34.5, 35.5, False)):
        assert world.covers(shapely.Point(lon, lat)) is is_land, (lon, lat)
    assert sum(len(part.exterior.coords) for part in land) < 1_000, "coarse, for it is far away"


def test_without_a_coast_all_around_is_land(tmp_path: Path) -> None:
    """A small theatre that names no coast would be an island in a made-up sea."""
    data = load_theatre(small_theatre(tmp_path / "t")).data
    box, land = surroundings(data)
    around = shapely.difference(box, box_around(data))
    assert shapely.symmetric_difference(shapely.union_all(land), around).area < 1e-6
