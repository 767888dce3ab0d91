"""What `geoline new` says of the rows that it could not take."""

from __future__ import annotations

from geoline import DataError
from geoline.cli.commands.new import _reasons


def test_reasons_of_one_kind_are_counted_together() -> None:
    """Twenty thousand rows set aside for one reason would read as a hundred small ones."""
    late = [
        DataError("a.csv", f"2023-11-{day} is before 2024-02-01", row=day, key="timestamp")
        for day in range(10, 15)
    ]
    unknown = [DataError("a.csv", f"'{name}' is unknown", key="place") for name in ("X", "Y")]
    assert _reasons([*unknown, *late]) == [
        ("'timestamp' 2023-11-10 is before 2024-02-01", 5),
        ("'place' 'X' is unknown", 2),
    ]
