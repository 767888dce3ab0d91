from .basemap import Region, Water
from .bundled import BUNDLED, bundled
from .new import new_theatre
from .outputs import check_output
from .post import Post
from .theatre_data import TheatreData, held_back, read_theatre_folder

__all__ = [
    "BUNDLED",
    "Post",
    "Region",
    "TheatreData",
    "Water",
    "bundled",
    "check_output",
    "held_back",
    "new_theatre",
    "read_theatre_folder",
]
