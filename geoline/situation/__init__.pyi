from .changes import Changes, ChangeTable, area_gains
from .events import EVENT_KINDS, event_counts, event_table
from .highway_status import HighwayStatus, PlaceOnRoad, Stretch
from .post_statements import PostReport
from .post_status import ENCIRCLED, NOT_YET, WITHDRAWN, PostStatus
from .road_statements import RoadStatement
from .situation import Situation, TheatreAsKnown
from .summary_html import colors_of, theatre_html

__all__ = [
    "ENCIRCLED",
    "EVENT_KINDS",
    "NOT_YET",
    "WITHDRAWN",
    "ChangeTable",
    "Changes",
    "HighwayStatus",
    "PlaceOnRoad",
    "PostReport",
    "PostStatus",
    "RoadStatement",
    "Situation",
    "Stretch",
    "TheatreAsKnown",
    "area_gains",
    "colors_of",
    "event_counts",
    "event_table",
    "theatre_html",
]
