"""Kilometres of road by holder, posts that are encircled, pockets; and what was said of them."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline import load_theatre
from geoline.claims.claim import Claim, Source
from geoline.control.evidence import Alliances, Weigher
from geoline.control.spells import Spell
from geoline.dates import DayInterval
from geoline.errors import RequestError
from geoline.front import WGS84, equal_area, reprojected
from geoline.highways.highway import Highway, WayPoint
from geoline.situation.day_map import DayMap, WaysOut, ways_out
from geoline.situation.highway_status import HighwayStatus, highway_status
from geoline.situation.post_status import post_status
from geoline.situation.road_holders import SampledRoad
from geoline.situation.road_statements import RoadStatement
from geoline.theatre_folder.post import Post

if TYPE_CHECKING:
    import numpy.typing as npt

    from geoline.theatre import Theatre

CRS = equal_area((36.0, 34.5, 37.0, 35.5))
DAY = date(2020, 1, 10)
NO_BAND = np.array([shapely.Polygon()], dtype=object)
SOURCES = {"s": Source(id="s", name="S", reliability="B", lean="free", kind="agency")}
WEIGHER = Weigher(SOURCES, Alliances(favours={"free": frozenset()}))
ALLIES = [frozenset({"red", "pink"})]


def road(*lons: float, beside: tuple[int, ...] = (), error_m: float = 0.0) -> Highway:
    """Make a road along the 35th parallel."""
    points = [
        WayPoint(
            place_id=f"p{n}", name=f"P{n}", lat=35.0, lon=lon, error_m=error_m, beside=n in beside
        )
        for n, lon in enumerate(lons)
    ]
    return Highway("R", points)


def ground(
    *boxes: tuple[str, float, float], band_km: float = 0.0, out: WaysOut | None = None
) -> DayMap:
    """Make the map of a day: boxes of holders from one longitude to another, from 34.5 to 35.5."""
    areas = reprojected(
        [shapely.box(west, 34.5, east, 35.5) for _, west, east in boxes], WGS84, CRS
    )
    fronts = [
        (a[0], b[0], shapely.LineString([(a[2], 34.5), (a[2], 35.5)]))
        for a, b in pairwise(boxes)
        if a[2] == b[1] and {a[0], b[0]} != {"red", "pink"}
    ]
    lines = reprojected([line for _, _, line in fronts], WGS84, CRS)
    band = NO_BAND
    if band_km:
        band = np.array([shapely.buffer(shapely.union_all(lines), band_km * 1000)], dtype=object)
    holders = [holder for holder, _, _ in boxes]
    pairs = [(a, b) for a, b, _ in fronts]
    return DayMap(holders, areas, pairs, lines, lambda: band, out or WaysOut())


def metric(lonlat: npt.ArrayLike) -> np.ndarray:
    """Project points."""
    points = reprojected(shapely.points(np.asarray(lonlat)), WGS84, CRS)
    return np.asarray(shapely.get_coordinates(points))


def statement(event: str, actor: str, day: date, low: float, high: float) -> RoadStatement:
    """Make a claim about the road."""
    claim = Claim(
        claim_id=f"{event}{day}", place="R", about="road", event=event, actor=(actor,), source="s",
        when=DayInterval(day, day), precision="day", road="R",
    )  # fmt: skip
    return RoadStatement(claim, low, high)


def status(
    highway: Highway, map_: DayMap, holders: dict[str, str] | None = None, *,
    said: tuple[RoadStatement, ...] = (), since: date = date(2020, 1, 1),
) -> HighwayStatus:  # fmt: skip
    """Ask for a road; way-points have the given holders since a day and shape the map."""
    spells = {p: Spell(start=since, holder=h, since=since) for p, h in (holders or {}).items()}
    waypoints = metric([(w.lon, w.lat) for w in highway.waypoints])
    shaping = [n for n, w in enumerate(highway.waypoints) if w.place_id in spells]
    measured = SampledRoad(
        highway, metric(highway.samples), waypoints, waypoints[shaping], said, WEIGHER, ALLIES
    )
    at = [spells[highway.waypoints[n].place_id] for n in shaping]
    return highway_status(measured, DAY, map_, spells, at, parties=("red", "blue", "pink"))


def test_kilometres_by_holder_add_up() -> None:
    """The road's kilometres would not add up to its length (golden: 91.29 km a degree at 35 N)."""
    found = status(road(36.0, 37.0), ground(("red", 36.0, 36.25), ("blue", 36.25, 37.0)))
    assert found.length_km == pytest.approx(91.29, abs=0.02)
    assert sum(found.km.values()) == pytest.approx(found.length_km, abs=0.05)
    assert found.km["red"] == pytest.approx(found.length_km / 4, abs=0.3)
    assert [s.holder for s in found.stretches] == ["red", "blue"]
    assert (found.open_to, len(found.cuts)) == ((), 1)
    assert found.cuts[0].km == pytest.approx(22.8, abs=0.3)


def test_allies_let_each_other_pass() -> None:
    """A road through an ally's area would be called cut."""
    found = status(road(36.0, 37.0), ground(("red", 36.0, 36.5), ("pink", 36.5, 37.0)))
    assert (found.open_to, found.cuts) == (("pink", "red"), ())
    assert found.open_surely == {"red": True, "blue": True, "pink": True}


def test_a_road_out_of_the_theatre_is_not_known() -> None:
    """Nobody's word would be given for a stretch that no map covers."""
    found = status(road(10.0, 11.0), ground(("red", 36.0, 37.0)))
    assert (list(found.km), found.open_to, found.drawn_km) == (["unknown"], (), None)
    ends = status(road(10.0, 11.0), ground(("red", 36.0, 37.0)), {"p0": "red", "p1": "red"})
    assert list(ends.km) == ["red"]


def test_a_party_without_an_area_gets_an_answer() -> None:
    """A party that has lost all would end the program instead of the road."""
    found = status(road(36.0, 36.9), ground(("red", 36.0, 37.0)))
    assert (found.open_to, found.open_surely["blue"], found.front_km) == (
        ("pink", "red"),
        True,
        None,
    )


@pytest.mark.parametrize("lons", [(), (36.0,), (36.0, 36.0)])
def test_a_road_needs_two_points(lons: tuple[float, ...]) -> None:
    """A road of one way-point would divide by nothing."""
    with pytest.raises(RequestError, match="a road has two ends"):
        road(*lons)


def test_doubt_is_carried_over_from_the_band() -> None:
    """A figure to the kilometre would be read where the line is not known to five."""
    map_ = ground(("red", 36.0, 36.5), ("blue", 36.5, 37.0), band_km=3)
    found = status(road(*np.arange(36, 37.01, 0.01)), map_)
    assert found.km_high["red"] - found.km_low["red"] == pytest.approx(6, abs=0.6)
    assert found.km_low["red"] < found.km["red"] < found.km_high["red"]
    assert [len(s.doubtful) for s in found.stretches] == [1, 1]
    assert found.cuts[0].high_km - found.cuts[0].low_km == pytest.approx(6, abs=0.6)
    # The error of the road and the half-width add as squares: 3 and 4 km make 5.
    wide = status(road(*np.arange(36, 37.01, 0.01), error_m=4000), map_)
    assert wide.km_high["red"] - wide.km_low["red"] == pytest.approx(10, abs=0.8)


def test_places_on_the_road_decide_what_is_doubtful() -> None:
    """A line drawn between two places would cut a road that both its towns say is open."""
    map_ = ground(("red", 36.0, 36.48), ("blue", 36.48, 36.52), ("red", 36.52, 37.0), band_km=2)
    between = {"p0": "red", "p2": "red"}
    assert status(road(36.0, 36.5, 37.0), map_, between).open_to == ("pink", "red")
    # A town of the other side that lies on the road cuts it, one that lies beside it does not.
    other = between | {"p1": "blue"}
    assert status(road(36.0, 36.5, 37.0, error_m=500), map_, other).open_to == ()
    aside = road(36.0, 36.5, 37.0, beside=(1,), error_m=500)
    assert status(aside, map_, other).open_to == ("pink", "red")


def test_a_line_that_wavers_cuts_no_road() -> None:
    """A line that crosses the road within its own uncertainty would be shown as two cuts."""
    map_ = ground(("red", 36.0, 36.49), ("blue", 36.49, 36.51), ("red", 36.51, 37.0), band_km=3)
    way = road(*np.arange(36.005, 37.0, 0.03))
    assert list(status(way, map_).km) == ["red"]
    sure = ground(("red", 36.0, 36.4), ("blue", 36.4, 36.6), ("red", 36.6, 37.0), band_km=1)
    assert [s.holder for s in status(way, sure).stretches] == ["red", "blue", "red"]


def test_statements_about_the_road_count_until_something_newer() -> None:
    """What was said of the road itself would be ignored, or outlive the loss of a town on it."""
    map_ = ground(("red", 36.0, 36.4), ("blue", 36.4, 36.6), ("red", 36.6, 37.0))
    holders = {"p0": "red", "p1": "blue", "p2": "red"}
    way = road(36.0, 36.5, 37.0)
    held = statement("road held", "red", date(2020, 1, 5), 0, 91)
    found = status(way, map_, holders, said=(held,))
    assert list(found.km) == ["red"]
    assert found.stretches[0].doubtful[0][2] == "statements"
    assert found.open_surely["red"] is False
    late = status(way, map_, holders, said=(held,), since=date(2020, 1, 6))
    assert [s.holder for s in late.stretches] == ["red", "blue", "red"]
    cut = statement("road cut", "blue", date(2020, 1, 6), 44, 47)
    stopped = status(way, map_, holders, said=(held, cut))
    (middle,) = [s for s in stopped.stretches if s.holder == "blue"]
    assert middle.from_km == pytest.approx(44, abs=0.3)
    assert middle.to_km == pytest.approx(47, abs=0.3)
    doubted = statement("road contested", "red", date(2020, 1, 5), 0, 91)
    assert len(status(way, map_, holders, said=(held, doubted)).stretches) == 3


@settings(max_examples=30)
@given(st.lists(st.floats(36.02, 36.98), min_size=1, max_size=6, unique=True), st.floats(0, 5))
def test_shares_of_a_road_are_a_whole(cuts: list[float], band_km: float) -> None:
    """Kilometres would be lost or counted twice, or a range would not hold its own figure."""
    edges = [36.0, *sorted(cuts), 37.0]
    boxes = [(("red", "blue")[n % 2], west, east) for n, (west, east) in enumerate(pairwise(edges))]
    found = status(road(36.0, 36.3, 37.0), ground(*boxes, band_km=band_km))
    assert sum(found.km.values()) == pytest.approx(found.length_km, abs=0.05)
    for party, km in found.km.items():
        assert found.km_low[party] - 0.02 <= km <= found.km_high[party] + 0.02
    joints = [s.to_km for s in found.stretches[:-1]]
    assert joints == [s.from_km for s in found.stretches[1:]] == [c.km for c in found.cuts]


def test_kilometres_of_places(bundled_theatre: Theatre) -> None:
    """What lies at which kilometre, and next along the road, could not be told."""
    m5, m4 = bundled_theatre.data.highways
    town = m5.km_of("Maarrat al-Numan")
    assert town == m5.km_of("maarrat-al-numan") == pytest.approx(258, abs=2)
    assert m5.place_at(town + 0.4) == "Maarrat al-Numan"
    following = m5.next_place("saraqib")
    assert following is not None
    assert following.name == "Afis"
    assert m5.next_place("aleppo") is m5.next_place("damascus", -1) is None
    nearest = m5.next_place(town - 1.0, -1)
    assert nearest is not None
    assert nearest.name == "al-Hamidiya"
    km, off = m5.locate(35.73, 36.75)
    assert m5.km_of("Babila") < km < m5.km_of("Khan al-Subul")
    assert off < 5
    with pytest.raises(RequestError, match="M5 has no way-point 'Idlib'; there are Damascus"):
        m5.km_of("Idlib")
    leg = m5.between("saraqib", "rashidin-4")
    assert leg.shared_with == "M4"
    assert leg.length_km == pytest.approx(42, abs=2)
    assert leg.error_m >= 2000
    (shared,) = m4.shared()
    assert (shared.shared_with, shared.places[0].name) == ("M5", "Saraqib")
    assert shared.length_km == pytest.approx(leg.length_km)
    assert shapely.hausdorff_distance(
        m5.cut(leg.from_km, leg.to_km), m4.cut(shared.from_km, shared.to_km)
    ) == pytest.approx(0, abs=1e-6)
    assert m5.between("aleppo", "saraqib").places[0].name == "Aleppo"


def test_a_line_between_far_points_says_how_far_off_it_may_be(bundled_theatre: Theatre) -> None:
    """A sketch over 130 km would be taken for a survey."""
    m5, m4 = bundled_theatre.data.highways
    assert 500 <= np.median(m5.sample_error_m) <= 3000
    far = (m4.km_of("ayn-isa-raqqa") + m4.km_of("tall-tamr")) / 2
    assert m4.errors_at(far)[0] > 10_000
    assert m5.errors_at(m5.km_of("khan-sheikhoun"))[0] == pytest.approx(500)


def m5_on(bundled_theatre: Theatre, day: str) -> HighwayStatus:
    """Ask for the M5 of the bundled theatre."""
    return next(s for s in bundled_theatre.on(day).highway_statuses if s.road == "M5")


@pytest.mark.parametrize("day", ["2020-02-11", "2020-02-14", "2020-02-22", "2020-03-03",
                                 "2020-03-06"])  # fmt: skip
def test_the_m5_is_open_as_reported(bundled_theatre: Theatre, day: str) -> None:
    """What the offensive was about, the whole M5 from 11 February, would not show."""
    m5 = m5_on(bundled_theatre, day)
    assert list(m5.km) == ["government"]
    assert (m5.open_to, m5.cuts) == (("government",), ())


@pytest.mark.parametrize("day", ["2019-12-18", "2020-02-09", "2020-02-11", "2020-02-27"])
def test_what_two_roads_share_has_one_holder(bundled_theatre: Theatre, day: str) -> None:
    """One carriageway would be open under one name and cut under the other."""
    statuses = bundled_theatre.on(day).highway_statuses
    held = []
    for road_, found in zip(bundled_theatre.data.highways, statuses, strict=True):
        leg = road_.between("saraqib", "rashidin-4")
        at = np.arange(0.5, leg.length_km - 0.5, 0.5) + leg.from_km
        ends = np.array([s.to_km for s in found.stretches])
        held.append([found.stretches[n].holder for n in np.searchsorted(ends, at)])
    assert sum(a != b for a, b in zip(*held, strict=True)) <= 1


@pytest.mark.parametrize(
    ("day", "least", "most"),
    [("2019-12-18", 85, 105), ("2020-01-29", 50, 70), ("2020-02-10", 1, 8)],
)
def test_the_m5_opens_bit_by_bit(
    bundled_theatre: Theatre, day: str, least: float, most: float
) -> None:
    """The kilometres that were left would tell another story (50 km are said on 1 February)."""
    m5 = m5_on(bundled_theatre, day)
    assert least < m5.km["opposition"] < most
    assert "government" not in m5.open_to


def test_reports_on_the_m5_stand_beside_what_is_computed(bundled_theatre: Theatre) -> None:
    """The reader would not learn that other sources date the opening to 10, 12 or 14 February."""
    reports = bundled_theatre.on("2020-02-11").road_reports["M5"]
    days = {s.claim.when.end.day: agrees for s, agrees in reports if s.claim.event == "road held"
            and s.from_km == 0}  # fmt: skip
    assert days == {10: False, 11: True, 12: True, 14: True}
    then = bundled_theatre.on("2020-02-11", known="2020-02-11")
    (m5, _) = then.highway_statuses
    assert m5.open_to == ("government",)
    assert max(s.claim.when.end.day for s, _ in then.road_reports["M5"]) == 11


def test_the_m5_is_cut_at_saraqib_on_27_february(bundled_theatre: Theatre) -> None:
    """The one day that the road was lost again would not show."""
    m5 = m5_on(bundled_theatre, "2020-02-27")
    (lost,) = [s for s in m5.stretches if s.holder == "opposition"]
    assert "Saraqib" in lost.places
    assert m5.open_to == ()
    assert [c.near for c in m5.cuts] == [lost.from_place, lost.to_place]
    reports = bundled_theatre.on("2020-02-27").road_reports["M5"]
    assert {
        (s.claim.when.end.day, agrees) for s, agrees in reports if s.claim.event == "road cut"
    } == {
        (26, False),  # by fire, from 3 km off
        (27, True),
    }


def test_saraqib_is_the_last_town_on_29_january(bundled_theatre: Theatre) -> None:
    """All five reports say so, and that the front is within 10 km of it."""
    m5 = m5_on(bundled_theatre, "2020-01-29")
    on_it = [p for p in m5.places if p.kind in {"city", "town"} and not p.beside]
    assert [p.place for p in on_it if p.holder != "government"] == ["Saraqib"]
    saraqib = next(p for p in m5.places if p.place_id == "saraqib")
    assert saraqib.distance_low_km is not None
    assert saraqib.distance_low_km <= 10


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
    ("lon", "day", "said"),
    [
        (36.9, date(2020, 1, 2), "behind own lines"),
        (36.51, date(2020, 1, 2), "at the front"),
        (36.5, date(2020, 1, 2), "at the front"),  # on the very line
        (36.2, date(2020, 1, 2), "encircled"),
        (36.2, date(2019, 12, 31), "not yet"),
        (36.2, date(2020, 3, 1), "withdrawn"),
        (10.0, date(2020, 1, 2), "unknown"),  # outside the theatre
    ],
)
def test_status_of_a_post(lon: float, day: date, said: str) -> None:
    """A surrounded post would be shown at ease, or the other way round."""
    map_ = ground(("red", 36.0, 36.5), ("blue", 36.5, 37.0))
    answer, undecided = post_status([post(lon), post(lon, id="q", lat=None)], day, map_, crs=CRS)
    assert answer.status == said
    assert (answer.reason != "") == (said == "unknown")
    in_place = date(2020, 1, 1) <= day < date(2020, 3, 1)
    assert undecided.status == ("unknown" if in_place else said)
    assert "undecided" in undecided.reason


def test_a_side_without_any_ground_has_no_way_out() -> None:
    """A post whose side holds nothing would end the program, or be called safe."""
    (answer,) = post_status([post(36.2)], date(2020, 1, 2), ground(("red", 36.0, 37.0)), crs=CRS)
    assert (answer.status, answer.distance_to_front_km) == ("encircled", None)


def test_ways_out_lead_home_and_beyond_the_edge() -> None:
    """Ground cut off on the map but open beyond it would be called a pocket."""
    boxes = (("blue", 36.0, 36.1), ("red", 36.1, 36.3), ("blue", 36.3, 37.0))
    west, east = metric([(36.05, 35.0), (36.9, 35.0)])
    assert list(ground(*boxes).enclosed(np.array([west, east]), {"blue"})) == [True, False]
    assert len(ground(*boxes).pockets({"blue"})) == 1
    countries = [shapely.box(35.0, 34.0, 36.0, 36.0), shapely.box(36.0, 34.5, 37.0, 35.5)]
    neighbour, land = reprojected(countries, WGS84, CRS)
    home = ways_out(land, [neighbour, land], {"blue": neighbour})
    assert not ground(*boxes, out=home).enclosed(np.array([west]), {"blue"}).any()
    country = shapely.buffer(land, 50_000)
    goes_on = ways_out(land, [country], {})
    assert not ground(*boxes, out=goes_on).enclosed(np.array([west]), {"blue"}).any()


def test_the_posts_of_28_january(bundled_theatre: Theatre) -> None:
    """The report names Morek and Surman as stranded, and a third as being surrounded."""
    day = bundled_theatre.on("2020-01-28")
    answers = {a.post.name: a for a in day.post_statuses}
    assert sum(a.post.agreement == "astana" for a in answers.values()) == 12
    shut = {n for n, a in answers.items() if a.status == "encircled"}
    assert shut == {"Murak", "Surman"}
    # "Being surrounded": the map alone would call it encircled, 1.5 km behind the line.
    cut_off = answers["Maar Hattat"]
    assert cut_off.status == "at the front"
    assert "encircled on the map" in cut_off.reason
    assert {answers[n].territory for n in (*shut, "Maar Hattat")} == {"government"}
    assert day.post_since["post-surman"] == date(2019, 12, 23)
    report = day.post_reports["post-maar-hattat"]
    assert (report.says, report.differs) == ("post pressed", False)
    (remark,) = {s.remark for s, _ in report.statements if s.remark}
    assert "20 km south of Ma'arat al-Numan" in remark
    assert "8 km from Maarrat al-Numan" in remark
    assert not day.post_reports["post-murak"].differs
    # The siege was lifted with the town's loss; what was said then does not deny the next one.
    late = bundled_theatre.on("2020-03-06").post_reports["post-saraqib"]
    assert (late.says, late.differs) == ("post relieved", False)


def test_posts_on_other_days(bundled_theatre: Theatre) -> None:
    """A post would be encircled on the wrong day, or one without a place would be left out."""
    before, after = bundled_theatre.on("2019-12-22"), bundled_theatre.on("2020-02-06")
    assert {a.post.name for a in before.post_statuses if a.status == "encircled"} == {"Murak"}
    assert next(a for a in after.post_statuses if a.post.name == "Tell Tuqan").status == "encircled"
    assert len(after.post_statuses) == len(bundled_theatre.data.posts)
    assert all(a.reason for a in after.post_statuses if a.post.lat is None)
    assert len(after.posts) == len(after.post_statuses)
    assert after.posts.geometry.isna().sum() == sum(
        p.lat is None for p in bundled_theatre.data.posts
    )


def test_pockets_are_found(bundled_theatre: Theatre) -> None:
    """A village with the other side on every way out would look like any other."""
    days = [bundled_theatre.on(day) for day in bundled_theatre.data.days]
    assert any(day.cut_off for day in days)
    for day in days:
        named = {name for names in day.pockets.places for name in names}
        # A place fought over may be cut off with no ground around it that is its side's.
        all_cut_off = {place for place in day.cut_off if not day.spells[place].contested}
        assert {bundled_theatre.gazetteer[place].name for place in all_cut_off} <= named


def test_eighty_days_take_less_than_five_seconds() -> None:
    """The map would be slow to make for what is only roads and posts."""
    as_known = load_theatre().as_known()
    days = [as_known.on(day) for day in as_known.theatre.days]
    for day in days:
        _ = day.areas, day.front, day.band
    started = time.process_time()
    for day in days:
        _ = day.highway_statuses, day.post_statuses, day.post_since, day.post_reports
    assert time.process_time() - started < 5
