"""Places, and names resolved to them.

Records of places come in; a name in any spelling goes out as resolved, ambiguous or unknown, with
candidates and what each is worth. It imports names, tables and what `_repr_html_` is made of.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
