"""Fold the spellings of a place name to what survives romanisation.

Saraqeb, Saraqib, Sarâqeb, Серакиб and سراقب are one name. Three forms of a name, each cruder than
the one before:

* `reading`: consonants and vowels in classes, from Latin, Cyrillic or Arabic script, without the
  article, with English, French, German, Turkish and Russian digraphs undone;
* `sound_code`: the reading with three letters a consonant and one a vowel, shared where consonants
  are taken for each other (kh/h, gh/k, z/d …), so that a plain edit distance weighs what differs;
* `skeleton`: the consonants alone, in order.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from anyascii import anyascii

from geoline.names.scripts import latin_letters, tidied

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "bare",
    "in_arabic",
    "is_arabic",
    "lines_of",
    "once",
    "plain",
    "reading",
    "readings",
    "readings_of_lines",
    "shown_words",
    "skeleton",
    "skeletons",
    "sound_code",
]

_ARABIC = re.compile(
    r"[\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff]"
)
_DRAWN_ARABIC = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]")
_NOT_ARABIC_WORD = re.compile(r"[^\u0610-\u06ff\u0750-\u077f\u08a0-\u08ff0-9]+")
# What stands in brackets or after a comma ("Khums, Libya") is no part of the name.
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|(?<=\w)\s*[,،;؛].*", re.DOTALL)
_ASIDE_OF_LINE = re.compile(r"\([^)\n]*\)|\[[^\]\n]*\]|(?<=\w)[^\S\n]*[,،;؛][^\n]*")
_ASIDE_BEGINS = re.compile(r"[(\[,،;؛]")
# Ta marbuta and its romanisations -a, -ah, -eh, -e at the end of a word.
_ENDING = re.compile(r"(?<=[^ \n]{2})[ai]h?(?![^ \n])")
_LINKED_TA_MARBUTA = re.compile(r"ة(?=\s+\S)")

# Arabic, Persian and Kurdish letters by the class that romanisations reduce to.
_ARABIC_CLASSES = {
    "a": "اآأٱىٰۃە",
    "i": "إيیێېےۍۑئ",
    "u": "وۆۇۋڤۅۈۉٷ",
    "": "ءؤعٴ",
    "b": "بپٻ",
    "t": "تطثٹټٺ",
    "j": "جژڄ",
    "S": "شچښڇ",
    "h": "حهہۀ",
    "x": "خ",
    "d": "دذضڈډڌ",
    "r": "رڕڑړ",
    "z": "زظځږ",
    "s": "سصڅ",
    "G": "غ",
    "f": "ف",
    "k": "قكگکڭڪګ",
    "l": "لڵ",
    "m": "م",
    "n": "نںڼڻ",
}
_ARABIC_LETTERS: dict[int, str | None] = {
    ord(letter): sound for sound, letters in _ARABIC_CLASSES.items() for letter in letters
}
_ARABIC_LETTERS[ord("ة")] = "a"
# Urdu writes the breath of bh, dh, kh with a letter of its own, which romanisers leave or drop.
_ARABIC_LETTERS[ord("ھ")] = "h"
_ARABIC_LETTERS.update(
    {
        ord(digit): str(n)
        for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
        for n, digit in enumerate(digits)
    }
)
# Signs above and below the letters, the stretched line, joiners and marks of direction.
_ARABIC_LETTERS.update(
    dict.fromkeys(
        [*range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x200C, 0x200D, 0x200E, 0x200F]
    )
)

# Hamza and ayn, however written, part no words: Ma'arat is one word.
_MARKS = "'`´’‘ʿʾʼʻʽ‛′″\"“”ʹʺ"
_LATIN_LETTERS: dict[int, str | None] = {
    code: anyascii(chr(code)).lower()
    for low, high in ((0xA0, 0x2B0), (0x370, 0x530), (0x1E00, 0x1F00))
    for code in range(low, high)
}
_LATIN_LETTERS.update(dict.fromkeys([*map(ord, _MARKS), *range(0x2B0, 0x370)]))
_LATIN_LETTERS.update(
    {
        ord(letter): sound
        for letters, sound in (
            ("хХ", "kh"),
            ("эЭ", "e"),
            ("ыЫйЙ", "i"),
            ("ьЬъЪ", ""),
            ("жЖ", "j"),
            ("чЧшШщЩ", "sh"),
            ("юЮ", "iu"),
            ("яЯ", "ia"),
        )
        for letter in letters
    }
)
_NO_BREAK = dict.fromkeys(map(ord, _MARKS))
_ASCII: dict[int, str] = {}
_PART = r"(?<![^ \n])"
_ARTICLE = re.compile(_PART + r"(?:al|el|ul|il|ehl|le|la|les|the|l)(?= \S)")
# The article takes the sound of the sun letter that follows: an-N…, esh-Sh…, ech Ch…, ett T….
_SUN_ARTICLE = re.compile(_PART + r"(?:a|e|i|u|eh)(sh|ch|th|dh|[dnrstzjl])\1?(?= \1)")
_NOT_LATIN = re.compile(r"[^a-z0-9]+")
_NOT_LATIN_WORD = re.compile(r"[^a-z0-9\n]+")
_VOWELS_ALONE = re.compile(r"(?<![^ \n])([aiu])[aiu]*(?![^ \n])")
_VOWELS = re.compile(r"[aiu]+")
_BLANKS = re.compile(r" +")
_LINE_EDGES = re.compile(r" *\n *")
_DIGRAPHS = (
    ("dsch", "j"),
    ("tsch", "S"),
    ("tch", "S"),
    ("sch", "S"),
    ("dzh", "j"),
    ("dz", "j"),
    ("dge", "je"),
    ("dj", "j"),
    ("zh", "j"),
    ("tz", "z"),
    ("ts", "s"),
    ("sz", "s"),
    ("kh", "x"),
    ("gh", "G"),
    ("rh", "G"),
    ("sh", "S"),
    ("ch", "S"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("qu", "k"),
    ("ck", "k"),
    ("aou", "au"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
)
_SMALL_VOWELS = str.maketrans("AIU", "aiu")
_SINGLE = str.maketrans(
    {"q": "k", "c": "k", "g": "k", "p": "b", "v": "u", "w": "u", "y": "i", "e": "i", "o": "u"}
)
# Three signs a consonant, one a vowel; consonants taken for each other share signs.
_CODES = str.maketrans(
    {
        "h": "hH",
        "x": "hX",
        "k": "Kkk",
        "G": "Kkg",
        "j": "Jjk",
        "s": "sss",
        "S": "ssS",
        "z": "szd",
        "d": "tdd",
        "t": "ttt",
        "b": "bbb",
        "f": "bff",
        "m": "mmm",
        "n": "mnn",
        "l": "lll",
        "r": "llr",
    }
)


def is_arabic(text: str) -> bool:
    """Whether the text has letters of the Arabic script."""
    if text.isascii():
        return False
    return _ARABIC.search(text) is not None or _DRAWN_ARABIC.search(text) is not None


def bare(name: str) -> str:
    """Leave out what a name says in brackets or after a comma.

    Examples
    --------
    >>> bare("Ijaz (S Aleppo)"), bare("Khums, Libya")
    ('Ijaz', 'Khums')
    """
    name = tidied(name)
    return _ASIDE.sub(" ", name).strip() if _ASIDE_BEGINS.search(name) else name.strip()


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Reduce a name to ASCII letters and digits in lower case, nothing else folded.

    Examples
    --------
    >>> plain("Ma'arrat an-Nu'mān")
    'maarratannuman'
    """
    if not name.isascii():
        name = latin_letters(tidied(name))
    return _NOT_LATIN.sub("", (name if name.isascii() else _asciified(name)).lower())


@lru_cache(maxsize=65536)
def reading(name: str) -> str:
    """Reduce a name to consonants and vowels in classes, words parted by a space.

    Examples
    --------
    >>> reading("Ma'arat al-Nu'man"), reading("Maarrat an Nu\N{LEFT SINGLE QUOTATION MARK}man")
    ('marat numan', 'marat numan')
    >>> reading("Khan Sheikhoun"), reading("خان شيخون")
    ('xan Sixun', 'xan Sixun')
    """
    return readings([name])[0]


def readings(names: Sequence[str]) -> list[str]:
    """Give the `reading` of many names at once: each step goes over all of them in one text."""
    lines = lines_of(names)
    return readings_of_lines(lines, in_arabic(lines, len(names)))


def lines_of(names: Sequence[str]) -> str:
    """Give names a line each: tidied, without what they say in brackets or after a comma."""
    lines = tidied("\n".join([" ".join(name.split()) for name in names]))
    return _strip_lines(_ASIDE_OF_LINE.sub(" ", lines) if _ASIDE_BEGINS.search(lines) else lines)


def in_arabic(lines: str, count: int) -> list[bool]:
    """Tell which lines have Arabic letters."""
    if lines.isascii() or _ARABIC.search(lines) is None:
        return [False] * count
    return [is_arabic(text) for text in lines.split("\n")][:count]


def readings_of_lines(lines: str, arabic: Sequence[bool]) -> list[str]:
    """Give the readings of names as `lines_of` gives them, those in Arabic letters being told."""
    if not any(arabic):
        return _read_latin(lines).split("\n")[: len(arabic)]
    texts = lines.split("\n")
    latin = [text for text, is_other in zip(texts, arabic, strict=True) if not is_other]
    read = iter(_read_latin("\n".join(latin)).split("\n"))
    return [
        " ".join(filter(None, map(_arabic_word, _arabic_words(text)))) if is_other else next(read)
        for text, is_other in zip(texts, arabic, strict=True)
    ]


def once(lines: str) -> str:
    """Take out the second of two like signs in a row, in a text of ASCII signs; lines stay."""
    signs = np.frombuffer(lines.encode("ascii"), dtype=np.uint8)
    kept = np.ones(len(signs), dtype=bool)
    kept[1:] = (signs[1:] != signs[:-1]) | (signs[1:] == ord("\n"))
    return signs[kept].tobytes().decode("ascii")


def shown_words(lines: str) -> str:
    """Give lines of names in ASCII letters and digits in lower case, words apart.

    Examples
    --------
    >>> shown_words("Ma'arrat an-Nu'mān")
    'maarrat an numan'
    """
    if not lines.isascii():
        lines = _asciified(latin_letters(lines))
    return _strip_lines(_NOT_LATIN_WORD.sub(" ", lines.translate(_NO_BREAK).lower()))


def _strip_lines(lines: str) -> str:
    return _LINE_EDGES.sub("\n", lines).strip(" ")


def _asciified(text: str) -> str:
    """Spell a text in ASCII letters: as `anyascii`, but each letter is looked up once."""
    _ASCII.update(
        {
            ord(sign): anyascii(sign)
            for sign in set(text)
            if sign > "\x7f" and ord(sign) not in _ASCII
        }
    )
    return text.translate(_ASCII)


def _read_latin(lines: str) -> str:
    folded = latin_letters(lines).translate(_LATIN_LETTERS).lower()
    if not folded.isascii():
        folded = _asciified(folded).lower()
    folded = _strip_lines(_NOT_LATIN_WORD.sub(" ", folded))
    folded = _SUN_ARTICLE.sub("", _ARTICLE.sub("", folded))
    folded = _strip_lines(_BLANKS.sub(" ", folded))
    for digraph, letter in _DIGRAPHS:
        folded = folded.replace(digraph, letter)
    return _ENDING.sub("a", once(folded.translate(_SINGLE)))


def _arabic_words(text: str) -> list[str]:
    # A ta marbuta is heard as -t before the next word (Maarrat an-Numan), as -a at the end.
    return _NOT_ARABIC_WORD.split(_LINKED_TA_MARBUTA.sub("ت", text))


@lru_cache(maxsize=65536)
def _arabic_word(word: str) -> str:
    for article, least in (("وال", 5), ("ال", 4), ("لل", 5)):
        if word.startswith(article) and len(word) >= least:
            word = word[len(article) :]
            break
    if word.startswith("ع"):
        word = "ا" + word[1:]
    if len(word) > 2 and word[-1] in "هہھ":  # noqa: PLR2004  (a ta marbuta without its dots)
        word = word[:-1] + "ة"
    spelt = word.translate(_ARABIC_LETTERS)
    if not spelt.isascii():
        spelt = _NOT_LATIN.sub("", _asciified(spelt).lower().translate(_SINGLE))
    return _ENDING.sub("a", spelt)


def sound_code(read: str) -> str:
    """Spell a reading with three signs a consonant and one a vowel.

    Examples
    --------
    >>> sound_code(reading("Saraqib"))
    'sssallraKkkibbb'
    """
    return read.translate(_CODES)


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
    return skeletons([reading(name)])[0]


def skeletons(reads: Sequence[str]) -> list[str]:
    """Give the skeletons of readings."""
    # A word of vowels alone keeps its first.
    kept = _VOWELS_ALONE.sub(lambda found: found[1].upper(), "\n".join(reads))
    bones = once(_VOWELS.sub("", kept))
    return bones.replace(" ", "").translate(_SMALL_VOWELS).split("\n")
