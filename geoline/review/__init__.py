"""The desk: what reports claim, for a person to decide before the ledger takes it.

A table of claims and the reports it was read from come in; one HTML page goes out that asks nothing
of any host, and whose answer is the table that `ingest` takes. It imports what comes before it, but
checking and the situation.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
