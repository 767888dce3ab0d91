"""`geoline status`: who held places at the end of a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from geoline.cli.dialogue.answer import DONE, IN_PART, Answer
from geoline.cli.dialogue.arguments import add_day, add_known
from geoline.cli.dialogue.asked import day_of, places_of
from geoline.holder import UNKNOWN

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from geoline.control import Spell
    from geoline.gazetteer import Place
    from geoline.situation import Situation

__all__ = ["arguments", "run"]

# How sure the ground is where nobody named a place: the band holds the line nine times in ten.
ON_GROUND, NEAR_LINE = 0.9, 0.5


def arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("place", nargs="*", metavar="PLACE", help="default: all")
    add_day(parser)
    add_known(parser)


def run(options: Namespace) -> Answer:
    """Say who held each place."""
    theatre, day = day_of(options)
    ids, remarks = places_of(theatre, options.place) if options.place else (list(day.spells), [])
    answers = []
    for place_id in ids:
        place = {"place": theatre.gazetteer[place_id].name, "place_id": place_id}
        spell = day.spells.get(place_id)
        answer = _held(place, spell, cut_off=place_id in day.cut_off)
        if spell is None or (options.place and _nothing_told(spell)):
            answer |= {"since": None} | _by_area(day, theatre.gazetteer[place_id])
        answers.append(answer)
    status = IN_PART if remarks else DONE
    return Answer(answers, [_line(answer) for answer in answers], status, remarks)


def _held(place: dict[str, str], spell: Spell | None, *, cut_off: bool) -> dict[str, Any]:
    return {
        **place,
        "holder": spell.holder if spell else "unknown",
        "contested": spell.contested if spell else False,
        "besieged": spell.besieged if spell else False,
        "cut_off": cut_off,
        "confidence": spell.confidence if spell else 0.0,
        "since": spell.since if spell else None,
        "since_precision": "day" if spell and spell.dated else "by",
        "basis": "claims" if spell and spell.claims else "baseline",
        "claims": list(spell.claims) if spell else [],
        "against": list(spell.against) if spell else [],
    }


def _nothing_told(spell: Spell) -> bool:
    """Whether a place is claimed, but nothing tells who held it by then, nor on the eve."""
    return spell.holder == UNKNOWN and not spell.claims and spell.since == date.min


def _by_area(day: Situation, place: Place) -> dict[str, Any]:
    """Say on whose ground a place lies that nobody named, and whether the line may run there."""
    import shapely  # noqa: PLC0415  (so that --help answers at once)

    if place.is_area:
        return _by_shares(day, place)
    point = shapely.Point(place.lon, place.lat)
    mine = day.areas[day.areas.covers(point)]
    if mine.empty:
        return {"basis": "area"}
    near = bool(day.band.covers(point).any())
    confidence = NEAR_LINE if near else ON_GROUND
    return {"holder": str(mine["holder"].iloc[0]), "confidence": confidence, "basis": "area"}


def _by_shares(day: Situation, place: Place) -> dict[str, Any]:
    """Say whose ground a district or region is, in parts of its outline, or of its circle."""
    import geopandas as gpd  # noqa: PLC0415  (so that --help answers at once)

    crs = day.as_known.crs
    outlines = {
        f"{region.name} {place.kind}".casefold(): region.geometry
        for region in day.as_known.theatre.governorates
    }
    outline = outlines.get(place.name.casefold())
    if outline is None:
        point = gpd.GeoSeries.from_xy([place.lon], [place.lat], crs=4326).to_crs(crs)
        inside = point.buffer(place.uncertainty_m)
    else:
        inside = gpd.GeoSeries([outline], crs=4326).to_crs(crs)
    parts = day.areas.to_crs(crs).clip(inside)
    if parts.empty:
        return {"basis": "area"}
    km2 = parts.area.groupby(parts["holder"]).sum().sort_values(ascending=False)
    shares = {str(holder): round(float(share), 2) for holder, share in (km2 / km2.sum()).items()}
    shares = {holder: share for holder, share in shares.items() if share}
    most = next(iter(shares))
    return {"holder": most, "confidence": shares[most], "shares": shares, "basis": "area"}


def _line(answer: dict[str, Any]) -> str:
    if "shares" in answer:
        parts = ", ".join(f"{share:.0%} {holder}" for holder, share in answer["shares"].items())
        return f"{answer['place']}: an area; of the ground of the map in it {parts}"
    if answer["basis"] == "area":
        return (
            f"{answer['place']}: on ground of {answer['holder']}, by the areas of the map"
            f" (no claim tells whose it is), confidence {answer['confidence']:.2f}"
        )
    states = [s.replace("_", " ") for s in ("contested", "besieged", "cut_off") if answer[s]]
    return (
        f"{answer['place']}: {answer['holder']}{', ' if states else ''}{', '.join(states)}"
        f" since {answer['since']}, confidence {answer['confidence']:.2f},"
        f" {len(answer['claims'])} claims for, {len(answer['against'])} against"
    )
