"""Processes of this machine beside the one that asks, which works too.

Helpers are spawned, not forked, so that it is the same on every system and no lock of a library is
copied while somebody holds it. One that is ended, or cannot be begun, changes nothing: what it had
begun is done here.

Why no pool of the library (`concurrent.futures.ProcessPoolExecutor`) or of loky: both give up all
processes when one is ended; what is at work when this process fails or is stopped cannot be ended
before Python 3.14; and parts go out in one order, while here this process works from the first
part on and helpers from the last, in shares that grow smaller as less is left.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

__all__ = ["cores", "with_helpers"]

H = TypeVar("H")
P = TypeVar("P")
R = TypeVar("R")

# A helper is given this share of what is left, divided by all who work; at most so many parts.
SHARE, MOST_AT_ONCE = 0.25, 16
# What went wrong between two processes, one of which is gone or refuses.
GONE = (EOFError, OSError, pickle.PickleError)


def cores() -> int:
    """Give the number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def with_helpers(  # noqa: PLR0913  (what is held, what is asked, of how many)
    held: Callable[[], H],
    work: Callable[[H, list[P]], R],
    parts: Sequence[P],
    *,
    here: Callable[[P], object],
    helpers: int,
    worth: Callable[[int], bool] = lambda _: True,
) -> Iterator[tuple[list[P], R | None]]:
    """Do parts here and in helpers; give them as they are done, in no order.

    Parameters
    ----------
    held
        Gives what every helper holds; called once, when the first of them is ready for it.
    work
        A function of a module: does parts with what is held, and gives an answer.
    parts
        What is to be done; this process begins at the first, helpers at the last.
    here
        Does one part in this process; what it raises is raised.
    helpers
        How many other processes at most; none are begun where there is little left.
    worth
        Whether so many parts that are left are worth their beginning; asked before each part that
        is done here, until it is so.

    Yields
    ------
    tuple
        Parts that are done, and the answer of the helper that did them; None if it was done here.
    """
    crew = _Crew(work, held, deque(parts))
    try:
        while crew.left or crew.busy:
            if not crew.begun and helpers > 0 and worth(len(crew.left)):
                crew.begin(min(helpers, len(crew.left) - 1))
            yield from crew.answers(None if not crew.left else 0.0)
            if crew.left:
                part = crew.left.popleft()
                here(part)
                yield [part], None
    finally:
        crew.end()


@dataclass(slots=True, eq=False)
class _Helper(Generic[P]):
    """A process, the way to it, and what it is at; None while it begins."""

    process: BaseProcess
    way: Connection
    at: list[P] | None = None


@dataclass(slots=True)
class _Crew(Generic[H, P, R]):
    """The helpers of one task, and the parts that nobody has begun."""

    work: Callable[[H, list[P]], R]
    held: Callable[[], H]
    left: deque[P]
    begun: bool = False
    helpers: list[_Helper[P]] = field(default_factory=list)
    _held: bytes = b""

    @property
    def busy(self) -> bool:
        """Whether a helper is at something."""
        return any(helper.at for helper in self.helpers)

    def begin(self, count: int) -> None:
        """Begin helpers; where the system refuses, everything is done here."""
        self.begun = True
        context = multiprocessing.get_context("spawn")
        for _ in range(count):
            mine, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, self.work), daemon=True)
            try:
                process.start()
            except (OSError, RuntimeError, pickle.PickleError):
                mine.close()
                return
            finally:
                theirs.close()
            self.helpers.append(_Helper(process, mine))

    def answers(self, patience_s: float | None) -> Iterator[tuple[list[P], R | None]]:
        """Give what is done, and give helpers more to do; wait for one if there is no patience."""
        if patience_s is None and not self.busy:
            return
        ready = wait([helper.way for helper in self.helpers], patience_s)
        for helper in [one for one in self.helpers if one.way in ready]:
            try:
                answer: R | None = helper.way.recv()
                done = helper.at
                helper.at = self._some()
                if done is None:
                    helper.way.send_bytes(self._packed())
                if helper.at:
                    helper.way.send(helper.at)
            except GONE:
                self._dismiss(helper)
                continue
            if done and answer is None:  # it failed there: here it is said why
                self.left.extendleft(reversed(done))
            elif done:
                yield done, answer

    def _some(self) -> list[P]:
        """Take parts from the end, in their order: fewer, the fewer are left."""
        share = int(SHARE * len(self.left) / (1 + len(self.helpers)))
        count = min(len(self.left), max(1, min(share, MOST_AT_ONCE)))
        return [self.left.pop() for _ in range(count)][::-1]

    def _packed(self) -> bytes:
        if not self._held:
            self._held = pickle.dumps(self.held(), protocol=5)
        return self._held

    def _dismiss(self, helper: _Helper[P]) -> None:
        """Do without a helper; what it was at is to be done again."""
        self.helpers.remove(helper)
        self.left.extendleft(reversed(helper.at or []))
        helper.process.kill()
        helper.way.close()

    def end(self) -> None:
        """End all helpers."""
        for helper in self.helpers:
            helper.process.kill()
        for helper in self.helpers:
            helper.process.join()
            helper.way.close()


def _serve(way: Connection, work: Callable[[Any, Any], Any]) -> None:
    """Do what is asked, until nobody asks any more. The first message is what is held."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415  (in a helper alone)

    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks is stopped, and ends this
    with contextlib.suppress(EOFError, OSError), threadpool_limits(1, user_api="blas"):
        way.send(None)
        held = pickle.loads(way.recv_bytes())  # noqa: S301  (of the process that began this one)
        while True:
            parts = way.recv()
            try:
                answer = work(held, parts)
            except Exception:  # noqa: BLE001  (it is done again where it can be said)
                answer = None
            way.send(answer)
