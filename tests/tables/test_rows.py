"""Tables that people edit by hand: every fault is named by file, row and key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoline.errors import DataError
from geoline.tables.rows import Row, read_table

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["id", "day"]


def _table(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


def _parse(row: Row) -> tuple[str, str]:
    return row.text("id"), row.day("day").isoformat()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "table.csv: is empty"),
        (b"id\n", "row 1, 'day': this column is missing"),
        (b"id,day,dya\n", "row 1, 'dya': no such column"),
        (b"id,day\na,2020-01-01\nb\n", "row 3: has 1 cells, the header 2"),
        (b"id,day\na,2020-01-01\na,2020-01-02\n", "row 3, 'id': 'a' is already in row 2"),
        (b"id,day\na,1.1.2020\n", "row 2, 'day': '1.1.2020' is not a day; write it as YYYY-MM-DD"),
        (b"id,day\na,2020-02-30\n", "row 2, 'day': '2020-02-30' is not in the calendar"),
        (b"id,day\n,2020-01-01\n", "row 2, 'id': is empty"),
        (b"id,day\na,2020-01-01\n\xe9,2020-01-01\n", "row 3: is not UTF-8"),
        (b'id,day\n"a,2020-01-01\n', "is not CSV"),
    ],
)
def test_faults_are_named(tmp_path: Path, content: bytes, said: str) -> None:
    """A bad row would stop the map with a traceback, or be dropped in silence."""
    with pytest.raises(DataError) as caught:
        read_table(_table(tmp_path, content), COLUMNS, _parse, unique="id")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lines_are_counted_as_an_editor_counts(tmp_path: Path) -> None:
    """A note with a line break, a blank line or a byte-order mark would shift the row named."""
    content = b'\xef\xbb\xbfid,day\n"two\nlines",2020-01-01\n\nb,x\n'
    with pytest.raises(DataError, match="row 5, 'day'"):
        read_table(_table(tmp_path, content), COLUMNS, _parse)


@given(content=st.binary(max_size=80))
def test_any_file_is_read_or_refused(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A file that is not what it says would end in a crash."""
    path = _table(tmp_path_factory.mktemp("any"), b"id,day\n" + content)
    try:
        rows = read_table(path, COLUMNS, _parse)
    except DataError:
        return
    assert all(identifier and len(day) == 10 for identifier, day in rows)
