"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

__all__ = ["replace_file"]


def replace_file(path: Path, content: bytes) -> None:
    """Put the content in the file's place in one step, by way of a new file beside it.

    Raises
    ------
    OSError
        If it cannot be written; what was there before is still there, and nothing else.
    """
    # A link is followed, so that the file behind it changes and the link stays.
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(_mode(target))
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def _mode(target: Path) -> int:
    """Permissions of the file, or those that a new file would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    # The mask can only be read by setting it; a temporary file is private, a page is not.
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
