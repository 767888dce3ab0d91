"""A road's own course from GeoJSON, as an extract of OpenStreetMap gives it."""

from __future__ import annotations

import json
import random
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from geoline import load_theatre
from geoline.errors import DataError
from geoline.georeferencing.relations import locate
from geoline.highways.course import read_courses
from geoline.highways.highway import Highway, WayPoint
from tests.growth import assert_grows_with_the_work

if TYPE_CHECKING:
    import numpy.typing as npt

    from geoline.theatre import Theatre

ROOT = Path(__file__).parents[2]


def way(lonlat: Any, **properties: object) -> dict[str, Any]:  # noqa: ANN401  (an array)
    """Make a feature of a line."""
    coordinates = np.asarray(lonlat).tolist()
    geometry = {"type": "LineString", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(path: Path, features: list[Any], **members: object) -> Path:
    """Write a collection of features."""
    collection = {"type": "FeatureCollection", "features": features} | members
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def winding(bundled_theatre: Theatre, step_km: float = 0.3) -> npt.NDArray[np.float64]:
    """Make a course that winds about the way-points of the M5."""
    km = np.arange(0.0, bundled_theatre.data.highways[0].length_km, step_km)
    course = bundled_theatre.data.highways[0].points_at(km)
    course[:, 0] += 0.004 * np.sin(km / 3)
    return course


def extract(bundled_theatre: Theatre, seed: int) -> list[dict[str, Any]]:
    """Cut two carriageways into ways, in any order and direction, and lose some."""
    rng = random.Random(seed)  # noqa: S311  (no secret)
    course, features = winding(bundled_theatre), []
    for side, lost in ((-0.00012, 0), (0.00012, 40)):
        one, start = np.add(course, (side, 0.0)), 0
        while start < len(one) - 1:
            end = start + rng.randint(5, 40)
            part = one[start : end + 1]
            if not 200 < start < 200 + lost and rng.random() < 0.97:
                ref = rng.choice(["M5", "M 5", "m5;M4", "E45; M5"])
                features.append(way(part[:: rng.choice([1, -1])], ref=ref, highway="motorway"))
            start = end
    features.append(way(np.add(course[100:140], (0.2, 0.1)), ref="M20", name="another road"))
    features.append({"type": "Feature", "properties": {"ref": "M5"},
                     "geometry": {"type": "Point", "coordinates": [36.7, 35.6]}})  # fmt: skip
    rng.shuffle(features)
    return features


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ways_of_an_extract_become_one_road(
    bundled_theatre: Theatre, tmp_path: Path, seed: int
) -> None:
    """Ways in any order and direction, two carriageways and gaps would not make a road."""
    path = write(tmp_path / "highways.geojson", extract(bundled_theatre, seed))
    courses = read_courses(
        path,
        {
            "M5": bundled_theatre.data.highways[0].waypoints,
            "M4": bundled_theatre.data.highways[1].waypoints,
        },
    )
    found = Highway("M5", bundled_theatre.data.highways[0].waypoints, courses["M5"])
    true = Highway("M5", bundled_theatre.data.highways[0].waypoints, None).length_km
    wound = float(np.hypot(*(np.diff(winding(bundled_theatre), axis=0) * (90.4, 111.0)).T).sum())
    assert true < found.length_km == pytest.approx(wound, rel=0.01)
    assert (np.diff(found.waypoint_km) > 0).all()
    assert found.km_of("aleppo") - found.km_of("saraqib") == pytest.approx(52, abs=2)
    # It runs along the course: no vertex further off than the carriageways, gaps apart.
    at = np.array(
        [
            Highway("c", _points(winding(bundled_theatre))).locate(y, x)[1]
            for x, y in found.samples[::20]
        ]
    )
    assert np.median(at) < 0.02
    assert at.max() < 0.6
    assert np.median(found.sample_error_m) == 30


def _points(lonlat: npt.NDArray[np.float64]) -> list[WayPoint]:
    return [
        WayPoint(place_id=f"{n}", name=f"{n}", lat=lat, lon=lon, error_m=0)
        for n, (lon, lat) in enumerate(lonlat)
    ]


def test_what_the_file_lacks_the_way_points_give(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """An extract of half the road would shorten it, or end the program."""
    north = winding(bundled_theatre)[900:]
    path = write(tmp_path / "highways.geojson", [way(north, name="M5", error_m=5)])
    found = Highway(
        "M5",
        bundled_theatre.data.highways[0].waypoints,
        read_courses(path, {"M5": bundled_theatre.data.highways[0].waypoints})["M5"],
    )
    assert found.length_km == pytest.approx(bundled_theatre.data.highways[0].length_km, abs=2)
    assert found.errors_at(found.km_of("saraqib"))[0] == 5
    assert found.errors_at(found.km_of("hisya"))[0] == pytest.approx(2000, abs=1)
    assert found.errors_at((found.km_of("hisya") + found.km_of("homs")) / 2)[0] > 4000


def test_where_two_roads_are_one_either_name_will_do(
    bundled_theatre: Theatre, tmp_path: Path
) -> None:
    """Most maps write one name only where two roads are one: the other would jump off the road."""
    m4 = bundled_theatre.data.highways[1]
    west = m4.points_at(np.arange(0.0, m4.km_of("saraqib") + 0.1, 0.5))
    features = [way(winding(bundled_theatre), ref="M5"), way(west, ref="M4")]
    path = write(tmp_path / "highways.geojson", features)
    courses = read_courses(
        path, {"M5": bundled_theatre.data.highways[0].waypoints, "M4": m4.waypoints}
    )
    one = Highway("M5", bundled_theatre.data.highways[0].waypoints, courses["M5"])
    two = Highway("M4", m4.waypoints, courses["M4"])
    middle = two.points_at((two.km_of("al-kusaybiya") + two.km_of("barqum")) / 2)[0]
    assert one.locate(middle[1], middle[0])[1] < 0.02
    assert two.errors_at(two.km_of("al-kusaybiya"))[0] == 30
    assert two.length_km == pytest.approx(m4.length_km, abs=4)


def test_an_export_of_overpass_turbo_is_read_as_it_comes(
    bundled_theatre: Theatre, tmp_path: Path
) -> None:
    """Whoever follows the three lines of seeds/README.md gets an error, or the line of before."""
    features = []
    for number, half in enumerate(np.split(winding(bundled_theatre), [250, 251, 600])):
        if len(half) > 1:
            features.append(
                way(
                    half,
                    **{
                        "@id": f"way/{number}",
                        "highway": "motorway",
                        "name": "الطريق الدولي دمشق - حلب",
                        "name:en": "Damascus-Aleppo Highway",
                        "oneway": "yes",
                        "ref": "M5;M4" if number else "M5",
                    },
                )
                | {"id": f"way/{number}"}
            )
    junction = {"type": "Point", "coordinates": [36.8, 35.86]}
    properties = {"@id": "node/9", "highway": "motorway_junction", "ref": "12"}
    features.append({"type": "Feature", "properties": properties, "geometry": junction})
    path = write(
        tmp_path / "highways.geojson",
        features,
        generator="overpass-turbo",
        copyright="The data included in this document is from www.openstreetmap.org.",
        timestamp="2026-11-29T10:00:00Z",
    )
    m5, m4 = bundled_theatre.data.highways
    courses = read_courses(path, {"M5": m5.waypoints, "M4": m4.waypoints})
    road = Highway("M5", m5.waypoints, courses["M5"])
    assert np.median(road.sample_error_m) == 30
    assert road.length_km > m5.length_km


def test_a_file_in_the_folder_replaces_the_line(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """Whoever has the true course could not use it without writing code."""
    for name in ("gazetteer", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    folder = tmp_path / "seeds" / "nw-syria"
    tags = {"tags": {"ref": "M5"}}  # one level down, as some exporters have it
    halves = np.split(winding(bundled_theatre), [300])
    write(folder / "highways.geojson", [way(half, **tags) for half in halves])
    theatre = load_theatre(folder)
    m5, m4 = theatre.data.highways
    assert m5.course is not None
    assert m4.course is not None
    assert m4.course.error_m.min() > 30, "a curve through its way-points, not the file"
    found = next(s for s in theatre.on("2020-02-11").highway_statuses if s.road == "M5")
    assert found.error_m[0] == 30
    assert sum(found.km.values()) == pytest.approx(m5.length_km, abs=0.05)
    said = locate("M5 north of Saraqib", theatre.gazetteer, theatre.data.highways)
    assert said is not None
    assert said.status == "resolved"


@pytest.mark.parametrize(
    ("features", "members", "said"),
    [
        ([way([[36, 35], [36, 36]], ref="M9")], {}, r"geojson, 'ref': no line bears .* M5, or"),
        ([], {}, "'ref': no line bears the name"),
        (
            [way([[36, 35], [36, 36]], ref="M5", error_m="far")],
            {},
            r"geojson, feature 1, 'error_m': 'far' is no number",
        ),
        (
            [way([[36, 35], [36, 36]]), way([[4e6, 5e6], [4e6, 6e6]], ref="M5")],
            {},
            r"geojson, feature 2, 'geometry': has coordinates that are no degrees; export",
        ),
        (
            [{"type": "Feature", "properties": {"ref": "M5"}, "geometry": None}],
            {},
            r"feature 1, 'geometry': cannot be read; a road is a LineString",
        ),
        (
            [way([[36, 35], [36, 36]], ref="M5")],
            {"crs": {"type": "name", "properties": {"name": "EPSG:32637"}}},
            r"'crs': is not in EPSG:4326; export it in degrees",
        ),
        (
            # Kilometres 10, 200 and 300 of the M5; between them a point 0.3 degrees east of it.
            [way([(36.376, 33.559), (36.780, 35.151), (36.958, 35.575), (36.892, 35.967)],
                 ref="M5")],
            {},
            r"geojson, 'M5': the road passes its way-point .* km, which is further .*; add",
        ),
        ([7], {}, "feature 1: is no GeoJSON feature"),
    ],
)  # fmt: skip
def test_a_fault_in_the_file_is_named(
    bundled_theatre: Theatre,
    tmp_path: Path,
    features: list[Any],
    members: dict[str, object],
    said: str,
) -> None:
    """An editor would see a traceback in place of file, feature, key and remedy."""
    path = write(tmp_path / "highways.geojson", features, **members)
    with pytest.raises(DataError, match=said):
        read_courses(path, {"M5": bundled_theatre.data.highways[0].waypoints})


def test_a_file_that_is_no_geojson(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """A shapefile renamed would end in a riddle."""
    path = tmp_path / "highways.geojson"
    for content in (b"\xff\xfe", b"[]", b'{"type": "Topology"}', b"{"):
        path.write_bytes(content)
        with pytest.raises(DataError, match="is no GeoJSON FeatureCollection"):
            read_courses(path, {"M5": bundled_theatre.data.highways[0].waypoints})


def road_of(*points: tuple[float, float], error_m: float = 50) -> list[WayPoint]:
    """Make way-points of longitudes and latitudes."""
    return [
        WayPoint(place_id=f"p{n}", name=f"P{n}", lat=lat, lon=lon, error_m=error_m)
        for n, (lon, lat) in enumerate(points)
    ]


@pytest.mark.parametrize("ends", [(0, 12), (88, 100), (0, 30), (45, 55), (70, 100)])
def test_ways_of_a_part_never_shorten_the_road(tmp_path: Path, ends: tuple[int, int]) -> None:
    """A file with the last bridge of a road made the whole road as long as the bridge."""
    whole = np.column_stack((np.linspace(-6.4, -6.37, 101), np.linspace(53.311, 53.318, 101)))
    waypoints = road_of(*map(tuple, whole[[0, 60, 100]].tolist()))
    path = write(tmp_path / "highways.geojson", [way(whole[ends[0] : ends[1] + 1], ref="N7")])
    found = Highway("N7", waypoints, read_courses(path, {"N7": waypoints})["N7"])
    assert found.length_km == pytest.approx(Highway("N7", waypoints).length_km, rel=0.02)
    # What the file has is good to its own error, what it has not is not.
    assert found.sample_error_m.min() == pytest.approx(30)
    assert found.sample_error_m.max() >= 50


def test_a_road_that_goes_on_is_not_drawn_to_the_square_of_a_town(tmp_path: Path) -> None:
    """Each town beside a motorway would get a spur of its own."""
    lons = np.linspace(36.0, 37.0, 201)
    path = write(tmp_path / "highways.geojson", [way([(x, 35.0) for x in lons], ref="N7")])
    waypoints = road_of((36.2, 35.012), (36.5, 35.0), (36.8, 35.012))
    found = Highway("N7", waypoints, read_courses(path, {"N7": waypoints})["N7"])
    assert found.length_km == pytest.approx(54.7, abs=0.5)


def test_a_road_that_comes_back_is_followed_back(tmp_path: Path) -> None:
    """A road listed to a city and back ended where it began: no kilometre of it was left."""
    lons = np.linspace(36.0, 36.5, 101)
    path = write(tmp_path / "highways.geojson", [way([(x, 35.0) for x in lons], ref="N7")])
    waypoints = road_of((36.0, 35.0), (36.2, 35.0), (36.5, 35.0), (36.2, 35.0))
    found = Highway("N7", waypoints, read_courses(path, {"N7": waypoints})["N7"])
    assert found.waypoint_km == pytest.approx([0, 18.2, 45.6, 72.9], abs=0.2)


@pytest.mark.parametrize("ref", [["N7", "M50"], "M50;N7", "n 7", ["M50", "N-7"]])
def test_a_road_s_name_in_any_form(tmp_path: Path, ref: object) -> None:
    """A list of names, which exporters write, was passed over without a word."""
    path = write(tmp_path / "highways.geojson", [way([[36.0, 35.0], [36.1, 35.0]], ref=ref)])
    assert set(read_courses(path, {"N7": road_of((36, 35), (36.1, 35))})) == {"N7"}


@pytest.mark.parametrize(
    "line",
    [
        [[36, 35], [36, 35]],
        [[36, 35], [36, 35], [36.1, 35]],
        [[36, 35, 400], [36.1, 35, 410]],
        [[36, 35], [36.1, 35], [36, 35], [36.1, 35]],
    ],
)
def test_odd_lines_make_a_road(tmp_path: Path, line: list[list[float]]) -> None:
    """A way of no length, with heights, or drawn to and fro would end in a traceback."""
    waypoints = road_of((36, 35), (36.1, 35))
    path = write(tmp_path / "highways.geojson", [way(line, ref="N7")])
    found = Highway("N7", waypoints, read_courses(path, {"N7": waypoints})["N7"])
    assert found.length_km == pytest.approx(9.1, abs=0.1)


@pytest.mark.parametrize(
    "line",
    [
        [[36, 35]],
        [],
        [[36, "x"], [37, 35]],
        [[36, None], [37, 35]],
        7,
        [[36, float("nan")], [37, 35]],
        [[36, 91], [37, 35]],
    ],
)
def test_lines_that_are_none_are_named(tmp_path: Path, line: object) -> None:
    """A broken export would be a traceback without file or feature."""
    geometry = {"type": "LineString", "coordinates": line}
    feature = {"type": "Feature", "properties": {"ref": "N7"}, "geometry": geometry}
    path = write(tmp_path / "highways.geojson", [feature])
    with pytest.raises(DataError, match=r"highways.geojson.*(geometry|ref)"):
        read_courses(path, {"N7": road_of((36, 35), (36.1, 35))})


def test_deep_nesting_is_no_traceback(tmp_path: Path) -> None:
    """A file of a hundred kilobytes would end the program with a RecursionError."""
    path = tmp_path / "highways.geojson"
    for text in ("[" * 100_000, '{"features":' + "[" * 100_000):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match="is no GeoJSON FeatureCollection"):
            read_courses(path, {"N7": road_of((36, 35), (36.1, 35))})


def test_a_thicket_of_vertices_is_read_in_time(tmp_path: Path) -> None:
    """Sixty kilobytes of a car park's ways would take minutes."""

    def seconds(count: int) -> float:
        lonlat = [(36 + n % 100 * 1e-5, 35 + n // 100 * 1e-5) for n in range(count)]
        path = write(tmp_path / "highways.geojson", [way(lonlat, ref="N7")])
        waypoints = road_of(lonlat[0], lonlat[-1])
        start = time.process_time()
        read_courses(path, {"N7": waypoints})
        return time.process_time() - start

    assert_grows_with_the_work(seconds, 4000, slack=0.05)
