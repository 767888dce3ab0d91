"""What the map says of a published figure: the same quantity, and how far it may be off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.checking.meaning.terms import NotCheckableError, sides_of
from geoline.checking.measures import ground
from geoline.checking.measures import lines as line
from geoline.checking.measures import posts as post
from geoline.checking.measures import roads as road

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoline.checking.figures.figure import Figure
    from geoline.checking.figures.kinds import Kind
    from geoline.checking.measures.measured import Measure
    from geoline.situation import TheatreAsKnown

__all__ = ["measure"]

_MEASURES: dict[Kind, Callable[[Figure, TheatreAsKnown], Measure]] = {
    "area": ground.area,
    "area held": ground.area_held,
    "places": ground.places,
    "share": ground.share,
    "front distance": line.front_distance,
    "front length": line.front_length,
    "distance": line.distance,
    "bearing": line.bearing,
    "posts": post.posts,
    "posts in place": post.posts_in_place,
    "post encircled": post.post_encircled,
    "place changed": line.place_changed,
    "place held": line.place_held,
    "road length": road.road_length,
    "road share": road.road_share,
    "road cut": road.road_cut,
    "road held": road.road_held,
}
# These are the same on every day.
_TIMELESS = frozenset({"distance", "bearing"})


def measure(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Compute what a figure says, from the map.

    Raises
    ------
    NotCheckableError
        If the map cannot say; the text says why.
    """
    theatre = as_known.theatre
    if figure.kind == "other":
        raise NotCheckableError(figure.reason)
    if figure.kind not in _TIMELESS:
        for day in (figure.first, figure.last):
            if not theatre.first_day <= day <= theatre.last_day:
                message = f"{day} is outside the map, {theatre.first_day} to {theatre.last_day}"
                raise NotCheckableError(message)
    if figure.kind == "distance" and not line.names_two_places(figure, as_known):
        sides = sides_of(figure, as_known, words_too=False)
        if sides.gains or sides.loses:  # "distance of the rebels from the town"
            return line.front_distance(figure, as_known)
    return _MEASURES[figure.kind](figure, as_known)
