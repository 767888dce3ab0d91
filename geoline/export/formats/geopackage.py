"""Layers as a GeoPackage, with the styles that QGIS opens them with."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyogrio
import pyogrio.raw
import shapely

from geoline.errors import RequestError
from geoline.export.layers.styles import qgis_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoline.export.layers.layers import Export
    from geoline.export.layers.styles import Look

__all__ = ["geopackage"]

# The table in which QGIS keeps styles beside the data, in the form that QGIS makes it.
STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)"""
REGISTER = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
VALUES ('layer_styles', 'attributes', 'layer_styles', 'How QGIS draws the layers')"""
ADD_STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
  styleName, styleQML, styleSLD, useAsDefault, description)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?)"""


def geopackage(export: Export, looks: Mapping[str, Look]) -> bytes:
    """Write a GeoPackage: a table a layer, EPSG:4326, and their styles.

    Parameters
    ----------
    export
        The layers; a layer without features is written too.
    looks
        Of the holders, by id.

    Raises
    ------
    RequestError
        If it cannot be written; it is made in the folder for passing files first.
    """
    with tempfile.TemporaryDirectory(prefix="geoline-") as folder:
        try:
            return _written(export, looks, Path(folder) / "export.gpkg")
        except (RuntimeError, sqlite3.Error) as error:  # GDAL's are RuntimeErrors
            why = str(error).partition("\n")[0][:200]
            message = f"a GeoPackage cannot be written in {folder}: is the disk full? ({why})"
            raise RequestError(message) from None


def _written(export: Export, looks: Mapping[str, Look], path: Path) -> bytes:
    """Write the layers and their styles to a file, and read it."""
    for layer in export.layers:
        pyogrio.raw.write(
            path,
            geometry=shapely.to_wkb(layer.geometry),
            field_data=list(layer.columns.values()),
            fields=list(layer.columns),
            layer=layer.name,
            driver="GPKG",
            geometry_type=layer.geometry_type,
            crs="EPSG:4326",
            promote_to_multi=False,
            dataset_metadata={key.upper(): text for key, text in export.about.items()},
            dataset_options={"VERSION": "1.2"},  # newer ones make GDAL before 3.7 warn
            layer_options={"IDENTIFIER": layer.title, "DESCRIPTION": export.note},
        )
    shown = export.days[-1] if len(export.days) > 1 else None
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(STYLES)
        database.execute(REGISTER)
        database.executemany(
            ADD_STYLE,
            [
                (
                    layer.name,
                    layer.name,
                    qgis_style(layer, looks, shown),
                    layer.title,
                )
                for layer in export.layers
            ],
        )
    return path.read_bytes()
