"""Settlements on the theatre's ground that nobody told of, for those who zoom in or search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geoline.gazetteer import with_country

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geoline.gazetteer import Place
    from geoline.situation import TheatreAsKnown

__all__ = ["MOST", "settlement_payload", "settlements"]

# So many, those nearest to what is told of: with two names each they weigh 30 KB in a page.
MOST = 2_000
RANKS = {"city": 1, "town": 2}
VILLAGE = 3


def settlements(as_known: TheatreAsKnown, told: Collection[str]) -> list[Place]:
    """Choose the settlements of the gazetteer, and of the country behind it, that have no claim.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    told
        Ids of the places that the page has already.

    Returns
    -------
    list of Place
        Those on the theatre's ground that lie nearest to the places told of, `MOST` at most.
    """
    gazetteer, land = as_known.theatre.gazetteer, as_known.land
    country = gazetteer.country() if gazetteer.country is not None else ()
    # Of a country's ten thousand only those on this ground are compared with the reviewed ones.
    known = [place for place in _on(land, country) if not place.is_area]
    near = with_country(gazetteer.places, known)[0] if known else gazetteer.places
    found = [p for p in _on(land, near) if p.id not in told and not p.is_area]
    if not found or not told:
        return found[:MOST]
    own = [gazetteer[place] for place in told]
    far, _ = cKDTree(_plane(own, as_known)).query(_plane(found, as_known))
    nearest = np.argsort(far, kind="stable")[:MOST]
    return [found[number] for number in sorted(nearest.tolist())]


def settlement_payload(places: Sequence[Place]) -> list[dict[str, Any]]:
    """Give settlements as the page has them."""
    return [
        {
            "name": place.name,
            "ar": place.name_ar,
            "lat": round(place.lat, 5),
            "lon": round(place.lon, 5),
            "rank": RANKS.get(place.kind, VILLAGE),
        }
        for place in places
    ]


def _on(land: shapely.Geometry, places: Sequence[Place]) -> list[Place]:
    if not places:
        return []
    shapely.prepare(land)
    inside = shapely.intersects_xy(land, [p.lon for p in places], [p.lat for p in places])
    return [place for place, lies in zip(places, inside, strict=True) if lies]


def _plane(places: Sequence[Place], as_known: TheatreAsKnown) -> Any:  # noqa: ANN401  (n, 2)
    """Give places in degrees of latitude, near enough to compare distances."""
    _, south, _, north = as_known.theatre.frame
    narrow = np.cos(np.radians((south + north) / 2))
    return np.array([(place.lon * narrow, place.lat) for place in places])
