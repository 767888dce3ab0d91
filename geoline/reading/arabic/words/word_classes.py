"""The classes of Arabic words of reports on fighting, written as `plain_arabic` gives them.

The words stand in `classes.toml`, with what each class is.
"""

from __future__ import annotations

from geoline.reading.shared.tokens import plain_arabic
from geoline.reading.shared.word_lists import word_lists

__all__ = [
    "ABLE",
    "AGENCIES",
    "AIMS",
    "ALL",
    "AMONG_THEM",
    "ATTACKED",
    "ATTACKS",
    "BECOMING",
    "BEFORE_SCENE",
    "BREAKS",
    "BY_NOW",
    "CAME",
    "CLOCK",
    "COMMAS",
    "COMPOUNDS",
    "CONDITIONS",
    "CONNECTORS",
    "COUNTS",
    "CUTTING",
    "DENIED",
    "DOUBTS",
    "ENTERING",
    "FULLY",
    "HANDS",
    "INCLUDING",
    "IN_FAVOUR",
    "IN_HAND",
    "KNOWN",
    "LASTING",
    "LISTS",
    "MANAGED",
    "MEN",
    "NAMELY",
    "NEGATED",
    "NOT",
    "NOT_PLACES",
    "OF_CONTROL",
    "OF_NO_PEOPLE",
    "OF_POSTS",
    "OPENING",
    "OUT",
    "OUT_OF_IT",
    "OVER",
    "OVER_IT",
    "PARTS",
    "PLACE_MEANT",
    "PLACE_TYPES",
    "POSTS",
    "PREPOSITIONS",
    "REGIONS",
    "RELATIVE",
    "REPELLING",
    "ROADS",
    "SAYING",
    "STOPS",
    "THAT",
    "TOPICS",
    "TROOPS",
    "VILLAGES",
]

_LISTS = word_lists(__file__, "classes.toml")
COMMAS = frozenset("،,")


def _class(name: str) -> frozenset[str]:
    return frozenset(map(plain_arabic, _LISTS[name].split()))


def _pronouns(name: str, preposition: str) -> dict[str, str]:
    """Give the pronoun of each word that a preposition is written together with one."""
    return {plain_arabic(word): word.removeprefix(preposition) for word in _LISTS[name].split()}


PLACE_TYPES = _class("place_types")
ALL = _class("all")
FULLY = _class("fully")
PARTS = _class("parts")
NOT_PLACES = _class("not_places")
REGIONS = _class("regions")
CONNECTORS = _class("connectors")
COUNTS = _class("counts")
COMPOUNDS = _class("compounds")
OVER = _class("over")
PREPOSITIONS = _class("prepositions")
RELATIVE = _class("relative")
BREAKS = _class("breaks")
THAT = _class("that")
NEGATED = _class("negated")
DENIED = _class("denied")
CONDITIONS = _class("conditions")
AIMS = _class("aims")
MANAGED = _class("managed")
BECOMING = _class("becoming")
LASTING = _class("lasting")
AGENCIES = _class("agencies")
DOUBTS = _class("doubts")
SAYING = _class("saying")
INCLUDING = _class("including")
HANDS = _class("hands")
TROOPS = _class("troops")
OF_CONTROL = _class("of_control")
IN_HAND = _class("in_hand")
POSTS = _class("posts")
OF_POSTS = _class("of_posts")
CLOCK = _class("clock")
OUT = _class("out")
CAME = _class("came")
NOT = _class("not")
ABLE = _class("able")
MEN = _class("men")
AMONG_THEM = _class("among_them")
LISTS = _class("lists")
NAMELY = _class("namely")
VILLAGES = _class("villages")
BY_NOW = _class("by_now")
BEFORE_SCENE = _class("before_scene")
ENTERING = _class("entering")
IN_FAVOUR = _class("in_favour")
TOPICS = _class("topics")
ATTACKED = _class("attacked")
ATTACKS = _class("attacks")
CUTTING = _class("cutting")
OPENING = _class("opening")
REPELLING = _class("repelling")
ROADS = _class("roads")
OF_NO_PEOPLE = _class("of_no_people")
PLACE_MEANT = {
    **dict.fromkeys(_class("meant_one"), "one"),
    **dict.fromkeys(_class("meant_many"), "many"),
}
OVER_IT = _pronouns("over_it", "علي")
OUT_OF_IT = _pronouns("of_it", "من") | _pronouns("from_it", "عن")
STOPS = PREPOSITIONS | RELATIVE | BREAKS | _class("stops")
# Every word of a class that a sentence is cut by: no name of a place.
KNOWN = frozenset[str]().union(
    PLACE_MEANT, OVER_IT, OUT_OF_IT, PLACE_TYPES, ALL, FULLY, PARTS, NOT_PLACES, REGIONS,
    CONNECTORS, COUNTS, OVER, STOPS, THAT, NEGATED, DENIED, CONDITIONS, AIMS, MANAGED, BECOMING,
    LASTING, DOUBTS, SAYING, HANDS, TROOPS, CLOCK, INCLUDING,
)  # fmt: skip
