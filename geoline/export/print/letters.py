"""Texts as the fonts of a printed map can write them.

matplotlib (3.11 on) shapes and orders what it writes, Arabic and Burmese too, where a font has the
letters. Its own has Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic; for others the
fonts are taken that the machine has.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from anyascii import anyascii
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geoline.gazetteer import Place

__all__ = ["directed", "fonts", "has_letter", "name_of", "printable", "styled", "unwritten"]

FONT = "DejaVu Sans"  # comes with matplotlib: the same everywhere
# Where the machine has them, for letters that it lacks.
OTHER_FONTS = (
    "Noto Sans Myanmar", "Padauk", "Noto Sans Ethiopic", "Abyssinica SIL", "Noto Sans Devanagari",
    "Noto Sans Bengali", "Noto Sans Thai", "Noto Sans Khmer", "Noto Sans Tamil",
    "Noto Sans Sinhala", "Noto Sans Thaana", "Noto Sans CJK JP", "Noto Sans CJK SC",
)  # fmt: skip
# Of the signs without a shape these two part or join letters; the others turn the line.
_JOINERS = "\u200c\u200d"


@cache
def fonts() -> tuple[str, ...]:
    """Give the families that texts are written in, the first that has a letter writes it."""
    installed = {entry.name for entry in fontManager.ttflist}
    return (FONT, *(name for name in OTHER_FONTS if name in installed))


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    r"""Give a text without what steers a terminal or turns the line, in letters that a font has.

    What no font has letters for is written in Latin ones, which can be read; else there would be
    boxes (`unwritten` tells of which script).

    Examples
    --------
    >>> printable("Bakhmut\u202e\x07"), printable("Бахмут"), printable("𐤌𐤍")
    ('Bakhmut', 'Бахмут', 'mn')
    """
    return "".join(c if has_letter(c) else anyascii(c) for c in _letters(text))


def name_of(place: Place) -> str:
    """Give the name of a place as it is printed: its own, or one of its others that can be."""
    for name in (place.name, *place.names):
        if name and not unwritten([name]):
            return name
    return place.name


def unwritten(texts: Iterable[str]) -> list[str]:
    """List the scripts of which no font has the letters, by name: "Myanmar"."""
    lacking = {c for text in texts for c in _letters(text) if not has_letter(c)}
    return sorted({unicodedata.name(c, "?").split()[0].capitalize() for c in lacking})


def directed(text: str, *, rtl: bool = False) -> str:
    """Give a printable line that runs as its language does, whatever name it begins with.

    Without a sign, a line of English that begins with an Arabic name would run from the right.

    Examples
    --------
    >>> directed("North took Mellit"), len("مليط: North"), len(directed("مليط: North"))
    ('North took Mellit', 11, 12)
    """
    if rtl:
        return f"\u200f{text}"
    turns = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)
    return f"\u200e{text}" if turns else text


def styled(text: str, font: Mapping[str, Any]) -> dict[str, Any]:
    """Give the font for a text: upright where its slanted face lacks a letter, as of Arabic."""
    if font.get("fontstyle") == "italic" and not all(has_letter(c, "italic") for c in text):
        return {**font, "fontstyle": "normal"}
    return dict(font)


def _letters(text: str) -> list[str]:
    steering = {"Cc", "Cf", "Cs", "Co", "Cn"}
    plain = " ".join(text.split())
    return [c for c in plain if unicodedata.category(c) not in steering or c in _JOINERS]


@cache
def has_letter(letter: str, style: Literal["normal", "italic"] = "normal") -> bool:
    """Whether a font has a letter; of slanted ones only matplotlib's own is asked."""
    families = fonts() if style == "normal" else (FONT,)
    return any(
        get_font(findfont(FontProperties(family=name, style=style))).get_char_index(ord(letter))
        for name in families
    )
