"""An event of a conflict dataset, before it is known whose place and which parties are meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  (dataclasses resolve it)
from typing import TYPE_CHECKING, Literal

from geoline.claims import Deaths  # noqa: TC001  (dataclasses resolve it)
from geoline.dates import DayInterval  # noqa: TC001  (dataclasses resolve it)

if TYPE_CHECKING:
    from geoline.tables import Row

__all__ = ["DatasetEvent", "Side", "coordinates"]

# Which of the actors a capture is by: the first named, the country's own government or whoever is
# not; "all" where the event is about all of them.
Side = Literal["first", "government", "others", "all"]


@dataclass(frozen=True, kw_only=True, slots=True)
class DatasetEvent:
    """What one row of a dataset says.

    Parameters
    ----------
    id
        The dataset's own id, with the dataset's name before it.
    place
        The place as the dataset writes it.
    lat, lon
        Where the dataset puts it; degrees, WGS 84.
    event
        A key of `geoline.claims.claim.EVENTS`.
    groups
        Who stood on either side, as the dataset writes it, the main actor first; each name may be a
        list parted by `actor_sep`.
    side
        Which of them the event is about.
    when, precision
        As in `geoline.claims.claim.Claim`.
    published
        Day on which the row was public, None if not known.
    source
        Id of the dataset among the sources.
    speakers
        Names of whom the dataset relies on.
    credibility
        Admiralty code of the information, 1 to 6.
    url, note
        The link, remarks.
    actor_sep
        What parts the names in one text, if anything does.
    country
        The country that the place lies in, as the dataset writes it, if it does.
    place_id
        The place as a gazetteer knows it, where the dataset says so; `lat` and `lon` may then be
        NaN.
    deaths
        The dataset's estimate of deaths, if it gives one.
    """

    id: str
    place: str
    lat: float
    lon: float
    event: str
    groups: tuple[tuple[str, ...], ...]
    side: Side
    when: DayInterval
    precision: str
    published: date | None
    source: str
    speakers: tuple[str, ...] = ()
    credibility: int = 6
    url: str = ""
    note: str = ""
    actor_sep: str = ""
    country: str = ""
    place_id: str = ""
    deaths: Deaths | None = None

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody named, in the order of the sides."""
        return tuple(name for group in self.groups for name in group if name)


def coordinates(row: Row) -> tuple[float, float]:
    """Read the columns `latitude` and `longitude`, degrees.

    Raises
    ------
    DataError
        If one is no number or outside the world, or both are 0.
    """
    lat, lon = row.number("latitude", -90, 90), row.number("longitude", -180, 180)
    if lat == lon == 0:
        raise row.fail("latitude", "and longitude are 0; the place is not known")
    return lat, lon
