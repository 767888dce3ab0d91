"""Which claims stand, as known on a day: those that were public by then and not taken back by then.

A claim may take back earlier ones by the same voice (`corrects`): a correction says something in
their place, a retraction (event `retracted`) says nothing. Besides, whoever keeps the ledger may
set claims aside that later reports contradict (event `discounted`, by a source of kind `review`,
the reason in the note). From the day on which it was public the claims that it names count as never
made. Should it be taken back itself, they stand again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoline.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geoline.claims import Claim, Source

__all__ = ["check_corrections", "standing"]


def standing(claims: Iterable[Claim], known: date | None = None) -> list[Claim]:
    """Choose the claims that stand.

    Parameters
    ----------
    claims
        All claims, in any order; `check_corrections` holds for them.
    known
        As known on this day; None for all that is known now.

    Returns
    -------
    list of Claim
        In the order given.
    """
    public = [c for c in claims if known is None or c.known <= known]
    corrections = [c for c in public if c.corrects]
    gone: set[str] = set()
    # The last to be public is taken back by nobody, so it is settled first.
    for claim in sorted(corrections, key=_order, reverse=True):
        if claim.claim_id not in gone:
            gone.update(claim.corrects)
    return [c for c in public if c.claim_id not in gone] if gone else public


def check_corrections(
    claims: Mapping[str, Claim],
    where: Mapping[str, tuple[str, int]],
    sources: Mapping[str, Source],
) -> None:
    """Check that every correction names an earlier claim by the same voice, or is a review.

    Parameters
    ----------
    claims
        By id.
    where
        File and row of each claim, for messages.
    sources
        By id; those of kind `review` may set aside what others claim.

    Raises
    ------
    DataError
        If it does not; the text names file, row and key.
    """
    for claim in claims.values():
        review = sources[claim.source].kind == "review"
        faults = [
            _fault(claim, claims.get(target), target, review=review) for target in claim.corrects
        ]
        if claim.event in {"retracted", "discounted"} and not claim.corrects:
            faults.append("is empty; name the claims that are taken back")
        if (claim.event == "discounted") != review:
            faults.append(
                "'discounted' is for sources of kind 'review', and these say nothing else"
            )
        if any(faults):
            file, row = where[claim.claim_id]
            raise DataError(file, next(filter(None, faults)), row=row, key="corrects")


def _fault(claim: Claim, target: Claim | None, name: str, *, review: bool) -> str:
    if target is None:
        return f"there is no claim '{name}'; name one of this theatre"
    if _order(target) >= _order(claim):
        return (
            f"'{name}' was public on {target.known}, not before this one ({claim.known}); on one "
            "day the order of the ids decides"
        )
    if not review and not ({claim.source, *claim.origins} & {target.source, *target.origins}):
        return f"'{name}' is by another voice, which alone can take it back; write a denial instead"
    return ""


def _order(claim: Claim) -> tuple[date, str]:
    return claim.known, claim.claim_id
