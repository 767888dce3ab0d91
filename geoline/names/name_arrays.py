"""Names of places made ready to be found, as arrays: built once, kept in one file, mapped from it.

A row is a spelling, whole or less its first or last word. Rows that read alike share a reading, and
readings that sound alike a sound; sounds are filed by the keys of their consonants. Nothing in it
is a Python object, so that a country's names load in no time and a world's take little room.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geoline.names.consonant_keys import listed_keys
from geoline.names.folding import (
    bare,
    in_arabic,
    lines_of,
    readings_of_lines,
    shown_words,
    skeletons,
)
from geoline.names.namesakes import marks_of
from geoline.names.romanisation import FIRST_ARABIC, letters_of_lines, sign_numbers
from geoline.names.text_rows import TextRows, ranges, rank_in_runs, word_rows
from geoline.processes import over_cluster, unwatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from geoline.processes import Watch

    # Names read at once: arrays by what is in them; rows count from the first of these names.
    _Chunk = dict[str, NDArray[Any]]

__all__ = ["FIRST", "LAST", "NameArrays", "NameRows", "bucket_of", "built", "rows_of", "signature"]

# Which word of a spelling is left out.
FIRST, LAST = 1, 2
# Names that are read at once.
AT_ONCE = 50_000
_BLANK = 32
_SIGN_OF_BIGRAM = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class NameArrays:
    """The arrays; "names" are the distinct names of each place, "rows" see the module.

    Places: their namesakes' number, the logarithm of their inhabitants, how many names they have in
    different letters, what tells them from namesakes (`geoline.names.namesakes`), and their names,
    `place_edges` (places + 1). Names: their text, plain letters, place, marks, and whether
    no other place has their consonants. Rows: name, left-out word and its letters, reading, signs.
    """

    place_edges: NDArray[np.int32]
    place_namesake: NDArray[np.int32]
    place_crowd: NDArray[np.float64]
    place_spellings: NDArray[np.int32]
    place_marks: NDArray[np.uint64]
    names: NDArray[np.uint8]
    name_edges: NDArray[np.int32]
    plains: NDArray[np.uint8]
    plain_edges: NDArray[np.int32]
    name_marks: NDArray[np.uint64]
    name_alone: NDArray[np.bool_]
    hash_order: NDArray[np.int32]
    hashes: NDArray[np.uint64]
    row_name: NDArray[np.int32]
    row_part: NDArray[np.uint8]
    row_left_out: NDArray[np.uint8]
    row_read: NDArray[np.int32]
    row_arabic: NDArray[np.bool_]
    signs: NDArray[np.uint8]
    sign_edges: NDArray[np.int32]
    reads: NDArray[np.uint8]
    read_edges: NDArray[np.int32]
    read_sound: NDArray[np.int32]
    read_common: NDArray[np.int32]
    sounds: NDArray[np.uint8]
    sound_edges: NDArray[np.int32]
    sound_lengths: NDArray[np.uint8]
    sound_signature: NDArray[np.uint64]
    sound_rows: NDArray[np.int32]
    sound_row_edges: NDArray[np.int32]
    key_edges: NDArray[np.int32]
    key_sounds: NDArray[np.int32]
    words: NDArray[np.uint64]
    word_counts: NDArray[np.int32]

    @property
    def plain_texts(self) -> TextRows:
        """The plain letters of names."""
        return TextRows(self.plains, self.plain_edges)

    @property
    def sign_texts(self) -> TextRows:
        """The signs of rows."""
        return TextRows(self.signs, self.sign_edges)

    @property
    def read_texts(self) -> TextRows:
        """The readings."""
        return TextRows(self.reads, self.read_edges)

    @property
    def sound_texts(self) -> TextRows:
        """The sounds."""
        return TextRows(self.sounds, self.sound_edges)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give all arrays by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


class NameRows(NamedTuple):
    """Names read: the part of `NameArrays` that a name has by itself."""

    place_edges: NDArray[np.int64]
    names: TextRows
    plain: TextRows
    name_marks: NDArray[np.uint64]
    row_name: NDArray[np.int32]
    row_part: NDArray[np.uint8]
    row_left_out: NDArray[np.uint8]
    row_read: NDArray[np.int32]
    row_arabic: NDArray[np.bool_]
    signs: TextRows
    reads: TextRows
    read_sound: NDArray[np.int32]
    sounds: TextRows


class _Rows:
    """Rows of names, chunk by chunk: arrays by what is in them."""

    def __init__(self) -> None:
        self.parts: dict[str, list[NDArray[Any]]] = {}

    def add(self, **arrays: NDArray[Any]) -> None:
        for key, array in arrays.items():
            self.parts.setdefault(key, []).append(array)

    def chunk(self) -> _Chunk:
        return {key: self.joined(key) for key in list(self.parts)}

    def joined(self, key: str) -> Any:  # noqa: ANN401  (an array of whatever kind came)
        return np.concatenate(self.parts.pop(key))

    def texts(self, key: str) -> TextRows:
        lengths = self.joined(f"{key}_lengths")
        edges = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        return TextRows(self.joined(key), edges)

    def add_texts(self, key: str, texts: TextRows) -> None:
        parts: dict[str, NDArray[Any]] = {
            key: texts.signs,
            f"{key}_lengths": texts.lengths.astype(np.int32),
        }
        self.add(**parts)


def rows_of(
    spellings: Iterable[Iterable[str]], cluster: str = "", watch: Watch = unwatched
) -> NameRows:
    """Read the names of places; see `built`."""
    counts: list[int] = []
    chunks = _chunks(spellings, counts)
    rows, first = _Rows(), 0
    for chunk in _over_cluster(list(chunks), cluster, watch) if cluster else map(_read, chunks):
        rows.add(**chunk | {"row_name": chunk["row_name"] + np.int32(first)})
        first += len(chunk["names_lengths"])
    if not first:  # arrays of no rows, of the right kinds
        rows.add(**{key: part[:0] for key, part in _read([""]).items()})
    signs = rows.texts("signs")
    reads, row_read = _distinct(rows.texts("reads"))
    sounds, read_sound = _distinct(_joined(reads))
    return NameRows(
        place_edges=np.concatenate(([0], np.cumsum(counts, dtype=np.int64))),
        names=rows.texts("names"),
        plain=rows.texts("plain"),
        name_marks=rows.joined("name_marks"),
        row_name=rows.joined("row_name"),
        row_part=rows.joined("row_part"),
        row_left_out=rows.joined("row_left_out"),
        row_read=row_read,
        row_arabic=rows.joined("row_arabic"),
        signs=signs,
        reads=reads,
        read_sound=read_sound,
        sounds=sounds,
    )


def built(
    spellings: Iterable[Iterable[str]],
    populations: Sequence[int | None],
    cluster: str = "",
    watch: Watch = unwatched,
) -> NameArrays:
    """Make the arrays of names of places; see `geoline.names.spelling_index.SpellingIndex`.

    Parameters
    ----------
    spellings, populations
        Of each place.
    cluster
        Address of a Dask scheduler, or a number of workers of this machine, that reads the names;
        empty: they are read here. The arrays are the same.
    watch
        Shows how far the cluster is.

    Raises
    ------
    RequestError
        If there is no such cluster, or Dask is not installed.
    """
    rows = rows_of(spellings, cluster, watch)
    counts = np.diff(rows.place_edges)
    name_place = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    whole = rows.row_part == 0
    row_name, row_read = rows.row_name[whole], rows.row_read[whole]
    words, word_counts, common = _word_counts(rows.reads, row_read, name_place[row_name])
    left_out = rows.row_left_out.astype(np.float32)
    sounded = _sounded(rows.reads).astype(np.float32)[rows.row_read]
    share = left_out / np.maximum(left_out + sounded, np.float32(1))
    del left_out, sounded
    row_sound = rows.read_sound[rows.row_read]
    sound_rows, sound_row_edges = _grouped(row_sound, len(rows.sounds), share)
    bones = _skeletons(rows.reads)
    first = np.zeros(len(rows.sounds), dtype=np.intp)
    first[rows.read_sound[::-1]] = np.arange(len(rows.reads))[::-1]
    key_edges, key_sounds = _filed(bones.take(first))
    hashes = rows.names.hashed()
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    place_marks = np.zeros(len(counts), dtype=np.uint64)
    np.bitwise_or.at(place_marks, name_place, rows.name_marks)
    texts = {
        "name": rows.names,
        "plain": rows.plain,
        "sign": rows.signs,
        "read": rows.reads,
        "sound": rows.sounds,
    }
    rows_and_edges: dict[str, Any] = {f"{key}s": text.signs for key, text in texts.items()}
    rows_and_edges |= {f"{key}_edges": text.edges.astype(np.int32) for key, text in texts.items()}
    return NameArrays(
        **rows_and_edges,
        place_edges=rows.place_edges.astype(np.int32),
        place_namesake=_namesakes(rows, row_name, rows.read_sound[row_read]),
        place_crowd=np.log10(np.array([n or 0 for n in populations], dtype=float) + 10) / 7,
        place_spellings=_distinct_of_place(rows.plain, name_place, len(counts)),
        place_marks=place_marks,
        name_marks=rows.name_marks,
        name_alone=_alone(rows.names, name_place, row_name, bones.hashed()[row_read]),
        hash_order=order,
        hashes=hashes[order],
        row_name=rows.row_name,
        row_part=rows.row_part,
        row_left_out=rows.row_left_out,
        row_read=rows.row_read,
        row_arabic=rows.row_arabic,
        read_sound=rows.read_sound,
        read_common=common,
        sound_lengths=np.minimum(rows.sounds.lengths, 255).astype(np.uint8),
        sound_signature=signature(rows.sounds),
        sound_rows=sound_rows,
        sound_row_edges=sound_row_edges.astype(np.int32),
        key_edges=key_edges,
        key_sounds=key_sounds,
        words=words,
        word_counts=word_counts,
    )


def _chunks(spellings: Iterable[Iterable[str]], counts: list[int]) -> Iterator[list[str]]:
    """Give the names of places in lists that are read at once; note how many each place has."""
    places = iter(spellings)
    while some := list(islice(places, AT_ONCE // 4)):
        listed = [list(dict.fromkeys(filter(None, names))) for names in some]
        counts += map(len, listed)
        if any(listed):
            yield [name for names in listed for name in names]


def _over_cluster(chunks: list[list[str]], cluster: str, watch: Watch) -> list[_Chunk]:
    """Read names over a cluster; what its workers fail at is read here."""
    read: list[_Chunk] = [{}] * len(chunks)

    def as_read() -> Iterator[int]:
        for some, found in over_cluster(cluster, None, _read_some, list(enumerate(chunks))):
            for number, chunk in _read_some(None, some) if found is None else found:
                read[number] = chunk
                yield number

    for _ in watch(as_read(), len(chunks)):
        pass
    return read


def _read_some(_: None, some: list[tuple[int, list[str]]]) -> list[tuple[int, _Chunk]]:
    return [(number, _read(names)) for number, names in some]


def _read(names: list[str]) -> _Chunk:
    """Read names, whole and less their first or last word."""
    rows = _Rows()
    lines = lines_of(names)
    in_other = in_arabic(lines, len(names))
    read = TextRows.of_lines("\n".join(readings_of_lines(lines, in_other)), len(names))
    signs = sign_numbers("\n".join(letters_of_lines(lines, in_other)))
    words = TextRows.of_lines(shown_words(lines), len(names))
    spelt = TextRows.of_signs(signs, line_feed=255)
    number = np.flatnonzero(read.lengths > 0)
    begin, end = read.edges[number], read.edges[number + 1]
    blanks = np.flatnonzero(read.signs == _BLANK)
    first_blank = np.append(blanks, len(read.signs))[np.searchsorted(blanks, begin)]
    last_blank = np.append(blanks, -1)[np.searchsorted(blanks, end) - 1]
    parted = first_blank < end
    sign_begin, sign_end = spelt.edges[number], spelt.edges[number + 1]
    gaps = np.flatnonzero(np.isin(spelt.signs, _SPACES))
    first_gap = np.append(gaps, len(spelt.signs))[np.searchsorted(gaps, sign_begin)]
    last_gap = np.append(gaps, -1)[np.searchsorted(gaps, sign_end) - 1]
    gap = parted & (first_gap < sign_end)
    starts = np.concatenate((begin, (first_blank + 1)[parted], begin[parted]))
    ends = np.concatenate((end, end[parted], last_blank[parted]))
    sign_starts = np.concatenate(
        (sign_begin, np.where(gap, first_gap + 1, sign_begin)[parted], sign_begin[parted])
    )
    sign_ends = np.concatenate(
        (sign_end, sign_end[parted], np.where(gap, last_gap, sign_end)[parted])
    )
    gone = np.concatenate(
        (np.zeros(len(number)), (first_blank - begin)[parted], (end - last_blank - 1)[parted])
    )
    part = np.repeat(
        np.array([0, FIRST, LAST], dtype=np.uint8), [len(number), parted.sum(), parted.sum()]
    )
    of = np.concatenate((number, number[parted], number[parted]))
    order = np.lexsort((part, of))
    rows.add_texts("reads", read.cut(starts[order], ends[order]))
    cut = spelt.cut(sign_starts[order], sign_ends[order])
    rows.add_texts("signs", cut)
    arabic = np.concatenate(([0], np.cumsum(cut.signs >= FIRST_ARABIC)))
    rows.add(
        row_name=of[order].astype(np.int32),
        row_part=part[order],
        row_left_out=np.minimum(gone[order], 255).astype(np.uint8),
        row_arabic=arabic[cut.edges[1:]] > arabic[cut.edges[:-1]],
        name_marks=marks_of(read, words),
    )
    rows.add_texts("plain", _joined(words))
    encoded = [name.encode("utf-8", "surrogatepass") for name in names]
    rows.add(
        names=np.frombuffer(b"".join(encoded), dtype=np.uint8),
        names_lengths=np.array([len(text) for text in encoded], dtype=np.int32),
    )
    return rows.chunk()


_SPACES = sign_numbers(" _").tolist()


def _distinct(texts: TextRows) -> tuple[TextRows, NDArray[np.int32]]:
    """Give each text once, and which of these each row is."""
    _, first, which = np.unique(texts.hashed(), return_index=True, return_inverse=True)
    return texts.take(first), which.astype(np.int32)


def _sounded(reads: TextRows) -> NDArray[np.int64]:
    """Count the letters of readings, without blanks."""
    blanks = np.concatenate(([0], np.cumsum(reads.signs == _BLANK)))
    letters: NDArray[np.int64] = reads.lengths - np.diff(blanks[reads.edges])
    return letters


def _joined(texts: TextRows) -> TextRows:
    """Join the words of texts."""
    edges = np.concatenate(([0], np.cumsum(_sounded(texts))))
    return TextRows(texts.signs[texts.signs != _BLANK], edges)


def _skeletons(reads: TextRows) -> TextRows:
    signs, lengths = [np.zeros(0, dtype=np.uint8)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(reads), AT_ONCE):
        some = np.arange(start, min(start + AT_ONCE, len(reads)))
        lines = "\n".join(skeletons(reads.lines(some).split("\n")))
        bones = TextRows.of_lines(lines, len(some))
        signs.append(bones.signs)
        lengths.append(bones.lengths)
    edges = np.concatenate(([0], np.cumsum(np.concatenate(lengths))))
    return TextRows(np.concatenate(signs), edges)


def _word_counts(
    reads: TextRows, whole: NDArray[np.int32], place: NDArray[np.int32]
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int32]]:
    """Count the places that have a word; for each reading, its rarest word."""
    if not len(reads):
        return np.zeros(0, np.uint64), np.zeros(0, np.int32), np.zeros(0, np.int32)
    hashes, edges = word_rows(reads)
    words, of_word = np.unique(hashes, return_inverse=True)
    pairs = np.unique(place.astype(np.int64) * len(reads) + whole)
    of_place, read = np.divmod(pairs, len(reads))
    lengths = np.diff(edges)[read]
    met = of_word[ranges(edges[read], lengths)]
    met_at = np.repeat(of_place, lengths) * len(words) + met
    counts = np.bincount(np.unique(met_at) % len(words), minlength=len(words)).astype(np.int32)
    common = np.minimum.reduceat(counts[of_word], edges[:-1])
    return words, counts, common.astype(np.int32)


def _grouped(
    key: NDArray[np.int32], count: int, share: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Put rows of one key together, those with the least left out first."""
    order = np.lexsort((share, key)).astype(np.int32)
    return order, np.searchsorted(key[order], np.arange(count + 1))


def bucket_of(keys: NDArray[np.uint64], buckets: int) -> NDArray[np.uint64]:
    """Tell in which of a power of two of buckets a key is filed."""
    return keys >> np.uint64(64 - (buckets.bit_length() - 1))


def _filed(bones: TextRows) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """File skeletons under their keys."""
    count = int(np.minimum(bones.lengths, 12).sum()) * 2
    buckets = 1 << max(count.bit_length(), 4)
    both = [np.zeros(0, dtype=np.uint64)]
    for of, keys in listed_keys(bones):
        both.append((bucket_of(keys, buckets) << np.uint64(32)) | of.astype(np.uint64))
    filed = np.concatenate(both)
    del both
    filed.sort()
    filed = filed[np.concatenate(([True], filed[1:] != filed[:-1]))[: len(filed)]]
    sounds = (filed & np.uint64(0xFFFFFFFF)).astype(np.int32)
    edges = np.searchsorted(filed, np.arange(buckets + 1, dtype=np.uint64) << np.uint64(32))
    return edges.astype(np.int32), sounds


def signature(sounds: TextRows) -> NDArray[np.uint64]:
    """Mark in 64 bits which pairs of neighbouring letters a sound has (vowels are all one)."""
    signs = sounds.signs.copy()
    signs[np.isin(signs, [ord("i"), ord("u")])] = ord("a")
    before = np.concatenate(([np.uint8(0)], signs[:-1])) if len(signs) else signs
    starts = sounds.edges[:-1][sounds.lengths > 0]
    before[starts] = 0
    pair = before.astype(np.uint64) * np.uint64(256) + signs
    bits = np.uint64(1) << ((pair * _SIGN_OF_BIGRAM) >> np.uint64(58))
    found = np.zeros(len(sounds), dtype=np.uint64)
    if len(starts):
        found[sounds.lengths > 0] = np.bitwise_or.reduceat(bits, starts)
    return found


def _distinct_of_place(
    shown: TextRows, name_place: NDArray[np.int32], places: int
) -> NDArray[np.int32]:
    """Count the names of places that differ in their plain letters."""
    some = np.flatnonzero(shown.lengths > 0)
    order = np.lexsort((shown.hashed()[some], name_place[some]))
    hashes, place = shown.hashed()[some][order], name_place[some][order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (place[1:] != place[:-1])
    return np.bincount(place[new], minlength=places).astype(np.int32)


def _namesakes(
    rows: NameRows, row_name: NDArray[np.int32], row_sound: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Give namesakes one number; an aside in the name, or a mark, tells a place apart."""
    names, counts = rows.names, np.diff(rows.place_edges)
    number = np.arange(len(counts), dtype=np.int32)
    of_place = np.flatnonzero(counts > 0)
    mains = rows.place_edges[of_place]
    sound_of_name = np.full(len(names), -1, dtype=np.int64)
    sound_of_name[row_name] = row_sound
    aside = [bare(name) != name.strip() for name in names.texts(mains, "utf-8")]
    sound = np.where(np.array(aside, dtype=bool), -1, sound_of_name[mains])
    some = np.flatnonzero(sound >= 0)
    key = sound[some].astype(np.uint64) * _SIGN_OF_BIGRAM ^ rows.name_marks[mains[some]]
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    number[of_place[some]] = of_place[some][first][which]
    return number


def _alone(
    names: TextRows,
    name_place: NDArray[np.int32],
    row_name: NDArray[np.int32],
    bones: NDArray[np.uint64],
) -> NDArray[np.bool_]:
    """Tell the names whose consonants no other place's names have."""
    if not len(names):
        return np.zeros(0, dtype=bool)
    of_name = np.zeros(len(names), dtype=np.uint64)
    of_name[row_name] = bones
    order = np.lexsort((name_place, of_name))
    key, place = of_name[order], name_place[order]
    run = np.cumsum(np.concatenate(([True], key[1:] != key[:-1]))[: len(key)]) - 1
    first = np.flatnonzero(rank_in_runs(run) == 0)
    last = np.append(first[1:], len(key)) - 1
    alone = np.zeros(len(names), dtype=bool)
    alone[order] = (place[first] == place[last])[run]
    alone[of_name == 0] = False
    return alone
