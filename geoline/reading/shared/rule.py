"""A rule of a grammar as a value: its name, what it reads, and the function that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoline.reading.shared.told_event import ToldEvent

__all__ = ["Rule"]

Parts = TypeVar("Parts")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule(Generic[Parts]):
    """One rule of a grammar; its examples stand in `tests/reading/examples`.

    Parameters
    ----------
    name
        Lower case with hyphens, unique over both languages: "en-…" or "ar-…". A claim that the rule
        gave carries it.
    kind
        What an item has to be for the rule to be tried at it.
    reads
        What it reads, in a phrase with an example: 'who took a place: "A captured X"'.
    read
        Gives the events that it reads at the item of that number, none if it does not hold.
    """

    name: str
    kind: Literal["verb", "noun", "state", "succession"]
    reads: str
    read: Callable[[Parts, int], list[ToldEvent]]
