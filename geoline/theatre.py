"""A theatre as users meet it: load it, ask for a day, for what changed, for the map."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from geoline.bundle import BUNDLED, bundled
from geoline.dates import parse_day
from geoline.errors import DataError, RequestError
from geoline.payload import page_payload
from geoline.seeds import Seeds, read_seeds
from geoline.situation import Situation, Situations
from geoline.webmap import page, write_page

if TYPE_CHECKING:
    import os

    import folium

    from geoline.changes import ChangeTable
    from geoline.gazetteer import Gazetteer, Place

__all__ = ["BUNDLED", "Theatre", "bundled", "load_theatre"]

Day = date | str


@dataclass(slots=True)
class Theatre:
    """A theatre: its data, and every day of it.

    Parameters
    ----------
    seeds
        What its folder says.

    Examples
    --------
    >>> theatre = load_theatre()
    >>> day = theatre.on("2020-01-29")
    >>> day.spells["maarrat-al-numan"].holder
    'government'
    """

    seeds: Seeds
    _known: dict[date | None, Situations] = field(init=False, repr=False, default_factory=dict)

    @property
    def gazetteer(self) -> Gazetteer:
        """The places with their spellings."""
        return self.seeds.gazetteer

    @property
    def claims(self) -> gpd.GeoDataFrame:
        """Every claim, one a row, EPSG:4326.

        Columns `claim_id`, `place` (as written), `place_id`, `about`, `event`, `actor`,
        `date_start`, `date_end`, `date_precision`, `published`, `source`, `origin`, `url`,
        `note`, geometry (Point; None where the place is undecided).
        """
        claims = self.seeds.claims
        where: list[Place | None] = [
            self.gazetteer[c.place_id] if c.place_id else None for c in claims
        ]
        return gpd.GeoDataFrame(
            {
                "claim_id": [c.claim_id for c in claims],
                "place": [c.place for c in claims],
                "place_id": [c.place_id or None for c in claims],
                "about": [c.about for c in claims],
                "event": [c.event for c in claims],
                "actor": ["; ".join(c.actor) for c in claims],
                "date_start": [c.when.start for c in claims],
                "date_end": [c.when.end for c in claims],
                "date_precision": [c.precision for c in claims],
                "published": [c.published for c in claims],
                "source": [c.source for c in claims],
                "origin": ["; ".join(c.origins) for c in claims],
                "url": [c.url or None for c in claims],
                "note": [c.note for c in claims],
            },
            geometry=gpd.GeoSeries.from_xy(
                [p.lon if p else float("nan") for p in where],
                [p.lat if p else float("nan") for p in where],
                crs=4326,
            ).where([p is not None for p in where]),
            crs=4326,
        )

    def situations(self, known: Day | None = None) -> Situations:
        """Give the theatre as it was known by a day (None: as it is known now)."""
        day = None if known is None else _day(known)
        if day not in self._known:
            self._known[day] = Situations(self.seeds, day)
        return self._known[day]

    def on(self, day: Day, known: Day | None = None) -> Situation:
        """Give the situation at the end of a day.

        Parameters
        ----------
        day
            ISO text or date.
        known
            Only what was public by this day counts; None for all that is known now.

        Raises
        ------
        RequestError
            If a day is no day or outside the theatre.
        """
        return self.situations(known).on(_day(day))

    def changes(self, first: Day, last: Day, known: Day | None = None) -> ChangeTable:
        """Find what changed from the end of the first day to the end of the last.

        Returns
        -------
        ChangeTable
            A GeoDataFrame of the places; its `km2` gives square kilometres by party, its `areas`
            the pieces of ground that changed hands, each with the claims that caused it.

        Raises
        ------
        RequestError
            If a day is outside the theatre or the last is before the first.
        """
        whole, start, end = self.situations(known), _day(first), _day(last)
        changes = whole.changes(start, end)
        return replace(changes, areas=whole.area_changes(start, end, changes)).table()

    def map(
        self,
        first: Day | None = None,
        last: Day | None = None,
        *,
        opening: Day | None = None,
        known: Day | None = None,
    ) -> folium.Map:
        """Draw the map page; it shows itself in Jupyter.

        Parameters
        ----------
        first, last
            The days on the slider; by default all of the theatre.
        opening
            The day shown first; by default the theatre's.
        known
            Only what was public by this day counts; None for all that is known now.

        Raises
        ------
        RequestError
            If a day is outside the theatre or the last is before the first.
        """
        whole = self.situations(known)
        seeds = self.seeds
        start = seeds.first_day if first is None else whole.on(_day(first)).day
        end = seeds.last_day if last is None else whole.on(_day(last)).day
        if end < start:
            message = f"{end} is before {start}; give the earlier day first"
            raise RequestError(message)
        shown = seeds.opening_day if opening is None else whole.on(_day(opening)).day
        return page(page_payload(whole, start, end, shown))

    def write_map(self, path: Path, **options: Any) -> int:  # noqa: ANN401  (those of `map`)
        """Write the page to a file, whole or not at all; gives its size in bytes."""
        return write_page(self.map(**options), path)


def load_theatre(path: str | os.PathLike[str] | None = None) -> Theatre:
    """Load a theatre.

    Parameters
    ----------
    path
        Its folder; None for the bundled one, north-west Syria 2019–20.

    Raises
    ------
    DataError
        If the folder or a row in it cannot be used; the text names file, row and key.
    """
    folder = bundled() if path is None else Path(path)
    if not folder.is_dir():
        raise DataError(str(path), "is no folder; give the folder that holds theatre.toml")
    return Theatre(read_seeds(folder))


def _day(day: Day) -> date:
    if isinstance(day, date):
        return day
    try:
        return parse_day(day)
    except ValueError as error:
        raise RequestError(str(error)) from None
