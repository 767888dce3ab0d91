"""Read the folder of a theatre: parties, sources, claims, baseline, highways, posts, areas.

What each file holds is described in `seeds/README.md`. Whatever does not fit is a `DataError` with
file, row and key.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoline.claims import read_claims, read_sources
from geoline.control import Alliances, Baseline, Frozen
from geoline.dates import DayInterval, days_between
from geoline.errors import DataError, RequestError
from geoline.gazetteer import CountryFolder, Gazetteer, Place, read_places
from geoline.tables import Row, read_table
from geoline.theatre_folder.basemap import Region, Water, read_regions, read_water
from geoline.theatre_folder.files import unread_files
from geoline.theatre_folder.last_known import (
    AREA_CONFIDENCE,
    BY_AREA,
    LastKnownAreas,
    eve_of_places,
    read_last_known,
)
from geoline.theatre_folder.post import Post, PostWords
from geoline.theatre_folder.theatre_tables import (
    late_baseline,
    read_baseline,
    read_highways,
    read_posts,
)
from geoline.theatre_folder.theatre_toml import CONTESTED_GROUND, UNKNOWN_GROUND, Party, TheatreFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geoline.claims import ActorNames, Claim, Source
    from geoline.highways import Highway
    from geoline.theatre_folder.theatre_toml import ReadingWords

__all__ = ["TheatreData", "held_back", "read_theatre_folder"]


# The frame of a theatre that gives none: margin as a share of the extent, and at least (degrees);
# and how far its places may lie apart.
MARGIN, LEAST_MARGIN_DEG, WIDEST_DEG = 0.2, 0.12, 12.0
UNDECIDED_COLUMNS = ["name", "mentions", "candidates", "reason"]


@dataclass(frozen=True, kw_only=True, slots=True)
class TheatreData:
    """Everything that a theatre's folder says, checked.

    Parameters
    ----------
    frame, view
        West, south, east, north in degrees: what is computed, what the map shows first.
    credit_lines
        Whom the map thanks, as written: `{claims}` and `{publishers}` stand for their counts.
    actor_words
        The words that reports use for each of them.
    reading
        What reports are read with besides.
    allied
        Sets of party ids between whom there is no front.
    actors, actor_names
        Whom claims may be about, parties among them, and what datasets call them.
    undecided
        Names that stay without a place, with the reason.
    governorates, land
        Regions of the basemap; the union of the governorates within the frame is the land on which
        areas are drawn. Without any of both the frame is land, and so is what lies around it.
    water
        Rivers and lakes of the basemap.
    last_known
        Areas that somebody drew, in the order of their days; empty where nobody did.
    restarts
        Those of them from which the map starts again after its first day, with the holder of each
        place in them.
    homelands
        Country by party: the regions of `land` that are its own or an ally's.
    report
        A mail address, or an address of the web, to which readers report errors; empty for none.
    post_words
        What the theatre calls its posts.
    publisher, url
        Who publishes the map, and the address of the web at which it stands; empty where not said.
    languages
        Of the page, the one that it opens in first (ISO 639-1).
    open_ended
        Whether the last day is the last that is told of, and moves on with the claims.
    remarks
        What the folder holds that nothing reads or that has no effect, a line each.
    frozen
        The last day, and the last of the days for which its line stood; None if it did not.
    publish_after_days, held_from
        How many days late the theatre is shown, and the first day that is held back for that;
        None if none is.
    """

    id: str
    name: str
    name_ar: str
    subtitle: str
    first_day: date
    last_day: date
    opening_day: date
    frame: tuple[float, float, float, float]
    view: tuple[float, float, float, float]
    note: str
    note_ar: str
    credit_lines: tuple[str, ...]
    labels: tuple[dict[str, Any], ...]
    parties: dict[str, Party]
    allied: tuple[frozenset[str], ...]
    actors: frozenset[str]
    actor_names: ActorNames
    actor_words: dict[str, tuple[str, ...]]
    reading: ReadingWords
    sides: Alliances
    sources: dict[str, Source]
    gazetteer: Gazetteer
    undecided: dict[str, str]
    claims: tuple[Claim, ...]
    baseline: dict[str, Baseline]
    highways: tuple[Highway, ...]
    posts: tuple[Post, ...]
    governorates: tuple[Region, ...]
    land: tuple[Region, ...]
    water: tuple[Water, ...]
    last_known: tuple[LastKnownAreas, ...]
    restarts: tuple[tuple[LastKnownAreas, dict[str, Baseline]], ...]
    homelands: dict[str, shapely.Geometry]
    languages: tuple[str, ...] = ("en",)
    report: str = ""
    post_words: PostWords = field(default_factory=PostWords)
    publisher: str = ""
    url: str = ""
    open_ended: bool = False
    remarks: tuple[str, ...] = ()
    frozen: Frozen | None = None
    publish_after_days: int = 0
    held_from: date | None = None

    @property
    def credits(self) -> tuple[str, ...]:
        """Whom the map thanks; what is counted in it is counted now."""
        said = [c for c in self.claims if self.sources[c.source].kind != "review"]
        counts = {"claims": len(said), "publishers": len({c.source for c in said})}
        return tuple(_counted(line, counts) for line in self.credit_lines)

    @property
    def delay_text(self) -> str:
        """What is said of the days held back, a sentence; empty if none is."""
        if self.held_from is None:
            return ""
        return (
            f"Published {self.publish_after_days} days late: nothing of {self.held_from} or later,"
            " and nothing said since then, is shown."
        )

    @property
    def holders(self) -> tuple[Party, ...]:
        """The parties, then contested and unknown ground: all that an area may be drawn as."""
        return (*self.parties.values(), CONTESTED_GROUND, UNKNOWN_GROUND)

    def actor_name(self, actor: str) -> str:
        """Give what readers know an actor as: a party's name, or the id with a capital."""
        return self.parties[actor].name if actor in self.parties else actor.capitalize()

    def is_outside(self, when: DayInterval) -> bool:
        """Whether days lie before the theatre's first day, or after its last."""
        late = (when.start or when.end) > self.last_day and not self.open_ended
        return late or when.end < self.first_day

    @property
    def claims_outside(self) -> tuple[Claim, ...]:
        """The claims of days before the first or after the last, in the order of their days."""
        found = [
            claim
            for claim in self.claims
            if self.is_outside(claim.when) and not self._tells_of_last_day(claim)
        ]
        return tuple(sorted(found, key=lambda claim: (claim.when.end, claim.claim_id)))

    def _tells_of_last_day(self, claim: Claim) -> bool:
        """Whether a claim of a later day says who held a place on the last one."""
        return bool(self.frozen and claim.effect == "holds" and claim.when.end <= self.frozen.until)

    @property
    def eve(self) -> LastKnownAreas | None:
        """The areas that the first day starts from; None where nobody drew any."""
        return _eve(self.last_known, self.first_day)

    @property
    def days(self) -> list[date]:
        """Every day of the theatre."""
        return days_between(self.first_day, self.last_day)


def read_theatre_folder(folder: Path, *, claims: bool = True) -> TheatreData:
    """Read and check a theatre's folder.

    Parameters
    ----------
    folder
        The folder.
    claims
        Whether its claims are read; without them it is who speaks, for whom, and who held what on
        the eve, for those who read claims by the million elsewhere.

    Raises
    ------
    DataError
        If anything in it cannot be used; the text names file, row and key.
    """
    head = TheatreFile(folder)
    gazetteer_folder = (folder / head.get("gazetteer", str, ".")).resolve()
    country = folder / head.get("country_places", str) if "country_places" in head.data else None
    gazetteer = Gazetteer(
        read_places(gazetteer_folder / "places.csv"),
        country=None if country is None else CountryFolder(str(country.resolve())),
        frame=head.box("frame") if country is not None and "frame" in head.data else None,
    )
    parties = head.parties()
    actors = {*parties, *head.tables("actors")}
    leans = head.leans(parties)
    sources = read_sources(folder / "sources.csv", leans)
    frame = head.box("frame") if "frame" in head.data else _around(gazetteer.places)
    governorates, of_governorates = read_regions(folder / "areas" / "governorates.geojson")
    land, of_land = read_regions(folder / "areas" / "land.geojson")
    water, of_water = read_water(folder / "areas" / "water.geojson")
    first_day = head.day("first_day")
    # Without a last day the map ends with what is told, and days are held against the first.
    span = first_day, head.day("last_day") if "last_day" in head.data else first_day
    if not governorates and not land:  # nothing is said of a coast: there is none
        west, south, east, north = frame
        around = shapely.box(
            max(west - 1, -180), max(south - 1, -90), min(east + 1, 180), min(north + 1, 90)
        )
        land = (Region(name="", name_ar="", geometry=around),)
    friends = head.friends(parties)
    last_known = read_last_known(folder, parties)
    confidences = head.confidences()
    undecided = (
        read_table(gazetteer_folder / "undecided.csv", UNDECIDED_COLUMNS, _undecided)
        if (gazetteer_folder / "undecided.csv").exists()
        else []
    )
    rows = read_baseline(folder / "baseline.csv", parties, gazetteer, confidences, span=span)
    told = _as_reviewed(
        read_claims(
            folder / "claims",
            sources=sources,
            actors=actors,
            places=gazetteer,
            areas=gazetteer.areas,
            span=span,
        )
        if claims
        else [],
        gazetteer,
    )
    on_map = _on_map(gazetteer, told, rows)
    open_ended = "last_day" not in head.data
    last_day = _last_told(first_day, told, last_known) if open_ended else span[1]
    eve = _eve(last_known, first_day)
    sure = confidences.get("area", AREA_CONFIDENCE)
    of_areas = {} if eve is None else eve_of_places(eve, on_map, sure)
    return TheatreData(
        id=head.id(),
        name=head.get("name", str),
        name_ar=head.get("name_ar", str, ""),
        subtitle=head.get("subtitle", str, ""),
        first_day=first_day,
        last_day=last_day,
        opening_day=head.day("opening_day") if "opening_day" in head.data else last_day,
        frame=frame,
        view=head.box("view") if "view" in head.data else frame,
        note=head.get("note", str, "").strip(),
        note_ar=head.get("note_ar", str, "").strip(),
        credit_lines=(*head.texts(head.data, "credits", "credits"), *map(_credit, last_known)),
        labels=tuple(head.labels()),
        parties=parties,
        allied=tuple(head.alliances(parties)),
        actors=frozenset(actors),
        actor_names=head.actor_names(actors),
        actor_words=head.words(),
        reading=head.reading(),
        sides=Alliances(favours=leans, friends=friends),
        sources=sources,
        gazetteer=gazetteer,
        undecided=dict(undecided),
        claims=tuple(told),
        baseline=of_areas | rows,
        highways=read_highways(folder / "highways.csv", gazetteer),
        posts=read_posts(folder / "posts.csv", gazetteer, friends),
        governorates=governorates,
        land=land,
        water=water,
        last_known=last_known,
        restarts=tuple(
            (last, eve_of_places(last, on_map, sure))
            for last in last_known
            if eve is not None and last.as_of > max(first_day, eve.as_of)
        ),
        homelands=head.homelands(parties, land),
        languages=head.languages(),
        report=head.report(),
        post_words=head.post_words(),
        publisher=" ".join(head.get("publisher", str, "").split()),
        url=head.url(),
        open_ended=open_ended,
        frozen=(
            Frozen(last_day, head.day("frozen_until")) if "frozen_until" in head.data else None
        ),
        remarks=(
            *head.unread(),
            *unread_files(folder, gazetteer_folder),
            *(*of_governorates, *of_land, *of_water),
            *late_baseline(rows, span),
        ),
        publish_after_days=head.publish_after_days(),
    )


def held_back(theatre: TheatreData, until: date) -> TheatreData:
    """Give the theatre as it was known at the end of a day, nothing later in it.

    Days after it go, and claims about or published on such days, posts set up after it, and what
    is said of their end.

    Raises
    ------
    RequestError
        If no day is left.
    """
    if theatre.first_day > until:
        first = theatre.first_day + timedelta(days=theatre.publish_after_days)
        message = (
            f"{theatre.name} begins on {theatre.first_day}, and theatre.toml says"
            f" publish_after_days = {theatre.publish_after_days}: it is shown from {first} on"
        )
        raise RequestError(message)
    claims = tuple(c for c in theatre.claims if max(c.known, c.when.end) <= until)
    shown = {place.id for place in _on_map(theatre.gazetteer, claims, ())}

    def _shown(baseline: Mapping[str, Baseline]) -> Iterator[tuple[str, Baseline]]:
        # That somebody will name a place is not to be told by its being on the map.
        return ((p, b) for p, b in baseline.items() if p in shown or b.note != BY_AREA)

    return replace(
        theatre,
        last_day=min(theatre.last_day, until),
        opening_day=min(theatre.opening_day, until),
        baseline={p: b for p, b in _shown(theatre.baseline) if b.as_of <= until},
        claims=claims,
        last_known=tuple(last for last in theatre.last_known if last.as_of <= until),
        restarts=tuple(
            (last, dict(_shown(eve))) for last, eve in theatre.restarts if last.as_of <= until
        ),
        posts=tuple(
            replace(post, withdrawn=None) if post.withdrawn and post.withdrawn > until else post
            for post in theatre.posts
            if post.established <= until
        ),
        frozen=theatre.frozen if theatre.last_day <= until else None,
        held_from=until + timedelta(days=1),
    )


def _as_reviewed(claims: Iterable[Claim], gazetteer: Gazetteer) -> list[Claim]:
    """Give places that were claimed by their id in the country's list the id of their review."""
    own = {"", *(place.id for place in gazetteer.places)}
    return [
        claim if claim.place_id in own else replace(claim, place_id=gazetteer[claim.place_id].id)
        for claim in claims
    ]


def _on_map(
    gazetteer: Gazetteer, claims: Iterable[Claim], baseline: Iterable[str]
) -> tuple[Place, ...]:
    """Give the theatre's places, and those of the country that somebody named."""
    own = {place.id for place in gazetteer.places}
    named = dict.fromkeys([*(claim.place_id for claim in claims if claim.place_id), *baseline])
    return (*gazetteer.places, *(gazetteer[place] for place in named if place not in own))


def _last_told(
    first_day: date, claims: Sequence[Claim], last_known: Sequence[LastKnownAreas]
) -> date:
    """Give the last day that anything is said of."""
    told = [claim.when.end for claim in claims]
    return max([first_day, *told, *(last.as_of for last in last_known)])


def _counted(line: str, counts: Mapping[str, int]) -> str:
    for name, count in counts.items():
        line = line.replace(f"{{{name}}}", f"{count:,}")
    return line


def _credit(last: LastKnownAreas) -> str:
    return f"Areas as of {last.as_of}: {last.source}."


def _eve(last_known: Sequence[LastKnownAreas], first_day: date) -> LastKnownAreas | None:
    """Of the areas drawn, those that hold on the first day; else the first that there are."""
    before = [last for last in last_known if last.as_of <= first_day]
    return before[-1] if before else last_known[0] if last_known else None


def _around(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """Frame of a theatre that gives none: its places and a margin around them."""
    if not places:
        reason = "has no rows; add the places that the claims are about"
        raise DataError("places.csv", reason)
    at = np.array([(place.lon, place.lat) for place in places])
    middle, low, high = np.median(at, axis=0), at.min(axis=0), at.max(axis=0)
    if high[0] - low[0] > 360 - WIDEST_DEG and (np.abs(at[:, 0]) > 180 - WIDEST_DEG).all():
        reason = (
            "has places on both sides of the 180th meridian, which no map here crosses; make a"
            " theatre for each side"
        )
        raise DataError("places.csv", reason, key="lon")
    if (high - low).max() > WIDEST_DEG:
        far = places[int(np.abs(at - middle).max(axis=1).argmax())]
        reason = (
            f"'{far.id}' at {far.lat}, {far.lon} lies far from the others; are lat and lon the"
            " wrong way round? If not, say in theatre.toml what to compute, frame = [west, …]"
        )
        raise DataError("places.csv", reason, key="lat")
    margin = np.maximum((high - low) * MARGIN, LEAST_MARGIN_DEG)
    west, south = np.maximum(low - margin, (-180, -90)).round(3).tolist()
    east, north = np.minimum(high + margin, (180, 90)).round(3).tolist()
    return west, south, east, north


def _undecided(row: Row) -> tuple[str, str]:
    return row.text("name"), row.text("reason")
