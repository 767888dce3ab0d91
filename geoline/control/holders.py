"""Who held each place, from a ledger of claims: `geoline.control.rule` applied to what stands.

A place rests on the claims about it alone, so that a new claim asks for one place only; `hold` for
that place gives what `spells_of_all` gives for it.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from geoline.claims import claims_in_force
from geoline.control.afterwards import Frozen, with_what_came_after
from geoline.control.evidence import Alliances, Weigher
from geoline.control.rule import fold
from geoline.control.spells import Baseline, PlaceClaim, Spell, place_claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geoline.claims import Claim, Source

__all__ = ["spells_of_all", "spells_of_place"]


def spells_of_place(
    claims: Iterable[Claim],
    *,
    baseline: Baseline | None,
    sources: Mapping[str, Source],
    sides: Alliances,
    frozen: Frozen | None = None,
) -> tuple[Spell, ...]:
    """Find who held one place, from the eve on.

    Parameters
    ----------
    claims
        What is claimed about the place, in any order; all of it counts.
    baseline
        Who held it on the eve, if known.
    sources, sides
        Who speaks, and for whom.
    frozen
        When the line froze, and until when; None if it did not.

    Returns
    -------
    tuple of Spell
        In order of days; the first is the baseline (or unknown). The order of the claims does not
        matter, and a claim given twice counts once.
    """
    weigher = Weigher(sources, sides)
    unique = {c.claim_id: c for c in claims}.values()
    told = with_what_came_after((place_claim(c, weigher) for c in unique), frozen)
    return tuple(fold(told, baseline=baseline, sides=sides))


def spells_of_all(  # noqa: PLR0913  (what is told, and what it is judged by, each named)
    claims: Iterable[Claim],
    *,
    baseline: Mapping[str, Baseline],
    sources: Mapping[str, Source],
    sides: Alliances,
    known: date | None = None,
    frozen: Frozen | None = None,
) -> dict[str, tuple[Spell, ...]]:
    """Find who held every place that is claimed or in the baseline.

    Parameters
    ----------
    claims
        All claims; those about posts, roads or undecided places are passed over.
    known
        Only what was public by this day, and not taken back by then, counts; None for all that is
        known now.
    frozen
        When the line froze, and until when; None if it did not.

    Returns
    -------
    dict
        Spells by place id, in the order of the ids. A place of which nothing was known by that day
        is there, too, as unknown.
    """
    weigher = Weigher(sources, sides)
    claims = list(claims)
    asked = [c for c in claims if c.about == "place" and c.place_id]
    by_place: dict[str, dict[str, PlaceClaim]] = {
        p: {} for p in (*baseline, *(c.place_id for c in asked))
    }
    for claim in claims_in_force(claims, known):
        if claim.about == "place" and claim.place_id:
            by_place[claim.place_id][claim.claim_id] = place_claim(claim, weigher)

    def folded(claims: Iterable[PlaceClaim], eve: Baseline | None) -> tuple[Spell, ...]:
        told = with_what_came_after(claims, frozen)
        return tuple(fold(told, baseline=eve, sides=sides))

    # Most places of a large war are told of on the eve alone: many in the same words.
    untold = cache(partial(folded, ()))
    return {
        place: folded(by_place[place].values(), baseline.get(place))
        if by_place[place]
        else untold(baseline.get(place))
        for place in sorted(by_place)
    }
