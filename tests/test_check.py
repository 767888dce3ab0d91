"""Published figures against the map: what is read, what agrees, and an answer for every row."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from geoline import DataError, load_theatre
from geoline.check import Finding, check
from geoline.check_report import markdown, web_page
from geoline.figure_values import read_value
from geoline.figures import read_figures

ROOT = Path(__file__).parents[1]
OWN = ROOT / "seeds" / "nw-syria" / "figures.csv"
# What the bundled map reaches; a change to claims or line that costs agreement shows here.
SCORE = 0.6
WHOLE = load_theatre().situations()
HEADER = ["id", "date_from", "date_to", "quantity", "value", "unit", "place_or_road", "words"]


def checked(tmp_path: Path, *rows: str) -> list[Finding]:
    """Check figures given as lines."""
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([",".join(HEADER), *rows]), encoding="utf-8")
    return list(check(path, WHOLE).findings)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high", "operator"),
    [
        ("320", "km2", 320, 320, "about"),
        ("about 1,200", "km2", 1200, 1200, "about"),
        (">20", "villages", 20, 20, "more than"),
        ("at least 40", "places", 40, 40, "at least"),
        ("within 10", "km", 10, 10, "at most"),
        ("30-40", "km", 30, 40, "about"),
        ("10", "miles", 16.09344, 16.09344, "about"),
        ("100", "square miles", 258.9988, 258.9988, "about"),
        ("33 named (headline 35)", "places", 33, 35, "about"),
        ("four", "towns", 4, 4, "about"),
        ("27+", "towns", 27, 27, "at least"),
    ],
)
def test_values_as_the_press_writes_them(
    text: str, unit: str, low: float, high: float, operator: str
) -> None:
    """A bound ("more than 20") would be checked as exactly 20, or miles as kilometres."""
    value = read_value(text, unit)
    assert (value.number, value.high) == pytest.approx((low, high))
    assert value.operator == operator


def test_bounds_are_bounds() -> None:
    """Thirty villages would contradict "more than 20"."""
    assert read_value(">20").allows(30, 3)
    assert not read_value(">20").allows(10, 3)
    assert read_value("within 10").allows(4, 2)
    assert not read_value("within 10").allows(14, 2)
    assert read_value("30-40").allows(41, 2)


def test_the_bundled_figures() -> None:
    """The claim that no other map makes would rest on nothing: the score, and a reason each."""
    findings = check(OWN, WHOLE)
    assert len(findings.findings) == 30
    assert findings.checkable >= 25
    assert findings.score is not None
    assert findings.score >= SCORE
    assert all(f.why for f in findings.findings)
    by_id = {f.id: f for f in findings.findings}
    assert by_id["f07"].verdict == "agrees"
    assert by_id["f17"].verdict == by_id["f35"].verdict == by_id["f39"].verdict == "agrees"
    assert "the map is nearer to" in by_id["f23"].why
    assert by_id["f55"].verdict == "not checkable"


def test_each_kind_is_measured(tmp_path: Path) -> None:
    """A figure of another publication would be passed over, or read as something else."""
    rows = [
        "a,2020-01-24,2020-01-29,places captured by government,at least 27,towns,Idlib,",
        "b,2020-01-29,,distance of the front from the town,within 15,km,Saraqeb,",
        "c,2020-01-29,,share of governorate held by opposition,more than 50,%,Idlib governorate,",
        "d,2020-03-02,,town recaptured by the army,1,event,Saraqib,",
        "e,2020-02-27,,highway cut by the opposition,1,event,M5 at Saraqib,",
        "f,2020-02-12,,road length held by government,at least 330,km,M5,",
        "g,2020-01-28,,distance between towns,26,km,Maaret al-Numan to Saraqeb,",
        "h,2020-01-28,,Turkish posts surrounded,2,posts,Idlib,",
        "i,2020-02-12,,M5 length held by government within Idlib,more than 50,km,M5 in Idlib,",
    ]
    found = {f.id: f for f in checked(tmp_path, *rows)}
    assert {f.id: f.verdict for f in found.values() if f.verdict != "agrees"} == {}
    assert found["d"].computed == "2020-03-02"
    assert found["g"].computed.startswith("26")


def test_every_bad_row_is_answered(tmp_path: Path) -> None:
    """One bad row would cost the others, or be dropped without a word."""
    rows = [
        "a,2020-13-01,,area taken,320,km2,Idlib,",
        "b,2020-02-02,2020-02-01,area taken,320,km2,Idlib,",
        "c,2020-01-28,,area taken,many,km2,Idlib,",
        "d,2020-01-28,,area taken,-5,km2,Idlib,",
        "e,2020-01-28,,soldiers killed,12,persons,Idlib,",
        "f,2021-01-28,,area taken,5,km2,Idlib,",
        "g,2020-01-28,,distance front to town,5,km,Springfield,",
        "h,2020-01-28,,distance front to town,5,km,Maarata,",
        "i,2020-01-28,,highway cut,1,event,M6,",
        "j,2020-01-28,,mood of the front,5,smiles,Idlib,",
        "k,2020-01-28,,distance front to town,10,km,Saraqib,",
        "k,2020-01-28,,distance front to town,13,km,Saraqib,",
        "too,few,cells",
        ",2020-01-28,,area taken,5,km2,Idlib,",
        "l,2020-01-28,,share held by opposition,57,%,nowhere,",
    ]
    found = checked(tmp_path, *rows)
    assert len(found) == len(rows)
    assert [f.row for f in found] == list(range(2, len(rows) + 2))
    good = [f.id for f in found if f.verdict != "not checkable"]
    assert good == ["k"]
    why = {f.id or str(f.row): f.why for f in found}
    for key, said in (
        ("a", "not in the calendar"),
        ("b", "is before"),
        ("c", "holds no number"),
        ("d", "negative"),
        ("e", "people are not on the map"),
        ("f", "outside the map"),
        ("g", "no 'Springfield'"),
        ("h", "may be"),
        ("i", "names no road"),
        ("j", "no quantity"),
        ("l", "is not known on this map"),
        ("14", "cells"),
        ("15", "'id'"),
    ):
        assert said in why[key], (key, why[key])
    assert "already in row 12" in found[11].why


def test_contradicting_publications_are_told_apart(tmp_path: Path) -> None:
    """Two papers that differ would both count against the map, and no reader see why."""
    rows = [
        "a,2020-01-31,,distance front to town,3,km,Saraqib,",
        "b,2020-01-31,,distance front to town,30,km,Saraqib,",
    ]
    one, other = checked(tmp_path, *rows)
    assert (one.verdict, other.verdict) == ("agrees", "differs")
    assert "b gives 30; the map is nearer to this one" in one.why
    assert "a gives 3; the map is nearer to 3" in other.why


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    """A table of claims would be checked as figures."""
    with pytest.raises(DataError, match=r"'id'.*missing"):
        read_figures(ROOT / "seeds" / "nw-syria" / "baseline.csv")
    with pytest.raises(DataError, match="is no file"):
        read_figures(tmp_path / "none.csv")


def test_reports_show_hostile_text_as_text(tmp_path: Path) -> None:
    """A figure's words would run as a script in an editor's browser."""
    path = tmp_path / "f.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerow(
            ["<b>", "2020-01-28", "", "x | y", "1", "km2", "<script>alert(1)</script>", "w"]
        )
    found = check(path, WHOLE)
    page = web_page(found, "<i>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    table = markdown(found, "T").splitlines()[-1]
    assert "x \\| y" in table
    assert "\\<script\\>" in table


def test_command(tmp_path: Path) -> None:
    """Scripts could not check a file, nor an editor get the report."""
    report = tmp_path / "report.html"
    ran = subprocess.run(
        [sys.executable, "-m", "geoline", "check", "--json", "-o", str(report)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 1, ran.stderr  # some figures cannot be checked
    rows = json.loads(ran.stdout)
    wanted = {"id", "quantity", "published", "computed", "unit", "tolerance", "verdict", "why"}
    assert wanted <= set(rows[0])
    assert {row["verdict"] for row in rows} == {"agrees", "differs", "not checkable"}
    assert report.read_text("utf-8").startswith("<!doctype html>")
