"""The ledger: what is added is read again, whatever it says, and nothing is written over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoline.claims.claim import Claim, Source, claim_record
from geoline.claims.ledger import add_claims, claim_row, read_claims, reads_back
from geoline.dates import DayInterval
from geoline.errors import DataError
from geoline.tables.rows import Row

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
SOURCES = {"gazette": Source(id="gazette", name="G", reliability="B", lean="none", kind="")}
KNOWN = {"sources": SOURCES, "actors": {"north", "south"}, "places": {"mill"}}
DAY = date(2024, 5, 3)
PLAIN = Claim(
    claim_id="a",
    place="Mill",
    about="place",
    place_id="mill",
    event="captured",
    actor=("north",),
    when=DayInterval(DAY, DAY),
    precision="day",
    source="gazette",
)


def told(folder: Path) -> list[Claim]:
    """Read a ledger of which nothing needs to be known."""
    return read_claims(folder, sources=SOURCES, actors=KNOWN["actors"], places=KNOWN["places"])


@settings(max_examples=60)
@given(
    texts=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4, unique_by=lambda t: t[0].strip())
)
@pytest.mark.parametrize("large", [100_000, 1])
def test_any_text_is_kept(
    texts: list[tuple[str, str]], large: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A note would change on its way through the ledger, or make all of it unreadable."""
    if large == 1:
        pytest.importorskip("duckdb")
    cells = {a.strip(): b.strip() for a, b in texts}
    claims = [replace(PLAIN, claim_id=a, place=b, note=b) for a, b in cells.items()]
    row = Row("in.csv", 2, {})
    kept = [claim for claim in claims if not reads_back(claim, row, **KNOWN)]
    folder = tmp_path_factory.mktemp("claims")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geoline.claims.ledger.LARGE", large)
        for claim in kept:
            add_claims(folder, "own", [claim])
    assert sorted(map(claim_record, told(folder)), key=str) == sorted(
        map(claim_record, kept), key=str
    )
    # Nothing but an empty id or place is turned away here.
    assert [c for c in claims if c not in kept] == [
        c for c in claims if not c.claim_id or not c.place
    ]
    assert claim_row(PLAIN)["actor"] == "north"


def test_a_numbered_table_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that somebody renamed or moved would cost the next one its claims."""
    pytest.importorskip("duckdb")
    monkeypatch.setattr("geoline.claims.ledger.LARGE", 1)
    for name in "abc":
        add_claims(tmp_path, "own", [replace(PLAIN, claim_id=name)])
        if name == "b":
            (tmp_path / "own-0001.parquet").rename(tmp_path / "older.parquet")
    assert sorted(claim.claim_id for claim in told(tmp_path)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"corrects": ("a;b",)}, "'corrects' cannot be kept"),
        ({"note": "x" * 100_001}, "'note' is longer"),
        ({"place": ""}, "'place' is empty"),
    ],
)
def test_what_the_ledger_cannot_keep_is_known_before(change: dict[str, object], said: str) -> None:
    """One row that cannot be read again would cost the whole ledger."""
    claim = replace(PLAIN, **change)  # type: ignore[arg-type]
    assert said in reads_back(claim, Row("in.csv", 2, {}), **KNOWN)


@pytest.mark.parametrize("year", [1403, 1445, 2567, 24, 1970])
def test_years_of_another_calendar_are_refused(tmp_path: Path, year: int) -> None:
    """A claim of the year 2567 would be counted and never be on any map."""
    day = date(year, 5, 3)
    add_claims(tmp_path, "own", [PLAIN, replace(PLAIN, claim_id="b", when=DayInterval(day, day))])
    span = (date(2024, 5, 1), date(2024, 5, 31))
    with pytest.raises(DataError, match=r"own.csv, row 3, 'date_end': .* years from"):
        read_claims(
            tmp_path, sources=SOURCES, actors=KNOWN["actors"], places=KNOWN["places"], span=span
        )
