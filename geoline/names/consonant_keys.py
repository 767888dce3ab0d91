"""Numbers under which a skeleton of consonants is filed, so that like skeletons meet.

Two skeletons meet that become the same when each loses a consonant (two, if it is long), or that
are the same in coarser classes, or there less the consonant at one place (the deletions of Garbe's
SymSpell, 2012). All are worked out array by array, and a skeleton counts with its first `LONGEST`
consonants, so that a name of any length has a bounded number of keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geoline.names.text_rows import TextRows

__all__ = ["LONGEST", "asked_keys", "listed_keys"]

# Consonants of a skeleton that are looked at.
LONGEST = 12
# From so many consonants on one, or two, may be lost; below, one alone would say nothing.
ONE_LOST, TWO_LOST, COARSE_LOST = 3, 6, 5
_BASE = np.uint64(0x100000001B3)
# Short skeletons that each lose one must lose it at the same place; those of more do not ask.
PLACED = 5
_PLACE = [np.uint64(0x5851F42D4C957F2D * n & 0xFFFFFFFFFFFFFFFF) for n in range(PLACED + 1)]
_LISTED_LESS, _COARSER = np.uint64(0x2545F4914F6CDD1D), np.uint64(0x94D049BB133111EB)
_MIX = np.uint64(0x9E3779B97F4A7C15)
# Consonants that stand for each other in some press or other.
_COARSE = np.arange(256, dtype=np.uint8)
for _letters, _class in (("xhGjk", "k"), ("dt", "t"), ("szS", "s"), ("bf", "b")):
    _COARSE[[ord(letter) for letter in _letters]] = ord(_class)


def listed_keys(bones: TextRows) -> Iterator[tuple[NDArray[np.int32], NDArray[np.uint64]]]:
    """Give the keys under which skeletons are filed: numbers of some skeletons, and a key each.

    A pair may come twice.
    """
    for of, signs in _by_length(bones):
        length = signs.shape[1]
        for keys, gone in _shorter(signs.astype(np.uint64) + np.uint64(1), _lost(length)):
            yield of, _mixed(keys, _PLACE[gone if length <= PLACED else 0])
            if gone and length <= PLACED:
                yield of, _mixed(keys, _LISTED_LESS)
        for keys, gone in _shorter(_COARSE[signs].astype(np.uint64), int(length >= COARSE_LOST)):
            yield of, _mixed(keys, _COARSER + np.uint64(gone))


def asked_keys(bones: TextRows) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """Give the keys under which skeletons that are like some are to be looked for."""
    rows = [np.zeros(0, dtype=np.int32)]
    found = [np.zeros(0, dtype=np.uint64)]
    for of, signs in _by_length(bones):
        length = signs.shape[1]
        for keys, gone in _shorter(signs.astype(np.uint64) + np.uint64(1), _lost(length)):
            # What loses the same consonant, what is this less one, what this is less one.
            salts = [_PLACE[0]]
            if length <= PLACED:
                salts.append(_PLACE[gone] if gone else _LISTED_LESS)
            for salt in salts:
                rows.append(of)
                found.append(_mixed(keys, salt))
        for keys, gone in _shorter(_COARSE[signs].astype(np.uint64), int(length >= COARSE_LOST)):
            rows.append(of)
            found.append(_mixed(keys, _COARSER + np.uint64(gone)))
    return np.concatenate(rows), np.concatenate(found)


def _by_length(bones: TextRows) -> Iterator[tuple[NDArray[np.int32], NDArray[np.uint8]]]:
    lengths = np.minimum(bones.lengths, LONGEST)
    for length in range(1, LONGEST + 1):
        of = np.flatnonzero(lengths == length).astype(np.int32)
        if len(of):
            yield of, bones.signs[bones.edges[of][:, None] + np.arange(length)]


def _mixed(keys: NDArray[np.uint64], salt: np.uint64) -> NDArray[np.uint64]:
    mixed = (keys ^ salt) * _MIX
    return mixed ^ (mixed >> np.uint64(29))


def _lost(length: int) -> int:
    return 2 if length >= TWO_LOST else 1 if length >= ONE_LOST else 0


def _shorter(signs: NDArray[np.uint64], lost: int) -> Iterator[tuple[NDArray[np.uint64], int]]:
    """Give the polynomial hash of skeletons of one length, whole and less up to `lost` signs.

    With each goes which sign it is less, counted from 1 (0: none, or two).
    """
    count, length = signs.shape
    signs = np.ascontiguousarray(signs.T)
    power = np.multiply.accumulate(np.full(length + 1, _BASE, dtype=np.uint64))
    power = np.concatenate((np.ones(1, dtype=np.uint64), power))
    # Values of the beginnings, and of the ends.
    begin = np.zeros((length + 1, count), dtype=np.uint64)
    end = np.zeros((length + 1, count), dtype=np.uint64)
    for at in range(length):
        begin[at + 1] = begin[at] * _BASE + signs[at]
    for at in range(length - 1, -1, -1):
        end[at] = end[at + 1] + signs[at] * power[length - 1 - at]
    yield begin[length], 0
    if lost:
        for gone in range(length):
            yield begin[gone] * power[length - 1 - gone] + end[gone + 1], gone + 1
    if lost > 1:
        for first in range(length):
            for second in range(first + 1, length):
                middle = begin[second] - begin[first + 1] * power[second - first - 1]
                keys = begin[first] * power[length - 2 - first]
                yield keys + middle * power[length - 1 - second] + end[second + 1], 0
