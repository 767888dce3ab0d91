"""Roads, posts and pockets as GeoDataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geoline.front import WGS84
from geoline.holder import UNKNOWN
from geoline.libraries import gpd, pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geoline.control import Spell
    from geoline.gazetteer import Place
    from geoline.libraries import pyproj
    from geoline.situation.highway_status import HighwayStatus
    from geoline.situation.post_statements import (
        PostReport,
    )
    from geoline.situation.post_status import PostStatus
    from geoline.theatre_folder import TheatreData

__all__ = ["highway_table", "place_table", "pocket_table", "post_table"]


def highway_table(theatre: TheatreData, statuses: Sequence[HighwayStatus]) -> gpd.GeoDataFrame:
    """Make a table of stretches: one row a stretch, its line as geometry, EPSG:4326.

    Columns `road`, `from_km`, `to_km` (from the road's first way-point), `holder`, `from_place`,
    `to_place`, `doubtful_km`, `error_m` (how far the road may be off its course).
    """
    rows, lines = [], []
    for road, status in zip(theatre.highways, statuses, strict=True):
        for stretch in status.stretches:
            doubtful = sum(b - a for a, b, _ in stretch.doubtful)
            rows.append(
                {
                    "road": road.id,
                    "from_km": stretch.from_km,
                    "to_km": stretch.to_km,
                    "holder": stretch.holder,
                    "from_place": stretch.from_place,
                    "to_place": stretch.to_place,
                    "doubtful_km": round(doubtful, 2),
                    "error_m": stretch.error_m,
                }
            )
            lines.append(road.cut(stretch.from_km, stretch.to_km))
    columns = ["road", "from_km", "to_km", "holder", "from_place", "to_place", "doubtful_km",
               "error_m"]  # fmt: skip
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry=lines, crs=4326)


def place_table(where: Sequence[Place], spells: Sequence[Spell]) -> gpd.GeoDataFrame:
    """Make a table of places and who holds each, EPSG:4326; columns as `Situation.places` has."""
    return gpd.GeoDataFrame(
        {
            "place": [p.name for p in where],
            "place_id": [p.id for p in where],
            "holder": [s.holder for s in spells],
            "contested": [s.contested for s in spells],
            "besieged": [s.besieged for s in spells],
            "confidence": [s.confidence for s in spells],
            "since": [s.since for s in spells],
            "claims": [list(s.claims) for s in spells],
            "against": [list(s.against) for s in spells],
            "uncertainty_m": [p.uncertainty_m for p in where],
        },
        geometry=gpd.points_from_xy([p.lon for p in where], [p.lat for p in where]),
        crs=WGS84,
    )


def post_table(
    answers: Sequence[PostStatus], since: Mapping[str, date], reports: Mapping[str, PostReport]
) -> gpd.GeoDataFrame:
    """Make a table of posts.

    Parameters
    ----------
    answers
        The posts on a day.
    since, reports
        By post id: first day of the status; what was said, and whether it differs.

    Returns
    -------
    geopandas.GeoDataFrame
        One row a post, EPSG:4326. `distance_to_front_km` with its range `distance_low_km` to
        `distance_high_km`; `since` and `established` are days; `position_of` names the settlement
        whose point is the geometry (None if undecided), `uncertainty_m` says how good it is.
    """
    return gpd.GeoDataFrame(
        {
            "post": [a.post.name for a in answers],
            "agreement": [a.post.agreement for a in answers],
            "established": [a.post.established for a in answers],
            "status": [a.status for a in answers],
            "since": [since[a.post.id] for a in answers],
            "territory": [a.territory for a in answers],
            "distance_to_front_km": [a.distance_to_front_km for a in answers],
            "distance_low_km": [a.distance_low_km for a in answers],
            "distance_high_km": [a.distance_high_km for a in answers],
            "doubtful": [a.doubtful for a in answers],
            "reported": [reports[a.post.id].says or None for a in answers],
            "differs": [reports[a.post.id].differs for a in answers],
            "position_of": [a.post.place or None for a in answers],
            "uncertainty_m": [a.post.uncertainty_m for a in answers],
            "reason": [a.reason for a in answers],
        },
        geometry=[
            None if a.post.lon is None else shapely.Point(a.post.lon, a.post.lat) for a in answers
        ],
        crs=4326,
    )


def pocket_table(
    pockets: Sequence[tuple[frozenset[str], shapely.Geometry]],
    places: gpd.GeoDataFrame,
    crs: pyproj.CRS,
) -> gpd.GeoDataFrame:
    """Make a table of pockets: `side`, `km2`, `places` and the polygon, EPSG:4326."""
    points = places.to_crs(crs)
    pockets = sorted(pockets, key=lambda pocket: -pocket[1].area)
    inside = [
        points.loc[points.intersects(part) & (points["holder"] != UNKNOWN), "place"].tolist()
        for _, part in pockets
    ]
    frame = gpd.GeoDataFrame(
        {
            "side": ["; ".join(sorted(side)) for side, _ in pockets],
            "km2": [round(part.area / 1e6, 1) for _, part in pockets],
            "places": inside,
        },
        geometry=[part for _, part in pockets],
        crs=crs,
    )
    return frame.to_crs(4326)
