"""Make the folder of a new theatre: every file that it needs, ready to be filled.

The files are copied from `geoline/theatre_folder/starter/`; `theatre.toml` and `README.md` say what
goes where.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from string import Template

from anyascii import anyascii

from geoline.dates import parse_day
from geoline.errors import RequestError

__all__ = ["new_theatre"]

# Files with the theatre's name and days in them.
_FILLED = ("theatre.toml", "README.md")
# Days of a theatre of which nothing is said.
_FIRST, _LAST = date(2024, 5, 1), date(2024, 5, 31)


def new_theatre(
    folder: Path, first: date | str | None = None, last: date | str | None = None
) -> list[Path]:
    """Make the folder of a new theatre, whole or not at all.

    Parameters
    ----------
    folder
        Where it is made; the last part of the path names the theatre. It must not exist, or be
        empty.
    first, last
        Its first and last day, ISO text or date; to be corrected in `theatre.toml` if left out.

    Returns
    -------
    list
        The files made, sorted; paths from the folder.

    Raises
    ------
    RequestError
        If the folder holds something, its name has no letter, a day is none or the last is before
        the first.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     made = new_theatre(Path(place) / "my-valley")
    >>> [str(path) for path in made if path.suffix in {".toml", ".md"}]
    ['README.md', 'theatre.toml']
    """
    name = folder.resolve().name
    identifier = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
    if not identifier:
        message = f"'{name}' names no theatre; give it a name with letters, such as my-valley"
        raise RequestError(message)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        message = f"{folder} is there already; choose another name, or remove it first"
        raise RequestError(message)
    start, end = _day(first) or _day(last) or _FIRST, _day(last) or _day(first) or _LAST
    if end < start:
        message = f"{end} is before {start}; give the earlier day first"
        raise RequestError(message)
    title = re.sub(r'["\\\x00-\x1f]', "", name).replace("-", " ").replace("_", " ")
    words = {
        "id": identifier,
        "name": title[:1].upper() + title[1:],
        "first": start.isoformat(),
        "last": end.isoformat(),
    }
    try:
        return _written(folder, words)
    except OSError as error:
        message = f"cannot make {folder}: {error.strerror or error}; choose another place"
        raise RequestError(message) from error


def _written(folder: Path, words: dict[str, str]) -> list[Path]:
    """Write the files beside the folder, then put them in its place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".geoline-", dir=folder.parent) as beside:
        made = Path(beside) / folder.name
        with as_file(files("geoline.theatre_folder") / "starter") as starter:
            shutil.copytree(starter, made, copy_function=shutil.copyfile)
        for name in _FILLED:
            path = made / name
            text = Template(path.read_text(encoding="utf-8")).substitute(words)
            path.write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def _day(day: date | str | None) -> date | None:
    if not isinstance(day, str):
        return day
    try:
        return parse_day(day)
    except ValueError as error:
        raise RequestError(str(error)) from None
