"""A theatre's folder from the files that people have.

Countries, listings of places, conflict data and a last known line come in; a folder that can be
drawn as it is goes out, with a note of what came from where and what was guessed. It imports the
theatre's folder, ingest, the gazetteer, claims and tables.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
