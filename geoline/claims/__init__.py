"""What sources said, and what of it is in force.

The tables of claims and sources come in; claims go out, and those in force as known on a day. It
imports tables and days.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
