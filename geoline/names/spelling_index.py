"""Find the spellings that a name may be, and how strongly each speaks for its place.

Retrieval is by consonants: sounds whose skeleton differs from that of the name by a consonant (two
in long names), or by one in coarser classes, stand under the same keys of an inverted index
(`geoline.names.consonant_keys`); no name is compared with all. Of these the ones with the most
pairs of letters in common are measured, and the nearest weighed by `geoline.names.comparison`. Many
names are looked up in the same steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline.names.comparison import FEATURES, Spelt, compared, fitted, likeness, spelt
from geoline.names.consonant_keys import asked_keys
from geoline.names.folding import bare, is_arabic, plain, sound_code
from geoline.names.index_file import kept_arrays
from geoline.names.name_arrays import (
    FIRST,
    NameArrays,
    NameRows,
    bucket_of,
    built,
    rows_of,
    signature,
)
from geoline.names.namesakes import excluded
from geoline.names.romanisation import encoded
from geoline.names.text_rows import TextRows, hashed_texts, ranges, rank_in_runs, word_rows
from geoline.processes import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geoline.processes import Watch

__all__ = ["Match", "Matches", "Pairs", "SpellingIndex", "weighed"]

# A spelling listed letter for letter is more than a like one, and more so than among names of which
# most were held out; a name with an aside that is listed as it stands, Ijaz (S Aleppo), is much
# more.
LISTED_LETTERS, SAME_ASIDE = 3.0, 5.0
# Another number, size, age, height or direction is another place; one that only the name looked up
# has mostly is, and one that only the listed name has may be.
EXCLUDED, ONLY_ASKED, ONLY_LISTED = -10.0, -5.0, -2.0
# A name that is read as fewer letters says little.
LEAST_LETTERS, TOO_SHORT = 3, -6.0
SAME_LETTERS = FEATURES.index("same_letters")
# Spellings of one place that speak for it together, and how much their number counts: an unseen
# spelling of a place is mostly like several of its names, that of another place like one.
VOICES, TOGETHER = 6, 1.5
# What leaving out a word of the name, or of the spelling, costs if no other name has the word;
# half of it is left where so many have (Busra Sham is not Damascus, Tell Abyad may be Abyad).
WORD_OF_NAME, WORD_OF_SPELLING, OTHERS_HAVE = 4.0, 3.0, 5.0
# Spellings weighed at most for one name, and of one place: those that sound most alike; what is
# left out tells against them, by its share in the name.
MOST_WEIGHED, MOST_OF_A_PLACE, LEFT_OUT = 32, 4, 0.4
# Spellings with the very letters of the name come before those that only sound the same.
SAME_NEARER = 0.1
# Sounds looked at for one row of a name, weighed at most for one name, and spellings that share
# one.
MOST_LOOKED_AT, MOST_SOUNDS, MOST_SOUNDING = 120, 24, 32
# A spelling's sounds are at least so many fifths as long as those of the name, or the other way.
LENGTH_IN_FIVE = 3
# They are at least so much alike (1: the same).
LEAST_LIKE = 0.5
# A place that a name is less likely to be than this (log odds against "none") is not named.
LEAST_STRENGTH = -24.0
# Names compared at once.
AT_ONCE = 500
# Letters of a name that are looked at: no place has a longer one (it would be refused on import).
LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class Match:
    """The spelling that speaks most for a place, and its log odds against "none of the places"."""

    place: int
    name: str
    strength: float


class Pairs(NamedTuple):
    """Names and the spellings that they may be: numbers of both, of the places, and `FEATURES`.

    `unusual` is how unusual the word is that is left out of the name, and of the spelling, from 0
    (none is, or many names have it) to 1 (no other name has it); shape (pairs, 2).
    """

    of: NDArray[np.intp]
    numbers: NDArray[np.intp]
    places: NDArray[np.intp]
    values: NDArray[np.float64]
    unusual: NDArray[np.float64]


class Matches(NamedTuple):
    """The places that a name may be, the strongest first; see `Match`."""

    places: NDArray[np.intp]
    names: list[str]
    strengths: NDArray[np.float64]


class _Asked(NamedTuple):
    """Names looked up: their rows, forms, and the names themselves as an index of their own."""

    rows: NameRows
    forms: Spelt


@dataclass(slots=True)
class SpellingIndex:
    """Spellings of places, to be found by what a name sounds like.

    Parameters
    ----------
    arrays
        The names made ready: `SpellingIndex.of` makes them, `geoline.names.index_file` keeps them.
    """

    arrays: NameArrays
    _row_place: NDArray[np.int32] = field(init=False, repr=False)
    _name_place: NDArray[np.int32] = field(init=False, repr=False)
    _letters: NDArray[np.uint64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        counts = np.diff(self.arrays.place_edges)
        self._name_place = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        self._row_place = self._name_place[self.arrays.row_name]
        self._letters = self.arrays.plain_texts.hashed()

    @classmethod
    def of(
        cls, spellings: Iterable[Iterable[str]], populations: Sequence[int | None]
    ) -> SpellingIndex:
        """Make an index of places.

        Parameters
        ----------
        spellings
            For each place its names, the main one first.
        populations
            For each place its inhabitants, None if not known.
        """
        return cls(built(spellings, populations))

    @classmethod
    def kept(
        cls,
        spellings: Sequence[Iterable[str]],
        populations: Sequence[int | None],
        cluster: str = "",
        watch: Watch = unwatched,
    ) -> SpellingIndex:
        """Make an index as `of` does, or map that of an earlier time, which is kept on disk.

        Parameters
        ----------
        spellings, populations
            As `of` takes them.
        cluster, watch
            Where the names are read, and how far that is (`geoline.names.name_arrays.built`).
        """
        return cls(kept_arrays(spellings, populations, cluster=cluster, watch=watch))

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
            some = [name[:LONGEST_NAME] for name in names[start : start + AT_ONCE]]
            answers += self._matches_of(some, leave_out)
        return answers

    def listed(self, names: Sequence[str]) -> list[int | None]:
        """Tell which names are listed for one place while no other place has their consonants."""
        arrays, found = self.arrays, []
        hashes = hashed_texts(names)
        at = np.searchsorted(arrays.hashes, hashes).tolist()
        for name, number, wanted in zip(names, at, hashes.tolist(), strict=True):
            place = None
            if number < len(arrays.hashes) and int(arrays.hashes[number]) == wanted:
                row = int(arrays.hash_order[number])
                if arrays.name_alone[row] and self._text(row) == name:
                    place = int(self._name_place[row])
            found.append(place)
        return found

    def has(self, name: str) -> bool:
        """Whether a name is listed, accents and marks aside."""
        letters = hashed_texts([plain(bare(name))])
        return bool(plain(name)) and bool(np.isin(letters, self._letters)[0])

    def __len__(self) -> int:
        return len(self.arrays.row_name)

    def _text(self, name: int) -> str:
        start, end = self.arrays.name_edges[name : name + 2].tolist()
        return self.arrays.names[start:end].tobytes().decode("utf-8", "surrogatepass")

    def name(self, number: int) -> str:
        """Give the name that a spelling, or a part of it, belongs to."""
        return self._text(int(self.arrays.row_name[number]))

    def owner(self, number: int) -> int:
        """Give the place that a spelling belongs to."""
        return int(self._row_place[number])

    def pairs(self, names: Sequence[str], *, leave_out: frozenset[int] = frozenset()) -> Pairs:
        """Compare names with the spellings that they may be."""
        return self._pairs(self._asked(names), leave_out)

    def _pairs(self, asked: _Asked, leave_out: frozenset[int]) -> Pairs:
        of, to = self._candidates(asked, leave_out)
        places = self._row_place[to].astype(np.intp)
        distinct, at = np.unique(to, return_inverse=True)
        arrays = self.arrays
        texts = arrays.read_texts, arrays.plain_texts, arrays.sign_texts
        forms = _forms(arrays, distinct, arrays.read_common, texts)
        known = (
            self.arrays.place_crowd[places],
            np.log1p(self.arrays.place_spellings[places].astype(float)),
        )
        values = compared(asked.forms, forms, (of, at), known)
        every = np.arange(len(asked.rows.row_name))
        unusual = np.column_stack(
            (
                self._unusual(asked.rows, every, asked.rows.reads, 0)[of],
                self._unusual(arrays, distinct, arrays.read_texts, 1)[at],
            )
        )
        return Pairs(asked.forms.of[of], to, places, values, unusual)

    def _unusual(
        self, rows: NameArrays | NameRows, some: NDArray[np.intp], reads: TextRows, own: int
    ) -> NDArray[np.float64]:
        """Tell how unusual the words are that rows leave out, `own` places having them anyhow."""
        unusual = np.zeros(len(some))
        cut = np.flatnonzero(rows.row_part[some] > 0)
        if not len(cut):
            return unusual
        # The whole name stands before the name less a word.
        whole = np.searchsorted(rows.row_name, rows.row_name[some[cut]])
        hashes, edges = word_rows(reads.take(rows.row_read[whole]))
        first = rows.row_part[some[cut]] == FIRST
        others = self._places_with(np.where(first, hashes[edges[:-1]], hashes[edges[1:] - 1])) - own
        unusual[cut] = OTHERS_HAVE / (OTHERS_HAVE + np.maximum(others, 0))
        return unusual

    def _places_with(self, words: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Count the places that have words, by their numbers."""
        listed = self.arrays.words
        if not len(listed):
            return np.zeros(len(words), dtype=np.int32)
        at = np.minimum(np.searchsorted(listed, words), len(listed) - 1)
        counts: NDArray[np.int32] = np.where(listed[at] == words, self.arrays.word_counts[at], 0)
        return counts

    def _asked(self, names: Sequence[str]) -> _Asked:
        rows = rows_of([[name] for name in names])
        reads = rows.reads
        common = np.zeros(len(reads), dtype=np.int32)
        if len(reads):
            hashes, edges = word_rows(reads)
            common = np.minimum.reduceat(self._places_with(hashes), edges[:-1]).astype(np.int32)
        every = np.arange(len(rows.row_name))
        forms = _forms(rows, every, common, (rows.reads, rows.plain, rows.signs))
        # An empty name has no entry of its own; which name a row is of, `place_edges` tells.
        place = np.repeat(np.arange(len(names)), np.diff(rows.place_edges))
        return _Asked(rows, replace(forms, of=place[rows.row_name]))

    def _candidates(
        self, asked: _Asked, leave_out: frozenset[int]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Find the spellings that names may be: rows of the names, and numbers of spellings."""
        arrays, forms = self.arrays, asked.forms
        of, sound = self._filed_alike(asked)
        names = arrays.sound_texts
        distinct, at = np.unique(sound, return_inverse=True)
        codes = np.empty(len(distinct), dtype=object)
        codes[:] = sound_code(names.lines(distinct)).split("\n")[: len(distinct)]
        near = likeness(forms.sounds[of], codes[at], least=LEAST_LIKE)
        kept = near > 0
        share = forms.left_out / np.maximum(forms.left_out + forms.length, 1)
        of, sound, near = of[kept], sound[kept], near[kept] - LEFT_OUT * share[of[kept]]
        order = np.lexsort((-near, forms.of[of]))
        order = order[rank_in_runs(forms.of[of[order]]) < MOST_SOUNDS]
        of, sound, near = of[order], sound[order], near[order]
        count = arrays.sound_row_edges[sound + 1] - arrays.sound_row_edges[sound]
        if not leave_out:
            count = np.minimum(count, MOST_SOUNDING)
        to = arrays.sound_rows[ranges(arrays.sound_row_edges[sound], count)].astype(np.intp)
        of, near = np.repeat(of, count), np.repeat(near, count)
        if leave_out:
            kept = ~np.isin(to, list(leave_out))
            of, to, near = of[kept], to[kept], near[kept]
        gone = arrays.row_left_out[to] * 1.0
        heard = arrays.read_sound[arrays.row_read[to]]
        sounded = arrays.sound_edges[heard + 1] - arrays.sound_edges[heard]
        nearer = near - LEFT_OUT * gone / np.maximum(gone + sounded, 1)
        letters = asked.rows.plain.hashed()[asked.rows.row_name]
        same = (letters[of] == self._letters[arrays.row_name[to]]) & (arrays.row_part[to] == 0)
        nearer = nearer + SAME_NEARER * same
        number, place = forms.of[of], self._row_place[to].astype(np.intp)
        order = np.lexsort((-nearer, place, number))
        places = len(arrays.place_crowd)
        order = order[rank_in_runs(number[order] * places + place[order]) < MOST_OF_A_PLACE]
        order = order[np.lexsort((-nearer[order], number[order]))]
        best = np.sort(order[rank_in_runs(number[order]) < MOST_WEIGHED])
        return of[best], to[best]

    def _filed_alike(self, asked: _Asked) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Find the sounds under the keys of names' rows with the most pairs of letters in common.

        Returns
        -------
        Rows of the names, and numbers of sounds (pairs, in order).
        """
        arrays = self.arrays
        bones = asked.forms.bones.tolist()
        keyed, keys = asked_keys(TextRows.of_lines("\n".join(bones), len(bones)))
        bucket = bucket_of(keys, len(arrays.key_edges) - 1).astype(np.intp)
        starts = arrays.key_edges[bucket].astype(np.int64)
        counts = arrays.key_edges[bucket + 1] - starts
        sound = arrays.key_sounds[ranges(starts, counts)]
        of = np.repeat(keyed, counts)
        mine = asked.rows.read_sound[asked.rows.row_read]
        lengths = np.minimum(asked.rows.sounds.lengths, 255).astype(np.int16)[mine][of]
        theirs = arrays.sound_lengths[sound].astype(np.int16)
        kept = np.minimum(lengths, theirs) * 5 >= np.maximum(lengths, theirs) * LENGTH_IN_FIVE
        row, number = of[kept].astype(np.intp), sound[kept].astype(np.intp)
        row, number = _most_in_common(
            row, number, signature(asked.rows.sounds)[mine][row], arrays.sound_signature[number]
        )
        count = len(arrays.sound_lengths)
        both = np.unique(row * count + number)
        return np.divmod(both, max(count, 1))

    def _matches_of(self, names: Sequence[str], leave_out: frozenset[int]) -> list[Matches]:
        asked = self._asked(names)
        pairs = self._pairs(asked, leave_out)
        arabic = np.array([is_arabic(name) for name in names], dtype=bool)
        none = np.array([_none(name) for name in names])
        strengths = weighed(pairs, arabic) - none[pairs.of]
        strengths += self._listed_as_it_stands(names, pairs)
        strengths += self._told_apart(asked, pairs)
        strengths += self._nothing_to_go_by(asked, pairs)
        strengths -= pairs.unusual @ [WORD_OF_NAME, WORD_OF_SPELLING]
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

    def _listed_as_it_stands(self, names: Sequence[str], pairs: Pairs) -> NDArray[np.float64]:
        """Let a spelling that has the very letters, or the very aside, of the name speak more."""
        bonus = LISTED_LETTERS * pairs.values[:, SAME_LETTERS]
        aside = np.array([bare(name) != name.strip() for name in names], dtype=bool)
        for pair in np.flatnonzero(aside[pairs.of]).tolist():
            listed = self.name(int(pairs.numbers[pair]))
            bonus[pair] += SAME_ASIDE * (listed == names[pairs.of[pair]])
        return bonus

    def _nothing_to_go_by(self, asked: _Asked, pairs: Pairs) -> NDArray[np.float64]:
        """Let a name of two letters (an article alone, say) speak only for its very letters."""
        whole = asked.forms.part == 0
        letters = np.zeros(len(asked.rows.place_edges), dtype=np.intp)
        letters[asked.forms.of[whole]] = asked.forms.length[whole]
        short = (letters[pairs.of] < LEAST_LETTERS) & (pairs.values[:, SAME_LETTERS] == 0)
        nothing: NDArray[np.float64] = np.where(short, TOO_SHORT, 0.0)
        return nothing

    def _told_apart(self, asked: _Asked, pairs: Pairs) -> NDArray[np.float64]:
        """Let numbers, sizes, ages, heights and directions tell places apart."""
        entry = np.cumsum(np.diff(asked.rows.place_edges)) - 1
        mine = asked.rows.name_marks[entry[pairs.of]]
        of_place = self.arrays.place_marks[pairs.places]
        of_name = self.arrays.name_marks[self.arrays.row_name[pairs.numbers]]
        apart, only_asked, _ = excluded(mine, of_place)
        here, _, only_listed = excluded(mine, of_name)
        apart |= here
        told: NDArray[np.float64] = np.where(
            apart,
            EXCLUDED,
            np.where(only_asked, ONLY_ASKED, 0.0) + np.where(only_listed, ONLY_LISTED, 0.0),
        )
        return told

    def _by_place(
        self, pairs: Pairs, strengths: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
        """Let the strongest spellings of each place speak for it together."""
        order = np.lexsort((-strengths, pairs.places, pairs.of))
        key = (pairs.of * (len(self.arrays.place_crowd) + 1) + pairs.places)[order]
        rank = rank_in_runs(key)
        group = np.cumsum(rank == 0) - 1
        first = order[rank == 0]
        loudest = strengths[first]
        voices = np.where(rank < VOICES, np.exp(strengths[order] - loudest[group]), 0.0)
        together = loudest + TOGETHER * np.log(np.bincount(group, voices, len(first)))
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
        latin, other = fitted(arabic=False).population, fitted(arabic=True).population
        share = np.where(arabic, other, latin)[of]
        share = share * self.arrays.place_crowd[places]
        key = of * (len(self.arrays.place_crowd) + 1) + self.arrays.place_namesake[places]
        _, group = np.unique(key, return_inverse=True)
        best = np.full(len(of), -np.inf)
        np.maximum.at(best, group, strengths - share)
        alone = np.bincount(group)[group] == 1
        tied: NDArray[np.float64] = np.where(alone, strengths, best[group] + share)
        return tied


def weighed(pairs: Pairs, arabic: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weigh pairs of names and spellings, with the names' scripts."""
    strengths = np.zeros(len(pairs.of))
    for is_other in (False, True):
        mine = arabic[pairs.of] == is_other
        strengths[mine] = fitted(arabic=is_other).weigh(pairs.values[mine])
    return strengths


def _forms(
    rows: NameArrays | NameRows,
    some: NDArray[np.intp],
    common: NDArray[np.int32],
    texts: tuple[TextRows, TextRows, TextRows],
) -> Spelt:
    """Give rows in the forms that are compared; `common` is of each reading."""
    reads, plains, signs = texts
    read = rows.row_read[some]
    name = rows.row_name[some]
    return spelt(
        of=name.astype(np.intp),
        part=rows.row_part[some].astype(np.intp),
        left_out=rows.row_left_out[some].astype(np.intp),
        common=common[read].astype(float),
        reads=reads.lines(read),
        shown=plains.lines(name).split("\n")[: len(some)],
        letters=encoded(signs.take(some), rows.row_arabic[some]),
    )


def _most_in_common(
    of: NDArray[np.intp],
    sound: NDArray[np.intp],
    mine: NDArray[np.uint64],
    theirs: NDArray[np.uint64],
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Keep for each row the sounds with the most pairs of letters in common."""
    rows = int(of.max(initial=-1)) + 1
    if len(of) <= MOST_LOOKED_AT:
        return of, sound
    both = np.bitwise_count(mine & theirs).astype(np.uint16)
    either = np.maximum(np.bitwise_count(mine | theirs), 1)
    apart = 63 - both * np.uint16(63) // either
    # How many are no farther apart, for each row and step: the step at which there are enough.
    steps = np.bincount(of * np.int64(64) + apart, minlength=rows * 64).reshape(-1, 64)
    least = (np.cumsum(steps, axis=1) < MOST_LOOKED_AT).sum(axis=1)
    kept = apart <= least[of]
    of, sound, apart = of[kept], sound[kept], apart[kept]
    order = np.lexsort((apart, of))
    order = order[rank_in_runs(of[order]) < 2 * MOST_LOOKED_AT]
    return of[order], sound[order]


def _none(name: str) -> float:
    """Strength with which a name speaks for none of the places."""
    constant, a_letter = fitted(arabic=is_arabic(name)).none.tolist()
    return float(constant + a_letter * len(name))
