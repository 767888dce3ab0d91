"""What an unknown name of a list may mean, by the places of the same list.

"Khan Assubul, Maarrat Dibsah and Hatamiyeh": two are known and lie together; of the places near
them one alone is spelt a little like the third.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from geoline.gazetteer import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoline.gazetteer import Candidate, Gazetteer, Resolution

__all__ = ["IN_COMPANY", "named_in_company"]

IN_COMPANY = "the names of its list"
# A name is taken for the nearest place of a list if that is worth so much, no other a fifth of
# it, and it lies so near (km) to one of the known ones, of which there are so many.
LEAST, AHEAD, NEAR_KM, FEWEST = 0.2, 5.0, 12.0, 2


def _apart(one: Candidate, other: Candidate) -> float:
    return float(great_circle_km(one.lat, one.lon, other.lat, other.lon))


def named_in_company(
    gazetteer: Gazetteer, lists: Sequence[Sequence[str]], answers: Mapping[str, Resolution]
) -> dict[str, Resolution]:
    """Give what unknown names mean by the places listed with them.

    Parameters
    ----------
    gazetteer
        The places.
    lists
        Names that were told of together.
    answers
        What each name means alone.

    Returns
    -------
    dict
        By the name: resolved, decided by its list; names that stay unknown are left out.
    """
    found: dict[str, Resolution] = {}
    for names in lists:
        told = [answers[name] for name in names if name in answers]
        known = [one.candidates[0] for one in told if one.status == "resolved"]
        unknown = [one.query for one in told if one.status == "unknown" and one.candidates]
        if len(known) < FEWEST or not unknown:
            continue
        middle = median(one.lat for one in known), median(one.lon for one in known)
        taken = {one.id for one in known}
        for name in unknown:
            answer = gazetteer.resolve(name, near=middle)
            best, others = answer.candidates[0], answer.candidates[1:]
            ahead = all(best.score > AHEAD * other.score for other in others)
            near = any(_apart(best, one) <= NEAR_KM for one in known)
            if best.score >= LEAST and ahead and near and best.id not in taken:
                found[name] = replace(answer, status="resolved", decided_by=IN_COMPANY)
    return found
