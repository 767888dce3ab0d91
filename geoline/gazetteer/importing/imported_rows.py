"""What all importers of places share: what a row must hold, and what they give.

An importer hands each row to an `ImportedRows`, which keeps the good ones and says of every other
why it was set aside: file, row, key, reason. A file that is of another kind as a whole is a
`DataError`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geoline.errors import DataError
from geoline.gazetteer.place import Place, great_circle_km

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Imported",
    "ImportedRows",
    "SetAside",
    "clean_name",
    "inhabitants",
    "kind_by_population",
    "point",
]

# No place has a longer name; what is longer is another column or an unclosed quotation mark.
MAX_NAME = 400
# Metres for a settlement of which nothing is said, and per degree of latitude.
SETTLEMENT_M = 1000.0
METRES_A_DEGREE = 111_320.0
# From how many places on, and how many times the usual distance from their middle, a place is
# tried with latitude and longitude exchanged.
SWAP_FROM, SWAP_TIMES, SWAP_KM = 20, 3.0, 50.0
# Least inhabitants of a city, and of a town.
CITY, TOWN = 100_000, 10_000

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
# ALP, OSAP, SYALP: codes of airports and stations, not names in capitals.
_CODE = re.compile(r"[A-Z0-9]{2,5}")


@dataclass(frozen=True, kw_only=True, slots=True)
class SetAside:
    """A row that was not imported: where it stands, and the one reason.

    Parameters
    ----------
    file
        Name of the file; in an archive or folder, of the file in it.
    row
        Line of the file, counted from 1; of a FeatureCollection the number of the feature. None if
        it is about the whole file.
    key
        Column or key that is wrong, if it is one.
    reason
        What is wrong.
    """

    file: str
    row: int | None
    key: str | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """The places of a listing, what was set aside, and how many rows were not asked for.

    Parameters
    ----------
    places
        Places that can be made a `Gazetteer`; their ids differ.
    set_aside
        Everything that could not be used, by file and row.
    passed_over
        Number of rows that are sound but were not asked for: another feature class or placetype,
        an alternative geometry, a row of hashtags.
    """

    places: tuple[Place, ...]
    set_aside: tuple[SetAside, ...]
    passed_over: int = 0


class ImportedRows:
    """Collect the places of one listing.

    Parameters
    ----------
    file
        How messages call the file.
    codes
        Whether codes of airports and stations stand among its names, to be taken out.
    """

    def __init__(self, file: str, *, codes: bool = False) -> None:
        self.file = file
        self._codes = codes
        self.passed_over = 0
        self._places: list[Place] = []
        self._where: list[tuple[str, int | None]] = []
        self._first: dict[str, str] = {}
        self._aside: list[SetAside] = []

    def set_aside(self, error: DataError) -> None:
        """Note a row that cannot be used."""
        self._aside.append(
            SetAside(file=error.file, row=error.row, key=error.key, reason=error.reason)
        )

    def add(
        self,
        row: int | None,
        *,
        names: Iterable[object] = (),
        file: str = "",
        **values: Any,  # noqa: ANN401  (the fields of a place, of several types)
    ) -> None:
        """Add a place, the fields being those of `Place`.

        Raises
        ------
        DataError
            If its id was met before or its name is none.
        """
        file = file or self.file
        name = clean_name(values["name"])
        if name is None:
            problem = "is no name" if str(values["name"]).strip() else "is empty; it is needed"
            raise DataError(file, problem, row=row, key="name")
        if values["id"] in self._first:
            reason = f"'{values['id']}' is already in {self._first[values['id']]}"
            raise DataError(file, reason, row=row, key="id")
        kept: dict[str, None] = {}
        for other in names:
            cleaned = clean_name(other)
            if cleaned is None:
                reason = "one spelling is empty or unreadable; the place comes in without it"
                self.set_aside(DataError(file, reason, row=row, key="names"))
            elif not (self._codes and _CODE.fullmatch(cleaned)):
                kept[cleaned] = None
        kept.pop(name, None)
        arabic = clean_name(values.get("name_ar", "")) or ""
        kept.pop(arabic, None)
        values |= {"name": name, "name_ar": arabic, "names": tuple(kept)}
        texts = [(key, values.get(key, "")) for key in ("id", "kind", "lookup", "note")]
        for key, text in [*texts, *(("admin", unit) for unit in values.get("admin", ()))]:
            if _UNWRITABLE.search(text):
                raise DataError(file, "holds characters that are none", row=row, key=key)
        self._places.append(Place(**values))
        self._where.append((file, row))
        self._first[values["id"]] = f"row {row}" if file == self.file and row else file

    def done(self) -> Imported:
        """Give what was collected, without the places whose coordinates look exchanged."""
        kept = []
        swapped = _swapped(self._places)
        for place, (file, row), wrong in zip(self._places, self._where, swapped, strict=True):
            if wrong:
                reason = (
                    f"{place.lat:g}, {place.lon:g} is far from all others, exchanged it would lie "
                    "among them: latitude and longitude look swapped"
                )
                self.set_aside(DataError(file, reason, row=row, key="lat"))
            else:
                kept.append(place)
        order: dict[str, int] = {self.file: 0}
        for aside in self._aside:
            order.setdefault(aside.file, len(order))
        self._aside.sort(key=lambda aside: (order[aside.file], aside.row or 0))
        return Imported(
            places=tuple(kept), set_aside=tuple(self._aside), passed_over=self.passed_over
        )


def clean_name(text: object) -> str | None:
    """Give a name without surrounding and double blanks, None if it is none."""
    if not isinstance(text, str) or _UNWRITABLE.search(text):
        return None
    name = " ".join(text.split())
    return name if len(name) <= MAX_NAME and any(map(str.isalnum, name)) else None


def kind_by_population(population: int | None) -> str:
    """Call a settlement city, town or village by its inhabitants; village if they are unknown."""
    if population is None or population < TOWN:
        return "village"
    return "city" if population >= CITY else "town"


def inhabitants(value: object) -> int | None:
    """Read a number of inhabitants; 0 and what is no number mean that they are not known."""
    try:
        number = float(str(value).strip().replace(",", ""))
    except ValueError:
        return None
    return int(number) if 1 <= number <= 1e9 else None  # noqa: PLR2004  (a thousand million)


def point(
    file: str,
    row: int | None,
    lat: object,
    lon: object,
    *,
    keys: tuple[str, str] = ("lat", "lon"),
) -> tuple[float, float, float]:
    """Read a point.

    Returns
    -------
    tuple
        Latitude, longitude (degrees, WGS 84), and a radius in metres that the number of decimals
        allows, at least that of a settlement.

    Raises
    ------
    DataError
        If one is missing, no number or out of range, or both are 0.
    """
    numbers = []
    for key, value, limit in zip(keys, (lat, lon), (90, 180), strict=True):
        text = "" if value is None or isinstance(value, bool) else str(value).strip()
        if not text:
            raise DataError(file, "is empty; it is needed", row=row, key=key)
        try:
            number = float(text)
        except ValueError:
            raise DataError(file, f"'{text[:40]}' is not a number", row=row, key=key) from None
        if not abs(number) <= limit:
            reason = f"{text[:40]} is outside {-limit} to {limit}"
            if limit == 90 and abs(number) <= 180 and _within_90(lon):  # noqa: PLR2004  (degrees)
                reason += "; latitude and longitude look swapped"
            raise DataError(file, reason, row=row, key=key)
        numbers.append(number)
    if numbers == [0.0, 0.0]:
        raise DataError(file, "0, 0 is no place; the position is missing", row=row, key=keys[0])
    decimals = max(_decimals(lat), _decimals(lon))
    coarse = round(METRES_A_DEGREE * 0.5 * 2**0.5 * 10.0**-decimals, -2)
    return numbers[0], numbers[1], max(SETTLEMENT_M, coarse)


def _within_90(value: object) -> bool:
    try:
        return abs(float(str(value))) <= 90  # noqa: PLR2004  (degrees)
    except ValueError:
        return False


def _decimals(value: object) -> int:
    text = str(value).strip()
    if "e" in text.lower():
        return 6
    return min(len(text.partition(".")[2]), 9) if not text.endswith(".0") else 0


def _swapped(places: list[Place]) -> list[bool]:
    if len(places) < SWAP_FROM:
        return [False] * len(places)
    lats, lons = (np.array([getattr(p, key) for p in places]) for key in ("lat", "lon"))
    middle = float(np.median(lats)), float(np.median(lons))
    apart = great_circle_km(*middle, lats, lons)
    usual = max(float(np.quantile(apart, 0.9)), SWAP_KM)
    exchanged = great_circle_km(*middle, lons, lats)
    wrong = (apart > SWAP_TIMES * usual) & (exchanged <= usual) & (np.abs(lons) <= 90)  # noqa: PLR2004
    return [bool(value) for value in wrong]
