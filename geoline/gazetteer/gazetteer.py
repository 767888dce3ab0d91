"""The gazetteer: places with their spellings, and the look-up of a name as somebody wrote it.

A name is compared by what survives romanisation (`geoline.names.folding`): names with the same
skeleton, or one consonant away, are graded by their readings. The answer is `resolved`, `ambiguous`
(the candidates, best first) or `unknown`; never a silent first match.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geoline.errors import RequestError
from geoline.gazetteer.place import Place, great_circle_km, read_places
from geoline.gazetteer.resolution import Candidate, Odds, Resolution, closeness
from geoline.names import SpellingIndex, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = [
    "Candidate",
    "Gazetteer",
    "Place",
    "Resolution",
    "great_circle_km",
    "read_places",
]

# A candidate is worth naming from this probability on.
LEAST_SCORE = 0.01
# Resolved: the best has at least this share of what the listed places have together.
RESOLVED_SHARE = 0.75
# Namesakes nearer to each other than this are the same for all purposes (kilometres).
SAME_SPOT_KM = 1.0
# A place given as container reaches this far round its centre (kilometres).
CONTAINER_KM = 30.0
# Candidates given, unless asked otherwise.
LIMIT = 5
# Rounds in which the names of a batch settle each other.
ROUNDS = 8
# A spelling listed for one place, no other sounding alike: the probability that it is meant.
LISTED = 0.99
# Names whose look-up is remembered.
MOST_HEARD = 200_000


# What the numbers of a record may be; degrees are those of WGS 84.
_BOUNDS = {
    "lat": (-90.0, 90.0),
    "lon": (-180.0, 180.0),
    "uncertainty_m": (0.0, 1e7),
    "population": (0.0, 1e11),
}


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _check_numbers(record: Mapping[str, Any], number: int) -> None:
    """See that the numbers of a record can be meant: no NaN, no latitude of 95."""
    for key, (low, high) in _BOUNDS.items():
        value = record.get(key)
        if key not in {"lat", "lon"} and _is_nan(value):
            continue
        try:
            fits = value is None or low <= float(value) <= high
        except (TypeError, ValueError, OverflowError):
            fits = False
        if not fits:
            message = (
                f"record {number}, '{key}': {value!r} is no number from {low:g} to {high:g}; "
                "correct it, or leave the record out"
            )
            raise RequestError(message)


@dataclass(slots=True)
class Gazetteer:
    """Places that can be found by any of their spellings.

    Parameters
    ----------
    places
        The places; their ids must differ.

    Raises
    ------
    ValueError
        If two places have one id.
    """

    places: Sequence[Place] = field(repr=False)
    _by_id: dict[str, int] = field(init=False, repr=False)
    _index: SpellingIndex = field(init=False, repr=False)
    _at: NDArray[np.float64] = field(init=False, repr=False)
    _listed: dict[str, int] = field(init=False, repr=False)
    _heard: dict[str, Odds] = field(init=False, repr=False)
    _answered: dict[str, Resolution] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.places = tuple(self.places)
        self._by_id = {}
        for number, place in enumerate(self.places):
            if place.id in self._by_id:
                message = f"two places have the id '{place.id}'"
                raise ValueError(message)
            self._by_id[place.id] = number
        self._index = SpellingIndex(
            [(p.name, p.name_ar, *p.names) for p in self.places],
            [p.population for p in self.places],
        )
        self._at = np.array([(p.lat, p.lon) for p in self.places], dtype=float).reshape(-1, 2)
        self._listed = self._unmistakable()
        self._heard, self._answered = {}, {}

    def _unmistakable(self) -> dict[str, int]:
        """Find the spellings that are listed for one place while no other has their consonants."""
        owners: dict[str, set[int]] = {}
        texts: dict[str, int] = {}
        for number, place in enumerate(self.places):
            for name in filter(None, (place.name, place.name_ar, *place.names)):
                owners.setdefault(skeleton(name), set()).add(number)
                texts[name] = number
        return {name: n for name, n in texts.items() if len(owners[skeleton(name)]) == 1}

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
        ValueError
            If a record lacks one of these four, or two have one id; the text says which.
        RequestError
            If a position is no degrees, or an uncertainty or population no number.

        Examples
        --------
        >>> record = {"id": "x", "name": "Saraqib", "lat": 35.86, "lon": 36.81, "names": ["سراقب"]}
        >>> Gazetteer.from_records([record]).resolve("Saraqeb").status
        'resolved'
        """
        places = []
        for number, record in enumerate(records, start=1):
            missing = [key for key in ("id", "name", "lat", "lon") if record.get(key) is None]
            if missing:
                message = f"record {number} has no '{missing[0]}'"
                raise ValueError(message)
            _check_numbers(record, number)
            # Tables of pandas have NaN where nothing is known.
            known = {key: record.get(key) for key in ("population", "uncertainty_m")}
            known = {key: None if _is_nan(value) else value for key, value in known.items()}
            population = known["population"]
            places.append(
                Place(
                    id=str(record["id"]),
                    name=str(record["name"]),
                    lat=float(record["lat"]),
                    lon=float(record["lon"]),
                    names=tuple(map(str, record.get("names") or ())),
                    uncertainty_m=float(known["uncertainty_m"] or 1000.0),
                    population=None if population is None else int(population),
                    lookup=str(record.get("source") or ""),
                    admin=tuple(map(str, record.get("admin") or ())),
                )
            )
        return cls(places)

    def __len__(self) -> int:
        return len(self.places)

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._by_id

    def __getitem__(self, place_id: str) -> Place:
        return self.places[self._by_id[place_id]]

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
        plain_question = near is None and within is None and limit == LIMIT
        if plain_question:
            if name in self._answered:
                return self._answered[name]
            if name in self._listed:
                only = self._candidate(self._listed[name], name, LISTED)
                answer = Resolution(
                    query=name, status="resolved", candidates=(only,), decided_by="name"
                )
                self._answered[name] = answer
                return answer
        odds = self._odds(name)
        context = self._given(odds.places, near, within)
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
        if near is None and within is None:
            self._hear(name for name in asked if name not in self._listed)
        else:
            self._hear(asked)
        known: dict[str, Resolution] = {}
        answers = []
        for name in asked:
            if name not in known:
                known[name] = self.resolve(name, near=near, within=within, limit=limit)
            answers.append(known[name])
        return answers

    def resolve_together(
        self,
        names: Sequence[str],
        *,
        near: tuple[float, float] | None = None,
        within: str | None = None,
        limit: int = LIMIT,
    ) -> list[Resolution]:
        """Resolve names that belong together: those of one report, or of one day's claims.

        Each name is decided by the name itself and by how near its candidates lie to those of the
        other names, in turn, until they settle. The order of the names does not matter. `near`,
        `within` and `limit` are those of `resolve`.
        """
        unique = list(dict.fromkeys(names))
        self._hear(unique)
        odds = [self._odds(name) for name in unique]
        fixed = [self._given(one.places, near, within) for one in odds]
        shares = [one.shares(given) for one, given in zip(odds, fixed, strict=True)]
        contexts = self._settled(odds, fixed, shares)
        answers = {
            name: self._answer(name, one, context, limit, ["name", "the other names"])
            for name, one, context in zip(unique, odds, contexts, strict=True)
        }
        return [answers[name] for name in names]

    def _odds(self, name: str) -> Odds:
        self._hear([name])
        return self._heard[name]

    def _hear(self, names: Iterable[str]) -> None:
        """Look up the names that were not looked up before, all at once."""
        asked = list(dict.fromkeys(names))
        new = [name for name in asked if name not in self._heard]
        if new and len(self._heard) > MOST_HEARD:
            self._heard.clear()
            self._answered.clear()
            new = asked
        for name in new:
            if name in self._listed:
                odds = np.array([LISTED / (1 - LISTED)])
                self._heard[name] = Odds(np.array([self._listed[name]]), [name], odds)
        new = [name for name in new if name not in self._listed]
        if not new:
            return
        for name, matches in zip(new, self._index.matches_many(new), strict=True):
            weights = np.exp(np.minimum(matches.strengths, 50.0))
            self._heard[name] = Odds(matches.places, matches.names, weights)

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
        apart = great_circle_km(*near, self._at[places, 0], self._at[places, 1])
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

    def _settled(
        self,
        odds: Sequence[Odds],
        fixed: Sequence[NDArray[np.float64]],
        shares: list[NDArray[np.float64]],
    ) -> list[NDArray[np.float64]]:
        """Weigh the candidates of each name, in turn, by how near they lie to the others'."""
        some = [n for n, one in enumerate(odds) if len(one.places)]
        if len(some) < 2:  # noqa: PLR2004  (nothing is said of one name)
            return list(fixed)
        places, weights, given, share = (
            np.concatenate([row[n] for n in some])
            for row in ([o.places for o in odds], [o.weights for o in odds], fixed, shares)
        )
        sizes = np.array([len(odds[n].places) for n in some])
        first = np.cumsum(sizes) - sizes
        name = np.repeat(np.arange(len(some)), sizes)
        at = self._at[places]
        close = closeness(great_circle_km(at[:, :1], at[:, 1:], at[:, 0], at[:, 1]))
        close[name[:, None] == name] = 0.0  # a name says nothing of itself
        contexts = given
        for _ in range(ROUNDS):
            kept = share > LEAST_SCORE
            heard = np.logical_or.reduceat(kept, first)
            others = (heard.sum() - heard)[name]
            company = np.where(kept, share, 0.0) @ close / np.maximum(others, 1)
            before, contexts = contexts, given * np.where(others > 0, company, 1.0)
            if np.array_equal(before, contexts):
                break
            # As `Odds.shares`, for all names at once.
            weighed = weights * contexts
            total = np.add.reduceat(weighed, first)
            known = np.add.reduceat(np.where(contexts > 0, weights, 0.0), first)
            known = np.where(
                total > 0, known / (1.0 + known) / np.where(total > 0, total, 1.0), 0.0
            )
            share = weighed * known[name]
        settled = list(fixed)
        for n, context in zip(some, np.split(contexts, first[1:]), strict=True):
            settled[n] = context
        return settled

    def _answer(
        self,
        name: str,
        odds: Odds,
        context: NDArray[np.float64],
        limit: int,
        decided: list[str],
    ) -> Resolution:
        shares = odds.shares(context)
        known = float(shares.sum())
        if known < 1 / 2:
            return Resolution(query=name, status="unknown")
        places = odds.places.tolist()
        ranked = sorted(zip((-shares).tolist(), places, odds.matched, strict=True))
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
                c.score for c, km in zip(candidates, apart, strict=True) if km <= SAME_SPOT_KM
            )
        resolved = here >= RESOLVED_SHARE * known
        return Resolution(
            query=name,
            status="resolved" if resolved else "ambiguous",
            candidates=candidates[: max(limit, 1)],
            decided_by=" and ".join(decided) if resolved else "",
        )

    def _candidate(self, number: int, matched: str, score: float) -> Candidate:
        place = self.places[number]
        return Candidate(
            id=place.id,
            name=place.name,
            lat=place.lat,
            lon=place.lon,
            score=round(score, 3),
            matched_name=matched,
            uncertainty_m=place.uncertainty_m,
            source=place.lookup,
        )
