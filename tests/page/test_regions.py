"""Regions for the page's search: outlined by the basemap where it can, else by their reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shapely import Point, Polygon, union_all

from geoline.page.lines import decode_line
from geoline.page.regions import region_payload

if TYPE_CHECKING:
    from geoline.theatre import Theatre


@pytest.fixture(scope="module")
def regions(bundled_theatre: Theatre) -> dict[str, dict[str, object]]:
    """Give the regions of the bundled theatre by name."""
    return {str(row["name"]): row for row in region_payload(bundled_theatre.as_known())}


def test_countrysides_part_a_governorate_by_the_compass(
    bundled_theatre: Theatre, regions: dict[str, dict[str, object]]
) -> None:
    """The western countryside of Aleppo would lie in the east, or in the next governorate."""
    data = bundled_theatre.data
    (aleppo,) = [region.geometry for region in data.governorates if region.name == "Aleppo"]
    city = data.gazetteer["aleppo"]
    shapes = {}
    for side in ("Northern", "Eastern", "Southern", "Western"):
        outline = regions[f"{side} Aleppo countryside"]["outline"]
        assert isinstance(outline, list)
        rings = [decode_line(polygon[0]) for polygon in outline]
        shapes[side] = union_all([Polygon(ring).buffer(0) for ring in rings])
        assert shapes[side].difference(aleppo.buffer(0.02)).area < 0.01 * shapes[side].area
    assert shapes["Western"].representative_point().x < city.lon
    assert shapes["Southern"].representative_point().y < city.lat
    atarib, hadir = (
        Point(data.gazetteer[key].lon, data.gazetteer[key].lat) for key in ("al-atarib", "al-hadir")
    )
    assert shapes["Western"].contains(atarib)
    assert shapes["Southern"].contains(hadir)


def test_landscapes_and_districts_lie_where_the_gazetteer_has_them(
    regions: dict[str, dict[str, object]],
) -> None:
    """Jabal al-Zawiya would be looked for in vain."""
    zawiya = regions["Jabal al-Zawiya"]
    assert zawiya["ar"] == "جبل الزاوية"
    assert zawiya["radius_m"] == 14_000
    assert regions["Idlib Governorate"]["of"] == "Idlib"
    assert regions["Ariha District"]["kind"] == "district"


def test_a_theatre_without_areas_has_none(karabakh: Theatre) -> None:
    """A theatre of another country would fail for want of a list."""
    kinds = {row["kind"] for row in region_payload(karabakh.as_known())}
    assert kinds <= {"region", "governorate", "countryside"}
