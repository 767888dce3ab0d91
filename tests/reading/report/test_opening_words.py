"""Names of two words of which a scanner knows one."""

from __future__ import annotations

import pytest

from geoline.reading.report.opening_words import OpeningWords

LISTED = [f"Khirbat {name}" for name in ("Maarata", "Jazraya", "Hinak", "Nahir", "Mazin")] + [
    "Ma'ar Shamsha", "Maar Dibsah", "Maar Zita", "Maar Hattat", "Maar Shurin", "Saraqib",
]  # fmt: skip


@pytest.fixture
def opening() -> OpeningWords:
    """Khirbat and Maar begin names of the list."""
    return OpeningWords(LISTED, lambda name: "shamsha" in name)


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("took Kherbet Luaibdeh and Hass", ["Kherbet", "Hass"], ["Kherbet Luaibdeh", "Hass"]),
        ("took Kherbet al-Luaibdeh.", ["al-Luaibdeh"], ["Kherbet al-Luaibdeh"]),
        ("took Ma’ar shamsha today", [], ["Ma’ar shamsha"]),
        # Nothing goes on a name that stands alone, nor what no list has.
        ("took Ma’ar shortly before", ["Ma’ar"], ["Ma’ar"]),
        ("The army took Khirbat", ["Khirbat"], ["Khirbat"]),
        ("Syrian Saraqib fell", ["Saraqib"], ["Saraqib"]),
    ],
)
def test_a_name_is_read_with_the_word_that_opens_it(
    opening: OpeningWords, text: str, known: list[str], names: list[str]
) -> None:
    """Half a name is looked up, and another place changes hands."""
    spans = sorted((text.index(name), text.index(name) + len(name)) for name in known)
    assert [text[a:b] for a, b in opening.widened(text, spans)] == names
