"""What happened day by day: places taken, roads cut or open, posts encircled, ceasefires.

It compares the end of a day with the end of the day before. What is told first is what readers of
the time would have told first: a city before a village, and of two villages the one that more
sources speak of.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.claims import claims_in_force
from geoline.holder import CONTESTED, UNKNOWN
from geoline.situation.post_status import ENCIRCLED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geoline.claims import Claim
    from geoline.gazetteer import Place
    from geoline.situation.changes import Change
    from geoline.situation.situation import Situation, TheatreAsKnown
    from geoline.theatre_folder import Post, TheatreData

__all__ = ["Chronology", "Happened", "RoadTurn", "Taken", "weights_of_places"]

# Inhabitants taken for a place of which only the kind is known, as a power of ten. The words are
# those of gazetteers; the first that the kind contains counts.
_SIZES = {
    "city": 5.3, "town": 4.3, "suburb": 3.9, "estate": 3.7, "base": 3.6, "airport": 3.9,
    "village": 3.2, "hamlet": 2.2, "ruin": 1.5, "hill": 2.4, "tell": 2.4,
}  # fmt: skip
_OTHER_SIZE = 2.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """Places that came to be held by a party on a day.

    Parameters
    ----------
    holder
        Party id, `contested` or `unknown`.
    from_holders
        Who held them before, those with the weightiest place first: of a place of which that was
        not known meanwhile, who held it last.
    places
        The weightiest first.
    own_word
        Whether only sources that speak for the holder say so.
    """

    holder: str
    from_holders: tuple[str, ...]
    places: tuple[Place, ...]
    own_word: bool

    @property
    def found(self) -> bool:
        """Whether nobody knew who held them before, so that nobody is told to have taken them."""
        return self.from_holders == (UNKNOWN,)


@dataclass(frozen=True, kw_only=True, slots=True)
class RoadTurn:
    """A road that came to be open from end to end for a party, or is so no more.

    Parameters
    ----------
    road
        Its name.
    party
        For whom.
    opened
        True if it is open since, False if it was cut.
    """

    road: str
    party: str
    opened: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """What happened on a day.

    Parameters
    ----------
    day
        The day.
    taken
        By holder, those with the weightiest place first; places of which it was not known who
        held them before are apart. What came to be `contested` or `unknown` is at the end.
    roads
        Roads cut or opened.
    encircled
        Posts encircled since.
    ceasefires
        Claims of a ceasefire that begins that day.
    """

    day: date
    taken: tuple[Taken, ...] = ()
    roads: tuple[RoadTurn, ...] = ()
    encircled: tuple[Post, ...] = ()
    ceasefires: tuple[Claim, ...] = ()

    @property
    def weight(self) -> int:
        """How much a reader would miss without the day: 2 a key date, 1 something, 0 nothing."""
        if self.roads or self.ceasefires:
            return 2
        sure = (t for t in self.taken if t.holder not in {CONTESTED, UNKNOWN} and not t.found)
        towns = (place for taken in sure for place in taken.places)
        if any(_size(place) >= _SIZES["town"] for place in towns):
            return 2
        return 1 if self.taken or self.encircled else 0


@dataclass(slots=True)
class Chronology:
    """What happened on each day of a theatre as it was known.

    Parameters
    ----------
    as_known
        The theatre.
    """

    as_known: TheatreAsKnown = field(repr=False)
    weights: Mapping[str, float] = field(init=False, repr=False)
    _claims: dict[str, Claim] = field(init=False, repr=False)
    _truce_days: frozenset[date] = field(init=False, repr=False)
    _posts: dict[str, Post] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        theatre = self.as_known.theatre
        self.weights = weights_of_places(self.as_known)
        self._claims = {claim.claim_id: claim for claim in theatre.claims}
        self._posts = {post.id: post for post in theatre.posts}
        self._truce_days = frozenset(c.when.end for c in theatre.claims if _is_truce(c))

    def weightiest(self) -> list[Place]:
        """List the places within the view that maps open on, the weightiest first.

        A region's name has no place on a map.
        """
        west, south, east, north = self.as_known.theatre.view
        places = (self.as_known.theatre.gazetteer[key] for key in self.weights)
        seen = [
            place
            for place in places
            if west < place.lon < east and south < place.lat < north and not place.is_area
        ]
        return sorted(seen, key=lambda place: (-self.weights[place.id], place.name))

    def on(self, day: date) -> Happened:
        """Find what happened between the end of the day before and the end of a day.

        Nothing is compared on the first day of a theatre; a ceasefire is told all the same.

        Raises
        ------
        RequestError
            If the day is outside the theatre.
        """
        now = self.as_known.on(day)
        if day == self.as_known.theatre.first_day:
            return self.between(None, now)
        return self.between(self.as_known.on(day - timedelta(days=1)), now)

    def between(self, before: Situation | None, now: Situation) -> Happened:
        """Find what happened between two situations, of days or of what was known on them.

        Without one before only a ceasefire of the day is told.
        """
        truces = self._truces(now)
        if before is None:
            return Happened(day=now.day, ceasefires=truces)
        return Happened(
            day=now.day,
            taken=self._taken(now, now.changes_of_places(before)),
            roads=tuple(_road_turns(before, now)),
            encircled=tuple(
                self._posts[key]
                for key, status in now.post_words.items()
                if status == ENCIRCLED and before.post_words.get(key) != ENCIRCLED
            ),
            ceasefires=truces,
        )

    def _truces(self, now: Situation) -> tuple[Claim, ...]:
        """Ceasefires that begin on the day of a situation, of those known by its own known day."""
        if now.day not in self._truce_days:
            return ()
        in_force = claims_in_force(now.as_known.theatre.claims, now.as_known.known)
        return tuple(c for c in in_force if _is_truce(c) and c.when.end == now.day)

    def _taken(self, now: Situation, changes: tuple[Change, ...]) -> tuple[Taken, ...]:
        moved: dict[tuple[str, bool], list[Change]] = defaultdict(list)
        lost_by = {change.place.id: _lost_by(now, change) for change in changes}
        for change in changes:
            moved[change.to_holder, lost_by[change.place.id] == UNKNOWN].append(change)
        found = []
        for (holder, _), some in moved.items():
            some.sort(key=lambda c: (-self.weights[c.place.id], c.place.name))
            keys = (key for change in some for key in change.claims)
            told = [self._claims[key] for key in keys if key in self._claims]
            found.append(
                Taken(
                    holder=holder,
                    from_holders=tuple(dict.fromkeys(lost_by[change.place.id] for change in some)),
                    places=tuple(change.place for change in some),
                    own_word=_own_word(self.as_known.theatre, holder, told),
                )
            )
        doubt = {CONTESTED: 2, UNKNOWN: 3}
        found.sort(
            key=lambda t: (
                doubt.get(t.holder, int(t.found)), -self.weights[t.places[0].id], t.holder
            )
        )  # fmt: skip
        return tuple(found)


def _lost_by(now: Situation, change: Change) -> str:
    """Who held a place before it changed hands; where that was not known, who held it last.

    Unknown where nobody was known to, or where it is the one who holds it now.
    """
    if change.from_holder != UNKNOWN:
        return change.from_holder
    earlier = [
        spell.holder
        for spell in now.as_known.spells[change.place.id]
        if spell.start < now.day and spell.holder != UNKNOWN
    ]
    return earlier[-1] if earlier and earlier[-1] != change.to_holder else UNKNOWN


def _is_truce(claim: Claim) -> bool:
    """Whether a claim tells of a ceasefire that begins on one day."""
    return claim.event == "ceasefire" and claim.when.start == claim.when.end


def weights_of_places(as_known: TheatreAsKnown) -> dict[str, float]:
    """Weigh the places of a theatre, by id: by inhabitants, and by how many sources speak of each.

    The unit is a power of ten of inhabitants; twice the sources weigh as .3 of it.
    """
    voices: dict[str, set[str]] = defaultdict(set)
    for claim in as_known.theatre.claims:
        if claim.place_id:
            voices[claim.place_id].update(claim.voices)
    gazetteer = as_known.theatre.gazetteer
    return {
        key: _size(gazetteer[key]) + math.log10(1 + len(voices[key])) for key in as_known.spells
    }


def _size(place: Place) -> float:
    if place.population:
        return math.log10(place.population)
    return next((size for word, size in _SIZES.items() if word in place.kind), _OTHER_SIZE)


def _own_word(theatre: TheatreData, holder: str, claims: list[Claim]) -> bool:
    """Whether all that say so speak for the holder."""
    voices = {voice for claim in claims for voice in claim.voices}
    return bool(voices) and all(
        voice in theatre.sources
        and holder in theatre.sides.favours.get(theatre.sources[voice].lean, ())
        for voice in voices
    )


def _road_turns(before: Situation, now: Situation) -> list[RoadTurn]:
    turns = []
    for then, status in zip(before.highway_statuses, now.highway_statuses, strict=True):
        was, is_now = set(then.open_to), set(status.open_to)
        turns += [RoadTurn(road=status.road, party=p, opened=True) for p in sorted(is_now - was)]
        turns += [RoadTurn(road=status.road, party=p, opened=False) for p in sorted(was - is_now)]
    return turns
