"""Words that tell a place from its namesakes: numbers, size, age, height, compass.

Novoselivka Persha is not Novoselivka Druha, Kafr Hamra al-Sharqiya not al-Gharbiya, Rashidin 4 not
Rashidin 5. What a name says of itself is marked; marks that exclude each other part two names,
however alike they sound. The words stand in `namesakes.toml`, by language.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline.names.folding import readings, shown_words
from geoline.names.text_rows import TextRows, hashed_texts, word_edges, word_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["MARKS", "excluded", "marks_of"]

# What a word may tell, and the values that exclude each other. Numbers have a bit each up to
# sixteen; greater ones share sixteen more.
MARKS = ("number", "size", "age", "height", "compass")
VALUES = {
    "size": ("great", "little"),
    "age": ("new", "old"),
    "height": ("upper", "lower", "middle"),
    "compass": ("north", "south", "east", "west"),
}
# A word goes on for so many letters behind a stem; before or behind a part of it stand so many.
ENDING, REST = 5, 4
# A letter that stands for a number, or for a direction, only as a word behind the name.
_LONE = frozenset("ivxnsew")
_ALL_DIRECTIONS = re.compile("(north|south)(east|west)(?:ern)?|([ns])([ew])")
# Where the values of each stand in 64 bits.
_FIELDS = tuple(
    (mark, np.uint64(field))
    for mark, field in zip(
        MARKS, (0xFFFFFFFF, 0xF << 32, 0xF << 36, 0xF << 40, 0xF << 44), strict=True
    )
)


class _Patterns(NamedTuple):
    """Patterns that are tried in their order, as one, and the marks of each."""

    any_of: re.Pattern[str]
    marks: tuple[int, ...]

    @classmethod
    def of(cls, patterns: Sequence[tuple[str, int]]) -> _Patterns:
        """Join patterns, which have no groups of their own."""
        joined = "|".join(f"({pattern})" for pattern, _ in patterns)
        return cls(re.compile(joined), tuple(mark for _, mark in patterns))

    def marks_of(self, word: str) -> int:
        """Give the marks of the first pattern that a word is; 0 if it is none."""
        found = self.any_of.fullmatch(word)
        return self.marks[found.lastindex - 1] if found and found.lastindex else 0


class _Words(NamedTuple):
    sounds: NDArray[np.uint64]
    sound_marks: NDArray[np.uint64]
    letters: dict[str, int]
    stems: _Patterns
    parts: _Patterns


def marks_of(read: TextRows, shown: TextRows) -> NDArray[np.uint64]:
    """Tell what names say of themselves.

    Parameters
    ----------
    read, shown
        The names as `geoline.names.folding` gives them: their readings, and their `shown_words`.

    Returns
    -------
    Array (names,)
        A bit for each value that a word of the name has, 0 where none says anything. The only word
        of a name says nothing (al-Jadida), unless it is of two (Novoselivka).
    """
    words = _words()
    hashes, edges = word_rows(read)
    at = np.minimum(np.searchsorted(words.sounds, hashes), len(words.sounds) - 1)
    found = np.where(words.sounds[at] == hashes, words.sound_marks[at], np.uint64(0))
    found[_alone(edges)] = 0
    marks = _over_names(found, edges)
    hashes, edges = word_rows(shown)
    _, first, which = np.unique(hashes, return_index=True, return_inverse=True)
    starts, ends = word_edges(shown)
    distinct = shown.cut(starts[first], ends[first]).texts(np.arange(len(first)))
    known = [_marks_of_word(word) for word in distinct]
    found = np.array([mark for mark, _ in known], dtype=np.uint64)[which]
    part = np.array([is_part for _, is_part in known], dtype=bool)[which]
    # "N" and "V" say something behind a name only: S. Aleppo, Rashidin V.
    lone = np.array([word in _LONE for word in distinct], dtype=bool)[which]
    last = np.zeros(len(hashes), dtype=bool)
    last[edges[1:][np.diff(edges) > 0] - 1] = True
    found[(lone & ~last) | (_alone(edges) & ~part)] = 0
    return marks | _over_names(found, edges)


def _alone(edges: NDArray[np.int64]) -> NDArray[np.bool_]:
    alone = np.zeros(edges[-1], dtype=bool)
    alone[edges[:-1][np.diff(edges) == 1]] = True
    return alone


def excluded(
    asked: NDArray[np.uint64], listed: NDArray[np.uint64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell for pairs of marks whether they exclude each other, or one alone says something.

    Returns
    -------
    Arrays (pairs,)
        Whether some mark differs; whether only the asked name has some; whether only the listed.
    """
    apart, only_asked, only_listed = (np.zeros(len(asked), dtype=bool) for _ in range(3))
    for _, field in _FIELDS:
        mine, theirs = asked & field, listed & field
        apart |= (mine != 0) & (theirs != 0) & ((mine & theirs) == 0)
        only_asked |= (mine != 0) & (theirs == 0)
        only_listed |= (mine == 0) & (theirs != 0)
    return apart, only_asked, only_listed


def _over_names(found: NDArray[np.uint64], edges: NDArray[np.int64]) -> NDArray[np.uint64]:
    marks = np.zeros(len(edges) - 1, dtype=np.uint64)
    some = np.flatnonzero(found)
    np.bitwise_or.at(marks, np.searchsorted(edges, some, side="right") - 1, found[some])
    return marks


def _bit(mark: str, value: str) -> int:
    if mark == "number":
        number = int(value)
        return 1 << (number - 1 if 1 <= number <= 16 else 16 + number % 16)  # noqa: PLR2004
    start = dict(_FIELDS)[mark]
    return (int(start) & -int(start)) << VALUES[mark].index(value)


@cache
def _marks_of_word(word: str) -> tuple[int, bool]:
    """Give the marks of a word, and whether only a part of the word tells."""
    if word.isdecimal():
        return _bit("number", word[:9]), False
    words = _words()
    if word in words.letters:
        return words.letters[word], False
    directions = _ALL_DIRECTIONS.fullmatch(word)
    if directions:
        return sum(words.letters[part] for part in directions.groups() if part), False
    if mark := words.stems.marks_of(word):
        return mark, False
    part = words.parts.marks_of(word)
    return part, bool(part)


@cache
def _words() -> _Words:
    """Read the lists of words."""
    text = resources.files("geoline.names").joinpath("namesakes.toml").read_text(encoding="utf-8")
    sounds: dict[str, int] = {}
    letters: dict[str, int] = {}
    stems: list[tuple[str, int]] = []
    parts: list[tuple[str, int]] = []
    for language in tomllib.loads(text).values():
        for kind, marks in language.items():
            for mark, values in marks.items():
                for value, words in values.items():
                    what = _bit(mark, value)
                    if kind == "sounds":
                        sounds |= dict.fromkeys(readings(words.split()), what)
                    else:
                        _add_letters(words.split(), what, letters, stems, parts)
    hashes = hashed_texts(list(sounds))
    order = np.argsort(hashes)
    table = np.array(list(sounds.values()), dtype=np.uint64)
    return _Words(hashes[order], table[order], letters, _Patterns.of(stems), _Patterns.of(parts))


def _add_letters(
    words: list[str],
    what: int,
    letters: dict[str, int],
    stems: list[tuple[str, int]],
    parts: list[tuple[str, int]],
) -> None:
    for word in words:
        if "*" in word:
            stem, _, end = word.partition("*")
            stems.append((f"{stem}[a-z]{{0,{ENDING}}}{end}", what))
        elif word.endswith("-"):
            parts.append((f"{word[:-1]}[a-z]{{{REST},}}", what))
        elif word.startswith("-"):
            parts.append((f"[a-z]{{{REST - 1},}}{word[1:]}", what))
        else:
            letters[shown_words(word).replace(" ", "")] = what
