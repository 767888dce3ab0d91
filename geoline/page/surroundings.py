"""The land around a theatre, as far as one may zoom out: coarse, from the world that ships here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoline.new_theatre import land_in

if TYPE_CHECKING:
    from geoline.theatre_folder import TheatreData

__all__ = ["BEYOND", "box_around", "surroundings"]

# How far the theatre's own land is drawn beyond its frame (degrees).
BEYOND = 0.6
# How far the land around reaches from the middle of the view, in times its longer side.
REACH_EAST, REACH_NORTH = 2.4, 1.6
FARTHEST_NORTH = 84.0
# What is drawn of it: bends of this share of the view's longer side, and islands of as many bends.
BEND, LEAST = 1 / 260, 24.0


def box_around(theatre: TheatreData) -> shapely.Polygon:
    """Give the box in which the theatre's own land is drawn: no wider than that land is."""
    west, south, east, north = theatre.frame
    box = shapely.box(west - BEYOND, south - BEYOND, east + BEYOND, north + BEYOND)
    own = [region.geometry for region in (*theatre.land, *theatre.governorates)]
    if not own:
        return box
    around = shapely.intersection(box, shapely.box(*shapely.total_bounds(own)))
    return around if around.geom_type == "Polygon" and not around.is_empty else box


def surroundings(theatre: TheatreData) -> tuple[shapely.Polygon, list[shapely.Polygon]]:
    """Find the land outside the box in which a theatre's own is drawn.

    Returns
    -------
    box, land
        How far it reaches, and its polygons without those in `box_around`; EPSG:4326. Where a
        theatre knows of no coast there is none around it either.
    """
    west, south, east, north = theatre.view
    longer = max(east - west, north - south)
    middle = np.array([west + east, south + north]) / 2
    reach = np.array([REACH_EAST, REACH_NORTH]) * longer
    own = box_around(theatre)
    low = np.maximum(np.minimum(middle - reach, own.bounds[:2]), (-180, -FARTHEST_NORTH))
    high = np.minimum(np.maximum(middle + reach, own.bounds[2:]), (180, FARTHEST_NORTH))
    box = shapely.box(*low, *high)
    if all(not region.name for region in theatre.land) and not theatre.governorates:
        return box, _polygons(shapely.difference(box, own))
    bend = longer * BEND
    coarse = shapely.simplify(shapely.intersection(land_in(box.bounds), box), bend)
    # On a grid of half a bend neighbours share corners, and numbers are short.
    # The own box is no grid line, so the grid is forgotten before the box is cut out.
    coarse = shapely.set_precision(shapely.make_valid(coarse), bend / 2)
    coarse = shapely.set_precision(coarse, 0)
    found = [part for shape in coarse for part in _polygons(shapely.difference(shape, own))]
    return box, [part for part in found if part.area > LEAST * bend**2]


def _polygons(shape: Any) -> list[shapely.Polygon]:  # noqa: ANN401  (any geometry)
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
