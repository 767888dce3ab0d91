"""`geoline cache`: what is kept of earlier runs, so that it need not be computed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoline import cache
from geoline.cli.dialogue.answer import Answer
from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

__all__ = ["arguments", "run"]

# Where the indices of names are, in the same folder (`geoline.names.index_file`).
NAMES = "names"


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--clear", action="store_true", help="delete all that is kept")


def run(options: Namespace) -> Answer:
    """Say how much is kept where, or delete it.

    Raises
    ------
    RequestError
        If there is no cache folder, or something in it cannot be deleted.
    """
    try:
        folder = cache.cache_folder()
    except RuntimeError as error:
        message = f"there is no cache folder: {error}; name one in XDG_CACHE_HOME"
        raise RequestError(message) from error
    store = cache.Store()
    kept: list[dict[str, Any]] = [
        {"what": one.kind, "values": one.values, "bytes": one.size}
        for one in (store.told() if folder.is_dir() else [])
    ]
    indices = [path for path in sorted((folder / NAMES).glob("*")) if path.is_file()]
    if indices:
        size = sum(path.stat().st_size for path in indices)
        kept.append({"what": "indices of names", "values": len(indices), "bytes": size})
    if options.clear:
        _clear(store, indices)
    data: dict[str, Any] = {"folder": str(folder), "kept": kept, "cleared": options.clear}
    word = "cleared" if options.clear else "kept"
    total = sum(one["bytes"] for one in kept)
    lines = [f"{folder}: {total / 1e6:,.1f} MB {word}"]
    lines += [f"{one['what']}: {one['values']:,}, {one['bytes'] / 1e6:,.1f} MB" for one in kept]
    return Answer(data, lines)


def _clear(store: cache.Store, indices: list[Path]) -> None:
    try:
        store.clear()
        for path in indices:
            path.unlink(missing_ok=True)
    except OSError as error:
        message = f"cannot delete {error.filename}: {error.strerror}; end what uses it, try again"
        raise RequestError(message) from error
