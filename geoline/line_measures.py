"""Distances, roads, posts and the days of events, for a published figure."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import shapely
from pyproj import Geod

from geoline.figure_terms import (
    Measure,
    NotCheckableError,
    party_of,
    place_of,
    point_of,
    regions_of,
    state_of,
)
from geoline.highways import side_of
from geoline.spells import UNKNOWN
from geoline.toponym import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geoline.figures import Figure
    from geoline.posts import PostStatus
    from geoline.situation import Situations
    from geoline.stretches import HighwayStatus

__all__ = [
    "distance",
    "front_distance",
    "place_changed",
    "posts",
    "road_cut",
    "road_held",
    "road_length",
]

DIRECTIONS = {
    name: 45.0 * n for n, name in enumerate(["N", "NE", "E", "SE", "S", "SW", "W", "NW"])
} | {
    name: 45.0 * n
    for n, name in enumerate(
        ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"]
    )
}


_GEOD = Geod(ellps="WGS84")


_COMPASS = "|".join(sorted(DIRECTIONS, key=len, reverse=True))


# A place this near to a road is on it; "north of X" is this much of the road (kilometres).
BESIDE_KM, PORTION_KM = 5.0, 40.0


# How far around a date that is given the day of an event is looked for.
LOOKED_AROUND = timedelta(days=10)


def front_distance(figure: Figure, whole: Situations) -> Measure:
    """Measure from a place, or a post's place, to the front, in kilometres."""
    place, day = place_of(figure.where, whole), whole.on(figure.last)
    if day.front.empty:
        message = f"there is no front on {figure.last}"
        raise NotCheckableError(message)
    point = point_of(place, whole)
    line = shapely.union_all(day.front.to_crs(whole.crs).geometry.values)
    band = shapely.union_all(day.band.to_crs(whole.crs).geometry.values)
    value = shapely.distance(point, line) / 1000
    nearest = shapely.distance(point, band) / 1000
    off = place.uncertainty_m / 1000
    return Measure(
        value=value,
        low=max(0.0, nearest - off),
        high=value + (value - nearest) + off,
        shown=f"{value:.1f} km",
        detail=f"from {place.name} to the line at the end of {figure.last}",
    )


def distance(figure: Figure, whole: Situations) -> Measure:
    """Measure between the centres of two places, in kilometres, and compare the bearing."""
    text, words = figure.where, f"{figure.where} {figure.words}"
    apart = re.split(r"\s+(?:to|–|-|and)\s+", text)
    aimed = re.search(rf"^(.*?)[,\s]+({_COMPASS})\.?\s+of\s+(.+)$", text)
    bearing = None
    if len(apart) == 2:  # noqa: PLR2004  (from, to)
        one, other = (place_of(part, whole) for part in apart)
    elif aimed:
        one, other = place_of(aimed[1], whole), place_of(aimed[3], whole)
        bearing = DIRECTIONS[aimed[2]]
    else:
        message = f"'{words.strip()}' does not name two places"
        raise NotCheckableError(message)
    azimuth, _, metres = _GEOD.inv(other.lon, other.lat, one.lon, one.lat)
    value, off = metres / 1000, (one.uncertainty_m + other.uncertainty_m) / 1000
    detail = f"between the centres of {one.name} and {other.name}"
    if bearing is not None:
        turn = abs((azimuth - bearing + 180) % 360 - 180)
        detail += f"; bearing {azimuth % 360:.0f}°, {turn:.0f}° from what is said"
    return Measure(
        value=value,
        low=max(0.0, value - off),
        high=value + off,
        shown=f"{value:.1f} km",
        detail=detail,
    )


def posts(figure: Figure, whole: Situations) -> Measure:
    """Count the posts that are encircled; of those of one agreement if its number is given."""
    day = whole.on(figure.last)
    group = re.search(r"\bof\s+(\d+)\b", figure.unit)
    members = {
        agreement: [s for s in day.post_statuses if s.post.agreement == agreement]
        for agreement in {s.post.agreement for s in day.post_statuses}
    }
    chosen = next(
        (some for some in members.values() if group and len(some) == int(group[1])),
        day.post_statuses,
    )
    statuses = {"encircled"}
    found = [s for s in chosen if s.status in statuses]
    named = [s.post.name for s in found]
    detail = f"encircled on {figure.last}: {', '.join(named) or 'none'}"
    missing = [
        name for name in figure.value.names if not any(_is_named(name, s, whole) for s in found)
    ]
    if missing:
        detail += f"; not among them: {', '.join(missing)}"
    return Measure(
        value=len(found),
        low=len(found),
        high=len(found),
        shown=f"{len(found)} posts",
        detail=detail,
    )


def _is_named(name: str, post: PostStatus, whole: Situations) -> bool:
    """Whether a name is that of a post, or of the settlement it stands at."""
    if plain(name) in plain(post.post.name) or plain(post.post.name) in plain(name):
        return True
    found = whole.seeds.gazetteer.resolve(name)
    return post.post.place_id in {c.id for c in found.candidates if found.status != "unknown"}


def _road(figure: Figure, whole: Situations) -> str:
    text = f"{figure.where} {figure.quantity}"
    for road in whole.seeds.highways:
        if re.search(rf"\b{re.escape(road.id)}\b", text, re.IGNORECASE):
            return road.id
    message = f"'{text}' names no road of the map"
    raise NotCheckableError(message)


def _status(whole: Situations, road: str, day: date) -> HighwayStatus:
    return next(s for s in whole.on(day).highway_statuses if s.road == road)


def road_length(figure: Figure, whole: Situations) -> Measure:
    """Measure the kilometres of a road that a side holds, or does not hold."""
    road = _road(figure, whole)
    status = _status(whole, road, figure.last)
    negated = re.search(r"(?i)\bnot held\b|\boutside\b|\bnot controlled\b", figure.quantity)
    party = party_of(figure, whole, said_of_other=bool(negated))
    if negated:
        party = party or state_of(whole)
    if not party:
        message = "it does not say who holds the road"
        raise NotCheckableError(message)
    side = side_of(party, whole.seeds.allied)
    names, region = regions_of(figure, whole)
    length, held, low, high = (
        status.length_km,
        *(
            sum(some for holder, some in km.items() if holder in side)
            for km in (status.km, status.km_low, status.km_high)
        ),
    )
    if region is not None:
        stretches = whole.on(figure.last).highways.to_crs(whole.crs)
        stretches = stretches[stretches.road == road]
        inside = shapely.length(shapely.intersection(stretches.geometry.values, region)) / 1000
        mine = float(inside[stretches.holder.isin(side)].sum())
        # What the band leaves open on all of the road may lie in the region.
        low, high = max(0.0, mine - (held - low)), mine + (high - held)
        length, held = float(inside.sum()), mine
    if negated:
        held, low, high = length - held, length - high, length - low
    where = f" in {', '.join(names)}" if names else ""
    return Measure(
        value=held,
        low=max(0.0, low),
        high=min(length, high),
        shown=f"{held:.0f} km",
        detail=f"{'not ' if negated else ''}held by {party} on {figure.last}, of {length:.0f} km "
        f"of the {road}{where}",
    )


def _day_of(figure: Figure, whole: Situations, holds: Callable[[date], bool], what: str) -> Measure:
    """Compare the first day on which something holds, after one on which it did not."""
    days = [
        day
        for day in whole.seeds.days
        if figure.first - LOOKED_AROUND <= day <= figure.last + LOOKED_AROUND
    ]
    state = [holds(day) for day in days]
    turned = [day for day, (was, now) in zip(days[1:], pairwise(state), strict=True) if now > was]
    if not turned:
        return _never(f"{what}: {'before that already' if all(state) else 'not by then'}")
    return _dated(min(turned, key=lambda day: abs(_late(day, figure))), figure, what)


def _never(detail: str) -> Measure:
    return Measure(value=inf, low=inf, high=inf, shown="on no day near it", detail=detail)


def _dated(day: date, figure: Figure, what: str) -> Measure:
    late = _late(day, figure)
    return Measure(value=late, low=late, high=late, shown=str(day), detail=f"{what} from {day}")


def _late(day: date, figure: Figure) -> int:
    """Days by which a day lies after those given; negative before them."""
    return (day - figure.last).days if day > figure.last else min(0, (day - figure.first).days)


def place_changed(figure: Figure, whole: Situations) -> Measure:
    """Find the day on which a place changed hands."""
    # Words such as "taken; rebels left" name both sides: the turn next to the day is meant.
    place, party = place_of(figure.where, whole), party_of(figure, whole, said_of_other=True)
    turns = [
        (spell.start, spell.holder)
        for before, spell in pairwise(whole.spells.get(place.id, ()))
        if spell.holder not in {before.holder, UNKNOWN} and party in {"", spell.holder}
    ]
    near = [turn for turn in turns if abs(_late(turn[0], figure)) <= LOOKED_AROUND.days]
    if not near:
        return _never(f"{place.name} does not change hands then")
    day, holder = min(near, key=lambda turn: abs(_late(turn[0], figure)))
    return _dated(day, figure, f"{place.name} is held by {holder}")


def road_cut(figure: Figure, whole: Situations) -> Measure:
    """Find the day on which a side came to hold a part of a road."""
    road = _road(figure, whole)
    party = party_of(figure, whole) or state_of(whole)
    side = side_of(party, whole.seeds.allied)
    low, high = _portion(figure, whole, road)

    def cut(day: date) -> bool:
        stretches = _status(whole, road, day).stretches
        return any(s.holder in side for s in stretches if s.to_km > low and s.from_km < high)

    where = f" between km {low:.0f} and km {high:.0f}" if high < inf else ""
    return _day_of(figure, whole, cut, f"{party} holds a part of the {road}{where}")


def _portion(figure: Figure, whole: Situations, road: str) -> tuple[float, float]:
    """Kilometres that the figure speaks of: beside the place named, or on one side of it."""
    highway = next(h for h in whole.seeds.highways if h.id == road)
    text = re.sub(rf"\b{re.escape(road)}\b", "", figure.where).strip(" ,;")
    aimed = re.search(rf"({_COMPASS})\.?\s+of\s+(.+)$", text)
    if not text:
        return 0.0, inf
    place = place_of(aimed[2] if aimed else re.sub(r"^(?:at|near|by)\s+", "", text), whole)
    points = [(w.lat, w.lon) for w in highway.waypoints]
    apart = [_GEOD.inv(place.lon, place.lat, lon, lat)[2] / 1000 for lat, lon in points]
    nearest = min(range(len(points)), key=apart.__getitem__)
    if apart[nearest] > BESIDE_KM:
        message = f"{place.name} is {apart[nearest]:.0f} km from the {road}"
        raise NotCheckableError(message)
    at = float(highway.waypoint_km[nearest])
    if not aimed:
        return at - BESIDE_KM, at + BESIDE_KM
    ahead = points[min(nearest + 1, len(points) - 1)]
    azimuth = _GEOD.inv(place.lon, place.lat, ahead[1], ahead[0])[0]
    onward = abs((azimuth - DIRECTIONS[aimed[1]] + 180) % 360 - 180) <= 90  # noqa: PLR2004
    return (at, at + PORTION_KM) if onward else (at - PORTION_KM, at)


def road_held(figure: Figure, whole: Situations) -> Measure:
    """Find the day on which a side came to hold all of a road."""
    road = _road(figure, whole)
    party = party_of(figure, whole) or state_of(whole)
    side = side_of(party, whole.seeds.allied)

    def held(day: date) -> bool:
        km = _status(whole, road, day).km
        return all(holder in side for holder, some in km.items() if some > 0)

    return _day_of(figure, whole, held, f"the whole {road} is held by {party}")
