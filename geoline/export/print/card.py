"""The card of a day: a picture of 1,200 by 630 pixels that links to the map show.

The map stands on one side, what happened on the day on the other, where the language begins to
read. The same day gives the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.patheffects import Normal, Stroke

from geoline.export.layers.styles import FRONT_COLOR, PAPER, looks_of, xml_text
from geoline.export.print.gains import ground_gained
from geoline.export.print.labels import Room
from geoline.export.print.legend import GAINED_TINT, HATCHES, mixed, path_of, wrapped
from geoline.export.print.letters import directed, fonts, name_of, printable, unwritten
from geoline.export.print.picture import ABROAD, BORDER, TINT
from geoline.export.print.sheet import SEA, frame_of, kept_within, view_of, widened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import numpy.typing as npt
    from matplotlib.axes import Axes

    from geoline.export.print.card_texts import CardTexts
    from geoline.gazetteer import Place
    from geoline.situation import Situation, TheatreAsKnown

__all__ = ["HEIGHT", "WIDTH", "card"]

# Pixels; the form that pages show of a link (Open Graph: 1.91 to 1). The texts have a column.
WIDTH, HEIGHT, MAP_WIDTH = 1200, 630, 720
MARGIN, COLUMN = 32, WIDTH - MAP_WIDTH - 2 * 32
DOTS_PER_INCH = 100
POINT = DOTS_PER_INCH / 72  # pixels
# Points: of the title at most, of the day, of the sentences the largest that fits.
TITLE, WHEN, TOLD, SMALL, KEY = 19.0, 17.0, (15.5, 14.0, 12.5), 8.0, 11.0
MOST_TITLE_LINES, MOST_SMALL_LINES, MOST_KEYS = 3, 3, 5
LINE = 1.36  # height of a line, in those of its letters
SOFT = "#55534e"
# Names: size and weight of those of the day and of the others.
NAMES: dict[bool, dict[str, Any]] = {
    True: {"fontsize": 12.5, "fontweight": "bold"},
    False: {"fontsize": 11.5, "fontweight": "normal"},
}
ROAD_NAME: dict[str, Any] = {"fontsize": 9.0, "fontweight": "bold"}


def card(as_known: TheatreAsKnown, day: date, texts: CardTexts) -> bytes:
    """Draw the card of a day as PNG.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    day
        Day to draw.
    texts
        What stands on it.
    """
    with rc_context({"font.family": fonts(), "hatch.linewidth": 0.4}):
        figure = Figure(
            figsize=(WIDTH / DOTS_PER_INCH, HEIGHT / DOTS_PER_INCH),
            dpi=DOTS_PER_INCH,
            facecolor=PAPER,
        )
        FigureCanvasAgg(figure)  # so that texts can be measured
        left = 0.0 if texts.wording.rtl else 1 - MAP_WIDTH / WIDTH
        axes = figure.add_axes((left, 0, MAP_WIDTH / WIDTH, 1))
        gained = _Map(axes, as_known, as_known.on(day)).draw(texts)
        _Column(figure, texts).write(as_known, as_known.on(day), gained)
        out = io.BytesIO()
        metadata = {"Software": "geoline", "Title": xml_text(f"{texts.title}, {texts.when}")}
        figure.savefig(out, format="png", dpi=DOTS_PER_INCH, metadata=metadata)
        return out.getvalue()


@dataclass(slots=True)
class _Map:
    """The map of a card; pixels of the whole card are its units on paper."""

    axes: Axes
    as_known: TheatreAsKnown
    now: Situation
    box: shapely.Geometry = field(init=False)

    def __post_init__(self) -> None:
        """Set the axes to what is seen: the view, widened to the form of the card."""
        view = kept_within(
            widened(view_of(self.as_known), MAP_WIDTH, HEIGHT)[1], frame_of(self.as_known)
        )
        west, south, east, north = view
        self.axes.set(xticks=[], yticks=[], xlim=(west, east), ylim=(south, north), facecolor=SEA)
        for spine in self.axes.spines.values():
            spine.set_visible(False)
        self.box = shapely.box(*view)

    def seen(self, shapes: Iterable[shapely.Geometry]) -> npt.NDArray[np.object_]:
        """Bring shapes, EPSG:4326, into the metric CRS, and cut what is not seen."""
        moved = gpd.GeoSeries(list(shapes), crs=4326).to_crs(self.as_known.crs).values
        cut: npt.NDArray[np.object_] = shapely.intersection(
            np.asarray(moved, dtype=object), self.box
        )
        return cut

    def fill(self, shape: shapely.Geometry, **style: Any) -> None:  # noqa: ANN401
        """Fill the polygons of a shape, in metres."""
        if not shape.is_empty and (path := path_of(shape)) is not None:
            self.axes.add_artist(PathPatch(path, **style))  # add_patch looks for limits, slowly

    def stroke(self, shape: shapely.Geometry, **style: Any) -> None:  # noqa: ANN401
        """Draw the lines of a shape, in metres."""
        for line in shapely.get_parts(shape):
            if line.geom_type == "LineString":
                self.axes.plot(*shapely.get_coordinates(line).T, **style)

    def draw(self, texts: CardTexts) -> str:
        """Draw all of it; the colour of one who gained ground that is seen, empty if none did."""
        looks = looks_of(self.as_known.theatre)
        for shape in self.seen(region.geometry for region in self.as_known.theatre.land):
            self.fill(shape, facecolor=ABROAD, edgecolor=BORDER, linewidth=0.8, zorder=1)
        for land in self.seen([self.as_known.land]):
            self.fill(land, facecolor=mixed(looks["unknown"].color, TINT), linewidth=0, zorder=2)
        areas = self.now.areas
        for holder, shape in zip(areas["holder"], self.seen(areas.geometry), strict=True):
            look = looks.get(holder, looks["unknown"])
            tint = mixed(look.color, TINT)
            self.fill(shape, facecolor=tint, edgecolor=tint, linewidth=0.3, zorder=3)
            if hatch := HATCHES.get(look.pattern):
                color = mixed(look.color, 0.8)
                self.fill(
                    shape, facecolor="none", edgecolor=color, hatch=hatch, linewidth=0, zorder=4
                )
        gained = ground_gained(self.as_known, self.now.day)
        color_gained = ""
        for (holder, _), shape in zip(gained, self.seen(area for _, area in gained), strict=True):
            hue = looks.get(holder, looks["unknown"]).color
            self.fill(shape, facecolor=mixed(hue, GAINED_TINT), linewidth=0, zorder=3.5)
            color_gained = color_gained or ("" if shape.is_empty else hue)
        front = self.seen(self.now.front.geometry)
        for shape in front:
            self.stroke(shape, color=PAPER, linewidth=4.0, zorder=6)
            self.stroke(shape, color=FRONT_COLOR, linewidth=2.4, zorder=6.1)
        roads = self.now.highways
        lines = self.seen(roads.geometry)
        for holder, shape in zip(roads["holder"], lines, strict=True):
            hue = looks.get(holder, looks["unknown"]).color
            self.stroke(shape, color=FRONT_COLOR, linewidth=2.8, zorder=5)
            self.stroke(shape, color=hue, linewidth=1.6, zorder=5.1)
        named = {
            road: shapely.line_merge(shapely.union_all(lines[(roads["road"] == road).to_numpy()]))
            for road in dict.fromkeys(roads["road"])
        }
        self._names(texts, [*front, *lines], named)
        return color_gained

    def _names(
        self, texts: CardTexts, lines: Sequence[shapely.Geometry], roads: dict[str, Any]
    ) -> None:
        """Write the names of roads and places where there is room, those of the day first."""
        to_pixels = self.axes.transData.transform
        drawn = shapely.transform(shapely.union_all(lines), to_pixels)
        frame = self.axes.get_window_extent()
        room = Room((frame.x0 + 3, 3, frame.x1 - 3, HEIGHT - 3), drawn)
        shown = [(place, True) for place in texts.taken] + [(p, False) for p in texts.others]
        placed = [(place, is_taken, self._pixels(place)) for place, is_taken in shown]
        placed = [one for one in placed if room.is_free((*(one[2] - 4), *(one[2] + 4)))]
        room.take([(*(at - 4), *(at + 4)) for *_, at in placed])
        for name, line in roads.items():
            self._road_name(room, name, line)
        looks = looks_of(self.as_known.theatre)
        for place, is_taken, at in placed:
            written = texts.wording.place(place)
            name = printable(name_of(place) if unwritten([written]) else written)
            size = self._size(name, NAMES[is_taken])
            spot = room.place(float(at[0]), float(at[1]), size, 5.0)
            if spot is None and not is_taken:
                continue
            spell = self.now.spells.get(place.id)
            color = looks[spell.holder].color if spell and spell.holder in looks else FRONT_COLOR
            x, y = self.axes.transData.inverted().transform(at)
            sign: dict[str, Any] = {
                "marker": "D",
                "markersize": 6.5,
                "markerfacecolor": mixed(color, 0.9),
            }
            if not is_taken:
                sign = {"marker": "o", "markersize": 4.5, "markerfacecolor": FRONT_COLOR}
            self.axes.plot(x, y, markeredgecolor=FRONT_COLOR, zorder=8, **sign)
            if spot is not None:
                self._write(name, spot.x, spot.y, **NAMES[is_taken])

    def _road_name(self, room: Room, name: str, line: shapely.Geometry) -> None:
        """Write the name of a road once, on it."""
        parts = [part for part in shapely.get_parts(line) if part.length > 0]
        if not parts:
            return
        longest = shapely.transform(
            max(parts, key=lambda part: part.length), self.axes.transData.transform
        )
        wide, high = self._size(name, ROAD_NAME)
        for share in (0.5, 0.35, 0.65, 0.2, 0.8):
            x, y = shapely.get_coordinates(longest.interpolate(share, normalized=True))[0]
            box = (x - wide / 2 - 5, y - high / 2 - 4, x + wide / 2 + 5, y + high / 2 + 4)
            if room.is_free(box):
                room.take([box])
                plate = {"boxstyle": "round,pad=0.25", "fc": FRONT_COLOR, "ec": PAPER, "lw": 0.8}
                self._write(name, x, y, color=PAPER, path_effects=[], bbox=plate, **ROAD_NAME)
                return

    def _pixels(self, place: Place) -> npt.NDArray[np.float64]:
        point = gpd.GeoSeries.from_xy([place.lon], [place.lat], crs=4326).to_crs(self.as_known.crs)
        at: npt.NDArray[np.float64] = self.axes.transData.transform(
            shapely.get_coordinates(point.values)[0]
        )
        return at

    def _size(self, text: str, font: dict[str, Any]) -> tuple[float, float]:
        return _measured(self.axes.figure, text, font)

    def _write(self, text: str, x: float, y: float, **font: Any) -> None:  # noqa: ANN401
        halo = [Stroke(linewidth=3, foreground=PAPER, alpha=0.9), Normal()]
        style = {"color": FRONT_COLOR, "path_effects": halo, **font}
        self.axes.figure.text(
            x / WIDTH, y / HEIGHT, printable(text), ha="center", va="center", zorder=9,
            parse_math=False, **style,
        )  # fmt: skip


@dataclass(slots=True)
class _Column:
    """The texts of a card, beside the map; pixels from the top."""

    figure: Any
    texts: CardTexts

    def write(self, as_known: TheatreAsKnown, now: Situation, gained: str) -> None:
        """Write title and day from the top, note and key from the foot, sentences between.

        `gained` is the colour of one who gained ground on the day, empty if none did.
        """
        top = float(MARGIN)
        title = {"fontsize": TITLE, "fontweight": "bold"}
        for line in self._lines(self.texts.title, title)[:MOST_TITLE_LINES]:
            top = self._line(line, top, title)
        top = self._line(printable(self.texts.when), top + 2, {"fontsize": WHEN}) + 16
        foot = self._key(as_known, now, gained, self._foot()) - 14
        for size in TOLD:
            font = {"fontsize": size}
            most = int((foot - top) / (size * POINT * LINE))
            lines, is_whole = self._fitted(self.texts.told, self.texts.wording.end, font, most)
            if is_whole:
                break
        for line in lines:
            top = self._line(line, top, font)

    def _fitted(
        self, sentences: Sequence[str], end: str, font: dict[str, Any], most: int
    ) -> tuple[list[str], bool]:
        """Give as many whole sentences as there are lines for, and whether these are all."""
        lines: list[str] = []
        for count in range(len(sentences), 0, -1):
            dots = "" if count == len(sentences) else " …"
            text = end.join(sentences[:count]).rstrip(end) + end.rstrip() + dots
            lines = self._lines(text, font)
            if len(lines) <= most:
                return lines, count == len(sentences)
        return [*lines[: most - 1], f"{lines[most - 1].rsplit(' ', 1)[0]} …"], False

    def _foot(self) -> float:
        """Write how the map came about; where that begins."""
        font = {"fontsize": SMALL, "color": SOFT}
        lines, _ = self._fitted(self.texts.below.split(". "), ". ", font, MOST_SMALL_LINES)
        top = begin = HEIGHT - MARGIN + 6 - SMALL * POINT * LINE * len(lines)
        for line in lines:
            top = self._line(line, top, font)
        return begin - 12

    def _key(self, as_known: TheatreAsKnown, now: Situation, gained: str, foot: float) -> float:
        """Draw which colour is whose, with square kilometres; where that begins."""
        wording, looks = self.texts.wording, looks_of(as_known.theatre)
        areas = sorted(zip(now.areas["km2"], now.areas["holder"], strict=True), reverse=True)
        rows: list[tuple[str, dict[str, Any], str]] = []
        for km2, holder in areas[:MOST_KEYS]:
            look = looks.get(holder, looks["unknown"])
            party = wording.party(holder) if holder in as_known.theatre.parties else look.name
            size = wording.filled("{0} km²", wording.whole(km2))
            style = {"facecolor": mixed(look.color, TINT), "edgecolor": mixed(look.color, 0.8)}
            rows.append((f"{party}: {size}", style, HATCHES.get(look.pattern, "")))
        if gained:
            text = wording.say("Changed hands that day, with its ground")
            rows.append((text, {"facecolor": mixed(gained, GAINED_TINT)}, ""))
        font, indent = {"fontsize": KEY}, 44
        step = KEY * POINT * LINE
        for text, style, hatch in reversed(rows):
            lines = self._lines(text, font, COLUMN - indent)
            foot -= step * len(lines) + 5
            for number, line in enumerate(lines):
                self._line(line, foot + step * number, font, indent)
            self._swatch(foot + (step * len(lines) - 18) / 2, style, hatch)
        return foot

    def _swatch(self, top: float, style: dict[str, Any], hatch: str) -> None:
        left = WIDTH - MARGIN - 30 if self.texts.wording.rtl else MARGIN
        common: dict[str, Any] = {"transform": self.figure.transFigure, "figure": self.figure}
        edge = {"facecolor": "none", "edgecolor": FRONT_COLOR, "linewidth": 0.8}
        for look in ({**style, "hatch": hatch, "linewidth": 0}, edge):
            corner = (left / WIDTH, 1 - (top + 18) / HEIGHT)
            box = Rectangle(corner, 30 / WIDTH, 18 / HEIGHT, **common, **look)
            self.figure.patches.append(box)

    def _lines(self, text: str, font: dict[str, Any], room: float = COLUMN) -> list[str]:
        return wrapped(printable(text), room, lambda part: _measured(self.figure, part, font)[0])

    def _line(self, text: str, top: float, font: dict[str, Any], indent: float = 0) -> float:
        """Write a line, and give where the next begins."""
        rtl = self.texts.wording.rtl
        x = WIDTH - MARGIN - indent if rtl else MARGIN + indent
        size = float(font["fontsize"]) * POINT
        self.figure.text(
            x / WIDTH, 1 - (top + size) / HEIGHT, directed(text, rtl=rtl), va="baseline",
            ha="right" if rtl else "left", parse_math=False, **{"color": FRONT_COLOR, **font},
        )  # fmt: skip
        return top + size * LINE


def _measured(figure: Any, text: str, font: dict[str, Any]) -> tuple[float, float]:  # noqa: ANN401
    """Measure a text in pixels."""
    renderer = figure.canvas.get_renderer()
    drawn = figure.text(0, 0, text, parse_math=False, **font)
    box = drawn.get_window_extent(renderer)
    drawn.remove()
    return float(box.width), float(box.height)
