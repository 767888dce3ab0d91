"""Lists of places in Arabic sentences."""

from __future__ import annotations

import pytest

from geoline.reading.shared.report_memory import ReportMemory
from tests.reading.report.small_report import read


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("سيطر الجيش على <سراقب> و<بنش>.", ["سراقب", "بنش"]),
        ("سيطر الجيش على بلدتي <سراقب> و<بنش> في ريف <إدلب>.", ["سراقب", "بنش"]),
        ("سيطر الجيش على <سراقب> في ريف <إدلب>، و<بنش>.", ["سراقب", "بنش"]),
        ("سيطر الجيش على عدة قرى بينها <سراقب> و<بنش>.", ["سراقب", "بنش"]),
        ("سيطر الجيش على <سراقب>، و<بنش> هادئة.", ["سراقب", "بنش"]),
        ("سيطر الجيش على تلة قرب <سراقب>.", []),
        # A name that the scanner missed
        ("سيطر الجيش على قرية الرصيف و<بنش>.", ["الرصيف", "بنش"]),
        ("سيطر الجيش على <سراقب> والرصيف.", ["سراقب", "الرصيف"]),
    ],
)
def test_which_places_a_list_names(marked: str, names: list[str]) -> None:
    """The region that says where a village lies is taken with it, or half of a list is lost."""
    events = read(marked, ReportMemory()).events
    assert [item.text for event in events for item in event.places] == names
