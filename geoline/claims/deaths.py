"""Deaths as somebody published them: an estimate with the range that it was published with.

Such figures are estimates, differ from source to source and are revised. They are carried as they
were published and never added up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Deaths", "parse_deaths"]

_WRITTEN = re.compile(r"(\d{1,7})(?:-(\d{1,7})-(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class Deaths:
    """An estimate of deaths.

    Parameters
    ----------
    best
        The best estimate.
    low, high
        Its range, None where none was published.

    Raises
    ------
    ValueError
        If the best estimate is not within the range, or one end is missing.
    """

    best: int
    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None and self.best >= 0:
            return
        if self.low is None or self.high is None or not 0 <= self.low <= self.best <= self.high:
            message = (
                "the best estimate is not within its range; write low-best-high, such as 2-5-9"
            )
            raise ValueError(message)

    def __str__(self) -> str:
        """Write it as the ledger has it: low-best-high, or the figure alone."""
        return f"{self.best}" if self.low is None else f"{self.low}-{self.best}-{self.high}"


def parse_deaths(text: str) -> Deaths:
    """Read what `str` of an estimate writes.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> parse_deaths("2-5-9"), str(parse_deaths("4"))
    (Deaths(best=5, low=2, high=9), '4')
    """
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        message = f"'{text}' is no estimate; write low-best-high, such as 2-5-9, or one figure"
        raise ValueError(message)
    first, best, high = written.groups()
    return Deaths(int(first)) if best is None else Deaths(int(best), int(first), int(high))
