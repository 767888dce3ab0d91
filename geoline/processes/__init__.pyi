from .cluster import connected, over_cluster
from .helpers import cores, with_helpers

__all__ = ["connected", "cores", "over_cluster", "with_helpers"]
