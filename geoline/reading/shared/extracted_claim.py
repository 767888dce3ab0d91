"""A claim as a report makes it, before a person has looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.reading.shared.told_event import HAPPENED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

__all__ = ["ExtractedClaim", "once"]


OVERNIGHT, FORTNIGHT = timedelta(days=1), timedelta(days=14)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtractedClaim:
    """A claim as a sentence makes it.

    Parameters
    ----------
    place
        The name as written.
    place_id, lat, lon
        What it means (degrees, WGS 84); None if no list has it, or it may be several.
    about, road
        As in `geoline.claims.claim.Claim`.
    event
        A key of `geoline.claims.claim.EVENTS`.
    actor, from_actor
        Party or actor it is about, and from whom; empty if not said.
    first, last, precision
        The days the words allow; `first` is None where they give no lower bound.
    certainty, attributed_to
        How sure, and on whose word.
    span
        Code points of the text that it rests on: first, and the one behind the last.
    evidence
        The sentence.
    flag
        What a reader should look at.
    rule
        Name of the rule of the grammar that read it; empty if none did, as of a user's own model.
    """

    place: str
    place_id: str | None
    lat: float | None
    lon: float | None
    about: str
    road: str
    event: str
    actor: str
    from_actor: str
    first: date | None
    last: date
    precision: str
    certainty: str
    attributed_to: str
    span: tuple[int, int]
    evidence: str
    flag: str
    rule: str = ""


def once(claims: Sequence[ExtractedClaim]) -> list[ExtractedClaim]:
    """Keep each claim once: told again less exactly, it is the one whose days were said."""
    dated: dict[tuple[object, ...], list[ExtractedClaim]] = {}
    for claim in claims:
        if claim.precision != "by":
            dated.setdefault(_what(claim), []).append(claim)
    earliest: dict[tuple[object, ...], date] = {}
    for claim in claims:
        if claim.precision == "by":
            what = _what(claim)
            earliest[what] = min(claim.last, earliest.get(what, claim.last))
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in claims:
        others = [other for other in dated.get(_what(claim), ()) if not _came_first(other, claim)]
        if claim.precision == "by" and (others or claim.last > earliest[_what(claim)]):
            continue
        if any(_narrows(other, claim) for other in others):
            continue
        key = (*_what(claim), claim.first, claim.last, claim.attributed_to)
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept


def _came_first(other: ExtractedClaim, claim: ExtractedClaim) -> bool:
    """Whether a capture that was retaken since is told beside: "has retaken X, first took it"."""
    again = claim.event == "recaptured" and other.event == "captured"
    return again and claim.precision == "by" and claim.last - other.last > FORTNIGHT


def _narrows(other: ExtractedClaim, claim: ExtractedClaim) -> bool:
    """Whether another claim gives one day within the days of a claim."""
    if other.first is None or claim.first is None or claim.last - claim.first <= OVERNIGHT:
        return False
    return other.first == other.last and claim.first <= other.first <= claim.last


def _what(claim: ExtractedClaim) -> tuple[object, ...]:
    sure = claim.certainty in HAPPENED
    event = claim.event.removeprefix("re")
    return (claim.place_id or claim.place, event, claim.actor, sure or claim.certainty)
