"""Relative phrases such as "20 km south of X", by the point-radius method.

A phrase comes in; a circle or a stretch of road goes out, with its uncertainty. It imports the
gazetteer and highways.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
