"""An online geocoder of geopy for names that a gazetteer does not know, asked once a question.

Every answer, also that there is none, is kept in an SQLite file, so that no question is sent twice,
neither later nor by another process at the same time.
"""

from __future__ import annotations

import json
import sqlite3
import time
import unicodedata
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geopy.adapters import BaseAsyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderTimedOut, GeopyError
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location

from geoline.errors import DataError, RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Fallback"]

# Marks the cache file as ours ("geol"), and the layout of its tables.
APPLICATION, LAYOUT = 0x67656F6C, 1
# Seconds to wait for another process that has a question under way.
WAIT_S = 60.0


class Fallback:
    """An online geocoder of geopy, asked once a question; its answers are kept on disk.

    Processes that share the file ask one after the other, at most one question each
    `min_delay_seconds` between them: what public servers such as Nominatim's demand. An error is no
    answer and is not kept.

    Parameters
    ----------
    geocoder
        A geocoder of geopy, such as `Nominatim(user_agent=…)`, with its own timeout. It must not
        be asynchronous.
    cache
        The SQLite file of answers; made if there is none.
    min_delay_seconds
        Least time between two questions sent.
    options
        What is handed to its `geocode` besides the name: `{"country_codes": "sy"}`. Questions with
        other options are other questions.
    """

    def __init__(
        self,
        geocoder: Any,  # noqa: ANN401  (geopy has no types)
        *,
        cache: Path | str,
        min_delay_seconds: float = 1.0,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        if isinstance(geocoder.adapter, BaseAsyncAdapter):
            message = "an asynchronous geocoder cannot be a fallback; give one with another adapter"
            raise RequestError(message)
        self.geocoder = geocoder
        self.cache = Path(cache)
        self.min_delay_seconds = min_delay_seconds
        self.options = dict(options or {})
        server = getattr(geocoder, "api", None) or getattr(geocoder, "domain", "")
        # A key or password that a geocoder was made with is no part of the question.
        self._service = json.dumps(
            [type(geocoder).__name__, str(server), self.options],
            sort_keys=True,
            ensure_ascii=False,
            default=str,
        )

    def ask(self, query: str, *, timeout: Any = DEFAULT_SENTINEL) -> list[Location]:  # noqa: ANN401
        """Give the locations that the online geocoder has for a name, from the file if it can.

        Parameters
        ----------
        query
            The name; blanks and Unicode form make no difference.
        timeout
            Seconds to wait for an answer; by default what the geocoder was made with.

        Raises
        ------
        DataError
            If the file is no cache, or of another version.
        GeocoderQueryError
            If the name cannot be sent.
        GeocoderTimedOut
            If the server, or another process's question, takes too long.
        """
        name = " ".join(unicodedata.normalize("NFC", query).split())
        try:
            name.encode()
        except UnicodeEncodeError:
            message = "the name has half characters that no server takes"
            raise GeocoderQueryError(message) from None
        failure = None
        with self._opened() as cache:
            known = self._known(cache, name)
            if known is not None:
                return known
            # One question at a time, over all processes: the lock is held while it is asked.
            with _exclusive(cache):
                known = self._known(cache, name)
                if known is not None:
                    return known
                try:
                    found = self._send(cache, name, timeout)
                except GeopyError as error:
                    failure = error  # that it was sent, and when, is kept all the same
                else:
                    self._keep(cache, name, found)
        if failure is not None:
            raise failure
        return found

    def _send(self, cache: sqlite3.Connection, name: str, timeout: object) -> list[Location]:
        sent = cache.execute("SELECT max(sent) FROM questions").fetchone()[0] or 0.0
        wait = sent + self.min_delay_seconds - time.time()
        if wait > 0:  # never longer than the delay, should a clock have been set back
            time.sleep(min(wait, self.min_delay_seconds))
        cache.execute("DELETE FROM questions")
        cache.execute("INSERT INTO questions (sent) VALUES (?)", (time.time(),))
        found = self.geocoder.geocode(name, exactly_one=False, timeout=timeout, **self.options)
        return list(found or ())

    def _keep(self, cache: sqlite3.Connection, name: str, found: list[Location]) -> None:
        answer = [[place.address, place.latitude, place.longitude, place.raw] for place in found]
        cache.execute(
            "INSERT INTO answers (service, query, asked, answer) VALUES (?, ?, ?, ?)",
            (self._service, name, time.time(), json.dumps(answer, default=str)),
        )

    def _known(self, cache: sqlite3.Connection, name: str) -> list[Location] | None:
        row = cache.execute(
            "SELECT answer FROM answers WHERE service = ? AND query = ?", (self._service, name)
        ).fetchone()
        if row is None:
            return None
        try:
            return [Location(place, (lat, lon), raw) for place, lat, lon, raw in json.loads(row[0])]
        except (TypeError, ValueError):
            reason = f"holds a damaged answer to '{name}'; delete the file"
            raise DataError(self.cache.name, reason) from None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file, made if there is none; what is not ours is left as it is."""
        try:
            with closing(
                sqlite3.connect(self.cache, timeout=WAIT_S, isolation_level=None)
            ) as cache:
                _prepare(cache, self.cache.name)
                yield cache
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                message = f"another process keeps {self.cache.name} busy"
                raise GeocoderTimedOut(message) from None
            reason = f"cannot be used as a cache ({error}); name another file"
            raise DataError(self.cache.name, reason) from None
        except sqlite3.DatabaseError as error:
            reason = f"is no cache of answers ({error}); delete it or name another file"
            raise DataError(self.cache.name, reason) from None


def _prepare(cache: sqlite3.Connection, name: str) -> None:
    def marks() -> tuple[int, int]:
        return (
            cache.execute("PRAGMA application_id").fetchone()[0],
            cache.execute("PRAGMA user_version").fetchone()[0],
        )

    if marks() == (APPLICATION, LAYOUT):
        return
    with _exclusive(cache):
        tables = cache.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if marks() == (APPLICATION, LAYOUT):
            return
        if tables or marks() != (0, 0):
            reason = "is a cache of another version or another file; delete it or name another"
            raise DataError(name, reason)
        cache.execute(
            "CREATE TABLE answers (service TEXT NOT NULL, query TEXT NOT NULL, asked REAL NOT NULL,"
            " answer TEXT NOT NULL, PRIMARY KEY (service, query)) WITHOUT ROWID"
        )
        cache.execute("CREATE TABLE questions (sent REAL NOT NULL)")
        cache.execute(f"PRAGMA application_id = {APPLICATION}")
        cache.execute(f"PRAGMA user_version = {LAYOUT}")


@contextmanager
def _exclusive(cache: sqlite3.Connection) -> Iterator[None]:
    """Do something alone, over all processes; what an error leaves undone stays undone."""
    cache.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        cache.execute("ROLLBACK")
        raise
    cache.execute("COMMIT")
