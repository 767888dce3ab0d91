from .course import read_courses
from .highway import GEOD, TOWNS, Highway, Leg, WayPoint, side_of

__all__ = ["GEOD", "TOWNS", "Highway", "Leg", "WayPoint", "read_courses", "side_of"]
