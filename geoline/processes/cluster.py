"""Workers of a Dask cluster, on this machine or on others."""

from __future__ import annotations

import logging
import pickle
import threading
import warnings
import zlib
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from geoline.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from distributed import Client, LocalCluster, Worker

__all__ = ["connected", "local_cluster", "over_cluster"]

P = TypeVar("P")
R = TypeVar("R")

# Parts of one task at most, and how many tasks each worker shall have where there are few parts.
PER_TASK, TASKS_A_WORKER = 16, 4

# Workers of this machine are asked a hundred times a second what they are at; nobody looks.
LOCAL = {"distributed.worker.profile.enabled": False}

_AT_WORK = threading.Lock()
_HELD: dict[int, Any] = {}


@contextmanager
def connected(cluster: str) -> Iterator[Client]:
    """Give a client of a cluster, closed at the end.

    Parameters
    ----------
    cluster
        Address of a Dask scheduler, or a number of processes of this machine.

    Raises
    ------
    RequestError
        If Dask is not installed, or there is no such cluster.
    """
    try:
        from distributed import Client  # noqa: PLC0415  (an extra)
    except ImportError:
        message = "a cluster needs Dask: pip install 'geoline[cluster]'"
        raise RequestError(message) from None
    with ExitStack() as stack:
        try:
            own = cluster.isdigit()
            at = stack.enter_context(local_cluster(int(cluster))) if own else cluster
            client = stack.enter_context(Client(at, timeout="10s"))  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            message = f"--cluster {cluster}: {error}"
            raise RequestError(message) from None
        yield client
        if own:
            # One that tells the scheduler that it is there, while that ends, says that it failed.
            client.run(_say_no_more, on_error="ignore")


def local_cluster(workers: int, *, in_threads: bool = False) -> LocalCluster:
    """Begin a cluster on this machine, without pages that show it.

    Parameters
    ----------
    workers
        How many.
    in_threads
        Whether they are threads of this process.
    """
    import dask.config  # noqa: PLC0415  (an extra)
    from distributed import LocalCluster  # noqa: PLC0415  (an extra)

    with dask.config.set(LOCAL):
        return LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            processes=not in_threads,
            dashboard_address=None,
            # Any port that is free: of two at once the second would warn that it takes another.
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            silence_logs=logging.ERROR,
        )


def _say_no_more(dask_worker: Worker) -> None:
    """Let a worker that is to be ended no longer tell that it is there."""
    dask_worker.periodic_callbacks["heartbeat"].stop()


def over_cluster(
    cluster: str,
    held: object,
    work: Callable[[Any, list[P]], R],
    parts: Sequence[P],
) -> Iterator[tuple[list[P], R | None]]:
    """Do parts over a cluster; give them as they are done, in no order.

    A worker does one thing at a time, so that what it holds need not be safe for threads: one
    process a core is best (`dask worker --nthreads 1 --nworkers auto`).

    Parameters
    ----------
    cluster
        As `connected` takes it.
    held
        What every worker holds; it must be possible to pickle it.
    work
        A function of a module: does parts with what is held, and gives an answer.
    parts
        What is to be done; parts that follow each other are done by one worker.

    Yields
    ------
    tuple
        Parts, and the answer; None if they failed, or the workers that had them were ended again
        and again.
    """
    packed = zlib.compress(pickle.dumps(held, protocol=5), 1)
    number = zlib.crc32(packed)
    with connected(cluster) as client:
        from distributed import as_completed  # noqa: PLC0415  (an extra)

        workers = max(1, len(client.scheduler_info()["workers"]))
        size = max(1, min(PER_TASK, -(-len(parts) // (TASKS_A_WORKER * workers))))
        with warnings.catch_warnings():
            # That it is large is known; as a task's own it survives the worker that had it.
            warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
            content = client.submit(_as_it_is, packed, pure=False)
        asked = {
            client.submit(_done, content, number, work, some, pure=False): some
            for some in (list(parts[n : n + size]) for n in range(0, len(parts), size))
        }
        for future in as_completed(asked):  # type: ignore[no-untyped-call]
            yield asked[future], future.result() if future.status == "finished" else None


def _as_it_is(packed: bytes) -> bytes:
    return packed


def _done(packed: bytes, number: int, work: Callable[[Any, list[P]], R], parts: list[P]) -> R:
    """Do parts in a worker, which unpacks once what it holds."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415  (in a worker alone)

    with _AT_WORK, threadpool_limits(1, user_api="blas"):
        if number not in _HELD:
            _HELD.clear()
            _HELD[number] = pickle.loads(zlib.decompress(packed))  # noqa: S301  (of the client)
        return work(_HELD[number], parts)
