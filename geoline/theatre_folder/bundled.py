"""Where the bundled theatre is, in a checkout or in the installed package."""

from __future__ import annotations

from pathlib import Path

from geoline.errors import DataError

__all__ = ["BUNDLED", "bundled"]

BUNDLED = "nw-syria"


def bundled() -> Path:
    """Find the folder of the bundled theatre.

    Raises
    ------
    DataError
        If it is missing.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package / "_data", package.parent):
        folder = root / "seeds" / BUNDLED
        if folder.is_dir():
            return folder
    raise DataError(BUNDLED, "the bundled theatre is missing; install geoline again")
