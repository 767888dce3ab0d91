"""A gazetteer as a geocoder of geopy.

`GazetteerGeocoder` answers from the gazetteer alone and opens no connection. Only if it is given a
`Fallback` does it ask that one, for names that are `unknown` – never for ambiguous ones.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geoline.gazetteer.geocoding.fallback import Fallback
from geoline.gazetteer.place import great_circle_km

if TYPE_CHECKING:
    from geoline.gazetteer.gazetteer import Gazetteer, Resolution

__all__ = ["Fallback", "GazetteerGeocoder"]

# Locations given at most, unless asked otherwise.
MOST = 5


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """The adapter of a geocoder that asks nobody."""

    def get_json(self, *_asked: object, **_how: object) -> NoReturn:
        """Refuse to ask."""
        message = "a gazetteer asks no server"
        raise GeocoderServiceError(message)

    get_text = get_json


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """A geocoder of geopy that answers from a gazetteer.

    It can be given to `geopandas.tools.geocode(names, provider=GazetteerGeocoder, gazetteer=…)`,
    and its methods to `geopy.extra.rate_limiter.RateLimiter`.

    Parameters
    ----------
    gazetteer
        The places.
    accept_ambiguous
        With `exactly_one`, give the best of several candidates. By default an ambiguous name gives
        None, as an unknown one does: geopy's single answer has no room for doubt. Ask with
        `exactly_one=False` to see the candidates.
    near
        A point (as `geopy.Point` takes it: latitude first) that decides between namesakes.
    fallback
        An online geocoder for unknown names; by default none is asked.

    Examples
    --------
    >>> from geoline import Gazetteer
    >>> record = {"id": "x", "name": "Saraqib", "lat": 35.86, "lon": 36.81, "names": ["سراقب"]}
    >>> geocoder = GazetteerGeocoder(Gazetteer.from_records([record]))
    >>> location = geocoder.geocode("Saraqeb")
    >>> location.address, location.latitude, location.longitude, location.raw["status"]
    ('Saraqib', 35.86, 36.81, 'resolved')
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        accept_ambiguous: bool = False,
        near: object = None,
        fallback: Fallback | None = None,
    ) -> None:
        super().__init__(
            adapter_factory=lambda proxies, ssl_context: _NoNetwork(  # noqa: ARG005  (geopy's call)
                proxies=None, ssl_context=None
            ),
            ssl_context=None,
        )
        self.gazetteer = gazetteer
        self.accept_ambiguous = accept_ambiguous
        self.near = _point(near)
        self.fallback = fallback
        self._lats = np.array([place.lat for place in gazetteer.places], dtype=float)
        self._lons = np.array([place.lon for place in gazetteer.places], dtype=float)

    def geocode(  # noqa: PLR0913  (geopy's arguments, and what decides between namesakes)
        self,
        query: object,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ANN401  (geopy's own mark for "not given")
        limit: int | None = None,
        near: object = None,
        within: str | None = None,
    ) -> Location | list[Location] | None:
        """Find the place that a name means.

        Parameters
        ----------
        query
            The name, in any spelling.
        exactly_one
            Give one location, or else a list of all candidates, best first.
        timeout
            Seconds to wait for the fallback, if there is one; the gazetteer does not wait.
        limit
            How many candidates to give at most.
        near
            A point that decides between namesakes, here instead of the geocoder's own.
        within
            An administrative code or name, or a place, that the places must lie in.

        Returns
        -------
        Location, list of Location or None
            None if the name is unknown or, with `exactly_one`, ambiguous. `raw` is the Resolution
            as a dict, with the candidate that the location stands for as `candidate`; of the
            fallback's answers `raw["status"]` is `unknown` and `raw["fallback"]` holds its own.

        Raises
        ------
        GeocoderQueryError
            If the query is no text.
        """
        if not isinstance(query, str):
            message = f"a name is needed, not {type(query).__name__}"
            raise GeocoderQueryError(message)
        _check_limit(limit)
        answer = self.gazetteer.resolve(
            query,
            near=self.near if near is None else _point(near),
            within=within,
            limit=MOST if limit is None else limit,
        )
        if answer.status == "unknown":
            found = self._ask_fallback(answer, timeout)[:limit]
        else:
            found = _locations(answer)
        if not found:
            return None
        if not exactly_one:
            return found
        if answer.status == "ambiguous" and not self.accept_ambiguous:
            return None
        return found[0]

    def _ask_fallback(self, answer: Resolution, timeout: object) -> list[Location]:
        if self.fallback is None or not answer.query.strip():
            return []
        name = type(self.fallback.geocoder).__name__
        return [
            Location(
                found.address,
                found.point,
                asdict(answer) | {"fallback": {"geocoder": name, "raw": found.raw}},
            )
            for found in self.fallback.ask(answer.query, timeout=timeout)
        ]

    def reverse(
        self,
        query: object,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ANN401, ARG002  (geopy's signature)
        limit: int | None = None,
        within_km: float | None = None,
    ) -> Location | list[Location] | None:
        """Find the places nearest to a point, by great circle.

        Parameters
        ----------
        query
            The point, as `geopy.Point` takes it (latitude first; degrees, WGS 84).
        exactly_one
            Give the nearest place, or else a list, nearest first.
        timeout
            Not used: nobody is asked.
        limit
            How many places to give at most.
        within_km
            How far a place may be; any distance if None.

        Returns
        -------
        Location, list of Location or None
            `raw` is the place as a dict, with `distance_m` and whether the point lies within the
            place's own uncertainty (`within_uncertainty`).
        """
        _check_limit(limit)
        point = _point(query)
        if point is None:
            message = "a point is needed, latitude first"
            raise GeocoderQueryError(message)
        apart = great_circle_km(*point, self._lats, self._lons)
        most = 1 if exactly_one else (MOST if limit is None else limit)
        found = []
        for number in np.argsort(apart, kind="stable")[:most]:
            if within_km is not None and apart[number] > within_km:
                break
            place, metres = self.gazetteer.places[number], float(apart[number]) * 1000
            raw = asdict(place) | {
                "distance_m": round(metres, 1),
                "within_uncertainty": metres <= place.uncertainty_m,
            }
            found.append(Location(place.name, (place.lat, place.lon), raw))
        if not found:
            return None
        return found[0] if exactly_one else found


def _point(value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    point = Point(value)
    return float(point.latitude), float(point.longitude)


def _check_limit(limit: int | None) -> None:
    if limit is not None and limit < 1:
        message = "a limit is 1 or more"
        raise ValueError(message)


def _locations(answer: Resolution) -> list[Location]:
    whole = asdict(answer)
    return [
        Location(c.name, (c.lat, c.lon), whole | {"candidate": asdict(c)})
        for c in answer.candidates
    ]
