"""The gazetteer: places with their spellings, and the look-up of a name as somebody wrote it.

A name is compared by what survives romanisation (`geoline.names.folding`): names with the same
skeleton, or one consonant away, are graded by their readings. The answer is `resolved`, `ambiguous`
(the candidates, best first) or `unknown`; never a silent first match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geoline import names as naming
from geoline.errors import RequestError
from geoline.gazetteer.company import Company, at_front, in_company
from geoline.gazetteer.country_list import with_country
from geoline.gazetteer.place import Place, great_circle_km, read_places
from geoline.gazetteer.records import place_of
from geoline.gazetteer.resolution import LEAST_SCORE, Candidate, Odds, Resolution, closeness
from geoline.gazetteer.whereabouts import areas_of, areas_said, named, whereabouts
from geoline.processes import unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geoline.processes import Watch

__all__ = [
    "Candidate",
    "Gazetteer",
    "Place",
    "Resolution",
    "great_circle_km",
    "read_places",
]

# Resolved: the best has at least this share of what the listed places have together.
RESOLVED_SHARE = 0.75
# Names that decide each other are one of the listed places from this probability: a hamlet that is
# not listed has a namesake that is, somewhere, more often than its own name says.
SURE_TOGETHER = 0.65
# Namesakes nearer to each other than this, or than twice this if their circles meet, are the same
# for all purposes (kilometres).
SAME_SPOT_KM = 1.0
# A place given as container reaches this far round its centre (kilometres).
CONTAINER_KM = 30.0
# Candidates given, unless asked otherwise.
LIMIT = 5
# A spelling listed for one place, no other sounding alike: the probability that it is meant.
LISTED = 0.99
# An index of so many names is kept on disk (`geoline.names.index_file`).
KEPT_FROM = 20_000
# No place has a longer name (it would be refused on import): what is longer is unknown.
LONGEST_NAME = 400
TOO_LONG = f"it is longer than {LONGEST_NAME} letters"
NOTHING = Odds(np.zeros(0, dtype=np.intp), [], np.zeros(0))
# A name is one of the theatre's own places, without a look at the country, from this probability.
OWN = 0.97
# What a place that nobody reviewed weighs less (log odds).
UNREVIEWED = -1.0
# What a place outside the frame weighs less (log odds), on another side or in
# another governorate than is said.
OUTSIDE, OTHER_SIDE, OTHER_UNIT = -2.0, 0.1, 0.02
# What a form that a name may stand for is worth, beside the name as it stands.
OTHER_FORM = 0.8
# Names whose look-up is remembered.
MOST_HEARD = 200_000


_ID = re.compile(r"[a-z]+\d+|[a-z]+(?:-[a-z0-9]+)*-\d+|region-[a-z-]+")


@dataclass(frozen=True, slots=True)
class _Areas:
    """The ids of a gazetteer's areas."""

    gazetteer: Gazetteer
    others: frozenset[str]

    def __contains__(self, place_id: object) -> bool:
        if place_id in self.others or not place_id:
            return False
        if not isinstance(place_id, str) or place_id not in self.gazetteer:
            return False
        return self.gazetteer[place_id].is_area


@dataclass(slots=True)
class Gazetteer:
    """Places that can be found by any of their spellings.

    Parameters
    ----------
    places
        The places; their ids must differ.
    country
        Gives the places of the whole country, asked once, when a name or an id is looked up that
        is none of `places`. `len`, and walking over `places`, are of those alone.
    frame
        West, south, east, north of what is looked at (degrees, WGS 84): places outside that are not
        reviewed weigh less.
    reviewed
        How many of the places, the first ones, count as reviewed: all if None. Others weigh less.

    Raises
    ------
    ValueError
        If two places have one id.
    """

    places: Sequence[Place] = field(repr=False)
    country: Callable[[], Sequence[Place]] | None = field(default=None, repr=False)
    reviewed: int | None = None
    frame: tuple[float, float, float, float] | None = None
    _wide: Gazetteer | None = field(init=False, repr=False)
    _reviewed_as: dict[str, str] = field(init=False, repr=False)
    _alone: Gazetteer | None = field(init=False, repr=False)
    _by_id: dict[str, int] = field(init=False, repr=False)
    _made: naming.SpellingIndex | None = field(init=False, repr=False)
    _at: NDArray[np.float64] = field(init=False, repr=False)
    _company: Company | None = field(init=False, repr=False)
    _areas: _Areas | None = field(init=False, repr=False, compare=False)
    _heard: dict[str, Odds] = field(init=False, repr=False)
    _answered: dict[str, Resolution] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.places = tuple(self.places)
        self._by_id = {}
        for number, place in enumerate(self.places):
            if place.id in self._by_id:
                message = f"two places have the id '{place.id}'"
                raise RequestError(message)
            self._by_id[place.id] = number
        self._made, self._wide, self._alone = None, None, None
        self._reviewed_as, self._company, self._areas = {}, None, None
        self._at = np.array([(p.lat, p.lon) for p in self.places], dtype=float).reshape(-1, 2)
        self._heard, self._answered = {}, {}

    @property
    def _index(self) -> naming.SpellingIndex:
        """The index of the names, made when a name is first looked up."""
        return self.make_index() if self._made is None else self._made

    def make_index(self, cluster: str = "", watch: Watch = unwatched) -> naming.SpellingIndex:
        """Make the index of the names now, not when a name is first looked up.

        Parameters
        ----------
        cluster
            Address of a Dask scheduler, or a number of workers of this machine; empty: none. It is
            asked where the names are so many that their index is kept, and none is yet.
        watch
            Shows how far the cluster is.

        Raises
        ------
        RequestError
            If there is no such cluster, or Dask is not installed.
        """
        spellings = [(p.name, p.name_ar, *p.names) for p in self.places]
        populations = [p.population for p in self.places]
        if sum(map(len, spellings)) >= KEPT_FROM:
            self._made = naming.SpellingIndex.kept(spellings, populations, cluster, watch)
        else:
            self._made = naming.SpellingIndex.of(spellings, populations)
        return self._made

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, Any]]) -> Gazetteer:
        """Make a gazetteer of any records.

        Parameters
        ----------
        records
            Each with `id`, `name`, `lat`, `lon` (degrees, WGS 84), `names` (a list) and perhaps
            `population`, `uncertainty_m`, `source`.

        Raises
        ------
        RequestError
            If a record lacks one of these four, or two have one id; if a position is no degrees, or
            an uncertainty or population no number. The text says which.

        Examples
        --------
        >>> record = {"id": "x", "name": "Saraqib", "lat": 35.86, "lon": 36.81, "names": ["سراقب"]}
        >>> Gazetteer.from_records([record]).resolve("Saraqeb").status
        'resolved'
        """
        return cls([place_of(record, n) for n, record in enumerate(records, start=1)])

    def __len__(self) -> int:
        return len(self.places)

    def __contains__(self, place_id: object) -> bool:
        if place_id in self._by_id or self.country is None:
            return place_id in self._by_id
        # What does not look like an id of a list is not worth reading the country.
        looks_like_one = isinstance(place_id, str) and _ID.fullmatch(place_id)
        if not looks_like_one:
            return False
        return place_id in self.with_country or place_id in self._reviewed_as

    def __getitem__(self, place_id: str) -> Place:
        if place_id in self._by_id or self.country is None:
            return self.places[self._by_id[place_id]]
        return self.with_country[self._reviewed_as.get(place_id, place_id)]

    @property
    def areas(self) -> Container[str]:
        """The ids of districts, regions and other areas, that no dot on a map can stand for."""
        if self._areas is None:
            self._areas = _Areas(self, frozenset(p.id for p in self.places if not p.is_area))
        return self._areas

    @property
    def with_country(self) -> Gazetteer:
        """These places and all others of the country (`country`), in one gazetteer."""
        if self.country is None:
            return self
        if self._wide is None:
            places, self._reviewed_as = with_country(self.places, self.country())
            self._wide = Gazetteer(places, reviewed=len(self.places), frame=self.frame)
        return self._wide

    @property
    def alone(self) -> Gazetteer:
        """These places without the rest of the country."""
        if self.country is None:
            return self
        if self._alone is None:
            self._alone = replace(self, country=None, frame=None)
            self._alone._made = self._index  # noqa: SLF001  (of this class)
        return self._alone

    def _is_own(self, name: str) -> bool:
        """Whether a name is surely one of these places, so that the country need not be asked."""
        if self.country is None or self._index.has(name):
            return True
        # "Idlib province" is not Idlib, which is so much like it; "Maarata in Ihsim district" may
        # be none of the Maaratas that are reviewed.
        alone = naming.without_administration(name) == name and named(name) == name
        return self._odds(name).known >= OWN and alone

    def resolve(
        self,
        name: str,
        *,
        near: tuple[float, float] | None = None,
        within: str | None = None,
        limit: int = LIMIT,
    ) -> Resolution:
        """Find what a name as somebody wrote it may mean.

        Parameters
        ----------
        name
            The name, in Latin, Arabic or Cyrillic script.
        near
            A point (latitude, longitude; degrees, WGS 84) that decides between namesakes.
        within
            An administrative code or name, or a place: only what lies in it (for a place, within
            `CONTAINER_KM`) is considered.
        limit
            How many candidates to return at most.

        Returns
        -------
        Resolution
            `resolved` if one place has most of the probability, `ambiguous` if several share it,
            `unknown` if it is likelier that the name is none of them. Scores are probabilities.
        """
        if not self._is_own(name):
            return self.with_country.resolve(name, near=near, within=within, limit=limit)
        plain_question = near is None and within is None and limit == LIMIT
        if plain_question and name in self._answered:
            return self._answered[name]
        odds = self._odds(name)
        context = self._given(odds.places, near, within) * self._said(name, odds.places)
        decided = ["name"]
        if near is not None:
            decided.append("the point given")
        if within is not None:
            decided.append(f"within {within}")
        answer = self._answer(name, odds, context, limit, decided)
        if plain_question:
            self._answered[name] = answer
        return answer

    def resolve_many(
        self,
        names: Iterable[str],
        *,
        near: tuple[float, float] | None = None,
        within: str | None = None,
        limit: int = LIMIT,
    ) -> list[Resolution]:
        """Resolve a list of names, as `resolve` does each; every name is looked up once."""
        asked = list(names)
        self._hear([*asked, *areas_said(asked)])
        known: dict[str, Resolution] = {}
        answers = []
        for name in asked:
            if name not in known:
                known[name] = self.resolve(name, near=near, within=within, limit=limit)
            answers.append(known[name])
        return answers

    def resolve_together(  # noqa: PLR0913  (each says where the places may lie)
        self,
        names: Sequence[str],
        *,
        near: tuple[float, float] | None = None,
        within: str | None = None,
        around: Sequence[tuple[float, float]] = (),
        fronts: Mapping[str, Sequence[tuple[float, float]]] | None = None,
        limit: int = LIMIT,
    ) -> list[Resolution]:
        """Resolve names that belong together: those of one report, or of one day's claims.

        Each name is decided by the name itself and by how near its candidates lie to those of the
        other names, in turn, until they settle. The order of the names does not matter. `near`,
        `within` and `limit` are those of `resolve`. `around` are points (latitude, longitude;
        degrees, WGS 84) near any of which the places are likely to lie: the front of that day, or
        what others named. A name whose candidates all lie far from the other names is rather none
        of them, and stays unknown. `fronts` gives, for names of places told to be taken, where the
        places lie that the taker held before: a village taken lies near these.
        """
        unique = list(dict.fromkeys(names))
        self._hear([*unique, *areas_said(unique)])
        own = {name for name in unique if self._is_own(name)}
        if len(own) < len(unique):
            wide = self.with_country
            # The first places of both are the same: what is surely one of these stays so.
            wide._heard |= {name: self._heard[name] for name in own}  # noqa: SLF001
            return wide.resolve_together(
                names, near=near, within=within, around=around, fronts=fronts, limit=limit
            )
        odds = [self._odds(name) for name in unique]
        company = self._in_company()
        fixed = [
            self._given(one.places, None, within) * self._said(name, one.places)
            for name, one in zip(unique, odds, strict=True)
        ]
        if fronts is not None:
            fixed = [
                given * at_front(one.places, fronts[name], company) if name in fronts else given
                for name, one, given in zip(unique, odds, fixed, strict=True)
            ]
        points = [*around, *([] if near is None else [_checked(near)])]
        contexts, elsewhere = in_company(odds, fixed, company, points)
        decided = ["name", "the other names"]
        answers = {
            name: self._answer(name, one, context, limit, decided, elsewhere)
            for name, one, context in zip(unique, odds, contexts, strict=True)
        }
        return [answers[name] for name in names]

    def _in_company(self) -> Company:
        if self._company is None:
            reviewed = len(self.places) if self.reviewed is None else self.reviewed
            settled = np.array([not place.is_area for place in self.places], dtype=bool)
            self._company = Company.of(self._at, reviewed, settled)
        return self._company

    def _odds(self, name: str) -> Odds:
        self._hear([name])
        return self._heard[name]

    def _hear(self, names: Iterable[str]) -> None:
        """Look up the names that were not looked up before, all at once."""
        asked = list(dict.fromkeys(names))
        new = [name for name in asked if name not in self._heard]
        if not new:
            return
        if len(self._heard) > MOST_HEARD:
            self._heard.clear()
            self._answered.clear()
            new = asked
        self._look_up(new)
        if self.country is None:  # else the places of the country decide what it may stand for
            self._hear_otherwise([name for name in new if self._heard[name].known < 1 / 2])

    def _hear_otherwise(self, unknown: Sequence[str]) -> None:
        """Look up what names that are not known may stand for."""
        forms = {name: _forms(name) for name in unknown}
        self._look_up([f for some in forms.values() for f in some if f not in self._heard])
        for name, some in forms.items():
            best = max((self._heard[form] for form in some), key=_known, default=NOTHING)
            if _known(best) * OTHER_FORM > _known(self._heard[name]):
                self._heard[name] = replace(best, weights=best.weights * OTHER_FORM)

    def _look_up(self, names: Sequence[str]) -> None:
        if not names:
            return
        for name in names:
            self._heard[name] = NOTHING
        asked = {name: named(name) for name in names if len(name) <= LONGEST_NAME}
        odds = self._odds_of(list(dict.fromkeys(asked.values())))
        self._heard |= {name: odds[said] for name, said in asked.items()}

    def _odds_of(self, sought: Sequence[str]) -> dict[str, Odds]:
        """Give the odds of names as they stand."""
        found: dict[str, Odds] = {}
        listed = self._index.listed(sought)
        for name, place in zip(sought, listed, strict=True):
            if place is not None:
                alone = np.array([place])
                odds = LISTED / (1 - LISTED) * np.exp(self._before(alone))
                found[name] = Odds(alone, [name], odds)
        sought = [name for name, place in zip(sought, listed, strict=True) if place is None]
        for name, matches in zip(sought, self._index.matches_many(sought), strict=True):
            strengths = matches.strengths + self._before(matches.places)
            weights = np.exp(np.minimum(strengths, 50.0))
            found[name] = Odds(matches.places, matches.names, weights)
        return found

    def _before(self, places: NDArray[np.intp]) -> NDArray[np.float64]:
        """Give what speaks against places before their names are looked at (log odds)."""
        against = np.zeros(len(places))
        if self.reviewed is not None:
            against += UNREVIEWED * (places >= self.reviewed)
        if self.frame is not None and self.country is None:
            west, south, east, north = self.frame
            lat, lon = self._at[places].T
            inside = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
            against += OUTSIDE * (~inside & (places >= (self.reviewed or 0)))
        return against

    def _said(self, name: str, places: NDArray[np.intp]) -> NDArray[np.float64]:
        """Weigh candidates by what the name itself says of where the place lies."""
        said = whereabouts(name)
        if said is None or not len(places):
            return np.ones(len(places))
        area = self._area_of(said.area, said.unit)
        if area is None:
            return np.ones(len(places))
        lat, lon = self._at[places].T
        weights = self._in_area(places, area)
        for side in said.sides:
            there = {
                "north": lat > area.lat,
                "south": lat < area.lat,
                "east": lon > area.lon,
                "west": lon < area.lon,
            }[side]
            weights = weights * np.where(there, 1.0, OTHER_SIDE)
        return weights

    def _in_area(self, places: NDArray[np.intp], area: Place) -> NDArray[np.float64]:
        """Weigh candidates by whether they lie in an area: by its code, else by its extent."""
        apart = great_circle_km(area.lat, area.lon, *self._at[places].T)
        weights = closeness(np.maximum(apart - area.uncertainty_m / 1000, 0.0))
        if area.kind != "governorate":
            return weights
        inside = [not set(area.admin).isdisjoint(self.places[p].admin) for p in places]
        coded = [bool(self.places[p].admin) for p in places]
        return np.where(coded, np.where(inside, 1.0, OTHER_UNIT), weights)

    def _area_of(self, name: str, unit: str) -> Place | None:
        """Find the unit, region or town that a name of where a place lies means."""
        for asked in areas_of(name, unit):
            answer = self.resolve(asked)
            if answer.status == "resolved":
                place = self[answer.candidates[0].id]
                near = max(place.uncertainty_m, CONTAINER_KM * 1000)
                return place if place.is_area else replace(place, uncertainty_m=near)
        return None

    def _given(
        self,
        places: NDArray[np.intp],
        near: tuple[float, float] | None,
        within: str | None,
    ) -> NDArray[np.float64]:
        """Weigh candidates by what the question says of where the place lies."""
        weights = np.ones(len(places))
        if near is not None:
            weights = weights * self._nearness(places, near)
        if within is not None:
            weights = weights * self._inside(places, within)
        return weights

    def _nearness(self, places: NDArray[np.intp], near: tuple[float, float]) -> NDArray[np.float64]:
        apart = great_circle_km(*_checked(near), self._at[places, 0], self._at[places, 1])
        return closeness(apart)

    def _inside(self, places: NDArray[np.intp], within: str) -> NDArray[np.float64]:
        wanted = within.casefold()
        inside = np.array(
            [wanted in (a.casefold() for a in self.places[p].admin) for p in places], dtype=bool
        )
        if not inside.any() and not any(
            wanted in (a.casefold() for a in p.admin) for p in self.places
        ):
            answer = self.resolve(within)
            if answer.status != "resolved":
                message = f"'{within}' is {answer.status} as a container; give a code or a place id"
                raise RequestError(message)
            best = answer.candidates[0]
            apart = great_circle_km(best.lat, best.lon, self._at[places, 0], self._at[places, 1])
            inside = apart <= CONTAINER_KM
        return inside.astype(float)

    def _answer(  # noqa: PLR0913, PLR0917  (one argument a part of the answer)
        self,
        name: str,
        odds: Odds,
        context: NDArray[np.float64],
        limit: int,
        decided: list[str],
        elsewhere: float | None = None,
    ) -> Resolution:
        shares = odds.shares(context, elsewhere)
        known = float(shares.sum())
        places = odds.places.tolist()
        ranked = sorted(zip((-shares).tolist(), places, odds.matched, strict=True))
        if known < (1 / 2 if elsewhere is None else SURE_TOGETHER):
            return self._unknown(name, ranked[: max(limit, 1)])
        candidates = tuple(
            self._candidate(place, matched, -share)
            for share, place, matched in ranked
            if -share >= LEAST_SCORE
        )
        here, best = -ranked[0][0], candidates[0]
        if here < RESOLVED_SHARE * known and len(candidates) > 1:
            apart = great_circle_km(
                best.lat, best.lon, [c.lat for c in candidates], [c.lon for c in candidates]
            )
            here = sum(
                c.score
                for c, km in zip(candidates, apart, strict=True)
                if km <= max(SAME_SPOT_KM, min(2 * SAME_SPOT_KM, _both_km(best, c)))
            )
        resolved = here >= RESOLVED_SHARE * known
        return Resolution(
            query=name,
            status="resolved" if resolved else "ambiguous",
            candidates=candidates[: max(limit, 1)],
            decided_by=" and ".join(decided) if resolved else "",
        )

    def _unknown(self, name: str, ranked: Sequence[tuple[float, int, str]]) -> Resolution:
        nearest = tuple(
            self._candidate(place, matched, -share) for share, place, matched in ranked if share < 0
        )
        why = TOO_LONG if len(name) > LONGEST_NAME else ""
        return Resolution(query=name, status="unknown", candidates=nearest, decided_by=why)

    def _candidate(self, number: int, matched: str, score: float) -> Candidate:
        place = self.places[number]
        return Candidate(
            id=place.id,
            name=place.name,
            lat=place.lat,
            lon=place.lon,
            score=round(score, 3 if score >= LEAST_SCORE else 6),
            matched_name=matched,
            uncertainty_m=place.uncertainty_m,
            source=place.lookup,
        )


def _forms(name: str) -> list[str]:
    """Give what a name that is not known may stand for."""
    said = whereabouts(name)
    return [*([said.name] if said else []), *naming.other_forms(name)]


def _checked(near: tuple[float, float]) -> tuple[float, float]:
    if not (abs(near[0]) <= 90 and abs(near[1]) <= 180):  # noqa: PLR2004  (degrees; NaN is none)
        message = f"near: {near} is no latitude and longitude in degrees"
        raise RequestError(message)
    return near


def _both_km(one: Candidate, two: Candidate) -> float:
    return (one.uncertainty_m + two.uncertainty_m) / 1000


def _known(odds: Odds) -> float:
    return odds.known
