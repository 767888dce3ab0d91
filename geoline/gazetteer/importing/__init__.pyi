from .geonames import read_geonames, world_towns
from .imported_rows import Imported, SetAside
from .linked_places import export_linked_places, read_linked_places
from .linked_places_table import read_linked_places_table
from .listings import read_listing
from .pcodes import read_pcodes
from .whosonfirst import read_whosonfirst

__all__ = [
    "Imported",
    "SetAside",
    "export_linked_places",
    "read_geonames",
    "read_linked_places",
    "read_linked_places_table",
    "read_listing",
    "read_pcodes",
    "read_whosonfirst",
    "world_towns",
]
