"""A theatre in PostGIS: it comes back as it was, days are replaced, and what is wrong is told."""

from __future__ import annotations

import json
import re
import shutil
import sys
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from geoline import DataError, RequestError
from geoline.cli.program import main
from geoline.page import page_html, page_payload
from geoline.postgis import Address, copying, without_password, write_postgis
from geoline.theatre import Theatre, load_theatre
from tests.theatres.small import CAPTURED, FIRST, LAST, TOWNS, small_theatre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geoline.postgis.write import PostgisWritten

GUIDE = Path(__file__).parents[2] / "docs" / "postgis.md"
KARABAKH = Path(__file__).parents[1] / "theatres" / "karabakh-2020"
SECOND, THIRD = date(2024, 5, 2), date(2024, 5, 3)
# Other scripts, a quotation mark, a backslash and a tab, as no theatre of ours has them.
NAMES = (
    ("myawaddy", "မြဝတီ", 13.9, 25.0, "north"),
    ("bakhmut", "Бахмут «Артёмівськ»", 13.2, 24.9, "south"),
    ("tall", 'تل \\ \'Ayn, "Issa"', 12.9, 25.4, "south"),
)


@pytest.fixture
def war(tmp_path: Path) -> Path:
    """A theatre with all that a folder may hold: last known areas, water, a road, a post."""
    claims = (
        CAPTURED,
        {"claim_id": "c2", "place": "Бахмут\tАртёмівськ", "place_id": "bakhmut",
         "event": "captured", "actor": "north", "date_end": "2024-05-03", "date_precision": "by",
         "source": "gazette", "published": "2024-05-05"},
        {"claim_id": "c3", "place": "Nyala", "place_id": "nyala", "event": "strike",
         "actor": "south", "date_start": "2024-05-03", "date_end": "2024-05-04",
         "source": "ucdp-ged", "deaths": "2-5-9", "note": 'said ""; \\N\nin two lines'},
    )  # fmt: skip
    folder = small_theatre(tmp_path / "war", towns=(*TOWNS, *NAMES), claims=claims)
    drawn = {"as_of": "2024-05-01", "source": "S"}
    _features(folder / "baseline.geojson", [
        (drawn | {"holder": "south"}, [[24.5, 12.5], [26, 12.5], [26, 13.31]]),
        (drawn | {"holder": "north"}, [[24.5, 13.5], [26, 13.4], [26, 14.3]]),
    ])  # fmt: skip
    _features(folder / "areas" / "water.geojson", [
        ({"name": "Wadi", "kind": "lake"}, [[25, 13], [25.1, 13], [25.1, 13.123456789012345]]),
    ])  # fmt: skip
    return folder


def _features(path: Path, rows: list[tuple[dict[str, str], list[list[float]]]]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": said,
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for said, ring in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def written(folder: Path, database: str, *days: date, only: str = "") -> PostgisWritten:
    """Export days of a theatre, the first to the last of those given."""
    as_known = load_theatre(folder, cache=False).as_known()
    return write_postgis(Address.of(database), as_known, folder, min(days), max(days), only)


def rows(database: str, query: str) -> list[tuple[Any, ...]]:
    """Ask a database."""
    with psycopg.connect(database.replace("&schema=war", "")) as connection:
        return connection.execute(query).fetchall()


def page(theatre: Theatre) -> str:
    """Give the page of all days of a theatre."""
    data = theatre.data
    as_known = theatre.as_known()
    return page_html(page_payload(as_known, data.first_day, data.last_day, data.opening_day))


def test_a_theatre_comes_back_as_it_was(war: Path, database: str) -> None:
    """A map drawn from the database would be another than that of the folder."""
    for folder, schema in ((war, "war"), (KARABAKH, "Карабах")):
        address = f"{database}&schema={schema}"
        written(folder, address, load_theatre(folder).data.last_day, only="places")
        back = load_theatre(address, cache=False)
        there = load_theatre(folder, cache=False)
        for what in (
            "claims",
            "sources",
            "baseline",
            "posts",
            "undecided",
            "last_known",
            "remarks",
        ):
            assert getattr(back.data, what) == getattr(there.data, what), what
        assert back.gazetteer.places == there.gazetteer.places
        assert page(back) == page(there)


def test_a_run_again_doubles_nothing_and_other_days_stay(war: Path, database: str) -> None:
    """A map updated every night would hold each day twice, or lose what was said of last week."""
    first = written(war, database, FIRST, THIRD)
    query = "SELECT day, place_id, holder FROM place_days ORDER BY 1, 2"
    areas = "SELECT day, holder, km2, ST_AsText(geom), xmin FROM areas WHERE day <> '2024-05-02'"
    before, kept = rows(database, query), rows(database, f"{areas} ORDER BY 1, 2")
    assert first.layers["areas"] == len(rows(database, "SELECT FROM areas")) > 0
    assert written(war, database, FIRST, THIRD).layers == first.layers
    assert rows(database, query) == before
    table = war / "claims" / "claims.csv"
    table.write_text(table.read_text("utf-8").replace("captured,north", "captured,south"), "utf-8")
    kept = rows(database, f"{areas} ORDER BY 1, 2")
    written(war, database, SECOND)
    assert rows(database, f"{areas} ORDER BY 1, 2") == kept
    after = rows(database, query)
    assert [row for row in after if row[0] != SECOND] == [r for r in before if r[0] != SECOND]
    assert (SECOND, "mellit", "north") in before
    assert (SECOND, "mellit", "south") in after


def test_tables_are_what_a_database_s_people_expect(war: Path, database: str) -> None:
    """Queries would be slow, join what does not belong, or read days as instants of some zone."""
    written(war, database, FIRST, LAST)
    keys = rows(database, "SELECT conrelid::regclass::text FROM pg_constraint "
                "WHERE contype = 'p' AND connamespace = 'public'::regnamespace")  # fmt: skip
    tables = rows(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert {name for (name,) in keys} == {name for (name,) in tables}
    shapes = rows(database, "SELECT f_table_name, srid FROM geometry_columns")
    assert {srid for _, srid in shapes} == {4326}
    indexed = rows(database, "SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%gist (geom)%'")
    assert {n for n, _ in shapes} - {n for (n,) in indexed} == {"places", "located_claims"}  # views
    kinds = rows(database, "SELECT DISTINCT data_type FROM information_schema.columns "
                 "WHERE table_schema = 'public'")  # fmt: skip
    assert not {kind for (kind,) in kinds if "time" in kind}
    told = rows(database, "SELECT date_start, date_end, date_precision FROM claims ORDER BY number")
    assert told[1] == (None, THIRD, "by")
    inside = rows(database, "SELECT count(*) FROM places p JOIN areas a USING (day, holder) "
                  "WHERE ST_Covers(a.geom, p.geom)")  # fmt: skip
    assert inside[0][0] > 0
    for queries in re.findall(r"```sql\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL):
        for query in queries.split(";\n")[:-1]:
            rows(database, query)  # they run
    assert rows(database, "SELECT deaths_low, deaths_high FROM events LIMIT 1") == [(2, 9)]


def test_what_people_edit_in_the_database_is_on_the_map(war: Path, database: str) -> None:
    """Work done in QGIS or SQL would be for nothing; a slip there would be a traceback."""
    written(war, database, LAST, only="places")
    claim = (
        "INSERT INTO claims (claim_id, place, place_id, event, actor, date_end, "
        "date_start, source) VALUES ('new', 'Nyala', 'nyala', 'captured', '{}', '2024-05-04', "
        "'2024-05-04', 'gazette')"
    )
    with psycopg.connect(database) as connection:
        connection.execute(claim.format("south"))
        connection.execute(
            "UPDATE gazetteer SET geom = ST_Translate(geom, 0, 1) WHERE id = 'nyala'"
        )
    theatre = load_theatre(database, cache=False)
    assert theatre.on(LAST).spells["nyala"].holder == "south"
    assert theatre.gazetteer["nyala"].lat == 13.05
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE claims SET actor = 'east' WHERE claim_id = 'new'")
    with pytest.raises(DataError, match=r"schema public, table claims, claim_id 'new', 'actor'"):
        load_theatre(database, cache=False)
    # The folder is what counts when it is written again; what goes is told.
    assert written(war, database, LAST, only="places").gone["claims"] == 1


def test_what_fails_leaves_all_as_it_was(
    war: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is ended in its middle would leave half a map."""
    written(war, database, FIRST)
    before = rows(database, "SELECT day FROM place_days")
    calls: list[str] = []

    def broken(*_: object) -> str:
        calls.append("")
        if len(calls) > 3:
            raise KeyboardInterrupt
        return "\\N"

    monkeypatch.setattr(copying, "_spell_text", broken)
    with pytest.raises(KeyboardInterrupt):
        written(war, database, FIRST, LAST)
    assert rows(database, "SELECT day FROM place_days") == before
    keys = "SELECT count(*) FROM pg_constraint WHERE conrelid = 'place_days'::regclass"
    assert rows(database, keys) == [(4,)]


def test_two_runs_at_once_follow_each_other(war: Path, database: str) -> None:
    """Two nightly jobs that overlap would both fail, or mix their days."""
    one = threading.Thread(target=written, args=(war, database, FIRST, LAST))
    one.start()
    written(war, database, FIRST, LAST)
    one.join()
    assert rows(database, "SELECT count(DISTINCT day), count(*) FROM place_days") == [(5, 35)]


def test_what_is_held_back_is_in_no_table(war: Path, database: str) -> None:
    """Who publishes late would have the news of today in an open database."""
    head = war / "theatre.toml"
    head.write_text("publish_after_days = 2\n" + head.read_text("utf-8"), "utf-8")
    theatre = load_theatre(war, today=date(2024, 5, 6), cache=False)
    as_known = theatre.as_known()
    write_postgis(Address.of(database), as_known, war, FIRST, theatre.data.last_day)
    assert [name for (name,) in rows(database, "SELECT claim_id FROM claims")] == ["c1"]
    assert rows(database, "SELECT max(day), max(known_on) FROM days") == [(date(2024, 5, 4),) * 2]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], war: Path) -> Callable[[str], str]:
    """Run an export, and give the one line that refuses it."""

    def run(address: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["export", "-o", address, "--theatre", str(war)])
        assert ended.value.code == 2
        said = capsys.readouterr()
        (line,) = said.err.splitlines()
        assert not said.out
        return line

    return run


def test_what_is_wrong_is_one_line_without_a_password(
    database: str, socket: Path, refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A traceback, or a password in the log of a nightly job."""
    secret = "hunter%3A2"  # noqa: S105
    nobody = f"postgresql://me:{secret}@127.0.0.1:1/war?schema=x"
    for address in (
        nobody,
        f"postgresql://me:{secret}@/war?host={socket}&x=1",
        f"postgresql:///war?host={socket}&user=me&password={secret}",
    ):
        line = refused(address)
        assert "hunter" not in line
        assert "postgresql://" in line
    assert "127.0.0.1" in refused(nobody)
    assert "?schema=NAME" in refused("postgresql://h/d?schema=a&schema=b")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE areas (mine int)")
        connection.execute("CREATE ROLE guest LOGIN")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM public")
        connection.execute("CREATE DATABASE plain TEMPLATE template0")
    assert "'areas' that geoline did not write" in refused(database)
    assert rows(database, "SELECT * FROM areas") == []
    guest = database.replace("geoline@", "guest@")
    assert "permission denied" in refused(f"{guest}&schema=new")
    assert "CREATE EXTENSION postgis" in refused(f"postgresql://geoline@/plain?host={socket}")
    written(KARABAKH, f"{database}&schema=war", date(2020, 11, 9), only="places")
    assert "holds the theatre 'karabakh-2020', not 'war'" in refused(f"{database}&schema=war")
    with pytest.raises(RequestError, match="holds no theatre"):
        load_theatre(f"{database}&schema=none")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'geoline[postgis]'" in refused(database)


def test_commands_take_the_address_where_they_take_a_folder(
    database: str, war: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What works with a folder would not work with the database; or an ingest be lost with it."""
    address = f"{database}&schema=war"
    with suppress(SystemExit):
        main(["export", "-o", address, "--on", "2024-05-03", "--theatre", str(war), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == "war"
    assert answer["layers"]["places"] == 7
    told = []
    for theatre in (str(war), address):
        with suppress(SystemExit):
            main(["status", "--on", "2024-05-03", "--theatre", theatre, "--json"])
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    with suppress(SystemExit):
        main(["ingest", str(war / "claims" / "claims.csv"), "--format", "claims",
              "--theatre", address])  # fmt: skip
    assert "not to a database" in capsys.readouterr().err


def test_an_address_is_shown_without_its_password() -> None:
    """The password of a database would stand in the answer of every export."""
    assert without_password("postgresql://h/d?password=x&schema=y") == "postgresql://h/d?schema=y"
    assert without_password("postgresql://a:b%40c@h/d") == "postgresql://a@h/d"
    assert Address.of("postgresql://a:b%40c@h/d").secrets == ("b%40c", "b@c")
    assert "b@c" not in repr(Address.of("postgresql://a:b%40c@h/d"))


@pytest.fixture(autouse=True)
def _no_folder_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Keep the folders that are made of tables where the test's own are."""
    import tempfile  # noqa: PLC0415

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    for folder in tmp_path.glob("geoline-theatre-*"):
        shutil.rmtree(folder)
