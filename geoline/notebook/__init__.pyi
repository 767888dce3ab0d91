from .desk_widget import DeskWidget
from .live_map import MapWidget

__all__ = ["DeskWidget", "MapWidget"]
