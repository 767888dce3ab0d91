"""How well and how fast reports are read.

Run ``python tests/benchmarks/extract.py`` (``--megabytes N`` for a shorter text to time;
``--held-out`` for the reports that were held out, which are measured seldom; ``--spacy MODEL`` to
time a pipeline of spaCy on the same texts, where spaCy and the model are installed; ``--model
FILE.py:FUNCTION`` to measure a reader of one's own, alone and beside the rules).

* Precision and recall of captures with the right place, party and days, and without the days, on
  the reports beside the tests.
* Claims in other news: the manual of Python and sentences of news about other countries' towns
  (`scan.py`), each of which ought to give none.
* Megabytes a second of UTF-8 on one core, in processor time: other topics, news of foreign towns,
  news with reports as a twentieth of it, reports alone. The names of a text are judged when first
  met; the first reading is told apart from the second.
"""

from __future__ import annotations

import argparse
import importlib
import pydoc_data.topics
import random
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from geoline.extraction.runs import extractor_of
from geoline.extraction.user_model import Beside, model_reader
from geoline.theatre import load_theatre
from tests.benchmarks.scan import foreign, sentence
from tests.reading.report_scores import read_reports, score

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoline.extraction.user_model import ReadsReports

DEVELOPED = ("reports.toml", "reports_others.toml", "reports_features.toml",
             "report_sentences.toml", "reports_arabic.toml")  # fmt: skip
HELD_OUT = ("reports_held_out.toml", "reports_arabic_held_out.toml")
PUBLISHED = date(2020, 1, 29)
TIMES_OTHERS = 19  # reports are a twentieth of the mixed text


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=4.0)
    parser.add_argument("--reports", type=int, default=10**6, help="of each set, at most")
    parser.add_argument("--news", type=int, default=20_000, help="sentences of other countries")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--spacy", default="", metavar="MODEL")
    parser.add_argument("--model", default="", metavar="FILE.py:FUNCTION")
    options = parser.parse_args()
    data = load_theatre().data
    extractor = extractor_of(data)
    readers: dict[str, ReadsReports] = {"": extractor}
    if options.model:
        model = model_reader(options.model, data)
        readers |= {", the model alone": model, ", beside": Beside(extractor, model, data)}
    for name in [*DEVELOPED, *HELD_OUT] if options.held_out else DEVELOPED:
        for way, reader in readers.items():
            total = score(reader, reports := read_reports(name)[: options.reports])
            placed = total.placed / max(1, total.found), total.placed / max(1, total.expected)
            print(
                f"{name}{way}: {len(reports)}, precision {total.precision:.3f}, recall"
                f" {total.recall:.3f} of {total.expected} captures; without the day"
                f" {placed[0]:.3f}, {placed[1]:.3f}"
            )
    draw, towns = random.Random(1), foreign(15_000)
    news = "\n\n".join(sentence(draw, towns)[0] for _ in range(options.news))
    manual = "\n\n".join(pydoc_data.topics.topics.values())[: 300 * options.news]
    for name, text in (("foreign news", news), ("manual", manual)):
        found = extractor.claims(text, PUBLISHED)
        print(f"{name}: {len(found)} claims in {len(text.split()):,} words")
    own = "\n\n".join(report.text for report in read_reports()[: options.reports])
    others = (news + manual)[: TIMES_OTHERS * len(own)]
    wanted = max(1000, int(options.megabytes * 1e6))
    pipeline = spacy_pipeline(options.spacy) if options.spacy else None
    for name, text in (
        ("manual", manual),
        ("foreign news", news),
        ("mixed", others + own),
        ("reports", own),
    ):
        long = ((text + "\n\n") * (1 + wanted // len(text)))[:wanted]
        fresh = extractor_of(load_theatre().data)
        read = partial(fresh.claims, published=PUBLISHED)
        speeds = [speed(read, long) for _ in range(2)]
        said = f"{name}: {speeds[0]:.2f} MB/s at first, {speeds[1]:.2f} again"
        if pipeline is not None:
            said += f"; spaCy {options.spacy} {speed(pipeline, long[: len(long) // 40]):.3f}"
        print(said)


def speed(read: Callable[[str], object], text: str) -> float:
    """Megabytes of UTF-8 a second of processor time."""
    started = time.process_time()
    read(text)
    return len(text.encode()) / 1e6 / (time.process_time() - started)


def spacy_pipeline(model: str) -> Callable[[str], object]:
    """Give a pipeline of spaCy that reads a text paragraph by paragraph."""
    pipeline = importlib.import_module("spacy").load(model)
    return lambda text: list(pipeline.pipe(text.split("\n\n")))


if __name__ == "__main__":
    main()
