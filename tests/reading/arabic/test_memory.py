"""What an Arabic sentence takes from those before it: sides, names, days and lists."""

from __future__ import annotations

import pytest

from tests.reading.report.small_report import days, unplaced


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        # "Over it": the place told of before, by who acted before
        (
            "دخل الجيش <سراقب> أمس. ثم سيطر عليها.",
            [("سراقب", "red", "2020-01-28"), ("سراقب", "red", "2020-01-28")],
        ),
        # The day of a heading holds until the next one.
        ("الاثنين 27 كانون الثاني:\nسيطر الجيش على <سراقب>.", [("سراقب", "red", "2020-01-27")]),
        # "Had taken" is of no day that was told.
        (
            "دخل الجيش <بنش> أمس. وكان الجيش قد سيطر على <سراقب>.",
            [("بنش", "red", "2020-01-28"), ("سراقب", "red", "")],
        ),
        # Lines behind a colon
        (
            "سيطر الجيش أمس على القرى التالية:\n- <سراقب>\n- <بنش>",
            [("سراقب", "red", "2020-01-28"), ("بنش", "red", "2020-01-28")],
        ),
        # A list ends where a line says something.
        (
            "سيطر الجيش أمس على القرى التالية:\n- <سراقب>\n- هدأت <بنش> اليوم",
            [("سراقب", "red", "2020-01-28")],
        ),
        # Who takes what another side loses is the rival of whom was spoken.
        (
            "هاجم الجيش الفصائل. خسرت الفصائل <سراقب>.",
            [("سراقب", "red", "")],
        ),
    ],
)
def test_what_goes_on_from_sentence_to_sentence(
    marked: str, told: list[tuple[str, str, str]]
) -> None:
    """A village of a list, or what was taken "then", is nobody's and of no day."""
    assert [(c.item.text, c.side, days(c)) for c in unplaced(marked)] == told
