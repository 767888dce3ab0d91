"""Where nothing may be written: over what a theatre is read from, or what a command reads."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from geoline.errors import RequestError
from geoline.theatre_folder.outputs import check_output
from tests.theatres.small import small_theatre

if TYPE_CHECKING:
    from pathlib import Path

READ = (
    "theatre.toml", "places.csv", "undecided.csv", "sources.csv", "baseline.csv", "highways.csv",
    "highways.geojson", "posts.csv", "figures.csv", "claims/claims.csv", "claims/new/more.csv",
    "areas/land.geojson", "areas/water.geojson", "baseline.geojson", "baseline.gpkg",
)  # fmt: skip


@pytest.fixture
def theatre(tmp_path: Path) -> Path:
    """Make a theatre."""
    return small_theatre(tmp_path / "t")


@pytest.mark.parametrize("name", READ)
def test_what_a_theatre_is_read_from_stays(theatre: Path, name: str) -> None:
    """A page written over places.csv is a year's work gone."""
    path = theatre / name
    path.parent.mkdir(exist_ok=True, parents=True)
    with pytest.raises(RequestError, match="is read as part of the theatre; choose another name"):
        check_output(path, theatre)


def test_by_whatever_name(theatre: Path, tmp_path: Path) -> None:
    """A link or a roundabout path would lead over a table all the same."""
    (tmp_path / "linked.html").symlink_to(theatre / "places.csv")
    os.link(theatre / "places.csv", tmp_path / "hard.html")
    ways = [tmp_path / "linked.html", tmp_path / "hard.html",
            theatre / ".." / theatre.name / "areas" / ".." / "places.csv"]  # fmt: skip
    for path in ways:
        with pytest.raises(RequestError, match="read as part of the theatre"):
            check_output(path, theatre)


def test_a_gazetteer_elsewhere_is_read_too(theatre: Path, tmp_path: Path) -> None:
    """Theatres share a gazetteer: all of them would lose it."""
    (tmp_path / "g").mkdir()
    (theatre / "places.csv").rename(tmp_path / "g" / "places.csv")
    head = (theatre / "theatre.toml").read_text(encoding="utf-8")
    (theatre / "theatre.toml").write_text(f'gazetteer = "../g"\n{head}', encoding="utf-8")
    with pytest.raises(RequestError, match="read as part of the theatre"):
        check_output(tmp_path / "g" / "places.csv", theatre)


def test_devices_pipes_folders_and_what_is_read_besides(theatre: Path, tmp_path: Path) -> None:
    """A device would become a file, a second output would replace the first."""
    os.mkfifo(tmp_path / "pipe")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.txt").write_text("Rebels took Mellit.", encoding="utf-8")
    other = tmp_path / "out.csv"
    for path, said in {
        tmp_path / "pipe": "device or a pipe",
        tmp_path: "is a folder",
        tmp_path / "none" / "x.html": "folder .* does not exist",
        other: "by this command already",
        reports / "one.txt": "which is read; choose another",
    }.items():
        with pytest.raises(RequestError, match=said):
            check_output(path, theatre, [other, None, reports])


def test_other_files_may_be_written_and_replaced(theatre: Path, tmp_path: Path) -> None:
    """Nobody could write the page into the theatre's own folder, or write it again."""
    page = theatre / "t.html"
    page.write_text("an older page", encoding="utf-8")
    for path in (page, theatre / "README.md", tmp_path / "places.csv", theatre / "export.gpkg"):
        check_output(path, theatre)
    assert re.search("older", page.read_text(encoding="utf-8"))
