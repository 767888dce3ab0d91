"""The address of a schema: a database as PostgreSQL writes it, and which schema of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from geoline.errors import RequestError

__all__ = ["Address", "is_address", "without_password"]

SCHEMES = ("postgresql://", "postgres://")
# How PostgreSQL cuts names, bytes.
LONGEST_NAME = 63
_PASSWORDS = frozenset({"password", "sslpassword"})


@dataclass(frozen=True, slots=True)
class Address:
    """A schema of a database.

    Parameters
    ----------
    uri
        Of the database, as libpq reads it, its password in it.
    schema
        Empty for the first of the search path (`public`, where nobody says otherwise).
    shown
        What messages say: without a password.
    secrets
        The passwords in it, which no message may hold.
    """

    uri: str = field(repr=False)
    schema: str
    shown: str
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, text: str) -> Address:
        """Read `postgresql://USER@HOST:PORT/DATABASE?schema=NAME`; all parts may be left out.

        Other parameters of libpq may stand beside `schema`. A password is best left to
        `~/.pgpass` or `PGPASSWORD`, where no list of processes shows it.

        Raises
        ------
        RequestError
            If it is no such address.
        """
        try:
            parts = urlsplit(text)
            said = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        except ValueError:
            _refuse(text)
        schemas = [value for key, value in said if key == "schema"]
        if len(schemas) > 1 or len((schemas or [""])[0].encode()) > LONGEST_NAME:
            _refuse(text)
        rest = [(key, value) for key, value in said if key != "schema"]
        login = parts.netloc.rpartition("@")[0].partition(":")[2]
        secrets = {login, *(value for key, value in rest if key in _PASSWORDS)} - {""}
        return cls(
            uri=urlunsplit(parts._replace(query=_query(rest))),
            schema=schemas[0] if schemas else "",
            shown=without_password(text),
            secrets=tuple(sorted(secrets | set(map(unquote, secrets)), key=len, reverse=True)),
        )

    def told(self, message: str) -> str:
        """Give a message of the database's as one line, without a password."""
        for secret in self.secrets:
            message = message.replace(secret, "…")
        return " ".join(message.split())


def is_address(text: object) -> bool:
    """Whether something is the address of a database."""
    return isinstance(text, str) and text.lower().startswith(SCHEMES)


def without_password(text: str) -> str:
    """Give an address as it may be shown and written down.

    Examples
    --------
    >>> without_password("postgresql://me:secret@db.example.org/wars?schema=karabakh")
    'postgresql://me@db.example.org/wars?schema=karabakh'
    """
    scheme, mark, rest = text.partition("://")
    authority, slash, path = rest.partition("/")
    login, at, host = authority.rpartition("@")
    whole = f"{scheme}{mark}{login.partition(':')[0]}{at}{host}{slash}{path}"
    return re.sub(r"(?<=[?&])(ssl)?password=[^&]*&?", "", whole).rstrip("?&")


def _query(said: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote(key)}={quote(value)}" for key, value in said)


def _refuse(text: str) -> NoReturn:
    message = (
        f"'{without_password(text)}' is no address of a database; write "
        "postgresql://USER@HOST/DATABASE?schema=NAME"
    )
    raise RequestError(message)
