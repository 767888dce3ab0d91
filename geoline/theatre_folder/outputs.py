"""Where nothing may be written: over what is read.

A theatre's tables are the work of months; a page written over one of them is lost work. So is what
would be read as one the next time.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from geoline.errors import DataError, RequestError
from geoline.tables import check_target
from geoline.theatre_folder.theatre_toml import TheatreFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["check_output"]

# All in these folders is read, and at the top of a theatre or its gazetteer these files.
FOLDERS = frozenset({"claims", "areas"})
FILES = frozenset({
    "theatre.toml", "places.csv", "undecided.csv", "sources.csv", "baseline.csv", "highways.csv",
    "highways.geojson", "posts.csv", "figures.csv",
})  # fmt: skip
BASELINE = "baseline"


def check_output(path: Path, folder: Path, others: Iterable[Path | None] = ()) -> None:
    """See, before any work is done, that a file can be written and nothing is lost by it.

    Parameters
    ----------
    path
        The file to be written; a link is followed.
    folder
        The theatre's.
    others
        What the same command reads or writes besides; of a folder, all that is in it.

    Raises
    ------
    RequestError
        If it is a folder, a device, a pipe or one of the others, cannot be written, or is read as
        part of the theatre.
    """
    named = [other for other in others if other is not None]
    check_target(path, others=tuple(other for other in named if not other.is_dir()))
    target = path.resolve()
    holds = _holding(target, named) if target.exists() else None
    if holds:
        message = f"{path} lies in {holds}, which is read; choose another name"
        raise RequestError(message)
    if any(_is_read(target, root) or _is_linked(target, root) for root in _roots(folder)):
        message = f"{path} is read as part of the theatre; choose another name"
        raise RequestError(message)


def _holding(target: Path, others: Iterable[Path]) -> Path | None:
    """Give the first folder that the target lies in."""
    parents = target.parents
    return next((o for o in others if o.is_dir() and o.resolve() in parents), None)


def _roots(folder: Path) -> Iterator[Path]:
    """Give the theatre's folder and that of its gazetteer."""
    yield folder.resolve()
    with suppress(DataError):
        yield (folder / TheatreFile(folder).get("gazetteer", str, ".")).resolve()


def _is_read(target: Path, root: Path) -> bool:
    if root not in target.parents:
        return False
    first, *deeper = target.relative_to(root).parts
    return first in FOLDERS if deeper else first in FILES or target.stem == BASELINE


def _is_linked(target: Path, root: Path) -> bool:
    """Whether the target is one of the tables by another name."""
    if not (target.exists() and target.stat().st_nlink > 1):
        return False
    tables = [root / name for name in sorted(FILES)]
    tables += [path for name in sorted(FOLDERS) for path in (root / name).rglob("*")]
    return any(target.samefile(table) for table in tables if table.is_file())
