from .drawing import Drawing, HeldAreas, band_table
from .field import KERNEL_FROM_LAST_LINE
from .ground import Ground
from .line import FrontLine, draw, draw_band, front_line, nothing_drawn
from .projection import WGS84, equal_area, equal_area_crs, reprojected
from .timing import Timing

__all__ = [
    "KERNEL_FROM_LAST_LINE",
    "WGS84",
    "Drawing",
    "FrontLine",
    "Ground",
    "HeldAreas",
    "Timing",
    "band_table",
    "draw",
    "draw_band",
    "equal_area",
    "equal_area_crs",
    "front_line",
    "nothing_drawn",
    "reprojected",
]
