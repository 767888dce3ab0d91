"""Parts done by several processes: each once, whatever becomes of a process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from geoline.processes import with_helpers

if TYPE_CHECKING:
    from pathlib import Path

HELD, PARTS = 1_000, 2_000


def _is_helper() -> bool:
    return multiprocessing.parent_process() is not None


def _summed(held: Path, parts: list[int]) -> list[int]:
    assert _is_helper()
    held.touch()
    return [HELD + part for part in parts]


def _ended_once(held: Path, parts: list[int]) -> list[int]:
    """End the first process that has something to do; the parts are lost with it."""
    if not held.exists():
        held.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return _summed(held, parts)


def _failing(held: Path, parts: list[int]) -> list[int]:
    held.touch()
    raise ValueError(parts)


def _done_here(flag: Path, part: int) -> None:
    """Leave helpers the time to begin, until one of them has done something."""
    assert not _is_helper()
    if not flag.exists() and part < PARTS - 1:
        time.sleep(0.05)


def test_each_part_is_done_once(tmp_path: Path) -> None:
    """Days would be missing on a map that several processes drew, or be drawn twice."""
    parts, flag = list(range(PARTS)), tmp_path / "done"
    here = partial(_done_here, flag)
    done = list(with_helpers(lambda: flag, _summed, parts, here=here, helpers=2))
    assert sorted(part for some, _ in done for part in some) == parts
    apart = [(some, answer) for some, answer in done if answer is not None]
    assert apart  # they did something
    assert all(answer == [HELD + part for part in some] for some, answer in apart)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such end")
def test_an_ended_helper_changes_nothing(tmp_path: Path) -> None:
    """A machine short of memory ends one process, and a night's work is lost."""
    parts, flag = list(range(PARTS)), tmp_path / "ended"
    here = partial(_done_here, flag)
    done = list(with_helpers(lambda: flag, _ended_once, parts, here=here, helpers=2))
    assert flag.exists()
    assert sorted(part for some, _ in done for part in some) == parts


def test_what_fails_in_a_helper_is_said_here(tmp_path: Path) -> None:
    """A fault of one day would be swallowed by the process that met it."""
    parts, flag = list(range(PARTS)), tmp_path / "failed"

    def refuse(part: int) -> None:
        _done_here(flag, part)
        if part > PARTS - 10:  # of those that a helper takes first
            raise ValueError(part)

    with pytest.raises(ValueError, match=r"^\d+$"):
        list(with_helpers(lambda: flag, _failing, parts, here=refuse, helpers=1))
    assert flag.exists()


def test_few_parts_begin_no_helper(tmp_path: Path) -> None:
    """A small map would wait for processes that have nothing to do."""
    flag = tmp_path / "done"
    done = with_helpers(
        lambda: flag, _summed, [1, 2], here=lambda _: None, helpers=2, worth=lambda left: left > 2
    )
    assert list(done) == [([1], None), ([2], None)]
