"""The countries and lakes of the world, in one small file that ships with geoline.

A code or name comes in; a country's land, its neighbours and the lakes of a box go out, degrees in
EPSG:4326. It imports errors alone.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
