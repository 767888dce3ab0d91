"""The last known areas of a theatre: who held what ground on some day, as somebody drew it.

They stand in `baseline.geojson`, or in another kind of file that `read_polygons` knows, each
polygon with `holder`, `as_of` and `source`. Statements of several days may stand in one file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoline.control import Baseline
from geoline.dates import parse_day
from geoline.errors import DataError
from geoline.front import HeldAreas
from geoline.theatre_folder.polygons import POLYGON_FILES, areal, read_polygons

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geoline.gazetteer import Place

__all__ = ["LastKnownAreas", "eve_of_places", "last_known_file", "read_last_known"]

# How sure a place's holder is that lies in such an area, unless theatre.toml says it of "area".
AREA_CONFIDENCE = 0.85
# How far off an area a place may lie that is taken to be in it: ports off a coarse coast (degrees).
PORT_DEG = 0.05
# What is noted of a place whose holder was read off the areas.
BY_AREA = "by the area it lies in"
COLUMNS = ("holder", "as_of", "source")


@dataclass(frozen=True, slots=True)
class LastKnownAreas:
    """What one source drew of one day.

    Parameters
    ----------
    as_of
        The day, at whose end the areas were so.
    source
        Who drew them.
    areas
        MultiPolygon by party, EPSG:4326; they do not overlap.
    """

    as_of: date
    source: str
    areas: Mapping[str, shapely.Geometry] = field(repr=False)

    def held(self) -> HeldAreas:
        """Give the areas as the line takes them."""
        shapes = np.array([*self.areas.values(), None], dtype=object)[:-1]
        return HeldAreas(tuple(self.areas), shapes)


def last_known_file(folder: Path) -> Path | None:
    """Find the file of the last known areas in a theatre's folder; None if there is none.

    Raises
    ------
    DataError
        If there are two.
    """
    files = [p for p in sorted(folder.glob("baseline.*")) if p.suffix.lower() in POLYGON_FILES]
    if len(files) > 1:
        reason = f"and {files[1].name} both say what was last known; keep one of them"
        raise DataError(files[0].name, reason)
    return files[0] if files else None


def read_last_known(folder: Path, parties: Iterable[str]) -> tuple[LastKnownAreas, ...]:
    """Read the last known areas of a theatre's folder, in the order of their days.

    Raises
    ------
    DataError
        If there are two such files, or one cannot be used; with file, feature and key.
    """
    path = last_known_file(folder)
    if path is None:
        return ()
    known = set(parties)
    polygons = read_polygons(path)
    for column in COLUMNS:
        if column not in polygons.columns:
            reason = (
                "this property is missing; each polygon needs holder, as_of and source, as "
                "'geoline new --last-known' writes them"
            )
            raise DataError(path.name, reason, key=column)
    drawn: dict[tuple[date, str], dict[str, list[shapely.Geometry]]] = {}
    for number, row in polygons.iterrows():
        holder = str(row["holder"])
        if holder not in known:
            reason = f"'{holder}' is no party of this theatre; there are {', '.join(sorted(known))}"
            raise DataError(path.name, reason, row=int(str(number)), key="holder")
        key = _day(path.name, int(str(number)), row["as_of"]), str(row["source"] or "")
        drawn.setdefault(key, {}).setdefault(holder, []).append(row.geometry)
    return tuple(
        LastKnownAreas(day, source, _apart(areas))
        for (day, source), areas in sorted(drawn.items(), key=lambda item: item[0])
    )


def _day(name: str, row: int, value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    try:
        return parse_day(str(value)[:10])
    except ValueError as error:
        raise DataError(name, str(error), row=row, key="as_of") from None


def _apart(areas: Mapping[str, Sequence[shapely.Geometry]]) -> dict[str, shapely.Geometry]:
    """Join the areas of each holder; of ground that two have, the earlier in the file keeps it."""
    apart: dict[str, shapely.Geometry] = {}
    for holder, parts in areas.items():
        whole = shapely.union_all(parts)
        apart[holder] = areal(shapely.difference(whole, shapely.union_all(list(apart.values()))))
    return apart


def eve_of_places(
    last: LastKnownAreas, places: Sequence[Place], confidence: float
) -> dict[str, Baseline]:
    """Say of each place that lies in an area, or just off its coast, who held it on that day."""
    if not places or not last.areas:
        return {}
    points = shapely.points([p.lon for p in places], [p.lat for p in places])
    areas = np.array(list(last.areas.values()), dtype=object)
    shapely.prepare(areas)
    inside = shapely.intersects(areas[:, None], points)
    astray = np.flatnonzero(~inside.any(axis=0))
    apart = shapely.distance(areas[:, None], points[astray])
    inside[apart.argmin(axis=0), astray] = apart.min(axis=0) <= PORT_DEG
    found: dict[str, Baseline] = {}
    for number, holder in enumerate(last.areas):
        one = Baseline(
            holder=holder,
            as_of=last.as_of,
            confidence=confidence,
            source=last.source,
            note=BY_AREA,
        )
        for place in np.flatnonzero(inside[number]).tolist():
            found.setdefault(places[place].id, one)
    return found
