"""The places of a new theatre: of listings, cut to its ground, and of the data themselves."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.errors import DataError, RequestError
from geoline.gazetteer import KINDS, Place, great_circle_km
from geoline.gazetteer.importing import read_listing, world_towns
from geoline.libraries import spatial
from geoline.names import plain, skeleton
from geoline.new_theatre.groups import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from geoline.new_theatre.ground import Ground
    from geoline.new_theatre.told import Site

__all__ = ["Gathered", "gather", "towns_at"]

# How far off the land a place of a listing may lie (degrees): coasts are good to some 300 m.
COAST_DEG = 0.02
# A site is a listed place of the same name, or of one that sounds alike, no farther than this.
SAME_NAME_KM, ALIKE_KM = 10.0, 5.0
# How far off the position of a place may be that only the data give (metres).
UNCERTAINTY_M = 1_000.0
KM_A_DEGREE = 111.2


@dataclass(slots=True)
class Gathered:
    """The places of a theatre.

    Parameters
    ----------
    places
        Those that were there before and those that are new, by id.
    located
        Which of them a site of the data is: by its name, latitude and longitude.
    said
        What came from where.
    """

    places: dict[str, Place] = field(default_factory=dict)
    located: dict[tuple[str, float, float], str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def gather(
    before: Iterable[Place],
    listings: Sequence[Path],
    ground: Ground,
    sites: Iterable[Site],
    label: str,
) -> Gathered:
    """Gather the places of a theatre.

    Parameters
    ----------
    before
        Places that it has already.
    listings
        Files of places; the world's towns if there is none and no place was there before.
    ground
        Its ground; listed places elsewhere are left out.
    sites
        The places that the data tell of, the most told of first.
    label
        What data they are, for the column `lookup`.

    Raises
    ------
    DataError
        If a listing cannot be read.
    """
    gathered = Gathered({place.id: place for place in before})
    old = len(gathered.places)
    for path in listings:
        imported = read_listing(path)
        kept = _within(imported.places, ground)
        if not kept:
            reason = (
                f"none of its {len(imported.places)} places lies in the theatre; look at --country"
            )
            raise DataError(path.name, reason)
        aside = f", {len(imported.set_aside)} rows set aside" if imported.set_aside else ""
        gathered.said.append(f"places: {len(kept)} of {len(imported.places)} of {path.name}{aside}")
        _add(gathered, kept)
    if not listings and not old:
        _add_towns(gathered, ground)
    _add_sites(gathered, list(sites), ground, label)
    return gathered


def towns_at(codes: Sequence[str]) -> npt.NDArray[np.float64]:
    """Give longitude and latitude of the towns of countries by their codes, (n, 2).

    There are none where the towns of the world are not installed.
    """
    try:
        towns = world_towns(list(codes)).places if codes else ()
    except RequestError:
        towns = ()
    return np.array([(town.lon, town.lat) for town in towns], dtype=float).reshape(-1, 2)


def _add_towns(gathered: Gathered, ground: Ground) -> None:
    codes = [country.code for country in ground.countries if country.code]
    try:
        towns = world_towns(codes).places if codes else ()
    except RequestError as error:
        gathered.said.append(f"no towns: {error}")
        return
    kept = _within(towns, ground)
    _add(gathered, kept)
    if kept:
        gathered.said.append(
            f"places: {len(kept)} towns over 500 inhabitants (GeoNames, CC BY 4.0)"
        )


def _within(places: Sequence[Place], ground: Ground) -> list[Place]:
    if not places:
        return []
    west, south, east, north = ground.frame
    land = shapely.buffer(ground.land, COAST_DEG, quad_segs=2)
    shapely.prepare(land)
    lon, lat = np.array([p.lon for p in places]), np.array([p.lat for p in places])
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    inside &= shapely.intersects_xy(land, lon, lat)
    return [places[number] for number in np.flatnonzero(inside).tolist()]


def _add(gathered: Gathered, places: Iterable[Place]) -> None:
    """Add places that are not there; one in the very spot of another is a spelling of it."""
    spots = {(round(p.lat, 5), round(p.lon, 5)): p.id for p in gathered.places.values()}
    for place in places:
        if place.id in gathered.places:
            continue
        spot = round(place.lat, 5), round(place.lon, 5)
        if spot in spots:
            _also_called(gathered, spots[spot], (place.name, *place.names))
            continue
        spots[spot] = place.id
        kind = place.kind if place.kind in KINDS else "site"
        gathered.places[place.id] = replace(place, kind=kind)


def _also_called(gathered: Gathered, place_id: str, names: Iterable[str]) -> None:
    place = gathered.places[place_id]
    more = [n for n in dict.fromkeys(names) if n not in {place.name, place.name_ar, *place.names}]
    if more:
        gathered.places[place_id] = replace(place, names=(*place.names, *more))


class _Near:
    """Places by where they are and what they are called."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._ids: list[str] = [place.id for place in places]
        self._places = places
        self._plain: dict[int, set[str]] = {}
        self._sound: dict[int, set[str]] = {}
        at = np.array([(p.lat, p.lon) for p in places], dtype=float).reshape(-1, 2)
        self._tree = spatial.cKDTree(_flat(at)) if len(at) else None

    def find(self, name: str, lat: float, lon: float) -> str:
        """Give the place of this name near a point; empty if there is none."""
        if self._tree is None:
            return ""
        at = _flat(np.array([[lat, lon]]))[0]
        near = sorted(self._tree.query_ball_point(at, SAME_NAME_KM / KM_A_DEGREE))
        apart = np.hypot(*(self._tree.data[near] - at).T) if near else []
        order = [near[n] for n in np.argsort(apart, kind="stable")] if near else []
        wanted = plain(name)
        for number in map(int, order):
            if wanted in self._names(number, self._plain, plain):
                return self._ids[number]
        wanted = skeleton(name)
        for number in map(int, order if wanted else ()):
            far = float(np.hypot(*(self._tree.data[number] - at)))
            if far <= ALIKE_KM / KM_A_DEGREE and wanted in self._names(
                number, self._sound, skeleton
            ):
                return self._ids[number]
        return ""

    def _names(
        self, number: int, known: dict[int, set[str]], fold: Callable[[str], str]
    ) -> set[str]:
        if number not in known:
            place = self._places[number]
            names = filter(None, (place.name, place.name_ar, *place.names))
            known[number] = {fold(name) for name in names}
        return known[number]


def _flat(at: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give degrees that are equally long both ways, about there."""
    return np.column_stack((at[:, 0], at[:, 1] * np.cos(np.radians(at[:, 0]))))


def _add_sites(gathered: Gathered, sites: list[Site], ground: Ground, label: str) -> None:
    """Find each site among the places; those that are no place yet become one."""
    west, south, east, north = ground.frame
    near = _Near(list(gathered.places.values()))
    spots = {(round(p.lat, 5), round(p.lon, 5)): p.id for p in gathered.places.values()}
    fresh: dict[str, list[Place]] = defaultdict(list)
    found = new = outside = unplaced = 0
    for site in sites:
        key = site.name, site.lat, site.lon
        if _is_there(gathered.places.get(site.place_id), site):
            gathered.located[key] = site.place_id
            found += 1
            continue
        if not (west <= site.lon <= east and south <= site.lat <= north):
            unplaced += math.isnan(site.lat)
            outside += not math.isnan(site.lat)
            continue
        known = near.find(site.name, site.lat, site.lon) or _same(fresh[plain(site.name)], site)
        spot = round(site.lat, 5), round(site.lon, 5)
        if not known and spot in spots:
            known = spots[spot]
            _also_called(gathered, known, [site.name])
        if known:
            gathered.located[key] = known
            found += 1
            continue
        place = Place(
            id=_free(site, gathered.places),
            name=site.name,
            lat=site.lat,
            lon=site.lon,
            uncertainty_m=UNCERTAINTY_M,
            lookup=label,
        )
        gathered.places[place.id] = place
        gathered.located[key] = place.id
        fresh[plain(site.name)].append(place)
        spots[spot] = place.id
        new += 1
    if new:
        gathered.said.append(f"places: {new} from the data's own coordinates, no list had them")
    if outside:
        gathered.said.append(f"{outside} places of the data lie outside the frame")
    if unplaced:
        gathered.said.append(
            f"{unplaced} places of the data have no coordinates and are known by name alone; where "
            "that does not do, give lat and lon, or --places"
        )


def _is_there(place: Place | None, site: Site) -> bool:
    """Whether a place known by its id lies where the data put it, if they do."""
    if place is None:
        return False
    if math.isnan(site.lat):
        return True
    apart = float(great_circle_km(place.lat, place.lon, site.lat, site.lon))
    return apart <= max(SAME_NAME_KM, place.uncertainty_m / 1000)


def _same(places: Iterable[Place], site: Site) -> str:
    """Give the new place of this very name near a site, if there is one."""
    for place in places:
        flat = _flat(np.array([[place.lat, place.lon], [site.lat, site.lon]]))
        if float(np.hypot(*(flat[0] - flat[1]))) <= SAME_NAME_KM / KM_A_DEGREE:
            return place.id
    return ""


def _free(site: Site, taken: dict[str, Place]) -> str:
    base = site.place_id if site.place_id and site.place_id not in taken else slug(site.name)
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
