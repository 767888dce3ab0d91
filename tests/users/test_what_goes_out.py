"""Odd theatres, odd names, long ones: every way out answers, says why not, and takes its time."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from geoline import GeolineError, RequestError, load_theatre
from geoline.cli import main
from geoline.export.write import FORMATS, write_export
from geoline.page import page_payload
from tests.growth import assert_grows_with_the_work
from tests.theatres.small import CAPTURED, FIRST, LAST, POST, ROAD, TOWNS, small_theatre

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geoline.theatre import Theatre

NOTHING: dict[str, Any] = {"claims": (), "highways": (), "posts": ()}


def at(where: Callable[[int], tuple[float, float]]) -> dict[str, Any]:
    """Put the usual towns elsewhere, by their number."""
    return {"towns": [(i, name, *where(n), held) for n, (i, name, _, _, held) in enumerate(TOWNS)]}


def named(change: Callable[[str], str]) -> dict[str, Any]:
    """Name the usual towns otherwise."""
    return {"towns": [(i, change(name), lat, lon, held) for i, name, lat, lon, held in TOWNS]}


# What is odd of a theatre, and what is said where it is refused.
ODD: dict[str, tuple[dict[str, Any], str]] = {
    "as usual": ({}, ""),
    "no roads": ({"highways": ()}, ""),
    "no posts": ({"posts": ()}, ""),
    "no claims": ({"claims": ()}, ""),
    "places alone": (NOTHING, ""),
    "one place": ({"towns": TOWNS[:1], **NOTHING}, ""),
    "two places": ({"towns": TOWNS[:2], "highways": ()  , "posts": ()}, ""),
    "nothing known": ({"towns": [(*TOWNS[0][:4], "")], **NOTHING}, ""),
    "one day": ({"days": (FIRST + timedelta(days=1),) * 2}, ""),
    "one side": ({"towns": [(*town[:4], "north") for town in TOWNS]}, ""),
    "one way-point": ({"highways": ROAD[:1]}, "highways.csv, row 2, 'highway': .* one way-point"),
    "no length": ({"highways": [ROAD[0], {**ROAD[0], "seq": 5}]}, "passes .* already"),
    "there and back": (
        {"highways": [ROAD[0], ROAD[1], {**ROAD[0], "seq": 5}]},
        "passes .* already",
    ),
    "error NaN": ({"highways": [{**r, "error_m": "nan"} for r in ROAD]}, "'error_m': nan is out"),
    "far apart": (at(lambda n: (13.0 + 3.5 * n, 25.0)), ""),
    "too far apart": (at(lambda n: (3.0 + 13 * n, 25.0)), "lies far from the others"),
    "at a pole": (at(lambda n: (90.0 - 0.01 * n, 25.0 + n)), ""),
    "at the other": (at(lambda n: (0.01 * n - 90.0, 25.0 + n)), ""),
    "up to the antimeridian": (at(lambda n: (10 + 0.1 * n, 180 - 0.1 * n)), ""),
    "across it": (at(lambda n: (10 + 0.1 * n, 179.9 if n % 2 else -179.9)), "180th meridian"),
    "post nowhere": ({"posts": [{**POST, "place_id": ""}]}, ""),
    "post to come": ({"posts": [{**POST, "established": "2025-01-01"}]}, ""),
    "long names": (named(lambda name: "x" * 3000 + name), ""),
    "scripts": (named(lambda name: f"{name}</script><b>{{{{x}}}}]]>&"), ""),
    "steering": (named(lambda name: f"\u202e{name}\u0007\u2028\x1b[31m\ufeff"), ""),
    "formulas": (named(lambda name: f"=1+1{name}"), ""),
    "letters of the world": (named(lambda name: f"{name} 毛 မြို့ አዲስ Մեքելե $x_1$ %"), ""),
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_odd_theatres_have_an_answer(tmp_path: Path, odd: str) -> None:
    """A newcomer's first table would end in a traceback."""
    made, said = ODD[odd]
    folder = small_theatre(tmp_path / "t", **made)
    started = time.process_time()
    if said:
        with pytest.raises(GeolineError, match=said) as refused:
            _go_out_every_way(load_theatre(folder), tmp_path)
        assert "\n" not in str(refused.value)
    else:
        _go_out_every_way(load_theatre(folder), tmp_path)
    assert time.process_time() - started < 30


def _go_out_every_way(theatre: Theatre, out: Path) -> None:
    day = theatre.data.last_day
    assert theatre.write_map(out / "m.html", each_evening=True) > 10_000
    situation = theatre.on(day)
    assert len(situation.posts) == len(theatre.data.posts)
    assert {*situation.highways["road"]} == {road.id for road in theatre.data.highways}
    assert bool(theatre.changes(theatre.data.first_day, day).km2) == bool(len(situation.areas))
    assert len(theatre.km2()) == len(theatre.data.days)
    assert situation._repr_html_()
    assert theatre._repr_html_()
    assert theatre.widget().frame["places"]
    for ending in FORMATS:
        path = out / f"x{ending}"
        assert write_export(path, theatre.as_known(), day, day).bytes == path.stat().st_size


def test_what_no_format_carries_is_neutralised(tmp_path: Path) -> None:
    """A party's or a town's name would run in a spreadsheet, or break the file for every reader."""
    bad = "=cmd|' /C calc'!A0 \u0007\x1b \u2028 <b>&\" '"
    folder = small_theatre(
        tmp_path / "t",
        towns=[("fasher", bad, *TOWNS[0][2:]), *TOWNS[1:]],
        posts=[{**POST, "name": bad}],
        settings={'name = "North"': 'name = "No\\u0007rth\\u202e</script>"'},
    )
    theatre = load_theatre(folder)
    as_known, day = theatre.as_known(), theatre.data.last_day
    written = {}
    for ending in FORMATS:
        write_export(tmp_path / f"x{ending}", as_known, day, day)
        written[ending] = (tmp_path / f"x{ending}").read_bytes()
    rows = list(csv.DictReader(io.StringIO(written[".csv"].decode(), newline="")))
    assert not [c for row in rows for c in row.values() if re.match(r"[=+@\t\r]|-(?!\d)", c)]
    assert any(row["place"] == "'" + bad for row in rows)
    features = json.loads(written[".geojson"])["features"]
    assert bad in {feature["properties"].get("place") for feature in features}
    for ending in (".kml", ".svg"):
        ET.fromstring(written[ending])  # noqa: S314  (of our own making)
    with closing(sqlite3.connect(tmp_path / "x.gpkg")) as database:
        for (style,) in database.execute("SELECT styleQML FROM layer_styles"):
            ET.fromstring(style.partition("\n")[2])  # noqa: S314
        names = [name for (name,) in database.execute("SELECT place FROM places")]
    assert bad in names


@pytest.mark.parametrize("name", ["a b", "a\\u0007", "", "a/b", "=1"])
def test_a_party_s_id_can_be_referred_to(tmp_path: Path, name: str) -> None:
    """A style or a table would not find the side by its id."""
    settings = {"[parties.south]": f'[parties."{name}"]'}
    with pytest.raises(GeolineError, match=r"theatre.toml, 'parties': .* must be letters"):
        load_theatre(small_theatre(tmp_path / "t", settings=settings))


def test_days_as_notebooks_have_them(tmp_path: Path) -> None:
    """A column of pandas could not be asked about."""
    theatre = load_theatre(small_theatre(tmp_path / "t"))
    wanted = date(2024, 5, 2)
    for day in (
        wanted, "2024-05-02", datetime(2024, 5, 2, 18, 30, tzinfo=UTC),
        pd.Timestamp("2024-05-02 18:30"), pd.Timestamp("2024-05-02", tz="Asia/Damascus"),
        np.datetime64("2024-05-02"), np.datetime64("2024-05-02T18:30:00"),
    ):  # fmt: skip
        assert theatre.on(day, known=day).day == wanted
    for none in (
        pd.NaT,
        np.datetime64("NaT"),
        20240502,
        None,
        float("nan"),
        "2 May",
        np.datetime64(10**6, "Y"),
    ):
        with pytest.raises(RequestError, match=r"is not a day; write it as|is outside the theatre"):
            theatre.on(none)  # type: ignore[arg-type]


def test_claims_after_the_last_day_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`map` would count claims that no day of its page rests on, and nobody would know."""
    late = {**CAPTURED, "claim_id": "c2", "date_start": "2024-06-02", "date_end": "2024-06-02"}
    folder = small_theatre(tmp_path / "t", claims=[CAPTURED, late])
    arguments = ["map", "--theatre", str(folder), "-o", str(tmp_path / "m.html")]
    with pytest.raises(SystemExit):
        main(arguments)
    said = capsys.readouterr().out
    assert re.search(
        r"^1 claims are of days after 2024-05-05, up to 2024-06-02: .*last_day", said, re.MULTILINE
    )
    with pytest.raises(SystemExit):
        main([*arguments, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["claims"], answer["claims_after_last_day"]) == (2, 1)
    theatre = load_theatre(folder)
    payload = page_payload(theatre.as_known(), FIRST, LAST, LAST)
    assert len(payload["claims"]) == answer["claims"]


DELAY = {'subtitle = ""': 'subtitle = ""\npublish_after_days = 14'}


def test_what_is_younger_is_not_there(tmp_path: Path) -> None:
    """A page would show today's positions to whoever shells them."""
    later = {**CAPTURED, "claim_id": "c2", "place": "Nyala", "place_id": "nyala", "actor": "south"}
    later |= dict.fromkeys(("date_start", "date_end", "published"), "2024-05-04")
    of_old = {**later, "claim_id": "c3", "place": "Kutum", "place_id": "kutum",
              "date_start": "2024-05-02", "date_end": "2024-05-02"}  # fmt: skip
    post = {**POST, "withdrawn": "2024-05-04"}
    new = {**POST, "post_id": "p2", "name": "Post 2", "established": "2024-05-04"}
    folder = small_theatre(
        tmp_path / "t", claims=[CAPTURED, later, of_old], posts=[post, new], settings=DELAY
    )
    theatre = load_theatre(folder, today=date(2024, 5, 17))  # so that 3 May is the last day shown
    assert theatre.data.last_day == theatre.data.opening_day == date(2024, 5, 3)
    assert [claim.claim_id for claim in theatre.data.claims] == ["c1"]
    assert [(p.id, p.withdrawn) for p in theatre.data.posts] == [("p1", None)]
    with pytest.raises(RequestError, match=r"to 2024-05-03; theatre.toml holds younger ones back"):
        theatre.on("2024-05-04")
    payload = page_payload(theatre.as_known(), FIRST, date(2024, 5, 3), FIRST)
    assert payload["days"][-1] == "2024-05-03"
    said = "Published 14 days late: nothing of 2024-05-04 or later"
    assert payload["note"].startswith(said)
    assert "2024-05-04" in payload["note_ar"]
    assert payload["subtitle"] == "published 14 days late"
    day = date(2024, 5, 3)
    for ending in FORMATS:
        write_export(tmp_path / f"x{ending}", theatre.as_known(), day, day)
        content = (tmp_path / f"x{ending}").read_bytes()
        assert b"2024-05-04" not in content
        if ending in {".geojson", ".kml", ".svg", ".gpkg", ".parquet"}:
            assert b"As known on 3 May 2024, published 14 days late" in content
    # Years later everything is old; before it began nothing may be shown.
    assert load_theatre(folder).data.last_day == LAST
    with pytest.raises(
        RequestError, match="publish_after_days = 14: it is shown from 2024-05-15 on"
    ):
        load_theatre(folder, today=date(2024, 5, 14))
    assert load_theatre(folder, today=date(2024, 5, 15)).data.days == [FIRST]


@pytest.mark.parametrize("value", ["-1", '"14"', "1.5", "true", "99999999"])
def test_a_delay_is_a_number_of_days(tmp_path: Path, value: str) -> None:
    """A slip in the key would publish at once."""
    settings = {'subtitle = ""': f'subtitle = ""\npublish_after_days = {value}'}
    with pytest.raises(GeolineError, match=r"theatre.toml, 'publish_after_days': must be a whole"):
        load_theatre(small_theatre(tmp_path / "t", settings=settings))


@pytest.mark.parametrize("command", ["map", "export", "check", "extract", "figures", "ingest"])
@pytest.mark.parametrize("target", ["places.csv", "claims/claims.csv"])
def test_no_command_writes_over_the_theatre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, target: str
) -> None:
    """One slip of the hand after -o, and the tables of a theatre are gone."""
    folder = small_theatre(tmp_path / "t")
    report = tmp_path / "r.txt"
    report.write_text("The North took Mellit on 3 May.", encoding="utf-8")
    # A report of `check` ends in .md: it gets there by a link.
    over = tmp_path / "link.md" if command == "check" else folder / target
    if command == "check":
        over.symlink_to(folder / target)
    read = ["extract", str(report), "--published", "2024-05-04", "--source", "gazette"]
    takes = ["ingest", str(folder / "claims" / "claims.csv"), "--format", "claims", "--report"]
    typed = {
        "map": ["map", "-o"], "export": ["export", "-o"], "check": ["check", "-o"],
        "extract": [*read, "-o"], "figures": [*read, "--figures"], "ingest": takes,
    }[command]  # fmt: skip
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(SystemExit) as stopped:
        main([*typed, str(over), "--theatre", str(folder)])
    assert stopped.value.code == 2
    said = capsys.readouterr().err.strip()
    assert re.search("read (as part of the theatre|by this command)", said)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def grown(
    folder: Path, *, days: int = 20, places: int = 25, claims: int = 20, road: int = 5
) -> Theatre:
    """Make a theatre of a size: towns on a grid, claims on any day, a road through the towns."""
    side = math.ceil(places**0.5)
    towns = [
        (
            f"p{n}",
            f"Town {n}",
            13 + 0.05 * (n // side),
            25 + 0.05 * (n % side),
            # A chequerboard at any size, so that twice the places have twice the front.
            ("north", "south")[(n // side + n % side) % 2],
        )
        for n in range(places)
    ]
    rows = []
    for n in range(claims):
        day = FIRST + timedelta(days=n * 7919 % days)
        town = towns[n % min(places, 20)]
        rows.append({**CAPTURED, "claim_id": f"c{n}", "place": town[1], "place_id": town[0],
                     "actor": ("north", "south")[n // 2 % 2], "date_start": day, "date_end": day,
                     "published": day})  # fmt: skip
    return load_theatre(small_theatre(
        folder,
        days=(FIRST, FIRST + timedelta(days=days - 1)),
        towns=towns,
        claims=rows,
        highways=[{**ROAD[0], "seq": n, "place_id": towns[n % places][0]} for n in range(road)],
        posts=[{**POST, "place_id": "p3"}],
    ), cache=False)  # fmt: skip


def _everything(theatre: Theatre, out: Path, ending: str) -> None:
    data = theatre.data
    write_export(out / f"x{ending}", theatre.as_known(), data.first_day, data.last_day)


def _each_evening(theatre: Theatre, out: Path) -> None:
    theatre.write_map(out / "m.html", each_evening=True)


def _histories(theatre: Theatre, _: Path) -> None:
    assert all(theatre.as_known().history(place.id) for place in theatre.gazetteer.places)


# A way out, what grows, from which size on, and what is asked.
DOORS: dict[str, tuple[str, int, Callable[[Theatre, Path], object]]] = {
    "page by days": ("days", 60, lambda t, out: t.write_map(out / "m.html")),
    "page by places": ("places", 100, lambda t, out: t.write_map(out / "m.html")),
    "page by claims": ("claims", 1000, lambda t, out: t.write_map(out / "m.html")),
    "each evening by days": ("days", 20, _each_evening),
    "posts by days": ("days", 150, lambda t, _: t.on(t.data.last_day).posts),
    "status by days": ("days", 1500, lambda t, _: [t.on(day).spells for day in t.data.days]),
    "history by places": ("places", 150, _histories),
    "square kilometres by days": ("days", 100, lambda t, _: t.km2()),
    "GeoJSON by days": ("days", 50, lambda t, out: _everything(t, out, ".geojson")),
    "KML by days": ("days", 50, lambda t, out: _everything(t, out, ".kml")),
    "GeoPackage by days": ("days", 50, lambda t, out: _everything(t, out, ".gpkg")),
    "CSV by days": ("days", 50, lambda t, out: _everything(t, out, ".csv")),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_time_grows_with_the_input(tmp_path: Path, door: str) -> None:
    """Twice the theatre would take four times as long, and a war of years would not end."""
    what, size, ask = DOORS[door]

    def seconds(count: int) -> float:
        folder = tmp_path / str(count)
        shutil.rmtree(folder, ignore_errors=True)
        theatre = grown(folder, **{what: count})
        start = time.process_time()
        ask(theatre, tmp_path)
        return time.process_time() - start

    assert_grows_with_the_work(seconds, size)
