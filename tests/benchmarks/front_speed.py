"""How long a day's line takes, beside Voronoi cells dissolved, and what places far away cost.

Run ``python tests/benchmarks/front_speed.py`` (``--places N``).

* Places at random in a square of 300 km, two holders, a last known line across it that then moved
  by 6 km. Beside it: `shapely.voronoi_polygons` and `union_all` of each holder's cells, the same
  places in the same run. Processor seconds, best of several, one thread.
* Locality: as many places again, none within 75 km of the line; a day is drawn again on ground
  that was laid before. Only the places within 25 km of its middle changed hands.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geoline import front_line
from geoline.front.drawing import HeldAreas
from geoline.front.field import single_threaded
from geoline.front.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

CRS = "+proj=laea +lat_0=48 +lon_0=36 +datum=WGS84 +units=m"
SIDE, MOVED, FAR, AROUND, TIMES = 300_000.0, 6_000.0, 75_000.0, 25_000.0, 5


def held(xy: npt.NDArray[np.float64], moved: npt.NDArray[np.float64] | float) -> list[str]:
    """Say who holds points, once the line has moved by so many metres."""
    east = xy[:, 0] + SIDE / 15 * np.sin(xy[:, 1] / SIDE * 10) + moved > SIDE / 2
    return ["a" if there else "b" for there in east]


def last_known() -> gpd.GeoDataFrame:
    """Give the areas on either side of the line before it moved."""
    y = np.linspace(0, SIDE, 300)
    line = np.column_stack((SIDE / 2 - SIDE / 15 * np.sin(y / SIDE * 10), y))
    sides = [np.vstack((line, [(x, SIDE), (x, 0)])) for x in (SIDE, 0.0)]
    return gpd.GeoDataFrame(
        {"holder": ["a", "b"]}, geometry=list(map(shapely.Polygon, sides)), crs=CRS
    )


def seconds(work: Callable[[], object]) -> float:
    """Time the best of several runs."""
    took = []
    for _ in range(TIMES):
        started = time.process_time()
        with single_threaded():
            work()
        took.append(time.process_time() - started)
    return min(took)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--places", type=int, default=3000)
    count = parser.parse_args().places
    draw = np.random.default_rng(3)
    xy = draw.random((count, 2)) * SIDE
    points = gpd.GeoSeries(shapely.points(xy), crs=CRS)
    now, before = np.array(held(xy, MOVED)), last_known()

    def voronoi() -> object:
        cells = shapely.voronoi_polygons(shapely.multipoints(points.values), ordered=True)
        parts = shapely.get_parts(cells)
        return [shapely.union_all(parts[now == holder]) for holder in "ab"]

    plain = seconds(voronoi)
    print(f"{count:,} places: Voronoi and dissolve {plain * 1000:.0f} ms")
    for name, baseline in (("on the last known line", before), ("with none known", None)):
        took = seconds(lambda known=baseline: front_line(points, now, known))  # type: ignore[misc]
        print(f"front_line {name}: {took * 1000:.0f} ms, {took / plain:.1f} times (goal 5)")

    more = draw.random((8 * count, 2)) * SIDE
    more = more[np.abs(more[:, 0] - SIDE / 2) > FAR][:count]
    days = []
    for places in (xy, np.vstack((xy, more))):
        near = np.hypot(*(places - SIDE / 2).T) < AROUND
        holders = held(places, np.where(near, MOVED, 0.0))
        points = gpd.GeoSeries(shapely.points(places), crs=CRS).to_crs(4326)
        lonlat = shapely.get_coordinates(points.to_numpy())
        old = HeldAreas(tuple(before["holder"]), before.to_crs(4326).geometry.to_numpy())
        ground = Ground(lonlat, baseline=old)
        other = [*holders[:-1], None]  # a day again, but not the very same day
        took = seconds(lambda g=ground, h=holders, o=other: (g.paint(h), g.paint(o)))  # type: ignore[misc]
        days.append(took / 2)
    print(
        f"a day again: {days[0] * 1000:.0f} ms; with as many places again far away "
        f"{days[1] * 1000:.0f} ms, {days[1] / days[0]:.2f} times (goal 1.2)"
    )


if __name__ == "__main__":
    main()
