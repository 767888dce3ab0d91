"""What the words of a published figure mean on this map: which side, place and voice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import shapely

from geoline.front import WGS84, reprojected

if TYPE_CHECKING:
    from datetime import date

    from geoline.checking.figures.figure import Figure
    from geoline.gazetteer import Place
    from geoline.situation import TheatreAsKnown

__all__ = [
    "FigureSides",
    "NotCheckableError",
    "day_before",
    "is_negated",
    "metric",
    "place_of",
    "point_of",
    "sides_of",
    "state_of",
    "voice_of",
    "where_of",
]

_NOT = re.compile(
    r"\b(?:not|outside|beyond|without|never|un(?:controlled|held)|yet to|out of|remain\w* to be)\b",
    re.IGNORECASE,
)
_LOST = re.compile(r"\b(?:lost|loses|loss(?:es)?|losing|ceded|given up)\b", re.IGNORECASE)
# Words before a side that say it is the one that loses, or the one that takes.
_FROM = r"\b(?:from|against|lost by|losses? of|out of|despite|over)\s+(?:the\s+)?(?:\w+\s+)?$"
_BY = r"\bby\s+(?:the\s+)?(?:\w+\s+)?$"
# A namesake of which claims speak so soon before or after is the one that is meant.
NAMED_WITHIN = timedelta(days=3)
_POST = (
    r"^.*?\b(?:posts?|points?) (?:at|in|of|near) ",
    r"\s+(?:(?:\w+ )?(?:observation|military) )?(?:post|point)$",
)
_WRAPS = (
    r"^(?:the\s+)?(?:city|town|village|hamlet|outskirts|edge|gates|centre|center)\s+of\s+",
    r"\s+(?:city|town|village|hamlet)(?:\s+(?:centre|center|limits))?$",
)


class NotCheckableError(Exception):
    """The map cannot say; the text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureSides:
    """Whom a figure speaks of: party ids, empty where it does not say.

    Parameters
    ----------
    gains, loses
        Who takes or holds; from whom.
    """

    gains: str = ""
    loses: str = ""


def sides_of(figure: Figure, as_known: TheatreAsKnown, *, words_too: bool = True) -> FigureSides:
    """Find whose gain or ground it is: said in the quantity, else in the words if they say one.

    Parameters
    ----------
    words_too
        Whether the words count; those of "taken; rebels left" name both sides.
    """
    for text in (f"{figure.quantity} ; {figure.unit}", figure.words if words_too else ""):
        gains: dict[str, bool] = {}
        loses: list[str] = []
        for start, party in _parties(text, as_known):
            before = text[:start]
            if re.search(_FROM, before, re.IGNORECASE):
                loses.append(party)
            else:
                by = bool(re.search(_BY, before, re.IGNORECASE))
                gains[party] = gains.get(party, False) or by
        agents = [party for party, by in gains.items() if by] or list(gains)
        if _LOST.search(text) and len(gains) == 1 and not loses:
            return FigureSides(loses=agents[0])
        if len(agents) == 1 or (agents and text is not figure.words):
            return FigureSides(gains=agents[0], loses=loses[0] if loses else "")
        if loses:
            return FigureSides(loses=loses[0])
    return FigureSides()


def _parties(text: str, as_known: TheatreAsKnown) -> list[tuple[int, str]]:
    """Parties named in a text and where, in its order; of words that overlap the longest."""
    found = sorted(
        (match.start(), -len(match[0]), party.id)
        for party in as_known.theatre.parties.values()
        for word in {party.id, party.name, party.name_ar, *party.words}
        if word
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    )
    named: list[tuple[int, str]] = []
    end = 0
    for start, length, party in found:
        if start >= end:
            named.append((start, party))
            end = start - length
    return named


def is_negated(figure: Figure) -> bool:
    """Whether it is about what a side does not hold ("not yet held", "outside its control")."""
    return bool(_NOT.search(figure.quantity))


def place_of(
    text: str,
    as_known: TheatreAsKnown,
    *,
    near: Place | None = None,
    days: tuple[date, date] | None = None,
) -> Place:
    """Find the place, or the post's place, that a text names.

    Parameters
    ----------
    near
        What decides between namesakes.
    days
        The same: the one that claims of these days are about, if it is only one.
    """
    gazetteer, bare = as_known.theatre.gazetteer, _bare_name(text)
    if re.search(r"\b(?:posts?|points?)\b", text, re.IGNORECASE):
        for post in as_known.theatre.posts:
            if post.place_id and bare.lower() in post.name.lower():
                return gazetteer[post.place_id]
    name, _, container = (part.strip() for part in bare.partition(","))
    answer = gazetteer.resolve(name)
    if not name or answer.status == "unknown":
        message = f"the gazetteer has no '{name}'" if name else "it names no place"
        raise NotCheckableError(message)
    if answer.status == "ambiguous" and (container or near):
        point = (near.lat, near.lon) if near else None
        closer = gazetteer.resolve(name, within=container or None, near=point)
        answer = closer if closer.status == "resolved" else answer
    if answer.status == "ambiguous" and days:
        told = _told_of({c.id for c in answer.candidates}, days, as_known)
        if len(told) == 1:
            return gazetteer[told.pop()]
    if answer.status == "ambiguous":
        listed = ", ".join(c.id for c in answer.candidates[:3])
        message = f"'{name}' may be {listed}"
        raise NotCheckableError(message)
    return gazetteer[answer.candidates[0].id]


def _bare_name(text: str) -> str:
    """Give a name without what it is said to be ("the town of …", "… observation post")."""
    bare = re.sub(r"\s*\([^)]*\)", "", text)
    for words in _POST:
        bare = re.sub(words, "", bare, flags=re.IGNORECASE)
    for wrap in _WRAPS:
        bare = re.sub(wrap, "", bare.strip(" ,."), flags=re.IGNORECASE)
    return bare


def _told_of(places: set[str], days: tuple[date, date], as_known: TheatreAsKnown) -> set[str]:
    """Which places claims of these days are about."""
    first, last = days[0] - NAMED_WITHIN, days[1] + NAMED_WITHIN
    return {
        claim.place_id
        for claim in as_known.theatre.claims
        if claim.place_id in places and first <= claim.when.end <= last
    }


def where_of(figure: Figure) -> str:
    """Give where it is, or what its quantity names last ("distance of the front to Saraqib")."""
    named = re.search(r"\b(?:to|from|of|near|at)\s+(?:the\s+)?([^\W\d_a-z].*)$", figure.quantity)
    return figure.where or (named[1] if named else "")


def day_before(day: date, as_known: TheatreAsKnown) -> date:
    """Give the day at whose end a change that begins on a day has not begun."""
    return max(day - timedelta(days=1), as_known.theatre.first_day)


def metric(geometry: shapely.Geometry, as_known: TheatreAsKnown) -> shapely.Geometry:
    """Give a geometry of degrees WGS 84 (longitude, latitude) in the theatre's metric CRS."""
    return reprojected([geometry], WGS84, as_known.metric)[0]


def point_of(place: Place, as_known: TheatreAsKnown) -> shapely.Point:
    """Give a place in the theatre's metric CRS (x, y in metres)."""
    return metric(shapely.Point(place.lon, place.lat), as_known)


def voice_of(figure: Figure, as_known: TheatreAsKnown) -> str:
    """Whose count it is, if the words begin with a voice of the theatre ("SOHR counts …")."""
    for source in as_known.theatre.sources.values():
        for name in (source.name, source.id):
            if re.match(rf"{re.escape(name)}\b", figure.words, re.IGNORECASE):
                return source.id
    return ""


def state_of(as_known: TheatreAsKnown) -> str:
    """Give the party that is a state's forces, where no party is named."""
    states = sorted(as_known.theatre.actor_names.states)
    if len(states) != 1:
        message = "it does not say of which side"
        raise NotCheckableError(message)
    return states[0]
