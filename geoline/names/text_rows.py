"""Texts by the million in two arrays: their signs one after the other, and where each begins.

Rows of signs come in and go out without a Python object a row; the index of spellings is made of
them and kept on disk as they are. It imports nothing of the project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

__all__ = ["TextRows", "hashed_texts", "ranges", "rank_in_runs", "word_edges", "word_rows"]

BLANK = 32
# Texts numbered at once.
_AT_ONCE = 100_000
_ZERO = np.zeros(1, dtype=np.uint64)
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)


class TextRows(NamedTuple):
    """Texts in rows: signs (uint8), and edges (texts + 1) of the rows in them."""

    signs: NDArray[np.uint8]
    edges: Numbers

    @classmethod
    def of_lines(cls, lines: str, count: int, encoding: str = "ascii") -> TextRows:
        """Take `count` texts parted by line feeds."""
        if not count:
            return cls(np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64))
        signs = np.frombuffer(lines.encode(encoding), dtype=np.uint8)
        return cls.of_signs(signs)

    @classmethod
    def of_signs(cls, signs: NDArray[np.uint8], *, line_feed: int = 10) -> TextRows:
        """Take texts parted by a sign that is in none."""
        feeds = np.flatnonzero(signs == line_feed)
        edges = np.concatenate(([0], feeds - np.arange(len(feeds)), [len(signs) - len(feeds)]))
        return cls(np.delete(signs, feeds), edges.astype(np.int64))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Signs of each text."""
        return np.diff(self.edges).astype(np.int64)

    def __len__(self) -> int:
        """Texts."""
        return len(self.edges) - 1

    def take(self, rows: Numbers) -> TextRows:
        """Give some of the texts, in the order asked for."""
        return self.cut(self.edges[rows], self.edges[rows + 1])

    def cut(self, starts: Numbers, ends: Numbers) -> TextRows:
        """Give texts by where they start and end among the signs."""
        lengths = np.maximum(ends - starts, 0)
        edges = np.concatenate(([0], np.cumsum(lengths)))
        return TextRows(self.signs[ranges(starts, lengths)], edges)

    def texts(self, rows: Numbers, encoding: str = "ascii") -> list[str]:
        """Give some of the texts as Python's."""
        starts, ends = self.edges[rows].tolist(), self.edges[rows + 1].tolist()
        signs = self.signs
        return [
            signs[start:end].tobytes().decode(encoding)
            for start, end in zip(starts, ends, strict=True)
        ]

    def lines(self, rows: Numbers) -> str:
        """Give some of the texts, in ASCII, parted by line feeds."""
        starts = self.edges[rows]
        lengths = self.edges[rows + 1] - starts + 1
        if not len(self.signs):  # all are empty
            return "\n" * max(0, len(starts) - 1)
        text = self.signs[np.minimum(ranges(starts, lengths), len(self.signs) - 1)]
        text[np.cumsum(lengths) - 1] = 10
        return text.tobytes().decode("ascii")[:-1]

    def hashed(self) -> NDArray[np.uint64]:
        """Give a number a text that no other text is likely to have."""
        found = np.zeros(len(self), dtype=np.uint64)
        longest = int(self.lengths.max(initial=0))
        powers = np.multiply.accumulate(np.full(longest + 1, _BASE, dtype=np.uint64))
        for start in range(0, len(self), _AT_ONCE):
            edges = self.edges[start : start + _AT_ONCE + 1].astype(np.int64)
            signs = self.signs[edges[0] : edges[-1]]
            edges -= edges[0]
            at = np.arange(len(signs)) - np.repeat(edges[:-1], np.diff(edges))
            terms = (signs.astype(np.uint64) + np.uint64(1)) * powers[at]
            total = np.concatenate((_ZERO, np.cumsum(terms, dtype=np.uint64)))
            found[start : start + _AT_ONCE] = total[edges[1:]] - total[edges[:-1]]
        mixed: NDArray[np.uint64] = (found ^ (found >> np.uint64(32))) * _MIX
        return mixed


def hashed_texts(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Give numbers for texts, as `TextRows.hashed` of their UTF-8."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    edges = np.concatenate(([0], np.cumsum([len(text) for text in encoded], dtype=np.int64)))
    return TextRows(
        np.frombuffer(b"".join(encoded), dtype=np.uint8), edges.astype(np.int64)
    ).hashed()


def ranges(starts: Numbers, lengths: Numbers) -> NDArray[np.int64]:
    """Count up from each start, as often as its length says, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    offsets: NDArray[np.int64] = np.arange(total) + np.repeat(starts - ends + lengths, lengths)
    return offsets


def rank_in_runs(key: Numbers) -> NDArray[np.intp]:
    """Count from 0 within each run of equal numbers."""
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(new)
    return np.arange(len(key)) - starts[np.cumsum(new) - 1] if len(key) else starts


def word_edges(texts: TextRows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tell where the words of texts start and end; texts neither begin nor end with a blank."""
    some = texts.lengths > 0
    blanks = np.flatnonzero(texts.signs == BLANK)
    starts, ends = (np.zeros(len(texts.signs) + 1, dtype=bool) for _ in range(2))
    starts[blanks + 1] = True
    starts[texts.edges[:-1][some]] = True
    ends[blanks] = True
    ends[texts.edges[1:][some]] = True
    return np.flatnonzero(starts), np.flatnonzero(ends)


def word_rows(texts: TextRows) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Give the numbers of the words of texts, and where each text's begin (texts + 1)."""
    starts, ends = word_edges(texts)
    return texts.cut(starts, ends).hashed(), np.searchsorted(starts, texts.edges)
