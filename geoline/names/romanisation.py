"""How likely somebody writes one spelling for another, letter by letter.

`letters` reduces a name to signs finer than those of `geoline.names.folding`: long vowels, the
dotted consonants of scientific romanisation, digraphs and Arabic letters keep signs of their own.
`surprises` aligns two such rows of signs at the least cost. What an exchange, an insertion or an
omission costs was learned from pairs of spellings of one town (Viterbi training, as Ristad and
Yianilos 1998, "Learning string-edit distance"); so q for k costs little, q for s much, and the alif
of an Arabic name asks for a long vowel.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from anyascii import anyascii

from geoline.names.folding import in_arabic, is_arabic, lines_of, once
from geoline.names.letter_costs import COSTS, SIGNS
from geoline.names.scripts import latin_letters
from geoline.names.text_rows import TextRows, ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = [
    "LONGEST",
    "Encoded",
    "encode",
    "letters",
    "letters_of_all",
    "surprises",
    "unexpectedness",
]

# Spellings as `encode` gives them: numbers of signs (`LONGEST`, spellings), how many of them count,
# and whether they are Arabic.
Encoded = tuple["NDArray[np.uint8]", "NDArray[np.intp]", "NDArray[np.bool_]"]

# Signs of a name that are compared; names that are longer go by their beginning.
LONGEST = 26
# Pairs aligned at once: what fits into a processor's cache.
AT_ONCE = 4096

# Capital letters stand for what scientific and press romanisation tell apart.
_SPECIAL = {
    **dict.fromkeys("āâ", "A"),
    **dict.fromkeys("īî", "I"),
    **dict.fromkeys("ūû", "U"),
    **dict.fromkeys("şṣ", "P"),
    **dict.fromkeys("ţṭ", "N"),
    **dict.fromkeys("ḑḍ", "B"),
    **dict.fromkeys("ḩḥ", "H"),
    **dict.fromkeys("ẓ", "Z"),
    **dict.fromkeys("šŝш", "S"),
    **dict.fromkeys("çčĉч", "C"),
    **dict.fromkeys("ğġɣ", "G"),
    **dict.fromkeys("żǧĝж", "J"),
    **dict.fromkeys("ḫẖх", "X"),
    **dict.fromkeys("ɛ‘ʿ`ʻ‛", "E"),
    **dict.fromkeys("'’ʼʾ´′", "F"),
    **dict.fromkeys("йы", "i"),
    **dict.fromkeys("ьъ", ""),
    "щ": "S",
    "ž": "zh",
    "э": "e",
    "ю": "iu",
    "я": "ia",
}
_FOLD: dict[int, str] = {
    code: _SPECIAL.get(chr(code).lower(), anyascii(chr(code)).lower())
    for low, high in ((0x20, 0x7F), (0xA0, 0x2B0), (0x370, 0x530), (0x1E00, 0x1F00))
    for code in range(low, high)
}
_FOLD.update({ord(sign): sound for sign, sound in _SPECIAL.items()})
_FOLD.update(dict.fromkeys(range(0x300, 0x370), ""))
_DIGRAPHS = (
    ("dsch", "J"),
    ("tsch", "C"),
    ("tch", "C"),
    ("sch", "S"),
    ("dzh", "J"),
    ("zh", "J"),
    ("dj", "J"),
    ("tz", "z"),
    ("ts", "s"),
    ("sz", "S"),
    ("kh", "X"),
    ("gh", "G"),
    ("rh", "R"),
    ("sh", "S"),
    ("ch", "C"),
    ("th", "T"),
    ("dh", "D"),
    ("ph", "f"),
    ("qu", "k"),
    ("ck", "k"),
    ("ou", "O"),
    ("oo", "Q"),
    ("ee", "Y"),
)
_FIRST = r"(?<![^ \n])"
_EDGES = re.compile(" *\n *")
_OTHERS: dict[int, str] = {}
_ARTICLE = re.compile(_FIRST + r"(?:al|el|ul|il|eF?hl|le|la|les|the|l)F?(?= \S)")
_SUN_ARTICLE = re.compile(
    _FIRST + r"(?:(?:a|e|i|u|eh)(sh|ch|th|dh|[dnrstzjlPNBZ])\1?(?= \1)"
    r"|[aeiu](?:s(?= P)|t(?= N)|d(?= B)|z(?= Z)))"
)
_NO_LATIN_SIGN = re.compile("[^a-zAIUPNBHZSCGXJEF\n]+")
_TWICE = re.compile(r"(.)\1+")
_ARABIC_SIGNS = "".join(sign for sign in SIGNS[2:] if is_arabic(sign))
_ARABIC_FOLD: dict[int, str | None] = {
    ord(letter): sound
    for letters_, sound in (
        ("یېےێۍۑ", "ي"),
        ("کڪڭګ", "ك"),
        ("ہھ", "ه"),
        ("ۀۃ", "ة"),
        ("ٱأ", "ا"),
        ("ۇۋۅۈۉٷ", "و"),
        ("ٻ", "پ"),
        ("ٹټٺ", "ت"),
        ("ڈډڌ", "د"),
        ("ڑړ", "ڕ"),
        ("ںڼڻ", "ن"),
        ("ښڇ", "ش"),
        ("ځږڄ", "ز"),
        ("څ", "س"),
    )
    for letter in letters_
}
_ARABIC_FOLD.update(
    dict.fromkeys([*range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), *range(0x200C, 0x2010)])
)
_ARABIC_ARTICLE = re.compile(_FIRST + r"(?:وال(?=\S{2})|ال(?=\S{2})|لل(?=\S{3}))")
_NO_ARABIC_SIGN = re.compile(f"[^{_ARABIC_SIGNS}\n]+")
_LAST_HA = re.compile("ه(?=[ \n]|$)")

# `SIGNS` begins with two that are no letters: nothing written in Latin, and in Arabic script.
_COUNT = len(SIGNS)
_NUMBER = np.zeros(0x700, dtype=np.uint8)
_NUMBER[[ord(sign) for sign in SIGNS[2:]]] = np.arange(2, _COUNT)
_ROWS = [[(ord(sign) - ord("0")) / 4 for sign in row] for row in COSTS.split()]
# What writing the sign of the row costs where the other spelling has that of the column, and (the
# last row) what it costs by itself: negative natural logarithms of probabilities.
_COST = np.array(_ROWS[:-1], dtype=np.float32)
_ALONE = np.array(_ROWS[-1], dtype=np.float32)
_SPACE, _ARABIC_SPACE = SIGNS.index(" "), SIGNS.index("_")
FIRST_ARABIC = _ARABIC_SPACE + 1


def letters(name: str) -> str:
    """Reduce a name to signs, words parted by a space, without articles and doubled letters.

    Examples
    --------
    >>> letters("Ash Shaykh"), letters("الشيخ")
    ('SayX', 'شيخ')
    >>> letters("Ḩamāh"), letters("Hama")
    ('HamAh', 'hama')
    """
    return letters_of_all([name])[0]


def letters_of_all(names: Sequence[str]) -> list[str]:
    """Give the `letters` of many names at once: each step goes over all of them in one text."""
    lines = lines_of(names)
    return letters_of_lines(lines, in_arabic(lines, len(names)))


def letters_of_lines(lines: str, arabic: Sequence[bool]) -> list[str]:
    """Give the `letters` of names as `geoline.names.folding.lines_of` gives them."""
    if not any(arabic):
        return _latin_signs(lines).split("\n")[: len(arabic)]
    texts = lines.split("\n")
    both: list[list[str]] = [[], []]
    for text, is_other in zip(texts, arabic, strict=True):
        both[is_other].append(text)
    latin = iter(_latin_signs("\n".join(both[False])).split("\n"))
    other = iter(_arabic_signs("\n".join(both[True])).split("\n"))
    return [next(other if is_other else latin) for is_other in arabic]


def _arabic_signs(lines: str) -> str:
    lines = _EDGES.sub("\n", _NO_ARABIC_SIGN.sub(" ", lines.translate(_ARABIC_FOLD))).strip(" ")
    lines = _TWICE.sub(r"\1", _LAST_HA.sub("ة", _ARABIC_ARTICLE.sub("", lines)))
    return _EDGES.sub("\n", lines).strip(" ")


def _latin_signs(lines: str) -> str:
    if not lines.isascii():
        lines = latin_letters(lines).replace("z\u0327", "ẓ").replace("Z\u0327", "ẓ")
    lines = lines.translate(_FOLD)
    if not lines.isascii():
        _OTHERS.update(
            {
                ord(c): anyascii(c).lower()
                for c in set(lines)
                if c > "\x7f" and ord(c) not in _OTHERS
            }
        )
        lines = lines.translate(_OTHERS)
    lines = _EDGES.sub("\n", _NO_LATIN_SIGN.sub(" ", lines)).strip(" ")
    lines = _SUN_ARTICLE.sub("", _ARTICLE.sub("", lines))
    for digraph, sign in _DIGRAPHS:
        lines = lines.replace(digraph, sign)
    return _EDGES.sub("\n", once(lines)).strip(" ")


def sign_numbers(lines: str) -> NDArray[np.uint8]:
    """Give the numbers of the signs of letters; a line feed is 255."""
    points = np.frombuffer(lines.encode("utf-32-le"), dtype="<u4")
    numbers: NDArray[np.uint8] = _NUMBER[points]
    numbers[points == ord("\n")] = 255
    return numbers


def encoded(signs: TextRows, arabic: NDArray[np.bool_]) -> Encoded:
    """Give rows of the numbers of signs as they are aligned; see `Encoded`."""
    lengths = np.minimum(signs.lengths, LONGEST)
    codes = np.zeros((len(signs), LONGEST), dtype=np.uint8)
    inside = np.arange(LONGEST) < lengths[:, None]
    codes[inside] = signs.signs[ranges(signs.edges[:-1], lengths)]
    codes[arabic] = np.where(codes[arabic] == _SPACE, _ARABIC_SPACE, codes[arabic])
    return np.ascontiguousarray(codes.T), lengths.astype(np.intp), arabic


def encode(spelt: Sequence[str]) -> Encoded:
    """Spell letters as numbers of signs; see `Encoded`."""
    cut = [text[:LONGEST] for text in spelt]
    row = "".join(text.ljust(LONGEST, "\0") for text in cut)
    points = np.frombuffer(row.encode("utf-32-le"), dtype="<u4")
    codes = _NUMBER[points].reshape(-1, LONGEST)
    lengths = np.array([len(text) for text in cut], dtype=np.intp)
    arabic = (codes >= FIRST_ARABIC).any(axis=1)
    codes[arabic] = np.where(codes[arabic] == _SPACE, _ARABIC_SPACE, codes[arabic])
    return np.ascontiguousarray(codes.T), lengths, arabic


def unexpectedness(codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Give what the letters of names (as by `encode`) cost with nothing to go by."""
    total: NDArray[np.float32] = _ALONE[codes].sum(axis=0)
    return total


def surprises(
    asked: Encoded,
    listed: Encoded,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    cost: NDArray[np.float32] = _COST,
) -> NDArray[np.float32]:
    """Give what it costs to write one spelling for another, at the best alignment.

    Parameters
    ----------
    asked, listed
        Spellings as `encode` gives them: those written, and those that they may stand for.
    pairs
        Numbers of those to compare.
    cost
        What signs cost; see `geoline.names.letter_costs`.

    Returns
    -------
    Array (pairs,)
        Negative natural logarithms of probabilities.
    """
    of, to = pairs
    rows, columns = asked[1][of], listed[1][to]
    # In Latin or in Arabic script nothing costs differently.
    no_sign, no_letter = listed[2].astype(np.intp)[to], asked[2].astype(np.intp)[of]
    costs = np.ascontiguousarray(cost).ravel()
    found = np.zeros(len(of), dtype=np.float32)
    order = np.argsort(rows * (LONGEST + 1) + columns, kind="stable")
    for start in range(0, len(of), AT_ONCE):
        now = order[start : start + AT_ONCE]
        width, height = int(columns[now].max()), int(rows[now].max())
        written = asked[0][:height, of[now]].astype(np.intp) * _COUNT
        heard = listed[0][:width, to[now]].astype(np.intp)
        left_out = costs[no_letter[now] * _COUNT + heard]
        put_in = costs[written + no_sign[now]]
        table = np.zeros((height + 1, width + 1, len(now)), dtype=np.float32)
        np.cumsum(left_out, axis=0, out=table[0, 1:])
        for row in range(1, height + 1):
            above, here = table[row - 1], table[row]
            np.add(above[0], put_in[row - 1], out=here[0])
            best = np.minimum(
                above[:-1] + costs[written[row - 1] + heard], above[1:] + put_in[row - 1]
            )
            for column in range(1, width + 1):
                np.minimum(
                    best[column - 1], here[column - 1] + left_out[column - 1], out=here[column]
                )
        found[now] = table[rows[now], columns[now], np.arange(len(now))]
    return found
