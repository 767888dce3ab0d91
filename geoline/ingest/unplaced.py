"""What rows mean that name a place and give no id: those of one source and day decide together.

Rows of a file and the theatre come in, an answer a row goes out. What others named in the days
about, in the file or in the ledger, decides too, and of a place told to be taken the front of that
day: where the places lie that the taker held before. What the same source called a place that day,
and was placed, stays so. The same file a second time has the same answers.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from geoline.claims import EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geoline.claims import Claim
    from geoline.gazetteer import Gazetteer, Resolution
    from geoline.tables import Row
    from geoline.theatre_folder import TheatreData

    Key = tuple[str, date]
    Point = tuple[float, float]
    Points = dict[date, list[tuple[Key, Point]]]
    Moves = list[tuple[date, Point, tuple[str, ...]]]

__all__ = ["meanings", "placed_before"]

# Days before and after, of which what others named is looked at.
DAYS = 2
# Names that decide together, and points beside them, at most.
MOST_NAMES, MOST_POINTS = 200, 300
# Places that a side held, at most.
MOST_HELD = 3000
# What an event must say of control: that its side came to hold the place, or went in.
_CAME_TO_HOLD, _WENT_IN = frozenset({"takes", "holds"}), frozenset({"takes", "enters"})


def meanings(rows: Sequence[Row], theatre: TheatreData) -> list[Resolution]:
    """Find what rows mean, each with `place`, `source`, `date_end` and perhaps `event` and `actor`.

    Raises
    ------
    DataError
        If a row lacks one of the first three.
    """
    keys = [(row.text("source"), row.day("date_end")) for row in rows]
    of_key: dict[Key, list[Row]] = defaultdict(list)
    for key, row in zip(keys, rows, strict=True):
        of_key[key].append(row)
    told, moves = _of_ledger(theatre, of_key)
    alone = {}
    for key, some in of_key.items():
        alone[key] = _together(theatre.gazetteer, some, (), {})
        for answer in alone[key].values():
            if answer.status == "resolved":
                told[key[1]].append((key, _at(answer)))
    for key, row in zip(keys, rows, strict=True):
        answer = alone[key][row.text("place")]
        if answer.status == "resolved" and _effect(row) in _CAME_TO_HOLD:
            moves.append((key[1], _at(answer), row.many("actor")))
    fronts = _fronts(of_key, moves)
    found = {
        key: _together(theatre.gazetteer, some, _beside(key, told), fronts[key])
        for key, some in of_key.items()
    }
    return [found[key][row.text("place")] for key, row in zip(keys, rows, strict=True)]


def placed_before(claims: Iterable[Claim]) -> dict[tuple[str, date, str], str]:
    """Give what a source called a place on a day, where the ledger has one place for it."""
    found: dict[tuple[str, date, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.about == "place" and claim.place_id:
            found[claim.source, claim.when.end, claim.place].add(claim.place_id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _at(answer: Resolution) -> Point:
    return answer.candidates[0].lat, answer.candidates[0].lon


def _effect(row: Row) -> str:
    event = EVENTS.get(row.optional("event"))
    return event.effect if event else ""


def _of_ledger(theatre: TheatreData, but: Iterable[Key]) -> tuple[Points, Moves]:
    """Give where the places of the ledger's claims lie, by day, and who came to hold what.

    Not those that the file is about: else it would be read otherwise once it is in the ledger.
    """
    left_out = set(but)
    told: Points = defaultdict(list)
    moves: Moves = []
    for place_id, eve in theatre.baseline.items():
        place = theatre.gazetteer[place_id]
        moves.append((eve.as_of, (place.lat, place.lon), (eve.holder,)))
    for claim in theatre.claims:
        key = claim.source, claim.when.end
        if claim.about == "place" and claim.place_id and key not in left_out:
            place = theatre.gazetteer[claim.place_id]
            told[key[1]].append((key, (place.lat, place.lon)))
            if EVENTS[claim.event].effect in _CAME_TO_HOLD:
                moves.append((key[1], (place.lat, place.lon), claim.actor))
    return told, moves


def _fronts(of_key: Mapping[Key, Sequence[Row]], moves: Moves) -> dict[Key, dict[str, list[Point]]]:
    """Give, for the names of places told to be taken, what the taker held before that day."""
    fronts: dict[Key, dict[str, list[Point]]] = {}
    last: dict[Point, tuple[str, ...]] = {}
    coming = sorted(moves, reverse=True)
    for key in sorted(of_key, key=lambda key: (key[1], key[0])):
        while coming and coming[-1][0] < key[1]:
            _, point, holders = coming.pop()
            last[point] = holders
        held: dict[tuple[str, ...], list[Point]] = {}
        fronts[key] = {}
        for row in of_key[key]:
            takers = row.many("actor") if _effect(row) in _WENT_IN else ()
            if takers and takers not in held:
                points = sorted(p for p, holders in last.items() if set(holders) & set(takers))
                held[takers] = points[:: len(points) // MOST_HELD + 1]
            if takers:
                fronts[key][row.text("place")] = held[takers]
    return fronts


def _beside(key: Key, told: Points) -> list[Point]:
    """Give where the places lie that others named in the days about."""
    points = {
        point
        for days in range(-DAYS, DAYS + 1)
        for other, point in told.get(key[1] + timedelta(days=days), ())
        if other != key
    }
    return sorted(points)[:: len(points) // MOST_POINTS + 1]


def _together(
    gazetteer: Gazetteer,
    rows: Iterable[Row],
    around: Sequence[Point],
    fronts: Mapping[str, Sequence[Point]],
) -> dict[str, Resolution]:
    found: dict[str, Resolution] = {}
    listed = sorted({row.text("place") for row in rows})
    for start in range(0, len(listed), MOST_NAMES):
        some = listed[start : start + MOST_NAMES]
        answers = gazetteer.resolve_together(some, around=around, fronts=fronts)
        found |= dict(zip(some, answers, strict=True))
    return found
