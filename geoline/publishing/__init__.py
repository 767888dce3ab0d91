"""A folder that any static host can publish: the page, and each day as data, card and entry.

The theatre as known comes in; files go out, and those that have not changed stay as they are. It
imports what comes before it, but reading.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
