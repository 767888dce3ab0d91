"""The answer of a command: as data and as lines, and how it is written."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.cli.dialogue.terminal import encodable, for_stream, harmless, tinted, tinted_words

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DONE", "IN_PART", "REFUSED", "Answer", "remark", "write"]

DONE, IN_PART, REFUSED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say.

    Parameters
    ----------
    data
        What `--json` writes.
    lines
        The same for a reader; None if there are no words for it, and the data are written on one
        line whether asked for or not.
    status
        Exit status: `DONE`, or `IN_PART` if something asked for was unknown, ambiguous or set
        aside.
    remarks
        What is said beside it, on standard error.
    """

    data: object
    lines: Sequence[str] | None
    status: int = DONE
    remarks: Sequence[str] = ()


def write(answer: Answer, *, as_json: bool) -> None:
    """Write an answer to standard output, and its remarks to standard error."""
    for text in answer.remarks:
        remark(text)
    if answer.lines is None:
        text = _document(answer.data, indent=None)
    elif as_json:
        text = _document(answer.data, indent=1)
    else:
        shown = (for_stream(harmless(line), sys.stdout) for line in answer.lines)
        text = "\n".join(tinted_words(line, sys.stdout) for line in shown)
    sys.stdout.write(text + "\n")


def remark(text: str, colour: str = "yellow") -> None:
    """Say one line on standard error."""
    start = "\r\x1b[K" if sys.stderr.isatty() else ""  # over what says that work goes on
    name = tinted("geoline:", colour, sys.stderr)
    line = for_stream(harmless(" ".join(text.split())), sys.stderr)
    sys.stderr.write(f"{start}{name} {line}\n")


def _document(data: object, *, indent: int | None) -> str:
    """Write JSON in the letters that standard output can take."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, default=_plain)
    if not encodable(text, sys.stdout):
        return json.dumps(data, indent=indent, default=_plain)
    return harmless(text, in_json=True)


def _plain(value: object) -> object:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    message = f"{type(value).__name__} is no JSON"
    raise TypeError(message)
