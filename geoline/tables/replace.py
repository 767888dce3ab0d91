"""Write a file whole or not at all, and only where a file belongs."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geoline.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCKS = True
try:
    import fcntl
except ImportError:  # not POSIX
    LOCKS = False

__all__ = ["alone", "check_target", "replace_file"]


def check_target(path: Path, *, others: tuple[Path | None, ...] = ()) -> None:
    """See, before any work is done, that a file can be written here.

    Parameters
    ----------
    path
        Where; a link is followed.
    others
        What the same command writes or reads besides; None is passed over.

    Raises
    ------
    RequestError
        If it is a folder, a device or a pipe, its folder is missing or cannot be written to, or it
        is one of the others.
    """
    try:
        target = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        message = f"{str(path)!r} cannot be a file ({error}); choose another name"
        raise RequestError(message) from None
    if target.is_dir():
        message = f"{path} is a folder; name a file in it"
    elif target.exists() and not target.is_file():
        message = f"{path} is a device or a pipe, not a file; write a file and send that"
    elif not target.parent.is_dir():
        message = f"the folder {path.parent} does not exist; make it or choose another"
    elif not os.access(target.parent, os.W_OK | os.X_OK):
        message = f"the folder {path.parent} may not be written to; choose another"
    elif any(other is not None and _same(target, other) for other in others):
        message = f"{path} is written or read by this command already; choose another name"
    else:
        return
    raise RequestError(message)


def _same(target: Path, other: Path) -> bool:
    with suppress(OSError):
        return target == other.resolve() or (other.exists() and target.samefile(other))
    return False


def replace_file(path: Path, content: bytes) -> None:
    """Put the content in the file's place in one step, by way of a new file beside it.

    What runs that were killed left beside it goes.

    Raises
    ------
    RequestError
        If no file can be there, see `check_target`.
    OSError
        If it cannot be written; what was there before is still there, and nothing else.
    """
    check_target(path)
    # A link is followed, so that the file behind it changes and the link stays.
    target = path.resolve()
    _sweep(target)
    with _part(target) as (handle, fresh):
        try:
            # The file is closed after it was put in place: until then it is locked.
            with os.fdopen(os.dup(handle), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.chmod(_mode(target))
            if not LOCKS:  # nothing is locked, and no open file can be moved
                os.close(handle)
            fresh.replace(target)
        except BaseException:
            with suppress(OSError):
                fresh.unlink()
            raise


@contextmanager
def _part(target: Path) -> Iterator[tuple[int, Path]]:
    """Open a new file beside another, locked for as long as it is written."""
    while True:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=_part_prefix(target), suffix=".part"
        )
        if LOCKS:
            with suppress(OSError):  # some network drives lock nothing
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Another run may have taken it for a leaving before it was locked.
        if os.fstat(handle).st_nlink:
            break
        os.close(handle)
    try:
        yield handle, Path(name)
    finally:
        with suppress(OSError):
            os.close(handle)


def _part_prefix(target: Path) -> str:
    return f".{target.name}."[:100]  # a name has 255 bytes at most


def _sweep(target: Path) -> None:
    """Remove what killed runs left: part files that no process holds a lock on."""
    if not LOCKS:
        return
    prefix = _part_prefix(target)
    with suppress(OSError):
        for name in os.listdir(target.parent):  # noqa: PTH208  (a plain scan, of many files maybe)
            if name.startswith(prefix) and name.endswith(".part"):
                with suppress(OSError), alone(target.parent / name):
                    (target.parent / name).unlink()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Lock a file or folder; the lock goes with the process, however it ends.

    Raises
    ------
    BlockingIOError
        If another process has it.
    """
    if not LOCKS:
        yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _mode(target: Path) -> int:
    """Permissions of the file, or those that a new file would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    # The mask can only be read by setting it; a temporary file is private, a page is not.
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
