"""Whether time grows with the work and not faster, told apart from what else the machine does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["assert_grows_with_the_work"]

# The square of twice the work takes four times as long.
TIMES = 2.5
TRIES = 5


def assert_grows_with_the_work(
    seconds: Callable[[int], float], size: int, slack: float = 0.1
) -> None:
    """Fail if twice the work takes clearly more than twice as long.

    A neighbour on the machine makes a run slower and never faster, so that of each size the best
    run counts; while the larger one is too slow both are run again.

    Parameters
    ----------
    seconds
        Processor time of work of a size.
    size
        The smaller size.
    slack
        Seconds that the larger one may take besides.
    """
    small = large = float("inf")
    for _ in range(TRIES):
        small, large = min(small, seconds(size)), min(large, seconds(2 * size))
        if large <= TIMES * small + slack:
            return
    message = f"{size}: {small:.2f} s, {2 * size}: {large:.2f} s"
    raise AssertionError(message)
