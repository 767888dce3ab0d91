"""Areas and the line between them: what any reader takes for granted of a map."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline import CrsError, RequestError, front_line
from geoline.control.spells import spell_on
from geoline.front.projection import equal_area_crs
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from geoline.theatre import Theatre

PARTIES = ["red", "blue", "green"]
spots = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=40, unique=True
)


def points(xy: list[tuple[float, float]]) -> gpd.GeoSeries:
    """Places about a kilometre apart, in Syria's latitude."""
    return gpd.GeoSeries.from_xy(
        [36 + x * 0.011 for x, _ in xy], [35 + y * 0.009 for _, y in xy], crs=4326
    )


@given(spots, st.data())
@settings(max_examples=40)
def test_every_place_lies_with_its_holder_and_areas_tile(
    xy: list[tuple[int, int]], data: st.DataObject
) -> None:
    """A town on the wrong side, an area twice coloured, or a hole: none can be defended."""
    holders = data.draw(st.lists(st.sampled_from(PARTIES), min_size=len(xy), max_size=len(xy)))
    where = points([(float(x), float(y)) for x, y in xy])
    line = front_line(where, holders)
    area = dict(zip(line.areas.holder, line.areas.geometry, strict=True))
    assert set(area) == set(holders)
    for place, holder in zip(where, holders, strict=True):
        assert area[holder].distance(place) < 1e-5
    crs = equal_area_crs(tuple(where.total_bounds))
    metric = line.areas.to_crs(crs)
    union = shapely.union_all(metric.geometry.values)
    assert abs(metric.area.sum() - union.area) < 1e-6 * union.area
    assert sum(len(p.interiors) for p in shapely.get_parts(union)) == 0


@given(spots, st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_order_of_places_does_not_matter(xy: list[tuple[int, int]], random: object) -> None:
    """Sorting a table would move the front."""
    rows = [((float(x), float(y)), PARTIES[(x + y) % 3]) for x, y in xy]
    turned = list(rows)
    random.shuffle(turned)  # type: ignore[attr-defined]
    one, two = (
        front_line(points([p for p, _ in some]), [h for _, h in some]) for some in (rows, turned)
    )
    assert list(one.areas.holder) == list(two.areas.holder)
    # Where nodes lie halfway to the last digit, the line keeps off them on one side or the other
    # (`contours.OFF_NODE`): of two places alone that is one part in a thousand.
    assert np.allclose(one.areas.km2, two.areas.km2, rtol=2e-3)


def test_two_places_share_the_ground_halfway() -> None:
    """The simplest map of all would be wrong (golden: 111.3 km east-west at the equator)."""
    line = front_line(gpd.GeoSeries.from_xy([0, 0.2], [0, 0], crs=4326), ["a", "b"], reach_km=30)
    west, east = line.areas.km2
    assert abs(west - east) < 0.01 * west
    x = shapely.get_coordinates(line.front.geometry.iloc[0])[:, 0]
    assert np.allclose(x, 0.1, atol=2e-4)
    assert line.band.geometry.iloc[0].contains(line.front.geometry.iloc[0])


def test_contradicting_duplicates_are_contested() -> None:
    """Two holders in one spot would be settled by the order of the rows."""
    where = points([(0, 0), (0, 0), (9, 0)])
    assert set(front_line(where, ["red", "blue", "blue"]).areas.holder) == {"contested", "blue"}


def test_all_one_holder_has_no_front() -> None:
    """A border or a coast would be drawn as a front."""
    line = front_line(points([(0, 0), (5, 5), (9, 0)]), ["red"] * 3)
    assert (len(line.front), list(line.areas.holder)) == (0, ["red"])


def test_places_on_a_line_are_answered() -> None:
    """A road's villages alone would crash the model."""
    line = front_line(points([(n, n) for n in range(6)]), ["red"] * 3 + ["blue"] * 3)
    assert len(line.front) == 1


def test_a_port_off_the_coast_does_not_undo_the_smoothing() -> None:
    """One town a few metres into the digitised sea would leave the whole line in spikes."""
    xy = [(float(x), float((x * 7) % 11)) for x in range(24)]
    holders = ["red" if y + (x % 3) < 6 else "blue" for x, y in xy]
    land = shapely.box(35.9, 34.99, 36.4, 35.2)
    inside = front_line(points(xy), holders, frame=land)
    outside = front_line(points([*xy, (5.0, -3.0)]), [*holders, "red"], frame=land)
    assert abs(inside.front.length_km.sum() - outside.front.length_km.sum()) < 5


def test_baseline_stands_out_of_reach() -> None:
    """The last known areas would vanish where nobody reports from."""
    baseline = gpd.GeoDataFrame(
        {"holder": ["blue"]}, geometry=[shapely.box(35, 34, 38, 37)], crs=4326
    )
    line = front_line(points([(0, 0)]), ["red"], baseline, reach_km=5)
    assert set(line.areas.holder) == {"red", "blue"}


@pytest.mark.parametrize(
    ("where", "holders", "error", "said"),
    [
        (gpd.GeoSeries.from_xy([0], [0]), ["a"], CrsError, "set it"),
        (gpd.GeoSeries([], crs=4326), [], RequestError, "no points"),
        (points([(0, 0)]), ["a", "b"], RequestError, "1 points but 2 holders"),
        (points([(0, 0)]), [None], RequestError, "no place has a holder"),
        (
            gpd.GeoSeries([shapely.Point(0, 0), shapely.Point()], crs=4326),
            ["a", "b"],
            RequestError,
            "point 1",
        ),
        (gpd.GeoSeries([shapely.Point(0, 0), None], crs=4326), ["a", "b"], RequestError, "point 1"),
        (gpd.GeoSeries([shapely.Point(np.nan, 0)], crs=4326), ["a"], RequestError, "point 0"),
    ],
)
def test_degenerate_input_gets_one_line(
    where: gpd.GeoSeries, holders: list[str], error: type[Exception], said: str
) -> None:
    """A missing CRS or an empty point would draw a wrong map in silence."""
    with pytest.raises(error, match=said):
        front_line(where, holders)


def test_no_false_pockets_on_the_bundled_map(bundled_theatre: Theatre) -> None:
    """A namesake behind the front would show as an island that stays for weeks.

    What claims support while the line moves (Jawbas by Saraqib, 30 January to 1 February) is small
    and gone within three days. What stood so on the eve (al-Suda, 1.1 km from the other side's
    next village) may stay, at its size.
    """
    theatre = bundled_theatre
    crs = theatre.as_known().crs
    islands: dict[str, list[tuple[date, float]]] = {"government": [], "opposition": []}
    of_the_eve: dict[str, shapely.Geometry] = {}
    for day in theatre.data.days:
        metric = theatre.on(day).areas.to_crs(crs)
        for holder, area in zip(metric.holder, metric.geometry, strict=True):
            parts = shapely.get_parts(area)
            small = parts[np.argsort(shapely.area(parts))[:-1]]
            if day == theatre.data.days[0]:
                of_the_eve[holder] = shapely.buffer(shapely.union_all(small), 100.0)
                assert shapely.area(of_the_eve[holder]) / 1e6 < 3
            stood = of_the_eve.get(holder, shapely.Polygon())
            fresh = small[~shapely.within(small, stood)]
            pieces = shapely.area(fresh) / 1e6
            if holder in islands and pieces.max(initial=0) > 1:
                islands[holder].append((day, float(pieces.max())))
    for found in islands.values():
        assert all(km2 < 30 for _, km2 in found)
        days = [day for day, _ in found]
        assert all(day + timedelta(days=3) not in days for day in days)


def test_a_doubtful_pocket_is_unknown_since_it_became_one(bundled_theatre: Theatre) -> None:
    """Status would say that a village is unknown since a month in which its holder was known."""
    whole = bundled_theatre.as_known()
    seen = 0
    for day in whole.theatre.days[1:]:
        for place, spell in whole.spells_on(day).items():
            if spell.holder != spell_on(whole.spells[place], day).holder:
                eve = spell.since - timedelta(days=1)
                known = spell_on(whole.spells[place], eve).holder
                assert whole.spells_on(eve)[place].holder == known, (day, place)
                seen += 1
    assert seen > 10
    farwan = [whole.spells_on(date(2019, 12, day))["farwan"] for day in (25, 26, 29)]
    assert farwan[0].holder == "opposition"
    assert {(spell.holder, spell.since) for spell in farwan[1:]} == {(UNKNOWN, date(2019, 12, 26))}


@given(spots, st.floats(-3, 3), st.floats(-5, 5))
@settings(max_examples=15)
def test_shifting_or_turning_the_places_shifts_or_turns_the_line(
    xy: list[tuple[int, int]], east: float, north: float
) -> None:
    """The same war in another place, or seen from another side, would have another front."""
    places = [(float(x), float(y)) for x, y in xy]
    holders = [PARTIES[(x > 20) + (y > 30)] for x, y in xy]
    here = front_line(points(places), holders)
    metric = equal_area_crs(tuple(points(places).total_bounds))
    local = points(places).to_crs(metric)
    turned = gpd.GeoSeries(shapely.affinity.rotate(shapely.multipoints(local.values), 90))
    moved = gpd.GeoSeries(
        shapely.get_parts(turned.iloc[0]),
        crs=equal_area_crs((36 + east, 35 + north, 36.7 + east, 35.5 + north)),
    )
    there = front_line(moved, holders)
    assert list(there.areas.holder) == list(here.areas.holder)
    # Lines are found on a grid of nodes, which lies otherwise on other ground.
    share = here.areas.km2.to_numpy() / here.areas.km2.sum()
    assert np.allclose(there.areas.km2.to_numpy() / there.areas.km2.sum(), share, atol=0.03)


def square(west: float, holder: str) -> dict[str, object]:
    """Make an area a degree wide."""
    return {"holder": holder, "geometry": shapely.box(west, 34.5, west + 1, 36)}


def test_an_invalid_baseline_is_mended_and_an_empty_one_is_none() -> None:
    """A file with a crossed outline would crash the model, an empty one draw another map."""
    crossed = shapely.Polygon([(35, 34), (37, 36), (37, 34), (35, 36)])
    bad = gpd.GeoDataFrame({"holder": ["red"]}, geometry=[crossed], crs=4326)
    where, holders = points([(0, 0), (9, 0), (20, 5)]), ["red", "red", "blue"]
    assert set(front_line(where, holders, bad).areas.holder) == {"red", "blue"}
    empty = gpd.GeoDataFrame({"holder": []}, geometry=[], crs=4326)
    with_empty, without = front_line(where, holders, empty), front_line(where, holders)
    assert np.allclose(with_empty.areas.km2, without.areas.km2)


def test_a_place_that_changed_hands_moves_the_line_beyond_it() -> None:
    """The line would stay where it was, or stop short of the village that fell."""
    baseline = gpd.GeoDataFrame([square(35.5, "red"), square(36.5, "blue")], crs=4326)
    where = gpd.GeoSeries.from_xy([36.3, 36.56, 36.8, 36.3, 36.8], [35.2, 35.2, 35.2, 35.6, 35.6])
    where = where.set_crs(4326)
    line = front_line(where, ["red", "red", "blue", "red", "blue"], baseline)
    red = line.areas.set_index("holder").geometry["red"]
    assert red.contains(where.iloc[1].buffer(0.005))
    assert not red.contains(where.iloc[2])
    unmoved = front_line(where.drop(1), ["red", "blue", "red", "blue"], baseline)
    assert (
        unmoved.front.geometry.iloc[0].hausdorff_distance(
            shapely.LineString([(36.5, 35.0), (36.5, 35.7)])
        )
        < 2
    )


def test_contested_places_widen_the_band() -> None:
    """A street fight would be drawn with the precision of a quiet sector."""
    xy = [(float(x), float(y)) for x in range(0, 24, 4) for y in range(0, 12, 4)]
    holders = ["red" if x < 12 else "blue" for x, _ in xy]
    fought = ["contested" if x in {8, 12} else h for (x, _), h in zip(xy, holders, strict=True)]
    land = shapely.box(35.95, 34.95, 36.3, 35.15)
    narrow, wide = (front_line(points(xy), some, frame=land).band for some in (holders, fought))
    assert (narrow["coverage"] == 0.9).all()
    metric = equal_area_crs(tuple(points(xy).total_bounds))
    assert wide.to_crs(metric).area.sum() > 1.2 * narrow.to_crs(metric).area.sum()


def test_ground_that_changed_hands_leads_to_its_claims(bundled_theatre: Theatre) -> None:
    """An editor could not say why a valley changed its colour."""
    table = bundled_theatre.changes("2020-01-27", "2020-01-29")
    assert table.areas
    largest = table.areas[0]
    assert (largest.from_holder, largest.to_holder) == ("opposition", "government")
    assert largest.km2 > 20
    assert largest.places
    assert largest.claims
    told = {claim for area in table.areas for claim in area.claims}
    assert told <= {claim for some in table.claims for claim in some}
    gained = sum(a.km2 for a in table.areas if a.to_holder == "government")
    assert abs(gained - table.km2["government"]["gained"]) < 0.1 * gained
