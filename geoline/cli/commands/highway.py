"""`geoline highway`: who holds which stretch of a road, over days, and the road between places."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geoline import highways
from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_days, add_known, add_processes
from geoline.cli.dialogue.asked import draw_days, one_place, span_of, theatre_of
from geoline.cli.dialogue.statements import said_line, said_of
from geoline.errors import RequestError
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from datetime import date

    from geoline.highways import Highway, Leg
    from geoline.situation import (
        HighwayStatus,
        PlaceOnRoad,
        RoadStatement,
        Situation,
        Stretch,
        TheatreAsKnown,
    )
    from geoline.theatre import Theatre

__all__ = ["arguments", "run"]

# Of a longer stretch the places on it are not named in words.
MOST_NAMED = 6


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("road", nargs="*", metavar="ROAD", help="default: all")
    parser.add_argument("--on", metavar="DAY")
    add_days(parser, "a table of days, as CSV", "last day of the table")
    parser.add_argument("--between", nargs=2, metavar="PLACE", help="the road between two places")
    add_known(parser)
    add_processes(parser)


def run(options: Namespace) -> Answer:
    """Answer for a day, for a span of days, or for the road between two places."""
    theatre = theatre_of(options)
    roads = _roads(theatre, options.road)
    if options.between:
        return _between(theatre, roads, options)
    if options.first or options.last:
        as_known, first, last = span_of(theatre, options)
        draw_days(as_known, first, last, options)
        rows = _days(as_known, options.road, first, last)
        return Answer(rows, _csv(rows))
    if not options.on:
        message = "give a day with --on, days with --from and --to, or two places with --between"
        raise RequestError(message)
    day = theatre.on(options.on, options.known_on)
    answers = [_record(day, road) for road in roads]
    return Answer(answers, [line for answer in answers for line in _lines(answer)])


def _between(theatre: Theatre, roads: Sequence[Highway], options: Namespace) -> Answer:
    """Answer with the road between two places; where no road is named, those that both are on."""
    ends = [one_place(theatre, name).id for name in options.between]
    if not options.road:
        roads = _passing(roads, ends, options.between)
    legs = [_leg_record(road.between(*ends)) for road in roads]
    return Answer(legs, [line for leg in legs for line in _leg_lines(leg)])


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
    """Give the roads that both places are on.

    Raises
    ------
    RequestError
        If there is none.
    """
    passed = {road.id: {waypoint.place_id for waypoint in road.waypoints} for road in roads}
    both = [road for road in roads if passed[road.id].issuperset(ends)]
    if both:
        return both
    where = []
    for name, end in zip(names, ends, strict=True):
        on = [road for road, places in passed.items() if end in places]
        where.append(f"{name} is on {', '.join(on) or 'none'}")
    message = f"no highway passes both {' and '.join(names)}: {'; '.join(where)}"
    message += "; choose two on one road"
    raise RequestError(message)


def _record(day: Situation, road: Highway) -> dict[str, Any]:
    status = next(s for s in day.highway_statuses if s.road == road.id)
    return {
        "road": status.road,
        "length_km": status.length_km,
        "error_m": dict(zip(("median", "most"), status.error_m, strict=True)),
        "course": "ways of the theatre's own file"
        if road.is_surveyed
        else "a curve through way-points",
        "drawn_km": status.drawn_km,
        "km": status.km,
        "km_low": status.km_low,
        "km_high": status.km_high,
        "stretches": [_stretch(stretch) for stretch in status.stretches],
        "open": list(status.open_to),
        "open_surely": status.open_surely,
        "cuts": [asdict(cut) for cut in status.cuts],
        "front": None if status.front_km is None else _front(status.front_km, road),
        "towns": _towns(status),
        "places": [asdict(place) | {"next": _next(road, place)} for place in status.places],
        "shared": [_leg_record(leg) for leg in road.shared()],
        "reported": _road_reports(day.road_reports[road.id]),
    }


def _stretch(stretch: Stretch) -> dict[str, Any]:
    doubtful = [{"from_km": a, "to_km": b, "decided_by": by} for a, b, by in stretch.doubtful]
    doubtful_km = round(sum(b - a for a, b, _ in stretch.doubtful), 2)
    return asdict(stretch) | {"doubtful_km": doubtful_km, "doubtful": doubtful}


def _front(front_km: tuple[float, float, float, float], road: Highway) -> dict[str, Any]:
    far, low, high, at = front_km
    near = road.place_at(at)
    return {"distance_km": far, "low_km": low, "high_km": high, "at_km": at, "near": near}


def _towns(status: HighwayStatus) -> dict[str, list[str]]:
    """List the towns that the road runs through, by holder."""
    towns: dict[str, list[str]] = {}
    for place in status.places:
        if place.kind in highways.TOWNS and not place.beside and place.holder != UNKNOWN:
            towns.setdefault(place.holder, []).append(place.place)
    return towns


def _next(road: Highway, place: PlaceOnRoad) -> list[Any] | None:
    """Give the way-point behind a place, and its kilometre; None behind the last."""
    ahead = road.next_place(place.place_id)
    return None if ahead is None else [ahead.name, round(road.km_of(ahead.place_id), 2)]


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
    opened = [
        f"{party}{'' if record['open_surely'][party] else ' (not beyond doubt)'}"
        for party in record["open"]
    ]
    head = (
        f"{record['road']} ({record['length_km']:.0f} km, {record['course']}, "
        f"good to {error['median']:,} m, at worst {error['most']:,} m): {held}"
    )
    return [
        head,
        *map(_stretch_line, record["stretches"]),
        *(
            f"  cut at km {cut['km']:.1f} ({cut['low_km']:.1f} to {cut['high_km']:.1f}) near "
            f"{cut['near']}: {cut['from_holder']} | {cut['to_holder']}"
            for cut in record["cuts"]
        ),
        f"  open from end to end for: {', '.join(opened) or 'nobody'}",
        *_around_lines(record),
        *map(said_line, record["reported"]),
    ]


def _stretch_line(stretch: dict[str, Any]) -> str:
    ends = stretch["from_place"], stretch["to_place"]
    doubt = f", {stretch['doubtful_km']:.1f} km of it doubtful" if stretch["doubtful_km"] else ""
    inside = [place for place in stretch["places"] if place not in ends]
    few = f" ({', '.join(inside)})" if 0 < len(inside) <= MOST_NAMED else ""
    km = f"{stretch['from_km']:6.1f}–{stretch['to_km']:6.1f} km"
    return f"  {km}  {stretch['holder']}  {ends[0]} – {ends[1]}{few}{doubt}"


def _around_lines(record: dict[str, Any]) -> list[str]:
    """Write the front beside a road, its towns, and what it shares with others."""
    lines = []
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
