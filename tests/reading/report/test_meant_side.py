"""Which side a sentence means that names none."""

from __future__ import annotations

import pytest

from tests.reading.report.small_report import unplaced


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("The army shelled <Bor>. They captured <Ara>.", ["red", "red"]),
        # Troops are the state's where the state is spoken of, gunmen are not.
        ("The army met rebels. Troops captured <Ara>.", ["red"]),
        ("Rebels fought the army. Rebels gathered. Gunmen captured <Ara>.", ["blue"]),
        # What fell, fell to who takes places; from whom it was taken did not take it.
        ("The army captured <Bor> on Monday. <Ara> fell.", ["red", "red"]),
        ("The army fought rebels. Rebels lost <Ara>.", ["blue", "red"]),
        # A side that is named later in the sentence
        ("In <Ara>, which they captured on Monday, the army put up posts.", ["red"]),
        ("They captured <Ara>.", [""]),
    ],
)
def test_whom_a_sentence_means(text: str, sides: list[str]) -> None:
    """A capture is given to the side that lost the place, or to nobody."""
    assert [claim.side for claim in unplaced(text)] == sides
