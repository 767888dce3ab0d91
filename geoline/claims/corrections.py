"""Which claims stand, as known on a day: those that were public by then and not taken back by then.

A claim may take back earlier ones by the same voice (`corrects`): a correction says something in
their place, a retraction (event `retracted`) says nothing. Besides, whoever keeps the ledger may
set claims aside that later reports contradict (event `discounted`, by a source of kind `review`,
the reason in the note). From the day on which it was public the claims that it names count as never
made. Should it be taken back itself, they stand again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoline.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geoline.claims.claim import Claim, Source

__all__ = ["check_corrections", "claims_in_force", "correction_fault", "retracted_ids"]


def claims_in_force(claims: Iterable[Claim], known: date | None = None) -> list[Claim]:
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
    gone = retracted_ids((c.known, c.claim_id, c.corrects) for c in public if c.corrects)
    return [c for c in public if c.claim_id not in gone] if gone else public


def retracted_ids(corrections: Iterable[tuple[Any, str, tuple[str, ...]]]) -> set[str]:
    """Give the ids of the claims that do not stand.

    Parameters
    ----------
    corrections
        Day on which each was public (anything that sorts), its id, and the ids that it names.

    Examples
    --------
    >>> sorted(retracted_ids([(1, "b", ("a",)), (2, "c", ("b",))]))
    ['b']
    """
    gone: set[str] = set()
    # The last to be public is taken back by nobody, so it is settled first.
    for _, name, corrects in sorted(corrections, reverse=True):
        if name not in gone:
            gone.update(corrects)
    return gone


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
        reason = correction_fault(claim, claims, sources)
        if reason:
            file, row = where[claim.claim_id]
            raise DataError(file, reason, row=row, key="corrects")


def correction_fault(
    claim: Claim, claims: Mapping[str, Claim], sources: Mapping[str, Source]
) -> str:
    """Say why a claim cannot take back what it names; empty if it can, or names nothing."""
    review = sources[claim.source].kind == "review"
    if claim.event in {"retracted", "discounted"} and not claim.corrects:
        return "is empty; name the claims that are taken back"
    if (claim.event == "discounted") != review:
        return "'discounted' is for sources of kind 'review', and these say nothing else"
    faults = (_fault(claim, claims.get(name), name, review=review) for name in claim.corrects)
    return next(filter(None, faults), "")


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
