"""Which parts of a text are read at all."""

from __future__ import annotations

import pytest

from geoline import Gazetteer
from geoline.gazetteer.scan import ListedNames, Scanner
from geoline.reading.arabic.grammar import ARABIC
from geoline.reading.english.grammar import ENGLISH
from geoline.reading.report.relevance import FAR, Telling, parts_on, places_of

TELLING = Telling((ENGLISH, ARABIC))
RECORDS = [
    {"id": "ara", "name": "Saraqib", "lat": 35.9, "lon": 36.8, "names": ["سراقب"]},
    {"id": "bor", "name": "Binnish", "lat": 36.0, "lon": 36.7, "names": ["بنش"]},
]


@pytest.fixture(scope="module")
def names() -> ListedNames:
    """Give two towns to look for."""
    scanner = Scanner(Gazetteer.from_records(RECORDS))
    listed = [name for record in RECORDS for name in (record["name"], *record["names"])]  # type: ignore[misc]
    return ListedNames(listed, scanner.names, scanner.no_places)


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("Troops took the hill.", True),
        ("The hill is theirs.", True),
        ("Saraqib is the army's again.", True),
        ("They made bread and had tea.", False),
        ("It rained.", False),
        ("وسيطرت على التلة", True),
        ("للسيطرة على التلة", True),
        ("هطل المطر", False),
    ],
)
def test_which_sentences_may_tell_an_event(sentence: str, tells: bool) -> None:  # noqa: FBT001
    """A sentence with an event is not read, or every sentence is, and slowly."""
    assert TELLING.in_(sentence) is tells


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("In Idlib and Idlibs. Idlib", [3, 21]),
        ("preIdlib", []),
        ("Rain.", []),
        ("في ادلب", [3]),
    ],
)
def test_words_of_a_theatre_are_found_whole(text: str, at: list[int]) -> None:
    """Any word that a theatre's name begins with places a text in it."""
    assert places_of(["Idlib", "ادلب"], text) == at


def test_text_on_other_countries_is_left_unread(names: ListedNames) -> None:
    """News of the world is read for minutes, and a town abroad becomes one of the theatre's."""
    rain = "It rained in Lyon.\n" * 900
    near = "Rebels took Saraqib and Binnish."
    assert parts_on(rain, ["Idlib"], names, TELLING) == []
    ((start, end),) = parts_on(rain + near + "\n" + rain, ["Idlib"], names, TELLING)
    assert start <= len(rain) < len(rain) + len(near) <= end
    assert end - start < len(rain)
    # A part of a longer name is none; beside a word of the theatre all is read.
    assert parts_on(f"{rain}Rebels took San Saraqib.\n{rain}", ["Idlib"], names, TELLING) == []
    ((start, end),) = parts_on(f"{rain}Idlib\n{rain}", ["Idlib"], names, TELLING)
    assert end - start >= FAR
    assert parts_on(rain, [], names, TELLING) == [(0, len(rain))]
