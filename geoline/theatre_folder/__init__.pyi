from .basemap import Region, Water
from .bundled import BUNDLED, bundled
from .files import check_output
from .new import new_theatre
from .post import Post
from .theatre_data import TheatreData, read_theatre_folder

__all__ = [
    "BUNDLED",
    "Post",
    "Region",
    "TheatreData",
    "Water",
    "bundled",
    "check_output",
    "new_theatre",
    "read_theatre_folder",
]
