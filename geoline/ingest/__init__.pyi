from .claim_intake import FORMATS
from .into_ledger import Ingested, ingest, write_report

__all__ = ["FORMATS", "Ingested", "ingest", "write_report"]
