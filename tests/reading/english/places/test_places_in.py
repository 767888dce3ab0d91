"""The places of a list behind a verb."""

from __future__ import annotations

import pytest

from geoline.reading.english.places.places_in import places_in
from tests.reading.english.small_sentence import clauses_of, number_of, words_at


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("took Saraqib, a village near Binnish, and Ariha", "Saraqib Ariha"),
        ("took Saraqib as well as Ariha", "Saraqib Ariha"),
        ("took the Idlib town of Saraqib", "Saraqib"),
        ("took villages including Hass", "Hass"),
        ("took Saraqib and the army left Hass", "Saraqib"),
        ("took Saraqib, in southern Idlib, and Ariha", "Saraqib Ariha"),
        ("took the road between Saraqib and Ariha", ""),
        ("took Saraqib's outskirts", ""),
    ],
)
def test_a_list_has_its_names_and_no_others(text: str, names: str) -> None:
    """A village beside the one that was taken changes hands on the map."""
    clauses = clauses_of(f"They {text}.")
    found = places_in(clauses.items, number_of(clauses, "took") + 1)
    assert words_at(clauses, found.names) == names.split()


@pytest.mark.parametrize(
    ("text", "means", "said"),
    [
        ("took it", "one", ""),
        ("took the town", "one", ""),
        ("took the villages", "many", "counted"),
        ("took eight villages", "", "counted"),
        ("took parts of Saraqib", "", "partly"),
        ("took two soldiers", "", "elsewhere"),
    ],
)
def test_what_is_no_name_is_known_for_what_it_is(text: str, means: str, said: str) -> None:
    """A town that is meant is nowhere, half a town is all of it, or soldiers are a place."""
    clauses = clauses_of(f"They {text}.")
    found = places_in(clauses.items, number_of(clauses, "took") + 1)
    flags = [name for name in ("counted", "partly", "elsewhere") if getattr(found, name)]
    assert (found.means, " ".join(flags)) == (means, said)
