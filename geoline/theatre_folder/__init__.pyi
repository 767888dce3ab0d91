from .basemap import Region, Water
from .bundled import BUNDLED, bundled
from .kept import kept_theatre
from .last_known import LastKnownAreas, last_known_file
from .new import new_theatre
from .outputs import check_output
from .polygons import POLYGON_FILES, areal, read_polygons
from .post import Post
from .theatre_data import TheatreData, held_back, read_theatre_folder
from .theatre_tables import BASELINE_COLUMNS, POST_COLUMNS
from .theatre_toml import FARTHEST_NORTH, WIDEST_FRAME, TheatreFile

__all__ = [
    "BASELINE_COLUMNS",
    "BUNDLED",
    "FARTHEST_NORTH",
    "POLYGON_FILES",
    "POST_COLUMNS",
    "WIDEST_FRAME",
    "LastKnownAreas",
    "Post",
    "Region",
    "TheatreData",
    "TheatreFile",
    "Water",
    "areal",
    "bundled",
    "check_output",
    "held_back",
    "kept_theatre",
    "last_known_file",
    "new_theatre",
    "read_polygons",
    "read_theatre_folder",
]
