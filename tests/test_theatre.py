"""A theatre is data: another one, small and elsewhere, needs no line of code."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import shapely

import geoline
from geoline.claims.ledger import CLAIM_COLUMNS, SOURCE_COLUMNS
from geoline.gazetteer.place import COLUMNS
from geoline.page.lines import decode_line
from geoline.page.payload import page_payload
from geoline.theatre_folder.theatre_tables import BASELINE_COLUMNS, HIGHWAY_COLUMNS, POST_COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
id = "mini"
name = "Mini"
first_day = 2020-01-01
last_day = 2020-01-05
opening_day = 2020-01-02
gazetteer = "."
frame = [10.0, 10.0, 11.0, 11.0]
view = [10.0, 10.0, 11.0, 11.0]
[parties.red]
name = "Red"
color = "#cc0000"
[parties.blue]
name = "Blue"
color = "#0000cc"
[leans]
none = []
[baseline_confidence]
report = 0.9
"""
LAND = """{"type": "FeatureCollection", "features": [{"type": "Feature",
"properties": {"name": "L"}, "geometry": {"type": "Polygon",
"coordinates": [[[10, 10], [11, 10], [11, 11], [10, 11], [10, 10]]]}
}]}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a theatre of two places and one claim, without roads and posts."""
    tables = {
        "places.csv": (
            COLUMNS,
            ["a,A,,,10.2,10.2,500,village,,x,,", "b,B,,,10.8,10.8,500,village,,x,,"],
        ),
        "sources.csv": (SOURCE_COLUMNS, ["p,P,B,none,outlet,,,"]),
        "baseline.csv": (BASELINE_COLUMNS, [f"{p},blue,2020-01-01,report,x," for p in "ab"]),
        "highways.csv": (HIGHWAY_COLUMNS, []),
        "posts.csv": (POST_COLUMNS, []),
        "claims/all.csv": (
            CLAIM_COLUMNS,
            ["c1,A,place,a,,captured,red,2020-01-03,2020-01-03,day,2020-01-04,p,,6,,"],
        ),
    }  # fmt: skip
    for name, (columns, rows) in tables.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([",".join(columns), *rows]) + "\n", "utf-8")
    (tmp_path / "theatre.toml").write_text(HEAD, "utf-8")
    (tmp_path / "areas").mkdir()
    for name in ("governorates", "land"):
        (tmp_path / "areas" / f"{name}.geojson").write_text(LAND, "utf-8")
    return tmp_path


def test_a_second_theatre_needs_no_code(folder: Path) -> None:
    """The program would know one country only."""
    theatre = geoline.load_theatre(folder)
    assert theatre.on("2020-01-02").spells["a"].holder == "blue"
    day = theatre.on("2020-01-03")
    assert day.spells["a"].holder == "red"
    assert (len(day.areas), len(day.front), len(day.highways), len(day.posts)) == (2, 1, 0, 0)
    assert list(theatre.on("2020-01-02").areas.holder) == ["blue"]
    changes = theatre.changes("2020-01-01", "2020-01-05")
    assert changes.km2["red"]["gained"] == pytest.approx(changes.km2["blue"]["lost"], rel=0.01)
    assert list(changes.claims) == [["c1"]]
    assert theatre.write_map(folder / "mini.html") > 100_000


def test_what_is_published_later_is_not_known_before(folder: Path) -> None:
    """The map of an evening would show what only the next day's papers said."""
    theatre = geoline.load_theatre(folder)
    assert theatre.on("2020-01-03", known="2020-01-03").spells["a"].holder == "blue"
    assert theatre.on("2020-01-03", known="2020-01-04").spells["a"].holder == "red"


def test_claims_are_a_geodataframe(folder: Path) -> None:
    """Analysts could not filter and join the claims with what they know."""
    claims = geoline.load_theatre(folder).claims
    assert {
        "claim_id", "place", "place_id", "date_start", "date_end", "event", "actor", "source",
    } <= set(claims.columns)  # fmt: skip
    assert claims.crs == "EPSG:4326"
    bundled = geoline.load_theatre().claims
    assert bundled.geometry.isna().sum() == bundled.place_id.isna().sum() > 0


def test_page_draws_border_and_water_but_no_coast_as_border(folder: Path) -> None:
    """The border would look like a coast, and rivers would be missing or elsewhere."""
    squares = [
        shapely.box(10, 10, 10.5, 11), shapely.box(10.5, 10, 11, 11), shapely.box(9.9, 9, 10, 10)
    ]  # fmt: skip
    river, lake = shapely.LineString([(9, 10.2), (11, 10.2)]), shapely.box(10.6, 10.6, 10.7, 10.7)
    for name, shapes in (("land", squares), ("water", [river, lake])):
        features = [
            {
                "properties": {"name": "N", "kind": "lake" if shape is lake else "river"},
                "geometry": shapely.geometry.mapping(shape),
            }
            for shape in shapes
        ]
        (folder / "areas" / f"{name}.geojson").write_text(json.dumps({"features": features}))
    theatre = geoline.load_theatre(folder)
    day = theatre.data.first_day
    basemap = page_payload(theatre.as_known(), day, day, day)["basemap"]
    (border,) = [decode_line(line).tolist() for line in basemap["border"]]
    assert sorted(border) == [[10.5, 10.0], [10.5, 11.0]]
    drawn_river, drawn_lake = basemap["water"]
    # No further than the land that the theatre has; beyond it the page draws the world's.
    assert decode_line(drawn_river["lines"][0]).tolist() == [[9.9, 10.2], [11.0, 10.2]]
    assert len(drawn_lake["polygons"][0][0]) == 10


def test_a_page_carries_what_was_known_on_each_day() -> None:
    """Else yesterday's map cannot be shown as it was known yesterday."""
    theatre = geoline.load_theatre()
    as_known, day = theatre.as_known(), date(2020, 1, 28)
    payload = page_payload(as_known, day, day + timedelta(days=1), day, each_evening=True)
    number = [place["id"] for place in payload["places"]].index("maarrat-al-numan")
    known = [run[:3] for run in payload["as_known"]["status"][number]]
    assert known == [[0, "opposition", 1], [1, "government", 0]]
    assert {run[1] for run in payload["status"][number]} == {"government"}
    assert payload["as_known"]["areas"][0] != payload["areas"][0]
    with pytest.raises(geoline.errors.RequestError, match="give one of them"):
        theatre.map(known="2020-01-28", each_evening=True)
