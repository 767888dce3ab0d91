"""Fit what the comparisons count (`geoline/names/comparison_weights.json`) on names held out.

Queries are those of `tests/benchmarks/names.py`, one a place and draw: of the Arab and the further
countries only places of the half `chosen`; of other countries (`OTHERS`) all. A fifth of the places
asked for leave the list whole, a quarter of the queries is listed as it stands. The model is a
conditional logit over the places that a query may be and "none of these", with a layer of hidden
units (Adam, `EPOCHS` rounds); what speaks for a place is the sum over its spellings. Every sixth
batch is kept aside, and the figures on it are printed. With ``--write`` the file is replaced.
"""

from __future__ import annotations

import argparse
import json
import runpy
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geoline.names import SpellingIndex, is_arabic, plain
from geoline.names.comparison import FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.intp]

BENCHMARK = runpy.run_path(str(Path(__file__).with_name("names.py")))
OTHERS = {
    "Slavic": ("UA", "BY", "RS", "BG", "MK"),
    "Turkic": ("TR", "UZ", "TM", "KZ"),
    "Asia": ("IR", "IL", "TH", "LA", "KH"),
    "Africa": ("NG", "CM", "SS", "NE", "BF", "CF", "CD", "MZ", "ER"),
}
DRAWS, MOST, BATCH = 4, 4000, 500
LISTED, GONE, ARABIC = 0.25, 0.2, 0.5
HIDDEN = {"latin": 16, "arabic": 12}
EPOCHS, REGULAR = 20, 1e-4
POPULATION = FEATURES.index("population")


class Cases(NamedTuple):
    """A batch of queries of one kind of script, and the pairs of them with spellings."""

    of: Numbers  # for each pair: the query, …
    group: Numbers  # … the query's place that it is of, …
    values: Floats  # … the features, …
    told: Floats  # … and what words that tell namesakes apart say.
    group_of: Numbers  # for each place of a query: the query, …
    right: npt.NDArray[np.bool_]  # … and whether it is the one.
    length: Floats  # for each query: its letters, …
    there: npt.NDArray[np.bool_]  # … and whether its place is in the list.


def batches(random: np.random.Generator) -> Iterator[tuple[bool, Cases]]:
    """Draw queries, make the lists in which they are hidden, and compare."""
    sets = {"Arab": BENCHMARK["ARAB"], "further": BENCHMARK["FURTHER"]} | OTHERS
    for label, countries in sets.items():
        towns = BENCHMARK["Listed"](countries)
        for draw in range(100, 100 + DRAWS):
            queries = towns.drawn(draw)
            if label == "Arab":
                queries = _some_arabic(towns, queries, random)
            hidden = {
                place: frozenset() if random.random() < LISTED else names
                for _, place, names in queries
            }
            gone = {place for _, place, _ in queries if random.random() < GONE}
            names = [
                [] if place in gone else [n for n in some if n not in hidden.get(place, ())]
                for place, some in enumerate(towns.towns.names)
            ]
            index = SpellingIndex.of(names, towns.towns.population)
            asked = [
                (name, place)
                for name, place, _ in queries
                if label in OTHERS or BENCHMARK["half_of"](towns.ids[place]) == "chosen"
            ]
            random.shuffle(asked)
            for start in range(0, min(len(asked), MOST), BATCH):
                for arabic in (False, True):
                    some = [q for q in asked[start : start + BATCH] if is_arabic(q[0]) == arabic]
                    if some:
                        yield arabic, _compared(index, some, gone)


def _some_arabic(towns: Any, queries: list[Any], random: np.random.Generator) -> list[Any]:  # noqa: ANN401
    arabic: dict[int, Any] = {}
    for query in towns.towns.arabic():
        if random.random() < ARABIC:
            alike = frozenset(n for n in query.hidden if plain(n) == plain(query.name))
            hidden = query.hidden if random.random() < ARABIC else alike
            arabic.setdefault(query.place, (query.name, query.place, hidden))
    return [q for q in queries if q[1] not in arabic] + list(arabic.values())


def _compared(index: SpellingIndex, asked: list[tuple[str, int]], gone: set[int]) -> Cases:
    names = [name for name, _ in asked]
    rows = index._asked(names)  # noqa: SLF001  (what users cannot do, a fit must)
    pairs = index._pairs(rows, frozenset())  # noqa: SLF001
    wanted = np.array([place for _, place in asked])
    there = np.array([place not in gone for _, place in asked])
    places = len(index.arrays.place_crowd)
    key, group = np.unique(pairs.of * places + pairs.places, return_inverse=True)
    group_of, place = np.divmod(key, places)
    return Cases(
        of=pairs.of,
        group=group,
        values=pairs.values,
        told=index._told_apart(rows, pairs),  # noqa: SLF001
        group_of=group_of,
        right=(place == wanted[group_of]) & there[group_of],
        length=np.array([float(len(name)) for name in names]),
        there=there,
    )


class Model:
    """The weights while they are fitted: of features in units of their deviation."""

    def __init__(self, made: list[Cases], hidden: int, random: np.random.Generator) -> None:
        values = np.concatenate([cases.values for cases in made[::7]])
        self.mean, self.deviation = values.mean(axis=0), values.std(axis=0) + 1e-3
        count = len(FEATURES)
        self.weights: dict[str, Floats] = {
            "direct": np.zeros(count),
            "hidden": random.normal(size=(count, hidden)) / 4,
            "bias": np.zeros(hidden),
            "out": random.normal(size=hidden) / 10,
            "none": np.zeros(2),
        }
        self.weights["hidden"][POPULATION] = 0.0
        self._first = {key: np.zeros_like(value) for key, value in self.weights.items()}
        self._second = {key: np.zeros_like(value) for key, value in self.weights.items()}
        self._steps = 0

    def odds(self, cases: Cases) -> tuple[Floats, Floats, Floats, Floats]:
        """Give features and hidden units, odds of pairs against "none", and those of places."""
        some = (cases.values - self.mean) / self.deviation
        units = np.tanh(some @ self.weights["hidden"] + self.weights["bias"])
        strength = some @ self.weights["direct"] + units @ self.weights["out"] + cases.told
        none = self.weights["none"][0] + self.weights["none"][1] * cases.length / 10
        odds = np.exp(np.clip(strength - none[cases.of], -30, 30))
        places = np.bincount(cases.group, odds, len(cases.group_of)).astype(float)
        return some, units, odds, places

    def learn(self, cases: Cases, rate: float) -> float:
        """Take a step along the gradient of the mean log loss."""
        some, units, odds, places = self.odds(cases)
        count = len(cases.length)
        total = np.bincount(cases.group_of, places, count) + 1
        hit = np.bincount(cases.group_of, places * cases.right, count)
        pull = odds / total[cases.of]
        mine = cases.right[cases.group]
        pull -= np.where(mine, odds / np.maximum(hit[cases.of], 1e-30), 0.0)
        pull /= count
        inner = np.outer(pull, self.weights["out"]) * (1 - units**2)
        nothing = np.bincount(cases.of, pull, count)
        slope = {
            "direct": some.T @ pull,
            "hidden": some.T @ inner,
            "bias": inner.sum(axis=0),
            "out": units.T @ pull,
            "none": -np.array([nothing.sum(), (nothing * cases.length / 10).sum()]),
        }
        slope["hidden"][POPULATION] = 0.0
        self._steps += 1
        for key, value in self.weights.items():
            step = slope[key] + REGULAR * value * (key != "none")
            self._first[key] = 0.9 * self._first[key] + 0.1 * step
            self._second[key] = 0.99 * self._second[key] + 0.01 * step**2
            first = self._first[key] / (1 - 0.9**self._steps)
            second = self._second[key] / (1 - 0.99**self._steps)
            self.weights[key] = value - rate * first / (np.sqrt(second) + 1e-8)
        return float(np.log(total / np.where(hit > 0, hit, 1.0)).mean())

    def first_right(self, made: list[Cases]) -> float:
        """Give the share of the queries whose place is there and comes first."""
        right, there = 0, 0
        for cases in made:
            places = self.odds(cases)[3]
            order = np.lexsort((-places, cases.group_of))
            first = order[np.unique(cases.group_of[order], return_index=True)[1]]
            right += int(cases.right[first].sum())
            there += int(cases.there.sum())
        return right / there

    def written(self) -> dict[str, Any]:
        """Give the weights as they stand in the file."""
        plain_ = {"mean": self.mean, "deviation": self.deviation, **self.weights}
        plain_["none"] = self.weights["none"] / (1, 10)
        return {key: np.round(value, 4).tolist() for key, value in plain_.items()}


def main() -> None:
    """Fit both sets, say how well they do on what was kept aside, and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="replace the file of the weights")
    write = parser.parse_args().write
    random = np.random.default_rng(7)
    made: dict[bool, list[Cases]] = {False: [], True: []}
    for arabic, cases in batches(random):
        made[arabic].append(cases)
    fitted = {}
    for arabic, label in ((False, "latin"), (True, "arabic")):
        aside = made[arabic][5::6]
        learned = [cases for n, cases in enumerate(made[arabic]) if n % 6 != 5]
        model = Model(learned, HIDDEN[label], random)
        for epoch in range(EPOCHS):
            rate = 0.01 * (1 + np.cos(np.pi * epoch / EPOCHS)) + 0.0005
            order = random.permutation(len(learned))
            loss = np.mean([model.learn(learned[n], float(rate)) for n in order])
        print(f"{label}: loss {loss:.4f}, first right of those kept aside", end=" ")
        print(f"{model.first_right(aside):.4f}", flush=True)
        fitted[label] = model.written()
    if write:
        target = Path(str(resources.files("geoline.names") / "comparison_weights.json"))
        target.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
