"""The regions and the water that a theatre's map is drawn on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from geoline.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Region", "Water"]

WATER_KINDS = {
    "river": {"LineString", "MultiLineString"},
    "lake": {"Polygon", "MultiPolygon"},
    "reservoir": {"Polygon", "MultiPolygon"},
}


def read_regions(path: Path) -> tuple[Region, ...]:
    name = f"{path.parent.name}/{path.name}"
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return tuple(
            Region(
                name=str(f["properties"]["name"]),
                name_ar=str(f["properties"].get("name_ar", "")),
                geometry=shapely.make_valid(shapely.geometry.shape(f["geometry"])),
            )
            for f in features
        )
    except FileNotFoundError:
        raise DataError(name, "not found; a theatre needs it") from None
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(name, f"is not GeoJSON with names: {error}") from None


def read_water(path: Path) -> tuple[Water, ...]:
    """Read rivers and lakes; a theatre may have none."""
    name = f"{path.parent.name}/{path.name}"
    if not path.exists():
        return ()
    try:
        features = list(json.loads(path.read_text(encoding="utf-8"))["features"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(name, f"is not GeoJSON: {error}") from None
    return tuple(_water(feature, f"{name}, feature {n}") for n, feature in enumerate(features, 1))


def _water(feature: Any, where: str) -> Water:  # noqa: ANN401  (whatever JSON holds)
    try:
        said, geometry = feature["properties"], shapely.geometry.shape(feature["geometry"])
        called = str(said["name"]).strip()
    except (AttributeError, KeyError, TypeError, ValueError, shapely.GEOSException):
        reason = "is no GeoJSON feature with a geometry and a property 'name'"
        raise DataError(where, reason) from None
    kind, form = said.get("kind"), geometry.geom_type
    if not called:
        raise DataError(where, "is empty; name it or leave the feature out", key="name")
    if kind not in WATER_KINDS:
        reason = f"{kind!r} is none of {', '.join(WATER_KINDS)}"
        raise DataError(where, reason, key="kind")
    if form not in WATER_KINDS[kind]:
        reason = f"a {kind} is drawn as {' or '.join(sorted(WATER_KINDS[kind]))}, not {form}"
        raise DataError(where, reason, key="geometry")
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004
        reason = "is not in longitude and latitude, degrees (EPSG:4326); convert it"
        raise DataError(where, reason, key="geometry")
    valid = geometry if kind == "river" else shapely.make_valid(geometry)
    return Water(name=called, name_ar=str(said.get("name_ar") or ""), kind=kind, geometry=valid)


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
