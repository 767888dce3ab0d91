"""One side's case for a place, who is inside it, and whose word on a day counts for what.

Rules 3 and 4 of `geoline.control.rule`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoline.control.evidence import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geoline.control.spells import PlaceClaim

__all__ = ["Case", "DayClaims", "EnemyInside", "about_party", "ids_of", "sort_day", "tally_of"]

NOTHING: list[PlaceClaim] = []
# Where `DayClaims` keeps what has an effect other than "takes".
_FIELDS = {
    "enters": "enters", "leaves": "leaves", "denies": "denials", "besieges": "besieges",
    "holds": "holds", "lacks": "lacks",
}  # fmt: skip


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


class DayClaims(NamedTuple):
    """What is said of a place on one day: captures and lists by party, and what else there is."""

    takes: Mapping[str, list[PlaceClaim]]
    lists: Mapping[str, list[PlaceClaim]]
    enters: Sequence[PlaceClaim] = ()
    leaves: Sequence[PlaceClaim] = ()
    denials: Sequence[PlaceClaim] = ()
    besieges: Sequence[PlaceClaim] = ()
    holds: Sequence[PlaceClaim] = ()
    lacks: Sequence[PlaceClaim] = ()


def about_party(party: str, claims: Iterable[PlaceClaim]) -> list[PlaceClaim]:
    """Give those of some claims that are about a party."""
    return [claim for claim in claims if claim.party == party]


def ids_of(claims: Iterable[PlaceClaim]) -> list[str]:
    """Give the ids of claims, in their order."""
    return [claim.claim for claim in claims]


def tally_of(claims: Iterable[PlaceClaim]) -> Tally:
    """Add up the voices of claims."""
    tally = Tally()
    for claim in claims:
        tally.add(claim.voices)
    return tally


def sort_day(claims: Sequence[PlaceClaim]) -> DayClaims:
    """Sort what is said on a day; who speaks twice is heard by the last or the cautious word."""
    if len(claims) == 1 and claims[0].voices:
        return _alone(claims)
    by_effect: dict[str, list[PlaceClaim]] = {}
    for claim in claims:
        by_effect.setdefault(claim.effect, []).append(claim)
    captures, leaves = by_effect.get("takes", NOTHING), by_effect.get("leaves", NOTHING)
    enters = _last_words(by_effect.get("enters", NOTHING), [*captures, *leaves])
    takes, lists, cautious = _sort_captures(captures, enters)
    denials, besieges = by_effect.get("denies", NOTHING), by_effect.get("besieges", NOTHING)
    holds, lacks = by_effect.get("holds", NOTHING), by_effect.get("lacks", NOTHING)
    return DayClaims(takes, lists, [*enters, *cautious], leaves, denials, besieges, holds, lacks)


def _alone(claims: Sequence[PlaceClaim]) -> DayClaims:
    """Sort the one claim of a day as `sort_day` would: no other word stands against it."""
    (claim,) = claims
    if claim.effect == "takes":
        by_party = {claim.party: list(claims)}
        return DayClaims({}, by_party) if claim.bound else DayClaims(by_party, {})
    return DayClaims({}, {}, **{_FIELDS[claim.effect]: claims})


def _last_words(enters: list[PlaceClaim], others: Sequence[PlaceClaim]) -> list[PlaceClaim]:
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


def _sort_captures(
    claims: Iterable[PlaceClaim], enters: Sequence[PlaceClaim]
) -> tuple[dict[str, list[PlaceClaim]], dict[str, list[PlaceClaim]], list[PlaceClaim]]:
    """Sort captures and lists by party, without voices that report no more than an entering.

    Third come the captures of which nothing is left.
    """
    takes: dict[str, list[PlaceClaim]] = {}
    lists: dict[str, list[PlaceClaim]] = {}
    cautious = []
    for claim in claims:
        kept = _without_entering(claim, enters) if enters and claim.exact else claim
        if kept.voices:
            (lists if claim.bound else takes).setdefault(claim.party, []).append(kept)
        else:
            cautious.append(claim)
    return takes, lists, cautious


def _without_entering(claim: PlaceClaim, enters: Iterable[PlaceClaim]) -> PlaceClaim:
    """Leave out of a capture the voices that report an entering by the same party."""
    inside = tally_of(about_party(claim.party, enters)).best
    return claim._replace(voices=tuple(v for v in claim.voices if v.voice not in inside))
