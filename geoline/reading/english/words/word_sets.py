"""The words by which the rooms compare, read once from the files beside this module."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from geoline.reading.shared.word_lists import word_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["word_sets"]


def word_sets(room: str, module: str) -> Mapping[str, frozenset[str]]:
    """Give the sets of words of a module, by the name of each.

    Parameters
    ----------
    room
        Name of a file of this folder: "sentence".
    module
        Name of a table in it: "mood".
    """
    return {name: frozenset(words.split()) for name, words in _tables(room)[module].items()}


@cache
def _tables(room: str) -> dict[str, Any]:
    return word_lists(__file__, f"{room}.toml")
