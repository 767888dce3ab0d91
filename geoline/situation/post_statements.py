"""What claims say of posts, put where it belongs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geoline import georeferencing
from geoline.libraries import GEOD
from geoline.situation.post_status import AT_THE_FRONT_KM
from geoline.situation.road_statements import RECENT, SAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geoline.claims import Claim
    from geoline.control import Weigher
    from geoline.gazetteer import Gazetteer
    from geoline.situation.post_status import PostStatus
    from geoline.theatre_folder import Post

__all__ = [
    "PostReport",
    "PostStatement",
    "contradicts",
    "decided",
    "post_report",
    "post_statements",
]


@dataclass(frozen=True, slots=True)
class PostStatement:
    """A claim about a post; `remark` says where its words place the post elsewhere."""

    claim: Claim
    remark: str


@dataclass(frozen=True, slots=True)
class PostReport:
    """What was last said of a post, the newest first.

    Parameters
    ----------
    says
        The event with the most evidence, empty if nothing was said.
    differs
        Whether that event speaks for another status than the computed one, and is no older.
    statements
        Each with whether it agrees with the computed status.
    """

    says: str
    differs: bool
    statements: tuple[tuple[PostStatement, bool], ...]


def post_statements(
    claims: Iterable[Claim], posts: Sequence[Post], gazetteer: Gazetteer
) -> dict[str, tuple[PostStatement, ...]]:
    """Put the claims about posts to the posts; by post, in order of days."""
    at = {post.place_id: post for post in posts if post.place_id}
    found: dict[str, list[PostStatement]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.when.end, c.claim_id)):
        if claim.about == "post" and claim.place_id in at:
            post = at[claim.place_id]
            found[post.id].append(PostStatement(claim, _elsewhere(claim.place, post, gazetteer)))
    return {post: tuple(statements) for post, statements in found.items()}


def _elsewhere(words: str, post: Post, gazetteer: Gazetteer) -> str:
    """Say how far the post stands from where the words place it, if they do."""
    near = None if post.lat is None or post.lon is None else (post.lat, post.lon)
    found = georeferencing.locate(words, gazetteer, near=near)
    if near is None or found is None or found.lat is None or found.lon is None:
        return ""
    off = GEOD.inv(near[1], near[0], found.lon, found.lat)[2] / 1000
    reference = found.references[0]
    apart = GEOD.inv(near[1], near[0], reference.lon, reference.lat)[2] / 1000
    return (
        f"written “{words}”, {off:.0f} km from {post.name}, "
        f"which lies {apart:.0f} km from {reference.name}"
    )


def contradicts(answer: PostStatus, statements: Sequence[PostStatement], day: date) -> bool:
    """Whether anything reported of a day is not what was computed for it."""
    return any(
        answer.status not in SAYS.get(s.claim.event, {answer.status})
        for s in statements
        if s.claim.when.end == day and not s.claim.bound
    )


def decided(
    answer: PostStatus, statements: Sequence[PostStatement], day: date, weigher: Weigher
) -> PostStatus:
    """Let what was reported of a day decide where the map of the day is in doubt.

    It is within the band, and as near to the front as posts at the front are: whether a way out is
    left there, a line between villages cannot tell.

    Parameters
    ----------
    answer
        The computed status.
    statements
        What was said of the post.
    day
        The day of the status.
    weigher
        Says what each statement is worth.
    """
    now = [s.claim for s in statements if s.claim.when.end == day and not s.claim.bound]
    apart = answer.distance_to_front_km
    close = answer.doubtful or (apart is not None and apart <= AT_THE_FRONT_KM)
    if not close or not now:
        return answer
    events = sorted({c.event for c in now})
    says = max(events, key=lambda e: weigher.evidence(c for c in now if c.event == e))
    meant = SAYS.get(says, frozenset())
    if answer.status in meant or len(meant) != 1:
        return answer
    reason = f"the front is near ({answer.status} on the map); reported of the day: {says}"
    return replace(answer, status=min(meant), reason=reason)


def post_report(
    answer: PostStatus,
    statements: Sequence[PostStatement],
    day: date,
    since: date,
    weigher: Weigher,
) -> PostReport:
    """Compare the status of a post with what was last said of it.

    Parameters
    ----------
    answer
        The computed status.
    statements
        What was said of the post; what was said of later days is left out.
    day, since
        The day of the status, and the day from which on it was so.
    """
    past = [s for s in statements if s.claim.when.end <= day]
    if not past:
        return PostReport("", differs=False, statements=())
    last = max(s.claim.when.end for s in past)
    now = [s for s in past if s.claim.when.end >= last - RECENT]
    evidence = {
        event: weigher.evidence(s.claim for s in now if s.claim.event == event)
        for event in sorted({s.claim.event for s in now})
    }
    says = max(evidence, key=lambda event: evidence[event])
    agree = [(s, answer.status in SAYS.get(s.claim.event, ())) for s in now]
    return PostReport(
        says=says,
        # A report that is older than the status does not deny it.
        differs=last >= since and answer.status not in SAYS.get(says, {answer.status}),
        statements=tuple(sorted(agree, key=lambda pair: pair[0].claim.when.end, reverse=True)),
    )
