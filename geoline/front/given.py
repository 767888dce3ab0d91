"""What is given to the model, looked over: each fault is one line that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.errors import CrsError, RequestError
from geoline.front.coverage import polygonal
from geoline.front.drawing import HeldAreas
from geoline.front.projection import WGS84
from geoline.holder import CONTESTED
from geoline.libraries import gpd, pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Days = npt.NDArray[np.datetime64]

__all__ = [
    "CONTESTED",
    "checked_baseline",
    "checked_frame",
    "checked_points",
    "one_a_spot",
]

# Digits of a degree to which two points are one (about a metre).
DIGITS = 5
# Flat maps end where the earth is too round for them: places lie within so many degrees.
WIDEST_DEG = 90.0
POINT, POLYGONS = 0, {3, 6}
WITHIN = (-180.0, -90.0, 180.0, 90.0)


def checked_points(
    points: gpd.GeoSeries, holders: Iterable[object]
) -> tuple[gpd.GeoSeries, list[str | None]]:
    """Give points in EPSG:4326 and holders, None where not known.

    Raises
    ------
    CrsError
        If the points carry no CRS, or coordinates that are not in it.
    RequestError
        If there are no points, one is empty or not finite, a holder is no text, or the counts
        differ.
    """
    if points.crs is None:
        message = "the points have no CRS; set it, for instance points.set_crs(4326), and try again"
        raise CrsError(message)
    if len(points) == 0:
        message = "there are no points; give at least one place"
        raise RequestError(message)
    names = [_holder(number, holder) for number, holder in enumerate(holders)]
    if len(points) != len(names):
        message = f"{len(points)} points but {len(names)} holders; give one holder a point"
        raise RequestError(message)
    given = np.asarray(points.values)
    finite = (shapely.get_type_id(given) == POINT) & ~shapely.is_empty(given)
    finite[finite] &= np.isfinite(shapely.get_coordinates(given[finite])).all(axis=1)
    if not finite.all():
        message = f"point {int(np.argmin(finite))} is empty, not finite or no Point; leave it out"
        raise RequestError(message)
    lonlat = points.to_crs(WGS84)
    xy = shapely.get_coordinates(lonlat.values)
    outside = ~np.isfinite(xy).all(axis=1) | (xy < WITHIN[:2]).any(axis=1)
    outside |= (xy > WITHIN[2:]).any(axis=1)
    if outside.any():
        number = int(np.argmax(outside))
        x, y = shapely.get_coordinates(points.values)[number]
        message = (
            f"point {number} ({x:g}, {y:g}) is no place on earth in {points.crs.to_string()[:40]}; "
            "give the CRS that the coordinates are in"
        )
        raise CrsError(message)
    if (np.ptp(xy, axis=0) > WIDEST_DEG).any():
        message = (
            f"the points are up to {np.ptp(xy, axis=0).max():.0f} degrees apart, further than one "
            f"flat map reaches ({WIDEST_DEG:.0f}); leave out those that are not of the theatre"
        )
        raise RequestError(message)
    return lonlat, names


def _holder(number: int, holder: object) -> str | None:
    if isinstance(holder, str) and _is_whole(holder):
        return str(holder) or None
    if holder is None:
        return None
    if pd.api.types.is_scalar(holder) and bool(pd.isna(holder)):  # type: ignore[call-overload]
        return None
    message = f"the holder of point {number} is {holder!r}; give a text, or None if not known"
    raise RequestError(message)


def _is_whole(text: str) -> bool:
    """Whether no letter of a text is half of a surrogate pair, which no table can hold."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def one_a_spot(
    points: gpd.GeoSeries, holders: list[str | None], *days: Days
) -> tuple[gpd.GeoSeries, list[str | None], list[Days]]:
    """Merge points in one spot: contested where they say different things, days where they agree.

    Points are EPSG:4326; the order is that of first appearance.
    """
    xy = shapely.get_coordinates(points.values).round(DIGITS)
    if len(np.unique(xy, axis=0)) == len(xy):
        return gpd.GeoSeries.from_xy(*xy.T, crs=WGS84), holders, list(days)
    spots: dict[tuple[float, float], list[int]] = {}
    for number, (x, y) in enumerate(xy.tolist()):
        spots.setdefault((x, y), []).append(number)
    merged: list[str | None] = []
    first = []
    for numbers in spots.values():
        said = {holders[number] for number in numbers} - {None}
        merged.append(next(iter(said)) if len(said) == 1 else CONTESTED if said else None)
        first.append(numbers)
    kept: list[Days] = []
    for some in days:
        one = np.full(len(first), np.datetime64("NaT", "D"))
        for spot, numbers in enumerate(first):
            told = some[[number for number in numbers if holders[number] is not None]]
            if len(told) and (told == told[0]).all():
                one[spot] = told[0]
        kept.append(one)
    return gpd.GeoSeries.from_xy(*np.array(list(spots)).T, crs=WGS84), merged, kept


def checked_baseline(baseline: gpd.GeoDataFrame | None) -> HeldAreas | None:
    """Give the last known areas as valid polygons in EPSG:4326; None if there are none.

    Raises
    ------
    CrsError
        If they carry no CRS, or coordinates that are not in it.
    RequestError
        If there is no column `holder`, or a row has no holder or no polygon.
    """
    if baseline is None:
        return None
    if "holder" not in baseline.columns:
        message = "the baseline has no column 'holder'; add one that says who held each area"
        raise RequestError(message)
    if baseline.crs is None:
        message = "the baseline has no CRS; set it, for instance baseline.set_crs(4326)"
        raise CrsError(message)
    if baseline.empty:
        return None
    nobody = np.array([not isinstance(h, str) or not h for h in baseline["holder"]])
    if nobody.any():
        message = f"row {int(np.argmax(nobody))} of the baseline has no holder; add it, or drop it"
        raise RequestError(message)
    shapes = np.asarray(baseline.geometry.values, dtype=object)
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    bad = missing | ~np.isin(shapely.get_type_id(shapes), list(POLYGONS))
    if bad.any():
        number = int(np.argmax(bad))
        what = "no geometry" if missing[number] else f"a {shapes[number].geom_type}"
        message = f"row {number} of the baseline has {what}; give a polygon, or drop the row"
        raise RequestError(message)
    lonlat = baseline.to_crs(WGS84)
    _check_degrees("the baseline", lonlat.total_bounds)
    valid = polygonal(shapely.make_valid(np.asarray(lonlat.geometry.values, dtype=object)))
    return HeldAreas(tuple(baseline["holder"]), valid)


def checked_frame(frame: shapely.Geometry | None) -> shapely.Geometry | None:
    """Give the land as a valid polygon in EPSG:4326.

    Raises
    ------
    CrsError
        If its coordinates are no degrees.
    RequestError
        If it is empty or no polygon.
    """
    if frame is None:
        return None
    if shapely.get_type_id(frame) not in POLYGONS or shapely.is_empty(frame):
        message = "the frame is empty or no polygon; give the land of the theatre, or None"
        raise RequestError(message)
    _check_degrees("the frame", np.array(shapely.bounds(frame)))
    return polygonal(np.array([shapely.make_valid(frame)], dtype=object))[0]


def _check_degrees(what: str, bounds: npt.NDArray[np.float64]) -> None:
    good = np.isfinite(bounds).all()
    # Outlines of countries overshoot the antimeridian by some digits.
    good &= bool((bounds[:2] >= np.array(WITHIN[:2]) - 1).all())
    good &= bool((bounds[2:] <= np.array(WITHIN[2:]) + 1).all())
    if not good:
        given = ", ".join(f"{one:g}" for one in bounds)
        message = (
            f"{what} reaches to {given}, which is not in degrees (metres, as in EPSG:3857?); "
            "give it in its CRS, or EPSG:4326"
        )
        raise CrsError(message)
