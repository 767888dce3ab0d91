"""Names that belong together decide each other: by how near their candidates lie to one another.

The odds of each name and what is known of where its place lies come in; a context for each name,
against that of a place which is not listed, goes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline.gazetteer.place import great_circle_km
from geoline.gazetteer.resolution import LEAST_SCORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geoline.gazetteer.resolution import Odds

    Floats = NDArray[np.float64]

__all__ = ["Company", "at_front", "in_company"]

# Of the places that a source names on a day, 95 in 100 lie within 9 km of another of them, or
# within 3 km of one that others named in the days about: how much a place counts at a distance
# (kilometres), and how fast that falls. It grows with how far apart the places of a list lie: in
# Syria, where the next is 1.4 km away, it is 5 km.
REACH, LEAST_REACH_KM, MOST_REACH_KM = 3.5, 2.0, 50.0
FALL, MOST = 3, 0.9
# What a place counts that is far from all others: reports wander.
FAR_AWAY = 0.01
# However few places lie there, being near makes a place at most so many times likelier.
MOST_NEARER = 50.0
# The odds of a place that nobody reviewed are at most these, whatever its name: a hamlet that is
# not listed may bear the very name. And the longer the list, the more are alike by chance.
SUREST, BY_CHANCE = 8.0, 0.5
# Odds that a place is not listed, against which the others stand.
ELSEWHERE = 1.0
# Rounds in which the names of a batch settle each other.
ROUNDS = 5
# Places that stand for all, to tell how much of the country is near, and how dense it is.
BACKGROUND, FEW = 1000, 200
KM_PER_DEGREE = 111.2
# A point so near is at the place itself.
AT_IT_KM = 0.05
# Of the places told to be taken 95 in 100 lie within 6.5 km of one that the taker held before, half
# within 3 km; of all in the theatre half lie beyond 11 km. A place counts in full if it is so many
# times nearer than others are in general, and at least so much; fewer points say nothing.
AT_FRONT, LEAST_AT_FRONT, OFF_FRONT, FEWEST_HELD = 3.0, 1 / 60, 0.05, 3


class Company(NamedTuple):
    """Where the places of a list lie, how many of them, the first ones, are reviewed, and a reach.

    `at` are latitudes and longitudes, degrees (WGS 84), shape (places, 2); `reach_km` is how near
    to each other the places of one report are likely to lie; `land` are places that stand for all.
    """

    at: Floats
    reviewed: int
    reach_km: float
    land: Floats

    @classmethod
    def of(cls, at: Floats, reviewed: int, settled: NDArray[np.bool_]) -> Company:
        """Tell the reach by how far the settlements of the list lie apart."""
        towns = at[settled] if settled.any() else at
        few = towns[:: max(len(towns) // FEW, 1)]
        apart = np.square(few[:, None, 0] - towns[None, :, 0])
        narrow = np.cos(np.radians(few[:, :1]))
        apart += np.square((few[:, None, 1] - towns[None, :, 1]) * narrow)
        apart[apart == 0] = np.inf
        nearest = np.sqrt(apart.min(axis=1, initial=np.inf))
        known = nearest[np.isfinite(nearest)]
        reach = REACH * KM_PER_DEGREE * float(np.median(known)) if len(known) else MOST_REACH_KM
        land = towns[:: max(len(towns) // BACKGROUND, 1)]
        return cls(at, reviewed, min(max(reach, LEAST_REACH_KM), MOST_REACH_KM), land)


def in_company(
    odds: Sequence[Odds],
    fixed: Sequence[Floats],
    company: Company,
    around: Sequence[tuple[float, float]],
) -> tuple[list[Floats], float | None]:
    """Weigh the candidates of each name by the nearest candidate of the others, until they settle.

    How near a candidate lies is held against how near the places of the list lie in general: in the
    middle of a day's names a village of a sound not unlike is likely meant, and one that is listed
    letter for letter 80 km away is not.

    Parameters
    ----------
    odds
        Of each name.
    fixed
        For each name, what is known of where its candidates lie, whatever the others are.
    company
        Of all places.
    around
        Points (latitude, longitude; degrees, WGS 84) near which the places are likely to lie.

    Returns
    -------
    The contexts, one weight a candidate, and that of a place which is not listed; None if there is
    no company to decide by, and the contexts are those that were given.
    """
    named = sum(len(one.places) > 0 for one in odds)
    if not named or (named == 1 and not len(around)):
        return list(fixed), None
    given = [context * _doubt(one, company) for one, context in zip(odds, fixed, strict=True)]
    sizes = [len(one.places) for one in odds]
    name = np.repeat(np.arange(len(odds)), sizes)
    at = company.at[np.concatenate([one.places for one in odds])]
    points = np.array(around, dtype=float).reshape(-1, 2)
    beside = MOST * _closest(at, points, company, not_at_it=True).max(axis=1, initial=0.0)
    land_beside = MOST * _closest(company.land, points, company).max(axis=1, initial=0.0)
    contexts = given
    for _ in range(ROUNDS):
        found, mass, of = _likely(odds, contexts, company)
        here = mass * _closest(at, found, company)
        here[name[:, None] == of] = 0.0  # a name says nothing of itself
        here = np.maximum(here.max(axis=1, initial=0.0), beside)
        usual = np.maximum(
            _of_others(mass * _closest(company.land, found, company), of, len(odds)),
            land_beside[:, None],
        ).mean(axis=0)[name]
        nearer = np.minimum((here + FAR_AWAY) / (usual + FAR_AWAY), MOST_NEARER)
        before = contexts
        contexts = [
            one * times
            for one, times in zip(given, np.split(nearer, np.cumsum(sizes)[:-1]), strict=True)
        ]
        if all(map(np.array_equal, before, contexts)):
            break
    return contexts, ELSEWHERE


def at_front(
    places: NDArray[np.intp], held: Sequence[tuple[float, float]], company: Company
) -> Floats:
    """Weigh places, one of which is told to be taken, by how near the taker's places lie.

    Parameters
    ----------
    places
        Numbers of the places.
    held
        Where the places lie (latitude, longitude; degrees, WGS 84) that the taker held before.
    company
        Of all places.

    Returns
    -------
    Array (places,)
        1 at most, at the front; where little is known of who held what, 1 everywhere.
    """
    points = np.array(held, dtype=float).reshape(-1, 2)
    if len(points) < FEWEST_HELD:
        return np.ones(len(places))
    here = _closest(company.at[places], points, company, not_at_it=True).max(axis=1, initial=0.0)
    usual = _closest(company.land, points, company).max(axis=1).mean()
    full = min(AT_FRONT * (float(usual) + OFF_FRONT), MOST)
    weights: Floats = np.clip((here + OFF_FRONT) / full, LEAST_AT_FRONT, 1.0)
    return weights


def _doubt(one: Odds, company: Company) -> Floats:
    """Give what the odds of places that nobody reviewed are to be multiplied with."""
    most = np.minimum(one.weights, SUREST) / np.maximum(one.weights, 1e-300)
    return np.where(one.places < company.reviewed, 1.0, BY_CHANCE * most)


def _likely(
    odds: Sequence[Odds], contexts: Sequence[Floats], company: Company
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Give the candidates that are worth naming: where, how sure, and of which name."""
    shares = [one.shares(context, ELSEWHERE) for one, context in zip(odds, contexts, strict=True)]
    kept = [share > LEAST_SCORE for share in shares]
    places = np.concatenate([one.places[k] for one, k in zip(odds, kept, strict=True)])
    mass = np.concatenate([share[k] for share, k in zip(shares, kept, strict=True)])
    of = np.repeat(np.arange(len(odds)), [int(k.sum()) for k in kept])
    return company.at[places], MOST * mass, of


def _closest(at: Floats, points: Floats, company: Company, *, not_at_it: bool = False) -> Floats:
    """Tell how much points count for places, by their distance; shape (places, points).

    A point at the very place may be the same name, read in the same way by another: where asked, it
    counts nothing, else sources that repeat a name would make each other sure of it.
    """
    apart = great_circle_km(at[:, :1], at[:, 1:], points[:, 0], points[:, 1])
    near: Floats = MOST / (1.0 + (apart / company.reach_km) ** FALL)
    if not_at_it:
        near[apart < AT_IT_KM] = 0.0
    return near


def _of_others(near: Floats, of: NDArray[np.intp], names: int) -> Floats:
    """Give for each place and name the most that a point of another name counts there."""
    most = np.zeros((len(near), names))
    first = np.flatnonzero(np.diff(of, prepend=-1))
    if not len(first):
        return most
    most[:, of[first]] = np.maximum.reduceat(near, first, axis=1)
    best = most.argmax(axis=1)
    rows = np.arange(len(near))
    top = most[rows, best]
    most[rows, best] = 0.0
    others = np.repeat(top[:, None], names, axis=1)
    others[rows, best] = most.max(axis=1)
    return others
