"""Who held a place on which day.

Claims about a place and who held it on the eve come in; spells go out, each with holder, confidence
and reasons. It imports claims and tables, and is pure: no clock, no files but a ledger's own.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
