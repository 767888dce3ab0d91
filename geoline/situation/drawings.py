"""The map of a theatre drawn for any holders of its places, each drawing made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.front import Ground, Timing, draw, draw_band, nothing_drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import shapely

__all__ = ["Drawings"]

# Spacing of the nodes that a day's fields are worked out on (metres).
STEP_M = 1_250.0


@dataclass(slots=True)
class Drawings:
    """Areas, fronts and bands by who holds the places that shape the map.

    The areas that the line of later days is measured against are those of the eve, as somebody drew
    them, or drawn from its places alone where nobody did.

    Parameters
    ----------
    points
        The places that shape the map, EPSG:4326.
    land
        The land that areas are drawn on, EPSG:4326.
    eve
        Holder of each place on the eve, None where it is contested or not known.
    allied
        Sets of party ids between whom there is no front.
    last_known
        The areas of the eve, polygons with a column `holder`, if somebody drew them.
    """

    points: gpd.GeoSeries
    land: shapely.Geometry
    eve: Sequence[str | None]
    allied: Sequence[frozenset[str]]
    last_known: gpd.GeoDataFrame | None = field(default=None, repr=False)
    _ground: Ground = field(init=False, repr=False)
    _painted: dict[object, tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]] = field(
        init=False, repr=False
    )
    _bands: dict[object, gpd.GeoDataFrame] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        before = self.last_known
        if before is None and any(self.eve):
            first = Ground(self.points, self.land, step_m=STEP_M)
            before, _ = draw(first, list(self.eve))
        self._ground = Ground(self.points, self.land, baseline=before, step_m=STEP_M)
        self._painted, self._bands = {}, {}

    def paint(
        self, holders: list[str | None], timing: Timing
    ) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        """Draw areas and front (EPSG:4326)."""
        key = tuple(holders), timing.key
        if key not in self._painted:
            # A war known by its clashes alone has no areas.
            nothing = not any(holders) and self._ground.baseline is None
            self._painted[key] = (
                nothing_drawn()
                if nothing
                else draw(self._ground, holders, self.allied, timing, self.last_known)
            )
        return self._painted[key]

    def band(self, holders: list[str | None], timing: Timing) -> gpd.GeoDataFrame:
        """Draw the band (EPSG:4326)."""
        key = tuple(holders), timing.key
        if key not in self._bands:
            front = self.paint(holders, timing)[1]
            self._bands[key] = draw_band(self._ground, holders, front, timing)
        return self._bands[key]
