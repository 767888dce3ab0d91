"""Distances, bearings, posts and the days of events, for a published figure."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import shapely

from geoline.checking.figures.values import read_value
from geoline.checking.meaning.terms import (
    NotCheckableError,
    is_negated,
    metric,
    place_of,
    point_of,
    sides_of,
    where_of,
)
from geoline.checking.measures.measured import Measure, around_the_day
from geoline.control import spell_on
from geoline.georeferencing import bearing as bearing_of
from geoline.highways import side_of
from geoline.holder import UNKNOWN
from geoline.libraries import GEOD
from geoline.names import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geoline.checking.figures.figure import Figure
    from geoline.gazetteer import Place
    from geoline.situation import TheatreAsKnown

__all__ = [
    "bearing",
    "day_of",
    "distance",
    "front_distance",
    "front_length",
    "names_two_places",
    "place_changed",
    "place_held",
]

_COMPASS = (
    r"(?:north|south|east|west)(?:[- ]?(?:north|south|east|west))?(?:ern|wards?)?|"
    r"(?-i:[NSEW]{1,3})|(?:kuzey|güney|doğu|batı)\w*"
)
_AIMED = re.compile(
    rf"^(?P<one>.*?)(?:,\s*|\s+|\()(?:(?P<km>\d\S*\s*\w+)\s+)?(?:to\s+the\s+)?(?P<wind>{_COMPASS})"
    r"\.?\s+(?:of|from)\s+(?P<other>[^)]+)\)?$",
    re.IGNORECASE,
)
_APART = re.compile(r"\s+(?:to|and|from|–|—|-|->|→)\s+|\s*[–—→/]\s*", re.IGNORECASE)
_TO_FRONT = re.compile(
    r"(?i)^(?:the )?front(?: ?line)?\s+(?:to|and|from|near|at)\s+|"
    r"\s+(?:to|and|from)\s+(?:the )?(?:front(?: ?line)?|line of contact)$|^(?:near|from|to)\s+"
)
# How far around a date that is given the day of an event is looked for.
LOOKED_AROUND = timedelta(days=10)


def front_distance(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure from a place, a post's place or a road to the front, in kilometres."""
    text = _TO_FRONT.sub("", where_of(figure))
    roads = [
        r for r in as_known.theatre.highways if plain(r.id) == plain(text.replace("highway", ""))
    ]
    place = None if roads else place_of(text, as_known, days=(figure.first, figure.last))
    if place is None:
        shape, name, off = metric(roads[0].line, as_known), roads[0].id, 0.0
    else:
        shape, name, off = point_of(place, as_known), place.name, place.uncertainty_m / 1000

    def measured(day: date) -> Measure:
        situation = as_known.on(day)
        if situation.front.empty:
            message = f"there is no front on {day}"
            raise NotCheckableError(message)
        line = shapely.union_all(situation.front.to_crs(as_known.crs).geometry.values)
        band = shapely.union_all(situation.band.to_crs(as_known.crs).geometry.values)
        value = shapely.distance(shape, line) / 1000
        nearest = shapely.distance(shape, band) / 1000
        return Measure(
            value=value,
            low=max(0.0, nearest - off),
            high=value + (value - nearest) + off,
            shown=f"{value:.1f} km",
            detail=f"from {name} to the line at the end of {day}",
        )

    return around_the_day(figure, as_known, measured)


def front_length(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure the front between a side, or the one that is named, and all others."""
    sides = sides_of(figure, as_known)
    party = sides.gains or sides.loses

    def measured(day: date) -> Measure:
        front = as_known.on(day).front
        mine = front[(front.holder_a == party) | (front.holder_b == party)] if party else front
        value = float(mine.length_km.sum())
        detail = f"of front{' of ' + party if party else ''} on the map on {day}"
        return Measure.without_range(value, f"{value:.0f} km", detail)

    return around_the_day(figure, as_known, measured)


def _two_places(figure: Figure, as_known: TheatreAsKnown) -> tuple[Place, Place, str]:
    """Find two places, the first as seen from the second, and the direction said, if any."""
    text = re.sub(r"(?i)^(?:from|between|distance)\s+", "", figure.where)
    aimed = _AIMED.match(text)
    if aimed and aimed["one"].strip():
        return *_both(aimed["one"], aimed["other"], as_known), aimed["wind"]
    apart = _APART.split(text)
    if len(apart) == 2:  # noqa: PLR2004  (from, to)
        to, start = apart if re.search(r"(?i)\sfrom\s", text) else reversed(apart)
        return *_both(to, start, as_known), ""
    for mark in re.finditer("[-,]", text):  # many names have hyphens of their own
        try:
            return *_both(text[mark.end() :], text[: mark.start()], as_known), ""
        except NotCheckableError:
            continue
    message = f"'{figure.where}' does not name two places"
    raise NotCheckableError(message)


def names_two_places(figure: Figure, as_known: TheatreAsKnown) -> bool:
    """Whether a distance can be one between two places."""
    try:
        return bool(_two_places(figure, as_known))
    except NotCheckableError:
        return False


def _both(one: str, other: str, as_known: TheatreAsKnown) -> tuple[Place, Place]:
    """Find two places, the one that has namesakes by the other."""
    try:
        first = place_of(one, as_known)
    except NotCheckableError:
        second = place_of(other, as_known)
        return place_of(one, as_known, near=second), second
    return first, place_of(other, as_known, near=first)


def distance(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure between the centres of two places, in kilometres, and compare the bearing."""
    one, other, wind = _two_places(figure, as_known)
    azimuth, _, metres = GEOD.inv(other.lon, other.lat, one.lon, one.lat)
    value, off = metres / 1000, (one.uncertainty_m + other.uncertainty_m) / 1000
    detail, against = f"between the centres of {one.name} and {other.name}", ""
    said = bearing_of(_wind(wind)) if wind else None
    if said:
        turn = abs((azimuth - said[0] + 180) % 360 - 180)
        detail += f"; bearing {azimuth % 360:.0f}°, {turn:.0f}° from what is said"
        # Near a place of some extent any direction may be right.
        loose = said[1] + 22.5
        if turn > loose and metres / 1000 > off:
            against = f"{one.name} does not lie {wind} of {other.name}"
    return Measure(
        value=value,
        low=max(0.0, value - off),
        high=value + off,
        shown=f"{value:.1f} km",
        detail=detail,
        against=against,
    )


def _wind(text: str) -> str:
    return re.sub(r"(?:ern|wards?)$", "", text.lower())


def bearing(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure the bearing of the first place from the second, as degrees off what is said."""
    one, other, _ = _two_places(figure, as_known)
    azimuth = GEOD.inv(other.lon, other.lat, one.lon, one.lat)[0] % 360
    written = re.sub(r"(?i)\s+of\b.*$", "", figure.written.strip())
    said = bearing_of(_wind(written))
    if said is None:
        try:
            said = read_value(written).number % 360, 22.5
        except ValueError as error:
            raise NotCheckableError(str(error)) from None
    turn = abs((azimuth - said[0] + 180) % 360 - 180)
    # The direction is as unsure as the places are wide.
    metres = GEOD.inv(other.lon, other.lat, one.lon, one.lat)[2]
    off = (
        180.0
        if metres == 0
        else min(180.0, 57.3 * (one.uncertainty_m + other.uncertainty_m) / metres)
    )
    return Measure(
        value=turn,
        low=max(0.0, turn - off),
        high=turn + off,
        shown=f"{azimuth:.0f}°",
        detail=f"of {one.name} from {other.name}, {turn:.0f}° from what is said",
    )


def day_of(
    figure: Figure, as_known: TheatreAsKnown, holds: Callable[[date], bool], what: str
) -> Measure:
    """Compare the first day on which something holds, after one on which it did not."""
    days = [
        day
        for day in as_known.theatre.days
        if figure.first - LOOKED_AROUND <= day <= figure.last + LOOKED_AROUND
    ]
    state = [holds(day) for day in days]
    turned = [day for day, (was, now) in zip(days[1:], pairwise(state), strict=True) if now > was]
    if not turned:
        return _never(f"{what}: {'before that already' if all(state) else 'not by then'}")
    return _dated(min(turned, key=lambda day: abs(_late(day, figure))), figure, what)


def _never(detail: str) -> Measure:
    return Measure.without_range(inf, "on no day near it", detail)


def _dated(day: date, figure: Figure, what: str) -> Measure:
    return Measure.without_range(_late(day, figure), str(day), f"{what} from {day}")


def _late(day: date, figure: Figure) -> int:
    """Days by which a day lies after those given; negative before them."""
    return (day - figure.last).days if day > figure.last else min(0, (day - figure.first).days)


def place_changed(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Find the day on which a place changed hands."""
    # Words such as "taken; rebels left" name both sides: the turn next to the day is meant.
    place = place_of(where_of(figure), as_known, days=(figure.first, figure.last))
    sides = sides_of(figure, as_known, words_too=False)
    turns = [
        (spell.start, spell.holder)
        for before, spell in pairwise(as_known.spells.get(place.id, ()))
        if spell.holder not in {before.holder, UNKNOWN}
        and sides.gains in {"", spell.holder}
        and sides.loses in {"", before.holder}
    ]
    near = [turn for turn in turns if abs(_late(turn[0], figure)) <= LOOKED_AROUND.days]
    if not near:
        return _never(f"{place.name} does not change hands then")
    day, holder = min(near, key=lambda turn: abs(_late(turn[0], figure)))
    return _dated(day, figure, f"{place.name} is held by {holder}")


def place_held(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Find whether a side held a place on a day, or how many days off it did."""
    place = place_of(where_of(figure), as_known, days=(figure.first, figure.last))
    sides = sides_of(figure, as_known)
    party = sides.gains or sides.loses
    spells = as_known.spells.get(place.id)
    if not party or not spells:
        message = (
            "it does not say who held it" if not party else f"nothing is known of {place.name}"
        )
        raise NotCheckableError(message)
    side = side_of(party, as_known.theatre.allied)

    def holds(day: date) -> bool:
        return (spell_on(spells, day).holder in side) != is_negated(figure)

    holder = spell_on(spells, figure.last).holder
    days = [day for day in as_known.theatre.days if holds(day)]
    late = min((_late(day, figure) for day in days), key=abs, default=inf)
    detail = f"{place.name} is held by {holder} at the end of {figure.last}"
    return Measure.without_range(late, f"held by {holder}", detail)
