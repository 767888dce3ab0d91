"""Laws of the areas: who may gain ground, and what a place alone among others gets."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline import FrontLine, Theatre, front_line
from geoline.front.projection import equal_area_crs

LAT, LON = 0.02703, 0.02777  # three kilometres by thirteen degrees north


def lattice(count: int, step: float = 1.0) -> gpd.GeoSeries:
    """Places three kilometres apart, times a step, row by row from the south."""
    here = (np.arange(count) - count // 2) * step
    x, y = np.meshgrid(here * LON, 13 + here * LAT)
    return gpd.GeoSeries.from_xy(x.ravel(), y.ravel(), crs=4326)


def hangs_by_no_thread(piece: shapely.Geometry) -> bool:
    """Whether a piece stays one if what is narrower than 1.2 km is taken off."""
    return int(shapely.get_num_geometries(shapely.buffer(piece, -600))) == 1


def pieces(line: FrontLine, holder: str) -> list[shapely.Geometry]:
    """Parts of a holder's area, metric."""
    area = line.areas[line.areas.holder == holder]
    metric = area.to_crs(equal_area_crs(tuple(line.areas.total_bounds)))
    return list(shapely.get_parts(shapely.union_all(metric.geometry.values)))


def roundness(piece: shapely.Geometry) -> float:
    """Share of the smallest circle around a piece that it fills."""
    return float(piece.area / shapely.minimum_bounding_circle(piece).area)


@given(st.integers(1, 5), st.integers(1, 5))
@settings(max_examples=8)
def test_a_place_alone_gets_about_its_cell(row: int, column: int) -> None:
    """An enemy village among neighbours 3 km apart would be a dot, or a circle."""
    holders = ["south"] * 49
    holders[7 * row + column] = "north"
    mine = pieces(front_line(lattice(7), holders), "north")
    assert len(mine) == 1
    assert 6 < mine[0].area / 1e6 < 13
    assert roundness(mine[0]) < 0.93


def test_a_place_alone_gets_its_cell_from_the_last_known_line_too() -> None:
    """A village taken behind the front would be a dot on the map of its day."""
    where = lattice(15)
    x = shapely.get_coordinates(where.values)[:, 0]
    baseline = gpd.GeoDataFrame(
        {"holder": ["west", "east"]},
        geometry=[shapely.box(-1, 12, -0.09, 14), shapely.box(-0.09, 12, 1, 14)],
        crs=4326,
    )
    holders = np.where(x < -0.09, "west", "east").astype(object)
    taken = int(np.argmin(np.hypot(x - 0.111, shapely.get_coordinates(where.values)[:, 1] - 13)))
    holders[taken] = "west"
    line = front_line(where, list(holders), baseline)
    small = [piece for piece in pieces(line, "west") if piece.area < 60e6]
    assert len(small) == 1
    assert 6 < small[0].area / 1e6 < 25
    assert roundness(small[0]) < 0.93


def test_a_village_taken_ahead_of_the_line_hangs_by_no_thread(bundled_theatre: Theatre) -> None:
    """A village that fell first would look like a keyhole (Babulin, Jawbas)."""
    where = lattice(15, 0.5)
    xy = shapely.get_coordinates(where.values)
    old = -0.25 * LON
    baseline = gpd.GeoDataFrame(
        {"holder": ["west", "east"]},
        geometry=[shapely.box(-1, 12, old, 14), shapely.box(old, 12, 1, 14)],
        crs=4326,
    )
    holders = np.where(xy[:, 0] < old, "west", "east").astype(object)
    holders[np.hypot(xy[:, 0] - 0.5 * LON, xy[:, 1] - 13) < 1e-6] = "west"
    told = np.hypot(xy[:, 0], xy[:, 1] - 13) > 1e-6  # of the village between nothing is known
    (mine,) = pieces(front_line(where[told], list(holders[told]), baseline), "west")
    assert hangs_by_no_thread(mine)
    for day in ("2019-12-22", "2020-02-01"):
        held = (
            bundled_theatre.on(day).areas.set_index("holder").to_crs(bundled_theatre.as_known().crs)
        )
        parts = shapely.get_parts(held.geometry["government"])
        assert hangs_by_no_thread(parts[shapely.area(parts).argmax()])
        crumbs = shapely.get_parts(held.geometry["opposition"])
        assert shapely.area(crumbs).min() > 0.5e6


def test_the_line_has_no_flags_of_one_node(bundled_theatre: Theatre) -> None:
    """Where the field barely passes the old line a triangle would stick out (by Khalsa)."""
    held = bundled_theatre.on("2020-01-29").areas.set_index("holder")
    parts = shapely.get_parts(held.to_crs(bundled_theatre.as_known().crs).geometry["opposition"])
    piece = parts[shapely.area(parts).argmax()]
    core = shapely.buffer(shapely.buffer(piece, -400), 410)
    apart = shapely.distance(core, shapely.points(shapely.get_coordinates(piece)))
    assert apart.max() < 1_000


@given(st.sampled_from([0.5, 0.8, 1.1]), st.integers(0, 8))
@settings(max_examples=8)
def test_a_third_side_gains_nothing_when_two_trade_a_town(step: float, which: int) -> None:
    """A side that no claim names would take ground from a trade of two others."""
    where = lattice(13, 2 * step)
    xy = shapely.get_coordinates(where.values)
    span = float(xy[:, 0].max()) + 0.2
    east, top = 0.8 * LON * step, 13 + 0.1 * step
    parts = [
        shapely.box(-span, 12, east, top),
        shapely.box(east, 12, span, top),
        shapely.box(-span, top, span, 14),
    ]
    names = np.array(["red", "blue", "green"])
    baseline = gpd.GeoDataFrame({"holder": names}, geometry=parts, crs=4326)
    holders = names[np.argmax([shapely.intersects_xy(part, xy) for part in parts], axis=0)]
    before = front_line(where, list(holders), baseline)
    blue = np.flatnonzero(holders == "blue")
    traded = blue[np.argsort(np.hypot(xy[blue, 0] - east, xy[blue, 1] - top))[which]]
    holders[traded] = "red"
    after = front_line(where, list(holders), baseline)
    was, now = (line.areas.set_index("holder").km2 for line in (before, after))
    assert now["red"] > was["red"] + 1
    # Lines that did not move are drawn again on the same nodes.
    assert now["green"] <= was["green"] + 0.5
    assert abs((now["red"] - was["red"]) - (was["blue"] - now["blue"])) < 0.02 * now["red"]


def test_towns_beside_the_land_count_and_take_no_other_edge() -> None:
    """A town east of the land would stop the map, one west of it would hold the other edge."""
    where = lattice(5)
    for side in ((-0.3, 12.9, 0.03, 13.1), (-0.03, 12.9, 0.3, 13.1), (-0.3, 12.9, 0.3, 13.02)):
        land = shapely.box(*side)
        xy = shapely.get_coordinates(where.values)
        inside = shapely.intersects_xy(land, xy)
        line = front_line(where, ["red" if ok else "blue" for ok in inside], frame=land)
        area = line.areas.set_index("holder").geometry
        for place in where[inside]:
            assert area["red"].distance(place) < 1e-5
        assert (
            line.areas.to_crs(6933).area.sum()
            <= 1.001 * gpd.GeoSeries([land], crs=4326).to_crs(6933).area.sum()
        )


def test_villages_held_far_behind_the_line_are_not_in_doubt() -> None:
    """After a broad advance the band would take in all villages that passed."""
    where = lattice(15)
    x = shapely.get_coordinates(where.values)[:, 0]
    old, new = -5.5 * LON, 3.5 * LON
    baseline = gpd.GeoDataFrame(
        {"holder": ["west", "east"]},
        geometry=[shapely.box(-1, 12, old, 14), shapely.box(old, 12, 1, 14)],
        crs=4326,
    )
    # Beyond the lattice the line would turn back to the old one, far from every place.
    frame = shapely.box(-7.5 * LON, 13 - 7.5 * LAT, 7.5 * LON, 13 + 7.5 * LAT)
    holders = list(np.where(x < new, "west", "east"))
    band = front_line(where, holders, baseline, frame=frame).band
    metric = equal_area_crs(tuple(where.total_bounds))
    inside = shapely.intersects_xy(
        band.to_crs(metric).geometry.iloc[0], shapely.get_coordinates(where.to_crs(metric).values)
    )
    assert not inside[np.abs(x - new) > 1.6 * LON].any()
    assert inside[np.abs(x - new) < 0.6 * LON].any(), "the villages on both sides of it are"
