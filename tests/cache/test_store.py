"""What is kept comes back as it was, or is made again: never damaged, never without end."""

from __future__ import annotations

import multiprocessing
import pickle
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline.cache import NO_STORE, Store
from geoline.cache.store import FILE, WAITING

if TYPE_CHECKING:
    import pytest

VALUE = {"areas": [shapely.box(0, 0, 1, 1)], "km2": np.array([1.5]), "holders": ("a", "b")}


class Made:
    """Counts how often a value is made."""

    def __init__(self, value: object) -> None:
        self.value, self.times = value, 0

    def __call__(self) -> object:
        """Make the value."""
        self.times += 1
        return self.value


def _kept(folder: Path, key: str, value: object = "made") -> tuple[object, int]:
    """Ask a store of its own; give the value, and how often it was made."""
    store, make = Store(folder), Made(value)
    found = store.kept("some", key, make)
    store.flush()
    return found, make.times


def test_a_value_is_made_once(tmp_path: Path) -> None:
    """Every run would draw every day again."""
    assert _kept(tmp_path, "k", VALUE)[1] == 1
    found, times = _kept(tmp_path, "k")
    assert times == 0
    assert isinstance(found, dict)
    assert shapely.equals_exact(found["areas"][0], shapely.box(0, 0, 1, 1))
    assert (found["km2"].tolist(), found["holders"]) == ([1.5], ("a", "b"))
    assert _kept(tmp_path, "another")[1] == 1


def test_no_store_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--no-cache` would leave traces, or answer from them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    make = Made(1)
    assert [NO_STORE.kept("some", "k", make) for _ in range(2)] == [1, 1]
    assert make.times == 2
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=15)
@given(data=st.data())
def test_a_damaged_file_is_never_trusted(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A bit that a disk lost would move a front line, or stop every run from then on."""
    folder = tmp_path_factory.mktemp("kept")
    for number in range(3):
        _kept(folder, f"k{number}", ("made", number, "x" * 4000))
    with sqlite3.connect(folder / FILE) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    path = folder / FILE
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 40))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content[: data.draw(st.sampled_from([len(content), len(content) // 2]))])
    for _ in range(2):
        for number in range(3):
            found, _ = _kept(folder, f"k{number}", ("made", number, "x" * 4000))
            assert found == ("made", number, "x" * 4000)


def test_a_value_of_another_make_is_not_run(tmp_path: Path) -> None:
    """Whoever can write into the cache folder would run code as its owner."""
    _kept(tmp_path, "k", 1)
    evil = pickle.dumps(Path("/nowhere"))
    from geoline.cache.store import _sum  # noqa: PLC0415  (as the store writes)

    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute("UPDATE kept SET value = ?, sum = ?", (evil, _sum(evil)))
    file.close()
    assert _kept(tmp_path, "k", 2) == (2, 1)


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """Where there is no home, nothing could be drawn."""
    (tmp_path / "file").write_text("no folder")
    assert _kept(tmp_path / "file" / "below", "k") == ("made", 1)


def test_the_oldest_go_where_there_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk would fill up with days of theatres that nobody asks for."""
    today = 100
    monkeypatch.setattr("geoline.cache.store._today", lambda: today)
    for number in range(8):
        today += 1
        store = Store(tmp_path, most_bytes=50_000)
        store.kept("some", str(number), lambda: "x" * 10_000)
        store.kept("some", "0", lambda: "x" * 10_000)  # in use all the while
        store.flush()
    assert sum(one.size for one in Store(tmp_path).told()) <= 50_000
    assert [_kept(tmp_path, key)[1] for key in ("0", "7", "1")] == [0, 0, 1]


def _fill(folder: Path, first: int) -> None:
    store = Store(folder)
    for number in range(first, first + 3 * WAITING):
        store.kept("some", str(number), lambda number=number: number * 1000)  # type: ignore[misc]
    store.flush()


def test_two_runs_write_at_once(tmp_path: Path) -> None:
    """Two maps made at the same time would break each other's, or the cache."""
    begin = multiprocessing.get_context("spawn")
    runs = [begin.Process(target=_fill, args=(tmp_path, first)) for first in (0, WAITING)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    store = Store(tmp_path)
    for number in range(4 * WAITING):
        assert store.kept("some", str(number), lambda number=number: number * 1000) == number * 1000  # type: ignore[misc]


def test_it_says_what_is_kept_and_clears_it(tmp_path: Path) -> None:
    """Nobody could see what fills the folder, or be rid of it."""
    _kept(tmp_path, "k", "x" * 1000)
    store = Store(tmp_path)
    (kept,) = store.told()
    assert (kept.kind, kept.values) == ("some", 1)
    assert kept.size > 1000
    store.clear()
    assert list(tmp_path.iterdir()) == []
    assert _kept(tmp_path, "k") == ("made", 1)
