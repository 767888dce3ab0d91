"""Whose word a sentence gives."""

from __future__ import annotations

import pytest

from geoline.reading.english.sentence.speakers import speeches


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Troops took Hass, the Observatory said on Friday.", ["Observatory"]),
        ("According to state media, troops took Hass.", ["state media"]),
        ("The Observatory, a British-based monitor, said troops took Hass.", ["Observatory"]),
        ("It said troops took Hass.", ["SANA"]),
        ("Troops reportedly took Hass.", [""]),
        ("Troops took Hass.", []),
    ],
)
def test_a_word_has_its_speaker(text: str, speakers: list[str]) -> None:
    """A claim is given as a fact, or to a source that did not make it."""
    assert [speech.speaker for speech in speeches(text, "SANA")] == speakers
