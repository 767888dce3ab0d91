"""A theatre's folder, read and checked.

A folder of TOML, CSV and GeoJSON comes in; `TheatreData` goes out, or an error that names file, row
and key. It imports tables, the gazetteer, highways, claims and control.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
