"""An observation post as the theatre's folder lists it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


__all__ = ["Post", "PostWords"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """An observation post.

    Parameters
    ----------
    id, name
        Identifier and name.
    place_id, place, uncertainty_m
        The settlement that gives the position, its name and how far the post may be from its
        centre, in metres; empty and 0 if it is undecided.
    lat, lon
        Degrees WGS 84, None if the place is undecided.
    friends
        Parties in whose area it stands among its own.
    agreement
        The agreement that it was set up under as the table names it, empty for later ones.
    number
        Its number in that agreement, if known.
    established
        Day it was set up, or by which it was in place (`by`).
    withdrawn
        Day by which it was given up, None if it was not.
    """

    id: str
    name: str
    place_id: str
    lat: float | None
    lon: float | None
    friends: frozenset[str]
    agreement: str
    number: int | None
    established: date
    established_precision: str
    withdrawn: date | None
    source: str
    note: str
    place: str = ""
    uncertainty_m: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PostWords:
    """What a theatre calls its posts, in English and in Arabic; empty: the page's own words.

    Parameters
    ----------
    one, many
        "Turkish post", "Turkish posts".
    agreed
        What those are that an agreement names: "one of the twelve agreed in Astana".
    """

    one: str = ""
    many: str = ""
    agreed: str = ""
    one_ar: str = ""
    many_ar: str = ""
    agreed_ar: str = ""
