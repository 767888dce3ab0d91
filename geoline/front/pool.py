"""Covariances of many places, worked out once and shared by the days.

From day to day most observations are of the same places. Where they are many, what each says of
each other and of the nodes is kept in single precision, which is finer than the mode is found to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from geoline.front.field import Kernel

__all__ = ["MANY", "Pool"]

# From so many places on they share; below, each day is worked out to the last digit by itself.
MANY = 2_500
# Places more than needed that there is room for, and how many are worked out at a time.
ROOM, AT_ONCE = 256, 512
# Rows that are summed up at a time, so that they stay in the processor's cache.
ROWS = 16

Array = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]


@dataclass(slots=True)
class Pool:
    """Covariances among places, and from them to nodes; places enter when they are first asked.

    Parameters
    ----------
    kernel
        Of the field.
    xy, nodes
        All places (n, 2) and nodes (m, 2), metres.
    """

    kernel: Kernel
    xy: Array
    nodes: Array
    _among: _Rows = field(init=False, repr=False)
    _across: _Rows = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._among, self._across = (_Rows.of_none(len(self.xy)) for _ in range(2))

    def empty(self) -> Pool:
        """Give one of the same places and nodes, into which none has entered."""
        return Pool(self.kernel, self.xy, self.nodes)

    def between(self, places: Numbers, others: Numbers) -> Single:
        """Give the covariance of the field at places (k,) and others (m,): (k, m), km²."""
        table = self._among
        for asked in (places, others):
            for rows in table.enter(asked):
                everyone = self.xy[table.members[: rows.stop]]
                table.values[rows, : rows.stop] = self.kernel(everyone[rows], everyone)
                table.values[: rows.stop, rows] = table.values[rows, : rows.stop].T
        return table.values[np.ix_(table.at[places], table.at[others])]

    def at_nodes(self, places: Numbers, weights: Array) -> Array:
        """Sum covariances to the nodes with weights (fields, k) of places (k,): (fields, m)."""
        table = self._across
        for rows in table.enter(places, width=len(self.nodes)):
            table.values[rows] = self.kernel(self.xy[table.members[rows]], self.nodes)
        at, single = table.at[places], weights.astype(np.float32)
        found = np.zeros((len(weights), len(self.nodes)), dtype=np.float32)
        # In the order asked, a few at a time: what is summed up must not depend on earlier days.
        for start in range(0, len(at), ROWS):
            some = slice(start, start + ROWS)
            found += single[:, some] @ table.values[at[some]]
        return found.astype(np.float64)


@dataclass(slots=True)
class _Rows:
    """A row a place that has entered: `at` says which, -1 for none; `members` whose each is."""

    at: Numbers
    members: Numbers
    values: Single

    @classmethod
    def of_none(cls, places: int) -> _Rows:
        """Begin without any."""
        none = np.zeros((0, 0), dtype=np.float32)
        return cls(np.full(places, -1, dtype=np.intp), np.zeros(0, dtype=np.intp), none)

    def enter(self, places: Numbers, width: int | None = None) -> list[slice]:
        """Make room for places that are new; give their rows, some at a time, to be filled.

        A row has that width, or a column for each place that has entered.
        """
        new = np.unique(places[self.at[places] < 0])
        old, count = len(self.members), len(self.members) + len(new)
        if not len(new):
            return []
        self.members = np.concatenate((self.members, new))
        self.at[new] = np.arange(old, count)
        if count > len(self.values):
            room = count + ROOM
            values = np.zeros((room, room if width is None else width), dtype=np.float32)
            values[:old, : self.values.shape[1]] = self.values[:old]
            self.values = values
        return [slice(n, min(n + AT_ONCE, count)) for n in range(old, count, AT_ONCE)]
