"""The regions and the water that a theatre's map is drawn on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geoline.errors import DataError
from geoline.theatre_folder.geojson import Feature, read_features

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Region", "Water"]

LINES, POLYGONS = ("LineString", "MultiLineString"), ("Polygon", "MultiPolygon")
WATER_KINDS = {"river": LINES, "lake": POLYGONS, "reservoir": POLYGONS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A polygon of the basemap with its names; EPSG:4326."""

    name: str
    name_ar: str
    geometry: shapely.Geometry


@dataclass(frozen=True, kw_only=True, slots=True)
class Water:
    """A river (lines) or a lake or reservoir (polygons) of the basemap; EPSG:4326."""

    name: str
    name_ar: str
    kind: str
    geometry: shapely.Geometry


def read_regions(path: Path) -> tuple[tuple[Region, ...], list[str]]:
    """Read regions, and what is to be said of the file."""
    if not path.exists():
        name = f"{path.parent.name}/{path.name}"
        raise DataError(name, "not found; a theatre needs it")
    features, remarks = read_features(path)
    return tuple(map(_region, features)), remarks


def _region(feature: Feature) -> Region:
    name, name_ar = _names(feature)
    geometry = _polygons(feature.geometry)
    if geometry is None:
        reason = f"is a {feature.geometry.geom_type}; a region is a polygon"
        raise DataError(feature.where, reason, key="geometry")
    return Region(name=name, name_ar=name_ar, geometry=geometry)


def _polygons(geometry: shapely.Geometry) -> shapely.Geometry | None:
    """Make polygons valid; of a collection take those that it holds. None if there are none."""
    if geometry.geom_type in POLYGONS:
        return shapely.make_valid(geometry)
    parts = [part for part in _parts(geometry) if part.geom_type == "Polygon"]
    return shapely.union_all(shapely.make_valid(parts)) if parts else None


def _parts(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    """Give the single geometries of a collection, and of the collections in it."""
    parts = [geometry]
    while any(hasattr(part, "geoms") for part in parts):
        parts = [one for part in parts for one in getattr(part, "geoms", [part])]
    return parts


def _names(feature: Feature) -> tuple[str, str]:
    name = feature.properties.get("name")
    if not isinstance(name, str | int | float):
        has = ", ".join(list(feature.properties)[:6]) or "none"
        reason = f"there is no property 'name' with a text (there are {has}); add one"
        raise DataError(feature.where, reason, key="name")
    return str(name), str(feature.properties.get("name_ar") or "")


def read_water(path: Path) -> tuple[tuple[Water, ...], list[str]]:
    """Read rivers and lakes, and what is to be said of the file; a theatre may have none."""
    if not path.exists():
        return (), []
    features, remarks = read_features(path)
    return tuple(map(_water, features)), remarks


def _water(feature: Feature) -> Water:
    name, name_ar = _names(feature)
    kind, geometry = feature.properties.get("kind"), feature.geometry
    if not name.strip():
        raise DataError(feature.where, "is empty; name it or leave the feature out", key="name")
    if not isinstance(kind, str) or kind not in WATER_KINDS:
        reason = f"{kind!r} is none of {', '.join(WATER_KINDS)}"
        raise DataError(feature.where, reason, key="kind")
    if geometry.geom_type not in WATER_KINDS[kind]:
        forms = " or ".join(sorted(WATER_KINDS[kind]))
        reason = f"a {kind} is drawn as {forms}, not {geometry.geom_type}"
        raise DataError(feature.where, reason, key="geometry")
    if kind != "river":
        geometry = shapely.make_valid(geometry)
    return Water(name=name.strip(), name_ar=name_ar, kind=kind, geometry=geometry)
