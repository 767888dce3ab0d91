"""The world that ships with geoline: countries by code and name, land that is land, lakes."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoline import RequestError
from geoline.new_theatre.world.countries import World, world
from geoline.new_theatre.world.packed import pack


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ua", "UA"),
        ("UKR", "UA"),
        ("Burkina Faso", "BF"),
        ("Myanmar (Burma)", "MM"),
        ("DR Congo (Zaire)", "CD"),
        ("Democratic Republic of Congo", "CD"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Türkiye", "TR"),
        ("the Gambia", "GM"),
        ("Kosovo", "XK"),
    ],
)
def test_countries_by_code_and_by_the_names_of_datasets(written: str, code: str) -> None:
    """An analyst would have to look up what geoline calls the country of their data."""
    assert world().country(written).code == code


def test_unknown_country_is_told() -> None:
    """A slip of the pen would make the map of another country, or a traceback."""
    with pytest.raises(RequestError, match="no country 'Atlantis'; give its ISO 3166 code"):
        world().country("Atlantis")


def test_land_is_land_and_the_sea_is_not() -> None:
    """Towns would lie in the sea, and the sea would belong to an army."""
    ukraine = world().country("UA").geometry
    towns = {"Mariupol": (37.55, 47.10), "Simferopol": (34.10, 44.95), "Lviv": (24.03, 49.84)}
    for name, (lon, lat) in towns.items():
        assert shapely.contains_xy(ukraine, lon, lat), name
    for lon, lat in ((36.6, 46.2), (31.5, 45.5), (35.0, 46.5 - 1.2)):
        in_azov_or_black_sea = not shapely.contains_xy(ukraine, lon, lat)
        assert in_azov_or_black_sea or (lon, lat) == (35.0, 45.3)
    niger = world().countries_in((9.0, 17.0, 10.0, 18.0))
    assert [country.code for country in niger] == ["NE"], "the Ténéré is nobody else's"


def test_neighbours_share_one_border() -> None:
    """A strip of no man's land, or of two countries, would run along every border."""
    ukraine, poland = world().country("UA").geometry, world().country("PL").geometry
    assert shapely.area(shapely.intersection(ukraine, poland)) == 0.0
    shared = shapely.intersection(shapely.boundary(ukraine), shapely.boundary(poland))
    assert shapely.length(shared) > 3.0, "degrees of common border"


def test_points_are_counted_by_country() -> None:
    """A theatre without --country would be laid somewhere else."""
    points = np.array([[30.5, 50.4], [36.2, 49.9], [21.0, 52.2], [0.0, 0.0]])
    assert world().countries_of(points) == {"UA": 2, "PL": 1}
    assert world().countries_of(points[:0]) == {}


def test_lakes_have_names_and_the_drained_one_is_gone() -> None:
    """The map would show water where there has been none since 2023."""
    names = {lake.name for lake in world().lakes_in((22.0, 44.0, 40.0, 52.5))}
    assert "Kyiv" in names
    assert not [name for name in names if "akhovka" in name]


def test_what_is_packed_is_unpacked() -> None:
    """Land would move a little with every release, or a country lose its islands and lakes."""
    ring = shapely.box(0, 0, 2, 2).difference(shapely.box(0.5, 0.5, 1, 1))
    island = shapely.box(-179.9, -89.9, -179.5, -89.5)
    record = {"a2": "AA", "a3": "AAA", "name": "A", "called": [], "names": {}}
    lake = {"name": "L", "name_ar": "", "reservoir": False, "geometry": shapely.box(5, 5, 6, 6)}
    small = World(
        pack(
            {
                "countries": [record | {"geometry": shapely.union(ring, island)}],
                "lakes": [lake],
            }
        )
    )
    assert shapely.equals(small.country("AA").geometry, shapely.union(ring, island))
    assert shapely.equals(small.lakes_in((5.5, 5.5, 7, 7))[0].geometry, shapely.box(5, 5, 6, 6))
    assert small.lakes_in((7, 7, 8, 8)) == []
