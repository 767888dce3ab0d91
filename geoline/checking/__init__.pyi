from .figures.figure import read_figures
from .report import line, markdown, summary, web_page
from .verdicts import Checked, Finding, check

__all__ = ["Checked", "Finding", "check", "line", "markdown", "read_figures", "summary", "web_page"]
