"""Open the files that listings of places come in, and read them line by line.

Plain, .gz and .zip files are read as streams: a country's dump may have millions of rows. A line
that cannot be read is set aside and the next one is read; only a file of which nothing can be read
is an error.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import zipfile
import zlib
from collections import deque
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING, Any, TypeAlias, cast

from geoline.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    Aside: TypeAlias = Callable[[DataError], None]

__all__ = ["csv_rows", "first_bytes", "load_json", "opened", "text_lines"]

# How much of a file is looked at to recognise it: more than any header or first row.
LOOKED_AT = 65_536
# How many lines one row of a CSV file may run over (quoted line breaks).
MAX_LINES_A_ROW = 20

_SEPARATOR = re.compile(r"sep=.?", re.IGNORECASE)
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, or what a .gz or .zip file holds (of an archive its largest file), as bytes.

    Raises
    ------
    DataError
        If it cannot be opened.
    """
    with ExitStack() as stack:
        try:
            file: IO[bytes] = stack.enter_context(path.open("rb"))
            magic = file.read(4)
            file.seek(0)
            if magic[:2] == b"\x1f\x8b":
                file = cast("IO[bytes]", stack.enter_context(gzip.open(file)))
            elif magic == b"PK\x03\x04":
                archive = stack.enter_context(zipfile.ZipFile(file))
                members = [info for info in archive.infolist() if not info.is_dir()]
                if not members:
                    raise DataError(path.name, "is an empty archive; fetch it again")
                if any(info.filename == "[Content_Types].xml" for info in members):
                    raise DataError(path.name, "is a workbook; save its sheet as CSV in UTF-8")
                largest = max(members, key=lambda info: info.file_size)
                file = stack.enter_context(archive.open(largest))
        except _BROKEN as error:
            raise DataError(path.name, f"cannot be opened ({_why(error)}); look at it") from None
        yield file


def first_bytes(path: Path) -> bytes:
    """Give the beginning of a file, without a byte-order mark.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    with opened(path) as file:
        try:
            return file.read(LOOKED_AT).removeprefix(b"\xef\xbb\xbf")
        except _BROKEN as error:
            raise DataError(path.name, f"breaks off ({_why(error)}); fetch it again") from None


def _why(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def text_lines(
    file: IO[bytes], name: str, set_aside: Aside, *, whole: bool = False
) -> Iterator[tuple[int, str]]:
    """Give the lines of a UTF-8 file with their numbers, unusable ones set aside.

    Only a line feed, or a carriage return before it, ends a line: U+2028, U+0085 and the like are
    text.

    Parameters
    ----------
    file, name
        The open file, and how messages call it.
    set_aside
        Takes what cannot be read.
    whole
        Whether empty lines and carriage returns stay, which a cell in quotation marks may hold.

    Raises
    ------
    DataError
        If the file is UTF-16.
    """
    number = 0
    try:
        for number, raw in enumerate(file, start=1):
            if number == 1:
                if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                    raise DataError(name, "is UTF-16; save it as UTF-8")
                raw = raw.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901
            text, problem = _decoded(raw)
            if problem:
                set_aside(DataError(name, problem, row=number))
            elif whole:
                yield number, text.removesuffix("\n")
            elif text.strip():
                yield number, text.rstrip("\r\n")
    except _BROKEN as error:
        reason = f"the file breaks off here ({_why(error)}); fetch it again"
        set_aside(DataError(name, reason, row=number + 1))


def _decoded(raw: bytes) -> tuple[str, str]:
    """Give the text of a line, or what is wrong with it."""
    if b"\0" in raw:
        return "", "holds NUL bytes; save it as UTF-8"
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        return "", "is not UTF-8; save it as UTF-8"


class _RowLines:
    """The lines that one row of a table takes, and those that it took in vain."""

    def __init__(self, lines: Iterable[tuple[int, str]], most: int | None) -> None:
        self.source = iter(lines)
        self.most = most
        self.waiting: deque[tuple[int, str]] = deque()
        self.taken: list[tuple[int, str]] = []

    def __iter__(self) -> _RowLines:
        return self

    def __next__(self) -> str:
        if self.most is not None and len(self.taken) > self.most:
            raise csv.Error
        item = self.waiting.popleft() if self.waiting else next(self.source)
        self.taken.append(item)
        return item[1] + "\n"

    def give_back(self) -> None:
        """Let all lines but the first be read again."""
        self.waiting.extendleft(reversed(self.taken[1:]))


def csv_rows(
    lines: Iterable[tuple[int, str]],
    name: str,
    set_aside: Aside,
    *,
    delimiter: str = ",",
    most_lines: int | None = MAX_LINES_A_ROW,
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a CSV file with the numbers of their first lines, bad ones set aside.

    Rows of which every cell is blank are passed over, and so is a first line ``sep=,``, which
    spreadsheets write for each other.

    Parameters
    ----------
    lines
        Lines with their numbers, from `text_lines`.
    name
        How messages call the file.
    set_aside
        Takes what cannot be read.
    delimiter
        What parts the cells; the first row says how many there are.
    most_lines
        How many more lines a row may run over than one; None for any number.
    """
    source = _RowLines(lines, most_lines)
    width = 0
    for cells, fault in _read_rows(source, delimiter):
        if not fault and (not any(cells) or (not width and _names_separator(cells))):
            continue
        width = width or len(cells)
        problem = fault or _wrong_width(cells, width)
        if problem:
            # One stray quotation mark must not cost the lines after it.
            source.give_back()
            set_aside(DataError(name, problem, row=source.taken[0][0]))
        else:
            yield source.taken[0][0], cells


def _read_rows(source: _RowLines, delimiter: str) -> Iterator[tuple[list[str], str]]:
    """Give the cells of each row, or what is wrong with it; the source holds its lines."""
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        source.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield [], _csv_problem(str(error), len(source.taken))
        else:
            yield [cell.strip() for cell in cells], ""


def _wrong_width(cells: Sequence[str], width: int) -> str:
    if len(cells) == width:
        return ""
    return f"has {len(cells)} cells, the header {width}; look for a stray comma"


def _csv_problem(error: str, lines: int) -> str:
    if lines > 1:
        return "is not CSV: it has an open quotation mark"
    if "new-line character" in error:
        return "is not CSV (a carriage return without line feed); save it with LF or CR LF"
    return f"is not CSV ({error}); look for an open quotation mark"


def _names_separator(cells: Sequence[str]) -> bool:
    return cells[0].casefold() == "sep=" if len(cells) > 1 else bool(_SEPARATOR.fullmatch(cells[0]))


def load_json(path: Path, name: str = "") -> Any:  # noqa: ANN401  (whatever the file holds)
    """Read a JSON document.

    Raises
    ------
    DataError
        If it is not UTF-8 or not JSON.
    """
    name = name or path.name
    with opened(path) as file:
        try:
            text = file.read().decode("utf-8-sig")
            if not text.strip():
                raise DataError(name, "is empty; export it again")
            return json.loads(text)
        except UnicodeDecodeError:
            raise DataError(name, "is not UTF-8; save it as UTF-8") from None
        except json.JSONDecodeError as error:
            reason = f"is not JSON ({error.msg}); fetch or export it again"
            raise DataError(name, reason, row=error.lineno) from None
        except (ValueError, RecursionError):
            raise DataError(name, "is not JSON that can be read; export it again") from None
        except _BROKEN as error:
            raise DataError(name, f"breaks off ({_why(error)}); fetch it again") from None
