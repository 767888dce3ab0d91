"""A theatre elsewhere, with other parties and scripts, is data alone; a fault in it is named."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import geoline
from geoline.cli.program import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geoline.theatre import Theatre

FOLDER = Path(__file__).parents[1] / "theatres" / "karabakh-2020"
TABLES = (
    "places.csv", "sources.csv", "baseline.csv", "claims/2020.csv", "highways.csv", "posts.csv",
)  # fmt: skip
# What a hand may leave in a cell.
SLIPS = ("", "?", "-1", "9e9", "2020-13-01", "1,5", ";", '"', "ա")


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Ask the command about this theatre; gives what it answers as data."""

    def asked(*arguments: str, status: int = 0) -> Any:  # noqa: ANN401  (a JSON document)
        command = [*arguments, "--theatre", str(FOLDER)]
        command += [] if arguments[0] == "front" else ["--json"]
        with pytest.raises(SystemExit) as ended:
            main(command)
        said = capsys.readouterr()
        assert (ended.value.code, said.err) == (status, "")
        return json.loads(said.out)

    return asked


def test_contradicting_claims_of_other_parties(karabakh: Theatre) -> None:
    """The rule would fit one war only: who is believed, who is not, and from when on."""
    held = {
        day: {place: karabakh.on(day).spells[place].holder for place in ("shusha", "sugovushan")}
        for day in ("2020-10-03", "2020-10-04", "2020-10-23", "2020-11-06", "2020-11-08")
    }
    mine, theirs = "azerbaijan", "armenian-forces"
    assert held["2020-10-03"]["sugovushan"] == mine
    assert held["2020-10-04"]["sugovushan"] == theirs  # denied the next day
    assert held["2020-10-23"]["sugovushan"] == mine  # listed again
    assert held["2020-11-06"]["shusha"] == theirs
    assert held["2020-11-08"]["shusha"] == mine
    # That evening it was one side's word against the other's.
    assert karabakh.on("2020-11-08", known="2020-11-08").spells["shusha"].holder == theirs


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Շուշի", "shusha"), ("Şuşa", "shusha"), ("Шуши", "shusha"), ("شوشا", "shusha"),
        ("Chouchi", "shusha"), ("Ստեփանակերտ", "khankendi"), ("Xankəndi", "khankendi"),
        ("Ханкенды", "khankendi"), ("Кельбаджар", "kalbajar"), ("Martuni", "khojavend"),
        ("Madagiz", "sugovushan"), ("Ақдам", "aghdam"),
    ],
)  # fmt: skip
def test_names_in_four_scripts(ask: Callable[..., Any], written: str, place: str) -> None:
    """A report in Armenian, Azerbaijani or Russian would name places that are not found."""
    (answer,) = ask("resolve", written)
    assert (answer["status"], answer["candidates"][0]["id"]) == ("resolved", place)


def test_every_command_answers(ask: Callable[..., Any], tmp_path: Path) -> None:
    """A command would know the bundled theatre only."""
    page = tmp_path / "karabakh.html"
    written = ask("map", "--from", "2020-11-06", "--to", "2020-11-11", "-o", str(page))
    assert (written["theatre"], written["highways"]) == ("karabakh-2020", ["M12"])
    assert "Շուշի" not in page.read_text("utf-8")  # the page shows names, `resolve` knows spellings
    (shusha,) = ask("status", "Shushi", "--on", "2020-11-09")
    assert (shusha["holder"], shusha["claims"] != []) == ("azerbaijan", True)
    changes = ask("changes", "--from", "2020-11-19", "--to", "2020-11-25")
    assert [p["place_id"] for p in changes["places"]] == ["aghdam", "kalbajar"]
    gained = changes["km2"]["azerbaijan"]["gained"]
    assert gained == pytest.approx(changes["km2"]["armenian-forces"]["lost"], rel=0.01)
    (road,) = ask("highway", "--on", "2020-11-09")
    assert road["length_km"] == pytest.approx(52, abs=3)
    assert "Shusha" in json.dumps(road["cuts"])
    assert {said["event"] for said in road["reported"]} == {"road contested"}
    features = ask("front", "--on", "2020-11-09")["features"]
    assert {f["properties"]["kind"] for f in features} >= {"area", "front", "band"}
    assert ask("posts", "--on", "2020-11-09") == []
    # One figure counts what no map of control shows; the four others agree.
    verdicts = {row["id"]: row["verdict"] for row in ask("check", status=1)}
    assert verdicts == dict.fromkeys(("k01", "k02", "k03", "k04"), "agrees") | {
        "k05": "not checkable"
    }
    out = tmp_path / "day.geojson"
    assert ask("export", "-o", str(out), "--on", "2020-11-09")["layers"]["places"] == 28
    assert ask("history", "Hadrut")[0]["place_id"] == "hadrut"


def test_sources_are_named(karabakh: Theatre) -> None:
    """A claim about this war would rest on nobody's word, or on a link that leads nowhere."""
    data = karabakh.data
    assert all(claim.url for claim in data.claims)
    assert len({claim.url.split("/")[2] for claim in data.claims}) >= 15
    assert {place.lookup.split(":")[0] for place in data.gazetteer.places} == {
        "geonames", "wikipedia", "compiled",
    }  # fmt: skip


def _mutants() -> Iterator[tuple[str, int, str, str, str]]:
    """Each column of each table, one row of it spoiled in each way: file, row, column, slip."""
    for name in TABLES:
        rows = list(csv.reader((FOLDER / name).read_text("utf-8").splitlines()))
        for number, column in enumerate(rows[0]):
            for slip in SLIPS if len(rows) > 1 else ():
                row = 1 + number % (len(rows) - 1)
                cells = [list(cells) for cells in rows]
                cells[row][number] = slip
                out = io.StringIO()
                csv.writer(out, lineterminator="\n").writerows(cells)
                yield name, row + 1, column, slip, out.getvalue()


def test_a_slip_in_a_table_is_named_or_harmless(tmp_path: Path) -> None:
    """An editor's slip would end in a traceback, or in an error that does not say where it is."""
    shutil.copytree(FOLDER, tmp_path / "theatre")
    refused = 0
    for name, row, column, slip, text in _mutants():
        path = tmp_path / "theatre" / name
        whole = path.read_bytes()
        path.write_text(text, "utf-8")
        error = _refusal(tmp_path / "theatre")
        path.write_bytes(whole)
        if error is None:
            continue
        refused += 1
        said = f"{name}, row {row}, {column} = {slip!r}: {error}"
        assert "\n" not in str(error), said
        # What is renamed in one table may be missed in another.
        if error.file == name:
            assert (error.row, error.key is not None) == (row, True), said
    assert refused > 100


def _refusal(folder: Path) -> geoline.DataError | None:
    """Give the error with which a theatre is refused, if it is."""
    try:
        geoline.load_theatre(folder, cache=False)
    except geoline.DataError as error:
        return error
    return None


def _spoiled(data: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Each key of theatre.toml with a value of each other kind."""
    for key in data:
        for value in (7, True, "x", [], [1], {}, {"a": 1}, -0.5):
            yield key, value


def test_a_slip_in_the_head_is_named_or_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value of the wrong kind in theatre.toml would end in a traceback."""
    shutil.copytree(FOLDER, tmp_path / "theatre")
    right = tomllib.loads((FOLDER / "theatre.toml").read_text("utf-8"))
    refused = 0
    for key, value in _spoiled(right):
        nested = [{**right, key: value}]
        if isinstance(right[key], dict):
            nested += [{**right, key: {**right[key], inner: value}} for inner in right[key]]
            nested += [
                {**right, key: {**right[key], inner: {**table, deep: value}}}
                for inner, table in right[key].items()
                if isinstance(table, dict)
                for deep in table
            ]
        for wrong in nested:
            monkeypatch.setattr(tomllib, "loads", lambda _, wrong=wrong: dict(wrong))
            error = _refusal(tmp_path / "theatre")
            if error is not None:
                refused += 1
                assert error.key or error.row, f"{key} = {value!r}: {error}"
                assert "\n" not in str(error)
    assert refused > 100


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("places.csv", "39.76006", "39,76006", r"row \d+: has 11 cells, the header 10"),
        ("places.csv", ",", ";", r"row 1: its cells are parted by semicolons; save"),
        ("places.csv", "39.76006", '"39,76006"', "'39,76006' is not a number; write a point"),
        ("theatre.toml", "first_day = 2020-09-27", 'first_day = "2020-09-27"', "without quotation"),
        ("theatre.toml", "2020-11-09", "2020-12-09", "'opening_day': is after last_day"),
        ("theatre.toml", "2020-11-09", "2020-11-09T12:00:00", "'opening_day': must be a day"),
        ("theatre.toml", '["azerbaijan"]', '["baku"]', "no party of this theatre; there are arm"),
        ("theatre.toml", "not_places = [", "no_places = [", "no such key; known are not_places"),
        ("claims/2020.csv", ",sugovushan,", ",madagiz,", "row 2, 'place_id': the gazetteer has"),
        ("claims/2020.csv", ",commonspace,", ",comon,", r"row 2, 'source': sources.csv has no"),
    ],
)  # fmt: skip
def test_what_is_said_of_common_slips(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    """A newcomer would be told that something is wrong, but not what to do about it."""
    shutil.copytree(FOLDER, tmp_path / "theatre")
    path = tmp_path / "theatre" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new) if old == "," else text.replace(old, new, 1), "utf-8")
    with pytest.raises(geoline.DataError, match=said):
        geoline.load_theatre(tmp_path / "theatre")


def test_places_far_apart_are_asked_about(karabakh: Theatre, tmp_path: Path) -> None:
    """Latitude and longitude the wrong way round would make a map of half the world, slowly."""
    shutil.copytree(FOLDER, tmp_path / "theatre")
    head = tmp_path / "theatre" / "theatre.toml"
    head.write_text(re.sub(r"(?m)^(frame|view) = .*\n", "", head.read_text("utf-8")), "utf-8")
    west, south, east, north = geoline.load_theatre(tmp_path / "theatre").data.frame
    assert all(west < p.lon < east and south < p.lat < north for p in karabakh.gazetteer.places)
    places = tmp_path / "theatre" / "places.csv"
    text = places.read_text("utf-8").replace("39.76006,46.74989", "46.74989,39.76006")
    places.write_text(text, "utf-8")
    geoline.load_theatre(tmp_path / "theatre")  # 7 degrees off: may be right
    places.write_text(text.replace("46.74989,39.76006", "-39.8,46.7"), "utf-8")
    with pytest.raises(geoline.DataError, match=r"'shusha' at -39.8, 46.7 lies far .* wrong way"):
        geoline.load_theatre(tmp_path / "theatre")
