"""Tables too large to be reviewed row by row: Parquet, read and written by DuckDB.

DuckDB is an optional dependency (`pip install 'geoline[large]'`). It sorts on disk what does not
fit into memory.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geoline.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["connected", "csv_to_parquet", "source_of", "table_rows"]

FETCHED = 50_000
MEMORY = "1GB"
# Everything that DuckDB would otherwise guess from the first rows.
_CSV = (
    ", header=true, all_varchar=true, union_by_name=true, delim=',', quote='\"', escape='\"', "
    "comment='', nullstr='', parallel=false, null_padding=false, strict_mode=true, "
    "max_line_size=33554432, encoding='utf-8'"
)

_CSV_ENDINGS = (".csv", ".part")
_BLOCK = 1 << 20


@contextmanager
def connected(*, threads: int | None = None, spill: Path | None = None) -> Iterator[Any]:
    """Connect to a DuckDB in memory.

    Parameters
    ----------
    threads
        How many it may use; None for all cores.
    spill
        Folder for what does not fit into memory.

    Raises
    ------
    RequestError
        If DuckDB is not installed, or cannot carry out what it is asked.
    """
    try:
        import duckdb  # noqa: PLC0415  (an optional dependency)
    except ImportError:
        message = "tables of this size need DuckDB: pip install 'geoline[large]'"
        raise RequestError(message) from None
    settings: dict[str, Any] = {"memory_limit": MEMORY, "preserve_insertion_order": "false"}
    if threads:
        settings["threads"] = threads
    if spill:
        settings["temp_directory"] = str(spill)
    with duckdb.connect(config=settings) as connection:
        # It would be drawn on standard output, among the answers.
        connection.execute("SET enable_progress_bar = false")
        try:
            yield connection
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            message = f"DuckDB cannot read or write the tables: {reason}"
            raise RequestError(message) from None


def source_of(paths: Sequence[Path], *, ordered: bool = True) -> str:
    """Give the SQL that reads tables as one; every cell is text, and missing columns are empty.

    Parameters
    ----------
    paths
        CSV and Parquet tables.
    ordered
        Whether the rows have to come in their order; else several threads read a CSV table that
        has no quotation mark, in which a line is a row.
    """
    parts = []
    plain = not ordered and not any(_quotes(p) for p in paths if p.suffix in _CSV_ENDINGS)
    csv = _CSV.replace("parallel=false", "parallel=true") if plain else _CSV
    for suffixes, reader, options in (
        (_CSV_ENDINGS, "read_csv", csv),
        ((".parquet",), "read_parquet", ", union_by_name=true"),
    ):
        names = [str(p).replace("'", "''") for p in paths if p.suffix in suffixes]
        if names:
            listed = ", ".join(f"'{name}'" for name in names)
            parts.append(f"SELECT * FROM {reader}([{listed}]{options})")
    return "(" + " UNION ALL BY NAME ".join(parts) + ")"


def _quotes(path: Path) -> bool:
    """Whether there is a quotation mark in a file."""
    with path.open("rb") as file:
        return any(b'"' in block for block in iter(lambda: file.read(_BLOCK), b""))


def table_rows(path: Path) -> Iterator[dict[str, str]]:
    """Give the rows of a Parquet table as cells of text."""
    with connected() as connection:
        answer = connection.execute(f"SELECT * FROM {source_of([path])}")
        names = [column[0] for column in answer.description]
        while rows := answer.fetchmany(FETCHED):
            for row in rows:
                yield {
                    name: "" if cell is None else str(cell)
                    for name, cell in zip(names, row, strict=True)
                }


def csv_to_parquet(source: Path, target: Path) -> None:
    """Write a Parquet table with the rows of a CSV table, all cells as text."""
    name = str(target).replace("'", "''")
    with connected() as connection:
        connection.execute(  # a path
            f"COPY (SELECT * FROM {source_of([source])}) TO '{name}' (FORMAT parquet)"
        )
