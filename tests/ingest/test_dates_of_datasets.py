"""Days as the files of datasets write them."""

from __future__ import annotations

import pytest

from geoline import DataError
from geoline.ingest.acled import acled_days
from geoline.ingest.ucdp import ucdp_days
from geoline.tables import Row


@pytest.mark.parametrize("written", ["02 May 2030", "02/05/2030", "2/5/2030", "2030-05-02"])
def test_acled_days_in_every_form(written: str) -> None:
    """A new folder takes no row of a real export, or the second of May is the fifth of February."""
    assert str(acled_days(Row("a.csv", 2, {"event_date": written})).end) == "2030-05-02"


@pytest.mark.parametrize(
    ("written", "reason"),
    [("05/31/2030", "has the month first"), ("31/06/2030", "is not in the calendar")],
)
def test_acled_days_that_are_none(written: str, reason: str) -> None:
    """A table saved by an American spreadsheet would be read as another month."""
    with pytest.raises(DataError, match=f"row 2, 'event_date': '{written}' {reason}"):
        acled_days(Row("a.csv", 2, {"event_date": written}))


@pytest.mark.parametrize("stamp", ["", " 00:00:00.000", "T00:00:00Z", "T00:00:00.000+00:00"])
def test_ucdp_days_with_a_time_of_day(stamp: str) -> None:
    """Every row of the API, which writes midnight behind each day, would be set aside."""
    row = Row("g.csv", 2, dict.fromkeys(("date_start", "date_end"), f"2030-05-02{stamp}"))
    assert str(ucdp_days(row).end) == "2030-05-02"
