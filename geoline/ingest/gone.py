"""What a dataset had and has no more: events of the ledger that a later export leaves out.

ACLED and others withdraw events. Nothing in a file says so; an event is missed if its day lies
between the first and the last day of the file and its id begins as others of the file do (ACLED's
ids begin with the country), and yet no row bears it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoline.claims import Claim, claims_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geoline.dates import DayInterval

__all__ = ["RETRACTION", "FileSpan", "first_version", "missing", "retraction"]

# What follows the id of an event that is no more in its dataset.
RETRACTION = "@gone"
_COUNTRY = re.compile(r"\D*")


@dataclass(slots=True)
class FileSpan:
    """Which events a file has, and of which days; rows that are set aside count."""

    ids: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None
    public: date | None = None

    def meet(self, name: str, when: DayInterval) -> None:
        """Note a row: the claim id of its event, and its days."""
        self.ids.add(name)
        self.countries.add(_country(name))
        day = _middle(when)
        self.first = min(self.first or day, day)
        self.last = max(self.last or day, day)

    def holds(self, name: str, when: DayInterval) -> bool:
        """Whether an event would be in the file if its dataset still had it."""
        if self.first is None or self.last is None or _country(name) not in self.countries:
            return False
        return self.first <= _middle(when) <= self.last


def _country(name: str) -> str:
    found = _COUNTRY.match(name)
    return found.group() if found else ""


def _middle(when: DayInterval) -> date:
    """Give the day that the dataset gives, of which its precision made a span."""
    return when.end if when.start is None else when.start + (when.end - when.start) / 2


def first_version(claim: Claim, claims: Mapping[str, Claim]) -> Claim:
    """Give the claim that this one, version after version, corrects."""
    met = set()
    while claim.corrects and claim.claim_id not in met:
        met.add(claim.claim_id)
        before = claims.get(claim.corrects[0])
        if before is None or before.source != claim.source:
            break
        claim = before
    return claim


def missing(
    span: FileSpan, claims: Mapping[str, Claim], *, source: str, prefix: str
) -> tuple[Claim, ...]:
    """Find the events of the ledger that the file should have, and has not.

    Parameters
    ----------
    span
        What the file has.
    claims
        The ledger by id.
    source, prefix
        The dataset's id among the sources, and what the ids of its claims begin with.
    """
    found = []
    for claim in _in_force(claims.values()):
        if claim.source != source or claim.event == "retracted":
            continue
        name = first_version(claim, claims).claim_id
        if name.startswith(prefix) and name not in span.ids and span.holds(name, claim.when):
            found.append(claim)
    return tuple(sorted(found, key=lambda claim: claim.claim_id))


def _in_force(claims: Iterable[Claim]) -> list[Claim]:
    return claims_in_force(claims)


def retraction(claim: Claim, *, public: date | None, file: str) -> Claim:
    """Take back an event that its dataset has no more, as of the day of the file."""
    day = max(public or claim.known, claim.known)
    return Claim(
        claim_id=f"{claim.claim_id}{RETRACTION}",
        place=claim.place,
        about=claim.about,
        place_id=claim.place_id,
        event="retracted",
        actor=claim.actor,
        when=claim.when,
        precision=claim.precision,
        source=claim.source,
        published=day,
        note=f"no more in {file}",
        corrects=(claim.claim_id,),
    )
