"""From the rows of a file to claims of a theatre: whose place, which parties, met before or new.

A row of a dataset is known by the dataset's id: the same again is a duplicate, another content a
correction with its own day. A row of the project's own form is known by what it says.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geoline.claims import Claim, correction_fault, parse_claim
from geoline.gazetteer import great_circle_km
from geoline.ingest.acled import NEEDED as ACLED
from geoline.ingest.acled import acled_event
from geoline.ingest.ucdp import NEEDED as UCDP
from geoline.ingest.ucdp import ucdp_event
from geoline.ingest.viina import NEEDED as VIINA
from geoline.ingest.viina import viina_event
from geoline.tables import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geoline.errors import DataError
    from geoline.ingest.event import DatasetEvent
    from geoline.theatre_folder import TheatreData

__all__ = ["DATASETS", "FORMATS", "OWN", "ClaimIntake", "Dataset"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dataset:
    """How the rows of a dataset are read: the columns needed, the reader, what keys are called."""

    needed: Sequence[str]
    read: Callable[[Row], DatasetEvent]
    id_key: str
    place_key: str
    actor_key: str


DATASETS = {
    "acled": Dataset(
        needed=ACLED,
        read=acled_event,
        id_key="event_id_cnty",
        place_key="location",
        actor_key="actor1",
    ),
    "ucdp-ged": Dataset(
        needed=UCDP,
        read=ucdp_event,
        id_key="id",
        place_key="where_coordinates",
        actor_key="side_a",
    ),
    "viina": Dataset(
        needed=VIINA,
        read=viina_event,
        id_key="event_id",
        place_key="geonameid",
        actor_key="a_rus_b",
    ),
}
OWN = "claims"
FORMATS = (*DATASETS, OWN)
# How far a place may lie from where the dataset puts it (kilometres).
NEAR_KM = 10.0


@dataclass(slots=True)
class ClaimIntake:
    """The claims of one file on their way into the ledger.

    Parameters
    ----------
    theatre
        The theatre.
    form
        One of `FORMATS`.
    located
        Places that are known already, by what the dataset calls them and where it puts them.
    """

    theatre: TheatreData
    form: str
    located: dict[tuple[str, float, float], str] = field(default_factory=dict, repr=False)
    read: int = 0
    duplicates: int = 0
    new: list[Claim] = field(default_factory=list)
    set_aside: list[DataError] = field(default_factory=list)
    _claims: dict[str, Claim] = field(init=False)
    _said: set[tuple[object, ...]] = field(init=False)
    _names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        theatre = self.theatre
        self._claims = {claim.claim_id: claim for claim in theatre.claims}
        self._said = {_content(claim) for claim in theatre.claims}
        self._names = {}
        for source in theatre.sources.values():
            for name in (source.id, source.name, *source.domain.split(";")):
                self._names.setdefault(name.strip().casefold(), source.id)

    def take(self, row: Row) -> None:
        """Take one row.

        Raises
        ------
        DataError
            If it cannot be used.
        """
        if self.form == OWN:
            self._add_own(row)
        else:
            self._add_event(row, DATASETS[self.form].read(row))

    def _keep(self, claim: Claim) -> None:
        self._claims[claim.claim_id] = claim
        self._said.add(_content(claim))
        self.new.append(claim)

    def _add_event(self, row: Row, event: DatasetEvent) -> None:
        actors = self._actors(row, event)
        place_id = self._locate(row, event)
        speakers = (self._names.get(name.casefold(), "") for name in event.speakers)
        claim = Claim(
            claim_id=event.id,
            place=event.place,
            about="place",
            place_id=place_id,
            event=event.event,
            actor=actors,
            when=event.when,
            precision=event.precision,
            published=event.published,
            source=event.source,
            origins=tuple(dict.fromkeys(name for name in speakers if name)),
            credibility=event.credibility,
            url=event.url if event.url.startswith(("https://", "http://")) else "",
            note=event.note,
        )
        before = self._last_version(event.id)
        if before is None:
            self._keep(claim)
        elif _content(before) == _content(claim):
            self.duplicates += 1
        else:
            self._correct(row, before, claim)

    def _last_version(self, name: str) -> Claim | None:
        found, number = self._claims.get(name), 2
        while (later := self._claims.get(f"{name}.{number}")) is not None:
            found, number = later, number + 1
        return found

    def _correct(self, row: Row, before: Claim, claim: Claim) -> None:
        if claim.known <= before.known:
            reason = f"differs from '{before.claim_id}' in the ledger and is not newer"
            raise row.fail(DATASETS[self.form].id_key, reason)
        number = int(before.claim_id.rpartition(".")[2]) if "." in before.claim_id else 1
        name = f"{claim.claim_id}.{number + 1}"
        self._keep(replace(claim, claim_id=name, corrects=(before.claim_id,)))

    def _actors(self, row: Row, event: DatasetEvent) -> tuple[str, ...]:
        names = self.theatre.actor_names
        found = [names.of(written, sep=event.actor_sep) for written in event.actors]
        parties = [party for some in found for party in some]
        if event.side == "first":
            parties = list(found[0])
        elif event.side != "all":
            state = event.side == "state"
            parties = [party for party in parties if (party in names.states) == state]
        if not parties:
            wanted = {"state": "a state's", "non-state": "not a state's"}.get(event.side, "known")
            reason = (
                f"'{'; '.join(event.actors)}': none is {wanted} in theatre.toml; "
                "add the name under actor_names"
            )
            raise row.fail(DATASETS[self.form].actor_key, reason)
        holds = self.theatre.parties
        if event.side != "all" and parties[0] not in holds:
            key = DATASETS[self.form].actor_key
            raise row.fail(key, f"'{parties[0]}' holds no ground in this theatre")
        return tuple(dict.fromkeys(parties[:1] if event.side != "all" else parties))

    def _locate(self, row: Row, event: DatasetEvent) -> str:
        if event.place_id in self.theatre.gazetteer:
            return event.place_id
        if event.lat != event.lat:  # noqa: PLR0124  (NaN: only a gazetteer says where it is)
            reason = f"places.csv has no '{event.place_id}'; add the places of GeoNames to it"
            raise row.fail(DATASETS[self.form].place_key, reason)
        west, south, east, north = self.theatre.frame
        if not (west <= event.lon <= east and south <= event.lat <= north):
            raise row.fail("latitude", f"{event.lat}, {event.lon} is outside the theatre")
        key = (event.place, event.lat, event.lon)
        if key not in self.located:
            answer = self.theatre.gazetteer.resolve(event.place, near=(event.lat, event.lon))
            self.located[key] = next(
                (
                    c.id
                    for c in answer.candidates
                    if answer.status != "unknown"
                    and great_circle_km(c.lat, c.lon, event.lat, event.lon)
                    <= max(NEAR_KM, c.uncertainty_m / 1000)
                ),
                "",
            )
        if not self.located[key]:
            reason = (
                f"the gazetteer has no '{event.place}' within {NEAR_KM:.0f} km of "
                f"{event.lat}, {event.lon}; add it to places.csv"
            )
            raise row.fail(DATASETS[self.form].place_key, reason)
        return self.located[key]

    def _add_own(self, row: Row) -> None:
        cells = {"about": "place", "credibility": "6"} | {k: v for k, v in row.cells.items() if v}
        certainty = cells.get("certainty", "asserted")
        if certainty not in {"asserted", "reported"}:
            raise row.fail("certainty", f"is '{certainty}'; only what was said to be so is claimed")
        if not cells.get("date_precision"):
            start = cells.get("date_start")
            cells["date_precision"] = (
                "by" if not start else "day" if start == cells.get("date_end") else "between"
            )
        if not cells.get("place_id") and cells["about"] == "place":
            cells["place_id"] = self._resolve(row)
        theatre = self.theatre
        unnamed = not cells.get("claim_id")
        if unnamed:
            cells["claim_id"] = "unnamed"
        claim = parse_claim(
            Row(row.file, row.line, cells),
            sources=theatre.sources,
            actors=theatre.actors,
            places=theatre.gazetteer,
        )
        if unnamed:
            digest = hashlib.sha256(repr(_content(claim)).encode()).hexdigest()[:10]
            claim = replace(claim, claim_id=f"{claim.source}-{digest}")
        if _content(claim) in self._said:
            self.duplicates += 1
            return
        if claim.claim_id in self._claims:
            reason = (
                f"'{claim.claim_id}' is in the ledger with other content; give it another id and, "
                "if it corrects that one, name it under corrects"
            )
            raise row.fail("claim_id", reason)
        fault = correction_fault(claim, self._claims, theatre.sources)
        if fault:
            raise row.fail("corrects", fault)
        self._keep(claim)

    def _resolve(self, row: Row) -> str:
        name = row.text("place")
        near = None
        if row.optional("lat") and row.optional("lon"):
            near = (row.number("lat", -90, 90), row.number("lon", -180, 180))
        answer = self.theatre.gazetteer.resolve(name, near=near)
        if answer.status == "resolved":
            return answer.candidates[0].id
        ids = ", ".join(c.id for c in answer.candidates)
        reason = f"'{name}' is {answer.status}; give its place_id" + (f": {ids}" if ids else "")
        raise row.fail("place", reason)


def _content(claim: Claim) -> tuple[object, ...]:
    """Give what a claim says, whatever its id."""
    return (
        claim.place_id or claim.place,
        claim.about,
        claim.road,
        claim.event,
        claim.actor,
        claim.when,
        claim.precision,
        claim.source,
        claim.origins,
        claim.corrects if claim.event in {"retracted", "discounted"} else (),
    )
