"""What a shell offers at the press of Tab: commands, options, and names of places and roads.

The work is argcomplete's; this says which names a theatre has. A shell learns of it by
`eval "$(register-python-argcomplete geoline)"`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import argcomplete
from argcomplete.completers import FilesCompleter, SuppressCompleter

from geoline.errors import DataError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

__all__ = ["complete", "names_of"]

# Which column of which table holds what an argument may be.
_NAMES = {"place": ("places.csv", "name"), "road": ("highways.csv", "highway")}
_SAME = {"between": "place", "near": "place", "within": "place"}
_FOLDERS = frozenset({"theatre"})
_FILES = frozenset({"file", "figures", "output", "report"})


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell that asks, and end; go on if none does."""
    for action in _actions(parser):
        kind = _SAME.get(action.dest, action.dest)
        completer: Any = SuppressCompleter()
        if kind in _NAMES:
            completer = _completer(kind)
        elif kind in _FOLDERS:
            completer = FilesCompleter(directories=True, allowednames=("toml",))
        elif kind in _FILES:
            completer = FilesCompleter()
        if not action.choices and action.nargs != 0:
            action.completer = completer  # type: ignore[attr-defined]
    argcomplete.autocomplete(parser, always_complete_options="long")


def _actions(parser: argparse.ArgumentParser) -> Iterable[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001  (argparse has no public way)
        yield action
        if isinstance(action.choices, dict):
            for sub in action.choices.values():
                yield from _actions(sub)


def _completer(kind: str) -> Any:  # noqa: ANN401  (whatever argcomplete takes)
    def offer(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
        names = names_of(kind, getattr(parsed_args, "theatre", None))
        return [name for name in names if name.casefold().startswith(prefix.casefold())]

    return offer


def names_of(kind: str, theatre: str | None = None) -> list[str]:
    """List the names that a theatre has, read without its claims so that Tab answers at once.

    Parameters
    ----------
    kind
        `place` or `road`.
    theatre
        The theatre's folder; None for the bundled one.

    Returns
    -------
    list
        The names, sorted; empty if the folder cannot be read.

    Examples
    --------
    >>> names_of("road")
    ['M4', 'M5']
    """
    import tomllib  # noqa: PLC0415

    from geoline.theatre_folder import bundled  # noqa: PLC0415

    table, column = _NAMES[kind]
    folder = Path(theatre) if theatre else bundled()
    try:
        if kind == "place":
            head = tomllib.loads((folder / "theatre.toml").read_text(encoding="utf-8-sig"))
            folder = folder / str(head.get("gazetteer", "."))
        return sorted(set(_column(folder / table, column)))
    except (OSError, ValueError, DataError):
        return []


def _column(path: Path, column: str) -> Iterator[str]:
    """Give what stands in a column of a table; rows that cannot be read are passed over."""
    from geoline.tables import csv_rows, opened, text_lines  # noqa: PLC0415

    with opened(path) as file:
        lines = text_lines(file, path.name, _pass_over, whole=True)
        rows = (cells for _, cells in csv_rows(lines, path.name, _pass_over))
        at = next(rows, [column]).index(column)
        yield from (cells[at] for cells in rows if cells[at])


def _pass_over(_: DataError) -> None:
    pass
