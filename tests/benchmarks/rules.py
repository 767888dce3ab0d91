"""How often each rule of the grammar reads a claim, and how often what it reads is right.

Run ``python tests/benchmarks/rules.py`` (``--unused`` names the rules that read nothing alone).

Counted is on the reports that were held out, whose words shaped no rule, and on all. A claim
carries the rule that read it. Of those that say a place was captured, and which place and side, it
is known whether they are right: the report's file lists them with their days. The rest (who
entered, shelled, plans) is only counted. What two rules read alike is the first one's.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from geoline.extraction.runs import extractor_of
from geoline.reading.arabic.grammar import ARABIC
from geoline.reading.english.grammar import ENGLISH
from geoline.theatre import load_theatre
from tests.benchmarks.extract import DEVELOPED, HELD_OUT
from tests.reading.report_scores import captures, read_reports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoline.extraction.user_model import ReadsReports
    from tests.reading.report_scores import Report


@dataclass(slots=True)
class Read:
    """What each rule read: claims, captures that can be judged, those right, with the day and not.

    Parameters
    ----------
    claims, judged, right, placed
        Numbers by rule.
    """

    claims: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    placed: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Read) -> Read:
        return Read(
            self.claims + other.claims,
            self.judged + other.judged,
            self.right + other.right,
            self.placed + other.placed,
        )


def by_rule(reader: ReadsReports, reports: Iterable[Report]) -> Read:
    """Count what each rule reads of reports, and what of it is expected."""
    read = Read()
    for report in reports:
        named = {capture[:2] for capture in report.expected}
        seen: set[tuple[str, str, str]] = set()
        for claim in reader.claims(report.text, report.published):
            read.claims[claim.rule] += 1
            for capture in captures([claim]) - seen:
                seen.add(capture)
                if capture in report.expected or capture[:2] not in report.open:
                    read.judged[claim.rule] += 1
                    read.right[claim.rule] += capture in report.expected
                    read.placed[claim.rule] += capture[:2] in named
    return read


def _cells(read: Read, rule: str) -> str:
    judged = read.judged[rule]
    if not judged:
        return f"{read.claims[rule]} | 0 | | "
    right, placed = read.right[rule] / judged, read.placed[rule] / judged
    return f"{read.claims[rule]} | {judged} | {right:.2f} | {placed:.2f} "


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unused", action="store_true", help="only the rules that read nothing")
    parser.add_argument("--reports", type=int, default=10**6, help="of each set, at most")
    options = parser.parse_args()
    reader = extractor_of(load_theatre().data)

    def read(names: Iterable[str]) -> Read:
        return by_rule(reader, [r for name in names for r in read_reports(name)[: options.reports]])

    held_out = read(HELD_OUT)
    every = held_out + read(DEVELOPED)
    rules = [rule.name for grammar in (ENGLISH, ARABIC) for rule in grammar.rules]
    if options.unused:
        print(*(rule for rule in rules if not every.claims[rule]), sep="\n")
        return
    print(
        "| rule | held out: claims | captures | right | but for the day "
        "| all: claims | captures | right | but for the day |\n|---|" + "---|" * 8
    )
    for rule in sorted({*rules, *every.claims}, key=lambda rule: (-every.claims[rule], rule)):
        print(f"| {rule or 'not named'} | {_cells(held_out, rule)}| {_cells(every, rule)}|")


if __name__ == "__main__":
    main()
