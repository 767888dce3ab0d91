"""Places from Who's On First: a folder or file of its GeoJSON records, or a table of them.

A record's names stand under `name:ara_x_preferred`, `name:eng_x_variant` and so on; the table has
them as JSON in one column. Records that Who's On First itself calls deprecated, superseded or no
longer current are set aside.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geoline.errors import DataError
from geoline.gazetteer.importing.imported_rows import (
    Imported,
    ImportedRows,
    inhabitants,
    kind_by_population,
    point,
)
from geoline.gazetteer.place import great_circle_km
from geoline.tables import csv_rows, first_bytes, load_json, opened, text_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

__all__ = ["POPULATED", "read_whosonfirst"]

# The placetypes that people live in.
POPULATED = ("locality", "borough", "macrohood", "neighbourhood", "microhood")
# Radius in metres of an area of which only its middle is known.
EXTENT_M = {
    "country": 300_000.0,
    "region": 60_000.0,
    "county": 20_000.0,
    "localadmin": 5_000.0,
}
NEEDED = ("wof_id", "name", "placetype", "lat", "lon")
UNITS = ("country_id", "region_id", "county_id", "localadmin_id")
# Other names of records in `lookup`, by their key among the concordances.
LOOKUPS = {"gn:id": "geonames", "wd:id": "wikidata"}


def read_whosonfirst(path: Path, *, placetypes: Collection[str] = POPULATED) -> Imported:
    """Read records of Who's On First.

    Parameters
    ----------
    path
        A folder with .geojson records at any depth, a file with one record or a FeatureCollection
        of them, or a CSV table with the columns wof_id, name, placetype, lat, lon and perhaps
        names, concord (JSON both) and gn_pop.
    placetypes
        The placetypes to take, by default those that people live in.

    Returns
    -------
    Imported
        Places `wof-…`; `passed_over` counts other placetypes and alternative geometries.

    Raises
    ------
    DataError
        If there is no such record or table.
    """
    if path.is_dir():
        return _folder(path, placetypes)
    if first_bytes(path).lstrip()[:1] in {b"{", b"["}:
        return records_of(load_json(path), path.name, placetypes=placetypes)
    return _table(path, placetypes)


def records_of(document: object, name: str, *, placetypes: Collection[str] = POPULATED) -> Imported:
    """Read a record or a FeatureCollection of records.

    Raises
    ------
    DataError
        If it is neither.
    """
    imported = ImportedRows(name, codes=True)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        features = [document]
    if not any(is_record(feature) for feature in features):
        reason = "holds no record of Who's On First: nothing in it has properties with a 'wof:id'"
        raise DataError(name, reason)
    for number, feature in enumerate(features, start=1):
        try:
            _add(imported, name, number, _properties(feature, name, number), placetypes)
        except DataError as error:
            imported.set_aside(error)
    return imported.done()


def is_record(feature: object) -> bool:
    """Whether it is a GeoJSON record of Who's On First."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return isinstance(properties, dict) and "wof:id" in properties


def _folder(path: Path, placetypes: Collection[str]) -> Imported:
    imported = ImportedRows(path.name, codes=True)
    files = sorted(path.rglob("*.geojson"))
    if not files:
        raise DataError(path.name, "holds no .geojson file; name the folder 'data' of a repository")
    for file in files:
        name = file.relative_to(path).as_posix()
        try:
            _add(imported, name, None, _properties(load_json(file, name), name, None), placetypes)
        except DataError as error:
            imported.set_aside(error)
    return imported.done()


def _properties(feature: object, name: str, row: int | None) -> dict[str, Any]:
    if not is_record(feature) or not isinstance(feature, dict):
        raise DataError(name, "is no record of Who's On First", row=row, key="wof:id")
    properties: dict[str, Any] = feature["properties"]
    return {"bbox": feature.get("bbox"), **properties}


def _add(
    imported: ImportedRows,
    file: str,
    row: int | None,
    record: Mapping[str, Any],
    placetypes: Collection[str],
) -> None:
    """Add a GeoJSON record.

    Raises
    ------
    DataError
        If it cannot be used.
    """
    placetype = str(record.get("wof:placetype"))
    if record.get("src:alt_label") or placetype not in placetypes:
        imported.passed_over += 1
        return
    number = record["wof:id"]
    if not isinstance(number, int) or number < 1:
        raise DataError(file, f"{str(number)[:40]!r} is no number", row=row, key="wof:id")
    _refuse_withdrawn(record, file, row)
    keys = ("geom:latitude", "geom:longitude")
    if record.get("lbl:latitude") is not None and record.get("lbl:longitude") is not None:
        keys = ("lbl:latitude", "lbl:longitude")  # where a label stands is where people live
    lat, lon, radius = point(file, row, *(record.get(key) for key in keys), keys=keys)
    spellings = {
        key.removeprefix("name:"): value for key, value in record.items() if key[:5] == "name:"
    }
    hierarchy = record.get("wof:hierarchy")
    chain = hierarchy[0] if isinstance(hierarchy, list) and hierarchy else {}
    units = [chain.get(unit) for unit in UNITS] if isinstance(chain, dict) else []
    _add_place(
        imported,
        file,
        row,
        key=str(number),
        name=record.get("wof:name"),
        placetype=placetype,
        where=(lat, lon, max(radius, _reach(lat, lon, record.get("bbox")))),
        spellings=spellings,
        concordances=record.get("wof:concordances"),
        population=inhabitants(record.get("wof:population") or record.get("gn:population")),
        admin=tuple(
            f"wof-{unit}" for unit in units if isinstance(unit, int) and unit > 0 and unit != number
        ),
    )


def _refuse_withdrawn(record: Mapping[str, Any], file: str, row: int | None) -> None:
    if record.get("wof:superseded_by"):
        reason = f"is superseded by {str(record['wof:superseded_by'])[:60]}"
        raise DataError(file, reason, row=row, key="wof:superseded_by")
    if record.get("edtf:deprecated") not in (None, "", "uuuu", ".."):
        raise DataError(file, "is deprecated", row=row, key="edtf:deprecated")
    if record.get("mz:is_current") in (0, "0"):
        raise DataError(file, "is no longer current", row=row, key="mz:is_current")


def _reach(lat: float, lon: float, bbox: object) -> float:
    """Metres to the farthest corner of a record's box (west, south, east, north)."""
    try:
        west, south, east, north = map(float, bbox)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return 0.0
    if not (abs(south) <= 90 >= abs(north) and abs(west) <= 180 >= abs(east)):  # noqa: PLR2004
        return 0.0
    corners = great_circle_km(lat, lon, [south, south, north, north], [west, east, west, east])
    return min(round(float(corners.max()) * 1000, -1), 1e6)


def _table(path: Path, placetypes: Collection[str]) -> Imported:
    imported = ImportedRows(path.name, codes=True)
    with opened(path) as file:
        rows = csv_rows(
            text_lines(file, path.name, imported.set_aside), path.name, imported.set_aside
        )
        header = next(rows, (0, []))[1]
        missing = [column for column in NEEDED if column not in header]
        if missing:
            reason = f"is no table of Who's On First: it lacks the columns {', '.join(missing)}"
            raise DataError(path.name, reason, row=1)
        for row, cells in rows:
            record = dict(zip(header, cells, strict=True))
            if record["placetype"] not in placetypes:
                imported.passed_over += 1
                continue
            try:
                _add_row(imported, row, record)
            except DataError as error:
                imported.set_aside(error)
    return imported.done()


def _add_row(imported: ImportedRows, row: int, record: Mapping[str, str]) -> None:
    if not record["wof_id"].isdecimal():
        reason = f"'{record['wof_id'][:40]}' is no number"
        raise DataError(imported.file, reason, row=row, key="wof_id")
    columns = {}
    for key in ("names", "concord"):
        try:
            columns[key] = json.loads(record.get(key) or "{}")
        except (ValueError, RecursionError):
            raise DataError(imported.file, "is not JSON", row=row, key=key) from None
    _add_place(
        imported,
        imported.file,
        row,
        key=record["wof_id"],
        name=record["name"],
        placetype=record["placetype"],
        where=point(imported.file, row, record["lat"], record["lon"]),
        spellings=columns["names"],
        concordances=columns["concord"],
        population=inhabitants(record.get("gn_pop", "")),
    )


def _add_place(  # noqa: PLR0913  (one argument a part of a record)
    imported: ImportedRows,
    file: str,
    row: int | None,
    *,
    key: str,
    name: object,
    placetype: str,
    where: tuple[float, float, float],
    spellings: object,
    concordances: object,
    population: int | None,
    admin: tuple[str, ...] = (),
) -> None:
    if not isinstance(spellings, dict) or not all(isinstance(v, list) for v in spellings.values()):
        raise DataError(file, "is not lists of names by language", row=row, key="names")
    known = concordances if isinstance(concordances, dict) else {}
    lookups = [f"wof:{key}"]
    lookups += [f"{LOOKUPS[k]}:{known[k]}" for k in LOOKUPS if isinstance(known.get(k), int | str)]
    arabic = [
        *spellings.get("ara_x_preferred", ()),
        *spellings.get("ara_x_variant", ()),
    ]
    lat, lon, radius = where
    kind = {"locality": kind_by_population(population)}.get(placetype, "suburb")
    imported.add(
        row,
        file=file,
        id=f"wof-{key}",
        name="" if name is None else name,
        lat=lat,
        lon=lon,
        names=[name for names in spellings.values() for name in names],
        name_ar=arabic[0] if arabic else "",
        uncertainty_m=max(radius, EXTENT_M.get(placetype, 0.0)),
        kind=kind if placetype in POPULATED else placetype,
        population=population,
        lookup="; ".join(lookups),
        admin=admin,
    )
