"""The small form of the page's payload: nothing is lost that the reader would see."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoline.errors import RequestError
from geoline.page.boundaries import pack_boundaries
from geoline.page.letters import letters_of_bytes, letters_of_numbers
from geoline.page.packing import pack

LETTERS = [chr(code) for code in range(33, 127) if chr(code) not in '<&"']
VLQ = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

Segment = tuple[tuple[int, int], tuple[int, int]]


def numbers_of(letters: str) -> list[int]:
    """Read base64 VLQ."""
    out, value, shift = [], 0, 0
    for letter in letters:
        bits = VLQ.index(letter)
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            out.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return out


@given(st.lists(st.integers(-(2**30), 2**30)))
def test_numbers_come_back(numbers: list[int]) -> None:
    """Else a place stands somewhere else, or a day becomes another."""
    assert numbers_of(letters_of_numbers(numbers)) == numbers


@given(st.binary(max_size=300))
def test_bytes_come_back_from_harmless_letters(content: bytes) -> None:
    """Else the page does not open, or its data end the element that carries them."""
    letters = letters_of_bytes(content)
    assert not set(letters) & set('<&"\r\n ')
    values = [
        LETTERS.index(a) * 91 + LETTERS.index(b)
        for a, b in zip(letters[::2], letters[1::2], strict=True)
    ]
    bits = "".join(f"{value:013b}" for value in values)[: len(content) * 8]
    assert bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)) == content


def square(row: int, column: int) -> list[tuple[int, int]]:
    """Corners of a square of a board, closed."""
    return [
        (row, column),
        (row, column + 1),
        (row + 1, column + 1),
        (row + 1, column),
        (row, column),
    ]


def flat(points: list[tuple[int, int]]) -> list[int]:
    """Write points as the page's lists of differences."""
    return np.diff(np.array(points), axis=0, prepend=0).ravel().tolist()


def odd(lines: list[list[tuple[int, int]]]) -> set[Segment]:
    """Segments that lines have an odd number of times: what an even-odd filling is bounded by."""
    count: Counter[Segment] = Counter()
    for line in lines:
        for a, b in itertools.pairwise(line):
            count[min(a, b), max(a, b)] += 1
    return {segment for segment, times in count.items() if times % 2}


BOARDS = st.lists(st.lists(st.integers(0, 3), min_size=16, max_size=16), min_size=1, max_size=5)


@given(BOARDS)
def test_arcs_give_back_every_day(days: list[list[int]]) -> None:
    """Else an area is drawn on a day when nobody held it, or a front is missing."""
    shapes: list[dict[int, list[list[tuple[int, int]]]]] = [
        {
            holder: [square(*divmod(n, 4)) for n, h in enumerate(board) if h == holder]
            for holder in set(board)
        }
        for board in days
    ]
    packed = pack_boundaries(
        [{h: [flat(r) for r in rings] for h, rings in d.items()} for d in shapes]
    )
    points = np.cumsum(np.array(packed["points"], dtype=int).reshape(-1, 2), axis=0)
    ends = np.cumsum(packed["sizes"])
    arcs = [
        [tuple(p) for p in points[e - s : e].tolist()]
        for s, e in zip(packed["sizes"], ends, strict=True)
    ]
    for day, expected in enumerate(shapes):
        masks = [dict(zip(u[::2], u[1::2], strict=True)) for u in packed["uses"]]
        now = [
            m[max((d for d in m if d <= day), default=0)] if any(d <= day for d in m) else 0
            for m in masks
        ]
        for holder in range(4):
            drawn = [
                arc for arc, use in zip(arcs, packed["use"], strict=True) if now[use] >> holder & 1
            ]
            assert odd(drawn) == odd(expected.get(holder, []))
            # Each segment once: what two shapes or two days share is not carried twice.
    every = [s for arc in arcs for s in itertools.pairwise(arc)]
    assert len({(min(s), max(s)) for s in every}) == len(every)


def test_neighbours_keep_one_boundary_when_points_are_left_out() -> None:
    """Else slivers of nobody's ground open along a front that was made simpler."""
    left = [(0, 0), (0, 10), (1, 10), (10, 10), (10, 0), (0, 0)]
    right = [(0, 10), (0, 20), (10, 20), (10, 10), (1, 10), (0, 10)]
    packed = pack_boundaries([{0: [flat(left)], 1: [flat(right)]}], tolerance=1.0)
    shared = [
        size
        for size, use in zip(packed["sizes"], packed["use"], strict=True)
        if packed["uses"][use] == [0, 3]
    ]
    assert shared == [2]


def test_a_change_that_the_status_does_not_know_is_refused() -> None:
    """Else the list of a day and the colour of the dot contradict each other unseen."""
    payload: dict[str, Any] = {
        "days": ["2020-01-28", "2020-01-29"],
        "places": [{"id": "saraqib", "name": "Saraqib", "lat": 35.86, "lon": 36.8}],
        "status": [[[0, "opposition", 0, 0, 1.0]]],
        "changes": [[], [{"place": 0, "from": "opposition", "to": "government", "claims": []}]],
    }
    with pytest.raises(RequestError, match="not in its status"):
        pack(payload)
