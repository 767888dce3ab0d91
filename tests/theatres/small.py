"""A small theatre of a test's own, made from nothing: a table a part, what is left out is usual."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from geoline.theatre_folder import new_theatre

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["small_theatre"]

FIRST, LAST = date(2024, 5, 1), date(2024, 5, 5)
# Four towns of the Darfur, and who held them on the eve: the usual places.
TOWNS = (
    ("fasher", "El Fasher", 13.63, 25.35, "south"),
    ("mellit", "Mellit", 14.13, 25.55, "south"),
    ("kutum", "Kutum", 14.20, 24.67, "north"),
    ("nyala", "Nyala", 12.05, 24.88, "north"),
)
CAPTURED = {
    "claim_id": "c1", "place": "Mellit", "place_id": "mellit", "event": "captured",
    "actor": "north", "date_start": "2024-05-02", "date_end": "2024-05-02",
    "published": "2024-05-02", "source": "gazette", "note": "seen",
}  # fmt: skip
ROAD = tuple({"highway": "N1", "seq": n, "place_id": row[0], "error_m": 500, "source": "a map"}
             for n, row in enumerate(TOWNS[:3]))  # fmt: skip
POST = {"post_id": "p1", "name": "Post 1", "place_id": "kutum", "operator": "north",
        "established": "2024-04-30", "source": "a map"}  # fmt: skip


def small_theatre(  # noqa: PLR0913  (a table a part)
    folder: Path,
    *,
    days: tuple[date, date] = (FIRST, LAST),
    towns: Sequence[tuple[str, str, float, float, str]] = TOWNS,
    claims: Sequence[dict[str, Any]] = (CAPTURED,),
    highways: Sequence[dict[str, Any]] = ROAD,
    posts: Sequence[dict[str, Any]] = (POST,),
    courses: Sequence[dict[str, Any]] = (),
    settings: dict[str, str] | None = None,
) -> Path:
    """Make the folder of a theatre.

    Parameters
    ----------
    folder
        Where; it must not exist.
    days
        First and last.
    towns
        Id, name, latitude, longitude, and holder on the eve ("" if nothing is said of it).
    claims, highways, posts
        Rows of the tables.
    courses
        Features of `highways.geojson`, which is left out if there are none.
    settings
        What is replaced in `theatre.toml`, by what.
    """
    new_theatre(folder, *days)
    head = (folder / "theatre.toml").read_text(encoding="utf-8")
    for was, now in (settings or {}).items():
        assert was in head, was
        head = head.replace(was, now)
    (folder / "theatre.toml").write_text(head, encoding="utf-8")
    _table(folder / "places.csv", [
        {"id": i, "name": name, "lat": lat, "lon": lon, "lookup": "a map"}
        for i, name, lat, lon, _ in towns
    ])  # fmt: skip
    _table(folder / "baseline.csv", [
        {"place_id": i, "holder": held, "as_of": days[0], "basis": "report", "source": "x"}
        for i, _, _, _, held in towns if held
    ])  # fmt: skip
    _table(folder / "sources.csv", [
        {"id": "gazette", "name": "Gazette", "reliability": "B", "lean": "independent"}
    ])  # fmt: skip
    _table(folder / "claims" / "claims.csv", claims)
    _table(folder / "highways.csv", highways)
    _table(folder / "posts.csv", posts)
    if courses:
        collection = {"type": "FeatureCollection", "features": list(courses)}
        (folder / "highways.geojson").write_text(json.dumps(collection), encoding="utf-8")
    return folder


def _table(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write a table; without rows the one of the new folder stays."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    head = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or head)
        writer.writeheader()
        writer.writerows(rows)
