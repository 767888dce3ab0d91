"""What an edition says of the theatre and of each of its days: title, sentence, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from geoline.dates import days_between
from geoline.errors import RequestError
from geoline.export import card_texts
from geoline.page import wording_of
from geoline.situation import Chronology, day_sentence

if TYPE_CHECKING:
    from datetime import date

    from geoline.export import CardTexts
    from geoline.situation import TheatreAsKnown

__all__ = ["Day", "Edition", "edition_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day of an edition.

    Parameters
    ----------
    told
        What happened, in a sentence or two.
    weight
        2 for a key date, 1 for a day on which something happened, else 0.
    card
        What stands on its card.
    """

    day: date
    told: str
    weight: int
    card: CardTexts

    @property
    def when(self) -> str:
        """The day in words."""
        return self.card.when

    @property
    def end(self) -> date:
        """The day at whose beginning, UTC, it is over."""
        return self.day + timedelta(days=1)


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
    def language(self) -> str:
        """What it is written in: the first language of the theatre (ISO 639-1)."""
        return self.as_known.theatre.languages[0]

    @property
    def title(self) -> str:
        """What the map is about."""
        return self.days[0].card.title

    @property
    def note(self) -> str:
        """How the map came about, in a line."""
        return self.days[0].card.below

    def address(self, path: str) -> str:
        """Give the address of a file: absolute if it is known where the folder stands."""
        return f"{self.url}{path}"

    def urn(self, *parts: str) -> str:
        """Give a name that stays the same for ever (RFC 4122, version 5)."""
        return uuid5(NAMESPACE_URL, "/".join(("geoline", self.as_known.theatre.id, *parts))).urn


def edition_of(as_known: TheatreAsKnown, published: date, url: str = "") -> Edition:
    """Say what happened on every day.

    Without a `url` the theatre's own address is taken; of a page in a folder, the folder's.

    Raises
    ------
    RequestError
        If the address is none of the web.
    """
    theatre = as_known.theatre
    address = _web(url or theatre.url)
    chronology = Chronology(as_known)
    weightiest = chronology.weightiest()
    wording = wording_of(as_known, theatre.languages[0])
    days = []
    for day in days_between(theatre.first_day, theatre.last_day):
        told = chronology.on(day)
        days.append(
            Day(
                day=day,
                told=day_sentence(told, wording),
                weight=told.weight,
                card=card_texts(as_known, told, weightiest, wording),
            )
        )
    return Edition(as_known=as_known, days=tuple(days), published=published, url=address)


def _web(url: str) -> str:
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        message = f"'{url}' is no address of a folder; give one such as https://example.org/map/"
        raise RequestError(message)
    *folders, last = parts.path.split("/")
    # Of a page in it: "map.html".
    path = "/".join(folders if "." in last else parts.path.rstrip("/").split("/"))
    return f"{parts.scheme}://{parts.netloc}{path}/"
