"""What an edition says of the theatre and of each of its days: title, sentence, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from geoline.dates import days_between, long_day
from geoline.errors import RequestError
from geoline.page import wording_of
from geoline.situation import Chronology, day_sentence

if TYPE_CHECKING:
    from datetime import date

    from geoline.gazetteer import Place
    from geoline.situation import TheatreAsKnown

__all__ = ["Day", "Edition", "edition_of"]

# Names on a card: first those of the day, then the largest places of the map.
DAY_NAMES, OTHER_NAMES = 4, 6
LARGE = 50_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day of an edition.

    Parameters
    ----------
    told
        What happened, in a sentence or two.
    weight
        2 for a key date, 1 for a day on which something happened, else 0.
    named
        The places that a card names, the weightiest first.
    """

    day: date
    told: str
    weight: int
    named: tuple[Place, ...]

    @property
    def when(self) -> str:
        """The day in words."""
        return long_day(self.day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """A theatre as it is published on a day.

    Parameters
    ----------
    published
        The day of publication.
    url
        Where the folder will stand, ending in "/"; empty if that is not known.
    """

    as_known: TheatreAsKnown
    days: tuple[Day, ...]
    published: date
    url: str = ""

    @property
    def title(self) -> str:
        """What the map is about."""
        return self.as_known.theatre.name

    @property
    def note(self) -> str:
        """How the map came about, in a line."""
        return " ".join(self.as_known.theatre.note.split())

    def address(self, path: str) -> str:
        """Give the address of a file: absolute if it is known where the folder stands."""
        return f"{self.url}{path}"

    def urn(self, *parts: str) -> str:
        """Give a name that stays the same for ever (RFC 4122, version 5)."""
        return uuid5(NAMESPACE_URL, "/".join(("geoline", self.as_known.theatre.id, *parts))).urn


def edition_of(as_known: TheatreAsKnown, published: date, url: str = "") -> Edition:
    """Say what happened on every day.

    Raises
    ------
    RequestError
        If the address is none of the web.
    """
    theatre = as_known.theatre
    chronology = Chronology(as_known)
    wording = wording_of(as_known, theatre.languages[0])
    large = _large(as_known)
    days = []
    for day in days_between(theatre.first_day, theatre.last_day):
        told = chronology.on(day)
        places = [place for taken in told.taken for place in taken.places][:DAY_NAMES]
        others = [place for place in large if place not in places]
        days.append(
            Day(
                day=day,
                told=day_sentence(told, wording),
                weight=told.weight,
                named=(*places, *others[:OTHER_NAMES]),
            )
        )
    return Edition(as_known=as_known, days=tuple(days), published=published, url=_web(url))


def _large(as_known: TheatreAsKnown) -> list[Place]:
    """List the cities, and other large places, within what the page shows first."""
    west, south, east, north = as_known.theatre.view
    found = [
        place
        for place in as_known.theatre.gazetteer.places
        if (place.kind == "city" or (place.population or 0) >= LARGE)
        and west < place.lon < east
        and south < place.lat < north
    ]
    return sorted(found, key=lambda place: (-(place.population or 0), place.name))


def _web(url: str) -> str:
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        message = f"'{url}' is no address of a folder; give one such as https://example.org/map/"
        raise RequestError(message)
    return url.rstrip("/") + "/"
