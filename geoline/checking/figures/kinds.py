"""What a published quantity in words counts or measures, and what no map of control can say."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["EVENTS", "UNITS", "Kind", "kind_of"]

Kind = Literal[
    "area", "area held", "places", "front distance", "distance", "bearing", "share", "road share",
    "posts", "post encircled", "road length", "road cut", "road held", "place changed",
    "place held", "posts in place", "front length", "other",
]  # fmt: skip

# Units of what is computed; days for events, which are compared by their day.
UNITS: dict[Kind, str] = {
    "area": "km²", "area held": "km²", "places": "places", "front distance": "km",
    "distance": "km", "bearing": "°", "share": "%", "road share": "%", "posts": "posts",
    "post encircled": "days", "road length": "km", "road cut": "days", "road held": "days",
    "place changed": "days", "place held": "days", "front length": "km",
    "posts in place": "posts",
}  # fmt: skip
EVENTS = frozenset(kind for kind, unit in UNITS.items() if unit == "days")

_TAKEN = (
    r"(?:re)?(?:taken|took|captur\w*|seiz\w*|gain\w*|conquer\w*|secured)|retak\w*|retook|los[st]\w*|"
    r"loss\w*|won\b|liberat\w*|overr[au]n|f[ae]ll\w*|changed|advance\w*|turned"
)
_HELD = r"held|holds?|holding|control\w*|under|remain\w*|hands|possess\w*|outside"
_ROAD = r"\b(?:highway|road|motorway|autostrad\w*|[a-z][- ]?\d{1,4}(?=[^|]*\|))\b"
_SETTLEMENT = (
    r"\b(?:villages?|towns?|places?|areas?|localit\w+|settlements?|hamlets?|sites?|points?|"
    r"communit\w+|cit(?:y|ies))\b"
)
_FRONT = (
    r"\b(?:front\w*|line of contact|contact lines?|army|forces?|troops|fighters|soldiers|"
    r"positions)\b"
)
_APART = r"\b(?:distance|from|away|within|off|near\w*|close)\b"
_POSTS = r"\b(?:out)?posts?\b|\bobservation points?\b|\bbases?\b|\bgarrisons?\b"
_SHUT_IN = (
    r"\b(?:encircl\w+|surrounded|besieged|behind|cut[- ]off|stranded|isolated|trapped|shut in|"
    r"inside|hemmed in|under siege|in (?:\w+[- ]){1,3}(?:held|controlled))"
)
_LENGTH = r"\| *(?:km|kms|kilomet\w*|kilom\w*|mi|miles?|m|met(?:re|er)s?|كم|nm|yards?)\b"
_AREA = r"\|.*(?:km ?(?:2|²|\^2|sq)|sq|square|hect|\bha\b|mi ?[2²]|acres?|dun[ua]m|dönüm|m²|مربع)"
_EVENT = r"\| *(?:event|day|date|yes|yes/no|status|true|boolean|occurrence|$)"
_SHARE = r"\b(?:share|proportion|percentage|fraction|part)\b|\| *(?:%|per ?cent|percent|fraction)"

# The first that fits, written against "quantity | unit".
_KINDS: tuple[tuple[str, Kind], ...] = (
    (rf"(?:\blength of (?:the )?front|\bfront\w*(?: line)? length).*{_LENGTH}", "front length"),
    (rf"^front(?: ?line)? to\b.*{_LENGTH}", "front distance"),
    (rf"^(?!.*\blength\b)(?=[^|]*{_FRONT})(?=[^|]*\bdistance\b)", "front distance"),
    (rf"^(?!.*\blength\b)(?=.*{_FRONT})(?=.*{_APART}).*{_LENGTH}", "front distance"),
    (r"\b(?:bearing|azimuth|compass)\b|\bdirection\b(?!.*\bkm\b)|\| *(?:°|deg)", "bearing"),
    (rf"(?:{_POSTS}).*{_SHUT_IN}.*{_EVENT}", "post encircled"),
    (rf"(?:{_POSTS}|\bpoints\b).*{_SHUT_IN}|{_SHUT_IN}.*(?:{_POSTS}|\bpoints\b)", "posts"),
    (rf"(?:{_POSTS})[^|]*\| *(?:\w+ ){{0,3}}(?:posts?|points?|count|\d+)", "posts in place"),
    (rf"{_ROAD}.*(?:{_SHARE})|(?:{_SHARE}).*{_ROAD}", "road share"),
    (rf"{_ROAD}.*\b(?:cut|severed|blocked|reached|crossed|interrupted)\b", "road cut"),
    (rf"\b(?:cut|severed|cutting|severing)\b.*{_ROAD}", "road cut"),
    (rf"{_ROAD}.*{_LENGTH}|\blength\b.*(?:{_HELD}|{_ROAD})", "road length"),
    (rf"{_ROAD}.*\b(?:fully|wholly|entirely|all|complete\w*|whole|entire)\b", "road held"),
    (rf"\b(?:fully|wholly|entirely|all|complete\w*|whole|entire)\b.*{_ROAD}", "road held"),
    (rf"{_ROAD}.*(?:{_TAKEN}|{_HELD}|opened).*{_EVENT}", "road held"),
    (r"\bdistance\b|\bhow far\b|\bfrom\b.*\bto\b.*\| *(?:km|mi)", "distance"),
    (rf"\b(?:apart|away|close|near)\b.*{_LENGTH}", "distance"),
    (_SHARE, "share"),
    (rf"(?:{_TAKEN}).*{_AREA}", "area"),
    (rf"(?:{_HELD}|\bsize\b|territory).*{_AREA}", "area held"),
    (rf"(?:{_TAKEN}).*{_EVENT}", "place changed"),
    (rf"(?:{_HELD}).*{_EVENT}", "place held"),
    (rf"{_SETTLEMENT}.*(?:{_TAKEN})|(?:{_TAKEN}).*{_SETTLEMENT}", "places"),
)  # fmt: skip
_PEOPLE = (
    r"\bkilled\b|\bcasualt|\bdead\b|\bdeaths?\b|\bwounded\b|\bdisplaced\b|\bcivilians?\b|"
    r"\bpersons?\b|\bpeople\b|\brefugees?\b|\bprisoners?\b|\bsoldiers? (?:lost|captured)"
)
_ARMS = (
    r"\b(?:tanks?|vehicles?|aircraft|drones?|helicopters?|air ?strikes?|strikes|shells?|rockets?|"
    r"sorties|attacks?|weapons?|convoys?|ambulances?|hospitals?|schools?)\b"
)
# What no map of control can say, though its words may look like one of the above.
_NOT_ON_THE_MAP = (
    (r"\bcorridor\b|\bhalf-width\b|\bbuffer\b", "a corridor agreed on is not control"),
    (r"\bceasefire\b|\btruce\b|\blocal time\b", "an agreement's hour is not on a map of days"),
    (r"\bclear(?:ed|ing|ance)\b|\bobstacle|\bmines?\b", "works on a road are not on the map"),
    (_PEOPLE, "people are not on the map"),
    (_ARMS, "arms, strikes and buildings are not on the map"),
    (r"\b(?:town|city|village|place)\b.*\b(?:siege|besieged)\b", "a siege changes no holder"),
    (r"\bentered\b.*\|", "an entry into a place is no change of its holder"),
)
_NO_CENSUS = (
    "how many places a side holds is not on the map: the gazetteer has those of the claims alone"
)


def kind_of(quantity: str, unit: str, where: str = "", *, spans_days: bool) -> tuple[Kind, str]:
    """Find what is counted or measured; for "other" also why no map can say.

    Parameters
    ----------
    quantity, unit, where
        As written; where it is says that "fully held" is said of a road.
    spans_days
        Whether the figure is about more than one day: then "controlled" means "gained control of".

    Examples
    --------
    >>> kind_of("Turkish observation posts encircled", "posts", spans_days=False)
    ('posts', '')
    >>> kind_of("area controlled by the army", "km2", spans_days=False)[0]
    'area held'
    """
    text = " ".join(f"{quantity} | {unit}".lower().replace("–", "-").split())
    for pattern, reason in _NOT_ON_THE_MAP:
        if re.search(pattern, text):
            return "other", reason
    if spans_days or re.search(r"\b(?:gain|seiz|took|tak|win)\w* control", text):
        text = re.sub(r"\b(?:gain\w*|seiz\w*|took|tak\w*)? ?control(?:led)?\b", "taken", text)
    kind = _first(text)
    of_road = re.search(_ROAD, f"{where.lower()} |") and not re.search(_SETTLEMENT, text)
    if of_road and kind in {None, "place changed", "place held", "share"}:
        kind = _first(f"highway {text}")
    if kind:
        return kind, ""
    if re.search(rf"{_SETTLEMENT}.*(?:{_HELD})", text):
        return "other", _NO_CENSUS
    return "other", f"'{quantity}' is no quantity that the map gives"


def _first(text: str) -> Kind | None:
    return next((kind for pattern, kind in _KINDS if re.search(pattern, text)), None)
