"""How results show themselves in a notebook: small tables, bars and maps as plain HTML and SVG.

Nothing here runs scripts or asks for anything from elsewhere, so a saved notebook shows it wherever
it is opened. Every text is escaped; colours stand on the notebook's own background, light or dark.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    import numpy.typing as npt

__all__ = [
    "Markup",
    "day_bars",
    "divided_bar",
    "html_table",
    "key",
    "on_picture",
    "paragraph",
    "path_of",
    "share_bar",
    "small_map",
]

# Width of a small map (pixels), and the size below which parts of it are left out (pixels).
MAP_WIDTH, SMALLEST = 420, 0.5
GREY = "#b9b6ae"


class Markup(str):
    """Text that is HTML already; any other text is escaped."""

    __slots__ = ()


def html_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], caption: str = ""
) -> Markup:
    """Make a table.

    Parameters
    ----------
    columns
        Heads of the columns; without any there is no head.
    rows
        Cells of each row; `Markup` is taken as it is, anything else as text.
    caption
        What stands above it.

    Examples
    --------
    >>> html_table(["name"], [["<b>"]])
    '<table><thead><tr><th>name</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in cells)}</tr>" for cells in rows
    )
    return Markup(
        "<table>"
        + (f"<caption>{_html(caption)}</caption>" if caption else "")
        + (f"<thead><tr>{head}</tr></thead>" if head else "")
        + f"<tbody>{body}</tbody></table>"
    )


def _html(text: object) -> str:
    return text if isinstance(text, Markup) else escape(str(text))


def paragraph(text: str, *, strong: bool = False) -> Markup:
    """Make a paragraph of a text."""
    return Markup(f"<p><b>{escape(text)}</b></p>" if strong else f"<p>{escape(text)}</p>")


def key(color: str, text: str) -> Markup:
    """Make a square of a colour with a text beside it."""
    square = f'<span style="color:{escape(color)}">&#9632;</span>'
    return Markup(f"{square} {escape(text)}")


def share_bar(share: float, color: str = GREY, width: int = 120) -> Markup:
    """Make a bar (its width in pixels) that is filled by a share, 0 to 1."""
    return divided_bar([(share, color), (max(0.0, 1 - share), "none")], width)


def divided_bar(parts: Sequence[tuple[float, str]], width: int = MAP_WIDTH) -> Markup:
    """Make a bar of parts, one after the other.

    Parameters
    ----------
    parts
        Size (any unit) and colour of each.
    width
        Of the whole, in pixels.
    """
    whole = sum(size for size, _ in parts) or 1.0
    shapes, at = [], 0.0
    for size, color in parts:
        wide = width * size / whole
        shapes.append(f'<rect x="{at:.1f}" width="{wide:.1f}" height="10" fill="{escape(color)}"/>')
        at += wide
    outline = f'<rect width="{width}" height="10" fill="none" stroke="#8888"/>'
    return _svg(width, 10, [*shapes, outline])


def day_bars(counts: Sequence[int], said: Sequence[str], width: int = MAP_WIDTH) -> Markup:
    """Make a small chart: a bar a day, its height the count, what is said of it as its title."""
    high, wide = max([*counts, 1]), width / max(len(counts), 1)
    shapes = [
        f'<rect x="{n * wide:.1f}" y="{40 - 40 * count / high:.1f}"'
        f' width="{max(wide - 1, 0.5):.1f}"'
        f' height="{40 * count / high:.1f}" fill="{GREY}"><title>{escape(text)}</title></rect>'
        for n, (count, text) in enumerate(zip(counts, said, strict=True))
    ]
    return _svg(width, 40, shapes)


def small_map(
    areas: gpd.GeoDataFrame,
    front: gpd.GeoDataFrame,
    colors: Mapping[str, str],
    frame: tuple[float, float, float, float],
) -> Markup:
    """Draw a day small: areas in their holders' colours and the line.

    Parameters
    ----------
    areas, front
        As `Situation` gives them, EPSG:4326.
    colors
        Colour by holder.
    frame
        West, south, east, north in degrees: what is shown.
    """
    height = round(on_picture([frame[:2]], frame, MAP_WIDTH)[0, 1])
    shapes = [
        f'<path d="{path_of(area, frame, MAP_WIDTH)}" fill="{escape(colors.get(holder, GREY))}"'
        f' fill-opacity=".55" fill-rule="evenodd"><title>{escape(holder)}</title></path>'
        for holder, area in zip(areas["holder"], areas.geometry, strict=True)
    ]
    shapes += [
        f'<path d="{path_of(line, frame, MAP_WIDTH)}" fill="none" stroke="#1a1a1a"'
        ' stroke-width="1.5"/>'
        for line in front.geometry
    ]
    return _svg(MAP_WIDTH, height, shapes)


def path_of(
    geometry: shapely.Geometry, frame: tuple[float, float, float, float], width: float
) -> str:
    """Write a geometry as the path of an SVG.

    Parameters
    ----------
    geometry
        Lines or polygons, EPSG:4326.
    frame
        West, south, east, north in degrees: what lies outside is cut off. A degree of longitude is
        as wide as at its middle.
    width
        Of the frame, in units of the path; the path is simplified to half a unit.

    Examples
    --------
    >>> path_of(shapely.LineString([(0, 0), (1, 1)]), (0, -1, 1, 1), 100)
    'M0 100L100 0'
    """
    cut = shapely.clip_by_rect(geometry, *frame)
    cut = shapely.simplify(cut, SMALLEST / _scale(frame, width))
    parts = []
    for part in shapely.get_parts(cut):
        polygon = part.geom_type == "Polygon"
        for line in shapely.get_rings(part) if polygon else [part]:
            xy = on_picture(shapely.get_coordinates(line), frame, width)
            steps = "L".join(f"{x:g} {y:g}" for x, y in np.round(xy, 1) + 0.0)
            parts.append(f"M{steps}" + ("Z" if polygon else ""))
    return "".join(parts)


def on_picture(
    points: npt.ArrayLike, frame: tuple[float, float, float, float], width: float
) -> npt.NDArray[np.float64]:
    """Give the place of points on a picture: to the right, and down, from its upper left corner.

    Parameters
    ----------
    points
        Longitude and latitude in degrees, (n, 2).
    frame, width
        As in `path_of`.
    """
    scale = _scale(frame, width)
    moved = np.asarray(points, dtype=float) - (frame[0], frame[3])
    on: npt.NDArray[np.float64] = moved * (scale * _squeeze(frame), -scale)
    return on


def _scale(frame: tuple[float, float, float, float], width: float) -> float:
    """Units of a picture in a degree of latitude."""
    return width / ((frame[2] - frame[0]) * _squeeze(frame))


def _squeeze(frame: tuple[float, float, float, float]) -> float:
    """Width of a degree of longitude in degrees of latitude."""
    return float(np.cos(np.radians((frame[1] + frame[3]) / 2)))


def _svg(width: float, height: float, shapes: Sequence[str]) -> Markup:
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}">{"".join(shapes)}</svg>'
    )
