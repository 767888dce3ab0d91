"""What the rule reads and writes: what is said of a place, who held it on the eve, its spells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from geoline.control.evidence import Heard, Weigher, certainty
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.claims import Claim

__all__ = ["Baseline", "PlaceClaim", "Spell", "State", "place_claim", "spell_on"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """Who held a place on the eve, and how sure that is (0 to 1)."""

    holder: str
    as_of: date
    confidence: float
    source: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """A stretch of days, from `start` to the next spell, with one answer.

    Parameters
    ----------
    start
        First day, at its end.
    holder
        Party id or `unknown`.
    since
        The day this holder came to hold the place.
    contested, besieged
        Whether the enemy is inside; whether all ways out are held.
    confidence
        0 to 1, how much the evidence says that the holder held it.
    claims
        Ids of the claims behind it; empty where the baseline alone speaks.
    against
        Ids of the claims that say otherwise.
    dated
        Whether `since` is a day that a source gives, not a bound ("by then") or the baseline.
    """

    start: date
    holder: str
    since: date
    contested: bool = False
    besieged: bool = False
    confidence: float = 0.0
    claims: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    dated: bool = False


class State(NamedTuple):
    """What a spell says, as `fold` finds it: days as ordinals, evidence for and against."""

    day: int
    holder: str
    since: int
    contested: bool = False
    besieged: bool = False
    support: int = 0
    denied: int = 0
    claims: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    dated: bool = False

    @property
    def confidence(self) -> float:
        """0 to 1; 0 where the holder is unknown."""
        return 0.0 if self.holder == UNKNOWN else certainty(self.support, self.denied)

    def spell(self) -> Spell:
        """Give the spell that begins with it."""
        return Spell(
            start=date.fromordinal(self.day),
            holder=self.holder,
            since=date.fromordinal(self.since),
            contested=self.contested,
            besieged=self.besieged,
            confidence=self.confidence,
            claims=self.claims,
            against=self.against,
            dated=self.dated and self.holder != UNKNOWN,
        )


class PlaceClaim(NamedTuple):
    """What one claim says of a place, as `fold` reads it; days are ordinals.

    `bound` claims give the last day of a span that began on `start`; `again` ones retake; an
    `exact` one names its day; `known` is the day on which it was public.
    """

    day: int
    claim: str
    effect: str
    party: str
    voices: tuple[Heard, ...]
    start: int = 0
    bound: bool = False
    again: bool = False
    exact: bool = True
    known: int = 0


def place_claim(claim: Claim, weigher: Weigher) -> PlaceClaim:
    """Give what a claim says of its place."""
    when = claim.when
    return PlaceClaim(
        day=when.end.toordinal(),
        claim=claim.claim_id,
        effect=claim.effect,
        party=claim.actor[0],
        voices=weigher.voices(claim),
        start=when.start.toordinal() if when.start else 0,
        bound=claim.bound,
        again=claim.event == "recaptured",
        exact=claim.precision == "day",
        known=claim.known.toordinal(),
    )


def spell_on(spells: Sequence[Spell], day: date) -> Spell:
    """Find the spell that holds at the end of a day (the first one for any earlier day)."""
    # Most places have one, and most days are asked about late.
    for spell in reversed(spells):
        if spell.start <= day:
            return spell
    return spells[0]
