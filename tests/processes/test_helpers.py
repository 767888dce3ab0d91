"""Parts done by several processes: each once, whatever becomes of a process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from geoline.processes import with_helpers

if TYPE_CHECKING:
    from pathlib import Path

HELD = 1_000


def _is_helper() -> bool:
    return multiprocessing.parent_process() is not None


def _summed(held: int, parts: list[int]) -> list[int]:
    assert _is_helper()
    return [held + part for part in parts]


def _ended_once(held: Path, parts: list[int]) -> list[int]:
    """End the first process that has something to do; the parts are lost with it."""
    if not held.exists():
        held.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return _summed(HELD, parts)


def _failing(_: int, parts: list[int]) -> list[int]:
    raise ValueError(parts)


def _slowly(part: int) -> None:
    """Leave helpers the time to begin."""
    time.sleep(0.05 + 0 * part)


def test_each_part_is_done_once() -> None:
    """Days would be missing on a map that several processes drew, or be drawn twice."""
    parts = list(range(60))
    done = list(with_helpers(lambda: HELD, _summed, parts, here=_slowly, helpers=2))
    assert sorted(part for some, _ in done for part in some) == parts
    apart = [(some, answer) for some, answer in done if answer is not None]
    assert apart  # they did something
    assert all(answer == [HELD + part for part in some] for some, answer in apart)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such end")
def test_an_ended_helper_changes_nothing(tmp_path: Path) -> None:
    """A machine short of memory ends one process, and a night's work is lost."""
    parts, flag = list(range(60)), tmp_path / "ended"
    done = list(with_helpers(lambda: flag, _ended_once, parts, here=_slowly, helpers=2))
    assert flag.exists()
    assert sorted(part for some, _ in done for part in some) == parts


def test_what_fails_in_a_helper_is_said_here() -> None:
    """A fault of one day would be swallowed by the process that met it."""

    def refuse(part: int) -> None:
        _slowly(part)
        if part > 30:
            raise ValueError(part)

    with pytest.raises(ValueError, match=r"^\d+$"):
        list(with_helpers(lambda: HELD, _failing, list(range(60)), here=refuse, helpers=1))


def test_few_parts_begin_no_helper() -> None:
    """A small map would wait for processes that have nothing to do."""
    done = with_helpers(
        lambda: HELD, _failing, [1, 2], here=_slowly, helpers=2, worth=lambda left: left > 2
    )
    assert list(done) == [([1], None), ([2], None)]
