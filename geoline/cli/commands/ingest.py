"""`geoline ingest`: rows of a dataset into the theatre's ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoline import ingest, theatre_folder
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.asked import folder_of, path_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]

# Rows set aside that are shown without a report.
SHOWN = 5


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", metavar="FILE", help="CSV, plain, .gz or .zip")
    parser.add_argument(
        "--format", required=True, metavar="FORM", help="acled, ucdp-ged, viina or claims"
    )
    parser.add_argument("--report", metavar="FILE", help="why each row was set aside, as CSV")
    parser.add_argument(
        "--prune",
        action="store_true",
        help="take back events of the file's days that the dataset has no more",
    )


def run(options: Namespace) -> Answer:
    """Take a file into the ledger."""
    file, report = Path(options.file), path_of(options.report)
    if report:
        theatre_folder.check_output(report, folder_of(options), [file])
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
