"""The fast part of the scan: find the words that matter, and judge phrases by their letters.

`words` gives all words that begin with a capital letter or are in Arabic script, each with a number
that stands for its letters, in array operations over the whole text; no Python runs per word.

`Letters` tells whether a phrase looks like the names of a gazetteer or like any town's. The letters
of a name are weighed by how often each follows the two before it in the gazetteer's own spellings,
against how often it follows the one before it in the names of the world's towns.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline.names import plain, readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

__all__ = [
    "ARABIC",
    "FIELD_WORDS",
    "FUNCTION_WORDS",
    "LETTER",
    "MARK",
    "SITE_WORDS",
    "UPPER",
    "Letters",
    "Nearness",
    "Words",
    "kind_words",
    "letter_pairs",
    "no_places",
    "words",
]

# Character classes, as regular expressions write them.
UPPER = "".join(c for n in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if (c := chr(n)).isupper())
LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u036f\u1e00-\u1eff"
ARABIC = (
    "\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc"
)
# Hamza, ayn and apostrophes are part of a word where a letter stands on both sides.
MARK = "'`´’‘ʿʾʼʻʽ‛′"
OTHER, SMALL, CAPITAL, SCRIPT, BETWEEN = range(5)
# Words longer than this are no names.
LONGEST_WORD = 40
# Characters between two words of a name at most; what may stand there first, and second.
LONGEST_JOINT = 12
_HYPHENS = [ord(sign) for sign in "-‐‑" + MARK]
_SEPARATORS = [*_HYPHENS, *map(ord, " \t\u00a0\r\n")]
_ARTICLE_BEGINS = [*_SEPARATORS, *map(ord, "AaEeUuiw")]
# What the numbers of words are made with: the golden ratio's odd 64-bit multiplier.
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def _set(words_: str) -> frozenset[str]:
    return frozenset(words_.split())


# Words that begin sentences and stand between names; none is part of a name.
FUNCTION_WORDS = _set(
    """
    a about above according after again against all along also although among an and another
    any are around as at because before behind below beside between beyond both but by can did
    during each earlier eight either even every few five following for four from had has have
    he her here his how however if in inside into is it its last later many may meanwhile more
    most near nearly neither new next nine no nobody nor not now of off on once one only
    opposite or other our out outside over pro seven several she since six so some south still
    such ten than that the their then there these they this those three through throughout to
    today tomorrow toward towards two under until up upon was we were what when where whether
    which while who whose why will with within without yesterday yet you
    """
)
# Words of the field, in English and Arabic, that look like names of places and are none. Those of a
# theatre alone, its countries and sides, are the theatre's own (`not_places` in its theatre.toml).
FIELD_WORDS = _set(
    """
    allah arab arabia arabs army brigade brigades camp city dam east governorate islam islamic
    major march military ministry north northern province southern state town village west
    western eastern countryside monday tuesday wednesday thursday friday saturday sunday january
    february april may june july august september october november december
    مدينة المدينة قرية القرية بلدة البلدة ريف الريف محافظة شمال جنوب شرق غرب جيش الجيش قوات
    """
)
# Words that tell what a site is; without its name they are none ("Ebla University", and any other).
SITE_WORDS = _set(
    """
    academy administration air airbase airfield airport ammunition area artillery association bank
    barracks base battalion border bridge centre center college company complex crossing depot
    depots district electricity engineering factory farm farms field gas grain hill hospital
    housing industrial industry institute interchange island junction lake mill mountain office oil
    old park plant point police port power prison quarter railway regiment region research river
    road roundabout school sea silos square stadium station storage street suburb suburbs university
    valley water works
    جامعة الجامعة مطار المطار قاعدة القاعدة معسكر المعسكر مشفى المشفى مدرسة المدرسة جسر الجسر معمل
    """
)
# Readings from this length on may differ by two letters to be worth grading.
TWO_APART, LONGEST_READING = 8, 24
# Readings up to these lengths are compared together, so many at once; bits of a first look.
THINNED_TOGETHER, AT_ONCE, FIRST_BITS = (4, TWO_APART - 1, 11, 16, LONGEST_READING), 4096, 22

# A word that the names of so many places begin with tells their kind; an article is shorter.
A_KIND, LEAST_KIND = 3, 4

# Letters a to z, and the boundary of a name, which stands before a in ASCII as 0.
SIGNS, BOUNDARY = 27, "`"
_DIGITS = str.maketrans("", "", "0123456789")
# How many letters the coarser estimate counts for in the finer one.
FAITH = 4.0
# The world's towns (GeoNames, CC BY 4.0; 5,000 to 15,000 inhabitants, without Arabic-speaking and
# neighbouring countries): row: a letter (first the beginning of a name), column: the next (first
# the end); "A" means a natural log probability of 0, "B" of -1/4, and so on.
# `tests/benchmarks/scan.py --fit` makes the table.
WORLD = r"""
mMKKOPPNOQRLMKNPLVOJMTOOZTS
IUQOMWVORNVPKMHRP[JMMPQTZPT
VFU[[Hc_SK^^N_ZI^cJW]Jc[gRc
OG]S\Kb^FLhNQ][H]ZOVTN^bdWV
KHTVSGXRRJWXRVUHVbMPSNWThSV
IOQPNQUQTNVRJOITRZIKNRPSYRS
KIXYXHM[XJ\WLYXHXcJTQMcYc\^
JHSVTI[RMNYTNWOJV\KPQJZT[TZ
KGUTWHYXUI\TQUQJUdQTOLXShS`
JKRMOMWOVWUPJNHNQYMLMUPYVRT
OF]XUJZVRI[Q[ZSGXaZTYI[[a[a
IGXZXJXYLJ]QQXTIVgNPTLXTcQ_
LGRROHVUTJZUIQUKS_XOPOSYcQX
KFLWYJ\YWJ[XWQVIMdWQWM[ZdT^
IJROKKUJQLSQUUPKS[WNJSUV\QT
IQQPMTTRTRUQLOIPQZILOLMPXRT
QF[W[HW`QJ`YN[YHOgLSSJb^bUg
QM]]]Y]]]K]Y]]YS]WYY]BY]]]]
LHRQOJSNTI[PRQOJT[OOMOTVcQU
IHQOQKWXLM\MQTTLQYWNINSUkVU
LHVTXHXVKKWWOTVIUaMNMOVU`QT
LLPNNLUPTMUPLNJTQYHLM[SXTTR
OG_YYGfZ^F^NTfVI^fQOWRaffQa
MFTWWHXYPIdTSULIVdSQUQ\XdR_
HJONQLU]NGYYPQYMPSUSJPTUWW]
FHSQRJXURP]POQMNR^QMPMRWaPV
JGRTPIZVJJ_SRUQJYcVUTMUTcOP
"""


def _kinds() -> NDArray[np.uint8]:
    kinds = np.full(0x10001, OTHER, dtype=np.uint8)
    characters = "".join(map(chr, range(0x10000)))
    for characters_of, kind in (
        (f"[{LETTER}]", SMALL),
        (f"[{UPPER}]", CAPITAL),
        (f"[{ARABIC}]", SCRIPT),
        (f"[{MARK}]", BETWEEN),
    ):
        kinds[[m.start() for m in re.finditer(characters_of, characters)]] = kind
    return kinds


def _one_of(codes: Sequence[int]) -> NDArray[np.bool_]:
    found = np.zeros(0x10001, dtype=bool)
    found[list(codes)] = True
    return found


_KINDS = _kinds()
_MAY_PART, _MAY_BEGIN, _HYPHEN = map(_one_of, (_SEPARATORS, _ARTICLE_BEGINS, _HYPHENS))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Give numbers whose bits look drawn by lot (splitmix64)."""
    numbers = (numbers + np.uint64(1)) * _MULTIPLIER
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


# Numbers of letters, and what they are multiplied with at each place of a word.
_LETTERS = _mixed(np.arange(0x10000, dtype=np.uint64))
_PLACES = _mixed(np.arange(1000, 1000 + LONGEST_WORD, dtype=np.uint64)) | np.uint64(1)


class Words(NamedTuple):
    """Words of a text: where they start and end (code points), and the number of their letters.

    `close` is false where a word cannot belong to a name with the one before it (one more than
    there are words); `alone` is true where it can with neither neighbour, nor has an article.
    """

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    numbers: NDArray[np.uint64]
    arabic: NDArray[np.bool_]
    close: NDArray[np.bool_]
    alone: NDArray[np.bool_]


def words(text: str) -> Words:
    """Find the words that begin with a capital letter, and those in Arabic script."""
    if text.isascii():
        codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
        kinds = _KINDS[:128][codes]
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        kinds = _KINDS.take(codes, mode="clip")
    inside = np.zeros(len(codes) + 2, dtype=bool)
    inside[1:-1] = (kinds != OTHER) & (kinds != BETWEEN)
    marks = np.flatnonzero(kinds == BETWEEN) + 1
    inside[marks[inside[marks - 1] & inside[marks + 1]]] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    first = kinds[starts]
    wanted = ((first == CAPITAL) | (first == SCRIPT)) & (ends - starts <= LONGEST_WORD)
    starts, ends = starts[wanted], ends[wanted]
    if len(starts) == 0:
        none = np.zeros(0, dtype=bool)
        return Words(starts, ends, np.zeros(0, dtype=np.uint64), none, np.zeros(1, bool), none)
    numbers = _numbers(codes, starts, ends)
    arabic = first[wanted] == SCRIPT
    close, alone = _links(codes, starts, ends, arabic)
    return Words(starts, ends, numbers, arabic, close, alone)


def _numbers(
    codes: NDArray[np.unsignedinteger], starts: NDArray[np.intp], ends: NDArray[np.intp]
) -> NDArray[np.uint64]:
    """Sum the numbers of each word's letters at their places."""
    lengths = ends - starts
    first = np.cumsum(lengths) - lengths
    place = np.arange(int(lengths.sum())) - np.repeat(first, lengths)
    letters = codes[place + np.repeat(starts, lengths)]
    summed: NDArray[np.uint64] = np.add.reduceat(_LETTERS[letters] * _PLACES[place], first)
    return summed


def _links(
    codes: NDArray[np.unsignedinteger],
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    arabic: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    close = np.zeros(len(starts) + 1, dtype=bool)
    gaps = starts[1:] - ends[:-1]
    close[1:-1] = (gaps <= LONGEST_JOINT) & (arabic[1:] == arabic[:-1])
    # A separator first; if there is more between, an article or more of the separator.
    after = np.minimum(ends[:-1], len(codes) - 2)
    close[1:-1] &= _MAY_PART.take(codes[after], mode="clip")
    close[1:-1] &= (gaps == 1) | _MAY_BEGIN.take(codes[after + 1], mode="clip")
    before = _HYPHEN.take(codes[np.maximum(starts - 1, 0)], mode="clip")
    before |= codes[np.maximum(starts - 2, 0)] == ord("l")
    return close, ~(close[:-1] | close[1:] | before)


def _world() -> NDArray[np.float64]:
    """Give log probabilities (27, 27) of the next letter after a letter in the world's towns."""
    rows = [[(ord("A") - ord(sign)) / 4 for sign in row] for row in WORLD.split()]
    return np.array(rows, dtype=float)


def letter_pairs(names: Iterable[str]) -> str:
    """Make the table `WORLD` of names."""
    codes, _ = _codes(sorted({plain(name).translate(_DIGITS) for name in names}))
    pairs = np.full((SIGNS, SIGNS), 0.5)
    np.add.at(pairs, (codes[1:-1], codes[2:]), 1.0)
    pairs[0, 0] = 0.5  # between two names
    logs = np.log(pairs / pairs.sum(axis=1, keepdims=True))
    return "\n".join("".join(chr(ord("A") + round(-4 * v)) for v in row) for row in logs)


def no_places(words_: Iterable[str]) -> frozenset[str]:
    """Give the words that are no places' names: of the field, and the theatre's that are given."""
    return FIELD_WORDS | {form for word in words_ for form in (word, word.lower(), plain(word))}


class Letters:
    """The letters of a gazetteer's names.

    Parameters
    ----------
    names
        The spellings; those in Latin letters count.
    """

    def __init__(self, names: Iterable[str]) -> None:
        latin = {plain(name).translate(_DIGITS) for name in names if _is_latin(name)}
        codes = _codes(sorted(latin))[0]
        world = np.exp(_world())
        pairs = np.zeros((SIGNS, SIGNS))
        threes = np.zeros((SIGNS, SIGNS, SIGNS))
        np.add.at(pairs, (codes[1:-1], codes[2:]), 1.0)
        np.add.at(threes, (codes[:-2], codes[1:-1], codes[2:]), 1.0)
        two = (pairs + FAITH * world) / (pairs.sum(axis=1, keepdims=True) + FAITH)
        three = (threes + FAITH * two) / (threes.sum(axis=2, keepdims=True) + FAITH)
        table = np.log(three) - np.log(world)
        table[:, 0, 0] = 0.0  # between two phrases
        self._table = table.ravel()

    def ratios(self, phrases: Sequence[str]) -> NDArray[np.float64]:
        """Log-likelihood ratios of phrases in Latin letters: positive for the gazetteer's."""
        if not phrases:
            return np.zeros(0)
        codes, lengths = _codes([plain(phrase).translate(_DIGITS) for phrase in phrases])
        each = self._table[(codes[:-2] * SIGNS + codes[1:-1]) * SIGNS + codes[2:]]
        # A phrase of n letters fills n + 2 signs: its letters, its end, and one boundary more.
        # Each is summed by itself, so that it does not depend on the others.
        starts = np.concatenate(([0], np.cumsum(lengths + 2)[:-1]))
        ratios: NDArray[np.float64] = np.add.reduceat(each, starts)
        return ratios


def _codes(plains: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Spell names as numbers 0 to 26, two boundaries before, between and after them."""
    row = BOUNDARY * 2 + "".join(letters + BOUNDARY * 2 for letters in plains)
    codes = np.frombuffer(row.encode("ascii"), dtype=np.uint8).astype(np.intp) - ord(BOUNDARY)
    return codes, np.array([len(letters) for letters in plains], dtype=np.intp)


def kind_words(names: Iterable[Sequence[str]]) -> set[str]:
    """Find the words that the names of many places begin with, such as Khirbat, Tall and Qaryat."""
    first = [{plain(name.split(" ")[0]) for name in of_one_place} for of_one_place in names]
    counts = Counter(word for words_ in first for word in words_ if len(word) >= LEAST_KIND)
    return {word for word, count in counts.items() if count >= A_KIND}


def _is_latin(name: str) -> bool:
    # Capitals and their diacritics lie below U+0250 and in Latin Extended Additional.
    return any(c.isupper() for c in name) and all(
        not c.isalpha() or c < "\u0300" or "\u1e00" <= c < "\u1f00" for c in name
    )


class Nearness:
    """Which phrases are near to a gazetteer's names: by a letter, or two of a long reading.

    Two readings are near if they are the same once each has lost a letter, or two. Such forms are
    kept as sums of random numbers, one for each letter at its place, so that the forms of many
    phrases are made and looked up in array operations; no name is compared with all.

    Parameters
    ----------
    names
        The spellings; their words, and all but the first or the last word, are near ones too.
    """

    def __init__(self, names: Iterable[str]) -> None:
        forms: set[str] = set()
        for read in readings(list(names)):
            parts = read.split()
            forms |= {"".join(parts), "".join(parts[1:]), "".join(parts[:-1]), *parts}
        found = [sums.ravel() for _, sums in _thinned(sorted(forms - {""}))]
        self._sums = np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *found]))
        # Most forms are ruled out by their first bits.
        self._any = np.zeros(1 << FIRST_BITS, dtype=bool)
        self._any[_first_bits(self._sums)] = True

    def near(self, phrases: Sequence[str]) -> NDArray[np.bool_]:
        """Tell for each phrase whether it is near to a name."""
        forms = ["".join(read.split()) for read in readings(phrases)]
        found = np.zeros(len(forms), dtype=bool)
        for rows, sums in _thinned(forms):
            row, form = np.nonzero(self._any[_first_bits(sums)])
            some = sums[row, form]
            at = np.searchsorted(self._sums, some)
            same = self._sums[np.minimum(at, len(self._sums) - 1)] == some
            found[rows[row[same]]] = True
        return found


def _first_bits(sums: NDArray[np.uint64]) -> NDArray[np.intp]:
    return (sums >> np.uint64(64 - FIRST_BITS)).astype(np.intp)


def _thinned(forms: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.uint64]]]:
    """Take a letter out of readings, two out of long ones, and give what is left as numbers.

    Yields numbers of readings, and a row of sums for each; readings of about one length together.
    """
    lengths = np.array([len(form) for form in forms], dtype=np.intp)
    low = 1
    for high in (*THINNED_TOGETHER, int(lengths.max(initial=0))):
        rows = np.flatnonzero((low <= lengths) & (lengths <= high))
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            two = low >= TWO_APART and high <= LONGEST_READING
            yield some, _sums_of([forms[row] for row in some.tolist()], two=two)
        low = high + 1


def _sums_of(forms: Sequence[str], *, two: bool) -> NDArray[np.uint64]:
    """Sum the numbers of letters at their places, for each form, but for a letter, or two.

    A letter behind a gap counts at the place before, so the sums of the letters up to each place
    are made thrice. What a form lacks in length counts nothing: a gap there leaves it whole.
    """
    longest = max(map(len, forms))
    row = "".join(form.ljust(longest, "\0") for form in forms)
    letters = np.frombuffer(row.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    numbers = _mixed(letters.astype(np.uint64)).reshape(len(forms), longest)
    numbers[(letters == 0).reshape(numbers.shape)] = 0
    places = _mixed(np.arange(7, 7 + longest + 2, dtype=np.uint64)) | np.uint64(1)
    upto = [np.zeros((len(forms), longest + 1), dtype=np.uint64) for _ in range(3)]
    for gone, sums in enumerate(upto[: 2 + two]):
        np.cumsum(numbers * places[2 - gone : 2 - gone + longest], axis=1, out=sums[:, 1:])
    none, one, both = upto
    thinned = none[:, :-1] + (one[:, -1:] - one[:, 1:])
    if not two:
        return np.concatenate((none[:, -1:], thinned), axis=1)
    first, second = np.triu_indices(longest, 1)
    twice = none[:, first] + (one[:, second] - one[:, first + 1])
    twice += both[:, -1:] - both[:, second + 1]
    return np.concatenate((none[:, -1:], thinned, twice), axis=1)
