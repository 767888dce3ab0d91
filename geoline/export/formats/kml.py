"""Layers as KML 2.2: a folder a layer, styles of the parties, a time span a day.

Written here, for GDAL's drivers write no styles that are shared between features.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import shapely

from geoline.export.layers.layers import DECIMALS
from geoline.export.layers.styles import (
    AREA_ALPHA,
    BAND_COLOR,
    EVENT_COLOR,
    FRONT_COLOR,
    PAPER,
    rgb,
    xml_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoline.export.layers.layers import Export, Layer
    from geoline.export.layers.styles import Look

__all__ = ["kml"]

NAMESPACE = "http://www.opengis.net/kml/2.2"
# What names a feature of a kind, and by which column its style goes.
NAMED_BY = {
    "area": ("holder", "holder"),
    "band": (None, None),
    "front": (None, None),
    "highway": ("road", "holder"),
    "place": ("place", "holder"),
    "change": ("place", "to_holder"),
    "post": ("post", None),
    "event": ("event", None),
}
LABEL_SCALE = 0.8


def kml(export: Export, looks: Mapping[str, Look]) -> bytes:
    """Write the layers as one KML document, longitude first, WGS 84.

    Parameters
    ----------
    export
        The layers; with more than one day every feature carries its day as a time span, which
        Google Earth puts on its slider.
    looks
        Of the holders, by id. KML has no patterns: colours alone.
    """
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    _text(document, "name", export.title)
    about = [export.known + ".", export.note, *export.credits]
    _text(document, "description", "\n".join(line for line in about if line))
    for holder, look in looks.items():
        _holder_styles(document, holder, look)
    _line_style(document, "front", FRONT_COLOR, 3)
    style = _line_style(document, "band", BAND_COLOR, 1)
    _text(ET.SubElement(style, "PolyStyle"), "color", _abgr(BAND_COLOR, 0.35))
    _point_style(document, "post", PAPER, 0.9)
    _point_style(document, "event", EVENT_COLOR, 0.6)
    for layer in export.layers:
        folder = ET.SubElement(document, "Folder")
        _text(folder, "name", layer.title)
        for row, shape in zip(layer.rows(), layer.geometry, strict=True):
            folder.append(_placemark(layer, row, shape, looks, over_time=len(export.days) > 1))
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _placemark(
    layer: Layer,
    row: Mapping[str, Any],
    shape: shapely.Geometry | None,
    looks: Mapping[str, Look],
    *,
    over_time: bool,
) -> ET.Element:
    mark = ET.Element("Placemark")
    naming, styling = NAMED_BY[layer.kind]
    name = layer.title if naming is None else row[naming]
    _text(mark, "name", looks[name].name if naming == "holder" and name in looks else name)
    if row.get("status") == "not yet":
        _text(mark, "visibility", "0")
    if over_time:
        span = ET.SubElement(mark, "TimeSpan")
        _text(span, "begin", row["day"])
        _text(span, "end", row["day"])
    style = layer.kind
    if styling is not None:
        style += f"-{row[styling] if row[styling] in looks else 'unknown'}"
    _text(mark, "styleUrl", f"#{style}")
    data = ET.SubElement(mark, "ExtendedData")
    for key, value in row.items():
        if value not in {None, ""}:
            plain = str(value).lower() if isinstance(value, bool) else str(value)
            _text(ET.SubElement(data, "Data", name=key), "value", plain)
    if shape is not None:
        mark.append(_geometry(shape))
    return mark


def _holder_styles(document: ET.Element, holder: str, look: Look) -> None:
    style = ET.SubElement(document, "Style", id=f"area-{holder}")
    poly = ET.SubElement(style, "PolyStyle")
    _text(poly, "color", _abgr(look.color, AREA_ALPHA))
    _text(poly, "outline", "0")
    _line_style(document, f"highway-{holder}", look.color, 4)
    _point_style(document, f"place-{holder}", look.color, 0.5)
    _point_style(document, f"change-{holder}", look.color, 0.8)


def _point_style(document: ET.Element, name: str, color: str, scale: float) -> None:
    # Without an icon's address a viewer takes its own; an address would be fetched from a host.
    style = ET.SubElement(document, "Style", id=name)
    icon = ET.SubElement(style, "IconStyle")
    _text(icon, "color", _abgr(color))
    _text(icon, "scale", str(scale))
    _text(ET.SubElement(style, "LabelStyle"), "scale", str(LABEL_SCALE))


def _line_style(document: ET.Element, name: str, color: str, width: int) -> ET.Element:
    style = ET.SubElement(document, "Style", id=name)
    line = ET.SubElement(style, "LineStyle")
    _text(line, "color", _abgr(color))
    _text(line, "width", str(width))
    return style


def _abgr(color: str, alpha: float = 1.0) -> str:
    red, green, blue = rgb(color)
    return f"{round(255 * alpha):02x}{blue:02x}{green:02x}{red:02x}"


def _geometry(shape: shapely.Geometry) -> ET.Element:
    if shape.geom_type.startswith("Multi"):
        if len(shape.geoms) == 1:
            return _geometry(shape.geoms[0])
        many = ET.Element("MultiGeometry")
        many.extend([_geometry(part) for part in shape.geoms])
        return many
    element = ET.Element(shape.geom_type)
    if shape.geom_type != "Polygon":
        _coordinates(element, shape)
        return element
    for kind, ring in [
        ("outerBoundaryIs", shape.exterior),
        *(("innerBoundaryIs", hole) for hole in shape.interiors),
    ]:
        _coordinates(ET.SubElement(ET.SubElement(element, kind), "LinearRing"), ring)
    return element


def _coordinates(element: ET.Element, shape: shapely.Geometry) -> None:
    pairs = np.round(shapely.get_coordinates(shape), DECIMALS).tolist()
    _text(element, "coordinates", " ".join(f"{lon!r},{lat!r}" for lon, lat in pairs))


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = xml_text(text)
