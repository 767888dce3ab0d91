"""Read the features of a GeoJSON file, so that a fault is named by file, feature and key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geoline.errors import DataError
from geoline.tables import load_json

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

__all__ = ["Feature", "check_passes", "read_features"]

# What shapely and numpy say to a geometry that is none.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    shapely.errors.ShapelyError,
)
# Longitude and latitude at most, with what a clip at the edge of the world may leave over.
_WORLD = (180.01, 90.01)


# A point of a shape that is passed more often is no drawing but a fault of a program.
MOST_PASSES = 100


class Feature(NamedTuple):
    """A feature: where it stands, for messages, its properties, its geometry (EPSG:4326)."""

    where: str
    properties: dict[str, Any]
    geometry: shapely.Geometry


def read_features(path: Path) -> tuple[list[Feature], list[str]]:
    """Read a FeatureCollection, EPSG:4326.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    features, remarks
        The features that have a geometry, and one line about those that have none.

    Raises
    ------
    DataError
        If the file is no such GeoJSON; the text names file, feature and key.
    """
    name = f"{path.parent.name}/{path.name}"
    document = load_json(path, name)
    listed = document.get("features") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        reason = "is no list of features; export a GeoJSON FeatureCollection"
        raise DataError(name, reason, key="features")
    _check_crs(document, name)
    features, empty = [], []
    for number, feature in enumerate(listed, start=1):
        found = _feature(feature, f"{name}, feature {number}")
        if found is None:
            empty.append(str(number))
        else:
            features.append(found)
    remarks = []
    if empty:
        several = "s" if len(empty) > 1 else ""
        listed_numbers = ", ".join(empty[:5]) + (" …" if len(empty) > 5 else "")  # noqa: PLR2004
        remarks.append(f"{name}: feature{several} {listed_numbers} without geometry passed over")
    return features, remarks


def _check_crs(document: dict[str, Any], name: str) -> None:
    crs = document.get("crs")
    said = str(crs.get("properties", crs) if isinstance(crs, dict) else crs)
    if crs is not None and not re.search(r"CRS:?84|EPSG:+4326\b|WGS ?84", said):
        found = re.search(r"EPSG:+(\d+)", said)
        which = f"EPSG:{found.group(1)}" if found else said[:60]
        raise DataError(name, f"is {which}; convert it to degrees, EPSG:4326", key="crs")


def _feature(feature: Any, where: str) -> Feature | None:  # noqa: ANN401  (whatever JSON holds)
    """Read one feature; None if it has no geometry."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties or {}, dict):
        raise DataError(where, "is no GeoJSON feature; export the file again")
    said = feature.get("geometry")
    if said is None:
        return None
    try:
        with np.errstate(invalid="ignore"):  # what is no number is told below
            geometry = shapely.geometry.shape(said)
        at = shapely.get_coordinates(geometry)
        usable = bool(np.isfinite(at).all())
    except _BROKEN as error:
        reason = f"is no geometry of GeoJSON ({_short(error)}); draw or export it again"
        raise DataError(where, reason, key="geometry") from None
    if not usable:
        reason = "has coordinates that are no numbers; export it again"
        raise DataError(where, reason, key="geometry")
    if len(at) == 0:
        return None
    if (np.abs(at) > _WORLD).any():
        far = at[np.abs(at).max(axis=1).argmax()]
        reason = (
            f"is not in longitude and latitude, degrees ({far[0]:.0f}, {far[1]:.0f}: metres, as in "
            "EPSG:3857?); convert it to EPSG:4326"
        )
        raise DataError(where, reason, key="geometry")
    check_passes(at, where)
    return Feature(where, dict(properties or {}), shapely.force_2d(geometry))


def check_passes(at: npt.NDArray[np.float64], where: str) -> None:
    """Refuse what runs over itself again and again: to make it valid takes the square of that.

    Parameters
    ----------
    at
        (vertices, 2), the coordinates of a shape.
    where
        File and feature, for the message.

    Raises
    ------
    DataError
        If it passes one point more than `MOST_PASSES` times.
    """
    spots = np.ascontiguousarray(at[:, :2]).view(np.complex128)[:, 0]  # one number a point
    spots = spots[np.append(True, spots[1:] != spots[:-1])]
    found, passes = np.unique(spots, return_counts=True)
    if passes.max() > MOST_PASSES:
        spot = found[passes.argmax()]
        reason = (
            f"passes one point ({spot.real:g}, {spot.imag:g}) {passes.max()} times; draw it again"
        )
        raise DataError(where, reason, key="geometry")


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
