"""The folder of a theatre that stands in a database, for all that reads folders.

The tables become the files that a folder has, so that one reader checks both. The folder is of the
run alone and goes with it; what is to stay is edited in the database.
"""

from __future__ import annotations

import atexit
import csv
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geoline.claims import CLAIM_COLUMNS, DATASETS, MORE_COLUMNS, SOURCE_COLUMNS
from geoline.errors import DataError, RequestError
from geoline.postgis.address import Address
from geoline.postgis.connection import check_layout, connected, in_schema
from geoline.postgis.theatre_rows import COUNTRY
from geoline.tables import replace_file
from geoline.theatre_folder import BASELINE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from psycopg import Cursor

__all__ = ["checked_out", "fault_of_tables"]

_PLACES = (
    "id, name, name_ar, spellings, ST_Y(geom) AS lat, ST_X(geom) AS lon, uncertainty_m, kind, "
    "population, lookup, admin, note"
)
_ORDER = "ORDER BY number NULLS LAST"
# By file, the query that gives its rows, and the column that names one.
_TABLES = {
    "claims/claims.csv": (
        f"SELECT {', '.join((*CLAIM_COLUMNS, *MORE_COLUMNS))} FROM claims {_ORDER}, claim_id",
        "claims",
        "claim_id",
    ),
    "places.csv": (
        f"SELECT {_PLACES} FROM gazetteer WHERE reviewed {_ORDER}, id",
        "gazetteer",
        "id",
    ),
    "baseline.csv": (
        f"SELECT {', '.join(BASELINE_COLUMNS)} FROM baseline {_ORDER}, place_id",
        "baseline",
        "place_id",
    ),
    "sources.csv": (
        f"SELECT {', '.join(SOURCE_COLUMNS)} FROM sources {{}} {_ORDER}, id",
        "sources",
        "id",
    ),
}
# Says in a folder that is made of tables which they are.
_MARK = ".postgis"


def checked_out(text: str) -> Path:
    """Make the folder of a theatre out of the tables at an address.

    Parameters
    ----------
    text
        As `Address.of` reads it.

    Returns
    -------
    Path
        A folder that is removed when the run ends.

    Raises
    ------
    RequestError
        If the database cannot be reached, or no theatre is there.
    """
    address = Address.of(text)
    folder = Path(tempfile.mkdtemp(prefix="geoline-theatre-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with connected(address) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        schema, cursor = in_schema(connection, address), connection.cursor()
        if not check_layout(cursor, schema, address):
            message = (
                f"schema '{schema}' of {address.shown} holds no theatre; geoline export -o writes "
                "one there, ?schema=NAME names another"
            )
            raise RequestError(message)
        _write_files(cursor, folder)
    (folder / _MARK).write_text(f"{address.shown}, schema {schema}", encoding="utf-8")
    return folder


def _write_files(cursor: Cursor[Any], folder: Path) -> None:
    (folder / "areas").mkdir()
    (folder / "claims").mkdir()
    for name, content in cursor.execute("SELECT path, content FROM theatre_files").fetchall():
        if Path(name).name != name:  # somebody else's: nothing is written outside the folder
            reason = f"'{name}' is no name of a file"
            raise DataError("theatre_files", reason, key="path")
        replace_file(folder / name, content.encode())
    for name, (query, _, _) in _TABLES.items():
        _copy(cursor, query.format(_without_datasets(cursor)), folder / name)
    if cursor.execute("SELECT 1 FROM gazetteer WHERE NOT reviewed LIMIT 1").fetchone():
        (folder / COUNTRY).mkdir()
        country = f"SELECT {_PLACES} FROM gazetteer WHERE {{}} {_ORDER}, id"
        _copy(cursor, country.format("NOT reviewed"), folder / COUNTRY / "places.csv")
        _copy(cursor, country.format("false"), folder / COUNTRY / "areas.csv")
    for name, query, columns in (
        ("areas/governorates.geojson", _regions("governorate"), ("name", "name_ar")),
        ("areas/land.geojson", _regions("land"), ("name", "name_ar")),
        (
            "areas/water.geojson",
            "SELECT name, name_ar, kind, ST_AsBinary(geom) FROM water ORDER BY number",
            ("name", "name_ar", "kind"),
        ),
        (
            "baseline.geojson",
            "SELECT holder, as_of::text, source, ST_AsBinary(geom) FROM last_known ORDER BY number",
            ("holder", "as_of", "source"),
        ),
    ):
        rows = cursor.execute(query).fetchall()
        if rows or query.endswith("number, name"):  # regions are needed, if only as an empty list
            replace_file(folder / name, _collection(rows, columns))


def _regions(kind: str) -> str:
    return (
        "SELECT name, name_ar, ST_AsBinary(geom) FROM regions "
        f"WHERE kind = '{kind}' ORDER BY number, name"
    )


def _without_datasets(cursor: Cursor[Any]) -> str:
    """Give the condition that leaves out the sources that every theatre has."""
    columns = ", ".join(SOURCE_COLUMNS)
    rows = cursor.execute(f"SELECT {columns} FROM sources").fetchall()
    known = {
        tuple(getattr(source, column) or None for column in SOURCE_COLUMNS)
        for source in DATASETS.values()
    }
    same = ", ".join(f"'{row[0]}'" for row in rows if tuple(row) in known)
    return f"WHERE id NOT IN ({same})" if same else ""


def _copy(cursor: Cursor[Any], query: str, target: Path) -> None:
    """Write the rows of a query as CSV."""
    with (
        target.open("wb") as file,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)") as copy,
    ):
        for block in copy:
            file.write(block)


def _collection(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> bytes:
    """Give rows, their geometry last, as GeoJSON; coordinates to the last digit."""
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(columns, row[:-1], strict=True)),
            "geometry": shapely.geometry.mapping(shapely.from_wkb(bytes(row[-1]))),
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def fault_of_tables(folder: Path, error: DataError) -> DataError:
    """Give what is wrong with a file of a folder as a fault of the table that it was made of.

    Of a folder that was not made by `checked_out` it is given as it is.
    """
    mark = folder / _MARK
    if not mark.exists():
        return error
    where = mark.read_text(encoding="utf-8")
    return DataError(f"{where}, {_place(folder, error)}", error.reason, key=error.key)


def _place(folder: Path, error: DataError) -> str:
    """Say in which table and row of the database a fault of a file is."""
    if error.file not in _TABLES or error.row is None:
        return f"'{error.file}'"
    _, table, key = _TABLES[error.file]
    with (folder / error.file).open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        for row in rows:
            if rows.line_num >= error.row:
                return f"table {table}, {key} '{row[key]}'"
    return f"table {table}"
