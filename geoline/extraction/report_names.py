"""Where reports lie: files, folders, addresses of fsspec's, and rows of Parquet tables.

A report has a name by which any process finds it: a path, an address (`s3://bucket/a.html`), or a
row of a table (`texts/part-0.parquet#12`).
"""

from __future__ import annotations

import os
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geoline.dates import parse_day
from geoline.errors import DataError, GeolineError
from geoline.extraction.text import SUFFIXES, prose_of, read_report, report_files
from geoline.tables import fetched, file_names, is_remote, table_rows, version_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

__all__ = ["NamedReports", "Report", "report_names", "shown_name"]

TABLE = ".parquet"
_ROW = re.compile(rf"(.+{re.escape(TABLE)})#(\d+)", re.DOTALL)
# What a table of texts has: the text; the day of its publication, and what the report is called.
TEXT, PUBLISHED, NAME = "text", "published", "name"


class Report(NamedTuple):
    """A report: its text, what it is called, and the day of its publication if that is told."""

    text: str
    shown: str
    published: date | None = None


def report_names(named: Sequence[str]) -> list[str]:
    """Give the names of the reports in files, folders, addresses and tables, in their order.

    Raises
    ------
    DataError
        If there is no such file or folder.
    RequestError
        If there is nothing at an address.
    """
    suffixes = (*SUFFIXES, TABLE)
    found: list[str] = []
    for one in named:
        paths = (
            file_names(one, suffixes)
            if is_remote(one)
            else map(str, report_files([Path(one)], suffixes))
        )
        for path in paths:
            found += _reports_in(path) if path.endswith(TABLE) else [path]
    return found


def _reports_in(table: str) -> list[str]:
    """Name the rows of a table; one that cannot be read is named itself, to be set aside."""
    try:
        return [f"{table}#{n}" for n in range(1, len(_table(table, version_of(table))) + 1)]
    except GeolineError:
        return [table]


def shown_name(name: str) -> str:
    """Give what a report is called: its file's name, with the number of its row if it is one."""
    # A name that is no Unicode (of an old archive) is shown without what it lacks.
    return os.fsencode(Path(name).name).decode("utf-8", "replace")


class NamedReports:
    """Reads reports by their names; whether a table has changed is asked once."""

    def __init__(self) -> None:
        self._versions: dict[str, str] = {}

    def read(self, name: str) -> Report:
        """Read a report.

        Raises
        ------
        DataError
            If it is no text, too large, its day is none, or its table has fewer rows by now.
        RequestError
            If it cannot be fetched.
        """
        row = _ROW.fullmatch(name)
        if name.endswith(TABLE):
            _table(name, version_of(name))  # which says what is wrong
            raise DataError(shown_name(name), "could not be read before; run again")
        if row is None:
            with tempfile.TemporaryDirectory(prefix="geoline-report-") as scratch:
                return Report(read_report(fetched(name, Path(scratch))), shown_name(name))
        table, number = row[1], int(row[2])
        if table not in self._versions:
            self._versions[table] = version_of(table)
        rows = _table(table, self._versions[table])
        if number > len(rows):
            raise DataError(shown_name(table), f"has {len(rows)} rows by now", row=number)
        return _report_in(rows[number - 1], table, number)


def _report_in(cells: dict[str, str], table: str, number: int) -> Report:
    """Give the report of a row of a table."""
    shown = cells.get(NAME) or f"{shown_name(table)}#{number}"
    text = prose_of(cells[TEXT])
    told = cells.get(PUBLISHED, "")
    try:
        return Report(text, shown, parse_day(told[: len("2020-01-29")]) if told else None)
    except ValueError as error:
        raise DataError(shown_name(table), str(error), row=number, key=PUBLISHED) from None


@lru_cache(maxsize=1)
def _table(name: str, _version: str) -> list[dict[str, str]]:
    """Read a table of texts; it stays in memory while its reports are read.

    Raises
    ------
    DataError
        If it has no texts.
    RequestError
        If it cannot be fetched or read.
    """
    with tempfile.TemporaryDirectory(prefix="geoline-texts-") as scratch:
        path = fetched(name, Path(scratch))
        kept = (TEXT, PUBLISHED, NAME)
        rows = [{key: row[key] for key in kept if key in row} for row in table_rows(path)]
    if rows and TEXT not in rows[0]:
        raise DataError(shown_name(name), f"has no column '{TEXT}'; name the reports' texts so")
    return rows
