"""The claims about one place, sorted by what they say, and captures in runs of one side.

Rules 3 and 4 of `geoline.control`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.claims import Claim
    from geoline.evidence import Weigher

__all__ = ["Run", "Told"]

# How far back a cumulative list speaks, if it does not say.
BY_REACHES = timedelta(days=7)
# A capture dated this long after a list that has it is the same capture.
BY_SLACK = timedelta(days=2)


@dataclass(slots=True)
class Run:
    """Captures by one side with no capture by another between them.

    Parameters
    ----------
    party
        Who captures.
    first, last
        First and last day that the claims give.
    claims
        The claims; lists that bound the same change among them.
    bounds_only
        Whether nothing but lists speaks of it.
    """

    party: str
    first: date
    last: date
    claims: list[Claim] = field(default_factory=list)
    bounds_only: bool = False


class Told:
    """The claims about one place by their effect; captures without those that only say entered."""

    def __init__(self, claims: Sequence[Claim], weigher: Weigher) -> None:
        self.weigher = weigher
        by_effect: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            by_effect[claim.effect].append(claim)
        self.enters, self.leaves = by_effect["enters"], by_effect["leaves"]
        self.denies, self.besieges = by_effect["denies"], by_effect["besieges"]
        self.takes = [c for c in by_effect["takes"] if not self._cautious(c)]

    def _cautious(self, claim: Claim) -> bool:
        """Whether every voice of a capture reports no more than an entering that day."""
        voices = self.weigher.voices(claim).keys()
        entering = {
            voice
            for other in self.enters
            if other.actor == claim.actor and other.when.end == claim.when.end
            for voice in self.weigher.voices(other)
        }
        return claim.precision == "day" and voices <= entering

    def runs(self, *, after: date, holder: str) -> list[Run]:
        """Sort the captures after a day into runs of one side each, in order of days."""
        dated = [c for c in self.takes if c.precision != "by" and c.when.end > after]
        lists = [c for c in self.takes if c.precision == "by" and c.when.end > after]
        runs = _merge(_ordered(dated, holder))
        loose = []
        for claim in lists:
            mine = [
                run
                for run in runs
                if run.party == claim.actor[0] and run.first <= claim.when.end + BY_SLACK
            ]
            if mine:
                mine[-1].claims.append(claim)
            elif not self._stale(claim, dated):
                loose.append(claim)
        runs += [Run(c.actor[0], c.when.end, c.when.end, [c], bounds_only=True) for c in loose]
        return _merge(sorted(runs, key=lambda run: (run.first, not run.bounds_only)))

    @staticmethod
    def _stale(claim: Claim, dated: Sequence[Claim]) -> bool:
        """Whether a loss is dated inside the span that a list of captures covers."""
        if claim.event == "recaptured":
            return False  # what is taken back was lost before
        start = max(claim.when.start or date.min, claim.when.end - BY_REACHES)
        return any(
            other.actor != claim.actor and start <= other.when.end <= claim.when.end
            for other in dated
        )


def _ordered(dated: Sequence[Claim], holder: str) -> list[Run]:
    """One run for each side and day; a side that comes back comes after the one that came."""
    days: dict[date, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in dated:
        days[claim.when.end][claim.actor[0]].append(claim)
    runs, last = [], holder
    for day in sorted(days):
        sides = days[day]
        order = sorted(
            sides,
            key=lambda party: (
                all(c.event == "recaptured" for c in sides[party]),
                party == last,
                party,
            ),
        )
        runs += [Run(party, day, day, sides[party]) for party in order]
        last = order[-1]
    return runs


def _merge(runs: Sequence[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].party == run.party:
            merged[-1].claims += run.claims
            merged[-1].last = run.last
            merged[-1].bounds_only &= run.bounds_only
        else:
            merged.append(run)
    return merged
