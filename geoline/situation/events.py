"""Clashes, strikes and other events that say nothing of who holds a place, as tables.

A row is what one source told. Several may have told of the same event, so that statements are not
events: `event_counts` counts what several sources tell of one place and the same days once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from geoline.libraries import gpd, pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geoline.claims import Claim
    from geoline.gazetteer import Gazetteer

__all__ = ["EVENT_KINDS", "event_counts", "event_table", "events_by_day"]

# What is an event of its own, not a word about control or about another claim.
EVENT_KINDS = ("clash", "strike", "attack", "pressed", "advanced")
ONE_DAY = timedelta(days=1)


def events_by_day(claims: Iterable[Claim], days: Sequence[date]) -> dict[date, list[Claim]]:
    """Find the events of each day: those that may have happened on it; "by" a day counts for it."""
    found: dict[date, list[Claim]] = defaultdict(list)
    if not days:
        return found
    for claim in claims:
        if claim.event not in EVENT_KINDS:
            continue
        day = max(claim.when.start or claim.when.end, days[0])
        while day <= min(claim.when.end, days[-1]):
            found[day].append(claim)
            day += ONE_DAY
    return found


def event_table(claims: Iterable[Claim], gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Give the events among some claims, one statement a row, by day and place.

    Parameters
    ----------
    claims
        In any order.
    gazetteer
        The places that they may name.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326: `event` (one of `EVENT_KINDS`), `date_start` (None for "by that day"),
        `date_end`, `place` (as written), `place_id`, `actors`, `source`, `origin`, `deaths_low`,
        `deaths_best`, `deaths_high` (a published estimate with its range, if it has one; not to be
        added up), `url`, `note`, `claim_id`, geometry (Point; None where the place is undecided).
    """
    found = [claim for claim in claims if claim.event in EVENT_KINDS]
    found.sort(key=lambda claim: (claim.when.end, claim.place, claim.claim_id))
    where = [gazetteer[claim.place_id] if claim.place_id else None for claim in found]
    points = gpd.GeoSeries.from_xy(
        [place.lon if place else np.nan for place in where],
        [place.lat if place else np.nan for place in where],
        crs=4326,
    ).where([place is not None for place in where])
    deaths = [claim.deaths for claim in found]
    return gpd.GeoDataFrame(
        {
            "event": [claim.event for claim in found],
            "date_start": [claim.when.start for claim in found],
            "date_end": [claim.when.end for claim in found],
            "place": [claim.place for claim in found],
            "place_id": [claim.place_id or None for claim in found],
            "actors": ["; ".join(claim.actor) for claim in found],
            "source": [claim.source for claim in found],
            "origin": ["; ".join(claim.origins) for claim in found],
            **{
                f"deaths_{end}": pd.Series([d and getattr(d, end) for d in deaths], dtype="Int64")
                for end in ("low", "best", "high")
            },
            "url": [claim.url or None for claim in found],
            "note": [claim.note for claim in found],
            "claim_id": [claim.claim_id for claim in found],
        },
        geometry=points,
        crs=4326,
    )


def event_counts(events: pd.DataFrame) -> list[dict[str, Any]]:
    """Count events: what several sources tell of one place and the same days may be the same.

    Parameters
    ----------
    events
        Rows of `event_table`.

    Returns
    -------
    list of dict
        One a kind, place and span of days, by the last of them: `event`, `place` (as first
        written), `place_id`, `date_start`, `date_end`, `count`, `sources`, `claims` (lists). The
        count is the most that one source tells: two rows of one source are two events, of two
        sources perhaps one.
    """
    told: dict[tuple[Any, ...], list[Any]] = {}
    for row in events.itertuples():
        # A place that is undecided is told apart by its name as written.
        key = (row.event, row.place_id or row.place, row.date_start, row.date_end)
        told.setdefault(key, []).append(row)
    return [
        {
            "event": same[0].event,
            "place": same[0].place,
            "place_id": same[0].place_id,
            "date_start": same[0].date_start,
            "date_end": same[0].date_end,
            "count": max(Counter(row.source for row in same).values()),
            "sources": list(dict.fromkeys(row.source for row in same)),
            "claims": [row.claim_id for row in same],
        }
        for same in told.values()
    ]
