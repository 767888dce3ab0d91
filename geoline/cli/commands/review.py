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
    add("file", metavar="CLAIMS", help="a table of claims, as geoline extract -o writes it")
    add("-o", "--output", metavar="FILE", help="the page; default: the table's name with .html")
    add(
        "--reports",
        nargs="+",
        default=[],
        metavar="FILE",
        help="the reports, or a folder of them; default: looked for beside the table",
    )


def run(options: Namespace) -> Answer:
    """Write the desk, and say what is on it."""
    folder, table = folder_of(options), Path(options.file)
    path = Path(options.output) if options.output else table.with_suffix(".html")
    reports = [Path(file) for file in options.reports]
    theatre_folder.check_output(path, folder, [table, *reports])
    payload = review.desk_payload(
        theatre_folder.read_theatre_folder(folder), table, reports=reports
    )
    size = review.write_desk(payload, path)
    read = payload["reports"]
    found = sum(report["text"] is not None for report in read)
    undecided = sum(
        not claim["cells"].get("place_id") and claim["cells"].get("about", "place") == "place"
        for claim in payload["claims"]
    )
    answer = {
        "file": str(path),
        "bytes": size,
        "claims": len(payload["claims"]),
        "reports": len(read),
        "reports_found": found,
        "without_place": undecided,
        "unread": payload["unread"],
    }
    lines = [
        f"{path}: {len(payload['claims'])} claims of {len(read)} reports, {size:,} bytes",
        f"{undecided} without a place",
    ]
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
