"""The way in: what the README tells a newcomer to type and to write, done step by step."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import geoline
from geoline.theatre_folder.new import new_theatre

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SECTION = re.search(r"^## A map of your own$(.*?)^## ", README, flags=re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^ {3}```(\w+)\n(.*?)^ {3}```$", flags=re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`(my-valley/[\w/.]+)`:\s*$")


def steps() -> list[tuple[str, str, str]]:
    """Blocks of the section in their order: language, text, the file that the text is for."""
    assert SECTION, "the README has no section 'A map of your own'"
    text, found = SECTION[1], []
    for block in BLOCK.finditer(text):
        named = FILE.search(text[: block.start()])
        body = "".join(line[3:] + "\n" for line in block[2].splitlines())
        found.append((block[1], body, named[1] if named else ""))
    return found


@pytest.fixture
def typed(tmp_path: Path) -> Callable[[str], str]:
    """Type a command in an empty folder outside the checkout; it must do what it is asked."""

    def type_in(command: str) -> str:
        name, *arguments = command.split()
        assert name == "geoline"
        ran = subprocess.run(
            [sys.executable, "-m", "geoline", *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, ""), command
        return ran.stdout

    return type_in


def test_own_map_by_the_readme_alone(tmp_path: Path, typed: Callable[[str], str]) -> None:
    """A newcomer who follows the README would stand before an error at their first own map."""
    commands, tables = [], 0
    for language, body, file in steps():
        if language == "csv":
            assert (tmp_path / file).is_file(), f"{file} is not among the files that are made"
            (tmp_path / file).write_text(body, "utf-8")
            tables += 1
        elif language == "console":
            prompt, _, shown = body.partition("\n")
            assert typed(prompt.removeprefix("$ ")) == shown
        else:
            for line in body.splitlines():
                if line.startswith("geoline "):
                    typed(line)
                    commands.append(line)
    assert (len(commands), tables) == (2, 4)
    theatre = geoline.load_theatre(tmp_path / "my-valley")
    assert len(theatre.claims) == 3
    holders = [theatre.on(f"2024-05-0{day}").spells["ford"].holder for day in (1, 2, 3)]
    assert holders == ["south", "south", "north"]
    assert "<html" in (tmp_path / "my-valley.html").read_text("utf-8")


def test_setting_up_is_what_make_has() -> None:
    """The first line that a newcomer types would not be there."""
    made = [line for _, body, _ in steps() for line in body.splitlines() if line.startswith("make")]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    assert made
    assert {line.split()[1] for line in made} <= set(targets)


def test_every_table_says_its_columns(tmp_path: Path) -> None:
    """A column of an own table would be explained nowhere in the folder."""
    new_theatre(tmp_path / "vale")
    readme = (tmp_path / "vale" / "README.md").read_text("utf-8")
    for name in ("places", "sources", "baseline", "claims/claims"):
        header = (tmp_path / "vale" / f"{name}.csv").read_text("utf-8").strip().split(",")
        section = readme.split(f"**{name}.csv**")[1].split("\n**")[0]
        explained = re.findall(
            r"`(\w+)`", "".join(re.findall(r"^\| `.*?\|", section, re.MULTILINE))
        )
        assert set(header) <= set(explained), name


@pytest.mark.parametrize(
    ("name", "identifier", "title"),
    [
        ("my-valley", "my-valley", "My valley"),
        ("Ղարաբաղ 2020", "gharabagh-2020", "Ղարաբաղ 2020"),
        ('a "b" \\c', "a-b-c", "A b c"),
    ],
)
def test_any_name_makes_a_theatre_that_can_be_read(
    tmp_path: Path, name: str, identifier: str, title: str
) -> None:
    """A name in another script, or with a quotation mark, would break the very first file."""
    new_theatre(tmp_path / name, "2024-05-01", "2024-05-02")
    with pytest.raises(geoline.DataError, match=r"places.csv: has no rows; add"):
        geoline.load_theatre(tmp_path / name)
    (tmp_path / name / "places.csv").write_text("id,name,lat,lon,lookup\na,A,1,2,map\n", "utf-8")
    data = geoline.load_theatre(tmp_path / name).data
    assert (data.id, data.name) == (identifier, title)


def test_a_theatre_without_claims_has_a_map(tmp_path: Path) -> None:
    """A first map would be refused, or end in a traceback of a library."""
    new_theatre(tmp_path / "vale")
    places = tmp_path / "vale" / "places.csv"
    places.write_text("id,name,lat,lon,lookup\na,A,1,2,map\n", "utf-8")
    day = geoline.load_theatre(tmp_path / "vale").on("2024-05-01")
    assert (len(day.areas), day.spells["a"].holder) == (0, "unknown")
    baseline = "place_id,holder,as_of,basis,source\na,north,2024-05-01,report,x\n"
    (tmp_path / "vale" / "baseline.csv").write_text(baseline, "utf-8")
    day = geoline.load_theatre(tmp_path / "vale").on("2024-05-01")  # one place is enough
    assert day.areas.holder.tolist() == ["north"]
    assert (len(day.front), day.spells["a"].holder) == (0, "north")


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    """A day's work on a theatre would be lost to one command."""
    (tmp_path / "vale").mkdir()
    kept = tmp_path / "vale" / "places.csv"
    kept.write_text("mine", "utf-8")
    with pytest.raises(geoline.RequestError, match="is there already"):
        new_theatre(tmp_path / "vale")
    with pytest.raises(geoline.RequestError, match="earlier day first"):
        new_theatre(tmp_path / "dale", "2024-05-02", "2024-05-01")
    with pytest.raises(geoline.RequestError, match="names no theatre"):
        new_theatre(tmp_path / "…")
    assert kept.read_text("utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["vale"]
