"""What changed between two days: places, and square kilometres by party."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import geopandas as gpd
import shapely

if TYPE_CHECKING:
    from datetime import date

    from pyproj import CRS

    from geoline.gazetteer import Place

__all__ = ["Change", "ChangeTable", "Changes", "area_gains"]

# Redrawing slivers is no gain: area changes are opened by half this width (metres).
SLIVER_M = 150.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A place whose holder differs between two days; `date` is the day it changed last."""

    place: Place
    from_holder: str
    to_holder: str
    date: date
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What changed between the ends of two days.

    Parameters
    ----------
    places
        One a place, in order of days and names.
    km2
        For each party the square kilometres `gained` and `lost` (equal-area, slivers left out).
    """

    places: tuple[Change, ...]
    km2: dict[str, dict[str, float]]

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
        table.km2 = self.km2
        return table


class ChangeTable(gpd.GeoDataFrame):  # type: ignore[misc]
    """Places that changed hands, a GeoDataFrame; `km2` gives each party's gains and losses.

    Columns `place`, `place_id`, `from_holder`, `to_holder`, `date`, `claims`, geometry (Point,
    EPSG:4326).
    """

    _metadata: ClassVar[list[str]] = [*gpd.GeoDataFrame._metadata, "km2"]  # noqa: SLF001
    km2: dict[str, dict[str, float]]

    @property
    def _constructor(self) -> type[ChangeTable]:
        return ChangeTable


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
        return shapely.union_all(frame.geometry[frame["holder"] == party].values)

    def opened_km2(geometry: shapely.Geometry) -> float:
        half = SLIVER_M / 2
        eroded = shapely.buffer(geometry, -half, join_style="mitre")
        return round(float(shapely.area(shapely.buffer(eroded, half, join_style="mitre")) / 1e6), 1)

    gains = {}
    for party in parties:
        a, b = of(old, party), of(new, party)
        same = shapely.equals_exact(a, b, 0.01)
        gains[party] = {
            "gained": 0.0 if same else opened_km2(shapely.difference(b, a)),
            "lost": 0.0 if same else opened_km2(shapely.difference(a, b)),
        }
    return gains
