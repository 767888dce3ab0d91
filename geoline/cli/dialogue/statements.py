"""What was said of roads and posts: as plain data, and as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoline.claims import Claim

__all__ = ["said_line", "said_of"]


def said_of(claim: Claim) -> dict[str, Any]:
    """Make plain data of a claim about a road or a post."""
    return {
        "event": claim.event,
        "actor": claim.actor[0],
        "date": claim.when.end,
        "date_precision": claim.precision,
        "written": claim.place,
        "voices": sorted(claim.voices),
        "claims": [claim.claim_id],
        "note": claim.note,
    }


def said_line(said: dict[str, Any]) -> str:
    """Write what `said_of` made, with whether the map agrees, as a line."""
    agrees = {True: "agrees", False: "differs", None: "not compared"}[said["agrees"]]
    by = "by " if said["date_precision"] == "by" else ""
    note = "; ".join(filter(None, (said.get("remark"), said["note"])))
    return (
        f"  reported {by}{said['date']}: {said['event']}, {said['actor']}, {said['written']} "
        f"({', '.join(said['voices'])}){': ' + note if note else ''} – {agrees}"
    )
