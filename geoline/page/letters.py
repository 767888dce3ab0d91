"""Whole numbers and bytes as short plain text, for a page that carries its own data.

Numbers are written in base64 VLQ, as source maps write them (ECMA-426): five bits to a letter, the
lowest bit of a number its sign. Bytes are written thirteen bits to two of 91 printable letters, an
overhead of 23 per cent where base64 has 33. `geoline/page/scripts/loader.js` and `unpack.js` read
both.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["letters_of_bytes", "letters_of_numbers", "letters_of_steps"]

_VLQ = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
# Printable, but for what means something to HTML in a script, an attribute or a text.
_LETTERS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '<&"')
_BITS = 13


def letters_of_numbers(numbers: Iterable[int]) -> str:
    """Write whole numbers, below zero or above, as base64 VLQ.

    Examples
    --------
    >>> letters_of_numbers([0, 1, -1, 15, 16, 123])
    'ACDegB2H'
    """
    return "".join(map(_vlq, numbers))


def letters_of_steps(values: Sequence[int]) -> str:
    """Write whole numbers as the steps from each to the next, the first from 0.

    Examples
    --------
    >>> letters_of_steps([5, 6, 8]) == letters_of_numbers([5, 1, 2])
    True
    """
    return letters_of_numbers(b - a for a, b in zip([0, *values], values, strict=False))


@lru_cache(maxsize=1 << 14)
def _vlq(number: int) -> str:
    rest = (-number << 1) | 1 if number < 0 else number << 1
    letters = ""
    while rest > 31:  # noqa: PLR2004  (five bits)
        letters += _VLQ[rest & 31 | 32]
        rest >>= 5
    return letters + _VLQ[rest]


def letters_of_bytes(content: bytes) -> str:
    r"""Write bytes as printable ASCII without `<`, `&` and quotation marks.

    The text has two letters for each 13 bits begun; the bits of a byte come highest first, and the
    last pair is filled up with zeros.

    Examples
    --------
    >>> letters_of_bytes(b"")
    ''
    >>> len(letters_of_bytes(bytes(1300)))
    1600
    """
    bits = np.unpackbits(np.frombuffer(content, dtype=np.uint8))
    filled = np.append(bits, np.zeros(-len(bits) % _BITS, dtype=np.uint8))
    values = filled.reshape(-1, _BITS) @ (1 << np.arange(_BITS)[::-1])
    pairs = np.column_stack(np.divmod(values, len(_LETTERS))).ravel()
    letters: bytes = np.frombuffer(_LETTERS.encode(), dtype=np.uint8)[pairs].tobytes()
    return letters.decode()
