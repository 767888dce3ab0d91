"""The tables and areas of a new theatre's folder, as bytes; what is there already stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from geoline.errors import DataError
from geoline.new_theatre.ground import DECIMALS, features, rim
from geoline.new_theatre.groups import slug
from geoline.tables import csv_table, load_json
from geoline.theatre_folder import areal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geoline.claims import Source
    from geoline.gazetteer import Place
    from geoline.new_theatre.ground import Ground
    from geoline.new_theatre.lines import Drawn

__all__ = ["areas", "baseline", "places_table", "sources_table"]

PLACE_COLUMNS = [
    "id", "name", "name_ar", "spellings", "lat", "lon", "uncertainty_m", "kind", "population",
    "lookup", "admin", "note",
]  # fmt: skip
SOURCE_COLUMNS = ["id", "name", "reliability", "lean", "kind", "country", "domain", "note"]
# The property that tells of which file, read how, the areas of a day were made.
MADE_OF = "made_of"
REVIEW = "named by the data; review reliability and lean"


def places_table(rows: Sequence[Mapping[str, str]], places: Iterable[Place]) -> bytes | None:
    """Write places.csv: the rows that are there, as they are, and places that are not.

    A place that is there gains the spellings that it lacks. None if nothing is new.
    """
    by_id = {place.id: place for place in places}
    kept = []
    for row in rows:
        place = by_id.pop(row["id"], None)
        old = [part.strip() for part in row.get("spellings", "").split(";") if part.strip()]
        more = [n for n in place.names if n not in old] if place is not None else []
        kept.append({**row, "spellings": ";".join([*old, *map(_in_list, more)])} if more else row)
    fresh = [
        {
            "id": place.id,
            "name": place.name,
            "name_ar": place.name_ar,
            "spellings": ";".join(map(_in_list, place.names)),
            "lat": f"{place.lat:.6g}" if abs(place.lat) < 1 else f"{place.lat:.5f}",
            "lon": f"{place.lon:.6g}" if abs(place.lon) < 1 else f"{place.lon:.5f}",
            "uncertainty_m": f"{place.uncertainty_m:.0f}",
            "kind": place.kind,
            "population": place.population or "",
            "lookup": place.lookup,
            "admin": ";".join(map(_in_list, place.admin)),
            "note": place.note,
        }
        for place in by_id.values()
    ]
    if not fresh and kept == rows:
        return None
    return csv_table(_columns(rows, PLACE_COLUMNS), [*kept, *fresh])


def _columns(rows: Sequence[Mapping[str, str]], usual: Sequence[str]) -> list[str]:
    """Give the columns of a table as people have them, then those that they left out."""
    return list(dict.fromkeys([*(rows[0] if rows else ()), *usual]))


def _in_list(text: str) -> str:
    return text.replace(";", ",")


def sources_table(
    rows: Sequence[Mapping[str, str]],
    known: Mapping[str, Source],
    names: Iterable[str],
    ids: Iterable[str],
) -> tuple[bytes, int]:
    """Write sources.csv: the rows that are there, and the sources that the data cite.

    Parameters
    ----------
    rows
        The rows that are there.
    known
        Sources by id, those of datasets among them.
    names, ids
        How datasets call them; what own claims call them by id.

    Returns
    -------
    table, new
        How many were added.
    """
    called = {
        name.strip().casefold()
        for s in known.values()
        for name in (s.id, s.name, *s.domain.split(";"))
    }
    taken, fresh = set(known), []
    for identifier in ids:
        if identifier not in taken:
            fresh.append({"id": identifier, "name": identifier})
            taken.add(identifier)
    for name in names:
        if name.casefold() in called or slug(name) in known:  # its name may have been edited
            continue
        called.add(name.casefold())
        base, number = slug(name), 2
        identifier = base
        while identifier in taken:
            identifier, number = f"{base}-{number}", number + 1
        taken.add(identifier)
        fresh.append({"id": identifier, "name": name})
    more = {"reliability": "C", "lean": "independent", "note": REVIEW}
    columns = _columns(rows, SOURCE_COLUMNS)
    return csv_table(columns, [*rows, *(row | more for row in fresh)]), len(fresh)


def areas(ground: Ground) -> dict[str, bytes]:
    """Write the files of the folder `areas`."""
    around = shapely.box(*ground.around)
    land = features(
        (
            {"name": c.name, "name_ar": c.names.get("ar", "")},
            shapely.intersection(c.geometry, around),
        )
        for c in ground.neighbours
    )
    regions = features(({"name": n, "name_ar": a}, shape) for n, a, shape in ground.regions)
    return {
        "areas/governorates.geojson": _collection(regions),
        "areas/land.geojson": _collection(land),
        "areas/water.geojson": _collection(ground.water()),
    }


def baseline(drawn: Drawn, land: shapely.Geometry, before: Path) -> tuple[bytes, str]:
    """Write baseline.geojson: what was last known on a day, beside what is there of other days.

    Ground that lies off the land is nobody's. What was made of the same file stays as it is, with
    what people changed in it since.

    Returns
    -------
    content, instead
        The file, and the source of what it said of that day before, if that was another.

    Raises
    ------
    DataError
        If what is there cannot be read.
    """
    kept: list[dict[str, Any]] = []
    if before.exists():
        kept = load_json(before).get("features", [])
    day = drawn.as_of.isoformat()
    said_of_it = [f["properties"] for f in kept if str(f.get("properties", {}).get("as_of")) == day]
    if any(said.get(MADE_OF) == drawn.digest for said in said_of_it):
        return before.read_bytes(), ""
    # On one grid throughout, so that neighbours keep one border.
    grid = 10.0**-DECIMALS
    shapes = {
        party: areal(shapely.intersection(area, land, grid_size=grid))
        for party, area in drawn.areas.items()
    }
    if drawn.rest:
        land = areal(shapely.set_precision(land, grid))
        held = shapely.union_all(list(shapes.values()), grid_size=grid)
        rest = areal(shapely.difference(land, held, grid_size=grid))
        strips = areal(shapely.set_precision(rim(rest, held, land), grid))
        (taken,) = shapes
        shapes[taken] = areal(shapely.union(shapes[taken], strips, grid_size=grid))
        shapes[drawn.rest] = areal(shapely.difference(rest, strips, grid_size=grid))
    said = {"as_of": day, "source": drawn.source, MADE_OF: drawn.digest}
    fresh = features(({"holder": party} | said, shape) for party, shape in shapes.items())
    if not fresh:
        reason = "none of its polygons lies on the land of the theatre; look at --country"
        raise DataError(drawn.source, reason)
    other = [f for f in kept if str(f.get("properties", {}).get("as_of")) != day]
    return _collection([*other, *fresh]), str(said_of_it[0].get("source")) if said_of_it else ""


def _collection(found: list[dict[str, Any]]) -> bytes:
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in found)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()
