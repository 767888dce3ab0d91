"""Records that somebody hands over as places, and what their numbers may be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geoline.errors import RequestError
from geoline.gazetteer.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["place_of"]

# What the numbers of a record may be; degrees are those of WGS 84.
_BOUNDS = {
    "lat": (-90.0, 90.0),
    "lon": (-180.0, 180.0),
    "uncertainty_m": (0.0, 1e7),
    "population": (0.0, 1e11),
}


def place_of(record: Mapping[str, Any], number: int) -> Place:
    """Make a place of a record, the `number`th; see `geoline.gazetteer.Gazetteer.from_records`.

    Raises
    ------
    RequestError
        If it lacks what a place needs, or a number of it cannot be meant.
    """
    missing = [key for key in ("id", "name", "lat", "lon") if record.get(key) is None]
    if missing:
        message = f"record {number} has no '{missing[0]}'"
        raise RequestError(message)
    _check_numbers(record, number)
    # Tables of pandas have NaN where nothing is known.
    known = {key: record.get(key) for key in ("population", "uncertainty_m")}
    known = {key: None if _is_nan(value) else value for key, value in known.items()}
    population = known["population"]
    return Place(
        id=str(record["id"]),
        name=str(record["name"]),
        lat=float(record["lat"]),
        lon=float(record["lon"]),
        names=tuple(map(str, record.get("names") or ())),
        uncertainty_m=float(known["uncertainty_m"] or 1000.0),
        population=None if population is None else int(population),
        lookup=str(record.get("source") or ""),
        admin=tuple(map(str, record.get("admin") or ())),
    )


def _is_nan(value: object) -> bool:
    """Whether a value is the number that is none."""
    return isinstance(value, float) and math.isnan(value)


def _check_numbers(record: Mapping[str, Any], number: int) -> None:
    """See that the numbers of a record can be meant: no NaN, no latitude of 95."""
    for key, (low, high) in _BOUNDS.items():
        value = record.get(key)
        if key not in {"lat", "lon"} and _is_nan(value):
            continue
        try:
            fits = value is None or low <= float(value) <= high
        except (TypeError, ValueError, OverflowError):
            fits = False
        if not fits:
            message = (
                f"record {number}, '{key}': {value!r} is no number from {low:g} to {high:g}; "
                "correct it, or leave the record out"
            )
            raise RequestError(message)
