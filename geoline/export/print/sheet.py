"""The sheet of a printed map: paper, projection, and what is drawn on it with shapes and text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.patheffects import Normal, Stroke

from geoline.export.layers.styles import FRONT_COLOR, PAPER
from geoline.export.print.legend import path_of, wrapped
from geoline.export.print.letters import directed, printable, styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt
    from matplotlib.axes import Axes
    from pyproj import CRS

    from geoline.export.layers.layers import Export
    from geoline.export.print.labels import Box
    from geoline.situation import TheatreAsKnown

__all__ = ["SEA", "MapSheet", "frame_of", "kept_within", "view_of", "widened"]

# Inches: the map, the column of the legend, the margin of the sheet, between the columns.
MAP_WIDTH, LEGEND_WIDTH, MARGIN, GAP = 7.2, 2.2, 0.3, 0.2
LOWEST_MAP, HIGHEST_MAP = 6.0, 9.5
TITLE: dict[str, Any] = {"fontsize": 16.0, "fontweight": "bold"}
SMALLEST_TITLE = 10.0
TOLD: dict[str, Any] = {"fontsize": 9.0, "linespacing": 1.3}
SMALL_PRINT: dict[str, Any] = {"fontsize": 6.6, "linespacing": 1.35}
# Inches: a line of the title in points, of the sentence, of the small print; the words beside it.
TITLE_LINE, TOLD_LINE, SMALL_LINE, SMALL_HEAD = 1.35 / 72, 9.0 * 1.38 / 72, 6.6 * 1.38 / 72, 0.85
SEA = "#dde6eb"


Bounds = tuple[float, float, float, float]


def view_of(as_known: TheatreAsKnown) -> Bounds:
    """Give the bounds of the theatre's view in its metric CRS."""
    edge = shapely.segmentize(shapely.box(*as_known.theatre.view), 0.05)
    return tuple(gpd.GeoSeries([edge], crs=4326).to_crs(as_known.crs).total_bounds.tolist())


def frame_of(as_known: TheatreAsKnown) -> Bounds:
    """Give bounds in the theatre's metric CRS that lie within its frame, beyond which it ends."""
    west, south, east, north = as_known.theatre.frame
    sides = [
        shapely.segmentize(shapely.LineString(side), 0.05)
        for side in (
            [(west, south), (west, north)], [(west, south), (east, south)],
            [(east, south), (east, north)], [(west, north), (east, north)],
        )
    ]  # fmt: skip
    left, low, right, high = gpd.GeoSeries(sides, crs=4326).to_crs(as_known.crs).bounds.to_numpy()
    return float(left[2]), float(low[3]), float(right[0]), float(high[1])


def kept_within(bounds: Bounds, limits: Bounds) -> Bounds:
    """Move bounds into others where they fit into them; else they stay where they are.

    Examples
    --------
    >>> kept_within((8, 0, 12, 4), (0, 0, 10, 3))
    (6, 0, 10, 4)
    """
    moved = list(bounds)
    for low, high in ((0, 2), (1, 3)):
        if bounds[high] - bounds[low] > limits[high] - limits[low]:
            continue
        step = max(limits[low] - bounds[low], 0) + min(limits[high] - bounds[high], 0)
        moved[low], moved[high] = bounds[low] + step, bounds[high] + step
    west, south, east, north = moved
    return west, south, east, north


def widened(view: Bounds, wide: float, high: float) -> tuple[float, Bounds]:
    """Widen bounds to the form of a sheet: metres in a unit of the sheet, and the new bounds."""
    west, south, east, north = view
    metres = max((east - west) / wide, (north - south) / high)
    x, y = (west + east) / 2, (south + north) / 2
    return metres, (
        x - metres * wide / 2, y - metres * high / 2,
        x + metres * wide / 2, y + metres * high / 2,
    )  # fmt: skip


class MapSheet:
    """Paper with a map of the theatre's view; lengths on it are inches or points (1/72 inch).

    Parameters
    ----------
    as_known
        The theatre; its metric CRS is that of the map.
    export
        What is drawn, and what has to be said with it.
    lowest
        Height in inches that the map has at least.
    title, told
        What stands above it.
    small
        What stands below it: what each paragraph is about, and the paragraph.
    """

    def __init__(  # noqa: PLR0913  (what stands on it)
        self,
        as_known: TheatreAsKnown,
        export: Export,
        lowest: float,
        *,
        title: str,
        told: str,
        small: Sequence[tuple[str, str]],
    ) -> None:
        self.as_known, self.export = as_known, export
        self.crs: CRS = as_known.crs
        west, south, east, north = view = view_of(as_known)
        self.height = max(min(MAP_WIDTH * (north - south) / (east - west), HIGHEST_MAP), lowest)
        wide = 2 * MARGIN + MAP_WIDTH + GAP + LEGEND_WIDTH
        self.figure = Figure(figsize=(wide, 1.0), facecolor=PAPER)
        self.renderer = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]
        room = wide - 2 * MARGIN
        self.title, self.title_font = self._title(title, room)
        self.told = self._wrapped(told, room, TOLD)
        self.small = [
            (about, self._wrapped(text, room - SMALL_HEAD, SMALL_PRINT)) for about, text in small
        ]
        self.title_height = TITLE_LINE * self.title_font["fontsize"] * len(self.title)
        head = self.title_height + TOLD_LINE * len(self.told) + 0.14
        self.bottom = MARGIN + 0.12 + SMALL_LINE * sum(len(lines) for _, lines in self.small)
        self.figure.set_size_inches(wide, self.bottom + self.height + head + MARGIN)
        self.axes = self.new_axes(MARGIN, self.bottom, MAP_WIDTH, self.height)
        # The view, widened to the shape of the sheet.
        self.metres_per_inch, self.bounds = widened(view, MAP_WIDTH, self.height)
        self.axes.set(xlim=self.bounds[::2], ylim=self.bounds[1::2], facecolor=SEA)
        for spine in self.axes.spines.values():
            spine.set(linewidth=0.6, color=FRONT_COLOR, zorder=50)

    def _title(self, title: str, room: float) -> tuple[list[str], dict[str, Any]]:
        """Break a title into lines, in smaller letters if they keep it in one."""
        font = dict(TITLE)
        while self.size(title, font)[0] > room * 72 and font["fontsize"] > SMALLEST_TITLE:
            font["fontsize"] -= 1.0
        lines = self._wrapped(title, room, font)
        return (lines, font) if len(lines) == 1 else (self._wrapped(title, room, TITLE), TITLE)

    def _wrapped(self, text: str, room: float, font: Mapping[str, Any]) -> list[str]:
        """Break a text into lines of so many inches."""
        return wrapped(printable(text), room * 72, lambda part: self.size(part, font)[0])

    def texts(self) -> None:
        """Write what stands above and below the map."""
        wide, high = self.figure.get_size_inches()
        said: dict[str, Any] = {"va": "top", "parse_math": False, "color": FRONT_COLOR}
        left, top = MARGIN / wide, high - MARGIN
        self.figure.text(left, top / high, _block(self.title), **self.title_font, **said)
        top -= self.title_height
        self.figure.text(left, top / high, _block(self.told), **TOLD, **said)
        foot = self.bottom - 0.1
        for about, lines in self.small:
            self.figure.text(left, foot / high, about, fontweight="bold", **SMALL_PRINT, **said)
            beside = (MARGIN + SMALL_HEAD) / wide
            self.figure.text(beside, foot / high, _block(lines), **SMALL_PRINT, **said)
            foot -= SMALL_LINE * len(lines)

    def new_axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Make axes without ticks at a place on the paper; inches."""
        wide, high = self.figure.get_size_inches()
        axes = self.figure.add_axes((left / wide, bottom / high, width / wide, height / high))
        axes.set(xticks=[], yticks=[])
        return axes

    def seen(self, shapes: Iterable[shapely.Geometry | None]) -> npt.NDArray[np.object_]:
        """Bring shapes, EPSG:4326, into the metric CRS and cut what is not seen; None, if all."""
        moved = gpd.GeoSeries(list(shapes), crs=4326).to_crs(self.crs).values
        # A little more than the view, so that no edge of a clipped shape shows.
        margin = self.metres_per_inch * 0.1
        west, south, east, north = self.bounds
        box = shapely.box(west - margin, south - margin, east + margin, north + margin)
        cut: npt.NDArray[np.object_] = shapely.intersection(np.asarray(moved, dtype=object), box)
        cut[shapely.is_empty(cut)] = None
        return cut

    def fill(self, shape: shapely.Geometry | None, **style: Any) -> None:  # noqa: ANN401
        """Fill the polygons of a shape, in metres."""
        if shape is not None and (path := path_of(shape)) is not None:
            self.axes.add_patch(PathPatch(path, **style))

    def stroke(self, shapes: Iterable[shapely.Geometry | None], **style: Any) -> None:  # noqa: ANN401
        """Draw the lines of shapes, in metres."""
        style = {"solid_capstyle": "round", "solid_joinstyle": "round", **style}
        for shape in shapes:
            for part in shapely.get_parts([] if shape is None else shape):
                if part.geom_type == "LineString":
                    self.axes.plot(*shapely.get_coordinates(part).T, **style)

    def positions(self, name: str) -> npt.NDArray[np.float64]:
        """Give the points of a layer in metres, NaN where undecided; shape (n, 2)."""
        points = gpd.GeoSeries(self.export[name].geometry, crs=4326).to_crs(self.crs)
        there = shapely.get_coordinates(points.values[~points.isna()])
        xy = np.full((len(points), 2), np.nan)
        xy[~points.isna()] = there
        return xy

    def inside(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Tell which points lie in the view."""
        west, south, east, north = self.bounds
        inside: npt.NDArray[np.bool_] = (xy[:, 0] > west) & (xy[:, 0] < east)
        return inside & (xy[:, 1] > south) & (xy[:, 1] < north)

    def on_paper(self, point: npt.NDArray[np.float64]) -> tuple[float, float]:
        """Convert metres to points (1/72 inch) from the sheet's lower left corner."""
        pixels = self.axes.transData.transform(point)
        x, y = pixels * 72 / self.figure.dpi
        return float(x), float(y)

    def size(self, text: str, font: Mapping[str, Any]) -> tuple[float, float]:
        """Measure a text in points, as `write` writes it."""
        text = printable(text)
        drawn = self.figure.text(0, 0, text, parse_math=False, **styled(text, font))
        box = drawn.get_window_extent(self.renderer)
        drawn.remove()
        return box.width * 72 / self.figure.dpi, box.height * 72 / self.figure.dpi

    def lead(self, point: tuple[float, float], box: Box, near: float) -> None:
        """Draw a thin line from a point to a name farther off than `near`; all in points."""
        end = (np.clip(point[0], box[0], box[2]), np.clip(point[1], box[1], box[3]))
        if math.dist(point, end) <= near + 1:
            return
        wide, high = self.figure.get_size_inches() * 72
        ends = np.array([point, end]).T / [[wide], [high]]
        for width, color in ((1.8, PAPER), (0.6, FRONT_COLOR)):
            self.figure.add_artist(Line2D(*ends, linewidth=width, color=color))

    def write(self, text: str, x: float, y: float, **font: Any) -> None:  # noqa: ANN401
        """Write a text on a halo, centred; points from the lower left corner of the sheet."""
        halo = [Stroke(linewidth=1.8, foreground=PAPER, alpha=0.9), Normal()]
        wide, high = self.figure.get_size_inches() * 72
        text = printable(text)
        style = {"color": FRONT_COLOR, "path_effects": halo, **styled(text, font)}
        self.figure.text(
            x / wide, y / high, text, ha="center", va="center", parse_math=False, **style
        )


def _block(lines: Iterable[str]) -> str:
    return "\n".join(map(directed, lines))
