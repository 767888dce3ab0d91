"""The signs of a printed map and the legend that explains those that are on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import shapely
from matplotlib.patches import Rectangle
from matplotlib.path import Path as DrawnPath

from geoline.export.layers.styles import FRONT_COLOR, PAPER, rgb
from geoline.export.print.letters import directed, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from matplotlib.axes import Axes

    from geoline.export.layers.styles import Look

__all__ = [
    "BAND",
    "FRONT",
    "GAINED_TINT",
    "HATCHES",
    "POINT_SIGNS",
    "ROAD_DASHES",
    "ROAD_WIDTHS",
    "TINT",
    "draw_event",
    "draw_legend",
    "draw_post",
    "mixed",
    "path_of",
    "wrapped",
]

# Ground of which nobody is known to hold it, as the map tints it.
NOT_KNOWN = "#e0dfdb"
# Hatches of matplotlib by pattern of a party.
HATCHES = {"diagonal": "////", "back-diagonal": "\\\\\\\\", "dots": "....", "cross": "xxxx"}
# Dashes (points on, off) inside a road by pattern of its holder.
ROAD_DASHES = {
    "diagonal": (4.0, 3.0),
    "back-diagonal": (1.5, 3.0),
    "dots": (0.8, 1.6),
    "cross": (4.0, 2.0, 1.0, 2.0),
}
# Points: the dark casing, the colour, the dash.
ROAD_WIDTHS = (3.6, 2.5, 1.1)
BAND: dict[str, Any] = {
    "facecolor": "none",
    "edgecolor": "#6b6b6c",
    "hatch": "--",
    "linewidth": 0.45,
    "linestyle": (0, (1, 2)),
}
# How much of its holder's colour ground has that changed hands on the day, and other ground.
GAINED_TINT, TINT = 0.8, 0.42
FRONT: tuple[dict[str, Any], ...] = (
    {"color": PAPER, "linewidth": 3.8},
    {"color": FRONT_COLOR, "linewidth": 1.9},
)
POINT_SIGNS: dict[str, dict[str, Any]] = {
    "city": {"marker": "s", "markersize": 6.0, "markeredgecolor": FRONT_COLOR, "mew": 0.9},
    "town": {"marker": "o", "markersize": 4.6, "markeredgecolor": FRONT_COLOR, "mew": 0.8},
    "change": {"marker": "D", "markersize": 4.6, "markeredgecolor": FRONT_COLOR, "mew": 0.8},
    "village": {"marker": "o", "markersize": 2.6, "markeredgecolor": PAPER, "mew": 0.3},
    "contested": {
        "marker": "o", "markersize": 8.0, "markerfacecolor": "none",
        "markeredgecolor": FRONT_COLOR, "mew": 0.8,
    },
    "besieged": {
        "marker": "o", "markersize": 9.0, "markerfacecolor": "none",
        "markeredgecolor": FRONT_COLOR, "mew": 1.8,
    },
}  # fmt: skip
# Marker of matplotlib and words by kind of event; who advances or presses is fighting.
EVENT_SIGNS: dict[str, Any] = {
    "clash": "x", "pressed": "x", "advanced": "x", "strike": (8, 2, 0), "attack": "^",
}  # fmt: skip
EVENT_WORDS = {
    "clash": "Clash or advance",
    "strike": "Strike",
    "attack": "Attack on civilians",
}
POINT_WORDS = {
    "city": "City",
    "town": "Town",
    "village": "Village named in reports",
    "change": "Changed hands this day",
    "contested": "Contested",
    "besieged": "Besieged",
}
POST_WORDS = {
    "behind own lines": "Behind own lines",
    "at the front": "At the front",
    "encircled": "Encircled",
    "withdrawn": "Withdrawn",
    "unknown": "Not known",
}
# Lengths of a scale bar, kilometres.
SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500)
TEXT: dict[str, Any] = {"fontsize": 7.8}
HEADING: dict[str, Any] = {"fontsize": 8.4, "fontweight": "bold"}
# Points: the column of signs, a line of text, above a heading, scale and north at the foot.
SIGN_WIDTH, LINE, ABOVE, SCALE_HEIGHT = 34.0, 11.0, 9.0, 50.0


def mixed(color: str, share: float) -> tuple[float, float, float]:
    """Mix a colour with the white of the paper.

    Examples
    --------
    >>> mixed("#000000", 0.25)
    (0.75, 0.75, 0.75)
    """
    red, green, blue = (1 - share * (1 - part / 255) for part in rgb(color))
    return red, green, blue


def wrapped(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """Break a text into lines that fit; a word that is too long stands alone.

    Examples
    --------
    >>> wrapped("who held what", 8, len)
    ['who held', 'what']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def path_of(shape: shapely.Geometry) -> DrawnPath | None:
    """Make one path of all rings of the polygons in a shape; None if there is none."""
    polygons = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    rings = [ring for p in polygons for ring in (p.exterior, *p.interiors)]
    paths = [DrawnPath(shapely.get_coordinates(ring), closed=True) for ring in rings]
    return DrawnPath.make_compound_path(*paths) if paths else None


def draw_post(axes: Axes, status: str, x: float, y: float, *, zorder: float) -> bool:
    """Draw the sign of a post, its filling by status; nothing, and False, where there is none."""
    if status not in POST_WORDS:
        return False
    box: dict[str, Any] = {
        "marker": "s", "markersize": 7.0, "markeredgecolor": FRONT_COLOR, "mew": 1.0,
        "markerfacecolor": PAPER, "linestyle": "none", "zorder": zorder,
    }  # fmt: skip
    if status == "behind own lines":
        box["markerfacecolor"] = FRONT_COLOR
    elif status == "at the front":
        box |= {"fillstyle": "top", "markerfacecolor": FRONT_COLOR, "markerfacecoloralt": PAPER}
    elif status == "encircled":
        ring = {"marker": "o", "markersize": 11.5, "markerfacecolor": PAPER}
        axes.plot(x, y, **box | ring)
    elif status == "withdrawn":
        axes.plot(x, y, **box)
        box |= {"marker": "x", "markersize": 5.0}
    axes.plot(x, y, **box)
    if status in {"encircled", "unknown"}:
        marker = {"marker": "s" if status == "encircled" else "$?$", "markersize": 2.6}
        axes.plot(x, y, **box | marker | {"markerfacecolor": FRONT_COLOR})
    return True


def draw_event(axes: Axes, kind: str, x: float, y: float) -> None:
    """Draw the sign of an event, as on the page: by kind, in a white circle."""
    circle: dict[str, Any] = {
        "marker": "o", "markersize": 8.0, "markerfacecolor": PAPER, "markeredgecolor": FRONT_COLOR,
        "mew": 0.7, "linestyle": "none", "zorder": 28,
    }  # fmt: skip
    marker = {"marker": EVENT_SIGNS[kind], "markersize": 4.6, "markerfacecolor": FRONT_COLOR}
    axes.plot(x, y, **circle)
    axes.plot(x, y, **circle | marker | {"mew": 1.1, "zorder": 29})


class _Column:
    """The legend, written from the top; points from its lower left corner."""

    def __init__(
        self,
        axes: Axes,
        size: tuple[float, float],
        measure: Callable[[str, Mapping[str, Any]], float],
    ) -> None:
        self.axes, self.measure = axes, measure
        self.width, self.y = size
        axes.set(xlim=(0, size[0]), ylim=(0, size[1]))
        axes.axis("off")

    def heading(self, text: str) -> None:
        self.y -= LINE
        self.axes.text(
            0,
            self.y,
            directed(printable(text)),
            va="center",
            parse_math=False,
            color=FRONT_COLOR,
            **HEADING,
        )
        self.y -= LINE / 2 + 3

    def entry(self, text: str, draw: Callable[[float, float], object]) -> None:
        """Write a sign, drawn at a centre, and what it means, in as many lines as that takes."""
        lines = wrapped(
            printable(text), self.width - SIGN_WIDTH, lambda part: self.measure(part, TEXT)
        )
        high = max(LINE * len(lines), 13.0)
        middle = self.y - high / 2
        draw(SIGN_WIDTH / 2 - 4, middle)
        self.axes.text(
            SIGN_WIDTH, middle, "\n".join(map(directed, lines)), va="center", linespacing=1.2,
            parse_math=False, color=FRONT_COLOR, **TEXT,
        )  # fmt: skip
        self.y -= high + 1.5

    def swatch(self, layers: Sequence[Mapping[str, Any]], x: float, y: float) -> None:
        for layer in layers:
            self.axes.add_patch(Rectangle((x - 12, y - 5.5), 24, 11, **layer))

    def line(self, layers: Sequence[Mapping[str, Any]], x: float, y: float) -> None:
        for number, layer in enumerate(layers):
            style = {"solid_capstyle": "butt", "dash_capstyle": "butt", **layer}
            self.axes.plot([x - 12, x + 12], [y, y], zorder=5 + number, **style)


def draw_legend(  # noqa: PLR0913  (what is on the map)
    axes: Axes,
    size: tuple[float, float],
    *,
    looks: Mapping[str, Look],
    roads: Mapping[str, Collection[str]],
    statuses: Collection[str],
    signs: Collection[str],
    gained: str,
    events: Collection[str],
    metres_per_point: float,
    measure: Callable[[str, Mapping[str, Any]], float],
) -> float:
    """Explain what is on the map, with scale and north at the foot.

    Parameters
    ----------
    axes
        Empty ones.
    size
        Their width and height in points.
    looks, roads, statuses, signs, events
        Holders, who holds each road, statuses of posts, signs of places and kinds of events that
        are on the map.
    gained
        The colour of a holder who gained ground on the day; empty if none did.
    metres_per_point
        The scale of the map: metres on the ground for a point (1/72 inch) on the paper.
    measure
        Gives the width in points of a text in a font.

    Returns
    -------
    float
        Points of height that are left; less than 0 if the legend runs into the scale.
    """
    column = _Column(axes, size, measure)
    _ground(column, looks, gained)
    if roads:
        column.y -= ABOVE
        column.heading(f"Highways {', '.join(roads)}")
        casing, inner, dash = ROAD_WIDTHS
        holders = {holder for held in roads.values() for holder in held}
        for look in (look for holder, look in looks.items() if holder in holders):
            lines: list[dict[str, Any]] = [
                {"color": FRONT_COLOR, "linewidth": casing},
                {"color": look.color, "linewidth": inner},
            ]
            if pattern := ROAD_DASHES.get(look.pattern):
                lines.append({"color": PAPER, "linewidth": dash, "linestyle": (0, pattern)})
            column.entry(look.name, partial(column.line, lines))
    if shown := [status for status in POST_WORDS if status in statuses]:
        column.y -= ABOVE
        column.heading("Observation posts")
        for status in shown:
            column.entry(
                POST_WORDS[status],
                partial(draw_post, axes, status, zorder=5),
            )
    _events(column, axes, events)
    column.y -= ABOVE
    column.heading("Places (colour: holder)")
    for sign, words in POINT_WORDS.items():
        if sign in signs:
            style = {"color": "#77746d", "linestyle": "none", **POINT_SIGNS[sign]}
            column.entry(words, partial(axes.plot, **style))
    _scale(axes, size[0], metres_per_point)
    return column.y - SCALE_HEIGHT


def _ground(column: _Column, looks: Mapping[str, Look], gained: str) -> None:
    """Explain the areas and the line; where nobody is known to hold ground there is neither.

    `gained` is the colour of a holder who gained ground on the day, empty if none did.
    """
    edge = {"facecolor": "none", "edgecolor": FRONT_COLOR, "linewidth": 0.5}
    if not looks:
        column.heading("Ground")
        column.entry("Not known", partial(column.swatch, [{"facecolor": NOT_KNOWN}, edge]))
        return
    column.heading("Ground held by")
    for look in looks.values():
        layers: list[dict[str, Any]] = [{"facecolor": mixed(look.color, 0.42), "linewidth": 0}]
        if hatch := HATCHES.get(look.pattern):
            color = mixed(look.color, 0.85)
            layers.append({"facecolor": "none", "edgecolor": color, "hatch": hatch, "linewidth": 0})
        layers.append(edge)
        column.entry(look.name, partial(column.swatch, layers))
    column.y -= ABOVE
    column.heading("The line")
    column.entry("Front", lambda x, y: column.line(FRONT, x, y))
    column.entry("Where it may run", lambda x, y: column.swatch([BAND], x, y))
    if gained:
        dark = {"facecolor": mixed(gained, GAINED_TINT), "linewidth": 0}
        column.entry("Darker: changed hands this day", partial(column.swatch, [dark]))


def _events(column: _Column, axes: Axes, events: Collection[str]) -> None:
    """Explain the signs of the events that are on the map."""
    told = {EVENT_SIGNS[kind] for kind in events}
    happened = [kind for kind in EVENT_WORDS if EVENT_SIGNS[kind] in told]
    if happened:
        column.y -= ABOVE
        column.heading("Events of the day")
    for kind in happened:
        column.entry(EVENT_WORDS[kind], partial(draw_event, axes, kind))


def _scale(axes: Axes, width: float, metres_per_point: float) -> None:
    """Draw scale bar and north at the foot of the legend."""
    room = (width - 40) * metres_per_point / 1000
    length = max((km for km in SCALES if km <= room), default=SCALES[0])
    half = length * 500 / metres_per_point
    for number, color in enumerate((FRONT_COLOR, PAPER)):
        axes.add_patch(
            Rectangle(
                (number * half + 1, 4), half, 4, facecolor=color, edgecolor=FRONT_COLOR, lw=0.6
            )
        )
    for share, text in ((0, "0"), (1, f"{length / 2:g}"), (2, f"{length} km")):
        axes.text(share * half + 1, 11, text, ha="left" if not share else "center", **TEXT)
    axes.annotate(
        "N", xy=(width - 10, 40), xytext=(width - 10, 8), ha="center", va="center",
        color=FRONT_COLOR, fontsize=9, fontweight="bold",
        arrowprops={"arrowstyle": "-|>", "color": FRONT_COLOR, "lw": 1.1},
    )  # fmt: skip
