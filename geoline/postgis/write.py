"""Write a theatre and days of it to PostGIS, in one step that happens whole or not at all.

The theatre's own rows become those of its folder; the days asked become what the map says of them
now, other days stay. So a run may be repeated, and two runs at once follow each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geoline.errors import RequestError
from geoline.export import LAYER_NAMES, export_of
from geoline.postgis.address import Address
from geoline.postgis.connection import LAYOUT, check_layout, connected, in_schema, make_tables
from geoline.postgis.copying import (
    SpellTexts,
    copy_layer,
    copy_spells,
    delete_others,
    replace_rows,
)
from geoline.postgis.theatre_rows import TABLES, theatre_tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from psycopg import Connection, Cursor

    from geoline.situation import TheatreAsKnown

__all__ = ["PostgisWritten", "postgis_answer", "write_postgis"]

# The layer of places has a table of its own form: their positions stand in the gazetteer.
_PLACES, _PLACE_DAYS = "places", "place_days"
# Layers whose features have no key, so that they are numbered.
_NUMBERED = frozenset({"changes", "highways", "posts"})
# Keys of the table with a row a place and day. They are checked at once where most of it is new:
# row by row that takes several times as long as the rows themselves.
_KEYS = """
ALTER TABLE place_days ADD CONSTRAINT place_days_pkey PRIMARY KEY (place_id, day);
ALTER TABLE place_days ADD CONSTRAINT place_days_day FOREIGN KEY (day) REFERENCES days;
ALTER TABLE place_days ADD CONSTRAINT place_days_place
  FOREIGN KEY (place_id) REFERENCES gazetteer ON DELETE CASCADE;
ALTER TABLE place_days ADD CONSTRAINT place_days_holder FOREIGN KEY (holder) REFERENCES holders;
CREATE INDEX place_days_by_day ON place_days (day)"""
_NO_KEYS = """
ALTER TABLE place_days DROP CONSTRAINT IF EXISTS place_days_pkey,
  DROP CONSTRAINT IF EXISTS place_days_day, DROP CONSTRAINT IF EXISTS place_days_place,
  DROP CONSTRAINT IF EXISTS place_days_holder;
DROP INDEX IF EXISTS place_days_by_day"""
# Held until the end of a run, so that two follow each other; any number that is geoline's own.
_LOCK = 7_368_414_105


@dataclass(kw_only=True, slots=True)
class PostgisWritten:
    """What an export wrote.

    Parameters
    ----------
    schema
        Where.
    layers
        Features of the days asked, by layer.
    theatre
        Rows of the theatre itself, by table.
    gone
        Rows that the database had of the theatre and its folder has not, by table.
    """

    schema: str
    layers: dict[str, int] = field(default_factory=dict)
    theatre: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)


def write_postgis(  # noqa: PLR0913, PLR0917  (as `write_export`, and the folder)
    address: Address,
    as_known: TheatreAsKnown,
    folder: Path,
    first: date,
    last: date,
    only: str = "",
) -> PostgisWritten:
    """Write a theatre and its days from the first to the last to a schema of a database.

    Parameters
    ----------
    address
        The schema; it is made if the address names one that is not there.
    as_known
        The theatre as known by some day. Its claims are written all, each with the day on which it
        was published; the days are those of that knowledge.
    folder
        That the theatre was read from.
    first, last
        Both included.
    only
        The one layer wanted, of `geoline.export.LAYER_NAMES`; empty for all.

    Raises
    ------
    RequestError
        If the database cannot be reached or refuses, has no PostGIS, or the schema holds another
        theatre or what geoline did not write; or a day is outside the theatre. The database is then
        as it was.
    """
    if last < first:
        message = f"{last} is before {first}; give the earlier day first"
        raise RequestError(message)
    if only and only not in LAYER_NAMES:
        message = f"there is no layer '{only}'; choose of {', '.join(LAYER_NAMES)}"
        raise RequestError(message)
    days = [day for day in as_known.theatre.days if first <= day <= last]
    with connected(address) as connection:
        schema, cursor = _ready(connection, address, as_known.theatre.id)
        written = PostgisWritten(schema=schema)
        _write_theatre(cursor, as_known, folder, written)
        wanted = [only] if only else list(LAYER_NAMES)
        _clear(cursor, [_PLACE_DAYS if name == _PLACES else name for name in wanted], days)
        many = _PLACES in wanted and _mostly_new(cursor, len(days) * len(as_known.spells))
        if many:
            cursor.execute(_NO_KEYS)
        texts = SpellTexts()
        for day in days:
            _write_day(cursor, as_known, day, wanted, written)
            if _PLACES in wanted:
                spells = as_known.spells_on(day)
                copy_spells(cursor, day, spells, texts)
                written.layers[_PLACES] = written.layers.get(_PLACES, 0) + len(spells)
        if many:
            cursor.execute(_KEYS)
    with connected(address) as connection:  # what the planner and QGIS go by
        in_schema(connection, address)
        connection.execute("ANALYZE gazetteer, claims, place_days, areas, front, band")
    return written


def postgis_answer(  # noqa: PLR0913, PLR0917  (as `write_postgis`)
    text: str,
    as_known: TheatreAsKnown,
    folder: Path,
    first: date,
    last: date,
    only: str = "",
) -> dict[str, Any]:
    """Write the theatre and its days, and say what is there, as plain data."""
    address = Address.of(text)
    written = write_postgis(address, as_known, folder, first, last, only)
    return {
        "file": address.shown,
        "schema": written.schema,
        "theatre": as_known.theatre.id,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "known_on": as_known.known.isoformat() if as_known.known else None,
        "layers": written.layers,
        "tables": written.theatre,
        "gone": {name: count for name, count in written.gone.items() if count},
    }


def _ready(
    connection: Connection[tuple[Any, ...]], address: Address, theatre: str
) -> tuple[str, Cursor[tuple[Any, ...]]]:
    """Make the schema and its tables, if they are not there, and let nobody else write."""
    from psycopg import sql  # noqa: PLC0415  (an extra)

    cursor = connection.cursor()
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    schema = in_schema(connection, address)
    there = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
    if cursor.execute(there, (schema,)).fetchone() is None:
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    held = check_layout(cursor, schema, address)
    if held is None:
        make_tables(cursor)
        cursor.execute(_KEYS)
    elif held != theatre:
        message = (
            f"schema '{schema}' holds the theatre '{held}', not '{theatre}'; name another: "
            f"{address.shown.partition('?')[0]}?schema=NAME"
        )
        raise RequestError(message)
    return schema, cursor


def _write_theatre(
    cursor: Cursor[Any], as_known: TheatreAsKnown, folder: Path, written: PostgisWritten
) -> None:
    """Let the theatre's own rows be those of its folder."""
    rows = theatre_tables(as_known.theatre, folder, LAYOUT)
    for table in TABLES:
        replace_rows(cursor, table.name, table.key, table.columns, rows[table.name])
        count = cursor.execute(f"SELECT count(*) FROM new_{table.name}").fetchone()
        written.theatre[table.name] = int(count[0]) if count else 0
    for table in reversed(TABLES):
        if table.name != "holders":  # days of earlier exports may speak of them
            written.gone[table.name] = delete_others(cursor, table.name, table.key)


def _clear(cursor: Cursor[Any], tables: Iterable[str], days: Sequence[date]) -> None:
    """Take the days out of tables."""
    from psycopg import sql  # noqa: PLC0415  (an extra)

    for table in tables:
        statement = sql.SQL("DELETE FROM {} WHERE day BETWEEN %s AND %s")
        cursor.execute(statement.format(sql.Identifier(table)), (days[0], days[-1]))


def _mostly_new(cursor: Cursor[Any], count: int) -> bool:
    """Whether so many rows are as many as the table of places and days has."""
    query = "SELECT 1 FROM place_days OFFSET %s LIMIT 1"
    return cursor.execute(query, (count,)).fetchone() is None


def _write_day(
    cursor: Cursor[Any],
    as_known: TheatreAsKnown,
    day: date,
    wanted: Collection[str],
    written: PostgisWritten,
) -> None:
    """Write a day, and its layers but the places."""
    export = export_of(as_known, day, day, frozenset(wanted) - {_PLACES})
    cursor.execute(
        "INSERT INTO days (day, known_on, known, note) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (day) DO UPDATE SET known_on = excluded.known_on, known = excluded.known, "
        "note = excluded.note",
        (day, as_known.shown_by, export.known, export.note or None),
    )
    for layer in export.layers:
        columns = (*layer.columns, "geom")
        copy_layer(cursor, layer, layer.name, columns, numbered=layer.name in _NUMBERED)
        written.layers[layer.name] = written.layers.get(layer.name, 0) + len(layer)
