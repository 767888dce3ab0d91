"""A page as a folder: whole, or as it was; nothing of somebody else's is lost."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoline.cli import main
from geoline.errors import RequestError
from geoline.page import check_folder, split_page, write_split

if TYPE_CHECKING:
    from tests.theatres.small import small_theatre
else:
    small = Path(__file__).parents[1] / "theatres" / "small.py"
    small_theatre = runpy.run_path(str(small))["small_theatre"]

BOARD = [0, 0, 0, 9, 9, 0, 0, -9, -9, 0]


def payload(moved: int = 0) -> dict[str, Any]:
    """Three spans of a square that is another one on each day; `moved` changes the last."""
    days = [date.fromordinal(738_000 + n).isoformat() for n in range(300)]
    return {
        "schema": 1, "title": "A board", "days": days, "opening": 150,
        "bounds": [[0, 0], [1, 1]], "parties": [], "places": [], "status": [],
        "areas": [
            {"north": [[[n + moved * (n == 299), *BOARD[1:]]]]} for n in range(300)
        ],
    }  # fmt: skip


def test_what_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    """Every day of a thousand would be uploaded again each evening; old ones would pile up."""
    write_split(split_page(payload()), tmp_path / "map")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "map").iterdir()}
    write_split(split_page(payload()), tmp_path / "map")
    assert before == {path.name: path.stat().st_mtime_ns for path in (tmp_path / "map").iterdir()}
    (tmp_path / "map" / "notes.txt").write_text("mine")
    write_split(split_page(payload(moved=1)), tmp_path / "map")
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "map").iterdir()}
    assert len(after) == len(before) + 1
    assert sum(before.get(name) == at for name, at in after.items()) == 1
    assert (tmp_path / "map" / "notes.txt").read_text() == "mine"


def test_a_page_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers would get an index whose days are half there."""
    write_split(split_page(payload()), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    replace = write_split.__globals__["replace_file"]

    def full(path: Path, content: bytes) -> None:
        if path.name == "index.html":
            raise OSError(28, "No space left on device")
        replace(path, content)

    monkeypatch.setitem(write_split.__globals__, "replace_file", full)
    with pytest.raises(RequestError, match="No space left"):
        write_split(split_page(payload(moved=1)), tmp_path)
    assert before == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    """Somebody's home page, or a map of one file, would be gone."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "index.html").write_text("<h1>Home</h1>")
    (tmp_path / "map.htm").write_text("one file")
    for path, why in (
        (tmp_path / "home", "another page"),
        (tmp_path / "map.htm", "names a file"),
        (tmp_path / "map.html", "names a file"),
        (tmp_path / "none" / "map", "does not exist"),
    ):
        with pytest.raises(RequestError, match=why):
            check_folder(path)
    assert not (tmp_path / "map.html").exists()


def test_the_command_writes_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`geoline map --split` would need Python, or write over the page of one file."""
    theatre = small_theatre(tmp_path / "theatre")
    monkeypatch.chdir(tmp_path)
    asked = ["map", "--theatre", str(theatre), "--split", "--embed", "-o"]
    with pytest.raises(SystemExit, match="2"):
        main([*asked, "map.html"])
    assert "names a file" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="0"):
        main([*asked, "web"])
    assert "web: " in capsys.readouterr().out
    assert (tmp_path / "web" / "index.html").is_file()
