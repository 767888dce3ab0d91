"""Ledgers of any size: the same bytes in one process, several, and over a cluster."""

from __future__ import annotations

import csv
import os
import signal
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest
from distributed import Client

from geoline.control import Folding, bulk, fold_ledger, spells_of_all
from geoline.control.evidence import Alliances
from geoline.control.spells import Baseline
from geoline.processes import local_cluster
from tests.benchmarks.control import FOLDING, draw

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.theatre import Theatre

CLAIMS, PLACES = 4_000, 150
UNTOLD = {
    f"place-{n}": Baseline(holder="red", as_of=date(2019, 12, 31), confidence=0.8, source="x")
    for n in range(0, 2 * PLACES, 7)
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of claims."""
    path = tmp_path_factory.mktemp("ledger") / "claims.csv"
    draw(path, CLAIMS, PLACES)
    return path


@pytest.fixture
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PART_BYTES", 40_000)  # some ten parts of this ledger


@pytest.mark.usefixtures("_small_parts")
def test_bytes_do_not_depend_on_who_folds(ledger: Path, tmp_path: Path) -> None:
    """Two people's tables of one ledger would differ, and nobody know why."""
    folding = replace(FOLDING, baseline=UNTOLD)
    alone, whole = tmp_path / "alone.csv", tmp_path / "whole.csv"
    count = fold_ledger([ledger], folding, alone, processes=1)
    bulk.PART_BYTES *= 1000
    assert fold_ledger([ledger], folding, whole, processes=1) == count
    assert whole.read_bytes() == alone.read_bytes()
    bulk.PART_BYTES //= 1000
    fold_ledger([ledger], folding, tmp_path / "two.csv", processes=2)
    assert (tmp_path / "two.csv").read_bytes() == alone.read_bytes()
    with alone.open(encoding="utf-8", newline="") as file:
        places = [row["place_id"] for row in csv.DictReader(file)]
    assert places == sorted(places)
    assert set(places) == {f"place-{n}" for n in range(PLACES)} | set(UNTOLD)


@pytest.mark.usefixtures("_small_parts")
def test_a_worker_that_is_killed_changes_nothing(ledger: Path, tmp_path: Path) -> None:
    """A machine of a cluster that is gone would take its places with it."""
    folding = replace(FOLDING, baseline=UNTOLD)
    alone, over = tmp_path / "alone.csv", tmp_path / "over.csv"
    count = fold_ledger([ledger], folding, alone, processes=1)
    with (
        local_cluster(2) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        pids = client.run(os.getpid)
        dies = client.submit(os.kill, next(iter(pids.values())), signal.SIGKILL, retries=0)
        assert fold_ledger([ledger], folding, over, cluster=cluster.scheduler_address) == count
        dies.cancel()
    assert over.read_bytes() == alone.read_bytes()


@pytest.mark.usefixtures("_small_parts")
def test_parquet_has_the_same_rows(ledger: Path, tmp_path: Path) -> None:
    """Who reads Parquet would be told otherwise than who reads CSV."""
    fold_ledger([ledger], FOLDING, tmp_path / "s.csv", processes=1)
    fold_ledger([ledger], FOLDING, tmp_path / "s.parquet", processes=1)
    fold_ledger([ledger], FOLDING, tmp_path / "s", processes=1, parted=True)
    assert len(list((tmp_path / "s").iterdir())) > 5
    text = (
        f"read_csv('{tmp_path}/s.csv', nullstr='', types={{'confidence': 'DOUBLE', "
        "'contested': 'BOOLEAN', 'besieged': 'BOOLEAN', 'dated': 'BOOLEAN'})"
    )
    with duckdb.connect() as connection:
        one, parts, rows = (
            connection.sql(f"FROM {what}").fetchall()
            for what in (f"'{tmp_path}/s.parquet'", f"'{tmp_path}/s/*.parquet'", text)
        )
    assert one == parts == rows
    assert isinstance(one[0][1], date)


@pytest.mark.parametrize("name", ["bundled_theatre", "karabakh"])
def test_a_theatre_s_ledger_folds_into_its_spells(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The table of all places would say otherwise than the map; Karabakh leaves out columns."""
    theatre: Theatre = request.getfixturevalue(name)
    data, folder = theatre.data, theatre.folder
    assert folder
    folding = Folding(
        baseline=data.baseline, sources=data.sources, sides=data.sides, frozen=data.frozen
    )
    fold_ledger(sorted((folder / "claims").glob("*.csv")), folding, tmp_path / "s.csv")
    spells = spells_of_all(
        data.claims,
        baseline=data.baseline,
        sources=data.sources,
        sides=data.sides,
        frozen=data.frozen,
    )
    said = [
        (place, s.start.isoformat(), s.holder, str(s.confidence), ";".join(s.claims))
        for place, found in spells.items()
        for s in found
    ]
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (row["place_id"], row["start"], row["holder"], row["confidence"], row["claims"])
            for row in csv.DictReader(file)
        ]
    assert rows == said


def test_nothing_told_is_an_empty_table(ledger: Path, tmp_path: Path) -> None:
    """A ledger of clashes alone would be a traceback."""
    empty = Folding(baseline={}, sources=FOLDING.sources, sides=Alliances(favours={}))
    early = replace(empty, known=date(2000, 1, 1))
    assert fold_ledger([ledger], early, tmp_path / "s.csv") == 0
    assert (tmp_path / "s.csv").read_text("utf-8") == ",".join(bulk.COLUMNS) + "\n"
    assert fold_ledger([ledger], early, tmp_path / "s.parquet") == 0
