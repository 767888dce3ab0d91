"""Fold the spellings of a place name to what survives romanisation.

Saraqeb, Saraqib, Sarâqeb and سراقب are one name; what they share is the order of their consonants.
`skeleton` keeps just that, from Latin or Arabic script, without the article, doubled letters and
the differences that press spellings make (q/k, kh, gh, sh/ch …). `reading` keeps the vowels too and
serves to grade names that share a skeleton.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

__all__ = ["is_arabic", "reading", "skeleton"]

_ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_ARABIC_MARKS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670]")

# Arabic letters to the Latin classes that `_DIGRAPHS` and `_LETTERS` reduce romanisations to.
_ARABIC_LETTERS = str.maketrans(
    {
        **dict.fromkeys("اآأإٱىئءؤع", "a"),
        "ة": "a",
        "ب": "b",
        "پ": "b",
        **dict.fromkeys("تثطط", "t"),
        "ج": "j",
        "چ": "S",
        **dict.fromkeys("حه", "h"),
        "خ": "X",
        **dict.fromkeys("دذض", "d"),
        "ر": "r",
        **dict.fromkeys("زظ", "z"),
        **dict.fromkeys("سص", "s"),
        "ش": "S",
        "غ": "G",
        "ف": "f",
        **dict.fromkeys("قكگک", "k"),
        "ل": "l",
        "م": "m",
        "ن": "n",
        "و": "u",
        **dict.fromkeys("يی", "i"),
    }
)

# Romanised digraphs; the capital letters stand for one consonant each and never occur otherwise.
_DIGRAPHS = (
    ("tch", "S"),
    ("sch", "S"),
    ("kh", "X"),
    ("gh", "G"),
    ("sh", "S"),
    ("ch", "S"),
    ("th", "t"),
    ("dh", "d"),
    ("dj", "j"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
)
_LETTERS = str.maketrans(
    {
        "q": "k",
        "c": "k",
        "x": "k",
        "p": "b",
        "v": "w",
        "w": "u",
        "y": "i",
        "e": "i",
        "o": "u",
    }
)
_SUN_ARTICLES = {"ad": "d", "an": "n", "ar": "r", "as": "s", "at": "t", "az": "z"}
_SUN_ARTICLES |= {"ash": "s", "ath": "t", "adh": "d", "aj": "j", "al": "l"}
_SUN_ARTICLES |= {"e" + key[1:]: value for key, value in _SUN_ARTICLES.items()}
_ARTICLES = frozenset({"al", "el", "ul", "il"})
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"\([^)]*\)")


def is_arabic(text: str) -> bool:
    """Whether the text has letters of the Arabic script."""
    return _ARABIC.search(text) is not None


def _arabic_words(text: str) -> list[str]:
    plain = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text))
    # A ta marbuta is heard as -t before the next word (Maarrat an-Numan), as -a at the end.
    plain = re.sub(r"ة(?=\s)", "ات", plain)
    words = []
    for word in re.findall(r"[\u0620-\u06ff0-9]+", plain):
        bare = word[2:] if word.startswith("ال") and len(word) > 3 else word  # noqa: PLR2004
        words.append(bare.translate(_ARABIC_LETTERS))
    return [word for word in words if word]


def _latin_words(text: str) -> list[str]:
    # Hamza and ayn, however written, part no words: Ma'arat is one word.
    lowered = re.sub(r"['`´’‘ʿʾʼʻ“”\"]", "", _BRACKETS.sub(" ", text)).casefold()
    tokens = [token for token in _NOT_LETTERS.split(anyascii(lowered).casefold()) if token]
    words = []
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if following and (
            token in _ARTICLES
            or (token in _SUN_ARTICLES and following.startswith(_SUN_ARTICLES[token]))
        ):
            continue
        for digraph, letter in _DIGRAPHS:
            token = token.replace(digraph, letter)  # noqa: PLW2901
        words.append(token.translate(_LETTERS))
    return words


def _squeeze(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=65536)
def reading(name: str) -> str:
    """Reduce a name to consonants and vowels in classes, words parted by a space.

    Examples
    --------
    >>> reading("Ma'arat al-Nu'man"), reading("Maarrat an Nu\N{LEFT SINGLE QUOTATION MARK}man")
    ('marat numan', 'marat numan')
    """
    words = _arabic_words(name) if is_arabic(name) else _latin_words(name)
    squeezed = [_squeeze(word) for word in words]
    # Ta marbuta and its romanisations -a, -ah, -eh, -e at the end of a word.
    return " ".join(re.sub(r"(?<=..)[ai]h?$", "a", word) for word in squeezed)


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Reduce a name to the order of its consonants, without vowels, article and word breaks.

    Examples
    --------
    >>> skeleton("Saraqeb"), skeleton("as-Saraqib"), skeleton("سراقب")
    ('srkb', 'srkb', 'srkb')
    >>> skeleton("Kfar Roummah"), skeleton("Kafr Ruma")
    ('kfrrm', 'kfrrm')
    """
    kept = []
    for word in reading(name).split():
        # A 't' before the end of a construct ("Maarrat al-…") is a ta marbuta as well.
        consonants = _squeeze(re.sub(r"[aiu]", "", word))
        kept.append(consonants or word[:1])
    return "".join(kept)
