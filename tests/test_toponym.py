"""Spellings of one name meet, names that are not there do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoline.toponym import reading, skeleton


@pytest.mark.parametrize(
    "spellings",
    [
        ("Saraqeb", "Saraqib", "Sarâqeb", "Serakib", "Серакиб", "سراقب"),
        ("Maaret al-Numan", "Ma'arat al-Nu'man", "Maarrat an Nu‘man", "Maarat Numan"),
        ("Kfar Roummah", "Kafr Ruma", "كفر رومة"),
        ("Deir al-Sharqi", "Dayr ash Sharqi", "دير الشرقي"),
        ("Khan Sheikhoun", "Khān Shaykhūn", "خان شيخون"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    """A report in another spelling would find no place."""
    assert len({skeleton(name) for name in spellings}) == 1


def test_different_neighbours_differ() -> None:
    """Two villages would become one: Tall Sultan is not Tall Tuqan, Rashidin 4 not 5."""
    names = ["Tall Sultan", "Tall Tuqan", "Saraqib", "Sarmin", "Rashidin 4", "Rashidin 5"]
    assert len({skeleton(name) for name in names}) == len(names)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    """A hostile or broken name would stop a whole file."""
    assert skeleton(text) == skeleton(text)
    assert reading(text).strip() == reading(text)
