"""Claims: what a source said happened, when, and who repeated whom.

A claim is not a fact. It keeps the place as its source wrote it, the days that the words allow, the
day it was published, the source and the origins that the source repeats, and the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from geoline.dates import PRECISIONS, DayInterval
from geoline.records import Row, read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path

__all__ = ["EVENTS", "Claim", "Effect", "EventType", "Source", "read_claims", "read_sources"]

Effect = Literal["takes", "enters", "leaves", "denies", "besieges", "none"]

SOURCE_COLUMNS = ["id", "name", "reliability", "lean", "kind", "country", "domain", "note"]
CLAIM_COLUMNS = [
    "claim_id", "place", "about", "place_id", "road", "event", "actor", "date_start", "date_end",
    "date_precision", "published", "source", "origin", "credibility", "url", "note",
]  # fmt: skip
ABOUT = frozenset({"place", "post", "road", "area"})


@dataclass(frozen=True, slots=True)
class EventType:
    """What an event says of control, and the ACLED sub-event type nearest to it."""

    effect: Effect
    acled: str


# What an event of each name says about who holds the place. A clash, a raid or an attack beaten off
# says nothing of the kind; entering is not capturing.
EVENTS: dict[str, EventType] = {
    "captured": EventType("takes", "Territory changes hands"),
    "recaptured": EventType("takes", "Territory changes hands"),
    "entered": EventType("enters", "Armed clash"),
    "contested": EventType("enters", "Armed clash"),
    "withdrew": EventType("leaves", "Non-violent transfer of territory"),
    "denied": EventType("denies", "Other"),
    "besieged": EventType("besieges", "Armed clash"),
    "pressed": EventType("none", "Armed clash"),
    "clash": EventType("none", "Armed clash"),
    "advanced": EventType("none", "Armed clash"),
    "unconfirmed": EventType("none", "Other"),
    "post encircled": EventType("none", "Change to group/activity"),
    "post pressed": EventType("none", "Change to group/activity"),
    "post relieved": EventType("none", "Change to group/activity"),
    "post evacuated": EventType("none", "Change to group/activity"),
    "road cut": EventType("none", "Armed clash"),
    "road contested": EventType("none", "Armed clash"),
    "road held": EventType("none", "Territory changes hands"),
    "road opened": EventType("none", "Other"),
    "ceasefire": EventType("none", "Agreement"),
}


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

    @property
    def effect(self) -> Effect:
        """What the event says of control."""
        return EVENTS[self.event].effect

    @property
    def known(self) -> date:
        """First day on which the claim was public.

        Where the day of publication is not known, the day after the event: never a day on which
        it may not have been public yet.
        """
        return self.published or self.when.end + timedelta(days=1)


def read_sources(path: Path, leans: Collection[str]) -> dict[str, Source]:
    """Read the sources of a theatre by id.

    Raises
    ------
    DataError
        If the table cannot be used; the text names file, row and key.
    """

    def parse(row: Row) -> Source:
        return Source(
            id=row.text("id"),
            name=row.text("name"),
            reliability=row.choice("reliability", "ABCDEF"),
            lean=row.choice("lean", leans),
            kind=row.text("kind"),
            country=row.optional("country"),
            domain=row.optional("domain"),
            note=row.optional("note"),
        )

    return {s.id: s for s in read_table(path, SOURCE_COLUMNS, parse, unique="id")}


def read_claims(
    folder: Path,
    *,
    sources: Mapping[str, Source],
    actors: Collection[str],
    places: Collection[str],
) -> list[Claim]:
    """Read every table of claims in a folder, in the order of the file names.

    Parameters
    ----------
    folder
        Holds any number of `*.csv`.
    sources, actors, places
        What claims may refer to: sources by id, parties, places of the gazetteer.

    Raises
    ------
    DataError
        If a table cannot be used; the text names file, row and key.
    """

    def parse(row: Row) -> Claim:
        place_id, source = row.optional("place_id"), row.text("source")
        _check_known(row, "place_id", (place_id,) if place_id else (), places, "the gazetteer")
        _check_known(row, "source", (source,), sources, "sources.csv")
        _check_known(row, "origin", row.many("origin"), sources, "sources.csv")
        actor = row.many("actor") or (row.text("actor"),)
        _check_known(row, "actor", actor, actors, "theatre.toml")
        url = row.optional("url")
        if url and not url.startswith(("https://", "http://")):
            raise row.fail("url", "is not a web address; it starts with https:// or http://")
        return Claim(
            claim_id=row.text("claim_id"),
            place=row.text("place"),
            about=row.choice("about", ABOUT),
            place_id=place_id,
            road=row.optional("road"),
            event=row.choice("event", EVENTS),
            actor=actor,
            when=_interval(row),
            precision=row.choice("date_precision", PRECISIONS),
            published=row.optional_day("published"),
            source=source,
            origins=row.many("origin"),
            credibility=int(row.number("credibility", 1, 6)),
            url=url,
            note=row.optional("note"),
        )

    claims: list[Claim] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        name = f"{folder.name}/{path.name}"
        found = read_table(path, CLAIM_COLUMNS, parse, unique="claim_id", name=name)
        for number, claim in enumerate(found, start=2):
            if claim.claim_id in seen:
                reason = f"'{claim.claim_id}' is already in {seen[claim.claim_id]}"
                raise Row(name, number, {}).fail("claim_id", reason)
            seen[claim.claim_id] = name
        claims += found
    return claims


def _check_known(
    row: Row, key: str, values: Collection[str], known: Collection[str], where: str
) -> None:
    for value in values:
        if value not in known:
            raise row.fail(key, f"{where} has no '{value}'; add it first")


def _interval(row: Row) -> DayInterval:
    start, end = row.optional_day("date_start"), row.day("date_end")
    if row.optional("date_precision") == "day" and start != end:
        raise row.fail("date_start", "differs from date_end; for one day they are the same")
    try:
        return DayInterval(end, start)
    except ValueError as error:
        raise row.fail("date_start", str(error)) from None
