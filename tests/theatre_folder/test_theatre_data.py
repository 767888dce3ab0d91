"""The bundled theatre is whole, and a fault in any of its files is named."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shapely import Point

from geoline import DataError, load_theatre
from geoline.claims.claim import EVENTS
from geoline.theatre import BUNDLED

if TYPE_CHECKING:
    from geoline.theatre import Theatre

ROOT = Path(__file__).parents[2]


@pytest.fixture
def theatre_copy(tmp_path: Path) -> Path:
    """Copy the bundled theatre, to break it."""
    shutil.copytree(ROOT / "gazetteer", tmp_path / "gazetteer")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path / "seeds" / BUNDLED


def test_what_the_readme_says_is_there(bundled_theatre: Theatre) -> None:
    """The counts that editors quote would be wrong."""
    data = bundled_theatre.data
    assert len(data.days) == 80
    assert len(data.claims) >= 1400
    assert len({c.source for c in data.claims}) >= 150
    assert {h.id for h in data.highways} == {"M4", "M5"}
    assert sum(p.agreement == "astana" and p.lat is not None for p in data.posts) == 12


def test_every_claim_is_placed_or_its_name_is_listed(bundled_theatre: Theatre) -> None:
    """A claim would vanish from the map and from the list of what is not on it."""
    undecided = bundled_theatre.data.undecided
    for claim in bundled_theatre.data.claims:
        if claim.about == "place" and not claim.place_id:
            assert claim.place in undecided, claim.place


def test_every_name_leads_back_to_its_place(bundled_theatre: Theatre) -> None:
    """A spelling that a source used would not be found by it."""
    gazetteer = bundled_theatre.gazetteer
    lost = set()
    for claim in bundled_theatre.data.claims:
        if claim.about == "place" and claim.place_id:
            found = {c.id for c in gazetteer.resolve(claim.place).candidates}
            if claim.place_id not in found:
                lost.add((claim.place, claim.place_id))
    assert lost == set()


def test_sources_carry_grades_and_claims_their_links(bundled_theatre: Theatre) -> None:
    """A colour could not be traced to a page that somebody can open."""
    data = bundled_theatre.data
    assert all(
        s.reliability in "ABCDEF" and s.lean in data.sides.favours for s in data.sources.values()
    )
    linked = sum(bool(c.url) for c in data.claims)
    assert linked / len(data.claims) > 0.97
    assert {c.event for c in data.claims} <= set(EVENTS)


def test_places_say_where_they_were_looked_up(bundled_theatre: Theatre) -> None:
    """A dot's position could not be checked, nor its source credited."""
    kinds = Counter(re.split(r"[:; ]", p.lookup)[0] for p in bundled_theatre.gazetteer.places)
    assert set(kinds) == {"wof", "ucdp-ged", "wikipedia", "compiled"}
    guesses = [p for p in bundled_theatre.gazetteer.places if "interpolated" in p.lookup]
    assert guesses
    assert all(p.uncertainty_m >= 2500 for p in guesses)


def test_reviewed_files_stay_reviewable() -> None:
    """A diff in git would be noise: rows sorted, no stray blanks, one form of line end."""
    for path in sorted((ROOT / "seeds").rglob("*.csv")) + sorted(
        (ROOT / "gazetteer").rglob("*.csv")
    ):
        data = path.read_bytes()
        assert b"\r" not in data, path
        assert data.endswith(b"\n"), path
    places = (ROOT / "gazetteer" / BUNDLED / "places.csv").read_text("utf-8")
    ids = [line.split(",", 1)[0] for line in places.splitlines()[1:]]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "claims/2020-01.csv",
            ",captured,",
            ",seized,",
            r"claims/2020-01.csv, row \d+, 'event': 'seized'",
        ),
        (
            "claims/2020-01.csv",
            "2020-01-24",
            "2020-31-01",
            r"row \d+, 'published': '2020-31-01' is not",
        ),
        (
            "claims/2020-01.csv",
            ",maarrat-al-numan,",
            ",atlantis,",
            r"row \d+, 'place_id': the gazetteer has no",
        ),
        (
            "claims/2020-01.csv",
            ",https://",
            ",javascript:",
            r"row \d+, 'url': is not a web address",
        ),
        (
            "theatre.toml",
            "name = ",
            'report = "call us"\nname = ',
            r"theatre.toml, 'report': 'call us' is neither a mail address",
        ),
        (
            "theatre.toml",
            'one = "Turkish post"',
            'single = "Turkish post"',
            r"theatre.toml, 'posts.single': no such key; known are one, many, agreed",
        ),
        ("baseline.csv", ",government,", ",empire,", r"baseline.csv, row \d+, 'holder': 'empire'"),
        ("sources.csv", ",B,", ",Z,", r"sources.csv, row \d+, 'reliability': 'Z'"),
        ("highways.csv", ",saraqib,", ",,", r"highways.csv, row \d+, 'place_id': is empty"),
        ("posts.csv", ",astana,1,", ",astana,one,", r"posts.csv, row \d+, 'number': 'one'"),
        (
            "theatre.toml",
            'pattern = "dots"',
            'pattern = "stars"',
            r"theatre.toml, 'parties.sdf.pattern'",
        ),
        ("theatre.toml", "first_day = 2019-12-18", "", r"theatre.toml, 'first_day'"),
        ("theatre.toml", "[parties.sdf]", "[parties", r"theatre.toml: is not TOML"),
        ("areas/land.geojson", "{", "[", r"areas/land.geojson, row 1: is not JSON"),
        ("areas/water.geojson", "{", "[", r"areas/water.geojson, row 1: is not JSON"),
        ("areas/water.geojson", '"name": "Orontes"', '"n": 1', r"water.geojson, feature 1, 'name'"),
        ("areas/water.geojson", "river", "brook", r"feature 1, 'kind': 'brook' is none of river"),
        ("areas/water.geojson", "river", "lake", r"feature 1, 'geometry': a lake is drawn as Mul"),
        ("areas/water.geojson", "36.3742", "742", r"feature 1, 'geometry': is not in longitude"),
    ],
)
def test_a_fault_is_named(theatre_copy: Path, file: str, old: str, new: str, said: str) -> None:
    """An editor would see a traceback in place of file, row, key and reason."""
    path = theatre_copy / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=said):
        load_theatre(theatre_copy)


def test_a_missing_file_is_named(theatre_copy: Path) -> None:
    """A folder half copied would fail with a riddle."""
    (theatre_copy / "posts.csv").unlink()
    with pytest.raises(DataError, match=r"posts.csv: not found"):
        load_theatre(theatre_copy)
    with pytest.raises(DataError, match="is no folder"):
        load_theatre(theatre_copy / "nothing")


def test_water_is_where_it_is_and_may_be_left_out(
    bundled_theatre: Theatre, theatre_copy: Path
) -> None:
    """The Orontes would run elsewhere, or a theatre without rivers could not be read."""
    orontes = next(w for w in bundled_theatre.data.water if w.name == "Orontes")
    assert (orontes.name_ar, orontes.kind) == ("نهر العاصي", "river")
    for lat, lon in ((35.135, 36.753), (35.814, 36.321), (36.202, 36.160)):  # Hama, Jisr, Antakya
        assert orontes.geometry.distance(Point(lon, lat)) < 0.02
    (theatre_copy / "areas" / "water.geojson").unlink()
    assert load_theatre(theatre_copy).data.water == ()
