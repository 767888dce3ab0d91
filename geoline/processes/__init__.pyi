from .cluster import connected, local_cluster, over_cluster
from .helpers import cores, with_helpers
from .watch import Watch, unwatched

__all__ = [
    "Watch",
    "connected",
    "cores",
    "local_cluster",
    "over_cluster",
    "unwatched",
    "with_helpers",
]
