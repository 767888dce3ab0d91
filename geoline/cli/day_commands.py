"""The commands about days: who held what, what changed, the map of a day, days drawn ahead."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geoline.cli.terminal import watched
from geoline.georeferencing import locate, relation_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.situation import Situation, TheatreAsKnown
    from geoline.theatre import Theatre

__all__ = ["changes_answer", "draw_days", "front_answer", "phrase_answer", "status_answer"]


def draw_days(as_known: TheatreAsKnown, first: date, last: date) -> None:
    """Draw areas, bands and roads from one day to another (both included), showing how far it is.

    Nothing is given back: the days are kept, and there when they are asked for.
    """
    days = [day for day in as_known.theatre.days if first <= day <= last]
    for day in watched(days, "drawing days"):
        situation = as_known.on(day)
        _ = situation.areas, situation.band, situation.highway_statuses


def status_answer(
    theatre: Theatre, day: Situation, ids: Sequence[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Say who held places at the end of a day, as data and as lines."""
    answers, lines = [], []
    for place_id in ids:
        place, spell = theatre.gazetteer[place_id], day.spells.get(place_id)
        answer: dict[str, Any] = {
            "place": place.name,
            "place_id": place_id,
            "holder": spell.holder if spell else "unknown",
            "contested": spell.contested if spell else False,
            "besieged": spell.besieged if spell else False,
            "cut_off": place_id in day.cut_off,
            "confidence": spell.confidence if spell else 0.0,
            "since": spell.since if spell else None,
            "since_precision": "day" if spell and spell.dated else "by",
            "claims": list(spell.claims) if spell else [],
            "against": list(spell.against) if spell else [],
        }
        answers.append(answer)
        states = [s.replace("_", " ") for s in ("contested", "besieged", "cut_off") if answer[s]]
        lines.append(
            f"{place.name}: {answer['holder']}{', ' if states else ''}{', '.join(states)}"
            f" since {answer['since']}, confidence {answer['confidence']:.2f},"
            f" {len(answer['claims'])} claims for, {len(answer['against'])} against"
        )
    return answers, lines


def changes_answer(
    theatre: Theatre, first: str, last: str, known: str | None
) -> tuple[dict[str, Any], list[str]]:
    """Say what changed between the ends of two days, as data and as lines."""
    table = theatre.changes(first, last, known)
    answer = {
        "places": table.drop(columns="geometry").to_dict("records"),
        "km2": table.km2,
        "areas": [
            {
                "from_holder": area.from_holder,
                "to_holder": area.to_holder,
                "km2": area.km2,
                "places": list(area.places),
                "claims": list(area.claims),
            }
            for area in table.areas
        ],
    }
    lines = [
        f"{row.date}  {row.place}: {row.from_holder} → {row.to_holder} ({len(row.claims)} claims)"
        for row in table.itertuples()
    ]
    lines += [
        f"{party}: +{km2['gained']:.0f} km², -{km2['lost']:.0f} km²"
        for party, km2 in table.km2.items()
        if km2["gained"] or km2["lost"]
    ]
    return answer, lines or ["nothing changed"]


def front_answer(day: Situation) -> dict[str, Any]:
    """Give the areas, the front, its band and the pockets of a day as one GeoJSON document."""
    features = []
    frames = {"area": day.areas, "front": day.front, "band": day.band, "pocket": day.pockets}
    for kind, frame in frames.items():
        for feature in json.loads(frame.to_json())["features"]:
            feature["properties"]["kind"] = kind
            feature.pop("id", None)
            features.append(feature)
    return {"type": "FeatureCollection", "features": features}


def phrase_answer(
    theatre: Theatre, text: str, near: tuple[float, float] | None
) -> dict[str, Any] | None:
    """Answer for a phrase such as "20 km south of X"; None if the text is a name."""
    found = locate(text, theatre.gazetteer, theatre.data.highways, near)
    if found is None:
        return None
    readings = [] if found.status == "unknown" else [found, *found.alternatives]
    return {
        "query": text,
        "status": found.status,
        "candidates": [relation_record(reading) for reading in readings],
        "decided_by": found.explanation,
    }
