from .change_table import ChangeTable
from .changes import Changes, area_gains
from .chronology import Chronology, Happened, RoadTurn, Taken, weights_of_places
from .citation import citation, grade, known_text, latest_published, sources_of_changes
from .day_sentence import (
    SENTENCE_WORDS,
    Statement,
    Wording,
    day_sentence,
    day_sentences,
    english,
    statements,
    told_of_days,
)
from .days_drawn import draw_days
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
    "SENTENCE_WORDS",
    "WITHDRAWN",
    "ChangeTable",
    "Changes",
    "Chronology",
    "Happened",
    "HighwayStatus",
    "PlaceOnRoad",
    "PostReport",
    "PostStatus",
    "RoadStatement",
    "RoadTurn",
    "Situation",
    "Statement",
    "Stretch",
    "Taken",
    "TheatreAsKnown",
    "Wording",
    "area_gains",
    "citation",
    "colors_of",
    "day_sentence",
    "day_sentences",
    "draw_days",
    "english",
    "event_counts",
    "event_table",
    "grade",
    "known_text",
    "latest_published",
    "sources_of_changes",
    "statements",
    "theatre_html",
    "told_of_days",
    "weights_of_places",
]
