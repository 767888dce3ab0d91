"""`geoline publish`: a folder for the web, of which only what changed is written again."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import yaml
from matplotlib.image import imread

from geoline import RequestError, load_theatre
from geoline.publishing import publish
from tests.theatres.small import CAPTURED, small_theatre

if TYPE_CHECKING:
    from collections.abc import Callable

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


def add_claim(folder: Path, *, place: str, place_id: str, day: str) -> None:
    """Have the north take one more place."""
    row = {**CAPTURED, "claim_id": "c2", "place": place, "place_id": place_id}
    row |= dict.fromkeys(("date_start", "date_end", "published"), day)
    path = folder / "claims" / "claims.csv"
    head = path.read_text(encoding="utf-8").split("\n")[0]
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(str(row.get(key, "")) for key in head.split(",")) + "\n")


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


def test_the_data_package_is_one(folder: Path, tmp_path: Path) -> None:
    """A program that reads data packages refuses it, or reads a table with shifted columns.

    By the Data Package specification, version 1 (specs.frictionlessdata.io).
    """
    out = tmp_path / "out"
    published(folder, out, url="https://example.org/maps/")
    package = json.loads((out / "datapackage.json").read_bytes())
    name = re.compile(r"[-a-z0-9._/]+")
    assert name.fullmatch(package["name"])
    assert package["profile"] == "data-package"
    assert datetime.fromisoformat(package["created"]).tzinfo
    assert package["version"] == TODAY.isoformat()
    assert package["homepage"].startswith("https://")
    assert all(source["title"] for source in package["sources"])
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names)) == 2 * 3 + 1
    for resource in package["resources"]:
        assert name.fullmatch(resource["name"])
        path = Path(resource["path"])
        assert not path.is_absolute()
        assert ".." not in path.parts
        content = (out / path).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if resource["format"] == "csv":
            assert resource["profile"] == "tabular-data-resource"
            head, *rows = csv.reader(content.decode(resource["encoding"]).splitlines())
            fields = resource["schema"]["fields"]
            assert head == [field["name"] for field in fields]
            made: dict[str, Callable[[str], object]] = {
                "string": str,
                "number": float,
                "date": date.fromisoformat,
            }
            for row in rows:
                for cell, field in zip(row, fields, strict=True):
                    assert not cell or made[field["type"]](cell)


def test_the_feed_is_atom(folder: Path, tmp_path: Path) -> None:
    """A reader of feeds refuses it, shows every day anew each morning, or misses a correction.

    By RFC 4287: ids that stay, days that are exact, an update only where the words changed.
    """
    out = tmp_path / "out"
    published(folder, out, url="https://example.org/maps")
    first = ET.fromstring((out / "feed.atom").read_bytes())  # noqa: S314  (our own)
    assert first.tag == f"{ATOM}feed"
    for feed in (first, *first.findall(f"{ATOM}entry")):
        assert feed.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert feed.findtext(f"{ATOM}title")
        assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated", "")).tzinfo
        assert any(link.get("rel") == "alternate" for link in feed.findall(f"{ATOM}link"))
    assert first.findtext(f"{ATOM}author/{ATOM}name")
    own = [link for link in first.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert [link.get("href") for link in own] == ["https://example.org/maps/feed.atom"]
    add_claim(folder, place="El Fasher", place_id="fasher", day="2024-05-02")
    published(folder, out, date(2024, 6, 3), url="https://example.org/maps")
    later = ET.fromstring((out / "feed.atom").read_bytes())  # noqa: S314  (our own)

    def said(feed: ET.Element, what: str) -> list[str | None]:
        return [entry.findtext(f"{ATOM}{what}") for entry in feed.findall(f"{ATOM}entry")]

    assert later.findtext(f"{ATOM}id") == first.findtext(f"{ATOM}id")
    assert said(later, "id") == said(first, "id")
    assert said(later, "published") == said(first, "published") == ["2024-05-03T00:00:00Z"]
    assert said(later, "summary") != said(first, "summary")
    assert said(later, "updated") == ["2024-06-03T00:00:00Z"]
    again = published(folder, out, date(2024, 6, 9), url="https://example.org/maps")
    assert again.written == []


def test_what_links_and_citations_show(folder: Path, tmp_path: Path) -> None:
    """A link to the map shows no picture, a site that embeds it a broken frame; nobody can cite it.

    By ogp.me, oembed.com (1.0, rich) and the Citation File Format (1.2.0).
    """
    with (folder / "theatre.toml").open("r+", encoding="utf-8") as file:
        text = file.read()
        file.seek(0)
        file.write('publisher = "The Desk"\nurl = "https://example.org/maps/map.html"\n' + text)
    out = tmp_path / "out"
    published(folder, out)
    page = (out / "index.html").read_text(encoding="utf-8")
    said = dict(re.findall(r'<meta property="og:(\S+)" content="([^"]*)">', page))
    assert {"title", "type", "image", "url"} <= said.keys()
    assert said["url"] == "https://example.org/maps/"
    card = out / said["image"].removeprefix("https://example.org/maps/")
    assert imread(card).shape[:2] == (int(said["image:height"]), int(said["image:width"]))
    assert said["description"] == "3 May 2024: No place changed hands."
    (at,) = re.findall(r'<link [^>]*type="application/json\+oembed" href="(.+)">', page)
    told = json.loads((out / at.removeprefix("https://example.org/maps/")).read_bytes())
    assert (told["version"], told["type"]) == ("1.0", "rich")
    frame = ET.fromstring(told["html"].replace(" allowfullscreen", ""))  # noqa: S314  (our own)
    assert frame.get("src") == "https://example.org/maps/index.html#embed=1"
    assert (frame.get("width"), frame.get("height")) == (str(told["width"]), str(told["height"]))
    assert told["thumbnail_url"] == said["image"]
    cited = yaml.safe_load((out / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()
    assert cited["authors"] == [{"name": "The Desk"}]
    assert cited["version"] == "2024-06-01"
    assert (out / cited["url"].removeprefix("https://example.org/maps/")).exists()
    day = unescape((out / "days" / "2024-05-02.html").read_text(encoding="utf-8"))
    assert "The Desk: Tom & <i>Jerry</i>: who held what on 2 May 2024." in day
    assert "claims published up to 2 May 2024" in day
    assert "https://example.org/maps/days/2024-05-02.html" in day


def test_in_the_theatres_language(tmp_path: Path) -> None:
    """A desk that writes Arabic or Russian publishes English dates, or pages the wrong way."""
    for language, when, side in (("ar", "2 أيار 2024", "rtl"), ("ru", "2 мая 2024 г.", "ltr")):
        folder = small_theatre(
            tmp_path / language,
            days=(date(2024, 5, 1), date(2024, 5, 2)),
            settings={'# languages = ["en", "ar"]': f'languages = ["{language}"] #'},
        )
        out = tmp_path / f"out-{language}"
        published(folder, out)
        page = (out / "days" / "2024-05-02.html").read_text(encoding="utf-8")
        assert f'<html lang="{language}" dir="{side}">' in page
        assert f"{when}</h1>" in page
        assert f"{when}: " in (out / "feed.atom").read_text(encoding="utf-8")


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
    add_claim(folder, place="El Fasher", place_id="fasher", day="2024-05-03")
    later = published(folder, out, date(2024, 6, 3))
    written = {path for path in later.written if path.startswith(("data/2", "cards"))}
    assert written == {
        "data/2024-05-03.geojson", "data/2024-05-03.csv", "cards/2024-05-03.png",
    }  # fmt: skip
    versions = json.loads((out / "versions" / "index.json").read_bytes())
    assert [one["published"] for one in versions] == ["2024-06-01", "2024-06-03"]
    assert (out / "versions" / "2024-06-01" / "index.html").read_bytes() == old
    assert "2024-06-01/index.html" in (out / "versions" / "index.html").read_text("utf-8")
    with pytest.raises(RequestError, match="was published on 2024-06-03"):
        published(folder, out, date(2024, 6, 1))
    assert (out / "versions" / "2024-06-01" / "index.html").read_bytes() == old


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
