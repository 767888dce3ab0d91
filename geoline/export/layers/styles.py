"""How exported layers look: colours and patterns of the parties, for QGIS (QML) and KML.

Colour says who, and a pattern says it again, so that a print without colour can be read. QML is
the form in which QGIS keeps a style (`layer_styles` of a GeoPackage); the keys are those of QGIS 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geoline.export.layers.layers import Layer
    from geoline.theatre_folder import TheatreData

__all__ = [
    "EVENT_COLOR",
    "FRONT_COLOR",
    "PAPER",
    "POST_MARKS",
    "Look",
    "looks_of",
    "qgis_style",
    "xml_text",
]

# Characters that XML 1.0 cannot carry.
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

FRONT_COLOR = "#17181a"
BAND_COLOR = "#8a8780"
PAPER = "#ffffff"
# Share of the colour that an area lets through from below.
AREA_ALPHA = 0.55


@dataclass(frozen=True, slots=True)
class Look:
    """Name, colour (`#rrggbb`) and pattern (as in theatre.toml) of a holder."""

    name: str
    color: str
    pattern: str


# Brushes of QGIS by pattern: a layer of lines or dots above the colour.
BRUSHES = {
    "diagonal": "f_diagonal",
    "back-diagonal": "b_diagonal",
    "dots": "dense6",
    "cross": "diagonal_x",
}
# Pens of QGIS by pattern, so that roads are told apart without colour.
PENS = {"diagonal": "dash", "back-diagonal": "dash dot", "dots": "dot", "cross": "dash dot dot"}
# Marks of QGIS by kind of event, as on the page: shape, filling, size in millimetres.
EVENT_COLOR = "#5b2a6b"
EVENT_MARKS = {
    "clash": ("cross2", EVENT_COLOR, 3.0),
    "strike": ("star", EVENT_COLOR, 3.6),
    "attack": ("triangle", EVENT_COLOR, 3.0),
    "pressed": ("filled_arrowhead", EVENT_COLOR, 3.0),
    "advanced": ("arrow", EVENT_COLOR, 3.0),
}
# Marks of QGIS by status of a post: shape, filling, size in millimetres.
POST_MARKS = {
    "behind own lines": ("square", FRONT_COLOR, 2.6),
    "at the front": ("diamond", FRONT_COLOR, 3.6),
    "encircled": ("star", FRONT_COLOR, 4.4),
    "withdrawn": ("cross2", PAPER, 2.6),
    "unknown": ("triangle", PAPER, 3.2),
}


def looks_of(theatre: TheatreData) -> dict[str, Look]:
    """Give the look of every holder by its id, in the order of the theatre."""
    return {p.id: Look(xml_text(p.name), p.color, p.pattern) for p in theatre.holders}


def xml_text(text: str) -> str:
    r"""Give a text as XML can carry it: a replacement character for what it cannot.

    Examples
    --------
    >>> xml_text("Sid\x07e")
    'Sid�e'
    """
    return FORBIDDEN.sub("�", text)


def qgis_style(layer: Layer, looks: Mapping[str, Look], day: date | None = None) -> str:
    """Write the QML of a layer.

    Parameters
    ----------
    layer
        Only its name counts.
    looks
        Of the holders, by id.
    day
        If the layer holds several days, the one that is shown until QGIS's temporal controller is
        set to another; without it all of them would lie above each other.
    """
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling|Temporal")
    if day is not None:
        root.append(_temporal())
    renderer = _renderer(layer.name, looks)
    root.append(renderer if day is None else _ruled(renderer, day))
    if layer.name in _LABELS:
        root.append(_labelling(*_LABELS[layer.name]))
        root.set("labelsEnabled", "1")
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return head + ET.tostring(root, encoding="unicode")


# Column, size in points, from which scale on (1 : …) names are drawn.
_LABELS = {
    "places": ("place", 8, 250_000),
    "highways": ("road", 9, 0),
    "posts": ("post", 8, 250_000),
}

_Symbol = tuple[str, list[ET.Element]]


def _renderer(name: str, looks: Mapping[str, Look]) -> ET.Element:
    held = {
        "areas": ("holder", _area),
        "highways": ("holder", _road),
        "places": ("holder", _place),
        "changes": ("to_holder", _change),
    }
    if name in held:
        attribute, draw = held[name]
        return _categorised(attribute, {i: (k.name, draw(k)) for i, k in looks.items()})
    if name == "posts":
        marks = {status: (status, _post(status)) for status in POST_MARKS}
        return _categorised("status", marks)
    if name == "events":
        signs = {kind: (kind, _event(kind)) for kind in EVENT_MARKS}
        return _categorised("event", signs)
    root = ET.Element("renderer-v2", type="singleSymbol", symbollevels="0")
    root.append(_symbols({"0": _band() if name == "band" else _front()}))
    return root


def _categorised(attribute: str, drawn: Mapping[str, tuple[str, _Symbol]]) -> ET.Element:
    root = ET.Element("renderer-v2", type="categorizedSymbol", attr=attribute, symbollevels="0")
    categories = ET.SubElement(root, "categories")
    for number, (value, (label, _)) in enumerate(drawn.items()):
        ET.SubElement(
            categories, "category", value=value, symbol=str(number), label=label, render="true"
        )
    symbols = {str(n): symbol for n, (_, symbol) in enumerate(drawn.values())}
    root.append(_symbols(symbols))
    return root


def _ruled(renderer: ET.Element, day: date) -> ET.Element:
    """Turn a renderer into one of rules that draw a single day, that of the map or the one given.

    QGIS 3.22 forgets the temporal settings of a style that it finds in a GeoPackage; a rule holds.
    """
    root = ET.Element("renderer-v2", type="RuleRenderer", symbollevels="0")
    rules = ET.SubElement(root, "rules", key="root")
    shown = f"\"day\" = coalesce(to_date(@map_start_time), to_date('{day.isoformat()}'))"
    attribute = renderer.get("attr")
    categories = renderer.findall("categories/category")
    if attribute is None:
        ET.SubElement(rules, "rule", key="0", symbol="0", filter=shown)
    for category in categories:
        number, value = category.get("symbol", ""), category.get("value", "").replace("'", "''")
        condition = f"{shown} AND \"{attribute}\" = '{value}'"
        label = category.get("label", "")
        ET.SubElement(rules, "rule", key=number, symbol=number, filter=condition, label=label)
    root.extend(renderer.findall("symbols"))
    return root


def _symbols(symbols: Mapping[str, _Symbol]) -> ET.Element:
    root = ET.Element("symbols")
    for name, (kind, layers) in symbols.items():
        symbol = ET.SubElement(root, "symbol", type=kind, name=name, alpha="1")
        symbol.extend(layers)
    return root


def _symbol_layer(kind: str, **options: str) -> ET.Element:
    """Write one layer of a symbol; QGIS reads options, versions before 3.26 properties."""
    layer = ET.Element("layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    table = ET.SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        ET.SubElement(table, "Option", type="QString", name=key, value=value)
        ET.SubElement(layer, "prop", k=key, v=value)
    return layer


def rgb(color: str) -> tuple[int, int, int]:
    """Split `#rrggbb`.

    Examples
    --------
    >>> rgb("#2f8f6b")
    (47, 143, 107)
    """
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _rgba(color: str, alpha: float = 1.0) -> str:
    return ",".join(map(str, (*rgb(color), round(255 * alpha))))


def _area(look: Look) -> _Symbol:
    layers = [
        _symbol_layer(
            "SimpleFill", color=_rgba(look.color, AREA_ALPHA), style="solid", outline_style="no"
        )
    ]
    if look.pattern in BRUSHES:
        layers.append(
            _symbol_layer(
                "SimpleFill",
                color=_rgba(look.color),
                style=BRUSHES[look.pattern],
                outline_style="no",
            )
        )
    return "fill", layers


def _band() -> _Symbol:
    return "fill", [
        _symbol_layer(
            "SimpleFill",
            color=_rgba(BAND_COLOR, 0.35),
            style="solid",
            outline_color=_rgba(FRONT_COLOR, 0.5),
            outline_style="dot",
            outline_width="0.2",
            outline_width_unit="MM",
        )
    ]


def _line(color: str, width: float, style: str = "solid") -> ET.Element:
    return _symbol_layer(
        "SimpleLine",
        line_color=_rgba(color),
        line_width=str(width),
        line_width_unit="MM",
        line_style=style,
        capstyle="round",
        joinstyle="round",
    )


def _front() -> _Symbol:
    return "line", [_line(PAPER, 1.6), _line(FRONT_COLOR, 0.8)]


def _road(look: Look) -> _Symbol:
    layers = [_line(FRONT_COLOR, 1.4), _line(look.color, 0.9)]
    if look.pattern in PENS:
        layers.append(_line(PAPER, 0.3, PENS[look.pattern]))
    return "line", layers


def _mark(name: str, color: str, size: float, outline: str) -> ET.Element:
    return _symbol_layer(
        "SimpleMarker",
        name=name,
        color=_rgba(color),
        size=str(size),
        size_unit="MM",
        outline_color=_rgba(outline),
        outline_style="solid",
        outline_width="0.3",
        outline_width_unit="MM",
    )


def _place(look: Look) -> _Symbol:
    return "marker", [_mark("circle", look.color, 1.8, FRONT_COLOR)]


def _change(look: Look) -> _Symbol:
    return "marker", [_mark("circle", look.color, 3.2, PAPER)]


def _post(status: str) -> _Symbol:
    shape, color, size = POST_MARKS[status]
    return "marker", [_mark(shape, color, size, FRONT_COLOR if color == PAPER else PAPER)]


def _event(kind: str) -> _Symbol:
    return "marker", [_mark(*EVENT_MARKS[kind], PAPER)]


def _labelling(column: str, size: int, from_scale: int) -> ET.Element:
    root = ET.Element("labeling", type="simple")
    settings = ET.SubElement(root, "settings", calloutType="simple")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=column,
        fontSize=str(size),
        fontSizeUnit="Point",
        textColor=_rgba(FRONT_COLOR),
    )
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor=_rgba(PAPER),
    )
    scale = {"scaleVisibility": "1", "scaleMin": str(from_scale), "scaleMax": "1"}
    ET.SubElement(settings, "rendering", scale if from_scale else {})
    return root


def _temporal() -> ET.Element:
    # Mode 1: each feature holds from the day in one column on, for as long as `fixedDuration`.
    return ET.Element(
        "temporal",
        enabled="1",
        mode="1",
        startField="day",
        fixedDuration="1",
        durationUnit="d",
        accumulate="0",
        limitMode="0",
    )
