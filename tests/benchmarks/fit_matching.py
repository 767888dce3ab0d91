"""Fit the weights of `geoline.names.comparison` on names held out, and print them.

Half of the places of `tests/benchmarks/gazetteer.py` (by a fixed seed) give the queries; on the
other half the benchmark's figures can be checked with ``--check``. The model is a conditional logit
over the places that a query may be and "none of these"; every fifth query has its place taken out.
What speaks for a place is the strongest of its spellings together, as in
`geoline.names.spelling_index`; which they are follows from the weights, so the fit goes round a few
times.
"""

from __future__ import annotations

import argparse
import random
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from geoline.names.comparison import FEATURES, FITTED, NONE
from geoline.names.folding import plain
from geoline.names.spelling_index import VOICES

if TYPE_CHECKING:
    import numpy.typing as npt

BENCHMARK = runpy.run_path(str(Path(__file__).with_name("gazetteer.py")))
GONE_EVERY = 5
MOST = 5000
REGULAR = 1e-4
ROUNDS = 3


class Cases(NamedTuple):
    """Lengths of queries; for each pair its query, its place, its features, whether it is right."""

    lengths: npt.NDArray[np.float64]
    of: npt.NDArray[np.intp]
    places: npt.NDArray[np.intp]
    values: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]


def cases(queries: list[Any], indexes: dict[str, Any], towns: Any, *, apart: bool) -> Cases:  # noqa: ANN401
    """Compare each query with what it may be."""
    of, places, values, right = [], [], [], []
    for n, query in enumerate(queries):
        numbered = indexes[towns.country[query.place] if apart else ""]
        gone = n % GONE_EVERY == 0
        # A third of the names are listed, a third unseen; a third of the Arabic ones has no other
        # Arabic spelling, and of the Latin ones is unseen too.
        hidden = query.hidden if n % 3 < 2 else frozenset()
        if apart and n % 3 == 1:
            hidden = frozenset(k for k in hidden if plain(k) == plain(query.name))
        out = frozenset(k for k, name in numbered.spellings[query.place] if gone or name in hidden)
        pairs = numbered.index.pairs([query.name], leave_out=out)
        of.append(np.full(len(pairs.of), n))
        places.append(np.array([numbered.places[p] for p in pairs.places], dtype=np.intp))
        values.append(pairs.values)
        right.append((places[-1] == query.place) & (not gone))
    return Cases(
        np.array([float(len(query.name)) for query in queries]),
        *(np.concatenate(part) for part in (of, places, values, right)),
    )


def loss(parameters: npt.NDArray[np.float64], made: Cases) -> tuple[float, npt.NDArray[np.float64]]:
    """Mean negative log likelihood and its gradient; weights, then the strength of "none"."""
    weights, (constant, a_letter) = parameters[:-2], parameters[-2:]
    count = len(made.lengths)
    strength, nothing = made.values @ weights, constant + a_letter * made.lengths
    top = nothing.copy()
    np.maximum.at(top, made.of, strength)
    odds, nobody = np.exp(strength - top[made.of]), np.exp(nothing - top)
    everything = np.bincount(made.of, odds, count) + nobody
    hit = np.bincount(made.of, odds * made.right, count)
    found = np.bincount(made.of, made.right, count) > 0
    total = -np.log(np.where(found, np.maximum(hit, 1e-300), nobody) / everything).mean()
    pull = odds / everything[made.of]
    pull -= np.where(made.right, odds / np.maximum(hit[made.of], 1e-300), 0.0)
    rest = nobody / everything - ~found
    slope = np.append(pull @ made.values, (rest.sum(), rest @ made.lengths)) / count
    slope[:-2] += 2 * REGULAR * weights
    return float(total + REGULAR * weights @ weights), slope


def strongest(made: Cases, weights: npt.NDArray[np.float64]) -> Cases:
    """Keep the spellings of each place that speak for it."""
    order = np.lexsort((-(made.values @ weights), made.places, made.of))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(made.of[order]) != 0) | (np.diff(made.places[order]) != 0)
    rank = np.arange(len(order)) - np.flatnonzero(new)[np.cumsum(new) - 1]
    kept = order[rank < VOICES]
    return made._replace(
        of=made.of[kept], places=made.places[kept], values=made.values[kept], right=made.right[kept]
    )


def fit(made: Cases, weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
    """Find the parameters at which the loss is least."""
    scale = made.values.std(axis=0) + 1e-9
    scaled = made._replace(values=made.values / scale)
    begin = np.append(weights[:-2] * scale, weights[-2:])
    found = minimize(
        loss, begin, args=(scaled,), jac=True, method="L-BFGS-B", options={"maxiter": 250}
    )
    return float(found.fun), np.append(found.x[:-2] / scale, found.x[-2:])


def main() -> None:
    """Fit both sets and print them as they stand in the module."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="accuracy on the other half, as it is")
    check = parser.parse_args().check
    draw = random.Random(BENCHMARK["SEED"])
    towns = BENCHMARK["Towns"](BENCHMARK["COUNTRIES"])
    ours = BENCHMARK["Ours"](towns)
    half = {n for n in range(len(towns.names)) if draw.random() < 1 / 2}
    for arabic, queries in ((False, towns.latin()), (True, towns.arabic())):
        chosen = [q for q in queries if (q.place in half) != check]
        draw.shuffle(chosen)
        chosen = chosen[:MOST]
        if check:
            share = BENCHMARK["accuracy"](ours, chosen[:1500], country_known=arabic)
            print("Arabic, country known" if arabic else "Latin", round(share, 4), len(chosen))
            continue
        chosen = [query for query in chosen for _ in range(1 + 2 * arabic)]
        made = cases(chosen, ours.indexes, towns, apart=arabic)
        weights = np.append(FITTED[arabic], NONE[arabic])
        some = made
        for _ in range(ROUNDS):
            least, weights = fit(some, weights)
            some = strongest(made, weights[:-2])
        print(arabic, "loss", round(least, 4), "on", len(chosen), "pairs", len(made.of))
        print(dict(zip(FEATURES, weights.round(2).tolist(), strict=False)))
        print(weights[:-2].round(3).tolist(), weights[-2:].round(3).tolist(), flush=True)


if __name__ == "__main__":
    main()
