"""Places: what a gazetteer folder says of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geoline.tables import Row, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

__all__ = ["Place", "great_circle_km", "read_places", "write_places"]

# fmt: off
COLUMNS = [
    "id", "name", "name_ar", "spellings", "lat", "lon", "uncertainty_m", "kind", "population",
    "lookup", "admin", "note",
]
KINDS = frozenset({
    "city", "town", "village", "hamlet", "suburb", "housing estate", "housing", "hill",
    "hill/hamlet", "ruin/hamlet", "tell", "military base", "military camp", "military depot",
    "airbase", "industrial suburb", "factory", "campus", "research station", "police academy",
    "village/checkpoint", "hamlet/checkpoint", "site",
})
# Areas that a name may mean: units of administration, and regions that reports name.
AREAS = frozenset({"governorate", "district", "sub-district", "region", "countryside"})
# fmt: on

# The other columns may be left out.
NEEDED = ["id", "name", "lat", "lon", "lookup"]
# Radius of the circle that holds a place of which the table does not say it (metres).
UNCERTAINTY_M = {"city": 3000.0, "town": 1000.0}
VILLAGE_M = 500.0

# A position that may be farther off than this does not say on which side of a line it lies.
VAGUE_M = 2500.0
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place that the gazetteer knows.

    Parameters
    ----------
    id
        Stable identifier, lower-case Latin.
    name
        The name that maps show.
    lat, lon
        Degrees, WGS 84 (EPSG:4326).
    names
        Every other spelling, Latin and Arabic.
    name_ar
        The Arabic name, if known.
    uncertainty_m
        Radius in metres of the circle that holds the place (point-radius method).
    kind
        What the place is: city, town, village …
    population
        Inhabitants, if known.
    lookup
        The record that the position was looked up in.
    note
        What decided between namesakes, and other remarks.
    admin
        Codes and names of the administrative units that it lies in.
    """

    id: str
    name: str
    lat: float
    lon: float
    names: tuple[str, ...] = ()
    name_ar: str = ""
    uncertainty_m: float = 1000.0
    kind: str = "village"
    population: int | None = None
    lookup: str = ""
    note: str = ""
    admin: tuple[str, ...] = ()

    @property
    def is_vague(self) -> bool:
        """Whether the position is too uncertain to say on which side of a line the place lies.

        A city's radius is its extent, not a doubt about where it is.
        """
        return self.uncertainty_m > VAGUE_M and self.kind != "city"

    @property
    def is_area(self) -> bool:
        """Whether it is no settlement but an area, whose radius is its extent."""
        return self.kind in AREAS


def great_circle_km(
    lat: ArrayLike, lon: ArrayLike, lats: ArrayLike, lons: ArrayLike
) -> NDArray[np.float64]:
    """Distances from a point to points, along great circles (haversine formula).

    Parameters
    ----------
    lat, lon
        The point, degrees, WGS 84.
    lats, lons
        The other points, arrays of shape (n,).

    Returns
    -------
    numpy.ndarray
        Kilometres on the sphere of `EARTH_RADIUS_KM`, shape (n,).

    From several points to others, if `lat` and `lon` are columns: shape (from, to).

    Examples
    --------
    >>> round(float(great_circle_km(35.6483, 36.6769, [35.8645], [36.8059])[0]), 1)
    26.7
    """
    a, b = np.radians(np.asarray(lat, dtype=float)), np.radians(np.asarray(lats, dtype=float))
    half = np.sin((b - a) / 2) ** 2
    half += (
        np.cos(a)
        * np.cos(b)
        * np.sin(np.radians(np.asarray(lons, dtype=float) - np.asarray(lon, dtype=float)) / 2) ** 2
    )
    km: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return km


def read_places(path: Path) -> list[Place]:
    """Read the places of a gazetteer folder (`places.csv`).

    Raises
    ------
    DataError
        If the table cannot be used; the text names file, row and key.
    """
    optional = [column for column in COLUMNS if column not in NEEDED]
    return read_table(path, NEEDED, _place, optional=optional, unique="id")


def write_places(path: Path, places: Iterable[Place]) -> None:
    """Write places as `read_places` reads them, sorted by id."""
    rows = [
        {
            "id": place.id,
            "name": place.name,
            "name_ar": place.name_ar,
            "spellings": "; ".join(name for name in place.names if ";" not in name),
            "lat": f"{place.lat:.5f}",
            "lon": f"{place.lon:.5f}",
            "uncertainty_m": f"{place.uncertainty_m:.0f}",
            "kind": place.kind,
            "population": "" if place.population is None else place.population,
            "lookup": place.lookup,
            "admin": "; ".join(place.admin),
            "note": place.note,
        }
        for place in sorted(places, key=lambda place: place.id)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _place(row: Row) -> Place:
    population = int(row.number("population", 0, 1e9)) if row.optional("population") else None
    kind = row.choice("kind", KINDS | AREAS) if row.optional("kind") else "village"
    known = bool(row.optional("uncertainty_m"))
    return Place(
        id=row.text("id"),
        name=row.text("name"),
        lat=row.number("lat", -90, 90),
        lon=row.number("lon", -180, 180),
        names=row.many("spellings"),
        name_ar=row.optional("name_ar"),
        uncertainty_m=(
            row.number("uncertainty_m", 1, 1e6) if known else UNCERTAINTY_M.get(kind, VILLAGE_M)
        ),
        kind=kind,
        population=population,
        lookup=row.text("lookup"),
        admin=row.many("admin"),
        note=row.optional("note"),
    )
