"""Linked Places in its delimited form (LP-TSV): a row a place, spellings parted by semicolons.

The columns are those of the format (`id`, `title`, `variants`, `lon`, `lat`, `geowkt`, `types`,
`fclasses`, `ccodes`, `matches`); `title` and a position are needed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.errors import DataError
from geoline.gazetteer.importing.imported_rows import Imported, ImportedRows, point
from geoline.tables import csv_rows, opened, text_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["is_linked_places_header", "read_linked_places_table"]

_POINT = re.compile(r"\s*POINT\s*\(\s*(\S+)\s+([^\s)]+)\s*\)\s*", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0621-\u064a\s-]+")
KINDS = {"P": "village", "A": "administrative unit", "H": "water", "T": "hill", "S": "site"}


def is_linked_places_header(header: Sequence[str]) -> bool:
    """Whether the columns are those of LP-TSV."""
    cells = set(header)
    return "title" in cells and ({"lon", "lat"} <= cells or "geowkt" in cells)


def read_linked_places_table(path: Path) -> Imported:
    """Read places of a table in the delimited form of Linked Places.

    Parameters
    ----------
    path
        The table, its cells parted by tabs, commas or semicolons.

    Returns
    -------
    Imported
        Places `lp-…`, or what their ids are if they are addresses of their own.

    Raises
    ------
    DataError
        If the columns that are needed are not there.
    """
    imported = ImportedRows(path.name)
    with opened(path) as file:
        lines = text_lines(file, path.name, imported.set_aside)
        first = next(lines, (1, ""))
        delimiter = max("\t,;", key=first[1].count)
        rows = csv_rows(
            (line for part in ((first,), lines) for line in part),
            path.name,
            imported.set_aside,
            delimiter=delimiter,
        )
        header = next(rows, (1, []))[1]
        if not is_linked_places_header(header):
            reason = (
                "is no Linked Places table: it lacks title, or lon and lat; the JSON form is read "
                "by read_linked_places"
            )
            raise DataError(path.name, reason, row=1)
        for row, cells in rows:
            try:
                _add(imported, row, dict(zip(header, cells, strict=True)))
            except DataError as error:
                imported.set_aside(error)
    return imported.done()


def _add(imported: ImportedRows, row: int, record: Mapping[str, str]) -> None:
    lat, lon = record.get("lat", ""), record.get("lon", "")
    wkt = _POINT.fullmatch(record.get("geowkt", ""))
    if not (lat and lon) and wkt:
        lon, lat = wkt.groups()
    where = point(imported.file, row, lat, lon)
    names = [name for name in record.get("variants", "").split(";") if name.strip()]
    key = record.get("id") or str(row)
    classes = record.get("fclasses", "").split(";")
    imported.add(
        row,
        id=key if not key.isdecimal() else f"lp-{key}",
        name=record["title"],
        lat=where[0],
        lon=where[1],
        names=names,
        name_ar=next((n.strip() for n in names if _ARABIC.fullmatch(n.strip())), ""),
        uncertainty_m=where[2],
        kind=KINDS.get(classes[0].strip(), "village"),
        lookup="; ".join(part for part in record.get("matches", "").split(";") if part)
        or f"lp:{key}",
        admin=tuple(code for code in record.get("ccodes", "").split(";") if code),
    )
