"""The ways to show days in one HTML file that the benchmark of the page compares.

Each builds its file from the same `War`. `geoline_page` is all that ties the benchmark to the form
of geoline's payload.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from folium.plugins import Timeline, TimelineSlider, TimestampedGeoJson
from folium.utilities import JsCode

from geoline.page.html_page import page_html, write_page
from geoline.page.lines import encode_line, encode_polygon
from geoline.page.payload import BAND_DRAWN_TO, BAND_GRID
from tests.benchmarks.invented_war import FRAME, HOLDERS, War

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

COLORS = {
    "government": "#b8453a", "opposition": "#4f8a4c", "turkey-sna": "#3f8f94", "sdf": "#c99a2e",
}  # fmt: skip
PATTERNS = {"government": "diagonal", "turkey-sna": "dots", "sdf": "back-diagonal"}


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way to show the days.

    Attributes
    ----------
    name
        As the table says it.
    build
        Makes the file.
    ready
        JavaScript that is true once areas and places stand on the map.
    step
        JavaScript function that shows a day, by its number.
    shown
        JavaScript for the ISO day that is shown.
    needs
        The module it is made with.
    late_ms
        How long after a step it begins to draw, if not at once; a step is then given so long, and a
        jump, which ends with the next frame, cannot be measured.
    """

    name: str
    build: Callable[[War, Path], None]
    ready: str
    step: str
    shown: str
    needs: str = "folium"
    late_ms: int = 0

    def installed(self) -> bool:
        """Whether its module can be imported."""
        return importlib.util.find_spec(self.needs) is not None


# geoline ------------------------------------------------------------------------------------------


def geoline_page(war: War, file: Path) -> None:
    """Write geoline's page, with all that it shows."""
    write_page(page_html(_payload(war)), file)


def _payload(war: War) -> dict[str, Any]:
    areas: list[dict[str, Any]] = [{} for _ in war.days]
    for day, holder, area in war.areas.itertuples(index=False):
        areas[day][holder] = _polygons(area)
    west, south, east, north = FRAME
    xy = shapely.get_coordinates(war.places.geometry.to_numpy())
    table = war.places.drop(columns="geometry").to_dict("records")
    parties = [
        {"id": holder, "name": holder.capitalize(), "name_ar": "", "color": COLORS[holder],
         "pattern": PATTERNS.get(holder, "none")}
        for holder in HOLDERS
    ]  # fmt: skip
    theatre = shapely.box(*FRAME)
    around = shapely.box(west - 0.6, south - 0.6, east + 0.6, north + 0.6)
    return {
        "schema": 1,
        "title": "A made-up war",
        "subtitle": f"{war.days[0]} – {war.days[-1]}",
        "note": "This map is invented, to measure the page. Nothing on it happened.",
        "credits": ["All of it invented"],
        "known": None,
        "bounds": [[south, west], [north, east]],
        "days": [day.isoformat() for day in war.days],
        "opening": len(war.days) // 2,
        "parties": [
            *parties,
            {"id": "contested", "name": "Contested", "name_ar": "", "color": "#7a6a8f",
             "pattern": "cross"},
            {"id": "unknown", "name": "Not known", "name_ar": "", "color": "#b9b6ae",
             "pattern": "none"},
        ],
        "basemap": {
            "land": _polygons(around),
            "theatre": _polygons(theatre),
            "governorates": [],
            "labels": [],
        },
        "places": [
            {"id": row["id"], "name": row["name"], "ar": row["name_ar"], "lat": lat, "lon": lon,
             "rank": row["rank"], "uncertainty_m": row["uncertainty_m"], "vague": False,
             "undated": False}
            for row, (lon, lat) in zip(table, xy.tolist(), strict=True)
        ],
        "status": _status(war),
        "areas": areas,
        "front": [
            [encode_line(shapely.get_coordinates(part)) for part in shapely.get_parts(line)]
            for line in war.front
        ],
        "band": [
            _polygons(shapely.set_precision(shapely.simplify(band, BAND_DRAWN_TO), BAND_GRID))
            for band in war.band
        ],
        "changes": [
            [
                {"place": place, "from": before, "to": after, "claims": cited}
                for place, before, after, cited in day
            ]
            for day in war.changes
        ],
        "numbers": [
            {
                "km2": {"government": {"gained": 7.4 * len(day), "lost": 0.0}},
                "text": f"{len(day)} places changed hands, about {7 * len(day)} km².",
            }
            for day in war.changes
        ],
        "sources": [
            {"name": f"Source {n}", "reliability": "B", "lean": "independent", "kind": "agency"}
            for n in range(12)
        ],
        "claims": [
            {**claim, "written": table[claim["place"]]["name"], "start": None, "precision": "by",
             "origin": None, "note": ""}
            for claim in war.claims
        ],
        "highways": [
            {
                "id": road.id, "name": road.id, "line": encode_line(np.array(road.line.coords)),
                "length_km": round(road.length_km, 1), "error_m": [1500, 4000], "shared": [],
                "places": [], "claims": [],
                "days": [[[a, b, holder, []] for a, b, holder in day] for day in road.days],
                "facts": [
                    {
                        "cuts": [[a, a - 2, a + 2, "Kafr"] for a, _, _ in day[1:]],
                        "open": [], "front": None, "low": {}, "high": {},
                    }
                    for day in road.days
                ],
            }
            for road in war.roads
        ],
        "posts": [
            {
                "id": post["id"], "name": post["name"], "lat": post["lat"], "lon": post["lon"],
                "place": "", "uncertainty_m": 500, "agreed": post["agreed"],
                "number": None, "established": "2018-02-05", "note": "",
                "status": [[day, words, "opposition", 0, "", 0] for day, words in post["status"]],
                "front": [], "claims": [], "remarks": [],
            }
            for post in war.posts
        ],
    }  # fmt: skip


def _polygons(shape: BaseGeometry) -> list[list[list[int]]]:
    parts = shapely.get_parts(shape)
    return [encode_polygon(part) for part in parts if part.geom_type == "Polygon"]


def _status(war: War) -> list[list[list[Any]]]:
    """Change points of each place: day, holder, contested, besieged, confidence."""
    answers = war.held.astype(int) * 4 + war.contested * 2 + war.besieged
    starts = np.ones(answers.shape, dtype=bool)
    starts[1:] = answers[1:] != answers[:-1]
    rows: list[list[list[Any]]] = [[] for _ in range(answers.shape[1])]
    for day, place in np.argwhere(starts).tolist():
        answer = int(answers[day, place])
        confidence = (55 + (place * 7 + day * 13) % 45) / 100
        rows[place].append([day, HOLDERS[answer // 4], answer // 2 % 2, answer % 2, confidence])
    return rows


# Peers --------------------------------------------------------------------------------------------


def _spells(war: War) -> list[tuple[int, int, int, str]]:
    """Place, first day, last day and holder of every spell."""
    starts = np.ones(war.held.shape, dtype=bool)
    starts[1:] = war.held[1:] != war.held[:-1]
    place, day = np.nonzero(starts.T)
    ends = np.append(day[1:], 0) - 1
    ends[np.append(place[1:] != place[:-1], True)] = len(war.days) - 1
    holders = [HOLDERS[number] for number in war.held[day, place]]
    return list(zip(place.tolist(), day.tolist(), ends.tolist(), holders, strict=True))


def _area_spells(war: War) -> list[tuple[int, int, str, BaseGeometry]]:
    """First day, last day, holder and ground, once as long as it stays the same."""
    out = []
    for holder, rows in war.areas.groupby("holder", sort=False):
        ground = rows.geometry.to_numpy()
        changed = [0, *(np.flatnonzero(~shapely.equals_identical(ground[1:], ground[:-1])) + 1)]
        for first, after in zip(changed, [*changed[1:], len(ground)], strict=True):
            out.append((int(first), int(after) - 1, str(holder), ground[first]))
    return out


def _bare_map() -> folium.Map:
    west, south, east, north = FRAME
    shown = folium.Map(tiles=None, prefer_canvas=True)
    shown.fit_bounds([[south, west], [north, east]])
    return shown


def _area_style(holder: str) -> dict[str, Any]:
    return {"color": COLORS[holder], "weight": 1, "fillOpacity": 0.4}


def timestamped_geojson(war: War, file: Path) -> None:
    """With TimestampedGeoJson: a feature for each spell of a place and each polygon of a day.

    A feature with several times would have its rings cut by them, so that a polygon has one day.
    """
    iso = [day.isoformat() for day in war.days]
    features: list[dict[str, Any]] = []
    for day, holder, area in war.areas.itertuples(index=False):
        for part in shapely.get_parts(area):
            rings = [np.asarray(ring.coords).tolist() for ring in (part.exterior, *part.interiors)]
            features.append(
                {
                    "type": "Feature",
                    "geometry": {"type": "Polygon", "coordinates": rings},
                    "properties": {"times": [iso[day]] * len(rings), "style": _area_style(holder)},
                }
            )
    xy = shapely.get_coordinates(war.places.geometry.to_numpy()).tolist()
    names = war.places["name"].tolist()
    features.extend(
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": xy[place]},
            "properties": {
                "times": [iso[first], iso[last]],
                "icon": "circle",
                "iconstyle": {"radius": 3, "weight": 1, "color": COLORS[holder]},
                "popup": names[place],
            },
        }
        for place, first, last, holder in _spells(war)
    )
    shown = _bare_map()
    TimestampedGeoJson(  # type: ignore[no-untyped-call]
        {"type": "FeatureCollection", "features": features},
        period="P1D", duration="PT1H", auto_play=False, loop=False, date_options="YYYY-MM-DD",
    ).add_to(shown)  # fmt: skip
    shown.save(file)


def timeline(war: War, file: Path) -> None:
    """With Timeline and its slider: a feature for each spell of a place and of ground."""

    def spell(first: int, last: int) -> dict[str, Any]:
        return {
            "start": war.days[first].isoformat(),
            "end": f"{war.days[last].isoformat()}T23:59:59",
        }

    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(area),
            "properties": {**spell(first, last), "holder": holder},
        }
        for first, last, holder, area in _area_spells(war)
    ]
    xy = shapely.get_coordinates(war.places.geometry.to_numpy()).tolist()
    names = war.places["name"].tolist()
    features.extend(
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": xy[place]},
            "properties": {**spell(first, last), "holder": holder, "name": names[place]},
        }
        for place, first, last, holder in _spells(war)
    )
    colors = ", ".join(f'"{holder}": "{color}"' for holder, color in COLORS.items())
    shown = _bare_map()
    layer = Timeline(
        {"type": "FeatureCollection", "features": features},
        style=JsCode(
            f"(feature) => ({{color: {{{colors}}}[feature.properties.holder], weight: 1}})"
        ),
        point_to_layer=JsCode(
            "(feature, place) => L.circleMarker(place, {radius: 3})"
            ".bindPopup(feature.properties.name)"
        ),
    ).add_to(shown)
    slider = TimelineSlider(auto_play=False, steps=len(war.days) - 1, date_options="YYYY-MM-DD")
    slider.add_timelines(layer)  # type: ignore[no-untyped-call]
    slider.add_to(shown)
    shown.save(file)


def swift(war: War, file: Path) -> None:
    """With time layers of swiftmap: a point for each spell of a place, ground likewise."""
    swiftmap = importlib.import_module("swiftmap")  # optional, so not above
    spells = _spells(war)
    xy = shapely.get_coordinates(war.places.geometry.to_numpy())[[place for place, *_ in spells]]
    names = war.places["name"].tolist()
    iso = [day.isoformat() for day in war.days]
    points = pd.DataFrame(
        {
            "lat": xy[:, 1],
            "lon": xy[:, 0],
            "name": [names[place] for place, *_ in spells],
            "holder": [holder for *_, holder in spells],
            "start": [iso[first] for _, first, _, _ in spells],
            "end": [iso[last] for _, _, last, _ in spells],
        }
    )
    ground = gpd.GeoDataFrame(
        [
            {"holder": holder, "start": iso[first], "end": iso[last], "geometry": area}
            for first, last, holder, area in _area_spells(war)
        ],
        crs="EPSG:4326",
    )
    shown = swiftmap.Map()
    shown.remove_layers(list(shown.layers))  # the default basemaps, tiles of other hosts
    colors = {"color_col": "holder", "colormap": COLORS}
    shown.add_polygon(ground, name="Areas", fill_opacity=0.4, weight=1, **colors)
    shown.add_circle_markers(points, name="Places", radius=3, popup_fields=["name"], **colors)
    times = {"time_field": "start", "time_end_field": "end", "period": "P1D"}
    shown.make_time_layer(["Areas", "Places"], **times)
    shown.save(file)


def kepler(war: War, file: Path) -> None:
    """With two time filters of keplergl: places up to the day, later on top; its areas.

    A filter reads one column of time, so that a place has a row for each spell and the last lies
    on top. No background is asked for.
    """
    keplergl = importlib.import_module("keplergl")  # optional, so not above
    spells = sorted(_spells(war), key=lambda spell: spell[1])
    xy = shapely.get_coordinates(war.places.geometry.to_numpy())[[place for place, *_ in spells]]
    names = war.places["name"].tolist()
    times = [f"{day.isoformat()} 00:00:00" for day in war.days]
    first, middle = (
        int(pd.Timestamp(war.days[day]).timestamp() * 1000) for day in (0, len(war.days) // 2)
    )
    places = pd.DataFrame(
        {
            "lat": xy[:, 1],
            "lon": xy[:, 0],
            "name": [names[place] for place, *_ in spells],
            "holder": [holder for *_, holder in spells],
            "time": [times[begins] for _, begins, _, _ in spells],
        }
    )
    areas = war.areas.assign(time=[times[day] for day in war.areas["day"]]).drop(columns="day")

    def part(name: str, kind: str, columns: dict[str, str], value: list[int]) -> tuple[Any, Any]:
        by_holder = {"name": "holder", "type": "string"}
        layer = {
            "id": name,
            "type": kind,
            "config": {
                "dataId": name, "label": name, "columns": columns, "isVisible": True,
                "visConfig": {
                    "radius": 3, "opacity": 0.6, "filled": True,
                    "colorRange": {
                        "name": "holders", "type": "qualitative", "category": "Custom",
                        "colors": [COLORS[holder] for holder in sorted(COLORS)],
                    },
                },
            },
            "visualChannels": {"colorField": by_holder, "colorScale": "ordinal"},
        }  # fmt: skip
        time = {
            "id": f"time-{name}", "dataId": [name], "name": ["time"], "type": "timeRange",
            "value": value, "plotType": "histogram",
        }  # fmt: skip
        return layer, time

    parts = [
        part("places", "point", {"lat": "lat", "lng": "lon"}, [first, middle]),
        part("areas", "geojson", {"geojson": "_geojson"}, [middle, middle]),
    ]
    west, south, east, north = FRAME
    config = {
        "visState": {"layers": [one for one, _ in parts], "filters": [one for _, one in parts]},
        "mapState": {"latitude": (south + north) / 2, "longitude": (west + east) / 2, "zoom": 8},
        "mapStyle": {"styleType": "no_map"},
    }
    keplergl.KeplerGl().save_to_html(
        file_name=str(file),
        data={"places": places, "areas": areas},
        config={"version": "v1", "config": config},
        center_map=False,
    )


# Where the files that pages link to lie in node_modules; the rest are styles of icons and fonts.
_SERVED = {
    "leaflet@1.9.3/dist/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet@1.9.3/dist/leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "jquery/3.7.1/jquery.min.js": "jquery/dist/jquery.min.js",
    "js/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "css/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.min.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "fontawesome-free@6.2.0/css/all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
    "jquery-ui.min.js": "jquery-ui-dist/jquery-ui.min.js",
    "iso8601.min.js": "iso8601-js-period/iso8601.js",
    "leaflet.timedimension.min.js": "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    "leaflet.timedimension.control.css": (
        "leaflet-timedimension/dist/leaflet.timedimension.control.css"
    ),
    "moment.min.js": "moment/min/moment.min.js",
    "leaflet.timeline.min.js": "leaflet.timeline/dist/leaflet.timeline.js",
    "es-module-shims.js": "es-module-shims/dist/es-module-shims.js",
    "keplergl.min.js": "kepler.gl/umd/keplergl.min.js",
    "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "/style.json": "keplergl/style.json",
    "/svg-icons.json": "keplergl/svg-icons.json",
    "esm.sh/shared.mjs": "keplergl/shared.mjs",
    "/jsx-runtime": "keplergl/jsx.mjs",
    "/client?external=react": "keplergl/client.mjs",
    "?external=react,react-dom,redux": "keplergl/bindings.mjs",
    "styled-components@6.1.19?external=react,react-dom": "keplergl/styled.mjs",
    "react-dom@19.1.0?external=react": "keplergl/dom.mjs",
    "esm.sh/react@19.1.0": "keplergl/react.mjs",
    "esm.sh/redux@5.0.1": "keplergl/redux.mjs",
}


def served(url: str, modules: Path) -> Path | None:
    """Find the file that a link means in node_modules."""
    for end, path in _SERVED.items():
        if url.endswith(end) and (modules / path).exists():
            return modules / path
    return None


# The map of a folium page is a global variable whose name ends in a number of its own.
_MAP = "window[Object.keys(window).find((name) => /^map_[0-9a-f]+$/.test(name))]"
_DRAWN = f"Object.values({_MAP}._layers).filter((layer) => layer instanceof L.Path).length > 50"
_SLIDER = "window[Object.keys(window).find((name) => /^timeline_slider_[0-9a-f]+$/.test(name))]"
_NOON = "Date.UTC(2019, 11, 18 + day, 12)"

CONTESTANTS = [
    Contestant(
        "geoline",
        geoline_page,
        "window.geoline && document.documentElement.dataset.day",
        f"(day) => window.geoline.setDay(new Date({_NOON}).toISOString().slice(0, 10))",
        "document.documentElement.dataset.day",
    ),
    Contestant(
        "TimestampedGeoJson",
        timestamped_geojson,
        _DRAWN,
        f"(day) => {_MAP}.timeDimension.setCurrentTimeIndex(day)",
        f"new Date({_MAP}.timeDimension.getCurrentTime()).toISOString().slice(0, 10)",
    ),
    Contestant(
        "Timeline",
        timeline,
        _DRAWN,
        f"(day) => {_SLIDER}.setTime({_NOON})",
        f"new Date({_SLIDER}.time).toISOString().slice(0, 10)",
    ),
    Contestant(
        "keplergl",
        kepler,
        "store.getState().keplerGl.map.visState.layers.length === 2",
        f"(day) => {{ const at = {_NOON} - 43200000; for (const [number, from] of "
        "[[0, Date.UTC(2019, 11, 18)], [1, at]]) "
        "store.dispatch(KeplerGl.setFilter(number, 'value', [from, at])); }",
        "new Date(store.getState().keplerGl.map.visState.filters[1].value[1])"
        ".toISOString().slice(0, 10)",
        needs="keplergl",
    ),
    Contestant(
        "swiftmap",
        swift,
        "window.__ready && document.querySelector('canvas')",
        f"(day) => window.__model.set('time_current', {_NOON} - 43200000)",
        "new Date(window.__model.get('time_current')).toISOString().slice(0, 10)",
        needs="swiftmap",
        late_ms=100,
    ),
]
