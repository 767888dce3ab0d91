"""What the words of a published figure mean on this map: which side, place, region and voice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geoline.ground import WGS84

if TYPE_CHECKING:
    from datetime import date

    from geoline.figures import Figure
    from geoline.places import Place
    from geoline.situation import Situations

__all__ = [
    "Measure",
    "NotCheckableError",
    "day_before",
    "party_of",
    "place_of",
    "point_of",
    "regions_of",
    "state_of",
    "voice_of",
]


class NotCheckableError(Exception):
    """The map cannot say; the text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """What was computed for a figure.

    Parameters
    ----------
    value
        In the figure's unit (kilometres, square kilometres, per cent, a count); for an event the
        days by which the map is later (negative: earlier) than the days given.
    low, high
        What it may be, given the band and the error of positions.
    shown
        The value in words.
    detail
        What it is made of.
    """

    value: float
    low: float
    high: float
    shown: str
    detail: str = ""


def party_of(figure: Figure, whole: Situations, *, said_of_other: bool = False) -> str:
    """Whose gain or ground it is: named in the quantity, else in the words; empty if in neither."""
    for text in (figure.quantity, figure.unit, *([] if said_of_other else [figure.words])):
        found = [
            (match.start(), party.id)
            for party in whole.seeds.parties.values()
            for word in (party.id, party.name, *party.words)
            if (match := re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
        ]
        if found:
            return min(found)[1]
    return ""


def place_of(text: str, whole: Situations) -> Place:
    """Find the place, or the post's place, that a text names."""
    seeds = whole.seeds
    bare = re.sub(
        r"^.*?\b(?:post|point)s?\b(?: at| in| of| near)?\s*", "", text, flags=re.IGNORECASE
    )
    bare = re.sub(r"\s*\([^)]*\)|,.*$|\b(?:city|town|village)\b", "", bare).strip() or text
    is_post = bare != text and re.search(r"\bposts?\b", text, re.IGNORECASE)
    if is_post:
        for post in seeds.posts:
            if post.place_id and bare.lower() in post.name.lower():
                return seeds.gazetteer[post.place_id]
    answer = seeds.gazetteer.resolve(bare)
    if answer.status == "unknown":
        message = f"the gazetteer has no '{bare}'"
        raise NotCheckableError(message)
    if answer.status == "ambiguous":
        listed = ", ".join(c.id for c in answer.candidates[:3])
        message = f"'{bare}' may be {listed}"
        raise NotCheckableError(message)
    return seeds.gazetteer[answer.candidates[0].id]


def regions_of(figure: Figure, whole: Situations) -> tuple[list[str], shapely.Geometry | None]:
    """Governorates that the figure names, and their union in the theatre's metric CRS."""
    named = [
        region
        for region in whole.seeds.governorates
        if re.search(rf"\b{re.escape(region.name)}\b", figure.where, re.IGNORECASE)
    ]
    if not named:
        return [], None
    metric = gpd.GeoSeries([r.geometry for r in named], crs=WGS84).to_crs(whole.crs)
    return [r.name for r in named], shapely.union_all(metric.values)


def day_before(day: date, whole: Situations) -> date:
    """Give the day at whose end a change that begins on a day has not begun."""
    return max(day - timedelta(days=1), whole.seeds.first_day)


def point_of(place: Place, whole: Situations) -> shapely.Point:
    """Give a place in the theatre's metric CRS (x, y in metres)."""
    return gpd.GeoSeries.from_xy([place.lon], [place.lat], crs=WGS84).to_crs(whole.crs).iloc[0]


def voice_of(figure: Figure, whole: Situations) -> str:
    """Whose count it is, if the words begin with a voice of the theatre ("SOHR counts …")."""
    for source in whole.seeds.sources.values():
        for name in (source.name, source.id):
            if re.match(rf"{re.escape(name)}\b", figure.words, re.IGNORECASE):
                return source.id
    return ""


def state_of(whole: Situations) -> str:
    """Give the party that is a state's forces, where no party is named."""
    states = sorted(whole.seeds.actor_names.states)
    if len(states) != 1:
        message = "it does not say of which side"
        raise NotCheckableError(message)
    return states[0]
