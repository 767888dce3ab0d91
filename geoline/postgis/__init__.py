"""A theatre and its days in PostgreSQL with PostGIS.

The theatre as known and days come in, and tables of a database's schema go out; or the address of
such a schema comes in, and the theatre's folder goes out. It imports the export's layers, the
theatre's folder, claims, the gazetteer and tables.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
