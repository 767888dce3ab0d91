"""The text of a report: out of a file in any of a few encodings, out of HTML without its furniture.

Of a page the blocks of prose are kept; navigation, captions and lists of links are dropped.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from geoline.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["SUFFIXES", "html_text", "read_report", "report_files"]

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml")
# Larger than this is no report.
MOST_BYTES = 200_000_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "br",
        "main",
        "header",
        "dd",
        "dt",
        "pre",
        "body",
    ]
)
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "figure",
        "figcaption",
        "template",
        "svg",
        "iframe",
        "head",
        "menu",
        "label",
    ]
)
_VOID = frozenset(
    [
        "br",
        "img",
        "hr",
        "input",
        "meta",
        "link",
        "source",
        "area",
        "base",
        "col",
        "embed",
        "track",
        "wbr",
    ]
)
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|related|share|sharing|social|comments?|sidebar|footer|breadcrumbs?|"
    r"caption|promo|newsletter|subscribe|cookie|advert\w*|ads?|recommended|trending|popular|"
    r"most-read|tags|author-bio|banner|hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:share(?: (?:this|on)\b.*)?|tweet|facebook|twitter|whatsapp|email|print|"
    r"read (?:more|also)\b.*|"
    r"related(?: (?:articles?|stories|news|topics?))?:?|advertisement|sign up\b.*|subscribe\b.*|"
    r"follow us\b.*|more on this\b.*|recommended\b.*|most (?:read|popular)\b.*|see also:?\b.*|"
    r"(?:file )?photo:.*|copyright\b.*|©.*|all rights reserved\b.*|"
    r"watch:.*|listen:.*|.{0,60}\[(?:ap|afp|reuters|getty)[^\]]*\])$",
    re.IGNORECASE,
)
# Part of a block that stands in links from which on it is a list of links.
MOSTLY_LINKS = 0.6


def report_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Give the files named, and those of the folders named, in the order of their names.

    Raises
    ------
    DataError
        If there is no such file or folder.
    """
    for path in paths:
        if path.is_dir():
            found = (p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
            yield from sorted(found)
        elif path.is_file():
            yield path
        else:
            raise DataError(path.name, "is no file or folder; look at the path")


def read_report(path: Path) -> str:
    """Read the text of a report.

    Parameters
    ----------
    path
        Plain text or HTML; UTF-8, UTF-16 with its mark, what the page declares, or else
        windows-1256 (if it reads as Arabic) or windows-1252.

    Raises
    ------
    DataError
        If it is no text, or too large.
    """
    if path.stat().st_size > MOST_BYTES:
        raise DataError(path.name, f"is larger than {MOST_BYTES // 10**6} MB; is it a report?")
    data = path.read_bytes()
    text = _decoded(data, path.name)
    if path.suffix.lower() in {".html", ".htm", ".xhtml"} or _MARKUP.search(data[:2000]):
        return html_text(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    if b"\x00" in data[:4096]:
        raise DataError(name, "is no text; give plain text or HTML")
    declared = _CHARSET.search(data[:4096])
    for encoding in ("utf-8", declared[1].decode() if declared else ""):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    arabic = data.decode("windows-1256", errors="replace")
    letters = sum("\u0600" <= letter <= "\u06ff" for letter in arabic[:20_000])
    if letters > 0.3 * max(1, sum(letter.isalpha() for letter in arabic[:20_000])):
        return arabic
    return data.decode("windows-1252", errors="replace")


def html_text(page: str) -> str:
    r"""Give the prose of a page, its blocks parted by empty lines.

    Examples
    --------
    >>> html_text("<nav><a>Home</a></nav><h1>Town taken</h1><p>The army <b>took</b> it.</p>")
    'Town taken\n\nThe army took it.'
    """
    parser = _Prose()
    parser.feed(page)
    parser.close()
    parser.block()
    return "\n\n".join(parser.blocks)


class _Prose(HTMLParser):
    """Collects blocks of prose."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._dropped = self._linked = self._links = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.block()
        if tag in _VOID:
            return
        if tag in {"p", "li", "tr", "td", "option"} and self._open and self._open[-1][0] == tag:
            self.handle_endtag(tag)  # its end may be left out
        marks = " ".join(value or "" for key, value in attrs if key in {"class", "id", "role"})
        drop = tag in _DROPPED or (
            tag not in {"body", "html", "main"} and bool(_BOILERPLATE.search(marks))
        )
        self._open.append((tag, drop))
        self._dropped += drop
        self._linked += tag == "a"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.block()
        if not any(name == tag for name, _ in self._open):
            return
        while self._open:
            name, drop = self._open.pop()
            self._dropped -= drop
            self._linked -= name == "a"
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self._text.append(data)
            self._links += len(data.strip()) if self._linked else 0

    def block(self) -> None:
        """Close a block; keep it if it is prose."""
        text = " ".join("".join(self._text).split())
        links, self._links, self._text = self._links, 0, []
        if text and links <= MOSTLY_LINKS * len(text) and not _FURNITURE.match(text):
            self.blocks.append(text)
