"""The live map and the desk of a notebook.

The theatre as known, or claims to review, come in; a widget goes out. It imports the situation, the
review and what `_repr_html_` is made of.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
