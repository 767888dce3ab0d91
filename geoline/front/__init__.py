"""From places with holders to areas, front line and band.

Points, their holders and the areas last known come in; polygons, lines and the band in which the
line may run go out. It knows no claim and imports errors alone.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
