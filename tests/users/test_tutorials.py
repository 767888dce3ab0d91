"""The tutorials, done step by step as they stand; the file that publishes a map every day."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

import geoline
from geoline.cli.program import COMMANDS, main

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorials"
BLOCK = re.compile(r"(?:`([\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def typed(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Type a command; it must do all that it is asked, and give no warning."""
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(command)[1:])
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (0, ""), command
    return said.out


def followed(page: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Do what a page says, in the folder where one is: the last answer to each command."""
    answers: dict[str, str] = {}
    for name, language, text in BLOCK.findall((TUTORIALS / page).read_text("utf-8")):
        if language == "sh":
            answers |= {command: typed(command, capsys) for command in text.splitlines()}
        else:
            assert name, "the page does not say what the file is called"
            Path(name).write_text(text, "utf-8")
    return answers


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_ukraine_from_polygons(capsys: pytest.CaptureFixture[str]) -> None:
    """Who has a line as polygons would stand before an error, or a map without it."""
    answers = followed("ukraine.md", capsys)
    assert Path("ukraine.html").stat().st_size > 100_000
    changed = answers["geoline changes --theatre ukraine --from 2030-05-01 --to 2030-05-08"]
    assert "Myrnohrad" in changed
    assert "russia: +" in changed
    status = answers["geoline status Myrnohrad --theatre ukraine --on 2030-05-11"]
    assert status.startswith("Myrnohrad: ukraine")
    assert "since 2030-05-11" in status
    assert "1 claims for" in status


def test_sahel_from_acled(capsys: pytest.CaptureFixture[str]) -> None:
    """Who has ACLED's exports would get a map that does not show what the rows say."""
    answers = followed("sahel.md", capsys)
    again = answers["geoline new sahel --data today.csv --format acled"]
    assert "today.csv: 2 rows, 1 claims, 1 known already" in again
    theatre = geoline.load_theatre("sahel")
    assert set(theatre.data.parties) == {"burkina-faso", "mali", "northern-front"}
    held = {
        day: theatre.on(f"2030-06-{day}").places.set_index("place")["holder"]
        for day in ("04", "12")
    }
    assert (held["04"]["Djibo"], held["12"]["Djibo"]) == ("burkina-faso", "burkina-faso")
    assert theatre.on("2030-06-06").places.set_index("place")["holder"]["Djibo"] == "northern-front"
    assert held["12"]["Mopti"] == "northern-front"
    assert theatre.data.last_day.isoformat() == "2030-06-12"


def test_sudan_from_an_own_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Who has a list would not learn why the map believes one day rather than another."""
    answers = followed("sudan.md", capsys)
    theatre = geoline.load_theatre("sudan")
    assert theatre.data.sources["Army Page"].lean == "army", "the edit stays"
    assert {"El Obeid", "Nyala"} <= set(theatre.on("2030-07-05").places["place"])
    history = answers["geoline history Babanusa --theatre sudan"]
    assert "2030-07-04" in history
    holder = [
        theatre.on(f"2030-07-{day}").places.set_index("place")["holder"]["Babanūsah"]
        for day in ("05", "09")
    ]
    assert holder == ["rsf", "army"]


def test_workflow_file_can_be_copied() -> None:
    """A desk's copy would not be taken by GitHub, or would type a command that there is not."""
    text = (TUTORIALS / "publish.yml").read_text("utf-8")
    flow = yaml.safe_load(text)
    # YAML 1.1 reads `on` as true.
    assert re.fullmatch(r"[\d*/, -]+", flow[True]["schedule"][0]["cron"])
    assert set(flow["jobs"]) == {"draw", "publish"}
    assert flow["jobs"]["publish"]["needs"] == "draw"
    assert flow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    for job in flow["jobs"].values():
        assert job["runs-on"]
        for step in job["steps"]:
            assert step.keys() & {"run", "uses"}, step
    scripts = "".join(step.get("run", "") for step in flow["jobs"]["draw"]["steps"])
    daily = (TUTORIALS / "daily.md").read_text("utf-8")
    for name in re.findall(r"^\s*geoline (\w+)", scripts, flags=re.MULTILINE):
        assert name in COMMANDS
        assert f"geoline {name} " in " ".join(daily.split())
