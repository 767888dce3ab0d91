"""Roads: kilometres held, days of a cut or of an opening, for a published figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geoline.checking.meaning.regions import ground_of
from geoline.checking.meaning.terms import (
    NotCheckableError,
    is_negated,
    metric,
    place_of,
    sides_of,
    state_of,
)
from geoline.checking.measures.lines import day_of
from geoline.checking.measures.measured import Measure, around_the_day
from geoline.georeferencing import locate
from geoline.highways import side_of
from geoline.holder import UNKNOWN
from geoline.names import plain

if TYPE_CHECKING:
    from datetime import date

    from geoline.checking.figures.figure import Figure
    from geoline.highways import Highway
    from geoline.situation import TheatreAsKnown

__all__ = ["road_cut", "road_held", "road_length", "road_of", "road_share"]

# A place this near to a road is on it (kilometres).
BESIDE_KM = 5.0
# Of a road of which more than this part lies beyond the map no length in all can be told.
BEYOND = 0.02
# Straight legs between way-points fall short of the driven way by up to about this part (the whole
# M5 of the bundled map by 0.06).
WINDING = 0.1
_ROAD_WORDS = re.compile(
    r"(?i)\b(?:the|highway|road|motorway|international|all|whole|entire|total|in full|length|"
    r"strategic|on|of|overall)\b"
)

_NAME_OF_TWO = re.compile(
    r"(?i)[\w' ]+?\s*[-–—]\s*[\w' ]+?\s+(?:international\s+)?(?:highway|road|motorway)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Kilometres of a part of a road: all, held, the least and most that may be, and not drawn."""

    length: float
    held: float
    low: float
    high: float
    unknown: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The part of a road that a figure is about: kilometres, ground, and how it says it."""

    road: Highway
    from_km: float
    to_km: float
    region: shapely.Geometry | None
    words: str


def road_of(figure: Figure, as_known: TheatreAsKnown) -> Highway:
    """Find the road that a figure names: by its number, or by two towns on it."""
    text = f"{figure.where} {figure.quantity} {figure.unit}"
    for road in as_known.theatre.highways:
        number = re.sub(r"(?<=\D)(?=\d)", "[- ]?", re.escape(road.id))
        if re.search(rf"\b{number}\b", text, re.IGNORECASE):
            return road
    ends = re.split(r"\s*[-–—]\s*|\s+(?:to|and)\s+", _bare(figure.where, ""))
    if len(ends) == 2:  # noqa: PLR2004  (from, to)
        on = [
            road
            for road in as_known.theatre.highways
            if all(any(plain(end) == plain(w.name) for w in road.waypoints) for end in ends)
        ]
        if len(on) == 1:
            return on[0]
    message = f"'{figure.where or figure.quantity}' names no road of the map"
    raise NotCheckableError(message)


def _bare(text: str, road: str) -> str:
    """Give what a text says besides the road."""
    number = re.sub(r"(?<=\D)(?=\d)", "[- ]?", re.escape(road))
    text = re.sub(rf"\b{number}\b", " ", text, flags=re.IGNORECASE) if road else text
    return " ".join(_ROAD_WORDS.sub(" ", re.sub(r"\([^)]*\)", " ", text)).split()).strip(" ,;:-–")


def _part(figure: Figure, as_known: TheatreAsKnown) -> Part:
    """Find which part of the road is meant: all, beside a place, between two, or in regions."""
    road = road_of(figure, as_known)
    # "The Aleppo-Latakia highway" names the road and no part of it.
    where = re.sub(_NAME_OF_TWO, " ", figure.where)
    rest = re.sub(r"(?i)^(?:in|within|inside)\s+|^incl\w*\.?\s.*", "", _bare(where, road.id))
    if not rest:
        named = [r.name for r in as_known.theatre.governorates if r.name in figure.quantity]
        rest = " and ".join(named)
    if not rest:
        return Part(road=road, from_km=0.0, to_km=road.length_km, region=None, words="")
    relation = locate(f"{road.id} {rest}", as_known.theatre.gazetteer, as_known.theatre.highways)
    if relation and relation.road == road.id and relation.from_km is not None:
        low, high = sorted((relation.from_km, relation.to_km or relation.from_km))
        return Part(road=road, from_km=low, to_km=high, region=None, words=rest)
    try:
        ground = ground_of(rest, as_known)
    except NotCheckableError:
        ground = None
    if ground is not None:
        return Part(road=road, from_km=0.0, to_km=road.length_km, region=ground.meant, words=rest)
    place = place_of(re.sub(r"(?i)^(?:at|near|by|around)\s+", "", rest), as_known)
    at, off = road.locate(place.lat, place.lon)
    if off > BESIDE_KM:
        message = f"{place.name} is {off:.0f} km from the {road.id}"
        raise NotCheckableError(message)
    low, high = max(0.0, at - BESIDE_KM), min(road.length_km, at + BESIDE_KM)
    return Part(road=road, from_km=low, to_km=high, region=None, words=rest)


def _held(part: Part, party: str, day: date, as_known: TheatreAsKnown) -> Held:
    """Sum up who holds the part of the road at the end of a day."""
    side = side_of(party, as_known.theatre.allied)
    status = next(s for s in as_known.on(day).highway_statuses if s.road == part.road.id)
    length = held = low = high = unknown = 0.0
    for stretch in status.stretches:
        some = _km(part, stretch.from_km, stretch.to_km, as_known)
        doubtful = sum(_km(part, a, b, as_known) for a, b, _ in stretch.doubtful)
        length += some
        if stretch.holder in side:
            held, low, high = held + some, low + some - doubtful, high + some
        else:
            high += doubtful
        unknown += some if stretch.holder == UNKNOWN else 0.0
    return Held(length=length, held=held, low=low, high=high, unknown=unknown)


def _km(part: Part, start: float, end: float, as_known: TheatreAsKnown) -> float:
    """Kilometres from one to another that lie in the part of the road."""
    low, high = max(start, part.from_km), min(end, part.to_km)
    if high <= low:
        return 0.0
    if part.region is None:
        return high - low
    line = metric(part.road.cut(low, high), as_known)
    return float(shapely.length(shapely.intersection(line, part.region))) / 1000


def _party(figure: Figure, as_known: TheatreAsKnown) -> str:
    sides = sides_of(figure, as_known, words_too=not is_negated(figure))
    return sides.gains or (state_of(as_known) if is_negated(figure) else "")


def road_length(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure the kilometres of a road that a side holds or does not hold, or all of them."""
    part = _part(figure, as_known)
    if not re.search(r"(?i)\b(?:held|hold|control|outside|hands|remain|possess)", figure.quantity):
        length = _km(part, 0.0, part.road.length_km, as_known)
        return Measure(
            value=length,
            low=length,
            high=length * (1 + (0 if part.road.is_surveyed else WINDING)),
            shown=f"{length:.0f} km",
            detail=f"of the {part.road.id}{_in(part)}, along the line between its way-points",
        )
    return around_the_day(figure, as_known, lambda day: _road_measure(figure, part, as_known, day))


def road_share(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure the share of a road that a side holds or does not hold, in per cent."""
    part = _part(figure, as_known)
    return around_the_day(
        figure, as_known, lambda day: _road_measure(figure, part, as_known, day, share=True)
    )


def _road_measure(
    figure: Figure, part: Part, as_known: TheatreAsKnown, day: date, *, share: bool = False
) -> Measure:
    party, negated = _party(figure, as_known), is_negated(figure)
    if not party:
        message = "it does not say who holds the road"
        raise NotCheckableError(message)
    found = _held(part, party, day, as_known)
    length, held, low, high = found.length, found.held, found.low, found.high
    if found.length == 0:
        message = f"no part of the {part.road.id} lies{_in(part) or ' on the map'}"
        raise NotCheckableError(message)
    if negated:
        # What lies beyond the areas drawn is nobody's here: it may be anybody's.
        held, low, high = (length - found.unknown - km for km in (held, high, low))
    scale, unit = (100 / length, "%") if share else (1.0, "km")
    open_ = found.unknown > BEYOND * length
    if open_ and figure.value.reaches(scale * low, scale * (high + found.unknown)):
        message = (
            f"{found.unknown:.0f} of {length:.0f} km of the {part.road.id}{_in(part)} lie "
            f"beyond the map; of the rest {party} has {held:.0f} km" + (" not" if negated else "")
        )
        raise NotCheckableError(message)
    return Measure(
        value=scale * held,
        low=scale * max(0.0, low),
        high=scale * min(length, high),
        shown=f"{scale * held:.0f} {unit}",
        detail=f"{'not ' if negated else ''}held by {party} on {day}, of {length:.0f} km of the "
        f"{part.road.id}{_in(part)}",
    )


def _in(part: Part) -> str:
    return f" ({part.words})" if part.words else ""


def road_cut(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Find the day on which a side came to hold a part of a road."""
    part = _part(figure, as_known)
    party = sides_of(figure, as_known).gains or state_of(as_known)

    def cut(day: date) -> bool:
        return _held(part, party, day, as_known).held > 0

    what = f"{party} holds a part of the {part.road.id}"
    if part.words:
        what += f" between km {part.from_km:.0f} and km {part.to_km:.0f}"
    return day_of(figure, as_known, cut, what)


def road_held(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Find the day on which a side came to hold all of a road, or of a part of it."""
    part = _part(figure, as_known)
    party = sides_of(figure, as_known).gains or state_of(as_known)
    if _held(part, party, figure.last, as_known).unknown > BEYOND * part.road.length_km:
        message = f"parts of the {part.road.id}{_in(part)} lie beyond the map"
        raise NotCheckableError(message)

    def held(day: date) -> bool:
        found = _held(part, party, day, as_known)
        return found.held >= found.length - found.unknown - 1e-6

    return day_of(figure, as_known, held, f"the whole {part.road.id}{_in(part)} is held by {party}")
