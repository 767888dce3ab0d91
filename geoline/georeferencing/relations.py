"""Relative phrases resolved: "20 km south of X" to a point with an uncertainty, or to a road.

`geoline.georeferencing.grammar` reads the words, the gazetteer resolves the places in them,
`geoline.georeferencing.point_radius` draws the circle. Nothing is chosen silently: what the words
may mean besides stands in `Relation.alternatives`, and what decided between namesakes in
`Relation.explanation`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from geoline.georeferencing.grammar import Kind, Phrase, parse_relation
from geoline.georeferencing.point_radius import Spot, metres, spots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.gazetteer import Candidate, Gazetteer, Resolution
    from geoline.highways import Highway

__all__ = ["Relation", "locate", "relation_record"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """Where a relative phrase points.

    Parameters
    ----------
    kind, text
        What kind of phrase, and its words.
    status
        `resolved`; `ambiguous` if it can be read in several ways or contradicts itself; `unknown`
        if a place in it is unknown.
    lat, lon, uncertainty_m
        Degrees WGS 84, and the radius in metres of the circle that holds the place meant; of the
        best reading, None if unknown.
    references
        The places that this reading starts from, one for each name that was found.
    distance_m, bearing_deg
        What the phrase says: metres, degrees clockwise from north.
    road, from_km, to_km, from_place, to_place
        The stretch of a road: kilometres from its first way-point and the way-points nearest.
    explanation
        How the point and the radius came about, and what decided.
    alternatives
        The other readings, each a relation of its own.
    """

    kind: Kind
    text: str
    status: Literal["resolved", "ambiguous", "unknown"]
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: float | None = None
    references: tuple[Candidate, ...] = ()
    distance_m: float | None = None
    bearing_deg: float | None = None
    road: str = ""
    from_km: float | None = None
    to_km: float | None = None
    from_place: str = ""
    to_place: str = ""
    explanation: str = ""
    alternatives: tuple[Relation, ...] = ()


def locate(
    text: str,
    gazetteer: Gazetteer,
    highways: Sequence[Highway] = (),
    near: tuple[float, float] | None = None,
) -> Relation | None:
    """Find where a relative phrase points.

    Parameters
    ----------
    text
        The phrase.
    gazetteer
        Resolves the places in it.
    highways
        The roads that it may name.
    near
        A point (latitude, longitude; degrees, WGS 84) that decides between namesakes.

    Returns
    -------
    Relation or None
        None if the text is a plain name, or a name of the gazetteer, or no such phrase.
    """
    phrase = parse_relation(text)
    if phrase is None or _is_name(text, gazetteer):
        return None
    answers, remarks, sure = _references(phrase, gazetteer, highways, near)
    blank = Relation(
        kind=phrase.kind,
        text=text,
        status="unknown",
        distance_m=phrase.distance_m,
        bearing_deg=phrase.bearing_deg,
        references=tuple(a.candidates[0] for a in answers if a.status != "unknown"),
    )
    unknown = [a.query for a in answers if a.status == "unknown"]
    if unknown:
        if phrase.kind in {"part", "place"} and gazetteer.resolve(text).status != "unknown":
            return None  # East Ghouta, another spelling of Eastern Ghouta
        return replace(blank, explanation=f"no place is known as {' or '.join(unknown)}")
    sure &= all(a.status == "resolved" for a in answers)
    choices = [a.candidates[: None if a.status == "ambiguous" else 1] for a in answers]
    readings = [
        replace(
            blank,
            status="resolved" if sure and spot.sure else "ambiguous",
            lat=spot.lat,
            lon=spot.lon,
            uncertainty_m=float(math.ceil(spot.radius_m)),
            references=chosen,
            road=spot.road,
            from_km=spot.span_km and round(spot.span_km[0], 2),
            to_km=spot.span_km and round(spot.span_km[1], 2),
            from_place=spot.ends[0],
            to_place=spot.ends[1],
            explanation="; ".join((spot.why, *remarks)),
        )
        for chosen in product(*choices)
        for spot in spots(phrase, chosen, gazetteer, highways)
    ]
    if len(readings) == 1:
        return readings[0]
    best, *others = (replace(reading, status="ambiguous") for reading in readings)
    return replace(best, alternatives=tuple(others))


def relation_record(relation: Relation) -> dict[str, Any]:
    """Make a candidate of a relation, as `geoline resolve --json` gives it.

    A relation that is ambiguous makes one candidate a reading: itself and each of its
    `alternatives`; one that is unknown makes none that has a position.
    """
    places = relation.references
    return {
        "id": _name_of(relation),
        "name": relation.text,
        "lat": _degrees(relation.lat),
        "lon": _degrees(relation.lon),
        "score": min((place.score for place in places), default=0.0),
        "matched_name": "; ".join(place.matched_name for place in places),
        "uncertainty_m": relation.uncertainty_m,
        "source": "; ".join(dict.fromkeys(place.source for place in places if place.source)),
        "relation": {
            "kind": relation.kind,
            "references": [{"id": place.id, "name": place.name} for place in places],
            "distance_m": relation.distance_m,
            "bearing_deg": relation.bearing_deg,
            "road": relation.road or None,
            "from_km": relation.from_km,
            "to_km": relation.to_km,
            "from_place": relation.from_place or None,
            "to_place": relation.to_place or None,
            "explanation": relation.explanation,
        },
    }


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _name_of(relation: Relation) -> str:
    """Give what stands for the id of a place."""
    said = [f"{relation.kind}:{'+'.join(place.id for place in relation.references)}"]
    said += [] if relation.distance_m is None else [f"{relation.distance_m:.0f}m"]
    said += [] if relation.bearing_deg is None else [f"{relation.bearing_deg:g}deg"]
    return ":".join([*said, relation.road] if relation.road else said)


def _is_name(text: str, gazetteer: Gazetteer) -> bool:
    """Whether the gazetteer has the very text as a name: Eastern Ghouta is a place."""
    wanted = " ".join(text.split()).casefold()
    answer = gazetteer.resolve(text)
    return answer.status != "unknown" and any(
        c.matched_name.casefold() == wanted for c in answer.candidates
    )


def _references(
    phrase: Phrase,
    gazetteer: Gazetteer,
    highways: Sequence[Highway],
    near: tuple[float, float] | None,
) -> tuple[list[Resolution], list[str], bool]:
    """Resolve the names; what decided, in words; and whether the phrase agrees with itself."""
    answers = [gazetteer.resolve(name, near=near) for name in phrase.names]
    remarks = [
        f"{answer.query} decided by {answer.decided_by}"
        for answer in answers
        if answer.status != "unknown"
        and len(answer.candidates) > 1
        and answer.decided_by not in {"", "name"}
    ]
    sure = True
    area = _area(phrase.within, gazetteer, highways) if phrase.within else None
    if phrase.within and area is None:
        remarks.append(f"where {phrase.within} is, is not known")
    if area is not None:
        for number, answer in enumerate(answers):
            answers[number], remark, fits = _inside(answer, area, phrase.within)
            remarks += [remark] if remark else []
            sure &= fits
    for number, answer in enumerate(answers):
        others = [a for a in answers if a is not answer and a.status == "resolved"]
        if answer.status == "ambiguous" and others:
            other = others[0].candidates[0]
            again = gazetteer.resolve(answer.query, near=(other.lat, other.lon))
            if again.status == "resolved":
                answers[number] = again
                remarks.append(f"{answer.query}: the one nearest to {other.name}")
    return answers, remarks, sure


def _area(words: str, gazetteer: Gazetteer, highways: Sequence[Highway]) -> Spot | None:
    """Find the circle that a place is said to lie in."""
    found = locate(words, gazetteer, highways)
    if found is None:
        answer = gazetteer.resolve(words)
        if answer.status != "resolved":
            return None
        phrase = Phrase(text=words, kind="part", names=(words,), extent="countryside")
        return spots(phrase, answer.candidates[:1], gazetteer, ())[0]
    if found.status != "resolved" or found.lat is None or found.lon is None:
        return None
    radius = found.uncertainty_m or 0.0
    return Spot(lat=found.lat, lon=found.lon, radius_m=radius, why=found.explanation)


def _doubted(answer: Resolution, fits: tuple[Candidate, ...]) -> Resolution:
    others = tuple(place for place in answer.candidates if place not in fits)
    return replace(answer, status="ambiguous", candidates=(*fits, *others), decided_by="")


def _lies_in(place: Candidate, area: Spot) -> bool:
    return metres(area, place) <= area.radius_m + place.uncertainty_m


def _inside(answer: Resolution, area: Spot, words: str) -> tuple[Resolution, str, bool]:
    fits = tuple(place for place in answer.candidates if _lies_in(place, area))
    if answer.status == "unknown" or (answer.status == "resolved" and answer.candidates[0] in fits):
        return answer, "", True
    if not fits:
        return answer, f"no {answer.query} lies in {words}", False
    if answer.status == "resolved":  # a lesser match lies there, the best one does not
        return (
            _doubted(answer, fits),
            f"the best match for {answer.query} does not lie in {words}",
            True,
        )
    status: Literal["resolved", "ambiguous"] = "resolved" if len(fits) == 1 else "ambiguous"
    remark = f"{len(fits)} of {len(answer.candidates)} places called {answer.query} lie in {words}"
    return replace(answer, status=status, candidates=fits, decided_by=words), remark, True
