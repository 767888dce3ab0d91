"""The claims of the ledger that those on the desk may say again: same voice or place, near days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from geoline.claims import claims_in_force
from geoline.dates import parse_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from geoline.claims import Claim
    from geoline.theatre_folder import TheatreData

__all__ = ["ledger_near"]

# How far from the days of the claims the ledger is carried, so that a day may be corrected.
AROUND = timedelta(days=60)
# A ledger of datasets has more than a page should carry; the nearest days are kept.
MOST = 20_000


def ledger_near(
    theatre: TheatreData, rows: Iterable[Mapping[str, str]], places: Collection[str]
) -> list[dict[str, Any]]:
    """Give the claims in force that a reader of these rows wants to see beside them.

    Parameters
    ----------
    theatre
        The theatre.
    rows
        The claims on the desk.
    places
        Ids of what their names may mean.

    Returns
    -------
    list
        Plain records, those of the nearest days first.
    """
    days, voices = set(), set()
    for row in rows:
        days |= {day for key in ("date_start", "date_end") if (day := _day(row.get(key, "")))}
        voices |= {row.get("source", ""), *_parts(row.get("origin", ""))}
    if not days:
        return []
    first, last = min(days), max(days)
    near = [
        claim
        for claim in claims_in_force(theatre.claims)
        if claim.place_id
        and first - AROUND <= claim.when.end
        and (claim.when.start or claim.when.end) <= last + AROUND
        and (claim.place_id in places or voices & {claim.source, *claim.origins})
    ]
    middle = first + (last - first) / 2
    near.sort(key=lambda claim: (abs((claim.when.end - middle).days), claim.claim_id))
    return [_record(claim) for claim in near[:MOST]]


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _record(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.claim_id,
        "place_id": claim.place_id,
        "event": claim.event,
        "actor": "; ".join(claim.actor),
        "date_start": claim.when.start.isoformat() if claim.when.start else "",
        "date_end": claim.when.end.isoformat(),
        "known": claim.known.isoformat(),
        "source": claim.source,
        "origin": "; ".join(claim.origins),
    }
