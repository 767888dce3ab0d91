"""`geoline publish`: a folder for the web, of which only what changed is written again."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from matplotlib.image import imread

from geoline import RequestError, load_theatre
from geoline.publishing import publish
from tests.theatres.small import CAPTURED, small_theatre

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.publishing import Published

ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = date(2024, 6, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small theatre of three days."""
    return small_theatre(
        tmp_path / "t",
        days=(date(2024, 5, 1), date(2024, 5, 3)),
        settings={'name = "T"': 'name = "Tom & <i>Jerry</i>"'},
    )


def published(theatre: Path, out: Path, day: date = TODAY, url: str = "") -> Published:
    """Publish it."""
    return publish(out, load_theatre(theatre).as_known(), published=day, url=url)


def test_every_day_has_its_files(folder: Path, tmp_path: Path) -> None:
    """A newsroom has a page and nothing to link, to quote or to load."""
    out = tmp_path / "out"
    done = published(folder, out, url="https://example.org/maps")
    days = [f"2024-05-0{n}" for n in range(1, 4)]
    for day in days:
        assert json.loads((out / "data" / f"{day}.geojson").read_bytes())["features"]
        assert imread(out / "cards" / f"{day}.png").shape[:2] == (630, 1200)
        page = (out / "days" / f"{day}.html").read_text(encoding="utf-8")
        assert f'content="https://example.org/maps/cards/{day}.png"' in page
        assert "<i>" not in page
        assert "<script" not in page
    assert "North took Mellit." in (out / "days" / "2024-05-02.html").read_text(encoding="utf-8")
    assert done.left_out == []
    assert "geoline" in (out / "index.html").read_text(encoding="utf-8")
    feed = ET.fromstring((out / "feed.atom").read_bytes())  # noqa: S314  (our own)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "2 May 2024: North took Mellit"
    assert entry.findtext(f"{ATOM}updated") == "2024-05-03T00:00:00Z"
    package = json.loads((out / "datapackage.json").read_bytes())
    assert {r["path"] for r in package["resources"]} >= {f"data/{day}.geojson" for day in days}
    for resource in package["resources"]:
        content = (out / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_again_only_what_changed_is_written(folder: Path, tmp_path: Path) -> None:
    """A site of a thousand days is uploaded whole for one claim, or yesterday's map is gone."""
    out = tmp_path / "out"
    first = published(folder, out)
    again = published(folder, out, date(2024, 6, 2))
    assert again.written == []
    assert again.published == TODAY
    assert again.unchanged == len(first.written) - 1  # the page stands twice: as it is, as it was
    (out / "published.json").write_bytes(b"\0\0")  # what a power cut leaves
    assert "published.json" in published(folder, out).written
    old = (out / "index.html").read_bytes()
    with (folder / "claims" / "claims.csv").open("a", encoding="utf-8") as file:
        row = {**CAPTURED, "claim_id": "c2", "place": "El Fasher", "place_id": "fasher"}
        row |= dict.fromkeys(("date_start", "date_end", "published"), "2024-05-03")
        head = (folder / "claims" / "claims.csv").read_text(encoding="utf-8").split("\n")[0]
        file.write(",".join(str(row.get(key, "")) for key in head.split(",")) + "\n")
    later = published(folder, out, date(2024, 6, 3))
    written = {path for path in later.written if path.startswith(("data/2", "cards"))}
    assert written == {"data/2024-05-03.geojson", "cards/2024-05-03.png"}
    versions = json.loads((out / "versions" / "index.json").read_bytes())
    assert [one["published"] for one in versions] == ["2024-06-01", "2024-06-03"]
    assert (out / "versions" / "2024-06-01" / "index.html").read_bytes() == old
    assert "2024-06-01/index.html" in (out / "versions" / "index.html").read_text("utf-8")


def test_what_else_is_in_a_folder_is_left_alone(folder: Path, tmp_path: Path) -> None:
    """A folder of somebody's work is filled with a thousand files."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years", encoding="utf-8")
    with pytest.raises(RequestError, match="holds other things"):
        published(folder, mine)
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]
    with pytest.raises(RequestError, match="no address of a folder"):
        published(folder, tmp_path / "out", url="example.org")
    assert not (tmp_path / "out").exists()
