"""What the page carries: every day of a theatre, packed as plain data.

`geoline.page.packing` makes it small, `geoline/page/scripts/unpack.js` plain again. Lines are flat
lists of integers, 1e-4 degree, the first pair absolute, each later one relative to the one before.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoline import __version__
from geoline.cache import digest
from geoline.claims import claim_record, claims_in_force
from geoline.dates import days_between
from geoline.front import WGS84, reprojected
from geoline.page.lines import encode_line, encode_polygon
from geoline.page.regions import region_payload
from geoline.page.road_payload import post_days, post_payload, road_days, road_payload
from geoline.page.settlements import settlement_payload
from geoline.page.spellings import other_spellings
from geoline.page.surroundings import box_around, surroundings
from geoline.situation import (
    EVENT_KINDS,
    SENTENCE_WORDS,
    Chronology,
    TheatreAsKnown,
    statements,
    weights_of_places,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

    from geoline.claims import Claim
    from geoline.control import Spell
    from geoline.front import Drawing
    from geoline.gazetteer import Place
    from geoline.situation import Changes, Situation
    from geoline.theatre_folder import TheatreData, Water

__all__ = ["page_payload", "write_day"]

RANKS = {"city": 1, "town": 2, "village": 3}
LOWEST_RANK = 4
# Less than this is redrawing, not gain (square kilometres).
SHOWN_KM2 = 0.5
# What the page calls the columns of a claim, in its order.
CLAIM_FIELDS = {
    "id": "claim_id", "place": "place_id", "written": "place", "event": "event", "actor": "actor",
    "start": "date_start", "end": "date_end", "precision": "date_precision",
    "published": "published", "source": "source", "origin": "origin", "url": "url", "note": "note",
    "deaths": "deaths",
}  # fmt: skip
# Areas are drawn to this many degrees, about 10 m.
DRAWN_TO = 1e-4
# The band to this many, about 300 m, with corners on a grid of about 50 m.
BAND_DRAWN_TO, BAND_GRID = 3e-3, 5e-4


def page_payload(
    as_known: TheatreAsKnown, first: date, last: date, opening: date, *, each_evening: bool = False
) -> dict[str, Any]:
    """Pack the days from the first to the last for the page.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    first, last
        The days on the slider, both included.
    opening
        The day shown first.
    each_evening
        Whether the page also carries each day as it was known at its end.

    Returns
    -------
    dict
        Plain data, ready for JSON.
    """
    theatre = as_known.theatre
    days = days_between(first, last)
    situations = [as_known.on(day) for day in days]
    places = list(situations[0].spells)
    number = {place: n for n, place in enumerate(places)}
    shown = as_known.public_claims
    claim_number = {claim.claim_id: n for n, claim in enumerate(shown)}
    answers = _answers(situations, number)
    known = [TheatreAsKnown(theatre, day, as_known).on(day) for day in days] if each_evening else []
    west, south, east, north = theatre.view
    return {
        "schema": 1,
        "title": theatre.name,
        "title_ar": theatre.name_ar,
        **_said_of_it(theatre),
        "credits": list(theatre.credits),
        "report": theatre.report,
        **{key: text for key, text in _cited(theatre).items() if text},
        "languages": list(theatre.languages),
        "known": as_known.known.isoformat() if as_known.known else None,
        "bounds": [[south, west], [north, east]],
        "days": [day.isoformat() for day in days],
        "opening": days.index(min(max(opening, first), last)),
        "parties": _parties(theatre),
        "basemap": _kept_basemap(as_known),
        "places": _places(theatre, places, situations[0]),
        "phrases": list(SENTENCE_WORDS),
        "settlements": settlement_payload(as_known, places),
        "regions": region_payload(as_known),
        **_of_days(situations, answers, number, claim_number),
        **_claims(theatre, shown, answers, number),
        "events": _events(as_known, claim_number),
        "highways": road_payload(as_known, situations, number, claim_number),
        "posts": post_payload(theatre, situations, claim_number),
        "post_words": {key: text for key, text in asdict(theatre.post_words).items() if text},
    } | ({"as_known": _as_known(theatre, known, number, claim_number)} if each_evening else {})


def _said_of_it(theatre: TheatreData) -> dict[str, str]:
    """Give the subtitle and the notes, with what is held back."""
    notes = {"subtitle": theatre.subtitle, "note": theatre.note, "note_ar": theatre.note_ar}
    if theatre.held_from is None:
        return notes
    late, first = theatre.publish_after_days, theatre.held_from
    arabic = f"يُنشر متأخراً {late} يوماً: لا يُعرض شيء من {first} أو بعده، ولا ما قيل منذ ذلك اليوم."
    return {
        "subtitle": " · ".join(filter(None, [theatre.subtitle, f"published {late} days late"])),
        "note": "\n".join(filter(None, [theatre.delay_text, theatre.note])),
        "note_ar": "\n".join(filter(None, [arabic, theatre.note_ar or theatre.note])),
    }


def _of_days(
    situations: list[Situation],
    answers: Sequence[tuple[int, int, Spell]],
    number: Mapping[str, int],
    claim_number: Mapping[str, int],
) -> dict[str, Any]:
    """Give what is drawn and told of each day."""
    changes = [
        after.changes_since(before)
        for before, after in zip([situations[0], *situations], situations, strict=False)
    ]
    drawn = _pages_of(situations)
    return {
        "status": _statuses(answers, len(number)),
        # What these come from, so that what is made of them can be kept.
        "drawn": [_page_key(situation) for situation in situations],
        **{key: [day[key] for day in drawn] for key in ("areas", "front", "band")},
        "against": _against(answers, len(number), claim_number),
        "told": _told(situations, number),
        "changes": [_changes(c, number, claim_number) for c in changes],
        "numbers": [_numbers(c) for c in changes],
        **{key: [day[key] for day in drawn] for key in ("held_km2", "band_km2")},
    }


def _told(situations: list[Situation], number: Mapping[str, int]) -> list[list[Any]]:
    """Give what happened on each day: its weight, then statements.

    A statement is the number of its phrase in `SENTENCE_WORDS`, a party or nothing, what is named
    (numbers of places, or texts), and how many more there are.
    """
    chronology = Chronology(situations[0].as_known)
    for situation in situations:  # the page shows them whole: what the chronology asks is in them
        _ = situation.post_statuses
    told = [
        chronology.between(before, now)
        for before, now in zip([None, *situations], situations, strict=False)
    ]
    return [
        [
            one.weight,
            *(
                [
                    SENTENCE_WORDS.index(said.phrase),
                    said.party,
                    [name if isinstance(name, str) else number[name.id] for name in said.about],
                    said.more,
                ]
                for said in statements(one)
            ),
        ]
        for one in told
    ]


def _answers(
    situations: Sequence[Situation], number: Mapping[str, int]
) -> list[tuple[int, int, Spell]]:
    """Give day, place and its spell where it is another than on the day before."""
    found, before = [], None
    for day, situation in enumerate(situations):
        spells = situation.spells
        moved = spells if before is None else spells.another_in(before)
        found += [(day, number[place], spells[place]) for place in moved]
        before = spells
    return found


def _against(
    answers: Iterable[tuple[int, int, Spell]], count: int, claim_number: Mapping[str, int]
) -> list[list[Any]]:
    """Give the claims that say otherwise than the holder of a place: day and claims in turn."""
    turns: list[list[Any]] = [[] for _ in range(count)]
    for day, place, spell in answers:
        against = [claim_number[c] for c in spell.against if c in claim_number]
        if against != (turns[place][-1] if turns[place] else []):
            turns[place] += [day, against]
    return turns


def _pages_of(situations: list[Situation]) -> list[dict[str, Any]]:
    """Write what is drawn of each day; days may share theirs."""
    return [_page_of(situation) for situation in situations]


def write_day(situation: Situation, before: Situation | None = None) -> None:
    """Write what the page shows of a day, so that it is kept when the page is put together.

    With what changed since the day before, if that is given.
    """
    _ = _page_of(situation), situation.highway_statuses, situation.post_statuses
    if before is not None:
        situation.changes_since(before)


def _page_of(situation: Situation) -> dict[str, Any]:
    as_known, key = situation.as_known, _page_key(situation)
    page = as_known.pages.get(key)
    if page is None:
        page = as_known.store.kept("page", key, partial(_written, situation))
        as_known.pages[key] = page
    return page


def _page_key(situation: Situation) -> str:
    return digest(situation.map_key, situation.as_known.metric)


def _written(situation: Situation) -> dict[str, Any]:
    drawing, band = situation.drawing, situation.band_drawn
    return {
        "areas": _areas(drawing),
        "front": _lines(drawing.lines),
        "band": _band(band),
        "held_km2": _held_km2(drawing),
        "band_km2": _band_km2(situation.as_known.metric, drawing, band),
    }


def _as_known(
    theatre: TheatreData,
    situations: list[Situation],
    number: Mapping[str, int],
    claim_number: Mapping[str, int],
) -> dict[str, Any]:
    """Give what was known of each day at its end; of the posts only what is computed."""
    roads = [
        [situation.highway_statuses[n] for situation in situations]
        for n, _ in enumerate(theatre.highways)
    ]
    answers = _answers(situations, number)
    return _of_days(situations, answers, number, claim_number) | {
        "highways": [road_days(statuses) for statuses in roads],
        "posts": post_days(theatre, situations),
    }


def _parties(theatre: TheatreData) -> list[dict[str, str]]:
    return [
        {"id": p.id, "name": p.name, "name_ar": p.name_ar, "color": p.color, "pattern": p.pattern}
        for p in theatre.holders
    ]


def _encoded(geometry: shapely.Geometry) -> list[list[list[int]]]:
    parts = shapely.get_parts(geometry)
    return [encode_polygon(p) for p in parts if p.geom_type == "Polygon" and p.area > DRAWN_TO**2]


def _kept_basemap(as_known: TheatreAsKnown) -> dict[str, Any]:
    theatre = as_known.theatre
    regions = list(theatre.land), list(theatre.governorates), list(theatre.water)
    key = digest(regions, theatre.frame, theatre.view, as_known.land, list(theatre.labels))
    return as_known.store.kept("basemap", key, lambda: _basemap(as_known))


def _basemap(as_known: TheatreAsKnown) -> dict[str, Any]:
    theatre = as_known.theatre
    around = box_around(theatre)
    beyond, world = surroundings(theatre)
    return {
        # Boxes as [west, south, east, north]: what is computed, drawn, and drawn coarsely.
        "frame": list(theatre.frame),
        "around": list(around.bounds),
        "beyond": list(beyond.bounds),
        "world": [encode_polygon(part) for part in world],
        "land": [
            part
            for region in theatre.land
            for part in _encoded(shapely.intersection(region.geometry, around))
        ],
        "theatre": _encoded(as_known.land),
        "governorates": [
            {
                "name": region.name,
                "name_ar": region.name_ar,
                "polygon": polygon,
            }
            for region in theatre.governorates
            for polygon in _encoded(shapely.intersection(region.geometry, around))
        ],
        "labels": list(theatre.labels),
        "border": _borders([region.geometry for region in theatre.land], around),
        "water": [_water(w, around) for w in theatre.water if w.geometry.intersects(around)],
    }


def _borders(land: list[shapely.Geometry], around: shapely.Geometry) -> list[list[int]]:
    """Give the lines between two countries, which coasts and the limits of the data are not."""
    edges = shapely.boundary(shapely.intersection(land, around))
    first, second = np.triu_indices(len(land), k=1)
    shared = shapely.intersection(edges[first], edges[second]) if len(first) else []
    return _lines(_drawn(line) for line in shared)


def _water(water: Water, around: shapely.Geometry) -> dict[str, Any]:
    """Give a river's lines or a lake's polygons."""
    shape = shapely.intersection(water.geometry, around)
    form = (
        {"lines": _lines([_drawn(shape)])}
        if water.kind == "river"
        else {"polygons": _encoded(shape)}
    )
    return {"name": water.name, "name_ar": water.name_ar, "kind": water.kind, **form}


def _drawn(shape: shapely.Geometry) -> shapely.Geometry:
    """Give the lines of a shape, joined."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString" and part]
    return shapely.line_merge(shapely.MultiLineString(parts))


def _places(theatre: TheatreData, ids: list[str], first: Situation) -> list[dict[str, Any]]:
    store, spelt = first.as_known.store, [_spelt(theatre.gazetteer[place]) for place in ids]
    also = store.kept(
        "spellings", digest(spelt), lambda: [other_spellings(*names) for names in spelt]
    )
    undated = {place: spell.holder == "unknown" for place, spell in first.spells.items()}
    weights = weights_of_places(first.as_known)
    return [
        {
            "id": place.id,
            "name": place.name,
            "ar": place.name_ar,
            "lat": round(place.lat, 5),
            "lon": round(place.lon, 5),
            "rank": RANKS.get(place.kind, LOWEST_RANK),
            "weight": round(10 * weights[place.id]),
            "uncertainty_m": round(place.uncertainty_m),
            "vague": place.is_vague,
            "undated": undated[place.id],
            **({"also": others} if others else {}),
        }
        for place, others in zip(map(theatre.gazetteer.__getitem__, ids), also, strict=True)
    ]


def _spelt(place: Place) -> tuple[list[str], list[str]]:
    """Give the names that a place is shown by, and its other spellings."""
    return [name for name in (place.name, place.name_ar) if name], list(place.names)


def _statuses(answers: Iterable[tuple[int, int, Spell]], count: int) -> list[list[list[Any]]]:
    """Change points of each place: day number, holder, contested, besieged, confidence."""
    rows: list[list[list[Any]]] = [[] for _ in range(count)]
    for day, place, spell in answers:
        answer = [
            spell.holder,
            int(spell.contested),
            int(spell.besieged),
            round(spell.confidence, 2),
        ]
        if not rows[place] or rows[place][-1][1:] != answer:
            rows[place].append([day, *answer])
    return rows


def _areas(drawing: Drawing) -> dict[str, list[list[list[int]]]]:
    return {
        holder: _encoded(geometry)
        for holder, geometry in zip(drawing.holders, drawing.areas, strict=True)
    }


def _band(band: npt.NDArray[np.object_]) -> list[list[list[int]]]:
    """Give the polygons of the band, as coarse as a thing without sharp edges may be."""
    coarse = shapely.simplify(shapely.union_all(band), BAND_DRAWN_TO)
    return _encoded(shapely.set_precision(coarse, BAND_GRID))


def _lines(lines: Iterable[shapely.Geometry]) -> list[list[int]]:
    return [
        encode_line(shapely.get_coordinates(part))
        for line in lines
        for part in shapely.get_parts(line)
    ]


def _changes(
    changes: Changes, number: Mapping[str, int], claim_number: Mapping[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "place": number[change.place.id],
            "from": change.from_holder,
            "to": change.to_holder,
            "claims": [claim_number[c] for c in change.claims if c in claim_number],
        }
        for change in changes.places
    ]


def _numbers(changes: Changes) -> dict[str, Any]:
    """Square kilometres of a day; what is too little to tell from redrawing is none."""
    return {
        "km2": {
            party: {way: value if value >= SHOWN_KM2 else 0.0 for way, value in moved.items()}
            for party, moved in changes.km2.items()
        }
    }


def _held_km2(drawing: Drawing) -> dict[str, float]:
    return {h: round(float(km2), 1) for h, km2 in zip(drawing.holders, drawing.km2, strict=True)}


def _band_km2(crs: str, drawing: Drawing, band: npt.NDArray[np.object_]) -> dict[str, int]:
    """Square kilometres of each holder that lie inside the band, so in doubt."""
    doubtful = shapely.union_all(reprojected(band, WGS84, crs))
    parts = shapely.intersection(drawing.in_metres(crs)[0], doubtful)
    sizes = np.rint(shapely.area(parts) / 1e6).astype(int).tolist()
    return dict(zip(drawing.holders, sizes, strict=True))


def _claims(
    theatre: TheatreData,
    shown: list[Claim],
    answers: Iterable[tuple[int, int, Spell]],
    number: dict[str, int],
) -> dict[str, Any]:
    used = {claim for _, _, spell in answers for claim in spell.claims}
    ids = list(theatre.sources)
    source_number = {source: n for n, source in enumerate(ids)}
    claims = [
        _claim(claim)
        | {
            "place": number.get(claim.place_id) if claim.place_id else None,
            "actor": "; ".join(map(theatre.actor_name, claim.actor)),
            "source": source_number[claim.source],
            "origin": ", ".join(theatre.sources[o].name for o in claim.origins) or None,
            "used": claim.claim_id in used,
        }
        for claim in shown
    ]
    sources = [
        {"name": s.name, "reliability": s.reliability, "lean": s.lean, "kind": s.kind}
        for s in theatre.sources.values()
    ]
    return {"sources": sources, "claims": claims}


def _claim(claim: Claim) -> dict[str, Any]:
    """Give what a claim says under the page's names, days as ISO text, no link as None."""
    record = claim_record(claim)
    said = {name: record[column] for name, column in CLAIM_FIELDS.items()}
    days = {name: said[name] and said[name].isoformat() for name in ("start", "end", "published")}
    deaths = str(claim.deaths) if claim.deaths else None
    return said | days | {"url": claim.url or None, "deaths": deaths}


def _events(as_known: TheatreAsKnown, claim_number: Mapping[str, int]) -> list[int]:
    """Give the numbers of the claims that tell of an event and are in force."""
    in_force = claims_in_force(as_known.theatre.claims, as_known.known)
    return sorted(claim_number[c.claim_id] for c in in_force if c.event in EVENT_KINDS)


def _cited(theatre: TheatreData) -> dict[str, str]:
    """Give what a citation says besides title and day."""
    return {"publisher": theatre.publisher, "url": theatre.url, "version": __version__}
