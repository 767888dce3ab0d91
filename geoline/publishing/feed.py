"""A feed of the days on which something happened, with a sentence each (Atom, RFC 4287)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from geoline.export import xml_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoline.publishing.edition import Day, Edition

__all__ = ["MOST_ENTRIES", "feed"]

MOST_ENTRIES = 60
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(edition: Edition, since: Mapping[str, str]) -> bytes:
    """Write the feed, the newest day first, 60 at most.

    A day is told as of its end: midnight, UTC, at which the next one begins.

    Parameters
    ----------
    edition
        What is published.
    since
        By ISO day, the day since which what is told of it is what it is.
    """
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: edition.language})
    days = [day for day in reversed(edition.days) if day.weight][:MOST_ENTRIES]
    _add(root, "id", edition.urn())
    _add(root, "title", edition.title)
    _add(root, "subtitle", edition.note)
    _add(root, "updated", _instant(edition.published.isoformat()))
    _add(ET.SubElement(root, f"{{{_ATOM}}}author"), "name", edition.title)
    _add(root, "generator", "geoline")
    if edition.url:
        _link(root, "self", edition.address("feed.atom"), "application/atom+xml")
    _link(root, "alternate", edition.address("index.html"), "text/html")
    for day in days:
        root.append(_entry(edition, day, since[str(day.day)]))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(edition: Edition, day: Day, since: str) -> ET.Element:
    entry = ET.Element(f"{{{_ATOM}}}entry")
    _add(entry, "id", edition.urn(day.day.isoformat()))
    _add(entry, "title", f"{day.when}: {day.card.told[0]}")
    _add(entry, "published", _instant(day.end.isoformat()))
    _add(entry, "updated", _instant(since))
    _add(entry, "summary", day.told)
    _link(entry, "alternate", edition.address(f"days/{day.day}.html"), "text/html")
    _link(entry, "enclosure", edition.address(f"data/{day.day}.geojson"), "application/geo+json")
    return entry


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = xml_text(text)


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", rel=rel, href=href, type=kind)
