"""Lists of words as data: TOML beside the module that reads them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

__all__ = ["word_lists"]


def word_lists(module: str, name: str) -> dict[str, Any]:
    """Read a table of words.

    Parameters
    ----------
    module
        The module's `__file__`.
    name
        Of the file beside it.
    """
    return tomllib.loads(Path(module).with_name(name).read_text(encoding="utf-8"))
