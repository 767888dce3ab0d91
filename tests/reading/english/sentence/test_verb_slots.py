"""What a verb asks for besides its place, and names of a side in several parts."""

from __future__ import annotations

import pytest

from tests.reading.english.small_sentence import clauses_of


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("They took control of Hass.", "took control of"),
        ("They extended their control to Hass.", "extended their control to"),
        ("They brought Hass under their control.", "brought"),
        ("They raised the flag over Hass.", "raised"),
        ("They raised the price of bread.", ""),
        ("They made bread in Hass.", ""),
    ],
)
def test_a_verb_counts_with_the_words_it_asks_for(text: str, event: str) -> None:
    """Raised prices read as raised flags, or a town under control as none."""
    events = [item.text for item in clauses_of(text).items if item.kind == "event"]
    assert events == ([event] if event else [])


@pytest.mark.parametrize(
    "text", ["Units of the army left.", "Forces loyal to the army left.", "Army troops left."]
)
def test_a_side_of_several_words_is_one_item(text: str) -> None:
    """The units and their army act twice, or neither does."""
    sides = [item for item in clauses_of(text).items if item.kind in {"side", "force"}]
    assert [(side.value, side.acts) for side in sides] == [("A", True)]
