"""What lies in a theatre's folder: refused if it cannot be meant, told if nothing reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geoline import DataError, load_theatre

KARABAKH = Path(__file__).parents[1] / "theatres" / "karabakh-2020"


@pytest.fixture
def theatre(tmp_path: Path) -> Path:
    """Copy a small theatre."""
    return Path(shutil.copytree(KARABAKH, tmp_path / "theatre"))


@pytest.mark.parametrize(
    "name", ["baseline.xlsx", "claims/more.xlsx", "areas/roads.geojson", "Places.CSV"]
)
def test_a_file_that_nothing_reads_is_told(theatre: Path, name: str) -> None:
    """The work of a day would lie in the folder, and the map be drawn without it."""
    (theatre / name).write_bytes(b"x")
    (theatre / "karabakh-2020.html").write_bytes(b"a page is no input")
    (remark,) = load_theatre(theatre).data.remarks
    assert remark.startswith(f"nothing reads {name}; read are")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("first_day = 2020-09-27", "first_day = 0001-01-01", "'first_day': is in the year 1"),
        ("last_day = 2020-12-01", "last_day = 2199-12-01", "'last_day': is more than 100 years"),
        ("last_day = 2020-12-01", "last_day = 2563-12-01", "'last_day': is in the year 2563"),
        ("frame = [45.85, 38.95, 47.75, 40.56]", "frame = [-180, -90, 180, 90]", "wider than 60"),
        ("frame = [45.85, 38.95, 47.75, 40.56]", "frame = [0, 80, 9, 89]", "nearer to a pole"),
        ("frame = [45.85, 38.95, 47.75, 40.56]", "frame = [nan, 38, 47, 40]", "west < east"),
        ("lat = 39.9", "lat = nan", "'labels[1].lat'"),
        ("state = true", 'state = "yes"', "'parties.azerbaijan.state': must be true or false"),
        ("first_day", 'country_of = "france"\nfirst_day', "'country_of': 'france' is no party"),
        ("first_day", f"x = {'[' * 10_000}\nfirst_day", "is nested too deeply"),
        ("first_day", f"x = {'9' * 5000}\nfirst_day", "is not TOML"),
    ],
)
def test_a_theatre_that_cannot_be_drawn_is_refused(
    theatre: Path, old: str, new: str, said: str
) -> None:
    """A slip of the pen would be computed for hours, or end in a traceback."""
    head = theatre / "theatre.toml"
    text = head.read_text("utf-8")
    assert old in text
    head.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        load_theatre(theatre)
    assert said in str(caught.value)


def test_keys_that_nothing_reads_are_told(theatre: Path) -> None:
    """``opening_dya`` would be passed over, and the page open on another day."""
    head = theatre / "theatre.toml"
    text = head.read_text("utf-8").replace("opening_day", "opening_dya", 1)
    head.write_text(text.replace("state = true", "state = true\ncolour = '#fff'", 1), "utf-8")
    assert load_theatre(theatre).data.remarks == (
        "theatre.toml, 'opening_dya': nothing reads this key; did you mean 'opening_day'?",
        "theatre.toml, 'parties.azerbaijan.colour': nothing reads this key; did you mean 'color'?",
    )


def test_a_baseline_of_another_time_is_refused_or_told(theatre: Path) -> None:
    """A holder of the year 2567 would hold the place today, and claims before it count nowhere."""
    table = theatre / "baseline.csv"
    text = table.read_text("utf-8")
    table.write_text(text.replace(",2020-09-27,", ",2020-10-27,", 1), "utf-8")
    (remark,) = load_theatre(theatre).data.remarks
    assert remark.startswith("baseline.csv: 1 places are given as of a day after the first")
    table.write_text(text.replace(",2020-09-27,", ",2563-09-27,", 1), "utf-8")
    with pytest.raises(DataError, match="row 2, 'as_of': 2563-09-27 is 543 years"):
        load_theatre(theatre)


def test_a_road_passes_a_place_once(theatre: Path) -> None:
    """Between its two passings the road has no length, and the map ended in a traceback."""
    table = theatre / "highways.csv"
    lines = table.read_text("utf-8").splitlines()
    cells = lines[-1].split(",")
    cells[2] = lines[1].split(",")[2]
    table.write_text("\n".join([*lines[:-1], ",".join(cells)]) + "\n", "utf-8")
    with pytest.raises(DataError, match=rf"row {len(lines)}, 'place_id': .* in row 2 already"):
        load_theatre(theatre)
