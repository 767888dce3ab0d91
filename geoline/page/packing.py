"""The payload of the page in its small form: columns for rows, arcs for areas, turns for days.

`geoline/page/scripts/unpack.js` makes the plain payload again, in the page. What is plain stays
readable and testable; what is packed deflates to a fraction.
"""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from geoline.cache import NO_STORE, Store
from geoline.errors import RequestError
from geoline.page.curve import along_hilbert
from geoline.page.letters import letters_of_numbers, letters_of_steps
from geoline.page.spans import pack_spans, turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["pack"]

# Places stand on the page to 1e-4 degree (about 11 m), as lines do.
_STEPS_PER_DEGREE = 10_000
_COARSE_STEPS = 1_000
_SWAP = {0x40 + n: 0x620 + n for n in range(64)} | {0x620 + n: 0x40 + n for n in range(64)}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def pack(payload: Mapping[str, Any], store: Store = NO_STORE) -> dict[str, Any]:
    """Pack the payload of the page.

    Parameters
    ----------
    payload
        As `geoline.page.payload.page_payload` makes it; parts may be missing.
    store
        Where spans of days are kept.

    Returns
    -------
    dict
        The same, but for:

        * `places`, `sources`, `claims`: an object of columns, `null` where a row has no such key;
          columns that say nothing of any row are left out;
          Places come in the order of a Hilbert curve, so that neighbours are near each other; the
          id of one is `null` where it is what `slug` makes of its name; `lat` and `lon` are steps;
          names are joined by line ends, Arabic ones in the letters of `_swapped`;
        * `against` by place and `told` by day, with the numbers that the places have now;
        * the days of a claim, counted from the first day of the map (`end`) and from its end;
        * `settlements`: columns too, coordinates coarser, no ids;
        * `status`: per place the number of its runs, then their days as steps and their numbers in
          `answers` and `confidences`; `changes`: the claims behind each run whose holder is another
          than that of the run before;
        * `areas`, `front` and `band`: as `geoline.page.spans.pack_spans` packs them;
        * `events`: the numbers of the claims that tell of one, as steps;
        * what highways and posts say of each day: turns, day and value where the value changes.

        With `as_known`, the lists of `status` and `changes` go on with the places as they were
        known.

        Lists of numbers are texts (`geoline.page.letters`).

    Raises
    ------
    RequestError
        If a change does not agree with the status of its place.
    """
    order = _order(payload.get("places", []))
    number = {old: new for new, old in enumerate(order)}
    packed = dict(payload)
    if "claims" in payload:
        first = _day_number(payload["days"][0]) or 0
        packed["claims"] = _columns([_short(claim, first, number) for claim in payload["claims"]])
    if "sources" in payload:
        packed["sources"] = _columns(payload["sources"])
    if "places" in payload:
        packed["places"] = _places([payload["places"][old] for old in order])
    packed["settlements"] = _settlements(payload.get("settlements", []))
    known = payload.get("as_known", {})
    halves = [payload, known] if known else [payload]
    status = [runs for half in halves for runs in _in_order(half.get("status", []), order)]
    packed.update(_status(status))
    packed["against"] = [t for half in halves for t in _in_order(half.get("against", []), order)]
    packed["told"] = [_told(day, number) for half in halves for day in half.get("told", [])]
    packed["changes"] = [cause for half in halves for cause in _causes(half, order)]
    packed = {key: value for key, value in packed.items() if key not in {"areas", "band", "drawn"}}
    packed.update(pack_spans(halves, len(payload.get("days", ())), store))
    packed["events"] = letters_of_steps(payload.get("events", []))
    packed["highways"] = [_road(road, number) for road in payload.get("highways", [])]
    packed["posts"] = [_post(post) for post in payload.get("posts", [])]
    if known:
        packed["as_known"] = {
            **{key: known[key] for key in ("numbers", "held_km2", "band_km2") if key in known},
            "highways": [_road(road, number) for road in known["highways"]],
            "posts": [_post(post) for post in known["posts"]],
        }
    return packed


def _told(day: Sequence[Any], number: Mapping[int, int]) -> list[Any]:
    weight, *said = day
    return [
        weight,
        *(
            [phrase, who, [number.get(n, n) for n in about], more]
            for phrase, who, about, more in said
        ),
    ]


def _in_order(rows: Sequence[Any], order: Sequence[int]) -> list[Any]:
    return [rows[old] for old in order if old < len(rows)]


def _post(post: Mapping[str, Any]) -> dict[str, Any]:
    return dict(post) | ({"front": turns(post["front"])} if "front" in post else {})


def slug(name: str) -> str:
    """Make the usual id of a name: its letters and figures in lower case, joined by hyphens.

    Examples
    --------
    >>> slug("Kafr Nabl (Idlib)")
    'kafr-nabl-idlib'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _order(places: Sequence[Mapping[str, Any]]) -> list[int]:
    """Numbers of the places along a Hilbert curve."""
    if not places:
        return []
    along: list[int] = along_hilbert(np.array([(p["lon"], p["lat"]) for p in places])).tolist()
    return along


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    keys = dict.fromkeys(key for row in rows for key in row)
    columns = {key: [row.get(key) for row in rows] for key in keys}
    return {key: column for key, column in columns.items() if any(map(_says, column))}


def _says(value: object) -> bool:
    return bool(value) or (value == 0 and value is not False)


def _places(places: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    columns = _columns(places)
    for key in ("lat", "lon"):
        columns[key] = letters_of_steps([round(place[key] * _STEPS_PER_DEGREE) for place in places])
    usual = [str(p.get("name", "")).isascii() and p["id"] == slug(p["name"]) for p in places]
    columns["id"] = [None if u else p["id"] for u, p in zip(usual, places, strict=True)]
    for key in ("rank", "uncertainty_m", "weight"):
        if all(isinstance(place.get(key), int) for place in places):
            columns[key] = letters_of_numbers(place[key] for place in places)
    for key, write in (("name", str), ("ar", _swapped)):
        if all(isinstance(t, str) and "\n" not in t for t in columns.get(key, [None])):
            columns[key] = write("\n".join(columns[key]))
    return columns


def _settlements(settlements: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Pack settlements, along a Hilbert curve; coordinates to 1e-3 degree, about 100 m."""
    if not settlements:
        return {}
    rows = [settlements[number] for number in _order(settlements)]
    return {
        "lat": letters_of_steps([round(row["lat"] * _COARSE_STEPS) for row in rows]),
        "lon": letters_of_steps([round(row["lon"] * _COARSE_STEPS) for row in rows]),
        "rank": letters_of_numbers(row["rank"] for row in rows),
        "name": "\n".join(_one_line(row["name"]) for row in rows),
        "ar": _swapped("\n".join(_one_line(row["ar"]) for row in rows)),
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _swapped(text: str) -> str:
    """Exchange Arabic letters (U+0620 to U+065F) and ASCII ones (from U+0040), which take one byte.

    Examples
    --------
    >>> _swapped("سراقب"), _swapped(_swapped("Idlib إدلب"))
    ('SQGbH', 'Idlib إدلب')
    """
    return text.translate(_SWAP)


def _day_number(day: object) -> int | None:
    """Give the number of an ISO day, or None where it is something else."""
    if not isinstance(day, str) or not _ISO_DAY.fullmatch(day):
        return None
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def _short(claim: Mapping[str, Any], first: int, number: Mapping[int, int]) -> dict[str, Any]:
    """Give its place its new number, and its days as numbers, if they are days."""
    short = dict(claim) | {"place": number.get(claim.get("place", -1))}
    end = _day_number(claim.get("end"))
    if end is not None:
        short["end"] = end - first
        for key in ("start", "published"):
            day = _day_number(claim.get(key))
            if day is not None:
                short[key] = day - end
    return short


def _status(status: Sequence[Sequence[Sequence[Any]]]) -> dict[str, Any]:
    """Pack runs: day, holder, contested, besieged, confidence."""
    answers: dict[tuple[Any, ...], int] = {}
    sure: dict[float, int] = {}
    columns: dict[str, list[int]] = {"counts": [], "days": [], "answers": [], "sure": []}
    for runs in status:
        before = 0
        columns["counts"].append(len(runs))
        for day, *answer, confidence in runs:
            columns["days"].append(day - before)
            columns["answers"].append(answers.setdefault((*answer,), len(answers)))
            columns["sure"].append(sure.setdefault(confidence, len(sure)))
            before = day
    return {
        "answers": [list(answer) for answer in answers],
        "confidences": list(sure),
        "status": {key: letters_of_numbers(values) for key, values in columns.items()},
    }


def _causes(payload: Mapping[str, Any], order: Sequence[int]) -> list[Any]:
    """Claims behind each change, in the order of the places and their answers.

    From whom to whom is told by the status. One claim is written without its list, none as 0.
    """
    left = {
        (day, change["place"]): change
        for day, changes in enumerate(payload.get("changes", []))
        for change in changes
    }
    status, causes = payload.get("status", []), []
    for place in order:
        runs = status[place] if place < len(status) else []
        for before, after in itertools.pairwise(runs):
            if before[1] != after[1]:
                claims = left.pop((after[0], place), {}).get("claims", [])
                causes.append((claims if len(claims) > 1 else [claims[0]]) if claims else 0)
    if left:
        (day, place), _ = next(iter(left.items()))
        message = f"place {place} changes hands on day {day} of the payload, but not in its status"
        raise RequestError(message)
    return causes


def _road(road: Mapping[str, Any], number: Mapping[int, int]) -> dict[str, Any]:
    packed = dict(road)
    for key in ("days", "facts"):
        if key in road:
            packed[key] = turns(road[key])
    if "places" in road:
        packed["places"] = [
            [km, name, number.get(place), *rest] for km, name, place, *rest in road["places"]
        ]
    return packed
