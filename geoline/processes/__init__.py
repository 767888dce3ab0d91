"""One function asked of many parts, by processes of this machine or by the workers of a cluster.

What every process holds and the parts come in, the answers go out as they are ready; what a process
that was ended had begun is done by another. It imports only the ground, and knows no theatre.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
