"""One side's case for a place, who is inside it, and whose word on a day counts for what.

Rules 3 and 4 of `geoline.control.rule`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoline.control.evidence import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoline.control.spells import PlaceClaim

__all__ = ["Case", "EnemyInside", "last_words", "sort_captures"]


class Case:
    """Captures by one side; or, once they turned the place, what speaks for its holder."""

    __slots__ = ("claims", "dated", "first", "last", "party", "since", "taken", "tally")

    def __init__(self, party: str, day: int) -> None:
        self.party = party
        self.first = self.last = self.since = day
        self.tally = Tally()
        self.claims: list[str] = []
        self.dated = False
        # Whether a capture, not only the baseline, is behind it.
        self.taken = False

    def add(self, claims: Iterable[PlaceClaim]) -> None:
        """Hear claims for this side."""
        for claim in claims:
            self.tally.add(claim.voices)
            self.claims.append(claim.claim)


class EnemyInside(NamedTuple):
    """An enemy said to be inside, or around, until a day."""

    party: str
    last: int
    besieging: bool
    claims: tuple[str, ...]


def last_words(enters: list[PlaceClaim], others: Sequence[PlaceClaim]) -> list[PlaceClaim]:
    """Leave out of reports of an entering who later reported a capture or a flight."""
    if not enters or not others:
        return enters
    later: dict[str, int] = {}
    for claim in others:
        for heard in claim.voices:
            later[heard.voice] = max(later.get(heard.voice, 0), claim.known)
    kept = []
    for claim in enters:
        voices = tuple(v for v in claim.voices if later.get(v.voice, 0) <= claim.known)
        if voices:
            kept.append(claim._replace(voices=voices))
    return kept


def sort_captures(
    claims: Iterable[PlaceClaim], enters: Sequence[PlaceClaim]
) -> tuple[dict[str, list[PlaceClaim]], dict[str, list[PlaceClaim]], list[PlaceClaim]]:
    """Sort captures and lists by party, without voices that report no more than an entering.

    Third come the captures of which nothing is left.
    """
    takes: dict[str, list[PlaceClaim]] = {}
    lists: dict[str, list[PlaceClaim]] = {}
    cautious = []
    for claim in claims:
        heard = claim.voices
        if enters and claim.exact:
            inside = {v.voice for e in enters if e.party == claim.party for v in e.voices}
            heard = tuple(v for v in heard if v.voice not in inside)
        if not heard:
            cautious.append(claim)
        else:
            kept = claim if heard is claim.voices else claim._replace(voices=heard)
            (lists if claim.bound else takes).setdefault(claim.party, []).append(kept)
    return takes, lists, cautious
