"""What a person at a terminal sees besides the answer: colours, and that work goes on.

Nothing of it reaches a file, a pipe or a notebook: colours and progress are for terminals, progress
goes to standard error. `NO_COLOR` (no-color.org), `FORCE_COLOR` and `TERM=dumb` are heeded.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["tinted", "tinted_words", "waiting", "watched"]

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


def watched(work: Sequence[T], what: str) -> Iterator[T]:
    """Go through a list; if it takes over a second, show on a terminal how far it is."""
    from tqdm import tqdm  # noqa: PLC0415  (only where there is work)

    yield from tqdm(
        work, desc=f"geoline: {what}", unit="", delay=PATIENCE_S, disable=None, leave=False
    )


@contextmanager
def waiting(what: str) -> Iterator[Callable[[], None]]:
    """Say on a terminal that something goes on, once it takes over a second.

    Gives what takes the words away again; call it before anything else is written.
    """
    stream, said, shown = sys.stderr, f"geoline: {what} …", threading.Event()

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
