"""The small page of a day: what links to it show, and the way to the map. No scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geoline.page import written_words
from geoline.situation import citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoline.publishing.edition import Day, Edition

__all__ = ["day_page", "versions_page"]

_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'"
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color:#17181a}img{max-width:100%;height:auto;border:1px solid #ccc}nav{margin:1rem 0}"
    "a{color:#1c4e80}small{color:#55534e}"
)


def day_page(edition: Edition, day: Day, *, has_card: bool) -> bytes:
    """Write the page of a day, with the description that other sites show of a link to it."""
    number, words = edition.days.index(day), written_words(edition.language)
    title = f"{edition.title}, {day.when}"
    described = [("og:type", "article"), ("og:title", title), ("og:description", day.told)]
    picture = ""
    if has_card:
        described.append(("og:image", edition.address(f"cards/{day.day}.png")))
        described += [("og:image:width", "1200"), ("og:image:height", "630")]
        described += [("og:image:alt", f"{title}: {day.told}")]
        shown = f'src="../cards/{day.day}.png" width="1200" height="630"'
        picture = f'<p><img {shown} alt="{escape(title)}"></p>'
    if edition.url:
        described.append(("og:url", edition.address(f"days/{day.day}.html")))
    head = [f'<meta property="{key}" content="{escape(text)}">' for key, text in described]
    head.append('<meta name="twitter:card" content="summary_large_image">')
    head.append(f'<meta name="description" content="{escape(day.told)}">')
    beside = [
        f'<a rel="{rel}" href="{edition.days[at].day}.html">{edition.days[at].when}</a>'
        for rel, at in (("prev", number - 1), ("next", number + 1))
        if 0 <= at < len(edition.days)
    ]
    ways = [
        f'<a href="{escape(address)}">{escape(words[what])}</a>'
        for what, address in (
            ("map", f"../index.html#day={day.day}"),
            ("data", f"../data/{day.day}.geojson"),
            ("claims", f"../data/{day.day}.csv"),
            ("versions", "../versions/index.html"),
        )
    ]
    cite = citation(edition.as_known, day.day, edition.address(f"days/{day.day}.html"))
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(day.told)}</p>",
        picture,
        f"<p>{' · '.join(ways)}</p>",
        f"<nav>{' · '.join(beside)}</nav>",
        f"<p><small>{escape(edition.note)}</small></p>",
        f'<p><small lang="en" dir="ltr"><cite>{escape(cite)}</cite></small></p>',
    ]
    return _page(edition, title, head, body)


def versions_page(edition: Edition, versions: Sequence[dict[str, str]]) -> bytes:
    """Write the list of the maps as they were published, the newest first."""
    rows = [
        f'<li><a href="{escape(one["published"])}/index.html">{escape(one["published"])}</a>: '
        f"{escape(one['first_day'])} – {escape(one['last_day'])}</li>"
        for one in reversed(versions)
    ]
    title = f"{edition.title}: {written_words(edition.language)['versions']}"
    return _page(edition, title, [], [f"<h1>{escape(title)}</h1>", f"<ul>{''.join(rows)}</ul>"])


def _page(edition: Edition, title: str, head: Sequence[str], body: Sequence[str]) -> bytes:
    direction = "rtl" if edition.days[0].card.wording.rtl else "ltr"
    lines = [
        "<!doctype html>",
        f'<html lang="{edition.language}" dir="{direction}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        *head,
        f"<style>{_STYLE}</style></head><body>",
        *(line for line in body if line),
        "</body></html>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
