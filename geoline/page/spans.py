"""What is large and asked for by day: areas, front and band, in spans of days.

A page of few days has one span. Of a thousand days it has ten, so that a reader who comes to see
one day does not wait until the boundaries of all others are put together.
"""

from __future__ import annotations

from itertools import zip_longest
from math import gcd
from typing import TYPE_CHECKING, Any

from geoline.cache import NO_STORE, Store, digest
from geoline.page.boundaries import pack_boundaries
from geoline.page.letters import letters_of_numbers, letters_of_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["pack_spans", "turns"]

# About so many days are a span.
_DAYS = 100
# Boundaries keep within this many steps of the lines given.
_TOLERANCE = 1.0


def pack_spans(
    halves: Sequence[Mapping[str, Any]], days: int, store: Store = NO_STORE
) -> dict[str, Any]:
    """Pack `areas`, `front` and `band` of all days.

    Parameters
    ----------
    halves
        The days as they are known; after them, if they are asked for, as they were known then.
    days
        How many days each half has.
    store
        Where spans are kept, if the halves say what their days come from (`drawn`).

    Returns
    -------
    dict
        `holders`, the parties with areas; `front`, whether there is a front on any day;
        `span_starts`, the first day of each span; `spans`, each with

        * `boundaries`: the areas of all holders, in their order, and as one more shape the front;
        * `band`: its rings one after another, each point relative to the one before it, in units
          of `unit`.

        Days are counted from the first of the span, those of the second half after those of the
        first.
    """
    shown = [half.get("areas", []) for half in halves]
    holders = list(dict.fromkeys(holder for areas in shown for day in areas for holder in day))
    count = max(1, round(days / _DAYS))
    first = [days * n // count for n in range(count)]
    ends = zip(first, [*first[1:], days], strict=True)
    return {
        "holders": holders,
        "front": any(any(half.get("front", [])) for half in halves),
        "span_starts": first,
        "spans": [_kept(halves, slice(start, end), holders, store) for start, end in ends],
    }


def _kept(
    halves: Sequence[Mapping[str, Any]], days: slice, holders: Sequence[str], store: Store
) -> dict[str, Any]:
    if any("drawn" not in half for half in halves):
        return _span(halves, days, holders)
    key = digest([half["drawn"][days] for half in halves], holders)
    return store.kept("span", key, lambda: _span(halves, days, holders))


def _span(
    halves: Sequence[Mapping[str, Any]], days: slice, holders: Sequence[str]
) -> dict[str, Any]:
    areas, front, bands = (
        [day for half in halves for day in half.get(key, [])[days]]
        for key in ("areas", "front", "band")
    )
    return {"boundaries": _boundaries(areas, front, holders), "band": _band(bands)}


def _boundaries(
    areas: Sequence[Mapping[str, Any]], front: Sequence[Any], holders: Sequence[str]
) -> dict[str, str]:
    number = {holder: n for n, holder in enumerate(holders)}
    days: list[dict[int, list[list[int]]]] = []
    for of_holders, line in zip_longest(areas, front):
        shapes = {
            number[holder]: _rings(polygons) for holder, polygons in (of_holders or {}).items()
        }
        days.append({**shapes, len(holders): line or []})
    arcs = pack_boundaries(days, _TOLERANCE)
    uses = [
        (day - last, mask)
        for row in arcs["uses"]
        for last, day, mask in zip([0, *row[:-2:2]], row[::2], row[1::2], strict=True)
    ]
    return {
        "points": letters_of_numbers(arcs["points"]),
        "sizes": letters_of_numbers(arcs["sizes"]),
        "use": letters_of_steps(arcs["use"]),
        "rows": letters_of_numbers(len(row) // 2 for row in arcs["uses"]),
        "turns": letters_of_numbers(value for turn in uses for value in turn),
    }


def _rings(polygons: Iterable[Iterable[Any]]) -> list[Any]:
    return [ring for polygon in polygons for ring in polygon]


def _band(days: Sequence[Sequence[Sequence[Sequence[int]]]]) -> dict[str, Any]:
    changes = turns([_rings(day) for day in days])
    rings = _rings(changes[1::2])
    unit = gcd(*(value for ring in rings for value in ring)) or 1
    at, steps = (0, 0), list[int]()
    for ring in rings:
        steps.extend((ring[0] - at[0], ring[1] - at[1], *ring[2:]))
        at = sum(ring[::2]), sum(ring[1::2])
    return {
        "unit": unit,
        "days": letters_of_steps(changes[::2]),
        "counts": letters_of_numbers(len(turn) for turn in changes[1::2]),
        "sizes": letters_of_numbers(len(ring) // 2 for ring in rings),
        "points": letters_of_numbers(value // unit for value in steps),
    }


def turns(values: Sequence[Any]) -> list[Any]:
    """Give day and value in turn, for each day on which the value is another than before."""
    return [
        part
        for day, value in enumerate(values)
        if day == 0 or value != values[day - 1]
        for part in (day, value)
    ]
