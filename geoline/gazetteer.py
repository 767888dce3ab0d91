"""The gazetteer: places with their spellings, and the look-up of a name as somebody wrote it.

A name is compared by what survives romanisation (`geoline.toponym`): names with the same skeleton,
or one consonant away, are graded by their readings. The answer is `resolved`, `ambiguous` (the
candidates, best first) or `unknown`; never a silent first match.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from geoline.records import Row, read_table
from geoline.toponym import is_arabic, reading, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Candidate",
    "Gazetteer",
    "Place",
    "Resolution",
    "great_circle_km",
    "read_places",
]

# fmt: off
COLUMNS = [
    "id", "name", "name_ar", "spellings", "lat", "lon", "uncertainty_m", "kind", "population",
    "lookup", "note",
]
KINDS = frozenset({
    "city", "town", "village", "hamlet", "suburb", "housing estate", "housing", "hill",
    "hill/hamlet", "ruin/hamlet", "tell", "military base", "military camp", "military depot",
    "airbase", "industrial suburb", "factory", "campus", "research station", "police academy",
    "village/checkpoint", "hamlet/checkpoint", "site",
})
# fmt: on

# A name whose score is below is none of ours; measured on the spellings of the bundled theatre.
UNKNOWN_BELOW = 0.86
# Another place within this much of the best keeps the answer ambiguous …
TIE = 0.05
# … unless it is nearer to the best than this, when the two are the same for all purposes.
SAME_SPOT_KM = 1.0
# What one consonant more, less or other costs.
CONSONANT = 0.12
# Grades of an Arabic against a Latin name whose letters fit, and at most of one where they do not.
ACROSS_SCRIPTS, NOT_ACROSS = 0.95, 0.8
# What a place at `FAR_KM` or beyond loses against one at the point given as context.
FAR = 0.2
FAR_KM = 60.0

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place that the gazetteer knows.

    Parameters
    ----------
    id
        Stable identifier, lower-case Latin.
    name
        The name that maps show.
    lat, lon
        Degrees, WGS 84 (EPSG:4326).
    names
        Every other spelling, Latin and Arabic.
    name_ar
        The Arabic name, if known.
    uncertainty_m
        Radius in metres of the circle that holds the place (point-radius method).
    kind
        What the place is: city, town, village …
    population
        Inhabitants, if known.
    lookup
        The record that the position was looked up in.
    note
        What decided between namesakes, and other remarks.
    """

    id: str
    name: str
    lat: float
    lon: float
    names: tuple[str, ...] = ()
    name_ar: str = ""
    uncertainty_m: float = 1000.0
    kind: str = "village"
    population: int | None = None
    lookup: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A place that a name may mean, with how well it fits (`score`, 0 to 1)."""

    id: str
    name: str
    lat: float
    lon: float
    score: float
    matched_name: str
    uncertainty_m: float
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """The answer for one name: `resolved`, `ambiguous` or `unknown`, candidates best first."""

    query: str
    status: Literal["resolved", "ambiguous", "unknown"]
    candidates: tuple[Candidate, ...] = ()
    decided_by: str = ""


def great_circle_km(
    lat: float, lon: float, lats: ArrayLike, lons: ArrayLike
) -> NDArray[np.float64]:
    """Distances from a point to points, in kilometres on the sphere; degrees, WGS 84.

    Examples
    --------
    >>> round(float(great_circle_km(35.6483, 36.6769, [35.8645], [36.8059])[0]), 1)
    26.7
    """
    a, b = np.radians(lat), np.radians(np.asarray(lats, dtype=float))
    half = np.sin((b - a) / 2) ** 2
    half += np.cos(a) * np.cos(b) * np.sin(np.radians(np.asarray(lons, dtype=float) - lon) / 2) ** 2
    km: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return km


@dataclass(frozen=True, slots=True)
class _Spelling:
    place: int
    name: str
    reading: str
    arabic: bool


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

    places: Sequence[Place]
    _by_id: dict[str, int] = field(init=False, repr=False)
    _by_skeleton: dict[str, list[_Spelling]] = field(init=False, repr=False)
    _skeletons: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.places = tuple(self.places)
        self._by_id = {}
        self._by_skeleton = {}
        for number, place in enumerate(self.places):
            if place.id in self._by_id:
                message = f"two places have the id '{place.id}'"
                raise ValueError(message)
            self._by_id[place.id] = number
            for name in dict.fromkeys((place.name, place.name_ar, *place.names)):
                key = skeleton(name) if name else ""
                if key:
                    spelling = _Spelling(number, name, reading(name), is_arabic(name))
                    self._by_skeleton.setdefault(key, []).append(spelling)
        self._skeletons = list(self._by_skeleton)

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, Any]]) -> Gazetteer:
        """Make a gazetteer of any records.

        Parameters
        ----------
        records
            Each with `id`, `name`, `lat`, `lon` (degrees, WGS 84), `names` (a list) and perhaps
            `population`, `uncertainty_m`, `source`.

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
            population = record.get("population")
            places.append(
                Place(
                    id=str(record["id"]),
                    name=str(record["name"]),
                    lat=float(record["lat"]),
                    lon=float(record["lon"]),
                    names=tuple(map(str, record.get("names") or ())),
                    uncertainty_m=float(record.get("uncertainty_m") or 1000.0),
                    population=None if population is None else int(population),
                    lookup=str(record.get("source") or ""),
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
        self, name: str, *, near: tuple[float, float] | None = None, limit: int = 5
    ) -> Resolution:
        """Find what a name as somebody wrote it may mean.

        Parameters
        ----------
        name
            The name, in Latin or Arabic script.
        near
            A point (latitude, longitude; degrees, WGS 84) that decides between namesakes.
        limit
            How many candidates to return at most.

        Returns
        -------
        Resolution
            `resolved` if one place fits and no other does nearly as well, `ambiguous` if several
            do, `unknown` if none does.
        """
        scores: dict[int, tuple[float, str]] = {}
        key = skeleton(name)
        if key:
            read, arabic = reading(name), is_arabic(name)
            for found, distance in self._near_skeletons(key):
                for spelling in self._by_skeleton[found]:
                    score = _grade(name, read, spelling, arabic=arabic) - CONSONANT * distance
                    if score > scores.get(spelling.place, (0.0, ""))[0]:
                        scores[spelling.place] = (score, spelling.name)
        ranked = sorted(scores.items(), key=lambda item: (-item[1][0], self.places[item[0]].id))
        ranked = [item for item in ranked if item[1][0] >= UNKNOWN_BELOW]
        if not ranked:
            return Resolution(query=name, status="unknown")
        decided = "name"
        if near is not None and len(ranked) > 1:
            ranked, decided = self._by_distance(ranked, near), "name and place given"
        candidates = tuple(self._candidate(*item) for item in ranked)
        best = candidates[0]
        rivals = [c for c in candidates[1:] if c.score > best.score - TIE]
        if rivals:
            apart = great_circle_km(
                best.lat, best.lon, [c.lat for c in rivals], [c.lon for c in rivals]
            )
            rivals = [c for c, km in zip(rivals, apart, strict=True) if km > SAME_SPOT_KM]
        status: Literal["resolved", "ambiguous"] = "ambiguous" if rivals else "resolved"
        return Resolution(
            query=name,
            status=status,
            candidates=candidates[: max(limit, 1)],
            decided_by="" if rivals else decided,
        )

    def resolve_many(
        self, names: Iterable[str], *, near: tuple[float, float] | None = None, limit: int = 5
    ) -> list[Resolution]:
        """Resolve a list of names; the same as `resolve` for each, every name looked up once."""
        known: dict[str, Resolution] = {}
        answers = []
        for name in names:
            if name not in known:
                known[name] = self.resolve(name, near=near, limit=limit)
            answers.append(known[name])
        return answers

    def _near_skeletons(self, key: str) -> list[tuple[str, int]]:
        exact = [(key, 0)] if key in self._by_skeleton else []
        if len(key) < 4:  # noqa: PLR2004  (three consonants, one of them wrong, say nothing)
            return exact
        close = process.extract(
            key, self._skeletons, scorer=Levenshtein.distance, score_cutoff=1, limit=None
        )
        return exact + [(found, 1) for found, distance, _ in close if distance == 1]

    def _by_distance(
        self, ranked: list[tuple[int, tuple[float, str]]], near: tuple[float, float]
    ) -> list[tuple[int, tuple[float, str]]]:
        places = [self.places[number] for number, _ in ranked]
        apart = great_circle_km(*near, [p.lat for p in places], [p.lon for p in places])
        lost = FAR * np.minimum(apart / FAR_KM, 1.0)
        moved = [
            (number, (score - float(less), name))
            for (number, (score, name)), less in zip(ranked, lost, strict=True)
        ]
        return sorted(moved, key=lambda item: (-item[1][0], self.places[item[0]].id))

    def _candidate(self, number: int, match: tuple[float, str]) -> Candidate:
        place = self.places[number]
        return Candidate(
            id=place.id,
            name=place.name,
            lat=place.lat,
            lon=place.lon,
            score=round(max(0.0, min(1.0, match[0])), 3),
            matched_name=match[1],
            uncertainty_m=place.uncertainty_m,
            source=place.lookup,
        )


def _grade(name: str, read: str, spelling: _Spelling, *, arabic: bool) -> float:
    """Grade two names of (nearly) one skeleton, 0 to 1."""
    if name == spelling.name:
        return 1.0
    if read == spelling.reading:
        # "Ijaz (S Aleppo)" in so many words is not the Ijaz of Idlib.
        return 1.0 - TIE if "(" in name else 1.0
    grade = float(JaroWinkler.similarity(read, spelling.reading))
    if arabic != spelling.arabic:
        # Arabic script leaves short vowels out: what it writes must stand in the Latin, in order.
        full, bare = (spelling.reading, read) if arabic else (read, spelling.reading)
        return max(grade, ACROSS_SCRIPTS) if _within(bare, full) else min(grade, NOT_ACROSS)
    return grade


def _within(bare: str, full: str) -> bool:
    """Whether the letters of one reading stand in another, in order; a first vowel may be ayn."""
    rest = iter(full.replace(" ", ""))
    return all(letter in rest for letter in bare.replace(" ", "").lstrip("a"))


def read_places(path: Path) -> list[Place]:
    """Read the places of a gazetteer folder (`places.csv`).

    Raises
    ------
    DataError
        If the table cannot be used; the text names file, row and key.
    """
    return read_table(path, COLUMNS, _place, unique="id")


def _place(row: Row) -> Place:
    population = int(row.number("population", 0, 1e9)) if row.optional("population") else None
    return Place(
        id=row.text("id"),
        name=row.text("name"),
        lat=row.number("lat", -90, 90),
        lon=row.number("lon", -180, 180),
        names=row.many("spellings"),
        name_ar=row.optional("name_ar"),
        uncertainty_m=row.number("uncertainty_m", 1, 1e6),
        kind=row.choice("kind", KINDS),
        population=population,
        lookup=row.text("lookup"),
        note=row.optional("note"),
    )
