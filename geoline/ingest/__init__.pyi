from .claim_intake import DATASETS, FORMATS, Dataset
from .dataset_file import file_rows
from .event import DatasetEvent
from .into_ledger import Ingested, check_header, ingest, write_report

__all__ = [
    "DATASETS",
    "FORMATS",
    "Dataset",
    "DatasetEvent",
    "Ingested",
    "check_header",
    "file_rows",
    "ingest",
    "write_report",
]
