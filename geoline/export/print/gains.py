"""Ground that changed hands on a day, which maps draw darker."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import shapely

from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from datetime import date

    from geoline.situation import TheatreAsKnown

__all__ = ["ground_gained"]

# Gains narrower than twice this are redrawing, in degrees: about 150 m.
SLIVER = 0.0014


def ground_gained(as_known: TheatreAsKnown, day: date) -> list[tuple[str, shapely.Geometry]]:
    """Give what each holder holds at the end of a day and did not at the end of the day before.

    Returns
    -------
    list
        Holders and areas, EPSG:4326; none on the first day, and none of `unknown`.
    """
    if day <= as_known.theatre.first_day:
        return []
    before, now = as_known.on(day - timedelta(days=1)).drawing, as_known.on(day).drawing
    then = dict(zip(before.holders, before.areas, strict=True))
    found = []
    for holder, shape in zip(now.holders, now.areas, strict=True):
        new = shapely.difference(shape, then.get(holder, shapely.Polygon()))
        new = shapely.buffer(shapely.buffer(new, -SLIVER), SLIVER)
        if holder != UNKNOWN and not shapely.is_empty(new):
            found.append((holder, new))
    return found
