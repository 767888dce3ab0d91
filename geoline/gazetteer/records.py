"""Records that somebody hands over as places: what their numbers may be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geoline.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["check_numbers", "is_nan"]

# What the numbers of a record may be; degrees are those of WGS 84.
_BOUNDS = {
    "lat": (-90.0, 90.0),
    "lon": (-180.0, 180.0),
    "uncertainty_m": (0.0, 1e7),
    "population": (0.0, 1e11),
}


def is_nan(value: object) -> bool:
    """Whether a value is the number that is none."""
    return isinstance(value, float) and math.isnan(value)


def check_numbers(record: Mapping[str, Any], number: int) -> None:
    """See that the numbers of a record can be meant: no NaN, no latitude of 95."""
    for key, (low, high) in _BOUNDS.items():
        value = record.get(key)
        if key not in {"lat", "lon"} and is_nan(value):
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
