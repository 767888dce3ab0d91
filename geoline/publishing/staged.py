"""A folder that goes from one edition to the next as a whole.

What an edition changes is written into a folder beside the files, and moved into their places when
all of it is there. A run that is killed before leaves the old edition, byte for byte; one that is
killed while it moves is finished by the next.
"""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from geoline.errors import RequestError
from geoline.tables import alone, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["NEXT", "StagedFolder", "staged"]

# Where the next edition is put together, and the list of its files: there when it is whole.
NEXT, WHOLE = ".next", "whole.json"


class StagedFolder:
    """The folder as it will be.

    Parameters
    ----------
    folder
        Where it is.

    Attributes
    ----------
    written
        Files that were not there or had another content, paths in the folder.
    unchanged
        How many files were there already, as they would be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[str] = []
        self.unchanged = 0

    def put(self, path: str, content: bytes) -> bool:
        """Write a file if it is not there with that very content; whether it was written."""
        with suppress(OSError):
            if (self.folder / path).read_bytes() == content:
                self.unchanged += 1
                return False
        target = self.folder / NEXT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, content)
        self.written.append(path)
        return True

    def holds(self, path: str) -> bool:
        """Whether a file is there, or will be."""
        return (self.folder / NEXT / path).is_file() or (self.folder / path).is_file()

    def read(self, path: str) -> bytes:
        """Read a file as it will be.

        Raises
        ------
        OSError
            If there is none.
        """
        with suppress(FileNotFoundError):
            return (self.folder / NEXT / path).read_bytes()
        return (self.folder / path).read_bytes()

    def move(self) -> None:
        """Put all that was written in its place, last the files at the top, which name others."""
        if self.written:
            order = sorted(self.written, key=lambda path: ("/" not in path, path))
            replace_file(self.folder / NEXT / WHOLE, json.dumps(order).encode())
        _finish(self.folder)


@contextmanager
def staged(folder: Path) -> Iterator[StagedFolder]:
    """Open a folder for its next edition; nobody else may write it meanwhile.

    What a run that was killed had still to move is moved, what it had not finished is thrown away.

    Raises
    ------
    RequestError
        If another run is at it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with alone(folder):
            _finish(folder)
            yield StagedFolder(folder)
            # What an error left half done.
            _finish(folder)
    except BlockingIOError:
        message = f"another run publishes in {folder}; wait until it has ended"
        raise RequestError(message) from None


def _finish(folder: Path) -> None:
    """Move what is whole, and throw away what is not."""
    beside = folder / NEXT
    with suppress(FileNotFoundError, ValueError):
        for path in json.loads((beside / WHOLE).read_bytes()):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # moved before the run was killed
                (beside / path).replace(target)
    if beside.exists():
        shutil.rmtree(beside)
