"""Place names in running text.

A text comes in; spans that name places of a gazetteer go out, each with its candidates and what
it is worth. It imports names and the gazetteer.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
