from .digest import code_digest, digest
from .folder import cache_folder
from .store import NO_STORE, Gathered, Gathering, Kept, Store

__all__ = [
    "NO_STORE",
    "Gathered",
    "Gathering",
    "Kept",
    "Store",
    "cache_folder",
    "code_digest",
    "digest",
]
