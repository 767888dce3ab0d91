"""The card of a day: a picture of 1,200 by 630 pixels that links to the map show.

The map stands right, what happened on the day left. The same day gives the same bytes.
"""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.patheffects import Normal, Stroke

from geoline.export.layers.styles import FRONT_COLOR, PAPER, looks_of, xml_text
from geoline.export.print.legend import HATCHES, mixed, path_of
from geoline.export.print.letters import fonts, printable
from geoline.export.print.picture import ABROAD, BORDER, TINT
from geoline.export.print.sheet import SEA, view_of, widened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    import numpy.typing as npt
    from matplotlib.axes import Axes

    from geoline.export.layers.styles import Look
    from geoline.gazetteer import Place
    from geoline.situation import TheatreAsKnown

__all__ = ["card"]

# Pixels; the form that pages show of a link (Open Graph: 1.91 to 1).
WIDTH, HEIGHT, MAP_WIDTH = 1200, 630, 720
DOTS_PER_INCH = 100
LETTERS_A_LINE, MOST_LINES = 34, 12


def card(  # noqa: PLR0913  (what stands on it)
    as_known: TheatreAsKnown,
    day: date,
    *,
    title: str,
    when: str,
    told: str,
    below: str,
    named: Sequence[Place] = (),
) -> bytes:
    """Draw the card of a day as PNG.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    day
        Day to draw.
    title, when, told, below
        What the map is about, the day in words, what happened, whom to credit.
    named
        Places whose names are written, the weightiest first.
    """
    with rc_context({"font.family": fonts(), "hatch.linewidth": 0.4}):
        figure = Figure(
            figsize=(WIDTH / DOTS_PER_INCH, HEIGHT / DOTS_PER_INCH),
            dpi=DOTS_PER_INCH,
            facecolor=PAPER,
        )
        axes = figure.add_axes((1 - MAP_WIDTH / WIDTH, 0, MAP_WIDTH / WIDTH, 1))
        _draw(axes, as_known, day, named)
        _write(figure, title, when, told, below)
        _key(figure, as_known, day)
        out = io.BytesIO()
        metadata = {"Software": "geoline", "Title": xml_text(f"{title}, {when}")}
        figure.savefig(out, format="png", dpi=DOTS_PER_INCH, metadata=metadata)
        return out.getvalue()


def _draw(axes: Axes, as_known: TheatreAsKnown, day: date, named: Sequence[Place]) -> None:
    theatre, now = as_known.theatre, as_known.on(day)
    _, (west, south, east, north) = widened(view_of(as_known), MAP_WIDTH, HEIGHT)
    axes.set(xticks=[], yticks=[], xlim=(west, east), ylim=(south, north), facecolor=SEA)
    for spine in axes.spines.values():
        spine.set_visible(False)
    box = shapely.box(west, south, east, north)

    def seen(shapes: Iterable[shapely.Geometry]) -> npt.NDArray[np.object_]:
        moved = gpd.GeoSeries(list(shapes), crs=4326).to_crs(as_known.crs).values
        cut: npt.NDArray[np.object_] = shapely.intersection(np.asarray(moved, dtype=object), box)
        return cut

    def fill(shape: shapely.Geometry, **style: Any) -> None:  # noqa: ANN401
        if not shape.is_empty and (path := path_of(shape)) is not None:
            axes.add_patch(PathPatch(path, **style))

    for shape in seen(region.geometry for region in theatre.land):
        fill(shape, facecolor=ABROAD, edgecolor=BORDER, linewidth=0.8, zorder=1)
    for land in seen([as_known.land]):
        fill(land, facecolor=mixed(looks_of(theatre)["unknown"].color, TINT), linewidth=0, zorder=2)
    for holder, shape in zip(now.areas["holder"], seen(now.areas.geometry), strict=True):
        _tint(fill, shape, looks_of(theatre).get(holder, looks_of(theatre)["unknown"]))
    for line in shapely.get_parts(seen(now.front.geometry)):
        if line.geom_type == "LineString":
            axes.plot(*shapely.get_coordinates(line).T, color=FRONT_COLOR, linewidth=2.2, zorder=6)
    _names(axes, as_known, named)


def _tint(fill: Callable[..., None], shape: shapely.Geometry, look: Look) -> None:
    """Fill an area in the colour and pattern of its holder."""
    tint = mixed(look.color, TINT)
    fill(shape, facecolor=tint, edgecolor=tint, linewidth=0.3, zorder=3)
    if hatch := HATCHES.get(look.pattern):
        color = mixed(look.color, 0.8)
        fill(shape, facecolor="none", edgecolor=color, hatch=hatch, linewidth=0, zorder=4)


def _names(axes: Axes, as_known: TheatreAsKnown, named: Sequence[Place]) -> None:
    """Write names, the weightiest first, each where none stands yet."""
    points = gpd.GeoSeries.from_xy([p.lon for p in named], [p.lat for p in named], crs=4326)
    xy = shapely.get_coordinates(points.to_crs(as_known.crs).values)
    halo = [Stroke(linewidth=3, foreground=PAPER, alpha=0.9), Normal()]
    taken: list[tuple[float, float]] = []
    for place, (x, y) in zip(named, xy, strict=True):
        if not (axes.get_xlim()[0] < x < axes.get_xlim()[1] and axes.get_ylim()[0] < y):
            continue
        across, up = axes.transData.transform((x, y))
        if y > axes.get_ylim()[1] or any(
            abs(across - a) < 110 and abs(up - b) < 24  # noqa: PLR2004  (pixels of a name)
            for a, b in taken
        ):
            continue
        taken.append((float(across), float(up)))
        axes.plot(x, y, "o", color=FRONT_COLOR, markersize=5, zorder=8)
        axes.annotate(
            printable(place.name), (x, y), (6, 4), textcoords="offset points", fontsize=12,
            fontweight="bold", color=FRONT_COLOR, path_effects=halo, zorder=9,
            parse_math=False, annotation_clip=True,
        )  # fmt: skip


def _write(figure: Figure, title: str, when: str, told: str, below: str) -> None:
    left, width = 0.03, LETTERS_A_LINE
    lines = textwrap.wrap(printable(told), width, max_lines=MOST_LINES, placeholder=" …")
    top = 0.94
    for text, size, weight, step in (
        *((line, 15, "normal", 0.052) for line in textwrap.wrap(printable(title), 30)[:2]),
        (printable(when), 21, "bold", 0.085),
        *((line, 14, "normal", 0.046) for line in lines),
    ):
        figure.text(
            left, top, text, fontsize=size, fontweight=weight, va="top", color=FRONT_COLOR,
            parse_math=False,
        )  # fmt: skip
        top -= step
    small = textwrap.wrap(printable(below), 62)[:3]
    figure.text(
        left, 0.03, "\n".join(small), fontsize=7.5, va="bottom", color="#55534e", parse_math=False
    )


def _key(figure: Figure, as_known: TheatreAsKnown, day: date) -> None:
    """Draw which colour is whose, with square kilometres."""
    looks, areas = looks_of(as_known.theatre), as_known.on(day).areas
    rows = sorted(zip(areas["km2"], areas["holder"], strict=True), reverse=True)[:4]
    for number, (km2, holder) in enumerate(rows):
        look = looks.get(holder, looks["unknown"])
        up = 0.13 + 0.045 * (len(rows) - 1 - number)
        axes = figure.add_axes((0.03, up, 0.026, 0.032))
        axes.set(xticks=[], yticks=[], facecolor=mixed(look.color, TINT))
        if hatch := HATCHES.get(look.pattern):
            axes.patch.set(hatch=hatch, edgecolor=mixed(look.color, 0.8))
        figure.text(
            0.065, up + 0.016, printable(f"{look.name}: {km2:,.0f} km²"), fontsize=10.5,
            va="center", color=FRONT_COLOR, parse_math=False,
        )  # fmt: skip
