"""The page as a `folium.Map`, which shows itself in Jupyter and takes layers.

Folium's links to content delivery networks are left out: the page carries all that it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure
from folium.template import Template

from geoline.page.html_page import MAP_NAME, MAP_SCRIPT, Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["page"]


def page(payload: Mapping[str, Any]) -> folium.Map:
    """Make the map page of a payload.

    Parameters
    ----------
    payload
        The object that the page's scripts read (`geoline.page.payload.page_payload`).

    Returns
    -------
    folium.Map
        Shows itself in Jupyter; layers may be added to it as to any map of folium. Its root, a
        figure, renders the whole page.

    Raises
    ------
    RequestError
        If a part of the payload is missing or cannot be written as JSON.
    """
    figure = _PageFigure(Document(payload))
    south_west, north_east = payload["bounds"]
    middle = [(low + high) / 2 for low, high in zip(south_west, north_east, strict=True)]
    shown = _PageMap(location=middle)
    figure.add_child(shown)
    return shown


class _PageMap(folium.Map):
    """A map without tiles or links, drawn by the page's own scripts."""

    _template = Template(f"{{% macro script(this, kwargs) %}}{MAP_SCRIPT.strip()}{{% endmacro %}}")

    def __init__(self, location: Sequence[float]) -> None:
        super().__init__(location=location, tiles=None)
        self.default_js = []
        self.default_css = []

    def get_name(self) -> str:
        """Name the map always the same, so that the same data give the same page."""
        return MAP_NAME


class _PageFigure(Figure):
    """The page itself: what callers add to the map goes into it."""

    def __init__(self, document: Document) -> None:
        super().__init__(height="680px", width="100%")
        self._document = document
        # The template of the page carries its own; folium's would come after the policy.
        self.header._children.clear()  # noqa: SLF001  (branca has no public way)

    def render(self, **kwargs: object) -> str:
        """Render the page and seal it with its policy."""
        for child in self._children.values():
            child.render(**kwargs)
        added = len(self.script._children) > 1 or any(  # noqa: SLF001  (branca has no public way)
            child._children  # noqa: SLF001
            for child in self._children.values()
        )
        self._document.header = self.header.render(**kwargs)
        self._document.body = self.html.render(**kwargs)
        return self._document.html(self.script.render(**kwargs), all_of_leaflet=added)
