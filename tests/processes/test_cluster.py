"""Parts done by the workers of a Dask cluster."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from geoline.errors import RequestError
from geoline.processes import connected, local_cluster, over_cluster

if TYPE_CHECKING:
    from pathlib import Path


def _ended_once(held: Path, parts: list[int]) -> list[int]:
    """End the first worker that has something to do."""
    if not held.exists():
        held.touch()
        os.kill(os.getpid(), signal.SIGTERM)
    if 3 in parts:
        raise ValueError(parts)
    return [part * 2 for part in parts]


def test_an_ended_worker_changes_nothing(tmp_path: Path) -> None:
    """A machine of the cluster restarts, and its days are missing on the map."""
    parts, flag = list(range(16)), tmp_path / "ended"
    answers = list(over_cluster("2", flag, _ended_once, parts))
    assert flag.exists()
    assert sorted(part for some, _ in answers for part in some) == parts
    for some, answer in answers:  # what fails is given back, to be done here
        assert answer == (None if 3 in some else [part * 2 for part in some])


def test_no_cluster_is_one_line() -> None:
    """A wrong address ends in a page of tracebacks."""
    with (
        pytest.raises(RequestError, match=r"--cluster nowhere://here: "),
        connected("nowhere://here"),
    ):
        pass


def test_two_clusters_at_once_are_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    """Whoever draws two maps at once reads of ports that are taken, and of workers that failed."""
    with local_cluster(1, in_threads=True), connected("1") as client:
        assert client.submit(abs, -1).result() == 1
    assert capfd.readouterr() == ("", "")
