"""A verb with what stands before it, and who or what it is said of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geoline.reading.shared.item import Item

__all__ = ["NOBODY", "Subject", "VerbGroup", "is_verb"]

_VERBS = frozenset({"event", "speech", "verb"})


class VerbGroup(NamedTuple):
    """A verb with what stands before it: its items from `first` on, and the words among them."""

    first: int
    at: int
    words: tuple[str, ...]
    passive: bool
    infinitive: bool


class Subject(NamedTuple):
    """Who or what a verb is said of.

    `kind` is "side", "force", "pronoun", "place", "noun" or "" (nobody is said), `at` the number of
    its item; `relative` is true if "which" or "that" stands between.
    """

    kind: str
    at: int
    relative: bool = False


NOBODY = Subject("", -1)


def is_verb(item: Item) -> bool:
    """Whether an item is a verb, of the field or any other."""
    return item.kind in _VERBS
