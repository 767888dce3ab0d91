"""A folder goes from one edition to the next as a whole, wherever a run is killed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoline import RequestError
from geoline.publishing.staged import NEXT, staged

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD = {"index.html": b"old page", "data/a.csv": b"old a", "data/b.csv": b"old b", "c.txt": b"c"}
NEW = {"index.html": b"new page", "data/a.csv": b"new a", "days/d.html": b"d", "c.txt": b"c"}


class KilledError(BaseException):
    """What nothing catches."""


def contents(folder: Path) -> dict[str, bytes]:
    """Read the folder as a web server would show it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    inside = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: content for path, content in inside.items() if not path.startswith(NEXT)}


def write(folder: Path, edition: dict[str, bytes]) -> None:
    """Publish."""
    with staged(folder) as files:
        for path, content in edition.items():
            files.put(path, content)
            assert files.read(path) == content
        files.move()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Make a folder with an edition."""
    write(tmp_path / "old", OLD)
    return tmp_path / "old"


def killed_at(monkeypatch: pytest.MonkeyPatch, step: int) -> Iterator[int]:
    """End the run at its so many-th change of the disk."""
    made = 0
    replace, unlink = Path.replace, Path.unlink

    def counted(what: Any) -> Any:  # noqa: ANN401  (a method of Path)
        def method(*given: Any, **named: Any) -> Any:  # noqa: ANN401
            nonlocal made
            made += 1
            if made > step:
                raise KilledError
            return what(*given, **named)

        return method

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", counted(replace))
        patch.setattr(Path, "unlink", counted(unlink))
        patch.setattr(shutil, "rmtree", counted(shutil.rmtree))
        yield step


def test_killed_anywhere_the_folder_is_one_edition(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site shows today's page over yesterday's data, until somebody notices."""
    whole = OLD | NEW
    ends = set()
    for step in range(60):
        folder = tmp_path / f"run-{step}"
        shutil.copytree(old, folder)
        for _ in killed_at(monkeypatch, step):
            try:
                write(folder, NEW)
                ended = True
            except KilledError:
                ended = False
        seen = contents(folder)
        assert ended == (seen == whole and not (folder / NEXT).exists())
        if not (folder / NEXT / "whole.json").exists() and not ended:
            assert seen in (OLD, whole), f"killed at step {step}: half of it is there"
        with staged(folder):  # the next run
            after = contents(folder)
        assert after in (OLD, whole)
        assert not (folder / NEXT).exists()
        ends.add((ended, after == whole))
        if ended:
            break
    assert ends == {(False, False), (False, True), (True, True)}, "killed before, between, after"


def test_an_error_leaves_the_old_edition(old: Path) -> None:
    """What could not be drawn costs the site that was there."""
    with pytest.raises(FileNotFoundError):
        write_half(old)
    assert contents(old) == OLD
    with staged(old):
        assert not (old / NEXT).exists()


def write_half(folder: Path) -> None:
    """Publish, and fail in the midst."""
    with staged(folder) as files:
        files.put("index.html", b"half")
        files.read("what is not there")


def test_two_runs_at_once(old: Path) -> None:
    """Two runs mix their editions in one folder."""
    with staged(old) as files:
        files.put("index.html", b"mine")
        with pytest.raises(RequestError, match="another run publishes"):
            write(old, NEW)
    assert contents(old) == OLD
