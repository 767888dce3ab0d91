"""The word lists of the page, which natives mend by hand."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from geoline import RequestError
from geoline.page.html_page import SCRIPTS, read_part
from geoline.page.languages import (
    LANGUAGES,
    desk_words,
    english_words,
    faults,
    word_lists,
    wording_of,
)
from geoline.review.desk_page import desk_parts
from geoline.situation import SENTENCE_WORDS, Chronology, day_sentence

if TYPE_CHECKING:
    from geoline.theatre import Theatre

SCRIPT = "\n".join(read_part(f"scripts/{name}") for name in SCRIPTS)
MARKUP = read_part("body.html")
# What a script says outright, and what a list in it or the markup holds.
SAID = re.compile(r'\b(?:say|phrase)\((?:\w+ \? )?"([^"]+)"')
LISTED = re.compile(r'data-(?:say|label|title|hint)="([^"]+)"')
# Put together from parts, or said by the data themselves.
PUT_TOGETHER = ("Zoom in", "Zoom out")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_list_is_whole(language: str) -> None:
    """A reader would meet English in the midst, or a sentence without its names and numbers."""
    assert faults(language) == []


def test_every_list_is_offered() -> None:
    """A list that somebody added would never be read."""
    listed = {path.name for path in files("geoline.page").joinpath("words").iterdir()}
    assert listed == {f"{language}.toml" for language in LANGUAGES}


def test_what_the_scripts_say_is_in_the_lists() -> None:
    """A new button would speak English on every page."""
    keys = english_words()
    assert len(keys) == len(set(keys))
    said = [*SAID.findall(SCRIPT), *LISTED.findall(MARKUP), *SENTENCE_WORDS]
    assert len(said) > 120
    assert [text for text in said if text not in keys] == []


def test_no_list_has_words_that_nothing_says() -> None:
    """Translators would mend what no reader ever sees."""
    text = SCRIPT + MARKUP + json.dumps(SENTENCE_WORDS)
    leans = {"government", "opposition", "russian", "turkish", "kurdish", "Turkey", "Türkiye"}
    unused = [
        key
        for key in english_words()
        if key not in PUT_TOGETHER and key not in leans | {"Russia"}
        and f'"{key}"' not in text and f'"{key} by {{0}}"' not in text
        and f'"{key} of {{0}}"' not in text and f'"{key}, attack by {{0}}"' not in text
    ]  # fmt: skip
    assert unused == []


def test_what_the_desk_says_is_in_its_lists() -> None:
    """A new message would be English on every desk, or a list translate what is gone."""
    said = re.findall(r'\bsay\("((?:[^"\\]|\\.)*)"', desk_parts()[0])
    assert len(keys := desk_words(["en"])["keys"]) == len(set(keys)) > 150
    assert set(said) == set(keys)


def test_a_page_carries_its_languages_and_no_other() -> None:
    """A page in English would weigh as much as one in nine languages, or a wish be passed over."""
    only = word_lists(["en"])
    assert set(only) == {"order", "en"}
    assert "words" not in only["en"]
    both = word_lists(["uk", "en", "uk"])
    assert both["order"] == ["uk", "en"]
    assert both["uk"]["words"][both["keys"].index("Day")] == "День"
    assert word_lists([])["order"] == ["en"]
    with pytest.raises(RequestError, match="'languages': the page has no words for 'xx'"):
        word_lists(["xx"])


def test_what_happened_is_said_in_every_language(bundled_theatre: Theatre) -> None:
    """The headline would be English in another language's midst, or lose the town."""
    as_known = bundled_theatre.as_known()
    told = Chronology(as_known).on(date(2020, 2, 6))
    said = {key: day_sentence(told, wording_of(as_known, key)) for key in LANGUAGES}
    assert len(set(said.values())) == len(LANGUAGES)
    assert all("Saraqib" in text for key, text in said.items() if key != "ar")
    assert said["ar"].startswith("سيطرة الحكومة السورية على سراقب.")
    assert said["my"].endswith("။")
