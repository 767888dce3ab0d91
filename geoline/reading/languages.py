"""Whether a text is written in a language that is read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from geoline.names import is_arabic
from geoline.reading.english.words.word_classes import word_set

__all__ = ["language_not_read"]

# Words of which every text in a language has many, in small letters.
_ENGLISH = word_set(
    "the and of to was were has have had by that from with said which after their its"
)
_ARABIC = word_set("من في على إلى أن التي عن بعد مع الذي")
# So few words tell no language; of those of a text in it so many are of the set.
FEWEST, LEAST, STRANGE = 20, 0.02, 3
_SMALL = re.compile(r"(?<![^\W\d_])(?:[^\W\d_A-Z][^\W\d_]*)")


def language_not_read(text: str) -> str:
    """Say in which writing a text is that is neither English nor Arabic; empty if it may be.

    Examples
    --------
    >>> language_not_read("Сирийская армия взяла под контроль город Саракиб")
    'Cyrillic script'
    >>> language_not_read("The army took the town.")
    ''
    """
    letters = Counter(_script(letter) for letter in text if letter.isalpha())
    if not letters:
        return ""
    script = letters.most_common(1)[0][0]
    if script not in {"LATIN", "ARABIC"}:
        return f"{script.title()} script"
    own, other = (_ARABIC, "Arabic") if script == "ARABIC" else (_ENGLISH, "English")
    words = [word for word in _SMALL.findall(text) if is_arabic(word) == (script == "ARABIC")]
    share = sum(word in own for word in words) / max(1, len(words))
    # A few words may be of any language, unless several have letters that English lacks.
    strange = own is _ENGLISH and sum(not word.isascii() for word in words) >= STRANGE
    few = len(words) < FEWEST and not strange
    return "" if few or share >= LEAST else f"no {other}, by its words"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0]
