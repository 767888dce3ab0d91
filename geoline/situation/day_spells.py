"""Who held each place at the end of a day, found for all places at once and looked up when asked.

A day is a row of numbers of spells: a long war of many places has thousands of days in memory, each
as small as that.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from geoline.holder import CONTESTED, UNKNOWN

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from geoline.control import Spell

    Numbers = npt.NDArray[np.int64]

__all__ = ["DaySpells", "ShownHolders", "SpellTable"]

# More days than there are in a calendar: a day and a place are one number.
_DAYS = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class ShownHolders:
    """Who is shown to hold some places: the same to the last bit where the same is shown.

    Parameters
    ----------
    names
        Those who hold any of them, in their order: `contested`, "" where it is not known.
    numbers
        (places,), the number of each place's among these.
    """

    names: tuple[str, ...]
    numbers: npt.NDArray[np.int16]

    def by_place(self) -> list[str | None]:
        """Give the holder of each place, None if not known."""
        names = np.array([*(name or None for name in self.names), None], dtype=object)[:-1]
        found: list[str | None] = names[self.numbers].tolist()
        return found


@dataclass(frozen=True, slots=True)
class SpellTable:
    """The spells of all places, one place after the other.

    Parameters
    ----------
    spells
        Of each place, in the order of their days.
    """

    spells: Mapping[str, tuple[Spell, ...]]
    rows: dict[str, int] = field(init=False, repr=False)
    places: list[str] = field(init=False, repr=False)
    all: list[Spell] = field(init=False, repr=False)
    # All who are shown to hold a place (`ShownHolders`), and the number of whom in each spell.
    names: tuple[str, ...] = field(init=False, repr=False)
    shown: npt.NDArray[np.int16] = field(init=False, repr=False)
    _first: Numbers = field(init=False, repr=False)
    _starts: Numbers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        every = [spell for spells in self.spells.values() for spell in spells]
        shown = [
            CONTESTED if s.contested else "" if s.holder == UNKNOWN else s.holder for s in every
        ]
        # Whom a spell may give way to (`instead`) is not known, or one of these.
        names = sorted({"", *shown, *(s.holder for s in every)} - {UNKNOWN})
        number = {name: n for n, name in enumerate(names)}
        counts = np.array([len(spells) for spells in self.spells.values()], dtype=np.int64)
        place = np.repeat(np.arange(len(counts)), counts)
        starts = np.array([spell.start.toordinal() for spell in every], dtype=np.int64)
        known = {
            "rows": {place: row for row, place in enumerate(self.spells)},
            "places": list(self.spells),
            "all": every,
            "names": tuple(names),
            "shown": np.array([number[name] for name in shown], dtype=np.int16),
            "_first": np.cumsum(counts) - counts,
            "_starts": place * _DAYS + starts,
        }
        for name, value in known.items():
            object.__setattr__(self, name, value)

    def on(self, day: date, instead: Mapping[str, Spell]) -> DaySpells:
        """Give the spells that hold at the end of a day (a place's first for any earlier day).

        `instead` has other answers for some places.
        """
        asked = np.arange(len(self._first)) * _DAYS + day.toordinal()
        now = np.maximum(np.searchsorted(self._starts, asked, "right") - 1, self._first)
        return DaySpells(self, now.astype(np.int32), instead)


class DaySpells(Mapping[str, "Spell"]):
    """The answer for each place at the end of a day, by its id."""

    __slots__ = ("_instead", "_now", "_table")

    def __init__(
        self, table: SpellTable, now: npt.NDArray[np.int32], instead: Mapping[str, Spell]
    ) -> None:
        self._table, self._now, self._instead = table, now, instead

    def __repr__(self) -> str:
        return repr(self._whole())

    def __len__(self) -> int:
        return len(self._table.rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.rows)

    def __contains__(self, place: object) -> bool:
        return place in self._table.rows

    def __getitem__(self, place: str) -> Spell:
        found = self._instead.get(place)
        return self._table.all[self._now[self._table.rows[place]]] if found is None else found

    def values(self) -> ValuesView[Spell]:
        """Give the answers, in the order of the places."""
        return self._whole().values()

    def items(self) -> ItemsView[str, Spell]:
        """Give places and answers, in the order of the places."""
        return self._whole().items()

    def _whole(self) -> dict[str, Spell]:
        every = self._table.all
        found = dict(zip(self._table.rows, map(every.__getitem__, self._now.tolist()), strict=True))
        found.update(self._instead)
        return found

    def shown_at(self, rows: npt.NDArray[np.intp]) -> ShownHolders:
        """Give who is shown to hold the places of some rows of the table."""
        names = self._table.names
        numbers = self._table.shown[self._now]
        for place, spell in self._instead.items():
            shown = "" if spell.holder == UNKNOWN else spell.holder
            numbers[self._table.rows[place]] = names.index(shown)
        numbers = numbers[rows]
        there = np.bincount(numbers, minlength=len(names)) > 0
        again = (np.cumsum(there) - 1).astype(np.int16)
        return ShownHolders(tuple(compress(names, there)), again[numbers])

    def another_in(self, other: DaySpells) -> list[str]:
        """Give the places that have another spell in another day's answers, in their order."""
        if self._table is not other._table:  # of another day's knowledge: other numbers
            return [place for place, spell in self.items() if spell != other.get(place)]
        rows = set(np.flatnonzero(self._now != other._now).tolist())
        rows.update(self._table.rows[place] for place in (*self._instead, *other._instead))
        return [self._table.places[row] for row in sorted(rows)]
