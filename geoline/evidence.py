"""How much a claim weighs: whose voice it is, how reliable, and for which side it speaks.

Rules 1 and 2 of `geoline.control`. The weight of a voice is the chance that what it says is so;
independent voices add up as evidence, -ln(1 - weight).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geoline.claims import Claim, Source

__all__ = ["MOST", "Sides", "Weigher", "certainty"]

# Admiralty codes of the source and of the information. The numbers are this project's judgement.
RELIABILITY = {"A": 0.95, "B": 0.8, "C": 0.6, "D": 0.4, "E": 0.2, "F": 0.4}
CREDIBILITY = {1: 1.0, 2: 1.0, 3: 0.9, 4: 0.5, 5: 0.2, 6: 1.0}
OWN_SIDE, AGAINST_OWN_SIDE = 0.5, 1.25
# No voice is certain.
MOST = 0.95
# What all voices for their own side together may add: less than one independent agency (1.6).
OWN_SIDE_CAP = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """Who leans to whom.

    Parameters
    ----------
    favours
        For each lean, the parties that a source of that lean speaks for.
    """

    favours: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs claims by the sources that speak and the sides they lean to."""

    sources: Mapping[str, Source]
    sides: Sides

    def voices(self, claim: Claim) -> dict[str, tuple[float, bool]]:
        """Weight of each voice of a claim, and whether it speaks for its own side."""
        heard = {}
        for voice in claim.origins or (claim.source,):
            source = self.sources[voice]
            favoured = self.sides.favours.get(source.lean, frozenset())
            party = claim.actor[0]
            for_party = party in favoured
            if claim.effect == "leaves":
                own, against = bool(favoured) and not for_party, for_party
            else:
                own, against = for_party, bool(favoured) and not for_party
            weight = RELIABILITY[source.reliability] * CREDIBILITY[claim.credibility]
            weight *= OWN_SIDE if own else AGAINST_OWN_SIDE if against else 1.0
            heard[voice] = (min(weight, MOST), own)
        return heard

    def evidence(self, claims: Iterable[Claim], *, without: frozenset[str] = frozenset()) -> float:
        """Sum of the evidence of independent voices."""
        best: dict[str, tuple[float, bool]] = {}
        for claim in claims:
            for voice, heard in self.voices(claim).items():
                if voice not in without and heard > best.get(voice, (0.0, False)):
                    best[voice] = heard
        own = math.fsum(-math.log1p(-w) for w, is_own in best.values() if is_own)
        free = math.fsum(-math.log1p(-w) for w, is_own in best.values() if not is_own)
        return free + min(own, OWN_SIDE_CAP)

    def median_day(self, claims: Iterable[Claim]) -> date:
        """Weighted median of the days that the voices give; of several by one voice, the last."""
        last: dict[str, tuple[date, float]] = {}
        for claim in claims:
            for voice, (weight, _) in self.voices(claim).items():
                last[voice] = max(last.get(voice, (claim.when.end, 0.0)), (claim.when.end, weight))
        ordered = sorted(last.values())
        half = math.fsum(weight for _, weight in ordered) / 2
        passed = 0.0
        for day, weight in ordered:
            passed += weight
            if passed >= half:
                return day
        return ordered[-1][0]


def certainty(support: float, denied: float) -> float:
    """Turn evidence for and against into a confidence, 0 to 1.

    Examples
    --------
    >>> certainty(1.6, 0.0), certainty(1.0, 1.0)
    (0.798, 0.432)
    """
    total = support + denied
    return round((1.0 - math.exp(-total)) * support / total, 3) if total > 0 else 0.0
