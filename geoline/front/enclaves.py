"""Places cut off from their side: each gets the ground that its neighbours' spacing allows.

Fields speak for some twenty kilometres, and would shrink a village among the other side's to a
point. Where a place is held, its ground reaches halfway to the places around it, and as
far as its own side's where the field between them is within doubt: there the way to the nearest
place of its side counts as held, as wide as the other sides' places leave it, so that no ground
hangs on its side by a thread.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geoline.libraries import ndimage, spatial

if TYPE_CHECKING:
    import numpy.typing as npt

    from geoline.front.contours import Grid

    Array = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.intp]

__all__ = ["cut_off", "pieces_of", "with_due_ground"]

# A place's ground reaches no further than this towards the nearest place, and nowhere further
# than twice as far (km).
REACH_KM = 1.5
# Pieces of ground below this are less than a place's due (km²).
SMALL_KM2 = 9.0
# What is cut off is joined to its side where both fields are within this of the line (km).
DOUBT_KM = 1.5
# ... by the way to its side's nearest place, if that is no further than this (km).
WAY_KM = 2 * REACH_KM + 2 * DOUBT_KM


def pieces_of(label: Numbers, number: int, inside: Flags) -> tuple[Numbers, int]:
    """Give a number to each connected piece of one party's nodes, from 1; 0 elsewhere."""
    found, count = ndimage.label((label == number) & inside)
    return found.astype(np.intp), int(count)


def cut_off(
    grid: Grid,
    label: Numbers,
    values: Array,
    inside: Flags,
    places: tuple[Array, Numbers, Flags],
) -> Numbers:
    """Places that lie outside their holder's ground, or passed to him in a small piece of it.

    Parameters
    ----------
    grid, label, values, inside
        Nodes, the party that each is given to, the parties' fields there, and whether it is land.
    places
        Places (n, 2), metres, the number of the party of each, and whether they passed to it.
    """
    xy, holders, passed = places
    row, column, within = grid.nodes_at(xy)
    found = within & (grid.sample(values, xy).argmax(axis=0) != holders)
    for number in np.unique(holders):
        mine = within & (holders == number)
        pieces, count = pieces_of(label, number, inside)
        size = np.bincount(pieces.ravel(), minlength=count + 1) * grid.step**2 / 1e6
        small = size < SMALL_KM2
        if count:
            small[1 + size[1:].argmax()] &= count == 1
        found[mine] |= passed[mine] & small[pieces[row[mine], column[mine]]]
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
    if len(xy) < 2:  # noqa: PLR2004  (one place has all the ground there is)
        return
    tree = spatial.cKDTree(xy)
    astray = grid.sample(values, xy).argmax(axis=0) != holders
    astray[places] = True

    @cache
    def others(number: int) -> spatial.cKDTree:
        return spatial.cKDTree(xy[holders != number])

    for place in places:
        number = int(holders[place])
        way = xy[place], _way_to(xy[place], xy[(holders == number) & ~astray])
        _raise_around(grid, values, way, number, (tree, others(number)), allowed)


def _way_to(at: Array, own: Array) -> Array:
    """Give the end of the way from a place to the nearest of its side's; its own, if too far."""
    apart = np.linalg.norm(own - at, axis=1)
    if apart.min(initial=np.inf) > WAY_KM * 1000:
        return at
    end: Array = own[apart.argmin()]
    return end


def _raise_around(  # noqa: PLR0913, PLR0917  (one place's part of the above)
    grid: Grid,
    values: Array,
    way: tuple[Array, Array],
    number: int,
    places: tuple[spatial.cKDTree, spatial.cKDTree],
    allowed: Flags,
) -> None:
    (at, end), (tree, others) = way, places
    nearest = float(np.asarray(tree.query(at, k=2)[0])[1]) / 1000
    # Places far apart share the ground between them no further than they can speak for.
    spare = max(0.0, nearest / 2 - REACH_KM)
    reach = int(np.ceil((2 * REACH_KM + 2 * DOUBT_KM) * 1000 / grid.step))
    row, column, _ = grid.nodes_at(at[None])
    rows = slice(max(0, int(row[0]) - reach), int(row[0]) + reach + 1)
    columns = slice(max(0, int(column[0]) - reach), int(column[0]) + reach + 1)
    here = values[:, rows, columns]
    nodes = np.arange(grid.rows)[rows, None] * grid.columns + np.arange(grid.columns)[columns]
    xy = grid.xy_of(nodes.ravel())
    if xy.size == 0:
        return
    shape = here.shape[1:]
    off = np.linalg.norm(xy - at, axis=1).reshape(shape) / 1000
    # The nearest place but this one, which is the first or the second.
    two = np.asarray(tree.query(xy, k=2)[0]) / 1000
    first = np.isclose(two[:, 0], off.ravel(), rtol=0, atol=1e-6)
    apart = np.where(first, two[:, 1], two[:, 0]).reshape(shape)
    due = np.minimum((apart - off) / 2 - spare, 2 * REACH_KM - off)
    best = np.delete(here, number, axis=0).max(axis=0)
    margin = here[number] - best
    # A smooth union: what is nearly the place's and nearly its side's is both's.
    near = np.maximum(DOUBT_KM - np.abs(margin - due), 0) / DOUBT_KM
    raised = np.maximum(margin, due) + near * near * DOUBT_KM / 4
    beside = _beside(xy, at, end).reshape(shape) / 1000
    if (end != at).any() and others.n and raised[beside < grid.step / 1000].min() > -DOUBT_KM:
        foreign = np.asarray(others.query(xy)[0]).reshape(shape) / 1000
        due = np.minimum((foreign - beside) / 2, REACH_KM - beside)
        raised = np.maximum(raised, due)
    gains = allowed[number, rows, columns] & (raised > margin)
    here[number] = np.where(gains, best + raised, here[number])


def _beside(xy: Array, start: Array, end: Array) -> Array:
    """How far points (n, 2) are from the stretch between two, metres."""
    along = end - start
    share = np.clip((xy - start) @ along / max(float(along @ along), 1.0), 0, 1)
    found: Array = np.linalg.norm(xy - start - share[:, None] * along, axis=1)
    return found
