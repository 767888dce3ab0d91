"""A sentence as a row of items."""

from __future__ import annotations

import pytest

from tests.reading.english.small_sentence import clauses_of


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The army took Saraqib on Monday.", "word side event name days word"),
        ("rebel-held Idlib province", "held region word"),
        ("the Idlib town", "word name type"),
        ("the M5 highway", "word road"),
        ("an observation post", "word post"),
        ("army-backed men took it", "word force event pronoun"),
        ("Units of the army left Hass.", "side event name word"),
        ("a military source", "word word word"),
        ("the capture of Hass", "word word word name"),
    ],
)
def test_a_word_is_what_stands_around_it_makes_it(text: str, kinds: str) -> None:
    """A verb is taken for a noun or a region for a town, and every rule behind it reads wrongly."""
    assert [item.kind for item in clauses_of(text).items] == kinds.split()
