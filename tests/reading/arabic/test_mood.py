"""Whether an Arabic sentence tells what was done, planned, doubted or denied."""

from __future__ import annotations

import pytest

from geoline.reading.shared.report_memory import ReportMemory
from tests.reading.report.small_report import read


@pytest.mark.parametrize(
    ("marked", "mood"),
    [
        ("سيطر الجيش على <سراقب>.", "asserted"),
        ("لم يسيطر الجيش على <سراقب>.", "negated"),
        ("سيسيطر الجيش على <سراقب>.", "foreseen"),
        ("قد يسيطر الجيش على <سراقب>.", "foreseen"),
        ("إذا سيطر الجيش على <سراقب> هدأت.", "foreseen"),
        ("هل سيطر الجيش على <سراقب>؟", "unclear"),
        ("ربما سيطر الجيش على <سراقب>.", "unclear"),
        ("نفى مصدر أن الجيش سيطر على <سراقب>.", "negated"),
        ("تمكن الجيش من السيطرة على <سراقب>.", "asserted"),
        ("لم يتمكن الجيش من السيطرة على <سراقب>.", "negated"),
        ("يحاول الجيش السيطرة على <سراقب>.", "foreseen"),
        ("فشل الجيش في السيطرة على <سراقب>.", "negated"),
        ("تضاربت الأنباء حول سيطرة الجيش على <سراقب>.", "unclear"),
        ("قبل أن يسيطر الجيش على <سراقب>.", "asserted"),
        ("الجيش يسيطر على <سراقب>", "asserted"),
    ],
)
def test_moods(marked: str, mood: str) -> None:
    """What was tried, feared or denied stands on the map as done."""
    assert [event.mood for event in read(marked, ReportMemory()).events] == [mood]


@pytest.mark.parametrize(
    "marked", ["يسيطر الجيش على <سراقب> منذ عام.", "<سراقب> التي يسيطر عليها الجيش."]
)
def test_a_lasting_state_is_no_event(marked: str) -> None:
    """Whoever still holds a town takes it again with every report."""
    assert read(marked, ReportMemory()).events == []
