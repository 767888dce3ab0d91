"""The places that a verb is said of."""

from __future__ import annotations

import pytest

from geoline.reading.english.places.subject_places import clause_places, named_later
from tests.reading.english.small_sentence import clauses_of, number_of, words_at


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Saraqib and Ariha were taken.", "Saraqib Ariha"),
        ("Saraqib, a village near Ariha, were taken.", "Saraqib"),
        ("The army said Hass and Ariha were taken.", "Hass Ariha"),
        ("Rebels left Hass and Ariha and Binnish were taken.", "Binnish"),
        ("The army's tanks were taken.", ""),
    ],
)
def test_a_subject_is_found_before_its_verb(text: str, names: str) -> None:
    """What another verb took is taken to be the subject of this one."""
    clauses = clauses_of(text)
    found = clause_places(clauses, number_of(clauses, "were"))
    assert words_at(clauses, found.names) == names.split()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("took six villages, rebels said, among them Hass", "Hass"),
        ("took six villages: Hass and Ariha", "Hass Ariha"),
        ("took six villages; Hass was shelled", ""),
    ],
)
def test_counted_places_are_named_further_on(text: str, names: str) -> None:
    """Six villages are counted and none is on the map."""
    clauses = clauses_of(f"They {text}.")
    found = named_later(clauses.items, number_of(clauses, "villages"))
    assert words_at(clauses, found.names) == names.split()
