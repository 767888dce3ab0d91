"""A name as it is written, and which listed names it may be.

A spelling in any script comes in; its skeleton, its readings and the listed spellings near it, each
with what the difference is worth, go out. It imports the cache and processes.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
