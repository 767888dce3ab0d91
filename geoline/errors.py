"""The errors that geoline raises on purpose.

All of them carry one line that says what is wrong, where, and what to do::

    GeolineError
    ├── DataError        a row of a file cannot be used (file, row, key, reason)
    ├── CrsError         coordinates without a usable coordinate reference system
    └── RequestError     what was asked for cannot be carried out (unknown day, place, format …)
"""

from __future__ import annotations

__all__ = ["CrsError", "DataError", "GeolineError", "RequestError"]


# What starts a new line somewhere, as `str.splitlines` knows it.
_LINE_ENDS = {
    ord(c): c.encode("unicode_escape").decode() for c in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
}


class GeolineError(Exception):
    """Base of every error that geoline raises on purpose.

    Parameters
    ----------
    text
        What is wrong and what to do. It stays one line whatever it quotes: line ends are escaped.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text.translate(_LINE_ENDS))


class CrsError(GeolineError):
    """Coordinates came without a usable coordinate reference system; the text says the remedy."""


class RequestError(GeolineError, ValueError):
    """A request cannot be carried out; the text says why and what to do."""


class DataError(GeolineError):
    """A file of data cannot be used as it stands.

    Parameters
    ----------
    file
        Name of the file, as a reader would look for it.
    reason
        What is wrong and what to do about it, in one line.
    row
        Line of the file, counted from 1, the header being line 1. None if it is about the whole.
    key
        Column or key that is wrong, if it is one.
    """

    def __init__(
        self, file: str, reason: str, *, row: int | None = None, key: str | None = None
    ) -> None:
        self.file = file
        self.reason = reason
        self.row = row
        self.key = key
        where = file
        if row is not None:
            where += f", row {row}"
        if key is not None:
            where += f", '{key}'"
        super().__init__(f"{where}: {reason}")
