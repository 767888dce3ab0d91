"""A name goes to the right village, or the answer says that it is not sure."""

from __future__ import annotations

import csv
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geoline import DataError, Gazetteer, RequestError
from geoline.gazetteer.place import COLUMNS, read_places

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre import Theatre


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Maaret Al Numan", "maarrat-al-numan"),
        ("معرة النعمان", "maarrat-al-numan"),
        ("Saraqeb", "saraqib"),
        ("Серакиб", "saraqib"),
        ("Kfar Roummah", "kafr-ruma"),
        ("Babila", "babila"),
        ("al-Hamidiya", "al-hamidiya"),
        ("Tall al-Nar", "tal-al-nar"),
        ("Rashidin 5", "rashidin-5"),
        ("Ijaz (S Aleppo)", "ijaz-s-aleppo"),
    ],
)
def test_resolves(bundled_theatre: Theatre, written: str, place: str) -> None:
    """A claim in a press spelling would be lost, or drawn elsewhere."""
    answer = bundled_theatre.gazetteer.resolve(written)
    assert (answer.status, answer.candidates[0].id) == ("resolved", place)


def test_namesakes_are_ambiguous_until_a_place_decides(bundled_theatre: Theatre) -> None:
    """A silent first match puts a village 50 km behind the front."""
    assert bundled_theatre.gazetteer.resolve("Maarata").status == "ambiguous"
    near_khan_tuman = bundled_theatre.gazetteer.resolve("Maarata", near=(36.117, 37.051))
    assert near_khan_tuman.candidates[0].id == "maarata-aleppo"


@pytest.mark.parametrize("written", ["Springfield", "Mordor", "London", "Table", "", "???", "ال"])
def test_unknown_is_an_answer(bundled_theatre: Theatre, written: str) -> None:
    """Names that are not there would be accepted as villages."""
    assert bundled_theatre.gazetteer.resolve(written).status == "unknown"


def test_an_undecided_name_stays_so(bundled_theatre: Theatre) -> None:
    """A post at one of two al-Mughayr would be drawn at the wrong one."""
    assert "al-Mughayr (Turkish post)" in bundled_theatre.data.undecided
    assert bundled_theatre.gazetteer.resolve("al-Mughayr").status != "resolved"


def test_scores_are_probabilities(bundled_theatre: Theatre) -> None:
    """A reader could not tell a sure answer from a guess: shares of all candidates sum to one."""
    for name in ("Maarata", "al-Dana", "Marat", "Saraqeb", "Khan"):
        answer = bundled_theatre.gazetteer.resolve(name, limit=50)
        assert sum(c.score for c in answer.candidates) <= 1.0 + 1e-6
        assert [c.score for c in answer.candidates] == sorted(
            (c.score for c in answer.candidates), reverse=True
        )


def test_a_container_decides(bundled_theatre: Theatre) -> None:
    """An analyst who knows the governorate could not say so."""
    assert bundled_theatre.gazetteer.resolve("al-Nayrab").status == "ambiguous"
    in_idlib = bundled_theatre.gazetteer.resolve("al-Nayrab", within="SY07")
    assert (in_idlib.status, in_idlib.candidates[0].id) == ("resolved", "al-nayrab")
    near_saraqib = bundled_theatre.gazetteer.resolve("al-Nayrab", within="Saraqib")
    assert near_saraqib.candidates[0].id == "al-nayrab"
    with pytest.raises(RequestError, match="as a container"):
        bundled_theatre.gazetteer.resolve("al-Nayrab", within="Springfield")


def test_names_of_one_report_settle_each_other(bundled_theatre: Theatre) -> None:
    """Each name alone would be ambiguous, or land beside another front."""
    south = bundled_theatre.gazetteer.resolve_together(
        ["Maarata", "Deir al-Gharbi", "Maar Shamsha"]
    )
    west = bundled_theatre.gazetteer.resolve_together(
        ["Khan Tuman", "Maarata", "al-Khalidiya", "Khalsa"]
    )
    east = bundled_theatre.gazetteer.resolve_together(
        ["Farwan", "Maarata", "Abu Dafna", "al-Haraki"]
    )
    found = [answers[n].candidates[0].id for answers, n in ((south, 0), (west, 1), (east, 1))]
    assert found == ["maarata", "maarata-aleppo", "khirbat-maarata"]
    assert south[0].decided_by == "name and the other names"


def test_order_in_a_report_does_not_matter(bundled_theatre: Theatre) -> None:
    """The same report with its sentences turned round would draw another map."""
    names = ["Maarata", "al-Nayrab", "Saraqib", "al-Salihiya", "Springfield"]
    one = {a.query: a for a in bundled_theatre.gazetteer.resolve_together(names)}
    two = {a.query: a for a in bundled_theatre.gazetteer.resolve_together(names[::-1])}
    for name in names:
        assert one[name].status == two[name].status
        assert [c.id for c in one[name].candidates] == [c.id for c in two[name].candidates]


def test_resolve_many_agrees_with_resolve(bundled_theatre: Theatre) -> None:
    """The fast way and the plain way would tell two stories."""
    names = ["Saraqeb", "Maarata", "Springfield", "Saraqeb"]
    assert bundled_theatre.gazetteer.resolve_many(names) == [
        bundled_theatre.gazetteer.resolve(name) for name in names
    ]


def test_from_records_says_what_is_missing() -> None:
    """A user's own table would fail with a riddle."""
    with pytest.raises(ValueError, match="record 2 has no 'lat'"):
        Gazetteer.from_records(
            [
                {"id": "a", "name": "A", "lat": 1, "lon": 1, "names": []},
                {"id": "b", "name": "B", "lon": 1, "names": []},
            ]
        )


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    """An editor would search 500 rows for one wrong latitude."""
    path = tmp_path / "places.csv"
    good = dict.fromkeys(COLUMNS, "") | {
        "id": "a",
        "name": "A",
        "lat": "35",
        "lon": "36",
        "uncertainty_m": "500",
        "kind": "village",
        "lookup": "x",
    }
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows([good, good | {"id": "b", "lat": "95"}])
    with pytest.raises(DataError, match=r"places.csv, row 3, 'lat': 95 is outside -90 to 90"):
        read_places(path)


def _towns(*rows: tuple[str, str, int]) -> Gazetteer:
    return Gazetteer.from_records(
        {"id": key, "name": name, "lat": 33 + n, "lon": 36, "names": [], "population": population}
        for n, (key, name, population) in enumerate(rows)
    )


@pytest.mark.parametrize(
    ("written", "town"), [("صلخد", "salkhad"), ("صلاخد", "salakhid"), ("التل", "tall")]
)
def test_an_arabic_name_is_told_by_its_letters(written: str, town: str) -> None:
    """An Arabic report lands 40 km off, at a town that differs by one long vowel."""
    rows = [("salkhad", "Şalkhad", 9155), ("salakhid", "Şalākhid", 12842), ("tall", "At Tall", 0)]
    rows += [(f"tall-{name}", f"Tall {name}", 0) for name in ("Kalakh", "Tamr", "Salhab", "Abyad")]
    assert _towns(*rows).resolve(written).candidates[0].id == town


def test_a_spelling_listed_for_one_of_two_namesakes_decides_nothing() -> None:
    """The small Suran is taken for sure because a list happens to spell only it "Sourane"."""
    records = [
        {"id": "small", "name": "Şūrān", "lat": 36.6, "lon": 37.2, "names": ["Sourane"]},
        {
            "id": "large",
            "name": "Şūrān",
            "lat": 35.3,
            "lon": 36.7,
            "names": [],
            "population": 30716,
        },
    ]
    answer = Gazetteer.from_records(records).resolve("Sourane")
    assert (answer.status, answer.candidates[0].id) == ("ambiguous", "large")


def test_another_number_is_another_place() -> None:
    """The fight for one numbered block of a suburb is drawn in the next."""
    blocks = _towns(("4", "Rashidin 4", 0), ("5", "Rashidin 5", 0), ("1070", "1070 Project", 0))
    for written, block in (("Al Rashideen 4", "4"), ("Rachidine 5", "5")):
        answer = blocks.resolve(written)
        assert (answer.status, answer.candidates[0].id) == ("resolved", block)


def test_a_batch_and_single_names_agree(bundled_theatre: Theatre) -> None:
    """The same name would mean another village in a longer list."""
    names = [
        "Sarakib",
        "كفرنبل",
        "Maarata",
        "Tell Touqan",
        "Ijaz (S Aleppo)",
        "Zzyzx",
        "",
        "Rashideen 5",
    ]
    fresh = replace(bundled_theatre.gazetteer)
    assert fresh.resolve_many(names) == [bundled_theatre.gazetteer.resolve(name) for name in names]


def test_unknown_names_the_nearest_places() -> None:
    """A misspelt name, one letter away from its place, is called unknown and that is all."""
    towns = _towns(("a", "Novoselivka Persha", 0), ("b", "Kutum", 0))
    answer = towns.resolve("Novoselivka Druha")
    assert (answer.status, answer.candidates[0].id) == ("unknown", "a")
    assert 0 < sum(c.score for c in answer.candidates) < 1 / 2
    assert answer.told() == "'Novoselivka Druha' is unknown; did you mean Novoselivka Persha (a)?"


def test_a_name_of_any_length_is_answered_at_once() -> None:
    """One broken cell, with a page of text in it, holds up a file for hours."""
    towns = _towns(("a", "Saraqib", 0))
    for letters in (390, 480, 8000, 500_000):
        begun = time.process_time()
        answer = towns.resolve(("Saraqib " * (letters // 8 + 1))[:letters].strip())
        assert answer.status == "unknown"
        assert time.process_time() - begun < 0.5
    assert answer.decided_by == "it is longer than 400 letters"
    begun = time.process_time()
    assert towns.resolve(f"Saraqib{' ' * 380}town").candidates[0].id == "a"
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("written", "town"),
    [
        ("Shusha/Shushi", "Shushi"),
        ("Artemivsk (Bakhmut)", "Bakhmut"),
        ("Shushi Township", "Shushi"),
        ("міста Бахмут", "Bakhmut"),
        ("Şuşi'de", "Shushi"),
        ("Luksor", "Luxor"),
        ("Шушинский район", None),
    ],
)
def test_other_forms_of_a_name(written: str, town: str | None) -> None:
    """Two names with a stroke, a word for the unit, or an ending make a listed town unknown."""
    towns = _towns(*((name, name, 0) for name in ("Shushi", "Bakhmut", "Luxor")))
    answer = towns.resolve(written)
    assert (answer.candidates[0].id if answer.status == "resolved" else None) == town


def test_what_a_name_says_of_where_it_lies_decides() -> None:
    """Ijaz (SE Idlib) goes to the other Ijaz, 80 km away."""
    records = [
        {"id": "idlib", "name": "Idlib", "lat": 35.93, "lon": 36.63},
        {"id": "se", "name": "Ijaz", "lat": 35.6, "lon": 36.9},
        {"id": "nw", "name": "Ijaz", "lat": 36.1, "lon": 36.4},
        {"id": "far", "name": "Ijaz", "lat": 33.0, "lon": 36.6},
    ]
    towns = Gazetteer.from_records(records)
    assert towns.resolve("Ijaz").status == "ambiguous"
    said = {"Ijaz (SE Idlib)": "se", "Ijaz in northwestern Idlib region": "nw"}
    for written, place in said.items():
        answer = towns.resolve(written)
        assert (answer.status, answer.candidates[0].id) == ("resolved", place)


def test_the_front_of_the_day_and_the_batch_decide() -> None:
    """A captured village lies 100 km behind the front: its namesake has more inhabitants."""
    records = [
        {"id": f"n{n}", "name": name, "lat": 35.0 + n / 50, "lon": 36.5}
        for n, name in enumerate(("Sarmin", "Talmans", "Binnish", "Kafr Nabl"))
    ]
    records += [
        {"id": "here", "name": "Shaykh Mansur", "lat": 35.05, "lon": 36.5},
        {"id": "there", "name": "Shaykh Mansur", "lat": 37.9, "lon": 40.0, "population": 9000},
        {"id": "lone", "name": "Zubayda", "lat": 37.9, "lon": 40.1},
    ]
    towns = Gazetteer.from_records(records)
    names = ["Shaykh Mansur", "Sarmin", "Talmans", "Binnish"]
    assert towns.resolve_together(names)[0].candidates[0].id == "here"
    (alone,) = towns.resolve_together(["Shaykh Mansur"], around=[(35.0, 36.4)])
    assert (alone.status, alone.candidates[0].id) == ("resolved", "here")
    # A name that only a far place is like is rather none of the listed.
    near, far = (towns.resolve_together([name, *names])[0] for name in ("Kafr Nabel", "Zubeide"))
    assert (near.status, far.status) == ("resolved", "unknown")


@pytest.mark.parametrize("near", [(float("nan"), 36.0), (35.0, float("inf")), (95.0, 36.0)])
def test_near_what_is_no_point(near: tuple[float, float]) -> None:
    """An empty cell of a table would end in an IndexError, or decide between namesakes unseen."""
    record = {"id": "x", "name": "Saraqib", "lat": 35.86, "lon": 36.81}
    with pytest.raises(RequestError, match="degrees"):
        Gazetteer.from_records([record]).resolve("Saraqib", near=near)


def test_sources_that_repeat_a_name_do_not_vouch_for_it() -> None:
    """A hamlet that no list has goes to a namesake far away, since three agencies named it."""
    records = [
        {"id": f"n{n}", "name": name, "lat": 35.0 + n / 50, "lon": 36.5}
        for n, name in enumerate(("Sarmin", "Talmans", "Binnish", "Kafr Nabl"))
    ]
    records.append({"id": "far", "name": "Zubayda", "lat": 37.9, "lon": 40.1})
    towns = Gazetteer(Gazetteer.from_records(records).places, reviewed=0)
    names = ["Zubayda", "Sarmin", "Talmans", "Binnish"]
    there = towns["far"].lat, towns["far"].lon
    asked = towns.resolve_together(names, around=[there, (35.0, 36.4)])
    assert [answer.status for answer in asked] == ["unknown", *["resolved"] * 3]
    # What others named beside it does vouch for it.
    asked = towns.resolve_together(names, around=[(37.91, 40.12), (35.0, 36.4)])
    assert asked[0].candidates[0].id == "far"
    assert asked[0].status == "resolved"
