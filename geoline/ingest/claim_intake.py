"""From the rows of a file to claims of a theatre: whose place, which parties, met before or new.

A row of a dataset is known by the dataset's id: the same again is a duplicate, another content a
correction with its own day. A row of the project's own form is known by what it says. In which
order the rows of a file stand does not matter.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from geoline.claims import (
    EVENTS,
    Claim,
    correction_fault,
    day_fault,
    parse_claim,
    reads_back,
    untimely,
)
from geoline.errors import DataError
from geoline.gazetteer import great_circle_km
from geoline.ingest.acled import NEEDED as ACLED
from geoline.ingest.acled import acled_days, acled_event
from geoline.ingest.gone import FileSpan, missing, retraction
from geoline.ingest.sides import parties_meant
from geoline.ingest.ucdp import NEEDED as UCDP
from geoline.ingest.ucdp import ucdp_days, ucdp_event
from geoline.ingest.unplaced import meanings, placed_before
from geoline.ingest.viina import NEEDED as VIINA
from geoline.ingest.viina import viina_days, viina_event
from geoline.names import plain
from geoline.tables import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from geoline.claims import ActorNames
    from geoline.dates import DayInterval
    from geoline.gazetteer import Resolution
    from geoline.ingest.event import DatasetEvent
    from geoline.theatre_folder import TheatreData

__all__ = ["DATASETS", "FORMATS", "OWN", "ClaimIntake", "Dataset"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dataset:
    """How the rows of a dataset are read.

    The columns needed, the readers of a row and of its days alone, what the ids of its claims begin
    with, and what keys are called.
    """

    needed: Sequence[str]
    read: Callable[[Row], DatasetEvent]
    days: Callable[[Row], DayInterval]
    prefix: str
    id_key: str
    place_key: str
    actor_key: str


DATASETS = {
    "acled": Dataset(
        needed=ACLED,
        read=acled_event,
        days=acled_days,
        prefix="acled-",
        id_key="event_id_cnty",
        place_key="location",
        actor_key="actor1",
    ),
    "ucdp-ged": Dataset(
        needed=UCDP,
        read=ucdp_event,
        days=ucdp_days,
        prefix="ucdp-",
        id_key="id",
        place_key="where_coordinates",
        actor_key="side_a",
    ),
    "viina": Dataset(
        needed=VIINA,
        read=viina_event,
        days=viina_days,
        prefix="viina-",
        id_key="event_id",
        place_key="address",
        actor_key="a_rus_b",
    ),
}
OWN = "claims"
# What stands between the id of an event and the number of its version in the ledger.
MARK = "@"
FORMATS = (*DATASETS, OWN)
# How far a place may lie from where the dataset puts it (kilometres).
NEAR_KM = 10.0


@dataclass(slots=True)
class ClaimIntake:
    """The claims of one file on their way into the ledger.

    Give it every row with `take`, then `finish`.

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
    gone: tuple[Claim, ...] = ()
    pruned: int = 0
    _claims: dict[str, Claim] = field(init=False)
    _said: set[tuple[object, ...]] = field(init=False)
    _names: dict[str, str] = field(init=False)
    _actor_names: ActorNames = field(init=False)
    _later: dict[str, Claim] = field(init=False, default_factory=dict)
    _met: list[tuple[Row, Claim]] = field(init=False, default_factory=list)
    _unplaced: list[Row] = field(init=False, default_factory=list)
    _span: FileSpan = field(init=False, default_factory=FileSpan)

    def __post_init__(self) -> None:
        theatre = self.theatre
        self._claims = {claim.claim_id: claim for claim in theatre.claims}
        self._actor_names = theatre.actor_names.with_states()
        self._said = {_content(claim) for claim in theatre.claims}
        for claim in theatre.claims:
            self._note_version(claim)
        self._names = {}
        for source in theatre.sources.values():
            for name in (source.id, source.name, *source.domain.split(";")):
                self._names.setdefault(name.strip().casefold(), source.id)
        for source in theatre.sources.values():  # its name may have been edited since
            self._names.setdefault(plain(source.id), source.id)

    def take(self, row: Row) -> None:
        """Take one row.

        Raises
        ------
        DataError
            If it cannot be used.
        """
        if self.form != OWN:
            dataset = DATASETS[self.form]
            self._meet(row, dataset)
            self._check_days(row, self._event_claim(row, dataset.read(row)))
        elif _waits(row):
            self._unplaced.append(row)
        else:
            self._check_days(row, self._own_claim(row))

    def _check_days(self, row: Row, claim: Claim) -> None:
        for key, reason in (
            day_fault(claim, self._days),
            untimely(claim, dataset=self.form != OWN),
        ):
            if reason:
                raise row.fail(self._key(key), reason)
        # Where the row stands is enough to name it.
        self._met.append((Row(row.file, row.line, {}), claim))

    def finish(self, *, prune: bool = False) -> None:
        """Decide what of the rows taken is new; `set_aside` tells of the others.

        Parameters
        ----------
        prune
            Whether events that the dataset has no more are taken back.
        """
        self._place()
        add = self._add_own if self.form == OWN else self._add_event
        rows = self._sources_first() if self.form == OWN else self._oldest_first()
        for row, claim in rows:
            try:
                add(row, claim)
            except DataError as error:
                self.set_aside.append(error)
        if self.form != OWN:
            self._miss(prune=prune)

    @property
    def _days(self) -> tuple[date, date]:
        return self.theatre.first_day, self.theatre.last_day

    def _key(self, key: str) -> str:
        """Name a column of the ledger as the file does."""
        named = {"acled": {"published": "timestamp"}, "ucdp-ged": {"published": "source_date"}}
        days = {"acled": "event_date", "viina": "date"}
        if key in {"date_start", "date_end"} and self.form in days:
            return days[self.form]
        return named.get(self.form, {}).get(key, key)

    def _keep(self, row: Row, claim: Claim) -> None:
        """Add a claim, if the ledger can be read with it.

        Raises
        ------
        DataError
            If it cannot.
        """
        theatre = self.theatre
        reason = reads_back(
            claim,
            row,
            sources=theatre.sources,
            actors=theatre.actors,
            places=theatre.gazetteer,
            areas=theatre.gazetteer.areas,
        )
        if reason:
            raise row.fail("place" if self.form == OWN else DATASETS[self.form].id_key, reason)
        fault = correction_fault(claim, self._claims, theatre.sources)
        if fault:
            raise row.fail("corrects" if self.form == OWN else DATASETS[self.form].id_key, fault)
        self._claims[claim.claim_id] = claim
        self._said.add(_content(claim))
        self._note_version(claim)
        self.new.append(claim)

    # Datasets -------------------------------------------------------------------------------------

    def _meet(self, row: Row, dataset: Dataset) -> None:
        """Note that the file has an event, whatever else becomes of its row."""
        name = row.optional(dataset.id_key)
        self._span.ids.add(f"{dataset.prefix}{name.removesuffix('.0')}")
        self._span.ids.add(f"{dataset.prefix}{name}")
        try:
            when = dataset.days(row)
        except DataError:
            return
        self._span.meet(f"{dataset.prefix}{name}", when)

    def _event_claim(self, row: Row, event: DatasetEvent) -> Claim:
        if MARK in event.id:
            reason = f"'{MARK}' marks corrections in the ledger; write the id without it"
            raise row.fail(DATASETS[self.form].id_key, reason)
        actors = self._actors(row, event)
        place_id = self._locate(row, event)
        called = self._names
        speakers = (called.get(n.casefold()) or called.get(plain(n), "") for n in event.speakers)
        return Claim(
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
            deaths=event.deaths,
        )

    def _oldest_first(self) -> Iterator[tuple[Row, Claim]]:
        """Give the rows of each event once, the earliest version first.

        An export may have a row for either side of an event. Rows of one day that contradict each
        other are all set aside.
        """
        versions: dict[tuple[str, date], list[tuple[Row, Claim]]] = {}
        for row, claim in self._met:
            versions.setdefault((claim.claim_id, claim.known), []).append((row, claim))
            self._span.public = max(self._span.public or claim.known, claim.known)
        for _, same in sorted(versions.items(), key=itemgetter(0)):
            if len({_content(claim) for _, claim in same}) == 1:
                self.duplicates += len(same) - 1
                yield same[0]
                continue
            lines = ", ".join(str(row.line) for row, _ in same)
            reason = f"rows {lines} give this event in different ways; keep the right one"
            key = DATASETS[self.form].id_key
            self.set_aside += [row.fail(key, reason) for row, _ in same]

    def _note_version(self, claim: Claim) -> None:
        """Remember what an event was changed to."""
        first = self._claims.get(claim.corrects[0]) if claim.corrects else None
        if first is not None and first.source == claim.source:
            self._later[first.claim_id] = claim

    def _versions(self, name: str) -> list[Claim]:
        """Give what the ledger has of an event, the last version last."""
        found = [self._claims[name]] if name in self._claims else []
        while found and (later := self._later.get(found[-1].claim_id)) is not None:
            found.append(later)
        return found

    def _add_event(self, row: Row, claim: Claim) -> None:
        versions = self._versions(claim.claim_id)
        if not versions:
            self._keep(row, claim)
        elif versions[0].corrects:
            reason = f"'{claim.claim_id}' is another event's correction in the ledger; rename that"
            raise row.fail(DATASETS[self.form].id_key, reason)
        elif _says_as_much(versions[-1], claim):
            self.duplicates += 1
        elif claim.known > versions[-1].known:
            self._correct(row, versions, claim)
        elif versions[-1].event == "retracted":
            reason = f"was taken back as gone ('{versions[-1].claim_id}'); drop that row to have it"
            raise row.fail(DATASETS[self.form].id_key, reason)
        elif any(_content(version) == _content(claim) for version in versions):
            self.duplicates += 1
        else:
            reason = f"differs from '{versions[-1].claim_id}' in the ledger and is not newer"
            raise row.fail(DATASETS[self.form].id_key, reason)

    def _correct(self, row: Row, versions: Sequence[Claim], claim: Claim) -> None:
        number = len(versions) + 1
        while (name := f"{claim.claim_id}{MARK}{number}") in self._claims:
            number += 1
        # Taking back a retraction alone would let what it took back stand again.
        last = versions[-1]
        corrects = (last.claim_id, *(last.corrects if last.event == "retracted" else ()))
        self._keep(row, replace(claim, claim_id=name, corrects=corrects))

    def _miss(self, *, prune: bool) -> None:
        """Find what the dataset has no more; take it back if asked to."""
        dataset = DATASETS[self.form]
        self.gone = missing(self._span, self._claims, source=self.form, prefix=dataset.prefix)
        if not prune or not self._met:
            return
        file = self._met[0][0].file
        for claim in self.gone:
            self._keep(Row(file, 1, {}), retraction(claim, public=self._span.public, file=file))
            self.pruned += 1

    def _actors(self, row: Row, event: DatasetEvent) -> tuple[str, ...]:
        found, reason = parties_meant(event, self._actor_names)
        key = DATASETS[self.form].actor_key
        if not found:
            raise row.fail(key, reason)
        if event.side != "all" and found[0] not in self.theatre.parties:
            raise row.fail(key, f"'{found[0]}' holds no ground in this theatre")
        return found

    def _locate(self, row: Row, event: DatasetEvent) -> str:
        if event.place_id in self.theatre.gazetteer:
            place = self.theatre.gazetteer[event.place_id]
            apart = great_circle_km(place.lat, place.lon, event.lat, event.lon)
            # An id that means a place far from where the row puts it is a slip.
            if math.isnan(event.lat) or apart <= max(NEAR_KM, place.uncertainty_m / 1000):
                return place.id
        if math.isnan(event.lat):  # a gazetteer alone says where it is
            reason = f"places.csv has no '{event.place_id}'; add the places of GeoNames to it"
            raise row.fail("geonameid", reason)
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
                    and c.id not in self.theatre.gazetteer.areas
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

    # Own rows -------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Decide what the rows mean that name a place and say no more of it."""
        before = placed_before(self.theatre.claims) if self._unplaced else {}
        answers = meanings(self._unplaced, self.theatre)
        for row, answer in zip(self._unplaced, answers, strict=True):
            named = row.text("source"), row.day("date_end"), row.text("place")
            try:
                place_id = before.get(named) or self._meant(row, answer)
                cells = row.cells | {"place_id": place_id}
                self._check_days(row, self._own_claim(Row(row.file, row.line, cells)))
            except DataError as error:
                self.set_aside.append(error)
        self._unplaced.clear()

    def _own_claim(self, row: Row) -> Claim:
        cells = {"about": "place", "credibility": "6"} | {k: v for k, v in row.cells.items() if v}
        _check_certain(row)
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
            areas=theatre.gazetteer.areas,
        )
        if claim.place_id:
            claim = replace(claim, place_id=theatre.gazetteer[claim.place_id].id)
        if not unnamed:
            return claim
        digest = hashlib.sha256(repr(_content(claim)).encode()).hexdigest()[:10]
        return replace(claim, claim_id=f"{claim.source}-{digest}")

    def _sources_first(self) -> list[tuple[Row, Claim]]:
        """Give the rows so that what takes back another row stands after it."""
        where = {claim.claim_id: number for number, (_, claim) in enumerate(self._met)}
        wanted = [
            [where[name] for name in claim.corrects if name in where] for _, claim in self._met
        ]
        order: dict[int, None] = {}
        for number in range(len(wanted)):
            _put_after(number, wanted, order)
        return [self._met[number] for number in order]

    def _add_own(self, row: Row, claim: Claim) -> None:
        if _content(claim) in self._said:
            self.duplicates += 1
            return
        if claim.claim_id in self._claims:
            reason = (
                f"'{claim.claim_id}' is in the ledger with other content; give it another id and, "
                "if it corrects that one, name it under corrects"
            )
            raise row.fail("claim_id", reason)
        self._keep(row, claim)

    def _resolve(self, row: Row) -> str:
        near = (row.number("lat", -90, 90), row.number("lon", -180, 180))
        return self._meant(row, self.theatre.gazetteer.resolve(row.text("place"), near=near))

    def _meant(self, row: Row, answer: Resolution) -> str:
        name = answer.query
        best = answer.candidates[0] if answer.candidates else None
        if best is not None and answer.status == "resolved":
            if best.id in self.theatre.gazetteer.areas:
                kind = self.theatre.gazetteer[best.id].kind
                reason = f"'{name}' is a {kind}, no place; write 'area' under about"
                raise row.fail("place", reason)
            return best.id
        ids = ", ".join(c.id for c in answer.candidates)
        if answer.status == "unknown":
            reason = f"{answer.told()}; give its place_id, or add the place first"
        else:
            reason = f"'{name}' is {answer.status}; give its place_id: {ids}"
        raise row.fail("place", reason)


def _check_certain(row: Row) -> None:
    certainty = row.optional("certainty") or "asserted"
    if certainty not in {"asserted", "reported"}:
        raise row.fail("certainty", f"is '{certainty}'; only what was said to be so is claimed")


def _waits(row: Row) -> bool:
    """Whether a row of one's own names a place and nothing else that tells which it is.

    Raises
    ------
    DataError
        If it lacks what the others of its source and day are known by.
    """
    placed = row.optional("place_id") or (row.optional("lat") and row.optional("lon"))
    if placed or row.optional("about") not in {"", "place"}:
        return False
    _check_certain(row)
    row.text("place"), row.text("source"), row.day("date_end")
    return True


def _put_after(number: int, wanted: Sequence[Sequence[int]], order: dict[int, None]) -> None:
    """Put a row into the order, after those that it wants before it; a circle is cut."""
    ahead, asked = [number], set[int]()
    while ahead:
        at = ahead[-1]
        before = [n for n in wanted[at] if n not in order and n not in asked]
        if at in order or at in asked or not before:
            order.setdefault(ahead.pop())
        asked.add(at)
        ahead += before


def _says_as_much(kept: Claim, claim: Claim) -> bool:
    """Whether the ledger says what a row says: all of it, or all but deaths that it never had."""
    lacking = kept.deaths is None and claim.known <= kept.known
    return _content(kept) == _content(replace(claim, deaths=None) if lacking else claim)


def _content(claim: Claim) -> tuple[object, ...]:
    """Give what a claim says, whatever its id."""
    return (
        claim.place_id or claim.place,
        claim.about,
        claim.road,
        claim.event,
        # A clash is between its actors, whichever is named first.
        tuple(sorted(claim.actor)) if EVENTS[claim.event].effect == "none" else claim.actor,
        claim.when,
        claim.precision,
        claim.source,
        claim.origins,
        claim.corrects if claim.event in {"retracted", "discounted"} else (),
        claim.deaths,
    )
