"""What sources said of roads and posts, put where it belongs, to stand beside what is computed.

A claim about a road says in brackets which part it means: "M5 highway (Saraqib)", "(A to B)",
"(north of A)", "(all of Idlib province)", "(whole length)"; what is read otherwise is reported but
placed nowhere. A claim about a post is put to the post at its place; where the words place it
elsewhere ("20 km south of X"), how far off that is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline import georeferencing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from geoline.claims import Claim
    from geoline.gazetteer import Gazetteer
    from geoline.highways import Highway, Leg
    from geoline.theatre_folder import Region

__all__ = ["RoadStatement", "road_statements"]

WHOLE = frozenset({"", "whole length", "all of it", "entire length"})
# Reports of one situation may lie this far apart.
RECENT = timedelta(days=7)
# A name in brackets is a place on the road if the road passes within this (km).
ON_THE_ROAD_KM = 3.0
# The status that an event of a claim speaks for.
SAYS = {
    "post encircled": frozenset({"encircled"}),
    "post pressed": frozenset({"at the front"}),
    "post relieved": frozenset({"at the front", "behind own lines"}),
    "post evacuated": frozenset({"withdrawn"}),
}


@dataclass(frozen=True, slots=True)
class RoadStatement:
    """A claim about a road and the kilometres that it means; None where that is not clear."""

    claim: Claim
    from_km: float | None
    to_km: float | None


def road_statements(
    claims: Iterable[Claim],
    roads: Sequence[Highway],
    gazetteer: Gazetteer,
    regions: Sequence[Region],
) -> dict[str, tuple[RoadStatement, ...]]:
    """Put the claims about roads to the kilometres that they mean.

    Where two roads are one, what is said of either counts for both.

    Returns
    -------
    dict
        By road, in order of days.
    """
    by_id = {road.id: road for road in roads}
    own: dict[str, list[RoadStatement]] = {road.id: [] for road in roads}
    for claim in claims:
        if claim.about == "road" and claim.road in by_id:
            span = _span(claim.place, by_id[claim.road], gazetteer, regions)
            own[claim.road].append(RoadStatement(claim, *(span or (None, None))))
    found = {}
    for road in roads:
        told = list(own[road.id])
        for leg in (leg for leg in road.shared() if leg.shared_with in by_id):
            told += _carried_over(own[leg.shared_with], by_id[leg.shared_with], leg)
        found[road.id] = tuple(sorted(told, key=_in_order))
    return found


def _in_order(statement: RoadStatement) -> tuple[date, str]:
    return statement.claim.when.end, statement.claim.claim_id


def _carried_over(
    statements: Iterable[RoadStatement], other: Highway, leg: Leg
) -> Iterator[RoadStatement]:
    """Give what was said of another road on the leg that it shares, in the leg's kilometres."""
    there = other.between(leg.places[0].place_id, leg.places[-1].place_id)
    at = sorted([(there.from_km, leg.from_km), (there.to_km, leg.to_km)])
    low, high = at[0][0], at[-1][0]
    for statement in statements:
        if statement.from_km is None or statement.to_km is None:
            continue
        start, end = max(statement.from_km, low), min(statement.to_km, high)
        if start < end:
            here = np.interp([start, end], [km for km, _ in at], [km for _, km in at])
            yield RoadStatement(statement.claim, float(min(here)), float(max(here)))


def _span(
    text: str, road: Highway, gazetteer: Gazetteer, regions: Sequence[Region]
) -> tuple[float, float] | None:
    bracket = re.search(r"\(([^()]*)\)", text)
    words = " ".join(bracket[1].split()) if bracket else ""
    if words.casefold() in WHOLE:
        return 0.0, road.length_km
    for region in regions:
        if re.search(rf"\b{re.escape(region.name)}\s+(province|governorate)", words, re.IGNORECASE):
            inside = road.sample_km[shapely.intersects_xy(region.geometry, road.samples)]
            return (float(inside[0]), float(inside[-1])) if len(inside) else None
    ends = [_at(name, road, gazetteer) for name in re.split(r"\s+to\s+", words)]
    placed = [end for end in ends if end is not None]
    if len(placed) == len(ends) <= 2:  # noqa: PLR2004
        return min(low for low, _ in placed), max(high for _, high in placed)
    phrase = georeferencing.locate(f"{road.id} {words}", gazetteer, [road])
    if phrase is not None and phrase.from_km is not None and phrase.to_km is not None:
        return phrase.from_km, phrase.to_km
    return None


def _at(name: str, road: Highway, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """Kilometres at which the road may pass a place."""
    answer = gazetteer.resolve(name)
    if answer.status != "resolved":
        return None
    place = answer.candidates[0]
    km, off = road.locate(place.lat, place.lon)
    if off > ON_THE_ROAD_KM:
        return None
    about = max(place.uncertainty_m, float(road.errors_at(km)[0])) / 1000
    return max(km - about, 0.0), min(km + about, road.length_km)


def within(statement: RoadStatement, km: np.ndarray, margin_km: np.ndarray) -> np.ndarray:
    """Which kilometres (n,) a statement means, give or take a margin."""
    if statement.from_km is None or statement.to_km is None:
        return np.zeros(len(km), dtype=bool)
    inside: np.ndarray = (km >= statement.from_km - margin_km) & (km <= statement.to_km + margin_km)
    return inside
