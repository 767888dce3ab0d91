"""Rows become claims once each, in any order, and their days and sides are those that are meant."""

from __future__ import annotations

import csv
import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoline import RequestError, load_theatre
from geoline.gazetteer import Place
from geoline.gazetteer.place import write_places
from geoline.ingest.into_ledger import ingest, write_report
from geoline.tables.written import as_said, csv_table

KARABAKH = Path(__file__).parents[1] / "theatres" / "karabakh-2020"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
AZERBAIJAN, ARMENIA = "Military Forces of Azerbaijan (2003-)", "Military Forces of Armenia (2018-)"
ACLED = {
    "event_id_cnty": "AZE1",
    "event_date": "08 November 2020",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": AZERBAIJAN,
    "actor2": ARMENIA,
    "location": "Shusha",
    "latitude": "39.7601",
    "longitude": "46.7499",
    "timestamp": "1606000000",  # 21 November 2020
}
OWN = {
    "claim_id": "own-1",
    "place": "Shusha",
    "place_id": "shusha",
    "event": "captured",
    "actor": "azerbaijan",
    "date_start": "2020-11-08",
    "date_end": "2020-11-08",
    "published": "2020-11-09",
    "source": "yjc",
    "note": "",
    "corrects": "",
}
TAKES, REGAINS = "Non-state actor overtakes territory", "Government regains territory"


@pytest.fixture
def theatre(tmp_path: Path) -> Path:
    """Copy a small theatre, to add to it."""
    return Path(shutil.copytree(KARABAKH, tmp_path / "theatre"))


def file(theatre: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows of which the first has every column."""
    path = theatre.parent / "in.csv"
    path.write_bytes(csv_table(list(rows[0]), rows))
    return path


def own(theatre: Path) -> dict[str, str]:
    """Give the own row with a source of the theatre."""
    return OWN | {"source": next(iter(load_theatre(theatre).data.sources))}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4))
def test_the_law_of_the_ledger(texts: list[tuple[str, str, str]], tmp_path: Path) -> None:
    """A row would be accepted and cost the theatre, or come in again every month."""
    folder = Path(shutil.copytree(KARABAKH, tmp_path / "theatre", dirs_exist_ok=True))
    (folder / "claims" / "claims.csv").unlink(missing_ok=True)
    shutil.copytree(KARABAKH / "claims", folder / "claims", dirs_exist_ok=True)
    row = own(folder)
    rows = [row | {"claim_id": i, "place": p, "note": n} for i, p, n in texts]
    before = {claim.claim_id for claim in load_theatre(folder).data.claims}
    path = file(folder, rows)
    done = ingest(folder, path, "claims")
    assert done.read == done.accepted + done.duplicates + len(done.set_aside)
    after = {c.claim_id: c for c in load_theatre(folder).data.claims if c.claim_id not in before}
    assert len(after) == done.accepted
    said = {as_said(text.strip()) for some in texts for text in some}
    assert all(claim.note in said and claim.place in said for claim in after.values())
    again = ingest(folder, path, "claims")
    assert (again.accepted, again.table) == (0, None)
    write_report(done, tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8", newline="") as report:
        assert len(list(csv.DictReader(report))) == len(done.set_aside)


@pytest.mark.parametrize("name", ["AZE.5", "AZE.5.2", "AZE", "5.0.0"])
def test_a_dot_in_an_id_is_a_part_of_it(theatre: Path, name: str) -> None:
    """The second version of such an event would enter each time, and then block the ledger."""
    rows = [
        ACLED | {"event_id_cnty": name},
        ACLED
        | {"event_id_cnty": name, "event_date": "09 November 2020", "timestamp": "1606100000"},
        ACLED | {"event_id_cnty": f"{name}.2", "event_date": "10 November 2020"},
    ]
    path = file(theatre, rows)
    first = ingest(theatre, path, "acled")
    assert (first.accepted, first.corrections) == (3, 1)
    for _ in range(2):
        done = ingest(theatre, path, "acled")
        assert (done.accepted, done.duplicates, done.set_aside) == (0, 3, ())


def test_the_order_of_the_rows_does_not_matter(theatre: Path) -> None:
    """A retraction above its claim would be set aside today and taken tomorrow."""
    row = own(theatre)
    rows = [
        row,
        row
        | {
            "claim_id": "own-2",
            "event": "retracted",
            "published": "2020-11-10",
            "corrects": "own-1",
        },
        row
        | {
            "claim_id": "own-3",
            "event": "retracted",
            "published": "2020-11-11",
            "corrects": "own-2; own-0",
        },
    ]
    known = row | {"claim_id": "own-0", "date_start": "2020-11-07", "date_end": "2020-11-07"}
    assert ingest(theatre, file(theatre, [known]), "claims").accepted == 1
    before = (theatre / "claims").iterdir()
    kept = {path: path.read_bytes() for path in before}
    found = set()
    for order in itertools.permutations(rows):
        done = ingest(theatre, file(theatre, list(order)), "claims")
        assert (done.accepted, done.set_aside) == (3, ())
        found.add((theatre / "claims" / "claims.csv").read_bytes())
        for path in (theatre / "claims").iterdir():
            path.unlink() if path not in kept else path.write_bytes(kept[path])
    assert len(found) == 1


VILLAGES = [
    Place(id="wof-1", name="Qarakend", lat=39.9, lon=46.9, lookup="wof:1", names=("Garakand",)),
    Place(id="wof-2", name="Zarislu", lat=39.6, lon=46.7, lookup="wof:2"),
    Place(id="wof-3", name="Şuşa", lat=39.7601, lon=46.7499, lookup="wof:3"),
    Place(id="wof-4", name="Zarislu", lat=40.5, lon=45.9, lookup="wof:4"),
]
MOUNTAIN = Place(
    id="region-murov", name="Murov Mountains", lat=40.2, lon=46.2, kind="region", lookup="own"
)
DAYS = ("date_start", "date_end")
NAMED = ["Shusha", "Qarakend", "Garakend", "Zarislu", "Murov Mountains", "Xanadu", "Şuşa"]


def with_villages(folder: Path) -> Path:
    """Give a theatre a list of the country's places behind its own."""
    country = folder / "country"
    country.mkdir(exist_ok=True)
    write_places(country / "places.csv", VILLAGES)
    write_places(country / "areas.csv", [MOUNTAIN])
    head = (folder / "theatre.toml").read_text(encoding="utf-8")
    head = head.replace("first_day", 'country_places = "country"\nfirst_day', 1)
    (folder / "theatre.toml").write_text(head, encoding="utf-8")
    return folder


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    named=st.lists(st.sampled_from(NAMED), min_size=1, max_size=4),
    ids=st.sampled_from(["", "wof-2", "wof-3", "region-murov", "wof-9"]),
    about=st.sampled_from(["", "area"]),
)
def test_what_only_the_country_knows_is_read_again(
    named: list[str], ids: str, about: str, tmp_path: Path
) -> None:
    """A village that nobody reviewed is accepted, and from then on the theatre cannot be opened."""
    shutil.rmtree(tmp_path / "theatre", ignore_errors=True)
    folder = with_villages(Path(shutil.copytree(KARABAKH, tmp_path / "theatre")))
    row = own(folder) | {"place_id": ids, "about": about}
    rows = [row | {"claim_id": f"own-{n}", "place": name} for n, name in enumerate(named)]
    path = file(folder, rows)
    done = ingest(folder, path, "claims")
    data = load_theatre(folder).data
    added = [claim for claim in data.claims if claim.claim_id.startswith("own-")]
    assert len(added) == done.accepted
    kinds = {data.gazetteer[c.place_id].kind for c in added if c.place_id and c.about == "place"}
    assert "region" not in kinds
    assert ingest(folder, path, "claims").accepted == 0


def test_names_of_a_day_decide_each_other(theatre: Path) -> None:
    """A namesake is set aside, or taken 120 km off; or a file is read otherwise the second time."""
    folder = with_villages(theatre)
    row = own(folder) | {"place_id": "", "date_start": "2020-10-05", "date_end": "2020-10-05"}
    quiet = {"claim_id": "a", "place": "Zarislu", "event": "clash"}
    quiet |= dict.fromkeys(DAYS, "2020-11-01")
    alone = ingest(folder, file(folder, [row | quiet]), "claims")
    assert [error.key for error in alone.set_aside] == ["place"]
    rows = [
        row | {"claim_id": name[:3], "place": name}
        for name in ("Zarislu", "Shusha", "Khankendi", "Lachin", "Xanadu")
    ]
    for accepted in (4, 0):
        done = ingest(folder, file(folder, rows), "claims")
        assert (done.accepted, len(done.set_aside)) == (accepted, 1)
        rows.reverse()
    placed = {c.place: c.place_id for c in load_theatre(folder).data.claims}
    assert placed["Zarislu"] == "wof-2"


def test_a_village_taken_lies_at_the_front_of_that_day(theatre: Path) -> None:
    """Of two namesakes the one 50 km behind the line is put on the map."""
    folder = with_villages(theatre)
    namesakes = [
        Place(id=f"wof-{20 + n}", name="Yukarı Kent", lat=lat, lon=lon, lookup="own")
        for n, (lat, lon) in enumerate([(39.52, 47.1), (40.1, 46.1)])
    ]
    write_places(folder / "country" / "places.csv", [*VILLAGES, *namesakes])
    row = own(folder) | {"place_id": "", "claim_id": "a", "place": "Yukari Kent"}
    row |= dict.fromkeys(DAYS, "2020-11-01")
    for event, accepted in (("clash", 0), ("captured", 1)):
        done = ingest(folder, file(folder, [row | {"event": event}]), "claims")
        assert done.accepted == accepted
    placed = {c.place: c.place_id for c in load_theatre(folder).data.claims}
    assert placed["Yukari Kent"] == "wof-20"


def test_a_village_of_the_country_is_on_the_map_once_claimed(theatre: Path) -> None:
    """What was accepted is in the ledger, but no day shows it; its review costs its claims."""
    folder = with_villages(theatre)
    path = file(folder, [own(folder) | {"place": "Qarakend", "place_id": ""}])
    assert ingest(folder, path, "claims").accepted == 1
    loaded = load_theatre(folder)
    spell = loaded.on("2020-11-08").spells["wof-1"]
    assert (spell.holder, spell.claims) == ("azerbaijan", ("own-1",))
    assert "wof-1" in set(loaded.on("2020-11-08").places["place_id"])
    with (folder / "places.csv").open("a", encoding="utf-8") as table:
        table.write("qarakend,Qarakend,,39.9,46.9,500,village,,wof:1,\n")
    reviewed = load_theatre(folder)
    assert reviewed.on("2020-11-08").spells["qarakend"].claims == ("own-1",)
    assert ingest(folder, path, "claims").duplicates == 1


def test_a_row_for_either_side_is_one_event(theatre: Path) -> None:
    """A monadic export of ACLED would count every fight twice, or set half of it aside."""
    mirrored = {"actor1": ARMENIA, "actor2": AZERBAIJAN}
    rows = [
        ACLED,
        ACLED | mirrored,
        ACLED | mirrored | {"event_id_cnty": "AZE2", "sub_event_type": REGAINS},
        ACLED | {"event_id_cnty": "AZE2", "sub_event_type": REGAINS},
        ACLED | {"event_id_cnty": "AZE3", "sub_event_type": "Non-violent transfer of territory"},
        ACLED
        | mirrored
        | {"event_id_cnty": "AZE3", "sub_event_type": "Non-violent transfer of territory"},
    ]
    done = ingest(theatre, file(theatre, rows), "acled")
    assert (done.accepted, done.duplicates) == (2, 2)
    assert [(e.row, e.key) for e in done.set_aside] == [(6, "event_id_cnty"), (7, "event_id_cnty")]
    captured = next(c for c in load_theatre(theatre).data.claims if c.claim_id == "acled-AZE2")
    assert captured.actor == ("azerbaijan",)


def test_what_is_gone_from_a_dataset_is_told_and_pruned(theatre: Path) -> None:
    """An event that its dataset withdrew would stand in the ledger for ever."""
    days = {f"AZE{n}": f"0{n} November 2020" for n in range(4, 9)}
    rows = [ACLED | {"event_id_cnty": name, "event_date": day} for name, day in days.items()]
    foreign = ACLED | {"event_id_cnty": "GEO1", "event_date": "06 November 2020"}
    ingest(theatre, file(theatre, [*rows, foreign]), "acled")
    # The last day of the ledger is not of the file's days, the foreign event not of its country.
    path = file(theatre, [rows[0], rows[3]])
    told = ingest(theatre, path, "acled")
    assert [e.reason.partition(" ")[0] for e in told.gone] == ["'acled-AZE5'", "'acled-AZE6'"]
    assert (told.accepted, told.pruned, told.table) == (0, 0, None)
    pruned = ingest(theatre, path, "acled", prune=True)
    assert (pruned.accepted, pruned.pruned) == (0, 2)
    claims = {c.claim_id: c for c in load_theatre(theatre).data.claims}
    assert claims["acled-AZE5@gone"].corrects == ("acled-AZE5",)
    assert str(claims["acled-AZE5@gone"].published) == "2020-11-21"
    assert ingest(theatre, path, "acled", prune=True).gone == ()
    write_report(told, theatre.parent / "report.csv")
    with (theatre.parent / "report.csv").open(encoding="utf-8", newline="") as report:
        assert [row["key"] for row in csv.DictReader(report)] == ["event_id_cnty"] * 2
    back = ingest(theatre, file(theatre, [rows[1] | {"timestamp": "1607000000"}]), "acled")
    assert (back.accepted, back.corrections) == (1, 1)
    stand = load_theatre(theatre)
    assert sum("acled-AZE5" in c.claim_id for c in stand.data.claims) == 3
    with pytest.raises(RequestError, match="is for datasets"):
        ingest(theatre, path, "claims", prune=True)


@pytest.mark.parametrize(
    ("form", "change", "key", "said"),
    [
        ("acled", {"event_date": "02-May-20"}, "event_date", "two digits"),
        ("acled", {"event_date": "02-Jun-20"}, "event_date", "two digits"),
        ("acled", {"event_date": "2/6/20"}, "event_date", "two digits"),
        ("acled", {"event_date": "08 November 2563"}, "event_date", "543 years"),
        ("acled", {"event_date": "1399-08-18"}, "event_date", "years from the theatre"),
        ("acled", {"event_date": "08 November 2021"}, "timestamp", "is before"),
        ("claims", {"date_start": "02-May-20"}, "date_start", "two digits"),
        ("claims", {"date_start": "1442-03-22"}, "date_start", "years from the theatre"),
        ("claims", {"date_start": "1990-01-01"}, "date_start", "years before"),
        ("claims", {"published": "2020-10-08"}, "published", "is before 2020-11-08"),
        ("claims", {"published": "2563-11-09"}, "published", "543 years"),
    ],
)
def test_days_that_cannot_be_meant_are_set_aside(
    theatre: Path, form: str, change: dict[str, str], key: str, said: str
) -> None:
    """May would be read into the year 20, and a year of another calendar as it stands."""
    row = (ACLED if form == "acled" else own(theatre)) | change
    (error,) = ingest(theatre, file(theatre, [row]), form).set_aside
    assert (error.row, error.key) == (2, key)
    assert said in error.reason


@pytest.mark.parametrize("written", ["08-Nov-2020", "8 Nov 2020", "08 november 2020", "2020-11-08"])
def test_days_with_four_digits_are_read(theatre: Path, written: str) -> None:
    """A file that went through a spreadsheet would be lost but for May."""
    done = ingest(theatre, file(theatre, [ACLED | {"event_date": written}]), "acled")
    assert (done.accepted, done.outside) == (1, ())


def test_days_outside_the_theatre_are_told(theatre: Path) -> None:
    """Claims after the last day would be counted and be on no page."""
    rows = [
        ACLED,
        ACLED | {"event_id_cnty": "AZE2", "event_date": "08 January 2021", "timestamp": ""},
    ]
    done = ingest(theatre, file(theatre, rows), "acled")
    assert (done.accepted, done.outside) == (2, ("acled-AZE2",))
    data = load_theatre(theatre).data
    assert [claim.claim_id for claim in data.claims_outside] == ["acled-AZE2"]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("states", "said", "sub_event", "party"),
    [
        ("one", "", REGAINS, "azerbaijan"),
        ("one", "", TAKES, "armenian-forces"),
        ("both", 'country_of = "azerbaijan"', REGAINS, "azerbaijan"),
        ("both", 'country_of = "azerbaijan"', TAKES, "armenian-forces"),
        ("both", 'country_of = "armenian-forces"', TAKES, "azerbaijan"),
        ("both", 'country_of = {Azerbaijan = "azerbaijan"}', TAKES, "armenian-forces"),
        ("both", 'country_of = {Armenia = "armenian-forces"}', TAKES, ""),
        ("both", "", REGAINS, ""),
        ("both", "", TAKES, ""),
    ],
)
def test_a_capture_is_by_the_side_that_is_meant(  # noqa: PLR0913, PLR0917  (a table of cases)
    theatre: Path, order: int, states: str, said: str, sub_event: str, party: str
) -> None:
    """Between two states one army's captures would be taken for the other's, or for nobody's."""
    head = theatre / "theatre.toml"
    text = head.read_text("utf-8").replace("first_day", f"{said}\nfirst_day", 1)
    if states == "both":
        text = text.replace("[parties.armenian-forces]", "[parties.armenian-forces]\nstate = true")
    head.write_text(text, "utf-8")
    actors = [AZERBAIJAN, ARMENIA][::order]
    row = ACLED | {"sub_event_type": sub_event, "country": "Azerbaijan"}
    done = ingest(
        theatre, file(theatre, [row | {"actor1": actors[0], "actor2": actors[1]}]), "acled"
    )
    if party:
        claims = load_theatre(theatre).data.claims
        assert next(c for c in claims if c.claim_id == "acled-AZE1").actor == (party,)
    else:
        assert "country_of in theatre.toml" in done.set_aside[0].reason
