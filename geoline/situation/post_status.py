"""Observation posts: behind own lines, at the front, encircled or withdrawn.

Computed from the map of the day. A post is encircled if no way out leads from it to the ground of
its own or an allied side (`geoline.situation.day_map`). Positions are those of the named
settlement, with its uncertainty: the post itself stood somewhere in or beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.front import WGS84, reprojected
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.situation.day_map import DayMap
    from geoline.theatre_folder import Post

__all__ = ["PostStatus", "post_status"]

NOT_YET, BEHIND, AT_THE_FRONT = "not yet", "behind own lines", "at the front"
ENCIRCLED, WITHDRAWN = "encircled", "withdrawn"
# A settlement's centroid and the line are both this uncertain at best (kilometres).
AT_THE_FRONT_KM = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PostStatus:
    """A post on one day.

    Parameters
    ----------
    status
        `not yet`, `behind own lines`, `at the front`, `encircled`, `withdrawn`; `unknown` where the
        map cannot tell, and `reason` says why.
    territory
        Holder of the ground; `unknown` where no area is drawn.
    distance_to_front_km, distance_low_km, distance_high_km
        To the front, and the least and the most that the band allows; None where no front is drawn.
    doubtful
        Whether the front may run on the other side of it, given the band and the uncertainty of
        the position together.
    """

    post: Post
    status: str
    territory: str
    distance_to_front_km: float | None
    distance_low_km: float | None = None
    distance_high_km: float | None = None
    doubtful: bool = False
    reason: str = ""


def post_status(
    posts: Sequence[Post], day: date, day_map: DayMap, *, crs: str, ranges: bool = True
) -> list[PostStatus]:
    """Find the status of every post at the end of a day.

    Parameters
    ----------
    posts
        Those whose place is undecided get a status only before they were set up and after they
        were given up.
    day
        The day.
    day_map
        The map of the day.
    crs
        Its metric CRS (`geoline.front.equal_area`).
    ranges
        Whether to ask the band too; without it the distances have no range and nothing is doubtful.

    Returns
    -------
    list of PostStatus
        One a post, in their order.
    """
    placed = [p for p in posts if p.lat is not None and p.lon is not None]
    points = shapely.points(np.array([(p.lon, p.lat) for p in placed]).reshape(-1, 2))
    xy = shapely.get_coordinates(reprojected(points, WGS84, crs))
    territory = day_map.holders(xy)
    metres = day_map.to_front(xy)[0]
    low, high = day_map.distance_range(xy)[1:] if ranges else (metres, metres)
    shut = np.zeros(len(placed), dtype=bool)
    for friends in {p.friends for p in placed}:
        mine = np.array([p.friends == friends for p in placed])
        shut[mine] = day_map.enclosed(xy[mine], friends)
    error = np.array([p.uncertainty_m for p in placed])
    half = np.subtract(high, metres, where=np.isfinite(metres), out=np.zeros(len(placed)))
    doubt = ranges & (metres <= np.hypot(half, error))
    row = {post.id: number for number, post in enumerate(placed)}
    answers = []
    for post in posts:
        number = row.get(post.id)
        if number is None:
            status = _by_date(post, day) or UNKNOWN
            reason = "where it stood is undecided" + (f": {post.note}" if post.note else "")
            answers.append(
                PostStatus(
                    post=post,
                    status=status,
                    territory=UNKNOWN,
                    distance_to_front_km=None,
                    reason=reason,
                )
            )
            continue
        holder = str(territory[number])
        if holder == UNKNOWN:
            now, reason = UNKNOWN, "outside the areas drawn"
        elif shut[number]:
            now, reason = ENCIRCLED, ""
        else:
            near = metres[number] <= AT_THE_FRONT_KM * 1000
            now, reason = (AT_THE_FRONT if near else BEHIND), ""
        known = bool(np.isfinite(metres[number])) and holder != UNKNOWN
        far = [round(float(m[number]) / 1000, 2) if known else None for m in (metres, low, high)]
        answers.append(
            PostStatus(
                post=post,
                status=_by_date(post, day) or now,
                territory=holder,
                distance_to_front_km=far[0],
                distance_low_km=far[1],
                distance_high_km=far[2],
                doubtful=known and bool(doubt[number]),
                reason=reason,
            )
        )
    return answers


def _by_date(post: Post, day: date) -> str:
    """Status that follows from the dates alone, empty while the post is in place."""
    if day < post.established:
        return NOT_YET
    return WITHDRAWN if post.withdrawn is not None and day >= post.withdrawn else ""
