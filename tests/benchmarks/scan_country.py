"""How the scan of running text does with every village of a country, of which nobody reviewed any.

Run this file (``--half chosen`` for the half that settings were chosen on, ``--fit`` to fit the
weights of `geoline.gazetteer.scan.support` on that half).

* False: finds in 10,000 words of news about other countries, made as `scan.py` makes it: sentences
  one by one, and articles of 2 to 20 sentences.
* Found: the places taken in the reports of `tests/reading/corpora`, those that the country's list
  has: found is one that a span of its report is resolved to, to within `FAR_KM`. "Country alone":
  nobody reviewed any place. "Half reviewed": the reviewed places of the theatre, but for a half
  drawn by lot, stand before the country's; the places of that half count.
* Arab neighbours: the same articles with towns of other Arab countries, whose names are like
  Syria's: no goal, but to know.

Reports and towns are halved by a draw that does not change.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import runpy
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geoline import Gazetteer, load_theatre
from geoline.gazetteer import great_circle_km, read_country
from geoline.gazetteer.scan import Scanner
from geoline.gazetteer.scan.support import CONSTANT, signs
from geoline.theatre_folder import bundled

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.gazetteer import COUNTRIES, SEED
from tests.benchmarks.scan import foreign, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoline.gazetteer import Place
    from geoline.gazetteer.scan import Found

FAR_KM = 3.0
CORPORA = Path(__file__).parents[1] / "reading" / "corpora"
SENTENCES = (2, 3, 5, 8, 12, 20)
Towns = runpy.run_path(str(Path(__file__).with_name("gazetteer.py")))["Towns"]


class Report(NamedTuple):
    """A report, and the ids of the places that were taken by it."""

    text: str
    places: tuple[str, ...]


def half_of(key: str) -> str:
    """Tell which half a report or a town is in."""
    return ("chosen", "reported")[hashlib.sha256(f"scan {key}".encode()).digest()[0] & 1]


def reports(half: str) -> Iterator[Report]:
    """Give the reports of a half."""
    for path in sorted(CORPORA.glob("reports*.toml")):
        for each in tomllib.loads(path.read_text("utf-8"))["report"]:
            if half == half_of(each["name"]):
                places = dict.fromkeys(c.split()[0] for c in each.get("captures", ()))
                yield Report(each["text"], tuple(places))


def news(towns: list[str], half: str, words: int, lengths: tuple[int, ...]) -> list[str]:
    """Make news about towns of a half."""
    some = [town for town in towns if half_of(town) == half]
    draw = random.Random(f"{SEED} {half}")
    made: list[str] = []
    count = 0
    while count < words:
        made.append(" ".join(sentence(draw, some)[0] for _ in range(draw.choice(lengths))))
        count += len(made[-1].split())
    return made


def false_finds(scanner: Scanner, texts: list[str]) -> float:
    """Give finds in 10,000 words of texts that name no place of the country."""
    found = sum(len(scanner.scan(text)) for text in texts)
    return found / sum(len(text.split()) for text in texts) * 1e4


def found_places(scanner: Scanner, some: list[Report], wanted: dict[str, Place]) -> str:
    """Tell how many of the places wanted are found in reports that name them taken."""
    found = total = 0
    for report in some:
        spans = scanner.scan(report.text)
        for place_id in report.places:
            if place_id in wanted:
                total += 1
                found += any(_is_at(span, wanted[place_id]) for span in spans)
    return f"{found / total:.3f} of {total}"


def _is_at(span: Found, place: Place) -> bool:
    best = span.resolution.candidates[0]
    return bool(great_circle_km(place.lat, place.lon, [best.lat], [best.lon])[0] <= FAR_KM)


def fit(scanner: Scanner, known: Scanner, far: list[str]) -> None:
    """Fit the weights: names that the reviewed places have in reports, against those of news."""
    rows, right = [], []
    texts = [(report.text, True) for report in reports("chosen")]
    texts += [(t, False) for t in news(far, "chosen", 40_000, (1, 1, 1, *SENTENCES))]
    for text, here in texts:
        named = scanner.named(text)
        sure = [f for f in known.scan(text) if f.resolution.status == "resolved"] if here else []
        for one, values in zip(named, signs(text, named) if named else (), strict=True):
            same = [f for f in sure if f.start < one.end and one.start < f.end]
            candidates = one.answer.candidates
            apart = [
                great_circle_km(
                    f.resolution.candidates[0].lat,
                    f.resolution.candidates[0].lon,
                    [c.lat for c in candidates],
                    [c.lon for c in candidates],
                ).min()
                for f in same
            ]
            if not here or (apart and min(apart) <= FAR_KM):
                rows.append(np.concatenate(([1.0], values)))
                right.append(here)
    table, wanted = np.array(rows), np.array(right, dtype=float)
    # So that a name of a report is as likely as four of news.
    counts = np.where(wanted > 0, 0.25 * (wanted == 0).sum() / wanted.sum(), 1.0)
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ weights))
        bend = (table * (counts * chance * (1 - chance))[:, None]).T @ table
        weights += np.linalg.solve(
            bend + 0.5 * np.eye(len(weights)),
            table.T @ (counts * (wanted - chance)) - 0.5 * weights,
        )
    print("constant, weights:", weights.round(2), "now", CONSTANT, int(wanted.sum()), len(wanted))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("chosen", "reported"), default="reported")
    parser.add_argument("--fit", action="store_true", help="fit the weights instead")
    parser.add_argument("--words", type=int, default=60_000, help="words of each kind of news")
    options = parser.parse_args()
    theatre = load_theatre()
    not_places = theatre.data.reading.not_places
    country = read_country((Path(bundled()) / "../../gazetteer/syria").resolve())
    scanner = Scanner(Gazetteer(country, reviewed=0), not_places=not_places)
    far = foreign(15_000)
    if options.fit:
        fit(scanner, Scanner(theatre.gazetteer, not_places=not_places), far)
        return
    places = theatre.gazetteer.alone.places
    records = {place.lookup.split(";")[0].strip() for place in country}
    listed = {p.id: p for p in places if any(one.strip() in records for one in p.lookup.split(";"))}
    dropped = {key: p for key, p in listed.items() if half_of(f"place {key}") == "chosen"}
    half = Gazetteer([p for p in places if p.id not in dropped], country=lambda: country)
    behind = Scanner(half, not_places=not_places, country=True)
    some = list(reports(options.half))
    arab = [
        name for c in COUNTRIES if c != "SY" for names in Towns((c,)).names for name in names[:1]
    ]
    print(f"half: {options.half}")
    for label, one, wanted in (
        ("country alone", scanner, listed),
        ("half reviewed", behind, dropped),
    ):
        print(f"{label}: found {found_places(one, some, wanted)}")
        for kind, towns, lengths in (
            ("sentences", far, (1,)),
            ("articles", far, SENTENCES),
            ("Arab articles", arab, SENTENCES),
        ):
            rate = false_finds(one, news(towns, options.half, options.words, lengths))
            print(f"  false in 10,000 words, {kind}: {rate:.1f}", flush=True)


if __name__ == "__main__":
    main()
