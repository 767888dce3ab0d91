"""The rows of a table of claims, read as `ingest --format claims` reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.errors import DataError
from geoline.ingest import check_header, file_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["ClaimRows", "read_rows"]

OWN = "claims"


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """The cells of a table of claims, each as it was said, under the columns of its header.

    `aside` tells of the rows that cannot be read.
    """

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    aside: tuple[DataError, ...]


def read_rows(path: Path) -> ClaimRows:
    """Read a table of claims.

    Raises
    ------
    DataError
        If it is no such table, or holds no claim; the text names file, row and column.
    """
    aside: list[DataError] = []
    header: list[str] = []
    rows = []
    for head, row in file_rows(path, OWN, aside.append):
        if not header:
            check_header(path.name, head, OWN)
            header = head
        if any(row.cells.values()):
            rows.append(row.cells)
    if not rows:
        raise aside[0] if aside else DataError(path.name, "holds no claim; there is nothing to do")
    return ClaimRows(tuple(filter(None, header)), tuple(rows), tuple(aside))
