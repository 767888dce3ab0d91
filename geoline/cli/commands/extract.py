"""`geoline extract`: reports to claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoline import extraction, tables, theatre_folder
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_cluster
from geoline.cli.dialogue.asked import folder_of, path_of, theatre_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add = parser.add_argument
    add(
        "file",
        nargs="+",
        metavar="FILE",
        help="text, HTML, Parquet with a column text, a folder of them, or an address such as s3://b/reports/",
    )
    add("--published", required=True, metavar="DAY", help="the day of publication")
    add("--source", required=True, metavar="ID", help="whose report, as in sources.csv")
    add("-o", "--output", metavar="FILE", help="write a table to edit and ingest, .csv")
    add("--figures", metavar="FILE", help="write counts and distances for geoline check, .csv")
    add_cluster(parser, "read with N processes, or over a Dask cluster")
    add(
        "--model",
        default="",
        metavar="FILE.py:FUNCTION",
        help="a reader of your own beside the rules; what only it reads is flagged",
    )


def run(options: Namespace) -> Answer:
    """Read the reports."""
    read = [Path(file) for file in options.file if not tables.is_remote(file)]
    output, figures = path_of(options.output), path_of(options.figures)
    if output:
        theatre_folder.check_output(output, folder_of(options), [*read, figures])
    if figures:
        theatre_folder.check_output(figures, folder_of(options), [*read, output])
    claims, lines, complete = extraction.extract_answer(
        theatre_of(options).data,
        folder_of(options),
        options.file,
        published=options.published,
        source=options.source,
        output=output,
        figures=figures,
        cluster=options.cluster,
        model=options.model,
    )
    return Answer(claims, lines, DONE if complete else IN_PART)
