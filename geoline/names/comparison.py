"""Compare spellings: by distances of rapidfuzz in several forms, and by what the letters cost.

What the comparisons count (`comparison_weights.json`) was fitted by
`tests/benchmarks/fit_matching.py` on names held out: a conditional logit over the places that a
name may be and "none of these", with a layer of hidden units. All pairs are compared in the same
steps, array by array.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, LCSseq, Levenshtein

from geoline.names.folding import skeletons, sound_code
from geoline.names.name_arrays import FIRST, LAST
from geoline.names.romanisation import Encoded, surprises, unexpectedness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Texts = NDArray[np.object_]

__all__ = ["FEATURES", "Spelt", "Weights", "compared", "fitted", "likeness", "spelt"]

# What is compared.
FEATURES = (
    "sounds",  # edit distance of the sound codes, words joined
    "beginning",  # Jaro-Winkler of the same: beginnings count more
    "words",  # edit distance of the sound codes, words apart
    "consonants",  # edit distance of the skeletons
    "letters",  # edit distance of the plain letters
    "vowels",  # edit distance of the vowels
    "without_first",  # the spelling's first word left out (Tell, Khirbat, Kafr …)
    "without_last",  # the spelling's last word left out
    "name_without_first",  # the first word of the name looked up left out
    "name_without_last",  # its last word left out (City, Centre …)
    "population",  # logarithm of the place's population
    "same_sounds",  # whether the sound codes are the same
    "same_consonants",  # whether the skeletons are
    "same_beginning",  # whether the first consonants are
    "letters_beginning",  # Jaro-Winkler of the plain letters
    "near_sounds",  # "sounds" cubed: near ones count more
    "contained",  # whether the letters of one reading stand in the other, in order
    "told",  # log likelihood ratio: the letters given the spelling, against the letters alone
    "cost",  # what writing the name for the spelling costs (`geoline.names.romanisation`)
    "least_cost",  # the same, up to 1
    "small_cost",  # the same, up to 2
    "cost_a_letter",  # the same, for each letter of the name
    "spellings",  # logarithm of the number of the place's spellings
    "both_arabic",  # whether both are in Arabic script
    "arabic_cost",  # what the letters cost if so: there a letter more tells more
    "common",  # logarithm of how many spellings have the rarest word left of the spelling
    "name_common",  # the same, left of the name
    "left_out",  # letters of the word left out of the spelling
    "name_left_out",  # of the name
    "same_letters",  # whether the plain letters of the whole names are the same
)
# Names compared at once with the spellings that they may be, in the hidden layer.
_AT_ONCE = 50_000


class Weights(NamedTuple):
    """What the comparisons count: a linear part and a layer of hidden units; fitted.

    `direct` and `hidden` are of the features less `mean`, in units of `deviation`; the population
    has no part in the hidden units, so that what it says of namesakes can be told. `none` is the
    strength of "none of the places": a constant, and what each letter of the name adds.
    """

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    direct: NDArray[np.float64]
    hidden: NDArray[np.float64]
    bias: NDArray[np.float64]
    out: NDArray[np.float64]
    none: NDArray[np.float64]

    @property
    def population(self) -> float:
        """What the place's population counts."""
        column = FEATURES.index("population")
        return float(self.direct[column] / self.deviation[column])

    def weigh(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the strengths of pairs: (pairs, features) to (pairs,)."""
        strengths = np.zeros(len(values))
        for start in range(0, len(values), _AT_ONCE):
            some = (values[start : start + _AT_ONCE] - self.mean) / self.deviation
            units = np.tanh(some @ self.hidden + self.bias)
            strengths[start : start + _AT_ONCE] = some @ self.direct + units @ self.out
        return strengths


@cache
def fitted(*, arabic: bool) -> Weights:
    """Give the weights for a name in Arabic script, or in any other."""
    text = resources.files("geoline.names").joinpath("comparison_weights.json").read_text("utf-8")
    values = json.loads(text)["arabic" if arabic else "latin"]
    return Weights(**{key: np.array(value, dtype=float) for key, value in values.items()})


_VOWELLESS = str.maketrans("", "", "bcdfghjklmnpqrstvwxyzSG0123456789")


@dataclass(frozen=True, slots=True)
class Spelt:
    """Names, whole and without their first or last word, in the forms that are compared.

    All arrays have a row for each of these; `of` is the number of the name, `part` is 0 for the
    whole, else `FIRST` or `LAST`: the word that is left out.
    """

    of: NDArray[np.intp]
    part: NDArray[np.intp]
    left_out: NDArray[np.intp]
    common: NDArray[np.float64]
    joined: Texts
    sounds: Texts
    apart: Texts
    bones: Texts
    plain: Texts
    vowels: Texts
    arabic: NDArray[np.bool_]
    letters: Encoded
    length: NDArray[np.intp]
    first: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.of)


def spelt(  # noqa: PLR0913, PLR0917  (one argument a column)
    of: NDArray[np.intp],
    part: NDArray[np.intp],
    left_out: NDArray[np.intp],
    common: NDArray[np.float64],
    reads: str,
    shown: list[str],
    letters: Encoded,
) -> Spelt:
    """Bring rows of names into the forms that are compared.

    Parameters
    ----------
    of, part, left_out
        See `Spelt`.
    common
        How many places have the rarest word that is left of the name (0: not counted).
    reads
        Their readings, parted by line feeds.
    shown
        Their plain letters.
    letters
        Their signs (`geoline.names.romanisation`).
    """
    count = len(of)
    joined = reads.replace(" ", "")
    lines = reads.split("\n")[:count]
    skeleton = skeletons(lines)
    return Spelt(
        of=of,
        part=part,
        left_out=left_out,
        common=np.where(part > 0, np.log1p(common), 0.0),
        joined=_texts(joined.split("\n"), count),
        sounds=_texts(sound_code(joined).split("\n"), count),
        apart=_texts(sound_code(reads).split("\n"), count),
        bones=_texts(skeleton, count),
        plain=_texts(shown, count),
        vowels=_texts(joined.translate(_VOWELLESS).split("\n"), count),
        arabic=letters[2],
        letters=letters,
        length=np.array([len(read) - read.count(" ") for read in lines], dtype=np.intp),
        first=np.array([ord(bone[:1] or " ") for bone in skeleton[:count]], dtype=np.intp),
    )


def _texts(texts: list[str], count: int) -> Texts:
    array = np.empty(count, dtype=object)
    array[:] = texts[:count]
    return array


def likeness(
    one: Texts,
    two: Texts,
    scorer: Callable[..., float] = Levenshtein.normalized_similarity,
    least: float | None = None,
) -> NDArray[np.float32]:
    """Compare texts pair by pair with a scorer of rapidfuzz; below `least` stands 0."""
    pairs: NDArray[np.float32] = process.cpdist(
        one.tolist(), two.tolist(), scorer=scorer, score_cutoff=least, dtype=np.float32
    )
    return pairs


def compared(
    asked: Spelt,
    listed: Spelt,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    known: Sequence[NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Compare names with spellings that they may be.

    Parameters
    ----------
    asked, listed
        The names, and the spellings.
    pairs
        Rows of each, to be compared.
    known
        For each pair: logarithms of the population of the place and of the number of its
        spellings.

    Returns
    -------
    Array (pairs, len(FEATURES))
    """
    of, to = pairs
    crowd, spellings = known

    def compare(form: str, scorer: Callable[..., float]) -> NDArray[np.float32]:
        return likeness(getattr(asked, form)[of], getattr(listed, form)[to], scorer)

    same = Levenshtein.normalized_similarity
    sounds, consonants = compare("sounds", same), compare("bones", same)
    shorter = np.minimum(asked.length[of], listed.length[to])
    cost = surprises(asked.letters, listed.letters, (of, to))
    both = asked.arabic[of] & listed.arabic[to]
    part, cut = listed.part[to], asked.part[of]
    return np.column_stack(
        (
            sounds,
            compare("sounds", JaroWinkler.similarity),
            compare("apart", same),
            consonants,
            compare("plain", same),
            compare("vowels", same),
            part == FIRST,
            part == LAST,
            cut == FIRST,
            cut == LAST,
            crowd,
            sounds == 1,
            consonants == 1,
            asked.first[of] == listed.first[to],
            compare("plain", JaroWinkler.similarity),
            sounds**3,
            compare("joined", LCSseq.similarity) == shorter,
            unexpectedness(asked.letters[0])[of] - cost,
            cost,
            np.minimum(cost, 1.0),
            np.minimum(cost, 2.0),
            cost / np.maximum(asked.letters[1][of], 1),
            spellings,
            both,
            both * cost,
            listed.common[to],
            asked.common[of],
            listed.left_out[to],
            asked.left_out[of],
            (asked.plain[of] == listed.plain[to]) & (part == 0),
        )
    ).astype(np.float64)
