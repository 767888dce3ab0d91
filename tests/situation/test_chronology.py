"""What happened day by day, the weightiest first, and the sentence that says so."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from geoline import load_theatre
from geoline.gazetteer import Place
from geoline.situation import (
    Chronology,
    Happened,
    Taken,
    TheatreAsKnown,
    Wording,
    day_sentence,
    statements,
)
from tests.theatres.small import CAPTURED, TOWNS, small_theatre

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre import Theatre

WORDING = Wording(
    say=str, place=lambda place: place.name, party=lambda key: f"The {key.title()} side"
)


def told(theatre: Theatre, day: str) -> tuple[Happened, str]:
    """Give what happened on a day, and the sentence."""
    happened = Chronology(theatre.as_known()).on(date.fromisoformat(day))
    return happened, day_sentence(happened, WORDING)


@pytest.mark.parametrize(
    ("day", "weight", "said"),
    [
        ("2019-12-18", 0, "No place changed hands."),
        ("2020-01-28", 2, "The Government side took Maarrat al-Numan, "),
        ("2020-02-06", 2, "The Government side took Saraqib."),
        ("2020-02-11", 2, "The M5 is open to The Government side from end to end."),
        ("2020-02-27", 2, "The Opposition side took Saraqib"),
        ("2020-02-27", 2, "The M5 is cut for The Government side."),
        ("2020-03-06", 2, "Ceasefire."),
    ],
)
def test_what_the_papers_led_with_is_told_first(
    bundled_theatre: Theatre, day: str, weight: int, said: str
) -> None:
    """A reader of five seconds learns who gained, and not that Saraqib fell or the road opened."""
    happened, sentence = told(bundled_theatre, day)
    assert happened.weight == weight
    assert said in sentence
    assert sentence.startswith(said) or "M5" in said


def test_places_named_and_counted_are_those_of_the_changes(bundled_theatre: Theatre) -> None:
    """The headline says another number than the list under it."""
    as_known = bundled_theatre.as_known()
    chronology = Chronology(as_known)
    for before, day in pairwise(bundled_theatre.data.days):
        happened = chronology.on(day)
        listed = as_known.on(day).changes_of_places(as_known.on(before))
        taken = [p.id for t in happened.taken for p in t.places]
        assert sorted(taken) == sorted(change.place.id for change in listed)
        said = statements(happened)
        about = [
            len(one.about) + one.more for one in said if isinstance((*one.about, "")[0], Place)
        ]
        assert sum(about) == len(listed)
        if listed:
            assert "No place changed hands" not in {one.phrase for one in said}


def test_a_place_of_which_nobody_knew_is_not_taken() -> None:
    """A first report of an old holder would be read as an attack on that day."""
    place = Place(id="a", name="A", lat=0.0, lon=0.0)
    found = Taken(holder="north", from_holders=("unknown",), places=(place,), own_word=False)
    happened = Happened(day=date(2020, 1, 1), taken=(found,))
    assert day_sentence(happened, WORDING) == "Now told to be held by The North side: A."
    assert happened.weight == 1


def test_who_held_a_place_last_lost_it_though_it_was_not_known_meanwhile(karabakh: Theatre) -> None:
    """On the day that Shusha fell the headline would be about a road."""
    happened, sentence = told(karabakh, "2020-11-08")
    assert sentence.startswith("The Azerbaijan side took Shusha.")
    assert happened.taken[0].from_holders == ("armenian-forces",)
    assert happened.weight == 2


def test_a_town_comes_before_villages_and_one_side_s_word_is_called_so(tmp_path: Path) -> None:
    """A hamlet is the news of the day, or a claim of one side reads as a fact."""
    claims = [
        {**CAPTURED, "claim_id": f"c{n}", "place": name, "place_id": key, "source": "radio"}
        for n, (key, name, *_) in enumerate(TOWNS[:2])
    ]
    folder = small_theatre(tmp_path / "t", claims=claims)
    with (folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("radio,Radio North,C,north\n")
    places = (folder / "places.csv").read_text(encoding="utf-8").splitlines()
    kinds = [f"{places[0]},kind", *(f"{row},village" for row in places[1:])]
    kinds[2] = kinds[2].replace(",village", ",town")
    (folder / "places.csv").write_text("\n".join(kinds) + "\n", encoding="utf-8")
    happened, sentence = told(load_theatre(folder), "2024-05-02")
    assert sentence.startswith("The North side took Mellit and El Fasher, by its own word.")
    assert happened.taken[0].from_holders == ("south",)


def test_as_known_that_evening_a_ceasefire_is_told_on_its_own_evening(tmp_path: Path) -> None:
    """In a page of evenings as they were known a ceasefire would be missing, or told too early."""
    truce = {**CAPTURED, "event": "ceasefire", "date_start": "2024-05-04", "date_end": "2024-05-04"}
    claims = [
        CAPTURED,
        {**truce, "claim_id": "t1", "published": "2024-05-04"},
        {**truce, "claim_id": "t2", "published": "2024-05-05"},
    ]
    as_known = load_theatre(small_theatre(tmp_path / "t", claims=claims)).as_known()
    theatre = as_known.theatre
    evenings = [TheatreAsKnown(theatre, day, as_known).on(day) for day in theatre.days]
    chronology = Chronology(evenings[0].as_known)
    told = [
        [claim.claim_id for claim in chronology.between(before, now).ceasefires]
        for before, now in pairwise(evenings)
    ]
    assert told == [[], [], ["t1"], []]


def test_many_places_are_counted_in_any_language() -> None:
    """A list of forty villages is no sentence, and other languages have other words for "and"."""
    german = {"{0} and {1} more": "{0} und {1} weitere", "{0} and {1}": "{0} und {1}"}
    wording = Wording(say=lambda phrase: german[phrase], place=str, party=str)
    assert wording.listed(["A"]) == "A"
    assert wording.listed(["A", "B", "C"]) == "A, B und C"
    assert wording.listed(["A", "B"], 12) == "A, B und 12 weitere"
