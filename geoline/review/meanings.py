"""What the name of each claim may mean: the places, and what each is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geoline.gazetteer import Gazetteer

__all__ = ["Meaning", "meanings"]

# Candidates a name; each has a figure for its key.
MOST = 9


class Meaning(NamedTuple):
    """What a name is (resolved, ambiguous, unknown), and its candidates: id, score, matched name.

    The score is None for a place that the claim names and its name alone does not suggest.
    """

    status: str
    candidates: list[tuple[str, float | None, str]]


def meanings(gazetteer: Gazetteer, reports: Iterable[Sequence[Mapping[str, str]]]) -> list[Meaning]:
    """Ask the gazetteer for the names of claims, report by report.

    A name without a place is asked for near the places of its report, which decide between
    namesakes; a name that has its place by itself, so that the score says what the name is worth.

    Parameters
    ----------
    gazetteer
        The theatre's.
    reports
        The rows of each report.

    Returns
    -------
    list
        One a row, in their order.
    """
    found = []
    for rows in reports:
        near = _middle(gazetteer, rows)
        found += [_meaning(gazetteer, row, near) for row in rows]
    return found


def _middle(gazetteer: Gazetteer, rows: Sequence[Mapping[str, str]]) -> tuple[float, float] | None:
    ids = {row.get("place_id", "") for row in rows}
    at = [(p.lat, p.lon) for p in (gazetteer[i] for i in sorted(ids) if i and i in gazetteer)]
    if not at:
        return None
    lat, lon = np.median(np.array(at), axis=0).tolist()
    return lat, lon


def _meaning(
    gazetteer: Gazetteer, row: Mapping[str, str], near: tuple[float, float] | None
) -> Meaning:
    chosen = row.get("place_id", "")
    if not row["place"]:
        return Meaning("unknown", [])
    answer = gazetteer.resolve(row["place"], near=None if chosen else near, limit=MOST)
    candidates: list[tuple[str, float | None, str]] = [
        (c.id, round(c.score, 3), c.matched_name) for c in answer.candidates
    ]
    if chosen and chosen in gazetteer:
        chosen = gazetteer[chosen].id
        if all(place != chosen for place, _, _ in candidates):
            candidates = [(chosen, None, ""), *candidates[: MOST - 1]]
    return Meaning(answer.status, candidates)
