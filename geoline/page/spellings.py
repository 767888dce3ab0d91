"""Other spellings of a name that the page's search would not find by the names it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.names import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["other_spellings"]

# Names without a letter of a script that the page's search compares by letter: Latin with all that
# is up to the phonetic letters, Cyrillic, Arabic with what it is shaped of.
SOUNDED = re.compile(
    r"[\u0000-\u036f\u0400-\u052f\u0600-\u06ff\u0750-\u077f\u1e00-\u1eff\u2000-\u206f]*"
)


def other_spellings(shown: Iterable[str], names: Iterable[str]) -> list[str]:
    """Give the spellings that the search of the page would not find by the names shown.

    By their consonants, but for letters that it does not know the sound of: these as they are.
    """
    heard = {_sounds(name) for name in shown}
    others = {sounds: name for name in names if (sounds := _sounds(name)) not in heard}
    return list(others.values())


def _sounds(name: str) -> str:
    """Give what the search compares: consonants, or the letters where the page knows no sounds."""
    return skeleton(name) if SOUNDED.fullmatch(name) else name.casefold()
