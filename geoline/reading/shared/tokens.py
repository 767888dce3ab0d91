"""Tokens of a text, and Arabic letters made plain."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Token", "bare", "plain_arabic", "tokens_of"]

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")


_LETTERS = str.maketrans("أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩", "ااااي" + "ه" + "وي0123456789")


def plain_arabic(word: str) -> str:
    """Give a word without vowel signs, its letters in the form they are compared in.

    Examples
    --------
    >>> plain_arabic("السيطرةُ"), plain_arabic("إدلب") == plain_arabic("ادلب")
    ('السيطره', True)
    """
    return _MARKS.sub("", word).translate(_LETTERS)


_TOKEN = re.compile(r"[^\W_]+(?:['’‘ʿʾ`´.-](?=\w)[^\W_]+)*|['’]s\b|[^\w\s]")


POSSESSIVE = re.compile(r"(?<=.)['’]s$|(?<=s)['’]$")


_POSSESSIVE_ENDS = frozenset({"s", "'", "’"})


class Token(NamedTuple):
    """A word or sign: in small letters with straight apostrophes, as written, and where."""

    low: str
    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Cut a sentence into words and signs.

    Examples
    --------
    >>> [token.low for token in tokens_of("Assad’s troops took Ma'arat, al-Tah.")]
    ["assad's", 'troops', 'took', "ma'arat", ',', 'al-tah', '.']
    """
    cut = _TOKEN.finditer(text)
    if text.isascii():
        return [Token((word := match[0]).lower(), word, *match.span()) for match in cut]
    return [Token(_low(word := match[0]), word, *match.span()) for match in cut]


def _low(word: str) -> str:
    low = word.lower()
    return low if low.isascii() else plain_arabic(low.replace("’", "'"))


def bare(low: str) -> str:
    """Give a word without its possessive s."""
    if low[-1:] not in _POSSESSIVE_ENDS:
        return low
    return POSSESSIVE.sub("", low)
