"""A server for the tests of a run, and a database of its own for each test."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.postgis.server import USER, find_postgis, server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBERS = count()


@pytest.fixture(scope="session")
def socket() -> Iterator[Path]:
    """Folder of the socket of a server; without PostGIS no test comes here."""
    programs = find_postgis()
    assert programs
    with server(programs, "fsync=off", "shared_buffers=32MB", "max_connections=20") as folder:
        with _admin(folder, "template1") as connection:
            connection.execute("CREATE EXTENSION postgis")
        yield folder


@pytest.fixture
def database(socket: Path) -> str:
    """Address of an empty database with PostGIS."""
    name = f"war{next(NUMBERS)}"
    with _admin(socket, "postgres") as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://{USER}@/{name}?host={socket}"


def _admin(socket: Path, name: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=str(socket), user=USER, dbname=name, autocommit=True)
