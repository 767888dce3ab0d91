"""The rows of a table of claims, read as `ingest --format claims` reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.errors import DataError
from geoline.ingest import check_header, file_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["ClaimRows", "read_rows"]

OWN = "claims"


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """The cells of tables of claims, each as it was said, under the columns of all their headers.

    `aside` tells of the rows that cannot be read.
    """

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    aside: tuple[DataError, ...]


def read_rows(paths: Sequence[Path]) -> ClaimRows:
    """Read tables of claims, one after the other.

    Raises
    ------
    DataError
        If one is no such table, or none holds a claim; the text names file, row and column.
    """
    aside: list[DataError] = []
    header: dict[str, None] = {}
    rows = []
    for path in paths:
        checked: list[str] = []
        for head, row in file_rows(path, OWN, aside.append):
            if head != checked:
                check_header(path.name, head, OWN)
                checked = head
                header |= dict.fromkeys(filter(None, head))
            if any(row.cells.values()):
                rows.append(row.cells)
    if not rows:
        name = ", ".join(path.name for path in paths)
        raise aside[0] if aside else DataError(name, "holds no claim; there is nothing to do")
    return ClaimRows(tuple(header), tuple(rows), tuple(aside))
