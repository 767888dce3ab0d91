"""How a sentence stands to what it tells."""

from __future__ import annotations

import pytest

from geoline.reading.english.sentence.mood import mood_of
from tests.reading.english.small_sentence import clauses_of, number_of


@pytest.mark.parametrize(
    ("text", "verb", "mood"),
    [
        ("The army took Hass.", "took", "asserted"),
        ("The army managed to take Hass.", "take", "asserted"),
        ("The army took Hass but failed to keep it.", "took", "asserted"),
        ("The army will take Hass.", "take", "foreseen"),
        ("The army plans to take Hass.", "take", "foreseen"),
        ("If the army takes Hass, rebels leave.", "takes", "foreseen"),
        ("The army is taking Hass.", "taking", "foreseen"),
        ("The battle for taking Hass began.", "taking", "foreseen"),
        ("The army did not take Hass.", "take", "negated"),
        ("The army failed to take Hass.", "take", "negated"),
        ("The army almost took Hass.", "took", "negated"),
        ("Rebels denied that the army took Hass.", "took", "denied"),
        ("It is unclear whether the army took Hass.", "took", "unclear"),
        ("Has the army taken Hass?", "taken", "unclear"),
        ("The army possibly took Hass.", "took", "unclear"),
        ("The army reportedly took Hass.", "took", "reported"),
    ],
)
def test_what_did_not_happen_is_told_apart(text: str, verb: str, mood: str) -> None:
    """A plan, a doubt or a denial turns a town's colour on the map."""
    clauses = clauses_of(text)
    assert mood_of(text, clauses.items, clauses.group(number_of(clauses, verb))) == mood
