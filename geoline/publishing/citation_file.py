"""How to cite an edition, for programs (Citation File Format 1.2.0, the file that GitHub reads)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geoline import __version__

if TYPE_CHECKING:
    from geoline.publishing.edition import Edition

__all__ = ["CITATION_FILE", "citation_file"]

CITATION_FILE = "CITATION.cff"


def citation_file(edition: Edition) -> bytes:
    """Write the file: YAML whose texts are quoted as JSON quotes them.

    The version is the day of publication, under which `versions/` keeps the map.
    """
    day = edition.published.isoformat()
    theatre = edition.as_known.theatre
    said = {
        "cff-version": "1.2.0",
        "message": "Please cite the map as the edition that you used.",
        "type": "dataset",
        "title": f"{edition.title}: {theatre.first_day} to {theatre.last_day}",
        "abstract": edition.note,
        "version": day,
        "date-released": day,
    }
    if edition.url:
        said["url"] = edition.address(f"versions/{day}/index.html")
        said["repository"] = edition.url
    lines = [f"{key}: {_quoted(text)}" for key, text in said.items() if text]
    lines += ["authors:", f"  - name: {_quoted(theatre.publisher or edition.title)}"]
    lines += ["references:", "  - type: software", '    title: "geoline"']
    lines += [f"    version: {_quoted(__version__)}", "    authors:"]
    lines += ['      - name: "the geoline authors"']
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
