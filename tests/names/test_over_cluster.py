"""The world's names read by the workers of a cluster: the index of one process, byte for byte."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import numpy as np
import pytest
from distributed import Client

from geoline.cli import main
from geoline.errors import RequestError
from geoline.gazetteer import Gazetteer, gazetteer
from geoline.names import name_arrays
from geoline.processes import local_cluster

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from distributed import LocalCluster

    from geoline.theatre import Theatre


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers of this machine."""
    with local_cluster(2) as workers:
        yield workers


def test_an_index_is_the_same_whoever_reads(
    cluster: LocalCluster, bundled_theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names would lead elsewhere on a cluster, or be lost with a machine of it."""
    places = bundled_theatre.gazetteer.places
    spellings = [[p.name, p.name_ar, *p.names] for p in places]
    spellings += [["မြန်မာနိုင်ငံ", "Myanmar"], ["Київ", "Kyiv"], []]
    people = [*(p.population for p in places), None, 2_950_000, None]
    alone = name_arrays.built(spellings, people)
    monkeypatch.setattr(name_arrays, "AT_ONCE", 160)  # forty places at a time
    with Client(cluster) as client:  # type: ignore[no-untyped-call]
        pids = client.run(os.getpid)
        dies = client.submit(os.kill, next(iter(pids.values())), signal.SIGKILL, retries=0)
        over = name_arrays.built(spellings, people, cluster.scheduler_address)
        dies.cancel()
    for name, array in over.arrays().items():
        assert np.array_equal(array, alone.arrays()[name]), name
        assert array.dtype == alone.arrays()[name].dtype


def test_a_large_gazetteer_is_read_over_there_once(
    cluster: LocalCluster, bundled_theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster would be started for an index that is kept, or nobody see how far it is."""
    monkeypatch.setattr(gazetteer, "KEPT_FROM", 100)
    shown: list[int] = []

    def watch(work: Iterable[int], count: int) -> Iterable[int]:
        shown.append(count)
        return work

    places = [p for p in bundled_theatre.gazetteer.places if p.kind == "town"]
    Gazetteer(places).make_index(cluster.scheduler_address, watch)
    assert shown == [1]
    again = Gazetteer(places)
    again.make_index("tcp://127.0.0.1:1")  # nobody is there, and nobody is asked
    assert again.resolve(places[0].name).candidates[0].id == places[0].id
    with pytest.raises(RequestError, match="--cluster nowhere://"):
        Gazetteer(places[1:]).make_index("nowhere://here")


def test_a_new_theatre_s_names_are_ready(
    cluster: LocalCluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first name looked up in a new theatre would wait for the whole index all the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(gazetteer, "KEPT_FROM", 2)
    places, folder = tmp_path / "places.tsv", str(tmp_path / "malta")
    places.write_text(
        "id\ttitle\ttitle_source\tstart\tlon\tlat\n"
        "va\tValletta\ta map\t1900\t14.514\t35.9\nmd\tMdina\ta map\t1900\t14.403\t35.886\n",
        encoding="utf-8",
    )
    asked = (
        "--country",
        "MT",
        "--places",
        str(places),
        "--from",
        "2020-01-01",
        "--to",
        "2020-01-05",
    )
    for command, told in (
        (("new", folder, *asked, "--cluster", cluster.scheduler_address), "2 of 2"),
        # Nobody is there: the index is kept.
        (
            ("resolve", "Valletta", "--theatre", folder, "--cluster", "tcp://127.0.0.1:1"),
            "resolved",
        ),
    ):
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert (ended.value.code, told in capsys.readouterr().out) == (0, True)
    assert len(list((tmp_path / "geoline" / "names").glob("*.names"))) == 1
