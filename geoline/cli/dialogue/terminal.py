"""What a person at a terminal sees: colours, that work goes on, and text that a terminal can take.

Colours and progress reach no file, pipe or notebook: they are for terminals, and progress goes to
standard error. `NO_COLOR` (no-color.org), `FORCE_COLOR` and `TERM=dumb` are heeded.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geoline.processes import Watch

__all__ = [
    "encodable",
    "for_stream",
    "harmless",
    "tinted",
    "tinted_words",
    "waiting",
    "watched",
    "watching",
]

T = TypeVar("T")

# Select Graphic Rendition codes (ECMA-48), of the eight colours that every terminal has.
_CODES = {"red": "31", "green": "32", "yellow": "33", "bold": "1"}
# Words of an answer that say how good it is. Sides have no colour: none of them is good or bad.
_WORDS = {
    "resolved": "green", "ambiguous": "yellow", "unknown": "red", "agrees": "green",
    "differs": "yellow", "not checkable": "red", "set aside": "yellow",
}  # fmt: skip
# What takes longer than this says so (seconds).
PATIENCE_S = 1.0
# What a terminal obeys instead of showing it: control characters (C0, DEL, C1; ESC and CSI among
# them begin the sequences of ECMA-48), separators of lines and paragraphs, and what turns the order
# of a text about (Unicode Bidirectional Algorithm, UAX 9: embeddings, overrides, isolates).
_OBEYED = r"\x7f-\x9f\u2028-\u202e\u2066-\u2069"
_IN_LINES = re.compile(rf"[\x00-\x1f{_OBEYED}]")
_IN_JSON = re.compile(f"[{_OBEYED}]")  # JSON itself escapes the others
# Signs of the answers that have an equal in ASCII.
_IN_ASCII = str.maketrans({
    "–": "-", "…": "...", "→": "->", "±": "+/-", "²": "2", "“": '"', "”": '"', "’": "'", "·": "-",
})  # fmt: skip


def harmless(text: str, *, in_json: bool = False) -> str:
    r"""Write what a terminal would obey so that it is shown instead.

    Parameters
    ----------
    text
        A line, or a JSON document.
    in_json
        Whether it is JSON, which stays the same document.

    Examples
    --------
    >>> print(harmless("a\x1b[31mb"))
    a\x1b[31mb
    """
    if in_json:
        return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _IN_LINES.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def _encoding(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"  # a StringIO has none


def encodable(text: str, stream: TextIO) -> bool:
    """Say whether a stream can take a text as it is."""
    try:
        text.encode(_encoding(stream))
    except UnicodeEncodeError:
        return False
    return True


def for_stream(text: str, stream: TextIO) -> str:
    """Write a text in the letters that a stream can take, others as their escapes."""
    if encodable(text, stream):
        return text
    encoding = _encoding(stream)
    return text.translate(_IN_ASCII).encode(encoding, "backslashreplace").decode(encoding)


def _in_colour(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def tinted(text: str, colour: str, stream: TextIO) -> str:
    """Colour a text if the stream is a terminal that shows colours.

    Parameters
    ----------
    text
        What is written.
    colour
        One of red, green, yellow and bold.
    stream
        Where it is written to.
    """
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if _in_colour(stream) else text


def tinted_words(line: str, stream: TextIO) -> str:
    """Colour the word after the first colon of a line, if it says how good an answer is."""
    head, colon, rest = line.partition(": ")
    for word, colour in _WORDS.items():
        if colon and (rest == word or rest.startswith((f"{word} ", f"{word},", f"{word}:"))):
            return f"{head}: {tinted(word, colour, stream)}{rest[len(word) :]}"
    return line


def watched(work: Iterable[T], what: str, count: int | None = None) -> Iterator[T]:
    """Go through a list; if it takes over a second, show on a terminal how far it is.

    `count` is how many there are, where the list does not say it itself.
    """
    from tqdm import tqdm  # noqa: PLC0415  (only where there is work)

    yield from tqdm(
        work,
        desc=f"geoline: {what}",
        total=count,
        unit="",
        delay=PATIENCE_S,
        disable=None,
        leave=False,
    )


def watching(what: str) -> Watch:
    """Give what shows how far work is that another begins, as `watched` does."""
    return lambda work, count: watched(work, what, count)


@contextmanager
def waiting(what: str) -> Iterator[Callable[[], None]]:
    """Say on a terminal that something goes on, once it takes over a second.

    Gives what takes the words away again; call it before anything else is written.
    """
    stream, shown = sys.stderr, threading.Event()
    said = for_stream(f"geoline: {what} …", stream)

    def show() -> None:
        print(said, end="", file=stream, flush=True)
        shown.set()

    def clear() -> None:
        timer.cancel()
        if timer.is_alive():
            timer.join()
        if shown.is_set():
            print("\r" + " " * len(said) + "\r", end="", file=stream, flush=True)
            shown.clear()

    timer = threading.Timer(PATIENCE_S, show)
    timer.daemon = True
    if stream.isatty():
        timer.start()
    try:
        yield clear
    finally:
        clear()
