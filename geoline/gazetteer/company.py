"""Names that belong together decide each other: by how near their candidates lie to one another.

The odds of each name and what is known of where its place lies come in; a context for each name,
and that of a place which is not listed, go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geoline.gazetteer.place import great_circle_km
from geoline.gazetteer.resolution import LEAST_SCORE, Odds, closeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["context_elsewhere", "settled"]

# Rounds in which the names of a batch settle each other.
ROUNDS = 8
# In a batch, "none of these" lies this many times as near to the other names as most places do.
ELSEWHERE, LEAST_BATCH = 0.3, 3


def settled(
    odds: Sequence[Odds],
    fixed: Sequence[NDArray[np.float64]],
    shares: list[NDArray[np.float64]],
    at: NDArray[np.float64],
) -> list[NDArray[np.float64]]:
    """Weigh the candidates of each name, in turn, by how near they lie to the others'.

    Parameters
    ----------
    odds
        Of each name.
    fixed
        For each name, what is known of where its candidates lie, whatever the others are.
    shares
        For each name, the probabilities of its candidates to begin with.
    at
        Latitudes and longitudes of all places, degrees (WGS 84), shape (places, 2).

    Returns
    -------
    The contexts, one weight a candidate.
    """
    some = [n for n, one in enumerate(odds) if len(one.places)]
    if len(some) < 2:  # noqa: PLR2004  (nothing is said of one name)
        return list(fixed)
    places, weights, given, share = (
        np.concatenate([row[n] for n in some])
        for row in ([o.places for o in odds], [o.weights for o in odds], fixed, shares)
    )
    sizes = np.array([len(odds[n].places) for n in some])
    first = np.cumsum(sizes) - sizes
    name = np.repeat(np.arange(len(some)), sizes)
    lie = at[places]
    close = closeness(great_circle_km(lie[:, :1], lie[:, 1:], lie[:, 0], lie[:, 1]))
    close[name[:, None] == name] = 0.0  # a name says nothing of itself
    contexts = given
    for _ in range(ROUNDS):
        kept = share > LEAST_SCORE
        heard = np.logical_or.reduceat(kept, first)
        others = (heard.sum() - heard)[name]
        company = np.where(kept, share, 0.0) @ close / np.maximum(others, 1)
        before, contexts = contexts, given * np.where(others > 0, company, 1.0)
        if np.array_equal(before, contexts):
            break
        # As `Odds.shares`, for all names at once.
        weighed = weights * contexts
        total = np.add.reduceat(weighed, first)
        known = np.add.reduceat(np.where(contexts > 0, weights, 0.0), first)
        known = np.where(total > 0, known / (1.0 + known) / np.where(total > 0, total, 1.0), 0.0)
        share = weighed * known[name]
    found = list(fixed)
    for n, context in zip(some, np.split(contexts, first[1:]), strict=True):
        found[n] = context
    return found


def context_elsewhere(
    odds: Sequence[Odds], contexts: Sequence[NDArray[np.float64]]
) -> float | None:
    """Give the context of a place that is not listed, in a batch: a part of what is usual.

    A name whose candidates all lie far from the other names is rather none of them.
    """
    usual = [
        float(one.shares(context) @ context / one.shares(context).sum())
        for one, context in zip(odds, contexts, strict=True)
        if one.shares(context).sum() > 1 / 2
    ]
    if len(usual) < LEAST_BATCH:
        return None
    return ELSEWHERE * float(np.median(usual))
