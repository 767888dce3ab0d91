"""Datasets and own rows into a theatre's ledger.

An export of ACLED, UCDP GED or VIINA, or own claims, come in; new rows of the ledger go out, whole
or not at all, and every row set aside is told. It imports the theatre's folder, the gazetteer,
claims and tables.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
