"""The ledger: what comes in from datasets, what is set aside and why, and that nothing is lost."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geoline import DataError, RequestError, load_theatre
from geoline.claims.claim import acled_type
from geoline.claims.ledger import CLAIM_COLUMNS, add_claims
from geoline.control.bulk import Folding, fold_ledger
from geoline.control.history import place_history
from geoline.control.holders import spells_of_all
from geoline.ingest.into_ledger import Ingested, ingest, write_report
from geoline.theatre import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.theatre import Theatre

ROOT = Path(__file__).parents[2]
ACLED = [
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "actor2", "assoc_actor_2", "location", "latitude", "longitude",
    "geo_precision", "source", "notes", "timestamp", "fatalities",
]  # fmt: skip
UCDP = [
    "id", "type_of_violence", "side_a", "side_b", "source_office", "source_date",
    "source_original", "where_prec", "where_coordinates", "latitude", "longitude", "event_clarity",
    "date_prec", "date_start", "date_end", "best", "low", "high",
]  # fmt: skip
ARMY, REBELS = "Military Forces of Syria (2000-2024)", "HTS: Hayat Tahrir al Sham"


@pytest.fixture
def theatre(tmp_path: Path) -> Path:
    """Copy the bundled theatre, to add to it."""
    shutil.copytree(ROOT / "gazetteer", tmp_path / "gazetteer")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path / "seeds" / BUNDLED


@pytest.fixture
def tables(theatre: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Give a theatre, and a folder for files to take in."""
    return theatre, tmp_path


def write(path: Path, header: Sequence[str], rows: Sequence[dict[str, object]]) -> Path:
    """Write a table of which most cells are empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def acled(number: int, sub_event: str, **more: object) -> dict[str, object]:
    """Make a row about Saraqib on 6 February 2020."""
    return {
        "event_id_cnty": f"SYR{number}",
        "event_date": "06 February 2020",
        "time_precision": 1,
        "event_type": "Battles",
        "sub_event_type": sub_event,
        "actor1": REBELS,
        "actor2": ARMY,
        "location": "Saraqab",
        "latitude": 35.8645,
        "longitude": 36.8059,
        "geo_precision": 1,
        "source": "SOHR; Some Paper",
        "timestamp": 1581379200,  # 11 February 2020
    } | more


def ucdp(number: int, **more: object) -> dict[str, object]:
    """Make a row about Saraqib on 5 January 2020."""
    return {
        "id": f"{number}.0",
        "type_of_violence": 1,
        "side_a": "Government of Syria",
        "side_b": "Syrian insurgents",
        "source_office": "SOHR",
        "source_date": "2020-01-06",
        "where_prec": 1,
        "where_coordinates": "Saraqib town",
        "latitude": 35.8645,
        "longitude": 36.8059,
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2020-01-05",
        "date_end": "2020-01-05",
    } | more


def added(theatre: Path, done: Ingested) -> list[dict[str, str]]:
    """Read the rows of the table that an ingest made."""
    assert done.table
    assert done.table.parent == theatre / "claims"
    with done.table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_acled_rows_become_claims(bundled_theatre: Theatre, theatre: Path, tmp_path: Path) -> None:
    """An analyst's ACLED export would be of no use, or put captures on the wrong side."""
    rows = [
        acled(1, "Government regains territory"),
        acled(2, "Non-state actor overtakes territory", event_date="2020-02-07"),
        acled(3, "Armed clash", time_precision=2, source="No Such Outlet"),
        acled(4, "Non-violent transfer of territory", actor1=ARMY, actor2=""),
        acled(5, "Shelling/artillery/missile attack", event_type="Explosions/Remote violence"),
    ]
    done = ingest(theatre, write(tmp_path / "a.csv", ACLED, rows), "acled")
    assert (done.read, done.accepted, done.set_aside) == (5, 5, ())
    claims = added(theatre, done)
    assert [(c["event"], c["actor"]) for c in claims] == [
        ("captured", "government"),
        ("captured", "opposition"),
        ("clash", "opposition; government"),
        ("transferred", "government"),
        ("strike", "opposition; government"),
    ]
    assert {(c["place_id"], c["source"], c["published"]) for c in claims} == {
        ("saraqib", "acled", "2020-02-11")
    }
    assert [c["origin"] for c in claims[:3]] == ["sohr", "sohr", ""]
    week = claims[2]
    assert (week["date_start"], week["date_end"], week["date_precision"]) == (
        "2020-02-03",
        "2020-02-09",
        "between",
    )
    assert len(load_theatre(theatre).claims) == len(bundled_theatre.claims) + 5
    assert acled_type("captured", state=True)[1] == "Government regains territory"
    assert acled_type("captured", state=False)[1] == "Non-state actor overtakes territory"


def test_ucdp_events_are_clashes_with_their_precision(theatre: Path, tmp_path: Path) -> None:
    """A count of the dead would be taken for a capture, or a week for a day."""
    rows = [ucdp(1), ucdp(2, date_start="2020-01-02", date_prec=2, event_clarity=2)]
    done = ingest(theatre, write(tmp_path / "g.csv", UCDP, rows), "ucdp-ged")
    day, span = added(theatre, done)
    assert (day["claim_id"], day["event"], day["place_id"]) == ("ucdp-1", "clash", "saraqib")
    assert (day["origin"], day["published"], day["credibility"]) == ("sohr", "2020-01-06", "6")
    assert (span["date_precision"], span["credibility"]) == ("between", "3")
    claim = next(c for c in load_theatre(theatre).data.claims if c.claim_id == "ucdp-2")
    assert claim.date_prec == 2


def test_attacks_and_deaths_are_kept_as_published(theatre: Path, tmp_path: Path) -> None:
    """An attack on civilians would not be told, or an estimate of deaths become a number."""
    rows = [ucdp(1, type_of_violence=3, best=5, low=2, high=9), ucdp(2, best=0, low=0, high=0)]
    attack, clash = added(
        theatre, ingest(theatre, write(tmp_path / "g.csv", UCDP, rows), "ucdp-ged")
    )
    assert (attack["event"], attack["deaths"], clash["deaths"]) == ("attack", "2-5-9", "")
    one = acled(1, "Attack", event_type="Violence against civilians", fatalities=3)
    rows = [one, acled(2, "Armed clash", fatalities=0)]
    attack, clash = added(theatre, ingest(theatre, write(tmp_path / "a.csv", ACLED, rows), "acled"))
    assert (attack["event"], attack["deaths"], clash["deaths"]) == ("attack", "3", "")
    again = ingest(theatre, tmp_path / "g.csv", "ucdp-ged")
    assert (again.accepted, again.duplicates) == (0, 2)


@pytest.mark.parametrize(
    ("form", "row", "key", "said"),
    [
        ("acled", acled(1, "Protest with intervention"), "sub_event_type", "says nothing of who"),
        ("acled", acled(1, "Armed clash", event_date="31 February 2020"), "event_date", "calendar"),
        ("acled", acled(1, "Armed clash", event_date="soon"), "event_date", "YYYY-MM-DD"),
        ("acled", acled(1, "Armed clash", latitude="north"), "latitude", "not a number"),
        ("acled", acled(1, "Armed clash", latitude=0, longitude=0), "latitude", "not known"),
        ("acled", acled(1, "Armed clash", latitude=33.5), "latitude", "outside the theatre"),
        ("acled", acled(1, "Armed clash", geo_precision=3), "geo_precision", "a region"),
        ("acled", acled(1, "Armed clash", location="Springfield"), "location", "places.csv"),
        (
            "acled",
            acled(1, "Armed clash", actor1="X", actor2=""),
            "actor1",
            "add the name under actor_names",
        ),
        (
            "acled",
            acled(1, "Government regains territory", actor2=""),
            "actor1",
            "none is a state's",
        ),
        ("acled", acled(1, "Armed clash", timestamp="today"), "timestamp", "seconds since 1970"),
        ("ucdp-ged", ucdp(1, best=5, low=6, high=9), "best", "not within its range"),
        ("ucdp-ged", ucdp(1, where_prec=4), "where_prec", "wider than a place"),
        ("ucdp-ged", ucdp(1, date_start="2020-01-09"), "date_start", "before it starts"),
        ("ucdp-ged", ucdp(1, date_prec=9), "date_prec", "outside 1 to 5"),
    ],
)
def test_unusable_rows_are_set_aside_with_their_reason(
    tables: tuple[Path, Path], form: str, row: dict[str, object], key: str, said: str
) -> None:
    """A row would vanish without a word, or cost the rows beside it."""
    theatre, tmp_path = tables
    header, good = (ACLED, acled(7, "Armed clash")) if form == "acled" else (UCDP, ucdp(7))
    file = write(tmp_path / "in.csv", header, [row, good])
    done = ingest(theatre, file, form)
    (error,) = done.set_aside
    assert (error.file, error.row, error.key) == ("in.csv", 2, key)
    assert said in error.reason
    assert (done.read, done.accepted) == (2, 1)
    write_report(done, tmp_path / "report.csv")
    (told,) = csv.DictReader((tmp_path / "report.csv").read_text("utf-8").splitlines())
    assert (told["row"], told["key"]) == ("2", key)


def test_nothing_enters_twice(theatre: Path, tmp_path: Path) -> None:
    """Last month's export, taken in again with this month's, would count every claim twice."""
    rows = [acled(1, "Armed clash"), acled(1, "Armed clash"), acled(2, "Armed clash")]
    file = write(tmp_path / "a.csv", ACLED, rows)
    first = ingest(theatre, file, "acled")
    before = {p.name: p.read_bytes() for p in (theatre / "claims").iterdir()}
    second = ingest(theatre, file, "acled")
    assert (first.accepted, first.duplicates) == (2, 1)
    assert (second.accepted, second.duplicates, second.table) == (0, 3, None)
    assert {p.name: p.read_bytes() for p in (theatre / "claims").iterdir()} == before


def test_a_changed_row_corrects_from_its_own_day(theatre: Path, tmp_path: Path) -> None:
    """A dataset's revision would be lost, or rewrite what was known before it."""
    old = [acled(1, "Government regains territory", event_date="2020-01-20", timestamp=1580083200)]
    ingest(theatre, write(tmp_path / "old.csv", ACLED, old), "acled")
    new = [acled(1, "Armed clash", event_date="2020-01-20", timestamp=1581379200)]
    done = ingest(theatre, write(tmp_path / "new.csv", ACLED, new), "acled")
    assert (done.accepted, done.corrections) == (1, 1)
    assert added(theatre, done)[-1]["corrects"] == "acled-SYR1"
    changed = load_theatre(theatre)
    then = changed.on("2020-01-25", known="2020-02-01").spells["saraqib"]
    now = changed.on("2020-01-25").spells["saraqib"]
    assert (then.holder, now.holder) == ("government", "opposition")
    stale = ingest(theatre, write(tmp_path / "old.csv", ACLED, old), "acled")
    assert (stale.accepted, stale.duplicates, stale.set_aside) == (0, 1, ())
    other = [acled(1, "Armed clash", event_date="2020-01-21", timestamp=1580083200)]
    stale = ingest(theatre, write(tmp_path / "older.csv", ACLED, other), "acled")
    assert [e.key for e in stale.set_aside] == ["event_id_cnty"]


def test_own_form(theatre: Path, tmp_path: Path) -> None:
    """Three claims that a newcomer typed would not come in, or their typing errors would."""
    header = ["place", "event", "actor", "date_start", "date_end", "source", "certainty"]
    good: dict[str, object] = {
        "event": "captured",
        "actor": "government",
        "date_end": "2020-03-05",
        "source": "sohr",
    }
    rows = [
        good | {"place": "Kfar Roummah", "date_start": "2020-03-05"},
        good | {"place": "Kfar Roummah", "date_start": "2020-03-05"},
        good | {"place": "Maarata", "date_end": "2019-06-01"},
        good | {"place": "Springfield"},
        good | {"place": "Saraqib", "source": "nobody"},
        good | {"place": "Saraqib", "actor": "martians"},
        good | {"place": "Saraqib", "certainty": "foreseen"},
    ]
    done = ingest(theatre, write(tmp_path / "own.csv", header, rows), "claims")
    assert (done.read, done.accepted, done.duplicates) == (7, 1, 1)
    assert [(e.row, e.key) for e in done.set_aside] == [
        (4, "place"),
        (5, "place"),
        (6, "source"),
        (7, "actor"),
        (8, "certainty"),
    ]
    assert "maarata" in done.set_aside[0].reason
    with pytest.raises(DataError, match="'colour'"):
        ingest(theatre, write(tmp_path / "odd.csv", [*header, "colour"], []), "claims")


def test_files_of_another_kind_leave_the_ledger(theatre: Path, tmp_path: Path) -> None:
    """A wrong file would be half taken in."""
    before = {p.name: p.read_bytes() for p in (theatre / "claims").iterdir()}
    file = write(tmp_path / "g.csv", UCDP, [ucdp(1)])
    with pytest.raises(DataError, match="it is no acled file"):
        ingest(theatre, file, "acled")
    with pytest.raises(DataError, match="is empty"):
        ingest(theatre, write(tmp_path / "e.csv", [], []), "acled")
    with pytest.raises(DataError, match="is no file"):
        ingest(theatre, tmp_path / "none.csv", "acled")
    with pytest.raises(RequestError, match="there are acled, ucdp-ged, viina, claims"):
        ingest(theatre, file, "excel")
    assert {p.name: p.read_bytes() for p in (theatre / "claims").iterdir()} == before


def test_a_killed_run_leaves_the_ledger_whole(theatre: Path, tmp_path: Path) -> None:
    """A power cut would leave half a table, and no way to tell which half."""
    rows = [acled(n, "Armed clash") for n in range(8000)]
    file = write(tmp_path / "a.csv", ACLED, rows)
    folder = theatre / "claims"
    before = {p.name: p.read_bytes() for p in folder.glob("*.csv")}
    program = """
import sys
from pathlib import Path
from geoline.ingest.into_ledger import ingest
print("go", flush=True)
ingest(Path(sys.argv[1]), Path(sys.argv[2]), "acled")
"""
    command = [sys.executable, "-c", program, str(theatre), str(file)]
    for wait in (0.05, 0.3, 0.6, 0.8):
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as run:
            assert run.stdout
            run.stdout.readline()
            time.sleep(wait)
            run.send_signal(signal.SIGKILL)
        now = {p.name: p.read_bytes() for p in folder.glob("*.csv")}
        count = now.pop("acled.csv", b"").count(b"\n")
        assert now == before
        assert count in {0, 8001}
    done = ingest(theatre, file, "acled")
    assert done.accepted + done.duplicates == 8000
    assert not list(folder.glob(".*"))


def test_corrections_name_an_earlier_claim_by_the_same_voice(theatre: Path) -> None:
    """One side could strike the other side's claims from the ledger."""
    claims = theatre / "claims" / "2020-03.csv"
    rows = list(csv.DictReader(claims.read_text("utf-8").splitlines()))
    other = min((row for row in rows if row["published"]), key=lambda row: row["published"])
    rows.sort(key=lambda row: (row["source"] != other["source"], row["published"]))
    assert rows[-1]["published"] > other["published"]
    rows[-1]["corrects"] = other["claim_id"]
    write(claims, [*CLAIM_COLUMNS, "corrects"], [dict(r) for r in rows])
    with pytest.raises(DataError, match=r"'corrects': .*write a denial instead"):
        load_theatre(theatre)
    rows[-1]["corrects"] = "nws-9999"
    write(claims, [*CLAIM_COLUMNS, "corrects"], [dict(r) for r in rows])
    with pytest.raises(DataError, match="there is no claim 'nws-9999'"):
        load_theatre(theatre)


@pytest.mark.parametrize("known", [None, date(2020, 1, 28)])
def test_the_large_fold_gives_what_the_small_one_gives(
    theatre: Path, tmp_path: Path, known: date | None
) -> None:
    """A ledger of millions would be judged by another rule than one of hundreds."""
    pytest.importorskip("duckdb")
    data = load_theatre(theatre).data
    tables = sorted((theatre / "claims").glob("*.csv"))
    folding = Folding(baseline=data.baseline, sources=data.sources, sides=data.sides, known=known)
    number = fold_ledger(tables, folding, tmp_path / "spells.csv", processes=1)
    small = spells_of_all(
        data.claims,
        baseline=data.baseline,
        sources=data.sources,
        sides=data.sides,
        known=known,
    )
    with (tmp_path / "spells.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(list(csv.reader(file))[1:])
    expected = sorted(
        [
            place, str(s.start), s.holder, str(s.since), str(int(s.contested)),
            str(int(s.besieged)), str(s.confidence), str(int(s.dated)), ";".join(s.claims),
            ";".join(s.against),
        ]
        for place, spells in small.items()
        for s in spells
    )  # fmt: skip
    told = {row[0] for row in rows}
    assert number == len(rows)
    # Places of which only clashes are told hold nobody, and are not written.
    assert [row for row in expected if row[0] in told] == rows
    assert all(row[2] == "unknown" for row in expected if row[0] not in told)


def test_history_says_why(theatre: Path) -> None:
    """A reader could not see that 5 and 8 February were given too, nor why the map says 6."""
    data = load_theatre(theatre).data
    claims = [c for c in data.claims if c.place_id == "saraqib" and c.about == "place"]
    spells = spells_of_all(claims, baseline=data.baseline, sources=data.sources, sides=data.sides)[
        "saraqib"
    ]
    told = place_history(claims, spells, sources=data.sources, sides=data.sides)
    assert [(t.day.isoformat(), t.to_holder) for t in told.turns] == [
        ("2020-02-06", "government"),
        ("2020-02-27", "opposition"),
        ("2020-03-02", "government"),
    ]
    first = told.turns[0]
    assert {"2020-02-05", "2020-02-06", "2020-02-08"} <= {d.isoformat() for d in first.days}
    assert "not 2020-02-05: voices: " in first.why
    assert "2020-02-08: given by others" in first.why
    assert "own word alone" in told.turns[1].why
    listed = [c for some in (told.before, *(t.days for t in told.turns)) for c in some.values()]
    assert sorted(c.claim_id for some in listed for c in some) == sorted(c.claim_id for c in claims)


def test_commands(theatre: Path, tmp_path: Path) -> None:
    """Scripts could not take files in, nor ask for a history."""
    file = write(tmp_path / "a.csv", ACLED, [acled(1, "Armed clash"), acled(2, "Riot")])
    report = tmp_path / "report.csv"
    command = [sys.executable, "-m", "geoline"]
    ran = subprocess.run(
        [*command, "ingest", str(file), "--format", "acled", "--theatre", str(theatre), "--json",
         "--report", str(report)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stderr
    answer = json.loads(ran.stdout)
    assert [answer[k] for k in ("read", "accepted", "set_aside", "duplicates")] == [2, 1, 1, 0]
    assert report.read_text("utf-8").count("\n") == 2
    ran = subprocess.run(
        [*command, "history", "Hantutin", "--json"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    (place,) = json.loads(ran.stdout)
    assert [t["to_holder"] for t in place["turns"]] == ["government"]
    assert {s["date"] for s in place["turns"][0]["said"]} >= {"2020-01-28", "2020-02-23"}


def test_a_large_ingest_is_columnar(theatre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year's export would be a table that no editor opens, or read otherwise than a small one."""
    pytest.importorskip("duckdb")
    monkeypatch.setattr("geoline.claims.ledger.LARGE", 100)
    claims = load_theatre(theatre).data.claims
    folder = theatre / "claims"
    for path in folder.iterdir():
        path.unlink()
    table = add_claims(folder, "acled", claims)
    assert [path.name for path in folder.iterdir()] == ["acled-0001.parquet"] == [table.name]
    again = load_theatre(theatre).data
    assert set(again.claims) == set(claims)
    folding = Folding(baseline=again.baseline, sources=again.sources, sides=again.sides)
    assert fold_ledger([table], folding, theatre / "spells.csv", processes=1) > 500


def test_viina_labels_are_doubtful_claims(theatre: Path, tmp_path: Path) -> None:
    """What a machine read out of headlines would weigh like what a monitor wrote."""
    header = ["event_id", "date", "source", "url", "address", "longitude", "latitude"]
    header += ["GEO_PRECISION", "t_control_b", "t_artillery_b", "a_rus_b", "a_ukr_b"]
    toml = theatre / "theatre.toml"
    text = toml.read_text("utf-8").replace('sdf = ["SDF"', 'sdf = ["a_ukr", "SDF"', 1)
    toml.write_text(text.replace('"Government of Syria"', '"a_rus"', 1), "utf-8")
    row: dict[str, object] = {
        "event_id": 1,
        "date": "20200206",
        "source": "unian",
        "url": "https://example.org/1",
        "address": "Saraqib, Idlib",
        "longitude": 36.8059,
        "latitude": 35.8645,
        "GEO_PRECISION": "PPL",
        "t_control_b": 1,
        "a_ukr_b": 1,
    }
    rows = [
        row,
        row | {"event_id": 2, "t_control_b": 0, "t_artillery_b": 1},
        row | {"event_id": 3, "t_control_b": 0},
        row | {"event_id": 4, "a_rus_b": 1},
    ]
    done = ingest(theatre, write(tmp_path / "v.csv", header, rows), "viina")
    claims = added(theatre, done)
    assert [(c["event"], c["credibility"], c["date_precision"]) for c in claims] == [
        ("captured", "4", "by"),
        ("strike", "3", "day"),
    ]
    assert [e.key for e in done.set_aside] == ["t_control_b", "a_rus_b"]


def test_add_claims_keeps_what_was_there(theatre: Path) -> None:
    """A second ingest would replace the rows of the first."""
    claims = load_theatre(theatre).data.claims[:3]
    folder = theatre / "claims"
    for path in folder.iterdir():
        path.unlink()
    add_claims(folder, "x", claims[:1])
    add_claims(folder, "x", claims[1:])
    assert [c.claim_id for c in load_theatre(theatre).data.claims] == [c.claim_id for c in claims]
