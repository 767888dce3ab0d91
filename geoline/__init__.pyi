from .errors import CrsError, DataError, GeolineError, RequestError
from .front import FrontLine, front_line
from .gazetteer import Gazetteer, Resolution
from .theatre import Theatre, load_theatre

__version__: str

__all__ = [
    "CrsError",
    "DataError",
    "FrontLine",
    "Gazetteer",
    "GeolineError",
    "RequestError",
    "Resolution",
    "Theatre",
    "__version__",
    "front_line",
    "load_theatre",
]
