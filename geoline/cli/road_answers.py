"""What is said of roads and posts on a day: as plain data for JSON, and as lines of text."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geoline.errors import RequestError
from geoline.highways import TOWNS
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.claims import Claim
    from geoline.highways import Highway, Leg
    from geoline.situation import RoadStatement, Situation, TheatreAsKnown

__all__ = [
    "highway_days",
    "highway_lines",
    "highway_record",
    "leg_lines",
    "leg_record",
    "post_lines",
    "post_records",
]


def highway_record(day: Situation, road: Highway) -> dict[str, Any]:
    """Make plain data of a highway on a day."""
    status = next(s for s in day.highway_statuses if s.road == road.id)
    towns: dict[str, list[str]] = {}
    for place in status.places:
        if place.kind in TOWNS and not place.beside and place.holder != UNKNOWN:
            towns.setdefault(place.holder, []).append(place.place)
    places = []
    for place in status.places:
        ahead = road.next_place(place.place_id)
        places.append(
            asdict(place)
            | {
                "next": None
                if ahead is None
                else [ahead.name, round(road.km_of(ahead.place_id), 2)]
            }
        )
    front = status.front_km
    return {
        "road": status.road,
        "length_km": status.length_km,
        "error_m": dict(zip(("median", "most"), status.error_m, strict=True)),
        "course": "ways of the theatre's own file"
        if road.course
        else "straight between way-points",
        "drawn_km": status.drawn_km,
        "km": status.km,
        "km_low": status.km_low,
        "km_high": status.km_high,
        "stretches": [
            asdict(stretch)
            | {
                "doubtful_km": round(sum(b - a for a, b, _ in stretch.doubtful), 2),
                "doubtful": [
                    {"from_km": a, "to_km": b, "decided_by": by} for a, b, by in stretch.doubtful
                ],
            }
            for stretch in status.stretches
        ],
        "open": list(status.open_to),
        "open_surely": status.open_surely,
        "cuts": [asdict(cut) for cut in status.cuts],
        "front": None
        if front is None
        else {
            "distance_km": front[0],
            "low_km": front[1],
            "high_km": front[2],
            "at_km": front[3],
            "near": road.place_at(front[3]),
        },
        "towns": towns,
        "places": places,
        "shared": [leg_record(leg) for leg in road.shared()],
        "reported": _road_reports(day.road_reports[road.id]),
    }


def leg_record(leg: Leg) -> dict[str, Any]:
    """Make plain data of the road between two places."""
    return {
        "road": leg.road,
        "from_km": round(leg.from_km, 2),
        "to_km": round(leg.to_km, 2),
        "length_km": round(leg.length_km, 2),
        "from_place": leg.places[0].name,
        "to_place": leg.places[-1].name,
        "places": [place.name for place in leg.places],
        "place_km": [round(km, 2) for km in leg.place_km],
        "shared_with": leg.shared_with or None,
        "error_m": round(leg.error_m),
    }


def leg_lines(record: dict[str, Any]) -> list[str]:
    """Write what `leg_record` made as lines of text."""
    shared = f", also the {record['shared_with']}" if record["shared_with"] else ""
    ends = f"from {record['from_place']} to {record['to_place']}"
    places = zip(record["place_km"], record["places"], strict=True)
    head = f"{record['road']}: {record['length_km']:.1f} km {ends}{shared}"
    return [
        f"{head}, good to {record['error_m']:,} m",
        *(f"  {km:6.1f} km  {place}" for km, place in places),
    ]


def _said(claim: Claim) -> dict[str, Any]:
    return {
        "event": claim.event,
        "actor": claim.actor[0],
        "date": claim.when.end,
        "date_precision": claim.precision,
        "written": claim.place,
        "voices": sorted(claim.origins or (claim.source,)),
        "claims": [claim.claim_id],
        "note": claim.note,
    }


def _road_reports(
    reports: Sequence[tuple[RoadStatement, bool | None]],
) -> list[dict[str, Any]]:
    """Statements, those that say the same of the same day as one."""
    merged: dict[tuple[object, ...], dict[str, Any]] = {}
    for statement, agrees in reports:
        claim = statement.claim
        span = statement.from_km, statement.to_km
        key = (claim.event, claim.actor[0], claim.when.end, claim.precision, *span)
        said = _said(claim) | {
            "from_km": None if span[0] is None else round(span[0], 2),
            "to_km": None if span[1] is None else round(span[1], 2),
            "agrees": agrees,
        }
        if key in merged:
            merged[key]["voices"] = sorted({*merged[key]["voices"], *said["voices"]})
            merged[key]["claims"] += said["claims"]
            notes = (merged[key]["note"], said["note"])
            merged[key]["note"] = "; ".join(dict.fromkeys(note for note in notes if note))
        else:
            merged[key] = said
    return list(merged.values())


def highway_lines(record: dict[str, Any]) -> list[str]:
    """Write what `highway_record` made as lines of text."""
    held = ", ".join(
        f"{party} {km:.0f} km{_range(record, party)}" for party, km in record["km"].items()
    )
    error = record["error_m"]
    head = (
        f"{record['road']} ({record['length_km']:.0f} km, {record['course']}, "
        f"good to {error['median']:,} m, at worst {error['most']:,} m): {held}"
    )
    lines = [head]
    for s in record["stretches"]:
        doubt = f", {s['doubtful_km']:.1f} km of it doubtful" if s["doubtful_km"] else ""
        inside = [p for p in s["places"] if p not in {s["from_place"], s["to_place"]}]
        few = f" ({', '.join(inside)})" if 0 < len(inside) <= 6 else ""  # noqa: PLR2004
        lines.append(
            f"  {s['from_km']:6.1f}–{s['to_km']:6.1f} km  {s['holder']}  "
            f"{s['from_place']} – {s['to_place']}{few}{doubt}"
        )
    lines += [
        f"  cut at km {cut['km']:.1f} ({cut['low_km']:.1f} to {cut['high_km']:.1f}) near "
        f"{cut['near']}: {cut['from_holder']} | {cut['to_holder']}"
        for cut in record["cuts"]
    ]
    opened = [
        f"{party}{'' if record['open_surely'][party] else ' (not beyond doubt)'}"
        for party in record["open"]
    ]
    lines.append(f"  open from end to end for: {', '.join(opened) or 'nobody'}")
    if record["front"]:
        front = record["front"]
        lines.append(
            f"  front: {front['distance_km']:.1f} km from the road "
            f"({front['low_km']:.1f} to {front['high_km']:.1f}) at km {front['at_km']:.1f}, "
            f"{front['near']}"
        )
    lines += [
        f"  towns on it held by {party}: {', '.join(towns)}"
        for party, towns in record["towns"].items()
    ]
    lines += [
        f"  shared with {leg['shared_with']}: km {leg['from_km']:.1f} to {leg['to_km']:.1f}, "
        f"{leg['from_place']} – {leg['to_place']}"
        for leg in record["shared"]
    ]
    lines += [_report_line(said) for said in record["reported"]]
    return lines


def _range(record: dict[str, Any], party: str) -> str:
    if party not in record["km_low"] or record["km_low"][party] == record["km_high"][party]:
        return ""
    return f" ({record['km_low'][party]:.0f} to {record['km_high'][party]:.0f})"


def _report_line(said: dict[str, Any]) -> str:
    agrees = {True: "agrees", False: "differs", None: "not compared"}[said["agrees"]]
    by = "by " if said["date_precision"] == "by" else ""
    note = "; ".join(filter(None, (said.get("remark"), said["note"])))
    return (
        f"  reported {by}{said['date']}: {said['event']}, {said['actor']}, {said['written']} "
        f"({', '.join(said['voices'])}){': ' + note if note else ''} – {agrees}"
    )


def highway_days(
    as_known: TheatreAsKnown, roads: Sequence[str], first: date, last: date
) -> list[dict[str, Any]]:
    """Make a table of highways over days: one row a day, road and holder.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    roads
        Ids of the roads; empty for all.
    first, last
        The days, both included.

    Raises
    ------
    RequestError
        If a day is outside the theatre or the last is before the first.
    """
    start, end = as_known.on(first).day, as_known.on(last).day
    if end < start:
        message = f"{end} is before {start}; give the earlier day first"
        raise RequestError(message)
    rows = []
    for day in (d for d in as_known.theatre.days if start <= d <= end):
        for status in as_known.on(day).highway_statuses:
            if roads and status.road not in roads:
                continue
            front = status.front_km or (None, None, None, None)
            rows += [
                {
                    "day": day,
                    "road": status.road,
                    "holder": party,
                    "km": status.km.get(party, 0.0),
                    "km_low": status.km_low.get(party, status.km.get(party, 0.0)),
                    "km_high": status.km_high.get(party, status.km.get(party, 0.0)),
                    "open": party in status.open_to,
                    "open_surely": status.open_surely.get(party, False),
                    "cuts": len(status.cuts),
                    "front_km": front[0],
                    "front_low_km": front[1],
                    "front_high_km": front[2],
                }
                for party in sorted({*status.km, *status.km_high})
            ]
    return rows


def post_records(day: Situation) -> list[dict[str, Any]]:
    """Make plain data of the posts on a day."""
    reports, since, first = day.post_reports, day.post_since, day.as_known.theatre.first_day
    records = []
    for answer in day.post_statuses:
        post, report = answer.post, reports[answer.post.id]
        records.append(
            {
                "post": post.name,
                "post_id": post.id,
                "lat": post.lat,
                "lon": post.lon,
                "position_of": post.place or None,
                "uncertainty_m": post.uncertainty_m if post.place else None,
                "agreement": post.agreement or None,
                "number": post.number,
                "established": post.established,
                "established_precision": post.established_precision,
                "status": answer.status,
                "since": since[post.id],
                "since_precision": "by" if since[post.id] == first else "day",
                "territory": answer.territory,
                "distance_to_front_km": answer.distance_to_front_km,
                "distance_low_km": answer.distance_low_km,
                "distance_high_km": answer.distance_high_km,
                "doubtful": answer.doubtful,
                "reason": answer.reason or None,
                "reported": report.says or None,
                "differs": report.differs,
                "statements": [
                    _said(statement.claim) | {"agrees": agrees, "remark": statement.remark}
                    for statement, agrees in report.statements
                ],
            }
        )
    return records


def post_lines(records: Sequence[dict[str, Any]]) -> list[str]:
    """Write what `post_records` made as lines of text."""
    lines = []
    for a in records:
        twelve = f" [{a['agreement']}{' ' + str(a['number']) if a['number'] else ''}]"
        far = (
            f", {a['distance_to_front_km']:.1f} km from the front "
            f"({a['distance_low_km']:.1f} to {a['distance_high_km']:.1f})"
            if a["distance_to_front_km"] is not None
            else ""
        )
        since = f" since {'or before ' if a['since_precision'] == 'by' else ''}{a['since']}"
        in_place = a["status"] not in {"not yet", "withdrawn"}
        ground = f", in the area of {a['territory']}" if in_place else ""
        doubt = ", doubtful" if in_place and a["doubtful"] else ""
        why = f" ({a['reason']})" if a["reason"] else ""
        lines.append(
            f"{a['post']}{twelve if a['agreement'] else ''}: {a['status']}"
            f"{since if in_place else ''}{ground}{far if in_place else ''}{doubt}{why}"
        )
        if in_place:
            lines += [f"  {_report_line(said).strip()}" for said in a["statements"]]
    return lines
