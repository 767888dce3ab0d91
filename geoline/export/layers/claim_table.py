"""What was said of some days as a table, a claim a row: the columns that the page gives too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoline.tables import csv_table

if TYPE_CHECKING:
    from datetime import date

    from geoline.claims import Claim
    from geoline.situation import TheatreAsKnown

__all__ = ["CLAIM_TABLE", "claim_table"]

CLAIM_TABLE = (
    "claim_id", "place_id", "place", "lat", "lon", "event", "actor", "date_start", "date_end",
    "published", "source", "reliability", "origin", "url", "note",
)  # fmt: skip
# Of a degree, about 10 m, and those that it is rounded to before: as the page has them.
DECIMALS, BEFORE = 4, 5


def claim_table(as_known: TheatreAsKnown, first: date, last: date) -> bytes:
    """Write the claims about the days from the first to the last as CSV, UTF-8.

    Those that were public, also where others outweigh them, in the order of their days. No cell is
    a formula where a spreadsheet opens it.
    """
    rows = [
        _row(as_known, claim)
        for claim in as_known.public_claims
        if (claim.when.start or claim.when.end) <= last and claim.when.end >= first
    ]
    return csv_table(CLAIM_TABLE, rows, spreadsheet=True)


def _row(as_known: TheatreAsKnown, claim: Claim) -> dict[str, Any]:
    theatre = as_known.theatre
    # A district or a region is no place of the map.
    on_map = claim.place_id if claim.place_id in as_known.spells else ""
    place = theatre.gazetteer[on_map] if on_map else None
    source = theatre.sources[claim.source]
    return {
        "claim_id": claim.claim_id,
        "place_id": on_map,
        "place": claim.place,
        "lat": place and _degrees(place.lat),
        "lon": place and _degrees(place.lon),
        "event": claim.event,
        "actor": "; ".join(map(theatre.actor_name, claim.actor)),
        "date_start": claim.when.start,
        "date_end": claim.when.end,
        "published": claim.published,
        "source": source.name,
        "reliability": source.reliability,
        "origin": ", ".join(theatre.sources[origin].name for origin in claim.origins),
        "url": claim.url,
        "note": claim.note,
    }


def _degrees(value: float) -> float:
    units: int = 10**DECIMALS
    return round(round(value, BEFORE) * units) / units
