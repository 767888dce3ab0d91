"""A theatre on a day, as known on any day.

The theatre's data and a day come in; places, areas, roads, posts, pockets and what changed go out.
It imports everything from the gazetteer to the theatre's folder, but not reading.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
