"""Texts as the font of a printed map can write them."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii
from matplotlib.font_manager import FontProperties, findfont, get_font

__all__ = ["FONT", "printable"]

FONT = "DejaVu Sans"  # comes with matplotlib: the same everywhere


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    r"""Give a text without what steers a terminal or turns the line, in letters that the font has.

    What the font has no letters for is written in Latin ones, which can be read; else there would
    be boxes.

    Examples
    --------
    >>> printable("Bakhmut\u202e\x07"), printable("Бахмут"), printable("မန္တလေး")
    ('Bakhmut', 'Бахмут', 'mntle')
    """
    plain = " ".join(text.split())
    letters = [c for c in plain if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}]
    return "".join(c if _has(c) else anyascii(c) for c in letters)


@cache
def _has(letter: str) -> bool:
    found = get_font(findfont(FontProperties(family=FONT))).get_char_index(ord(letter))
    return bool(found)
