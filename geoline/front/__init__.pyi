from .field import KERNEL_FROM_LAST_LINE
from .given import WGS84
from .ground import Ground, equal_area_crs
from .line import FrontLine, draw, draw_band, front_line, nothing_drawn
from .timing import Timing

__all__ = [
    "KERNEL_FROM_LAST_LINE",
    "WGS84",
    "FrontLine",
    "Ground",
    "Timing",
    "draw",
    "draw_band",
    "equal_area_crs",
    "front_line",
    "nothing_drawn",
]
