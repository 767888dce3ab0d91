"""The findings of a check: as data, as lines, as Markdown, and as a page beside the map."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoline.checking.verdicts import Checked, Finding

__all__ = ["markdown", "summary", "web_page"]

HEADINGS = ("Figure", "What", "Where", "Published", "The map", "Verdict", "Why", "Source")
_STYLE = """
body { font: 16px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
  color: #222; background: #fff }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem }
th, td { border-bottom: 1px solid #ccc; padding: 0.4rem 0.5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere }
.differs { font-weight: 600 }
.not-checkable { color: #666 }
@media (prefers-color-scheme: dark) {
  body { color: #e6e6e6; background: #181818 }
  th, td { border-color: #444 }
  .not-checkable { color: #aaa }
}
"""


def line(finding: Finding) -> str:
    name = finding.id or f"row {finding.row}"
    if not finding.quantity:  # a row that could not be read
        return f"{name}  {finding.verdict}: {finding.why}"
    where = f", {finding.where}" if finding.where else ""
    return (
        f"{name}  {finding.verdict}: {finding.quantity}{where}: published {finding.published}, "
        f"map {finding.computed or '–'}; {finding.why}"
    )


def summary(checked: Checked) -> str:
    """Give the score in one line."""
    rest = len(checked.findings) - checked.checkable
    if checked.score is None:
        return f"none of {rest} figures can be held against the map"
    return (
        f"{checked.agreeing} of {checked.checkable} checkable figures agree "
        f"({100 * checked.score:.0f} %); {rest} cannot be held against the map"
    )


def markdown(checked: Checked, title: str) -> str:
    """Write the findings as a Markdown table, the score above it."""
    lines = [f"# {_cell(title)}", "", summary(checked) + ".", ""]
    lines.append("| " + " | ".join(HEADINGS) + " |")
    lines.append("|" + "---|" * len(HEADINGS))
    lines += ["| " + " | ".join(map(_cell, _cells(f))) + " |" for f in checked.findings]
    return "\n".join(lines) + "\n"


def web_page(checked: Checked, title: str) -> str:
    """Write the findings as one HTML page that asks for nothing from outside."""
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADINGS)
    rows = "\n".join(
        f'<tr class="{f.verdict.replace(" ", "-")}">'
        + "".join(f"<td>{escape(cell)}</td>" for cell in _cells(f))
        + "</tr>"
        for f in checked.findings
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(title)}</h1>
<p>{escape(summary(checked))}.</p>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def _cells(finding: Finding) -> tuple[str, ...]:
    return (
        finding.id or f"row {finding.row}",
        finding.quantity,
        finding.where,
        finding.published,
        finding.computed,
        finding.verdict,
        finding.why,
        finding.source,
    )


def _cell(text: str) -> str:
    """Keep a text from ending its cell, or from being read as markup."""
    flat = " ".join(text.split()).replace("\\", "\\\\")
    for mark in "|<>[]`*_":
        flat = flat.replace(mark, f"\\{mark}")
    return flat
