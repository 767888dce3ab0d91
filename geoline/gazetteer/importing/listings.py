"""Read a listing of places of any kind that geoline knows, recognised by what stands in it.

The kinds: `geonames` (a country's dump), `whosonfirst` (records or a table of them), `pcodes` (an
OCHA or MIMU table, CSV or XLSX), `linked-places` (a FeatureCollection, or a feature a line) and
`linked-places-table` (its delimited form). Each reader can be called by itself where its options
are wanted.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from geoline.errors import DataError, RequestError
from geoline.gazetteer.importing import linked_places, whosonfirst
from geoline.gazetteer.importing.geonames import (
    ALTERNATE_COLUMNS,
    COLUMNS,
    read_geonames,
    world_towns,
)
from geoline.gazetteer.importing.imported_rows import Imported, SetAside
from geoline.gazetteer.importing.linked_places import export_linked_places, read_linked_places
from geoline.gazetteer.importing.linked_places_table import (
    is_linked_places_header,
    read_linked_places_table,
)
from geoline.gazetteer.importing.pcodes import is_pcode_header, read_pcodes
from geoline.gazetteer.importing.whosonfirst import read_whosonfirst
from geoline.tables import first_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "KINDS",
    "Imported",
    "SetAside",
    "export_linked_places",
    "read_geonames",
    "read_linked_places",
    "read_linked_places_table",
    "read_listing",
    "read_pcodes",
    "read_whosonfirst",
    "world_towns",
]

KINDS = ("geonames", "whosonfirst", "pcodes", "linked-places", "linked-places-table")


def read_listing(path: Path | str, kind: str | None = None) -> Imported:
    """Read a listing of places.

    Parameters
    ----------
    path
        A file, plain, .gz or .zip, or a folder of Who's On First records.
    kind
        One of `KINDS`; None to recognise it.

    Returns
    -------
    Imported
        The places, what was set aside and why, and how many rows were not asked for.

    Raises
    ------
    DataError
        If the file is of no kind that geoline knows, or not of the one named.
    RequestError
        If there is no such kind.
    """
    path = Path(path)
    readers: dict[str, Callable[[Path], Imported]] = {
        "geonames": read_geonames,
        "whosonfirst": read_whosonfirst,
        "pcodes": read_pcodes,
        "linked-places": read_linked_places,
        "linked-places-table": read_linked_places_table,
    }
    if kind is not None:
        if kind not in readers:
            message = f"there is no kind '{kind}' of listing; use one of {', '.join(KINDS)}"
            raise RequestError(message)
        return readers[kind](path)
    if path.is_dir():
        return read_whosonfirst(path)
    if path.suffix.lower() == ".xlsx":
        return read_pcodes(path)
    start = first_bytes(path)
    if start.lstrip()[:1] in {b"{", b"["}:
        return _read_json(path)
    return readers[_kind_of_table(path.name, start)](path)


def _read_json(path: Path) -> Imported:
    document = linked_places.load_document(path)
    features = document.get("features") if isinstance(document, dict) else None
    features = features if isinstance(features, list) else [document]
    if any(map(whosonfirst.is_record, features)):
        return whosonfirst.records_of(document, path.name)
    if any(map(linked_places.is_record, features)):
        return linked_places.records_of(document, path.name)
    reason = (
        "is JSON, but neither records of Who's On First (with 'wof:id') nor Linked Places Format "
        "(with '@id' and 'names')"
    )
    raise DataError(path.name, reason)


def _kind_of_table(name: str, start: bytes) -> str:
    lines = start.decode("utf-8", "replace").splitlines()
    header = next((line for line in lines if line.strip()), "")
    cells = [cell.strip(' "') for cell in re.split("[,;\t]", header)]
    if "wof_id" in cells:
        return "whosonfirst"
    if is_pcode_header(cells):
        return "pcodes"
    if is_linked_places_header(cells):
        return "linked-places-table"
    widths = [line.count("\t") + 1 for line in lines]
    if COLUMNS in widths:
        return "geonames"
    if widths and widths[0] in range(ALTERNATE_COLUMNS[0], ALTERNATE_COLUMNS[1] + 1):
        reason = "looks like GeoNames' alternate names; read them with the dump of the country"
        raise DataError(name, reason)
    reason = (
        "is of no known kind: a GeoNames dump, Who's On First, an OCHA table of p-codes or Linked "
        "Places Format is needed, as UTF-8"
    )
    raise DataError(name, reason)
