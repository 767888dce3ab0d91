"""Areas, places and shares: what a side took or held, for a published figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

from geoline.changes import area_gains
from geoline.control import LEAST
from geoline.evidence import Tally, Weigher
from geoline.figure_terms import (
    Measure,
    NotCheckableError,
    day_before,
    party_of,
    point_of,
    regions_of,
    voice_of,
)
from geoline.highways import side_of
from geoline.standing import standing

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from geoline.claims import Claim
    from geoline.figures import Figure
    from geoline.situation import Situation, Situations

__all__ = ["area", "places", "share"]

# A place this near to a governorate counts as in it (metres): outlines are good to a kilometre.
OUTLINE_M = 1500.0


# A capture this soon after another one by the same side is the same capture, dated later.
AGAIN = timedelta(days=7)


def area(figure: Figure, whole: Situations) -> Measure:
    """Measure the square kilometres that a side gained, in the governorates named."""
    before, after = whole.on(day_before(figure.first, whole)), whole.on(figure.last)
    names, region = regions_of(figure, whole)

    def cut(day: Situation) -> gpd.GeoDataFrame:
        areas = day.areas.to_crs(whole.crs)
        if region is not None:
            areas = areas.assign(geometry=shapely.intersection(areas.geometry.values, region))
        return areas

    gains = area_gains(cut(before), cut(after), whole.crs)
    party = party_of(figure, whole) or max(gains, key=lambda p: gains[p]["gained"])
    if party not in gains:
        message = f"{party} holds no area on these days"
        raise NotCheckableError(message)
    value = gains[party]["gained"]
    where = f" in {', '.join(names)}" if names else ""
    return Measure(
        value=value,
        low=value,
        high=value,
        shown=f"{value:.0f} km²",
        detail=f"gained by {party}{where} from the end of {before.day} to that of {after.day}",
    )


def places(figure: Figure, whole: Situations) -> Measure:
    """Count places that were taken, those soon lost again among them.

    It may be as few as a voice that is named tells of, and as many as all names that are claimed.
    """
    seeds = whole.seeds
    names, region = regions_of(figure, whole)
    start = day_before(figure.first, whole)
    taken = _taken(whole, start, figure.last)
    party = party_of(figure, whole) or max(taken, key=lambda p: len(taken[p]), default="")
    mine = taken.get(party, {})
    if region is not None:
        near = shapely.buffer(region, OUTLINE_M)
        mine = {
            place: claims
            for place, claims in mine.items()
            if place.startswith("?")
            or shapely.intersects(near, point_of(seeds.gazetteer[place], whole))
        }
    placed = sum(not place.startswith("?") for place in mine)
    fewest, voice = placed, voice_of(figure, whole)
    by = ""
    if voice:
        heard = [
            place
            for place, claims in mine.items()
            if any(voice in (claim.origins or (claim.source,)) for claim in claims)
        ]
        fewest = min(placed, len(heard))
        by = f", {len(heard)} of all by the word of {seeds.sources[voice].name}"
    where = f" in {', '.join(names)}" if names else ""
    return Measure(
        value=placed,
        low=fewest,
        high=len(mine),
        shown=f"{placed} places",
        detail=(
            f"taken by {party or 'anybody'}{where} after {start}, until {figure.last}; "
            f"{len(mine) - placed} more names are not placed on the map{by}"
        ),
    )


def _taken(whole: Situations, start: date, end: date) -> dict[str, dict[str, list[Claim]]]:
    """Claims of capture by side and place, of what a side took after a day, be it for hours.

    A place that is not on the map stands under its name, after a question mark.
    """
    seeds = whole.seeds
    weigher = Weigher(seeds.sources, seeds.sides)
    told: dict[tuple[str, str], list[Claim]] = {}
    for claim in standing(seeds.claims, whole.known):
        if claim.about == "place" and claim.effect == "takes":
            place = claim.place_id or f"?{claim.place}"
            told.setdefault((claim.actor[0], place), []).append(claim)
    taken: dict[str, dict[str, list[Claim]]] = {}
    for (party, place), claims in told.items():
        inside = [c for c in claims if start < c.when.end <= end]
        dated = [c for c in inside if not c.bound]
        before = [c for c in claims if start - AGAIN <= c.when.end <= start]
        turned = any(
            start < new.start <= end and new.holder == party != old.holder
            for old, new in pairwise(whole.spells.get(place, ()))
        )
        worth = Tally(v for c in dated for v in weigher.voices(c)).total
        if turned or (inside and place.startswith("?")) or (worth > LEAST and not before):
            later = [s for s in whole.spells.get(place, ()) if s.holder == party and s.start > end]
            if turned or not later or later[0].since <= end:
                taken.setdefault(party, {})[place] = inside
    return taken


def share(figure: Figure, whole: Situations) -> Measure:
    """Measure the share of governorates that a side and its allies hold, in per cent."""
    names, region = regions_of(figure, whole)
    if region is None:
        names, region = _regions_of_unit(figure, whole)
    party = party_of(figure, whole)
    if region is None or not party:
        message = "it does not say whose share of which governorate"
        raise NotCheckableError(message)
    day = whole.on(figure.last)
    areas = day.areas.to_crs(whole.crs)
    side = side_of(party, whole.seeds.allied)

    def part(of: gpd.GeoSeries) -> float:
        return float(shapely.area(shapely.intersection(of.values, region)).sum())

    held = part(areas.geometry[areas.holder.isin(side)])
    drawn = part(areas.geometry)
    band = part(day.band.to_crs(whole.crs).geometry)
    if drawn == 0:
        message = f"no area is drawn in {', '.join(names)}"
        raise NotCheckableError(message)
    value = 100 * held / drawn
    return Measure(
        value=value,
        low=max(0.0, value - 50 * band / drawn),
        high=min(100.0, value + 50 * band / drawn),
        shown=f"{value:.0f} %",
        detail=f"of {drawn / 1e6:.0f} km² of {', '.join(names)}, held by {party} on {figure.last}",
    )


def _regions_of_unit(
    figure: Figure, whole: Situations
) -> tuple[list[str], shapely.Geometry | None]:
    return regions_of(replace(figure, where=f"{figure.unit} {figure.words}"), whole)
