from .excel import sheet_rows
from .opened import csv_rows, first_bytes, load_json, opened, text_lines
from .parquet import FETCHED, connected, csv_to_parquet, source_of, table_rows
from .remote import fetched, file_names, is_remote, local_files, send_files, version_of
from .replace import alone, check_target, replace_file
from .rows import Row, read_table
from .written import LONGEST_CELL, as_said, csv_table, harmless

__all__ = [
    "FETCHED",
    "LONGEST_CELL",
    "Row",
    "alone",
    "as_said",
    "check_target",
    "connected",
    "csv_rows",
    "csv_table",
    "csv_to_parquet",
    "fetched",
    "file_names",
    "first_bytes",
    "harmless",
    "is_remote",
    "load_json",
    "local_files",
    "opened",
    "read_table",
    "replace_file",
    "send_files",
    "sheet_rows",
    "source_of",
    "table_rows",
    "text_lines",
    "version_of",
]
