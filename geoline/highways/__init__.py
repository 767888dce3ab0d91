"""Roads as measured lines.

Way-points or a course come in; kilometres, and what lies at which of them, go out. It imports
errors alone.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
