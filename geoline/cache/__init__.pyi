from .digest import code_digest, digest
from .folder import cache_folder
from .store import NO_STORE, Kept, Store

__all__ = ["NO_STORE", "Kept", "Store", "cache_folder", "code_digest", "digest"]
