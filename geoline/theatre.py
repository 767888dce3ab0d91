"""A theatre as users meet it: load it, ask for a day, for what changed, for the map."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoline.cache import NO_STORE, Store
from geoline.claims import claim_record, claims_in_force
from geoline.dates import days_between, parse_day
from geoline.errors import DataError, RequestError
from geoline.libraries import gpd, pd
from geoline.postgis import is_address
from geoline.situation import Situation, TheatreAsKnown, colors_of, event_table, theatre_html
from geoline.theatre_folder import (
    BUNDLED,
    TheatreData,
    bundled,
    check_output,
    held_back,
    kept_theatre,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import folium
    from numpy.typing import NDArray

    from geoline.claims import Claim
    from geoline.control import History
    from geoline.gazetteer import Gazetteer, Place
    from geoline.notebook import DeskWidget, MapWidget
    from geoline.page import Online
    from geoline.situation import ChangeTable

__all__ = ["BUNDLED", "Theatre", "bundled", "load_theatre"]

Day = date | np.datetime64 | str
CLAIM_COLUMNS = (
    "claim_id", "place", "place_id", "about", "event", "actor", "date_start", "date_end",
    "date_precision", "published", "source", "origin", "url", "note",
)  # fmt: skip


@dataclass(slots=True)
class Theatre:
    """A theatre: its data, and every day of it.

    Parameters
    ----------
    data
        What its folder says.
    folder
        That folder, so that nothing is written over what was read; None if there is none.
    store
        Where what is computed is kept for the next run.

    Examples
    --------
    >>> theatre = load_theatre()
    >>> day = theatre.on("2020-01-29")
    >>> day.spells["maarrat-al-numan"].holder
    'government'
    """

    data: TheatreData = field(repr=False)
    folder: Path | None = field(default=None, repr=False)
    store: Store = field(default=NO_STORE, repr=False)
    _known: dict[date | None, TheatreAsKnown] = field(init=False, repr=False, default_factory=dict)

    def __repr__(self) -> str:
        data = self.data
        return (
            f"<Theatre {data.name}, {data.first_day} to {data.last_day}:"
            f" {len(data.claims)} claims, {len(data.gazetteer)} places>"
        )

    def _repr_html_(self) -> str:
        return theatre_html(self.data)

    @property
    def gazetteer(self) -> Gazetteer:
        """The places with their spellings."""
        return self.data.gazetteer

    @property
    def colors(self) -> dict[str, str]:
        """Colour of each holder, `#rrggbb`, as on the map; `contested` and `unknown` among them."""
        return colors_of(self.data)

    @property
    def claims(self) -> gpd.GeoDataFrame:
        """Every claim, one a row, EPSG:4326.

        Columns `claim_id`, `place` (as written), `place_id`, `about`, `event`, `actor`,
        `date_start`, `date_end`, `date_precision`, `published`, `source`, `origin`, `url`,
        `note`, geometry (Point; None where the place is undecided).
        """
        records = [_claim_cells(claim) for claim in self.data.claims]
        places = [self.gazetteer[r["place_id"]] if r["place_id"] else None for r in records]
        return gpd.GeoDataFrame(
            {key: [record[key] for record in records] for key in CLAIM_COLUMNS},
            geometry=_points(places),
            crs=4326,
        )

    @property
    def events(self) -> gpd.GeoDataFrame:
        """Clashes, strikes and the like, one claim a row, EPSG:4326; columns as `event_table`.

        What was corrected since, or taken back, is not among them. `events.groupby(["date_end",
        "event"]).size()` counts statements by day; `geoline.situation.event_counts` counts what
        several sources tell once.
        """
        return event_table(claims_in_force(self.data.claims, None), self.gazetteer)

    def as_known(self, known: Day | None = None) -> TheatreAsKnown:
        """Give the theatre as it was known by a day (None: as it is known now)."""
        day = None if known is None else _day(known)
        if day not in self._known:
            self._known[day] = TheatreAsKnown(self.data, day, store=self.store)
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
        return self.as_known(known).on(_day(day))

    def history(self, place: str, known: Day | None = None) -> History:
        """Tell who came to hold a place when, with what was said of each day, and why that day.

        Parameters
        ----------
        place
            Its id, or its name in any spelling.
        known
            Only what was public by this day counts; None for all that is known now.

        Raises
        ------
        RequestError
            If the name is unknown or may be several places, or nothing is said of the place.
        """
        as_known = self.as_known(known)
        place_id = place if place in self.gazetteer else self._one(place)
        told = as_known.history(place_id)
        if told is None:
            message = (
                f"nothing is said of '{place}'; theatre.claims has the places that are told of"
            )
            raise RequestError(message)
        return told

    def _one(self, name: str) -> str:
        answer = self.gazetteer.resolve(name)
        if answer.status != "resolved":
            ids = ", ".join(candidate.id for candidate in answer.candidates)
            message = (
                f"'{name}' is ambiguous; give one of {ids}"
                if answer.status == "ambiguous"
                else f"{answer.told()}; try another spelling, or an id of places.csv"
            )
            raise RequestError(message)
        return answer.candidates[0].id

    def km2(
        self, first: Day | None = None, last: Day | None = None, known: Day | None = None
    ) -> pd.DataFrame:
        """Measure who held how much ground, day by day.

        Parameters
        ----------
        first, last
            Days, both included; by default all of the theatre.
        known
            Only what was public by this day counts; None for all that is known now.

        Returns
        -------
        pandas.DataFrame
            A row a day (a `PeriodIndex` of days), a column a holder, in square kilometres
            (equal-area); 0 where it holds none. `.plot.area(color=theatre.colors)` draws it.

        Raises
        ------
        RequestError
            If a day is outside the theatre or the last is before the first.
        """
        as_known, start, end = self._span(first, last, known)
        days = days_between(start, end)
        rows = [
            dict(zip(a["holder"], a["km2"], strict=True))
            for a in (as_known.on(d).areas for d in days)
        ]
        holders = [h for h in self.colors if any(h in row for row in rows)]
        index = pd.PeriodIndex(days, freq="D", name="day")
        return pd.DataFrame(rows, index=index, columns=holders).fillna(0.0)

    def _span(
        self, first: Day | None, last: Day | None, known: Day | None
    ) -> tuple[TheatreAsKnown, date, date]:
        """Give the theatre as known, and two days of it in their order."""
        as_known, data = self.as_known(known), self.data
        start = data.first_day if first is None else as_known.on(_day(first)).day
        end = data.last_day if last is None else as_known.on(_day(last)).day
        if end < start:
            message = f"{end} is before {start}; give the earlier day first"
            raise RequestError(message)
        return as_known, start, end

    def changes(self, first: Day, last: Day, known: Day | None = None) -> ChangeTable:
        """Find what changed from the end of the first day to the end of the last.

        Parameters
        ----------
        first, last
            ISO text or date.
        known
            Only what was public by this day counts; None for all that is known now.

        Returns
        -------
        ChangeTable
            A GeoDataFrame of the places, EPSG:4326; its `km2` gives square kilometres by party,
            its `areas` the pieces of ground that changed hands, each with the claims that caused
            it.

        Raises
        ------
        RequestError
            If a day is outside the theatre or the last is before the first.
        """
        as_known, start, end = self.as_known(known), _day(first), _day(last)
        changes = as_known.changes(start, end)
        return replace(changes, areas=as_known.area_changes(start, end, changes)).table()

    def map(
        self,
        first: Day | None = None,
        last: Day | None = None,
        *,
        opening: Day | None = None,
        known: Day | None = None,
        each_evening: bool = False,
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
        each_evening
            Whether the page can also show each day as it was known at its end, which takes about
            twice the time to make.

        Raises
        ------
        RequestError
            If a day is outside the theatre, the last is before the first, or `known` and
            `each_evening` are both given.
        """
        from geoline.page import page  # noqa: PLC0415  (folium, for a page alone)

        return page(self._payload(first, last, opening, known, each_evening=each_evening))

    def _payload(
        self,
        first: Day | None = None,
        last: Day | None = None,
        opening: Day | None = None,
        known: Day | None = None,
        *,
        each_evening: bool = False,
    ) -> dict[str, Any]:
        from geoline.page import page_payload  # noqa: PLC0415  (as in `map`)

        if each_evening and known is not None:
            message = (
                "a map as known by one day cannot show what was known on each; give one of them"
            )
            raise RequestError(message)
        as_known, start, end = self._span(first, last, known)
        shown = self.data.opening_day if opening is None else as_known.on(_day(opening)).day
        return page_payload(as_known, start, end, shown, each_evening=each_evening)

    def write_map(
        self,
        path: Path,
        *,
        online: Online | None = None,
        split: bool = False,
        **options: Any,  # noqa: ANN401  (those of `map`)
    ) -> int:
        """Write the page to a file, whole or not at all; gives its size in bytes.

        `online` is what the page may do beyond showing its own; with `split` the path is a folder,
        to be published on the web: index.html and a file for each span of days (docs/page.md). The
        other options are those of `map`.

        Raises
        ------
        RequestError
            If no file can be written there, or it is one that the theatre was read from.
        """
        from geoline import page  # noqa: PLC0415  (as in `map`)

        if split:
            page.check_folder(path, self.folder)
        elif self.folder is not None:
            check_output(path, self.folder)
        payload = self._payload(**options) | (online.payload() if online else {})
        if split:
            return page.write_split(page.split_page(payload, store=self.store), path)
        return page.write_page(page.page_html(payload, store=self.store), path)

    def widget(self, day: Day | None = None, known: Day | None = None) -> MapWidget:
        """Make a live map for a notebook: its slider sets the day, a click gives a place's claims.

        Parameters
        ----------
        day
            The day shown first; by default the theatre's.
        known
            Only what was public by this day counts; None for all that is known now.

        Returns
        -------
        MapWidget
            A Jupyter widget; `day` and `place` follow the slider and the click, and move them when
            set; `situation` is that day, `claims` the claims about that place.

        Raises
        ------
        RequestError
            If a day is outside the theatre, or anywidget is not installed.
        """
        try:
            from geoline.notebook import MapWidget  # noqa: PLC0415  (an extra)
        except ImportError:
            message = "a live map needs anywidget: pip install 'geoline[jupyter]'"
            raise RequestError(message) from None
        as_known = self.as_known(known)
        shown = self.data.opening_day if day is None else _day(day)
        return MapWidget(as_known, self.claims, as_known.on(shown).day)

    def review(
        self,
        *tables: str | os.PathLike[str],
        reports: Sequence[str | os.PathLike[str]] = (),
    ) -> DeskWidget:
        """Make the desk in a notebook, on which a person decides on claims (docs/desk.md).

        Parameters
        ----------
        *tables
            Claims, as `geoline extract -o` writes them.
        reports
            Files and folders of the reports; beside the tables they are found without.

        Returns
        -------
        DeskWidget
            A Jupyter widget; `accepted` is the table that `ingest --format claims` takes, `save`
            writes it to a file.

        Raises
        ------
        DataError
            If a table cannot be used.
        RequestError
            If anywidget is not installed.
        """
        try:
            from geoline.notebook import DeskWidget  # noqa: PLC0415  (an extra)
            from geoline.review import desk_payload  # noqa: PLC0415  (for this alone)
        except ImportError:
            message = "the desk in a notebook needs anywidget: pip install 'geoline[jupyter]'"
            raise RequestError(message) from None
        read = [Path(table) for table in tables]
        return DeskWidget(desk_payload(self.data, read, reports=[Path(r) for r in reports]))


def load_theatre(
    path: str | os.PathLike[str] | None = None,
    *,
    today: date | None = None,
    cache: bool = True,
) -> Theatre:
    """Load a theatre.

    Parameters
    ----------
    path
        Its folder, or the address of a schema that `geoline export` wrote it to,
        `postgresql://USER@HOST/DATABASE?schema=NAME`; None for the bundled one, north-west Syria
        2019–20.
    today
        From which day `publish_after_days` of `theatre.toml` counts back; by default the day that
        it is (UTC). A theatre that has the key is loaded as it was known that many days ago.
    cache
        Whether what is computed of it is kept in the user's cache folder, and taken from there
        where it was computed before from the same.

    Raises
    ------
    DataError
        If the folder or a row in it cannot be used; the text names file, row and key.
    RequestError
        If all of the theatre is younger than `publish_after_days` allows, or the database cannot be
        read.
    """
    if isinstance(path, str) and is_address(path):
        from geoline.postgis import checked_out  # noqa: PLC0415  (for this alone)

        folder = checked_out(path)
    else:
        folder = bundled() if path is None else Path(path)
    if not folder.is_dir():
        raise DataError(str(path), "is no folder; give the folder that holds theatre.toml")
    store = Store(keeps=cache)
    try:
        data = kept_theatre(folder, store)
    except DataError as error:
        from geoline.postgis import fault_of_tables  # noqa: PLC0415  (for this alone)

        raise fault_of_tables(folder, error) from None
    if data.publish_after_days:
        now = today or datetime.now(tz=UTC).date()
        data = held_back(data, now - timedelta(days=data.publish_after_days))
    return Theatre(data, folder, store)


def _claim_cells(claim: Claim) -> dict[str, Any]:
    """Give a claim as a row of a table: lists as text, nothing as None."""
    record = claim_record(claim)
    record |= {key: "; ".join(record[key]) for key in ("actor", "origin")}
    return record | {key: record[key] or None for key in ("place_id", "url")}


def _points(places: Sequence[Place | None]) -> NDArray[Any]:
    """Give where places are, in longitude and latitude; None for no place."""
    points = np.full(len(places), None, dtype=object)
    known = [(number, p.lon, p.lat) for number, p in enumerate(places) if p]
    if known:
        numbers, lon, lat = zip(*known, strict=True)
        points[list(numbers)] = shapely.points(lon, lat)
    return points


def _day(day: Day) -> date:
    """Read a day; an instant (`datetime`, `pandas.Timestamp`, numpy) is taken for its day."""
    if isinstance(day, np.datetime64):
        day = day.astype("datetime64[D]").item()
    # NaT is an instant that is not itself.
    if isinstance(day, datetime) and day == day:  # noqa: PLR0124
        return day.date()
    if type(day) is date:
        return day
    try:
        return parse_day(day if isinstance(day, str) else repr(day))
    except ValueError as error:
        raise RequestError(str(error)) from None
