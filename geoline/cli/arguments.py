"""What is typed after `geoline`: the commands, their arguments and what they say of themselves."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

from geoline import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["COMMANDS", "make_parser"]

# Arguments as `ArgumentParser.add_argument` takes them.
_DAY: tuple[tuple[str, ...], dict[str, Any]] = (("--on",), {"required": True, "metavar": "DAY"})
_KNOWN = (("--known-on",), {"metavar": "DAY", "help": "only what was public by this day"})

Argument = tuple[tuple[str, ...], dict[str, Any]]


def _days(first: str, last: str, **more: bool) -> list[Argument]:
    return [
        (("--from",), {"dest": "first", "metavar": "DAY", "help": first, **more}),
        (("--to",), {"dest": "last", "metavar": "DAY", "help": last, **more}),
    ]


COMMANDS: dict[str, tuple[str, list[Argument]]] = {
    "map": (
        "write the map of every day as one HTML page",
        [
            (
                ("-o", "--output"),
                {"metavar": "FILE", "help": "default: the theatre's .html"},
            ),
            *_days("first day on the slider", "last day on the slider"),
            (("--on",), {"metavar": "DAY", "help": "day shown first"}),
            _KNOWN,
            (
                ("--as-known",),
                {"action": "store_true", "help": "show also what was known on each day; slower"},
            ),
        ],
    ),
    "resolve": (
        "look place names up in the gazetteer",
        [
            (("text",), {"nargs": "+", "metavar": "TEXT"}),
            (("--near",), {"metavar": "PLACE", "help": "a place or LAT,LON that decides"}),
            (("--within",), {"metavar": "PCODE or PLACE", "help": "only what lies in it"}),
            (
                ("--limit",),
                {"type": int, "default": 5, "metavar": "N", "help": "candidates at most"},
            ),
        ],
    ),
    "extract": (
        "read reports: the claims in them, each with the words it rests on",
        [
            (
                ("file",),
                {"nargs": "+", "metavar": "FILE", "help": "text, HTML, or a folder of them"},
            ),
            (
                ("--published",),
                {"required": True, "metavar": "DAY", "help": "the day of publication"},
            ),
            (
                ("--source",),
                {"required": True, "metavar": "ID", "help": "whose report, as in sources.csv"},
            ),
            (
                ("-o", "--output"),
                {"metavar": "FILE", "help": "write a table to edit and ingest, .csv"},
            ),
            (
                ("--figures",),
                {"metavar": "FILE", "help": "write counts and distances for geoline check, .csv"},
            ),
            (
                ("--cluster",),
                {
                    "default": "",
                    "metavar": "N or ADDRESS",
                    "help": "read with N processes, or over a Dask cluster",
                },
            ),
            (
                ("--model",),
                {
                    "default": "",
                    "metavar": "FILE.py:FUNCTION",
                    "help": "a reader of your own beside the rules; what only it reads is flagged",
                },
            ),
        ],
    ),
    "ingest": (
        "take the rows of a dataset into the theatre's ledger",
        [
            (("file",), {"metavar": "FILE", "help": "CSV, plain, .gz or .zip"}),
            (
                ("--format",),
                {
                    "required": True,
                    "metavar": "FORM",
                    "help": "acled, ucdp-ged, viina or claims",
                },
            ),
            (("--report",), {"metavar": "FILE", "help": "why each row was set aside, as CSV"}),
            (
                ("--prune",),
                {
                    "action": "store_true",
                    "help": "take back events that the dataset has no more between the file's days",
                },
            ),
        ],
    ),
    "status": (
        "say who held places at the end of a day",
        [(("place",), {"nargs": "*", "metavar": "PLACE", "help": "default: all"}), _DAY, _KNOWN],
    ),
    "history": (
        "tell who held a place when, on whose word, and why",
        [(("place",), {"nargs": "+", "metavar": "PLACE"}), _KNOWN],
    ),
    "changes": (
        "say what changed between the ends of two days",
        [*_days("first day", "last day", required=True), _KNOWN],
    ),
    "highway": (
        "say who holds which stretch of a road",
        [
            (("road",), {"nargs": "*", "metavar": "ROAD", "help": "default: all"}),
            (("--on",), {"metavar": "DAY"}),
            *_days("a table of days, as CSV", "last day of the table"),
            (
                ("--between",),
                {"nargs": 2, "metavar": "PLACE", "help": "the road between two places"},
            ),
            _KNOWN,
        ],
    ),
    "posts": ("say how the observation posts stand", [_DAY, _KNOWN]),
    "check": (
        "hold the map against published figures",
        [
            (
                ("figures",),
                {"nargs": "?", "metavar": "FIGURES", "help": "default: the theatre's own"},
            ),
            (("-o", "--output"), {"metavar": "FILE", "help": "write a report, .md or .html"}),
            _KNOWN,
        ],
    ),
    "export": (
        "write a day or a span of days for GIS and for print",
        [
            (
                ("-o", "--output"),
                {
                    "required": True,
                    "metavar": "FILE",
                    "help": "ends in .gpkg .geojson .parquet .kml .csv .png or .svg",
                },
            ),
            (("--on",), {"metavar": "DAY", "help": "default: the theatre's opening day"}),
            *_days("every day from this one on, for GIS", "last of these days"),
            _KNOWN,
        ],
    ),
    "front": ("give areas, front line and band of a day as GeoJSON", [_DAY, _KNOWN]),
    "new": (
        "make the folder of a theatre of your own, ready to be filled",
        [
            (("name",), {"metavar": "NAME", "help": "the folder to make, such as my-valley"}),
            *_days("first day of the theatre", "last day of the theatre"),
        ],
    ),
}


class _Parser(argparse.ArgumentParser):
    """A parser whose refusals are one line, as all refusals of geoline are."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed, and say where it is explained."""
        self.exit(2, f"geoline: {message}; {self.prog} --help says more\n")


def make_parser(runs: Mapping[str, Callable[[argparse.Namespace], int]]) -> argparse.ArgumentParser:
    """Make the parser of the command line.

    Parameters
    ----------
    runs
        What carries each of `COMMANDS` out; it becomes `run` of the options.
    """
    parser = _Parser(
        prog="geoline",
        description="From contradicting press reports to a front-line map that can be defended.",
    )
    parser.add_argument("--version", action="version", version=f"geoline {__version__}")
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="COMMAND", dest="command"
    )
    for name, (text, arguments) in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=runs[name])
        sub.add_argument("--theatre", metavar="DIR", help="folder of a theatre (default: bundled)")
        sub.add_argument("--json", action="store_true", help="one JSON document on standard output")
        for flags, options in arguments:
            sub.add_argument(*flags, **options)
    return parser
