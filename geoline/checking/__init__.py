"""Published figures held against the map.

A table of figures comes in; a verdict for each goes out, with its reason. It imports what comes
before it; of reading, the days in words.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
