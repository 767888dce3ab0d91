"""Where a command writes: a file, a folder of files, or a place of fsspec's."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geoline import tables, theatre_folder
from geoline.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_parted", "target_of"]


def is_parted(output: str) -> bool:
    """Whether a folder of files is meant: a name with / at its end."""
    return output.endswith("/")


@contextmanager
def target_of(output: str, folder: Path) -> Iterator[Path]:
    """Give the path to write to; what is meant for elsewhere is sent there when it is done.

    Parameters
    ----------
    output
        A file, a folder with / at its end, or an address of either (`s3://bucket/days/`).
    folder
        The theatre's, in which nothing may be written over.

    Raises
    ------
    RequestError
        If something would be lost, a folder is there already, or nothing can be written there.
    """
    parted = is_parted(output)
    if tables.is_remote(output):
        with tempfile.TemporaryDirectory(prefix="geoline-out-") as scratch:
            local = Path(scratch) / ("out" if parted else f"out{Path(output).suffix}")
            yield local
            tables.send_files(local, output)
        return
    target = Path(output)
    if parted and target.exists():
        message = f"{target} is there already; name a new folder"
        raise RequestError(message)
    theatre_folder.check_output(target, folder)
    yield target
