"""geoline: from contradicting press reports to a front-line map that can be defended.

Examples
--------
>>> import geoline
>>> theatre = geoline.load_theatre()
>>> theatre.gazetteer.resolve("Maaret Al Numan").candidates[0].name
'Maarrat al-Numan'
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]
