from .cluster import connected, over_cluster
from .helpers import cores, with_helpers
from .watch import Watch, unwatched

__all__ = ["Watch", "connected", "cores", "over_cluster", "unwatched", "with_helpers"]
