"""What a theatre's folder says, kept from the last time that it was read.

The key is the digest of every file that is read, so that what was kept is never out of date; a file
that changes while the folder is read makes it be read again next time.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from geoline.errors import DataError
from geoline.theatre_folder.theatre_data import TheatreData, read_theatre_folder
from geoline.theatre_folder.theatre_toml import TheatreFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geoline.cache import Store

__all__ = ["kept_theatre"]

# Of larger theatres the folder is read each time: what is kept would push out what is drawn.
MOST_BYTES = 20_000_000


class _NotKept(Exception):  # noqa: N818  (no error: it carries what was read past the store)
    def __init__(self, data: TheatreData) -> None:
        super().__init__()
        self.data = data


def kept_theatre(folder: Path, store: Store) -> TheatreData:
    """Read and check a theatre's folder, or take what it said from the store.

    Parameters
    ----------
    folder
        The folder.
    store
        Where what it says is kept.

    Raises
    ------
    DataError
        As `geoline.theatre_folder.read_theatre_folder` does.
    """
    key = _digest(folder) if store.keeps else ""
    if not key:
        return read_theatre_folder(folder)

    def read() -> TheatreData:
        data = read_theatre_folder(folder)
        if _digest(folder) != key:
            raise _NotKept(data)
        return data

    try:
        return store.kept("theatre", key, read)
    except _NotKept as changed:
        return changed.data


def _digest(folder: Path) -> str:
    """Give the digest of where a folder is and of all that is read of it.

    Empty where that cannot be told, and where there is too much of it.
    """
    try:
        folder = folder.resolve()
        head = TheatreFile(folder).data
        places = [head[key] for key in ("gazetteer", "country_places") if key in head]
        folders = [folder, folder / "areas", folder / "claims", *(folder / name for name in places)]
        files = [path for one in folders for path in _files(one)]
        if sum(path.stat().st_size for path in files) > MOST_BYTES:
            return ""
        found = hashlib.blake2b(str(folder).encode("utf-8", "surrogateescape"))
        for path in files:
            content = path.read_bytes()
            name = str(path).encode("utf-8", "surrogateescape")
            found.update(b"%d %d " % (len(name), len(content)) + name + content)
    except (DataError, OSError, TypeError, ValueError):  # reading the folder says what is wrong
        return ""
    return found.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else ()
