"""The point-radius method: a circle for a relative phrase whose places are known.

The point that fits the words best, and the radius of a circle round it that holds every reading of
them (Wieczorek, Guo & Hijmans, IJGIS 18, 2004; Chapman & Wieczorek, Georeferencing Best Practices,
2020; Zermoglio et al., Georeferencing Quick Reference Guide, 2020; here "the guides"). The rules:

* Distance and direction: the point lies there; `heading_radius` covers both errors. The place's own
  circle is added in full, for the place may lie aside of the heading as well; the guides count it
  along the heading only, so that no radius here is smaller than theirs.
* Distance only: the place, with the distance, its error and the place's circle.
* Direction only: the sector from the place half-way to the next place of its rank or above in it,
  at most `REACH_M`; the least circle round that sector.
* Between two places: the middle, half the distance and the larger of the places' circles.
* Near: `NEAR_M` round the place's circle. Outskirts, edges and parts reach twice as far as the
  place's circle, the country round a city `PROVINCE_M`. The guides leave these to judgement.
* On a road: the kilometres between two places; or those from a place in a direction, to the next
  way-point of its rank or above; and the circle round that stretch.

Degrees WGS 84 (EPSG:4326), latitude first; metres on the ellipsoid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geoline.libraries import GEOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.gazetteer import Candidate, Gazetteer
    from geoline.georeferencing.grammar import Phrase
    from geoline.highways import Highway

__all__ = ["Spot", "heading_radius", "metres", "spots"]


# Where the guides leave a distance to judgement, in metres.
NEAR_M = 5_000.0
REACH_M = 20_000.0
PROVINCE_M = 60_000.0
LEAST_REACH_M = 1_000.0  # beyond the place's own circle
EXTENT_M = {"area": NEAR_M, "subdistrict": 10_000.0, "district": REACH_M, "province": PROVINCE_M}
# A road passes a place if it comes as near to the place's circle as this …
PASSES_M = 3_000.0
# … runs north of it if, this far on, it is within this many degrees of it beyond the wind's own.
PROBE_KM = 10.0
APART_KM = 2.0  # a town nearer than this ends no stretch
ASIDE_DEG = 15.0
CITY, TOWN, VILLAGE, NO_SETTLEMENT = 3, 2, 1, 0
CITY_PEOPLE, TOWN_PEOPLE = 100_000, 10_000
SETTLEMENTS = {"city": CITY, "town": TOWN, "village": VILLAGE}


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A circle: its centre in degrees, its radius in metres, and why it is there.

    On a road also the stretch in kilometres and the way-points nearest to its ends; `sure` is
    False if the words contradict the road.
    """

    lat: float
    lon: float
    radius_m: float
    why: str
    road: str = ""
    span_km: tuple[float, float] | None = None
    ends: tuple[str, str] = ("", "")
    sure: bool = True


def heading_radius(distance_m: float, error_m: float, width_deg: float) -> float:
    """Radius round the point at a distance and heading that covers the errors of both (the guides).

    Examples
    --------
    10 km NE, the distance taken as exact:

    >>> round(heading_radius(10_000, 0, 22.5))
    3902
    """
    across = 2 * distance_m * (distance_m + error_m) * (1 - math.cos(math.radians(width_deg)))
    return math.sqrt(error_m**2 + across)


def spots(
    phrase: Phrase,
    places: Sequence[Candidate],
    gazetteer: Gazetteer,
    highways: Sequence[Highway],
) -> list[Spot]:
    """Find every reading of a phrase for given places; one, unless several roads fit.

    Parameters
    ----------
    phrase
        The phrase.
    places
        What its names mean, one place each.
    gazetteer
        The places around, which end a direction.
    highways
        The roads that the phrase may name.
    """
    if phrase.road is not None:
        found, named = _on_roads(phrase, places, gazetteer, highways)
        if found:
            return found
        road = phrase.road or "road"
        why = f"{road} does not run so" if named else f"the course of {road} is not known"
        # Without the road: the words that are left, doubted if they contradict the road.
        spot = _spot(phrase, places, gazetteer)
        return [replace(spot, why=f"{spot.why}; {why}", sure=not named)]
    return [_spot(phrase, places, gazetteer)]


def _spot(phrase: Phrase, places: Sequence[Candidate], gazetteer: Gazetteer) -> Spot:
    place = places[0]
    own = place.uncertainty_m
    if len(places) > 1:
        return _between(place, places[1])
    if phrase.distance_m is not None:
        distance, error = phrase.distance_m, phrase.distance_error_m
        words = f"{distance / 1000:.4g} km (±{error / 1000:.3g} km)"
        if phrase.bearing_deg is None or phrase.width_deg is None:
            why = f"{words} from {place.name}, in no stated direction"
            return Spot(lat=place.lat, lon=place.lon, radius_m=distance + error + own, why=why)
        radius = heading_radius(distance, error, phrase.width_deg) + own
        why = f"{words} at {phrase.bearing_deg:.4g}° (±{phrase.width_deg:g}°) from {place.name}"
        return _moved(place, phrase.bearing_deg, distance, radius, why)
    if phrase.bearing_deg is not None and phrase.width_deg is not None:
        return _sector(phrase, place, phrase.bearing_deg, phrase.width_deg, gazetteer)
    return _round(phrase, place, gazetteer)


def _between(place: Candidate, other: Candidate) -> Spot:
    azimuth, _, metres = GEOD.inv(place.lon, place.lat, other.lon, other.lat)
    radius = metres / 2 + max(place.uncertainty_m, other.uncertainty_m)
    why = f"half-way between {place.name} and {other.name}, {metres / 1000:.1f} km apart"
    return _moved(place, azimuth, metres / 2, radius, why)


def _sector(
    phrase: Phrase, place: Candidate, bearing: float, width: float, gazetteer: Gazetteer
) -> Spot:
    own, cosine = place.uncertainty_m, math.cos(math.radians(width))
    city = _rank(gazetteer, place.id) == CITY
    if phrase.extent == "edge" or (phrase.extent == "part" and not city):
        # The place may fill its circle or be a point anywhere in it; its outskirts reach twice as
        # far as itself. The least circle on the heading that holds both cases.
        out = own * 3 / (2 + 4 * cosine)
        why = f"the {bearing:g}° (±{width:g}°) side of {place.name}"
        return _moved(place, bearing, out, out + own, why)
    if phrase.extent in {"", "countryside", "part"} and not (phrase.extent and city):
        reach, until = _reach(gazetteer, place, bearing, width)
    else:
        reach, until = EXTENT_M.get(phrase.extent, PROVINCE_M), "a stated default"
    out = reach / (2 * cosine)
    why = f"{bearing:g}° (±{width:g}°) of {place.name}, up to {reach / 1000:.1f} km: {until}"
    return _moved(place, bearing, out, out + own, why)


def _round(phrase: Phrase, place: Candidate, gazetteer: Gazetteer) -> Spot:
    own, radius = place.uncertainty_m, place.uncertainty_m
    if phrase.kind in {"near", "road"}:
        radius = own + NEAR_M
    elif phrase.extent in {"edge", "part"}:
        radius = 2 * own
    elif phrase.extent == "countryside":
        radius = own + (PROVINCE_M if _rank(gazetteer, place.id) == CITY else REACH_M)
    elif phrase.extent:
        radius = own + EXTENT_M[phrase.extent]
    why = f"{phrase.extent or phrase.kind}: {radius / 1000:g} km round {place.name}"
    return Spot(lat=place.lat, lon=place.lon, radius_m=radius, why=why)


def _moved(place: Candidate, bearing: float, distance_m: float, radius_m: float, why: str) -> Spot:
    lon, lat, _ = GEOD.fwd(place.lon, place.lat, bearing, distance_m)
    return Spot(lat=lat, lon=lon, radius_m=radius_m, why=why)


def metres(one: Spot | Candidate, other: Spot | Candidate) -> float:
    """Distance between two centres, in metres on the ellipsoid."""
    return float(GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2])


def _rank(gazetteer: Gazetteer, place_id: str) -> int:
    """Whether a place is a city, a town, a village or no settlement, by kind or population."""
    if place_id not in gazetteer:
        return VILLAGE
    known = gazetteer[place_id]
    people = known.population or 0
    by_people = CITY if people >= CITY_PEOPLE else TOWN if people >= TOWN_PEOPLE else NO_SETTLEMENT
    return max(SETTLEMENTS.get(known.kind, NO_SETTLEMENT), by_people)


def _reach(
    gazetteer: Gazetteer, place: Candidate, bearing: float, width: float
) -> tuple[float, str]:
    """How far a direction goes, in metres, and what ends it: half-way between the two circles."""
    rank = max(_rank(gazetteer, place.id), VILLAGE)
    span = 3 * REACH_M / 1e5  # degrees of latitude, wide enough for whatever can end it
    others = [
        other
        for other in gazetteer.places
        if abs(other.lat - place.lat) < span
        and other.id != place.id
        and _rank(gazetteer, other.id) >= rank
    ]
    if not others:
        return REACH_M, "a stated default"
    azimuth, _, apart = GEOD.inv(
        np.full(len(others), place.lon),
        np.full(len(others), place.lat),
        np.array([other.lon for other in others]),
        np.array([other.lat for other in others]),
    )
    aside = np.abs((azimuth - bearing + 180) % 360 - 180)
    half = (apart + place.uncertainty_m - [o.uncertainty_m for o in others]) / 2
    half = np.where((aside <= width) & (apart > place.uncertainty_m), half, np.inf)
    nearest = int(np.argmin(half))
    if half[nearest] >= REACH_M:
        return REACH_M, "a stated default"
    least = place.uncertainty_m + LEAST_REACH_M
    return max(float(half[nearest]), least), f"half-way to {others[nearest].name}"


def _on_roads(
    phrase: Phrase, places: Sequence[Candidate], gazetteer: Gazetteer, highways: Sequence[Highway]
) -> tuple[list[Spot], bool]:
    """Stretches of the roads that fit, and whether a road of that name is known at all."""
    roads = [r for r in highways if phrase.road in {"", r.id.upper().replace(" ", "")}]
    spans = [(road, _span_of(phrase, road, places, gazetteer)) for road in roads]
    own = max(place.uncertainty_m for place in places)
    found = [_stretch(road, *span, own) for road, span in spans if span]
    return found, bool(roads) and bool(phrase.road)


def _span_of(
    phrase: Phrase, road: Highway, places: Sequence[Candidate], gazetteer: Gazetteer
) -> tuple[float, float] | None:
    """From and to, in kilometres, if the road passes all of the places and runs so."""
    at = [km for km in (_passes(road, place) for place in places) if km is not None]
    return _span(phrase, road, places, at, gazetteer) if len(at) == len(places) else None


def _passes(road: Highway, place: Candidate) -> float | None:
    """Kilometre at which a road passes a place, if it does."""
    for waypoint, km in zip(road.waypoints, road.waypoint_km, strict=True):
        if waypoint.place_id == place.id:
            return float(km)
    lon, lat = road.samples.T
    apart = GEOD.inv(np.full_like(lon, place.lon), np.full_like(lat, place.lat), lon, lat)[2]
    nearest = int(np.argmin(apart))
    passes = apart[nearest] <= place.uncertainty_m + PASSES_M
    return float(road.sample_km[nearest]) if passes else None


def _span(
    phrase: Phrase,
    road: Highway,
    places: Sequence[Candidate],
    at: Sequence[float],
    gazetteer: Gazetteer,
) -> tuple[float, float] | None:
    """From and to, in kilometres."""
    if len(at) > 1:
        return min(at), max(at)
    place, km = places[0], at[0]
    own = place.uncertainty_m / 1000
    if phrase.bearing_deg is None or phrase.width_deg is None:
        about = own + (phrase.distance_m or NEAR_M) / 1000 + phrase.distance_error_m / 1000
        return max(km - about, 0.0), min(km + about, road.length_km)
    way = _way(road, place, km, phrase.bearing_deg, phrase.width_deg + ASIDE_DEG)
    if way == 0:
        return None
    if phrase.distance_m is None:
        end = _next_town(road, km, way, _rank(gazetteer, place.id), gazetteer)
        return min(km, end), max(km, end)
    out, error = phrase.distance_m / 1000, phrase.distance_error_m / 1000 + own
    ends = sorted((km + way * (out - error), km + way * (out + error)))
    if ends[1] <= 0 or ends[0] >= road.length_km:
        return None
    return max(ends[0], 0.0), min(ends[1], road.length_km)


def _way(road: Highway, place: Candidate, km: float, bearing: float, aside: float) -> int:
    """Which way along the road a direction is: 1 with the kilometres, -1 against them, or 0."""
    best, least = 0, aside
    for way in (1, -1):
        probe = min(max(km + way * PROBE_KM, 0.0), road.length_km)
        if abs(probe - km) * 1000 > place.uncertainty_m:
            lat, lon = _point(road, probe)
            azimuth = GEOD.inv(place.lon, place.lat, lon, lat)[0]
            off = abs((azimuth - bearing + 180) % 360 - 180)
            best, least = (way, off) if off <= least else (best, least)
    return best


def _next_town(road: Highway, km: float, way: int, rank: int, gazetteer: Gazetteer) -> float:
    for waypoint, there in list(zip(road.waypoints, road.waypoint_km, strict=True))[::way]:
        if (there - km) * way >= APART_KM and _rank(gazetteer, waypoint.place_id) >= rank:
            return float(there)
    return road.length_km if way > 0 else 0.0


def _point(road: Highway, km: float) -> tuple[float, float]:
    lon, lat = road.points_at(km)[0]
    return float(lat), float(lon)


def _stretch(road: Highway, low: float, high: float, own_m: float) -> Spot:
    """Round the middle of a stretch, a circle that holds it, its error and the places' circles."""
    lat, lon = _point(road, (low + high) / 2)
    inner = [km for km in road.vertex_km if low < km < high]
    points = [_point(road, km) for km in (low, *inner, high)]
    far = max(GEOD.inv(lon, lat, point[1], point[0])[2] for point in points)
    # The way-points that the stretch runs between, those beyond its ends included.
    first = max(int(np.searchsorted(road.waypoint_km, low, "right")) - 1, 0)
    # Not before the first: several way-points may lie at one kilometre.
    last = max(int(np.searchsorted(road.waypoint_km, high, "left")), first)
    error = max(waypoint.error_m for waypoint in road.waypoints[first : last + 1])
    if road.is_surveyed:
        error = float(road.errors_at([low, *inner, high]).max())
    ends = road.place_at(low), road.place_at(high)
    why = f"{road.id} from km {low:.1f} ({ends[0]}) to km {high:.1f} ({ends[1]})"
    return Spot(
        lat=lat,
        lon=lon,
        radius_m=far + error + own_m,
        why=why,
        road=road.id,
        span_km=(low, high),
        ends=ends,
    )
