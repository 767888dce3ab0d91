"""The text of a report: out of a file in any of many encodings, out of HTML without its furniture.

Resiliparse (Apache-2.0) guesses encodings, parses pages and tells the article from navigation,
comments and links to other articles. Its choice is followed except where it leaves out prose of
the article: a sentence lost is worse than a caption kept (measures: docs/method.md).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree

from geoline.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

__all__ = ["SUFFIXES", "html_text", "prose_of", "read_report", "report_files"]

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml")
# Larger than this is no report.
MOST_BYTES = 200_000_000
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
# No text has these; markup is marked with them on its way through the library.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_HEADLINE, _LINK, _LINK_END, _ITEM, _LINE = "\x01\x02\x03\x04\x05"
_MARKED = re.compile(r"<(h1|a|li|td|th)(?=[\s>])[^<>]{0,2000}>|</a\s*>", re.IGNORECASE)
_MARKS = {"h1": _HEADLINE, "a": _LINK, "li": _ITEM, "td": _ITEM, "th": _ITEM}
_LEADING = re.compile(f"([{_HEADLINE}{_ITEM}])\\s+")
# A link reaches no further than this, if its end was left out.
_LINKED = re.compile(f"{_LINK}[^{_LINK}{_LINK_END}]{{0,600}}{_LINK_END}")
_PICTURES = "img, area, svg, canvas, object, embed, video, audio"
# A cell or item that is a link as long as a headline is one to another article.
_TEASER = re.compile(f"{_ITEM}{_LINK}[^{_LINK}{_LINK_END}\n]{{30,600}}{_LINK_END}(?=[\t\n]|$)")
# What is no part of an article wherever it stands; the library knows further marks.
_FURNITURE = (
    "nav, aside, footer, figcaption, menu, dialog",
    "[role=navigation], [role=dialog], [role=contentinfo], [role=search]",
    ".comments:not(:has(h1)), #comments:not(:has(h1))",
    "[class*=caption i]:not(:has(p ~ p)), [class*=newsletter i]:not(:has(p ~ p))",
)
_CLOSED = re.compile(r"[.!?؟۔…:。][\"”’»'’)\]\s]*$")
# Characters from which on a closed line, and any line, is prose; and what a list of links is.
SENTENCE, PARAGRAPH, MOSTLY_LINKS = 40, 120, 0.6
# Part of a page's prose below which the library's choice is no article.
LEAST_ARTICLE = 0.3
# Prose that stands within so many lines of an article's end is of the article.
NEAR_END = 4
DEEPEST = 1000
_PRE = re.compile(r"<(/?)pre(?=[\s>])[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]{0,2000}>")
# Elements that have no end, or whose end is mostly left out.
_ENDLESS = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr", "p", "li", "td", "th", "tr", "dd", "dt", "option", "thead", "tbody",
    "tfoot", "colgroup",
})  # fmt: skip
# What a page says to machines.
_SILENT = re.compile(
    r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)


def report_files(paths: Sequence[Path], suffixes: Collection[str] = SUFFIXES) -> Iterator[Path]:
    """Give the files named, and those of the folders named, in the order of their names.

    Parameters
    ----------
    paths
        Files and folders.
    suffixes
        Endings of the files in folders that are reports.

    Raises
    ------
    DataError
        If there is no such file or folder.
    """
    for path in paths:
        if path.is_dir():
            found = (p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in suffixes)
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
        Plain text or HTML; UTF-8 or UTF-16, with or without its mark, or else what the page
        declares, or what its letters look like.

    Raises
    ------
    DataError
        If it is no text, or too large.
    """
    if path.stat().st_size > MOST_BYTES:
        raise DataError(path.name, f"is larger than {MOST_BYTES // 10**6} MB; is it a report?")
    text = _decoded(path.read_bytes(), path.name)
    return prose_of(text, is_page=path.suffix.lower() in {".html", ".htm", ".xhtml"})


def prose_of(text: str, *, is_page: bool = False) -> str:
    """Give the text of a report, also of one that is a page by what it looks like."""
    if is_page or _MARKUP.search(text[:2000]):
        return html_text(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, name: str) -> str:
    start = data[:4096]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _only_text(data.decode("utf-16", errors="replace"), name)
    if b"\x00" in start:
        # UTF-16 without its mark: of blanks and Latin letters the upper byte is 0.
        big = start[::2].count(0) > start[1::2].count(0)
        encoding = "utf-16-be" if big else "utf-16-le"
        return _only_text(data.decode(encoding, errors="replace"), name)
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    for by_declaration in (True, False):
        with suppress(UnicodeDecodeError, LookupError):
            found = detect_encoding(data, html5_compatible=False, from_html_meta=by_declaration)
            return data.decode(found or "windows-1252")
    # A byte of it is broken; the rest is to be read.
    return data.decode("utf-8-sig" if found == "utf-8" else "windows-1252", errors="replace")


def _only_text(text: str, name: str) -> str:
    if _CONTROL.search(text):
        raise DataError(name, "is no text; give plain text or HTML")
    return text


class _Block(NamedTuple):
    """A line of a page: its text, whether it is a headline or an item, and its part in links."""

    text: str
    headline: bool
    item: bool
    linked: float

    @property
    def prose(self) -> bool:
        size = len(self.text)
        closed = size >= SENTENCE and bool(_CLOSED.search(self.text))
        return self.linked <= MOSTLY_LINKS and (closed or size >= PARAGRAPH)


def html_text(page: str) -> str:
    r"""Give the prose of a page, its blocks parted by empty lines.

    Examples
    --------
    >>> html_text("<nav><a>Home</a></nav><h1>Town taken</h1><p>The army <b>took</b> it.</p>")
    'Town taken\n\nThe army took it.'
    """
    page = _CONTROL.sub(" ", page)
    if _depth(page) > DEEPEST:  # no page of a person's making
        return _without_tags(page)
    tree = HTMLTree.parse(_MARKED.sub(_mark, _PRE.sub(_Outermost(), page)))
    if tree.document is None:
        return ""
    for lines in tree.document.query_selector_all("pre"):
        lines.text = (lines.text or "").replace("\n", _LINE)
    blocks = [
        block
        for block in _article(_blocks(tree), _blocks(tree, main=True))
        if block.headline or block.linked <= MOSTLY_LINKS or len(block.text) >= PARAGRAPH
    ]
    text = "\n\n".join(block.text for block in blocks or _blocks(tree, furniture=()))
    return text.replace(_LINE, "\n")


def _depth(page: str) -> int:
    """Give how deep the elements of a page lie in each other; the library takes its square."""
    depth = deepest = 0
    for closing, name in _TAG.findall(page):
        if name.lower() not in _ENDLESS:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _without_tags(page: str) -> str:
    """Give the text between the tags of a page, for one whose elements make no sense."""
    lines = _TAG.sub("\n", _SILENT.sub(" ", page)).split("\n")
    return "\n\n".join(html.unescape(" ".join(line.split())) for line in lines if line.strip())


class _Outermost:
    """Leaves out the tags of preformatted text within preformatted text."""

    def __init__(self) -> None:
        self._depth = 0

    def __call__(self, tag: re.Match[str]) -> str:
        if tag[1]:
            self._depth = max(0, self._depth - 1)
        inside = self._depth > 0
        if not tag[1]:
            self._depth += 1
        return "" if inside else tag[0]


def _mark(tag: re.Match[str]) -> str:
    return tag[0] + _MARKS[tag[1].lower()] if tag[1] else _LINK_END + tag[0]


def _blocks(
    tree: HTMLTree, *, main: bool = False, furniture: Sequence[str] = _FURNITURE
) -> list[_Block]:
    """Give the visible lines of a page, or those that the library holds to be its article."""
    text = extract_plain_text(
        tree,
        main_content=main,
        list_bullets=False,
        comments=False,
        skip_elements=[_PICTURES, *furniture],
    )
    text = _LEADING.sub(r"\1", text)
    if furniture:
        text = _TEASER.sub("", text)
    # A row is kept or left out as a whole, and read cell by cell.
    text = text.replace("\t\t", 2 * _LINE)
    text = _LINKED.sub(lambda link: link[0].replace("\n", f"{_LINK_END}\n{_LINK}"), text)
    blocks = []
    for line in text.split("\n"):
        plain = " ".join(re.sub("[\x01-\x04]", "", line).split())
        if plain.replace(_LINE, "").strip():
            linked = sum(len(link) - 2 for link in _LINKED.findall(line)) / len(plain)
            blocks.append(_Block(plain, _HEADLINE in line, _ITEM in line, linked))
    return blocks


def _article(visible: list[_Block], main: list[_Block]) -> list[_Block]:
    """Give the library's article and the prose and items within it that it left out."""
    kept = _in_both(visible, main)
    prose = [len(block.text) * block.prose for block in visible]
    found = sum(size for size, k in zip(prose, kept, strict=True) if k)
    ends = [n for n, block in enumerate(visible) if kept[n] and (prose[n] or block.headline)]
    if not ends or found < LEAST_ARTICLE * sum(prose):
        return visible
    last = ends[-1]
    for n in range(ends[0] + 1, len(visible)):
        if prose[n] and last < n <= last + NEAR_END:
            last = n
        _keep_more(visible, kept, n, prose=bool(prose[n]), inside=n <= last)
    return [block for block, k in zip(visible, kept, strict=True) if k]


def _in_both(visible: list[_Block], main: list[_Block]) -> list[bool]:
    """Tell for each line of a page whether it is in the library's article."""
    left = Counter(block.text for block in main)
    kept = []
    for block in visible:
        kept.append(left[block.text] > 0)
        left[block.text] -= 1
    return kept


def _keep_more(
    visible: list[_Block], kept: list[bool], at: int, *, prose: bool, inside: bool
) -> None:
    """Keep a line that the library left out: prose within the article, with the line above it."""
    block = visible[at]
    if prose and inside and not kept[at]:
        kept[at] = True
        # A line above it that was left out too is its heading.
        kept[at - 1] |= visible[at - 1].linked <= MOSTLY_LINKS
    elif block.item and block.linked <= MOSTLY_LINKS and (inside or kept[at - 1]):
        kept[at] = True
