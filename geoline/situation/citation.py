"""How a map of a day is cited: by whom, of what, as known when, made with what, where it stands.

What somebody quotes must be found again: the day shown, and how much was known of it, say which
map it was. No day of access is in it, for a program that writes the same file twice writes the
same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline import __version__
from geoline.dates import long_day

if TYPE_CHECKING:
    from datetime import date

    from geoline.claims import Source
    from geoline.situation.changes import Changes
    from geoline.situation.situation import TheatreAsKnown

__all__ = ["citation", "grade", "known_text", "latest_published", "sources_of_changes"]


def citation(as_known: TheatreAsKnown, day: date, url: str = "") -> str:
    """Say how to cite the map of a day.

    Parameters
    ----------
    as_known
        The theatre as known by some day.
    day
        The day shown.
    url
        Where it stands; default: the theatre's address, if it gives one.

    Examples
    --------
    "Example Desk: North-west Syria: who held what on 29 January 2020. Map, as known now: claims
    published up to 5 February 2020. Made with geoline 0.1.0. https://example.org/map/"
    """
    theatre = as_known.theatre
    known = known_text(as_known, day)
    parts = [
        f"{theatre.publisher}: " if theatre.publisher else "",
        f"{theatre.name}: who held what on {long_day(day)}. ",
        f"Map, {known[0].lower()}{known[1:]}. Made with geoline {__version__}.",
    ]
    where = url or theatre.url
    return "".join(parts) + (f" {where}" if where else "")


def known_text(as_known: TheatreAsKnown, last: date) -> str:
    """Say how much was known of the days up to `last`: by when, or up to which published claim."""
    theatre, known = as_known.theatre, as_known.shown_by
    if known is not None:
        late = f", published {theatre.publish_after_days} days late" if theatre.held_from else ""
        return f"As known on {long_day(known)}{late}"
    latest = latest_published(as_known, last)
    return "As known now" + (f": claims published up to {long_day(latest)}" if latest else "")


def latest_published(as_known: TheatreAsKnown, last: date) -> date | None:
    """Give the day of the latest publication among the claims about the days up to `last`."""
    told = (
        claim.published
        for claim in as_known.theatre.claims
        if claim.published and (claim.when.start or claim.when.end) <= last
    )
    return max(told, default=None)


def sources_of_changes(as_known: TheatreAsKnown, changes: Changes) -> list[Source]:
    """Give who told of the places that changed hands, the most telling first, then by name.

    Sources that the theatre's table does not know are left out.
    """
    theatre = as_known.theatre
    named = {claim for change in changes.places for claim in change.claims}
    counts: dict[str, int] = {}
    for claim in theatre.claims:
        if claim.claim_id in named and claim.source in theatre.sources:
            counts[claim.source] = counts.get(claim.source, 0) + 1
    found = [theatre.sources[source] for source in counts]
    return sorted(found, key=lambda source: (-counts[source.id], source.name))


def grade(source: Source) -> str:
    """Give name, reliability (Admiralty code) and lean of a source: "SANA (D, government)"."""
    said = ", ".join(filter(None, [source.reliability, source.lean]))
    return f"{source.name} ({said})" if said else source.name
