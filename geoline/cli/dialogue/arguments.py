"""Arguments that several commands take, and what numbers may be."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser

__all__ = [
    "add_cluster",
    "add_day",
    "add_days",
    "add_known",
    "add_processes",
    "at_least_one",
    "processes",
]


def add_day(parser: ArgumentParser) -> None:
    """Let the day be given that a command is about."""
    parser.add_argument("--on", required=True, metavar="DAY")


def add_days(parser: ArgumentParser, first: str, last: str, *, required: bool = False) -> None:
    """Let a span of days be given; `first` and `last` say what they are."""
    parser.add_argument("--from", dest="first", required=required, metavar="DAY", help=first)
    parser.add_argument("--to", dest="last", required=required, metavar="DAY", help=last)


def add_known(parser: ArgumentParser) -> None:
    """Let the day be given by which things were known."""
    parser.add_argument("--known-on", metavar="DAY", help="only what was public by this day")


def add_processes(parser: ArgumentParser) -> None:
    """Let it be said where many days are drawn."""
    parser.add_argument(
        "--processes",
        type=at_least_one,
        metavar="N",
        help="draw in N processes (default: one a core, where it is worth it)",
    )
    add_cluster(parser, "draw with N workers of Dask, or over a Dask cluster")


def add_cluster(parser: ArgumentParser, what: str) -> None:
    """Let a number of processes or a cluster be given; `what` says what is done there."""
    parser.add_argument("--cluster", type=processes, default="", metavar="N or ADDRESS", help=what)


def at_least_one(text: str) -> int:
    """Read a number of things.

    Raises
    ------
    ArgumentTypeError
        If it is no whole number, or less than 1.
    """
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        message = f"'{text}' is no number of things; give a whole number, 1 or more"
        raise ArgumentTypeError(message)
    return number


def processes(text: str) -> str:
    """Read the number of processes, or the address of a cluster, which is left as it is.

    Raises
    ------
    ArgumentTypeError
        If it is a number, but not one of processes.
    """
    return str(at_least_one(text)) if re.fullmatch(r"[-+]?[\d.]+", text) else text
