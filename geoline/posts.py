"""Observation posts: behind own lines, at the front, encircled or withdrawn.

Computed from the map of the day. A post is encircled if it stands in the area of another side, or
in a pocket of its own from which no way leads to the main area of its own or an allied side.
Positions are those of the named settlement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from pyproj import CRS

__all__ = ["Post", "PostStatus", "post_status"]

NOT_YET, BEHIND, AT_THE_FRONT = "not yet", "behind own lines", "at the front"
ENCIRCLED, WITHDRAWN = "encircled", "withdrawn"
UNKNOWN = "unknown"
# A settlement's centroid and the line are both this uncertain at best (kilometres).
AT_THE_FRONT_KM = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """An observation post.

    Parameters
    ----------
    id, name
        Identifier and name.
    place_id
        The settlement that gives the position; empty if that is undecided.
    lat, lon
        Degrees WGS 84, None if the place is undecided.
    friends
        Parties in whose area it stands among its own.
    agreement
        The agreement that it was set up under (here `astana`), empty for later ones.
    number
        Its number in that agreement, if known.
    established
        Day it was set up, or by which it was in place (`by`).
    withdrawn
        Day by which it was given up, None if it was not.
    """

    id: str
    name: str
    place_id: str
    lat: float | None
    lon: float | None
    friends: frozenset[str]
    agreement: str
    number: int | None
    established: date
    established_precision: str
    withdrawn: date | None
    source: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PostStatus:
    """A post on one day; `distance_to_front_km` is None where no front is drawn."""

    post: Post
    status: str
    territory: str
    distance_to_front_km: float | None


def post_status(
    posts: Sequence[Post],
    day: date,
    areas: gpd.GeoDataFrame,
    front: gpd.GeoDataFrame,
    *,
    crs: CRS,
) -> list[PostStatus]:
    """Find the status of every placed post at the end of a day.

    Parameters
    ----------
    posts
        Those whose place is undecided are left out of the answer.
    day
        The day.
    areas, front
        The map of the day (`geoline.front`), any CRS.
    crs
        A metric CRS for distances.
    """
    placed = [p for p in posts if p.lat is not None and p.lon is not None]
    if not placed:
        return []
    points = gpd.GeoSeries.from_xy(
        [p.lon for p in placed], [p.lat for p in placed], crs=4326
    ).to_crs(crs)
    ground = areas.to_crs(crs)
    lines = front.to_crs(crs).geometry.values
    line = shapely.union_all(lines) if len(lines) else None
    territory = np.full(len(placed), UNKNOWN, dtype=object)
    for holder, area in zip(ground["holder"], ground.geometry, strict=True):
        territory[shapely.intersects(area, points.values)] = holder
    safe = {friends: _main_area(ground, friends) for friends in {p.friends for p in placed}}
    answers = []
    for post, point, holder in zip(placed, points, territory, strict=True):
        distance = None if line is None else round(point.distance(line) / 1000, 2)
        if day < post.established:
            status = NOT_YET
        elif post.withdrawn is not None and day >= post.withdrawn:
            status = WITHDRAWN
        elif holder != UNKNOWN and not safe[post.friends].intersects(point):
            status = ENCIRCLED
        elif distance is not None and distance <= AT_THE_FRONT_KM:
            status = AT_THE_FRONT
        else:
            status = BEHIND
        answers.append(
            PostStatus(
                post=post, status=status, territory=str(holder), distance_to_front_km=distance
            )
        )
    return answers


def _main_area(ground: gpd.GeoDataFrame, friends: Collection[str]) -> shapely.Geometry:
    """Find the largest piece of the area of a side: what leads out of the theatre."""
    own = ground.geometry[ground["holder"].isin(list(friends))]
    if own.empty:
        return shapely.Polygon()
    pieces = shapely.get_parts(shapely.union_all(own.values))
    return pieces[int(np.argmax(shapely.area(pieces)))]
