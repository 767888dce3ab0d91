"""The bundled map held against places and days of publishers that are in none of its claims.

`place_days.csv` has one row a place and day: who held it at the end of that day by a page, with its
link and what it says in own words. `make check-truth`
(`tests/benchmarks/place_days.py`) prints how many of them the map agrees with:

* A row agrees if the map has that holder at the end of that very day; a day off is no agreement,
  and neither is a place that the map calls unknown. A place that nobody named on the map is asked
  by the ground it lies on.
* Pages are halved by a fixed draw (a hash of the link): half `a` was looked at while facts and
  rules were mended, of half `b` only the numbers.
* `why` explains each row that differs; a row that differs without one fails.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoline.situation import Situation
    from geoline.theatre import Theatre

__all__ = ["Judged", "PlaceDay", "judge", "read_place_days", "shares"]

TABLE = Path(__file__).parent / "place_days.csv"
# So near to the line of its day a place is hard to draw right.
NEAR_KM = 5.0
EQUAL_AREA = 6933


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceDay:
    """A row: who held a place at the end of a day, by a page of a publisher."""

    day: date
    place_id: str
    holder: str
    kind: str
    publisher: str
    origin: str
    url: str
    said: str
    why: str

    @property
    def half(self) -> str:
        """`a` or `b`, by the page."""
        return "ab"[hashlib.sha256(self.url.encode()).digest()[0] % 2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A row, whom the map has there, and how far the line is."""

    row: PlaceDay
    computed: str
    km_to_line: float

    @property
    def agrees(self) -> bool:
        """Whether the map has the same holder."""
        return self.computed == self.row.holder


def read_place_days(path: Path = TABLE) -> list[PlaceDay]:
    """Read the table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            PlaceDay(day=date.fromisoformat(row.pop("day")), **row) for row in csv.DictReader(file)
        ]


def judge(theatre: Theatre, rows: Iterable[PlaceDay]) -> list[Judged]:
    """Ask the map for every row."""
    asked: dict[date, Situation] = {}
    lines: dict[date, shapely.Geometry] = {}
    judged = []
    for row in rows:
        day = asked.setdefault(row.day, theatre.on(row.day))
        if row.day not in lines:
            lines[row.day] = day.front.to_crs(32637).union_all()
        place = theatre.gazetteer[row.place_id]
        point = shapely.Point(place.lon, place.lat)
        spell = day.spells.get(row.place_id)
        if spell is not None:
            computed = spell.holder
        else:
            ground = day.areas[day.areas.covers(point)]["holder"]
            computed = UNKNOWN if ground.empty else str(ground.iloc[0])
        metric = gpd.GeoSeries([point], crs=4326).to_crs(32637).iloc[0]
        km = float(metric.distance(lines[row.day])) / 1000
        judged.append(Judged(row=row, computed=computed, km_to_line=km))
    return judged


def shares(judged: Iterable[Judged]) -> dict[str, tuple[int, int]]:
    """Count what agrees and what there is: of all, by half, by kind, near the line."""
    agree: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for one in judged:
        groups = ["all", f"half {one.row.half}", one.row.kind, f"{one.row.kind}, {one.row.half}"]
        if one.km_to_line <= NEAR_KM:
            groups.append(f"within {NEAR_KM:.0f} km of the line")
        there.update(groups)
        agree.update(groups * one.agrees)
    return {group: (agree[group], there[group]) for group in sorted(there)}
