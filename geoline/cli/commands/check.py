"""`geoline check`: the map held against published figures."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from geoline import checking, tables, theatre_folder
from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_known
from geoline.cli.dialogue.asked import folder_of, path_of, theatre_of
from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("figures", nargs="?", metavar="FIGURES", help="default: the theatre's own")
    parser.add_argument("-o", "--output", metavar="FILE", help="write a report, .md or .html")
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Check a table of figures, and write the report."""
    theatre = theatre_of(options)
    figures = path_of(options.figures) or folder_of(options) / "figures.csv"
    output = path_of(options.output)
    forms = {".md": checking.markdown, ".html": checking.web_page}
    if output and output.suffix not in forms:
        message = f"'{output.name}' is neither .md nor .html; choose one of them"
        raise RequestError(message)
    if output:
        theatre_folder.check_output(output, folder_of(options), [figures])
    checked = checking.check(figures, theatre.as_known(options.known_on))
    if output:
        title = f"{theatre.data.name}: the map and published figures"
        tables.replace_file(output, forms[output.suffix](checked, title).encode())
    findings = [asdict(finding) for finding in checked.findings]
    lines = [checking.line(finding) for finding in checked.findings]
    complete = all(finding["verdict"] != "not checkable" for finding in findings)
    return Answer(findings, [*lines, checking.summary(checked)], DONE if complete else IN_PART)
