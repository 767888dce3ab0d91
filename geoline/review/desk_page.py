"""The desk as one HTML file: its markup, styles, scripts and data, sealed by a policy.

Every text of the data is untrusted: the scripts show it as text only.
"""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geoline.page import seal, write_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["desk_parts", "write_desk"]

# In the order in which they use each other; `openDesk` of the last opens the desk.
SCRIPTS = (
    "elements.js", "claims.js", "table.js", "decisions.js", "report.js", "map.js", "search.js",
    "form.js", "card.js", "desk.js",
)  # fmt: skip


def desk_parts() -> tuple[str, str]:
    """Give the scripts of the desk, which define `openDesk(root, payload)`, and its styles."""
    return "\n".join(_part(f"scripts/{name}") for name in SCRIPTS), _part("desk.css")


def write_desk(payload: Mapping[str, Any], path: Path) -> int:
    """Write the page; give the number of its bytes.

    Raises
    ------
    RequestError
        If the file cannot be written.
    """
    scripts, styles = desk_parts()
    # No tag may end the script that holds the data; half a surrogate pair stays an escape.
    data = json.dumps(payload, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
    opened = (
        'openDesk(document.getElementById("desk"),'
        ' JSON.parse(document.getElementById("payload").textContent), { keys: document });'
    )
    title = escape(" ".join(f"Review of {payload['table']}".split())[:200])
    html = _part("desk.html")
    # The page's own parts first: what comes from the table may say anything, a slot's name too, and
    # after its own slot there is none that it could be taken for.
    for slot, text in (
        ("/* styles */", styles),
        ("/* scripts */", f'(() => {{\n"use strict";\n{scripts}\n{opened}\n}})();'),
        ("/* payload */", data),
        ("<!-- title -->", title.encode("utf-8", "replace").decode()),
    ):
        html = html.replace(slot, text, 1)
    return write_page(seal(html, []), path)


def _part(name: str) -> str:
    text = files("geoline.review").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")
