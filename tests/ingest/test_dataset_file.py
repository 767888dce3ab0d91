"""What a dataset's file comes as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoline import DataError
from geoline.ingest.dataset_file import file_rows

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.tables import Row


def rows(path: Path) -> list[tuple[list[str], Row]]:
    """Read all rows; none may be set aside."""
    return list(file_rows(path, "acled", lambda error: pytest.fail(str(error))))


def test_a_day_without_events_is_no_error(tmp_path: Path) -> None:
    """A desk's daily run would stop on the first quiet day."""
    (tmp_path / "a.json").write_text('{"status": 200, "count": 0, "data": []}', "utf-8")
    assert rows(tmp_path / "a.json") == []


def test_what_the_api_says_instead_is_told(tmp_path: Path) -> None:
    """An expired key would look like a broken file."""
    (tmp_path / "a.json").write_text('{"status": 403, "message": "Access denied"}', "utf-8")
    with pytest.raises(DataError, match=r"a.json: is JSON .* \(it says: Access denied\)"):
        rows(tmp_path / "a.json")
