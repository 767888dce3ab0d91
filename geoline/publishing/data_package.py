"""The description of the data of an edition, for programs (Frictionless Data Package v1)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from geoline.export import CLAIM_TABLE

if TYPE_CHECKING:
    from geoline.publishing.edition import Edition
    from geoline.publishing.staged import StagedFolder

__all__ = ["data_package"]

_MEDIA = {
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
    ".csv": "text/csv",
}


def data_package(edition: Edition, folder: StagedFolder, files: dict[str, str]) -> bytes:
    """Describe files of the folder: what each is, how long, and its SHA-256.

    Parameters
    ----------
    edition
        What is published.
    folder
        That has the files, or will.
    files
        What each is, by its path in the folder.
    """
    theatre = edition.as_known.theatre
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": theatre.id,
        "title": edition.title,
        "description": edition.note,
        "version": edition.published.isoformat(),
        "created": f"{edition.published.isoformat()}T00:00:00Z",
        "sources": [{"title": text} for text in theatre.credits],
        "resources": [
            _resource(folder.read(path), path, title) for path, title in sorted(files.items())
        ],
    }
    if edition.url:
        package["homepage"] = edition.url
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _resource(content: bytes, path: str, title: str) -> dict[str, Any]:
    ending = path[path.rindex(".") :]
    described: dict[str, Any] = {
        "name": path.partition("/")[2].replace(".", "-").lower(),
        "path": path,
        "title": title,
        "format": ending[1:],
        "mediatype": _MEDIA[ending],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if ending != ".parquet":
        described["encoding"] = "utf-8"
    if ending == ".csv":
        described |= {"profile": "tabular-data-resource", "schema": {"fields": _FIELDS}}
    return described


_TYPES = {"lat": "number", "lon": "number"} | dict.fromkeys(
    ("date_start", "date_end", "published"), "date"
)
_FIELDS = [{"name": name, "type": _TYPES.get(name, "string")} for name in CLAIM_TABLE]
