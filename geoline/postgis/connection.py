"""A connection to a schema, and what goes wrong with it in one line."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geoline.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection, Cursor

    from geoline.postgis.address import Address

__all__ = ["LAYOUT", "check_layout", "connected", "in_schema", "make_tables"]

# Of the tables in tables.sql; higher when they change.
LAYOUT = 1
TIMEOUT_S = "10"


@contextmanager
def connected(address: Address) -> Iterator[Connection[tuple[Any, ...]]]:
    """Connect to a database; all that is done is done at the end, or nothing.

    Raises
    ------
    RequestError
        If psycopg is not installed, there is no such server or database, or it refuses what it is
        asked.
    """
    try:
        import psycopg  # noqa: PLC0415  (an extra)
    except ImportError:
        message = "PostGIS needs psycopg: pip install 'geoline[postgis]'"
        raise RequestError(message) from None
    options = {} if "connect_timeout" in address.uri else {"connect_timeout": TIMEOUT_S}
    try:
        connection = psycopg.connect(address.uri, application_name="geoline", **options)  # type: ignore[arg-type]
    except psycopg.Error as error:
        why = address.told(str(error).partition("\nHINT")[0])
        message = f"cannot connect to {address.shown} ({why}); does the server run, who may enter?"
        raise RequestError(message) from None
    try:
        with connection:
            connection.execute("SET DateStyle = ISO; SET client_encoding = 'UTF8'")
            yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        why = address.told(error.diag.message_primary or str(error))
        message = f"{address.shown}: {why}; ask for the right, or name a schema of your own"
        raise RequestError(message) from None
    except psycopg.Error as error:
        said = " ".join(filter(None, (error.diag.message_primary, error.diag.message_detail)))
        message = f"{address.shown}: {address.told(said or str(error))}; nothing was written"
        raise RequestError(message) from None


def in_schema(connection: Connection[tuple[Any, ...]], address: Address) -> str:
    """Let names mean the tables of the address's schema, and give its name.

    Raises
    ------
    RequestError
        If the database has no PostGIS.
    """
    from psycopg import sql  # noqa: PLC0415  (an extra)

    cursor = connection.cursor()
    found = _one(
        cursor,
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
        "WHERE e.extname = 'postgis'",
    )
    if found is None:
        message = (
            f"{address.shown} has no PostGIS; its owner runs CREATE EXTENSION postgis in it once"
        )
        raise RequestError(message)
    schema = address.schema or str((_one(cursor, "SELECT current_schema()") or ("public",))[0])
    path = sql.SQL("SET LOCAL search_path TO {}, {}")
    cursor.execute(path.format(sql.Identifier(schema), sql.Identifier(str(found[0]))))
    return schema


def check_layout(cursor: Cursor[tuple[Any, ...]], schema: str, address: Address) -> str | None:
    """Give the id of the theatre in a schema; None if there is none.

    Raises
    ------
    RequestError
        If other programs' tables have the names of geoline's, or another version wrote them.
    """
    held = cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = %s AND c.relkind IN ('r', 'v', 'm', 'p', 'f') ORDER BY c.relname",
        (schema,),
    ).fetchall()
    there = {str(name) for (name,) in held} & _names()
    if not there:
        return None
    columns = cursor.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = %s AND table_name = 'theatre'",
        (schema,),
    ).fetchall()
    other = f"choose another schema, or a new one: {address.shown.partition('?')[0]}?schema=NAME"
    if there != _names() or ("layout",) not in columns:
        table = min(there - {"theatre"}, default="theatre")
        message = f"schema '{schema}' has a table '{table}' that geoline did not write; {other}"
        raise RequestError(message)
    row = _one(cursor, "SELECT id, layout FROM theatre")
    if row is None:
        return None
    if row[1] != LAYOUT:
        message = f"schema '{schema}' is of another version of geoline; {other}"
        raise RequestError(message)
    return str(row[0])


def make_tables(cursor: Cursor[tuple[Any, ...]]) -> None:
    """Make the tables of a theatre in the schema that names mean."""
    cursor.execute(_ddl())


def _ddl() -> str:
    return files("geoline.postgis").joinpath("tables.sql").read_text(encoding="utf-8")


def _names() -> set[str]:
    """Give the names of the tables and views."""
    words = _ddl().split("CREATE ")
    return {word.split()[1] for word in words if word.startswith(("TABLE ", "VIEW "))}


def _one(cursor: Cursor[tuple[Any, ...]], query: str) -> tuple[Any, ...] | None:
    return cursor.execute(query).fetchone()
