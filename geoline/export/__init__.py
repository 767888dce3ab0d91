"""A day or a span of days for GIS and print.

The theatre as known and days come in; one file in the format of its extension goes out, whole or
not at all. It imports the situation and the theatre's folder.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
