"""Areas, places and shares: what a side took or held, for a published figure."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

from geoline.checking.meaning.regions import RegionMeant, ground_meant, ground_of
from geoline.checking.meaning.terms import (
    NotCheckableError,
    day_before,
    is_negated,
    metric,
    point_of,
    sides_of,
    voice_of,
)
from geoline.checking.measures.measured import Measure, around_the_day
from geoline.claims import claims_in_force
from geoline.control import LEAST, Tally, Weigher, spell_on
from geoline.dates import days_between
from geoline.front import KERNEL_FROM_LAST_LINE, HeldAreas
from geoline.highways import side_of
from geoline.holder import UNKNOWN
from geoline.situation import area_gains

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    import geopandas as gpd

    from geoline.checking.figures.figure import Figure
    from geoline.claims import Claim
    from geoline.control import Spell
    from geoline.situation import Situation, TheatreAsKnown

__all__ = ["area", "area_held", "places", "share"]

# A place this near to a governorate counts as in it (metres): outlines are good to a kilometre.
OUTLINE_M = 1500.0
# A capture this soon after another one by the same side is the same capture, dated later.
AGAIN = timedelta(days=7)
SETTLED = re.compile(r"city|town|village|hamlet|suburb|settlement|locality|populated")
# What is taken back may have been lost on the days that are counted: no gain from end to end.
BACK = re.compile(r"(?i)\b(?:re-?(?:taken|captured?|gained|covered|claimed)|(?:taken|won) back)\b")
# Slivers narrower than this are no ground (metres).
SLIVER_M = 150.0
# Of a region that is drawn to less than this part nothing can be said.
DRAWN = 0.9


def area(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure the square kilometres that a side gained or lost, in the ground named.

    What was "retaken" is what the side holds at the end and another held on an evening since the
    one before the first day: lost and won back in between, it is no gain from end to end.
    """
    before, after = as_known.on(day_before(figure.first, as_known)), as_known.on(figure.last)
    ground = ground_meant(figure, as_known)
    sides = sides_of(figure, as_known)
    party, how = (sides.gains, "gained") if sides.gains else (sides.loses, "lost")
    shapes = [None] if ground is None else [ground.meant, ground.surely, ground.perhaps]
    asked = [(after, shape) for shape in shapes]
    if figure.last > figure.first:
        # What is told on the last day of some was so at some hour since the evening before.
        asked.append((as_known.on(day_before(figure.last, as_known)), shapes[0]))
    found: list[float] = []
    if party and how == "gained" and BACK.search(figure.quantity):
        found = [_taken_back(party, before, day, shape, as_known) for day, shape in asked]
        asked, how = [], "taken back"
    for day, shape in asked:
        old, new = _within(before, shape, as_known), _within(day, shape, as_known)
        gains = area_gains(old, new)
        if not party:
            party, how = max(gains, key=lambda p: gains[p]["gained"], default=""), "gained"
        if party not in gains:
            message = f"{party or 'no side'} holds no area there on these days"
            raise NotCheckableError(message)
        found.append(gains[party][how])
    return Measure(
        value=found[0],
        low=min(found),
        high=max(found),
        others=tuple(found[len(shapes) :]),
        shown=f"{found[0]:.0f} km²",
        detail=f"{how} by {party}{_in(ground)} from the end of {before.day} to that of {after.day}",
    )


def _taken_back(
    party: str,
    before: Situation,
    after: Situation,
    shape: shapely.Geometry,
    as_known: TheatreAsKnown,
) -> float:
    """Square kilometres that a side holds and an enemy held on an evening of those before."""
    side = side_of(party, as_known.theatre.allied) | {UNKNOWN}
    theirs: shapely.Geometry = shapely.Polygon()
    for day in days_between(before.day, after.day):
        held = _within(as_known.on(day), shape, as_known)
        enemy = [
            s for holder, s in zip(held.holders, held.shapes, strict=True) if holder not in side
        ]
        theirs = shapely.union_all([theirs, *enemy])
    held = _within(after, shape, as_known)
    mine = [s for holder, s in zip(held.holders, held.shapes, strict=True) if holder == party]
    back = (
        shapely.intersection(shapely.union_all(mine), theirs)
        .buffer(-SLIVER_M / 2)
        .buffer(SLIVER_M / 2)
    )
    return float(back.area) / 1e6


def _in(ground: RegionMeant | None) -> str:
    if ground is None:
        return ""
    names = ", ".join(ground.names)
    return f" in {names}" if ground.governorates else f" ({names})"


def _within(day: Situation, shape: shapely.Geometry, as_known: TheatreAsKnown) -> HeldAreas:
    areas = day.drawing.in_metres(as_known.metric)[0]
    inside = areas if shape is None else shapely.intersection(areas, shape)
    return HeldAreas(day.drawing.holders, inside)


def area_held(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure the square kilometres of governorates that a side and its allies hold.

    Of all of the map only what one side alone holds, if it ends on the map.
    """
    if _governorates(figure, as_known) is None:
        return around_the_day(figure, as_known, lambda day: _held_of_all(figure, as_known, day))
    return around_the_day(figure, as_known, lambda day: _held(figure, as_known, day, share=False))


def _held_of_all(figure: Figure, as_known: TheatreAsKnown, day: date) -> Measure:
    sides = sides_of(figure, as_known)
    party = sides.gains or sides.loses
    areas = as_known.on(day).areas.to_crs(as_known.crs)
    mine = shapely.union_all(areas.geometry[areas.holder == party].values)
    if not party or is_negated(figure) or mine.is_empty:
        message = "it does not say whose ground"
        raise NotCheckableError(message)
    rim = metric(shapely.box(*as_known.theatre.frame), as_known).exterior
    if shapely.distance(mine, rim) < OUTLINE_M:
        message = f"what {party} holds reaches beyond the map"
        raise NotCheckableError(message)
    value = float(shapely.area(mine)) / 1e6
    detail = f"held by {party} on {day}, by its allies not counted"
    return Measure.without_range(value, f"{value:.0f} km²", detail)


def share(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Measure the share of governorates that a side and its allies hold, in per cent."""
    return around_the_day(figure, as_known, lambda day: _held(figure, as_known, day, share=True))


def _held(figure: Figure, as_known: TheatreAsKnown, day: date, *, share: bool) -> Measure:
    ground, sides = _governorates(figure, as_known), sides_of(figure, as_known)
    party = sides.gains or sides.loses
    if re.search(r"(?i)\b(?:lost|loss|gained|gain|taken)\b", figure.quantity):
        message = "a share gained or lost is not one that is held"
        raise NotCheckableError(message)
    if ground is None or not party:
        message = "it does not say whose share of which governorate"
        raise NotCheckableError(message)
    names = ", ".join(ground.names)
    situation = as_known.on(day)
    areas = situation.areas.to_crs(as_known.crs)

    def part(of: gpd.GeoSeries) -> float:
        return float(shapely.area(shapely.intersection(of.values, ground.meant)).sum()) / 1e6

    drawn, all_of_it = part(areas.geometry), float(shapely.area(ground.meant)) / 1e6
    if drawn < DRAWN * all_of_it:
        message = f"of {names} only {drawn:.0f} of {all_of_it:.0f} km² are on the map"
        raise NotCheckableError(message)
    held = part(areas.geometry[areas.holder.isin(side_of(party, as_known.theatre.allied))])
    negated = is_negated(figure)
    held = drawn - held if negated else held
    off = part(situation.band.to_crs(as_known.crs).geometry) / 2
    front = shapely.intersection(situation.front.to_crs(as_known.crs).geometry.values, ground.meant)
    # All of the line lies at one edge of the band only if it errs alike everywhere; what happened
    # at one place speaks for its surroundings, beyond them errors are their own and even out.
    off /= max(1.0, shapely.length(front).sum() / 1000 / KERNEL_FROM_LAST_LINE.length_km) ** 0.5
    unit, scale = ("%", 100 / drawn) if share else ("km²", 1.0)
    return Measure(
        value=scale * held,
        low=scale * max(0.0, held - off),
        high=scale * min(drawn, held + off),
        shown=f"{scale * held:.0f} {unit}",
        detail=f"of {drawn:.0f} km² of {names}, {'not ' if negated else ''}held by {party} "
        f"on {day}",
    )


def _governorates(figure: Figure, as_known: TheatreAsKnown) -> RegionMeant | None:
    """Find the governorates of a share: where it is, or named in the unit or the quantity."""
    ground = ground_of(figure.where, as_known) if figure.where else None
    for text in () if ground else (figure.unit, figure.quantity, figure.words):
        named = [r.name for r in as_known.theatre.governorates if r.name.lower() in text.lower()]
        if named:
            return ground_of(" and ".join(named), as_known)
    return ground


def places(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Count places that were taken, those soon lost again among them.

    It may be as few as lie surely in the ground that is meant, or, of several days, as were taken
    by the evening before the last; and as many as all names that are claimed.
    """
    theatre = as_known.theatre
    ground = ground_meant(figure, as_known)
    start = day_before(figure.first, as_known)
    sides = sides_of(figure, as_known)
    taken = _taken(as_known, start, figure.last)
    if re.search(r"(?i)\b(?:villages?|towns?|hamlets?)\b", f"{figure.quantity} {figure.unit}"):
        taken = {party: _settled(some, as_known) for party, some in taken.items()}
    if sides.gains:
        party, mine = sides.gains, taken.get(sides.gains, {})
    elif sides.loses:
        rest = {p: some for p, some in taken.items() if p != sides.loses}
        party, mine = f"others than {sides.loses}", _joined(rest)
    else:
        party = max(taken, key=lambda p: len(taken[p]), default="")
        mine = taken.get(party, {})
    unplaced = sum(place.startswith("?") for place in mine)
    inside = _inside(mine, ground, as_known)
    fewest, voice = len(inside["surely"]), voice_of(figure, as_known)
    others: tuple[float, ...] = ()
    if figure.last > figure.first:
        earlier = _taken(as_known, start, day_before(figure.last, as_known))
        by_then = {place for some in earlier.values() for place in some}
        evening = len(by_then & set(inside["meant"]))
        others, fewest = (evening,), min(fewest, evening)
    by = ""
    if voice:
        heard = [
            place
            for place in (*inside["meant"], *(p for p in mine if p.startswith("?")))
            if any(voice in claim.voices for claim in mine[place])
        ]
        by = f"; {len(heard) or 'none'} of all by the word of {theatre.sources[voice].name}"
    value, most = len(inside["meant"]), len(inside["perhaps"])
    near = f"; {most - value} more over its border" if most > value else ""
    near += f"; {unplaced} more names are not placed on the map" if unplaced else ""
    return Measure(
        value=value,
        low=fewest,
        high=most + unplaced,
        others=others,
        shown=f"{value} places",
        detail=(
            f"taken by {party or 'anybody'}{_in(ground)} after {start}, "
            f"until {figure.last}{near}{by}"
        ),
    )


def _settled(taken: dict[str, list[Claim]], as_known: TheatreAsKnown) -> dict[str, list[Claim]]:
    """Leave out hills, bases and the like, where villages and towns are counted."""
    return {
        place: claims
        for place, claims in taken.items()
        if place.startswith("?")
        or SETTLED.search(as_known.theatre.gazetteer[place].kind or "village")
    }


def _joined(taken: Mapping[str, dict[str, list[Claim]]]) -> dict[str, list[Claim]]:
    joined: dict[str, list[Claim]] = {}
    for some in taken.values():
        for place, claims in some.items():
            joined.setdefault(place, []).extend(claims)
    return joined


def _inside(
    places: Collection[str], ground: RegionMeant | None, as_known: TheatreAsKnown
) -> dict[str, list[str]]:
    """Which places lie in what is meant, surely and perhaps."""
    placed = [place for place in places if not place.startswith("?")]
    if ground is None:
        return dict.fromkeys(("meant", "surely", "perhaps"), placed)
    points = [point_of(as_known.theatre.gazetteer[place], as_known) for place in placed]
    shapes = {"meant": ground.meant, "surely": ground.surely, "perhaps": ground.perhaps}
    found = {}
    for name, shape in shapes.items():
        near = shapely.buffer(shape, OUTLINE_M)
        good = shapely.intersects(near, points) if points else []
        found[name] = [place for place, inside in zip(placed, good, strict=True) if inside]
    return found


def _taken(as_known: TheatreAsKnown, start: date, end: date) -> dict[str, dict[str, list[Claim]]]:
    """Claims of capture by side and place, of what a side took after a day, be it for hours.

    A place that is not on the map stands under its name, after a question mark.
    """
    theatre = as_known.theatre
    weigher = Weigher(theatre.sources, theatre.sides)
    told: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims_in_force(theatre.claims, as_known.known):
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
            for old, new in pairwise(as_known.spells.get(place, ()))
        )
        # Of a place that the side held all the time nothing new is told.
        if not turned and _held_through(as_known.spells.get(place, ()), party, start, end):
            continue
        worth = Tally(v for c in dated for v in weigher.voices(c)).total
        if turned or (inside and place.startswith("?")) or (worth > LEAST and not before):
            later = [
                s for s in as_known.spells.get(place, ()) if s.holder == party and s.start > end
            ]
            if turned or not later or later[0].since <= end:
                taken.setdefault(party, {})[place] = inside
    return taken


def _held_through(spells: Sequence[Spell], party: str, start: date, end: date) -> bool:
    """Whether a side held a place from the end of one day to that of another."""
    return bool(spells) and all(
        spell.holder == party
        for spell in (spell_on(spells, start), *(s for s in spells if start < s.start <= end))
    )
