"""Layers as GeoJSON, CSV and GeoParquet: the formats of one table."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoline import tables
from geoline.errors import RequestError
from geoline.export.layers.layers import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.export.layers.layers import Export, Layer

__all__ = ["csv_table", "geojson", "geoparquet"]

# Where the point stands among the columns of a table.
POINT_AFTER = "place_id"


def geojson(export: Export) -> bytes:
    """Write one FeatureCollection (RFC 7946); `kind` of each feature says of which layer it is.

    Title, state of knowledge, method note and credits are members of the collection.
    """
    features = [
        _feature({"kind": layer.kind, **row}, shape)
        for layer in export.layers
        for row, shape in zip(layer.rows(), layer.geometry, strict=True)
    ]
    answer = {"type": "FeatureCollection", **export.about, "features": features}
    return (json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _feature(properties: dict[str, Any], shape: shapely.Geometry | None) -> dict[str, Any]:
    geometry = None
    if shape is not None:
        rounded = shapely.transform(shape, lambda xy: np.round(xy, DECIMALS))
        geometry = shapely.geometry.mapping(rounded)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def csv_table(export: Export) -> bytes:
    """Write the points of the first layer, one a row and day: UTF-8, degrees, WGS 84.

    GDAL finds `lon` and `lat`; both are empty where a position is undecided.

    No cell is a formula where a spreadsheet opens it (`geoline.tables.harmless`).
    """
    layer = export.layers[0]
    columns = list(layer.columns)
    at = columns.index(POINT_AFTER) + 1 if POINT_AFTER in columns else len(columns)
    columns[at:at] = ["lat", "lon"]
    rows = (
        {key: str(v).lower() if isinstance(v, bool) else v for key, v in row.items()}
        | ({"lat": round(point.y, DECIMALS), "lon": round(point.x, DECIMALS)} if point else {})
        for row, point in zip(layer.rows(), layer.geometry, strict=True)
    )
    return tables.csv_table(columns, rows, spreadsheet=True)


def geoparquet(export: Export) -> bytes:
    """Write one table of all layers, told apart by the column `kind`; empty where a layer has none.

    GDAL and QGIS read one table a file; a filter on `kind` gives a layer. The metadata of the
    file carry title, state of knowledge, method note and credits under the key `geoline`.

    Raises
    ------
    RequestError
        If pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  (an extra)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        message = ".parquet needs pyarrow: pip install 'geoline[parquet]', or choose .gpkg"
        raise RequestError(message) from None
    parts = [layer for layer in export.layers if len(layer)]
    kinds = [np.repeat(np.array([layer.kind], dtype=object), len(layer)) for layer in parts]
    columns = dict.fromkeys(name for layer in parts for name in layer.columns)
    as_known = gpd.GeoDataFrame(
        {"kind": np.concatenate(kinds), **{name: _column(name, parts) for name in columns}},
        geometry=np.concatenate([layer.geometry for layer in parts]),
        crs=4326,
    )
    first = io.BytesIO()
    as_known.to_parquet(first, index=False)
    table = parquet.read_table(pa.BufferReader(first.getvalue()))
    about = json.dumps(export.about, ensure_ascii=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), b"geoline": about})
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _column(name: str, layers: Sequence[Layer]) -> pd.Series[Any]:
    """Gather a column from layers, empty where one has no such column."""
    arrays = [layer.columns.get(name) for layer in layers]
    kinds = {array.dtype.kind for array in arrays if array is not None}
    values = [
        value
        for layer, array in zip(layers, arrays, strict=True)
        for value in (array.tolist() if array is not None else [None] * len(layer))
    ]
    if kinds <= {"i", "f"}:
        return pd.Series(values, dtype="Float64" if "f" in kinds else "Int64")
    return pd.Series(values, dtype="boolean" if kinds == {"b"} else object)
