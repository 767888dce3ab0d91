"""Report files into a table of claims that people edit.

Files and folders of reports come in; a table of claims goes out, resumed where a run ended, over a
cluster if wanted. It imports reading, the theatre's folder, claims and tables.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
