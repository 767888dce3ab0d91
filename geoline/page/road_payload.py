"""The part of the page's payload that is about highways and observation posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geoline.highways import TOWNS
from geoline.page.lines import encode_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.situation import HighwayStatus, PostReport, PostStatus, Situation, TheatreAsKnown
    from geoline.theatre_folder import TheatreData

__all__ = ["post_days", "post_payload", "road_days", "road_payload"]

# A part of a road is drawn doubtful from this length on (kilometres).
SHOWN_KM = 0.5


def road_payload(
    as_known: TheatreAsKnown,
    situations: Sequence[Situation],
    number: Mapping[str, int],
    claim_number: Mapping[str, int],
) -> list[dict[str, Any]]:
    """Pack the highways.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    situations
        The days shown.
    number, claim_number
        Number on the page by place id and by claim id.
    """
    roads = []
    for n, road in enumerate(as_known.theatre.highways):
        statuses = [situation.highway_statuses[n] for situation in situations]
        reports = {s.claim.claim_id for status in statuses for s in status.reported}
        roads.append(
            {
                "id": road.id,
                "name": road.id,
                "line": encode_line(shapely.get_coordinates(road.line)),
                "length_km": round(road.length_km, 1),
                "error_m": list(statuses[0].error_m),
                "shared": [
                    [leg.shared_with, round(leg.from_km, 1), round(leg.to_km, 1)]
                    for leg in road.shared()
                ],
                # Kilometre, name, number of the place, whether a town, whether beside the road.
                "places": [
                    [
                        round(float(km), 1),
                        waypoint.name,
                        number.get(waypoint.place_id),
                        int(waypoint.kind in TOWNS),
                        int(waypoint.beside),
                    ]
                    for waypoint, km in zip(road.waypoints, road.waypoint_km, strict=True)
                ],
                "claims": sorted(claim_number[c] for c in reports if c in claim_number),
                **road_days(statuses),
            }
        )
    return roads


def road_days(statuses: Sequence[HighwayStatus]) -> dict[str, Any]:
    """Pack what one road was on each day."""
    return {
        "days": [_stretches(status) for status in statuses],
        "facts": [_facts(status) for status in statuses],
    }


def _stretches(status: HighwayStatus) -> list[list[Any]]:
    """From, to, holder and the doubtful parts of each stretch."""
    return [
        [
            round(s.from_km, 2),
            round(s.to_km, 2),
            s.holder,
            [[a, b] for a, b, _ in s.doubtful if b - a >= SHOWN_KM],
        ]
        for s in status.stretches
    ]


def _facts(status: HighwayStatus) -> dict[str, Any]:
    return {
        "cuts": [[c.km, c.low_km, c.high_km, c.near] for c in status.cuts],
        "open": [[party, int(status.open_surely[party])] for party in status.open_to],
        "front": status.front_km and list(status.front_km),
        "low": {party: round(km, 1) for party, km in status.km_low.items()},
        "high": {party: round(km, 1) for party, km in status.km_high.items()},
    }


def post_days(
    theatre: TheatreData, situations: Sequence[Situation], *, reported: bool = False
) -> list[dict[str, Any]]:
    """Pack what each post was on each day, in the order of the posts.

    What is computed; with `reported` also what was said last, and whether that differs.
    """
    rows: dict[str, list[list[Any]]] = {post.id: [] for post in theatre.posts}
    front: dict[str, list[list[float] | None]] = {post.id: [] for post in theatre.posts}
    for day, situation in enumerate(situations):
        reports = situation.post_reports if reported else {}
        for answer in situation.post_statuses:
            name = answer.post.id
            now = [answer.status, answer.territory, int(answer.doubtful), *_said(reports.get(name))]
            if not rows[name] or rows[name][-1][1:] != now:
                rows[name].append([day, *now])
            front[name].append(_distances(answer))
    return [
        {"status": rows[post.id], "front": front[post.id] if any(front[post.id]) else []}
        for post in theatre.posts
    ]


def _said(report: PostReport | None) -> list[Any]:
    """Give what was said last of a post, and whether it differs from what is computed."""
    return ["", 0] if report is None else [report.says, int(report.differs)]


def _distances(answer: PostStatus) -> list[float] | None:
    """Distance to the front with its range (kilometres), where a post is in place."""
    far = answer.distance_to_front_km, answer.distance_low_km, answer.distance_high_km
    if answer.status in {"not yet", "withdrawn"}:
        return None
    return [round(km, 1) for km in far if km is not None] or None


def post_payload(
    theatre: TheatreData, situations: Sequence[Situation], claim_number: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Pack the posts; the arguments are as for `road_payload`."""
    claims: dict[str, set[str]] = {post.id: set() for post in theatre.posts}
    remarks: dict[str, dict[str, None]] = {post.id: {} for post in theatre.posts}
    for situation in situations:
        for name, report in situation.post_reports.items():
            claims[name] |= {s.claim.claim_id for s, _ in report.statements}
            remarks[name] |= dict.fromkeys(s.remark for s, _ in report.statements if s.remark)
    posts = []
    for post, days in zip(
        theatre.posts, post_days(theatre, situations, reported=True), strict=True
    ):
        by = "by " if post.established_precision == "by" else ""
        posts.append(
            {
                "id": post.id,
                "name": post.name,
                "lat": None if post.lat is None else round(post.lat, 5),
                "lon": None if post.lon is None else round(post.lon, 5),
                "place": post.place,
                "uncertainty_m": round(post.uncertainty_m),
                "agreed": bool(post.agreement),
                "number": post.number,
                "established": by + post.established.isoformat(),
                "note": post.note,
                **days,
                "claims": sorted(claim_number[c] for c in claims[post.id] if c in claim_number),
                "remarks": list(remarks[post.id]),
            }
        )
    return posts
