"""A gazetteer behind geopy.

A query as geopy takes it comes in; a geopy location goes out, of the gazetteer's own places or, if
it was asked for, of an online geocoder whose answers are kept. It imports the gazetteer.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
