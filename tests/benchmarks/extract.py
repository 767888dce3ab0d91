"""How well and how fast reports are read.

Run ``python tests/benchmarks/extract.py`` (``--megabytes N`` for a shorter text to time).

* Precision and recall of captures with the right place, party and days, on the reports of
  ``tests/reports.toml``; those marked ``held`` beside the others.
* Claims in other news: the manual of Python and sentences of news about other countries' towns
  (`scan.py`), each of which ought to give none.
* Megabytes a second of UTF-8 on one core: other news alone, other news with reports as a twentieth
  of it, and reports alone.
"""

from __future__ import annotations

import argparse
import pydoc_data.topics
import random
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from geoline.report_runs import extractor_of
from geoline.theatre import load_theatre
from tests.benchmarks.scan import foreign, sentence
from tests.report_scores import read_reports, score

PUBLISHED = date(2020, 1, 29)
TIMES_OTHERS = 19  # reports are a twentieth of the mixed text


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=4.0)
    wanted = int(parser.parse_args().megabytes * 1e6)
    extractor = extractor_of(load_theatre().seeds)
    reports = read_reports()
    for name, some in (
        ("reports", [r for r in reports if not r.held]),
        ("held", [r for r in reports if r.held]),
    ):
        total = score(extractor, some)
        print(
            f"{name}: {len(some)}, precision {total.precision:.3f}, recall {total.recall:.3f}"
            f" of {total.expected} captures"
        )
    draw, towns = random.Random(1), foreign(15_000)
    news = "\n\n".join(sentence(draw, towns)[0] for _ in range(20_000))
    manual = "\n\n".join(pydoc_data.topics.topics.values())
    for name, text in (("foreign news", news), ("manual", manual)):
        found = extractor.claims(text, PUBLISHED)
        print(f"{name}: {len(found)} claims in {len(text.split()):,} words")
    own = "\n\n".join(report.text for report in reports)
    others = (news + manual)[: TIMES_OTHERS * len(own)]
    for name, text in (("others", manual), ("mixed", others + own), ("reports", own)):
        long = (text + "\n\n") * max(1, wanted // len(text))
        long = long[: max(wanted, 1000)]
        started = time.perf_counter()
        extractor.claims(long, PUBLISHED)
        took = time.perf_counter() - started
        print(f"{name}: {len(long.encode()) / 1e6 / took:.2f} MB/s")


if __name__ == "__main__":
    main()
