"""What files of conflict data tell of: actors, places, sources, days; no theatre is needed."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.errors import DataError
from geoline.ingest import DATASETS, check_header, file_rows
from geoline.new_theatre.groups import group_of
from geoline.new_theatre.world import world

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from geoline.ingest import DatasetEvent
    from geoline.tables import Row

__all__ = ["Site", "Told"]

# Columns with the actors of a row, first those that the event is about.
ACTORS = {
    "acled": ("actor1", "actor2"),
    "ucdp-ged": ("side_a", "side_b"),
}
WITH_THEM = {"acled": ("assoc_actor_1", "assoc_actor_2")}
SEPARATORS = {"acled": ";", "ucdp-ged": ","}
# Events that say whose ground it is.
TAKES = {"captured", "recaptured"}
GROUND = {"captured", "recaptured", "transferred", "contested", "entered", "lost", "withdrew"}


@dataclass(frozen=True, slots=True)
class Site:
    """A place as a dataset has it: what it calls it, where it puts it, and its id if it has one."""

    name: str
    lat: float
    lon: float
    place_id: str = ""


@dataclass(slots=True)
class Told:
    """What all files together tell of.

    Parameters
    ----------
    sites
        How often each place is told of.
    names
        How often each name of an actor stands in rows.
    ground
        How often each takes or loses ground, or is inside.
    sources
        Names of who is cited, by number of rows.
    by_id
        Actors and sources that rows of the project's own form name by id.
    countries
        What the rows say that their country is.
    lost
        For each place its first change of hands: the day, and the name of who lost it, empty if
        the row does not say.
    first, last
        Days; None without rows.
    read, unusable
        Rows, and those that say nothing that is used.
    faults
        The reasons, by number of rows.
    """

    sites: Counter[Site] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    ground: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    own_actors: Counter[str] = field(default_factory=Counter)
    own_sources: Counter[str] = field(default_factory=Counter)
    own_ground: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    lost: dict[Site, tuple[date, str]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    read: int = 0
    unusable: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def hear(self, path: Path, form: str) -> None:
        """Read a file.

        Raises
        ------
        DataError
            If it is no file of its form, or not one row of it can be used.
        """
        before = self.read - self.unusable
        first_fault: DataError | None = None

        def aside(error: DataError) -> None:
            nonlocal first_fault
            first_fault = first_fault or error
            self.read += 1
            self.unusable += 1
            self.faults[f"'{error.key}' {error.reason}" if error.key else error.reason] += 1

        checked: object = None
        for header, row in file_rows(path, form, aside):
            if header is not checked:
                check_header(path.name, header, form)
                checked = header
            if not row.cells:
                continue
            try:
                self._row(row, form)
                self.read += 1
            except DataError as error:
                aside(error)
        if first_fault is not None and self.read - self.unusable == before:
            raise first_fault

    def _row(self, row: Row, form: str) -> None:
        if form not in DATASETS:
            self._own(row)
            return
        event = DATASETS[form].read(row)
        site = Site(event.place, event.lat, event.lon, event.place_id)
        self.sites[site] += 1
        if event.event in TAKES:
            day = event.when.start or event.when.end
            if site not in self.lost or day < self.lost[site][0]:
                self.lost[site] = day, _loser(event)
        self._day(event.when.start or event.when.end)
        self._day(event.when.end)
        self.sources.update(event.speakers)
        if row.optional("country"):
            self.countries[row.optional("country")] += 1
        on_ground = event.event in GROUND
        for name in _actors(row, form, event):
            self.names[name] += 1
            if on_ground:
                self.ground[name] += 1
        for key in WITH_THEM.get(form, ()):
            self.names.update(_parts(row.optional(key), SEPARATORS[form]))

    def _own(self, row: Row) -> None:
        """Hear a row of the project's own form, whose actors and sources are ids."""
        actors = row.many("actor") or (row.text("actor"),)
        self.own_actors.update(actors)
        if row.text("event") in GROUND:
            self.own_ground.update(actors)
        self.own_sources.update([row.text("source"), *row.many("origin")])
        end = row.day("date_end")
        self._day(row.optional_day("date_start") or end)
        self._day(end)
        if (row.optional("about") or "place") != "place":
            return
        where = (math.nan, math.nan)
        if row.optional("lat") and row.optional("lon"):
            where = row.number("lat", -90, 90), row.number("lon", -180, 180)
        self.sites[Site(row.text("place"), *where, row.optional("place_id"))] += 1

    def _day(self, day: date) -> None:
        self.first = day if self.first is None or day < self.first else self.first
        self.last = day if self.last is None or day > self.last else self.last


def _loser(event: DatasetEvent) -> str:
    """Give the name of who lost a place to whom the event is about; empty if that is not said."""
    mains = [group[0] for group in event.groups if group and group[0]]
    if len(mains) != 2 or event.side not in {"government", "others"}:  # noqa: PLR2004  (two sides)
        return ""
    country = world().find(event.country) if event.country else None
    groups = [group_of(name) for name in mains]
    own = [g is not None and country is not None and g.country == country.code for g in groups]
    if country is None:
        own = [g is not None and g.state for g in groups]
    if sum(own) != 1:
        return ""
    return mains[own.index(event.side == "others")]


def _actors(row: Row, form: str, event: DatasetEvent) -> Iterable[str]:
    if form not in ACTORS:
        return event.actors
    separator = SEPARATORS[form]
    return [n for key in ACTORS[form] for n in _parts(row.optional(key), separator)]


def _parts(text: str, separator: str) -> list[str]:
    """Part a list of names; those that are no side of a conflict are left out."""
    names = [part.strip() for part in text.split(separator)]
    return [name for name in names if name and group_of(name) is not None]
