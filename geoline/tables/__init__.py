"""Tables as people keep them: rows that know their file, number and key.

A file of CSV, JSON or Parquet, plain or packed, comes in; rows go out, and a table or any other
file is written whole or not at all. It imports days and errors.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
