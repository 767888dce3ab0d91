from .excel import sheet_rows
from .opened import csv_rows, first_bytes, load_json, opened, text_lines
from .parquet import FETCHED, connected, csv_to_parquet, source_of, table_rows
from .replace import replace_file
from .rows import Row, read_table

__all__ = [
    "FETCHED",
    "Row",
    "connected",
    "csv_rows",
    "csv_to_parquet",
    "first_bytes",
    "load_json",
    "opened",
    "read_table",
    "replace_file",
    "sheet_rows",
    "source_of",
    "table_rows",
    "text_lines",
]
