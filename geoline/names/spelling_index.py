"""Find the spellings that a name may be, and how strongly each speaks for its place.

Retrieval is by consonants: spellings whose skeleton differs from that of the name by at most one
consonant (two in long names), or is the same in coarser classes, are looked up by their deletions;
no name is compared with all. The nearest are weighed by `geoline.names.comparison`. Many names are
looked up in the same steps.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline.names.comparison import (
    FEATURES,
    FITTED,
    NONE,
    Spelt,
    commonness,
    compared,
    likeness,
    spelt,
)
from geoline.names.folding import bare, is_arabic, plain, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["Match", "Matches", "Pairs", "SpellingIndex", "weighed"]

# A spelling listed letter for letter is more than a like one; a name with an aside that is listed
# as it stands, Ijaz (S Aleppo), is much more; another number (Rashidin 4, Rashidin 5) is another
# place. Names held out cannot teach it.
SAME_LETTERS, SAME_ASIDE, OTHER_NUMBER = 1.0, 5.0, -8.0
# Spellings of one place that speak for it together.
VOICES = 3
# Names whose skeleton is at least this long may differ by two consonants.
TWO_APART = 6
# One consonant alone says nothing.
LEAST_LEFT = 2
# Spellings weighed at most for one name, and of one place: those that sound most alike; what is
# left out tells against them, by its share in the name.
MOST_WEIGHED, MOST_OF_A_PLACE, LEFT_OUT = 32, 4, 0.4
# Sounds weighed at most for one name, and spellings that share one.
MOST_SOUNDS, MOST_SOUNDING = 24, 32
# A spelling's sounds are at least this long beside those of the name, or the other way round.
LEAST_LENGTH = 0.6
# They are at least so much alike (1: the same).
LEAST_LIKE = 0.5
# Consonants that stand for each other in some press or other: a further key, with a mark before it,
# of skeletons up to this length; longer ones are near enough.
SHORT = 4
COARSE, COARSELY = str.maketrans("xhGdzSf", "kkktssb"), "~"
# A place that a name is less likely to be than this (log odds against "none") is not named.
LEAST_STRENGTH = -9.0
_NOT_DIGIT = re.compile(r"\D+")
# Names compared at once.
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Match:
    """The spelling that speaks most for a place, and its log odds against "none of the places"."""

    place: int
    name: str
    strength: float


class Pairs(NamedTuple):
    """Names and the spellings that they may be: numbers of both, of the places, and `FEATURES`."""

    of: NDArray[np.intp]
    numbers: NDArray[np.intp]
    places: NDArray[np.intp]
    values: NDArray[np.float64]


class Matches(NamedTuple):
    """The places that a name may be, the strongest first; see `Match`."""

    places: NDArray[np.intp]
    names: list[str]
    strengths: NDArray[np.float64]


@dataclass(slots=True)
class SpellingIndex:
    """Spellings of places, to be found by what a name sounds like.

    Parameters
    ----------
    spellings
        For each place its names, the main one first.
    populations
        For each place its inhabitants, None if not known.
    """

    spellings: Sequence[Iterable[str]]
    populations: Sequence[int | None]
    _names: list[str] = field(init=False, repr=False)
    _owners: NDArray[np.intp] = field(init=False, repr=False)
    _forms: Spelt = field(init=False, repr=False)
    _sounding: list[NDArray[np.intp]] = field(init=False, repr=False)
    _sounds: NDArray[np.object_] = field(init=False, repr=False)
    _sounded: NDArray[np.intp] = field(init=False, repr=False)
    _listed: dict[str, NDArray[np.intp]] = field(init=False, repr=False)
    _crowd: NDArray[np.float64] = field(init=False, repr=False)
    _spelt: list[set[str]] = field(init=False, repr=False)
    _namesakes: NDArray[np.intp] = field(init=False, repr=False)
    _frequent: Counter[str] = field(init=False, repr=False)
    _common: NDArray[np.float64] = field(init=False, repr=False)
    _left_out: NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        listed = [list(dict.fromkeys(filter(None, names))) for names in self.spellings]
        self._names = [name for names in listed for name in names]
        self._forms = spelt(self._names)
        owner = np.repeat(np.arange(len(listed)), [len(names) for names in listed])
        self._owners = owner[self._forms.of].astype(np.intp)
        crowd = [math.log10((number or 0) + 10) / 7 for number in self.populations]
        self._crowd = np.array(crowd, dtype=float)
        self._spelt = [{plain(name) for name in names} - {""} for names in listed]
        self._namesakes = _namesakes([names[0] if names else "" for names in listed])
        self._left_out = _share_left_out(self._forms)
        self._sounding, self._sounds = self._by_sound()
        first = [int(rows[0]) for rows in self._sounding]
        self._sounded = self._forms.sounded[first]
        keys: dict[str, list[int]] = {}
        for sound, rows in enumerate(self._sounding):
            as_known = self._forms.part[rows[0]] == 0
            for key in _deletions(self._forms.bones[rows[0]], bool(as_known)):
                keys.setdefault(key, []).append(sound)
        self._listed = {key: np.array(sounds, dtype=np.intp) for key, sounds in keys.items()}
        words = {
            (place, word)
            for place, row in zip(self._owners.tolist(), self._forms.words, strict=True)
            for word in row
        }
        self._frequent = Counter(word for _, word in words)
        self._common = commonness(self._forms, self._frequent)

    def _by_sound(self) -> tuple[list[NDArray[np.intp]], NDArray[np.object_]]:
        """Put spellings that sound alike together, those with the least left out first."""
        groups: dict[tuple[str, str], list[int]] = {}
        forms = zip(self._forms.sounds, self._forms.bones, strict=True)
        for number, form in enumerate(forms):
            groups.setdefault(form, []).append(number)
        sounding = []
        for numbers in groups.values():
            rows = np.array(numbers, dtype=np.intp)
            order = np.argsort(self._left_out[rows], kind="stable")
            sounding.append(rows[order][:MOST_SOUNDING])
        return sounding, np.array([sounds for sounds, _ in groups], dtype=object)

    def matches(self, name: str, *, leave_out: frozenset[int] = frozenset()) -> list[Match]:
        """Find the places that a name may be, the strongest first.

        Parameters
        ----------
        name
            As somebody wrote it.
        leave_out
            Numbers of spellings that count as not there (for benchmarks).
        """
        found = self.matches_many([name], leave_out=leave_out)[0]
        rows = zip(found.places.tolist(), found.names, found.strengths.tolist(), strict=True)
        return [Match(*row) for row in rows]

    def matches_many(
        self, names: Sequence[str], *, leave_out: frozenset[int] = frozenset()
    ) -> list[Matches]:
        """Find the places that each of many names may be: `matches` for each, faster."""
        answers: list[Matches] = []
        for start in range(0, len(names), AT_ONCE):
            answers += self._matches_of(names[start : start + AT_ONCE], leave_out)
        return answers

    def __len__(self) -> int:
        return len(self._owners)

    def name(self, number: int) -> str:
        """Give the name that a spelling, or a part of it, belongs to."""
        return self._names[int(self._forms.of[number])]

    def owner(self, number: int) -> int:
        """Give the place that a spelling belongs to."""
        return int(self._owners[number])

    def pairs(self, names: Sequence[str], *, leave_out: frozenset[int] = frozenset()) -> Pairs:
        """Compare names with the spellings that they may be."""
        asked = spelt(names)
        of, to = self._candidates(asked, leave_out)
        places = self._owners[to]
        spellings = np.array([len(spelt_) for spelt_ in self._spelt], dtype=float)
        for place in {int(self._owners[number]) for number in leave_out}:
            left = np.setdiff1d(np.flatnonzero(self._owners == place), list(leave_out))
            spellings[place] = len({self._forms.plain[number] for number in left})
        known = (
            self._crowd[places],
            np.log1p(spellings)[places],
            self._common[to],
            commonness(asked, self._frequent)[of],
        )
        return Pairs(asked.of[of], to, places, compared(asked, self._forms, (of, to), known))

    def _candidates(
        self, asked: Spelt, leave_out: frozenset[int]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Find the spellings that names may be: rows of the names, and numbers of spellings."""
        out = _share_left_out(asked)
        found: list[NDArray[np.intp]] = [np.empty(0, dtype=np.intp)]
        rows = [0]
        for row, (bones, part) in enumerate(zip(asked.bones, asked.part.tolist(), strict=True)):
            for key in _deletions(bones, part == 0):
                numbers = self._listed.get(key)
                if numbers is not None:
                    found.append(numbers)
                    rows.append(row)
        of = np.repeat(rows, [len(numbers) for numbers in found])
        both = np.sort(of * (len(self._sounds) + 1) + np.concatenate(found))
        of, sound = np.divmod(both[_rank(both) == 0], len(self._sounds) + 1)
        mine, theirs = asked.sounded[of], self._sounded[sound]
        kept = np.minimum(mine, theirs) >= LEAST_LENGTH * np.maximum(mine, theirs)
        of, sound = of[kept], sound[kept]
        near = likeness(asked.sounds[of], self._sounds[sound], least=LEAST_LIKE)
        kept = near > 0
        of, sound, near = of[kept], sound[kept], near[kept] - LEFT_OUT * out[of[kept]]
        order = np.lexsort((-near, asked.of[of]))
        order = order[_rank(asked.of[of[order]]) < MOST_SOUNDS]
        of, sound, near = of[order], sound[order], near[order]
        count = [len(self._sounding[n]) for n in sound.tolist()]
        to = np.concatenate([found[0], *(self._sounding[n] for n in sound.tolist())])
        of, near = np.repeat(of, count), np.repeat(near, count)
        if leave_out:
            kept = ~np.isin(to, list(leave_out))
            of, to, near = of[kept], to[kept], near[kept]
        near -= LEFT_OUT * self._left_out[to]
        number, place = asked.of[of], self._owners[to]
        order = np.lexsort((-near, place, number))
        order = order[_rank(number[order] * len(self._crowd) + place[order]) < MOST_OF_A_PLACE]
        order = order[np.lexsort((-near[order], number[order]))]
        best = np.sort(order[_rank(number[order]) < MOST_WEIGHED])
        return of[best], to[best]

    def _matches_of(self, names: Sequence[str], leave_out: frozenset[int]) -> list[Matches]:
        pairs = self.pairs(names, leave_out=leave_out)
        arabic = np.array([is_arabic(name) for name in names], dtype=bool)
        none = np.array([_none(name) for name in names])
        strengths = weighed(pairs, arabic) - none[pairs.of]
        letters = np.array([plain(bare(name)) for name in names], dtype=object)
        same = letters[pairs.of] == self._forms.plain[pairs.numbers]
        strengths += SAME_LETTERS * (same & (self._forms.part[pairs.numbers] == 0))
        for number, name in enumerate(names):
            aside, digits = bare(name) != name.strip(), _NOT_DIGIT.sub("", name)
            if aside or digits:
                mine = np.flatnonzero(pairs.of == number).tolist()
                listed = [self.name(int(pairs.numbers[k])) for k in mine]
                strengths[mine] += [
                    SAME_ASIDE * (aside and other == name)
                    + OTHER_NUMBER * (_NOT_DIGIT.sub("", other) not in {"", digits}) * bool(digits)
                    for other in listed
                ]
        of, places, best, strengths = self._by_place(pairs, strengths)
        strengths = self._tied(of, places, strengths, arabic)
        order = np.lexsort((places, -strengths, of))
        order = order[strengths[order] > LEAST_STRENGTH]
        of, places, best, strengths = of[order], places[order], best[order], strengths[order]
        spelt_as = [self.name(number) for number in best.tolist()]
        edges = np.searchsorted(of, np.arange(len(names) + 1)).tolist()
        return [
            Matches(places[start:end], spelt_as[start:end], strengths[start:end])
            for start, end in pairwise(edges)
        ]

    def _by_place(
        self, pairs: Pairs, strengths: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
        """Let the strongest spellings of each place speak for it together."""
        order = np.lexsort((-strengths, pairs.places, pairs.of))
        key = (pairs.of * (len(self._crowd) + 1) + pairs.places)[order]
        rank = _rank(key)
        group = np.cumsum(rank == 0) - 1
        first = order[rank == 0]
        loudest = strengths[first]
        voices = np.where(rank < VOICES, np.exp(strengths[order] - loudest[group]), 0.0)
        together = loudest + np.log(np.bincount(group, voices, len(first)))
        return pairs.of[first], pairs.places[first], pairs.numbers[first], together

    def _tied(
        self,
        of: NDArray[np.intp],
        places: NDArray[np.intp],
        strengths: NDArray[np.float64],
        arabic: NDArray[np.bool_],
    ) -> NDArray[np.float64]:
        """Let what speaks for a place speak for its namesakes; the population tells them apart.

        Which of two towns of one name has got which spellings is chance.
        """
        column = FEATURES.index("population")
        share = np.where(arabic, FITTED[True][column], FITTED[False][column])[of]
        share = share * self._crowd[places]
        key = of * (len(self._crowd) + 1) + self._namesakes[places]
        _, group = np.unique(key, return_inverse=True)
        best = np.full(len(of), -np.inf)
        np.maximum.at(best, group, strengths - share)
        alone = np.bincount(group)[group] == 1
        tied: NDArray[np.float64] = np.where(alone, strengths, best[group] + share)
        return tied


def weighed(pairs: Pairs, arabic: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weigh pairs of names and spellings, with the names' scripts."""
    both = pairs.values @ np.column_stack((FITTED[False], FITTED[True]))
    strengths: NDArray[np.float64] = both[np.arange(len(both)), arabic[pairs.of].astype(int)]
    return strengths


def _share_left_out(names: Spelt) -> NDArray[np.float64]:
    """Give the share of a name's letters that is left out."""
    share: NDArray[np.float64] = names.left_out / np.maximum(names.left_out + names.length, 1)
    return share


def _rank(key: NDArray[np.intp]) -> NDArray[np.intp]:
    """Count from 0 within each run of equal numbers."""
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(new)
    return np.arange(len(key)) - starts[np.cumsum(new) - 1] if len(key) else starts


def _none(name: str) -> float:
    """Strength with which a name speaks for none of the places."""
    constant, a_letter = NONE[is_arabic(name)]
    return constant + a_letter * len(name)


def _namesakes(main: Sequence[str]) -> NDArray[np.intp]:
    """Give namesakes one number; an aside in the name tells a place apart."""
    numbers: dict[str, int] = {}
    return np.array(
        [
            numbers.setdefault(
                (bare(name) == name.strip() and reading(name).replace(" ", "")) or f"({place})",
                place,
            )
            for place, name in enumerate(main)
        ],
        dtype=np.intp,
    )


@lru_cache(maxsize=65536)
def _deletions(bones: str, coarsely: bool) -> tuple[str, ...]:  # noqa: FBT001
    """Take up to one consonant out of a skeleton, two out of a long one; add coarser classes."""
    most = 2 if len(bones) >= TWO_APART else 1 if len(bones) > LEAST_LEFT else 0
    keys = {bones}
    for count in range(1, most + 1):
        for gone in combinations(range(len(bones)), count):
            keys.add("".join(b for n, b in enumerate(bones) if n not in gone))
    if coarsely and len(bones) <= SHORT:
        keys.add(COARSELY + bones.translate(COARSE))
    return tuple(keys)
