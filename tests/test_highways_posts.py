"""Kilometres of road by holder, and posts that are encircled."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
import shapely

from geoline import load_theatre
from geoline.ground import equal_area_crs
from geoline.highways import Highway, WayPoint, along
from geoline.posts import Post, post_status

THEATRE = load_theatre()
CRS = equal_area_crs((36.0, 35.0, 37.0, 36.0))


def road(*lons: float) -> Highway:
    """Make a road along the 35th parallel."""
    return Highway(
        "R",
        [
            WayPoint(place_id=f"p{n}", name=f"P{n}", lat=35.0, lon=lon, error_m=0)
            for n, lon in enumerate(lons)
        ],
    )


def areas(**boxes: tuple[float, float]) -> gpd.GeoDataFrame:
    """Make areas by holder, each a box from one longitude to another."""
    return gpd.GeoDataFrame(
        {"holder": list(boxes)},
        geometry=[shapely.box(west, 34.5, east, 35.5) for west, east in boxes.values()],
        crs=4326,
    )


def test_kilometres_by_holder_add_up() -> None:
    """The road's kilometres would not add up to its length (golden: 91.29 km a degree at 35 N)."""
    status = along(road(36.0, 37.0), areas(red=(36.0, 36.25), blue=(36.25, 37.0)), {})
    assert status.length_km == pytest.approx(91.29, abs=0.02)
    assert sum(status.km.values()) == pytest.approx(status.length_km, abs=0.05)
    assert status.km["red"] == pytest.approx(status.length_km / 4, abs=0.3)
    assert [s.holder for s in status.stretches] == ["red", "blue"]
    assert (status.open_to, len(status.cuts)) == ((), 1)


def test_allies_let_each_other_pass() -> None:
    """A road through an ally's area would be called cut."""
    ground = areas(red=(36.0, 36.5), pink=(36.5, 37.0))
    status = along(road(36.0, 37.0), ground, {}, [frozenset({"red", "pink"})])
    assert (status.open_to, status.cuts) == (("pink", "red"), ())


def test_a_road_out_of_the_theatre_is_not_known() -> None:
    """Nobody's word would be given for a stretch that no map covers."""
    status = along(road(10.0, 11.0), areas(red=(36.0, 37.0)), {})
    assert list(status.km) == ["unknown"]
    ends = along(road(10.0, 11.0), areas(red=(36.0, 37.0)), {"p0": "red", "p1": "red"})
    assert list(ends.km) == ["red"]


def test_a_road_needs_two_points() -> None:
    """A road of one way-point would divide by nothing."""
    with pytest.raises(ValueError, match="a road has two ends"):
        road(36.0)


def test_the_bundled_roads_share_a_stretch() -> None:
    """M4 and M5 are one road from Saraqib to Aleppo and would be drawn as two."""
    m5, m4 = THEATRE.seeds.highways
    shared = m5.line.intersection(m4.line.buffer(1e-6))
    names = [w.name for w in m5.waypoints]
    legs = m5.waypoint_km[names.index("Rashidin 4")] - m5.waypoint_km[names.index("Saraqib")]
    assert shared.length > 0.4
    assert legs == pytest.approx(42, abs=2)


@pytest.mark.parametrize(
    ("day", "most"),
    [("2019-12-18", 105), ("2020-01-29", 65), ("2020-02-11", 10), ("2020-03-06", 10)],
)
def test_the_m5_opens_as_reported(day: str, most: float) -> None:
    """The offensive was about this road: its kilometres would tell another story."""
    m5 = next(s for s in THEATRE.on(day).highway_statuses if s.road == "M5")
    assert m5.km.get("opposition", 0) < most


def test_the_m5_is_cut_at_saraqib_on_27_february() -> None:
    """The one day that the road was lost again would not show."""
    m5 = next(s for s in THEATRE.on("2020-02-27").highway_statuses if s.road == "M5")
    assert any("Saraqib" in (s.from_place, s.to_place) or 280 < s.from_km < 295
               for s in m5.stretches if s.holder == "opposition")  # fmt: skip


def post(lon: float, **more: object) -> Post:
    """Make a blue post on the 35th parallel."""
    values: dict[str, object] = {
        "id": "p",
        "name": "P",
        "place_id": "p",
        "lat": 35.0,
        "lon": lon,
        "friends": frozenset({"blue"}),
        "agreement": "",
        "number": None,
        "established": date(2020, 1, 1),
        "established_precision": "day",
        "withdrawn": date(2020, 3, 1),
        "source": "s",
        "note": "",
    }
    return Post(**(values | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lon", "day", "status"),
    [
        (36.9, date(2020, 1, 2), "behind own lines"),
        (36.51, date(2020, 1, 2), "at the front"),
        (36.2, date(2020, 1, 2), "encircled"),
        (36.2, date(2019, 12, 31), "not yet"),
        (36.2, date(2020, 3, 1), "withdrawn"),
        (10.0, date(2020, 1, 2), "behind own lines"),
    ],
)
def test_status_of_a_post(lon: float, day: date, status: str) -> None:
    """A surrounded post would be shown at ease, or the other way round."""
    ground = areas(red=(36.0, 36.5), blue=(36.5, 37.0))
    front = gpd.GeoDataFrame(geometry=[shapely.LineString([(36.5, 34.5), (36.5, 35.5)])], crs=4326)
    (answer,) = post_status([post(lon), post(lon, lat=None)], day, ground, front, crs=CRS)
    assert answer.status == status


def test_the_posts_of_28_january() -> None:
    """The report names Morek and Surman as stranded in army-held territory."""
    answers = {a.post.name: a for a in THEATRE.on("2020-01-28").post_statuses}
    assert sum(a.post.agreement == "astana" for a in answers.values()) == 12
    for name in ("Murak", "Surman"):
        found = next(a for key, a in answers.items() if name in key)
        assert (found.status, found.territory) == ("encircled", "government")
    assert answers["Tell Tuqan"].status != "encircled"
    assert {a.post.name: a for a in THEATRE.on("2020-02-06").post_statuses}[
        "Tell Tuqan"
    ].status == "encircled"
