"""How much a claim weighs: whose voice it is, how reliable, and for which side it speaks.

Rules 1 and 2 of `geoline.control.rule`. The weight of a voice is the chance that what it says is
so; independent voices add up as evidence, -ln(1 - weight). Evidence is counted in whole millionths,
so that a sum does not depend on the order of its parts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from geoline.claims import Claim, Source

__all__ = [
    "MILLION",
    "MOST",
    "Alliances",
    "Heard",
    "Tally",
    "Weigher",
    "certainty",
    "evidence_of",
]

# Admiralty codes of the source and of the information. The numbers are this project's judgement.
RELIABILITY = {"A": 0.95, "B": 0.8, "C": 0.6, "D": 0.4, "E": 0.2, "F": 0.4}
CREDIBILITY = {1: 1.0, 2: 1.0, 3: 0.9, 4: 0.5, 5: 0.2, 6: 1.0}
OWN_SIDE, AGAINST_OWN_SIDE = 0.5, 1.25
# No voice is certain.
MOST = 0.95
MILLION = 1_000_000
# What all voices for their own side together may add: less than one independent agency (1.6).
OWN_SIDE_CAP = 1 * MILLION


def evidence_of(weight: float) -> int:
    """Turn a chance (0 to 1) into evidence, in millionths; no more than `MOST` gives.

    Examples
    --------
    >>> evidence_of(0.8), evidence_of(1.0)
    (1609438, 2995732)
    """
    return round(-math.log1p(-min(weight, MOST)) * MILLION)


def certainty(support: int, denied: int) -> float:
    """Turn evidence for and against, in millionths, into a confidence, 0 to 1.

    Examples
    --------
    >>> certainty(1_600_000, 0), certainty(1_000_000, 1_000_000)
    (0.798, 0.432)
    """
    total = support + denied
    if total <= 0:
        return 0.0
    return round((1.0 - math.exp(-total / MILLION)) * support / total, 3)


class Heard(NamedTuple):
    """One voice in one claim: who, how much evidence, and whether it speaks for its own side."""

    voice: str
    evidence: int
    own: bool


class Tally:
    """The evidence of several voices, each counted once, at its best."""

    __slots__ = ("best", "free", "own", "total")

    def __init__(self, heard: Iterable[Heard] = ()) -> None:
        self.best: dict[str, Heard] = {}
        # Evidence of the voices that do not speak for their own side, of those that do, and of
        # all, those for their own side together no more than the cap.
        self.free = self.own = self.total = 0
        if heard:
            self.add(heard)

    def add(self, heard: Iterable[Heard], *, without: Collection[str] = ()) -> None:
        """Hear more voices, but not those named."""
        best = self.best
        for one in heard:
            voice, evidence, own = one
            before = best.get(voice)
            if voice in without or (before is not None and before >= one):
                continue
            if before is not None:
                self._forget(before)
            best[voice] = one
            if own:
                self.own += evidence
            else:
                self.free += evidence
        self.total = self.free + min(self.own, OWN_SIDE_CAP)

    def remove(self, voices: Iterable[str]) -> None:
        """Hear some voices no more."""
        if self.best:
            for voice in voices:
                if voice in self.best:
                    self._forget(self.best.pop(voice))
            self.total = self.free + min(self.own, OWN_SIDE_CAP)

    def _forget(self, one: Heard) -> None:
        if one.own:
            self.own -= one.evidence
        else:
            self.free -= one.evidence

    def copy(self) -> Tally:
        """Give a tally of the same voices, to be added to on its own."""
        new = Tally()
        new.best = dict(self.best)
        new.free, new.own, new.total = self.free, self.own, self.total
        return new


@dataclass(frozen=True, kw_only=True, slots=True)
class Alliances:
    """Who leans to whom, and who stands with whom.

    Parameters
    ----------
    favours
        For each lean, the parties that a source of that lean speaks for.
    friends
        For each party or actor, the parties whose side it is on.
    """

    favours: Mapping[str, frozenset[str]]
    friends: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def enemies(self, one: str, other: str) -> bool:
        """Whether two parties or actors are not on one side."""
        return one != other and not (
            other in self.friends.get(one, ()) or one in self.friends.get(other, ())
        )


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs claims by the sources that speak and the sides they lean to."""

    sources: Mapping[str, Source]
    sides: Alliances
    _heard: dict[tuple[tuple[str, ...], str, bool, int], tuple[Heard, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def voices(self, claim: Claim) -> tuple[Heard, ...]:
        """Each voice of a claim with its evidence."""
        return self.hear(
            claim.voices,
            claim.actor[0],
            leaves=claim.effect == "leaves",
            credibility=claim.credibility,
        )

    def tally(self, claims: Iterable[Claim]) -> Tally:
        """Add up the voices of some claims."""
        return Tally(heard for claim in claims for heard in self.voices(claim))

    def evidence(self, claims: Iterable[Claim]) -> int:
        """Give the evidence of all voices of some claims, in millionths."""
        return self.tally(claims).total

    def hear(
        self, speakers: tuple[str, ...], party: str, *, leaves: bool, credibility: int
    ) -> tuple[Heard, ...]:
        """Each voice with its evidence, for what it says of a party.

        Parameters
        ----------
        speakers
            Ids of the sources that speak.
        party
            Whom the claim is about.
        leaves
            Whether it says that the party left: bad news for that party.
        credibility
            Admiralty code of the information, 1 to 6.
        """
        key = (speakers, party, leaves, credibility)
        heard = self._heard.get(key)
        if heard is None:
            heard = self._heard[key] = tuple(
                self._weigh(voice, party, leaves=leaves, credibility=credibility)
                for voice in dict.fromkeys(speakers)
            )
        return heard

    def _weigh(self, voice: str, party: str, *, leaves: bool, credibility: int) -> Heard:
        source = self.sources[voice]
        favoured = self.sides.favours.get(source.lean, frozenset())
        for_party = party in favoured
        if leaves:
            own, against = bool(favoured) and not for_party, for_party
        else:
            own, against = for_party, bool(favoured) and not for_party
        weight = RELIABILITY[source.reliability] * CREDIBILITY[credibility]
        weight *= OWN_SIDE if own else AGAINST_OWN_SIDE if against else 1.0
        return Heard(voice, evidence_of(weight), own)
