"""The arrays of an index of names in one file: built once, then mapped into memory.

A file bears the digest of what it was made from (names, inhabitants, and the code that reads them)
and of what it holds. What is damaged, of another make or half written counts as not there; a file
appears whole or not at all, so that two processes may write it at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import os
import sys
import tempfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geoline.cache import cache_folder
from geoline.names.name_arrays import NameArrays, built
from geoline.processes import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoline.processes import Watch

__all__ = ["FOLDER", "kept_arrays"]

# Of the user's cache folder.
FOLDER = "names"
_MAGIC = b"geoline names\n\x01\n"
# Files kept in the folder at most; the ones used longest ago go.
MOST_KEPT = 12
_ALIGNED = 64


def kept_arrays(
    spellings: Sequence[Iterable[str]],
    populations: Sequence[int | None],
    folder: Path | None = None,
    cluster: str = "",
    watch: Watch = unwatched,
) -> NameArrays:
    """Give the arrays of names: from their file if there is a sound one, else built and kept.

    Parameters
    ----------
    spellings, populations
        Of each place; see `geoline.names.spelling_index.SpellingIndex.of`.
    folder
        Where files are kept; by default `FOLDER` in `cache_folder`. One that cannot be written is
        left alone.
    cluster, watch
        See `geoline.names.name_arrays.built`; where there is a file, no cluster is asked.
    """
    key = _digest(spellings, populations)
    try:
        path = (cache_folder() / FOLDER if folder is None else folder) / f"{key[:32]}.names"
    except RuntimeError:  # no home
        return built(spellings, populations, cluster, watch)
    arrays = _load(path, key)
    if arrays is None:
        arrays = built(spellings, populations, cluster, watch)
        with contextlib.suppress(OSError):
            _save(path, key, arrays)
    return arrays


def _digest(spellings: Sequence[Iterable[str]], populations: Sequence[int | None]) -> str:
    digest = hashlib.blake2b(_code().encode(), digest_size=32)
    for start in range(0, len(spellings), 10_000):
        some = spellings[start : start + 10_000]
        text = "\x1e".join(["\x1f".join(names) for names in some])
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(repr(populations[start : start + 10_000]).encode())
    return digest.hexdigest()


@cache
def _code() -> str:
    """Give a digest of the code and the tables that names are read with."""
    digest = hashlib.blake2b(f"{np.__version__} {sys.byteorder} {sys.version_info[:2]}".encode())
    for path in sorted(Path(__file__).parent.iterdir()):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _load(path: Path, key: str) -> NameArrays | None:
    """Map a file; None if there is none that is sound and made from the same."""
    try:
        with path.open("rb") as file:
            held = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if bytes(held[: len(_MAGIC)]) != _MAGIC:
            return None
        start = len(_MAGIC) + 8
        length = int.from_bytes(held[len(_MAGIC) : start], "little")
        head = json.loads(bytes(held[start : start + length]))
        if head["key"] != key or zlib.crc32(held[head["data"] :]) != head["crc"]:
            return None
        arrays = {
            name: np.frombuffer(held, dtype=kind, count=count, offset=offset)
            for name, kind, count, offset in head["arrays"]
        }
        found = NameArrays(**arrays)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return found


def _save(path: Path, key: str, arrays: NameArrays) -> None:
    """Write a file whole, then put it in its place; old ones go.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    table = []
    size = 0
    for name, array in arrays.arrays().items():
        size += -size % _ALIGNED
        table.append((name, array.dtype.str, len(array), size))
        size += array.nbytes
    crc = 0
    blocks = []
    at = 0
    for (_, _, _, offset), array in zip(table, arrays.arrays().values(), strict=True):
        block = bytes(offset - at) + np.ascontiguousarray(array).tobytes()
        at = offset + array.nbytes
        crc = zlib.crc32(block, crc)
        blocks.append(block)

    def head(data: int) -> bytes:
        rows = [(name, kind, count, data + offset) for name, kind, count, offset in table]
        return json.dumps({"key": key, "crc": crc, "data": data, "arrays": rows}).encode()

    room = len(head(10**12)) + len(table) * 12
    data = len(_MAGIC) + 8 + room
    data += -data % _ALIGNED
    text = head(data).ljust(data - len(_MAGIC) - 8)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".names-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + len(text).to_bytes(8, "little") + text)
            file.writelines(blocks)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    _forget_old(path.parent)


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("*.names"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST_KEPT:]:
        file.unlink(missing_ok=True)
