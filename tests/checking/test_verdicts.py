"""Published figures against the map: what is read, what agrees, and an answer for every row."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline import DataError, load_theatre
from geoline.checking.figures.figure import read_figures
from geoline.checking.figures.values import read_days, read_value
from geoline.checking.report import markdown, web_page
from geoline.checking.verdicts import Finding, check
from geoline.claims.ledger import CLAIM_COLUMNS, SOURCE_COLUMNS
from geoline.gazetteer.place import COLUMNS
from geoline.theatre_folder.theatre_tables import BASELINE_COLUMNS, HIGHWAY_COLUMNS, POST_COLUMNS
from tests.growth import assert_grows_with_the_work

if TYPE_CHECKING:
    from geoline.situation.situation import TheatreAsKnown
    from geoline.theatre import Theatre

ROOT = Path(__file__).parents[2]
OWN = ROOT / "seeds" / "nw-syria" / "figures.csv"
# What the bundled map reaches; a change to claims or line that costs agreement shows here.
SCORE = 0.85
RURITANIA = """
id = "ruritania"
name = "Eastern Ruritania"
first_day = 2023-05-01
last_day = 2023-05-20
opening_day = 2023-05-10
gazetteer = "."
frame = [20.0, 45.0, 21.2, 46.0]
view = [20.0, 45.0, 21.2, 46.0]
[parties.king]
name = "Kingdom of Ruritania"
words = ["royal army"]
color = "#cc0000"
state = true
[parties.league]
name = "Free League"
words = ["leaguers"]
color = "#0000cc"
state = true
[leans]
none = []
[baseline_confidence]
report = 0.9
"""
TOWNS = (
    "Strelsau", "Zenda", "Hofbau", "Tarlenheim", "Hentzau", "Kravonia",
    "Slavna", "Praslok", "Dobrava", "Volseni", "Miklevni", "Baroda",
    "Landskron", "Ebersdorf", "Wintenberg", "Glottenberg", "Festenburg", "Mittenheim",
    "Rosenau", "Altbach", "Neudorf", "Kirchen", "Sapten", "Lauterberg",
    "Grafing", "Ostrava", "Peltow", "Quarnitz", "Rudolfs", "Tepl",
)  # fmt: skip
HEADER = ["id", "date_from", "date_to", "quantity", "value", "unit", "place_or_road", "words"]


def checked(bundled_theatre: Theatre, tmp_path: Path, *rows: str) -> list[Finding]:
    """Check figures given as lines."""
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([",".join(HEADER), *rows]), encoding="utf-8")
    return list(check(path, bundled_theatre.as_known()).findings)


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
        ("dozens", "villages", 24, 24, "at least"),
        ("more than two dozen", "villages", 24, 24, "more than"),
        ("twenty-five", "villages", 25, 25, "about"),
        ("just over 30", "km", 30, 30, "about"),
        ("between 5 and 6 km", "", 5, 6, "about"),
        ("320 ± 20", "km2", 300, 340, "about"),
        ("1.160", "km²", 1160, 1160, "about"),
        ("4,5", "km", 4.5, 4.5, "about"),
        ("32,000", "hectares", 320, 320, "about"),
        ("at least a third", "%", 33.3333, 33.3333, "at least"),
        ("half", "% of the province", 50, 50, "about"),
        ("3/4", "%", 75, 75, "about"),
        ("0.57", "fraction", 57, 57, "about"),
        ("most", "%", 50, 50, "more than"),
    ],
)
def test_values_as_the_press_writes_them(
    text: str, unit: str, low: float, high: float, operator: str
) -> None:
    """A bound ("more than 20") would be checked as exactly 20, or miles as kilometres."""
    value = read_value(text, unit, share=unit.startswith(("%", "fraction")))
    assert (value.number, value.high) == pytest.approx((low, high))
    assert value.operator == operator


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("28 January 2020", "2020-01-28", "2020-01-28"),
        ("Jan. 28, 2020", "2020-01-28", "2020-01-28"),
        ("28.01.2020", "2020-01-28", "2020-01-28"),
        ("01/28/2020", "2020-01-28", "2020-01-28"),
        ("early February 2020", "2020-02-01", "2020-02-10"),
        ("late February 2020", "2020-02-21", "2020-02-29"),
    ],
)
def test_days_as_people_write_them(text: str, first: str, last: str) -> None:
    """A table from a spreadsheet would be refused, or checked on another day."""
    assert [day.isoformat() for day in read_days(text)] == [first, last]


@pytest.mark.parametrize(
    ("text", "said"),
    [("05/02/2020", "two days"), ("28 January", "no year"), ("2020-02-30", "calendar")],
)
def test_a_day_that_is_unclear_is_not_guessed(text: str, said: str) -> None:
    """The second of May would be checked as the fifth of February."""
    with pytest.raises(ValueError, match=said):
        read_days(text)


def test_bounds_are_bounds() -> None:
    """Thirty villages would contradict "more than 20"."""
    assert read_value(">20").allows(30, 3)
    assert not read_value(">20").allows(10, 3)
    assert read_value("within 10").allows(4, 2)
    assert not read_value("within 10").allows(14, 2)
    assert read_value("30-40").allows(41, 2)


def test_the_bundled_figures(bundled_theatre: Theatre) -> None:
    """The claim that no other map makes would rest on nothing: the score, and a reason each."""
    findings = check(OWN, bundled_theatre.as_known())
    assert len(findings.findings) == 51
    assert findings.checkable >= 43
    assert findings.score is not None
    assert findings.score >= SCORE
    assert all(f.why for f in findings.findings)
    by_id = {f.id: f for f in findings.findings}
    assert by_id["f64"].verdict == "agrees", "lost and taken back within the days that count"
    assert by_id["f17"].verdict == by_id["f35"].verdict == by_id["f39"].verdict == "agrees"
    assert "the map is nearer to" in by_id["f23"].why
    assert by_id["f55"].verdict == "not checkable"
    assert "434 of 625 km" in by_id["f48"].why
    differing = {f.id for f in findings.findings if f.verdict == "differs"}
    assert differing == {"f07", "f23", "f24", "f37", "f75", "f81"}


def test_each_kind_is_measured(bundled_theatre: Theatre, tmp_path: Path) -> None:
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
        "j,2020-01-29,,share outside government control,more than half,%,Idleb province,",
        "k,2020-02-05,,area held by opposition,about 3000,km2,إدلب,",
        "l,2020-02-12,,share of the M5 in government hands,all,%,M5,",
        "m,2020-02-27,,town held by opposition,1,event,Saraqib,",
        "n,2020-01-28,,bearing,south,compass,Maarrat al-Numan from Idlib city,",
        "o,2019-12-23,,post encircled,1,event,Turkish post at Sarman,",
        "p,,,date of capture,6 February 2020,date,سراقب,",
        "q,2020-01-28,,length of the M5,26,km,M5 between Maarrat al-Numan and Saraqib,",
        "r,2020-02-11,,fully in government hands,1,event,Damascus-Aleppo highway,",
        "s,2020-02-01,,distance between places,5,miles,Saraqib to Nayrab,",
        "t,2020-02-01,2020-02-09,villages lost by opposition,60,villages,Idlib and Aleppo,",
        "u,2020-01-28,,Turkish observation posts,at least 10,posts,,",
        "v,2020-02-05,,length of the front line,350,km,,",
        "w,2020-02-24,,town taken,1,event,Nayrab,",
        "y,2020-01-28,,bearing,115,degrees,Idlib city to Saraqib,",
        "z,2020-01-24,2020-01-29,places captured,27,towns,,27 towns in southern Idlib since Friday",
        "x,2020-01-29,,distance of the rebels from the town,10,km,Saraqib,",
    ]
    found = {f.id: f for f in checked(bundled_theatre, tmp_path, *rows)}
    assert {f.id: f.verdict for f in found.values() if f.verdict != "agrees"} == {}
    assert found["d"].computed == "2020-03-02"
    assert found["g"].computed.startswith("26")


def test_every_bad_row_is_answered(bundled_theatre: Theatre, tmp_path: Path) -> None:
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
    found = checked(bundled_theatre, tmp_path, *rows)
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


def test_what_is_not_on_the_map_is_said(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """A figure of something else would be held against the nearest thing that the map has."""
    rows = [
        "a,2020-01-28,,villages taken,15,villages,Jabal al-Zawiya,",
        "b,2020-02-05,,share held by opposition,40,%,Aleppo governorate,",
        "c,2020-02-26,,M4 length held by opposition,124,km,M4,",
        "d,2020-02-26,,villages held by government,300,villages,Idlib,",
        "e,2020-01-28,,distance front to town,13,leagues,Saraqib,",
        "f,2020-01-28,,town entered,1,event,Saraqib,",
    ]
    found = {f.id: f for f in checked(bundled_theatre, tmp_path, *rows)}
    assert {f.verdict for f in found.values()} == {"not checkable"}
    for key, said in (
        ("a", "has no outline"),
        ("b", "only 7531 of"),
        ("c", "beyond the map"),
        ("d", "those of the claims alone"),
        ("e", "no unit of length"),
        ("f", "no change of its holder"),
    ):
        assert said in found[key].why, (key, found[key].why)


def test_directions_are_used(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """Villages taken south of Aleppo would count for a figure about its north."""
    rows = [
        "a,2020-02-16,,places taken,16,places,N and NW Aleppo,",
        "b,2020-02-16,,places taken,16,places,southern Aleppo countryside,",
        "c,2020-02-16,,places taken,16,places,Aleppo,",
        "d,2020-02-27,,places taken by the army,9,places,S Idlib,",
        "e,2020-02-27,,places taken by the army,0,places,north of Idlib,",
    ]
    found = {f.id: f for f in checked(bundled_theatre, tmp_path, *rows)}
    assert found["a"].computed == found["c"].computed == "16 places"
    assert found["b"].computed == "0 places"
    assert "over its border" in found["d"].why
    assert found["d"].verdict == found["e"].verdict == "agrees"


def test_a_direction_or_a_name_that_is_wrong_does_not_agree(
    bundled_theatre: Theatre, tmp_path: Path
) -> None:
    """The right number would hide that the words are about something else."""
    rows = [
        'a,2020-01-28,,distance,13,km,"Ariha, north of Idlib city",',
        'b,2019-12-23,,posts encircled,"2 (Murak, Surman)",posts,,',
        'c,2019-12-23,,posts encircled,"2 (Murak, Tell Tuqan)",posts,,',
    ]
    found = {f.id: f for f in checked(bundled_theatre, tmp_path, *rows)}
    assert {key: f.verdict for key, f in found.items()} == {
        "a": "differs",
        "b": "agrees",
        "c": "differs",
    }
    assert "does not lie north of Idlib" in found["a"].why
    assert "Tell Tuqan is not encircled" in found["c"].why


def test_what_is_said_of_a_day_may_be_of_its_morning(
    bundled_theatre: Theatre, tmp_path: Path
) -> None:
    """A count of the 29th's morning papers would be held against that day's evening."""
    row = "a,2020-01-24,2020-01-29,towns and villages captured,27,towns,southern Idlib,"
    found = checked(bundled_theatre, tmp_path, row)[0]
    assert found.verdict == "agrees"
    assert "the evening before" in found.why


@pytest.mark.parametrize("mark", [";", "\t"])
def test_tables_as_spreadsheets_write_them(
    bundled_theatre: Theatre, tmp_path: Path, mark: str
) -> None:
    """A table saved with semicolons, a mark at its head and other headings would be refused."""
    path = tmp_path / "figures.csv"
    rows = [
        ["Id", "Date", "Quantity", "Value", "Unit", "Place"],
        ["a", "29.01.2020", "Distance front to town", "9,7", "km", "Saraqib"],
    ]
    path.write_text("\n".join(mark.join(row) for row in rows), encoding="utf-8-sig")
    assert [f.verdict for f in check(path, bundled_theatre.as_known()).findings] == ["agrees"]


VOCABULARY = (
    "villages", "area", "front", "distance", "share", "held", "by", "government", "rebels",
    "not", "posts", "encircled", "M5", "road", "cut", "taken", "lost", "of", "to", "and", "from",
    "N", "SE", "around", "Idlib", "Aleppo", "Saraqib", "Murak", "إدلب", "(", ")", ",", ";", "/",
    "-", "%", "km", "half", "dozens", "10", "3", "±", "2020-02-05", "<", "\u200f",
)  # fmt: skip
words = st.lists(st.sampled_from(VOCABULARY), max_size=7).map(" ".join)
cells = st.tuples(
    st.sampled_from(["2020-01-28", "2020-02-05", "early February 2020", "31.01.2020", "soon"]),
    words.map(lambda text: text or "villages taken"),
    st.sampled_from(["5", "10-20", "half", ">20", "3 (Murak, Surman)", "1", "0", "1e400", "½"]),
    st.sampled_from(["km", "km2", "%", "event", "posts", "of 12 posts", "villages", "", "leagues"]),
    words,
)


@given(st.lists(cells, min_size=1, max_size=8))
@settings(max_examples=40)
def test_any_row_is_answered(bundled_theatre: Theatre, rows: list[tuple[str, ...]]) -> None:
    """One row that nobody had thought of would end the check of a whole table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", "date_from", "quantity", "value", "unit", "place"])
            table.writerows((f"r{n}", *row) for n, row in enumerate(rows))
        found = check(path, bundled_theatre.as_known()).findings
    assert [f.row for f in found] == list(range(2, len(rows) + 2))
    assert all(f.why and f.verdict in {"agrees", "differs", "not checkable"} for f in found)


def test_a_second_theatre_is_checked(tmp_path: Path) -> None:
    """The check would know one country's governorates, roads and sides only."""
    found = {f.id: f for f in check(figures_of_ruritania(tmp_path), ruritania(tmp_path)).findings}
    assert {key: f.verdict for key, f in found.items() if f.verdict != "agrees"} == {
        "posts": "not checkable",
        "elsewhere": "not checkable",
        "nobody": "not checkable",
        "wrong": "differs",
    }


def ruritania(folder: Path) -> TheatreAsKnown:
    """Write a theatre of 30 places in five rows; its king takes three of the league's."""
    places = [
        f"{n.lower()},{n},,,{45.1 + 0.2 * (k // 6):.1f},{20.1 + 0.2 * (k % 6):.1f},500,village,,x,,"
        for k, n in enumerate(TOWNS)
    ]
    held = [
        f"{n.lower()},{'king' if k % 6 < 3 else 'league'},2023-05-01,report,x,"
        for k, n in enumerate(TOWNS)
    ]
    taken = [("Tarlenheim", 3), ("Volseni", 4), ("Glottenberg", 6)]
    claims = [
        f"c{day},{n},place,{n.lower()},,captured,king,{d},{d},day,{d},p,,6,,"
        for n, day in taken
        for d in [f"2023-05-0{day}"]
    ]
    road = [f"H20,{k + 1},{TOWNS[6 + k].lower()},,,500,town,,x," for k in range(6)]
    tables = {
        "places.csv": (COLUMNS, places),
        "sources.csv": (SOURCE_COLUMNS, ["p,P,B,none,outlet,,,"]),
        "baseline.csv": (BASELINE_COLUMNS, held),
        "highways.csv": (HIGHWAY_COLUMNS, road),
        "posts.csv": (POST_COLUMNS, []),
        "claims/all.csv": (CLAIM_COLUMNS, claims),
    }
    for name, (columns, rows) in tables.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([",".join(columns), *rows]) + "\n", "utf-8")
    (folder / "theatre.toml").write_text(RURITANIA, "utf-8")
    (folder / "areas").mkdir()
    regions = [("Strelsau", 45.0, 45.5), ("Upper Ruritania", 45.5, 46.0)]
    shapes = [
        {
            "type": "Feature",
            "properties": {"name": name, "pcode": name},
            "geometry": shapely.geometry.mapping(shapely.box(20.0, south, 21.2, north)),
        }
        for name, south, north in regions
    ]
    for name in ("governorates", "land"):
        text = json.dumps({"type": "FeatureCollection", "features": shapes})
        (folder / "areas" / f"{name}.geojson").write_text(text, "utf-8")
    return load_theatre(folder).as_known()


def figures_of_ruritania(folder: Path) -> Path:
    """Write figures about it."""
    rows = [
        "count,2023-05-03,2023-05-06,villages captured by the royal army,3,villages,,",
        "lost,2023-05-03,2023-05-04,villages lost by the leaguers,two,villages,Strelsau,",
        "turn,2023-05-04,,village taken from the leaguers,1,event,Volseni,",
        "share,2023-05-10,,share held by the royal army,60,%,Strelsau province,",
        "road,2023-05-10,,H20 length held by leaguers,28-30,km,H20,",
        "near,2023-05-10,,distance of the leaguers from the town,16,km,Dobrava,",
        "apart,2023-05-10,,distance,16,km,Strelsau to Zenda,",
        "whole,2023-05-02,2023-05-20,area gained by royal army,700,km2,Eastern Ruritania,",
        "posts,2023-05-02,,posts encircled,2,posts,Strelsau,",
        "elsewhere,2023-05-02,,distance front to town,2,km,Saraqib,",
        "nobody,2023-05-02,,share held by rebels,50,%,Strelsau,",
        "wrong,2023-05-10,,village taken by the royal army,1,event,Baroda,",
    ]
    path = folder / "figures.csv"
    path.write_text("\n".join([",".join(HEADER), *rows]), encoding="utf-8")
    return path


def test_contradicting_publications_are_told_apart(
    bundled_theatre: Theatre, tmp_path: Path
) -> None:
    """Two papers that differ would both count against the map, and no reader see why."""
    rows = [
        "a,2020-01-31,,distance front to town,3,km,Saraqib,",
        "b,2020-01-31,,distance front to town,30,km,Saraqib,",
    ]
    one, other = checked(bundled_theatre, tmp_path, *rows)
    assert (one.verdict, other.verdict) == ("agrees", "differs")
    assert "b gives 30; the map is nearer to this one" in one.why
    assert "a gives 3; the map is nearer to 3" in other.why


def test_contradicting_days_are_told_apart(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """Two papers that date a capture differently would each be judged alone."""
    rows = [
        "a,2020-02-06,,town taken,1,event,Saraqib,",
        "b,2020-02-09,,town taken,1,event,Saraqeb,",
        "c,2020-02-09,,town taken,1,event,Saraqib,",
    ]
    found = {f.id: f for f in checked(bundled_theatre, tmp_path, *rows)}
    assert "b gives 2020-02-09; the map is nearer to this one" in found["a"].why
    assert "a gives 2020-02-06; the map is nearer to 2020-02-06" in found["c"].why


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    """A table of claims would be checked as figures."""
    with pytest.raises(DataError, match=r"'id'.*missing"):
        read_figures(ROOT / "seeds" / "nw-syria" / "baseline.csv")
    with pytest.raises(DataError, match="is no file"):
        read_figures(tmp_path / "none.csv")


def test_reports_show_hostile_text_as_text(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """A figure's words would run as a script in an editor's browser."""
    path = tmp_path / "f.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerow(
            ["<b>", "2020-01-28", "", "x | y", "1", "km2", "<script>alert(1)</script>", "w"]
        )
    found = check(path, bundled_theatre.as_known())
    page = web_page(found, "<i>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    table = markdown(found, "T").splitlines()[-1]
    assert "x \\| y" in table
    assert "\\<script\\>" in table


def test_command(tmp_path: Path) -> None:
    """Scripts could not check a file, nor an editor get the report."""
    ruritania(tmp_path)
    figures_of_ruritania(tmp_path)
    report = tmp_path / "report.html"
    command = ["check", "--theatre", str(tmp_path), "--json", "-o", str(report)]
    ran = subprocess.run(
        [sys.executable, "-m", "geoline", *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 1, ran.stderr  # some figures cannot be checked
    rows = json.loads(ran.stdout)
    wanted = {"id", "quantity", "published", "computed", "unit", "tolerance", "verdict", "why"}
    assert wanted <= set(rows[0])
    area = next(row for row in rows if row["id"] == "whole")
    assert area["kind"] == "area"
    assert area["low"] <= area["number"] <= area["high"]
    assert {row["verdict"] for row in rows} == {"agrees", "differs", "not checkable"}
    assert report.read_text("utf-8").startswith("<!doctype html>")


def test_time_grows_with_the_figures(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """A table of thousands of figures would be compared row by row with each other."""

    def seconds(count: int) -> float:
        rows = [
            f"f{n},2020-02-0{1 + n % 9},,front distance to {('Saraqib', 'Idlib', 'Aleppo')[n % 3]},"
            f"{n},km,,"
            for n in range(count)
        ]
        start = time.process_time()
        assert len(checked(bundled_theatre, tmp_path, *rows)) == count
        return time.process_time() - start

    seconds(30)  # the days are drawn, once
    assert_grows_with_the_work(seconds, 200)
