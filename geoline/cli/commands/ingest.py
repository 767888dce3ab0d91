"""`geoline ingest`: rows of a dataset into the theatre's ledger."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline import ingest, new_theatre, tables, theatre_folder
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.asked import folder_of, path_of
from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]

# Rows set aside that are shown without a report.
SHOWN = 5


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add = parser.add_argument
    add(
        "file",
        metavar="FILE",
        nargs="?",
        help="CSV, plain, .gz or .zip; Parquet; ACLED's JSON; a folder; an address such as s3://b/a.csv",
    )
    add("--format", metavar="FORM", help="acled, ucdp-ged, viina or claims")
    add("--last-known", metavar="FILE", help="polygons of who held what, from which the map starts")
    add("--as-of", metavar="DAY", help="the day at whose end that was so")
    add("--holder", metavar="COLUMN", help="the column that says whose each polygon is")
    add("--as", dest="sides", metavar="PARTY:REST", help="whose they are, and who holds the rest")
    parser.add_argument("--report", metavar="FILE", help="why each row was set aside, as CSV")
    parser.add_argument(
        "--prune",
        action="store_true",
        help="take back events of the file's days that the dataset has no more",
    )


def run(options: Namespace) -> Answer:
    """Take a file into the ledger, or a drawn line into the theatre."""
    if options.last_known:
        return _last_known(options)
    if not options.file or not options.format:
        message = "give FILE with --format FORM, or --last-known FILE with --as-of DAY"
        raise RequestError(message)
    report = path_of(options.report)
    if report:
        theatre_folder.check_output(report, folder_of(options), [Path(options.file)])
    with tempfile.TemporaryDirectory(prefix="geoline-ingest-") as scratch:
        file = tables.fetched(options.file, Path(scratch))
        done = ingest.ingest(folder_of(options), file, options.format, prune=options.prune)
    if report:
        ingest.write_report(done, report)
    parts = {
        "accepted": done.accepted,
        "set_aside": len(done.set_aside),
        "duplicates": done.duplicates,
    }
    answer: dict[str, Any] = {"read": done.read, **parts, "corrections": done.corrections}
    answer["table"] = str(done.table) if done.table else None
    answer |= {"outside": list(done.outside), "gone": [error.reason for error in done.gone]}
    answer["pruned"] = done.pruned
    lines = [
        f"{done.read} rows read: "
        + ", ".join(f"{number} {what.replace('_', ' ')}" for what, number in parts.items())
    ]
    lines += [f"  {error}" for error in done.set_aside[:SHOWN]]
    if len(done.set_aside) > SHOWN:
        lines.append(f"  and {len(done.set_aside) - SHOWN} more; --report FILE lists all")
    if done.outside:
        some = ", ".join(done.outside[:SHOWN]) + (" …" if len(done.outside) > SHOWN else "")
        lines.append(f"{len(done.outside)} of these are of days outside the theatre: {some}")
    if done.gone:
        lines.append(f"no more in the dataset, of the ledger's events: {len(done.gone)}")
        lines += [f"  {error}" for error in done.gone[:SHOWN]]
    return Answer(answer, lines, IN_PART if done.set_aside else DONE)


def _last_known(options: Namespace) -> Answer:
    """Let the map start again from a line that somebody drew."""
    if options.file or options.format:
        message = "--last-known takes no other FILE; ingest that one by itself"
        raise RequestError(message)
    folder = folder_of(options)
    asked = new_theatre.Asked(
        last_known=Path(options.last_known),
        as_of=new_theatre.Asked.day(options.as_of) if options.as_of else None,
        holder=options.holder,
        sides=new_theatre.Asked.two_sides(options.sides) if options.sides else None,
    )
    made = new_theatre.make_theatre(folder, asked)
    answer = {
        "folder": str(folder),
        "files": [path.as_posix() for path in made.files],
        "said": made.said,
        "review": made.review,
    }
    return Answer(answer, [*made.said, *(f"review {text}" for text in made.review)])
