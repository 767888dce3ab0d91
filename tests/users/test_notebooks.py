"""The notebooks run from their first cell to their last, as a reader would run them.

Run as a program, this file writes the pictures that their opening cells show (`make pictures`).
"""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path
from typing import Any

import pytest

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("anywidget")
pytest.importorskip("mapclassify")
pytest.importorskip("matplotlib")

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES = 60_000  # of a picture
LINK = re.compile(r"!?\[[^\]]*\]\(([^)]+)\)")


def executed(path: Path) -> Any:  # noqa: ANN401  (a NotebookNode)
    """Run a notebook; gives it with its output."""
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    return notebook


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own libraries
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path) -> None:
    """A reader's first notebook would stop with an error, warn, or show nothing."""
    outputs = [o for c in executed(path).cells for o in c.get("outputs", [])]
    assert [o.text for o in outputs if o.get("name") == "stderr"] == []
    shown = {kind for output in outputs if "data" in output for kind in output["data"]}
    assert {"text/html", "image/png"} <= shown


def test_there_are_five() -> None:
    """A chapter of the story would be missing."""
    assert [path.stem[0] for path in NOTEBOOKS] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_committed_without_noise(path: Path) -> None:
    """Every run would be a diff: outputs, counts, the machine's own metadata."""
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells):
        assert cell.id == f"cell-{number}"
        assert not cell.metadata
        assert not cell.get("outputs"), "clear the output before you commit"
        assert cell.get("execution_count") is None
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert set(notebook.metadata.language_info) == {"name"}
    written = nbformat.writes(notebook)
    assert path.read_text("utf-8") == written.rstrip("\n") + "\n"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_read_without_running_it(path: Path) -> None:
    """Where it is only read, on a code host, it would be bare code with dead links."""
    cells = nbformat.read(path, as_version=4).cells
    told = [cell for cell in cells if cell.cell_type == "markdown"]
    assert cells[0] in told
    assert len(told) * 3 >= len(cells)
    links = [link for cell in told for link in LINK.findall(cell.source)]
    targets = [(path.parent / link.partition("#")[0]).resolve() for link in links]
    assert [target.name for target in targets if not target.is_file()] == []
    pictures = [target for target in targets if target.suffix == ".png"]
    assert len(pictures) == 1
    assert all(picture.stat().st_size <= MOST_BYTES for picture in pictures)


def write_pictures() -> None:
    """Write the first picture that each notebook draws to the file that its opening cell shows."""
    for path in NOTEBOOKS:
        notebook = executed(path)
        (target,) = (link for link in LINK.findall(notebook.cells[0].source) if ".png" in link)
        drawn = [o.data for c in notebook.cells for o in c.get("outputs", []) if "data" in o]
        image = next(data["image/png"] for data in drawn if "image/png" in data)
        (path.parent / target).resolve().write_bytes(base64.b64decode(image))
        print(target, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    write_pictures()
