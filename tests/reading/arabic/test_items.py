"""Arabic words with what is written together with them, and what each of a sentence is."""

from __future__ import annotations

import pytest

from geoline.reading.arabic.items import arabic_items, arabic_speeches, split_word
from tests.reading.report.small_report import PUBLISHED, THEATRE, cut_and_named


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("وسيطرت", ("و", "", "سيطرت")),
        ("للسيطره", ("", "ل", "السيطره")),
        ("وبالسيطره", ("و", "ب", "السيطره")),
        ("ستسيطر", ("", "س", "تسيطر")),
        ("وادي", ("", "", "وادي")),  # a valley, and not "and" a hand
        ("ولم", ("و", "", "لم")),
        ("بنش", ("", "", "بنش")),
    ],
)
def test_what_is_written_in_front_of_a_word(word: str, parts: tuple[str, str, str]) -> None:
    """A verb behind "and" is not seen, or a village loses its first letter."""
    assert split_word(word) == parts


@pytest.mark.parametrize(
    ("marked", "kinds"),
    [
        ("سيطر الجيش على <سراقب> أمس", ["event", "side", "word", "name", "days"]),
        ("قرية الرصيف", ["type", "name"]),
        ("تل الرصيف", ["name"]),
        ("قرية تل الرصيف", ["type", "name"]),
        ("الجيش الليبي", ["word", "word"]),
        ("الجيش", ["side"]),
    ],
)
def test_kinds_of_items(marked: str, kinds: list[str]) -> None:
    """A side, a village that no list has or a day is passed over."""
    text, _, named = cut_and_named(marked)
    items = arabic_items(text, THEATRE.sides, named[0], PUBLISHED)
    assert [item.kind for item in items] == kinds


def test_whose_word_is_given() -> None:
    """A claim of one side is put down to the report."""
    items = arabic_items("قال المرصد إن الجيش سيطر على سراقب", THEATRE.sides, [], PUBLISHED)
    assert [speech.speaker for speech in arabic_speeches(items)] == ["المرصد الجيش"]
