from .basemap import Region, Water
from .bundled import BUNDLED, bundled
from .new import new_theatre
from .post import Post
from .theatre_data import Seeds, read_seeds

__all__ = ["BUNDLED", "Post", "Region", "Seeds", "Water", "bundled", "new_theatre", "read_seeds"]
