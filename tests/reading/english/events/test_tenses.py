"""The tense of what is told."""

from __future__ import annotations

import pytest

from geoline.reading.english.events.tenses import tense_of
from tests.reading.english.small_sentence import clauses_of, number_of


@pytest.mark.parametrize(
    ("text", "verb", "tense"),
    [
        ("The army took Hass.", "took", "past"),
        ("The army has taken Hass.", "taken", "perfect"),
        ("The army has taken Hass and left Ariha.", "left", "perfect"),
        ("The army had taken Hass.", "taken", "before"),
        ("The army waits, after weeks in which rebels took Hass.", "took", "before"),
    ],
)
def test_what_had_been_before_is_told_apart(text: str, verb: str, tense: str) -> None:
    """What was so long before gets the day of what was just done."""
    clauses = clauses_of(text)
    assert tense_of(clauses, number_of(clauses, verb)) == tense
