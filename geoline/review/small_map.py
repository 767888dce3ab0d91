"""The small map of the desk: land, water, roads and places as paths and points, without tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geoline.repr_html import on_picture, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoline.gazetteer import Place
    from geoline.theatre_folder import TheatreData

__all__ = ["small_map"]

# Units of the picture in a degree of latitude; a unit is about 110 m.
PER_DEGREE = 1000.0
# A place farther out than this (degrees) is no reason to draw all that lies between.
FARTHEST = 6.0
RANKS = {"city": 1, "town": 2, "village": 3}
LOWEST = 4


def small_map(
    theatre: TheatreData, places: Sequence[Place]
) -> tuple[dict[str, Any], list[list[Any]]]:
    """Draw the ground of a theatre, and set places on it.

    Parameters
    ----------
    theatre
        The theatre.
    places
        What names may mean, which may lie outside its frame.

    Returns
    -------
    tuple
        The picture: its west and north (degrees), units in a degree of either way, width and
        height (units), and paths; and of each place its id, name, Arabic name, latitude, longitude,
        rank, uncertainty (metres), whether it is an area, and its other spellings in one text.
    """
    frame = _frame(theatre.frame, places)
    west, south, east, north = frame
    # The width for which a degree of latitude has its units: one that is 1 wide says what it gives.
    right, down = on_picture([(east, south)], frame, 1.0)[0].tolist()
    width = PER_DEGREE * (north - south) / down * right
    regions = [region.geometry for region in (*theatre.land, *theatre.governorates)]

    def paths(shapes: Iterable[shapely.Geometry]) -> str:
        return "".join(path_of(shape, frame, width) for shape in shapes)

    return {
        "west": west,
        "north": north,
        "per_lon": round(width / (east - west), 3),
        "per_lat": PER_DEGREE,
        "width": round(width, 1),
        "height": round(PER_DEGREE * (north - south), 1),
        # In one piece: what overlaps would be a hole.
        "land": paths([shapely.union_all(regions)] if regions else ()),
        "borders": paths(shapely.boundary(shape) for shape in regions),
        "water": paths(w.geometry for w in theatre.water if w.kind != "river"),
        "rivers": paths(w.geometry for w in theatre.water if w.kind == "river"),
        "roads": {road.id: path_of(road.line, frame, width) for road in theatre.highways},
    }, [
        [
            place.id,
            place.name,
            place.name_ar,
            round(place.lat, 5),
            round(place.lon, 5),
            RANKS.get(place.kind, LOWEST),
            round(place.uncertainty_m),
            int(place.is_area),
            "|".join(place.names),
        ]
        for place in places
    ]


def _frame(
    frame: tuple[float, float, float, float], places: Sequence[Place]
) -> tuple[float, float, float, float]:
    """Widen a frame to the places that lie not too far out."""
    west, south, east, north = frame
    near = [
        place
        for place in places
        if west - FARTHEST <= place.lon <= east + FARTHEST
        and south - FARTHEST <= place.lat <= north + FARTHEST
    ]
    lons, lats = [p.lon for p in near], [p.lat for p in near]
    return min([west, *lons]), min([south, *lats]), max([east, *lons]), max([north, *lats])
