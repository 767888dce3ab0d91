"""The site of the docs is built strictly, and every link in it leads somewhere.

Run as a program (`make site`), this file builds it into `build/site`, with the gallery.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import geoline

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# The maps of the gallery: a theatre's folder, or a tutorial that makes one.
GALLERY = {
    "nw-syria": None,
    "karabakh-2020": ROOT / "tests" / "theatres" / "karabakh-2020",
    "ukraine": DOCS / "tutorials" / "ukraine.md",
    "sahel": DOCS / "tutorials" / "sahel.md",
    "sudan": DOCS / "tutorials" / "sudan.md",
}
BLOCK = re.compile(r"(?:`([\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


class Links(HTMLParser):
    """The links and the anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element links to, and what it is called."""
        for key, value in attrs:
            if key in {"href", "src"} and value and tag != "base":
                self.links.add(value)
            elif key == "id" and value:
                self.anchors.add(value)


def build(site: Path, doctrees: Path) -> None:
    """Build the site; a warning is an error."""
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    ran = subprocess.run(
        [*sphinx, "-c", DOCS, "-d", doctrees, ROOT, site],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def broken(site: Path) -> list[str]:
    """List the links within the site that lead nowhere; the gallery's maps are made later."""
    pages = {page: Links(page.read_text("utf-8")) for page in site.rglob("*.html")}
    made = {(site / "docs" / "gallery" / f"{name}.html").resolve() for name in GALLERY}
    found = []
    for page, said in pages.items():
        for link in said.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or page.resolve() in made:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            anchor = unquote(parts.fragment)
            known = pages.get(target)
            there = target.exists() or target in made
            if not there or (anchor and known is not None and anchor not in known.anchors):
                found.append(f"{page.relative_to(site)}: {link}")
    return sorted(found)


def draw_gallery(folder: Path) -> None:
    """Draw the maps of the gallery, by the commands of the tutorials."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in GALLERY.items():
        if source is None or source.is_dir():
            theatre = geoline.load_theatre() if source is None else geoline.load_theatre(source)
            theatre.write_map(folder / f"{name}.html")
            continue
        with tempfile.TemporaryDirectory() as work:
            for file, language, text in BLOCK.findall(source.read_text("utf-8")):
                if language != "sh":
                    Path(work, file).write_text(text, "utf-8")
                    continue
                for command in (*text.splitlines(), f"geoline map --theatre {name}"):
                    subprocess.run(
                        [sys.executable, "-m", *command.split()],
                        cwd=work,
                        env={**os.environ, "PYTHONPATH": str(ROOT)},
                        stdout=subprocess.DEVNULL,
                        check=True,
                    )
            shutil.copy(Path(work, f"{name}.html"), folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without the maps of the gallery."""
    folder = tmp_path_factory.mktemp("site")
    build(folder / "site", folder / "doctrees")
    return folder / "site"


def test_links_lead_somewhere(site: Path) -> None:
    """A reader would click into the void, or the site not be built at all."""
    assert broken(site) == []
    gallery = (site / "docs" / "gallery.html").read_text("utf-8")
    assert {f"gallery/{name}.html" for name in GALLERY} <= Links(gallery).links


def test_every_public_name_is_told_of(site: Path) -> None:
    """What `import geoline` gives would stand in no reference."""
    anchors = Links((site / "docs" / "api.html").read_text("utf-8")).anchors
    public = {f"geoline.{name}" for name in geoline.__all__ if name != "__version__"}
    ours = {anchor.rpartition(".")[2] for anchor in anchors}
    assert {name.rpartition(".")[2] for name in public} <= ours
    assert "resolve_many" in ours, "methods, too"


if __name__ == "__main__":
    target = ROOT / "build" / "site"
    shutil.rmtree(target, ignore_errors=True)
    build(target, ROOT / "build" / "doctrees")
    draw_gallery(target / "docs" / "gallery")
    if lost := broken(target):
        sys.exit("links that lead nowhere:\n" + "\n".join(lost))
    sys.stdout.write(f"{target / 'index.html'}\n")
