"""The days of chronicles and live blogs."""

from __future__ import annotations

import pytest

from geoline.reading.extractor import grammar_of
from geoline.reading.report.day_headings import days_over
from geoline.reading.report.sentences import sentences
from tests.reading.report.small_report import PUBLISHED


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # A chronicle: each sentence is of the heading above it.
        (
            "Monday, 27 January\n\nRain fell.\n\nTuesday, 28 January\n\nIt snowed. It froze.",
            ["2020-01-27", "2020-01-27", "2020-01-28", "2020-01-28", "2020-01-28"],
        ),
        ("27 January: Rain fell.\n\n28 January: It snowed.", ["2020-01-27", "2020-01-28"]),
        # One day in a line of its own makes none.
        ("Monday, 27 January\n\nRain fell.", ["", ""]),
        # A live blog: entries with a time are of its title's day, other lines of none.
        (
            "Live, 28 January 2020\n\n18:15 Rain fell.\n\n19:02 It snowed.\n\nMore here.",
            ["", "2020-01-28", "2020-01-28", ""],
        ),
        ("18:15 Rain fell.\n\n19:02 It snowed.", ["2020-01-29", "2020-01-29"]),
        # Days to come head no chronicle.
        ("3 March: talks.\n\n4 March: elections.", ["", ""]),
    ],
)
def test_days_over_sentences(text: str, days: list[str]) -> None:
    """Everything in a chronicle is told of the day on which it was published."""
    over = days_over(text, sentences(text), PUBLISHED, grammar_of)
    assert [str(found.last) if found else "" for found in over] == days
