from .course import read_courses
from .highway import TOWNS, Highway, Leg, WayPoint, side_of

__all__ = ["TOWNS", "Highway", "Leg", "WayPoint", "read_courses", "side_of"]
