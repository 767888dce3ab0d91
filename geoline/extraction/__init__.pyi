from .claim_table import extract_answer
from .runs import Run, extractor_of, read_all
from .text import read_report, report_files
from .user_model import ReadsReports

__all__ = [
    "ReadsReports",
    "Run",
    "extract_answer",
    "extractor_of",
    "read_all",
    "read_report",
    "report_files",
]
