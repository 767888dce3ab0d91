"""The web page: one HTML file that carries the map, its data and all that draws it.

`page` makes a `folium.Map` from a payload, `write_page` puts it on disk. The page asks nothing of
any other host: folium's links to content delivery networks are left out; Leaflet, the page's own
scripts and the payload are one deflated bundle, which a small script opens; a
Content-Security-Policy allows these scripts alone, by their hashes.

The payload is one JSON object. Every text in it is untrusted: the scripts show it as text only.
Geometry is written as flat lists of differences (`encode_line`), in units of 1e-4 degree, latitude
before longitude, WGS 84.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure
from folium.template import Template

from geoline.errors import RequestError
from geoline.page.languages import word_lists
from geoline.page.letters import letters_of_bytes
from geoline.page.packing import pack
from geoline.tables import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


__all__ = ["page", "write_page"]


_SCHEMA = 1
_NEEDED = ("days", "bounds", "parties", "places", "status")
LOADER = ("inflate.js", "loader.js")
# In an order that brings together what shares words, since it is deflated; the page opens last.
SCRIPTS = (
    "shapes.js", "unpack.js", "model.js", "symbols.js", "download.js", "labels.js", "dots.js",
    "map.js", "tip.js", "chart.js", "events.js", "event_cards.js",
    "settlements.js", "cards.js", "legend.js", "roads.js", "compare.js", "language.js",
    "elements.js", "panel.js", "tools.js", "search.js", "page.js",
)  # fmt: skip
_POLICY_SLOT = "<!-- content security policy -->"
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script\s*>", re.DOTALL)
_FOR_PEOPLE = re.compile(r"^\s*(/\*.*?\*/|//[^\n]*)\n|^\s+", re.MULTILINE | re.DOTALL)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def page(payload: Mapping[str, Any]) -> folium.Map:
    """Make the map page of a payload.

    Parameters
    ----------
    payload
        The object that the page's scripts read; see the module `theatre`, which builds it.

    Returns
    -------
    folium.Map
        Shows itself in Jupyter; layers may be added to it as to any map of folium. Its root, a
        figure, renders the whole page.

    Raises
    ------
    RequestError
        If a part of the payload is missing or cannot be written as JSON.
    """
    missing = [key for key in _NEEDED if key not in payload]
    if payload.get("schema") != _SCHEMA or missing:
        lacking = ", ".join(missing) or f"schema {_SCHEMA}"
        message = f"the payload of the map lacks {lacking}; build it with this version of geoline"
        raise RequestError(message)
    if not payload["days"]:
        message = "there is no day to show; widen the period (--from, --to)"
        raise RequestError(message)
    south_west, north_east = payload["bounds"]
    middle = [(low + high) / 2 for low, high in zip(south_west, north_east, strict=True)]
    shown = _PageMap(location=middle)
    _PageFigure(payload).add_child(shown)
    return shown


def write_page(shown: folium.Map, path: Path) -> int:
    """Write the page to a file, which is replaced by the whole page or not at all.

    Parameters
    ----------
    shown
        A map made by `page`.
    path
        The file; one that exists is replaced.

    Returns
    -------
    int
        Number of bytes written.

    Raises
    ------
    RequestError
        If the file cannot be written.
    """
    content = shown.get_root().render().encode()
    try:
        replace_file(path, content)
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}; choose another place with -o FILE"
        raise RequestError(message) from error
    return len(content)


class _PageMap(folium.Map):
    """A map without tiles or links, drawn by the page's own scripts.

    Layers that a caller adds find Leaflet's map under this map's name.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "const {{ this.get_name() }} = window.geoline.map;"
        "{% endmacro %}"
    )

    def __init__(self, location: Sequence[float]) -> None:
        super().__init__(location=location, tiles=None)
        self.default_js = []
        self.default_css = []

    def get_name(self) -> str:
        """Name the map always the same, so that the same data give the same page."""
        return "geoline_map"


class _PageFigure(Figure):
    """The page itself. Its template puts the payload in place in one step.

    The usual way, an element in the figure's body, would have the finished text parsed as a
    template again: a place named "{{ … }}" would run as code.
    """

    def __init__(self, payload: Mapping[str, Any]) -> None:
        super().__init__(height="680px", width="100%")
        self.policy_slot = _POLICY_SLOT
        title = " ".join(str(payload.get("title", "Front-line map")).split())[:200]
        # Half a surrogate pair, which JSON may carry, cannot be written as UTF-8.
        self.page_title = title.encode("utf-8", "replace").decode()
        self.notice = (
            f"<!-- Leaflet, in the bundle below:\n{read_part('vendor/LICENSE-leaflet')}-->"
        )
        self.loader = _scope(LOADER)
        self.bundle, self.bundle_bytes = "", 0
        self._payload = _json(pack(payload))
        self._words = word_lists(payload.get("languages", ()))
        self._template = Template(read_part("template.html.jinja"))
        # The template of the page carries its own; folium's would come after the policy.
        self.header._children.clear()  # noqa: SLF001  (branca has no public way)

    def render(self, **kwargs: object) -> str:
        """Render the page and seal it with its policy."""
        for child in self._children.values():
            child.render(**kwargs)
        # What a caller has added may ask for any part of Leaflet; the page asks for few.
        added = len(self.script._children) > 1 or any(  # noqa: SLF001  (branca has no public way)
            child._children  # noqa: SLF001
            for child in self._children.values()
        )
        leaflet = "leaflet" if added else "leaflet-map"
        library = read_part(f"vendor/{leaflet}.js").rsplit("//# sourceMappingURL=", 1)[0].rstrip()
        scripts = [library, _scope(SCRIPTS), self.script.render(**kwargs)]
        scripts = [_line_feeds(script) for script in scripts]
        styles = [_bare(read_part(f"vendor/{leaflet}.css")), _bare(read_part("page.css"))]
        carried = {
            "styles": styles,
            "markup": _bare(read_part("body.html")),
            "scripts": scripts,
            "words": self._words,
        }
        text = f'{_json(carried)[:-1]},"payload":{self._payload}}}'
        # Small blocks, for code, names and numbers follow each other: 2 per cent less than usual.
        deflate = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS, memLevel=5)
        packed = deflate.compress(text.encode()) + deflate.flush()
        self.bundle, self.bundle_bytes = letters_of_bytes(packed), len(packed)
        return _seal(self._template.render(this=self, kwargs=kwargs), scripts)


def _seal(html: str, scripts: Sequence[str]) -> str:
    """Put the policy into the page: no request at all, and no script but those now in it.

    Parameters
    ----------
    html
        The page; a browser hashes a script after turning each line end into a line feed.
    scripts
        Those in the bundle.
    """
    html = _line_feeds(html)
    inline = [
        script["code"]
        for script in _SCRIPT.finditer(html)
        if "application/octet-stream" not in script["attributes"]
    ]
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for code in (*inline, *scripts)
    ]
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; "
        f"script-src {' '.join(hashes)}; base-uri 'none'; form-action 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_POLICY_SLOT, meta, 1)


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _json(value: Mapping[str, Any]) -> str:
    r"""Write JSON that can be encoded: half a surrogate pair is written as an escape.

    Examples
    --------
    >>> _json({"name": "\ud800"})
    '{"name":"\\ud800"}'
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        message = f"the payload of the map cannot be written as JSON: {error}"
        raise RequestError(message) from error
    return _HALF_PAIR.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _scope(names: Sequence[str]) -> str:
    """Join scripts in one scope: nothing of the page but `window.geoline` is global."""
    scripts = "\n".join(_bare(read_part(f"scripts/{name}")) for name in names)
    return f'(() => {{\n"use strict";\n{scripts}}})();'


def _bare(code: str) -> str:
    """Take away what only people read: indents, and comments that have lines of their own."""
    return _FOR_PEOPLE.sub("", code)


def read_part(name: str) -> str:
    """Read a file of the page; line ends come back as line feeds."""
    return files("geoline.page").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")
