"""Write tables so that what is written is read again as it was.

The one writer of CSV. Cells are parted by commas and quoted where they must be; a row ends with a
line feed. What `geoline.tables.read_table` makes of the table are the cells that were given,
without the blanks around them.

A table that people open in a spreadsheet holds no formula: a cell that would be one gets an
apostrophe before it, as a spreadsheet itself marks text, and `as_said` takes it off again. The
ledger is no such table: it keeps what was said, letter by letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["LONGEST_CELL", "as_said", "csv_table", "harmless"]

# Letters of a cell; longer ones Python's reader of CSV refuses (131,072).
LONGEST_CELL = 100_000

# What a spreadsheet takes for a formula at the beginning of a cell (OWASP, CSV injection), also in
# the wide forms of East Asian keyboards, and numbers, which begin so and are none.
_STARTS = "=+\\-@\t\r＝＋－＠"
_FORMULA = re.compile(f"'*[{_STARTS}]")
_MARKED = re.compile(f"'+[{_STARTS}]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_QUOTED = re.compile('[,"\r\n]')


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("'=1+1"), harmless("-6.4"), harmless("'Ayn Issa")
    ("'=1+1", "''=1+1", '-6.4', "'Ayn Issa")
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def as_said(cell: str) -> str:
    """Take off what `harmless` put before a cell.

    Examples
    --------
    >>> as_said("'=1+1"), as_said("''=1+1"), as_said("-6.4"), as_said("'Ayn Issa")
    ('=1+1', "'=1+1", '-6.4', "'Ayn Issa")
    """
    return cell[1:] if _MARKED.match(cell) else cell


def csv_table(
    columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, spreadsheet: bool = False
) -> bytes:
    """Give a table as CSV, UTF-8.

    Parameters
    ----------
    columns
        In their order; what a row has besides is left out.
    rows
        Cells by column; None and what is missing are empty.
    spreadsheet
        Whether people open it in a spreadsheet: no cell is then a formula.

    Raises
    ------
    RequestError
        If a cell is longer than `LONGEST_CELL` letters, or holds what UTF-8 cannot write or no
        reader of CSV takes (NUL).
    """
    lines = [",".join(map(_cell, columns))]
    for row in rows:
        values = (row.get(column) for column in columns)
        cells = ["" if value is None else str(value) for value in values]
        if spreadsheet:  # blanks around a cell are lost in reading, and hide no formula
            cells = [harmless(cell.strip()) for cell in cells]
        lines.append(",".join(map(_cell, cells)))
    try:
        return ("\n".join(lines) + "\n").encode()
    except UnicodeEncodeError:
        message = "a cell holds half of a letter (a lone surrogate); correct the file it came from"
        raise RequestError(message) from None


def _cell(text: str) -> str:
    if len(text) > LONGEST_CELL or "\0" in text:
        what = "holds NUL" if "\0" in text else f"is longer than {LONGEST_CELL:,} letters"
        message = f"the cell '{text[:30]}…' {what}; no table can keep it"
        raise RequestError(message)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
