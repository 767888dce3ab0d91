"""What a folder says is kept, and is what it says now: never of yesterday, never damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geoline.cache import Store, digest
from geoline.cache.store import FILE
from geoline.errors import DataError
from geoline.theatre_folder import TheatreData, kept, kept_theatre, read_theatre_folder
from tests.theatres.small import CAPTURED, small_theatre

if TYPE_CHECKING:
    from geoline.theatre import Theatre


def _asked(folder: Path, store: Path) -> TheatreData:
    """Ask a store of its own, which writes what it keeps."""
    asked = Store(store)
    data = kept_theatre(folder, asked)
    asked.flush()
    return data


@pytest.mark.parametrize("name", ["bundled_theatre", "karabakh"])
def test_what_is_kept_is_what_was_read(
    name: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A map would be drawn of another theatre than its folder, the second time alone."""
    theatre: Theatre = request.getfixturevalue(name)
    assert theatre.folder
    with monkeypatch.context() as elsewhere:  # somebody names the folder from where they stand
        elsewhere.chdir(theatre.folder.parent)
        _asked(Path(theatre.folder.name), tmp_path)
    monkeypatch.delattr(kept, "read_theatre_folder")  # it is not read again
    again = _asked(theatre.folder, tmp_path)
    assert digest(again) == digest(theatre.data)
    country = again.gazetteer.country
    assert (country is None) == (theatre.gazetteer.country is None)
    assert country is None or len(country()) > len(again.gazetteer)


def test_a_file_that_changes_is_read(tmp_path: Path) -> None:
    """Somebody corrects a row, and the map shows what it said before."""
    folder = small_theatre(tmp_path / "war")
    _asked(folder, tmp_path)
    claims = next((folder / "claims").glob("*.csv"))
    for changed, old, new in (
        (claims, "c1", "c2"),
        (folder / "places.csv", "Nyala", "Niyala"),
        (folder / "theatre.toml", 'name = "', 'name = "Another '),
        (folder / "areas" / "water.csv", "", "a,b"),  # which nothing reads, and that is told
    ):
        text = changed.read_text("utf-8") if changed.exists() else ""
        assert old in text
        changed.parent.mkdir(exist_ok=True)
        changed.write_text(text.replace(old, new), encoding="utf-8")
        before, after = digest(_asked(folder, tmp_path)), read_theatre_folder(folder)
        assert before == digest(after)
    assert after.remarks


def test_a_file_that_changes_meanwhile_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was kept under one content would be of another, and come back when that does."""
    folder = small_theatre(tmp_path / "war")
    table = next((folder / "claims").glob("*.csv"))
    text = table.read_text("utf-8")

    def slow(folder: Path) -> TheatreData:
        table.write_text(text.replace("north", "south"), encoding="utf-8")
        return read_theatre_folder(folder)

    with monkeypatch.context() as patched:
        patched.setattr(kept, "read_theatre_folder", slow)
        assert _asked(folder, tmp_path).claims[0].actor == ("south",)
    table.write_text(text, encoding="utf-8")
    assert _asked(folder, tmp_path).claims[0].actor == ("north",)


def test_what_is_damaged_is_read_again(tmp_path: Path) -> None:
    """A bad sector of the disk would be a traceback, or another war."""
    folder = small_theatre(tmp_path / "war")
    before = digest(_asked(folder, tmp_path))
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute("UPDATE kept SET value = substr(value, 1, 500) WHERE kind = 'theatre'")
    file.close()
    assert digest(_asked(folder, tmp_path)) == before


def test_a_fault_is_told_each_time(tmp_path: Path) -> None:
    """A folder that cannot be read would be one once it was kept."""
    folder = small_theatre(tmp_path / "war", claims=[CAPTURED | {"event": "nonsense"}])
    for _ in range(2):
        with pytest.raises(DataError, match="nonsense"):
            _asked(folder, tmp_path)
