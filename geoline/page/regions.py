"""Regions that readers look for: governorates, districts, landscapes, the countryside of a city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geoline.cache import digest
from geoline.page.lines import encode_polygon
from geoline.page.spellings import other_spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoline.gazetteer import Place
    from geoline.situation import TheatreAsKnown
    from geoline.theatre_folder import Region, TheatreData

__all__ = ["MOST", "region_payload"]

# So many, the largest first.
MOST = 80
# Outlines of countrysides, which have no exact limits, keep within this many degrees; smaller ones
# are none (square degrees).
COARSE, LEAST = 0.04, 0.004
# How the languages of this page's names say the four sides of a city, and where they lie: east and
# north in parts of the half-plane.
SIDES = (
    ("Northern", "North", "الشمالي", (0, 1)),
    ("Eastern", "East", "الشرقي", (1, 0)),
    ("Southern", "South", "الجنوبي", (0, -1)),
    ("Western", "West", "الغربي", (-1, 0)),
)
FAR = 20.0


def region_payload(as_known: TheatreAsKnown) -> list[dict[str, Any]]:
    """Give the regions of a theatre as the page has them; kept for the next page.

    Returns
    -------
    list of dict
        `name`, `ar`, `kind` and, if there are any, `also`, other spellings. Where it lies: `of`,
        the governorate of the basemap whose outline it is, or `outline`, encoded polygons, or
        `lat`, `lon` and `radius_m`, its middle and how far it reaches (point-radius method).
    """
    theatre = as_known.theatre
    gazetteer = theatre.gazetteer
    country = gazetteer.country() if gazetteer.country is not None else ()
    # Of a sub-district a reader looks for the town that it is named after.
    areas = [p for p in (*gazetteer.places, *country) if p.is_area and p.kind != "sub-district"]
    said = [
        [a.id, a.name, a.name_ar, *a.names, a.lat, a.lon, a.kind, a.uncertainty_m] for a in areas
    ]
    cities = [place for place in gazetteer.places if place.kind == "city"]
    key = digest(
        list(theatre.governorates), theatre.frame, said, [(c.name, c.lat, c.lon) for c in cities]
    )
    return as_known.store.kept("regions", key, lambda: list(_rows(theatre, areas, cities)))


def _rows(
    theatre: TheatreData, areas: Sequence[Place], cities: Iterable[Place]
) -> Iterator[dict[str, Any]]:
    frame = shapely.box(*theatre.frame)
    outlined = set()
    for region in theatre.governorates:
        if not region.name or not region.geometry.intersects(frame):
            continue
        listed = next((a for a in areas if _is_that(a, region)), None)
        outlined.add(listed and listed.id)
        shown = (listed.name, listed.name_ar) if listed else (region.name, region.name_ar)
        yield {
            **_named(shown, (region.name, region.name_ar, *(listed.names if listed else ()))),
            "kind": listed.kind if listed else "region",
            "of": region.name,
        }
        for city in cities:
            if region.name == city.name:
                yield from _countrysides(city, shapely.intersection(region.geometry, frame))
    inside = [
        area for area in areas
        if area.id not in outlined and frame.contains(shapely.Point(area.lon, area.lat))
    ]  # fmt: skip
    for area in sorted(inside, key=lambda area: (-area.uncertainty_m, area.id))[:MOST]:
        yield {
            **_named((area.name, area.name_ar), area.names),
            "kind": area.kind,
            "lat": round(area.lat, 4),
            "lon": round(area.lon, 4),
            "radius_m": round(area.uncertainty_m),
        }


def _is_that(area: Place, region: Region) -> bool:
    """Whether a listed area is a governorate of the basemap."""
    names = {name.casefold() for name in (area.name, *area.names)}
    wanted = region.name.casefold()
    return area.kind == "governorate" and any(
        name in {wanted, f"{wanted} governorate", f"{wanted} province"} for name in names
    )


def _named(shown: tuple[str, str], others: Iterable[str]) -> dict[str, Any]:
    also = other_spellings(filter(None, shown), filter(None, others))
    return {"name": shown[0], "ar": shown[1]} | ({"also": also} if also else {})


def _countrysides(city: Place, ground: shapely.Geometry) -> Iterator[dict[str, Any]]:
    """Give the four sides of a governorate as seen from its city, a quarter of the compass each."""
    for word, short, arabic, (east, north) in SIDES:
        wedge = shapely.Polygon(
            [
                (city.lon, city.lat),
                (city.lon + FAR * (east + north), city.lat + FAR * (north - east)),
                (city.lon + FAR * (east - north), city.lat + FAR * (north + east)),
            ]
        )
        part = shapely.simplify(shapely.intersection(ground, wedge), COARSE)
        if part.area < LEAST:
            continue
        polygons = [p for p in shapely.get_parts(part) if p.geom_type == "Polygon"]
        name = f"{word} {city.name} countryside"
        yield {
            **_named(
                (name, f"ريف {city.name_ar} {arabic}" if city.name_ar else ""),
                (f"{short} {city.name}",),
            ),
            "kind": "countryside",
            "outline": [encode_polygon(p) for p in polygons if p.area >= LEAST],
        }
