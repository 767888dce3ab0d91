"""The layers of an export: the tables of a day, or of every day of a span, in one form.

Every row says its `day`; lists of claims become text, ids separated by "; ". Formats differ only
in how they write these layers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoline.dates import days_between, long_day
from geoline.situation import citation, known_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

    from geoline.situation import TheatreAsKnown

    # Geometries of shapely, None among them.
    Shapes = npt.NDArray[np.object_]

__all__ = ["LAYERS", "Export", "Layer", "export_of"]

# Columns that hold days even if a table has no row that shows it.
DAY_COLUMNS = frozenset({"day", "since", "date", "date_start", "date_end"})
# Coordinates in text formats: decimals of a degree, a decimetre; areas lie on a one-metre grid.
DECIMALS = 6
# Of kilometres and shares; more would be false precision.
NUMBER_DECIMALS = 3

# Name of the layer, kind of one feature, title, geometry type; from the bottom of a map to its top.
LAYERS: tuple[tuple[str, str, str, str], ...] = (
    ("areas", "area", "Areas by holder", "MultiPolygon"),
    ("band", "band", "Band: where the line may run", "MultiPolygon"),
    ("front", "front", "Front line", "MultiLineString"),
    ("highways", "highway", "Highways by holder", "MultiLineString"),
    ("places", "place", "Places by holder", "Point"),
    ("changes", "change", "Places that changed hands", "Point"),
    ("posts", "post", "Observation posts", "Point"),
    ("events", "event", "Clashes, strikes and attacks", "Point"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One table of features.

    Parameters
    ----------
    name, kind
        Of the layer ("areas") and of one of its features ("area").
    title
        What people read.
    geometry_type
        Of every feature, as OGC Simple Features name it.
    columns
        Arrays of one length by name: text as object (None where there is none), days as
        `datetime64[D]`, truth values, numbers.
    geometry
        EPSG:4326, longitude first; rings after RFC 7946, the outer one anticlockwise. None where a
        position is undecided.
    """

    name: str
    kind: str
    title: str
    geometry_type: str
    columns: dict[str, npt.NDArray[Any]]
    geometry: Shapes

    def __len__(self) -> int:
        """Count the features."""
        return len(self.geometry)

    def rows(self) -> list[dict[str, Any]]:
        """Give the values of each feature as plain ones: days in ISO form, no NaN."""
        lists = {name: [_plain(v) for v in array.tolist()] for name, array in self.columns.items()}
        return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]

    def frame(self) -> gpd.GeoDataFrame:
        """Make a GeoDataFrame, days as `datetime.date`."""
        return gpd.GeoDataFrame(
            {
                name: array.astype(object) if array.dtype.kind == "M" else array
                for name, array in self.columns.items()
            },
            geometry=gpd.GeoSeries(self.geometry, crs=4326),
            crs=4326,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """What is exported, and what has to be said with it.

    Parameters
    ----------
    title
        Theatre and days.
    known
        How much was known: a sentence without a full stop.
    note
        What the map can and cannot tell.
    credits
        Whose data they are.
    cite
        How to cite it.
    days
        In order, without gaps.
    layers
        From the bottom of a map to its top.
    """

    title: str
    known: str
    note: str
    credits: tuple[str, ...]
    cite: str
    days: tuple[date, ...]
    layers: tuple[Layer, ...]

    def __getitem__(self, name: str) -> Layer:
        """Find a layer by its name."""
        return next(layer for layer in self.layers if layer.name == name)

    @property
    def about(self) -> dict[str, str]:
        """Give title, knowledge, method, credits and citation for a format's metadata."""
        return {
            "title": self.title,
            "known": self.known,
            "note": self.note,
            "credits": " ".join(self.credits),
            "cite": self.cite,
        }


def export_of(
    as_known: TheatreAsKnown, first: date, last: date, only: str | Collection[str] = ""
) -> Export:
    """Gather the layers of the days from the first to the last.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    first, last
        Both included.
    only
        The one layer wanted, an empty text for all; or the layers wanted.

    Raises
    ------
    RequestError
        If a day is outside the theatre.
    """
    theatre = as_known.theatre
    days = days_between(as_known.on(first).day, as_known.on(last).day)
    tables: dict[str, list[gpd.GeoDataFrame]] = defaultdict(list)
    names = {only} if isinstance(only, str) else only
    wanted = [layer for layer in LAYERS if only == "" or layer[0] in names]
    for day in days:
        situation = as_known.on(day)
        eve = max(theatre.first_day, day - timedelta(days=1))
        for name, *_ in wanted:
            changed = name == "changes"
            tables[name].append(
                as_known.changes(eve, day).table() if changed else getattr(situation, name)
            )
    span = long_day(first) if first == last else f"{long_day(first)} to {long_day(last)}"
    return Export(
        title=f"{theatre.name}, {span}",
        known=known_text(as_known, last),
        note=theatre.note,
        credits=theatre.credits,
        cite=citation(as_known, last),
        days=tuple(days),
        layers=tuple(
            _layer(name, kind, title, geometry_type, days, tables[name])
            for name, kind, title, geometry_type in wanted
        ),
    )


def _layer(  # noqa: PLR0913, PLR0917  (the fields of LAYERS, and the tables)
    name: str,
    kind: str,
    title: str,
    geometry_type: str,
    days: Sequence[date],
    tables: Sequence[gpd.GeoDataFrame],
) -> Layer:
    counts = [len(table) for table in tables]
    columns = {"day": np.repeat(np.array(days, dtype="datetime64[D]"), counts)}
    for column in tables[0].columns:
        if column not in {"geometry", "day"}:
            values = [value for table in tables for value in table[column].tolist()]
            columns[column] = _typed(column, values)
    shapes = np.concatenate([np.asarray(table.geometry.values, dtype=object) for table in tables])
    return Layer(
        name=name,
        kind=kind,
        title=title,
        geometry_type=geometry_type,
        columns=columns,
        geometry=_as(geometry_type, shapes),
    )


def _as(geometry_type: str, shapes: Shapes) -> Shapes:
    """Make every geometry one of a type, None where it is missing or empty."""
    as_known = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    out = np.full(len(shapes), None, dtype=object)
    if geometry_type == "Point":
        out[as_known] = shapes[as_known]
        return out
    parts, owner = shapely.get_parts(shapes[as_known], return_index=True)
    dimension = 2 if geometry_type == "MultiPolygon" else 1
    fits = shapely.get_dimensions(parts) == dimension
    make = shapely.multipolygons if dimension == 2 else shapely.multilinestrings  # noqa: PLR2004
    made = make(parts[fits], indices=owner[fits], out=np.full(as_known.sum(), None, dtype=object))
    out[as_known] = shapely.orient_polygons(made)
    return out


def _typed(name: str, values: list[Any]) -> npt.NDArray[Any]:
    """Make an array of days, truth values, numbers or text; None, NaN or NaT where missing."""
    values = [
        _text(v) if isinstance(v, list | tuple) else None if pd.isna(v) else v for v in values
    ]
    there = [value for value in values if value is not None]
    if name in DAY_COLUMNS or (there and all(isinstance(value, date) for value in there)):
        return np.array(values, dtype="datetime64[D]")
    if there and all(isinstance(value, bool) for value in values):
        return np.array(values, dtype=bool)
    if there and all(isinstance(v, int | float) and not isinstance(v, bool) for v in there):
        if all(type(value) is int for value in values):
            return np.array(values, dtype=int)
        return np.round(np.array(values, dtype=float), NUMBER_DECIMALS)
    texts = np.empty(len(values), dtype=object)
    texts[:] = [None if value is None else str(value) for value in values]
    return texts


def _text(values: Sequence[object]) -> str:
    return "; ".join(map(str, values))


def _plain(value: Any) -> Any:  # noqa: ANN401  (a cell of any column)
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and np.isnan(value) else value
