"""Which files of a theatre's folder are read; what else lies there is told, no output replaces one.

A file with data in it that no name of ours fits is most often meant for one that has: a
`baseline.geojson`, a second `claims.csv` beside the folder `claims`, a table saved as XLSX.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

from geoline.errors import RequestError
from geoline.tables import check_target

__all__ = ["check_output", "unread_files"]

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


def check_output(
    path: Path, folder: Path | None = None, *, others: tuple[Path | None, ...] = ()
) -> None:
    """See, before any work is done, that an output destroys nothing.

    Parameters
    ----------
    path
        Where it is to be written.
    folder
        The theatre's.
    others
        What the same command reads or writes besides; None is passed over.

    Raises
    ------
    RequestError
        If it is a table of the theatre, or would be read as one; or a folder, a device or a pipe;
        or one of the others; or its folder is missing.
    """
    check_target(path, others=others)
    if folder is not None and _is_read(path.resolve(), folder.resolve()):
        message = f"{path} is read as a part of the theatre; write to another file"
        raise RequestError(message)


def _is_read(target: Path, folder: Path) -> bool:
    gazetteer = _gazetteer(folder)
    named = {folder / name for name in TABLES - {"figures.csv"}}
    named |= {gazetteer / name for name in PLACES}
    named |= {folder / "areas" / name for name in AREAS}
    if target in named or (target.parent == folder / "claims" and target.suffix in CLAIMS):
        return True
    # The same file by another name: a hard link, or capitals where they do not count.
    listed = [*named, folder / "figures.csv"]
    with suppress(OSError):
        listed += [p for p in (folder / "claims").iterdir() if p.suffix in CLAIMS]
    with suppress(OSError):
        return target.exists() and any(p.exists() and target.samefile(p) for p in listed)
    return False


def _gazetteer(folder: Path) -> Path:
    try:
        head = tomllib.loads((folder / HEAD).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return folder
    said = head.get("gazetteer")
    return (folder / said).resolve() if isinstance(said, str) else folder


def unread_files(folder: Path, gazetteer: Path) -> list[str]:
    """Say, in one line, which files with data nothing reads; an empty list if there are none."""
    here = TABLES | PLACES if gazetteer.resolve() == folder.resolve() else TABLES
    found = [name for name in _data_files(folder) if name not in here]
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


def _data_files(folder: Path) -> list[str]:
    with suppress(OSError):
        return sorted(
            path.name
            for path in folder.iterdir()
            if path.suffix.lower() in DATA and not path.name.startswith(".") and path.is_file()
        )
    return []
