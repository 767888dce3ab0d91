from .course import read_courses
from .curve import curved_course
from .highway import TOWNS, Course, Highway, Leg, WayPoint, side_of

__all__ = [
    "TOWNS",
    "Course",
    "Highway",
    "Leg",
    "WayPoint",
    "curved_course",
    "read_courses",
    "side_of",
]
