"""Polygons from the files that people keep them in: GeoJSON, KML, KMZ, GeoPackage, Shapefile."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.errors import DataError
from geoline.libraries import gpd, pd, pyogrio
from geoline.tables import opened
from geoline.theatre_folder.geojson import check_passes

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["POLYGON_FILES", "areal", "read_polygons"]

# What is read, by the ending of the file's name; a Shapefile also as the archive it is sent as.
POLYGON_FILES = (".geojson", ".json", ".kml", ".kmz", ".gpkg", ".shp", ".zip")
_AREAL = ("Polygon", "MultiPolygon", "GeometryCollection")
_DRIVERS = {".kmz": "LIBKML", ".kml": "LIBKML"}


def read_polygons(path: Path) -> gpd.GeoDataFrame:
    """Read the polygons of all layers of a file.

    Parameters
    ----------
    path
        A file that ends as one of `POLYGON_FILES`, .geojson and .json also as .gz.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; the columns of the file, `layer` (KML's folders) and valid polygons, numbered
        from 1 as in the file. Points and lines are left out.

    Raises
    ------
    DataError
        If it is of none of these kinds, holds no polygon, or does not say where on earth they are.
    """
    if not path.is_file():
        raise DataError(path.name, "is no file; look at the path")
    ending = path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix
    if ending.lower() not in POLYGON_FILES:
        reason = f"is none of {', '.join(POLYGON_FILES)}; export it as GeoJSON"
        raise DataError(path.name, reason)
    frame = pd.concat(_layers(path, ending.lower()), ignore_index=True)
    frame = gpd.GeoDataFrame(frame, geometry="geometry", crs=4326)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    shapes = frame.geometry.to_numpy()
    frame = frame[np.isin(shapely.get_type_id(shapes), [3, 6, 7]) & ~shapely.is_empty(shapes)]
    for number, shape in frame.geometry.items():
        check_passes(shapely.get_coordinates(shape), f"{path.name}, feature {number}")
    try:
        with np.errstate(invalid="ignore"):
            valid = shapely.make_valid(shapely.force_2d(frame.geometry.to_numpy()))
    except shapely.errors.ShapelyError:
        reason = "has a polygon whose coordinates are no numbers; export it again"
        raise DataError(path.name, reason) from None
    frame = frame.set_geometry([areal(shape) for shape in valid], crs=4326)
    frame = frame[~frame.geometry.is_empty]
    if frame.empty:
        raise DataError(path.name, "holds no polygon; draw the areas, not their outlines")
    _check_degrees(path.name, frame)
    return frame


def _layers(path: Path, ending: str) -> list[gpd.GeoDataFrame]:
    """Read each layer in degrees."""
    source: Path | io.BytesIO | str = path
    if path.suffix.lower() == ".gz":
        with opened(path) as file:
            source = io.BytesIO(file.read())
    elif ending == ".zip":
        source = f"/vsizip/{path}"
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(source)]
        with np.errstate(invalid="ignore"):  # coordinates that are no numbers are refused later
            layers = [gpd.read_file(source, layer=name).assign(layer=name) for name in names]
    except (RuntimeError, ValueError, shapely.errors.ShapelyError) as error:  # GDAL's are the first
        told = " ".join(str(error).split())[:120]
        reason = f"cannot be read as {_kind(ending)} ({told}); export it again, as GeoJSON"
        raise DataError(path.name, reason) from None
    found = []
    for layer in layers:
        if "geometry" not in layer.columns or not len(layer):
            continue
        if layer.crs is None:
            _check_degrees(path.name, layer)
            found.append(layer.set_crs(4326))
        else:
            found.append(layer.to_crs(4326))
    if not found:
        raise DataError(path.name, "holds no polygon; draw the areas, not their outlines")
    return found


def _kind(ending: str) -> str:
    kinds = {".gpkg": "GeoPackage", ".shp": "Shapefile", ".zip": "Shapefile", ".kml": "KML"}
    return kinds.get(ending, "KMZ" if ending == ".kmz" else "GeoJSON")


def areal(shape: shapely.Geometry) -> shapely.Geometry:
    """Give what is area of a shape, in its own CRS; an empty polygon if nothing is."""
    if shape.geom_type == "GeometryCollection":
        parts = [p for p in shapely.get_parts(shape) if p.geom_type in _AREAL]
        return shapely.union_all(parts)
    return shape if shape.geom_type in _AREAL else shapely.Polygon()


def _check_degrees(name: str, frame: gpd.GeoDataFrame) -> None:
    west, south, east, north = frame.total_bounds
    if not (-181 <= west <= east <= 181 and -91 <= south <= north <= 91):  # noqa: PLR2004
        reason = (
            "is not in degrees and does not say in which projection it is; add its .prj, or "
            "export it in longitude and latitude (EPSG:4326)"
        )
        raise DataError(name, reason, key="geometry")
