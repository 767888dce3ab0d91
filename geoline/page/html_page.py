"""The web page: one HTML file that carries the map, its data and all that draws it.

`page_html` makes it from a payload, `write_page` puts it on disk. The page asks nothing of any
other host; Leaflet, the page's own scripts and the payload are one deflated bundle, which a small
script opens; a Content-Security-Policy allows these scripts alone, by their hashes.

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
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from geoline.cache import NO_STORE, Store
from geoline.errors import RequestError
from geoline.page.languages import word_lists
from geoline.page.letters import letters_of_bytes
from geoline.page.online import tile_host
from geoline.page.packing import pack
from geoline.tables import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


__all__ = ["Document", "page_html", "seal", "write_page"]

# Layers that are added to the map find Leaflet's map under this name, the same in every page.
MAP_NAME = "geoline_map"
MAP_SCRIPT = f"\n    const {MAP_NAME} = window.geoline.map;"
_SCHEMA = 1
_NEEDED = ("days", "bounds", "parties", "places", "status")
LOADER = ("inflate.js", "loader.js")
LOADER_OF_FILES = ("inflate.js", "files.js", "loader.js")
# The page draws of a day also what was before it, at most so many days (`daysAround` in `page.js`).
_BEFORE = 7
# In an order that brings together what shares words, since it is deflated; the page opens last.
SCRIPTS = (
    "shapes.js", "spans.js", "unpack.js", "model.js", "symbols.js", "download.js", "labels.js",
    "dots.js", "corners.js", "posts.js", "regions.js", "map.js", "tip.js", "chart.js", "events.js",
    "event_cards.js", "settlements.js", "cards.js", "legend.js", "roads.js", "compare.js",
    "language.js", "elements.js", "panel.js", "tools.js", "search.js", "marks.js", "online.js",
    "paper.js", "wait.js", "page.js",
)  # fmt: skip
_POLICY_SLOT = "<!-- content security policy -->"
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script\s*>", re.DOTALL)
_FOR_PEOPLE = re.compile(r"^\s*(/\*.*?\*/|//[^\n]*)\n|^\s+", re.MULTILINE | re.DOTALL)
# In styles, the blanks around what parts rules and declarations; a colon of a selector has none.
_BLANKS = re.compile(r"\s*([{};])\s*|([:,])\s+(?=\S)")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def page_html(payload: Mapping[str, Any], head: str = "", *, store: Store = NO_STORE) -> str:
    """Make the page of a payload, sealed with its policy.

    Parameters
    ----------
    payload
        As `geoline.page.payload.page_payload` makes it.
    head
        Markup that goes into the head: what links to the page show. No scripts.
    store
        Where spans of days are kept.

    Raises
    ------
    RequestError
        If a part of the payload is missing or cannot be written as JSON.
    """
    document = Document(payload, store)
    document.header = head
    return document.html(all_of_leaflet="tiles" in payload)


def write_page(html: str, path: Path) -> int:
    """Write the page to a file, which is replaced by the whole page or not at all.

    Parameters
    ----------
    html
        The page, as `page_html` makes it.
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
    content = html.encode()
    try:
        replace_file(path, content)
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}; choose another place with -o FILE"
        raise RequestError(message) from error
    return len(content)


class Deflated:
    """Text as it stands in the page: deflated, in letters; `size` is the number of bytes.

    If a `file` is named, the page has that name in their place.
    """

    def __init__(self, text: str) -> None:
        self.file = ""
        # Small blocks, for code, names and numbers follow each other: 2 per cent less than usual.
        deflate = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS, memLevel=5)
        content = deflate.compress(text.encode()) + deflate.flush()
        self.letters, self.size = letters_of_bytes(content), len(content)

    def script(self, name: str) -> str:
        """Write the element of the page that holds it, or names its file."""
        held = (
            f'data-file="{self.file}">' if self.file else f'data-bytes="{self.size}">{self.letters}'
        )
        return f'<script type="application/octet-stream" id="{name}" {held}</script>'


def _apart(packed: Mapping[str, Any], opening: int) -> tuple[list[Any], dict[int, Deflated]]:
    """Give the spans with None for those that the first view does without; and these, by number."""
    ends = [*packed["span_starts"][1:], opening + 1]
    shown = [
        start <= opening and end > opening - _BEFORE
        for start, end in zip(packed["span_starts"], ends, strict=True)
    ]
    spans = packed["spans"]
    return (
        [span if there else None for span, there in zip(spans, shown, strict=True)],
        {n: Deflated(_json(span)) for n, span in enumerate(spans) if not shown[n]},
    )


class Document:
    """The page of a payload, whose template puts it in place in one step.

    The usual way, text put into text that is then a template, would have the payload parsed as one:
    a place named "{{ … }}" would run as code.

    Raises
    ------
    RequestError
        If a part of the payload is missing or cannot be written as JSON.
    """

    def __init__(self, payload: Mapping[str, Any], store: Store = NO_STORE) -> None:
        missing = [key for key in _NEEDED if key not in payload]
        if payload.get("schema") != _SCHEMA or missing:
            lacking = ", ".join(missing) or f"schema {_SCHEMA}"
            message = (
                f"the payload of the map lacks {lacking}; build it with this version of geoline"
            )
            raise RequestError(message)
        if not payload["days"]:
            message = "there is no day to show; widen the period (--from, --to)"
            raise RequestError(message)
        title = " ".join(str(payload.get("title", "Front-line map")).split())[:200]
        # Half a surrogate pair, which JSON may carry, cannot be written as UTF-8.
        self.page_title = title.encode("utf-8", "replace").decode()
        self.notice = (
            f"<!-- Leaflet, in the bundle below:\n{read_part('vendor/LICENSE-leaflet')}-->"
        )
        self.bundle = Deflated("")
        self.header, self.body = "", ""
        self._hosts = [tile_host(payload["tiles"]["url"])] if "tiles" in payload else []
        packed = pack(payload, store)
        packed["spans"], self.spans = _apart(packed, payload.get("opening", 0))
        self.span_starts: list[int] = packed["span_starts"]
        self._payload = _json(packed)
        self._words = word_lists(payload.get("languages", ()))

    def html(self, script: str = MAP_SCRIPT, *, all_of_leaflet: bool = False) -> str:
        """Write the page.

        Parameters
        ----------
        script
            Comes after the page's own; gives Leaflet's map a name, and may add to it.
        all_of_leaflet
            Whether that script may ask for any part of Leaflet; the page asks for few.
        """
        leaflet = "leaflet" if all_of_leaflet else "leaflet-map"
        library = read_part(f"vendor/{leaflet}.js").rsplit("//# sourceMappingURL=", 1)[0].rstrip()
        scripts = [_line_feeds(one) for one in (library, _scope(SCRIPTS), script)]
        styles = [_squeezed(read_part(f"vendor/{leaflet}.css")), _squeezed(read_part("page.css"))]
        carried = {
            "styles": styles,
            "markup": _bare(read_part("body.html")),
            "scripts": scripts,
            "words": self._words,
        }
        text = f'{_json(carried)[:-1]},"payload":{self._payload}}}'
        self.bundle = Deflated(text)
        in_files = any(span.file for span in self.spans.values())
        data = [self.bundle.script("bundle")]
        data += [span.script(f"span-{number}") for number, span in self.spans.items()]
        loader = f"<script>{_scope(LOADER_OF_FILES if in_files else LOADER)}</script>"
        # What is put in is looked through for no names: a place may be called "$title".
        html = Template(read_part("template.html").removesuffix("\n")).substitute(
            notice=self.notice,
            policy=_POLICY_SLOT,
            title=_escaped(self.page_title),
            header=self.header,
            body=self.body,
            scripts="\n".join([data[0], loader, *data[1:]]),
        )
        return seal(html, scripts, self._hosts, in_files=in_files)


def seal(
    html: str, scripts: Sequence[str], hosts: Sequence[str] = (), *, in_files: bool = False
) -> str:
    """Put the policy into the page: no request but for pictures of hosts, no script but its own.

    Parameters
    ----------
    html
        The page; a browser hashes a script after turning each line end into a line feed.
    scripts
        Those in the bundle.
    hosts
        From which it may have pictures.
    in_files
        Whether files beside it are its own, too.
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
    own = [*hashes, "'self'"] if in_files else hashes
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; "
        f"img-src {' '.join(['data:', 'blob:', *hosts])}; "
        f"script-src {' '.join(own)}; base-uri 'none'; form-action 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_POLICY_SLOT, meta, 1)


def _escaped(text: str) -> str:
    """Write text so that it is none of a page's markup."""
    return escape(text, quote=False).replace('"', "&#34;").replace("'", "&#39;")


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


def _squeezed(styles: str) -> str:
    r"""Take away of styles what a browser passes over.

    Examples
    --------
    >>> _squeezed("a:hover, b { color: red; }\n")
    'a:hover,b{color:red}'
    """
    bare = _BLANKS.sub(lambda found: found[1] or found[2], _bare(styles))
    return bare.replace(";}", "}")


def read_part(name: str) -> str:
    """Read a file of the page; line ends come back as line feeds."""
    return files("geoline.page").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")
