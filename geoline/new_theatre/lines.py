"""A last known line as people have it: polygons, and whose each is."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shapely

from geoline.errors import DataError, RequestError
from geoline.new_theatre.groups import Group, group_of, of_country, slug
from geoline.new_theatre.world import world
from geoline.theatre_folder import areal, read_polygons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import geopandas as gpd

__all__ = ["Drawn", "party_named", "read_drawn"]

# Columns that are looked for if none is named, in this order; how many sides a map may have.
LIKELY = (
    "holder", "controller", "control", "controlled_by", "side", "party", "faction", "actor",
    "status", "owner", "name", "title", "layer", "fill", "stroke",
)  # fmt: skip
MOST_SIDES = 12
_EMPTY = {"", "none", "nan"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who held what ground on a day.

    Parameters
    ----------
    as_of, source
        The day, and the file.
    areas
        Polygons by party id, EPSG:4326; they do not overlap.
    rest
        The party that holds the rest of the land; empty if nobody is said to.
    groups
        The parties by id.
    how
        How the parties were told, in words.
    digest
        Another for another file, or other parties.
    """

    as_of: date
    source: str
    areas: Mapping[str, shapely.Geometry] = field(repr=False)
    rest: str
    groups: Mapping[str, Group]
    how: str
    digest: str = ""


def party_named(text: str) -> Group:
    """Find the party that a code, a name or a cell means."""
    country = world().find(text)
    if country is not None:
        patterns = (
            (text,) if text.lower() not in (country.code.lower(), country.alpha3.lower()) else ()
        )
        return of_country(country, patterns)
    found = group_of(text)
    return found or Group(id=slug(text), name=text)


def read_drawn(path: Path, as_of: date, holder: str | None, sides: tuple[str, str] | None) -> Drawn:
    """Read the polygons of a file, each with its party.

    Parameters
    ----------
    path
        As `read_polygons` reads it.
    as_of
        The day at whose end it was so.
    holder
        The column that names the party; looked for if neither it nor `sides` is given.
    sides
        The party whose all polygons are, and the one that holds the rest.

    Raises
    ------
    DataError
        If the file cannot be read, or a polygon names nobody.
    RequestError
        If there is no such column, or it is not clear whose the polygons are.
    """
    polygons = read_polygons(path)
    digest = _digest(path, holder, sides)
    if sides is not None:
        party = party_named(sides[0])
        rest = party_named(sides[1]) if sides[1] else None
        groups = {g.id: g for g in (party, rest) if g is not None}
        whole = shapely.union_all(polygons.geometry.to_numpy())
        held = f"{rest.name if rest else 'nobody'} the rest"
        how = f"all {len(polygons)} polygons are {party.name}'s, {held}{_unheard(polygons)}"
        held_by = {party.id: whole}
        return Drawn(as_of, path.name, held_by, rest.id if rest else "", groups, how, digest)
    column = _column(path.name, polygons, holder)
    parts: dict[str, list[shapely.Geometry]] = {}
    found: dict[str, Group] = {}
    for number, (name, shape) in zip(
        polygons.index, zip(polygons[column], polygons.geometry, strict=True), strict=True
    ):
        text = "" if name is None else str(name).strip()
        if text.lower() in _EMPTY:
            reason = "is empty; write whose the polygon is, or leave the polygon out"
            raise DataError(path.name, reason, row=number, key=column)
        group = party_named(text)
        found.setdefault(group.id, group)
        parts.setdefault(group.id, []).append(shape)
    areas: dict[str, shapely.Geometry] = {}
    for party_id, shapes in parts.items():
        before = shapely.union_all(list(areas.values()))
        areas[party_id] = areal(shapely.difference(shapely.union_all(shapes), before))
    how = f"{len(polygons)} polygons, whose by the column '{column}'"
    return Drawn(as_of, path.name, areas, "", found, how, digest)


def _digest(path: Path, holder: str | None, sides: tuple[str, str] | None) -> str:
    """Tell a file, with the table of a Shapefile, and how it is read from any other."""
    told = hashlib.sha256(repr((holder, sides)).encode())
    for ending in (path.suffix, *(() if path.suffix.lower() != ".shp" else (".dbf", ".DBF"))):
        part = path.with_suffix(ending)
        if part.is_file():
            told.update(part.read_bytes())
    return told.hexdigest()[:16]


def _unheard(polygons: gpd.GeoDataFrame) -> str:
    """Say what a file calls its polygons where that may tell whose they are."""
    columns = {c.lower(): c for c in polygons.columns if c != "geometry"}
    for likely in LIKELY:
        values = polygons[columns[likely]].dropna().astype(str) if likely in columns else ()
        names = list(dict.fromkeys(v for v in values if v.lower() not in _EMPTY))
        if 1 < len(names) <= MOST_SIDES and not _numbered(set(names)):
            column = columns[likely]
            return f", though '{column}' tells them apart ({', '.join(names)}): --holder {column}"
    return ""


def _numbered(values: set[str]) -> bool:
    """Whether the names are those that a program gives: Polygon 1, Polygon 2, Polygon."""
    return len({re.sub(r"[\d\W]+", "", value) for value in values}) == 1


def _column(name: str, polygons: gpd.GeoDataFrame, asked: str | None) -> str:
    """Find the column that says whose a polygon is."""
    columns = [c for c in polygons.columns if c != "geometry"]
    same: dict[str, str] = {column.lower(): column for column in columns}
    if asked is not None:
        if asked.lower() not in same:
            message = f"{name} has no column '{asked}'; there are {', '.join(columns)}"
            raise RequestError(message)
        return same[asked.lower()]
    for likely in LIKELY:
        values = set(polygons[same[likely]].dropna().astype(str)) if likely in same else set()
        if 1 < len(values) <= MOST_SIDES and not _numbered(values):
            return same[likely]
    message = (
        f"{name} does not say whose its {len(polygons)} polygons are: give --as PARTY:REST, "
        f"such as RU:UA, or --holder COLUMN, one of {', '.join(columns)}"
    )
    raise RequestError(message)
