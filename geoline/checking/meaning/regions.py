"""The ground that a published figure is about: governorates, their parts, the country round a town.

"N and NW Aleppo" is what lies in those directions from the town that gives the governorate its
name. Such words are loose: the guides let a direction mean everything half-way to the next wind of
its kind (`geoline.georeferencing.grammar`); the press goes further, so that the ground meant is
that much wider, and may be wider still and reach over the governorate's border.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.checking.meaning.terms import NotCheckableError, metric, point_of
from geoline.georeferencing import bearing, locate, parse_relation
from geoline.names import plain

if TYPE_CHECKING:
    from geoline.checking.figures.figure import Figure
    from geoline.georeferencing import Relation
    from geoline.situation import TheatreAsKnown
    from geoline.theatre_folder import Region

__all__ = ["RegionMeant", "ground_meant", "ground_of"]

# By how many degrees either side the press is looser than the guides, and how far over the border
# of a governorate what is told of a part of it may lie (metres).
LOOSER, OVER_THE_BORDER_M = 22.5, 10_000.0
FAR_M = 400_000.0
_AND = re.compile(r"\s*(?:[,;/&+]|(?<!\w)(?:and|plus|et|und|ve)(?!\w)|(?<=\s)و\s?)\s*")
_GENERIC = re.compile(
    r"\b(?:the|in|of|governorates?|provinces?|muhafazat|countryside|country side|rural|rif|front|"
    r"fronts|axis|areas?|region|parts?|side|northern syria|il[ie]|vilayeti)\b|محافظة|ريف",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?i)(?:(?:the )?(?:whole|entire|all|overall|total|everywhere|country|theatre|map|line of "
    r"contact|front(?: ?line)?s?|pocket|enclave|de-?escalation (?:zone|area)|greater \S+)\b.*)?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RegionMeant:
    """The ground that words mean, in the theatre's metric CRS.

    Parameters
    ----------
    names
        Of the governorates or places, for the report.
    meant
        The ground.
    surely, perhaps
        What is meant at the least, and at the most.
    governorates
        Whether it is governorates, and nothing but them.
    """

    names: tuple[str, ...]
    meant: shapely.Geometry
    surely: shapely.Geometry
    perhaps: shapely.Geometry
    governorates: bool


def ground_of(text: str, as_known: TheatreAsKnown) -> RegionMeant | None:
    """Find the ground that words mean; None for all of the map.

    Raises
    ------
    NotCheckableError
        If they name something that has no outline here.
    """
    # "Idlib (south)" is the south of Idlib; what else is in brackets is a remark.
    text = re.sub(r"(\S[^,;(]*?)\s*\(([^)]*)\)", _turned, text).strip()
    phrase = parse_relation(text)
    parts = [text] if phrase and phrase.kind == "between" else _AND.split(text)
    found, winds = _each(parts, as_known)
    if found and winds:
        message = f"'{text}' cannot be read"
        raise NotCheckableError(message)
    return _together(found) if found else None


def _together(found: list[RegionMeant]) -> RegionMeant:
    return RegionMeant(
        names=tuple(dict.fromkeys(name for one in found for name in one.names)),
        meant=shapely.union_all([one.meant for one in found]),
        surely=shapely.union_all([one.surely for one in found]),
        perhaps=shapely.union_all([one.perhaps for one in found]),
        governorates=all(one.governorates for one in found),
    )


def _each(parts: list[str], as_known: TheatreAsKnown) -> tuple[list[RegionMeant], list[str]]:
    """Read each part, with the directions before it; and the directions that nothing follows."""
    found: list[RegionMeant] = []
    winds: list[str] = []
    for part in parts:
        bare = " ".join(part.split()).strip(" .")
        if bearing(_wind(bare)):
            winds.append(bare)
        elif not _is_all(bare, as_known):
            found.append(_one(bare, winds, as_known))
            winds = []
    return found, winds


def ground_meant(figure: Figure, as_known: TheatreAsKnown) -> RegionMeant | None:
    """Find the ground of a figure: where it is, else what its quantity or words say it is in.

    Raises
    ------
    NotCheckableError
        If where it is has no outline here.
    """
    if figure.where:
        return ground_of(figure.where, as_known)
    names = "|".join(re.escape(region.name) for region in as_known.theatre.governorates)
    for text in (figure.quantity, figure.words):
        said = re.search(rf"\b(?:in|of|across) ((?:[\w-]+ ){{0,3}}?(?:{names}))\b", text)
        if said:
            try:
                return ground_of(said[1], as_known)
            except NotCheckableError:
                continue
    return None


def _turned(match: re.Match[str]) -> str:
    return f"{match[2]} {match[1]}" if bearing(_wind(match[2])) else match[1]


def _is_all(text: str, as_known: TheatreAsKnown) -> bool:
    """Whether words mean all of the theatre: its name, its country."""
    phrase = parse_relation(text)
    bare = phrase.names[0] if phrase and phrase.kind == "part" and phrase.names else text
    relation = parse_relation(as_known.theatre.name)
    own = relation.names if relation else (as_known.theatre.name,)
    return bool(_WHOLE.fullmatch(text)) or plain(bare) in {
        plain(n) for n in (as_known.theatre.name, *own)
    }


def _one(text: str, winds: list[str], as_known: TheatreAsKnown) -> RegionMeant:
    """Read one governorate or place with its directions."""
    town = re.search(r"(?i)\b(?:city|town|village)\b", text)
    name, headings = _named(text, winds)
    region = None if town else _governorate(name, as_known)
    if region is None:
        return _round_a_town(text, headings, as_known)
    shape = metric(region.geometry, as_known)
    if not headings:
        return RegionMeant(
            names=(region.name,), meant=shape, surely=shape, perhaps=shape, governorates=True
        )
    centre = _seat(region, shape, as_known)
    narrow, loose, wide = (
        shapely.union_all([_wedge(centre, deg, width + n * LOOSER) for deg, width in headings])
        for n in range(3)
    )
    return RegionMeant(
        names=(text if not winds else f"{', '.join(winds)}, {text}",),
        meant=shapely.intersection(shape, loose),
        surely=shapely.intersection(shape, narrow),
        perhaps=shapely.intersection(shapely.buffer(shape, OVER_THE_BORDER_M), wide),
        governorates=False,
    )


def _named(text: str, winds: list[str]) -> tuple[str, list[tuple[float, float]]]:
    """Name that a text has, and the directions from it (degrees, and their width)."""
    phrase = parse_relation(text)
    headings = [heading for wind in winds if (heading := bearing(_wind(wind)))]
    name = text
    if phrase and phrase.kind in {"part", "direction"}:
        name = phrase.names[0]
        if phrase.bearing_deg is not None and phrase.width_deg is not None:
            headings.append((phrase.bearing_deg, phrase.width_deg))
    return " ".join(_GENERIC.sub(" ", name).split()).strip(" '’") or name, headings


def _wind(text: str) -> str:
    text = text.lower()
    return text if bearing(text) else re.sub(r"ern$", "", text)


def _governorate(name: str, as_known: TheatreAsKnown) -> Region | None:
    """Find the governorate of a name, or of the town that has the name too."""
    regions = as_known.theatre.governorates
    for region in regions:
        if plain(name) == plain(region.name) or name == region.name_ar:
            return region
    answer = as_known.theatre.gazetteer.resolve(name)
    if answer.status != "resolved":
        return None
    place = as_known.theatre.gazetteer[answer.candidates[0].id]
    return next((r for r in regions if plain(r.name) == plain(place.name)), None)


def _seat(region: Region, shape: shapely.Geometry, as_known: TheatreAsKnown) -> shapely.Point:
    """Give the town that the governorate is called by, else its middle."""
    answer = as_known.theatre.gazetteer.resolve(region.name)
    if answer.status == "resolved":
        place = as_known.theatre.gazetteer[answer.candidates[0].id]
        point = point_of(place, as_known)
        if plain(place.name) == plain(region.name) and shapely.contains(shape, point):
            return point
    return shapely.centroid(shape)


def _round_a_town(
    text: str, headings: list[tuple[float, float]], as_known: TheatreAsKnown
) -> RegionMeant:
    """Read "around Saraqib", "the country south of Saraqib"."""
    theatre = as_known.theatre
    relation = locate(text, theatre.gazetteer, theatre.highways)
    if relation is None or relation.uncertainty_m is None or not _is_round(relation, headings):
        answer = theatre.gazetteer.resolve(text)
        why = "has no outline" if answer.status != "unknown" else "is not known"
        message = f"'{text}' {why} on this map; its regions are {_known(as_known)}"
        raise NotCheckableError(message)
    centre = metric(shapely.Point(relation.lon, relation.lat), as_known)
    circle = shapely.buffer(centre, relation.uncertainty_m)
    return RegionMeant(
        names=(text,), meant=circle, surely=circle, perhaps=circle, governorates=False
    )


def _is_round(relation: Relation, headings: list[tuple[float, float]]) -> bool:
    """Whether a relation is about the ground round a place, and in the directions that are said."""
    of_ground = relation.kind in {"part", "near", "direction", "between"}
    headed = not headings or relation.bearing_deg is not None
    return relation.status == "resolved" and of_ground and headed


def _known(as_known: TheatreAsKnown) -> str:
    return ", ".join(region.name for region in as_known.theatre.governorates)


def _wedge(centre: shapely.Point, heading: float, width: float) -> shapely.Polygon:
    """Give what lies in a direction, give or take a width (degrees clockwise from north)."""
    angles = np.radians(np.linspace(heading - width, heading + width, 2 + math.ceil(width / 5)))
    rim = np.column_stack([np.sin(angles), np.cos(angles)]) * FAR_M
    middle = shapely.get_coordinates(centre)
    return shapely.Polygon(np.vstack([middle, middle + rim]))
