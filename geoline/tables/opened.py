"""Open the files that listings of places come in, and read them line by line.

Plain, .gz and .zip files are read as streams: a country's dump may have millions of rows. A line
that cannot be read is set aside and the next one is read; only a file of which nothing can be read
is an error.
"""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
import zlib
from collections import deque
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING, Any, TypeAlias, cast

from geoline.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Aside: TypeAlias = Callable[[DataError], None]

__all__ = ["csv_rows", "first_bytes", "load_json", "opened", "text_lines"]

# How much of a file is looked at to recognise it: more than any header or first row.
LOOKED_AT = 65_536
# How many lines one row of a CSV file may run over (quoted line breaks).
MAX_LINES_A_ROW = 20

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


def text_lines(file: IO[bytes], name: str, set_aside: Aside) -> Iterator[tuple[int, str]]:
    """Give the lines of a UTF-8 file with their numbers, unusable ones set aside.

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
            problem = "holds NUL bytes" if b"\0" in raw else ""
            try:
                text = raw.decode("utf-8").rstrip("\r\n")
            except UnicodeDecodeError:
                problem = problem or "is not UTF-8"
            if problem:
                set_aside(DataError(name, problem, row=number))
            elif text.strip():
                yield number, text
    except _BROKEN as error:
        reason = f"the file breaks off here ({_why(error)}); fetch it again"
        set_aside(DataError(name, reason, row=number + 1))


def csv_rows(
    lines: Iterable[tuple[int, str]], name: str, set_aside: Aside, *, delimiter: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a CSV file with the numbers of their first lines, bad ones set aside.

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
    """
    source = iter(lines)
    waiting: deque[tuple[int, str]] = deque()
    width = 0
    while item := waiting.popleft() if waiting else next(source, None):
        number, text = item
        taken: list[tuple[int, str]] = []
        while text.count('"') % 2 and len(taken) < MAX_LINES_A_ROW:
            more = waiting.popleft() if waiting else next(source, None)
            if more is None:
                break
            taken.append(more)
            text += "\n" + more[1]
        try:
            cells = next(csv.reader([text], delimiter=delimiter, strict=True))
            problem = ""
        except (csv.Error, StopIteration) as error:
            cells, problem = [], f"is not CSV ({error}); look for an open quotation mark"
        width = width or len(cells)
        if not problem and len(cells) != width:
            problem = f"has {len(cells)} cells, the header {width}; look for a stray comma"
        if problem:
            # One stray quotation mark must not cost the lines after it.
            waiting.extendleft(reversed(taken))
            if taken:
                problem = "has an open quotation mark"
            set_aside(DataError(name, problem, row=number))
        else:
            yield number, [cell.strip() for cell in cells]


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
            return json.loads(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise DataError(name, "is not UTF-8; save it as UTF-8") from None
        except json.JSONDecodeError as error:
            reason = f"is not JSON ({error.msg}); fetch or export it again"
            raise DataError(name, reason, row=error.lineno) from None
        except (ValueError, RecursionError):
            raise DataError(name, "is not JSON that can be read; export it again") from None
        except _BROKEN as error:
            raise DataError(name, f"breaks off ({_why(error)}); fetch it again") from None
