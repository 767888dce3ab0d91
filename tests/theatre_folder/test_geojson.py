"""Areas as people export them: read, or refused in one line with file, feature and key."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline import DataError, load_theatre
from geoline.theatre_folder.basemap import read_regions, read_water
from geoline.theatre_folder.geojson import read_features

KARABAKH = Path(__file__).parents[1] / "theatres" / "karabakh-2020"
SQUARE = [[[46, 39], [47, 39], [47, 40], [46, 39]]]


def collection(geometry: object, **more: object) -> str:
    """Give a file with one feature."""
    feature = {"type": "Feature", "properties": {"name": "Land"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]} | more)


def polygon(rings: object = SQUARE) -> dict[str, object]:
    """Give a polygon."""
    return {"type": "Polygon", "coordinates": rings}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "land.geojson: is empty"),
        ("\0", "is not JSON"),
        ("[" * 100_000, "is not JSON that can be read"),
        ("9" * 5000, "is not JSON that can be read"),
        ("[]", "'features': is no list"),
        ('{"features": {}}', "'features': is no list"),
        ('{"features": [7]}', "feature 1: is no GeoJSON feature"),
        (collection({"type": "Blob"}), "feature 1, 'geometry': is no geometry"),
        (collection(7), "feature 1, 'geometry': is no geometry"),
        (collection(polygon([[[1, 2], [3, 4]]])), "feature 1, 'geometry': is no geometry"),
        (collection(polygon([[[10**400, 2]] * 4])), "feature 1, 'geometry': is no geometry"),
        (collection(polygon([[[float("nan"), 2]] * 4])), "feature 1, 'geometry'"),
        (collection(polygon([[[float("inf"), 2]] * 4])), "feature 1, 'geometry'"),
        (collection(polygon([[[5e5, 4e6], [6e5, 4e6], [6e5, 5e6], [5e5, 4e6]]])), "metres"),
        (
            collection(polygon(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}),
            "'crs': is EPSG:32638",
        ),
        (collection(polygon([SQUARE[0][:3] * 800 + SQUARE[0][:1]])), "passes one point"),
        (collection({"type": "Point", "coordinates": [46, 39]}), "is a Point; a region is a polyg"),
        (collection(polygon()).replace('"name"', '"ADM1_EN"'), "'name': there is no property"),
        (collection(polygon()).replace('"Land"', "null"), "'name': there is no property"),
    ],
)
def test_a_fault_is_named_by_feature_and_key(tmp_path: Path, content: str, said: str) -> None:
    """An extract as it comes from a portal would end in a traceback of the geometry library."""
    path = tmp_path / "land.geojson"
    path.write_text(content, "utf-8")
    with pytest.raises(DataError) as caught:
        read_regions(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_has_no_geometry_is_passed_over_and_told(tmp_path: Path) -> None:
    """RFC 7946 allows a feature that lies nowhere; the whole theatre would be refused for it."""
    theatre = Path(shutil.copytree(KARABAKH, tmp_path / "theatre"))
    path = theatre / "areas" / "land.geojson"
    document = json.loads(path.read_text("utf-8"))
    empty = {"type": "Polygon", "coordinates": []}
    nowhere = [{"properties": {"name": "x"}, "geometry": g} for g in (None, empty)]
    path.write_text(json.dumps(document | {"features": [*nowhere, *document["features"]]}), "utf-8")
    changed, before = load_theatre(theatre).data, load_theatre(KARABAKH).data
    assert changed.land == before.land
    assert before.remarks == ()
    assert changed.remarks == ("areas/land.geojson: features 1, 2 without geometry passed over",)


def test_a_collection_counts_for_its_polygons(tmp_path: Path) -> None:
    """What make-valid or a GIS wrote as a collection would be no land."""
    path = tmp_path / "land.geojson"
    line = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    inner = {"type": "GeometryCollection", "geometries": [line, polygon()]}
    path.write_text(
        collection({"type": "GeometryCollection", "geometries": [inner, line]}), "utf-8"
    )
    ((region,), _) = read_regions(path)
    assert region.geometry.geom_type == "Polygon"
    assert region.geometry.area == pytest.approx(0.5)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
KINDS = ["Point", "LineString", "Polygon", "MultiPolygon", "GeometryCollection", ""]


@settings(max_examples=150)
@given(
    feature=st.fixed_dictionaries(
        {
            "properties": JSON | st.fixed_dictionaries({"name": JSON, "kind": JSON}),
            "geometry": JSON
            | st.fixed_dictionaries(
                {"type": st.sampled_from(KINDS), "coordinates": JSON, "geometries": JSON}
            ),
        }
    )
    | JSON
)
def test_any_feature_is_read_or_refused(
    feature: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One odd feature among thousands would end in a crash that names none."""
    path = tmp_path_factory.mktemp("any") / "water.geojson"
    path.write_text(json.dumps({"features": [feature]}), "utf-8")
    for read in (read_features, read_regions, read_water):
        with suppress(DataError):
            read(path)
