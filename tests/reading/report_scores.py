"""Hold the captures found in the reports of `reports.toml` against those expected."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geoline.reading.report.resolve_names import UNREVIEWED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geoline.extraction.user_model import ReadsReports
    from geoline.reading.shared.extracted_claim import ExtractedClaim

__all__ = ["Report", "Score", "captures", "read_reports", "score"]

# Place, party, days.
Capture = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A report, the captures that it gives as having happened, and those that are left open."""

    name: str
    published: date
    text: str
    expected: frozenset[Capture]
    open: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class Score:
    """Captures found, expected and both, and what was wrong; `placed`: right but for the days."""

    found: int = 0
    expected: int = 0
    right: int = 0
    placed: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Part of the captures found that are right in place, party and days."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """Part of the captures expected that were found."""
        return self.right / max(1, self.expected)


def read_reports(name: str = "reports.toml") -> list[Report]:
    """Read the reports of a file beside this one."""
    path = Path(__file__).parent / "corpora" / name
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["report"]
    return [
        Report(
            name=row["name"],
            published=row["published"],
            text=row["text"],
            expected=frozenset(_capture(line) for line in row["captures"]),
            open=frozenset((line.split()[0], line.split()[1]) for line in row.get("open", ())),
        )
        for row in rows
    ]


def _capture(line: str) -> Capture:
    place, party, days = line.split()
    return place, party, days


def captures(claims: Iterable[ExtractedClaim]) -> set[Capture]:
    """Give the captures among claims that are said to have happened.

    Unknown names are left out, and those of places that nobody reviewed: the reports expect none.
    """
    return {
        (claim.place_id, claim.actor, _days(claim))
        for claim in claims
        if claim.event in {"captured", "recaptured"}
        and claim.certainty in {"asserted", "reported"}
        and claim.place_id is not None
        and UNREVIEWED not in claim.flag
    }


def _days(claim: ExtractedClaim) -> str:
    if claim.first == claim.last:
        return f"{claim.last}"
    return f"{claim.first or ''}..{claim.last}"


def score(reader: ReadsReports, reports: Iterable[Report]) -> Score:
    """Hold what is found in reports against what is expected."""
    total = Score()
    for report in reports:
        every = captures(reader.claims(report.text, report.published))
        found = {c for c in every if c[:2] not in report.open or c in report.expected}
        total.found += len(found)
        total.expected += len(report.expected)
        total.right += len(found & report.expected)
        total.placed += len({c[:2] for c in found} & {c[:2] for c in report.expected})
        total.wrong += [f"{report.name}: {c}" for c in sorted(found - report.expected)]
        total.missed += [f"{report.name}: {c}" for c in sorted(report.expected - found)]
    return total
