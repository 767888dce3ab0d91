"""A way into geoline, with valid examples of what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Door"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A way in.

    Parameters
    ----------
    valid
        Inputs that it takes.
    enter
        Hands an input in; `GeolineError` is an answer, anything else raised a fault.
    seconds
        Processor time that it may take, for less than 64 kB.
    share
        How many inputs it gets, beside a door that gets one: fewer where each takes long.
    """

    valid: tuple[bytes, ...]
    enter: Callable[[bytes], object]
    seconds: float = 1.0
    share: float = 1.0
