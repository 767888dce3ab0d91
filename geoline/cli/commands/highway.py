"""`geoline highway`: who holds which stretch of a road, over days, and the road between places."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geoline import highways
from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_days, add_known
from geoline.cli.dialogue.asked import draw_days, one_place, span_of, theatre_of
from geoline.cli.dialogue.statements import said_line, said_of
from geoline.errors import RequestError
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from datetime import date

    from geoline.highways import Highway, Leg
    from geoline.situation import RoadStatement, Situation, TheatreAsKnown
    from geoline.theatre import Theatre

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("road", nargs="*", metavar="ROAD", help="default: all")
    parser.add_argument("--on", metavar="DAY")
    add_days(parser, "a table of days, as CSV", "last day of the table")
    parser.add_argument("--between", nargs=2, metavar="PLACE", help="the road between two places")
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Answer for a day, for a span of days, or for the road between two places."""
    theatre = theatre_of(options)
    roads = _roads(theatre, options.road)
    if options.between:
        ends = [one_place(theatre, name).id for name in options.between]
        if not options.road:
            roads = _passing(roads, ends, options.between)
        legs = [_leg_record(road.between(*ends)) for road in roads]
        return Answer(legs, [line for leg in legs for line in _leg_lines(leg)])
    if options.first or options.last:
        as_known, first, last = span_of(theatre, options)
        draw_days(as_known, first, last)
        rows = _days(as_known, options.road, first, last)
        return Answer(rows, _csv(rows))
    if not options.on:
        message = "give a day with --on, days with --from and --to, or two places with --between"
        raise RequestError(message)
    day = theatre.on(options.on, options.known_on)
    answers = [_record(day, road) for road in roads]
    return Answer(answers, [line for answer in answers for line in _lines(answer)])


def _roads(theatre: Theatre, asked: Sequence[str]) -> list[Highway]:
    """Give the roads asked for, all if none is."""
    roads = {road.id: road for road in theatre.data.highways}
    for road in asked:
        if road not in roads:
            known = ", ".join(sorted(roads)) or "none in this theatre"
            message = f"no highway '{road}'; there are {known}"
            raise RequestError(message)
    return [road for road in roads.values() if not asked or road.id in asked]


def _passing(roads: Sequence[Highway], ends: Sequence[str], names: Sequence[str]) -> list[Highway]:
    """Give the roads that both places are on: where none is named, they are meant."""
    on = {end: [r for r in roads if any(w.place_id == end for w in r.waypoints)] for end in ends}
    both = [road for road in on[ends[0]] if road in on[ends[1]]]
    if not both:
        where = "; ".join(
            f"{name} is on {', '.join(road.id for road in on[end]) or 'none'}"
            for name, end in zip(names, ends, strict=True)
        )
        message = f"no highway passes both {' and '.join(names)}: {where}; choose two on one road"
        raise RequestError(message)
    return both


def _record(day: Situation, road: Highway) -> dict[str, Any]:
    status = next(s for s in day.highway_statuses if s.road == road.id)
    towns: dict[str, list[str]] = {}
    for place in status.places:
        if place.kind in highways.TOWNS and not place.beside and place.holder != UNKNOWN:
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
        "shared": [_leg_record(leg) for leg in road.shared()],
        "reported": _road_reports(day.road_reports[road.id]),
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
        said = said_of(claim) | {
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


def _lines(record: dict[str, Any]) -> list[str]:
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
    lines += [said_line(said) for said in record["reported"]]
    return lines


def _range(record: dict[str, Any], party: str) -> str:
    if party not in record["km_low"] or record["km_low"][party] == record["km_high"][party]:
        return ""
    return f" ({record['km_low'][party]:.0f} to {record['km_high'][party]:.0f})"


def _leg_record(leg: Leg) -> dict[str, Any]:
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


def _leg_lines(record: dict[str, Any]) -> list[str]:
    shared = f", also the {record['shared_with']}" if record["shared_with"] else ""
    ends = f"from {record['from_place']} to {record['to_place']}"
    places = zip(record["place_km"], record["places"], strict=True)
    head = f"{record['road']}: {record['length_km']:.1f} km {ends}{shared}"
    return [
        f"{head}, good to {record['error_m']:,} m",
        *(f"  {km:6.1f} km  {place}" for km, place in places),
    ]


def _days(
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


def _csv(rows: Sequence[dict[str, Any]]) -> list[str]:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0] if rows else (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().splitlines()
