"""Days drawn by several processes are those that one draws, byte for byte."""

from __future__ import annotations

import multiprocessing
import os
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from geoline import load_theatre
from geoline.cache import Gathered, Store
from geoline.page import page_html, page_payload, write_day
from geoline.processes import local_cluster
from geoline.situation import Situation, TheatreAsKnown, days_drawn, draw_days
from tests.theatres.small import CAPTURED, TOWNS, small_theatre

FLAG = "DRAWN_BY_ANOTHER"
FIRST = date(2024, 5, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(16)]


class Counting(Store):
    """A store that counts what other processes made."""

    __slots__ = ("taken",)

    def take(self, made: Gathered) -> None:
        """Count the drawings."""
        self.taken = getattr(self, "taken", 0) + sum(kind == "areas" for kind, _ in made.values())
        super().take(made)


def _slowly(situation: Situation, before: Situation | None) -> None:
    """Leave the other process the time to begin, until it has drawn something."""
    flag = Path(os.environ[FLAG])
    if multiprocessing.parent_process() is not None:
        flag.touch()
    elif not flag.exists():
        time.sleep(1.5)
    write_day(situation, before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A theatre whose towns change hands every second day."""
    rows: list[dict[str, Any]] = []
    for number, day in enumerate(DAYS[1::2]):
        place, name, *_ = TOWNS[number % len(TOWNS)]
        said = {"date_start": day.isoformat(), "date_end": day.isoformat(),
                "published": day.isoformat(), "actor": ("north", "south")[number // 4]}  # fmt: skip
        rows.append(CAPTURED | said | {"claim_id": f"c{number}", "place": name, "place_id": place})
    folder = tmp_path_factory.mktemp("war") / "small"
    return small_theatre(folder, days=(DAYS[0], DAYS[-1]), claims=rows)


def _page(as_known: TheatreAsKnown) -> str:
    return page_html(page_payload(as_known, DAYS[0], DAYS[-1], DAYS[0]))


@pytest.mark.parametrize("keeps", [True, False])
def test_two_processes_draw_what_one_draws(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, keeps: bool
) -> None:
    """A map would depend on the number of cores of the machine that drew it."""
    monkeypatch.setattr(days_drawn, "BEGINNING_S", 0.0)
    monkeypatch.setenv(FLAG, str(tmp_path / "drawn"))
    data = load_theatre(folder, cache=False).data
    store = Counting(tmp_path / "kept", keeps=keeps)
    as_known = TheatreAsKnown(data, store=store)
    assert sorted(draw_days(as_known, DAYS, _slowly, processes=2)) == DAYS
    assert store.taken  # the other process drew some
    assert _page(as_known) == _page(TheatreAsKnown(data))
    # What is kept serves the next run: nothing is drawn again.
    if keeps:
        before = store.taken
        again = TheatreAsKnown(data, store=store)
        assert sorted(draw_days(again, DAYS, _slowly, processes=2)) == DAYS
        assert store.taken == before


def test_a_cluster_draws_what_one_process_draws(folder: Path, tmp_path: Path) -> None:
    """A map would depend on the cluster that drew it."""
    data = load_theatre(folder, cache=False).data
    store = Counting(tmp_path / "kept")
    as_known = TheatreAsKnown(data, store=store)
    with local_cluster(2, in_threads=True) as cluster:
        address = cluster.scheduler_address
        assert sorted(draw_days(as_known, DAYS, write_day, cluster=address)) == DAYS
    assert store.taken
    assert _page(as_known) == _page(TheatreAsKnown(data))
