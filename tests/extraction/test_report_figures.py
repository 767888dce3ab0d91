"""Numbers of a report, as rows for `geoline check`."""

from __future__ import annotations

from datetime import date

import pytest

from geoline.extraction.report_figures import report_figures

PUBLISHED = date(2020, 1, 29)


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        (
            "The army has captured 27 towns since 24 January.",
            [("places taken", "27", "towns", "", "2020-01-24")],
        ),
        (
            "The army captured at least a dozen villages on Monday.",
            [("places taken", "at least 12", "villages", "", "2020-01-27")],
        ),
        (
            "The front line is within 10 kilometres of Saraqeb.",
            [("distance front to place", "within 10", "km", "Saraqeb", "2020-01-29")],
        ),
        ("Hish lies 8 km north of Khan Sheikhun.", [("distance north", "8", "km", "Khan Sheikhun",
         "2020-01-29")]),
        (
            "The army took over 300 square kilometres.",
            [("area taken", "over 300", "square kilometres", "", "2020-01-29")],
        ),
        (
            "Three observation posts are encircled.",
            [("posts encircled", "3", "posts", "", "2020-01-29")],
        ),
        ("If the army took 27 towns, the war would end.", []),
        ("Some 27 towns have no water.", []),
    ],
)  # fmt: skip
def test_what_a_report_counts(said: str, figures: list[tuple[str, str, str, str, str]]) -> None:
    """Counts are typed by hand, or a plan is checked as if it had been done."""
    found = report_figures(said, PUBLISHED)
    assert [(f.quantity, f.value, f.unit, f.place, str(f.first)) for f in found] == figures
