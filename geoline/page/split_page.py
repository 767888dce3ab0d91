"""The page as a folder: index.html, and a file for each span of days that its first view lacks.

For those who publish on the web: a reader fetches what is looked at. The files are scripts, which a
browser also loads where there is no host, from a disk. They are named by their content, so that a
page finds the days that it was made with, and what has not changed is not written again.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from geoline.cache import NO_STORE, Store
from geoline.errors import RequestError
from geoline.page.html_page import Document
from geoline.tables import check_target, replace_file
from geoline.theatre_folder import check_output

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geoline.page.html_page import Deflated

__all__ = ["check_folder", "split_page", "write_split"]

INDEX = "index.html"
_DAYS = re.compile(r"days-\d{4}-\d{2}-\d{2}-[0-9a-f]{12}\.js")
# What a page of ours has, and within so many bytes of its beginning.
_OURS, _LOOKED_AT = b'id="bundle"', 16_000


def split_page(
    payload: Mapping[str, Any], head: str = "", *, store: Store = NO_STORE
) -> dict[str, bytes]:
    """Make the files of a page, by name; index.html is the last.

    Parameters
    ----------
    payload, head, store
        As for `geoline.page.html_page.page_html`.

    Raises
    ------
    RequestError
        If a part of the payload is missing or cannot be written as JSON.
    """
    document = Document(payload, store)
    document.header = head
    files = {}
    for number, span in document.spans.items():
        first = payload["days"][document.span_starts[number]]
        span.file, content = _file(first, span)
        files[span.file] = content
    html = document.html(all_of_leaflet="tiles" in payload)
    return files | {INDEX: html.encode()}


def _file(first: str, span: Deflated) -> tuple[str, bytes]:
    digest = hashlib.sha256(span.letters.encode()).hexdigest()
    name = f"days-{first}-{digest[:12]}.js"
    letters = span.letters.replace("\\", "\\\\")
    return name, f'geolineFiles["{name}"]=[{span.size},"{letters}"];\n'.encode()


def check_folder(folder: Path, theatre: Path | None = None) -> None:
    """See, before any work is done, that a page can be written there and nothing is lost by it.

    Parameters
    ----------
    folder
        Where; it is made if it is not there, the one it lies in has to be.
    theatre
        The folder of the theatre, if it has one.

    Raises
    ------
    RequestError
        If it is no folder, holds another page, cannot be written to, or is read as part of the
        theatre.
    """
    if folder.suffix.lower() in {".html", ".htm"} or (folder.exists() and not folder.is_dir()):
        message = f"--split writes a folder, and {folder} names a file; give one such as -o map"
        raise RequestError(message)
    index = folder / INDEX
    target = index if folder.is_dir() else folder
    if theatre is None:
        check_target(target)
    else:
        check_output(target, theatre)
    if not index.exists():
        return
    try:
        with index.open("rb") as file:
            ours = _OURS in file.read(_LOOKED_AT)
    except OSError:
        ours = False
    if not ours:
        message = f"{index} is another page, which would be lost; name another folder"
        raise RequestError(message)


def write_split(files: Mapping[str, bytes], folder: Path) -> int:
    """Write a page's files to a folder, which has the whole page or is as it was.

    What is there as it would be written stays; days of an earlier page go when the new one stands.

    Parameters
    ----------
    files
        As `split_page` makes them.
    folder
        Made if it is not there; the one it lies in has to be.

    Returns
    -------
    int
        Number of bytes of the page.

    Raises
    ------
    RequestError
        If it is no folder, holds another page, or cannot be written to.
    """
    check_folder(folder)
    new: list[Path] = []
    try:
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            if _is_there(folder / name, content):
                continue
            if not (folder / name).exists():
                new.append(folder / name)
            replace_file(folder / name, content)
    except OSError as error:
        for path in new:
            with suppress(OSError):
                path.unlink()
        message = f"cannot write {folder}: {error.strerror}; choose another place with -o FOLDER"
        raise RequestError(message) from error
    for path in folder.iterdir():
        if _DAYS.fullmatch(path.name) and path.name not in files:
            with suppress(OSError):
                path.unlink()
    return sum(map(len, files.values()))


def _is_there(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
