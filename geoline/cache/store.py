"""What was computed, in one file: SQLite, so that several runs may read and write it at once.

Each value stands with the digest of its bytes. What is damaged, of another make or cannot be read
counts as not there and is made again; a file that SQLite cannot read is put away. Nothing here ever
stops a run: without a place to write, everything is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sqlite3
import time
import weakref
from dataclasses import dataclass, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from geoline.cache.digest import code_digest, digest
from geoline.cache.folder import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["NO_STORE", "Gathered", "Gathering", "Kept", "Store"]

T = TypeVar("T")
# Kind and bytes of values by their keys, as they go from one process to another.
Gathered = dict[str, tuple[str, bytes]]

FILE = "days.sqlite"
# All values together; where there are more, those used longest ago go, down to this share.
MOST_BYTES, LEFT = 2_000_000_000, 0.8
# Values wait to be written until they are so many, or so many bytes.
WAITING, WAITING_BYTES = 64, 8_000_000
# How long another run may hold the file before what was computed is rather not kept (seconds).
PATIENCE_S = 2.0
DAY_S = 86_400
TABLE = (
    "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, kind TEXT, used INTEGER, size INTEGER,"
    " sum BLOB, value BLOB)"
)
FOUND = "SELECT used, sum, value FROM kept WHERE key = ? AND typeof(value) = 'blob'"
PUT = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?)"
# What SQLite says of a file that is damaged; also what it says in letters that are none.
DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)
UNUSABLE = (sqlite3.Error, UnicodeDecodeError)
# What a value may be made of; anything else in a file is no value of ours.
MADE_OF = {
    ("builtins", "frozenset"), ("builtins", "set"), ("datetime", "date"),
    ("numpy", "dtype"), ("numpy", "ndarray"), ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"), ("numpy._core.numeric", "_frombuffer"),
    ("numpy.core.multiarray", "_reconstruct"), ("shapely.io", "from_wkb"),
}  # fmt: skip
OURS = "geoline."


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of one kind is kept: number of values, and their bytes."""

    kind: str
    values: int
    size: int


class _Unpickler(pickle.Unpickler):
    """Reads values of ours alone: records of geoline, days, arrays and geometries."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  (pickle's own)
        if (module, name) in MADE_OF:
            return super().find_class(module, name)
        if module.startswith(OURS):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or _is_named_tuple(found)):
                return found
        message = f"{module}.{name} is nothing that is kept"
        raise pickle.UnpicklingError(message)


def _is_named_tuple(kind: type) -> bool:
    return issubclass(kind, tuple) and hasattr(kind, "_fields")


class Store:
    """Values by kind and digest; a value that is not there is made, and kept.

    Parameters
    ----------
    folder
        Where the file is; by default `cache_folder`. None of both keeps nothing.
    most_bytes
        All values together.
    keeps
        Whether anything is kept or looked up at all.
    """

    def __init__(
        self, folder: Path | None = None, *, most_bytes: int = MOST_BYTES, keeps: bool = True
    ) -> None:
        self._folder, self._most = folder, most_bytes
        self._keeps, self._process = keeps, os.getpid()
        self._file: sqlite3.Connection | None = None
        self._waiting: dict[str, tuple[str, bytes]] = {}
        self._used: set[str] = set()
        # Made by other processes for this run, where nothing is kept beyond it.
        self._taken: Gathered = {}
        # What waits is written when nobody needs the store any more, at the latest at the end.
        self._end: weakref.finalize[..., Store] = weakref.finalize(self, _nothing)

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._keeps

    def kept(self, kind: str, key: str, make: Callable[[], T]) -> T:
        """Give the value of a key; if none is kept, make it and keep it.

        Parameters
        ----------
        kind
            What the values are, in a word.
        key
            Digest of all that the value depends on, but for the code (`geoline.cache.digest`).
        make
            Makes the value: of numbers, texts, days, arrays, geometries, records of geoline, and
            lists and dicts of such.
        """
        if not self._keeps and not self._taken:
            return make()
        full = digest(code_digest(), kind, key)
        found = self._load(full)
        if found is not None:
            value: T = found[0]
            return value
        value = make()
        if self._keeps:
            self._put(full, kind, value)
        return value

    def holds(self, kind: str, key: str) -> bool:
        """Say whether a value of a key is kept."""
        full = digest(code_digest(), kind, key)
        return full in self._waiting or full in self._taken or self._row(full) is not None

    def take(self, made: Gathered) -> None:
        """Keep what another process made; for this run alone, where nothing is kept."""
        if self._keeps:
            self._waiting |= made
            self.flush()
        if not self._keeps:
            self._taken |= made

    def __reduce__(self) -> tuple[type[Store], tuple[()]]:
        """Go to another process as what gathers the values that are made there."""
        return Gathering, ()

    def _path(self) -> Path:
        return (cache_folder() if self._folder is None else self._folder) / FILE

    def _open(self) -> sqlite3.Connection | None:
        if self._process != os.getpid():  # forked: SQLite's file is not to be shared
            self._end.detach()
            self._file, self._process = None, os.getpid()
            self._waiting, self._used = {}, set()
        if self._file is None and self._keeps:
            try:
                path = self._path()
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = _connected(path)
            except (OSError, RuntimeError, *UNUSABLE):  # no home, no room, no right
                self._keeps = False
                return None
            self._end = weakref.finalize(
                self, _leave, self._file, self._waiting, self._used, self._most
            )
        return self._file

    def _load(self, key: str) -> tuple[Any] | None:
        """Give the value of a key in a tuple; None if no sound one is kept."""
        waiting = self._waiting.get(key) or self._taken.get(key)
        if waiting is not None:
            return (_unpickled(waiting[1]),)
        row = self._row(key)
        if row is None or _sum(row[2]) != row[1]:
            return None
        try:
            value = _unpickled(row[2])
        except Exception:  # noqa: BLE001  (whatever pickle makes of what is no value)
            return None
        if row[0] != _today():
            self._used.add(key)
        return (value,)

    def _row(self, key: str) -> tuple[int, bytes, bytes] | None:
        """Give day of use, digest and bytes of a value, as far as they are what they should be."""
        file = self._open()
        if file is None:
            return None
        try:
            found: tuple[int, bytes, bytes] | None = file.execute(FOUND, (key,)).fetchone()
        except sqlite3.OperationalError:  # another run holds it
            return None
        except DAMAGED:
            self._put_away()
            return None
        return found

    def _put(self, key: str, kind: str, value: object) -> None:
        self._waiting[key] = kind, pickle.dumps(value, protocol=5)
        size = sum(len(content) for _, content in self._waiting.values())
        if len(self._waiting) >= WAITING or size >= WAITING_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what waits to be written."""
        file = self._open()
        if file is None:
            return
        try:
            _write(file, self._waiting, self._used, self._most)
        except sqlite3.OperationalError:
            self._waiting.clear()
        except DAMAGED:
            self._put_away()

    def _put_away(self) -> None:
        """Take a file away that SQLite cannot read; the next run begins a new one."""
        file, self._file, self._keeps = self._file, None, False
        self._waiting.clear()
        self._end.detach()
        if file is not None:
            with contextlib.suppress(*UNUSABLE):
                file.close()
        with contextlib.suppress(OSError, RuntimeError):
            for path in self._files():
                path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        path = self._path()
        return [path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal")]

    def told(self) -> list[Kept]:
        """Say how much of each kind is kept, the most first."""
        file = self._open()
        if file is None:
            return []
        self.flush()
        try:
            rows = file.execute(
                "SELECT kind, count(*), sum(size) FROM kept GROUP BY kind ORDER BY 3 DESC, 1"
            ).fetchall()
        except UNUSABLE:
            return []
        return [Kept(kind, values, size) for kind, values, size in rows]

    def clear(self) -> None:
        """Take away all that is kept.

        Raises
        ------
        OSError
            If the files cannot be taken away.
        """
        self._waiting.clear()
        self._used.clear()
        self._end.detach()
        if self._file is not None:
            self._file.close()
            self._file = None
        for path in self._files():
            path.unlink(missing_ok=True)


class Gathering(Store):
    """Holds what is made in a process that has no file, until it is handed over."""

    def hand_over(self) -> Gathered:
        """Give what was made since the last time."""
        made, self._waiting = self._waiting, {}
        return made

    def _open(self) -> sqlite3.Connection | None:
        return None

    def flush(self) -> None:
        """Write nothing: there is no file."""


def _connected(path: Path) -> sqlite3.Connection:
    """Open the file; one that is none of SQLite's gives way to a new one."""
    for _ in range(2):
        file = sqlite3.connect(path, timeout=PATIENCE_S, check_same_thread=False)
        try:
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = NORMAL")
            file.execute(TABLE)
            file.commit()
        except sqlite3.OperationalError:
            file.close()
            raise
        except DAMAGED:
            file.close()
            path.unlink(missing_ok=True)
            continue
        return file
    message = f"{path} cannot be made"
    raise OSError(message)


def _nothing() -> None:
    """Leave a store whose file was never opened."""


def _leave(
    file: sqlite3.Connection, waiting: dict[str, tuple[str, bytes]], used: set[str], most: int
) -> None:
    with contextlib.suppress(*UNUSABLE):
        _write(file, waiting, used, most)
    with contextlib.suppress(*UNUSABLE):
        file.close()


def _write(
    file: sqlite3.Connection, waiting: dict[str, tuple[str, bytes]], used: set[str], most: int
) -> None:
    """Write values and the day of use of others; where there are too many, the oldest go."""
    if not waiting and not used:
        return
    today = _today()
    with file:
        file.executemany(
            PUT,
            [
                (key, kind, today, len(content), _sum(content), content)
                for key, (kind, content) in waiting.items()
            ],
        )
        file.executemany("UPDATE kept SET used = ? WHERE key = ?", [(today, key) for key in used])
        if waiting:
            _forget(file, most)
    waiting.clear()
    used.clear()


def _forget(file: sqlite3.Connection, most: int) -> None:
    (size,) = file.execute("SELECT total(size) FROM kept").fetchone()
    if size <= most:
        return
    for key, one in file.execute("SELECT key, size FROM kept ORDER BY used, key").fetchall():
        if size <= LEFT * most:
            break
        file.execute("DELETE FROM kept WHERE key = ?", (key,))
        size -= one


def _today() -> int:
    return int(time.time()) // DAY_S


def _sum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _unpickled(content: bytes) -> Any:  # noqa: ANN401  (what was kept)
    return _Unpickler(io.BytesIO(content)).load()


# Keeps nothing: everything is made anew.
NO_STORE = Store(keeps=False)
