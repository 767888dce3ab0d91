"""What somebody drew of a day: read, refused, and said of places."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
import shapely

from geoline import DataError
from geoline.gazetteer import Place
from geoline.theatre_folder.last_known import eve_of_places, read_last_known
from geoline.theatre_folder.polygons import read_polygons

if TYPE_CHECKING:
    from pathlib import Path

EAST, WEST = shapely.box(1, 0, 2, 1), shapely.box(0, 0, 1.2, 1)


def written(folder: Path, rows: list[tuple[object, shapely.Geometry]]) -> Path:
    """Write baseline.geojson; each row gives the properties of a polygon."""
    features = [
        {"type": "Feature", "properties": said, "geometry": json.loads(shapely.to_geojson(shape))}
        for said, shape in rows
    ]
    path = folder / "baseline.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def said(holder: str, day: str) -> dict[str, str]:
    """Give the properties that a polygon needs."""
    return {"holder": holder, "as_of": day, "source": "S"}


def test_days_stand_apart_and_areas_do_not_overlap(tmp_path: Path) -> None:
    """Of two maps of two days one would be lost, or ground be two sides'."""
    later = [(said("a", "2030-02-01"), EAST)]
    written(tmp_path, [*later, (said("a", "2030-01-01"), WEST), (said("b", "2030-01-01"), EAST)])
    first, second = read_last_known(tmp_path, ["a", "b"])
    assert (first.as_of, second.as_of) == (date(2030, 1, 1), date(2030, 2, 1))
    assert set(first.areas) == {"a", "b"}
    assert shapely.area(shapely.intersection(*first.areas.values())) == 0


def test_places_have_the_holder_of_their_area(tmp_path: Path) -> None:
    """Towns would be nobody's on the eve, also a port just off the coast that was drawn."""
    written(tmp_path, [(said("a", "2030-01-01"), WEST), (said("b", "2030-01-01"), EAST)])
    (last,) = read_last_known(tmp_path, ["a", "b"])
    at = {"in": (0.5, 0.5), "port": (2.03, 0.5), "sea": (3.0, 0.5)}
    places = [Place(id=key, name=key, lat=lat, lon=lon) for key, (lon, lat) in at.items()]
    eve = eve_of_places(last, places, 0.8)
    assert {key: one.holder for key, one in eve.items()} == {"in": "a", "port": "b"}
    assert eve["in"].as_of == date(2030, 1, 1)


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        (said("c", "2030-01-01"), "row 1, 'holder': 'c' is no party of this theatre; there are a"),
        (said("a", "soon"), "row 1, 'as_of': 'soon' is not a day"),
        ({"holder": "a"}, "'as_of': this property is missing"),
    ],
)
def test_faults_are_named(tmp_path: Path, properties: dict[str, str], reason: str) -> None:
    """A slip of the pen in the file would be a traceback, or ground of nobody."""
    written(tmp_path, [(properties, WEST)])
    with pytest.raises(DataError, match=reason):
        read_last_known(tmp_path, ["a"])


def test_two_files_are_one_too_many(tmp_path: Path) -> None:
    """Which of two baselines is drawn would be chance."""
    written(tmp_path, [(said("a", "2030-01-01"), WEST)])
    (tmp_path / "baseline.kml").write_text("<kml/>", "utf-8")
    with pytest.raises(DataError, match=r"baseline\.kml both say"):
        read_last_known(tmp_path, ["a"])


def test_metres_without_a_projection_are_refused(tmp_path: Path) -> None:
    """A map in metres would be drawn somewhere in the Gulf of Guinea."""
    path = written(tmp_path, [({}, shapely.box(4e5, 5e6, 5e5, 6e6))])
    with pytest.raises(DataError, match="is not in degrees and does not say"):
        read_polygons(path)
    (tmp_path / "line.txt").write_text("x", "utf-8")
    with pytest.raises(DataError, match="is none of"):
        read_polygons(tmp_path / "line.txt")


@pytest.mark.parametrize("number", ["nan", "inf"])
def test_coordinates_that_are_no_numbers_are_refused_in_a_line(tmp_path: Path, number: str) -> None:
    """A map of My Maps with one broken corner ends in a warning of another program."""
    ring = f"10,45 {number},45,0 10.2,45.3,0 10,45.3,0 10,45,0"
    path = tmp_path / "drawn.kml"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><Polygon>'
        f"<outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing>"
        "</outerBoundaryIs></Polygon></Placemark></Document></kml>",
        "utf-8",
    )
    with pytest.raises(DataError, match=r"drawn\.kml: .* no numbers; export it again"):
        read_polygons(path)
