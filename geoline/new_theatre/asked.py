"""What is asked of a new theatre: its days, countries and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.dates import parse_day
from geoline.errors import RequestError
from geoline.ingest import FORMATS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

__all__ = ["Asked"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is asked of a theatre's folder.

    Parameters
    ----------
    first, last
        Days; those of the data if None.
    countries
        ISO 3166 codes or English names.
    regions
        A file of polygons that the areas are drawn on, in place of the countries'.
    places
        Listings of places, of any kind that `read_listing` knows.
    data
        Files of conflict data, each with its form, one of `geoline.ingest.FORMATS`.
    last_known
        A file of polygons: who held what ground at the end of `as_of`.
    as_of
        That day.
    holder
        The column of `last_known` that names who holds each polygon.
    sides
        In its place: the party whose the polygons are, and the one that holds the rest ("" for
        nobody).

    Raises
    ------
    RequestError
        If a form is unknown or `last_known` comes without its day.
    """

    first: date | None = None
    last: date | None = None
    countries: tuple[str, ...] = ()
    regions: Path | None = None
    places: tuple[Path, ...] = ()
    data: tuple[tuple[Path, str], ...] = ()
    last_known: Path | None = None
    as_of: date | None = None
    holder: str | None = None
    sides: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        for path, form in self.data:
            if form not in FORMATS:
                message = f"no form '{form}' ({path.name}); there are {', '.join(FORMATS)}"
                raise RequestError(message)
        if self.first and self.last and self.last < self.first:
            message = f"{self.last} is before {self.first}; give the earlier day first"
            raise RequestError(message)
        if self.last_known is not None and self.as_of is None:
            message = "say of which day the last known line is: --as-of YYYY-MM-DD"
            raise RequestError(message)
        if self.last_known is None and (self.as_of or self.holder or self.sides):
            message = "--as-of, --holder and --as speak of --last-known FILE; give it too"
            raise RequestError(message)
        if self.holder and self.sides:
            message = "give --holder COLUMN or --as PARTY:REST, not both"
            raise RequestError(message)

    @property
    def nothing(self) -> bool:
        """Whether no file and no country is given."""
        files = (self.countries, self.places, self.data)
        return not any(files) and self.regions is None and self.last_known is None

    @staticmethod
    def day(text: str) -> date:
        """Read a day.

        Raises
        ------
        RequestError
            If it is none.
        """
        try:
            return parse_day(text)
        except ValueError as error:
            raise RequestError(str(error)) from None

    @staticmethod
    def two_sides(text: str) -> tuple[str, str]:
        """Read PARTY:REST.

        Raises
        ------
        RequestError
            If there is no colon, or no party before it.
        """
        party, colon, rest = (part.strip() for part in text.partition(":"))
        if not colon or not party or party == rest:
            message = f"'{text}' is not PARTY:REST, such as RU:UA; give both sides"
            raise RequestError(message)
        return party, rest
