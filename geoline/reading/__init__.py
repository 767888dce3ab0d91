"""A report read into claims, by rules.

The text of a report and its day of publication come in; claims go out, each with the words it rests
on and the rule that read it. It imports names, the gazetteer and claims, opens no file and knows no
theatre.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
