"""How long a war takes from its folder to its page, by places and days, and after one claim more.

``python tests/benchmarks/large_war.py`` makes up theatres of growing size (a line that moves over
scattered places, a claim for each place that it passes; nothing in them is a fact), and measures in
processor time: reading, a day asked for the first time, days of the page drawn, the same again from
what was kept, and with one claim more; `whole` is from reading to the first page. The last column
is the growth exponent between two sizes, of places or of days: 1 is linear. Where days grow, so do
those that are drawn.
"""

from __future__ import annotations

import argparse
import csv
import math
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from geoline import load_theatre
from geoline.cache import Store
from geoline.page import page_html, page_payload, write_day
from geoline.situation import TheatreAsKnown
from geoline.theatre_folder import new_theatre

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = date(2022, 2, 24)
# Degrees: west, south, and the side of the theatre for the number of places of one country.
WEST, SOUTH, SIDE = 30.0, 46.0, 6.0
PER_SIDE = 30_000
# How far the line swings, and within which of it places fall and are taken again (degrees).
SWING, FOUGHT = 0.5, 0.1


def make(folder: Path, places: int, days: int, more: int = 0) -> Path:
    """Make a theatre's folder: the density of places stays that of a country.

    Parameters
    ----------
    folder
        Where.
    places, days
        How many.
    more
        So many claims of the last day besides.
    """
    draw = np.random.default_rng(8)
    side = SIDE * math.sqrt(places / PER_SIDE)
    lon, lat = WEST + side * draw.random(places), SOUTH + side * draw.random(places)
    new_theatre(folder, FIRST, FIRST + timedelta(days=days - 1))

    def line(day: float) -> Any:  # noqa: ANN401  (an array)
        waves = np.sin(3 * (lat - SOUTH) + day / 170) + np.sin(11 * (lat - SOUTH) + day / 60) / 3
        return WEST + side / 2 + SWING * waves * min(1.0, side / SIDE)

    held = lon > line(0)
    rows: list[dict[str, Any]] = []
    names = np.array(["north", "south"])
    eve = held.copy()
    for day in range(1, days):
        now = lon > line(day)
        moved = np.flatnonzero(now != held)
        near = np.flatnonzero(np.abs(lon - line(day)) < FOUGHT)
        for place in (*moved, *draw.choice(near, min(len(near), 3), replace=False)):
            rows.append(_claim(len(rows), int(place), names[int(now[place])], day))
        held = now
    rows += [_claim(len(rows) + n, n, "north", days - 1) for n in range(more)]
    where = enumerate(zip(lon.round(5).tolist(), lat.round(5).tolist(), strict=True))
    _write(folder / "places.csv", [
        {"id": f"p{n}", "name": f"Town {n}", "lat": y, "lon": x, "lookup": "none"}
        for n, (x, y) in where
    ])  # fmt: skip
    said = {"as_of": FIRST, "basis": "report", "source": "x"}
    _write(folder / "baseline.csv", [
        {"place_id": f"p{n}", "holder": names[int(h)], **said} for n, h in enumerate(eve)
    ])  # fmt: skip
    source = {"id": "gazette", "name": "Gazette", "reliability": "B", "lean": "independent"}
    _write(folder / "sources.csv", [source])
    _write(folder / "claims" / "claims.csv", rows)
    return folder


def _claim(number: int, place: int, actor: str, day: int) -> dict[str, Any]:
    on = FIRST + timedelta(days=day)
    return {
        "claim_id": f"c{number}", "place": f"Town {place}", "place_id": f"p{place}",
        "event": "captured", "actor": actor, "date_start": on, "date_end": on, "published": on,
        "source": "gazette", "note": "",
    }  # fmt: skip


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


class Watch:
    """Processor time of one step after the other."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, name: str) -> None:
        """Put the time since the last lap down to a step."""
        now = time.process_time()
        self.found[name] = now - self._last
        self._last = now


def measure(work: Path, places: int, days: int, shown: int) -> dict[str, float]:
    """Measure a theatre of a size: its last `shown` days on the page."""
    folder = make(work / f"{places}-{days}", places, days)
    last = FIRST + timedelta(days=days - 1)
    first = last - timedelta(days=shown - 1)
    watch = Watch()
    data = load_theatre(folder, cache=False).data
    watch.lap("read")
    store = Store(work / "kept")
    as_known = TheatreAsKnown(data, store=store)
    watch.lap("fold")
    as_known.on(last).cut_off  # noqa: B018  (asked for its time)
    watch.lap("status")
    as_known.on(first).drawing  # noqa: B018  (as above)
    watch.lap("a day")
    for day in range(shown):
        write_day(as_known.on(first + timedelta(days=day)))
    watch.lap("days")
    html = page_html(page_payload(as_known, first, last, last))
    watch.lap("page")
    store.flush()
    again = TheatreAsKnown(data, store=store)
    page_html(page_payload(again, first, last, last))
    watch.lap("again")
    more = load_theatre(make(work / f"{places}-{days}+", places, days, more=1), cache=False).data
    watch.lap("-")
    page_html(page_payload(TheatreAsKnown(more, store=store), first, last, last))
    watch.lap("one claim more")
    watch.found.pop("-")
    first_time = ("read", "fold", "status", "a day", "days", "page")
    whole = sum(watch.found[step] for step in first_time)
    size = {"claims": float(len(data.claims)), "page MB": len(html) / 1e6}
    return size | watch.found | {"whole": whole}


def main() -> None:
    """Print a row a size, and the growth exponents between them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--places", type=int, nargs="*", default=[1000, 2000, 4000])
    parser.add_argument(
        "--days", type=int, nargs="*", default=[200], help="the first for all sizes, others for one"
    )
    parser.add_argument(
        "--shown", type=int, default=10, help="days drawn for the page, of the first count of days"
    )
    options = parser.parse_args()
    first_days, *more_days = options.days
    sizes = [(places, first_days) for places in options.places]
    sizes += [(options.places[-1], days) for days in more_days]
    before: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for places, days in sizes:
            shown = options.shown * days // first_days
            found = measure(Path(folder), places, days, shown)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{places:,} places × {days} days, {shown} drawn, {peak:.0f} MB so far")
            size = float(places * days)
            for step, value in found.items():
                grown = ""
                if before.get(step, 0) > 0 and value > 0:
                    power = math.log(value / before[step]) / math.log(size / before["size"])
                    grown = f"  n^{power:.2f}"
                print(f"  {step:16} {value:9.2f}{grown}")
            before = found | {"size": size}


if __name__ == "__main__":
    main()
