"""What is drawn of one day, as arrays; tables of it are made for those who ask."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from geoline.front.projection import WGS84, reprojected
from geoline.libraries import gpd

__all__ = ["HELD_THE_LINE", "Drawing", "HeldAreas", "band_table"]

# The share of the true line's length that the band is meant to hold.
HELD_THE_LINE = 0.9

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class HeldAreas:
    """Areas that somebody held: `holders` and `shapes` (polygons, EPSG:4326), one an area."""

    holders: tuple[str, ...]
    shapes: Shapes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Drawing:
    """Areas and front of one day.

    Parameters
    ----------
    holders, km2, areas
        One a holder: who, how much (equal-area), MultiPolygons or Polygons, EPSG:4326.
    pairs, length_km, lines
        One a pair of holders that meet: who, how long, MultiLineStrings, EPSG:4326.
    smoothing_m
        Bends below this are taken out of the lines.
    """

    holders: tuple[str, ...]
    km2: tuple[float, ...]
    areas: Shapes = field(repr=False)
    pairs: tuple[tuple[str, str], ...]
    length_km: tuple[float, ...]
    lines: Shapes = field(repr=False)
    smoothing_m: float

    def held(self) -> HeldAreas:
        """Give the areas alone."""
        return HeldAreas(self.holders, self.areas)

    def in_metres(self, crs: str) -> tuple[Shapes, Shapes]:
        """Give areas and lines in a metric CRS (see `geoline.front.projection`)."""
        return reprojected(self.areas, WGS84, crs), reprojected(self.lines, WGS84, crs)

    def area_table(self) -> gpd.GeoDataFrame:
        """Give the areas, one row a holder: `holder`, `km2`, geometry, EPSG:4326."""
        columns = {"holder": list(self.holders), "km2": list(self.km2)}
        return gpd.GeoDataFrame(columns, geometry=self.areas, crs=WGS84)

    def front_table(self) -> gpd.GeoDataFrame:
        """Give the front, one row a pair of holders: `holder_a`, `holder_b`, `length_km`, …."""
        columns = {
            "holder_a": [a for a, _ in self.pairs],
            "holder_b": [b for _, b in self.pairs],
            "length_km": list(self.length_km),
            # The length of a line depends on what it is measured with: bends below this are out.
            "smoothing_m": [self.smoothing_m] * len(self.pairs),
        }
        return gpd.GeoDataFrame(columns, geometry=self.lines, crs=WGS84)


def band_table(band: Shapes) -> gpd.GeoDataFrame:
    """Give a band, an array of one geometry, as a table of one row, EPSG:4326."""
    return gpd.GeoDataFrame({"coverage": [HELD_THE_LINE]}, geometry=band, crs=WGS84)
