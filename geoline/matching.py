"""Find the spellings that a name may be, and how strongly each speaks for its place.

Retrieval is by consonants: spellings whose skeleton differs from that of the name by at most one
consonant (two in long names) are looked up by their deletions; no name is compared with all.
What is found is weighed by several distances of rapidfuzz between the two names; the weights were
fitted by `tests/benchmarks/fit_matching.py` on names held out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, LCSseq, Levenshtein

from geoline.toponym import bare, is_arabic, plain, reading, skeleton_of, sound_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy.typing as npt

__all__ = ["FEATURES", "Match", "SpellingIndex"]

# What is compared, and what each counts (conditional logit, see the module's docstring).
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
)
# For a name in Latin (or Cyrillic) letters and for one in Arabic: the weights, and the strength of
# "none of the places": a constant, and less for each letter of the name.
# fmt: off
FITTED = {
    False: (np.array([
        2.25, -0.99, 2.92, 2.00, 5.69, 0.97, -1.80, -2.45, -2.41, -3.01, 0.28, -1.58, -0.64, -0.09,
        1.06, 5.99, 0.39,
    ]), (16.79, -0.201)),
    True: (np.array([
        3.73, -1.50, 4.95, 2.81, -0.58, 0.36, -4.66, -4.84, -4.08, -5.59, 0.29, -2.60, 0.31, 0.68,
        1.56, 5.24, 1.23,
    ]), (15.50, -0.257)),
}
# fmt: on
# A listed spelling, letter for letter, is more than a like one; held-out names cannot teach this.
SAME_LETTERS, SAME_TEXT = 3.0, 2.0
# Spellings of one place that speak for it together.
VOICES = 3
# Names whose skeleton is at least this long may differ by two consonants.
TWO_APART = 6
# One consonant alone says nothing.
LEAST_LEFT = 2
# Spellings weighed at most for one name.
MOST_WEIGHED = 60
# Names compared at once.
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Match:
    """The spelling that speaks most for a place, and its log odds against "none of the places"."""

    place: int
    name: str
    strength: float


@dataclass(slots=True)
class SpellingIndex:
    """Spellings of places, to be found by what a name sounds like.

    Parameters
    ----------
    spellings
        For each place its names.
    populations
        For each place its inhabitants, None if not known.
    """

    spellings: Sequence[Iterable[str]]
    populations: Sequence[int | None]
    _owners: list[int] = field(init=False, repr=False, default_factory=list)
    _names: list[str] = field(init=False, repr=False, default_factory=list)
    _parts: list[int] = field(init=False, repr=False, default_factory=list)
    _forms: dict[str, list[str]] = field(init=False, repr=False)
    _listed: dict[str, npt.NDArray[np.intp]] = field(init=False, repr=False)
    _joined: npt.NDArray[np.object_] = field(init=False, repr=False)
    _crowd: npt.NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_deletion: dict[str, list[int]] = {}
        self._forms = {form: [] for form in ("bare", "joined", "apart", "bones", "plain", "vowels")}
        for place, names in enumerate(self.spellings):
            for name in dict.fromkeys(filter(None, names)):
                read = reading(name)
                if not read:
                    continue
                self._add(place, name, read, 0, by_deletion)
                words = read.split()
                if len(words) > 1:
                    self._add(place, name, " ".join(words[1:]), 1, by_deletion)
                    self._add(place, name, " ".join(words[:-1]), 2, by_deletion)
        self._listed = {key: np.array(n, dtype=np.intp) for key, n in by_deletion.items()}
        self._joined = np.array(self._forms["joined"], dtype=object)
        crowd = [np.log10((number or 0) + 10) / 7 for number in self.populations]
        self._crowd = np.array(crowd, dtype=float)

    def _add(
        self, place: int, name: str, read: str, part: int, by_deletion: dict[str, list[int]]
    ) -> None:
        number = len(self._owners)
        self._owners.append(place)
        self._names.append(name)
        self._parts.append(part)
        forms = _forms(name, read)
        for form, text in forms.items():
            self._forms[form].append(text)
        for key in _deletions(forms["bones"]):
            by_deletion.setdefault(key, []).append(number)

    def matches(self, name: str, *, leave_out: frozenset[int] = frozenset()) -> list[Match]:
        """Find the places that a name may be, the strongest first.

        Parameters
        ----------
        name
            As somebody wrote it.
        leave_out
            Numbers of spellings that count as not there (for benchmarks).
        """
        return self.matches_many([name], leave_out=leave_out)[0]

    def matches_many(
        self, names: Sequence[str], *, leave_out: frozenset[int] = frozenset()
    ) -> list[list[Match]]:
        """Find the places that each of many names may be: `matches` for each, faster."""
        answers: list[list[Match]] = []
        for start in range(0, len(names), AT_ONCE):
            answers += self._matches_of(names[start : start + AT_ONCE], leave_out)
        return answers

    def _matches_of(self, names: Sequence[str], leave_out: frozenset[int]) -> list[list[Match]]:
        of, numbers, values = self.features(names, leave_out=leave_out)
        none = np.array([_none(name) for name in names])
        arabic = np.array([is_arabic(name) for name in names])
        strengths = np.where(arabic[of], values @ FITTED[True][0], values @ FITTED[False][0])
        strengths -= none[of]
        letters = [plain(bare(name)) for name in names]
        plains = self._forms["plain"]
        spoken: list[dict[int, list[tuple[float, str]]]] = [{} for _ in names]
        for asked, number, strength in zip(of.tolist(), numbers, strengths.tolist(), strict=True):
            spelling = self._names[number]
            if plains[number] == letters[asked] and self._parts[number] == 0:
                same = names[asked] in {spelling, bare(spelling)}
                strength += SAME_LETTERS + SAME_TEXT * same  # noqa: PLW2901
            heard = spoken[asked].setdefault(self._owners[number], [])
            heard.append((strength, spelling))
        return [_matches(places) for places in spoken]

    def __len__(self) -> int:
        return len(self._owners)

    def name(self, number: int) -> str:
        """Give the name that a spelling, or a part of it, belongs to."""
        return self._names[number]

    def owner(self, number: int) -> int:
        """Give the place that a spelling belongs to."""
        return self._owners[number]

    def features(
        self, names: Sequence[str], *, leave_out: frozenset[int] = frozenset()
    ) -> tuple[npt.NDArray[np.intp], list[int], npt.NDArray[np.float64]]:
        """Compare names with the spellings that they may be.

        Returns
        -------
        of, numbers, values
            For each pair the number of the name and of the spelling, and an array
            (pairs, len(FEATURES)).
        """
        of: list[int] = []
        numbers: list[int] = []
        shortened: list[int] = []
        forms: list[dict[str, str]] = []
        for asked, name in enumerate(names):
            read = reading(name)
            words = read.split()
            variants = [(read, 0)] if words else []
            if len(words) > 1:
                variants += [(" ".join(words[1:]), 1), (" ".join(words[:-1]), 2)]
            for text, short in variants:
                form = _forms(name, text)
                found = self._candidates(form, leave_out)
                of += [asked] * len(found)
                numbers += found
                shortened += [short] * len(found)
                forms += [form] * len(found)
        return np.array(of, dtype=np.intp), numbers, self._values(forms, numbers, shortened)

    def _candidates(self, form: dict[str, str], leave_out: frozenset[int]) -> list[int]:
        listed = [self._listed[k] for k in _deletions(form["bones"]) if k in self._listed]
        if not listed:
            return []
        found = np.unique(np.concatenate(listed))
        if leave_out:
            found = found[~np.isin(found, list(leave_out))]
        if len(found) > MOST_WEIGHED:
            likeness = process.cdist(
                [form["joined"]],
                self._joined[found].tolist(),
                scorer=Levenshtein.normalized_similarity,
            )[0]
            found = found[np.argsort(-likeness, kind="stable")[:MOST_WEIGHED]]
        numbers: list[int] = found.tolist()
        return numbers

    def _values(
        self, forms: list[dict[str, str]], numbers: list[int], shortened: list[int]
    ) -> npt.NDArray[np.float64]:
        if not numbers:
            return np.empty((0, len(FEATURES)))
        texts = {
            form: ([one[form] for one in forms], [listed[n] for n in numbers])
            for form, listed in self._forms.items()
        }

        def compare(form: str, likeness: Callable[..., float]) -> npt.NDArray[np.float64]:
            pairs: npt.NDArray[np.float64] = process.cpdist(
                *texts[form], scorer=likeness, dtype=np.float64
            )
            return pairs

        sounds = compare("joined", Levenshtein.normalized_similarity)
        consonants = compare("bones", Levenshtein.normalized_similarity)
        shorter = np.array([min(len(a), len(b)) for a, b in zip(*texts["bare"], strict=True)])
        parts = np.array([self._parts[n] for n in numbers])
        cut = np.array(shortened)
        return np.column_stack(
            (
                sounds,
                compare("joined", JaroWinkler.similarity),
                compare("apart", Levenshtein.normalized_similarity),
                consonants,
                compare("plain", Levenshtein.normalized_similarity),
                compare("vowels", Levenshtein.normalized_similarity),
                parts == 1,
                parts == 2,  # noqa: PLR2004  (see `_add`)
                cut == 1,
                cut == 2,  # noqa: PLR2004  (see `features`)
                self._crowd[[self._owners[n] for n in numbers]],
                sounds == 1,
                consonants == 1,
                [a[:1] == b[:1] for a, b in zip(*texts["bones"], strict=True)],
                compare("plain", JaroWinkler.similarity),
                sounds**3,
                compare("bare", LCSseq.similarity) == shorter,
            )
        )


def _none(name: str) -> float:
    """Strength with which a name speaks for none of the places."""
    constant, a_letter = FITTED[is_arabic(name)][1]
    return constant + a_letter * len(name)


def _matches(spoken: dict[int, list[tuple[float, str]]]) -> list[Match]:
    matches = []
    for place, heard in spoken.items():
        heard.sort(key=lambda item: (-item[0], item[1]))
        loudest = heard[0][0]
        together = sum(math.exp(strength - loudest) for strength, _ in heard[:VOICES])
        matches.append(Match(place, heard[0][1], loudest + math.log(together)))
    return sorted(matches, key=lambda m: (-m.strength, m.place))


def _forms(name: str, read: str) -> dict[str, str]:
    joined = read.replace(" ", "")
    return {
        "bare": joined,
        "joined": sound_code(joined),
        "apart": sound_code(read),
        "bones": skeleton_of(read),
        "plain": plain(bare(name)),
        "vowels": "".join(letter for letter in joined if letter in "aiu"),
    }


def _deletions(bones: str) -> set[str]:
    """Take up to one consonant out of a skeleton, two out of a long one."""
    most = 2 if len(bones) >= TWO_APART else 1 if len(bones) > LEAST_LEFT else 0
    keys = {bones}
    for count in range(1, most + 1):
        for gone in combinations(range(len(bones)), count):
            keys.add("".join(b for n, b in enumerate(bones) if n not in gone))
    return keys
