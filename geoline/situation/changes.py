"""What changed between two days: places, and square kilometres by party."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.front import WGS84, reprojected
from geoline.libraries import gpd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geoline.control import Spell
    from geoline.front import Drawing, HeldAreas
    from geoline.gazetteer import Gazetteer, Place
    from geoline.situation.change_table import ChangeTable

__all__ = [
    "AreaChange",
    "Change",
    "Changes",
    "area_changes",
    "area_gains",
    "place_changes",
]

# Ground that changed hands is put down to places this near that did (kilometres), and is told from
# this size on (square kilometres).
CAUSED_WITHIN_KM, TOLD_KM2 = 12.0, 0.5
# Redrawing slivers is no gain: area changes are opened by half this width (metres).
SLIVER_M = 150.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A place whose holder differs between two days; `date` is the day it changed last.

    Where nothing is dated between them (a place that came to be unknown), it is the second day.
    """

    place: Place
    from_holder: str
    to_holder: str
    date: date
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaChange:
    """A piece of ground that changed hands, and the claims that caused it.

    Parameters
    ----------
    from_holder, to_holder
        Party ids, or `contested`; `unknown` for ground that was or is drawn as nobody's.
    km2
        Its size (equal-area).
    places
        Ids of the places in it that changed hands, or else of the nearest one.
    claims
        Ids of the claims behind these.
    geometry
        Polygon, EPSG:4326.
    """

    from_holder: str
    to_holder: str
    km2: float
    places: tuple[str, ...]
    claims: tuple[str, ...]
    geometry: shapely.Geometry


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What changed between the ends of two days.

    Parameters
    ----------
    places
        One a place, in order of days and names.
    km2
        For each party the square kilometres `gained` and `lost` (equal-area, slivers left out).
    areas
        The pieces of ground that changed hands, the largest first.
    """

    places: tuple[Change, ...]
    km2: dict[str, dict[str, float]]
    areas: tuple[AreaChange, ...] = ()

    def table(self) -> ChangeTable:
        """Give the places as a GeoDataFrame, EPSG:4326, with the square kilometres in `km2`."""
        # The table is a class of geopandas, which not every answer needs.
        from geoline.situation.change_table import ChangeTable  # noqa: PLC0415

        table = ChangeTable(
            {
                "place": [c.place.name for c in self.places],
                "place_id": [c.place.id for c in self.places],
                "from_holder": [c.from_holder for c in self.places],
                "to_holder": [c.to_holder for c in self.places],
                "date": [c.date for c in self.places],
                "claims": [list(c.claims) for c in self.places],
            },
            geometry=gpd.points_from_xy(
                [c.place.lon for c in self.places], [c.place.lat for c in self.places]
            ),
            crs=4326,
        )
        table.km2, table.areas = self.km2, self.areas
        return table


def place_changes(
    before: Mapping[str, Spell],
    after: Mapping[str, Spell],
    days: tuple[date, date],
    places: Gazetteer,
) -> tuple[Change, ...]:
    """Find the places that are another's in the second of two answers, by day and name.

    Parameters
    ----------
    before, after
        The answer for each place, by its id; a place that is in one of them only is passed over.
    days
        The days of the answers.
    places
        Where the ids are looked up.
    """
    found = [
        Change(
            place=places[place_id],
            from_holder=before[place_id].holder,
            to_holder=new.holder,
            # What is no longer told apart from a pocket has no day of its own.
            date=new.since if new.since > days[0] else days[1],
            claims=new.claims,
        )
        for place_id, new in after.items()
        if place_id in before and before[place_id].holder != new.holder
    ]
    return tuple(sorted(found, key=lambda c: (c.date, c.place.name)))


def area_gains(before: HeldAreas, after: HeldAreas) -> dict[str, dict[str, float]]:
    """Measure what each party gained and lost between two maps, in square kilometres.

    Parameters
    ----------
    before, after
        The areas, in one equal-area CRS in metres.
    """
    if before is after:
        return {party: {"gained": 0.0, "lost": 0.0} for party in sorted(before.holders)}
    parties = sorted({*before.holders, *after.holders})

    def of(held: HeldAreas, party: str) -> shapely.Geometry:
        parts = held.shapes[np.array([holder == party for holder in held.holders], dtype=bool)]
        return parts[0] if len(parts) == 1 else shapely.union_all(parts)

    def opened_km2(geometry: shapely.Geometry) -> float:
        return round(float(shapely.area(_opened(geometry)) / 1e6), 1)

    gains = {}
    for party in parties:
        a, b = of(before, party), of(after, party)
        same = shapely.equals_exact(a, b, 0.01)
        gains[party] = {
            "gained": 0.0 if same else opened_km2(shapely.difference(b, a)),
            "lost": 0.0 if same else opened_km2(shapely.difference(a, b)),
        }
    return gains


def area_changes(
    before: Drawing, after: Drawing, changes: Sequence[Change], crs: str
) -> tuple[AreaChange, ...]:
    """Find the pieces of ground that changed hands, and the claims that caused each.

    Parameters
    ----------
    before, after
        What is drawn of two days.
    changes
        The places that changed hands between them.
    crs
        An equal-area CRS in metres (`geoline.front.equal_area`).
    """
    if before is after:
        return ()
    old, new = before.in_metres(crs)[0], after.in_metres(crs)[0]
    pieces: list[tuple[str, str, shapely.Geometry]] = []
    for a, was in zip(before.holders, old, strict=True):
        for b, now in zip(after.holders, new, strict=True):
            if a != b:
                moved = _opened(shapely.intersection(was, now))
                pieces += [(a, b, part) for part in shapely.get_parts(moved)]
    pieces = [piece for piece in pieces if shapely.area(piece[2]) >= TOLD_KM2 * 1e6]
    pieces.sort(key=lambda piece: -shapely.area(piece[2]))
    points = shapely.points(np.array([(c.place.lon, c.place.lat) for c in changes]).reshape(-1, 2))
    where = reprojected(points, WGS84, crs)
    shapes = reprojected([part for _, _, part in pieces], crs, WGS84)
    found = []
    for (a, b, part), shown in zip(pieces, shapes, strict=True):
        apart = shapely.distance(part, where)
        close = [n for n, c in enumerate(changes) if c.to_holder == b or c.from_holder == a]
        inside = [n for n in close if apart[n] == 0]
        nearest = sorted(close, key=lambda n: apart[n])[:1]
        causes = inside or [n for n in nearest if apart[n] <= CAUSED_WITHIN_KM * 1000]
        found.append(
            AreaChange(
                from_holder=a,
                to_holder=b,
                km2=round(float(shapely.area(part)) / 1e6, 1),
                places=tuple(changes[n].place.id for n in causes),
                claims=tuple(dict.fromkeys(c for n in causes for c in changes[n].claims)),
                geometry=shown,
            )
        )
    return tuple(found)


def _opened(geometry: shapely.Geometry) -> shapely.Geometry:
    """Take slivers out of an area (metric)."""
    half = SLIVER_M / 2
    eroded = shapely.buffer(geometry, -half, join_style="mitre")
    return shapely.buffer(eroded, half, join_style="mitre")
