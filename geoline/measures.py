"""What the map says of a published figure: the same quantity, and how far it may be off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline import ground_measures as ground
from geoline import line_measures as line
from geoline.figure_terms import Measure, NotCheckableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoline.figures import Figure, Kind
    from geoline.situation import Situations

__all__ = ["measure"]

_MEASURES: dict[Kind, Callable[[Figure, Situations], Measure]] = {
    "area": ground.area,
    "places": ground.places,
    "front distance": line.front_distance,
    "distance": line.distance,
    "share": ground.share,
    "posts": line.posts,
    "road length": line.road_length,
    "road cut": line.road_cut,
    "road held": line.road_held,
    "place changed": line.place_changed,
}


def measure(figure: Figure, whole: Situations) -> Measure:
    """Compute what a figure says, from the map.

    Raises
    ------
    NotCheckableError
        If the map cannot say; the text says why.
    """
    seeds = whole.seeds
    if figure.kind == "other":
        raise NotCheckableError(figure.reason)
    if figure.kind != "distance":
        for day in (figure.first, figure.last):
            if not seeds.first_day <= day <= seeds.last_day:
                message = f"{day} is outside the map, {seeds.first_day} to {seeds.last_day}"
                raise NotCheckableError(message)
    return _MEASURES[figure.kind](figure, whole)
