"""`geoline posts`: how the observation posts stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_day, add_known
from geoline.cli.dialogue.asked import day_of
from geoline.cli.dialogue.statements import said_line, said_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from geoline.situation import Situation

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add_day(parser)
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Say how each post stands, and of which claims it is not known which post they mean."""
    theatre, day = day_of(options)
    records = _records(day)
    placed = {post.place_id for post in theatre.data.posts} - {""}
    remarks = [
        f"{claim.event}, {claim.place}: not known which post ({claim.claim_id})"
        for claim in theatre.data.claims
        if claim.about == "post" and claim.place_id not in placed and claim.when.end == day.day
    ]
    complete = all(record["status"] != "unknown" for record in records)
    return Answer(records, _lines(records), DONE if complete else IN_PART, remarks)


def _records(day: Situation) -> list[dict[str, Any]]:
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
                    said_of(statement.claim) | {"agrees": agrees, "remark": statement.remark}
                    for statement, agrees in report.statements
                ],
            }
        )
    return records


def _lines(records: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for record in records:
        in_place = record["status"] not in {"not yet", "withdrawn"}
        why = f" ({record['reason']})" if record["reason"] else ""
        lines.append(f"{_named(record)}{_stands(record) if in_place else ''}{why}")
        if in_place:
            lines += [f"  {said_line(said).strip()}" for said in record["statements"]]
    return lines


def _named(record: dict[str, Any]) -> str:
    """Name the post and its status, with the agreement that it was set up by."""
    number = f" {record['number']}" if record["number"] else ""
    agreement = f" [{record['agreement']}{number}]" if record["agreement"] else ""
    return f"{record['post']}{agreement}: {record['status']}"


def _stands(record: dict[str, Any]) -> str:
    """Say since when, on whose ground and how far from the front a post stands."""
    before = "or before " if record["since_precision"] == "by" else ""
    far = ""
    if record["distance_to_front_km"] is not None:
        far = (
            f", {record['distance_to_front_km']:.1f} km from the front "
            f"({record['distance_low_km']:.1f} to {record['distance_high_km']:.1f})"
        )
    doubt = ", doubtful" if record["doubtful"] else ""
    return f" since {before}{record['since']}, in the area of {record['territory']}{far}{doubt}"
