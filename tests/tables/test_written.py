"""One writer, one reader: what is written is read again as it was, and harms no spreadsheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geoline.errors import RequestError
from geoline.tables.rows import read_table
from geoline.tables.written import LONGEST_CELL, as_said, csv_table, harmless

if TYPE_CHECKING:
    from pathlib import Path

# All that UTF-8 can write and a table can hold.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
SEPARATORS = "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\x1f"
COLUMNS = ["id", "said", "note"]


@given(cells=st.lists(st.tuples(TEXT, TEXT), max_size=6), spreadsheet=st.booleans())
@example(cells=[(f"one{mark}two", mark) for mark in SEPARATORS], spreadsheet=False)
@example(
    cells=[('"', "\r"), ("\r\n\n", ","), ("a\r\n\r\nb", "'=x"), ("=1", "''=")], spreadsheet=True
)
def test_what_is_written_is_read_again(
    cells: list[tuple[str, str]], *, spreadsheet: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A cell with a line separator would end the table, and the theatre be unreadable after it."""
    rows = [dict(zip(COLUMNS, (str(n), *both), strict=True)) for n, both in enumerate(cells)]
    path = tmp_path_factory.mktemp("written") / "table.csv"
    path.write_bytes(csv_table(COLUMNS, rows, spreadsheet=spreadsheet))
    taken_off = as_said if spreadsheet else str
    again = read_table(
        path, COLUMNS, lambda row: {key: taken_off(cell) for key, cell in row.cells.items()}
    )
    stripped = [{key: cell.strip() for key, cell in row.items()} for row in rows]
    assert again == stripped


@given(cell=TEXT)
def test_a_spreadsheet_finds_no_formula(cell: str) -> None:
    """A place named =HYPERLINK(…) by a website would be run by who opens the table."""
    shown = harmless(cell)
    assert as_said(shown) == cell
    assert shown[:1] not in set("=+-@\t\r＝＋－＠") or float(shown) == float(cell)


@pytest.mark.parametrize(("cell", "said"), [("x" * (LONGEST_CELL + 1), "longer"), ("a\0", "NUL")])
def test_what_no_table_can_keep_is_refused(cell: str, said: str) -> None:
    """The table would be written and never be read again."""
    with pytest.raises(RequestError, match=said):
        csv_table(COLUMNS, [{"id": cell}])
    with pytest.raises(RequestError, match="half of a letter"):
        csv_table(COLUMNS, [{"id": "\ud800"}])


def test_the_line_of_a_spreadsheet_is_passed_over(tmp_path: Path) -> None:
    """Excel's own first line, sep=, would be taken for the header."""
    path = tmp_path / "table.csv"
    path.write_bytes(b'\xef\xbb\xbfsep=,\r\nid,said,note\r\n1,"a\r\nb",\r\n,,\r\n')
    (row,) = read_table(path, COLUMNS, lambda row: row)
    assert (row.line, row.cells["said"]) == (3, "a\r\nb")


def test_other_programs_read_the_same(tmp_path: Path) -> None:
    """The tables would be CSV by name, and for geoline alone."""
    cells = {"id": "1", "said": f'"{SEPARATORS}"', "note": "a\nb\r\nc\r"}
    path = tmp_path / "table.csv"
    path.write_bytes(csv_table(COLUMNS, [cells]))
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [cells]
