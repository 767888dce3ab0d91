from .field import MOVED
from .ground import WGS84, Ground, equal_area_crs
from .line import FrontLine, draw, draw_band, front_line, nothing_drawn

__all__ = [
    "MOVED",
    "WGS84",
    "FrontLine",
    "Ground",
    "draw",
    "draw_band",
    "equal_area_crs",
    "front_line",
    "nothing_drawn",
]
