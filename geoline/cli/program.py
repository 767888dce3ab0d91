"""The command `geoline`: its commands, and what holds for all of them.

Exit status: 0 done; 1 done, but something asked for was unknown, ambiguous or set aside; 2 the
request cannot be carried out, with one line on standard error that says why and what to do. Whoever
closes the pipe has read enough: 0. A file in `geoline.cli.commands` is imported when its command is
typed.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from geoline import __version__
from geoline.cli.dialogue.answer import DONE, REFUSED, remark, write
from geoline.cli.dialogue.database import local_theatre
from geoline.cli.dialogue.terminal import for_stream, harmless, waiting
from geoline.errors import GeolineError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "main", "make_parser"]

# Each is a file of its name in `commands`.
COMMANDS = {
    "map": "write the map of every day as one HTML page",
    "resolve": "look place names up in the gazetteer",
    "extract": "read reports: the claims in them, each with the words it rests on",
    "review": "write the desk: a page on which a person decides on claims before they are taken",
    "ingest": "take the rows of a dataset into the theatre's ledger",
    "fold": "say who held every place when, as a table, from claims by the million",
    "status": "say who held places at the end of a day",
    "history": "tell who held a place when, on whose word, and why",
    "changes": "say what changed between the ends of two days",
    "events": "list clashes, strikes and attacks, with who tells of them",
    "highway": "say who holds which stretch of a road",
    "posts": "say how the observation posts stand",
    "check": "hold the map against published figures",
    "publish": "write a folder for the web: the page, each day as data, card and feed entry",
    "export": "write a day or a span of days for GIS and for print",
    "front": "give areas, front line and band of a day as GeoJSON",
    "cache": "say what is kept of earlier runs, or clear it",
    "new": "make the folder of a theatre of your own, from the files that you have",
}
STOPPED = 130  # as a shell says of what Ctrl-C ended
# How many objects are made until those that nobody holds any more are looked for. A long war has
# millions that live to the end, and the usual look goes through them again and again.
COLLECTED_AFTER = 100_000, 20, 20


class _Parser(argparse.ArgumentParser):
    """A parser whose refusals are one line, as all refusals of geoline are."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed, and say where it is explained."""
        line = harmless(" ".join(f"geoline: {message}; {self.prog} --help says more".split()))
        self.exit(REFUSED, for_stream(line, sys.stderr) + "\n")


class _CommandParser(_Parser):
    """The parser of one command, which takes its arguments from the command's file when asked."""

    def __init__(self, called: str, **options: Any) -> None:  # noqa: ANN401  (argparse's own)
        super().__init__(**options)
        self.called = called
        self.ready = False

    def fill(self) -> None:
        """Import the command's file, and take its arguments, once."""
        if self.ready:
            return
        self.ready = True
        command = importlib.import_module(f"geoline.cli.commands.{self.called}")
        self.set_defaults(run=command.run)
        self.add_argument(
            "--theatre",
            metavar="DIR",
            help="folder of a theatre, or postgresql://… (default: bundled)",
        )
        self.add_argument(
            "--no-cache", action="store_true", help="compute everything anew, and keep nothing"
        )
        self.add_argument(
            "--json", action="store_true", help="one JSON document on standard output"
        )
        command.arguments(self)

    def parse_known_args(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401  (as above)
        """Read what was typed after the command."""
        self.fill()
        return super().parse_known_args(*arguments, **options)


def make_parser() -> tuple[argparse.ArgumentParser, dict[str, _CommandParser]]:
    """Make the parser of the command line, and give that of each command besides."""
    parser = _Parser(
        prog="geoline",
        description="From contradicting press reports to a front-line map that can be defended.",
    )
    parser.add_argument("--version", action="version", version=f"geoline {__version__}")
    commands = parser.add_subparsers(
        title="commands",
        required=True,
        metavar="COMMAND",
        dest="command",
        parser_class=_CommandParser,
    )
    return parser, {
        name: commands.add_parser(name, called=name, help=text, description=text)
        for name, text in COMMANDS.items()
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit with its status."""
    gc.set_threshold(*COLLECTED_AFTER)
    _open_streams()
    try:
        try:
            status = _carried_out(sys.argv[1:] if arguments is None else arguments)
            sys.stdout.flush()  # here, where what goes wrong can still be said
        except SystemExit:  # help, the version, a refusal: said already
            sys.stdout.flush()
            raise
    except BrokenPipeError:
        _leave_stdout()
        status = DONE
    except (GeolineError, OSError) as error:
        status = _refused(str(error))
    except UnicodeEncodeError as error:  # a path, where the system knows no UTF-8
        status = _refused(f"'{error.object}' is no {error.encoding}; set PYTHONUTF8=1")
    except KeyboardInterrupt:
        status = _refused("stopped", STOPPED)
    sys.exit(status)


def _refused(why: str, status: int = REFUSED) -> int:
    """Say why nothing came of it, and give the exit status."""
    _leave_stdout()
    with contextlib.suppress(BrokenPipeError):
        remark(why, "red")
    return status


def _carried_out(typed: Sequence[str]) -> int:
    parser, commands = make_parser()
    if "_ARGCOMPLETE" in os.environ:
        from geoline.cli.completion import complete  # noqa: PLC0415  (only while a shell completes)

        for command in commands.values():
            command.fill()
        complete(parser)
    options = parser.parse_args([_in_unicode(argument) for argument in typed])
    with waiting(options.command) as clear:
        options.theatre = local_theatre(options)
        answer = options.run(options)
        clear()
        write(answer, as_json=options.json)
    return int(answer.status)


def _in_unicode(argument: str) -> str:
    """Read an argument as UTF-8, whatever the system's encoding.

    Raises
    ------
    RequestError
        If it is not UTF-8.
    """
    try:
        return argument.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        shown = argument.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        message = f"'{shown}' is not UTF-8; type or name it so"
        raise RequestError(message) from None


def _open_streams() -> None:
    """Let what is written to a closed stream go nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def _leave_stdout() -> None:
    """Let what is still to be written to standard output go nowhere: nobody reads it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except OSError:
        pass  # no stream of the system's, in a notebook or a test
    finally:
        os.close(nowhere)
