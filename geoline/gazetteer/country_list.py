"""The places of a whole country, behind those that a theatre has reviewed.

A folder with `places.csv` and `areas.csv` comes in; the theatre's places with those of the country
that are none of them go out, the reviewed ones first, and as which reviewed place the others go. It
is read when a name, or an id, is asked for that the theatre itself does not have.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geoline import names as naming
from geoline.errors import DataError
from geoline.gazetteer.place import COLUMNS, Place, great_circle_km
from geoline.tables import version_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CountryFolder", "read_country", "with_country"]

TABLES = ("places.csv", "areas.csv")
# A row of the country's list so near to a reviewed place, of its consonants, is that place.
SAME_PLACE_KM = 4.0


@dataclass(frozen=True, slots=True)
class CountryFolder:
    """The places of a country's folder, which is read when they are asked for, once."""

    folder: str

    def __call__(self) -> Sequence[Place]:
        """Read it; see `read_country`."""
        tables = [path for name in TABLES if (path := Path(self.folder, name)).exists()]
        return _read(self.folder, tuple(version_of(str(path)) for path in tables))


@lru_cache(maxsize=1)
def _read(folder: str, _versions: tuple[str, ...]) -> Sequence[Place]:
    return tuple(read_country(Path(folder)))


def read_country(folder: Path) -> list[Place]:
    """Read the settlements and the areas of a country's folder.

    The rows were written by `geoline.gazetteer.place.write_places`; only what would break a look-up
    is checked, so that ten thousand rows are read in a moment.

    Raises
    ------
    DataError
        If a table is missing or a row of it cannot be used.
    """
    places = []
    for name in TABLES:
        path = folder / name
        if not path.exists():
            missing = f"{folder.name}/{name}"
            raise DataError(missing, "is missing; install geoline again")
        with path.open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            if next(rows, None) != COLUMNS:
                raise DataError(name, f"has other columns than {', '.join(COLUMNS)}", row=1)
            for cells in rows:
                try:
                    places.append(_place(cells))
                except (ValueError, IndexError) as error:
                    raise DataError(name, str(error), row=rows.line_num) from None
    return places


def _place(cells: list[str]) -> Place:
    key, name, arabic, spellings, lat, lon, radius, kind, people, lookup, admin, note = cells
    return Place(
        id=key,
        name=name,
        lat=float(lat),
        lon=float(lon),
        names=tuple(spellings.split("; ")) if spellings else (),
        name_ar=arabic,
        uncertainty_m=float(radius),
        kind=kind,
        population=int(people) if people else None,
        lookup=lookup,
        note=note,
        admin=tuple(admin.split("; ")) if admin else (),
    )


def with_country(
    reviewed: Sequence[Place], country: Sequence[Place]
) -> tuple[tuple[Place, ...], dict[str, str]]:
    """Give reviewed places, then those of the country that are none of them.

    The same are those that were looked up in one record, and those of the same consonants within
    `SAME_PLACE_KM`.

    Returns
    -------
    The places, and the reviewed id of each id of the country that is left out.
    """
    records = {record: place.id for place in reviewed for record in _records(place)}
    ids = {place.id for place in reviewed}
    bones = _by_consonants(reviewed)
    new, reviewed_as = [], dict[str, str]()
    called = naming.skeletons(naming.readings([place.name for place in country]))
    for place, consonants in zip(country, called, strict=True):
        if place.id in ids:
            continue
        same = next((records[one] for one in _records(place) if one in records), None)
        if same is None and not place.is_area and consonants in bones:
            same = _near(place, bones[consonants])
        if same is None:
            new.append(place)
        else:
            reviewed_as[place.id] = same
    return (*reviewed, *new), reviewed_as


def _near(place: Place, alike: Sequence[Place]) -> str | None:
    apart = great_circle_km(place.lat, place.lon, [p.lat for p in alike], [p.lon for p in alike])
    nearest = int(np.argmin(apart))
    return alike[nearest].id if apart[nearest] <= SAME_PLACE_KM else None


def _records(place: Place) -> list[str]:
    """Give the records of other lists that a place was looked up in."""
    found = (record.strip() for record in place.lookup.split(";"))
    return [record for record in found if record.startswith(("wof:", "geonames:"))]


def _by_consonants(places: Sequence[Place]) -> dict[str, list[Place]]:
    bones: dict[str, list[Place]] = {}
    named = [(place, n) for place in places for n in (place.name, place.name_ar, *place.names) if n]
    called = naming.skeletons(naming.readings([name for _, name in named]))
    for consonants, (place, _) in zip(called, named, strict=True):
        bones.setdefault(consonants, []).append(place)
    return bones
