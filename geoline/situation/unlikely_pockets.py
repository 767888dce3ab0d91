"""Places alone among the other side's, where the evidence for it is weak.

Most such places are held by nobody's count but an old one: the ground around changed hands, and no
report came of the place itself. Who holds each place on each day is laid out as a matrix, a stretch
of days at a time, so that a long theatre costs no more a day than a short one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from geoline.highways import side_of
from geoline.holder import UNKNOWN
from geoline.libraries import spatial

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geoline.control import Spell

    Days = npt.NDArray[np.int64]
    Truths = npt.NDArray[np.bool_]

__all__ = ["UnlikelyPockets", "neighbours"]

# A place is alone if at most one of the nearest places around it is on its side (kilometres) …
NEIGHBOURS, AROUND_KM, FEWEST_AROUND = 5, 8.0, 4
# … and then stands only on this confidence and with a report not older than that (days).
POCKET_CONFIDENCE, POCKET_DAYS = 0.5, 7
# So many days are worked out at a time.
AT_A_TIME = 256


def neighbours(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Find the nearest places around each place: (n, k), n where there is none so near.

    Parameters
    ----------
    xy
        The places (n, 2), in a metric CRS.
    """
    reach = min(NEIGHBOURS + 1, len(xy))
    found = spatial.cKDTree(xy).query(xy, k=range(1, reach + 1))
    far, near = (np.asarray(part) for part in found)
    # Beyond the last place stands nobody.
    return np.where(far[:, 1:] <= AROUND_KM * 1000, near[:, 1:], len(xy))


@dataclass(slots=True)
class UnlikelyPockets:
    """Which places stand alone among the other side's on a day, without good evidence for it.

    A place alone is a pocket only on good evidence: not if its holder rests on the baseline, on a
    weak claim, or on nothing newer than a week; unless it stood alone on the eve.

    Parameters
    ----------
    around
        What `neighbours` gives of the places.
    spells
        Of each place, in their order.
    reported
        The days, as ordinals in order, that claims about each place are of.
    first_day, last_day
        Of the theatre.
    allied
        Sets of party ids between whom there is no front.
    """

    around: npt.NDArray[np.intp]
    spells: Sequence[Sequence[Spell]]
    reported: Sequence[Days]
    first_day: date
    last_day: date
    allied: Sequence[frozenset[str]]
    _parties: dict[str, int] = field(init=False, repr=False)
    _friends: Truths = field(init=False, repr=False)
    _alone_on_eve: Truths = field(init=False, repr=False)
    _stretches: dict[int, Truths] = field(init=False, repr=False)
    # Of all spells, one place after the other: first day, holder, whether the evidence is good; and
    # the number of each place's first.
    _starts: Days = field(init=False, repr=False)
    _holders: npt.NDArray[np.int16] = field(init=False, repr=False)
    _sure: Truths = field(init=False, repr=False)
    _first: npt.NDArray[np.intp] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parties = sorted({spell.holder for spells in self.spells for spell in spells} - {UNKNOWN})
        self._parties = {party: number for number, party in enumerate((UNKNOWN, *parties))}
        self._friends = np.zeros((len(self._parties), len(self._parties)), dtype=bool)
        for party in parties:
            side = side_of(party, self.allied)
            friends = [self._parties[friend] for friend in side if friend in self._parties]
            self._friends[self._parties[party], friends] = True
        every = [spell for spells in self.spells for spell in spells]
        self._starts = np.array([spell.start.toordinal() for spell in every], dtype=np.int64)
        numbers = [self._parties[spell.holder] for spell in every]
        self._holders = np.array(numbers, dtype=np.int16)
        sure = [bool(s.claims) and s.confidence >= POCKET_CONFIDENCE for s in every]
        self._sure = np.array(sure, dtype=bool)
        counts = np.array([len(spells) for spells in self.spells], dtype=np.intp)
        self._first = np.cumsum(counts) - counts
        eve = np.array([self.first_day.toordinal()])
        self._alone_on_eve = self._alone(self._held(eve)[0])[:, 0]
        self._stretches = {}

    def since(self, day: date) -> dict[int, date]:
        """Give the places that are such on a day, by number, and the first day of it so far."""
        at = day.toordinal() - self.first_day.toordinal()
        number, row = divmod(at, AT_A_TIME)
        open_ = np.flatnonzero(self._stretch(number)[:, row])
        since: dict[int, date] = {}
        start = self.first_day.toordinal() + number * AT_A_TIME
        past = self._stretch(number)[open_, : row + 1]
        while len(open_):
            # The last day before on which it was no such place, counted from the stretch's first.
            before = past.shape[1] - 1 - np.argmin(past[:, ::-1], axis=1)
            throughout = past.all(axis=1)
            ended = ~throughout | (number == 0)
            first = np.where(throughout, 0, before + 1) + start
            for place, ordinal in zip(open_[ended], first[ended], strict=True):
                since[int(place)] = date.fromordinal(int(ordinal))
            open_, number, start = open_[~ended], number - 1, start - AT_A_TIME
            past = self._stretch(number)[open_] if len(open_) else past
        return {place: since[place] for place in sorted(since)}

    def _stretch(self, number: int) -> Truths:
        """Which places are such on each day of a stretch: (places, days)."""
        if number not in self._stretches:
            start = self.first_day.toordinal() + number * AT_A_TIME
            end = min(start + AT_A_TIME, self.last_day.toordinal() + 1)
            days = np.arange(start, end)
            holders, good, since_eve = self._held(days)
            excused = self._alone_on_eve[:, None] & since_eve
            self._stretches[number] = self._alone(holders) & ~excused & ~(good & self._fresh(days))
        return self._stretches[number]

    def _held(self, days: Days) -> tuple[npt.NDArray[np.int16], Truths, Truths]:
        """Give number of the holder, whether the evidence is good, whether it is the eve's spell.

        Of days that follow each other; each of (places, days).
        """
        # Each spell as often as it has days of these: the first of a place has all before it too.
        start = np.clip(self._starts, days[0], days[-1] + 1)
        start[self._first] = days[0]
        end = np.append(start[1:], 0)
        end[np.append(self._first[1:], len(start)) - 1] = days[-1] + 1
        now = np.repeat(np.arange(len(start)), end - start).reshape(len(self.spells), len(days))
        eve = self.first_day.toordinal()
        return self._holders[now], self._sure[now], (self._starts <= eve)[now]

    def _fresh(self, days: Days) -> Truths:
        """Whether a claim is of the day or of the week before: (places, days)."""
        turns = np.zeros((len(self.reported), len(days) + 1), dtype=np.int16)
        place = np.repeat(np.arange(len(self.reported)), [len(told) for told in self.reported])
        told = np.concatenate([np.zeros(0, dtype=np.int64), *self.reported]) - days[0]
        np.add.at(turns, (place, np.clip(told, 0, len(days))), 1)
        np.add.at(turns, (place, np.clip(told + POCKET_DAYS + 1, 0, len(days))), -1)
        fresh: Truths = np.cumsum(turns[:, :-1], axis=1, dtype=np.int16) > 0
        return fresh

    def _alone(self, holders: npt.NDArray[np.int16]) -> Truths:
        """Which places have at most one of their own side around them, and enough others."""
        nobody = np.zeros((1, holders.shape[1]), dtype=np.int16)
        every = np.concatenate((holders, nobody))
        known = np.zeros(holders.shape, dtype=np.int16)
        friendly = np.zeros(holders.shape, dtype=np.int16)
        for neighbour in self.around.T:
            theirs = every[neighbour]
            known += theirs > 0
            friendly += self._friends[holders, theirs]
        alone: Truths = (holders > 0) & (friendly <= 1) & (known >= FEWEST_AROUND)
        return alone
