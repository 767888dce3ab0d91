"""Files where fsspec finds them: in a store of objects, on another machine, in a folder of many.

fsspec comes with the extra `cluster`; what it needs for a store (`s3fs` for s3://) is installed
beside it, and takes its keys from where that store's own programs do.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["fetched", "file_names", "is_remote", "local_files", "send_files", "version_of"]

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")


def is_remote(text: str) -> bool:
    """Whether something names a place of fsspec's (`s3://bucket/folder`), not a path."""
    return bool(_URL.match(text))


def file_names(text: str, endings: Collection[str]) -> list[str]:
    """Give the files that a path, a folder or an address of fsspec's names, in the order of names.

    Parameters
    ----------
    text
        A file, or a folder of files; of an address also a pattern (`s3://bucket/*.parquet`).
    endings
        Those of the files that are meant (".csv").

    Raises
    ------
    RequestError
        If there is no such file.
    """
    if is_remote(text):
        with _told(text) as fs:
            where = fs._strip_protocol(text)  # noqa: SLF001  (fsspec's documented way to a path)
            inside = fs.glob(where) if "*" in text else fs.find(where)  # of a file: itself
            found = [fs.unstrip_protocol(name) for name in sorted(inside)]
    else:
        path = Path(text)
        within = sorted(path.rglob("*")) if path.is_dir() else [path]
        found = [str(one) for one in within if one.is_file()]
    wanted = [name for name in found if Path(name).suffix in endings]
    if not wanted:
        message = f"{text}: no such file, or none that ends in {', '.join(sorted(endings))}"
        raise RequestError(message)
    return wanted


def fetched(name: str, scratch: Path) -> Path:
    """Give the path of a file; of one that lies elsewhere, that of a copy with its own name.

    Parameters
    ----------
    name
        A path, or an address of fsspec's.
    scratch
        An empty folder for the copy.

    Raises
    ------
    RequestError
        If it cannot be fetched.
    """
    if not is_remote(name):
        return Path(name)
    with _told(name) as fs:
        where = fs._strip_protocol(name)  # noqa: SLF001  (as above)
        copy = scratch / Path(where).name
        fs.get_file(where, str(copy))
    return copy


def version_of(name: str) -> str:
    """Give what tells whether a file, or what lies at an address, has changed since.

    Raises
    ------
    OSError
        If there is no such file.
    RequestError
        If there is nothing at the address, or it cannot be reached.
    """
    if not is_remote(name):
        found = Path(name).stat()
        return f"{found.st_mtime_ns} {found.st_size}"
    with _told(name) as fs:
        return str(fs.ukey(fs._strip_protocol(name)))  # noqa: SLF001  (as above)


def local_files(text: str, endings: Collection[str], scratch: Path) -> list[Path]:
    """Give the paths of the files that `file_names` finds, of copies of those that lie elsewhere.

    Raises
    ------
    RequestError
        If there is no such file, or it cannot be fetched.
    """
    paths = []
    for number, name in enumerate(file_names(text, endings)):
        folder = scratch / f"{number:06}"
        folder.mkdir()
        paths.append(fetched(name, folder))
    return paths


def send_files(local: Path, text: str) -> None:
    """Copy a file, or all files of a folder, to an address of fsspec's.

    Raises
    ------
    RequestError
        If they cannot be written there.
    """
    files = sorted(local.rglob("*")) if local.is_dir() else [local]
    with _told(text) as fs:
        where = fs._strip_protocol(text).rstrip("/")  # noqa: SLF001  (as above)
        for path in files:
            if path.is_file():
                name = where if path == local else f"{where}/{path.relative_to(local).as_posix()}"
                fs.makedirs(name.rpartition("/")[0], exist_ok=True)
                fs.put_file(str(path), name)


@contextmanager
def _told(text: str) -> Iterator[Any]:
    """Give the file system of an address; what goes wrong with it is told in a line."""
    try:
        import fsspec  # noqa: PLC0415  (an extra)
    except ImportError:
        message = f"{text} needs fsspec: pip install 'geoline[cluster]'"
        raise RequestError(message) from None
    try:
        yield fsspec.core.url_to_fs(text)[0]
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        why = " ".join(str(error).split())[:200] or type(error).__name__
        message = f"{text}: {why}"
        raise RequestError(message) from None
