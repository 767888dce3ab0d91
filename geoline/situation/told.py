"""What claims say of roads and posts, put where it belongs once and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoline.cache import digest
from geoline.claims import claims_in_force
from geoline.situation.post_statements import PostStatement, post_statements
from geoline.situation.road_statements import RoadStatement, road_statements

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoline.cache import Store
    from geoline.claims import Claim
    from geoline.theatre_folder import TheatreData

__all__ = ["Told", "told_of"]


@dataclass(frozen=True, slots=True)
class Told:
    """Statements by road and by post, in order of days, and what they weigh by.

    Parameters
    ----------
    roads, posts
        Statements by the id of the road or post.
    weighed
        Digest of each statement with all that its weight depends on, beside its day.
    """

    roads: dict[str, tuple[RoadStatement, ...]]
    posts: dict[str, tuple[PostStatement, ...]]
    weighed: tuple[tuple[date, bool, str], ...]

    def of_roads(self, day: date) -> list[str]:
        """Give the digests of what was said of roads up to a day."""
        return [one for on, road, one in self.weighed if road and on <= day]

    def of_posts(self, day: date) -> list[str]:
        """Give the digests of what was said of posts of a day."""
        return [one for on, road, one in self.weighed if not road and on == day]


def told_of(theatre: TheatreData, known: date | None, store: Store) -> Told:
    """Put what was public by a day (None: now) of roads and posts to where it belongs."""
    roads = {road.id for road in theatre.highways}
    claims = [
        claim
        for claim in claims_in_force(theatre.claims, known)
        if (claim.about == "road" and claim.road in roads) or claim.about == "post"
    ]
    if not claims:
        return Told(dict.fromkeys(roads, ()), {}, ())
    # Roads and posts are told by the theatre's own places; the rest of the country is far off.
    key = digest(
        claims,
        list(theatre.gazetteer.places),
        list(theatre.highways),
        list(theatre.posts),
        list(theatre.governorates),
    )
    placed = store.kept("statements", key, lambda: _placed(theatre, claims))
    by_id = {claim.claim_id: claim for claim in claims}
    on_roads = {
        road: tuple(RoadStatement(by_id[one], low, high) for one, low, high in said)
        for road, said in placed[0].items()
    }
    at_posts = {
        post: tuple(PostStatement(by_id[one], remark) for one, remark in said)
        for post, said in placed[1].items()
    }
    return Told(on_roads, at_posts, _weighed(theatre, on_roads, at_posts))


Placed = tuple[
    dict[str, list[tuple[str, float | None, float | None]]], dict[str, list[tuple[str, str]]]
]


def _placed(theatre: TheatreData, claims: Sequence[Claim]) -> Placed:
    own = theatre.gazetteer.alone
    roads = road_statements(claims, theatre.highways, own, theatre.governorates)
    posts = post_statements(claims, theatre.posts, own)
    return (
        {
            road: [(s.claim.claim_id, s.from_km, s.to_km) for s in said]
            for road, said in roads.items()
        },
        {post: [(s.claim.claim_id, s.remark) for s in said] for post, said in posts.items()},
    )


def _weighed(
    theatre: TheatreData,
    roads: dict[str, tuple[RoadStatement, ...]],
    posts: dict[str, tuple[PostStatement, ...]],
) -> tuple[tuple[date, bool, str], ...]:
    def row(statement: RoadStatement | PostStatement, where: str) -> tuple[date, bool, str]:
        claim = statement.claim
        speakers = [theatre.sources[one] for one in (claim.source, *claim.origins)]
        content = digest(statement, where, speakers, theatre.sides)
        return claim.when.end, isinstance(statement, RoadStatement), content

    of_roads = [row(s, road) for road, said in sorted(roads.items()) for s in said]
    of_posts = [row(s, post) for post, said in sorted(posts.items()) for s in said]
    return (*of_roads, *of_posts)
