"""Clashes, strikes and other events that say nothing of who holds a place, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geoline.libraries import gpd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoline.claims import Claim
    from geoline.gazetteer import Gazetteer

__all__ = ["EVENT_KINDS", "event_table"]

# What is an event of its own, not a word about control or about another claim.
EVENT_KINDS = frozenset({"clash", "strike", "pressed", "advanced"})


def event_table(claims: Iterable[Claim], gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Give the events among some claims, one a row, by day and place.

    Parameters
    ----------
    claims
        In any order.
    gazetteer
        The places that they may name.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326: `kind`, `date_start` (None for "by that day"), `date_end`, `place` (as written),
        `place_id`, `actors`, `source`, `origin`, `url`, `note`, `claim_id`, geometry (Point; None
        where the place is undecided).
    """
    found = [claim for claim in claims if claim.event in EVENT_KINDS]
    found.sort(key=lambda claim: (claim.when.end, claim.place, claim.claim_id))
    where = [gazetteer[claim.place_id] if claim.place_id else None for claim in found]
    points = gpd.GeoSeries.from_xy(
        [place.lon if place else np.nan for place in where],
        [place.lat if place else np.nan for place in where],
        crs=4326,
    ).where([place is not None for place in where])
    return gpd.GeoDataFrame(
        {
            "kind": [claim.event for claim in found],
            "date_start": [claim.when.start for claim in found],
            "date_end": [claim.when.end for claim in found],
            "place": [claim.place for claim in found],
            "place_id": [claim.place_id or None for claim in found],
            "actors": ["; ".join(claim.actor) for claim in found],
            "source": [claim.source for claim in found],
            "origin": ["; ".join(claim.origins) for claim in found],
            "url": [claim.url or None for claim in found],
            "note": [claim.note for claim in found],
            "claim_id": [claim.claim_id for claim in found],
        },
        geometry=points,
        crs=4326,
    )
