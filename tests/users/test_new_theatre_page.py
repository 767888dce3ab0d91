"""The three ways to a theatre of docs/new-theatre.md, done step by step as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import geoline

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "new-theatre.md").read_text("utf-8")
BLOCK = re.compile(r"(?:`([\w.-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
WAYS = {"From polygons": "iceland", "From ACLED": "north", "From your own list": "east-coast"}


def section(title: str) -> str:
    """Give the text under a heading."""
    found = re.search(rf"^## {title}$(.*?)^## ", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/new-theatre.md has no section '{title}'"
    return found[1]


@pytest.mark.parametrize("way", WAYS)
def test_way_of_the_docs(tmp_path: Path, way: str) -> None:
    """Who follows the page with files of their own would stand before an error or an empty map."""
    commands = []
    for name, language, text in BLOCK.findall(section(way)):
        if language != "sh":
            assert name, "the page does not say what the file is called"
            (tmp_path / name).write_text(text, "utf-8")
            continue
        for command in text.splitlines():
            ran = subprocess.run(
                [sys.executable, "-m", "geoline", *command.split()[1:]],
                cwd=tmp_path,
                env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            assert (ran.returncode, ran.stderr) == (0, ""), command
            commands.append(command.split()[1])
    assert commands[:2] == ["new", "map"]
    theatre = geoline.load_theatre(tmp_path / WAYS[way])
    assert (tmp_path / f"{theatre.data.id}.html").stat().st_size > 50_000
    last = theatre.on(theatre.data.last_day)
    assert len(set(last.areas["holder"])) == 2, "both sides hold ground on the last day"
    assert len(theatre.claims) >= 2
