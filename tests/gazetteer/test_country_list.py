"""All of Syria behind the theatre's own places: found when asked for, never in their way."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from geoline import DataError, Gazetteer
from geoline.cli import main
from geoline.gazetteer import Place, read_country
from geoline.gazetteer.country_list import with_country
from geoline.theatre_folder import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoline import Theatre


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the index of the country out of the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Mastouma", "Al Mastumah"),
        ("المسطومة", "Al Mastumah"),
        ("Jabal al-Zawiya", "Jabal al-Zawiya"),
        ("جبل الزاوية", "Jabal al-Zawiya"),
        ("Ghab Plain", "Sahl al-Ghab"),
        ("Idlib province", "Idlib Governorate"),
        ("Ariha District", "Ariha District"),
        ("Saraqib sub-district", "Saraqab Sub-district"),
        ("ناحية سراقب", "Saraqab Sub-district"),
        ("Kafr Batikh in Saraqib sub-district", "Kafr Battikh"),
    ],
)
def test_what_nobody_claimed_is_found(bundled_theatre: Theatre, written: str, place: str) -> None:
    """A village of one of the five reports, and the mountain of two, are unknown."""
    answer = bundled_theatre.gazetteer.resolve(written)
    assert (answer.status, answer.candidates[0].name) == ("resolved", place)
    assert bundled_theatre.gazetteer[answer.candidates[0].id].name == place


def test_a_village_lies_in_the_unit_that_is_said() -> None:
    """Of "X in Y sub-district" the answer is the X of the district, or the sub-district itself."""
    near, far = (
        Place(id=key, name="Tha Yet", lat=lat, lon=95.0) for key, lat in (("a", 20.0), ("b", 21.0))
    )
    areas = [
        Place(id=kind, name=f"Yezin {kind}", lat=lat, lon=95.0, kind=kind, uncertainty_m=9e3)
        for kind, lat in (("district", 20.0), ("sub-district", 21.0))
    ]
    gazetteer = Gazetteer([near, far, *areas])
    for said, place in (("district", near), ("sub-district", far)):
        answer = gazetteer.resolve(f"Tha Yet in Yezin {said}")
        assert (answer.status, answer.candidates[0].id) == ("resolved", place.id)


def test_reviewed_places_are_never_lost_to_the_country(bundled_theatre: Theatre) -> None:
    """One of the thousands of villages nobody looked at takes a claim from the right one."""
    own = bundled_theatre.gazetteer.alone
    names = {n for p in own.places for n in (p.name, p.name_ar, *p.names) if n}
    asked = sorted(names)
    both = zip(own.resolve_many(asked), bundled_theatre.gazetteer.resolve_many(asked), strict=True)
    sure = [(one, two) for one, two in both if one.status == "resolved"]
    assert len(sure) > 0.95 * len(asked)
    assert [
        (a.query, a.candidates[0].id, b.candidates[:1])
        for a, b in sure
        if a.candidates[0].id != b.candidates[0].id or b.status != "resolved"
    ] == []


def test_the_country_is_not_read_for_the_theatres_own_names(bundled_theatre: Theatre) -> None:
    """Every command would wait for ten thousand villages that nobody asked for."""

    def read() -> list[Place]:
        pytest.fail("the country was read")

    gazetteer = Gazetteer(bundled_theatre.gazetteer.places, country=read)
    assert gazetteer.resolve("Saraqib").candidates[0].id == "saraqib"
    assert gazetteer.resolve_together(["Saraqib", "Kafr Nabl"])[1].status == "resolved"
    assert "saraqib" in gazetteer
    assert gazetteer["saraqib"].name == "Saraqib"
    assert len(gazetteer) == len(bundled_theatre.gazetteer.places)


def test_a_place_of_both_lists_is_one_place() -> None:
    """A reviewed village has a twin beside it, and every name of it is ambiguous."""
    mine = Place(id="a", name="Kafr Ruma", lat=35.6, lon=36.6, lookup="wof:7; geonames:8")
    same_record = Place(id="wof-7", name="Other", lat=30, lon=30, lookup="wof:7")
    same_spot = Place(id="wof-9", name="Kafr Rūmā", lat=35.61, lon=36.61, lookup="wof:9")
    far = Place(id="wof-10", name="Kafr Rūmā", lat=36.61, lon=36.61, lookup="wof:10")
    reviewed_as = {same_record.id: mine.id, same_spot.id: mine.id}
    assert with_country([mine], [same_record, same_spot, far]) == ((mine, far), reviewed_as)


def test_the_list_is_read_in_a_moment() -> None:
    """The first unknown name of a command takes as long as all the rest of it."""
    folder = bundled().parents[1] / "gazetteer" / "syria"
    begun = time.process_time()
    places = read_country(folder)
    assert time.process_time() - begun < 1.0
    assert len({place.id for place in places}) == len(places) > 10_000


def test_a_damaged_list_is_named(tmp_path: Path) -> None:
    """A broken row would end in a traceback on the first unknown name."""
    with pytest.raises(DataError, match=r"places.csv: is missing"):
        read_country(tmp_path)
    (tmp_path / "places.csv").write_text("id,name\n")
    with pytest.raises(DataError, match=r"places.csv, row 1: has other columns"):
        read_country(tmp_path)


def test_a_place_nobody_named_has_the_holder_of_its_ground(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The village of a report gets "unknown", though the map shows on whose ground it lies."""
    with pytest.raises(SystemExit) as left:
        main(["status", "Mastouma", "Saraqib", "--on", "2020-01-29", "--json"])
    village, town = json.loads(capsys.readouterr().out)
    assert left.value.code == 0
    assert (village["place_id"], village["basis"]) == ("wof-1293367385", "area")
    assert (village["holder"], village["claims"]) == ("opposition", [])
    assert 0 < village["confidence"] < 1
    assert town["basis"] in {"claims", "baseline"}


def test_a_place_of_which_nothing_is_told_has_the_holder_of_its_ground(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A village that one denied claim names, with no known eve, is "unknown 0.00" amid a side's."""
    with pytest.raises(SystemExit):
        main(["status", "mughara-mirza", "al-humrah", "--on", "2020-02-10", "--json"])
    denied, left = json.loads(capsys.readouterr().out)
    assert (denied["holder"], denied["basis"], denied["since"]) == ("government", "area", None)
    assert denied["against"]
    # What was told and is doubted stays so.
    assert (left["holder"], left["basis"]) == ("unknown", "baseline")


@pytest.mark.parametrize("area", ["Jabal al-Zawiya", "Idlib province"])
def test_a_region_is_told_by_its_parts(area: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The line runs through a mountain, and its middle answers for all of it."""
    with pytest.raises(SystemExit):
        main(["status", area, "--on", "2020-02-05", "--json"])
    (answer,) = json.loads(capsys.readouterr().out)
    assert sum(answer["shares"].values()) == pytest.approx(1, abs=0.02)
    assert set(answer["shares"]) >= {"opposition", "government"}
    assert answer["confidence"] == answer["shares"][answer["holder"]] < 1
