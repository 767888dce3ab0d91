"""The small theatre that the doors of files belong to."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geoline.cli import main
from tests.fuzz.valid import BASELINE, CLAIMS, HIGHWAYS, LAND, PLACES, POSTS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["base_theatre", "copied", "file_of", "pristine"]


def base_theatre(folder: Path) -> Path:
    """Write the small theatre that the doors of files belong to."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main(["new", str(folder), "--from", "2024-05-01", "--to", "2024-05-05"])
    tables = {
        "places.csv": PLACES, "baseline.csv": BASELINE, "sources.csv": SOURCES,
        "claims/claims.csv": CLAIMS, "highways.csv": HIGHWAYS, "posts.csv": POSTS,
    }  # fmt: skip
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = folder / "theatre.toml"
    text = settings.read_text(encoding="utf-8").replace(
        "[parties.south]\n", "[parties.south]\nstate = true\nwords = ['South', 'Southern']\n"
    )
    text += "\n[actor_names]\nnorth = ['North*']\nsouth = ['South*']\n"
    settings.write_text(text, encoding="utf-8")
    for name in ("land", "governorates"):
        (folder / "areas" / f"{name}.geojson").write_text(LAND, encoding="utf-8")
    return folder


@cache
def pristine() -> Path:
    """Give the folder of the small theatre, not to be changed."""
    folder = Path(tempfile.mkdtemp(prefix="geoline-fuzz-"))
    return base_theatre(folder / "valley")


@contextlib.contextmanager
def copied() -> Iterator[Path]:
    """Give a copy of it that may be changed."""
    with tempfile.TemporaryDirectory(prefix="geoline-fuzz-") as folder:
        yield Path(shutil.copytree(pristine(), Path(folder) / "valley"))


@contextlib.contextmanager
def file_of(data: bytes, name: str) -> Iterator[Path]:
    """Give a file of that content and name."""
    with tempfile.TemporaryDirectory(prefix="geoline-fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path
