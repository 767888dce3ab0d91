"""A map of one day for print: PNG at 300 dots an inch, SVG, or PDF.

Readable without colour: patterns tell the parties apart, the filling of a sign the status of a
post. The same day gives the same bytes. Drawn in the metric CRS of the theatre, so that the scale
bar holds everywhere on it.
"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib import rc_context

from geoline.dates import long_day
from geoline.export.layers.styles import FRONT_COLOR, PAPER, xml_text
from geoline.export.print.gains import ground_gained
from geoline.export.print.labels import AWAY, FAR_AWAY, Box, Room
from geoline.export.print.legend import (
    BAND,
    FRONT,
    GAINED_TINT,
    HATCHES,
    POINT_SIGNS,
    ROAD_DASHES,
    ROAD_WIDTHS,
    TINT,
    draw_event,
    draw_legend,
    draw_post,
    mixed,
)
from geoline.export.print.letters import fonts, name_of, unwritten
from geoline.export.print.sheet import (
    GAP,
    LEGEND_WIDTH,
    LOWEST_MAP,
    MAP_WIDTH,
    MARGIN,
    MapSheet,
)
from geoline.situation import (
    Chronology,
    day_sentence,
    english,
    grade,
    sources_of_changes,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geoline.export.layers.layers import Export
    from geoline.export.layers.styles import Look
    from geoline.situation import TheatreAsKnown

__all__ = ["ABROAD", "BORDER", "TINT", "picture"]

DOTS_PER_INCH = 300
ABROAD, BORDER, GOVERNORATE = "#f1efea", "#8d8a83", "#a5a198"
WATER, SHORE = "#c9dae4", "#7fa3b8"
POINT_KINDS = {"city": "city", "town": "town"}
# Size and weight of names by what they name; those of changes are underlaid less.
FONTS: dict[str, dict[str, Any]] = {
    "city": {"fontsize": 10.5, "fontweight": "bold"},
    "town": {"fontsize": 8.0},
    "change": {"fontsize": 6.8, "fontweight": "bold"},
    "village": {"fontsize": 6.2, "fontstyle": "italic"},
}
RANKS = ("city", "town", "change", "village")
# Villages that are named at most; the rest stay dots.
MOST_VILLAGES = 16
ROAD_NAME: dict[str, Any] = {"fontsize": 7.5, "fontweight": "bold", "color": PAPER}
# Sources that the small print names, the most telling first, and what their letters mean.
MOST_SOURCES = 14
GRADES = (
    "Reliability A (completely reliable) to E (unreliable), F: cannot be judged; then whose side."
)
# Where along a road, as shares of what is seen of it, its name may stand; at most so often.
ROAD_NAME_AT, ROAD_NAMES = (0.5, 0.2, 0.8, 0.35, 0.65, 0.1, 0.9), 2


def picture(
    as_known: TheatreAsKnown, day: date, export: Export, looks: Mapping[str, Look], ending: str
) -> bytes:
    """Draw the map of a day.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    day
        Day to draw.
    export
        The layers of that day.
    looks
        Of the holders, by id.
    ending
        ".png", ".svg" or ".pdf".
    """
    settings: dict[Any, Any] = {
        "font.family": fonts(),
        "hatch.linewidth": 0.45,
        "pdf.fonttype": 42,  # letters that can be searched for and copied
        "svg.hashsalt": "geoline",
        "svg.fonttype": "path",  # names stay where they were found room for
    }
    with rc_context(settings):
        drawing = _Drawing(as_known, export, looks, LOWEST_MAP)
        left = drawing.draw(day)
        if left < 0:  # the legend is longer than the map is high
            drawing = _Drawing(as_known, export, looks, LOWEST_MAP - left / 72)
            drawing.draw(day)
        out = io.BytesIO()
        drawing.sheet.figure.savefig(
            out, format=ending[1:], dpi=DOTS_PER_INCH, metadata=_metadata(export, ending)
        )
        return out.getvalue()


def _metadata(export: Export, ending: str) -> dict[str, Any]:
    """Say in the file's own terms what it is, whom to credit and how to cite it; no time."""
    title = xml_text(f"{export.title}. {export.known}")
    note, rights, cite = map(xml_text, (export.note, " ".join(export.credits), export.cite))
    if ending == ".pdf":
        return {
            "Title": title, "Subject": f"{note} {rights}", "Keywords": cite,
            "Creator": "geoline", "Producer": None, "CreationDate": None,
        }  # fmt: skip
    if ending == ".svg":
        said = {"Title": title, "Description": note, "Rights": rights, "Source": cite}
        return said | {"Date": None, "Creator": "geoline"}
    said = {"Title": title, "Description": note, "Copyright": rights, "Source": cite}
    return said | {"Software": "geoline"}


class _Drawing:
    """A map in the making on its sheet."""

    def __init__(
        self, as_known: TheatreAsKnown, export: Export, looks: Mapping[str, Look], lowest: float
    ) -> None:
        (day,) = export.days
        happened = Chronology(as_known).on(day)
        told = day_sentence(happened, english(as_known))
        title = f"{as_known.theatre.name}: who held what on {long_day(day)}"
        small = _small_print(as_known, export, told)
        self.sheet = MapSheet(as_known, export, lowest, title=title, told=told, small=small)
        # The names of the sentence, by which a reader looks for it on the map.
        self.told_of = [
            about if isinstance(about, str) else about.name
            for one in statements(happened)
            for about in one.about
        ]
        self.looks = looks
        self.roads: list[tuple[str, str, shapely.Geometry]] = []
        self.taken: list[Box] = []
        self.gained = ""
        self.kinds: set[str] = set()

    def draw(self, day: date) -> float:
        """Draw everything; give what is left of the legend's height, in points."""
        self.ground()
        self.gained = self._gains(day)
        self.lines()
        self.points()
        self.events()
        self.names()
        self.sheet.texts()
        return self.legend()

    def ground(self) -> None:
        """Draw sea, neighbours, areas by holder with their patterns, water, borders, the band."""
        theatre = self.sheet.as_known.theatre
        for shape in self.sheet.seen(region.geometry for region in theatre.land):
            self.sheet.fill(shape, facecolor=ABROAD, edgecolor=BORDER, linewidth=0.8, zorder=1)
        unknown = self.looks["unknown"].color
        (land,) = self.sheet.seen([self.sheet.as_known.land])
        self.sheet.fill(land, facecolor=mixed(unknown, TINT), linewidth=0, zorder=2)
        areas = self.sheet.export["areas"]
        for holder, shape in zip(
            areas.columns["holder"], self.sheet.seen(areas.geometry), strict=True
        ):
            look = self.looks.get(holder, self.looks["unknown"])
            # The edge of the same colour closes the hair line between neighbours.
            tint = mixed(look.color, TINT)
            self.sheet.fill(shape, facecolor=tint, edgecolor=tint, linewidth=0.3, zorder=3)
            if hatch := HATCHES.get(look.pattern):
                color = mixed(look.color, 0.85)
                self.sheet.fill(
                    shape, facecolor="none", edgecolor=color, hatch=hatch, linewidth=0, zorder=4
                )
        for water, shape in zip(
            theatre.water, self.sheet.seen(water.geometry for water in theatre.water), strict=True
        ):
            if water.kind == "river":
                self.sheet.stroke([shape], color=SHORE, linewidth=0.8, zorder=5.5)
            else:
                self.sheet.fill(shape, facecolor=WATER, edgecolor=SHORE, linewidth=0.4, zorder=5.5)
        for shape in self.sheet.seen(region.geometry for region in theatre.governorates):
            self.sheet.fill(
                shape, facecolor="none", edgecolor=GOVERNORATE, linewidth=0.6,
                linestyle=(0, (6, 2, 1, 2)), zorder=6,
            )  # fmt: skip
        for shape in self.sheet.seen(self.sheet.export["band"].geometry):
            self.sheet.fill(shapely.intersection(shape, land), **BAND, zorder=5)

    def _gains(self, day: date) -> str:
        """Draw ground that changed hands on the day darker; the colour of one who gained it."""
        gained = ""
        for holder, shape in ground_gained(self.sheet.as_known, day):
            look = self.looks.get(holder)
            (seen,) = self.sheet.seen([shape])
            if look is None or seen is None:
                continue
            self.sheet.fill(seen, facecolor=mixed(look.color, GAINED_TINT), linewidth=0, zorder=3.5)
            gained = gained or look.color
        return gained

    def lines(self) -> None:
        """Draw the front on its casing and the roads by holder."""
        front = self.sheet.seen(self.sheet.export["front"].geometry)
        for zorder, style in enumerate(FRONT, start=10):
            self.sheet.stroke(front, zorder=zorder, **style)
        roads = self.sheet.export["highways"]
        shapes = self.sheet.seen(roads.geometry)
        for road, holder, shape in zip(
            roads.columns["road"], roads.columns["holder"], shapes, strict=True
        ):
            if shape is None:
                continue
            look = self.looks.get(holder, self.looks["unknown"])
            self.roads.append((road, holder, shape))
            casing, inner, dash = ROAD_WIDTHS
            self.sheet.stroke([shape], color=FRONT_COLOR, linewidth=casing, zorder=14)
            self.sheet.stroke([shape], color=look.color, linewidth=inner, zorder=15)
            if pattern := ROAD_DASHES.get(look.pattern):
                style = {"linestyle": (0, pattern), "dash_capstyle": "butt"}
                self.sheet.stroke([shape], color=PAPER, linewidth=dash, zorder=16, **style)

    def points(self) -> None:
        """Draw the places by size, those that changed hands, the posts by status."""
        self.place_rows = self._place_rows()
        for row in self.place_rows:
            sign = POINT_SIGNS[row["sign"]]
            look = self.looks.get(row["holder"], self.looks["unknown"])
            self.sheet.axes.plot(
                row["x"], row["y"], color=mixed(look.color, 0.9), linestyle="none",
                zorder=20 if row["sign"] == "village" else 21, **sign,
            )  # fmt: skip
            if row["besieged"] or row["contested"]:
                ring = POINT_SIGNS["besieged" if row["besieged"] else "contested"]
                self.sheet.axes.plot(row["x"], row["y"], linestyle="none", zorder=22, **ring)
        posts = self.sheet.export["posts"]
        xy = self.sheet.positions("posts")
        for status, point in zip(posts.columns["status"], xy, strict=True):
            if self.sheet.inside(point[None])[0] and draw_post(
                self.sheet.axes, status, *point, zorder=30
            ):
                x, y = self.sheet.on_paper(point)
                self.taken.append((x - 5.5, y - 5.5, x + 5.5, y + 5.5))

    def events(self) -> None:
        """Draw the events of the day beside their places, one sign a kind and place."""
        events = self.sheet.export["events"]
        xy = self.sheet.positions("events")
        beside = np.array([-7.0, 7.0]) * self.sheet.metres_per_inch / 72
        drawn = set()
        for kind, place, point in zip(
            events.columns["event"], events.columns["place_id"], xy, strict=True
        ):
            if (kind, place) in drawn or not self.sheet.inside(point[None])[0]:
                continue
            drawn.add((kind, place))
            self.kinds.add(kind)
            at = point + beside
            draw_event(self.sheet.axes, kind, *at.tolist())
            x, y = self.sheet.on_paper(at)
            self.taken.append((x - 4.5, y - 4.5, x + 4.5, y + 4.5))

    def _place_rows(self) -> list[dict[str, Any]]:
        """Give the places that are seen with kind, population, position and what to draw."""
        gazetteer = self.sheet.as_known.theatre.gazetteer
        changed = set(self.sheet.export["changes"].columns["place_id"].tolist())
        xy = self.sheet.positions("places")
        front = [
            line
            for line in self.sheet.seen(self.sheet.export["front"].geometry)
            if line is not None
        ]
        off = np.nan_to_num(shapely.distance(shapely.points(xy), shapely.union_all(front)))
        rows = []
        for row, point, seen, metres in zip(
            self.sheet.export["places"].rows(), xy, self.sheet.inside(xy), off.tolist(), strict=True
        ):
            if not seen:
                continue
            place = gazetteer[row["place_id"]]
            kind = POINT_KINDS.get(place.kind, "village")
            is_changed = row["place_id"] in changed
            told = is_changed or row["besieged"] or row["contested"]
            sign = "change" if is_changed and kind == "village" else kind
            rows.append(
                row
                | {
                    "name": name_of(place),
                    "x": point[0],
                    "y": point[1],
                    "sign": sign,
                    "rank": RANKS.index("change" if told and kind == "village" else kind),
                    "told": self._told_as(place.name),
                    "population": place.population or 0,
                    "claims": row["claims"].count(";"),
                    "metres": metres,
                }
            )
        rows.sort(
            key=lambda r: (
                r["rank"], r["told"], -r["population"], -r["claims"], r["metres"], r["place_id"],
            )
        )  # fmt: skip
        return rows

    def _told_as(self, name: str) -> int:
        """Say as which name of the sentence a place is told of; behind all if as none."""
        return self.told_of.index(name) if name in self.told_of else len(self.told_of)

    def names(self) -> None:
        """Write the names of roads, countries and places where there is room."""
        west, south = self.sheet.on_paper(np.array(self.sheet.bounds[:2]))
        east, north = self.sheet.on_paper(np.array(self.sheet.bounds[2:]))
        edge = 2.0
        front = [
            shape
            for shape in self.sheet.seen(self.sheet.export["front"].geometry)
            if shape is not None
        ]
        drawn = shapely.union_all([*front, *(shape for *_, shape in self.roads)])
        paper = drawn
        if not drawn.is_empty:
            paper = shapely.transform(
                drawn, lambda xy: np.array([self.sheet.on_paper(p) for p in xy])
            )
        room = Room((west + edge, south + edge, east - edge, north - edge), paper)
        room.take(self.taken)
        for row in self.place_rows:
            if row["sign"] != "village":
                x, y = self.sheet.on_paper(np.array([row["x"], row["y"]]))
                radius = POINT_SIGNS[row["sign"]]["markersize"] / 2
                room.take([(x - radius, y - radius, x + radius, y + radius)])
        named = [row for row in self.place_rows if RANKS[row["rank"]] in POINT_KINDS]
        self._place_names(room, named)
        self._road_names(room)
        self._place_names(room, self.place_rows[len(named) :])
        self._labels(room)

    def _place_names(self, room: Room, rows: Iterable[dict[str, Any]]) -> None:
        villages = 0
        for row in rows:
            kind = RANKS[row["rank"]]
            if kind == "village" and villages >= MOST_VILLAGES:
                break
            clear = POINT_SIGNS[row["sign"]]["markersize"] / 2 + 0.8
            away = FAR_AWAY if row["told"] < len(self.told_of) else AWAY
            x, y = self.sheet.on_paper(np.array([row["x"], row["y"]]))
            size = self.sheet.size(row["name"], FONTS[kind])
            if placed := room.place(x, y, size, clear, away):
                self.sheet.lead((x, y), placed.box, clear + max(AWAY))
                self.sheet.write(row["name"], placed.x, placed.y, **FONTS[kind])
                villages += kind == "village"

    def _road_names(self, room: Room) -> None:
        for road in dict.fromkeys(name for name, *_ in self.roads):
            seen = shapely.line_merge(shapely.union_all([s for r, _, s in self.roads if r == road]))
            longest = max(shapely.get_parts(seen), key=lambda part: part.length)
            width, height = self.sheet.size(road, ROAD_NAME)
            written = 0
            for share in ROAD_NAME_AT:
                point = shapely.line_interpolate_point(longest, share, normalized=True)
                x, y = self.sheet.on_paper(shapely.get_coordinates(point)[0])
                half = width / 2 + 3.0, height / 2 + 2.0
                box = (x - half[0], y - half[1], x + half[0], y + half[1])
                if written < ROAD_NAMES and room.is_free(box):
                    room.take([box])
                    plate = {
                        "boxstyle": "round,pad=0.25",
                        "fc": FRONT_COLOR,
                        "ec": PAPER,
                        "lw": 0.8,
                    }
                    self.sheet.write(road, x, y, path_effects=[], bbox=plate, **ROAD_NAME)
                    written += 1

    def _labels(self, room: Room) -> None:
        """Write the names of countries and seas where they are seen and nothing else is."""
        for label in self.sheet.as_known.theatre.labels:
            at = gpd.GeoSeries.from_xy([label["lon"]], [label["lat"]], crs=4326).to_crs(
                self.sheet.crs
            )
            xy = shapely.get_coordinates(at.values)
            if self.sheet.inside(xy)[0]:
                x, y = self.sheet.on_paper(xy[0])
                font = {
                    "fontsize": 9,
                    "fontstyle": "italic" if label["kind"] == "sea" else "normal",
                }
                width, height = self.sheet.size(label["text"], font)
                box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
                if room.is_free(box):
                    room.take([box])
                    self.sheet.write(label["text"], x, y, **font, alpha=0.75)

    def legend(self) -> float:
        """Write the legend."""
        axes = self.sheet.new_axes(
            MARGIN + MAP_WIDTH + GAP, self.sheet.bottom, LEGEND_WIDTH, self.sheet.height
        )
        posts = self.sheet.export["posts"]
        seen = self.sheet.inside(self.sheet.positions("posts"))
        areas = self.sheet.export["areas"]
        drawn = [shape is not None for shape in self.sheet.seen(areas.geometry)]
        return draw_legend(
            axes,
            (LEGEND_WIDTH * 72, self.sheet.height * 72),
            looks={h: self.looks[h] for h in self.looks if h in areas.columns["holder"][drawn]},
            roads={
                road: {holder for name, holder, _ in self.roads if name == road}
                for road in sorted({name for name, *_ in self.roads})
            },
            statuses=set(posts.columns["status"][seen].tolist()),
            gained=self.gained,
            signs={row["sign"] for row in self.place_rows}
            | {s for r in self.place_rows for s in ("besieged", "contested") if r[s]},
            events=self.kinds,
            metres_per_point=self.sheet.metres_per_inch / 72,
            measure=lambda part, font: self.sheet.size(part, font)[0],
        )


def _small_print(as_known: TheatreAsKnown, export: Export, told: str) -> list[tuple[str, str]]:
    """Say below the map how it came about, who told of the day, whom to credit, how to cite."""
    theatre, (day,) = as_known.theatre, export.days
    said = [("Method", f"{export.known}. {export.note}")]
    if day > theatre.first_day:
        changes = as_known.changes(day - timedelta(days=1), day)
        graded = [grade(source) for source in sources_of_changes(as_known, changes)]
        if graded:
            more = f" and {len(graded) - MOST_SOURCES} more" if len(graded) > MOST_SOURCES else ""
            told_by = "; ".join(graded[:MOST_SOURCES])
            said.append(("Sources", f"Of the day's changes: {told_by}{more}. {GRADES}"))
    if export.credits:
        said.append(("Credits", " ".join(export.credits)))
    said.append(("How to cite", export.cite))
    names = (name_of(theatre.gazetteer[key]) for key in export["places"].columns["place_id"])
    if lacking := unwritten([theatre.name, told, *names]):
        scripts = " and ".join(lacking)
        text = f"No font at hand has {scripts} letters; such names stand in Latin ones."
        said.append(("Letters", text))
    return said
