"""What `geoline check` answers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geoline.checking import check, line, markdown, summary, web_page
from geoline.errors import RequestError
from geoline.tables import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from geoline.situation import TheatreAsKnown

__all__ = ["check_answer"]


def check_answer(
    figures: Path, as_known: TheatreAsKnown, title: str, output: Path | None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Check a table of figures; give the findings as data and as lines, and write the report.

    Raises
    ------
    DataError
        If the file is no table of figures.
    RequestError
        If the report is to be neither .md nor .html.
    """
    forms = {".md": markdown, ".html": web_page}
    if output and output.suffix not in forms:
        message = f"'{output.name}' is neither .md nor .html; choose one of them"
        raise RequestError(message)
    checked = check(figures, as_known)
    if output:
        replace_file(output, forms[output.suffix](checked, title).encode())
    lines = [line(f) for f in checked.findings]
    return [asdict(f) for f in checked.findings], [*lines, summary(checked)]
