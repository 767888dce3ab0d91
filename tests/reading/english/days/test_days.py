"""Days as English reports say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoline.reading.english.days.days import days_said
from tests.reading.english.small_sentence import PUBLISHED

if TYPE_CHECKING:
    from datetime import date


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on Tuesday", "2020-01-28 day"),
        ("late Tuesday", "2020-01-28 day"),
        ("yesterday", "2020-01-28 day"),
        ("two days ago", "2020-01-27 day"),
        ("a day earlier", "2020-01-28 day"),
        ("on 28/12", "2019-12-28 day"),
        ("28 December 2019", "2019-12-28 day"),
        ("on New Year's Eve", "2019-12-31 day"),
        ("the 12th", "2020-01-12 day"),
        ("a week ago, on 22 January", "2020-01-22 day"),
        ("overnight", "2020-01-28..2020-01-29 between"),
        ("since Friday", "2020-01-24..2020-01-29 between"),
        ("between Friday and Monday", "2020-01-24..2020-01-27 between"),
        ("the night of Friday to Saturday", "2020-01-24..2020-01-25 between"),
        ("over the weekend", "2020-01-25..2020-01-26 between"),
        ("last week", "2020-01-20..2020-01-26 between"),
        ("the first week of January", "2020-01-01..2020-01-07 between"),
        ("in the past two days", "2020-01-27..2020-01-29 between"),
        ("in 2012", "2012-01-01..2012-12-31 between"),
        ("in August", "2019-08-01..2019-08-31 month"),
        ("last month", "2019-12-01..2019-12-31 month"),
        ("by Sunday", "..2020-01-26 by"),
        ("they may march", ""),
        ("on 31 February", ""),
    ],
)
def test_a_phrase_means_its_days(text: str, days: str) -> None:
    """A capture lands on a wrong day, or a verb is taken for a month."""
    said = [
        f"{_written(found.first, found.last)} {found.precision}"
        for found in days_said(f"They took it {text}.", PUBLISHED)
    ]
    assert said == ([days] if days else [])


def _written(first: date | None, last: date) -> str:
    return f"{last}" if first == last else f"{first or ''}..{last}"
