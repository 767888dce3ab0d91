"""What the docs point to is there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import geoline
from geoline.page.html_page import LOADER_OF_FILES, SCRIPTS

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "seeds/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
# What is shown as an example, is made by a command, or may be left out.
MADE = re.compile(
    r"NAME|FILE|my-valley|map\.html|day\.gpkg|report\.html|claims\.csv|article|export\.csv|a/(test_)?b"
    r"|highways\.geojson|baseline\.geojson|(events|list)\.csv|line(-05-0\d)?\.geojson"
    r"|(today|mali|burkina-faso|more)\.csv|(sahel|sudan|ukraine)(/|\.html)"
)
ENDINGS = r"py|pyi|toml|js|css|md|mjs|csv|geojson|html|jinja"
NAMED = re.compile(rf"`([\w./*-]+\.(?:{ENDINGS})|(?:geoline|tests|docs|seeds)/[\w./-]*)`")


def _is_there(name: str, page: Path) -> bool:
    """Whether a file of that name is where a reader would look, or anywhere if it has no folder."""
    for home in (ROOT, page.parent, ROOT / "geoline", ROOT / "tests", ROOT / "seeds" / "nw-syria"):
        if next(home.glob(name.rstrip("/")), None):
            return True
    return any(
        next((ROOT / top).rglob(name), None) for top in ("geoline", "tests", "gazetteer", "seeds")
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_links_are_there(page: Path) -> None:
    """Who follows the docs would look for files that were moved."""
    text = page.read_text("utf-8")
    named = {name for name in NAMED.findall(text) if not MADE.search(name)}
    assert {name for name in named if not _is_there(name, page)} == set()
    # `make site` draws the maps of the gallery; tests/users/test_site.py follows these links.
    links = re.findall(r"\]\((?!https?:|#|gallery/)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_names_of_the_code_are_handed_on(page: Path) -> None:
    """A line copied from the docs would end in an ImportError."""
    text = page.read_text("utf-8")
    for dotted in sorted({*re.findall(r"`(geoline(?:\.\w+)+)", text)}):
        module, _, name = dotted.rpartition(".")
        assert hasattr(importlib.import_module(module), name), dotted


def test_every_script_of_the_page_is_told_of() -> None:
    """The page could not be read without reading all of it."""
    told = re.findall(
        r"^\| `(\w+)` \|", (ROOT / "docs" / "page.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(f"{name}.js" for name in told) == sorted((*LOADER_OF_FILES, *SCRIPTS))


def test_counts_of_the_bundled_theatre() -> None:
    """The credits would claim more, or less, than there is."""
    data = geoline.load_theatre().data
    review = [c for c in data.claims if data.sources[c.source].kind == "review"]
    publishers = {c.source for c in data.claims} - {c.source for c in review}
    unplaced = sum(c.about in {"place", "post"} and not c.place_id for c in data.claims)
    text = " ".join((ROOT / "README.md").read_text("utf-8").split())
    statements = len(data.claims) - len(review)
    assert (
        f"{statements:,} statements by {len(publishers)} publishers, and {len(review)} rows" in text
    )
    assert f"{len(data.undecided)} are in no list or fit several places equally" in text
    assert f"their {unplaced} claims are listed" in text
