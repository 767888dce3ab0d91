"""`geoline new`: the folder of a theatre of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoline import theatre_folder
from geoline.cli.dialogue.answer import Answer
from geoline.cli.dialogue.arguments import add_days

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("name", metavar="NAME", help="the folder to make, such as my-valley")
    add_days(parser, "first day of the theatre", "last day of the theatre")


def run(options: Namespace) -> Answer:
    """Make the folder."""
    folder = Path(options.name)
    made = theatre_folder.new_theatre(folder, options.first, options.last)
    answer = {"folder": str(folder), "files": [path.as_posix() for path in made]}
    lines = [
        f"{folder}: {len(made)} files to be filled; its README.md says what goes where",
        f"then: geoline map --theatre {folder}",
    ]
    return Answer(answer, lines)
