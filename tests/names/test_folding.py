"""Spellings of one name meet, names that are not there do not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoline.names.folding import reading, readings, skeleton
from geoline.names.romanisation import encode, letters, surprises


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


@given(st.lists(st.text(max_size=30), max_size=5))
def test_many_names_are_read_like_each(names: list[str]) -> None:
    """A list with one odd name would shift, or change, the reading of all others."""
    assert readings(names) == [readings([name])[0] for name in names]


def _cost(written: str, listed: str) -> float:
    pair = np.zeros(1, dtype=np.intp)
    cost = surprises(encode([letters(written)]), encode([letters(listed)]), (pair, pair))
    return float(cost[0])


@pytest.mark.parametrize(
    ("written", "right", "wrong"),
    [
        ("صلخد", "Şalkhad", "Şalākhid"),
        ("صلاخد", "Şalākhid", "Şalkhad"),
        ("الحسكة", "Al Ḩasakah", "Al Haşakah"),
        ("Jermana", "Jaramānā", "Jīrmān"),
        ("Kabbasin", "Qabbāsīn", "Sabbāsīn"),
    ],
)
def test_letters_cost_less_where_romanisers_exchange_them(
    written: str, right: str, wrong: str
) -> None:
    """A town would lose to another that differs by fewer, but by telling letters."""
    assert _cost(written, right) < _cost(written, wrong)


@given(st.text(max_size=60))
def test_letters_of_any_text(text: str) -> None:
    """A hostile or broken name would stop a whole file."""
    assert letters(text).strip() == letters(text)
    assert _cost(text, "Halab") >= 0
