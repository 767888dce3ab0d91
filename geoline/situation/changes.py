"""What changed between two days: places, and square kilometres by party."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import geopandas as gpd
import shapely

from geoline.repr_html import html_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pyproj import CRS

    from geoline.control import Spell
    from geoline.gazetteer import Gazetteer, Place

__all__ = [
    "AreaChange",
    "Change",
    "ChangeTable",
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


class ChangeTable(gpd.GeoDataFrame):  # type: ignore[misc]
    """Places that changed hands, a GeoDataFrame; `km2` gives each party's gains and losses.

    `areas` gives the pieces of ground, each with the claims that caused it.

    Columns `place`, `place_id`, `from_holder`, `to_holder`, `date`, `claims`, geometry (Point,
    EPSG:4326).
    """

    _metadata: ClassVar[list[str]] = [*gpd.GeoDataFrame._metadata, "km2", "areas"]  # noqa: SLF001
    km2: dict[str, dict[str, float]]
    areas: tuple[AreaChange, ...]

    @property
    def _constructor(self) -> type[ChangeTable]:
        return ChangeTable

    def _repr_html_(self) -> str:
        moved = getattr(self, "km2", None) or {}
        rows = [
            (party, f"+{km2['gained']:,.0f} km²", f"−{km2['lost']:,.0f} km²")
            for party, km2 in moved.items()
            if km2["gained"] or km2["lost"]
        ]
        km2 = html_table(["", "gained", "lost"], rows) if rows else ""
        return f"{km2}{super()._repr_html_()}"


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


def area_gains(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, crs: CRS
) -> dict[str, dict[str, float]]:
    """Measure what each party gained and lost between two maps, in square kilometres.

    Parameters
    ----------
    before, after
        Areas with a column `holder`, any CRS.
    crs
        An equal-area CRS in metres.
    """
    if before is after:
        return {party: {"gained": 0.0, "lost": 0.0} for party in sorted(before["holder"])}
    old, new = before.to_crs(crs), after.to_crs(crs)
    parties = sorted({*old["holder"], *new["holder"]})

    def of(frame: gpd.GeoDataFrame, party: str) -> shapely.Geometry:
        parts = frame.geometry[frame["holder"] == party].values
        return parts[0] if len(parts) == 1 else shapely.union_all(parts)

    def opened_km2(geometry: shapely.Geometry) -> float:
        return round(float(shapely.area(_opened(geometry)) / 1e6), 1)

    gains = {}
    for party in parties:
        a, b = of(old, party), of(new, party)
        same = shapely.equals_exact(a, b, 0.01)
        gains[party] = {
            "gained": 0.0 if same else opened_km2(shapely.difference(b, a)),
            "lost": 0.0 if same else opened_km2(shapely.difference(a, b)),
        }
    return gains


def area_changes(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, changes: Sequence[Change], crs: CRS
) -> tuple[AreaChange, ...]:
    """Find the pieces of ground that changed hands, and the claims that caused each.

    Parameters
    ----------
    before, after
        Areas with a column `holder`, any CRS.
    changes
        The places that changed hands between them.
    crs
        An equal-area CRS in metres.
    """
    if before is after:
        return ()
    old, new = before.to_crs(crs), after.to_crs(crs)
    pieces: list[tuple[str, str, shapely.Geometry]] = []
    for a, was in zip(old["holder"], old.geometry, strict=True):
        for b, now in zip(new["holder"], new.geometry, strict=True):
            if a != b:
                moved = _opened(shapely.intersection(was, now))
                pieces += [(a, b, part) for part in shapely.get_parts(moved)]
    pieces = [piece for piece in pieces if shapely.area(piece[2]) >= TOLD_KM2 * 1e6]
    pieces.sort(key=lambda piece: -shapely.area(piece[2]))
    where = gpd.GeoSeries.from_xy(
        [c.place.lon for c in changes], [c.place.lat for c in changes], crs=4326
    ).to_crs(crs)
    shapes = gpd.GeoSeries([part for _, _, part in pieces], crs=crs)
    found = []
    for (a, b, part), shown in zip(pieces, shapes.to_crs(4326), strict=True):
        apart = shapely.distance(part, where.values)
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
