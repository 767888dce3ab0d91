"""Gazetteers that users have, read into places.

A file of GeoNames, Who's On First, p-codes or Linked Places comes in; places go out, and beside
them every row that was set aside with the reason. It imports tables and the records of the
gazetteer.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
