"""What links to the map show elsewhere: Open Graph in its head, and oEmbed for those who embed."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoline.publishing.edition import Day, Edition

__all__ = ["OEMBED", "oembed", "page_head"]

OEMBED, TYPE = "oembed.json", "application/json+oembed"
# Pixels of the frame that is offered.
WIDTH, HEIGHT = 960, 640


def page_head(edition: Edition) -> str:
    """Write the description of the map as a whole: its title, its opening day's sentence, a card.

    Addresses need the one of the folder; without it there is neither picture nor oEmbed.
    """
    day = _shown(edition)
    told = f"{day.when}: {day.told}"
    said = [("og:type", "website"), ("og:title", edition.title), ("og:description", told)]
    lines = [f'<meta name="description" content="{escape(told)}">']
    if edition.url:
        said += [("og:url", edition.address("")), ("og:image", _card(edition, day))]
        said += [("og:image:width", "1200"), ("og:image:height", "630")]
        lines += [
            '<meta name="twitter:card" content="summary_large_image">',
            f'<link rel="canonical" href="{escape(edition.address("index.html"))}">',
            f'<link rel="alternate" type="{TYPE}" href="{escape(edition.address(OEMBED))}">',
        ]
    lines += [f'<meta property="{key}" content="{escape(text)}">' for key, text in said]
    lines.append('<link rel="alternate" type="application/atom+xml" href="feed.atom">')
    return "\n".join(lines)


def oembed(edition: Edition) -> bytes:
    """Describe the map for sites that embed it (oEmbed 1.0, type rich)."""
    address = escape(edition.address("index.html#embed=1"))
    frame = (
        f'<iframe src="{address}" title="{escape(edition.title)}" width="{WIDTH}" '
        f'height="{HEIGHT}" style="border:0;max-width:100%" loading="lazy" allowfullscreen>'
        "</iframe>"
    )
    described = {
        "version": "1.0",
        "type": "rich",
        "title": edition.title,
        "provider_name": edition.title,
        "provider_url": edition.url,
        "width": WIDTH,
        "height": HEIGHT,
        "html": frame,
        "thumbnail_url": _card(edition, _shown(edition)),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _shown(edition: Edition) -> Day:
    opening = edition.as_known.theatre.opening_day
    return next((day for day in edition.days if day.day == opening), edition.days[-1])


def _card(edition: Edition, day: Day) -> str:
    return edition.address(f"cards/{day.day}.png")
