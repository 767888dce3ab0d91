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
    _at: Numbers = field(init=False, repr=False)
    _members: Numbers = field(init=False, repr=False)
    _among: Single = field(init=False, repr=False)
    _across: Single = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._at = np.full(len(self.xy), -1, dtype=np.intp)
        self._members = np.zeros(0, dtype=np.intp)
        self._among = np.zeros((0, 0), dtype=np.float32)
        self._across = np.zeros((0, len(self.nodes)), dtype=np.float32)

    def empty(self) -> Pool:
        """Give one of the same places and nodes, into which none has entered."""
        return Pool(self.kernel, self.xy, self.nodes)

    def among(self, places: Numbers) -> Single:
        """Give the covariance of the field at places (k,): (k, k), km²."""
        self._take_in(places)
        at = self._at[places]
        return self._among[np.ix_(at, at)]

    def at_nodes(self, places: Numbers, weights: Array) -> Array:
        """Sum covariances to the nodes with weights (fields, k) of places (k,): (fields, m)."""
        self._take_in(places)
        at, single = self._at[places], weights.astype(np.float32)
        found = np.zeros((len(weights), len(self.nodes)), dtype=np.float32)
        # In the order asked, a few at a time: what is summed up must not depend on earlier days.
        for start in range(0, len(at), ROWS):
            some = slice(start, start + ROWS)
            found += single[:, some] @ self._across[at[some]]
        return found.astype(np.float64)

    def _take_in(self, places: Numbers) -> None:
        new = np.unique(places[self._at[places] < 0])
        if not len(new):
            return
        old = len(self._members)
        self._members = np.concatenate((self._members, new))
        self._at[new] = np.arange(old, len(self._members))
        count = len(self._members)
        if count > len(self._among):
            room = count + ROOM
            among = np.zeros((room, room), dtype=np.float32)
            among[:old, :old] = self._among[:old, :old]
            across = np.zeros((room, len(self.nodes)), dtype=np.float32)
            across[:old] = self._across[:old]
            self._among, self._across = among, across
        everyone = self.xy[self._members]
        for start in range(old, count, AT_ONCE):
            rows = slice(start, min(start + AT_ONCE, count))
            self._among[rows, :count] = self.kernel(everyone[rows], everyone)
            self._among[:count, rows] = self._among[rows, :count].T
            self._across[rows] = self.kernel(everyone[rows], self.nodes)
