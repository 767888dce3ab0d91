"""What was computed once, kept in the user's cache folder by the content that it came from.

A digest of content comes in with what makes the answer, the answer goes out: kept, or made. It
imports only the ground, and knows nothing of what it keeps.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
