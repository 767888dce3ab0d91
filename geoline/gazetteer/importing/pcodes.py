"""Places from a table of p-codes (OCHA, Common Operational Datasets; MIMU), as CSV or XLSX.

The columns of these tables vary by country and year: admin4Name_en or ADM4_EN, admin4Pcode or
ADM4_PCODE, Latitude or LATITUDE_Y, and a table of populated places may call its own name and code
featureName and featurePcode. They are found by their pattern; what was not found is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.errors import DataError, RequestError
from geoline.gazetteer.importing.imported_rows import (
    Imported,
    ImportedRows,
    inhabitants,
    kind_by_population,
    point,
)
from geoline.names import without_administration
from geoline.tables import csv_rows, opened, sheet_rows, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["is_pcode_header", "read_pcodes"]

# Header cells are compared in lower case, letters and digits alone.
_UNIT_NAME = re.compile(
    r"adm(?:in)?(?P<level>\d)"
    r"(?:(?:name)?(?P<language>[a-z]{2})?|name\d|(?:alt|ref)(?:name)?\d?(?:[a-z]{2})?)"
)
# Units of MIMU's tables: SR_Pcode, District/SAZ_Name_Eng, Tsp_Pcode, Village_Tract_Name_Eng.
_OTHER_UNIT = re.compile(
    r"(?:sr|district(?:saz)?|saz|tsp|township|villagetract|wardvt)(?:pcode|name(?:eng)?)"
)
_UNIT_CODE = re.compile(r"adm(?:in)?(?P<level>\d)pcode")
_OWN = r"(?:ppl|feature|place|populatedplace|settlement|village|community|locality|town|site)?"
_OWN_NAME = re.compile(_OWN + r"(?:name|refname|altname\d?|namealt)(?P<language>[a-z]{2,3})?")
_OWN_CODE = re.compile(_OWN + r"pcode")
_LAT = re.compile(r"(?:center|centre|point|pt|dec)?(?:lat|latitude)(?:y|dd|wgs84)?|y|ycoord|pointy")
_LON = re.compile(
    r"(?:center|centre|point|pt|dec)?(?:lon|long|longitude)(?:x|dd|wgs84)?|x|xcoord|pointx"
)
_POPULATION = re.compile(r"(?:pop|population|poptotal|totalpop|totalpopulation)\d{0,4}")

# The level whose units are settlements where the table has no places of its own.
SETTLEMENTS = 4
# Radius in metres of a unit of which only the middle is known, by level.
EXTENT_M = {0: 300_000.0, 1: 60_000.0, 2: 20_000.0, 3: 10_000.0}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Columns:
    """Where things stand in a table: column numbers; names with their languages."""

    code: int
    names: tuple[tuple[str, int], ...]
    units: tuple[int, ...]
    lat: int
    lon: int
    population: int | None
    level: int | None


def is_pcode_header(header: Sequence[str]) -> bool:
    """Whether one of the columns holds p-codes."""
    return any(_UNIT_CODE.fullmatch(c) or _OWN_CODE.fullmatch(c) for c in map(_plain, header))


def read_pcodes(path: Path, *, level: int | None = None) -> Imported:
    """Read a table of p-codes.

    Parameters
    ----------
    path
        The table: CSV, its cells parted by commas, semicolons or tabs; or XLSX (`geoline[excel]`).
    level
        The administrative level whose units are the places; by default the table's own places, or
        else the deepest level that has names and codes.

    Returns
    -------
    Imported
        Places `ocha-…`, with the codes and names of the units they lie in as `admin`, widest first;
        `passed_over` counts the row of hashtags that some tables have.

    Raises
    ------
    DataError
        If the columns that are needed are not there.
    RequestError
        If the table does not have that level.
    """
    imported = ImportedRows(path.name)
    if path.suffix.lower() == ".xlsx":
        _take(imported, sheet_rows(path, is_pcode_header), level, decimal_comma=False)
        return imported.done()
    with opened(path) as file:
        lines = text_lines(file, path.name, imported.set_aside)
        first = next(lines, (1, ""))
        delimiter = max(",;\t", key=first[1].count)
        rows = csv_rows(
            (line for part in ((first,), lines) for line in part),
            path.name,
            imported.set_aside,
            delimiter=delimiter,
        )
        # Where semicolons part the cells, a comma parts the decimals.
        _take(imported, rows, level, decimal_comma=delimiter == ";")
    return imported.done()


def _take(
    imported: ImportedRows,
    rows: Iterator[tuple[int, list[str]]],
    level: int | None,
    *,
    decimal_comma: bool,
) -> None:
    header = next(rows, (1, []))[1]
    columns = _columns(imported.file, header, level)
    for row, cells in rows:
        if all(cell.startswith("#") for cell in cells if cell):
            imported.passed_over += 1
            continue
        exact = [c.replace(",", ".") for c in cells] if decimal_comma else cells
        try:
            _add(imported, row, header, cells, exact, columns)
        except DataError as error:
            imported.set_aside(error)


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cell.lower())


def _columns(file: str, header: Sequence[str], level: int | None) -> _Columns:
    plain = [_plain(cell) for cell in header]
    codes = _by_level(plain, _UNIT_CODE)
    names = _by_level(plain, _UNIT_NAME)
    own_codes = [n for n, cell in enumerate(plain) if _OWN_CODE.fullmatch(cell)]
    own_names = [
        (match["language"] or "", n)
        for n, cell in enumerate(plain)
        if (match := _OWN_NAME.fullmatch(cell))
    ]
    places: dict[str, int | None] = {}
    for what, pattern in (("latitude", _LAT), ("longitude", _LON), ("population", _POPULATION)):
        places[what] = next((n for n, cell in enumerate(plain) if pattern.fullmatch(cell)), None)
    levels = sorted(codes.keys() & names.keys())
    if level is not None and level not in levels:
        message = f"{file} has no names and p-codes of level {level}, but of {levels or 'none'}"
        raise RequestError(message)
    own = level is None and own_codes and own_names
    missing = [] if own or levels else ["a name with its p-code"]
    missing += [what for what in ("latitude", "longitude") if places[what] is None]
    lat, lon = places["latitude"], places["longitude"]
    if missing or lat is None or lon is None:
        reason = (
            f"no column found for {', '.join(missing)}; a table of p-codes with positions is "
            f"needed, its header has {', '.join(header)[:200] or 'nothing'}"
        )
        raise DataError(file, reason, row=1)
    others = [n for n, cell in enumerate(plain) if own and _OTHER_UNIT.fullmatch(cell)]
    deepest = None if own else (level if level is not None else levels[-1])
    return _Columns(
        code=own_codes[0] if deepest is None else codes[deepest][0][1],
        names=tuple(own_names if deepest is None else names[deepest]),
        units=tuple(
            column
            for part in (codes, names)
            for n in sorted(part)
            if deepest is None or n < deepest
            for _, column in part[n]
        )
        + tuple(others),
        lat=lat,
        lon=lon,
        population=places["population"],
        level=deepest,
    )


def _by_level(plain: Sequence[str], pattern: re.Pattern[str]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = {}
    for number, cell in enumerate(plain):
        if match := pattern.fullmatch(cell):
            language = match.groupdict().get("language") or ""
            found.setdefault(int(match["level"]), []).append((language, number))
    return found


def _add(  # noqa: PLR0913, PLR0917  (a row as written and as numbers, and where things stand in it)
    imported: ImportedRows,
    row: int,
    header: Sequence[str],
    cells: Sequence[str],
    exact: Sequence[str],
    columns: _Columns,
) -> None:
    """Add a row.

    Raises
    ------
    DataError
        If it cannot be used.
    """
    code = cells[columns.code]
    if not code:
        reason = "is empty; it is needed"
        raise DataError(imported.file, reason, row=row, key=header[columns.code])
    keys = header[columns.lat], header[columns.lon]
    lat, lon, radius = point(imported.file, row, exact[columns.lat], exact[columns.lon], keys=keys)
    written = [(language, cells[n]) for language, n in columns.names if cells[n]]
    name = _first(dict(reversed(written)), written)
    population = None if columns.population is None else inhabitants(exact[columns.population])
    extent = 0.0 if columns.level is None else EXTENT_M.get(columns.level, 0.0)
    # "A / B" gives two names of one place.
    parts = [part for _, text in written if "/" in text for part in text.split("/")]
    # "Lashio Town" is listed as Lashio too.
    parts += [bare for _, text in written if (bare := without_administration(text)) != text]
    imported.add(
        row,
        id=f"ocha-{code.lower()}",
        name=name,
        lat=lat,
        lon=lon,
        names=[text for text in (*(text for _, text in written), *parts) if text.strip()],
        name_ar=next((text for language, text in written if language == "ar"), ""),
        uncertainty_m=max(radius, extent),
        kind=(
            kind_by_population(population)
            if columns.level is None or columns.level >= SETTLEMENTS
            else "administrative unit"
        ),
        population=population,
        lookup=f"ocha:{code}",
        admin=tuple(dict.fromkeys(cells[n] for n in columns.units if cells[n])),
    )


def _first(by_language: Mapping[str, str], written: Sequence[tuple[str, str]]) -> str:
    """Choose what maps show: English, else a name without a language, else the first not Arabic."""
    others = [text for language, text in written if language != "ar"]
    return (
        by_language.get("en")
        or by_language.get("eng")
        or by_language.get("")
        or next(iter(others or [text for _, text in written]), "")
    )
