"""A theatre as rows of tables: what its folder says, as far as it may be shown.

Claims, places, sources and areas are rows that people ask and edit; what nobody asks a database
about goes along as the text that it is.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import shapely

from geoline.claims import CLAIM_COLUMNS, MORE_COLUMNS, SOURCE_COLUMNS, claim_record
from geoline.errors import DataError
from geoline.gazetteer import read_country
from geoline.tables import csv_table, read_table
from geoline.theatre_folder import (
    BASELINE_COLUMNS,
    POST_COLUMNS,
    TheatreFile,
    last_known_file,
    read_polygons,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geoline.gazetteer import Place
    from geoline.theatre_folder import TheatreData

__all__ = ["COUNTRY", "TABLES", "Table", "theatre_tables"]

GEOMETRY = "geom"
# Where the list of the whole country is put in a folder that is made of the tables.
COUNTRY = "country"
_GAZETTEER = (
    "id", "name", "name_ar", "spellings", "uncertainty_m", "kind", "population", "lookup", "admin",
    "note", "reviewed", "number", GEOMETRY,
)  # fmt: skip
_KEY = re.compile(r"^(gazetteer|country_places)\s*=.*\n?", re.MULTILINE)


class Table(NamedTuple):
    """A table: its name, its key and its columns, and what fills it."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


# In the order in which they refer to each other.
TABLES = (
    Table("theatre", ("id",), ("id", "name", "first_day", "last_day", "layout")),
    Table("theatre_files", ("path",), ("path", "content")),
    Table("holders", ("id",), ("id", "name", "name_ar", "color", "pattern")),
    Table("sources", ("id",), (*SOURCE_COLUMNS, "number")),
    Table("gazetteer", ("id",), _GAZETTEER),
    Table("claims", ("claim_id",), (*CLAIM_COLUMNS, *MORE_COLUMNS, "number")),
    Table("baseline", ("place_id",), (*BASELINE_COLUMNS, "number")),
    Table("last_known", ("number",), ("number", "holder", "as_of", "source", GEOMETRY)),
    Table("regions", ("kind", "number"), ("kind", "number", "name", "name_ar", GEOMETRY)),
    Table("water", ("number",), ("number", "name", "name_ar", "kind", GEOMETRY)),
)


def theatre_tables(
    theatre: TheatreData, folder: Path, layout: int
) -> dict[str, Iterable[tuple[Any, ...]]]:
    """Give the rows of each of `TABLES`.

    Parameters
    ----------
    theatre
        As it may be shown: what it holds back is in no row.
    folder
        That it was read from.
    layout
        Version of the tables.

    Raises
    ------
    DataError
        If the folder is no longer what was read.
    """
    return {
        "theatre": [(theatre.id, theatre.name, theatre.first_day, theatre.last_day, layout)],
        "theatre_files": list(_files(theatre, folder)),
        "holders": [(p.id, p.name, p.name_ar, p.color, p.pattern) for p in theatre.holders],
        "sources": [
            (*(getattr(source, column) or None for column in SOURCE_COLUMNS), number)
            for number, source in enumerate(theatre.sources.values())
        ],
        "gazetteer": _places(theatre, folder),
        "claims": (
            (*map(_cell, claim_record(claim).values()), number)
            for number, claim in enumerate(theatre.claims)
        ),
        "baseline": _baseline(theatre, folder),
        "last_known": list(_last_known(theatre, folder)),
        "regions": [
            (kind, number, region.name, region.name_ar, _many(region.geometry))
            for kind, regions in (("governorate", theatre.governorates), ("land", theatre.land))
            for number, region in enumerate(regions)
            if region.name or theatre.governorates  # land without a name is what surrounds a frame
        ],
        "water": [
            (number, water.name, water.name_ar, water.kind, water.geometry)
            for number, water in enumerate(theatre.water)
        ],
    }


def _cell(value: object) -> object:
    """Give a cell of a claim: lists as text, nothing as None."""
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return value if value is None or isinstance(value, int | date) else str(value) or None


def _many(shape: shapely.Geometry) -> shapely.Geometry:
    """Give polygons as a MultiPolygon."""
    return shapely.MultiPolygon([shape]) if shape.geom_type == "Polygon" else shape


def _places(theatre: TheatreData, folder: Path) -> Iterator[tuple[Any, ...]]:
    number = 0
    own = {place.id for place in theatre.gazetteer.places}
    for place in theatre.gazetteer.places:
        yield _place(place, number, reviewed=True)
        number += 1
    head = TheatreFile(folder)
    if "country_places" in head.data:
        for place in read_country(folder / head.get("country_places", str)):
            if place.id not in own:
                yield _place(place, number, reviewed=False)
                number += 1


def _place(place: Place, number: int, *, reviewed: bool) -> tuple[Any, ...]:
    return (
        place.id, place.name, place.name_ar or None, "; ".join(place.names) or None,
        place.uncertainty_m, place.kind, place.population, place.lookup,
        "; ".join(place.admin) or None, place.note or None, reviewed, number,
        shapely.Point(place.lon, place.lat),
    )  # fmt: skip


def _last_known(theatre: TheatreData, folder: Path) -> Iterator[tuple[Any, ...]]:
    """Give the polygons of the areas last known, one by one as they were drawn."""
    path = last_known_file(folder)
    if path is None:
        return
    shown = {last.as_of.isoformat() for last in theatre.last_known}
    for number, row in read_polygons(path).iterrows():
        as_of = str(row["as_of"])[:10]
        if as_of in shown:
            yield number, row["holder"], as_of, row["source"] or None, _many(row.geometry)


def _baseline(theatre: TheatreData, folder: Path) -> Iterator[tuple[Any, ...]]:
    for number, cells in enumerate(_cells(folder / "baseline.csv", BASELINE_COLUMNS)):
        place = theatre.gazetteer[cells["place_id"]].id
        if place in theatre.baseline:
            said = {**cells, "place_id": place}
            yield (*(said.get(column) or None for column in BASELINE_COLUMNS), number)


def _files(theatre: TheatreData, folder: Path) -> Iterator[tuple[str, str]]:
    """Give the texts that go along: names in a folder whose gazetteer lies in it, and content."""
    head = TheatreFile(folder)
    gazetteer = folder / head.get("gazetteer", str, ".")
    yield "theatre.toml", _head_text(folder, country="country_places" in head.data)
    for name, path in (
        ("highways.csv", folder / "highways.csv"),
        ("highways.geojson", folder / "highways.geojson"),
        ("figures.csv", folder / "figures.csv"),
        ("undecided.csv", gazetteer / "undecided.csv"),
    ):
        if path.exists():
            yield name, path.read_text(encoding="utf-8-sig")
    yield "posts.csv", _posts_text(theatre, folder)


def _posts_text(theatre: TheatreData, folder: Path) -> str:
    """Give the table of the posts, nothing in it that is held back."""
    shown = {post.id: post for post in theatre.posts}
    rows = [r for r in _cells(folder / "posts.csv", POST_COLUMNS) if r["post_id"] in shown]
    for row in rows:
        row["withdrawn"] = str(shown[row["post_id"]].withdrawn or "")
    return csv_table(POST_COLUMNS, rows).decode()


def _cells(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Give the rows of a table as they stand."""
    return read_table(path, (), lambda row: dict(row.cells), optional=columns)


def _head_text(folder: Path, *, country: bool) -> str:
    """Give theatre.toml for a folder in which the gazetteer lies, all else as it stands.

    Raises
    ------
    DataError
        If that cannot be done by leaving out two lines.
    """
    text = (folder / "theatre.toml").read_text(encoding="utf-8-sig")
    head, rest = re.split(r"^(?=\[)|\Z", text, maxsplit=1, flags=re.MULTILINE)
    changed = (f'country_places = "{COUNTRY}"\n' if country else "") + _KEY.sub("", head) + rest
    wanted = tomllib.loads(text)
    for key in ("gazetteer", "country_places"):
        wanted.pop(key, None)
    if country:
        wanted["country_places"] = COUNTRY
    if tomllib.loads(changed) != wanted:
        reason = "write gazetteer and country_places on a line each, before the first [table]"
        raise DataError("theatre.toml", reason)
    return changed
