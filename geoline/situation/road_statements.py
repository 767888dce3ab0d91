"""What sources said of roads and posts, put where it belongs, to stand beside what is computed.

A claim about a road says in brackets which part it means: "M5 highway (Saraqib)", "(A to B)",
"(north of A)", "(all of Idlib province)", "(whole length)"; what is read otherwise is reported but
placed nowhere. A claim about a post is put to the post at its place; where the words place it
elsewhere ("20 km south of X"), how far off that is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.georeferencing.relations import locate
from geoline.highways.highway import GEOD
from geoline.situation.post_status import AT_THE_FRONT_KM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from geoline.claims.claim import Claim
    from geoline.control.evidence import Weigher
    from geoline.gazetteer.gazetteer import Gazetteer
    from geoline.highways.highway import Highway, Leg
    from geoline.situation.post_status import Post, PostStatus
    from geoline.theatre_folder.theatre_toml import Region

__all__ = [
    "PostReport",
    "PostStatement",
    "RoadStatement",
    "contradicts",
    "decided",
    "post_report",
    "post_statements",
    "road_statements",
]

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


@dataclass(frozen=True, slots=True)
class PostStatement:
    """A claim about a post; `remark` says where its words place the post elsewhere."""

    claim: Claim
    remark: str


@dataclass(frozen=True, slots=True)
class PostReport:
    """What was last said of a post, the newest first.

    Parameters
    ----------
    says
        The event with the most evidence, empty if nothing was said.
    differs
        Whether that event speaks for another status than the computed one, and is no older.
    statements
        Each with whether it agrees with the computed status.
    """

    says: str
    differs: bool
    statements: tuple[tuple[PostStatement, bool], ...]


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
        told = [
            *own[road.id],
            *(
                statement
                for leg in road.shared()
                if leg.shared_with in by_id
                for statement in _carried_over(own[leg.shared_with], by_id[leg.shared_with], leg)
            ),
        ]
        found[road.id] = tuple(sorted(told, key=lambda s: (s.claim.when.end, s.claim.claim_id)))
    return found


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
    phrase = locate(f"{road.id} {words}", gazetteer, [road])
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


def post_statements(
    claims: Iterable[Claim], posts: Sequence[Post], gazetteer: Gazetteer
) -> dict[str, tuple[PostStatement, ...]]:
    """Put the claims about posts to the posts; by post, in order of days."""
    at = {post.place_id: post for post in posts if post.place_id}
    found: dict[str, list[PostStatement]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.when.end, c.claim_id)):
        if claim.about == "post" and claim.place_id in at:
            post = at[claim.place_id]
            found[post.id].append(PostStatement(claim, _elsewhere(claim.place, post, gazetteer)))
    return {post: tuple(statements) for post, statements in found.items()}


def _elsewhere(words: str, post: Post, gazetteer: Gazetteer) -> str:
    """Say how far the post stands from where the words place it, if they do."""
    near = None if post.lat is None or post.lon is None else (post.lat, post.lon)
    found = locate(words, gazetteer, near=near)
    if near is None or found is None or found.lat is None or found.lon is None:
        return ""
    off = GEOD.inv(near[1], near[0], found.lon, found.lat)[2] / 1000
    reference = found.references[0]
    apart = GEOD.inv(near[1], near[0], reference.lon, reference.lat)[2] / 1000
    return (
        f"written “{words}”, {off:.0f} km from {post.name}, "
        f"which lies {apart:.0f} km from {reference.name}"
    )


def contradicts(answer: PostStatus, statements: Sequence[PostStatement], day: date) -> bool:
    """Whether anything reported of a day is not what was computed for it."""
    return any(
        answer.status not in SAYS.get(s.claim.event, {answer.status})
        for s in statements
        if s.claim.when.end == day and not s.claim.bound
    )


def decided(
    answer: PostStatus, statements: Sequence[PostStatement], day: date, weigher: Weigher
) -> PostStatus:
    """Let what was reported of a day decide where the map of the day is in doubt.

    It is within the band, and as near to the front as posts at the front are: whether a way out is
    left there, a line between villages cannot tell.

    Parameters
    ----------
    answer
        The computed status.
    statements
        What was said of the post.
    day
        The day of the status.
    weigher
        Says what each statement is worth.
    """
    now = [s.claim for s in statements if s.claim.when.end == day and not s.claim.bound]
    apart = answer.distance_to_front_km
    close = answer.doubtful or (apart is not None and apart <= AT_THE_FRONT_KM)
    if not close or not now:
        return answer
    events = sorted({c.event for c in now})
    says = max(events, key=lambda e: weigher.evidence(c for c in now if c.event == e))
    meant = SAYS.get(says, frozenset())
    if answer.status in meant or len(meant) != 1:
        return answer
    reason = f"the front is near ({answer.status} on the map); reported of the day: {says}"
    return replace(answer, status=min(meant), reason=reason)


def post_report(
    answer: PostStatus,
    statements: Sequence[PostStatement],
    day: date,
    since: date,
    weigher: Weigher,
) -> PostReport:
    """Compare the status of a post with what was last said of it.

    Parameters
    ----------
    answer
        The computed status.
    statements
        What was said of the post; what was said of later days is left out.
    day, since
        The day of the status, and the day from which on it was so.
    """
    past = [s for s in statements if s.claim.when.end <= day]
    if not past:
        return PostReport("", differs=False, statements=())
    last = max(s.claim.when.end for s in past)
    now = [s for s in past if s.claim.when.end >= last - RECENT]
    evidence = {
        event: weigher.evidence(s.claim for s in now if s.claim.event == event)
        for event in sorted({s.claim.event for s in now})
    }
    says = max(evidence, key=lambda event: evidence[event])
    agree = [(s, answer.status in SAYS.get(s.claim.event, ())) for s in now]
    return PostReport(
        says=says,
        # A report that is older than the status does not deny it.
        differs=last >= since and answer.status not in SAYS.get(says, {answer.status}),
        statements=tuple(sorted(agree, key=lambda pair: pair[0].claim.when.end, reverse=True)),
    )


def within(statement: RoadStatement, km: np.ndarray, margin_km: np.ndarray) -> np.ndarray:
    """Which kilometres (n,) a statement means, give or take a margin."""
    if statement.from_km is None or statement.to_km is None:
        return np.zeros(len(km), dtype=bool)
    inside: np.ndarray = (km >= statement.from_km - margin_km) & (km <= statement.to_km + margin_km)
    return inside
