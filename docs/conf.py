"""The site of the docs (`make site`): the pages in docs and at the top, as Sphinx makes them."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "geoline"
copyright = "the geoline authors"  # noqa: A001  (Sphinx calls it so)
release = importlib.metadata.version("geoline")

# Sphinx begins at the top of the checkout, so that links between pages are those of the checkout.
root_doc = "docs/index"
include_patterns = [
    "docs/*.md", "docs/tutorials/*.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md",
    "seeds/README.md", "gazetteer/README.md",
]  # fmt: skip
exclude_patterns = [".*", "build", "dist", "geoline", "tests", "notebooks", "seeds/*/*"]
html_additional_pages = {"index": "to_docs.html"}
templates_path = ["site"]

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 3
# Flow charts are drawn where Mermaid is at hand; here they are read.
suppress_warnings = ["misc.highlighting_failure"]

napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"geoline {release}"
html_show_sourcelink = False
html_copy_source = False


# What stands for a colon while napoleon reads a property, of which it would take the words before a
# colon for the type.
COLON = "\ue000"


def setup(app: Sphinx) -> None:
    """Let the docstring of a property be text."""

    def hide(_: Sphinx, what: str, *told: object) -> None:
        lines = told[-1]
        if what in {"attribute", "property"} and isinstance(lines, list) and lines:
            lines[0] = lines[0].replace(":", COLON)

    def show(_: Sphinx, _what: str, *told: object) -> None:
        lines = told[-1]
        if isinstance(lines, list):
            lines[:] = [line.replace(COLON, ":") for line in lines]

    app.connect("autodoc-process-docstring", hide, priority=400)
    app.connect("autodoc-process-docstring", show, priority=600)
