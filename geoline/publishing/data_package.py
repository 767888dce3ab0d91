"""The description of the data of an edition, for programs (Frictionless Data Package v1)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.publishing.edition import Edition

__all__ = ["data_package"]

_MEDIA = {
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
    ".csv": "text/csv",
}


def data_package(edition: Edition, folder: Path, files: dict[str, str]) -> bytes:
    """Describe files of the folder: what each is, how long, and its SHA-256.

    Parameters
    ----------
    edition
        What is published.
    folder
        Where the files are.
    files
        What each is, by its path in the folder.
    """
    theatre = edition.as_known.theatre
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": theatre.id,
        "title": edition.title,
        "description": edition.note,
        "created": f"{edition.published.isoformat()}T00:00:00Z",
        "sources": [{"title": text} for text in theatre.credits],
        "resources": [_resource(folder, path, title) for path, title in sorted(files.items())],
    }
    if edition.url:
        package["homepage"] = edition.url
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _resource(folder: Path, path: str, title: str) -> dict[str, Any]:
    content = (folder / path).read_bytes()
    ending = path[path.rindex(".") :]
    return {
        "name": path.partition("/")[2].replace(".", "-").lower(),
        "path": path,
        "title": title,
        "format": ending[1:],
        "mediatype": _MEDIA[ending],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
