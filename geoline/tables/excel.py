"""Sheets of an Excel workbook (XLSX) as rows of text, read by openpyxl, which must be installed."""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from geoline.errors import DataError, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["sheet_rows"]

# Rows at the head of a sheet in which its header is looked for: some bear a title above it.
HEADER_WITHIN = 12


def sheet_rows(
    path: Path, is_header: Callable[[Sequence[str]], bool]
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of the first sheet whose header fits, the header first, with their numbers.

    Parameters
    ----------
    path
        The workbook.
    is_header
        Tells the header from a title, and from the header of another sheet.

    Raises
    ------
    DataError
        If it is no workbook, or no sheet has such a header.
    RequestError
        If openpyxl is missing.
    """
    book = _workbook(path)
    try:
        for sheet in book.worksheets:
            rows = enumerate(sheet.iter_rows(values_only=True), start=1)
            for number, values in rows:
                header = [_text(value) for value in values]
                if is_header(header):
                    yield number, header
                    yield from _filled(rows, len(header))
                    return
                if number >= HEADER_WITHIN:
                    break
        names = ", ".join(sheet.title for sheet in book.worksheets)[:200]
        raise DataError(path.name, f"no sheet has a header that is known (sheets: {names})")
    finally:
        book.close()


def _workbook(path: Path) -> Any:  # noqa: ANN401  (openpyxl has no types)
    try:
        module = import_module("openpyxl")
    except ImportError:
        message = "Excel files are read by openpyxl: pip install 'geoline[excel]', or save as CSV"
        raise RequestError(message) from None
    try:
        return module.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # noqa: BLE001  (openpyxl raises what its zip and XML readers do)
        raise DataError(path.name, f"is no Excel workbook that can be read ({error})") from None


def _filled(
    rows: Iterable[tuple[int, Sequence[Any]]], width: int
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are not empty, no wider than the header."""
    for number, cells in rows:
        if any(cell is not None for cell in cells):
            yield number, [_text(cell) for cell in cells][:width]


def _text(value: Any) -> str:  # noqa: ANN401  (whatever a cell holds)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).strip()
