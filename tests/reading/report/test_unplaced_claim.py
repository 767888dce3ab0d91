"""Whose captures are that nobody is said to have made."""

from __future__ import annotations

import pytest

from tests.reading.report.small_report import unplaced


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        # The one side that takes places in the report
        ("<Ara> fell.\n\nThe army captured <Bor> on Monday.", [("red", True), ("red", False)]),
        # Two take places: it is not said.
        (
            "<Ara> fell.\n\nThe army captured <Bor>.\n\nRebels captured <Cos>.",
            [("", False), ("red", False), ("blue", False)],
        ),
        # Nobody takes any: the side that does most
        ("<Ara> fell. The army shelled <Bor>.", [("red", True), ("red", False)]),
        ("<Ara> fell.", [("", False)]),
    ],
)
def test_who_took_what_fell(text: str, sides: list[tuple[str, bool]]) -> None:
    """A capture is put down to a side by guess, and no reader is told so."""
    assert [(claim.side, claim.guessed) for claim in unplaced(text)] == sides
