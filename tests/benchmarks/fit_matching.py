"""Fit the weights of `geoline.matching` on names held out, and print them.

Half of the places of `tests/benchmarks/gazetteer.py` (by a fixed seed) give the queries; on the
other half the benchmark's figures can be checked with ``--check``. The model is a conditional logit
over the places that a query may be and "none of these"; every fifth query has its place taken out.
"""

from __future__ import annotations

import argparse
import random
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from geoline.matching import FITTED

if TYPE_CHECKING:
    import numpy.typing as npt

BENCHMARK = runpy.run_path(str(Path(__file__).with_name("gazetteer.py")))
GONE_EVERY = 5
MOST = 4000
REGULAR = 1e-4

Case = tuple["npt.NDArray[np.float64]", "npt.NDArray[np.intp]", int, int]


def cases(queries: list[Any], indexes: dict[str, Any], towns: Any, *, apart: bool) -> list[Case]:  # noqa: ANN401
    """Features of each query's candidates, their places, the right one (-1: none), its length."""
    made = []
    for n, query in enumerate(queries):
        numbered = indexes[towns.country[query.place] if apart else ""]
        gone = n % GONE_EVERY == 0
        out = frozenset(
            k for k, name in numbered.spellings[query.place] if gone or name in query.hidden
        )
        _, numbers, values = numbered.index.features([query.name], leave_out=out)
        if numbers:
            places = np.array([numbered.places[numbered.index.owner(k)] for k in numbers])
            made.append((values, places, -1 if gone else query.place, len(query.name)))
    return made


def loss(
    parameters: npt.NDArray[np.float64], made: list[Case]
) -> tuple[float, npt.NDArray[np.float64]]:
    """Mean negative log likelihood and its gradient; weights, then the strength of "none"."""
    weights, none = parameters[:-2], parameters[-2:]
    total, slope = 0.0, np.zeros_like(parameters)
    for values, places, right, length in made:
        strength = values @ weights
        nothing = none[0] + none[1] * length
        top = max(float(strength.max()), float(nothing))
        odds, nobody = np.exp(strength - top), np.exp(nothing - top)
        everything = odds.sum() + nobody
        hit = places == right
        if right >= 0 and hit.any():
            total -= np.log(odds[hit].sum() / everything)
            slope[:-2] -= odds[hit] @ values[hit] / odds[hit].sum()
        else:
            total -= np.log(nobody / everything)
            slope[-2:] -= (1.0, length)
        slope[:-2] += odds @ values / everything
        slope[-2:] += nobody / everything * np.array([1.0, length])
    slope /= len(made)
    slope[:-2] += 2 * REGULAR * weights
    return total / len(made) + REGULAR * float(weights @ weights), slope


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
        made = cases(chosen, ours.indexes, towns, apart=arabic)
        weights, none = FITTED[arabic]
        fitted = minimize(
            loss, np.append(weights, none), args=(made,), jac=True, method="L-BFGS-B",
            options={"maxiter": 200},
        )  # fmt: skip
        print(arabic, "loss", round(float(fitted.fun), 4), "on", len(made))
        print([round(float(w), 2) for w in fitted.x[:-2]])
        print([round(float(w), 3) for w in fitted.x[-2:]], flush=True)


if __name__ == "__main__":
    main()
