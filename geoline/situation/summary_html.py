"""A day as it shows itself in a notebook: a small map, who holds how much, the roads, the posts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from geoline.repr_html import (
    Markup,
    day_bars,
    divided_bar,
    html_table,
    key,
    paragraph,
    share_bar,
    small_map,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import geopandas as gpd

    from geoline.control import Spell
    from geoline.situation.highway_status import HighwayStatus
    from geoline.situation.post_status import PostStatus
    from geoline.theatre_folder import TheatreData

__all__ = ["colors_of", "situation_html", "theatre_html"]


class Day(Protocol):
    """What is shown of a day; `geoline.situation.situation.Situation` has it."""

    @property
    def day(self) -> date: ...
    @property
    def areas(self) -> gpd.GeoDataFrame: ...
    @property
    def front(self) -> gpd.GeoDataFrame: ...
    @property
    def spells(self) -> Mapping[str, Spell]: ...
    @property
    def highway_statuses(self) -> Sequence[HighwayStatus]: ...
    @property
    def post_statuses(self) -> Sequence[PostStatus]: ...


def colors_of(theatre: TheatreData) -> dict[str, str]:
    """Give the colour of each holder, `#rrggbb`; contested and unknown ground among them."""
    return {holder.id: holder.color for holder in theatre.holders}


def theatre_html(theatre: TheatreData) -> str:
    """Make the HTML of a theatre: its days and sides, what it holds, claims day by day."""
    counts = {
        "claims": len(theatre.claims),
        "sources": len({claim.source for claim in theatre.claims}),
        "places": len(theatre.gazetteer),
        "highways": len(theatre.highways),
        "posts": len(theatre.posts),
    }
    told = Counter(claim.when.end for claim in theatre.claims)
    days = [told[day] for day in theatre.days]
    said = [f"{day}: {told[day]} claims" for day in theatre.days]
    held = Counter(baseline.holder for baseline in theatre.baseline.values())
    rows = [(key(p.color, p.name), p.id, held.get(p.id, 0)) for p in theatre.parties.values()]
    return "".join(
        [
            paragraph(f"{theatre.name}, {theatre.first_day} to {theatre.last_day}", strong=True),
            html_table(["side", "id", "places on the eve"], rows),
            paragraph(", ".join(f"{count:,} {what}" for what, count in counts.items() if count)),
            day_bars(days, said),
            paragraph("Claims, by the last day that each may be about."),
            paragraph(theatre.note),
        ]
    )


def situation_html(day: Day, theatre: TheatreData, known_on: date | None) -> str:
    """Make the HTML of a day, as known on a day; what it says is what the day's tables say."""
    colors = colors_of(theatre)
    names = {party.id: party.name for party in theatre.parties.values()}
    known = f", as known on {known_on}" if known_on else ""
    parts = [
        paragraph(f"{theatre.name}, end of {day.day}{known}", strong=True),
        small_map(day.areas, day.front, colors, theatre.view),
        _held(day, names, colors),
        _roads(day, colors),
    ]
    contested = [theatre.gazetteer[p].name for p, spell in day.spells.items() if spell.contested]
    said = [f"Contested: {', '.join(sorted(contested))}."] if contested else []
    posts = Counter(status.status for status in day.post_statuses)
    if posts:
        counted = ", ".join(f"{count} {status}" for status, count in posts.most_common())
        said.append(f"Posts: {counted}.")
    tables = "places, areas, front, band, highways, posts, pockets"
    said.append(f"Tables: {tables}; each a GeoDataFrame.")
    return "".join([*parts, *map(paragraph, said)])


def _held(day: Day, names: Mapping[str, str], colors: Mapping[str, str]) -> Markup:
    places = Counter(spell.holder for spell in day.spells.values())
    km2 = dict(zip(day.areas["holder"], day.areas["km2"], strict=True))
    as_known = sum(km2.values()) or 1.0
    rows = [
        (
            key(colors[holder], names.get(holder, holder)),
            places.get(holder, 0),
            f"{km2.get(holder, 0.0):,.0f}" if holder in km2 else "",
            share_bar(km2.get(holder, 0.0) / as_known, colors[holder]) if holder in km2 else "",
        )
        for holder in colors
        if places.get(holder) or km2.get(holder)
    ]
    line = f"Line: {day.front['length_km'].sum():,.0f} km."
    return html_table(["", "places", "km²", "of the ground"], rows, line)


def _roads(day: Day, colors: Mapping[str, str]) -> Markup:
    rows = [
        (
            status.road,
            divided_bar([(s.to_km - s.from_km, colors[s.holder]) for s in status.stretches], 240),
            f"open for {', '.join(status.open_to)}" if status.open_to else "",
        )
        for status in day.highway_statuses
    ]
    return html_table([], rows) if rows else Markup("")
