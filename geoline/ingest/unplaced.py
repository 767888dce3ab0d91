"""What rows mean that name a place and give no id: those of one source and day decide together.

Rows of a file and the theatre come in, an answer a row goes out. What others named in the days
about, in the file or in the ledger, decides too; what the same source called a place that day, and
was placed, stays so. The same file a second time has the same answers.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geoline.claims import Claim
    from geoline.gazetteer import Gazetteer, Resolution
    from geoline.tables import Row
    from geoline.theatre_folder import TheatreData

    Key = tuple[str, date]
    Points = dict[date, list[tuple[Key, tuple[float, float]]]]

__all__ = ["meanings", "placed_before"]

# Days before and after, of which what others named is looked at.
DAYS = 2
# Names that decide together, and points beside them, at most.
MOST_NAMES, MOST_POINTS = 200, 300


def meanings(rows: Sequence[Row], theatre: TheatreData) -> list[Resolution]:
    """Find what rows mean, each with `place`, `source` and `date_end`.

    Raises
    ------
    DataError
        If a row lacks one of these.
    """
    keys = [(row.text("source"), row.day("date_end")) for row in rows]
    names: dict[Key, set[str]] = defaultdict(set)
    for key, row in zip(keys, rows, strict=True):
        names[key].add(row.text("place"))
    gazetteer = theatre.gazetteer
    told = _of_ledger(theatre, names)
    for key, some in names.items():
        for answer in _together(gazetteer, some, ()).values():
            if answer.status == "resolved":
                best = answer.candidates[0]
                told[key[1]].append((key, (best.lat, best.lon)))
    found = {key: _together(gazetteer, some, _beside(key, told)) for key, some in names.items()}
    return [found[key][row.text("place")] for key, row in zip(keys, rows, strict=True)]


def placed_before(claims: Iterable[Claim]) -> dict[tuple[str, date, str], str]:
    """Give what a source called a place on a day, where the ledger has one place for it."""
    found: dict[tuple[str, date, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.about == "place" and claim.place_id:
            found[claim.source, claim.when.end, claim.place].add(claim.place_id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _of_ledger(theatre: TheatreData, but: Iterable[Key]) -> Points:
    """Give where the places of the ledger's claims lie, by day; not those that the file is about.

    Else the file would be read otherwise once it is in the ledger.
    """
    left_out = set(but)
    told: Points = defaultdict(list)
    for claim in theatre.claims:
        key = claim.source, claim.when.end
        if claim.about == "place" and claim.place_id and key not in left_out:
            place = theatre.gazetteer[claim.place_id]
            told[key[1]].append((key, (place.lat, place.lon)))
    return told


def _beside(key: Key, told: Points) -> list[tuple[float, float]]:
    """Give where the places lie that others named in the days about."""
    points = {
        point
        for days in range(-DAYS, DAYS + 1)
        for other, point in told.get(key[1] + timedelta(days=days), ())
        if other != key
    }
    return sorted(points)[:: len(points) // MOST_POINTS + 1]


def _together(
    gazetteer: Gazetteer, names: Iterable[str], around: Sequence[tuple[float, float]]
) -> dict[str, Resolution]:
    found: dict[str, Resolution] = {}
    listed = sorted(names)
    for start in range(0, len(listed), MOST_NAMES):
        some = listed[start : start + MOST_NAMES]
        answers = gazetteer.resolve_together(some, around=around)
        found |= dict(zip(some, answers, strict=True))
    return found
