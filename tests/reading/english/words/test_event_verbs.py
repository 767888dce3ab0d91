"""Forms of verbs, and the words read from data files."""

from __future__ import annotations

import pytest

from geoline.reading.english.words.event_verbs import EVENT_NOUNS, EVENT_VERBS
from geoline.reading.english.words.word_classes import SPEECH, VERBS
from geoline.reading.english.words.word_sets import word_sets


@pytest.mark.parametrize(
    ("word", "event", "slot", "form"),
    [
        ("seized", "captured", "object", "ed"),
        ("overran", "captured", "object", "past"),
        ("retaken", "recaptured", "object", "pp"),
        ("withdrew", "withdrew", "source", "past"),
        ("cut", "cut", "object", "any"),
    ],
)
def test_a_form_of_a_verb_tells_its_event(word: str, event: str, slot: str, form: str) -> None:
    """A verb is known in one form and not in another."""
    assert (event, slot, form) in {way for _, way in EVENT_VERBS[word]}


def test_a_form_that_is_a_noun_in_most_reports_is_no_verb() -> None:
    """Two strikes struck a town, and the states said so."""
    assert not {"strikes", "clashes", "forces"} & EVENT_VERBS.keys()
    assert "states" not in SPEECH
    assert "forces" not in VERBS
    assert EVENT_NOUNS["retaking"] == "recaptured"


@pytest.mark.parametrize(
    ("room", "module"),
    [
        ("classes", "classes"),
        ("days", "day_phrases"),
        ("sentence", "mood"),
        ("places", "places_in"),
        ("events", "nouns"),
    ],
)
def test_a_file_of_words_holds_words_as_they_are_compared(room: str, module: str) -> None:
    """A word with a comma or a capital is never met in a sentence."""
    for words in word_sets(room, module).values():
        assert words
        assert all(word == word.lower() for word in words)
        assert not any(len(word) > 1 and word.endswith((",", '"')) for word in words)
