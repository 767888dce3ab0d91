"""What the desk carries: candidates, the ledger near by, the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoline.errors import DataError
from geoline.review.desk import desk_payload
from geoline.tables import csv_table

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre import Theatre

COLUMNS = ("place", "place_id", "event", "actor", "date_start", "date_end", "source", "published")


def _table(path: Path, *rows: tuple[str, ...]) -> Path:
    path.write_bytes(csv_table(COLUMNS, [dict(zip(COLUMNS, row, strict=True)) for row in rows]))
    return path


def _row(place: str, place_id: str = "", source: str = "afp") -> tuple[str, ...]:
    day = "2020-01-29"
    return (place, place_id, "captured", "government", day, day, source, day)


def test_names_bring_their_candidates(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """Who decides on a name would have to look it up elsewhere."""
    table = _table(
        tmp_path / "c.csv",
        _row("Maarata"),
        _row("Zzyzxville"),
        _row("Saraqeb", "saraqib"),
        _row("the town", "maarrat-al-numan"),
    )
    payload = desk_payload(bundled_theatre.data, [table])
    ambiguous, unknown, resolved, renamed = payload["claims"]

    def ids(claim: dict[str, object]) -> list[str]:
        found = claim["candidates"]
        assert isinstance(found, list)
        return [payload["places"][one["place"]][0] for one in found]

    assert ambiguous["status"] == "ambiguous"
    assert {"maarata", "khirbat-maarata"} <= set(ids(ambiguous))
    assert unknown["status"] == "unknown"
    assert ids(unknown)
    assert ids(resolved)[0] == "saraqib"
    # What its report made of it stands first, though the name alone does not suggest it.
    assert ids(renamed)[0] == "maarrat-al-numan"
    assert renamed["candidates"][0]["score"] is None
    assert all(claim["words"] is None for claim in payload["claims"])


def test_the_ledger_near_by_is_there(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """What the ledger has already would be taken for new."""
    told = next(c for c in bundled_theatre.data.claims if c.place_id == "maarrat-al-numan")
    table = _table(tmp_path / "c.csv", _row(told.place, told.place_id, told.source))
    ledger = desk_payload(bundled_theatre.data, [table])["ledger"]
    assert told.claim_id in {claim["id"] for claim in ledger}
    assert {claim["place_id"] for claim in ledger} >= {"maarrat-al-numan"}
    assert len(ledger) < len(bundled_theatre.data.claims)


def test_another_theatre_has_its_own_picture(karabakh: Theatre, tmp_path: Path) -> None:
    """The desk would work for one war alone."""
    party = next(iter(karabakh.data.parties))
    place = karabakh.data.gazetteer.places[0]
    source = next(iter(karabakh.data.sources))
    day = karabakh.data.first_day.isoformat()
    table = _table(
        tmp_path / "c.csv", (place.name, place.id, "captured", party, day, day, source, day)
    )
    payload = desk_payload(karabakh.data, [table])
    drawing = payload["map"]
    assert drawing["land"].startswith("M")
    _, _, _, lat, lon, *_ = payload["places"][0]
    assert 0 <= (lon - drawing["west"]) * drawing["per_lon"] <= drawing["width"]
    assert 0 <= (drawing["north"] - lat) * drawing["per_lat"] <= drawing["height"]


def test_the_content_alone_names_what_was_decided(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """Decisions would be lost with a file's name, or stand for other claims."""
    rows = [_row("Saraqeb", "saraqib"), _row("Maarata")]
    keys = [
        desk_payload(bundled_theatre.data, [_table(tmp_path / name, *some)])["key"]
        for name, some in (("a.csv", rows), ("b.csv", rows), ("c.csv", rows[:1]))
    ]
    assert keys[0] == keys[1] != keys[2]


def test_tables_of_several_sources_share_a_desk(bundled_theatre: Theatre, tmp_path: Path) -> None:
    """`extract` reads a source at a time, so a day's reports would be as many desks."""
    one = _table(tmp_path / "one.csv", _row("Saraqeb", "saraqib"))
    two = tmp_path / "two.csv"
    two.write_text(
        "place,event,actor,date_end,source,note\nAfis,lost,opposition,2020-02-06,sohr,n\n"
    )
    payload = desk_payload(bundled_theatre.data, [one, two])
    assert [report["source"] for report in payload["reports"]] == ["afp", "sohr"]
    assert payload["columns"] == [*COLUMNS, "note"]
    assert payload["claims"][1]["cells"]["note"] == "n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "c.csv: is empty"),
        ("place,event,actor,date_end,source\n", "c.csv: holds no claim"),
        ("place,event\nSaraqib,captured\n", "this column is missing"),
        ("place,event,actor,date_end,source,colour\na,b,c,d,e,f\n", "no such column"),
    ],
)
def test_what_is_no_table_of_claims_is_refused(
    bundled_theatre: Theatre, tmp_path: Path, text: str, said: str
) -> None:
    """A person would stand before an empty page."""
    table = tmp_path / "c.csv"
    table.write_text(text, "utf-8")
    with pytest.raises(DataError, match=said):
        desk_payload(bundled_theatre.data, [table])
