"""Claims: what a source said happened, when, and who repeated whom.

A claim is not a fact. It keeps the place as its source wrote it, the days that the words allow, the
day it was published, the source and the origins that the source repeats, and the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from geoline.claims.deaths import Deaths  # noqa: TC001  (dataclasses resolve it)
from geoline.dates import DayInterval  # noqa: TC001  (dataclasses resolve it)

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "EVENTS", "Claim", "Effect", "EventType", "Source", "acled_type", "claim_record",
    "ucdp_precision",
]  # fmt: skip

Effect = Literal["takes", "holds", "enters", "leaves", "denies", "besieges", "none"]


@dataclass(frozen=True, slots=True)
class EventType:
    """What an event says of control, and ACLED's event and sub-event type nearest to it."""

    effect: Effect
    acled: tuple[str, str]


BATTLE, DEVELOPMENT = "Battles", "Strategic developments"
REGAINS = (BATTLE, "Government regains territory")
OVERTAKES = (BATTLE, "Non-state actor overtakes territory")
CLASH = (BATTLE, "Armed clash")
STRIKE = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
ATTACK = ("Violence against civilians", "Attack")
TRANSFER = (DEVELOPMENT, "Non-violent transfer of territory")
OTHER, AGREEMENT = (DEVELOPMENT, "Other"), (DEVELOPMENT, "Agreement")

# What an event of each name says about who holds the place. A clash, a raid, shelling or an attack
# beaten off says nothing of the kind, nor does an attack on civilians; entering is not capturing.
# ACLED tells captures by a state's
# forces from others: `acled_type` does that for the actor.
EVENTS: dict[str, EventType] = {
    "captured": EventType("takes", OVERTAKES),
    "recaptured": EventType("takes", OVERTAKES),
    "transferred": EventType("takes", TRANSFER),
    "announced": EventType("takes", OTHER),
    "held": EventType("holds", OTHER),
    "entered": EventType("enters", CLASH),
    "contested": EventType("enters", CLASH),
    "withdrew": EventType("leaves", TRANSFER),
    "lost": EventType("leaves", OVERTAKES),
    "denied": EventType("denies", OTHER),
    "besieged": EventType("besieges", CLASH),
    "pressed": EventType("none", CLASH),
    "clash": EventType("none", CLASH),
    "strike": EventType("none", STRIKE),
    "attack": EventType("none", ATTACK),
    "advanced": EventType("none", CLASH),
    "unconfirmed": EventType("none", OTHER),
    "retracted": EventType("none", OTHER),
    "discounted": EventType("none", OTHER),
    "post encircled": EventType("none", OTHER),
    "post pressed": EventType("none", OTHER),
    "post relieved": EventType("none", OTHER),
    "post evacuated": EventType("none", OTHER),
    "road cut": EventType("none", CLASH),
    "road contested": EventType("none", CLASH),
    "road held": EventType("none", OTHER),
    "road opened": EventType("none", OTHER),
    "ceasefire": EventType("none", AGREEMENT),
}


def acled_type(event: str, *, state: bool) -> tuple[str, str]:
    """Give ACLED's event type and sub-event type for an event.

    Parameters
    ----------
    event
        A key of `EVENTS`.
    state
        Whether the actor is a state's forces.

    Notes
    -----
    Terms as in the ACLED codebook (2023): captures are "Government regains territory" or
    "Non-state actor overtakes territory".

    Examples
    --------
    >>> acled_type("captured", state=True)
    ('Battles', 'Government regains territory')
    """
    kind = EVENTS[event].acled
    return REGAINS if state and kind == OVERTAKES else kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Who publishes claims, or whom publishers repeat.

    Parameters
    ----------
    id
        Stable identifier.
    name
        Name of the publisher.
    reliability
        Admiralty code of the source, A (completely reliable) to E, F if it cannot be judged.
    lean
        Whose side it leans to, a key of the theatre's `leans`.
    kind, country, domain, note
        What it is, where, its site, remarks.
    """

    id: str
    name: str
    reliability: str
    lean: str
    kind: str
    country: str = ""
    domain: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What one source says happened.

    Parameters
    ----------
    claim_id
        Stable identifier.
    place
        The place as the source wrote it.
    about
        Whether the claim is about a place, an observation post, a road or a whole area.
    place_id
        The place in the gazetteer; empty if undecided.
    road
        The highway that a claim about a road names.
    event
        A key of `EVENTS`.
    actor
        Party ids; the side that the event is about.
    when
        The days it may have happened on.
    precision
        How the source dates it, one of `geoline.dates.PRECISIONS`.
    published
        Day of publication, None if not known.
    source
        Id of the publisher.
    origins
        Ids of the sources that the publisher repeats; empty if the word is its own.
    credibility
        Admiralty code of the information, 1 (confirmed) to 5 (improbable), 6 if not judged.
    url, note
        The link, remarks.
    corrects
        Ids of earlier claims by the same voice that this one takes back
        (`geoline.claims.corrections`).
    deaths
        What the source published as an estimate of deaths, if it did.
    """

    claim_id: str
    place: str
    about: str
    event: str
    actor: tuple[str, ...]
    when: DayInterval
    precision: str
    source: str
    place_id: str = ""
    road: str = ""
    published: date | None = None
    origins: tuple[str, ...] = ()
    credibility: int = 6
    url: str = ""
    note: str = ""
    corrects: tuple[str, ...] = ()
    deaths: Deaths | None = None

    @property
    def voices(self) -> tuple[str, ...]:
        """Whose word it is: those whom the source repeats, or else the source itself."""
        return self.origins or (self.source,)

    @property
    def effect(self) -> Effect:
        """What the event says of control."""
        return EVENTS[self.event].effect

    @property
    def bound(self) -> bool:
        """Whether the last day is no more than a bound: a list, an announcement."""
        return self.precision == "by" or self.event == "announced"

    @property
    def date_prec(self) -> int:
        """UCDP GED's code of how exact the days are, 1 (the day) to 5 (more than a month)."""
        if self.precision == "day":
            return 1
        if self.precision == "month":
            return 4
        span = (self.when.end - self.when.start).days + 1 if self.when.start else None
        return ucdp_precision(span)

    @property
    def known(self) -> date:
        """First day on which the claim was public.

        Where the day of publication is not known, the day after the event: never a day on which
        it may not have been public yet.
        """
        return self.published or self.when.end + timedelta(days=1)


def claim_record(claim: Claim) -> dict[str, Any]:
    """Give what a claim says under the names of the ledger's columns, in their order.

    Days are `datetime.date`, and deaths `Deaths`, or None where there are none; actors, origins and
    the ids that it corrects are tuples; texts may be empty.
    """
    return {
        "claim_id": claim.claim_id,
        "place": claim.place,
        "about": claim.about,
        "place_id": claim.place_id,
        "road": claim.road,
        "event": claim.event,
        "actor": claim.actor,
        "date_start": claim.when.start,
        "date_end": claim.when.end,
        "date_precision": claim.precision,
        "published": claim.published,
        "source": claim.source,
        "origin": claim.origins,
        "credibility": claim.credibility,
        "url": claim.url,
        "note": claim.note,
        "corrects": claim.corrects,
        "deaths": claim.deaths,
    }


def ucdp_precision(days: int | None) -> int:
    """Give UCDP GED's `date_prec` for a span of days (None: no lower bound).

    Codebook 25.1: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 more than that.

    Examples
    --------
    >>> [ucdp_precision(days) for days in (1, 4, 7, 30, None)]
    [1, 2, 3, 4, 5]
    """
    if days is None:
        return 5
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)
