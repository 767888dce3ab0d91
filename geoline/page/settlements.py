"""Settlements on the theatre's ground that nobody told of, for those who zoom in or search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoline.cache import digest
from geoline.gazetteer import with_country

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from geoline.gazetteer import Place
    from geoline.situation import TheatreAsKnown

__all__ = ["MOST", "settlement_payload", "settlements"]

# So many, those nearest to what is told of: with two names each they weigh 19 KB in a page.
MOST = 1_300
RANKS = {"city": 1, "town": 2}
VILLAGE = 3


def settlement_payload(as_known: TheatreAsKnown, told: Collection[str]) -> list[dict[str, Any]]:
    """Give the settlements of `settlements` as the page has them; kept for the next page."""
    gazetteer, land = as_known.theatre.gazetteer, as_known.land
    country = gazetteer.country() if gazetteer.country is not None else ()
    # Of a country's ten thousand only those on this ground are compared with the reviewed ones.
    known = [place for place in _on(land, country) if not place.is_area]
    key = digest(land, _said(known), _said(gazetteer.places), list(told), MOST)

    def made() -> list[dict[str, Any]]:
        return [_row(place) for place in settlements(as_known, told, known)]

    return as_known.store.kept("settlements", key, made)


def settlements(
    as_known: TheatreAsKnown, told: Collection[str], country: Sequence[Place] = ()
) -> list[Place]:
    """Choose the settlements of the gazetteer, and of the country behind it, that have no claim.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    told
        Ids of the places that the page has already.
    country
        Places of the country on the theatre's ground.

    Returns
    -------
    list of Place
        Those on the theatre's ground, towns before villages, the nearest to the places told of
        first; `MOST` at most.
    """
    gazetteer = as_known.theatre.gazetteer
    near = with_country(gazetteer.places, country)[0] if country else gazetteer.places
    there = frozenset(told)
    found = [p for p in _on(as_known.land, near) if p.id not in there and not p.is_area]
    if not found or not told:
        return found[:MOST]
    own = shapely.STRtree(_points(as_known, map(gazetteer.__getitem__, told)))
    _, far = own.query_nearest(_points(as_known, found), return_distance=True, all_matches=False)
    # Every town before any village: who looks for a city must not be told that there is none.
    village = np.array([place.kind not in RANKS for place in found])
    chosen = np.lexsort((far, village))[:MOST]
    return [found[number] for number in sorted(chosen.tolist())]


def _row(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "ar": place.name_ar,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "rank": RANKS.get(place.kind, VILLAGE),
    }


def _said(places: Sequence[Place]) -> list[list[object]]:
    """Give all of places that what is chosen depends on."""
    return [[p.id, p.name, p.name_ar, *p.names, p.lat, p.lon, p.kind, p.lookup] for p in places]


def _on(land: shapely.Geometry, places: Sequence[Place]) -> list[Place]:
    if not places:
        return []
    shapely.prepare(land)
    inside = shapely.intersects_xy(land, [p.lon for p in places], [p.lat for p in places])
    return [place for place, lies in zip(places, inside, strict=True) if lies]


def _points(as_known: TheatreAsKnown, places: Iterable[Place]) -> Any:  # noqa: ANN401  (of points)
    """Give places in degrees of latitude, near enough to compare distances."""
    _, south, _, north = as_known.theatre.frame
    narrow = np.cos(np.radians((south + north) / 2))
    at = np.array([(place.lon * narrow, place.lat) for place in places])
    return shapely.points(at)
