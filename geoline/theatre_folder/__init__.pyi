from .basemap import Region, Water
from .bundled import BUNDLED, bundled
from .last_known import LastKnownAreas
from .new import new_theatre
from .outputs import check_output
from .polygons import POLYGON_FILES, areal, read_polygons
from .post import Post
from .theatre_data import TheatreData, held_back, read_theatre_folder
from .theatre_toml import FARTHEST_NORTH, WIDEST_FRAME

__all__ = [
    "BUNDLED",
    "FARTHEST_NORTH",
    "POLYGON_FILES",
    "WIDEST_FRAME",
    "LastKnownAreas",
    "Post",
    "Region",
    "TheatreData",
    "Water",
    "areal",
    "bundled",
    "check_output",
    "held_back",
    "new_theatre",
    "read_polygons",
    "read_theatre_folder",
]
