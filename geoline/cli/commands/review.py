"""`geoline review`: claims to a desk, an offline page on which a person decides on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoline import review, theatre_folder
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.asked import folder_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add = parser.add_argument
    add("file", nargs="+", metavar="CLAIMS", help="claims, as geoline extract -o writes them")
    add("-o", "--output", metavar="FILE", help="the page; default: the first table's name, .html")
    add(
        "--reports",
        nargs="+",
        default=[],
        metavar="FILE",
        help="the reports, or a folder of them, also those without claims; default: looked for",
    )


def run(options: Namespace) -> Answer:
    """Write the desk, and say what is on it."""
    folder, tables = folder_of(options), [Path(file) for file in options.file]
    path = Path(options.output) if options.output else tables[0].with_suffix(".html")
    reports = [Path(file) for file in options.reports]
    theatre_folder.check_output(path, folder, [*tables, *reports])
    payload = review.desk_payload(
        theatre_folder.read_theatre_folder(folder), tables, reports=reports
    )
    size = review.write_desk(payload, path)
    read = payload["reports"]
    found = sum(report["text"] is not None for report in read)
    silent = sum(report["silent"] for report in read)
    claims = [c["cells"] for c in payload["claims"] if not read[c["report"]]["silent"]]
    undecided = sum(
        not cells.get("place_id") and cells.get("about", "place") == "place" for cells in claims
    )
    answer = {
        "file": str(path),
        "bytes": size,
        "claims": len(claims),
        "reports": len(read),
        "reports_found": found,
        "reports_without_claims": silent,
        "without_place": undecided,
        "unread": payload["unread"],
    }
    lines = [
        f"{path}: {len(claims)} claims of {len(read)} reports, {size:,} bytes",
        f"{undecided} without a place",
    ]
    if silent:
        lines.append(f"{silent} reports without a claim, to be looked at")
    if found < len(read):
        lines.append(
            f"the text of {len(read) - found} reports is not at hand, their sentences are shown; "
            "--reports FOLDER finds them"
        )
    lines += [f"set aside: {text}" for text in payload["unread"]]
    unlisted = sorted({r["source"] for r in read if r["source"] not in payload["sources"]})
    lines += [
        f"'{source}' is not in sources.csv; add it, then make the desk" for source in unlisted
    ]
    return Answer(answer, lines, IN_PART if payload["unread"] or unlisted else DONE)
