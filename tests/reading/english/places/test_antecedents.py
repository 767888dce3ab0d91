"""The places before "which"."""

from __future__ import annotations

import pytest

from geoline.reading.english.places.antecedents import before_relative
from tests.reading.english.small_sentence import clauses_of, number_of, words_at


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They shelled Saraqib and Ariha, which fell.", "Ariha"),
        ("Saraqib and Ariha, which fell, burn.", "Saraqib Ariha"),
        ("They left the villages of Saraqib and Ariha, which fell.", "Saraqib Ariha"),
        ("They were in Saraqib, east of Ariha, which fell.", "Saraqib"),
        ("They left 12 villages, which fell.", ""),
    ],
)
def test_which_is_said_of_its_places(text: str, names: str) -> None:
    """A town that only says where another is changes hands."""
    clauses = clauses_of(text)
    found = before_relative(clauses, number_of(clauses, "which") - 2, many=False)
    assert words_at(clauses, found.names) == names.split()
