"""Every day as one HTML page.

The theatre as known comes in; one file goes out that asks nothing of any host. It imports what
comes before it, but reading.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
