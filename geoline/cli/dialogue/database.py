"""A theatre that stands in a database, for commands that read a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.errors import RequestError

if TYPE_CHECKING:
    from argparse import Namespace

__all__ = ["local_theatre"]

# Commands that add to a theatre's folder.
WRITE = frozenset({"ingest"})


def local_theatre(options: Namespace) -> str | None:
    """Give the folder of the theatre asked for; one that stands in a database is fetched.

    Raises
    ------
    RequestError
        If the database cannot be read, or the command would write to it.
    """
    named: str | None = options.theatre
    if named is None or "://" not in named:
        return named
    from geoline import postgis  # noqa: PLC0415  (for this alone)

    if not postgis.is_address(named):
        return named
    if options.command in WRITE:
        message = (
            f"{options.command} writes to a theatre's folder, not to a database; give the folder, "
            "then 'geoline export -o postgresql://…'"
        )
        raise RequestError(message)
    return str(postgis.checked_out(named))
