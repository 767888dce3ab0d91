"""The desk in a notebook: the same scripts as on its page, and the accepted claims in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from geoline.errors import RequestError
from geoline.review import desk_parts
from geoline.tables import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DeskWidget"]

_SCRIPTS, _STYLES = desk_parts()
# JupyterLab takes keys for its cells, unless told that they are ours.
_RENDER = """
export default {
  render({ model, el }) {
    const root = document.createElement("div");
    root.dataset.lmSuppressShortcuts = "true";
    root.className = "in-notebook";
    el.append(root);
    openDesk(root, model.get("payload"), {
      keys: root,
      changed: (table) => {
        model.set("accepted", table);
        model.save_changes();
      },
    });
    root.addEventListener("keydown", (event) => event.stopPropagation());
  },
};
"""


class DeskWidget(anywidget.AnyWidget):
    """The desk in a notebook.

    Parameters
    ----------
    payload
        As `geoline.review.desk_payload` gives it.

    Attributes
    ----------
    accepted
        The accepted claims as CSV, as `ingest --format claims` takes it; empty while there is none.
    """

    _esm = _SCRIPTS + _RENDER
    _css = _STYLES

    payload = traitlets.Dict().tag(sync=True)
    accepted = traitlets.Unicode().tag(sync=True)

    def __init__(self, payload: Mapping[str, Any]) -> None:
        super().__init__(payload=dict(payload))

    def save(self, path: Path) -> int:
        """Write the accepted claims to a table; give how many bytes it has.

        Raises
        ------
        RequestError
            If none is accepted, or no file can be there.
        """
        if not self.accepted:
            message = "no claim is accepted yet, so there is no table to save"
            raise RequestError(message)
        content = self.accepted.encode()
        replace_file(path, content)
        return len(content)
