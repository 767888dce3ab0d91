"""Observation posts: how many are in place or encircled, and since when, for a published figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoline.checking.meaning.terms import NotCheckableError, day_before, place_of
from geoline.checking.measures.lines import day_of
from geoline.checking.measures.measured import Measure
from geoline.names import plain
from geoline.situation import ENCIRCLED, NOT_YET, WITHDRAWN

if TYPE_CHECKING:
    from datetime import date

    from geoline.checking.figures.figure import Figure
    from geoline.situation import PostStatus, TheatreAsKnown

__all__ = ["post_encircled", "posts", "posts_in_place"]

# A part of a name that is as long as this tells which one is meant.
TELLING = 5


def posts_in_place(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Count the posts that are set up and not given up; those dated by a bound may be there."""
    _some_posts(as_known)
    found = as_known.on(figure.last).post_statuses
    now = [s.post for s in found if s.status not in {NOT_YET, WITHDRAWN}]
    perhaps = [
        s.post for s in found if s.status == NOT_YET and s.post.established_precision == "by"
    ]
    return Measure(
        value=len(now),
        low=len(now),
        high=len(now) + len(perhaps),
        shown=f"{len(now)} posts",
        detail=f"in place on {figure.last}; {len(perhaps)} more are known by a later day only",
    )


def _some_posts(as_known: TheatreAsKnown) -> None:
    if not as_known.theatre.posts:
        message = "the map has no posts"
        raise NotCheckableError(message)


def posts(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Count the posts that are encircled; of those of one agreement if its number is given.

    If posts are named, count how many of these are.
    """
    _some_posts(as_known)
    day = as_known.on(figure.last)
    eve = as_known.on(day_before(figure.first, as_known))
    group = re.search(r"\bof\s+(?:the\s+)?(\d+)\b", f"{figure.unit} {figure.written}")
    members = {
        agreement: {s.post.id for s in day.post_statuses if s.post.agreement == agreement}
        for agreement in {s.post.agreement for s in day.post_statuses}
    }
    chosen = next(
        (some for some in members.values() if group and len(some) == int(group[1])),
        {s.post.id for s in day.post_statuses},
    )

    def shut(statuses: list[PostStatus], *, surely: bool = False) -> list[PostStatus]:
        return [
            s
            for s in statuses
            if s.post.id in chosen and s.status == ENCIRCLED and not (surely and s.doubtful)
        ]

    found = shut(day.post_statuses)
    # Said of a day, it was so at some hour since the evening before.
    sure = {s.post.id for s in shut(day.post_statuses, surely=True)}
    sure &= {s.post.id for s in shut(eve.post_statuses, surely=True)}
    detail = f"encircled on {figure.last}: {', '.join(s.post.name for s in found) or 'none'}"
    names = _named_posts(figure, as_known)
    either = (*found, *shut(eve.post_statuses))
    missing = [name for name in names if not any(_is_named(name, s, as_known) for s in either)]
    if missing:
        detail += f"; not among them: {', '.join(missing)}"
    elif names:
        detail += "; those named are among them"
    return Measure(
        value=len(found),
        # A count with names says of these that they are; of others it may be silent.
        low=min(len(sure), len(found), *([len(names) - len(missing)] if names else [])),
        high=len({s.post.id for s in either}),
        shown=f"{len(found)} posts",
        detail=detail,
        against=f"{', '.join(missing)} is not encircled on the map" if missing else "",
    )


def _named_posts(figure: Figure, as_known: TheatreAsKnown) -> list[str]:
    """Names of posts that go with the count: in brackets behind it, or where it is said to be."""
    parts = (*figure.value.names, *re.split(r"\s*(?:,|;|\band\b)\s*", figure.where))
    return [
        part
        for part in parts
        if part
        and any(_is_named(part, s, as_known) for s in as_known.on(figure.last).post_statuses)
    ]


def _is_named(name: str, post: PostStatus, as_known: TheatreAsKnown) -> bool:
    """Whether a name is that of a post, or of the settlement it stands at."""
    short, long = sorted((plain(name), plain(post.post.name)), key=len)
    if short == long or (len(short) >= TELLING and short in long):
        return True
    found = as_known.theatre.gazetteer.resolve(name)
    return post.post.place_id in {c.id for c in found.candidates if found.status != "unknown"}


def post_encircled(figure: Figure, as_known: TheatreAsKnown) -> Measure:
    """Find the day on which a post was encircled."""
    of = place_of(figure.where, as_known)
    ids = {p.id for p in as_known.theatre.posts if p.place_id == of.id}
    if not ids:
        message = f"no post is known at {of.name}"
        raise NotCheckableError(message)

    def shut(day: date) -> bool:
        return any(
            s.post.id in ids and s.status == ENCIRCLED for s in as_known.on(day).post_statuses
        )

    return day_of(figure, as_known, shut, f"the post at {of.name} is encircled")
