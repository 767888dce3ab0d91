"""Inputs that go wrong: valid ones, changed as people, programs and power cuts change them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

__all__ = ["MOST_BYTES", "mutated"]

# A door answers within a second of processor time for what is smaller than this.
MOST_BYTES = 64_000

# What people and programs put into cells, and what readers of text, tables and markup trip over.
TOKENS: Sequence[bytes] = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        "", " ", "\t", "\n", "\r", "\r\n", "\0", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e",
        "\x1b[31m", "\x7f", "\x85", "\xa0", "\u2028", "\u2029", "\ufeff", "\u200b", "\u200f",
        "\u202e", "\ufffd", "\ud800", "\U0001f5fa", "ﻻ", "סערה", "Арича", "မြို့", "ሰላም", "سراقب",
        "١٢", "İı", "ß", "\u0301" * 40, '"', '""', "'", ",", ";", "|", "\\", "/", "..", "../../x",
        "=1+1", "+1", "-1", "@a", "%s", "{}", "${x}", "`", "<", "</script>", "<!--", "<pre>",
        "<ul><li>", "&amp;", "&#0;", "]]>", "#", "_", "0", "-0", "1e999", "-1e999", "nan", "NaN",
        "inf", "Infinity", "null", "None", "true", "99999999", "123456789012345678901234567890",
        "0x10", "1_000", "1.5.5", "91", "-91", "181", "360", "45,10", "0001-01-01", "0000-00-00",
        "9999-12-31", "2024-02-30", "02-May-20", "2567-05-01", "1445-10-22", "1403-02-12",
        "2020-01-29T00:00:00Z", "29/01/2020", "01/29/2020", "29 January 2020", "2020", "2020-01",
        "yesterday", "20 km south of", "between and", "north of north of", "km 0", "M5",
        "captured", "north", "south", "unknown", "contested", "retracted", "ford", "c1",
        "a" * 700, "ab " * 300, "(" * 200, "[" * 200, '{"a":' * 200, "../" * 100,
    )
)  # fmt: skip
_PARTS = re.compile(rb"[\n,;\t :\[\]{}<>\"']")


def mutated(valid: bytes, random: Random, others: Sequence[bytes] = ()) -> bytes:
    """Change an input at one to six places.

    Parameters
    ----------
    valid
        What the door takes.
    random
        Decides; the same state gives the same input.
    others
        More inputs of the door, parts of which may be put in.

    Returns
    -------
    bytes
        At most `MOST_BYTES`.
    """
    data = valid
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        data = random.choice(_WAYS)(data, random, others)
    return data[:MOST_BYTES]


def _token(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(TOKENS) + data[at:]


def _cell(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Put another value in place of what stands between two signs."""
    marks = [0, *(m.end() for m in _PARTS.finditer(data)), len(data)]
    number = random.randrange(len(marks) - 1)
    start, end = marks[number], max(marks[number], marks[number + 1] - 1)
    return data[:start] + random.choice(TOKENS) + data[end:]


def _bytes(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + random.choice((0, 1)) :]


def _cut(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, end = sorted(random.randint(0, len(data)) for _ in range(2))
    return data[:start] if random.random() < 0.3 else data[:start] + data[end:]


def _line(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Say a line twice, leave it out, or put it elsewhere."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    way = random.randrange(3)
    line = lines[at]
    if way:
        del lines[at]
    if way != 1:
        lines.insert(random.randint(0, len(lines)), line)
    return b"\n".join(lines)


def _again(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Say a part many times."""
    start = random.randint(0, len(data))
    part = data[start : start + random.choice((1, 5, 40))]
    times = random.choice((2, 30, 400))
    return data[:start] + part * times + data[start:]


def _splice(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    other = random.choice(others) if others else data
    at, start = random.randint(0, len(data)), random.randint(0, len(other))
    return data[:at] + other[start : start + random.choice((10, 100, 1000))] + data[at:]


def _encoding(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    name = random.choice(("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp1256", "utf-32"))
    return text.encode(name, "replace")


_WAYS = (
    _token,
    _token,
    _cell,
    _cell,
    _cell,
    _cell,
    _bytes,
    _bytes,
    _cut,
    _line,
    _again,
    _splice,
    _encoding,
)
