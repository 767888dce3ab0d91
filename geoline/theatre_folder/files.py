"""Which files of a theatre's folder are read; what else lies there is told.

A file with data in it that no name of ours fits is most often meant for one that has: a
`water.geojson` beside the folder `areas`, a `claims.csv` beside the folder `claims`, a table saved
as XLSX.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from geoline.theatre_folder.polygons import POLYGON_FILES

__all__ = ["unread_files"]

HEAD = "theatre.toml"
# Of the folder itself, of the folder of its gazetteer, of `areas`, and the endings in `claims`.
TABLES = frozenset(
    {
        HEAD, "sources.csv", "baseline.csv", "highways.csv", "highways.geojson", "posts.csv",
        "figures.csv",
    }
)  # fmt: skip
PLACES = frozenset({"places.csv", "undecided.csv"})
AREAS = frozenset({"governorates.geojson", "land.geojson", "water.geojson"})
CLAIMS = frozenset({".csv", ".parquet"})
# Endings of files with data; pages, pictures and texts beside a theatre are nobody's input.
DATA = frozenset(
    {
        ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".geojson", ".parquet", ".kml", ".kmz",
        ".gpkg", ".shp", ".gml", ".zip", ".gz", ".toml",
    }
)  # fmt: skip
SHOWN = 5


def unread_files(folder: Path, gazetteer: Path) -> list[str]:
    """Say, in one line, which files with data nothing reads; an empty list if there are none."""
    here = TABLES | PLACES if gazetteer.resolve() == folder.resolve() else TABLES
    found = [n for n in _data_files(folder) if n not in here and not _last_known(n)]
    found += [f"areas/{name}" for name in _data_files(folder / "areas") if name not in AREAS]
    found += [
        f"claims/{name}"
        for name in _data_files(folder / "claims")
        if Path(name).suffix not in CLAIMS
    ]
    if not found:
        return []
    names = ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
    which = ", ".join(sorted((TABLES | PLACES) - {HEAD}))
    return [f"nothing reads {names}; read are {which}, claims/ and areas/"]


def _last_known(name: str) -> bool:
    """Whether it is the file of the last known areas, whatever its kind."""
    return Path(name).stem == "baseline" and Path(name).suffix.lower() in POLYGON_FILES


def _data_files(folder: Path) -> list[str]:
    with suppress(OSError):
        return sorted(
            path.name
            for path in folder.iterdir()
            if path.suffix.lower() in DATA and not path.name.startswith(".") and path.is_file()
        )
    return []
