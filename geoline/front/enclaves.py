"""Places cut off from their side: each gets the ground that its neighbours' spacing allows.

Fields speak for some twenty kilometres, and would shrink a village among the other side's to a
point. Where a place is held, its ground reaches halfway to the places of others around it, and as
far as its own side's where the field between them is within doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    import numpy.typing as npt

    from geoline.front.contours import Grid

    Array = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.intp]

__all__ = ["cut_off", "pieces_of", "with_due_ground"]

# A place's ground reaches no further than this towards the nearest place of others (km).
REACH_KM = 3.0
# Pieces of ground below this are looked at (km²).
SMALL_KM2 = 100.0
# What is cut off is joined to its side where both fields are within this of the line (km).
DOUBT_KM = 1.5


def pieces_of(label: Numbers, number: int, inside: Flags) -> tuple[Numbers, int]:
    """Give a number to each connected piece of one party's nodes, from 1; 0 elsewhere."""
    found, count = ndimage.label((label == number) & inside)
    return found.astype(np.intp), int(count)


def cut_off(  # noqa: PLR0913, PLR0917  (nodes and places, as they lie)
    grid: Grid, label: Numbers, values: Array, inside: Flags, xy: Array, holders: Numbers
) -> Numbers:
    """Places that lie outside their holder's ground or in a small piece of it.

    Parameters
    ----------
    grid, label, values, inside
        Nodes, the party that each is given to, the parties' fields there, and whether it is land.
    xy, holders
        Places (n, 2), metres, and the number of the party of each.
    """
    row, column, within = grid.nodes_at(xy)
    found = within & (grid.sample(values, xy).argmax(axis=0) != holders)
    for number in np.unique(holders):
        mine = within & (holders == number)
        pieces, count = pieces_of(label, number, inside)
        size = np.bincount(pieces.ravel(), minlength=count + 1) * grid.step**2 / 1e6
        small = size < SMALL_KM2
        if count:
            small[1 + size[1:].argmax()] &= count == 1
        found[mine] |= small[pieces[row[mine], column[mine]]]
    return np.flatnonzero(found)


def with_due_ground(  # noqa: PLR0913, PLR0917  (what the ground depends on)
    grid: Grid, values: Array, xy: Array, holders: Numbers, places: Numbers, allowed: Flags
) -> None:
    """Raise the fields of some places' holders around them, in place.

    Parameters
    ----------
    grid, values
        Nodes, and the fields there (parties, rows, columns).
    xy, holders
        All places whose holder is known, and the number of the party of each.
    places
        Numbers of those that get their due.
    allowed
        (parties, rows, columns), whether a party may gain the node.
    """
    for number in np.unique(holders[places]):
        others = xy[holders != number]
        if len(others) == 0:
            continue
        tree = cKDTree(others)
        mine = places[holders[places] == number]
        for place in mine:
            _raise_around(grid, values, xy[place], number, tree, allowed)


def _raise_around(  # noqa: PLR0913, PLR0917  (one place's part of the above)
    grid: Grid, values: Array, at: Array, number: int, others: cKDTree, allowed: Flags
) -> None:
    nearest = float(others.query(at)[0]) / 1000
    # Places far apart share the ground between them no further than they can speak for.
    spare = max(0.0, nearest / 2 - REACH_KM)
    reach = int(np.ceil((4 * REACH_KM + 2 * DOUBT_KM) * 1000 / grid.step))
    row, column, _ = grid.nodes_at(at[None])
    rows = slice(max(0, int(row[0]) - reach), int(row[0]) + reach + 1)
    columns = slice(max(0, int(column[0]) - reach), int(column[0]) + reach + 1)
    here = values[:, rows, columns]
    xy = grid.xy.reshape(grid.rows, grid.columns, 2)[rows, columns].reshape(-1, 2)
    if xy.size == 0:
        return
    shape = here.shape[1:]
    off = np.linalg.norm(xy - at, axis=1).reshape(shape) / 1000
    apart = np.asarray(others.query(xy)[0]).reshape(shape) / 1000
    due = (apart - off) / 2 - spare
    best = np.delete(here, number, axis=0).max(axis=0)
    margin = here[number] - best
    # A smooth union: what is nearly the place's and nearly its side's is both's.
    near = np.maximum(DOUBT_KM - np.abs(margin - due), 0) / DOUBT_KM
    raised = np.maximum(margin, due) + near * near * DOUBT_KM / 4
    gains = allowed[number, rows, columns] & (raised > margin)
    here[number] = np.where(gains, best + raised, here[number])
